/*
 * reason_core.c
 *		The list of reasons; see reason_core.h.
 */
#include "gate/reason_core.h"

const CccdReasonEntry cccd_reason_entries[CCCD_REASON_COUNT] = {
#define REASON(symbol, code, severity, subject, flags) \
	{code, CCCD_SEVERITY_##severity, CCCD_ABOUT_##subject, flags},
	CCCD_REASONS(REASON)
#undef REASON
};

const char *const cccd_subject_names[CCCD_SUBJECTS] = {
	"request", "card", "certificate", "ticket", "place", "rule", "desk",
	"paper"
};
