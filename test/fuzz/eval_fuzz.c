/*
 * eval_fuzz.c
 *		Any rule for any record, at any time, in any context.
 *
 *		byte 0		bit 0: the rule is instructions, not text; bit 1: the
 *					record is bytes, not events
 *		8 bytes		time
 *		8 bytes		context
 *		2 bytes		length of the rule, which follows; the rest is the record
 *
 * A record that is only opened, not validated, must do no harm.  For a valid
 * one all ways to an answer must agree.
 */
#include <stdlib.h>

#include "health/health_core.h"
#include "eval/during_core.h"
#include "eval/program_core.h"

#define MAX_EVENTS	90
#define EVENT_SIZE	12

static CccdInstr code[CCCD_RULE_MAX_CODES];
static int	count;
static int64_t at;
static uint64_t context;
static CccdHealthView view;
static const uint8_t *stored;	/* the bytes that it is of */
static size_t stored_size;

static void
must(bool condition)
{
	if (!condition)
		abort();
}

static bool
read_rule(const uint8_t *data, size_t size, bool instructions)
{
	CccdRuleError error;

	if (!instructions)
		return cccd_rule_parse((const char *) data, size, code, &count,
							   &error) == CCCD_RULE_OK;
	count = (int) (size / sizeof(CccdInstr));
	if (count > CCCD_RULE_MAX_CODES)
		return false;
	if (count > 0)
		memcpy(code, data, count * sizeof(CccdInstr));
	return cccd_rule_validate(code, count) == CCCD_RULE_OK;
}

/* false: no record; *valid tells whether it is a canonical one */
static bool
read_record(const uint8_t *data, size_t size, bool bytes, bool *valid)
{
	static const uint8_t kinds[] = {
		CCCD_RECOVERY, CCCD_ISOLATION, CCCD_EXPOSURE, CCCD_CONTRAINDICATION,
		CCCD_DOSE, CCCD_TEST, CCCD_CREDENTIAL, CCCD_DECLARATION,
		CCCD_REGISTRATION, CCCD_CONSULTATION
	};
	static unsigned char body[CCCD_HEALTH_MAX_SIZE];
	CccdEvent	events[MAX_EVENTS];
	size_t		length,
				n = size / EVENT_SIZE;
	uint32_t	tests_from = 0;

	*valid = true;
	stored = data;
	stored_size = size;
	if (bytes)
	{
		*valid = cccd_health_validate(data, size) == CCCD_HEALTH_OK;
		return cccd_health_open(data, size, &view) == CCCD_HEALTH_OK;
	}
	if (size % EVENT_SIZE >= 4)
		memcpy(&tests_from, data + size - 4, 4);
	if (n > MAX_EVENTS)
		n = MAX_EVENTS;
	memset(events, 0, sizeof(events));
	for (size_t i = 0; i < n; i++)
	{
		const uint8_t *p = data + i * EVENT_SIZE;
		CccdEvent  *e = &events[i];

		e->kind = kinds[p[0] % sizeof(kinds)];
		e->source = p[1] & 3;
		e->is_signed = p[1] >> 2 & 1;
		e->disease = p[1] >> 7 ? p[2] : CCCD_FACT_RECOVERY + 1;
		if (e->disease == 0)
			e->disease = 1;
		if (cccd_kind_has_names(e->kind))
		{
			e->disease = 0;
			e->name = 1 + p[3];
		}
		memcpy(&e->time, p + 4, 4);
		if (e->time == CCCD_HEALTH_NO_END)
			e->time--;
		e->until = CCCD_HEALTH_NO_END;
		if (e->kind == CCCD_DOSE)
		{
			e->number = p[3] & 31;
			e->product = (uint16_t) (p[8] | (p[9] & 7) << 8);
			e->series = p[9] >> 3;
		}
		else if (e->kind == CCCD_TEST)
		{
			e->test = p[3] & 31;
			e->result = p[8] & 3;
		}
		else
			memcpy(&e->until, p + 8, 4);
		if (e->until <= e->time)
			e->until = CCCD_HEALTH_NO_END;
	}
	if (cccd_health_build(events, n, tests_from, body, &length) !=
		CCCD_HEALTH_OK)
		return false;
	stored = body;
	stored_size = length;
	return cccd_health_open(body, length, &view) == CCCD_HEALTH_OK;
}

static CccdTruth
evaluate(int64_t time, const CccdHealthView *record, bool compare)
{
	CccdSpan	spans[CCCD_RULE_MAX_CODES];
	CccdBinding binding;
	CccdProgram program;
	CccdTruth	truth;
	int			answer;

	cccd_rule_bind(code, count, time, context, spans);
	cccd_binding_init(&binding, code, count, spans, time);
	truth = cccd_rule_eval(&binding, record);
	if (record == NULL)
		return truth;
	cccd_program_init(&program, &binding);
	answer = cccd_program_answer(&program, stored, stored_size);
	must(answer != CCCD_NOT_A_RECORD);
	must(!compare || (int) truth == answer);
	return truth;
}

static void
check_verdict(const CccdHealthView *record, bool valid)
{
	unsigned char body[CCCD_HEALTH_MAX_SIZE];
	CccdVerdict verdict;
	size_t		length;

	cccd_rule_check(code, count, at, context, record, &verdict);
	length = cccd_verdict_proof(&verdict, record, body);
	must((verdict.truth == CCCD_FAIL) == (verdict.failed != 0));
	must((verdict.truth == CCCD_UNKNOWN && count > 0) ==
		 (verdict.failed == 0 && verdict.unsure != 0));
	must(!verdict.changes ||
		 (verdict.changes_at > at && verdict.changes_at <= CCCD_AT_MAX));
	if (!valid)
		return;
	must(verdict.truth == evaluate(at, record, true));
	must(cccd_health_validate(body, length) == CCCD_HEALTH_OK);
	if (verdict.changes)
	{
		must(evaluate(verdict.changes_at, record, true) != verdict.truth);
		must(evaluate(verdict.changes_at - 1, record, true) == verdict.truth);
	}
}

static void
check_during(const CccdHealthView *record, bool valid)
{
	static CccdDuring during;
	CccdPeriod	period;
	int64_t		last = INT64_MIN;
	bool		inside = false;

	cccd_during_init(&during, code, count, context, record);
	while (cccd_during_next(&during, &period))
	{
		must(period.has_begin || last == INT64_MIN);
		must(!period.has_begin || period.begin >= last);
		must(!(period.has_begin && period.has_end) ||
			 period.begin <= period.end);
		last = period.has_end ? period.end : INT64_MAX;
		inside |= (!period.has_begin || at > period.begin ||
				   (at == period.begin && period.begin_included)) &&
			(!period.has_end || at < period.end ||
			 (at == period.end && period.end_included));
	}
	must(!valid ||
		 inside == (evaluate(at, record, true) == CCCD_PASS));
}

int			LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	uint64_t	time;
	uint16_t	length;
	bool		valid,
				has_record;

	if (size < 19)
		return 0;
	memcpy(&time, data + 1, 8);
	memcpy(&context, data + 9, 8);
	memcpy(&length, data + 17, 2);
	at = CCCD_AT_MIN +
		(int64_t) (time % (uint64_t) (CCCD_AT_MAX - CCCD_AT_MIN + 1));
	if (length > size - 19 || !read_rule(data + 19, length, data[0] & 1))
		return 0;
	has_record = read_record(data + 19 + length, size - 19 - length,
							 data[0] & 2, &valid);
	evaluate(at, has_record ? &view : NULL, valid);
	check_verdict(has_record ? &view : NULL, valid);
	check_during(has_record ? &view : NULL, valid);
	return 0;
}
