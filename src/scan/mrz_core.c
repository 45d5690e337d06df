/*
 * mrz_core.c
 *		The machine readable zone of a card: TD1 of ICAO Doc 9303-5, in the
 *		layout of the Vietnamese card.
 */
#include "scan/mrz_core.h"

#include <string.h>

#include "base/text_core.h"

#define DOCUMENT_CHECK		14
#define OPTIONAL_CHECK		29
#define BIRTH_CHECK			36
#define EXPIRY_CHECK		44
#define COMPOSITE_CHECK		59

/* More lines than three, and it is something else. */
#define MAX_LINES			3

/* Running check digit, Doc 9303-3 section 4.9: weights 7, 3, 1. */
typedef struct check_sum
{
	int			sum;
	int			place;
} check_sum;

static void
add_field(check_sum *check, const char *text, size_t len)
{
	static const int weights[3] = {7, 3, 1};

	for (size_t i = 0; i < len; i++)
	{
		int			value = 0;

		if (text[i] >= '0' && text[i] <= '9')
			value = text[i] - '0';
		else if (text[i] >= 'A' && text[i] <= 'Z')
			value = text[i] - 'A' + 10;
		check->sum += value * weights[check->place++ % 3];
	}
}

static char
check_digit(const char *text, size_t len)
{
	check_sum	check = {0, 0};

	add_field(&check, text, len);
	return (char) ('0' + check.sum % 10);
}

static char
composite_digit(const char mrz[CCCD_MRZ_SIZE])
{
	check_sum	check = {0, 0};

	add_field(&check, mrz + 5, 25);
	add_field(&check, mrz + 30, 7);
	add_field(&check, mrz + 38, 7);
	add_field(&check, mrz + 48, 11);
	return (char) ('0' + check.sum % 10);
}

bool
cccd_mrz_vietnamese(const char mrz[CCCD_MRZ_SIZE])
{
	return memcmp(mrz + CCCD_MRZ_ISSUER, "VNM", 3) == 0;
}

unsigned
cccd_mrz_check(const char mrz[CCCD_MRZ_SIZE])
{
	unsigned	bad = 0;
	bool		vietnamese = cccd_mrz_vietnamese(mrz);

	if (check_digit(mrz + CCCD_MRZ_DOCUMENT, CCCD_MRZ_DOCUMENT_LEN) !=
		mrz[DOCUMENT_CHECK] && (vietnamese || mrz[DOCUMENT_CHECK] != '<'))
		bad |= CCCD_MRZ_BAD_DOCUMENT;
	if (vietnamese &&
		check_digit(mrz + CCCD_MRZ_OPTIONAL, CCCD_MRZ_OPTIONAL_LEN) !=
		mrz[OPTIONAL_CHECK])
		bad |= CCCD_MRZ_BAD_OPTIONAL;
	if (check_digit(mrz + CCCD_MRZ_BIRTH, CCCD_MRZ_DATE_LEN) !=
		mrz[BIRTH_CHECK])
		bad |= CCCD_MRZ_BAD_BIRTH;
	if (check_digit(mrz + CCCD_MRZ_EXPIRY, CCCD_MRZ_DATE_LEN) !=
		mrz[EXPIRY_CHECK])
		bad |= CCCD_MRZ_BAD_EXPIRY;
	if (composite_digit(mrz) != mrz[COMPOSITE_CHECK])
		bad |= CCCD_MRZ_BAD_COMPOSITE;
	return bad;
}

/*
 * The character of a zone that this one stands for, or 0.
 * Readers that show a filler as a typographic sign write U+2039, or U+FF1C.
 */
static char
zone_char(uint32_t code)
{
	if (code >= 'a' && code <= 'z')
		return (char) (code - 'a' + 'A');
	if ((code >= 'A' && code <= 'Z') || (code >= '0' && code <= '9') ||
		code == '<')
		return (char) code;
	if (code == 0x2039 || code == 0xFF1C)
		return '<';
	return 0;
}

static bool
is_one_of(char c, const char *set)
{
	return c != '\0' && strchr(set, c) != NULL;
}

/*
 * Does this look like a TD1 zone, whatever its check digits say: document
 * code A, C or I, letters for the issuing state, a sex?
 */
static bool
looks_like_td1(const char mrz[CCCD_MRZ_SIZE])
{
	for (int i = CCCD_MRZ_ISSUER; i < CCCD_MRZ_DOCUMENT; i++)
	{
		if (mrz[i] >= '0' && mrz[i] <= '9')
			return false;
	}
	return is_one_of(mrz[0], "ACI") && is_one_of(mrz[CCCD_MRZ_SEX], "MFX<");
}

/*
 * Lay the characters end to end without white space.  Returns their number,
 * or 0 if there are too many or of a wrong kind.  A keyboard layout that has
 * no "<" where the scanner expects it sends one other character throughout:
 * it is taken for the filler, and *repaired says so.
 */
static size_t
squeeze(const char *text, size_t len, char *out, bool *repaired)
{
	uint32_t	stranger = 0;
	size_t		count = 0;

	*repaired = false;
	while (len > 0)
	{
		uint32_t	code;
		size_t		size = cccd_utf8_decode(text, len, &code);
		char		c;

		if (size == 0)
			return 0;
		text += size;
		len -= size;
		if (cccd_text_is_space(code) || (code >= 0x09 && code <= 0x0D))
			continue;
		c = zone_char(code);
		if (c == 0)
		{
			if (stranger != 0 && stranger != code)
				return 0;
			stranger = code;
			*repaired = true;
			c = '<';
			/* U+00AB is how a typesetter writes two of them */
			if (code == 0xAB)
			{
				if (count == CCCD_MRZ_SIZE)
					return 0;
				out[count++] = c;
			}
		}
		if (count == CCCD_MRZ_SIZE)
			return 0;
		out[count++] = c;
	}
	return count;
}

/*
 * A zone whose fillers arrived as spaces, or whose last fillers were cut off
 * with the end of the line: three lines, or one of up to ninety.
 */
static bool
fill_lines(const char *text, size_t len, char mrz[CCCD_MRZ_SIZE])
{
	size_t		lengths[MAX_LINES] = {0, 0, 0};
	int			lines = 0;
	bool		in_line = false;
	size_t		width;
	size_t		i;

	memset(mrz, '<', CCCD_MRZ_SIZE);
	for (width = CCCD_MRZ_SIZE, i = 0; i < len; i++)
	{
		if (text[i] == '\n' || text[i] == '\r')
			width = CCCD_MRZ_LINE;
	}
	for (i = 0; i < len; i++)
	{
		char		c = text[i] == ' ' ? '<' : zone_char((unsigned char) text[i]);
		size_t	   *at;

		if (text[i] == '\n' || text[i] == '\r')
		{
			in_line = false;
			continue;
		}
		if (!in_line && ++lines > MAX_LINES)
			return false;
		in_line = true;
		at = &lengths[lines - 1];
		/* spaces behind a full line are not fillers */
		if (*at == width && text[i] == ' ')
			continue;
		if (c == 0 || *at == width)
			return false;
		mrz[(lines - 1) * CCCD_MRZ_LINE + (*at)++] = c;
	}
	return width == CCCD_MRZ_SIZE ?
		lines == 1 && lengths[0] > CCCD_MRZ_NAME :
		lines == MAX_LINES && lengths[0] == width && lengths[1] == width;
}

CccdMrzForm
cccd_mrz_read(const char *text, size_t len, char mrz[CCCD_MRZ_SIZE],
			  bool *repaired)
{
	size_t		count = squeeze(text, len, mrz, repaired);

	if (count == CCCD_MRZ_SIZE && looks_like_td1(mrz) &&
		(!*repaired || cccd_mrz_check(mrz) == 0))
		return CCCD_MRZ_TD1;
	if (!*repaired &&
		((count == CCCD_MRZ_TD3_SIZE && is_one_of(mrz[0], "PV")) ||
		 (count == CCCD_MRZ_TD2_SIZE && is_one_of(mrz[0], "ACIPV"))) &&
		memchr(mrz, '<', count) != NULL)
		return CCCD_MRZ_OTHER;
	*repaired = fill_lines(text, len, mrz) && looks_like_td1(mrz) &&
		cccd_mrz_check(mrz) == 0;
	return *repaired ? CCCD_MRZ_TD1 : CCCD_MRZ_NONE;
}

size_t
cccd_mrz_name(const char mrz[CCCD_MRZ_SIZE], char *out)
{
	size_t		count = 0;
	bool		gap = false;

	for (int i = CCCD_MRZ_NAME; i < CCCD_MRZ_SIZE; i++)
	{
		if (mrz[i] == '<')
			gap = true;
		else
		{
			if (gap && count > 0)
				out[count++] = ' ';
			gap = false;
			out[count++] = mrz[i];
		}
	}
	return count;
}

static void
write_digits(char *out, int64_t value, int count)
{
	while (count-- > 0)
	{
		out[count] = (char) ('0' + value % 10);
		value /= 10;
	}
}

static void
write_date(char *out, const int date[3])
{
	write_digits(out, date[0] % 100, 2);
	write_digits(out + 2, date[1], 2);
	write_digits(out + 4, date[2], 2);
}

void
cccd_mrz_write(const CccdMrzFields *fields, char mrz[CCCD_MRZ_SIZE])
{
	size_t		at = CCCD_MRZ_NAME;
	bool		family = true;

	memset(mrz, '<', CCCD_MRZ_SIZE);
	memcpy(mrz, "IDVNM", 5);
	write_digits(mrz + CCCD_MRZ_DOCUMENT, fields->id, CCCD_MRZ_DOCUMENT_LEN);
	mrz[DOCUMENT_CHECK] = check_digit(mrz + CCCD_MRZ_DOCUMENT,
									  CCCD_MRZ_DOCUMENT_LEN);
	write_digits(mrz + CCCD_MRZ_OPTIONAL, fields->id, 12);
	mrz[OPTIONAL_CHECK] = check_digit(mrz + CCCD_MRZ_OPTIONAL,
									  CCCD_MRZ_OPTIONAL_LEN);
	write_date(mrz + CCCD_MRZ_BIRTH, fields->birth);
	mrz[BIRTH_CHECK] = check_digit(mrz + CCCD_MRZ_BIRTH, CCCD_MRZ_DATE_LEN);
	mrz[CCCD_MRZ_SEX] = fields->sex;
	if (fields->expiry[0] == 0)
		memcpy(mrz + CCCD_MRZ_EXPIRY, CCCD_MRZ_NO_EXPIRY, CCCD_MRZ_DATE_LEN);
	else
		write_date(mrz + CCCD_MRZ_EXPIRY, fields->expiry);
	mrz[EXPIRY_CHECK] = check_digit(mrz + CCCD_MRZ_EXPIRY, CCCD_MRZ_DATE_LEN);
	memcpy(mrz + CCCD_MRZ_NATIONALITY, "VNM", 3);
	mrz[COMPOSITE_CHECK] = composite_digit(mrz);

	for (size_t i = 0; i < fields->name_len && at < CCCD_MRZ_SIZE; i++)
	{
		if (fields->name[i] != ' ')
			mrz[at++] = fields->name[i];
		else
		{
			at += family ? 2 : 1;
			family = false;
		}
	}
}
