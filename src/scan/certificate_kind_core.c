/*
 * certificate_kind_core.c
 *		Health certificates by how they begin; see certificate_kind_core.h.
 */
#include "scan/certificate_kind_core.h"

#include <string.h>

/* Formats in JSON are known by what stands in them. */
static const struct
{
	const char *begins;			/* letters in lower case */
	const char *holds;
	const char *name;
	CccdCertificateKind kind;
}			formats[] = {
	{"hc1:", "", "HC1", CCCD_CERTIFICATE_HC1},
	{"shc:/", "", "SHC", CCCD_CERTIFICATE_SHC},
	{"nzcp:/", "", "NZCP", CCCD_CERTIFICATE_OTHER},
	{"lt1:", "", "LT1", CCCD_CERTIFICATE_OTHER},
	{"{", "\"icao.", "VDS-NC", CCCD_CERTIFICATE_VDS_NC},
	{"{", "credentials/v1", "DIVOC", CCCD_CERTIFICATE_OTHER}
};

static bool
begins_with(CccdSlice text, const char *begins)
{
	size_t		length = strlen(begins);

	if (text.len < length)
		return false;
	for (size_t k = 0; k < length; k++)
	{
		char		c = text.ptr[k];

		if ((c >= 'A' && c <= 'Z' ? c | 0x20 : c) != begins[k])
			return false;
	}
	return true;
}

static bool
holds(CccdSlice text, const char *part)
{
	size_t		length = strlen(part);

	for (size_t k = 0; k + length <= text.len; k++)
		if (memcmp(text.ptr + k, part, length) == 0)
			return true;
	return false;
}

CccdCertificateKind
cccd_certificate_kind(CccdSlice text, const char **name)
{
	for (size_t k = 0; k < sizeof(formats) / sizeof(formats[0]); k++)
	{
		if (!begins_with(text, formats[k].begins) ||
			!holds(text, formats[k].holds))
			continue;
		*name = formats[k].name;
		return formats[k].kind;
	}
	return CCCD_CERTIFICATE_NONE;
}
