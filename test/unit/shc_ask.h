/*
 * shc_ask.h
 *		Reading SMART Health Cards of a test, and what it asks about the last
 *		one.
 */
#ifndef SHC_ASK_H
#define SHC_ASK_H

#include "unit.h"

#include "shc_make.h"

#include "shc/shc_core.h"

static CccdShcWork work;
static CccdShc shc;
static ShcMake make;

static inline const CccdShc *
read_scan(CccdBytes scan, bool tolerant)
{
	cccd_shc_read((const char *) scan.data, scan.length, tolerant, &work,
				  &shc);
	return &shc;
}

static inline const CccdShc *
read_text(const char *text)
{
	return read_scan(pki_bytes(text, strlen(text)), true);
}

static inline const CccdShc *
read_payload(const char *payload, bool tolerant)
{
	ShcMake		other = make;

	other.payload = payload;
	return read_scan(shc_scan(&other), tolerant);
}

/* Whether a finding is there, as its text. */
static inline bool
found(const char *wanted)
{
	char		text[CCCD_FINDING_SIZE];

	for (int k = 0; k < shc.report.count; k++)
	{
		cccd_finding_format(&shc.report.finding[k], text);
		if (strcmp(text, wanted) == 0)
			return true;
	}
	return false;
}

static inline bool
is_text(CccdSlice slice, const char *wanted)
{
	bool		same = slice.len == strlen(wanted) &&
	(slice.len == 0 || memcmp(slice.ptr, wanted, slice.len) == 0);

	if (!same)
		fprintf(stderr, "\"%.*s\" is not \"%s\"\n", (int) slice.len,
				slice.ptr, wanted);
	return same;
}

static inline bool
all_read(void)
{
	return shc.prefix == CCCD_STATUS_OK && shc.numeric == CCCD_STATUS_OK &&
		shc.jws == CCCD_STATUS_OK && shc.inflate == CCCD_STATUS_OK &&
		shc.json == CCCD_STATUS_OK && shc.schema == CCCD_STATUS_OK;
}

#define PAYLOAD(resources) \
	SHC_PAYLOAD(SHC_CLAIM(SHC_BUNDLE(SHC_PERSON, resources)))

#endif							/* SHC_ASK_H */
