/*
 * certificate_settle_test.c
 *		Which of several certificates counts, against the rule said in another
 *		way: a fact remains unless another one supersedes it.
 */
#include "unit.h"
#include "chance.h"

#include "certificate/certificate_facts_core.h"
#include "health/code_core.h"

static CccdCertificateFact
random_fact(void)
{
	static const uint8_t kinds[] = {CCCD_DOSE, CCCD_TEST, CCCD_RECOVERY};
	CccdCertificateFact fact;

	memset(&fact, 0, sizeof(fact));
	fact.event.kind = kinds[chance(3)];
	fact.event.disease = (uint8_t) (1 + chance(2));
	fact.event.time = 1000 + chance(3);
	fact.event.until = CCCD_HEALTH_NO_END;
	if (fact.event.kind == CCCD_DOSE)
		fact.event.number = (uint8_t) chance(5);
	else if (fact.event.kind == CCCD_TEST)
	{
		fact.event.test = (uint8_t) chance(3);
		fact.event.result = (uint8_t) chance(3);
	}
	fact.issued = chance(8) == 0 ? INT64_MIN : (int64_t) chance(3) - 1;
	return fact;
}

/* Whether two certificates are about one fact. */
static bool
are_about_one(const CccdCertificateFact *a, const CccdCertificateFact *b)
{
	if (a->event.kind != b->event.kind || a->event.disease != b->event.disease)
		return false;
	if (a->event.number != b->event.number)
		return false;
	if (a->event.number > 0)
		return true;
	return a->event.time == b->event.time && a->event.test == b->event.test;
}

/* Whether a report is to be believed rather than another one of the fact. */
static bool
is_better(const CccdCertificateFact *a, const CccdCertificateFact *b)
{
	if (a->issued != b->issued)
		return a->issued > b->issued;
	if (a->event.time != b->event.time)
		return a->event.time > b->event.time;
	return a->event.result > b->event.result;
}

static bool
is_reported(const CccdCertificateFact *facts, int count, int k)
{
	for (int other = 0; other < count; other++)
		if (other != k && are_about_one(&facts[other], &facts[k]) &&
			(is_better(&facts[other], &facts[k]) ||
			 (other < k && !is_better(&facts[k], &facts[other]))))
			return false;
	return true;
}

/*
 * A dose with a number counts if all later ones, and equally late ones, have
 * larger numbers; one without, if no dose that counts is of its day.
 */
static bool
is_counted(const CccdCertificateFact *facts, int count, int k)
{
	const CccdEvent *dose = &facts[k].event;

	if (dose->kind != CCCD_DOSE)
		return true;
	if (dose->number == 0)
	{
		for (int other = 0; other < count; other++)
			if (facts[other].event.number > 0 &&
				facts[other].event.disease == dose->disease &&
				facts[other].event.time == dose->time &&
				is_reported(facts, count, other) &&
				is_counted(facts, count, other))
				return false;
		return true;
	}
	for (int other = 0; other < count; other++)
	{
		const CccdEvent *later = &facts[other].event;

		if (other != k && later->kind == CCCD_DOSE && later->number > 0 &&
			later->disease == dose->disease &&
			is_reported(facts, count, other) &&
			later->time > dose->time && later->number <= dose->number)
			return false;
	}
	return true;
}

static bool
same_event(const CccdEvent *a, const CccdEvent *b)
{
	return a->kind == b->kind && a->disease == b->disease &&
		a->time == b->time && a->number == b->number && a->test == b->test &&
		a->result == b->result;
}

/* Kinds and diseases ascend, times and then numbers descend. */
static bool
is_ordered(const CccdEvent *a, const CccdEvent *b)
{
	if (a->kind != b->kind)
		return a->kind < b->kind;
	if (a->disease != b->disease)
		return a->disease < b->disease;
	if (a->time != b->time)
		return a->time > b->time;
	return a->number >= b->number;
}

int
main(void)
{
	int			dropped = 0;

	for (int round = 0; round < 200000; round++)
	{
		CccdCertificateFact facts[6];
		CccdCertificateFact settled[6];
		int			count = (int) chance(7);
		int			kept;
		int			wanted = 0;
		bool		good = true;

		for (int k = 0; k < count; k++)
			settled[k] = facts[k] = random_fact();
		kept = cccd_facts_settle(settled, count);
		for (int k = 0; k < count; k++)
		{
			int			found = 0;

			if (!is_reported(facts, count, k) || !is_counted(facts, count, k))
				continue;
			wanted++;
			for (int at = 0; at < kept; at++)
				found += same_event(&settled[at].event, &facts[k].event) &&
					settled[at].issued == facts[k].issued;
			good &= found == 1;
		}
		good &= wanted == kept;
		for (int k = 1; k < kept; k++)
			good &= is_ordered(&settled[k - 1].event, &settled[k].event);
		CHECK(good);
		dropped += kept < count;
	}
	CHECK(dropped > 10000 && dropped < 190000);
	return finish();
}
