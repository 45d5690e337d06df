/*
 * trust_filter.c
 *		Taking things out of a trust value, and putting a listed entry back.
 */
#include "trust/trust_build.h"

#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"

#include "base/value.h"
#include "pki/country_core.h"
#include "trust/trust.h"

/* Kinds are the most names that an argument can choose from. */
#define NAMES	(CCCD_TRUST_REVOKED + 1)

/* What an entry must be to remain; NULL: anything. */
typedef struct Filter
{
	bool	   *purposes;		/* by number */
	bool	   *kinds;
	bool	   *sources;
	char		(*countries)[4];
	int			country_count;
} Filter;

/* The elements of an array of an argument, none of which may be null. */
static Datum *
elements_argument(FunctionCallInfo fcinfo, int arg, Oid type, int *count)
{
	ArrayType  *array = PG_GETARG_ARRAYTYPE_P(arg);
	Datum	   *elements;

	if (array_contains_nulls(array))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("array must not contain nulls")));
	deconstruct_array(array, type, -1, false, TYPALIGN_INT, &elements, NULL,
					  count);
	return elements;
}

/* The number of a name; an unknown one is refused. */
static int
name_argument(text *name, int (*by_name) (const char *, size_t),
			  const char *what, const char *hint)
{
	int			number = by_name(VARDATA_ANY(name), VARSIZE_ANY_EXHDR(name));

	if (number == 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("unknown %s of trust", what),
				 errhint("%s", hint)));
	return number;
}

/* Names as flags by their numbers, or NULL for an argument that is NULL. */
static bool *
names_argument(FunctionCallInfo fcinfo, int arg,
			   int (*by_name) (const char *, size_t), const char *what,
			   const char *hint)
{
	bool	   *wanted;
	Datum	   *elements;
	int			count;

	if (PG_ARGISNULL(arg))
		return NULL;
	elements = elements_argument(fcinfo, arg, TEXTOID, &count);
	wanted = palloc0(NAMES * sizeof(bool));
	for (int k = 0; k < count; k++)
	{
		int			number = name_argument(DatumGetTextPP(elements[k]),
										   by_name, what, hint);

		wanted[number] = true;
	}
	return wanted;
}

static void
countries_argument(FunctionCallInfo fcinfo, int arg, Filter *filter)
{
	Datum	   *elements;

	if (PG_ARGISNULL(arg))
		return;
	elements = elements_argument(fcinfo, arg, TEXTOID,
								 &filter->country_count);
	filter->countries = palloc0(Max(filter->country_count, 1) *
								sizeof(*filter->countries));
	for (int k = 0; k < filter->country_count; k++)
		cccd_build_country(DatumGetTextPP(elements[k]),
						   filter->countries[k]);
}

static bool
passes(const Filter *filter, const CccdTrustEntry *entry)
{
	char		country[4];

	if ((filter->purposes != NULL && !filter->purposes[entry->purpose]) ||
		(filter->kinds != NULL && !filter->kinds[entry->kind]) ||
		(filter->sources != NULL && !filter->sources[entry->source]))
		return false;
	/* a revocation names no state; to lose it would be to trust more */
	if (filter->countries == NULL || entry->kind == CCCD_TRUST_REVOKED)
		return true;
	cccd_trust_country(entry, country);
	for (int k = 0; k < filter->country_count; k++)
		if (cccd_country_equal(country, filter->countries[k]))
			return true;
	return false;
}

/* (trust, countries, purposes, kinds, sources): what remains of a value. */
PG_FUNCTION_INFO_V1(cccd_trust_filter);
Datum
cccd_trust_filter(PG_FUNCTION_ARGS)
{
	Filter		filter;
	CccdTrustBuild build;
	CccdTrustEntry entry;
	CccdBytes	bytes;
	size_t		offset = 0;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	memset(&filter, 0, sizeof(filter));
	countries_argument(fcinfo, 1, &filter);
	filter.purposes = names_argument(fcinfo, 2, cccd_trust_purpose_by_name,
									 "purpose", CCCD_TRUST_PURPOSES_HINT);
	filter.kinds = names_argument(fcinfo, 3, cccd_trust_kind_by_name, "kind",
								  CCCD_TRUST_KINDS_HINT);
	filter.sources = names_argument(fcinfo, 4, cccd_trust_source_by_name,
									"source", CCCD_TRUST_SOURCES_HINT);
	bytes = cccd_build_bytes(PG_GETARG_BYTEA_PP(0));
	cccd_build_check(bytes);
	cccd_build_init(&build);
	while (cccd_trust_next(bytes, &offset, &entry))
	{
		CHECK_FOR_INTERRUPTS();
		if (passes(&filter, &entry))
			cccd_build_add(&build, &entry);
	}
	PG_RETURN_BYTEA_P(cccd_build_finish(&build));
}

static int
compare_fingerprints(const void *left, const void *right)
{
	return memcmp(left, right, CCCD_SHA256_SIZE);
}

/* The fingerprints of an array, in order. */
static uint8 *
fingerprints_argument(FunctionCallInfo fcinfo, int arg, int *count)
{
	Datum	   *elements = elements_argument(fcinfo, arg, BYTEAOID, count);
	uint8	   *sorted = palloc(Max(*count, 1) * CCCD_SHA256_SIZE);

	for (int k = 0; k < *count; k++)
	{
		CccdBytes	fingerprint = cccd_build_bytes(DatumGetByteaPP(elements[k]));

		if (fingerprint.length != CCCD_SHA256_SIZE)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("fingerprint %d is not a SHA-256", k + 1),
					 errdetail("It has %zu bytes instead of %d.",
							   fingerprint.length, CCCD_SHA256_SIZE)));
		memcpy(sorted + k * CCCD_SHA256_SIZE, fingerprint.data,
			   CCCD_SHA256_SIZE);
	}
	qsort(sorted, *count, CCCD_SHA256_SIZE, compare_fingerprints);
	return sorted;
}

/* Say how many fingerprints name nothing in the value, and one of them. */
static void
report_unused(const uint8 *fingerprints, const bool *used, int count)
{
	const uint8 *first = NULL;
	int			unused = 0;
	char		hex[2 * CCCD_SHA256_SIZE + 1];

	for (int k = 0; k < count; k++)
	{
		const uint8 *fingerprint = fingerprints + k * CCCD_SHA256_SIZE;

		/* of equal ones the search marks any */
		if (used[k] || (k > 0 && compare_fingerprints(fingerprint - CCCD_SHA256_SIZE,
													  fingerprint) == 0))
			continue;
		if (unused++ == 0)
			first = fingerprint;
	}
	if (unused == 0)
		return;
	hex[hex_encode((const char *) first, CCCD_SHA256_SIZE, hex)] = '\0';
	ereport(NOTICE,
			(errmsg("%d fingerprints are not in the trust value", unused),
			 errdetail("One of them is \\x%s.", hex)));
}

/* (trust, fingerprints): a value without these entries. */
PG_FUNCTION_INFO_V1(cccd_trust_without);
Datum
cccd_trust_without(PG_FUNCTION_ARGS)
{
	CccdBytes	bytes = cccd_build_bytes(PG_GETARG_BYTEA_PP(0));
	int			count;
	uint8	   *fingerprints = fingerprints_argument(fcinfo, 1, &count);
	bool	   *used = palloc0(Max(count, 1));
	CccdTrustBuild build;
	CccdTrustEntry entry;
	size_t		offset = 0;

	cccd_build_check(bytes);
	cccd_build_init(&build);
	while (cccd_trust_next(bytes, &offset, &entry))
	{
		uint8	   *found = bsearch(entry.fingerprint, fingerprints, count,
									CCCD_SHA256_SIZE, compare_fingerprints);

		if (found == NULL)
			cccd_build_add(&build, &entry);
		else
		{
			/* mark all that are equal */
			while (found > fingerprints &&
				   compare_fingerprints(found - CCCD_SHA256_SIZE, found) == 0)
				found -= CCCD_SHA256_SIZE;
			used[(found - fingerprints) / CCCD_SHA256_SIZE] = true;
		}
	}
	report_unused(fingerprints, used, count);
	PG_RETURN_BYTEA_P(cccd_build_finish(&build));
}

/* (kind, purpose, source, der): the value of one entry of a listing. */
PG_FUNCTION_INFO_V1(cccd_trust_from_entry);
Datum
cccd_trust_from_entry(PG_FUNCTION_ARGS)
{
	int			kind = name_argument(PG_GETARG_TEXT_PP(0),
									 cccd_trust_kind_by_name, "kind",
									 CCCD_TRUST_KINDS_HINT);
	int			purpose = cccd_build_purpose(PG_GETARG_TEXT_PP(1));
	int			source = name_argument(PG_GETARG_TEXT_PP(2),
									   cccd_trust_source_by_name, "source",
									   CCCD_TRUST_SOURCES_HINT);
	CccdBytes	bytes = cccd_build_bytes(PG_GETARG_BYTEA_PP(3));
	CccdTrustBuild build;
	CccdTrustEntry entry;
	bool		good;

	cccd_build_init(&build);
	/* what a certificate is, it says itself and not the listing */
	if (kind <= CCCD_TRUST_SIGNER)
		good = cccd_trust_classify(bytes, purpose, source, &entry);
	else
		good = cccd_trust_entry_of(bytes, kind, purpose, source, &entry) &&
			cccd_trust_content_valid(&entry);
	cccd_memory_check();
	if (!good)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid entry of a trust value"),
				 errdetail("The bytes are not what kind \"%s\" holds.",
						   cccd_trust_kind_name(kind))));
	cccd_build_add(&build, &entry);
	PG_RETURN_BYTEA_P(cccd_build_finish(&build));
}
