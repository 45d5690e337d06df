/*
 * shc_text_core.c
 *		From scans to the token that they hold in pairs of digits; see
 *		shc_core.h.
 *
 * A card in one part is "shc:/" and digits.  Part 2 of 3 is "shc:/2/3/" and
 * digits (section "Chunking Larger SHCs", which is deprecated, but cards were
 * issued so).
 */
#include "shc/shc_core.h"

#include <string.h>

/* A pair of digits is a character's code less this one, which is '-'. */
#define PAIR_BASE	45
#define PAIR_MAX	('z' - PAIR_BASE)

typedef struct ScanPart
{
	int			number;			/* from 1 */
	int			count;
	CccdSlice	digits;
} ScanPart;

static bool
is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* The next scan of a text, whose beginning moves behind it; false: none. */
static bool
next_scan(CccdSlice *text, CccdSlice *scan)
{
	while (text->len > 0 && is_space(*text->ptr))
	{
		text->ptr++;
		text->len--;
	}
	scan->ptr = text->ptr;
	scan->len = 0;
	while (scan->len < text->len && !is_space(text->ptr[scan->len]))
		scan->len++;
	text->ptr += scan->len;
	text->len -= scan->len;
	return scan->len > 0;
}

/* "shc:/" in front; *text is left behind it. */
static bool
skip_prefix(CccdSlice *text)
{
	static const char prefix[] = "shc:/";
	size_t		size = sizeof(prefix) - 1;

	for (size_t k = 0; k < size; k++)
	{
		char		c = k < text->len ? text->ptr[k] : '\0';

		/* scanners that know upper case only change the letters */
		if (c != prefix[k] && (k > 2 || (c | 0x20) != prefix[k]))
			return false;
	}
	text->ptr += size;
	text->len -= size;
	return true;
}

/* One or two digits and a slash; *text is left behind them. */
static bool
read_ordinal(CccdSlice *text, int *number)
{
	size_t		k = 0;

	*number = 0;
	while (k < text->len && k < 2 && text->ptr[k] >= '0' &&
		   text->ptr[k] <= '9')
		*number = *number * 10 + (text->ptr[k++] - '0');
	if (k == 0 || k == text->len || text->ptr[k] != '/')
		return false;
	text->ptr += k + 1;
	text->len -= k + 1;
	return true;
}

/* What a scan holds behind its prefix. */
static bool
read_part(CccdSlice text, ScanPart *part)
{
	part->number = 1;
	part->count = 1;
	part->digits = text;
	if (text.len > 0 && memchr(text.ptr, '/', text.len) == NULL)
		return true;
	if (!read_ordinal(&text, &part->number) ||
		!read_ordinal(&text, &part->count) ||
		part->count < 1 || part->count > CCCD_SHC_PARTS ||
		part->number < 1 || part->number > part->count || text.len == 0)
		return false;
	part->digits = text;
	return true;
}

int
cccd_shc_part_count(CccdSlice text, bool *complete)
{
	bool		there[CCCD_SHC_PARTS + 1] = {false};
	CccdSlice	scan;
	ScanPart	part;
	int			count = 0;
	int			missing;

	while (next_scan(&text, &scan))
	{
		if (!skip_prefix(&scan) || !read_part(scan, &part) ||
			(count > 0 && part.count != count))
			return 0;
		count = part.count;
		there[part.number] = true;
	}
	missing = count;
	for (int k = 1; k <= count; k++)
		missing -= there[k];
	*complete = missing == 0;
	return count;
}

/* Append the characters of a part's digits; false: they are not such pairs. */
static bool
decode(CccdSlice digits, char *token, size_t *length)
{
	if (digits.len % 2 != 0)
		return false;
	for (size_t k = 0; k < digits.len; k += 2)
	{
		char		tens = digits.ptr[k];
		char		ones = digits.ptr[k + 1];
		int			pair = (tens - '0') * 10 + (ones - '0');

		if (tens < '0' || tens > '9' || ones < '0' || ones > '9' ||
			pair > PAIR_MAX)
			return false;
		token[(*length)++] = (char) (pair + PAIR_BASE);
	}
	return true;
}

/* Whether all parts are there; each one that is not is a reason. */
static bool
all_there(const ScanPart *parts, int count, CccdShc *shc)
{
	for (int k = 1; k <= count; k++)
	{
		if (parts[k].count > 0)
			continue;
		cccd_report_reason_of(&shc->report, CCCD_FINDING_shc_part_missing, k);
		shc->numeric = CCCD_STATUS_FAILED;
	}
	return shc->numeric == CCCD_STATUS_OK;
}

/*
 * Sort the scans of a text into parts, from 1.  Returns how many a card of
 * them has, or 0 if they do not belong together.
 */
static int
collect(CccdSlice text, ScanPart *parts, CccdShc *shc)
{
	CccdSlice	scan;
	ScanPart	part;
	int			count = 0;

	while (next_scan(&text, &scan))
	{
		if (!skip_prefix(&scan))
		{
			cccd_shc_refuse(shc, &shc->prefix, CCCD_FINDING_prefix_missing);
			return 0;
		}
		shc->numeric = CCCD_STATUS_OK;
		if (!read_part(scan, &part))
		{
			cccd_shc_refuse(shc, &shc->numeric,
							CCCD_FINDING_shc_part_malformed);
			return 0;
		}
		/* of two cards */
		if (count > 0 && part.count != count)
		{
			cccd_shc_refuse(shc, &shc->numeric,
							CCCD_FINDING_shc_part_conflict);
			return 0;
		}
		/* two texts of one part; a part twice is one part */
		if (parts[part.number].count > 0 &&
			(parts[part.number].digits.len != part.digits.len ||
			 memcmp(parts[part.number].digits.ptr, part.digits.ptr,
					part.digits.len) != 0))
		{
			cccd_report_reason_of(&shc->report,
								  CCCD_FINDING_shc_part_conflict,
								  part.number);
			shc->numeric = CCCD_STATUS_FAILED;
			return 0;
		}
		count = part.count;
		parts[part.number] = part;
	}
	return count;
}

size_t
cccd_shc_read_text(CccdSlice text, CccdShcWork *work, CccdShc *shc)
{
	ScanPart	parts[CCCD_SHC_PARTS + 1];
	size_t		length = 0;
	int			count;

	memset(parts, 0, sizeof(parts));
	shc->prefix = CCCD_STATUS_OK;
	count = collect(text, parts, shc);
	if (count == 0 || !all_there(parts, count, shc))
		return 0;
	shc->parts = count;
	for (int k = 1; k <= count; k++)
		if (!decode(parts[k].digits, work->token, &length))
		{
			cccd_shc_refuse(shc, &shc->numeric, CCCD_FINDING_shc_digits);
			return 0;
		}
	return length;
}
