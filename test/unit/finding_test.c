/*
 * finding_test.c
 *		Reports of a verification: what is added, once, up to the limit, and
 *		how it is written.
 */
#include "unit.h"

#include "pki/finding_core.h"

#define ONE		CCCD_FINDING_revoked
#define OTHER	CCCD_FINDING_expired

static bool
is(const CccdReport *report, int k, int code, bool flag, int32_t argument,
   const char *about)
{
	const CccdFinding *finding = &report->finding[k];

	return k < report->count && finding->code == code &&
		finding->flag == flag && finding->argument == argument &&
		finding->about == about;
}

static void
test_names(void)
{
	char		text[CCCD_FINDING_SIZE];
	CccdFinding finding = {ONE, false, CCCD_FINDING_NO_ARGUMENT, NULL};

	CHECK_STR(cccd_status_name(CCCD_STATUS_NOT_PERFORMED), "not_performed");
	CHECK_STR(cccd_status_name(CCCD_STATUS_OK), "ok");
	CHECK_STR(cccd_status_name(CCCD_STATUS_UNDETERMINED), "undetermined");
	CHECK_STR(cccd_status_name(CCCD_STATUS_FAILED), "failed");
	CHECK_STR(cccd_finding_name(ONE), "revoked");
	for (int i = 0; i < CCCD_FINDING_COUNT; i++)
	{
		/* with the longest number it has room */
		CHECK(strlen(cccd_finding_name(i)) + strlen("(-2147483647)") <
			  CCCD_FINDING_SIZE);
		for (int k = 0; k < i; k++)
			CHECK(strcmp(cccd_finding_name(i), cccd_finding_name(k)) != 0);
	}
	CHECK(cccd_finding_format(&finding, text) == 7);
	CHECK_STR(text, "revoked");
	finding.argument = 0;
	CHECK(cccd_finding_format(&finding, text) == 10);
	CHECK_STR(text, "revoked(0)");
	finding.argument = CCCD_FINDING_NO_ARGUMENT + 1;
	cccd_finding_format(&finding, text);
	CHECK_STR(text, "revoked(-2147483647)");
	finding.about = "dn";
	CHECK(cccd_finding_format(&finding, text) == 11);
	CHECK_STR(text, "revoked(dn)");
}

/* Reasons and flags, without and with a number or a word. */
static void
test_added(void)
{
	static const char word[] = "dn";
	static CccdReport report;

	CHECK(!cccd_report_has(&report, ONE));
	cccd_report_reason(&report, ONE);
	CHECK(is(&report, 0, ONE, false, CCCD_FINDING_NO_ARGUMENT, NULL));
	CHECK(cccd_report_has(&report, ONE) && !cccd_report_has(&report, OTHER));
	cccd_report_flag(&report, OTHER);
	CHECK(is(&report, 1, OTHER, true, CCCD_FINDING_NO_ARGUMENT, NULL));
	CHECK(cccd_report_has(&report, ONE) && cccd_report_has(&report, OTHER));
	cccd_report_reason_of(&report, ONE, 0);
	CHECK(is(&report, 2, ONE, false, 0, NULL));
	cccd_report_flag_of(&report, ONE, 1);
	CHECK(is(&report, 3, ONE, true, 1, NULL));
	cccd_report_reason_about(&report, ONE, word);
	CHECK(is(&report, 4, ONE, false, CCCD_FINDING_NO_ARGUMENT, word));
	cccd_report_flag_about(&report, ONE, word + 1);
	CHECK(is(&report, 5, ONE, true, CCCD_FINDING_NO_ARGUMENT, word + 1));
	CHECK(report.count == 6);
	/* each once more: nothing is added */
	for (int k = 0; k < 2; k++)
	{
		cccd_report_flag(&report, ONE);
		cccd_report_flag(&report, OTHER);
		cccd_report_flag_of(&report, ONE, 0);
		cccd_report_flag_of(&report, ONE, 1);
		cccd_report_flag_about(&report, ONE, word);
		cccd_report_flag_about(&report, ONE, word + 1);
	}
	CHECK(report.count == 6);
	CHECK(is(&report, 0, ONE, false, CCCD_FINDING_NO_ARGUMENT, NULL));
	CHECK(is(&report, 1, OTHER, true, CCCD_FINDING_NO_ARGUMENT, NULL));
	CHECK(is(&report, 2, ONE, false, 0, NULL));
	CHECK(is(&report, 3, ONE, true, 1, NULL));
	/* a reason outweighs the flag of the same */
	cccd_report_reason(&report, OTHER);
	CHECK(report.count == 6);
	CHECK(is(&report, 1, OTHER, false, CCCD_FINDING_NO_ARGUMENT, NULL));
}

static void
test_limit(void)
{
	static CccdReport report;

	for (int k = 0; k <= CCCD_FINDINGS; k++)
	{
		CHECK(report.count == k);
		cccd_report_flag_of(&report, ONE, k);
	}
	CHECK(report.count == CCCD_FINDINGS);
	CHECK(is(&report, CCCD_FINDINGS - 1, ONE, true, CCCD_FINDINGS - 1, NULL));
	CHECK(!cccd_report_has(&report, OTHER));
	cccd_report_reason(&report, OTHER);
	CHECK(!cccd_report_has(&report, OTHER));
	/* one that is there can still become a reason, the last one too */
	cccd_report_reason_of(&report, ONE, CCCD_FINDINGS - 1);
	CHECK(is(&report, CCCD_FINDINGS - 1, ONE, false, CCCD_FINDINGS - 1, NULL));
}

static void
test_tolerance(void)
{
	static const CccdCheckStatus all[] = {
		CCCD_STATUS_NOT_PERFORMED, CCCD_STATUS_OK, CCCD_STATUS_UNDETERMINED,
		CCCD_STATUS_FAILED
	};

	for (int i = 0; i < 4; i++)
	{
		CccdReport	report = {0};
		CccdCheckStatus status = all[i];

		cccd_report_tolerate(&report, true, ONE, &status);
		CHECK(status == all[i]);
		CHECK(is(&report, 0, ONE, true, CCCD_FINDING_NO_ARGUMENT, NULL));
		cccd_report_tolerate(&report, false, ONE, &status);
		CHECK(status == CCCD_STATUS_FAILED && report.count == 1);
		CHECK(is(&report, 0, ONE, false, CCCD_FINDING_NO_ARGUMENT, NULL));
		for (int k = 0; k < 4; k++)
		{
			status = all[i];
			cccd_status_worsen(&status, all[k]);
			CHECK(status == all[i > k ? i : k]);
		}
	}
}

int
main(void)
{
	test_names();
	test_added();
	test_limit();
	test_tolerance();
	return finish();
}
