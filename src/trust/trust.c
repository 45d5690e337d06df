/*
 * trust.c
 *		Type cccd_trust: input, output, union, aggregate, listing.
 */
#include "trust/trust.h"

#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "funcapi.h"
#include "lib/stringinfo.h"
#include "libpq/pqformat.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/timestamp.h"
#include "utils/tuplestore.h"

#include "base/value.h"
#include "pki/distinguished_name_core.h"
#include "pki/finding.h"
#include "trust/trust_build.h"

/*
 * Input: \x and hexadecimal digits, as bytea's output.  Everything a value
 * promises is checked, its digest included.
 */
PG_FUNCTION_INFO_V1(cccd_trust_in);
Datum
cccd_trust_in(PG_FUNCTION_ARGS)
{
	char	   *out = PG_GETARG_CSTRING(0);
	size_t		length = strlen(out);
	bytea	   *value;
	CccdBytes	bytes;

	if (length < 2 || out[0] != '\\' || out[1] != 'x' || length % 2 != 0 ||
		length / 2 > CCCD_TRUST_SIZE)
		ereturn(fcinfo->context, (Datum) 0,
				(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("invalid input syntax for type %s", "cccd_trust"),
				 errdetail("A trust value is \"\\x\" and an even number of hexadecimal digits.")));
	value = palloc(VARHDRSZ + length / 2);
	SET_VARSIZE(value, VARHDRSZ + length / 2 - 1);
	for (size_t k = 2; k < length; k += 2)
	{
		int			digits[2];

		for (int n = 0; n < 2; n++)
		{
			char		c = out[k + n];

			digits[n] = c >= '0' && c <= '9' ? c - '0' :
				c >= 'a' && c <= 'f' ? c - 'a' + 10 :
				c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
			if (digits[n] < 0)
				ereturn(fcinfo->context, (Datum) 0,
						(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
						 errmsg("invalid input syntax for type %s",
								"cccd_trust"),
						 errdetail("Character %zu is not a hexadecimal digit.",
								   k + n + 1)));
		}
		VARDATA(value)[k / 2 - 1] = (char) (digits[0] << 4 | digits[1]);
	}
	bytes.data = (const uint8_t *) VARDATA(value);
	bytes.length = VARSIZE(value) - VARHDRSZ;
	cccd_memory_forget();
	if (!cccd_trust_valid(bytes))
	{
		cccd_memory_check();
		ereturn(fcinfo->context, (Datum) 0,
				(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("invalid input syntax for type %s", "cccd_trust"),
				 errdetail("The value is damaged or was made by another version.")));
	}
	PG_RETURN_BYTEA_P(value);
}

/* Output: \x and hexadecimal digits. */
PG_FUNCTION_INFO_V1(cccd_trust_out);
Datum
cccd_trust_out(PG_FUNCTION_ARGS)
{
	bytea	   *value = PG_GETARG_BYTEA_PP(0);
	size_t		length = VARSIZE_ANY_EXHDR(value);
	char	   *out = palloc(2 * length + 3);

	out[0] = '\\';
	out[1] = 'x';
	hex_encode(VARDATA_ANY(value), length, out + 2);
	out[2 * length + 2] = '\0';
	PG_RETURN_CSTRING(out);
}

/* Binary input: the value's bytes, checked as in text input. */
PG_FUNCTION_INFO_V1(cccd_trust_recv);
Datum
cccd_trust_recv(PG_FUNCTION_ARGS)
{
	StringInfo	buffer = (StringInfo) PG_GETARG_POINTER(0);
	int			length = buffer->len - buffer->cursor;
	bytea	   *value = palloc(VARHDRSZ + length);
	CccdBytes	bytes;

	SET_VARSIZE(value, VARHDRSZ + length);
	pq_copymsgbytes(buffer, VARDATA(value), length);
	bytes.data = (const uint8_t *) VARDATA(value);
	bytes.length = length;
	cccd_memory_forget();
	if (!cccd_trust_valid(bytes))
	{
		cccd_memory_check();
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid external \"%s\" value", "cccd_trust")));
	}
	PG_RETURN_BYTEA_P(value);
}

/* Binary output: the value's bytes. */
PG_FUNCTION_INFO_V1(cccd_trust_send);
Datum
cccd_trust_send(PG_FUNCTION_ARGS)
{
	PG_RETURN_BYTEA_P(PG_GETARG_BYTEA_P_COPY(0));
}

/* The digest that identifies a value. */
PG_FUNCTION_INFO_V1(cccd_trust_digest);
Datum
cccd_trust_digest(PG_FUNCTION_ARGS)
{
	CccdTrustArgument argument;
	bytea	   *digest = palloc(VARHDRSZ + CCCD_SHA256_SIZE);

	cccd_trust_argument_init(&argument, PG_GETARG_DATUM(0));
	SET_VARSIZE(digest, VARHDRSZ + CCCD_SHA256_SIZE);
	memcpy(VARDATA(digest), argument.digest, CCCD_SHA256_SIZE);
	PG_RETURN_BYTEA_P(digest);
}

/* Implementation of the || operator: what either value holds. */
PG_FUNCTION_INFO_V1(cccd_trust_union);
Datum
cccd_trust_union(PG_FUNCTION_ARGS)
{
	CccdTrustBuild build;

	cccd_build_init(&build);
	cccd_build_add_value(&build, PG_GETARG_BYTEA_PP(0));
	cccd_build_add_value(&build, PG_GETARG_BYTEA_PP(1));
	PG_RETURN_BYTEA_P(cccd_build_finish(&build));
}

/* Transition function of cccd_trust_agg. */
PG_FUNCTION_INFO_V1(cccd_trust_agg_add);
Datum
cccd_trust_agg_add(PG_FUNCTION_ARGS)
{
	MemoryContext context;
	MemoryContext before;
	CccdTrustBuild *build;

	if (!AggCheckCallContext(fcinfo, &context))
		ereport(ERROR,
				(errcode(ERRCODE_WRONG_OBJECT_TYPE),
				 errmsg("transition function called outside an aggregate")));
	before = MemoryContextSwitchTo(context);
	if (PG_ARGISNULL(0))
	{
		build = palloc(sizeof(CccdTrustBuild));
		cccd_build_init(build);
	}
	else
		build = (CccdTrustBuild *) PG_GETARG_POINTER(0);
	if (!PG_ARGISNULL(1))
		cccd_build_add_value(build, PG_GETARG_BYTEA_P_COPY(1));
	MemoryContextSwitchTo(before);
	PG_RETURN_POINTER(build);
}

/* Final function of cccd_trust_agg. */
PG_FUNCTION_INFO_V1(cccd_trust_agg_final);
Datum
cccd_trust_agg_final(PG_FUNCTION_ARGS)
{
	CccdTrustBuild *build;
	CccdTrustBuild copy;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	build = (CccdTrustBuild *) PG_GETARG_POINTER(0);
	/* finishing reorders entries; the state may be asked again */
	copy = *build;
	copy.entries = palloc(sizeof(CccdTrustEntry) * Max(copy.count, 1));
	memcpy(copy.entries, build->entries,
		   sizeof(CccdTrustEntry) * copy.count);
	copy.capacity = Max(copy.count, 1);
	PG_RETURN_BYTEA_P(cccd_build_finish(&copy));
}

/* A name in any database: outside UTF-8 only its ASCII is shown. */
static Datum
name_datum(CccdBytes name)
{
	char		out[CCCD_DN_TEXT_SIZE];
	size_t		length = cccd_dn_format(name, out);

	if (GetDatabaseEncoding() != PG_UTF8)
	{
		for (size_t k = 0; k < length; k++)
			if (IS_HIGHBIT_SET(out[k]))
				out[k] = '?';
	}
	return CStringGetTextDatum(out);
}

static Datum
key_datum(const CccdPublicKey *key)
{
	char		out[64];

	if (key->kind == CCCD_KEY_RSA)
		snprintf(out, sizeof(out), "RSA %d", key->bits);
	else if (key->kind == CCCD_KEY_EC && key->curve != NULL)
		snprintf(out, sizeof(out), "EC %s", key->curve->name);
	else
		snprintf(out, sizeof(out), "unknown");
	return CStringGetTextDatum(out);
}

#define LIST_COLUMNS	16

static void
list_crl(const CccdTrustEntry *entry, Datum *values, bool *nulls)
{
	CccdCrl		crl;
	CccdDerError error;
	size_t		offset;

	if (!cccd_crl_read(entry->bytes, &crl, &error, &offset))
		cccd_value_corrupted("cccd_trust");
	values[4] = name_datum(crl.issuer);
	values[5] = CStringGetTextDatum(crl.issuer_country);
	values[6] = TimestampTzGetDatum(crl.this_update);
	nulls[4] = nulls[5] = nulls[6] = false;
	values[7] = TimestampTzGetDatum(crl.next_update);
	nulls[7] = !crl.has_next_update;
}

static void
list_certificate(const CccdX509 *certificate, Datum *values,
				 bool *nulls)
{
	values[3] = name_datum(certificate->subject);
	values[4] = name_datum(certificate->issuer);
	values[5] = CStringGetTextDatum(certificate->subject_country);
	nulls[3] = nulls[4] = nulls[5] = false;
	values[6] = TimestampTzGetDatum(certificate->not_before);
	values[7] = TimestampTzGetDatum(certificate->not_after);
	nulls[6] = nulls[7] = certificate->time_invalid;
	values[8] = key_datum(&certificate->key);
	nulls[8] = false;
}

/* By which a message names the key, and what the key may sign. */
static void
list_key_id(const CccdListedKey *key, Datum *values, bool *nulls)
{
	static const char *const names[] = {"vaccination", "test", "recovery"};
	CccdBytes	kid = cccd_listed_kid(key);
	Datum		usages[3];
	int			count = 0;

	for (int k = 0; k < 3; k++)
		if (key->usages == 0 || (key->usages & (1 << k)))
			usages[count++] = CStringGetTextDatum(names[k]);
	values[12] = cccd_bytes_datum(kid.data, kid.length);
	values[13] = cccd_texts_datum(usages, count);
	nulls[12] = nulls[13] = false;
}

static void
list_key(const CccdTrustEntry *entry, Datum *values, bool *nulls)
{
	CccdKeyEntry key;
	CccdListedKey listed;

	if (!cccd_key_entry_read(entry->bytes, &key))
		cccd_value_corrupted("cccd_trust");
	cccd_listed_key_from_entry(&listed, &key, entry->fingerprint,
							   entry->purpose);
	if (key.has_certificate)
		list_certificate(&key.certificate, values, nulls);
	values[8] = key_datum(&key.key);
	nulls[8] = false;
	if (listed.country[0] != '\0')
	{
		values[5] = CStringGetTextDatum(listed.country);
		nulls[5] = false;
	}
	list_key_id(&listed, values, nulls);
}

static void
list_revoked(const CccdTrustEntry *entry, Datum *values, bool *nulls)
{
	CccdRevokedEntry revoked;

	if (!cccd_revoked_entry_read(entry->bytes, &revoked))
		cccd_value_corrupted("cccd_trust");
	values[3] = CStringGetTextDatum(cccd_revoked_scope_name(revoked.scope));
	nulls[3] = false;
	if (revoked.kid.length > 0)
	{
		values[12] = cccd_bytes_datum(revoked.kid.data, revoked.kid.length);
		nulls[12] = false;
	}
	values[14] = Int32GetDatum((int32) (revoked.items.length /
										revoked.width));
	nulls[14] = false;
}

/*
 * The columns of an entry in cccd_trust_list; those that do not concern its
 * kind are null.
 */
static void
list_entry(const CccdTrustEntry *entry, Datum *values, bool *nulls)
{
	CccdX509	certificate;
	CccdDerError error;
	size_t		offset;

	memset(nulls, true, LIST_COLUMNS * sizeof(bool));
	values[0] = CStringGetTextDatum(cccd_trust_kind_name(entry->kind));
	values[1] = CStringGetTextDatum(cccd_trust_purpose_name(entry->purpose));
	values[2] = CStringGetTextDatum(cccd_trust_source_name(entry->source));
	nulls[0] = nulls[1] = nulls[2] = false;
	values[9] = cccd_bytes_datum(entry->fingerprint, CCCD_SHA256_SIZE);
	values[10] = BoolGetDatum((entry->flags & CCCD_TRUST_VIA_LINK) != 0);
	values[11] = BoolGetDatum((entry->flags & CCCD_TRUST_PROFILE) == 0);
	nulls[9] = nulls[10] = nulls[11] = false;
	values[15] = cccd_bytes_datum(entry->bytes.data, entry->bytes.length);
	nulls[15] = false;
	switch (entry->kind)
	{
		case CCCD_TRUST_CRL:
			list_crl(entry, values, nulls);
			return;
		case CCCD_TRUST_KEY:
			list_key(entry, values, nulls);
			return;
		case CCCD_TRUST_REVOKED:
			list_revoked(entry, values, nulls);
			return;
	}
	if (!cccd_x509_read(entry->bytes, &certificate, &error, &offset))
		cccd_value_corrupted("cccd_trust");
	list_certificate(&certificate, values, nulls);
	if (entry->kind == CCCD_TRUST_ANCHOR && entry->purpose != CCCD_PURPOSE_CHIP)
	{
		CccdListedKey listed;

		cccd_listed_key_from_certificate(&listed, &certificate,
										 entry->fingerprint, entry->purpose);
		list_key_id(&listed, values, nulls);
	}
}

/* The entries of a value, in its order. */
PG_FUNCTION_INFO_V1(cccd_trust_list);
Datum
cccd_trust_list(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	CccdBytes	bytes = cccd_build_bytes(PG_GETARG_BYTEA_PP(0));
	CccdTrustEntry entry;
	size_t		offset = 0;

	cccd_build_check(bytes);
	InitMaterializedSRF(fcinfo, 0);
	while (cccd_trust_next(bytes, &offset, &entry))
	{
		Datum		values[LIST_COLUMNS];
		bool		nulls[LIST_COLUMNS];

		CHECK_FOR_INTERRUPTS();
		list_entry(&entry, values, nulls);
		tuplestore_putvalues(result->setResult, result->setDesc, values,
							 nulls);
	}
	return (Datum) 0;
}
