/*
 * sample_core.c
 *		Estimates from the sample of points that statistics keep; see
 *		sample_core.h.
 */
#include "index/sample_core.h"

/*
 * Where a sample has fewer people than this who satisfy all of several
 * conditions, chance decides how many.
 */
#define FEW						3

bool
cccd_sample_open(const unsigned char *bytes, size_t length,
				 CccdSample *sample)
{
	if (length < CCCD_SAMPLE_HEADER + CCCD_SAMPLE_ENTRY ||
		(length - CCCD_SAMPLE_HEADER) % CCCD_SAMPLE_ENTRY != 0)
		return false;
	for (size_t i = CCCD_SAMPLE_HEADER; i < length; i += CCCD_SAMPLE_ENTRY)
		if (bytes[i] > CCCD_SAMPLE_MAX_LEVEL)
			return false;
	sample->disease = bytes[0];
	sample->entries = bytes + CCCD_SAMPLE_HEADER;
	sample->size = length - CCCD_SAMPLE_HEADER;
	return true;
}

/* Weights of a sample stand for rows of ANALYZE, at most 3,000,000. */
CccdSample
cccd_sample_of_nobody(int disease)
{
	static const unsigned char nobody[CCCD_SAMPLE_ENTRY] = {15};
	CccdSample	sample = {nobody, sizeof(nobody), disease};

	return sample;
}

size_t
cccd_sample_add_nobody(uint32_t people, unsigned char *out)
{
	size_t		size = 0;

	for (int level = 0; level <= CCCD_SAMPLE_MAX_LEVEL; level++)
		if (people >> level & 1)
		{
			memset(out + size, 0, CCCD_SAMPLE_ENTRY);
			out[size] = (unsigned char) level;
			size += CCCD_SAMPLE_ENTRY;
		}
	return size;
}

/* The entry at a place, which is moved on, and its weight. */
static double
next_entry(const unsigned char **at, CccdPoint *point)
{
	double		weight = (double) (UINT32_C(1) << **at);

	cccd_point_unpack(*at + 1, point);
	*at += CCCD_SAMPLE_ENTRY;
	return weight;
}

uint32_t
cccd_sample_latest(const CccdSample *sample)
{
	const unsigned char *at = sample->entries;
	uint32_t	latest = 0;

	while (at < sample->entries + sample->size)
	{
		CccdPoint	point;

		(void) next_entry(&at, &point);
		for (int d = CCCD_POINT_DOSE; d < CCCD_POINT_ISOLATION; d++)
			if (point.v[d] > latest)
				latest = point.v[d];
	}
	/* the last hours of a point lie beyond the seconds of a record */
	if ((uint64_t) latest * 3600 > UINT32_MAX)
		return UINT32_MAX;
	return latest == 0 ? 0 : latest * 3600 - 1;
}

/* A rule's conditions that must all hold; a rule without AND is one. */
typedef struct Conditions
{
	const CccdBinding *binding;
	int			disease;
	int			count;
	int			nodes[CCCD_RULE_MAX_CLAUSES];
	double		selected[CCCD_RULE_MAX_CLAUSES];
} Conditions;

static void
open_conditions(Conditions *conditions, const CccdBinding *binding,
				int disease)
{
	memset(conditions, 0, sizeof(*conditions));
	conditions->binding = binding;
	conditions->disease = disease;
	if (binding->count == 0 || binding->code[0].op != CCCD_OP_AND)
	{
		conditions->count = 1;
		return;
	}
	for (int i = 1; i < binding->count; i = binding->code[i].next)
		conditions->nodes[conditions->count++] = i;
}

/* How likely a point satisfies all conditions. */
static double
add_point(Conditions *conditions, const CccdPoint *point, double weight)
{
	double		all = 1;

	for (int i = 0; i < conditions->count; i++)
	{
		double		pass = cccd_point_guess(conditions->binding,
											conditions->nodes[i],
											conditions->disease, point).pass;

		conditions->selected[i] += pass * weight;
		all *= pass;
	}
	return all;
}

/*
 * Few people in the sample are drawn towards what the conditions select one by
 * one; where there is nobody, the truth is somewhere below the smallest share
 * that the sample can show.
 */
double
cccd_sample_selects(const CccdSample *sample, const CccdBinding *binding)
{
	const unsigned char *at = sample->entries;
	Conditions	conditions;
	double		all = 0,
				selected = 0,
				entries = 0,
				expected;

	open_conditions(&conditions, binding, sample->disease);
	while (at < sample->entries + sample->size)
	{
		CccdPoint	point;
		double		weight = next_entry(&at, &point);
		double		pass = add_point(&conditions, &point, weight);

		all += weight;
		selected += weight * pass;
		entries += pass;
	}
	expected = all;
	for (int i = 0; i < conditions.count; i++)
		expected *= conditions.selected[i] / all;
	if (expected > 0)
	{
		double		few = FEW * (entries > 0 ? selected / entries : 1);

		selected = (selected + few) / (expected + few) * expected;
	}
	return selected > 0 ? selected / all : 0.5 / all;
}

double
cccd_sample_returns(const CccdSample *sample, const CccdBinding *binding)
{
	const unsigned char *at = sample->entries;
	CccdProgram program;
	double		all = 0,
				returned = 0;

	cccd_program_init(&program, binding);
	while (at < sample->entries + sample->size)
	{
		CccdBox		box;
		double		weight = next_entry(&at, &box.lo);

		box.hi = box.lo;
		all += weight;
		if (cccd_box_answer(&program, sample->disease, &box) !=
			CCCD_NOBODY_PASSES)
			returned += weight;
	}
	return returned > 0 ? returned / all : 0.5 / all;
}
