/*
 * health_text_test.c
 *		The text of a record: what is read, what is written, what is refused
 *		and where.
 */
#include "unit.h"

#include <stdlib.h>

#include "health/code_core.h"
#include "health/health_text_core.h"

static char written[CCCD_HEALTH_TEXT_SIZE];

/* The canonical text of a text, or "" with a failed check. */
static const char *
rewrite(const char *text)
{
	unsigned char body[CCCD_HEALTH_MAX_SIZE];
	size_t		length = 0;
	CccdHealthTextError error;
	CccdHealthView view;

	written[0] = '\0';
	if (cccd_health_parse(text, strlen(text), body, &length, &error) !=
		CCCD_HEALTH_TEXT_OK)
	{
		fprintf(stderr, "refused at %zu, expected %s: %s\n", error.at,
				error.expected, text);
		CHECK(!"a text was refused");
		return written;
	}
	CHECK(cccd_health_validate(body, length) == CCCD_HEALTH_OK);
	CHECK(cccd_health_open(body, length, &view) == CCCD_HEALTH_OK);
	CHECK(cccd_health_format(&view, written) == strlen(written));
	return written;
}

static void
same(const char *text)
{
	CHECK_STR(rewrite(text), text);
}

/* The text with a ^ right before what must be complained about. */
static void
refused(const char *marked, CccdHealthTextStatus status, const char *what)
{
	char		buffer[4096];
	size_t		at = strcspn(marked, "^");
	unsigned char body[CCCD_HEALTH_MAX_SIZE];
	size_t		length = 0;
	CccdHealthTextError error;

	memcpy(buffer, marked, at);
	strcpy(buffer + at, marked + at + 1);
	CHECK(cccd_health_parse(buffer, strlen(buffer), body, &length, &error) ==
		  status);
	if (error.at != at)
		fprintf(stderr, "at %zu: %s\n", error.at, marked);
	CHECK(error.at == at);
	CHECK_STR(error.expected, what);
}

static void
check_written(void)
{
	same("");
	CHECK_STR(rewrite(" \t\n"), "");
	same("dose 2021-06-01 08:00:00+07 product 'EU/1/20/1528' number 2 "
		 "national signed; "
		 "test 2021-11-14 08:00:00+07 pcr negative national; "
		 "recovery 2021-05-01 00:00:00+07 paper; "
		 "isolation 2021-08-01 00:00:00+07 until 2021-08-15 00:00:00+07 "
		 "national; "
		 "tests from 2021-01-01 00:00:00+07");
	same("dose 2021-06-01 08:00:00+07 disease measles product '#1234' "
		 "number 31 declared");
	same("test 2021-11-14 08:00:00+07 disease #200 #17 pending certificate");
	same("test 2021-11-14 08:00:00+07 inconclusive declared");
	same("exposure 2021-11-14 08:00:00+07 declared; "
		 "contraindication 2021-11-15 08:00:00+07 disease measles paper");
	same("credential 2021-01-01 00:00:00+07 until 2022-01-01 00:00:00+07 "
		 "insurance national; "
		 "credential 2021-01-01 00:00:00+07 driving_licence_b1_2008 paper "
		 "signed; "
		 "credential 2021-01-01 00:00:00+07 #65535 declared");
	same("declaration 2021-11-16 08:00:00+07 until 2021-11-17 08:00:00+07 "
		 "no_symptoms declared; "
		 "declaration 2021-11-16 08:00:00+07 travel_level_4 declared; "
		 "declaration 2021-11-16 08:00:00+07 #65535 paper; "
		 "registration 2021-11-16 08:00:00+07 until 2021-11-20 10:00:00+07 "
		 "vaccination national; "
		 "consultation 2021-11-16 08:00:00+07 doctor certificate signed");
	/* the first and the last second */
	same("dose 2000-01-01 07:00:00+07 declared; "
		 "recovery 2136-02-07 13:28:13+07 until 2136-02-07 13:28:14+07 "
		 "declared; "
		 "tests from 2136-02-07 13:28:15+07");
}

static void
check_read(void)
{
	/* any order, any case, any spacing, another zone, times without one */
	CHECK_STR(rewrite("\nTEST National 2021-11-14T01:00Z negative PCR ;\t"
					  "Dose SIGNED number 2 product comirnaty\n"
					  "2021-06-01 08:00 ; Recovery paper 2021-05-01"),
			  "dose 2021-06-01 08:00:00+07 product 'EU/1/20/1528' number 2 "
			  "declared signed; "
			  "test 2021-11-14 08:00:00+07 pcr negative national; "
			  "recovery 2021-05-01 00:00:00+07 paper");
	/* an event belongs to its second, a horizon to the next whole one */
	CHECK_STR(rewrite("exposure 2021-05-01 00:00:00.999 until "
					  "2021-05-01 00:00:01.999; "
					  "tests from 2021-05-01 00:00:00.000001"),
			  "exposure 2021-05-01 00:00:00+07 until 2021-05-01 00:00:01+07 "
			  "declared; tests from 2021-05-01 00:00:01+07");
	/* the latest of several horizons; one at the beginning says nothing */
	CHECK_STR(rewrite("tests from 2021-05-01; tests from 2020-05-01"),
			  "tests from 2021-05-01 00:00:00+07");
	CHECK_STR(rewrite("tests from 2000-01-01T00:00Z"), "");
	CHECK_STR(rewrite("dose 2021-05-01 product 'sputnik v' disease "
					  "'COVID-19';dose 2021-05-01 01:00 paper"),
			  "dose 2021-05-01 00:00:00+07 product 'Sputnik-V' declared; "
			  "dose 2021-05-01 01:00:00+07 paper");
	CHECK_STR(rewrite("dose 2021-05-01 number 00000000000000000000007"),
			  "dose 2021-05-01 00:00:00+07 number 7 declared");
	CHECK_STR(rewrite("dose 2021-05-01 disease 840539006 product #1"),
			  "dose 2021-05-01 00:00:00+07 product 'EU/1/20/1528' declared");
}

#define ANY_KIND "a kind of event or \"tests from\""
#define DOSE_WORDS \
	"a time, \"product\", \"number\", \"series\", \"disease\", a source or \"signed\""
#define TEST_WORDS \
	"a time, a kind of test, a result, \"disease\", a source or \"signed\""
#define CREDENTIAL_WORDS \
	"a time, \"until\", a credential, a source or \"signed\""
#define DECLARATION_WORDS \
	"a time, \"until\", what is declared, a source or \"signed\""
#define REGISTRATION_WORDS \
	"a time, \"until\", what is booked, a source or \"signed\""
#define CONSULTATION_WORDS \
	"a time, \"until\", who was consulted, a source or \"signed\""
#define OTHER_WORDS "a time, \"until\", \"disease\", a source or \"signed\""

static void
check_refused(void)
{
#define SYNTAX(marked, what) refused(marked, CCCD_HEALTH_TEXT_SYNTAX, what)
	SYNTAX("^x", ANY_KIND);
	SYNTAX("^;", ANY_KIND);
	SYNTAX("^doses 2021-05-01", ANY_KIND);
	SYNTAX("dose 2021-05-01; ^", ANY_KIND);
	SYNTAX("dose 2021-05-01;^; dose 2021-05-02", ANY_KIND);
	SYNTAX("dose^", "a time");
	SYNTAX("dose ^; dose 2021-05-01", "a time");
	SYNTAX("dose number 2^", "a time");
	SYNTAX("dose ^2021-02-30", "a time");
	SYNTAX("dose ^2021-05-01 25:00", "a time");
	SYNTAX("dose 2021-05-01 08:00+07^signed", "the end of a time");
	SYNTAX("dose 2021-05-01 08:00:00.123456^7", "the end of a time");
	SYNTAX("dose 2021-05-01 08:00 ^2021-05-02", "each attribute only once");
	SYNTAX("dose 2021-05-01 ^pcr", DOSE_WORDS);
	SYNTAX("dose 2021-05-01 ^until 2021-05-02", DOSE_WORDS);
	SYNTAX("dose 2021-05-01 ^#3", DOSE_WORDS);
	SYNTAX("dose 2021-05-01 ^'pcr'", DOSE_WORDS);
	SYNTAX("dose 2021-05-01 product ^'nothing'", "a product");
	SYNTAX("dose 2021-05-01 product ^'BCG", "a product");
	SYNTAX("dose 2021-05-01 product ^", "a product");
	SYNTAX("dose 2021-05-01 product ^#0", "a product");
	SYNTAX("dose 2021-05-01 product BCG ^product BCG",
		   "each attribute only once");
	SYNTAX("dose 2021-05-01 number ^0", "a number from 1 to 31");
	SYNTAX("dose 2021-05-01 number ^32", "a number from 1 to 31");
	SYNTAX("dose 2021-05-01 number ^99999999999999999999999",
		   "a number from 1 to 31");
	SYNTAX("dose 2021-05-01 number ^2x", "a number from 1 to 31");
	SYNTAX("dose 2021-05-01 number ^", "a number from 1 to 31");
	SYNTAX("dose 2021-05-01 disease ^", "a disease");
	SYNTAX("dose 2021-05-01 disease ^cold", "a disease");
	SYNTAX("dose 2021-05-01 disease ^#256", "a disease");
	SYNTAX("dose 2021-05-01 paper ^national", "each attribute only once");
	SYNTAX("dose 2021-05-01 signed ^signed", "each attribute only once");
	SYNTAX("test 2021-05-01 pcr^", "a result");
	SYNTAX("test 2021-05-01 pcr ^antigen negative",
		   "each attribute only once");
	SYNTAX("test 2021-05-01 ^number 2 negative", TEST_WORDS);
	SYNTAX("test 2021-05-01 ^#32 negative", TEST_WORDS);
	SYNTAX("recovery 2021-05-01 ^negative", OTHER_WORDS);
	SYNTAX("isolation 2021-05-02 ^until 2021-05-02",
		   "an end after the beginning");
	SYNTAX("isolation ^until 2021-05-01 paper 2021-05-02",
		   "an end after the beginning");
	SYNTAX("credential 2021-05-01 national^", "a credential");
	SYNTAX("credential 2021-05-01 ^library_card", CREDENTIAL_WORDS);
	SYNTAX("credential 2021-05-01 ^#0", CREDENTIAL_WORDS);
	SYNTAX("credential 2021-05-01 ^#65536", CREDENTIAL_WORDS);
	SYNTAX("credential 2021-05-01 insurance ^disease measles",
		   CREDENTIAL_WORDS);
	SYNTAX("credential 2021-05-01 insurance ^work_permit",
		   "each attribute only once");
	SYNTAX("credential 2021-05-01 insurance ^until 2021-05-01",
		   "an end after the beginning");
	SYNTAX("isolation 2021-05-01 ^insurance", OTHER_WORDS);
	SYNTAX("declaration 2021-05-01 declared^", "what is declared");
	SYNTAX("declaration 2021-05-01 ^insurance", DECLARATION_WORDS);
	SYNTAX("declaration 2021-05-01 ^#65536", DECLARATION_WORDS);
	SYNTAX("declaration 2021-05-01 no_symptoms ^symptoms",
		   "each attribute only once");
	SYNTAX("declaration 2021-05-01 no_symptoms ^disease measles",
		   DECLARATION_WORDS);
	SYNTAX("registration 2021-05-01^", "what is booked");
	SYNTAX("registration 2021-05-01 ^no_symptoms", REGISTRATION_WORDS);
	SYNTAX("registration ^until 2021-05-01 vaccination 2021-05-02",
		   "an end after the beginning");
	SYNTAX("consultation 2021-05-01^", "who was consulted");
	SYNTAX("consultation 2021-05-01 ^vaccination", CONSULTATION_WORDS);
	SYNTAX("tests ^", "\"from\"");
	SYNTAX("tests from ^x", "a time");
	SYNTAX("tests from 2021-05-01 ^x", "\";\" or the end");
	SYNTAX("^\xff", ANY_KIND);

#define RANGE(marked) refused(marked, CCCD_HEALTH_TEXT_RANGE, "")
	RANGE("dose ^1999-12-31");
	RANGE("dose ^2000-01-01 06:59:59.999999");
	RANGE("dose ^2136-02-07 13:28:15");
	RANGE("isolation 2021-05-02 until ^9999-12-31");
	RANGE("tests from ^1999-12-31");
	RANGE("tests from ^2136-02-07 13:28:15.000001");
}

static void
check_limits(void)
{
	static char buffer[64 * 1024];
	unsigned char body[CCCD_HEALTH_MAX_SIZE];
	CccdEvent	events[CCCD_HEALTH_MAX_DOSES + CCCD_HEALTH_MAX_TESTS +
					   CCCD_HEALTH_MAX_OTHERS];
	CccdHealthTextError error;
	CccdHealthView view;
	size_t		length,
				count = 0,
				used = 0;
	int			longest = 0;
	const char *name;

	/* 256 events may be read before they are joined, 257 may not */
	for (int i = 0; i < 256; i++)
		used += sprintf(buffer + used, "%sdose 2021-05-01", i ? ";" : "");
	CHECK(cccd_health_parse(buffer, used, body, &length, &error) ==
		  CCCD_HEALTH_TEXT_OK);
	CHECK(length == CCCD_HEALTH_HEADER + 8);
	used += sprintf(buffer + used, ";dose 2021-05-01");
	CHECK(cccd_health_parse(buffer, used, body, &length, &error) ==
		  CCCD_HEALTH_TEXT_EVENT_COUNT);
	used = 0;
	for (int i = 0; i < 32; i++)
		used += sprintf(buffer + used, "%sdose 2021-%02d-%02d", i ? ";" : "",
						5 + i / 28, 1 + i % 28);
	CHECK(cccd_health_parse(buffer, used, body, &length, &error) ==
		  CCCD_HEALTH_TEXT_DOSE_COUNT);
	used = 0;
	for (int i = 0; i < 32; i++)
		used += sprintf(buffer + used, "%sexposure 2021-%02d-%02d",
						i ? ";" : "", 5 + i / 28, 1 + i % 28);
	CHECK(cccd_health_parse(buffer, used, body, &length, &error) ==
		  CCCD_HEALTH_TEXT_OTHER_COUNT);

	/* the longest text of the longest names fits */
	for (int i = 0, code = 0; cccd_code_entry(CCCD_CODES_PRODUCT, i, &code,
											  &name); i++)
	{
		char		out[CCCD_CODE_SIZE];

		if ((int) cccd_code_name(CCCD_CODES_PRODUCT, code, out) >
			(longest ? (int) cccd_code_name(CCCD_CODES_PRODUCT, longest, out) :
			 0))
			longest = code;
	}
	memset(events, 0, sizeof(events));
	for (int i = 0; i < CCCD_HEALTH_MAX_DOSES; i++, count++)
	{
		events[count].kind = CCCD_DOSE;
		events[count].time = (20000 + i) * 86400u;
		events[count].disease = 15;
		events[count].product = longest;
		events[count].number = 31;
		events[count].source = CCCD_SOURCE_CERTIFICATE;
		events[count].is_signed = 1;
	}
	for (int i = 0; i < CCCD_HEALTH_MAX_TESTS; i++, count++)
	{
		events[count] = events[0];
		events[count].kind = CCCD_TEST;
		events[count].time += i;
		events[count].test = CCCD_TEST_ANTIBODY;
		events[count].result = CCCD_RESULT_INCONCLUSIVE;
	}
	for (int i = 0; i < CCCD_HEALTH_MAX_OTHERS; i++, count++)
	{
		events[count] = events[0];
		events[count].kind = CCCD_CONTRAINDICATION;
		events[count].time += i;
		events[count].until = events[count].time + 1;
	}
	CHECK(cccd_health_build(events, count, 1, body, &length) ==
		  CCCD_HEALTH_OK);
	CHECK(length == CCCD_HEALTH_MAX_SIZE);
	CHECK(cccd_health_open(body, length, &view) == CCCD_HEALTH_OK);
	used = cccd_health_format(&view, buffer);
	CHECK(used < CCCD_HEALTH_TEXT_SIZE);
	CHECK(used > CCCD_HEALTH_TEXT_SIZE / 3);
	{
		unsigned char again[CCCD_HEALTH_MAX_SIZE];
		size_t		again_length;

		CHECK(cccd_health_parse(buffer, used, again, &again_length, &error) ==
			  CCCD_HEALTH_TEXT_OK);
		CHECK(again_length == length && memcmp(again, body, length) == 0);
	}

	for (int kind = CCCD_RECOVERY; kind <= CCCD_TEST; kind++)
	{
		name = cccd_health_kind_name(kind);
		CHECK(cccd_health_kind_find(name, strlen(name)) == kind);
		CHECK(cccd_health_kind_find(name, strlen(name) - 1) == -1);
		CHECK(cccd_health_kind_find(name, strlen(name) + 1) == -1);
	}
	CHECK(cccd_health_kind_find("", 0) == -1);
}

/* What a word is made of: anything else ends it. */
static void
check_words(void)
{
	for (int c = 1; c < 256; c++)
	{
		char		text[] = "dose? 2021-06-01 national";
		unsigned char body[CCCD_HEALTH_MAX_SIZE];
		size_t		length = 0;
		CccdHealthTextError error = {0};
		bool		word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
		(c >= '0' && c <= '9') || c == '_' || c == '-' || c == '#';
		bool		space = c == ' ' || (c >= 0x09 && c <= 0x0D);
		CccdHealthTextStatus status;

		text[4] = (char) c;
		status = cccd_health_parse(text, strlen(text), body, &length, &error);
		CHECK((status == CCCD_HEALTH_TEXT_OK) == space);
		CHECK(space || error.at == (word ? 0 : 4));
	}
}

/* A text ends where it ends, whatever stands behind it in memory. */
static void
check_ends(void)
{
	const char *text = "dose 2021-06-01 product 'EU/1/20/1528' number 2 national; "
	"test 2021-11-15 12:00+07:00 pcr negative certificate signed; "
	"isolation 2021-11-10 until 2021-11-24 measles";

	for (size_t length = 0; length <= strlen(text); length++)
		for (const char *next = "a0-#:;' +"; *next; next++)
		{
			char		more[512];
			char	   *alone = malloc(length + 1);
			unsigned char body[CCCD_HEALTH_MAX_SIZE];
			unsigned char other_body[CCCD_HEALTH_MAX_SIZE];
			size_t		size = 0;
			size_t		other_size = 0;
			CccdHealthTextError error = {0};
			CccdHealthTextError other = {0};
			CccdHealthTextStatus status;

			memset(more, *next, sizeof(more));
			memcpy(more, text, length);
			memcpy(alone, text, length);
			alone[length] = '\0';
			status = cccd_health_parse(alone, length, body, &size, &error);
			CHECK(cccd_health_parse(more, length, other_body, &other_size,
									&other) == status);
			if (status == CCCD_HEALTH_TEXT_OK)
				CHECK(size == other_size && memcmp(body, other_body, size) == 0);
			else
				CHECK(error.at == other.at && error.at <= length);
			free(alone);
		}
}

int
main(void)
{
	check_written();
	check_read();
	check_refused();
	check_limits();
	check_words();
	check_ends();
	return finish();
}
