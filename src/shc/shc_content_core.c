/*
 * shc_content_core.c
 *		The card: a bundle of one patient with doses and tests (HL7 FHIR 4.0.1,
 *		SMART Health Cards: Vaccination & Testing); see shc_core.h.
 *
 * What is missing in the bundle, or is more than is looked at, is a reason:
 * the card is not read.  A resource that says nothing about a person's doses
 * and tests, or says that it is not valid, is left out with a flag.
 */
#include "shc/shc_core.h"

#include <stdio.h>
#include <string.h>

#include "base/calendar_core.h"
#include "hcert/hcert_moment_core.h"

/* The disease of the tests whose codes are known here; SNOMED CT. */
static const char covid19[] = "840539006";

typedef struct CardReader
{
	CccdShcWork *work;
	CccdShc    *shc;
	bool		tolerant;
	int			patients;
	CccdSlice	patient;		/* the full URL of the patient */
} CardReader;

static bool
string_is(const CardReader *r, int node, const char *wanted)
{
	return node >= 0 && cccd_json_string_is(r->shc->payload.data,
											&r->shc->nodes[node], wanted);
}

static bool
is_kind(const CardReader *r, int node, CccdJsonKind kind)
{
	return node >= 0 && r->shc->nodes[node].kind == kind;
}

static CccdSlice
text_of(CardReader *r, int object, const char *name)
{
	return cccd_shc_text(cccd_shc_member(r->shc, object, name), r->work,
						 r->shc);
}

/* The first item of an array, which items follow by "next"; NONE: no item. */
static int
first_item(const CardReader *r, int array, int *count)
{
	if (!is_kind(r, array, CCCD_JSON_ARRAY) ||
		r->shc->nodes[array].count == 0)
		return CCCD_JSON_NONE;
	*count = r->shc->nodes[array].count;
	return array + 1;
}

static int
next_item(const CardReader *r, int item)
{
	return (int) r->shc->nodes[item].next;
}

/* A member that a card must have is not there. */
static void
missing(CardReader *r, const char *about)
{
	cccd_report_reason_about(&r->shc->report, CCCD_FINDING_schema_required,
							 about);
	r->shc->schema = CCCD_STATUS_FAILED;
}

/* Given names, of which FHIR has an array, with blanks between them. */
static CccdSlice
join_given(CardReader *r, int array)
{
	CccdSlice	joined = {NULL, 0};
	int			count = 0;
	int			item = first_item(r, array, &count);

	for (int k = 0; k < count; k++, item = next_item(r, item))
	{
		CccdSlice	name = cccd_shc_text(item, r->work, r->shc);
		CccdShcWork *work = r->work;

		/* what is joined stands at the end of the scratch memory */
		if (name.ptr == NULL ||
			joined.len + name.len + 1 >
			sizeof(work->scratch) - work->scratch_used)
			continue;
		if (joined.ptr == NULL && count == 1)
			return name;
		if (joined.ptr == NULL)
			joined.ptr = work->scratch + work->scratch_used;
		else if (joined.ptr + joined.len !=
				 work->scratch + work->scratch_used)
		{
			/* an escaped name was put behind it */
			memmove(work->scratch + work->scratch_used, joined.ptr,
					joined.len);
			joined.ptr = work->scratch + work->scratch_used;
			work->scratch_used += joined.len;
		}
		if (joined.len > 0)
		{
			work->scratch[work->scratch_used++] = ' ';
			joined.len++;
		}
		memcpy(work->scratch + work->scratch_used, name.ptr, name.len);
		work->scratch_used += name.len;
		joined.len += name.len;
	}
	return joined;
}

static void
read_patient(CardReader *r, int entry, int resource)
{
	CccdShc    *shc = r->shc;
	int			count = 0;
	int			name = first_item(r, cccd_shc_member(shc, resource, "name"),
								  &count);
	CccdSlice	birth = text_of(r, resource, "birthDate");

	if (r->patients++ > 0)
		return;
	r->patient = text_of(r, entry, "fullUrl");
	if (name != CCCD_JSON_NONE)
	{
		shc->family = text_of(r, name, "family");
		shc->given = join_given(r, cccd_shc_member(shc, name, "given"));
		if (shc->family.ptr == NULL && shc->given.ptr == NULL)
			shc->family = text_of(r, name, "text");
	}
	if (shc->family.ptr == NULL && shc->given.ptr == NULL)
		missing(r, "name");
	if (birth.ptr == NULL)
		missing(r, "birthDate");
	else if (cccd_birth_parse(birth.ptr, birth.len, &shc->birth) ==
			 CCCD_BIRTH_INVALID)
	{
		cccd_report_reason_about(&shc->report, CCCD_FINDING_schema_date,
								 "birthDate");
		shc->schema = CCCD_STATUS_FAILED;
	}
}

/*
 * The code of a system within a codeable concept, written behind a word and a
 * slash, and itself in *code.  Returns false if there is none.
 */
static bool
find_code(CardReader *r, int concept, const char *system, CccdSlice *code)
{
	int			count = 0;
	int			coding = first_item(r, cccd_shc_member(r->shc, concept,
													   "coding"), &count);

	for (int k = 0; k < count; k++, coding = next_item(r, coding))
	{
		if (!string_is(r, cccd_shc_member(r->shc, coding, "system"), system))
			continue;
		*code = text_of(r, coding, "code");
		if (code->ptr != NULL)
			return true;
	}
	return false;
}

/* A code for a value set: its system's word, a slash, the code. */
static CccdSlice
name_code(const char *word, CccdSlice code, char *out)
{
	CccdSlice	named = {out, 0};
	int			length = snprintf(out, CCCD_SHC_CODE_SIZE, "%s/%.*s", word,
								  (int) (code.len < CCCD_SHC_CODE_SIZE ?
										 code.len : CCCD_SHC_CODE_SIZE),
								  code.ptr);

	/* one that is cut off is another code */
	if (length >= CCCD_SHC_CODE_SIZE)
		named.ptr = NULL;
	else
		named.len = (size_t) length;
	return named;
}

/*
 * A day, which begins in Viet Nam's time, or for a test a moment.  A month or
 * a year alone is not a time.
 */
static bool
read_time(CardReader *r, int resource, const char *name, bool moment,
		  CccdShcEntry *entry)
{
	CccdSlice	text = text_of(r, resource, name);
	int32_t		day;

	if (text.ptr != NULL && moment &&
		cccd_moment_parse(text.ptr, text.len, &entry->time))
		return true;
	if (text.ptr == NULL || !cccd_day_parse(text.ptr, text.len, &day) ||
		(moment && text.len > CCCD_DAY_LENGTH))
		return false;
	entry->time = cccd_time_from_day(day);
	return true;
}

/* The number of a dose, where the card states it. */
static int64_t
dose_number(CardReader *r, int resource)
{
	int			count = 0;
	int			item = first_item(r, cccd_shc_member(r->shc, resource,
													 "protocolApplied"),
								  &count);
	int			node = item == CCCD_JSON_NONE ? item :
	cccd_shc_member(r->shc, item, "doseNumberPositiveInt");
	int64_t		number;

	return node != CCCD_JSON_NONE &&
		cccd_json_integer(r->shc->payload.data, &r->shc->nodes[node],
						  &number) && number > 0 ? number : 0;
}

/* A dose: of which product against which disease, and when. */
static void
read_dose(CardReader *r, int resource, CccdShcEntry *entry)
{
	int			concept = cccd_shc_member(r->shc, resource, "vaccineCode");
	bool		known = false;
	CccdSlice	code;

	entry->kind = CCCD_HCERT_VACCINATION;
	if (find_code(r, concept, "http://hl7.org/fhir/sid/cvx", &code))
	{
		CccdSlice	named = name_code("cvx", code, entry->code);

		known = cccd_shc_cvx(code, &entry->disease, &entry->product);
		if (!known)
			entry->disease = named;
		if (entry->product.ptr == NULL)
			entry->product = named;
	}
	else if (find_code(r, concept, "http://snomed.info/sct", &code))
	{
		entry->product = name_code("snomed", code, entry->code);
		entry->disease = entry->product;
	}
	entry->number = dose_number(r, resource);
	entry->has_time = read_time(r, resource, "occurrenceDateTime", false,
								entry);
	/* unless a value set knows it, this dose is not a fact */
	if (!known)
		cccd_report_flag_about(&r->shc->report,
							   CCCD_FINDING_shc_code_unknown, "vaccineCode");
}

/* A test: its kind, its result, and when it was taken. */
static void
read_test(CardReader *r, int resource, CccdShcEntry *entry)
{
	int			concept = cccd_shc_member(r->shc, resource, "code");
	int			value = cccd_shc_member(r->shc, resource,
										"valueCodeableConcept");
	CccdSlice	code;

	entry->kind = CCCD_HCERT_TEST;
	if (find_code(r, concept, "http://loinc.org", &code))
	{
		entry->test = cccd_shc_loinc(code);
		if (entry->test.ptr != NULL)
		{
			entry->disease.ptr = covid19;
			entry->disease.len = sizeof(covid19) - 1;
		}
		else
		{
			entry->test = name_code("loinc", code, entry->code);
			entry->disease = entry->test;
		}
	}
	if (entry->disease.ptr != covid19)
		cccd_report_flag_about(&r->shc->report,
							   CCCD_FINDING_shc_code_unknown, "code");
	if (find_code(r, value, "http://snomed.info/sct", &code))
	{
		entry->result = cccd_shc_result(code);
		if (entry->result.ptr == NULL)
			entry->result = name_code("snomed", code, entry->value);
	}
	entry->has_time = read_time(r, resource, "effectiveDateTime", true,
								entry);
}

/*
 * Whether a resource counts: it is of the patient, and its status is the one
 * of a fact ("completed", "final").
 */
static bool
counts(CardReader *r, int resource, const char *reference,
	   const char *status)
{
	CccdSlice	whose = text_of(r, cccd_shc_member(r->shc, resource, reference),
								"reference");

	if (!string_is(r, cccd_shc_member(r->shc, resource, "status"), status))
	{
		cccd_report_flag(&r->shc->report, CCCD_FINDING_shc_status);
		return false;
	}
	if (whose.ptr == NULL || r->patient.ptr == NULL ||
		whose.len != r->patient.len ||
		memcmp(whose.ptr, r->patient.ptr, whose.len) != 0)
	{
		cccd_report_tolerate(&r->shc->report, r->tolerant,
							 CCCD_FINDING_shc_reference, &r->shc->schema);
		return false;
	}
	return true;
}

static void
read_resource(CardReader *r, int resource)
{
	CccdShc    *shc = r->shc;
	CccdShcEntry *entry = &shc->entries[shc->entry_count];
	int			type = cccd_shc_member(shc, resource, "resourceType");
	bool		dose = string_is(r, type, "Immunization");

	if ((!dose && !string_is(r, type, "Observation")) ||
		!counts(r, resource, dose ? "patient" : "subject",
				dose ? "completed" : "final"))
		return;
	if (shc->entry_count == CCCD_SHC_ENTRIES)
	{
		cccd_shc_refuse(shc, &shc->schema, CCCD_FINDING_shc_entries);
		return;
	}
	memset(entry, 0, sizeof(*entry));
	entry->node = resource;
	if (dose)
		read_dose(r, resource, entry);
	else
		read_test(r, resource, entry);
	if (!entry->has_time)
		cccd_report_tolerate(&shc->report, r->tolerant,
							 CCCD_FINDING_schema_date_time, &shc->schema);
	shc->kinds |= entry->kind;
	shc->entry_count++;
}

/* The patient first, wherever it stands, because the others refer to it. */
static void
read_bundle(CardReader *r, int bundle)
{
	CccdShc    *shc = r->shc;
	int			count = 0;
	int			first = first_item(r, cccd_shc_member(shc, bundle, "entry"),
								   &count);

	if (!string_is(r, cccd_shc_member(shc, bundle, "resourceType"), "Bundle")
		|| first == CCCD_JSON_NONE)
	{
		cccd_shc_refuse(shc, &shc->schema, CCCD_FINDING_shc_bundle);
		return;
	}
	for (int pass = 0; pass < 2; pass++)
		for (int k = 0, item = first; k < count;
			 k++, item = next_item(r, item))
		{
			int			resource = cccd_shc_member(shc, item, "resource");
			bool		patient = string_is(r, cccd_shc_member(shc, resource,
															   "resourceType"),
											"Patient");

			if (pass == 0 && patient)
				read_patient(r, item, resource);
			else if (pass == 1 && !patient)
				read_resource(r, resource);
		}
	/* of two patients it would not be said whose dose it is */
	if (r->patients != 1)
		cccd_shc_refuse(shc, &shc->schema, CCCD_FINDING_shc_patient);
}

/* Whether the claim says that it is a health card. */
static bool
is_health_card(const CardReader *r, int claim)
{
	int			count = 0;
	int			item = first_item(r, cccd_shc_member(r->shc, claim, "type"),
								  &count);

	for (int k = 0; k < count; k++, item = next_item(r, item))
		if (string_is(r, item, "https://smarthealth.cards#health-card"))
			return true;
	return false;
}

/* A revocation identifier: up to 24 characters of base64url's alphabet. */
static void
read_rid(CardReader *r, int claim)
{
	CccdShc    *shc = r->shc;
	int			node = cccd_shc_member(shc, claim, "rid");
	bool		good;

	if (node == CCCD_JSON_NONE)
		return;
	shc->rid = cccd_shc_text(node, r->work, shc);
	good = shc->rid.ptr != NULL && shc->rid.len <= CCCD_SHC_RID_MAX;
	for (size_t k = 0; good && k < shc->rid.len; k++)
	{
		char		c = shc->rid.ptr[k];

		good = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
			(c >= '0' && c <= '9') || c == '-' || c == '_';
	}
	if (good)
		return;
	cccd_report_reason_about(&shc->report, CCCD_FINDING_schema_pattern,
							 "rid");
	shc->schema = CCCD_STATUS_FAILED;
}

void
cccd_shc_read_content(bool tolerant, CccdShcWork *work, CccdShc *shc)
{
	CardReader	reader = {.work = work, .shc = shc, .tolerant = tolerant};
	int			claim = cccd_shc_member(shc, 0, "vc");
	int			subject = cccd_shc_member(shc, claim, "credentialSubject");
	int			bundle = cccd_shc_member(shc, subject, "fhirBundle");

	shc->schema = CCCD_STATUS_OK;
	if (!is_health_card(&reader, claim))
	{
		cccd_shc_refuse(shc, &shc->schema, CCCD_FINDING_shc_type);
		return;
	}
	shc->version = text_of(&reader, subject, "fhirVersion");
	/* resources of another version have other members */
	if (shc->version.ptr == NULL || shc->version.len < 2 ||
		memcmp(shc->version.ptr, "4.", 2) != 0)
		cccd_report_tolerate(&shc->report,
							 tolerant && shc->version.ptr == NULL,
							 CCCD_FINDING_shc_fhir_version, &shc->schema);
	read_rid(&reader, claim);
	shc->has_content = is_kind(&reader, bundle, CCCD_JSON_OBJECT);
	if (shc->has_content)
		read_bundle(&reader, bundle);
	else
		cccd_shc_refuse(shc, &shc->schema, CCCD_FINDING_shc_bundle);
}
