/*
 * certificate_facts_core.c
 *		Events of a health record from certificates; see certificate_facts_core.h.
 */
#include "certificate/certificate_facts_core.h"

#include <string.h>

#include "health/health_text_core.h"
#include "health/word_core.h"

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
	event->number = (uint8_t) (entry->number > CCCD_DOSE_NUMBER_MAX ?
							   CCCD_DOSE_NUMBER_MAX : entry->number);
	/* a total that a record cannot hold would make a dose the last one */
	if (entry->series <= CCCD_DOSE_NUMBER_MAX)
		event->series = (uint8_t) entry->series;
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
		good = entry->kind == CCCD_HCERT_VACCINATION ?
			read_dose(entry, names, event) :
			entry->kind != CCCD_HCERT_TEST ||
			read_test(entry, names, event);
		count += good && disease > 0 && entry->has_time &&
			cccd_health_event_time(entry->time, &event->time);
	}
	return count;
}

const char *const cccd_fit_names[CCCD_FIT_REASONS] = {
	"name_disagrees", "name_missing", "birth_date_disagrees",
	"birth_date_missing", "birth_date_incomplete", "name_marks_differ",
	"name_conflict", "name_truncated", "document_number_disagrees"
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
		case CCCD_NAME_TRUNCATED:
			return CCCD_FIT_NAME_TRUNCATED;
		case CCCD_NAME_FITS:
			break;
	}
	return 0;
}

/* The next letter or digit of a number, as a capital; 0 at its end. */
static char
next_sign(CccdSlice *number)
{
	while (number->len > 0)
	{
		char		c = *number->ptr;

		number->ptr++;
		number->len--;
		if (c >= 'a' && c <= 'z')
			return (char) (c - 'a' + 'A');
		if ((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'))
			return c;
	}
	return 0;
}

/* Whether two numbers of documents are there and the same, or there at all. */
static bool
same_document(CccdSlice a, CccdSlice b, bool *comparable)
{
	char		one = next_sign(&a);
	char		other = next_sign(&b);

	*comparable = one != 0 && other != 0;
	while (one != 0 && one == other)
	{
		one = next_sign(&a);
		other = next_sign(&b);
	}
	return *comparable && one == other;
}

unsigned
cccd_certificate_compare(const CccdCertificate *certificate,
						 const CccdFitPerson *person)
{
	const CccdBirth *birth = &certificate->birth;
	int32_t		birth_date = person->birth_date;
	unsigned	reasons;
	bool		comparable;
	bool		same;

	if (!certificate->has_content)
		return CCCD_FIT_NAME_MISSING | CCCD_FIT_BIRTH_DATE_MISSING;
	reasons = compare_name(&certificate->names, person->name);
	same = same_document(certificate->document, person->document, &comparable);
	if (comparable && !same)
		reasons |= CCCD_FIT_DOCUMENT_DISAGREES;
	if (birth_date == CCCD_NO_DATE || !birth->known)
		reasons |= birth_date != CCCD_NO_DATE && same ? 0 :
			CCCD_FIT_BIRTH_DATE_MISSING;
	else if (birth_date < birth->first || birth_date > birth->last)
		reasons |= CCCD_FIT_BIRTH_DATE_DISAGREES;
	else if (birth->first != birth->last)
		reasons |= CCCD_FIT_BIRTH_DATE_INCOMPLETE;
	return reasons;
}
