/*
 * health_hash_test.c
 *		The numbers that the hash of a record is made of: those of a machine
 *		with the other byte order are the same.
 */
#include "unit.h"

#include <string.h>

#include "health/health_core.h"

/* Numbers in the order in which a record has its parts. */
static const CccdEvent events[] = {
	{.kind = CCCD_DOSE, .time = 0x10203040, .until = CCCD_HEALTH_NO_END,
		.disease = 1, .source = 3, .is_signed = 1, .number = 31, .product = 0x234,
	.series = 5},
	{.kind = CCCD_TEST, .time = 0x20304050, .until = CCCD_HEALTH_NO_END,
	.disease = 0xfe, .source = 0, .test = 2, .result = CCCD_RESULT_PENDING},
	{.kind = CCCD_CONTRAINDICATION, .time = 5, .until = 0x80000001,
	.disease = 2, .source = 1},
	{.kind = CCCD_CREDENTIAL, .time = 6, .until = 0x81000002,
	.name = 0x4321, .source = 2},
	{.kind = CCCD_CONSULTATION, .time = 7, .until = 0x82000003,
	.name = 0x1234, .source = 0},
};

static int
input_of(const CccdEvent *given, size_t count, uint32_t tests_from,
		 uint32_t *input)
{
	CccdEvent	copy[CCCD_HEALTH_MAX_DOSES + CCCD_HEALTH_MAX_TESTS +
					 CCCD_HEALTH_MAX_OTHERS];
	unsigned char body[CCCD_HEALTH_MAX_SIZE];
	size_t		length;
	CccdHealthView view;

	memcpy(copy, given, count * sizeof(CccdEvent));
	CHECK(cccd_health_build(copy, count, tests_from, body, &length) ==
		  CCCD_HEALTH_OK);
	CHECK(cccd_health_open(body, length, &view) == CCCD_HEALTH_OK);
	return cccd_health_hash_input(&view, input);
}

static void
check_numbers(void)
{
	uint32_t	input[CCCD_HEALTH_HASH_INPUT];

	CHECK(input_of(events, 0, 0, input) == 2);
	CHECK(input[0] == 1 && input[1] == 0);
	CHECK(input_of(events, 5, 0x0badcafe, input) == 15);
	CHECK(input[0] == 0x03010101);
	CHECK(input[1] == 0x0badcafe);
	CHECK(input[2] == 0x10203040);
	CHECK(input[3] == (0x2a340100 | 31 << 3 | 1 << 2 | 3));
	CHECK(input[4] == 0x20304050);
	CHECK(input[5] == (0x0003fe00 | 2 << 3));
	CHECK(input[6] == 5);
	CHECK(input[7] == (0x00000200 | 3 << 3 | 1));
	CHECK(input[8] == 0x80000001);
	CHECK(input[9] == 6);
	CHECK(input[10] == (0x43210000 | 4 << 3 | 2));
	CHECK(input[11] == 0x81000002);
	CHECK(input[12] == 7);
	CHECK(input[13] == (0x12340000 | 7 << 3));
	CHECK(input[14] == 0x82000003);
}

/* The largest record fits, and fills the room. */
static void
check_largest(void)
{
	CccdEvent	all[CCCD_HEALTH_MAX_DOSES + CCCD_HEALTH_MAX_TESTS +
					CCCD_HEALTH_MAX_OTHERS];
	uint32_t	input[CCCD_HEALTH_HASH_INPUT];
	size_t		count = 0;

	for (uint32_t i = 0; i < CCCD_HEALTH_MAX_DOSES; i++, count++)
	{
		all[count] = events[0];
		all[count].time = 86400 * (i + 1);
	}
	for (uint32_t i = 0; i < CCCD_HEALTH_MAX_TESTS; i++, count++)
	{
		all[count] = events[1];
		all[count].time = 86400 * (i + 1);
	}
	for (uint32_t i = 0; i < CCCD_HEALTH_MAX_OTHERS; i++, count++)
	{
		all[count] = events[2];
		all[count].time = 86400 * (i + 1);
	}
	CHECK(input_of(all, count, 1, input) == CCCD_HEALTH_HASH_INPUT);
}

int
main(void)
{
	check_numbers();
	check_largest();
	return finish();
}
