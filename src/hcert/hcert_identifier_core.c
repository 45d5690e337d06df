/*
 * hcert_identifier_core.c
 *		The spellings of a certificate identifier; see hcert_identifier_core.h.
 */
#include "hcert/hcert_identifier_core.h"

#include <string.h>

static const CccdBytes nothing = {(const uint8_t *) "", 0};

/* What stands before an identifier in nearly all certificates. */
static const struct
{
	const char *text;
	size_t		length;
}			prefixes[] = {
	{"URN:UVCI:", 9}, {"URN:UCI:", 8}
};

/*
 * Bytes of the prefix of an identifier, written in either case: the bit that
 * makes a letter small is set in a colon anyway.
 */
static size_t
prefix_length(CccdBytes identifier)
{
	for (size_t k = 0; k < sizeof(prefixes) / sizeof(prefixes[0]); k++)
	{
		size_t		same = 0;

		while (same < prefixes[k].length && same < identifier.length &&
			   (identifier.data[same] == (uint8_t) prefixes[k].text[same] ||
				identifier.data[same] == (prefixes[k].text[same] | 0x20)))
			same++;
		if (same == prefixes[k].length)
			return same;
	}
	return 0;
}

int
cccd_identifier_spell(CccdBytes identifier, CccdSpelling *spellings)
{
	CccdBytes	standard = {(const uint8_t *) prefixes[0].text,
	prefixes[0].length};
	size_t		before = prefix_length(identifier);
	CccdBytes	own = {identifier.data, before};
	CccdBytes	body = {identifier.data + before, identifier.length - before};
	int			count = 0;

	for (int checked = 1; checked >= 0; checked--)
	{
		if (!checked &&
			(body.length < 3 || body.data[body.length - 2] != '#'))
			break;
		if (!checked)
			body.length -= 2;
		spellings[count].prefix = own;
		spellings[count++].identifier = body;
		if (before > 0)
		{
			spellings[count].prefix = nothing;
			spellings[count++].identifier = body;
		}
		if (!cccd_bytes_equal(own, standard))
		{
			spellings[count].prefix = standard;
			spellings[count++].identifier = body;
		}
	}
	return count;
}
