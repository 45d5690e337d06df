/*
 * hcert_facts.c
 *		Health records from certificates, and whose certificates they are.
 */
#include "hcert/hcert.h"

#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "funcapi.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/date.h"
#include "utils/jsonb.h"
#include "utils/timestamp.h"

#include "base/encoding.h"
#include "hcert/hcert_facts_core.h"
#include "health/health.h"
#include "pki/finding.h"
#include "trust/trust.h"

/* A text argument in UTF-8; absent also if it has no UTF-8 form. */
static CccdSlice
name_argument(FunctionCallInfo fcinfo, int number)
{
	CccdSlice	slice = {NULL, 0};
	text	   *value;

	if (PG_ARGISNULL(number))
		return slice;
	value = PG_GETARG_TEXT_PP(number);
	if (!cccd_to_utf8(VARDATA_ANY(value), VARSIZE_ANY_EXHDR(value), &slice))
		slice.ptr = NULL;
	return slice;
}

static int32
date_argument(FunctionCallInfo fcinfo, int number)
{
	return PG_ARGISNULL(number) ||
		DATE_NOT_FINITE(PG_GETARG_DATEADT(number)) ? CCCD_NO_DATE :
		PG_GETARG_DATEADT(number);
}

/* The sets that value_sets may translate, as its members are named. */
static const struct
{
	CccdCodeSet set;
	const char *name;
}			value_sets[] = {
	{CCCD_CODES_DISEASE, "disease"}, {CCCD_CODES_PRODUCT, "product"},
	{CCCD_CODES_TEST, "test"}, {CCCD_CODES_RESULT, "result"}
};

static JsonbValue *
member(JsonbContainer *object, const char *name, size_t length)
{
	JsonbValue	key;

	key.type = jbvString;
	key.val.string.val = (char *) name;
	key.val.string.len = (int) length;
	return findJsonbValueFromContainer(object, JB_FOBJECT, &key);
}

/* First what the caller's value sets say, then the names that are known. */
static int
find_in_sets(void *argument, CccdCodeSet set, CccdSlice code)
{
	Jsonb	   *sets = argument;

	for (size_t k = 0; k < lengthof(value_sets); k++)
	{
		JsonbValue *value;

		if (value_sets[k].set != set)
			continue;
		value = member(&sets->root, value_sets[k].name,
					   strlen(value_sets[k].name));
		if (value == NULL || value->type != jbvBinary ||
			!JsonContainerIsObject(value->val.binary.data))
			continue;
		value = member(value->val.binary.data, code.ptr, code.len);
		if (value != NULL && value->type == jbvString)
			return cccd_code_find(set, value->val.string.val,
								  value->val.string.len);
	}
	return cccd_fact_find(NULL, set, code);
}

/* The value sets of an argument, by which names are looked up first. */
static void
use_value_sets(Jsonb *sets, CccdFactNames *names)
{
	if (!JB_ROOT_IS_OBJECT(sets))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("value sets must be an object"),
				 errhint("Its members disease, product, test and result are objects of codes and names.")));
	names->find = find_in_sets;
	names->argument = sets;
}

/* Whether a certificate is this person's, as far as name or date are given. */
static bool
is_persons(const CccdHcert *hcert, CccdSlice name, int32 birth_date)
{
	unsigned	against = CCCD_FIT_NO;

	if (name.ptr == NULL && birth_date == CCCD_NO_DATE)
		return true;
	if (name.ptr != NULL)
		against |= CCCD_FIT_NAME_OPEN;
	if (birth_date != CCCD_NO_DATE)
		against |= CCCD_FIT_BIRTH_DATE_OPEN;
	return (cccd_hcert_fits(hcert, name, birth_date) & against) == 0;
}

/*
 * (scans, trust, at, policy, name, birth_date, value_sets): the record of what
 * a person's certificates say.  Not strict: without a trust value nothing is
 * verified, and what is said is declared.
 */
PG_FUNCTION_INFO_V1(cccd_health_from_certificates);
Datum
cccd_health_from_certificates(PG_FUNCTION_ARGS)
{
	CccdFactNames names = {cccd_fact_find, NULL};
	CccdTrustArgument trust;
	CccdHcertFact *facts;
	CccdEvent  *events;
	CccdSlice	name;
	int32		birth_date;
	Datum	   *scans;
	bool	   *nulls;
	bool		verify;
	CccdHcertPolicy policy;
	int			count;
	int			fact_count = 0;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(3) ||
		(PG_ARGISNULL(2) && !PG_ARGISNULL(1)))
		PG_RETURN_NULL();
	policy = cccd_hcert_policy(PG_GETARG_TEXT_PP(3));
	verify = !PG_ARGISNULL(1);
	if (verify)
		cccd_trust_argument_init(&trust, PG_GETARG_DATUM(1));
	name = name_argument(fcinfo, 4);
	birth_date = date_argument(fcinfo, 5);
	if (!PG_ARGISNULL(6))
		use_value_sets(PG_GETARG_JSONB_P(6), &names);
	deconstruct_array(PG_GETARG_ARRAYTYPE_P(0), TEXTOID, -1, false,
					  TYPALIGN_INT, &scans, &nulls, &count);
	if (count > CCCD_FACT_CERTIFICATES)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("more than %d certificates",
						CCCD_FACT_CERTIFICATES)));
	facts = palloc(sizeof(CccdHcertFact) * CCCD_HCERT_FACTS);
	for (int k = 0; k < count; k++)
	{
		CccdHcertResult result;
		CccdSlice	scan;

		if (nulls[k])
			continue;
		scan = cccd_hcert_scan(scans[k]);
		if (verify)
			cccd_hcert_judge(scan, &trust, PG_GETARG_TIMESTAMPTZ(2),
							 policy, &result);
		else
			cccd_hcert_read(scan.ptr, scan.len, true, &cccd_hcert_work,
							&result.hcert);
		if (verify ? !result.valid :
			result.hcert.schema != CCCD_STATUS_OK)
			continue;
		/* of another person's certificate nothing is taken */
		if (!is_persons(&result.hcert, name, birth_date))
			continue;
		fact_count = cccd_facts_read(&result.hcert, &names, verify ?
									 CCCD_SOURCE_CERTIFICATE :
									 CCCD_SOURCE_DECLARED, verify, facts,
									 fact_count);
	}
	fact_count = cccd_facts_settle(facts, fact_count);
	events = palloc(sizeof(CccdEvent) * Max(fact_count, 1));
	for (int k = 0; k < fact_count; k++)
		events[k] = facts[k].event;
	return cccd_health_from_events(events, fact_count, 0);
}

/* (scan, name, birth_date): is it this person's? */
PG_FUNCTION_INFO_V1(cccd_certificate_fits);
Datum
cccd_certificate_fits(PG_FUNCTION_ARGS)
{
	Datum		names[CCCD_FIT_REASONS];
	Datum		values[2];
	bool		nulls[2] = {0};
	CccdHcert	hcert;
	CccdSlice	scan;
	unsigned	reasons;
	int			count = 0;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	scan = cccd_hcert_scan(PG_GETARG_DATUM(0));
	cccd_hcert_read(scan.ptr, scan.len, true, &cccd_hcert_work, &hcert);
	reasons = hcert.content == CCCD_CBOR_NONE ?
		CCCD_FIT_NAME_MISSING | CCCD_FIT_BIRTH_DATE_MISSING :
		cccd_hcert_fits(&hcert, name_argument(fcinfo, 1),
						date_argument(fcinfo, 2));
	for (int k = 0; k < CCCD_FIT_REASONS; k++)
		if (reasons & (1U << k))
			names[count++] = CStringGetTextDatum(cccd_fit_names[k]);
	values[0] = BoolGetDatum((reasons & CCCD_FIT_NO) == 0);
	/* what could not be compared is unknown */
	nulls[0] = (reasons & CCCD_FIT_NO) == 0 && (reasons & CCCD_FIT_OPEN) != 0;
	values[1] = cccd_texts_datum(names, count);
	return HeapTupleGetDatum(heap_form_tuple(cccd_row_type(fcinfo, 2), values,
											 nulls));
}
