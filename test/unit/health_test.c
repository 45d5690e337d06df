/*
 * health_test.c
 *		Codes and their names; building, opening and checking records.
 */
#include "health_record.h"

#include "health/code_core.h"

static CccdEvent
dose(uint32_t time, int product, int number, int source, int is_signed)
{
	CccdEvent	event = {0};

	event.kind = CCCD_DOSE;
	event.time = time;
	event.disease = CCCD_DISEASE_COVID19;
	event.product = product;
	event.number = number;
	event.source = source;
	event.is_signed = is_signed;
	return event;
}

static CccdEvent
test(uint32_t time, int kind, int result, int source)
{
	CccdEvent	event = {0};

	event.kind = CCCD_TEST;
	event.time = time;
	event.disease = CCCD_DISEASE_COVID19;
	event.test = kind;
	event.result = result;
	event.source = source;
	return event;
}

static CccdEvent
other(int kind, uint32_t time, uint32_t until, int source)
{
	CccdEvent	event = {0};

	event.kind = kind;
	event.time = time;
	event.until = until;
	event.disease = CCCD_DISEASE_COVID19;
	event.source = source;
	return event;
}

static CccdEvent
named(int kind, int code, uint32_t time, uint32_t until, int source)
{
	CccdEvent	event = other(kind, time, until, source);

	event.disease = 0;
	event.name = (uint16_t) code;
	return event;
}

static CccdEvent
credential(int code, uint32_t time, uint32_t until, int source)
{
	return named(CCCD_CREDENTIAL, code, time, until, source);
}

static void
check_codes(void)
{
	static const CccdCodeSet all[] = {
		CCCD_CODES_DISEASE, CCCD_CODES_PRODUCT, CCCD_CODES_TEST,
		CCCD_CODES_RESULT, CCCD_CODES_SOURCE, CCCD_CODES_EVIDENCE,
		CCCD_CODES_CREDENTIAL, CCCD_CODES_DECLARATION,
		CCCD_CODES_REGISTRATION, CCCD_CODES_CONSULTATION
	};
	char		out[CCCD_CODE_SIZE];
	int			code;
	const char *name;

	for (size_t s = 0; s < sizeof(all) / sizeof(all[0]); s++)
		for (int i = 0; cccd_code_entry(all[s], i, &code, &name); i++)
		{
			char		upper[CCCD_CODE_SIZE];
			size_t		length = strlen(name);

			/* an entry that an earlier one hides would not be found */
			CHECK(cccd_code_find(all[s], name, length) == code);
			CHECK(length < CCCD_CODE_SIZE);
			for (size_t c = 0; c <= length; c++)
				upper[c] = name[c] >= 'a' && name[c] <= 'z' ?
					name[c] - 'a' + 'A' : name[c];
			CHECK(cccd_code_find(all[s], upper, length) == code);
			/* the name that is written is read again */
			length = cccd_code_name(all[s], code, out);
			CHECK(length == strlen(out));
			CHECK(cccd_code_find(all[s], out, length) == code);
		}

#define FIND(set, name) cccd_code_find(CCCD_CODES_##set, name, strlen(name))
	CHECK(FIND(DISEASE, "covid19") == CCCD_DISEASE_COVID19);
	CHECK(FIND(DISEASE, "COVID-19") == CCCD_DISEASE_COVID19);
	CHECK(FIND(DISEASE, "hepatitis b") == FIND(DISEASE, "hepatitis_b"));
	CHECK(FIND(DISEASE, "cold") == -1);
	CHECK(FIND(DISEASE, "") == -1);
	CHECK(FIND(DISEASE, "#0") == -1);
	CHECK(FIND(DISEASE, "#255") == 255);
	CHECK(FIND(DISEASE, "#256") == -1);
	CHECK(FIND(DISEASE, "#") == -1);
	CHECK(FIND(DISEASE, "#-1") == -1);
	CHECK(FIND(DISEASE, "#1x") == -1);
	CHECK(FIND(PRODUCT, "comirnaty") == FIND(PRODUCT, "eu/1/20/1528"));
	CHECK(FIND(PRODUCT, "Sputnik V") == FIND(PRODUCT, "Sputnik-V"));
	CHECK(FIND(PRODUCT, "CoviVac") != FIND(PRODUCT, "COVIVAC-IVAC"));
	CHECK(FIND(PRODUCT, "#2047") == CCCD_PRODUCT_MAX);
	CHECK(FIND(PRODUCT, "#2048") == -1);
	CHECK(FIND(PRODUCT, "#4294967297") == -1);
	CHECK(FIND(TEST, "pcr") == CCCD_TEST_PCR);
	CHECK(FIND(TEST, "RAT") == CCCD_TEST_ANTIGEN);
	CHECK(FIND(TEST, "#31") == 31 && FIND(TEST, "#32") == -1);
	CHECK(FIND(RESULT, "pending") == CCCD_RESULT_PENDING);
	CHECK(FIND(SOURCE, "national") == CCCD_SOURCE_NATIONAL);
	CHECK(FIND(EVIDENCE, "genuine") == CCCD_EVIDENCE_GENUINE);
	CHECK(FIND(EVIDENCE, "#0") == -1);
	CHECK(FIND(CREDENTIAL, "insurance") == CCCD_CREDENTIAL_INSURANCE);
	CHECK(FIND(CREDENTIAL, "health insurance") == CCCD_CREDENTIAL_INSURANCE);
	/* one letter, two laws, two codes */
	CHECK(FIND(CREDENTIAL, "driving_licence_b1") !=
		  FIND(CREDENTIAL, "driving_licence_b1_2008"));

	cccd_code_name(CCCD_CODES_PRODUCT, 1, out);
	CHECK_STR(out, "EU/1/20/1528");
	cccd_code_name(CCCD_CODES_PRODUCT, CCCD_PRODUCT_MAX, out);
	CHECK_STR(out, "#2047");
	cccd_code_name(CCCD_CODES_DISEASE, 200, out);
	CHECK_STR(out, "#200");
}

static void
check_doses(void)
{
	CccdEvent	out[CCCD_HEALTH_MAX_SIZE / 8];
	uint32_t	from;
	Record		record;

	record = build(NULL, 0, 0);
	CHECK(record.length == CCCD_HEALTH_HEADER);
	CHECK(open_record(&record, out, &from) == 0 && from == 0);

	/* sorted by time, whatever the order they come in */
	{
		CccdEvent	in[] = {
			dose(NOON + 21 * DAY, 1, 2, CCCD_SOURCE_NATIONAL, 0),
			dose(NOON, 0, 0, CCCD_SOURCE_DECLARED, 1)
		};

		record = build(in, 2, 0);
		CHECK(record.length == CCCD_HEALTH_HEADER + 16);
		CHECK(open_record(&record, out, &from) == 2);
		CHECK(out[0].time == NOON && out[0].product == 0 &&
			  out[0].number == 0 && out[0].is_signed == 1 &&
			  out[0].source == CCCD_SOURCE_DECLARED);
		CHECK(out[1].time == NOON + 21 * DAY && out[1].product == 1 &&
			  out[1].number == 2 && out[1].is_signed == 0 &&
			  out[1].source == CCCD_SOURCE_NATIONAL);
	}

	/* two systems: both reports stay, whatever they say */
	{
		CccdEvent	in[] = {
			dose(NOON - 3600, 9, 2, CCCD_SOURCE_PAPER, 0),
			dose(NOON + 3600, 1, 1, CCCD_SOURCE_NATIONAL, 0),
			dose(NOON + 3600, 1, 1, CCCD_SOURCE_NATIONAL, 0),
			dose(NOON + 3600, 1, 1, CCCD_SOURCE_CERTIFICATE, 0)
		};

		record = build(in, 4, 0);
		CHECK(open_record(&record, out, &from) == 3);
		CHECK(out[0].product == 9 && out[0].source == CCCD_SOURCE_PAPER);
		CHECK(out[1].source == CCCD_SOURCE_CERTIFICATE);
		CHECK(out[2].source == CCCD_SOURCE_NATIONAL);
	}
	/* of one system at one time: not what another report says, too */
	{
		CccdEvent	in[] = {
			dose(NOON, 3, 0, CCCD_SOURCE_NATIONAL, 0),
			dose(NOON, 0, 2, CCCD_SOURCE_NATIONAL, 0),
			dose(NOON, 3, 2, CCCD_SOURCE_NATIONAL, 1),
			dose(NOON, 0, 0, CCCD_SOURCE_NATIONAL, 1)
		};

		record = build(in, 4, 0);
		CHECK(open_record(&record, out, &from) == 1);
		CHECK(out[0].product == 3 && out[0].number == 2 && out[0].is_signed);
		record = build(in, 2, 0);
		CHECK(open_record(&record, out, &from) == 2);
		in[1].product = 4;
		record = build(in, 2, 0);
		CHECK(open_record(&record, out, &from) == 2);
	}

	/* 31 doses fit, 32 do not */
	{
		CccdEvent	in[32];

		for (int i = 0; i < 32; i++)
			in[i] = dose(NOON + i * DAY, 1, i % 32, 0, 0);
		CHECK(build(in, 31, 0).status == CCCD_HEALTH_OK);
		CHECK(build(in, 32, 0).status == CCCD_HEALTH_TOO_MANY_DOSES);
	}
}

static void
check_tests(void)
{
	CccdEvent	out[CCCD_HEALTH_MAX_SIZE / 8];
	uint32_t	from;
	Record		record;

	/* newest first; a result replaces the pending test */
	{
		CccdEvent	in[] = {
			test(NOON, CCCD_TEST_PCR, CCCD_RESULT_PENDING, 3),
			test(NOON + DAY, CCCD_TEST_ANTIGEN, CCCD_RESULT_NEGATIVE, 0),
			test(NOON, CCCD_TEST_PCR, CCCD_RESULT_POSITIVE, 0),
			test(NOON + DAY, CCCD_TEST_PCR, CCCD_RESULT_PENDING, 3)
		};

		record = build(in, 4, 0);
		CHECK(open_record(&record, out, &from) == 3);
		CHECK(out[0].test == CCCD_TEST_PCR && out[0].time == NOON + DAY &&
			  out[0].result == CCCD_RESULT_PENDING);
		CHECK(out[1].test == CCCD_TEST_ANTIGEN);
		CHECK(out[2].result == CCCD_RESULT_POSITIVE && out[2].time == NOON);
		CHECK(from == 0);
	}
	/* of one sample the stricter result; of equal ones the better source */
	{
		CccdEvent	in[] = {
			test(NOON, CCCD_TEST_PCR, CCCD_RESULT_POSITIVE, 1),
			test(NOON, CCCD_TEST_PCR, CCCD_RESULT_NEGATIVE, 2),
			test(NOON, CCCD_TEST_PCR, CCCD_RESULT_NEGATIVE, 3)
		};

		record = build(in, 3, 0);
		CHECK(open_record(&record, out, &from) == 1);
		CHECK(out[0].result == CCCD_RESULT_POSITIVE && out[0].source == 1);
		record = build(in + 1, 2, 0);
		CHECK(open_record(&record, out, &from) == 1);
		CHECK(out[0].result == CCCD_RESULT_NEGATIVE && out[0].source == 3);
		in[0].result = CCCD_RESULT_INCONCLUSIVE;
		record = build(in, 3, 0);
		CHECK(open_record(&record, out, &from) == 1);
		CHECK(out[0].result == CCCD_RESULT_NEGATIVE);
	}
	/* the twelve newest; complete from the second after the newest dropped */
	{
		CccdEvent	in[15];

		for (int i = 0; i < 15; i++)
			in[i] = test(NOON + i * 60, CCCD_TEST_PCR, 0, 3);
		record = build(in, 12, 0);
		CHECK(open_record(&record, out, &from) == 12 && from == 0);
		record = build(in, 15, 0);
		CHECK(open_record(&record, out, &from) == 12);
		CHECK(out[0].time == NOON + 14 * 60 && out[11].time == NOON + 3 * 60);
		CHECK(from == NOON + 2 * 60 + 1);
		/* never earlier than what was said */
		record = build(in, 15, NOON + 500);
		CHECK(open_record(&record, out, &from) == 12 && from == NOON + 500);
		CHECK(record.length == CCCD_HEALTH_HEADER + 4 + 12 * 8);
	}
	/* the thirteenth at the same second: that second is not complete */
	{
		CccdEvent	in[13];

		for (int i = 0; i < 13; i++)
			in[i] = test(NOON, 1 + i, 0, 3);
		record = build(in, 13, 0);
		CHECK(open_record(&record, out, &from) == 12 && from == NOON + 1);
	}
}

static void
check_others(void)
{
	CccdEvent	out[CCCD_HEALTH_MAX_SIZE / 8];
	uint32_t	from;
	Record		record;
	CccdEvent	in[] = {
		other(CCCD_ISOLATION, NOON + DAY, NOON + 15 * DAY, 1),
		other(CCCD_RECOVERY, NOON, CCCD_HEALTH_NO_END, 3),
		other(CCCD_ISOLATION, NOON + DAY, NOON + 8 * DAY, 3),
		other(CCCD_ISOLATION, NOON + DAY, NOON + 9 * DAY, 3),
		other(CCCD_EXPOSURE, NOON + DAY, CCCD_HEALTH_NO_END, 3)
	};

	record = build(in, 5, 0);
	CHECK(record.length == CCCD_HEALTH_HEADER + 3 * 12);
	CHECK(open_record(&record, out, &from) == 3);
	CHECK(out[0].kind == CCCD_RECOVERY && out[0].time == NOON &&
		  out[0].until == CCCD_HEALTH_NO_END);
	CHECK(out[1].kind == CCCD_ISOLATION && out[1].until == NOON + 9 * DAY &&
		  out[1].source == 3);
	CHECK(out[2].kind == CCCD_EXPOSURE);

	{
		CccdEvent	many[32];

		for (int i = 0; i < 32; i++)
			many[i] = other(i % 4, NOON + i, NOON + i + 1, 0);
		CHECK(build(many, 31, 0).status == CCCD_HEALTH_OK);
		CHECK(build(many, 32, 0).status == CCCD_HEALTH_TOO_MANY_OTHERS);
	}
}

/* Credentials are other events, told apart by their codes. */
static void
check_credentials(void)
{
	CccdEvent	out[CCCD_HEALTH_MAX_SIZE / 8];
	uint32_t	from;
	Record		record;
	CccdEvent	in[] = {
		credential(65535, NOON, NOON + DAY, 1),
		credential(13, NOON, CCCD_HEALTH_NO_END, 3),
		credential(1, NOON, NOON + 365 * DAY, 1),
		credential(1, NOON, NOON + 2 * DAY, 3),
		other(CCCD_RECOVERY, NOON, CCCD_HEALTH_NO_END, 3)
	};

	record = build(in, 5, 0);
	CHECK(record.length == CCCD_HEALTH_HEADER + 4 * 12);
	CHECK(open_record(&record, out, &from) == 4);
	CHECK(out[0].kind == CCCD_RECOVERY && out[0].name == 0);
	/* the stronger source stands as a whole */
	CHECK(out[1].kind == CCCD_CREDENTIAL && out[1].name == 1 &&
		  out[1].until == NOON + 2 * DAY && out[1].source == 3 &&
		  out[1].disease == 0);
	CHECK(out[2].name == 13 && out[2].until == CCCD_HEALTH_NO_END);
	CHECK(out[3].name == 65535 && out[3].source == 1);
	{
		CccdEvent	many[32];

		for (int i = 0; i < 32; i++)
			many[i] = credential(i + 1, NOON, NOON + 1, 0);
		CHECK(build(many, 31, 0).status == CCCD_HEALTH_OK);
		CHECK(build(many, 32, 0).status == CCCD_HEALTH_TOO_MANY_OTHERS);
	}
}

/* So are the other kinds that have names, each with names of its own. */
static void
check_named(void)
{
	CccdEvent	out[CCCD_HEALTH_MAX_SIZE / 8];
	uint32_t	from;
	Record		record;
	CccdEvent	in[] = {
		named(CCCD_CONSULTATION, 1, NOON, CCCD_HEALTH_NO_END, 0),
		named(CCCD_REGISTRATION, 1, NOON, NOON + 7 * DAY, 0),
		named(CCCD_DECLARATION, 65535, NOON, NOON + DAY, 0),
		named(CCCD_DECLARATION, 1, NOON, NOON + DAY, 0),
		named(CCCD_DECLARATION, 1, NOON, NOON + 2 * DAY, 0),
		credential(1, NOON, NOON + DAY, 0),
		dose(NOON, 1, 1, 3, 0), test(NOON, 1, 0, 3)
	};

	record = build(in, 8, 0);
	CHECK(record.status == CCCD_HEALTH_OK);
	CHECK(record.length == CCCD_HEALTH_HEADER + 2 * 8 + 5 * 12);
	CHECK(open_record(&record, out, &from) == 7);
	CHECK(out[0].kind == CCCD_DOSE && out[1].kind == CCCD_TEST);
	CHECK(out[2].kind == CCCD_CREDENTIAL && out[2].name == 1);
	/* of one declaration the longer one stands, as of all other events */
	CHECK(out[3].kind == CCCD_DECLARATION && out[3].name == 1 &&
		  out[3].until == NOON + 2 * DAY && out[3].disease == 0);
	CHECK(out[4].kind == CCCD_DECLARATION && out[4].name == 65535);
	CHECK(out[5].kind == CCCD_REGISTRATION && out[5].name == 1 &&
		  out[5].until == NOON + 7 * DAY);
	CHECK(out[6].kind == CCCD_CONSULTATION && out[6].name == 1 &&
		  out[6].until == CCCD_HEALTH_NO_END);
	CHECK(cccd_health_validate(record.body, record.length) ==
		  CCCD_HEALTH_OK);
}

static void
check_bad_events(void)
{
	CccdEvent	good = other(CCCD_ISOLATION, NOON, NOON + 1, 0);
	CccdEvent	bad;

#define REFUSED(change) \
	do { \
		bad = good; \
		change; \
		CHECK(build(&bad, 1, 0).status == CCCD_HEALTH_BAD_EVENT); \
	} while (0)

	CHECK(build(&good, 1, 0).status == CCCD_HEALTH_OK);
	REFUSED(bad.until = NOON);
	REFUSED(bad.disease = 0);
	REFUSED(bad.kind = CCCD_TEST + 1);
	REFUSED(bad.name = 1);
	REFUSED(bad.source = 4);
	REFUSED(bad.is_signed = 2);
	REFUSED(bad.time = UINT32_MAX);
	good = dose(NOON, 1, 1, 0, 0);
	REFUSED(bad.number = 32);
	REFUSED(bad.series = 32);
	REFUSED(bad.product = CCCD_PRODUCT_MAX + 1);
	good = test(NOON, 1, 1, 0);
	REFUSED(bad.test = 32);
	REFUSED(bad.result = 4);
	good = credential(1, NOON, NOON + 1, 0);
	REFUSED(bad.name = 0);
	REFUSED(bad.disease = CCCD_DISEASE_COVID19);
	REFUSED(bad.until = NOON);
	for (int kind = CCCD_DECLARATION; kind <= CCCD_CONSULTATION; kind++)
	{
		good = named(kind, 1, NOON, NOON + 1, 0);
		CHECK(build(&good, 1, 0).status == CCCD_HEALTH_OK);
		REFUSED(bad.name = 0);
		REFUSED(bad.disease = CCCD_DISEASE_COVID19);
		REFUSED(bad.until = NOON);
	}
}

/* Every single changed byte of a record is refused or is another record. */
static void
check_bytes(void)
{
	CccdEvent	in[] = {
		dose(NOON, 1, 1, 3, 0), dose(NOON + 30 * DAY, 1, 2, 3, 1),
		test(NOON, 1, CCCD_RESULT_PENDING, 3), test(NOON, 2, 0, 3),
		other(CCCD_ISOLATION, NOON, NOON + 9, 1),
		other(CCCD_RECOVERY, NOON, CCCD_HEALTH_NO_END, 1),
		credential(13, NOON, NOON + 9, 1),
		named(CCCD_DECLARATION, 1, NOON, NOON + 9, 0)
	};
	Record		good = build(in, 8, NOON - 5);
	Record		bad;
	int			refused = 0;

	for (size_t i = 0; i < good.length; i++)
		for (int value = 0; value < 256; value++)
		{
			CccdEvent	out[CCCD_HEALTH_MAX_SIZE / 8];
			uint32_t	from;
			size_t		count;
			Record		again;

			bad = good;
			bad.body[i] = (unsigned char) value;
			if (cccd_health_validate(bad.body, bad.length) != CCCD_HEALTH_OK)
			{
				refused++;
				continue;
			}
			count = open_record(&bad, out, &from);
			again = build(out, count, from);
			if (!same_record(&again, &bad))
				CHECK(!"a valid record is not the one that is built");
		}
	CHECK(refused > 1000);
	for (size_t length = 0; length < good.length; length++)
		CHECK(cccd_health_validate(good.body, length) != CCCD_HEALTH_OK);

	bad = good;
	bad.body[0] = 2;
	CHECK(cccd_health_validate(bad.body, bad.length) ==
		  CCCD_HEALTH_BAD_VERSION);
	bad = good;
	bad.body[1]++;
	CHECK(cccd_health_validate(bad.body, bad.length) == CCCD_HEALTH_BAD_SIZE);
	bad = good;
	memset(bad.body + 4, 0, 4);
	CHECK(cccd_health_validate(bad.body, bad.length) == CCCD_HEALTH_BAD_EVENT);
	bad = good;
	memcpy(bad.body + 8, good.body + 16, 8);
	memcpy(bad.body + 16, good.body + 8, 8);
	CHECK(cccd_health_validate(bad.body, bad.length) == CCCD_HEALTH_BAD_ORDER);
	/* a pending test beside its result */
	{
		CccdEvent	tests[] = {
			test(NOON, CCCD_TEST_PCR, CCCD_RESULT_NEGATIVE, 3),
			test(NOON, CCCD_TEST_ANTIGEN, CCCD_RESULT_PENDING, 3)
		};

		bad = build(tests, 2, 0);
		bad.body[4 + 8 + 4] = bad.body[4 + 4];
		CHECK(cccd_health_validate(bad.body, bad.length) ==
			  CCCD_HEALTH_BAD_ORDER);
	}
	/* a report that another one covers, and a wrong mark of what to weigh */
	{
		CccdEvent	doses[] = {
			dose(NOON, 1, 1, 3, 0), dose(NOON, 1, 1, 2, 0)
		};

		bad = build(doses, 2, 0);
		CHECK(bad.body[0] == (CCCD_HEALTH_VERSION | CCCD_HEALTH_WEIGH));
		bad.body[0] = CCCD_HEALTH_VERSION;
		CHECK(cccd_health_validate(bad.body, bad.length) ==
			  CCCD_HEALTH_BAD_EVENT);
		doses[1].source = 3;
		doses[1].product = 2;
		bad = build(doses, 2, 0);
		CHECK(bad.body[1] == 2);
		bad.body[4 + CCCD_EVENT_CODE] = bad.body[5 + CCCD_EVENT_CODE] = 0;
		CHECK(cccd_health_validate(bad.body, bad.length) ==
			  CCCD_HEALTH_BAD_ORDER);
		bad = good;
		bad.body[0] |= CCCD_HEALTH_WEIGH;
		CHECK(cccd_health_validate(bad.body, bad.length) ==
			  CCCD_HEALTH_BAD_EVENT);
		bad.body[0] = good.body[0] | 0x40;
		CHECK(cccd_health_validate(bad.body, bad.length) ==
			  CCCD_HEALTH_BAD_VERSION);
	}
}

/* A plain record is one that opens, and of which a look says all that. */
static void
check_plain(void)
{
	unsigned char body[CCCD_HEALTH_PLAIN_SIZE + CCCD_DOSE_SIZE] = {CCCD_HEALTH_VERSION};
	CccdHealthView view;

	CHECK(cccd_health_is_plain(body, CCCD_HEALTH_HEADER));
	CHECK(!cccd_health_is_plain(body, CCCD_HEALTH_HEADER - 1));
	CHECK(!cccd_health_is_plain(body, CCCD_HEALTH_HEADER + 1));
	body[0] |= CCCD_HEALTH_WEIGH;
	CHECK(!cccd_health_is_plain(body, CCCD_HEALTH_HEADER));
	body[0] = CCCD_HEALTH_VERSION | CCCD_HEALTH_HORIZON;
	CHECK(!cccd_health_is_plain(body, CCCD_HEALTH_HEADER + CCCD_HORIZON_SIZE));
	CHECK(!cccd_health_is_plain(body, CCCD_HEALTH_HEADER));
	body[0] = CCCD_HEALTH_VERSION + 1;
	CHECK(!cccd_health_is_plain(body, CCCD_HEALTH_HEADER));
	body[0] = CCCD_HEALTH_VERSION;

	/* one more of any kind is over the size, whatever its own limit is */
	body[1] = CCCD_HEALTH_MAX_TESTS;
	CHECK(cccd_health_is_plain(body, CCCD_HEALTH_PLAIN_SIZE));
	body[1]++;
	CHECK(!cccd_health_is_plain(body, sizeof(body)));
	CHECK(cccd_health_open(body, sizeof(body), &view) == CCCD_HEALTH_OK);
	body[1] = 0;
	body[2] = CCCD_HEALTH_MAX_TESTS + 1;
	CHECK(!cccd_health_is_plain(body, sizeof(body)));
	CHECK(cccd_health_open(body, sizeof(body), &view) == CCCD_HEALTH_BAD_SIZE);
	body[2] = 0;
	body[3] = 8;
	CHECK(cccd_health_is_plain(body, CCCD_HEALTH_PLAIN_SIZE));
	CHECK(!cccd_health_is_plain(body, CCCD_HEALTH_PLAIN_SIZE - 1));
}

int
main(void)
{
	check_plain();
	check_codes();
	check_doses();
	check_tests();
	check_others();
	check_credentials();
	check_named();
	check_bad_events();
	check_bytes();
	return finish();
}
