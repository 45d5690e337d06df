/*
 * vdsnc_message_core.c
 *		The message of a seal: who, and which doses or which test (Guidelines
 *		for travel-related public health proofs, data sets of the WHO and of
 *		CAPSCA); see vdsnc_core.h.
 */
#include "vdsnc/vdsnc_core.h"

#include <string.h>

#include "base/calendar_core.h"
#include "health/code_core.h"
#include "hcert/hcert_moment_core.h"

/* COVID-19 in SNOMED CT, as the eHealth Network writes it. */
static const CccdSlice covid19 = {"840539006", 9};

typedef struct Translation
{
	const char *from;
	const char *to;
} Translation;

/*
 * Diseases (ICD-11), and vaccines where the disease is not stated: those of
 * COVID-19 in the extension codes of ICD-11.
 */
static const Translation diseases[] = {
	{"RA01.0", "840539006"}, {"RA01", "840539006"}, {"RA01.1", "840539006"}
};
static const Translation vaccines[] = {
	{"XM68M6", "840539006"}, {"XM1NL1", "840539006"}, {"XM5DF6", "840539006"},
	{"XM9QW8", "840539006"}, {"XM0CX4", "840539006"}, {"XM5JC5", "840539006"},
	{"XM1J92", "840539006"}, {"XM6AT1", "840539006"}, {"XM0GQ8", "840539006"}
};

/* Kinds of tests; any other molecular one amplifies nucleic acids, too. */
static const Translation tests[] = {
	{"molecular(PCR)", "LP6464-4"}, {"molecular(other)", "LP6464-4"},
	{"antigen", "LP217198-3"}, {"antibody", "antibody"}
};
static const Translation results[] = {
	{"negative", "260415000"}, {"positive", "260373001"}
};

/* What a code stands for; the code itself where it is not in the table. */
static CccdSlice
translate(CccdSlice code, const Translation *table, size_t count)
{
	for (size_t k = 0; k < count; k++)
	{
		CccdSlice	found = {table[k].to, strlen(table[k].to)};

		if (strlen(table[k].from) == code.len &&
			memcmp(table[k].from, code.ptr, code.len) == 0)
			return found;
	}
	return code;
}

#define TRANSLATE(code, table) \
	translate((code), (table), sizeof(table) / sizeof((table)[0]))

/* A field has a deviation that issuers were seen to make. */
static void
deviate(CccdVdsnc *vdsnc, bool tolerant, int code, const char *about)
{
	if (tolerant)
		cccd_report_flag_about(&vdsnc->report, code, about);
	else
		cccd_vdsnc_refuse(vdsnc, &vdsnc->schema, code, about);
}

static void
refuse(CccdVdsnc *vdsnc, int code, const char *about)
{
	cccd_vdsnc_refuse(vdsnc, &vdsnc->schema, code, about);
}

/*
 * A name as in an MRZ or a visual zone: two blanks separate the primary
 * identifier from the secondary one where the issuer says which is which.
 */
static void
read_name(CccdSlice name, CccdVdsnc *vdsnc)
{
	CccdSlice	rest;
	int			characters = 0;

	for (size_t k = 0; k < name.len; k++)
		characters += (name.ptr[k] & 0xC0) != 0x80;
	vdsnc->name_truncated = characters >= CCCD_VDSNC_NAME;
	vdsnc->family = name;
	for (size_t k = 1; k + 2 < name.len; k++)
	{
		if (name.ptr[k] != ' ' || name.ptr[k + 1] != ' ')
			continue;
		rest = cccd_clean_trim(name.ptr + k, name.len - k);
		vdsnc->family.len = k;
		vdsnc->given = rest;
		return;
	}
}

/*
 * The number of the passport that the holder travels with: "i" of a proof of
 * vaccination, "dn" of one of testing, where "dt" says that it is of a passport.
 */
static CccdSlice
read_document(int person, CccdVdsncWork *work, const CccdVdsnc *vdsnc)
{
	static const CccdSlice none = {NULL, 0};
	CccdSlice	type = cccd_vdsnc_text(vdsnc, work, person, "dt");

	if (vdsnc->kinds == CCCD_HCERT_VACCINATION)
		return cccd_vdsnc_text(vdsnc, work, person, "i");
	return type.len > 0 && *type.ptr != 'P' && *type.ptr != 'p' ? none :
		cccd_vdsnc_text(vdsnc, work, person, "dn");
}

/* Who it is about. */
static void
read_person(bool tolerant, CccdVdsncWork *work, CccdVdsnc *vdsnc)
{
	int			person = cccd_json_member(vdsnc->text, vdsnc->nodes,
										  vdsnc->message, "pid");
	CccdSlice	name = cccd_vdsnc_text(vdsnc, work, person, "n");
	CccdSlice	birth = cccd_vdsnc_text(vdsnc, work, person, "dob");

	if (person == CCCD_JSON_NONE)
	{
		refuse(vdsnc, CCCD_FINDING_schema_required, "pid");
		return;
	}
	if (name.len == 0)
		refuse(vdsnc, CCCD_FINDING_schema_required, "pid.n");
	else
		read_name(name, vdsnc);
	vdsnc->document = read_document(person, work, vdsnc);
	/* it may be absent where a document's number says who it is */
	switch (cccd_birth_parse(birth.len > 0 ? birth.ptr : "", birth.len,
							 &vdsnc->birth))
	{
		case CCCD_BIRTH_INVALID:
			deviate(vdsnc, tolerant, CCCD_FINDING_schema_date, "pid.dob");
			break;
		case CCCD_BIRTH_YEAR:
		case CCCD_BIRTH_MONTH:
			cccd_report_flag_about(&vdsnc->report,
								   CCCD_FINDING_date_incomplete, "pid.dob");
			break;
		case CCCD_BIRTH_EMPTY:
		case CCCD_BIRTH_DAY:
			break;
	}
}

/* The number of a dose; some issuers write it as a string. */
static bool
read_number(int dose, bool tolerant, CccdVdsncWork *work, CccdVdsnc *vdsnc,
			int64_t *number)
{
	int			node = cccd_json_member(vdsnc->text, vdsnc->nodes, dose,
										"seq");
	CccdSlice	text = cccd_vdsnc_text(vdsnc, work, dose, "seq");

	if (node == CCCD_JSON_NONE)
	{
		refuse(vdsnc, CCCD_FINDING_schema_required, "vd.seq");
		return false;
	}
	if (text.len == 0)
	{
		if (cccd_json_integer(vdsnc->text, &vdsnc->nodes[node], number) &&
			*number >= 1)
			return true;
		refuse(vdsnc, CCCD_FINDING_schema_range, "vd.seq");
		return false;
	}
	*number = 0;
	for (size_t k = 0; k < text.len; k++)
	{
		if (text.len > 2 || text.ptr[k] < '0' || text.ptr[k] > '9')
		{
			refuse(vdsnc, CCCD_FINDING_schema_type, "vd.seq");
			return false;
		}
		*number = *number * 10 + (text.ptr[k] - '0');
	}
	deviate(vdsnc, tolerant, CCCD_FINDING_schema_type, "vd.seq");
	return *number >= 1;
}

/* The next event, or NULL: more than are looked at. */
static CccdVdsncEvent *
add_event(bool tolerant, CccdVdsnc *vdsnc)
{
	if (vdsnc->event_count == CCCD_VDSNC_EVENTS)
	{
		deviate(vdsnc, tolerant, CCCD_FINDING_schema_entries, "ve");
		return NULL;
	}
	return &vdsnc->events[vdsnc->event_count++];
}

static void
read_dose(int dose, const CccdVdsncEvent *vaccine, bool tolerant,
		  CccdVdsncWork *work, CccdVdsnc *vdsnc)
{
	CccdVdsncEvent *event = add_event(tolerant, vdsnc);
	CccdSlice	date = cccd_vdsnc_text(vdsnc, work, dose, "dvc");
	int32_t		day;

	if (event == NULL)
		return;
	*event = *vaccine;
	event->country = cccd_vdsnc_text(vdsnc, work, dose, "ctr");
	if (!read_number(dose, tolerant, work, vdsnc, &event->number))
		event->number = 0;
	if (date.len == 0)
		refuse(vdsnc, CCCD_FINDING_schema_required, "vd.dvc");
	else if (!cccd_day_parse(date.ptr, date.len, &day))
		refuse(vdsnc, CCCD_FINDING_schema_date, "vd.dvc");
	else
	{
		event->has_time = true;
		/* a day begins in Viet Nam's time */
		event->time = cccd_time_from_day(day);
	}
}

/*
 * The word of a name that rules know: "Pfizer Comirnaty" is Comirnaty.  The
 * whole name where none is.
 */
static CccdSlice
known_word(CccdSlice name)
{
	size_t		start = 0;

	if (name.len == 0 ||
		cccd_code_find(CCCD_CODES_PRODUCT, name.ptr, name.len) > 0)
		return name;
	for (size_t k = 0; k <= name.len; k++)
	{
		CccdSlice	word = {name.ptr + start, k - start};

		if (k < name.len && name.ptr[k] != ' ')
			continue;
		if (word.len > 0 && *word.ptr != '#' &&
			cccd_code_find(CCCD_CODES_PRODUCT, word.ptr, word.len) > 0)
			return word;
		start = k + 1;
	}
	return name;
}

/* One vaccine and its doses. */
static void
read_vaccine(int node, bool tolerant, CccdVdsncWork *work, CccdVdsnc *vdsnc)
{
	CccdVdsncEvent vaccine = {.number = 0};
	CccdSlice	disease = cccd_vdsnc_text(vdsnc, work, node, "dis");
	CccdSlice	kind = cccd_vdsnc_text(vdsnc, work, node, "des");
	int			doses = cccd_json_member(vdsnc->text, vdsnc->nodes, node,
										 "vd");
	int			dose = doses + 1;

	vaccine.disease = disease.len > 0 ? TRANSLATE(disease, diseases) :
		TRANSLATE(kind, vaccines);
	vaccine.product = known_word(cccd_vdsnc_text(vdsnc, work, node, "nam"));
	if (kind.len == 0)
		deviate(vdsnc, tolerant, CCCD_FINDING_schema_required, "ve.des");
	if (doses == CCCD_JSON_NONE ||
		vdsnc->nodes[doses].kind != CCCD_JSON_ARRAY ||
		vdsnc->nodes[doses].count == 0)
	{
		refuse(vdsnc, CCCD_FINDING_schema_required, "ve.vd");
		return;
	}
	for (int k = 0; k < vdsnc->nodes[doses].count; k++)
	{
		read_dose(dose, &vaccine, tolerant, work, vdsnc);
		dose = (int) vdsnc->nodes[dose].next;
	}
}

/* A proof of vaccination: vaccines, each with its doses. */
static void
read_vaccination(bool tolerant, CccdVdsncWork *work, CccdVdsnc *vdsnc)
{
	int			vaccines_node = cccd_json_member(vdsnc->text, vdsnc->nodes,
												 vdsnc->message, "ve");
	int			vaccine = vaccines_node + 1;

	vdsnc->identifier = cccd_vdsnc_text(vdsnc, work, vdsnc->message, "uvci");
	if (vdsnc->identifier.len == 0)
		deviate(vdsnc, tolerant, CCCD_FINDING_schema_required, "uvci");
	if (vaccines_node == CCCD_JSON_NONE ||
		vdsnc->nodes[vaccines_node].kind != CCCD_JSON_ARRAY ||
		vdsnc->nodes[vaccines_node].count == 0)
	{
		refuse(vdsnc, CCCD_FINDING_schema_required, "ve");
		return;
	}
	for (int k = 0; k < vdsnc->nodes[vaccines_node].count; k++)
	{
		read_vaccine(vaccine, tolerant, work, vdsnc);
		vaccine = (int) vdsnc->nodes[vaccine].next;
	}
}

/* A proof of testing: one test, and when its report was issued. */
static void
read_test(bool tolerant, CccdVdsncWork *work, CccdVdsnc *vdsnc)
{
	int			facility = cccd_json_member(vdsnc->text, vdsnc->nodes,
											vdsnc->message, "sp");
	int			dates = cccd_json_member(vdsnc->text, vdsnc->nodes,
										 vdsnc->message, "dat");
	int			test = cccd_json_member(vdsnc->text, vdsnc->nodes,
										vdsnc->message, "tr");
	CccdSlice	sampled = cccd_vdsnc_text(vdsnc, work, dates, "sc");
	CccdSlice	reported = cccd_vdsnc_text(vdsnc, work, dates, "ri");
	CccdVdsncEvent *event = add_event(tolerant, vdsnc);

	if (event == NULL)
		return;
	memset(event, 0, sizeof(*event));
	vdsnc->identifier = cccd_vdsnc_text(vdsnc, work, vdsnc->message, "utci");
	if (vdsnc->identifier.len == 0)
		deviate(vdsnc, tolerant, CCCD_FINDING_schema_required, "utci");
	/* proofs of testing are about COVID-19 and do not say so */
	event->disease = covid19;
	event->country = cccd_vdsnc_text(vdsnc, work, facility, "ctr");
	event->test = TRANSLATE(cccd_vdsnc_text(vdsnc, work, test, "tc"), tests);
	event->result = TRANSLATE(cccd_vdsnc_text(vdsnc, work, test, "r"),
							  results);
	if (event->test.len == 0)
		refuse(vdsnc, CCCD_FINDING_schema_required, "tr.tc");
	if (event->result.len == 0)
		refuse(vdsnc, CCCD_FINDING_schema_required, "tr.r");
	if (sampled.len == 0)
		refuse(vdsnc, CCCD_FINDING_schema_required, "dat.sc");
	else if (!cccd_moment_parse(sampled.ptr, sampled.len, &event->time))
		refuse(vdsnc, CCCD_FINDING_schema_date_time, "dat.sc");
	else
		event->has_time = true;
	vdsnc->has_reported = reported.len > 0 &&
		cccd_moment_parse(reported.ptr, reported.len, &vdsnc->reported);
	if (!vdsnc->has_reported)
		deviate(vdsnc, tolerant, CCCD_FINDING_schema_date_time, "dat.ri");
}

void
cccd_vdsnc_read_message(bool tolerant, CccdVdsncWork *work, CccdVdsnc *vdsnc)
{
	vdsnc->schema = CCCD_STATUS_OK;
	read_person(tolerant, work, vdsnc);
	if (vdsnc->kinds == CCCD_HCERT_VACCINATION)
		read_vaccination(tolerant, work, vdsnc);
	else
		read_test(tolerant, work, vdsnc);
}
