/*
 * vdsnc_ask.h
 *		Reading visible digital seals of a test, and what it asks about the last
 *		one.
 */
#ifndef VDSNC_ASK_H
#define VDSNC_ASK_H

#include "unit.h"

#include "vdsnc_make.h"

#include "vdsnc/vdsnc_core.h"

static CccdVdsncWork work;
static CccdVdsnc vdsnc;

/* A seal of any certificate and signature: nothing is verified here. */
#define FRAME(data) \
	"{\"data\":" data ",\"sig\":{\"alg\":\"ES256\",\"cer\":\"MIIB\",\"sigvl\":\"AAEC\"}}"

static inline const CccdVdsnc *
read_seal(const char *text, bool tolerant)
{
	cccd_vdsnc_read(text, strlen(text), tolerant, &work, &vdsnc);
	return &vdsnc;
}

/* Reasons and flags in their order, flags in brackets. */
static inline const char *
findings(void)
{
	static char text[2048];
	char	   *p = text;

	*p = '\0';
	for (int k = 0; k < vdsnc.report.count; k++)
	{
		char		one[CCCD_FINDING_SIZE];

		cccd_finding_format(&vdsnc.report.finding[k], one);
		p += sprintf(p, vdsnc.report.finding[k].flag ? "%s[%s]" : "%s%s",
					 k > 0 ? " " : "", one);
	}
	return text;
}

static inline bool
is(CccdSlice slice, const char *wanted)
{
	return slice.len == strlen(wanted) &&
		memcmp(slice.ptr, wanted, slice.len) == 0;
}

#define DATA(person, vaccines) \
	FRAME(SEAL_DATA("UTO", "vacc", "{" person ",\"uvci\":\"U1\",\"ve\":[" vaccines "]}"))
#define AN		SEAL_PERSON("NGUYEN  VAN AN")
#define ONE(name)	SEAL_VACCINE(name, SEAL_DOSE("1", "2025-10-25"))

#endif							/* VDSNC_ASK_H */
