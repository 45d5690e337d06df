/*
 * context_test.c
 *		The eight bytes of a context, and their text.
 */
#include "unit.h"

#include "base/calendar_core.h"
#include "health/code_core.h"
#include "eval/context_core.h"

static char text[CCCD_CONTEXT_TEXT_SIZE];

static void
canonical(const char *input, const char *wanted)
{
	CccdContextError error;
	uint64_t	packed,
				again;

	CHECK(cccd_context_parse(input, strlen(input), &packed, &error));
	CHECK(cccd_context_format(packed, text) == strlen(text));
	CHECK_STR(text, wanted);
	CHECK(cccd_context_parse(text, strlen(text), &again, &error));
	CHECK(packed == again);
}

static void
refused(const char *input, size_t position, const char *expected)
{
	CccdContextError error = {0, ""};
	uint64_t	packed;

	CHECK(!cccd_context_parse(input, strlen(input), &packed, &error));
	if (error.position != position)
		fprintf(stderr, "\"%s\": at %zu\n", input, error.position);
	CHECK(error.position == position);
	CHECK_STR(error.expected, expected);
}

static void
check_text(void)
{
	canonical("", "");
	canonical("  ", "");
	canonical("ticket=yes, accompanied=no, evidence=paper, level=2, "
			  "origin_level=4, sex=F, place=79, birth_date=1990-01-31",
			  "ticket=yes, accompanied=no, evidence=paper, level=2, "
			  "origin_level=4, person=mf3fgn");
	canonical("Birth_Date = 1800-01-01 ,PLACE=001,sex=male , TICKET = False",
			  "ticket=no, person=ae5i2b");
	canonical("birth_date=2158-11-10", "person=4hqo4s");
	canonical("sex=M", "person=erwrlv");
	canonical("person=T54G62, place=79, sex=F", "person=mf3fgn");
	canonical("PERSON=mf3fgn", "person=mf3fgn");
	canonical("evidence=genuine", "evidence=genuine");
	refused("ticket", 6, "=");
	refused("ticket=maybe", 7, "yes or no");
	refused("ticket=", 7, "yes or no");
	refused("ticket=yes,", 11, "ticket, accompanied, evidence, level, "
			"origin_level, sex, place, birth_date or person");
	refused("ticket=yes level=2", 11, "a comma or the end");
	refused("ticket=yes, ticket=no", 12, "every name only once");
	refused("age=12", 0, "ticket, accompanied, evidence, level, "
			"origin_level, sex, place, birth_date or person");
	refused("level=0", 6, "a level from 1 to 4");
	refused("level=5", 6, "a level from 1 to 4");
	refused("origin_level=#4", 13, "a level from 1 to 4");
	refused("place=1000", 6, "the code of a place from 1 to 999");
	refused("sex='F'", 4, "M or F");
	refused("evidence=oral", 9, "a level of evidence");
	refused("birth_date=1799-12-31", 11,
			"a date from 1800-01-01 to 2158-11-10");
	refused("birth_date=2158-11-11", 11,
			"a date from 1800-01-01 to 2158-11-10");
	refused("birth_date=2021-02-29", 11,
			"a date from 1800-01-01 to 2158-11-10");
	refused("birth_date=1990-01-31x", 21, "a comma or the end");
	refused("person=", 7, "a person as cccd_context writes it");
	refused("person=mf3fg", 7, "a person as cccd_context writes it");
	refused("person=mf3fg1", 7, "a person as cccd_context writes it");
	refused("person=mf3fgnn", 13, "a comma or the end");
	refused("person=mf3fgn, place=1", 15, "every name only once");
	refused("sex=F, person=mf3fgn", 7, "every name only once");
}

/*
 * Every person's text is another one, and no text but these is one: of the
 * 2^30 texts a sample is read, and each that is taken comes back.
 */
/* The longest text, which is mostly spaces, and one byte more. */
static void
check_length(void)
{
	char		input[CCCD_CONTEXT_MAX_TEXT + 1];
	CccdContextError error = {0, ""};
	uint64_t	packed;

	memset(input, ' ', sizeof(input));
	memcpy(input, "ticket=yes", 10);
	CHECK(cccd_context_parse(input, CCCD_CONTEXT_MAX_TEXT, &packed, &error) &&
		  packed != 0);
	CHECK(!cccd_context_parse(input, CCCD_CONTEXT_MAX_TEXT + 1, &packed,
							  &error));
	CHECK(packed == 0 && error.position == CCCD_CONTEXT_MAX_TEXT);
	CHECK_STR(error.expected, "the end");
}

static void
check_person(void)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz234567";
	int			taken = 0;

	for (uint32_t i = 0; i < 100000; i++)
	{
		char		input[] = "person=......";
		uint32_t	bits = i * UINT32_C(2654435761) >> 2;
		uint64_t	packed;
		CccdContextError error;

		for (int j = 0; j < CCCD_CONTEXT_PERSON_SIZE; j++)
			input[7 + j] = letters[bits >> 5 * j & 31];
		if (!cccd_context_parse(input, strlen(input), &packed, &error))
			continue;
		taken++;
		CHECK(packed >> 13 != 0 && packed << 51 == 0 && packed >> 42 == 0);
		CHECK(cccd_context_format(packed, text) == strlen(input));
		CHECK_STR(text, input);
	}
	/* a bit that is always zero, 3 of 4 sexes, 1000 of 1024 places */
	CHECK(taken > 35000 && taken < 38500);
}

static uint64_t
parsed(const char *input)
{
	CccdContextError error;
	uint64_t	packed = 0;

	CHECK(cccd_context_parse(input, strlen(input), &packed, &error));
	return packed;
}

/* The first context stands, the second fills what it leaves open. */
static void
check_join(void)
{
	uint64_t	all = parsed("ticket=no, accompanied=yes, evidence=genuine, "
							 "level=4, origin_level=1, sex=F, place=999, "
							 "birth_date=2158-11-10");
	uint64_t	other = parsed("ticket=yes, accompanied=no, evidence=claimed, "
							   "level=1, origin_level=4, sex=M, place=1, "
							   "birth_date=1800-01-01");
	CccdContext context;

	CHECK(cccd_context_join_packed(all, other) == all);
	CHECK(cccd_context_join_packed(other, all) == other);
	CHECK(cccd_context_join_packed(0, all) == all);
	CHECK(cccd_context_join_packed(all, 0) == all);
	CHECK(cccd_context_join_packed(parsed("ticket=yes, sex=F"),
								   parsed("ticket=no, sex=M, place=79")) ==
		  parsed("ticket=yes, sex=F, place=79"));
	CHECK(cccd_context_unpack(cccd_context_join_packed(parsed("level=2"), all),
							  &context));
	CHECK(context.level == 2 && context.origin_level == 1);
}

static void
check_bits(void)
{
	CccdContext context = {0};
	CccdContext back;
	uint64_t	packed;
	int			differences = 0;

	CHECK(cccd_context_pack(&context, &packed) && packed == 0);
	context.birth_date = cccd_days_from_civil(1799, 12, 31);
	context.has_birth_date = true;
	CHECK(!cccd_context_pack(&context, &packed));
	context.birth_date++;
	CHECK(cccd_context_pack(&context, &packed) && packed == UINT64_C(1) << 25);
	context.birth_date = cccd_days_from_civil(2158, 11, 10);
	CHECK(cccd_context_pack(&context, &packed));
	CHECK(packed == (UINT64_C(1) << 42) - (UINT64_C(1) << 25));
	context.birth_date++;
	CHECK(!cccd_context_pack(&context, &packed));
	context.birth_date = INT32_MIN;
	CHECK(!cccd_context_pack(&context, &packed));
	context.birth_date = INT32_MAX;
	CHECK(!cccd_context_pack(&context, &packed));

	/* each part alone, just behind its range */
	memset(&context, 0, sizeof(context));
	context.place = 1000;
	CHECK(!cccd_context_pack(&context, &packed));
	context.place = 999;
	CHECK(cccd_context_pack(&context, &packed));
	CHECK(packed == UINT64_C(999) << 15);
	context.ticket = 3;
	CHECK(!cccd_context_pack(&context, &packed));
	context.ticket = 0;
	context.level = 5;
	CHECK(!cccd_context_pack(&context, &packed));
	context.level = 0;
	context.evidence = 8;
	CHECK(!cccd_context_pack(&context, &packed));

	CHECK(!cccd_context_unpack(3, &back));
	CHECK(!cccd_context_unpack(UINT64_C(1) << 42, &back));
	CHECK(!cccd_context_unpack(UINT64_C(5) << 7, &back));
	CHECK(!cccd_context_unpack(UINT64_C(1000) << 15, &back));
	CHECK(!cccd_context_unpack(UINT64_MAX, &back));

	/* whatever unpacks, packs and reads back as the same bits */
	for (uint64_t i = 0; i < 300000; i++)
	{
		uint64_t	bits = (i * UINT64_C(0x9E3779B97F4A7C15)) >> 22;
		CccdContextError error;
		uint64_t	again,
					read;

		if (!cccd_context_unpack(bits, &back))
			continue;
		cccd_context_format(bits, text);
		if (!cccd_context_pack(&back, &again) || again != bits ||
			!cccd_context_parse(text, strlen(text), &read, &error) ||
			read != bits)
			differences++;
	}
	CHECK(differences == 0);
}

int
main(void)
{
	check_text();
	check_length();
	check_person();
	check_join();
	check_bits();
	return finish();
}
