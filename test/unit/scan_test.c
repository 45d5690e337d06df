/*
 * scan_test.c
 *		Scans of every kind and every damage.  All people are invented.
 */
#include "unit.h"

#include <stdlib.h>

#include "base/calendar_core.h"
#include "scan_cases.h"
#include "scan_check.h"

static void
add_date(char *out, int32_t date)
{
	int			year;
	int			month;
	int			day;

	if (date == CCCD_NO_DATE)
		return;
	cccd_civil_from_days(date, &year, &month, &day);
	sprintf(out + strlen(out), "%04d-%02d-%02d", year, month, day);
}

static void
add_slice(char *out, CccdSlice slice)
{
	strncat(out, slice.ptr == NULL ? "" : slice.ptr, slice.len);
}

static const char *
describe(const CccdScan *scan)
{
	static char out[2 * CCCD_SCAN_MAX];
	int			i;

	out[0] = '\0';
	if (scan->id != CCCD_NO_ID)
		sprintf(out, "%lld", (long long) scan->id);
	strcat(out, "|");
	add_slice(out, scan->old_id);
	strcat(out, "|");
	add_slice(out, scan->name);
	strcat(out, "|");
	add_date(out, scan->birth_date);
	strcat(out, "|");
	if (scan->sex != 0)
		strncat(out, &scan->sex, 1);
	strcat(out, "|");
	add_slice(out, scan->address);
	strcat(out, "|");
	add_date(out, scan->issued);
	strcat(out, "|");
	add_date(out, scan->expires);
	strcat(out, "|");
	for (i = 0; i < scan->cancelled_count; i++)
		sprintf(out + strlen(out), "%s%lld", i > 0 ? "," : "",
				(long long) scan->cancelled[i]);
	strcat(out, "|");
	for (i = 0; i < scan->extra_count; i++)
	{
		if (i > 0)
			strcat(out, ";");
		add_slice(out, scan->extra[i]);
	}
	return out;
}

static const char *
describe_flags(uint64_t flags)
{
	static char out[2048];
	int			i;

	out[0] = '\0';
	for (i = 0; i < CCCD_FLAG_COUNT; i++)
	{
		if (flags >> i & 1)
		{
			if (out[0] != '\0')
				strcat(out, ",");
			strcat(out, cccd_scan_flag_names[i]);
		}
	}
	return out;
}

static void
test_cases(void)
{
	static CccdScan scan;
	size_t		i;

	for (i = 0; i < CASES; i++)
	{
		cccd_scan_read(cases[i].text, strlen(cases[i].text), &scan);
		CHECK_STR(cccd_scan_kind_names[scan.kind], cases[i].kind);
		CHECK_STR(describe_flags(scan.flags), cases[i].flags);
		CHECK_STR(describe(&scan), cases[i].says);
		CHECK(scan_is_sound(&scan));
	}
}

static void
test_limits(void)
{
	static CccdScan scan;
	static char text[CCCD_HCERT_TEXT_MAX + 1];
	size_t		head;
	int			i;

	memset(text, ' ', sizeof(text));
	memcpy(text, "001099012345", 12);
	cccd_scan_read(text, CCCD_SCAN_MAX, &scan);
	CHECK(scan.kind == CCCD_KIND_ID);
	cccd_scan_read(text, CCCD_SCAN_MAX + 1, &scan);
	CHECK(scan.kind == CCCD_KIND_UNKNOWN && scan.flags == CCCD_FLAG(TOO_LONG));
	memset(text, 'A', sizeof(text));
	memcpy(text, "HC1:", 4);
	cccd_scan_read(text, CCCD_HCERT_TEXT_MAX, &scan);
	CHECK(scan.kind == CCCD_KIND_HEALTH_CERTIFICATE);
	cccd_scan_read(text, CCCD_HCERT_TEXT_MAX + 1, &scan);
	CHECK(scan.kind == CCCD_KIND_UNKNOWN && scan.flags == CCCD_FLAG(TOO_LONG));

	/* name and address at their limits and one beyond */
	head = (size_t) sprintf(text, "001099012345||");
	memset(text + head, 'A', CCCD_NAME_MAX + 1);
	strcpy(text + head + CCCD_NAME_MAX, "|01011999|Nam|Hue|10052021");
	cccd_scan_read(text, strlen(text), &scan);
	CHECK(scan.flags == 0 && scan.name.len == CCCD_NAME_MAX);
	memset(text + head, 'A', CCCD_NAME_MAX + 1);
	strcpy(text + head + CCCD_NAME_MAX + 1, "|01011999|Nam|Hue|10052021");
	cccd_scan_read(text, strlen(text), &scan);
	CHECK(scan.flags == CCCD_FLAG(FIELD_TOO_LONG) && scan.name.ptr == NULL &&
		  scan.address.len == 3);
	head = (size_t) sprintf(text, "001099012345||An|01011999|Nam|");
	memset(text + head, 'A', CCCD_ADDRESS_MAX + 1);
	strcpy(text + head + CCCD_ADDRESS_MAX + 1, "|10052021");
	cccd_scan_read(text, strlen(text), &scan);
	CHECK(scan.flags == CCCD_FLAG(FIELD_TOO_LONG) && scan.address.ptr == NULL);
	head = (size_t) sprintf(text, "%s|", CARD);
	memset(text + head, 'A', CCCD_EXTRA_MAX + 1);
	strcpy(text + head + CCCD_EXTRA_MAX + 1, "|||");
	cccd_scan_read(text, strlen(text), &scan);
	CHECK(scan.flags == CCCD_FLAG(FIELD_TOO_LONG) &&
		  scan.extra_count == CCCD_SCAN_EXTRA && scan.extra[0].ptr == NULL);

	/* more cancelled numbers than there is room for */
	head = (size_t) sprintf(text, "%s|", CARD);
	for (i = 0; i <= CCCD_SCAN_CANCELLED; i++)
		head += (size_t) sprintf(text + head, "001099000001;");
	strcpy(text + head, "|||");
	cccd_scan_read(text, strlen(text), &scan);
	CHECK(scan.cancelled_count == CCCD_SCAN_CANCELLED);
	CHECK(scan.flags == CCCD_FLAG(FIELD_SURPLUS));
}

static void
test_expect(void)
{
	static CccdScan scan;

	cccd_scan_read(CARD, strlen(CARD), &scan);
	cccd_scan_expect(&scan, CCCD_KINDS_CARD);
	CHECK(scan.flags == 0 && scan.id == 1099012345);
	cccd_scan_expect(&scan, CCCD_KIND(MRZ));
	CHECK(scan.kind == CCCD_KIND_CARD_2021 &&
		  scan.flags == CCCD_FLAG(KIND_UNEXPECTED));
	CHECK_STR(describe(&scan), "|||||||||");
	cccd_scan_read("?", 1, &scan);
	cccd_scan_expect(&scan, CCCD_KIND(MRZ));
	CHECK(scan.kind == CCCD_KIND_UNKNOWN &&
		  scan.flags == CCCD_FLAG(UNRECOGNISED));
}

static void
test_write(void)
{
	static CccdScan scan;
	CccdCard	card;
	char		text[CCCD_SCAN_MAX];
	size_t		len;
	const char *field;

	memset(&card, 0, sizeof(card));
	card.kind = CCCD_KIND_CARD_2024;
	card.id = 1099012345;
	card.birth_date = card.issued = CCCD_NO_DATE;
	CHECK(cccd_card_write(&card, text, &len, &field) == CCCD_WRITE_OK);
	CHECK(len == 22 && memcmp(text, "001099012345||||||||||", 22) == 0);
#define WRITE(member, string) \
	(card.member.ptr = (string), card.member.len = strlen(string), \
	 cccd_card_write(&card, text, &len, &field))
	CHECK(WRITE(name, "a|b") == CCCD_WRITE_BAR);
	CHECK_STR(field, "name");
	CHECK(WRITE(name, "a\nb") == CCCD_WRITE_CONTROL);
	CHECK(WRITE(name, "a\xE2\x80\x8E") == CCCD_WRITE_CONTROL);
	CHECK(WRITE(name, "a\xC3") == CCCD_WRITE_CONTROL);
	{
		static char long_name[CCCD_NAME_MAX + 2];

		memset(long_name, 'A', CCCD_NAME_MAX + 1);
		CHECK(WRITE(name, long_name) == CCCD_WRITE_LONG);
		CHECK_STR(field, "name");
		CHECK(WRITE(name, long_name + 1) == CCCD_WRITE_OK);
	}
	CHECK(WRITE(name, "An") == CCCD_WRITE_OK);
	CHECK(WRITE(address, "|") == CCCD_WRITE_BAR);
	CHECK_STR(field, "address");
	CHECK(WRITE(address, "Huế") == CCCD_WRITE_OK);
	CHECK(WRITE(old_id, "12345678") == CCCD_WRITE_OLD_ID);
	CHECK(WRITE(old_id, "12345678x") == CCCD_WRITE_OLD_ID);
	CHECK(WRITE(old_id, "123456789") == CCCD_WRITE_OK);
	card.birth_date = cccd_days_from_civil(1899, 12, 31);
	CHECK(cccd_card_write(&card, text, &len, &field) == CCCD_WRITE_YEAR);
	CHECK_STR(field, "birth_date");
	card.birth_date = cccd_days_from_civil(1999, 1, 1);
	card.issued = INT32_MAX;
	CHECK(cccd_card_write(&card, text, &len, &field) == CCCD_WRITE_YEAR);
	CHECK_STR(field, "issued");
	card.issued = cccd_days_from_civil(2399, 12, 31);
	card.sex = 'M';
	CHECK(cccd_card_write(&card, text, &len, &field) == CCCD_WRITE_OK);
	cccd_scan_read(text, len, &scan);
	CHECK(scan.flags == 0);
	CHECK_STR(describe(&scan),
			  "1099012345|123456789|An|1999-01-01|M|Huế|2399-12-31|||");
}

/* The letters of an insurance card's number; the masks of a date of birth. */
static void
test_recognised(void)
{
	static CccdScan scan;
	char		text[128];

	for (int c = 1; c < 128; c++)
	{
		bool		letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');

		for (int at = 0; at < 2; at++)
		{
			strcpy(text, "DN4010123456789|4e677579656e|01/01/1999|1|4869");
			if (c == '|' || (at == 0 && (c <= ' ' || c == 127)))
				continue;
			text[at] = (char) c;
			cccd_scan_read(text, strlen(text), &scan);
			CHECK((scan.kind == CCCD_KIND_HEALTH_INSURANCE) == letter);
		}
	}
	for (int at = 0; at < 10; at++)
		for (int c = '*'; c <= ':'; c++)
		{
			bool		good = at == 4 || at == 7 ? c == '-' :
			c == '*' || (c >= '0' && c <= '9');

			strcpy(text, "001099******|AN|1999-01-01|X|1|<1");
			text[16 + at] = (char) c;
			cccd_scan_read(text, strlen(text), &scan);
			CHECK((scan.kind == CCCD_KIND_PERSONAL) == good);
		}
}

/* How many fields a personal code may have: one too few, two too many. */
static void
test_counts(void)
{
	static CccdScan scan;
	static const char *const fields[] = {
		"001099012345", "|NGUYEN VAN AN", "|1999-01-01", "|0", "|1", "|<1",
		"|", "|", "|", "|"
	};
	char		text[128] = "";

	for (int count = 1; count <= 10; count++)
	{
		strcat(text, fields[count - 1]);
		cccd_scan_read(text, strlen(text), &scan);
		CHECK((scan.kind == CCCD_KIND_PERSONAL) == (count >= 5 && count <= 8));
		if (count >= 5 && count <= 8)
			CHECK(scan.flags == (count == 5 ? CCCD_FLAG(FIELD_MISSING) :
								 count == 6 ? 0 : CCCD_FLAG(FIELD_SURPLUS)));
	}
}

int
main(void)
{
	test_cases();
	test_limits();
	test_expect();
	test_write();
	test_recognised();
	test_counts();
	return finish();
}
