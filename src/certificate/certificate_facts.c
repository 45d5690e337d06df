/*
 * certificate_facts.c
 *		Health records from certificates, and whose certificates they are.
 */
#include "certificate/certificate.h"

#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "funcapi.h"
#include "lib/stringinfo.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/date.h"
#include "utils/jsonb.h"
#include "utils/timestamp.h"
#include "utils/tuplestore.h"

#include "base/encoding.h"
#include "certificate/certificate_facts_core.h"
#include "health/health.h"
#include "pki/finding.h"
#include "trust/trust.h"

/* A text argument in UTF-8; absent also if it has no UTF-8 form. */
static CccdSlice
text_argument(FunctionCallInfo fcinfo, int number)
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
is_persons(const CccdCertificate *certificate, const CccdFitPerson *person)
{
	unsigned	against = CCCD_FIT_NO;

	if (person->name.ptr == NULL && person->birth_date == CCCD_NO_DATE &&
		person->document.ptr == NULL)
		return true;
	if (person->name.ptr != NULL)
		against |= CCCD_FIT_NAME_OPEN;
	if (person->birth_date != CCCD_NO_DATE)
		against |= CCCD_FIT_BIRTH_DATE_OPEN;
	return (cccd_certificate_compare(certificate, person) & against) == 0;
}

/* Several certificates that are looked at together. */
typedef struct CertificateSet
{
	CccdSlice  *scans;
	bool	   *nulls;			/* those that have no row */
	int			count;
	bool		verify;			/* there is a trust value */
	CccdTrustArgument trust;
	TimestampTz at;
	CccdHcertPolicy policy;
	CccdFitPerson person;
	CccdFactNames names;
	CccdCertificateEffort effort;
	CccdCertificateFact *facts; /* of those that count */
	int			fact_count;
} CertificateSet;

/*
 * Put a card together whose parts stand in several elements, at the first of
 * them; the others have no row.  A card has as many parts as each of them says:
 * those that say the same number belong together.
 */
static void
join_parts(CertificateSet *set, int first, int parts)
{
	StringInfoData joined;

	initStringInfo(&joined);
	for (int k = first; k < set->count; k++)
	{
		bool		complete;

		if (set->nulls[k] ||
			cccd_shc_part_count(set->scans[k], &complete) != parts ||
			complete)
			continue;
		if (k > first)
		{
			appendStringInfoChar(&joined, ' ');
			set->nulls[k] = true;
		}
		appendBinaryStringInfo(&joined, set->scans[k].ptr,
							   (int) set->scans[k].len);
	}
	set->scans[first].ptr = joined.data;
	set->scans[first].len = joined.len;
}

/* The texts of an array; parts of one card make one text. */
static void
take_scans(ArrayType *array, CertificateSet *set)
{
	Datum	   *elements;

	deconstruct_array(array, TEXTOID, -1, false, TYPALIGN_INT, &elements,
					  &set->nulls, &set->count);
	if (set->count > CCCD_CERTIFICATES_MAX)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("more than %d certificates",
						CCCD_CERTIFICATES_MAX)));
	set->scans = palloc0(sizeof(CccdSlice) * Max(set->count, 1));
	for (int k = 0; k < set->count; k++)
		if (!set->nulls[k])
			set->scans[k] = cccd_certificate_scan(elements[k]);
	for (int k = 0; k < set->count; k++)
	{
		bool		complete;
		int			parts = set->nulls[k] ? 0 :
		cccd_shc_part_count(set->scans[k], &complete);

		if (parts > 1 && !complete)
			join_parts(set, k, parts);
	}
}

/*
 * The arguments scans, trust, at, policy, name, birth_date, value_sets,
 * document_number of a
 * function that is not strict.  Returns false if there is nothing to look at.
 */
static bool
open_set(FunctionCallInfo fcinfo, CertificateSet *set)
{
	if (PG_ARGISNULL(0) || PG_ARGISNULL(3) ||
		(PG_ARGISNULL(2) && !PG_ARGISNULL(1)))
		return false;
	set->policy = cccd_certificate_policy(PG_GETARG_TEXT_PP(3));
	set->verify = !PG_ARGISNULL(1);
	set->at = PG_ARGISNULL(2) ? 0 : PG_GETARG_TIMESTAMPTZ(2);
	if (set->verify)
		cccd_trust_argument_init(&set->trust, PG_GETARG_DATUM(1));
	set->person.name = text_argument(fcinfo, 4);
	set->person.birth_date = date_argument(fcinfo, 5);
	set->person.document = text_argument(fcinfo, 7);
	set->names.find = cccd_fact_find;
	set->names.argument = NULL;
	if (!PG_ARGISNULL(6))
		use_value_sets(PG_GETARG_JSONB_P(6), &set->names);
	take_scans(PG_GETARG_ARRAYTYPE_P(0), set);
	set->effort.keys = CCCD_CERTIFICATE_ATTEMPTS;
	set->effort.lists = CCCD_REVOCATION_ATTEMPTS;
	set->facts = palloc(sizeof(CccdCertificateFact) * CCCD_CERTIFICATE_FACTS);
	set->fact_count = 0;
	return true;
}

/*
 * Read a certificate of the set, and verify it if there is a trust value; the
 * facts of one that counts are added to the set's.
 */
static void
read_one(CertificateSet *set, CccdSlice scan, int number,
		 CccdCertificate *certificate)
{
	int			first = set->fact_count;

	if (set->verify)
		cccd_certificate_judge(scan, &set->trust, set->at, set->policy,
							   &set->effort, certificate);
	else
		cccd_certificate_open(scan, certificate);
	/* of another person's certificate nothing is taken */
	if ((set->verify ? !certificate->valid :
		 certificate->schema != CCCD_STATUS_OK) ||
		!is_persons(certificate, &set->person))
		return;
	set->fact_count = cccd_facts_read(certificate, &set->names, set->verify ?
									  CCCD_SOURCE_CERTIFICATE :
									  CCCD_SOURCE_DECLARED, set->verify,
									  set->facts, first);
	for (int k = first; k < set->fact_count; k++)
		set->facts[k].certificate = number;
}

/* The record of the facts of one certificate of the set, or of all: -1. */
static Datum
record_of(const CertificateSet *set, int number)
{
	CccdEvent  *events = palloc(sizeof(CccdEvent) * Max(set->fact_count, 1));
	int			count = 0;

	for (int k = 0; k < set->fact_count; k++)
		if (number < 0 || set->facts[k].certificate == number)
			events[count++] = set->facts[k].event;
	return cccd_health_from_events(events, count, 0);
}

/*
 * (scans, trust, at, policy, name, birth_date, value_sets, document_number): the record of what
 * a person's certificates say.  Not strict: without a trust value nothing is
 * verified, and what is said is declared.
 */
PG_FUNCTION_INFO_V1(cccd_health_from_certificates);
Datum
cccd_health_from_certificates(PG_FUNCTION_ARGS)
{
	CertificateSet set;

	if (!open_set(fcinfo, &set))
		PG_RETURN_NULL();
	for (int k = 0; k < set.count; k++)
	{
		CccdCertificate certificate;

		if (!set.nulls[k])
			read_one(&set, set.scans[k], k, &certificate);
	}
	return record_of(&set, -1);
}

/* The reasons for which a certificate is not a person's, as text[]. */
static Datum
fit_reasons(unsigned reasons)
{
	Datum		names[CCCD_FIT_REASONS];
	int			count = 0;

	for (int k = 0; k < CCCD_FIT_REASONS; k++)
		if (reasons & (1U << k))
			names[count++] = CStringGetTextDatum(cccd_fit_names[k]);
	return cccd_texts_datum(names, count);
}

/* Columns of a row of cccd_certificates_read, in the order of the OUTs. */
enum
{
	COLUMN_NUMBER,
	COLUMN_FORMAT,
	COLUMN_STATUS,
	COLUMN_VALID,
	COLUMN_KEY_STATUS,
	COLUMN_SIGNATURE_STATUS,
	COLUMN_COUNTRY_STATUS,
	COLUMN_KEY_VALIDITY_STATUS,
	COLUMN_VALIDITY_STATUS,
	COLUMN_REVOCATION_STATUS,
	COLUMN_REASONS,
	COLUMN_FLAGS,
	COLUMN_FITS,
	COLUMN_FIT_REASONS,
	COLUMN_KINDS,
	COLUMN_ISSUER,
	COLUMN_COUNTRY,
	COLUMN_EXPIRES,
	COLUMN_DIGEST,
	COLUMN_IDENTIFIERS,
	COLUMN_SIGNATURE_DIGEST,
	COLUMN_KEY_ID,
	COLUMN_SIGNER_FINGERPRINT,
	COLUMN_SIGNER_COUNTRY,
	COLUMN_FACTS,
	COLUMNS
};

typedef struct ReadRow
{
	Datum		values[COLUMNS];
	bool		nulls[COLUMNS];
} ReadRow;

/* A text; null if there is none, or the database cannot hold it. */
static void
set_text(ReadRow *row, int column, CccdSlice slice)
{
	text	   *value = NULL;

	if (slice.ptr != NULL && memchr(slice.ptr, 0, slice.len) == NULL)
		value = cccd_text_from_utf8_nfc(slice);
	row->nulls[column] = value == NULL;
	row->values[column] = PointerGetDatum(value);
}

/* What an entry says of its country. */
static CccdSlice
entry_country(const CccdCertificate *certificate)
{
	static const CccdSlice none = {NULL, 0};

	return certificate->entry_count > 0 ? certificate->entries[0].country :
		none;
}

/* Bytes, or null where there are none. */
static void
set_bytes(ReadRow *row, int column, const uint8 *data, size_t length)
{
	row->nulls[column] = length == 0;
	if (length > 0)
		row->values[column] = cccd_bytes_datum(data, length);
}

/* What a revocation list names a signature by. */
static void
fill_signature_digest(ReadRow *row, const CccdCertificate *c)
{
	uint8_t		digest[CCCD_HASH_SIZE];
	bool		there = c->signature_part.length > 0;

	if (there && !cccd_hash_bytes(CCCD_HASH_SHA256, c->signature_part, digest))
		cccd_memory_error();
	set_bytes(row, COLUMN_SIGNATURE_DIGEST, digest,
			  there ? CCCD_SHA256_SIZE : 0);
}

/* Whose it is. */
static void
fill_fits(ReadRow *row, unsigned reasons)
{
	row->values[COLUMN_FITS] = BoolGetDatum((reasons & CCCD_FIT_NO) == 0);
	/* what could not be compared is unknown */
	row->nulls[COLUMN_FITS] = (reasons & CCCD_FIT_NO) == 0 &&
		(reasons & CCCD_FIT_OPEN) != 0;
	row->values[COLUMN_FIT_REASONS] = fit_reasons(reasons);
}

/* All columns but the facts, which the other certificates decide, too. */
static void
fill_row(ReadRow *row, const CertificateSet *set, int number,
		 const CccdCertificate *c)
{
	Datum	   *values = row->values;

	memset(row->nulls, 0, sizeof(row->nulls));
	values[COLUMN_NUMBER] = Int32GetDatum(number + 1);
	row->nulls[COLUMN_FORMAT] = c->format == NULL;
	if (c->format != NULL)
		values[COLUMN_FORMAT] = CStringGetTextDatum(c->format);
	values[COLUMN_STATUS] = CStringGetTextDatum(c->status);
	values[COLUMN_VALID] = BoolGetDatum(c->valid);
	values[COLUMN_KEY_STATUS] = cccd_status_datum(c->key);
	values[COLUMN_SIGNATURE_STATUS] = cccd_status_datum(c->signature);
	values[COLUMN_COUNTRY_STATUS] = cccd_status_datum(c->country);
	values[COLUMN_KEY_VALIDITY_STATUS] = cccd_status_datum(c->key_validity);
	values[COLUMN_VALIDITY_STATUS] = cccd_status_datum(c->validity);
	values[COLUMN_REVOCATION_STATUS] = cccd_status_datum(c->revocation);
	values[COLUMN_REASONS] = cccd_findings_datum(&c->report, false);
	values[COLUMN_FLAGS] = cccd_findings_datum(&c->report, true);
	fill_fits(row, cccd_certificate_compare(c, &set->person));
	row->nulls[COLUMN_KINDS] = !c->has_content;
	values[COLUMN_KINDS] = cccd_certificate_kinds(c);
	set_text(row, COLUMN_ISSUER, c->issuer);
	set_text(row, COLUMN_COUNTRY, entry_country(c));
	row->nulls[COLUMN_EXPIRES] = !c->has_expires;
	values[COLUMN_EXPIRES] = TimestampTzGetDatum(c->expires);
	set_bytes(row, COLUMN_DIGEST, c->digest,
			  c->has_digest ? CCCD_SHA256_SIZE : 0);
	row->nulls[COLUMN_IDENTIFIERS] = !c->has_content;
	values[COLUMN_IDENTIFIERS] = cccd_certificate_identifiers(c);
	fill_signature_digest(row, c);
	set_bytes(row, COLUMN_KEY_ID, c->key_id.data, c->key_id.length);
	set_bytes(row, COLUMN_SIGNER_FINGERPRINT, c->signer_fingerprint,
			  c->has_signer ? CCCD_SHA256_SIZE : 0);
	row->nulls[COLUMN_SIGNER_COUNTRY] = c->signer_country[0] == '\0';
	values[COLUMN_SIGNER_COUNTRY] = CStringGetTextDatum(c->signer_country);
}

/*
 * (scans, trust, at, policy, name, birth_date, value_sets, document_number): a row for each
 * certificate with all that a decision needs, each read and verified once.
 */
PG_FUNCTION_INFO_V1(cccd_certificates_read);
Datum
cccd_certificates_read(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	CertificateSet set;
	ReadRow    *rows;

	InitMaterializedSRF(fcinfo, 0);
	if (!open_set(fcinfo, &set))
		return (Datum) 0;
	rows = palloc0(sizeof(ReadRow) * Max(set.count, 1));
	for (int k = 0; k < set.count; k++)
	{
		CccdCertificate one;
		CccdSlice	scan = set.scans[k];

		/* one that was shown twice is read once */
		for (int before = 0; before < k && !set.nulls[k]; before++)
			set.nulls[k] = !set.nulls[before] &&
				set.scans[before].len == scan.len &&
				memcmp(set.scans[before].ptr, scan.ptr, scan.len) == 0;
		if (set.nulls[k])
			continue;
		read_one(&set, scan, k, &one);
		fill_row(&rows[k], &set, k, &one);
	}
	for (int k = 0; k < set.count; k++)
	{
		if (set.nulls[k])
			continue;
		rows[k].values[COLUMN_FACTS] = record_of(&set, k);
		tuplestore_putvalues(result->setResult, result->setDesc,
							 rows[k].values, rows[k].nulls);
	}
	return (Datum) 0;
}

/* (scan, name, birth_date, document_number): is it this person's? */
PG_FUNCTION_INFO_V1(cccd_certificate_fits);
Datum
cccd_certificate_fits(PG_FUNCTION_ARGS)
{
	Datum		values[2];
	bool		nulls[2] = {0};
	CccdCertificate certificate;
	CccdFitPerson person;
	unsigned	reasons;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	cccd_certificate_open(cccd_certificate_scan(PG_GETARG_DATUM(0)),
						  &certificate);
	person.name = text_argument(fcinfo, 1);
	person.birth_date = date_argument(fcinfo, 2);
	person.document = text_argument(fcinfo, 3);
	reasons = cccd_certificate_compare(&certificate, &person);
	values[0] = BoolGetDatum((reasons & CCCD_FIT_NO) == 0);
	/* what could not be compared is unknown */
	nulls[0] = (reasons & CCCD_FIT_NO) == 0 && (reasons & CCCD_FIT_OPEN) != 0;
	values[1] = fit_reasons(reasons);
	return HeapTupleGetDatum(heap_form_tuple(cccd_row_type(fcinfo, 2), values,
											 nulls));
}
