/*
 * certificate_facts_core.c
 *		Events of a health record from certificates; see certificate_facts_core.h.
 */
#include "certificate/certificate_facts_core.h"

#include <stdlib.h>
#include <string.h>

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
find_code(const CccdFactNames *names, CccdCodeSet set, CccdSlice code)
{
	return code.ptr == NULL ? -1 : names->find(names->argument, set, code);
}

static bool
read_dose(const CccdCertificateEntry *entry, const CccdFactNames *names,
		  CccdEvent *event)
{
	int			product = find_code(names, CCCD_CODES_PRODUCT, entry->product);

	if (entry->number < 0)
		return false;
	event->kind = CCCD_DOSE;
	event->number = (uint8_t) (entry->number > DOSE_NUMBER_MAX ?
							   DOSE_NUMBER_MAX : entry->number);
	event->product = (uint16_t) (product > 0 ? product : 0);
	return true;
}

static bool
read_test(const CccdCertificateEntry *entry, const CccdFactNames *names,
		  CccdEvent *event)
{
	int			test = find_code(names, CCCD_CODES_TEST, entry->test);
	int			result = find_code(names, CCCD_CODES_RESULT, entry->result);

	event->kind = CCCD_TEST;
	event->test = (uint8_t) (test > 0 ? test : 0);
	event->result = (uint8_t) (result >= 0 ? result :
							   CCCD_RESULT_INCONCLUSIVE);
	return true;
}

int
cccd_facts_read(const CccdCertificate *certificate,
				const CccdFactNames *names, int source, bool is_signed,
				CccdCertificateFact *facts, int count)
{
	for (int k = 0; k < certificate->entry_count &&
		 count < CCCD_CERTIFICATE_FACTS; k++)
	{
		const CccdCertificateEntry *entry = &certificate->entries[k];
		CccdEvent  *event = &facts[count].event;
		int			disease = find_code(names, CCCD_CODES_DISEASE,
										entry->disease);
		bool		good;

		memset(event, 0, sizeof(*event));
		event->until = CCCD_HEALTH_NO_END;
		event->source = (uint8_t) source;
		event->is_signed = is_signed;
		event->disease = (uint8_t) (disease > 0 ? disease : 0);
		event->kind = CCCD_RECOVERY;
		facts[count].issued = certificate->has_issued ? certificate->issued :
			INT64_MIN;
		good = entry->kind == CCCD_HCERT_VACCINATION ?
			read_dose(entry, names, event) :
			entry->kind != CCCD_HCERT_TEST ||
			read_test(entry, names, event);
		count += good && disease > 0 && entry->has_time &&
			cccd_health_event_time(entry->time, &event->time);
	}
	return count;
}

static int
compare_numbers(int64_t a, int64_t b)
{
	return a < b ? -1 : a > b;
}

/* A dose whose certificate says which it is; others are known by their day. */
static bool
is_numbered(const CccdEvent *event)
{
	return event->kind == CCCD_DOSE && event->number > 0;
}

/* Reports of one fact side by side, the one issued last in front. */
static int
compare_reports(const void *left, const void *right)
{
	const CccdCertificateFact *a = left;
	const CccdCertificateFact *b = right;
	int			order = compare_numbers(a->event.kind, b->event.kind);

	if (order == 0)
		order = compare_numbers(a->event.disease, b->event.disease);
	if (order == 0 && a->event.kind == CCCD_DOSE)
		order = compare_numbers(a->event.number, b->event.number);
	if (order == 0 && !is_numbered(&a->event))
	{
		order = compare_numbers(a->event.time, b->event.time);
		if (order == 0)
			order = compare_numbers(a->event.test, b->event.test);
	}
	if (order == 0)
		order = compare_numbers(b->issued, a->issued);

	/*
	 * issued at once, they may contradict: the later dose, a product that is
	 * known, the worse result
	 */
	if (order == 0)
		order = compare_numbers(b->event.time, a->event.time);
	if (order == 0)
		order = compare_numbers(b->event.product, a->event.product);
	return order != 0 ? order :
		compare_numbers(b->event.result, a->event.result);
}

static bool
same_fact(const CccdEvent *a, const CccdEvent *b)
{
	return a->kind == b->kind && a->disease == b->disease &&
		a->number == b->number &&
		(is_numbered(a) || (a->time == b->time && a->test == b->test));
}

/* Kinds and diseases apart, the newest in front. */
static int
compare_times(const void *left, const void *right)
{
	const CccdCertificateFact *a = left;
	const CccdCertificateFact *b = right;
	int			order = compare_numbers(a->event.kind, b->event.kind);

	if (order == 0)
		order = compare_numbers(a->event.disease, b->event.disease);
	if (order == 0)
		order = compare_numbers(b->event.time, a->event.time);
	return order != 0 ? order :
		compare_numbers(b->event.number, a->event.number);
}

/*
 * Whether a dose adds to those that are kept, which are newer: one with a
 * number if that is smaller than theirs, one without if none is of its day.
 */
static bool
dose_adds(const CccdCertificateFact *facts, int kept, const CccdEvent *dose)
{
	for (int k = kept - 1; k >= 0; k--)
	{
		const CccdEvent *other = &facts[k].event;

		if (other->kind != CCCD_DOSE || other->disease != dose->disease)
			break;
		if (!is_numbered(dose))
		{
			if (other->time == dose->time)
				return false;
		}
		else if (is_numbered(other))
			return dose->number < other->number;
	}
	return true;
}

int
cccd_facts_settle(CccdCertificateFact *facts, int count)
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

		if (event->kind != CCCD_DOSE || dose_adds(facts, kept, event))
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
compare_name(const CccdCertificateNames *names, CccdSlice name)
{
	switch (cccd_certificate_compare_names(names, name))
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
cccd_certificate_compare(const CccdCertificate *certificate, CccdSlice name,
						 int32_t birth_date)
{
	const CccdBirth *birth = &certificate->birth;
	unsigned	reasons;

	if (!certificate->has_content)
		return CCCD_FIT_NAME_MISSING | CCCD_FIT_BIRTH_DATE_MISSING;
	reasons = compare_name(&certificate->names, name);
	if (!birth->known || birth_date == CCCD_NO_DATE)
		reasons |= CCCD_FIT_BIRTH_DATE_MISSING;
	else if (birth_date < birth->first || birth_date > birth->last)
		reasons |= CCCD_FIT_BIRTH_DATE_DISAGREES;
	else if (birth->first != birth->last)
		reasons |= CCCD_FIT_BIRTH_DATE_INCOMPLETE;
	return reasons;
}
