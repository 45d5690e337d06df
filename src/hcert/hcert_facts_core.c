/*
 * hcert_facts_core.c
 *		Events of a health record from certificates; see hcert_facts_core.h.
 */
#include "hcert/hcert_facts_core.h"

#include <stdlib.h>
#include <string.h>

#include "base/calendar_core.h"
#include "hcert/hcert_moment_core.h"
#include "hcert/hcert_name_core.h"
#include "health/health_text_core.h"
#include "health/word_core.h"

#define DOSE_NUMBER_MAX		31

int
cccd_fact_find(void *argument, CccdCodeSet set, CccdSlice code)
{
	(void) argument;
	if (code.ptr == NULL || *code.ptr == '#')
		return -1;
	return cccd_word_find((CccdWordKind) set, code.ptr, code.len);
}

static int
find_code(const CccdHcert *hcert, const CccdFactNames *names,
		  CccdCodeSet set, int entry, const char *key)
{
	CccdSlice	code = cccd_hcert_text(hcert, entry, key);

	return code.ptr == NULL ? -1 :
		names->find(names->argument, set, code);
}

/* The time of an entry: a day begins in Viet Nam's time. */
static bool
event_time(const CccdHcert *hcert, int entry, const char *key, bool moment,
		   uint32_t *second)
{
	CccdSlice	text = cccd_hcert_text(hcert, entry, key);
	int64_t		time;

	if (text.ptr == NULL)
		return false;
	if (moment)
	{
		if (!cccd_moment_parse(text.ptr, text.len, &time))
			return false;
	}
	else
	{
		int32_t		day;

		if (!cccd_day_parse(text.ptr, text.len, &day))
			return false;
		time = cccd_time_from_day(day);
	}
	return cccd_health_event_time(time, second);
}

static bool
read_dose(const CccdHcert *hcert, const CccdFactNames *names, int entry,
		  CccdEvent *event)
{
	const CccdCbor *cbor = &hcert->cbor_message;
	int			node = cccd_cbor_untag(cbor,
									   cccd_cbor_find_text(cbor, entry,
														   "dn"));
	int			product = find_code(hcert, names, CCCD_CODES_PRODUCT, entry,
									"mp");
	int64_t		number;

	if (!cccd_cbor_integer(cbor, node, &number) || number < 1 ||
		!event_time(hcert, entry, "dt", false, &event->time))
		return false;
	event->kind = CCCD_DOSE;
	event->number = (uint8_t) (number > DOSE_NUMBER_MAX ? DOSE_NUMBER_MAX :
							   number);
	event->product = (uint16_t) (product > 0 ? product : 0);
	return true;
}

static bool
read_test(const CccdHcert *hcert, const CccdFactNames *names, int entry,
		  CccdEvent *event)
{
	int			test = find_code(hcert, names, CCCD_CODES_TEST, entry, "tt");
	int			result = find_code(hcert, names, CCCD_CODES_RESULT, entry,
								   "tr");

	if (!event_time(hcert, entry, "sc", true, &event->time))
		return false;
	event->kind = CCCD_TEST;
	event->test = (uint8_t) (test > 0 ? test : 0);
	event->result = (uint8_t) (result >= 0 ? result :
							   CCCD_RESULT_INCONCLUSIVE);
	return true;
}

static bool
read_recovery(const CccdHcert *hcert, int entry, CccdEvent *event)
{
	event->kind = CCCD_RECOVERY;
	return event_time(hcert, entry, "fr", false, &event->time);
}

int
cccd_facts_read(const CccdHcert *hcert, const CccdFactNames *names,
				int source, bool is_signed, CccdHcertFact *facts, int count)
{
	for (int k = 0; k < hcert->entry_count && count < CCCD_HCERT_FACTS; k++)
	{
		int			entry = hcert->entries[k].node;
		CccdEvent  *event = &facts[count].event;
		int			disease = find_code(hcert, names, CCCD_CODES_DISEASE,
										entry, "tg");
		bool		good;

		memset(event, 0, sizeof(*event));
		event->until = CCCD_HEALTH_NO_END;
		event->source = (uint8_t) source;
		event->is_signed = is_signed;
		event->disease = (uint8_t) (disease > 0 ? disease : 0);
		facts[count].issued = hcert->has_issued ? hcert->issued : INT64_MIN;
		good = hcert->entries[k].kind == CCCD_HCERT_VACCINATION ?
			read_dose(hcert, names, entry, event) :
			hcert->entries[k].kind == CCCD_HCERT_TEST ?
			read_test(hcert, names, entry, event) :
			read_recovery(hcert, entry, event);
		count += good && disease > 0;
	}
	return count;
}

static int
compare_numbers(int64_t a, int64_t b)
{
	return a < b ? -1 : a > b;
}

/* Reports of one fact side by side, the one issued last in front. */
static int
compare_reports(const void *left, const void *right)
{
	const CccdHcertFact *a = left;
	const CccdHcertFact *b = right;
	int			order = compare_numbers(a->event.kind, b->event.kind);

	if (order == 0)
		order = compare_numbers(a->event.disease, b->event.disease);
	if (order == 0 && a->event.kind == CCCD_DOSE)
		order = compare_numbers(a->event.number, b->event.number);
	else if (order == 0)
	{
		order = compare_numbers(a->event.time, b->event.time);
		if (order == 0)
			order = compare_numbers(a->event.test, b->event.test);
	}
	if (order == 0)
		order = compare_numbers(b->issued, a->issued);
	/* issued at once, they may contradict: the later dose, the worse result */
	if (order == 0)
		order = compare_numbers(b->event.time, a->event.time);
	return order != 0 ? order :
		compare_numbers(b->event.result, a->event.result);
}

static bool
same_fact(const CccdEvent *a, const CccdEvent *b)
{
	return a->kind == b->kind && a->disease == b->disease &&
		(a->kind == CCCD_DOSE ? a->number == b->number :
		 a->time == b->time && a->test == b->test);
}

/* Kinds and diseases apart, the newest in front. */
static int
compare_times(const void *left, const void *right)
{
	const CccdHcertFact *a = left;
	const CccdHcertFact *b = right;
	int			order = compare_numbers(a->event.kind, b->event.kind);

	if (order == 0)
		order = compare_numbers(a->event.disease, b->event.disease);
	if (order == 0)
		order = compare_numbers(b->event.time, a->event.time);
	return order != 0 ? order :
		compare_numbers(b->event.number, a->event.number);
}

int
cccd_facts_settle(CccdHcertFact *facts, int count)
{
	int			distinct = 0;
	int			kept = 0;

	qsort(facts, (size_t) count, sizeof(*facts), compare_reports);
	for (int k = 0; k < count; k++)
		if (distinct == 0 ||
			!same_fact(&facts[distinct - 1].event, &facts[k].event))
			facts[distinct++] = facts[k];
	qsort(facts, (size_t) distinct, sizeof(*facts), compare_times);
	for (int k = 0; k < distinct; k++)
	{
		const CccdEvent *event = &facts[k].event;
		const CccdEvent *last = kept > 0 ? &facts[kept - 1].event : NULL;

		if (last == NULL || event->kind != CCCD_DOSE ||
			last->kind != CCCD_DOSE || last->disease != event->disease ||
			event->number < last->number)
			facts[kept++] = facts[k];
	}
	return kept;
}

const char *const cccd_fit_names[CCCD_FIT_REASONS] = {
	"name_disagrees", "name_missing", "birth_date_disagrees",
	"birth_date_missing", "birth_date_incomplete", "name_marks_differ",
	"name_conflict"
};

static unsigned
compare_name(const CccdHcert *hcert, CccdSlice name)
{
	const CccdCbor *cbor = &hcert->cbor_message;
	int			map = cccd_cbor_untag(cbor,
									  cccd_cbor_find_text(cbor, hcert->content,
														  "nam"));
	CccdHcertNames names;

	names.family = cccd_hcert_text(hcert, map, "fn");
	names.given = cccd_hcert_text(hcert, map, "gn");
	names.standard_family = cccd_hcert_text(hcert, map, "fnt");
	names.standard_given = cccd_hcert_text(hcert, map, "gnt");
	switch (cccd_hcert_compare_names(&names, name))
	{
		case CCCD_NAME_DISAGREES:
			return CCCD_FIT_NAME_DISAGREES;
		case CCCD_NAME_MISSING:
			return CCCD_FIT_NAME_MISSING;
		case CCCD_NAME_MARKS_DIFFER:
			return CCCD_FIT_NAME_MARKS_DIFFER;
		case CCCD_NAME_CONFLICT:
			return CCCD_FIT_NAME_CONFLICT;
		case CCCD_NAME_FITS:
			break;
	}
	return 0;
}

unsigned
cccd_hcert_fits(const CccdHcert *hcert, CccdSlice name, int32_t birth_date)
{
	const CccdBirth *birth = &hcert->birth;
	unsigned	reasons = compare_name(hcert, name);

	if (!birth->known || birth_date == CCCD_NO_DATE)
		reasons |= CCCD_FIT_BIRTH_DATE_MISSING;
	else if (birth_date < birth->first || birth_date > birth->last)
		reasons |= CCCD_FIT_BIRTH_DATE_DISAGREES;
	else if (birth->first != birth->last)
		reasons |= CCCD_FIT_BIRTH_DATE_INCOMPLETE;
	return reasons;
}
