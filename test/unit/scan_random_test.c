/*
 * scan_random_test.c
 *		A million scans, most of them damaged examples: none crashes, and what
 *		comes out is sound.
 */
#include "unit.h"

#include <stdlib.h>

#include "chance.h"
#include "scan_cases.h"
#include "scan_check.h"

/* Pieces that mean something to the reader. */
static const char *const pieces[] = {
	"|", "||", "||||", "<", "<<", "Nam", "Nữ", "Nu\xCC\x9B\xCC\x83", "0",
	"00", "01011999", "00001999", "1999-01-01", "29/02/2000", "001099012345",
	"024123456", "\xEF\xBB\xBF", "]Q3", "\r\n", "\t", "\x01", "?", "*",
	"\xEF\xBF\xBD", "Ã¡", "á»", "ﾃ掟", "廙軟", "HC1:", "IDVNM", "I<UTO",
	"\xE2\x80\xAE", "\xC2\xA0", "4E47", "\xC3", "\x80", "\xF4\x90\x80\x80",
	"Đ", "«", " "
};

#define PIECES (sizeof(pieces) / sizeof(pieces[0]))
#define ROOM (CCCD_HCERT_TEXT_MAX + 64)

static void
replace(char *text, size_t *len, size_t at, size_t gone, const char *with,
		size_t count)
{
	if (gone > *len - at)
		gone = *len - at;
	if (*len - gone + count > ROOM)
		return;
	memmove(text + at + count, text + at + gone, *len - at - gone);
	memcpy(text + at, with, count);
	*len += count - gone;
}

static void
mutate(char *text, size_t *len)
{
	size_t		at = chance((uint32_t) *len + 1);
	const char *piece = pieces[chance(PIECES)];
	const char *other = cases[chance(CASES)].text;
	size_t		other_len = strlen(other);
	size_t		other_at = chance((uint32_t) other_len + 1);
	char		byte = (char) chance(chance(4) == 0 ? 256 : 128);

	switch (chance(8))
	{
		case 0:
			replace(text, len, at, 1, &byte, 1);
			break;
		case 1:
			replace(text, len, at, 0, &byte, 1);
			break;
		case 2:
			replace(text, len, at, 1 + chance(8), "", 0);
			break;
		case 3:
			replace(text, len, at, 0, piece, strlen(piece));
			break;
		case 4:
			replace(text, len, at, strlen(piece), piece, strlen(piece));
			break;
		case 5:
			replace(text, len, at, *len, other + other_at,
					other_len - other_at);
			break;
		case 6:
			replace(text, len, at, 0, other + other_at,
					chance((uint32_t) (other_len - other_at) + 1));
			break;
		default:
			/* the same again and again, now and then beyond the limits */
			{
				uint32_t	times = chance(chance(50) == 0 ?
										   4000 : 8);

				while (times-- > 0)
					replace(text, len, at, 0, piece, strlen(piece));
			}
			break;
	}
}

/*
 * A million scans, most of them mutations of the cases above: none crashes
 * (the sanitizers watch), everything that comes out is sound.  The counts
 * guard the test itself: mutants must reach every kind and every flag.
 */
static void
test_million(void)
{
	static CccdScan scan;
	static char text[ROOM];
	int			unsound = 0;
	int			kinds[CCCD_KIND_COUNT] = {0};
	uint64_t	flags = 0;
	int			reached = 0;
	int			i;

	for (i = 0; i < 1000000; i++)
	{
		const char *start = cases[chance(CASES)].text;
		size_t		len = strlen(start);
		uint32_t	times = chance(4);

		memcpy(text, start, len);
		if (i % 16 == 0)
		{
			size_t		at;

			len = chance(200);
			for (at = 0; at < len; at++)
				text[at] = (char) chance(i % 32 == 0 ? 128 : 256);
		}
		while (times-- > 0)
			mutate(text, &len);
		cccd_scan_read(text, len, &scan);
		unsound += !scan_is_sound(&scan);
		kinds[scan.kind]++;
		flags |= scan.flags;
	}
	CHECK(unsound == 0);
	for (i = 0; i < CCCD_KIND_COUNT; i++)
	{
		reached += kinds[i] > 1000;
		printf("%s: %d\n", cccd_scan_kind_names[i], kinds[i]);
	}
	CHECK(reached == CCCD_KIND_COUNT);
	CHECK((flags | CCCD_FLAG(UNTRANSLATABLE) | CCCD_FLAG(KIND_UNEXPECTED)) ==
		  (UINT64_C(1) << CCCD_FLAG_COUNT) - 1);
}

int
main(void)
{
	test_million();
	return finish();
}
