/*
 * finding.c
 *		Statuses and findings as SQL values; see finding.h.
 */
#include "pki/finding.h"

#include "utils/builtins.h"
#include "utils/memutils.h"

/* A row has a dozen of them: each is made once in a session. */
Datum
cccd_status_datum(CccdCheckStatus status)
{
	static text *texts[CCCD_STATUS_FAILED + 1];

	if (texts[status] == NULL)
	{
		MemoryContext before = MemoryContextSwitchTo(TopMemoryContext);

		texts[status] = cstring_to_text(cccd_status_name(status));
		MemoryContextSwitchTo(before);
	}
	return PointerGetDatum(texts[status]);
}

Datum
cccd_findings_datum(const CccdReport *report, bool flags)
{
	Datum		texts[CCCD_FINDINGS];
	char		out[CCCD_FINDING_SIZE];
	int			count = 0;

	for (int k = 0; k < report->count; k++)
	{
		if (report->finding[k].flag != flags)
			continue;
		cccd_finding_format(&report->finding[k], out);
		texts[count++] = CStringGetTextDatum(out);
	}
	return cccd_texts_datum(texts, count);
}
