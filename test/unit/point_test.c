/*
 * point_test.c
 *		Points and boxes never exclude a record that passes.
 */
#include "unit.h"
#include "chance.h"

#include <stdlib.h>

#include "base/calendar_core.h"
#include "health/code_core.h"
#include "index/point_core.h"

/* A time within a year of 2021-12-01, often exactly on a few instants. */
static uint32_t
random_second(void)
{
	uint32_t	base = 691693200;	/* 2021-12-01 00:00 +07 */

	if (chance(4) == 0)
		return base - 86400 * 14 * chance(5);
	return base - 86400 * 200 + chance(86400 * 400);
}

static void
random_record(unsigned char *body, size_t *length)
{
	CccdEvent	events[12];
	int			count = (int) chance(12);

	memset(events, 0, sizeof(events));
	for (int i = 0; i < count; i++)
	{
		CccdEvent  *e = &events[i];

		e->kind = chance(CCCD_TEST + 1);
		e->time = random_second();
		e->until = CCCD_HEALTH_NO_END;
		e->disease = chance(8) == 0 ? 3 : CCCD_DISEASE_COVID19;
		e->source = chance(4);
		e->is_signed = chance(2);
		if (cccd_kind_has_names(e->kind))
		{
			e->disease = 0;
			e->name = 1 + chance(2);
		}
		if (e->kind == CCCD_DOSE)
		{
			e->number = chance(3) == 0 ? chance(6) : 0;
			e->series = chance(4);
			e->product = chance(4);
		}
		else if (e->kind == CCCD_TEST)
		{
			e->test = chance(4);
			e->result = chance(4);
		}
		else if (chance(2))
			e->until = e->time + 1 + chance(86400 * 30);
	}
	CHECK(cccd_health_build(events, count,
							chance(6) == 0 ? random_second() : 0,
							body, length) == CCCD_HEALTH_OK);
}

static const char *const clauses[] = {
	"doses >= 2", "doses = 0", "doses <> 1", "doses <= 1",
	"doses(product = 'EU/1/20/1528') >= 1", "doses(disease = measles) >= 1",
	"doses(signed) >= 1", "since(last_dose) >= 14 days",
	"since(last_dose) between 14 days and 12 months",
	"since(last_dose) < 3 months", "since(first_dose) > 1 month",
	"since(dose(2)) <= 90 days", "since(last_dose(source >= certificate)) <= 60 days",
	"since(last_dose(product in ('EU/1/20/1528', 'EU/1/20/1507'))) >= 10 days",
	"since(recovery) <= 6 months", "recovered", "since(recovery) > 14 days",
	"since(negative) <= 72 hours", "since(negative(pcr)) <= 14 days",
	"since(negative(antigen)) > 3 days", "since(negative(antibody)) <= 30 days",
	"since(positive) <= 30 days", "isolated", "exposed", "contraindicated",
	"since(isolation) >= 14 days", "ticket", "age >= 18 years",
	"since(negative(pcr, disease = measles)) <= 90 days",
	"isolated(disease = measles)", "isolated(source = national)",
	"complete", "since(complete) >= 14 days",
	"since(complete(source >= certificate)) <= 60 days",
	"holds(insurance)", "holds(insurance, social_insurance, signed)",
	"since(credential(social_insurance)) <= 90 days",
	"declared(no_symptoms)", "declared(no_symptoms) within 24 hours",
	"not declared(symptoms) within 14 days", "booked(vaccination)",
	"since(registration(test)) <= 90 days", "consulted(doctor, hospital)",
	"since(consultation(doctor, signed)) > 30 days"
};

#define CLAUSES		(sizeof(clauses) / sizeof(clauses[0]))

/* Text of a random rule of a few clauses. */
static void
random_rule(char *text, int depth)
{
	if (depth == 0 || chance(3) == 0)
	{
		strcpy(text, chance(4) == 0 ? "not " : "");
		strcat(text, clauses[chance(CLAUSES)]);
		return;
	}
	strcpy(text, chance(5) == 0 ? "not (" : "(");
	random_rule(text + strlen(text), depth - 1);
	strcat(text, chance(2) ? " and " : " or ");
	random_rule(text + strlen(text), depth - 1);
	strcat(text, ")");
}

static void
check_truths(void)
{
	int			wrong = 0,
				excluded = 0,
				passed = 0,
				sure = 0,
				shorter = 0;

	for (int round = 0; round < 60000; round++)
	{
		CccdInstr	code[CCCD_RULE_MAX_CODES];
		CccdSpan	spans[CCCD_RULE_MAX_CODES];
		CccdRuleError error;
		CccdBinding binding;
		CccdProgram program;
		char		text[4096];
		int			count;
		int64_t		at = (int64_t) random_second() * CCCD_SECOND + chance(3);
		CccdProgram narrowed;
		CccdBox		all;
		CccdBox		points[4];
		CccdTruth	truths[4];

		random_rule(text, 3);
		CHECK(cccd_rule_parse(text, strlen(text), code, &count,
							  &error) == CCCD_RULE_OK);
		cccd_rule_bind(code, count, at, chance(3), spans);
		cccd_binding_init(&binding, code, count, spans, at);
		cccd_program_init(&program, &binding);
		for (int i = 0; i < 4; i++)
		{
			unsigned char body[CCCD_HEALTH_MAX_SIZE];
			size_t		length;
			CccdHealthView view;
			CccdBox		box;
			int			mask;

			random_record(body, &length);
			CHECK(cccd_health_open(body, length, &view) == CCCD_HEALTH_OK);
			cccd_point_make(&view, CCCD_DISEASE_COVID19, &box.lo);
			box.hi = box.lo;
			points[i] = box;
			truths[i] = cccd_rule_eval(&binding, &view);
			mask = cccd_box_truths(&binding, CCCD_DISEASE_COVID19, &box);
			wrong += !(mask >> truths[i] & 1);
			if (!(mask >> truths[i] & 1) && wrong < 10)
				fprintf(stderr, "%s: %d not in %d\n", text, truths[i], mask);
			passed += truths[i] == CCCD_PASS;
			excluded += !(mask & CCCD_MAY_PASS);
			sure += mask == CCCD_MAY_PASS;
			if (i == 0)
				all = box;
			else
				cccd_box_add(&all, &box);
			mask = cccd_box_truths(&binding, CCCD_DISEASE_COVID19, &all);
			for (int j = 0; j <= i; j++)
				wrong += !(mask >> truths[j] & 1);
			wrong += cccd_box_answer(&program, CCCD_DISEASE_COVID19, &all) !=
				(mask == CCCD_MAY_PASS ? CCCD_ALL_PASS :
				 mask & CCCD_MAY_PASS ? CCCD_SOME_MAY_PASS :
				 CCCD_NOBODY_PASSES);
		}
		/* what their common box decides need not be asked of each */
		cccd_box_narrow(&program, CCCD_DISEASE_COVID19, &all, &narrowed);
		for (int i = 0; i < 4; i++)
		{
			wrong += cccd_box_answer(&narrowed, CCCD_DISEASE_COVID19,
									 &points[i]) !=
				cccd_box_answer(&program, CCCD_DISEASE_COVID19, &points[i]);
			shorter += narrowed.first != program.first;
		}
	}
	CHECK(wrong == 0);
	/* the test would be empty if nothing passed or nothing was excluded */
	CHECK(passed > 10000);
	CHECK(excluded > 10000);
	CHECK(sure > 1000);
	CHECK(shorter > 10000);
}

int
main(void)
{
	check_truths();
	return finish();
}
