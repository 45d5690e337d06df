/*
 * eval.c
 *		Nanoseconds of the evaluation core alone: a bound rule over records
 *		that lie side by side, binding, and a whole check.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/calendar_core.h"
#include "eval/during_core.h"
#include "eval/program_core.h"

#define RECORDS		100000
#define ROUNDS		50

static const char *const rules[] = {
	"(doses >= 2 and since(last_dose) >= 14 days or since(recovery) <= 6 "
	"months) and since(negative(pcr, antigen)) <= 72 hours and not isolated "
	"and ticket",
	"doses >= 1 and since(last_dose) >= 14 days or recovered or "
	"contraindicated and evidence >= paper",
	"since(last_dose(product in ('EU/1/20/1528', 'EU/1/20/1507'))) between "
	"14 days and 12 months",
	"age < 12 years and accompanied or doses >= 2",
};

static unsigned char *records[RECORDS];
static size_t lengths[RECORDS];

static double
now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
	return time.tv_sec + time.tv_nsec * 1e-9;
}

/* xorshift64* */
static uint32_t
draw(uint32_t below)
{
	static uint64_t state = UINT64_C(88172645463325252);

	state ^= state >> 12;
	state ^= state << 25;
	state ^= state >> 27;
	return (uint32_t) ((state * UINT64_C(2685821657736338717)) >> 33) % below;
}

/* 0-3 doses, 0-4 tests, sometimes a recovery or an isolation. */
static size_t
make_record(unsigned char *out, int64_t at)
{
	CccdEvent	events[9];
	uint32_t	second = (uint32_t) (at / CCCD_SECOND);
	size_t		count = 0,
				length;
	int			doses = draw(10) < 8 ? 2 : draw(4),
				tests = draw(5);

	memset(events, 0, sizeof(events));
	for (int i = 0; i < doses; i++, count++)
	{
		events[count].kind = CCCD_DOSE;
		events[count].time = second - 86400 * (150 - 60 * i + draw(60));
		events[count].product = 1 + draw(6);
	}
	for (int i = 0; i < tests; i++, count++)
	{
		events[count].kind = CCCD_TEST;
		events[count].time = second - 3600 * draw(800);
		events[count].test = 1 + draw(2);
		events[count].result = draw(20) == 0;
	}
	if (draw(10) == 0)
	{
		events[count].kind = CCCD_RECOVERY;
		events[count].time = second - 86400 * draw(400);
		events[count++].until = CCCD_HEALTH_NO_END;
	}
	if (draw(20) == 0)
	{
		events[count].kind = CCCD_ISOLATION;
		events[count].time = second - 86400 * draw(400);
		events[count].until = events[count].time + 14 * 86400;
		count++;
	}
	for (size_t i = 0; i < count; i++)
	{
		events[i].disease = 1;
		events[i].source = CCCD_SOURCE_NATIONAL;
	}
	if (cccd_health_build(events, count, 0, out, &length) != CCCD_HEALTH_OK)
		abort();
	return length;
}

static double
evaluation_time(const CccdProgram *program, long *passes)
{
	double		start = now();

	for (int round = 0; round < ROUNDS; round++)
		for (int i = 0; i < RECORDS; i++)
			*passes += cccd_program_answer(program, records[i],
										   lengths[i]) == CCCD_PASS;
	return (now() - start) * 1e9 / RECORDS / ROUNDS;
}

static double
check_time(const CccdBinding *binding, int64_t at, uint64_t context,
		   long *changes)
{
	CccdHealthView view;
	CccdVerdict verdict;
	double		start = now();

	for (int i = 0; i < RECORDS; i++)
	{
		cccd_health_open(records[i], lengths[i], &view);
		cccd_rule_check(binding->code, binding->count, at, context, &view,
						&verdict);
		*changes += verdict.changes;
	}
	return (now() - start) * 1e9 / RECORDS;
}

static double
during_time(const CccdBinding *binding, uint64_t context, long *periods)
{
	static CccdDuring during;
	CccdHealthView view;
	CccdPeriod	period;
	double		start = now();

	for (int i = 0; i < RECORDS; i++)
	{
		cccd_health_open(records[i], lengths[i], &view);
		cccd_during_init(&during, binding->code, binding->count, context,
						 &view);
		while (cccd_during_next(&during, &period))
			(*periods)++;
	}
	return (now() - start) * 1e9 / RECORDS;
}

static void
measure(int number, const char *text, int64_t at, uint64_t context)
{
	CccdInstr	code[CCCD_RULE_MAX_CODES];
	CccdSpan	spans[CCCD_RULE_MAX_CODES];
	CccdRuleError error;
	CccdBinding binding;
	CccdProgram program;
	double		start,
				time;
	int			count;
	long		passes = 0,
				changes = 0,
				periods = 0;

	if (cccd_rule_parse(text, strlen(text), code, &count, &error) !=
		CCCD_RULE_OK)
		abort();
	printf("%s\n", text);
	start = now();
	for (int i = 0; i < RECORDS; i++)
		cccd_rule_bind(code, count, at + i, context, spans);
	printf("rule %d, to bind: %.1f ns\n", number,
		   (now() - start) * 1e9 / RECORDS);
	cccd_rule_bind(code, count, at, context, spans);
	cccd_binding_init(&binding, code, count, spans, at);
	cccd_program_init(&program, &binding);
	time = evaluation_time(&program, &passes);
	printf("rule %d, an evaluation: %.1f ns (%.1f M/s, bound 30; %.1f %% "
		   "pass)\n", number, time, 1000 / time,
		   100.0 * passes / RECORDS / ROUNDS);
	time = check_time(&binding, at, context, &changes);
	printf("rule %d, a check: %.1f ns (bound 1000; %.1f %% change some "
		   "time)\n", number, time, 100.0 * changes / RECORDS);
	time = during_time(&binding, context, &periods);
	printf("rule %d, all periods: %.1f ns (%.2f a record)\n", number, time,
		   (double) periods / RECORDS);
}

int
main(void)
{
	static const char *const known =
	"ticket=yes, accompanied=no, evidence=qr, birth_date=1990-01-31";
	static unsigned char bytes[RECORDS * 96];
	CccdContextError error;
	uint64_t	context;
	int64_t		at;
	size_t		used = 0,
				unused;

	if (!cccd_time_parse("2021-11-16 19:00", 16, &unused, &at) ||
		!cccd_context_parse(known, strlen(known), &context, &error))
		abort();
	for (int i = 0; i < RECORDS; i++)
	{
		unsigned char record[CCCD_HEALTH_MAX_SIZE];

		lengths[i] = make_record(record, at);
		records[i] = bytes + used;
		memcpy(records[i], record, lengths[i]);
		used += lengths[i];
	}
	printf("%d records of %.1f bytes\n", RECORDS, (double) used / RECORDS);
	for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++)
		measure((int) i + 1, rules[i], at, context);
	return 0;
}
