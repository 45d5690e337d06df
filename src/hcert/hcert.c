/*
 * hcert.c
 *		Reading health certificates.
 *
 * A scan never raises an error: what is wrong with it is a reason in its row.
 */
#include "hcert/hcert.h"

#include "access/detoast.h"
#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "funcapi.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/date.h"
#include "utils/timestamp.h"

#include "base/encoding.h"
#include "health/code_core.h"
#include "pki/finding.h"

CccdHcertWork cccd_hcert_work;

CccdSlice
cccd_hcert_scan(Datum argument)
{
	CccdSlice	scan = {"", CCCD_HCERT_TEXT_MAX + 1};
	text	   *value;

	if (toast_raw_datum_size(argument) > CCCD_HCERT_TEXT_MAX + VARHDRSZ)
		return scan;
	value = DatumGetTextPP(argument);
	if (!cccd_to_utf8(VARDATA_ANY(value), VARSIZE_ANY_EXHDR(value), &scan))
	{
		scan.ptr = "\xFF";
		scan.len = 1;
	}
	return scan;
}

CccdHcertPolicy
cccd_hcert_policy(text *name)
{
	int			policy = cccd_hcert_policy_by_name(VARDATA_ANY(name),
												   VARSIZE_ANY_EXHDR(name));

	if (policy < 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("unknown verification policy"),
				 errhint("Policies are \"strict\", \"field\" and \"test\".")));
	return (CccdHcertPolicy) policy;
}

/* Columns of a certificate's row. */
enum
{
	COLUMN_STATUS,
	COLUMN_KINDS,
	COLUMN_ISSUER,
	COLUMN_ISSUED,
	COLUMN_EXPIRES,
	COLUMN_ALGORITHM,
	COLUMN_KEY_ID,
	COLUMN_VERSION,
	COLUMN_NAME,
	COLUMN_STANDARD_NAME,
	COLUMN_BIRTH_DATE,
	COLUMN_BIRTH_FROM,
	COLUMN_BIRTH_TO,
	COLUMN_IDENTIFIERS,
	COLUMN_DISEASE,
	COLUMN_COUNTRY,
	COLUMN_DIGEST,
	COLUMN_REASONS,
	COLUMN_FLAGS,
	COLUMN_CONTENT,
	COLUMNS
};

typedef struct Row
{
	Datum		values[COLUMNS];
	bool		nulls[COLUMNS];
	bool		untranslatable; /* a text that the database cannot hold */
} Row;

static void
set(Row *row, int column, Datum value)
{
	row->values[column] = value;
	row->nulls[column] = false;
}

/* A text in NFC; null where the database cannot hold it. */
static void
set_text(Row *row, int column, CccdSlice slice)
{
	text	   *value = NULL;

	if (slice.ptr == NULL)
		return;
	if (memchr(slice.ptr, 0, slice.len) == NULL)
		value = cccd_text_from_utf8_nfc(slice);
	if (value != NULL)
		set(row, column, PointerGetDatum(value));
	else
		row->untranslatable = true;
}

/* Two parts of a name with something between them. */
static void
set_name(Row *row, int column, const CccdHcert *hcert, int map,
		 const char *family_key, const char *given_key, const char *between)
{
	CccdSlice	family = cccd_hcert_text(hcert, map, family_key);
	CccdSlice	given = cccd_hcert_text(hcert, map, given_key);
	size_t		gap = strlen(between);
	CccdSlice	joined;
	char	   *out;

	if (family.len == 0 || given.len == 0)
	{
		set_text(row, column, family.len > 0 ? family : given);
		return;
	}
	out = palloc(family.len + gap + given.len);
	memcpy(out, family.ptr, family.len);
	memcpy(out + family.len, between, gap);
	memcpy(out + family.len + gap, given.ptr, given.len);
	joined.ptr = out;
	joined.len = family.len + gap + given.len;
	set_text(row, column, joined);
}

Datum
cccd_hcert_kinds(const CccdHcert *hcert)
{
	Datum		names[3];
	int			count = 0;

	for (int kind = CCCD_HCERT_VACCINATION; kind < CCCD_HCERT_KINDS;
		 kind <<= 1)
		if (hcert->kinds & kind)
			names[count++] = CStringGetTextDatum(cccd_hcert_kind_name(kind));
	return cccd_texts_datum(names, count);
}

static void
set_identifiers(Row *row, const CccdHcert *hcert)
{
	Datum		texts[CCCD_HCERT_ENTRIES];
	int			count = 0;

	for (int k = 0; k < hcert->entry_count; k++)
	{
		CccdSlice	slice = cccd_hcert_text(hcert, hcert->entries[k].node,
											"ci");
		text	   *value;

		if (slice.ptr == NULL || memchr(slice.ptr, 0, slice.len) != NULL)
			continue;
		value = cccd_text_from_utf8(slice);
		if (value != NULL)
			texts[count++] = PointerGetDatum(value);
	}
	set(row, COLUMN_IDENTIFIERS,
		cccd_texts_datum(texts, count));
}

/* The rule language's name of a disease, or the code as it came. */
static void
set_disease(Row *row, const CccdHcert *hcert, int entry)
{
	CccdSlice	code = cccd_hcert_text(hcert, entry, "tg");
	char		name[CCCD_CODE_SIZE];
	int			disease;

	if (code.ptr == NULL)
		return;
	disease = *code.ptr == '#' ? -1 :
		cccd_code_find(CCCD_CODES_DISEASE, code.ptr, code.len);
	if (disease > 0)
	{
		code.len = cccd_code_name(CCCD_CODES_DISEASE, disease, name);
		code.ptr = name;
	}
	set_text(row, COLUMN_DISEASE, code);
}

static void
set_content(Row *row, const CccdHcert *hcert)
{
	int			name = cccd_cbor_untag(&hcert->cbor_message,
									   cccd_cbor_find_text(&hcert->cbor_message,
														   hcert->content,
														   "nam"));

	set(row, COLUMN_KINDS, cccd_hcert_kinds(hcert));
	set_text(row, COLUMN_VERSION, cccd_hcert_text(hcert, hcert->content,
												  "ver"));
	set_name(row, COLUMN_NAME, hcert, name, "fn", "gn", " ");
	set_name(row, COLUMN_STANDARD_NAME, hcert, name, "fnt", "gnt", "<<");
	if (hcert->birth.known)
	{
		if (hcert->birth.first == hcert->birth.last)
			set(row, COLUMN_BIRTH_DATE, DateADTGetDatum(hcert->birth.first));
		set(row, COLUMN_BIRTH_FROM, DateADTGetDatum(hcert->birth.first));
		set(row, COLUMN_BIRTH_TO, DateADTGetDatum(hcert->birth.last));
	}
	set_identifiers(row, hcert);
	if (hcert->entry_count > 0)
	{
		set_disease(row, hcert, hcert->entries[0].node);
		set_text(row, COLUMN_COUNTRY,
				 cccd_hcert_text(hcert, hcert->entries[0].node, "co"));
	}
	set(row, COLUMN_CONTENT, cccd_hcert_content(hcert));
}

const char *
cccd_hcert_status(const CccdHcert *hcert)
{
	return hcert->prefix != CCCD_STATUS_OK ? "prefix" :
		hcert->base45 != CCCD_STATUS_OK ? "base45" :
		hcert->inflate != CCCD_STATUS_OK ? "inflate" :
		hcert->cose != CCCD_STATUS_OK ? "cose" :
		hcert->cbor != CCCD_STATUS_OK ? "cbor" :
		hcert->schema != CCCD_STATUS_OK ? "schema" : "ok";
}

/* What a certificate says; nothing of it is verified. */
PG_FUNCTION_INFO_V1(cccd_certificate_decode);
Datum
cccd_certificate_decode(PG_FUNCTION_ARGS)
{
	CccdSlice	scan = cccd_hcert_scan(PG_GETARG_DATUM(0));
	CccdHcert	hcert;
	CccdSlice	issuer;
	Row			row;

	memset(row.nulls, true, sizeof(row.nulls));
	row.untranslatable = false;
	cccd_hcert_read(scan.ptr, scan.len, true, &cccd_hcert_work, &hcert);
	set(&row, COLUMN_STATUS, CStringGetTextDatum(cccd_hcert_status(&hcert)));
	issuer.ptr = (const char *) hcert.issuer.data;
	issuer.len = hcert.issuer.length;
	set_text(&row, COLUMN_ISSUER, issuer);
	if (hcert.has_issued)
		set(&row, COLUMN_ISSUED, TimestampTzGetDatum(hcert.issued));
	if (hcert.has_expires)
		set(&row, COLUMN_EXPIRES, TimestampTzGetDatum(hcert.expires));
	if (hcert.has_algorithm)
	{
		const char *algorithm = cccd_cose_algorithm_name(hcert.algorithm);

		set(&row, COLUMN_ALGORITHM, CStringGetTextDatum(algorithm != NULL ?
														algorithm :
														psprintf(INT64_FORMAT,
																 hcert.algorithm)));
	}
	if (hcert.kid.length > 0)
		set(&row, COLUMN_KEY_ID, cccd_bytes_datum(hcert.kid.data,
												  hcert.kid.length));
	if (hcert.content != CCCD_CBOR_NONE)
		set_content(&row, &hcert);
	if (hcert.payload.data != NULL)
	{
		uint8		digest[CCCD_HASH_SIZE];

		if (!cccd_hcert_digest(&hcert, CCCD_HASH_SHA256, digest))
			cccd_memory_error();
		set(&row, COLUMN_DIGEST, cccd_bytes_datum(digest, CCCD_SHA256_SIZE));
	}
	if (row.untranslatable)
		cccd_report_flag(&hcert.report, CCCD_FINDING_untranslatable);
	set(&row, COLUMN_REASONS, cccd_findings_datum(&hcert.report, false));
	set(&row, COLUMN_FLAGS, cccd_findings_datum(&hcert.report, true));
	return HeapTupleGetDatum(heap_form_tuple(cccd_row_type(fcinfo, COLUMNS),
											 row.values, row.nulls));
}
