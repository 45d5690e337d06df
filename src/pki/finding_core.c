/*
 * finding_core.c
 *		What a verification says besides its verdict; see finding_core.h.
 */
#include "pki/finding_core.h"

#include <stdio.h>

static const char *const finding_names[] = {
#define CCCD_FINDING_NAME(name)	#name,
	CCCD_FINDING_LIST(CCCD_FINDING_NAME)
#undef CCCD_FINDING_NAME
};

const char *
cccd_finding_name(int code)
{
	return finding_names[code];
}

const char *
cccd_status_name(CccdCheckStatus status)
{
	static const char *const names[] = {
		"not_performed", "ok", "undetermined", "failed"
	};

	return names[status];
}

/* The same finding is reported once; a reason outweighs its flag. */
static void
add(CccdReport *report, int code, bool flag, int32_t argument,
	const char *about)
{
	for (int k = 0; k < report->count; k++)
	{
		CccdFinding *finding = &report->finding[k];

		if (finding->code == code && finding->argument == argument &&
			finding->about == about)
		{
			finding->flag = finding->flag && flag;
			return;
		}
	}
	if (report->count == CCCD_FINDINGS)
		return;
	report->finding[report->count].code = (uint16_t) code;
	report->finding[report->count].flag = flag;
	report->finding[report->count].argument = argument;
	report->finding[report->count].about = about;
	report->count++;
}

void
cccd_report_reason(CccdReport *report, int code)
{
	add(report, code, false, CCCD_FINDING_NO_ARGUMENT, NULL);
}

void
cccd_report_reason_of(CccdReport *report, int code, int32_t argument)
{
	add(report, code, false, argument, NULL);
}

void
cccd_report_flag(CccdReport *report, int code)
{
	add(report, code, true, CCCD_FINDING_NO_ARGUMENT, NULL);
}

void
cccd_report_flag_of(CccdReport *report, int code, int32_t argument)
{
	add(report, code, true, argument, NULL);
}

void
cccd_report_reason_about(CccdReport *report, int code, const char *about)
{
	add(report, code, false, CCCD_FINDING_NO_ARGUMENT, about);
}

void
cccd_report_flag_about(CccdReport *report, int code, const char *about)
{
	add(report, code, true, CCCD_FINDING_NO_ARGUMENT, about);
}

bool
cccd_report_has(const CccdReport *report, int code)
{
	for (int k = 0; k < report->count; k++)
		if (report->finding[k].code == code)
			return true;
	return false;
}

void
cccd_report_tolerate(CccdReport *report, bool tolerated, int code,
					 CccdCheckStatus *status)
{
	if (tolerated)
		cccd_report_flag(report, code);
	else
	{
		cccd_report_reason(report, code);
		*status = CCCD_STATUS_FAILED;
	}
}

size_t
cccd_finding_format(const CccdFinding *finding, char *out)
{
	if (finding->about != NULL)
		return (size_t) snprintf(out, CCCD_FINDING_SIZE, "%s(%s)",
								 finding_names[finding->code],
								 finding->about);
	if (finding->argument == CCCD_FINDING_NO_ARGUMENT)
		return (size_t) snprintf(out, CCCD_FINDING_SIZE, "%s",
								 finding_names[finding->code]);
	return (size_t) snprintf(out, CCCD_FINDING_SIZE, "%s(%d)",
							 finding_names[finding->code],
							 (int) finding->argument);
}
