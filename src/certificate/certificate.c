/*
 * certificate.c
 *		Reading health certificates.
 *
 * A scan never raises an error: what is wrong with it is a reason in its row.
 */
#include "certificate/certificate.h"

#include "access/detoast.h"
#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/date.h"
#include "utils/timestamp.h"

#include "base/encoding.h"
#include "health/code_core.h"
#include "pki/finding.h"

CccdCertificateWork cccd_certificate_work;

CccdSlice
cccd_certificate_scan(Datum argument)
{
	CccdSlice	scan = {"", CCCD_CERTIFICATE_TEXT_MAX + 1};
	text	   *value;

	if (toast_raw_datum_size(argument) > CCCD_CERTIFICATE_TEXT_MAX + VARHDRSZ)
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
cccd_certificate_policy(text *name)
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

void
cccd_certificate_open(CccdSlice scan, CccdCertificate *certificate)
{
	cccd_certificate_read(scan.ptr, scan.len, NULL, &cccd_certificate_work,
						  certificate);
	if (certificate->out_of_memory)
		cccd_memory_error();
}

void
cccd_certificate_judge(CccdSlice scan, CccdTrustArgument *trust, int64 at,
					   CccdHcertPolicy policy, CccdCertificateEffort *effort,
					   CccdCertificate *certificate)
{
	CccdCertificateCheck check = {.at = at, .policy = policy,
	.effort = effort};

	CHECK_FOR_INTERRUPTS();
	check.store = cccd_trust_open(trust);
	cccd_certificate_read(scan.ptr, scan.len, &check, &cccd_certificate_work,
						  certificate);
	if (certificate->out_of_memory)
		cccd_memory_error();
}

/* Columns of a certificate's row. */
enum
{
	COLUMN_STATUS,
	COLUMN_FORMAT,
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
set_name(Row *row, int column, CccdSlice family, CccdSlice given,
		 const char *between)
{
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
cccd_certificate_kinds(const CccdCertificate *certificate)
{
	Datum		names[3];
	int			count = 0;

	for (int kind = CCCD_HCERT_VACCINATION; kind < CCCD_HCERT_KINDS;
		 kind <<= 1)
		if (certificate->kinds & kind)
			names[count++] = CStringGetTextDatum(cccd_hcert_kind_name(kind));
	return cccd_texts_datum(names, count);
}

/* Whether an earlier entry has the same identifier. */
static bool
has_identifier(const CccdCertificate *certificate, int entry)
{
	CccdSlice	wanted = certificate->entries[entry].identifier;

	for (int k = 0; k < entry; k++)
	{
		CccdSlice	other = certificate->entries[k].identifier;

		if (other.len == wanted.len &&
			memcmp(other.ptr, wanted.ptr, wanted.len) == 0)
			return true;
	}
	return false;
}

Datum
cccd_certificate_identifiers(const CccdCertificate *certificate)
{
	Datum		texts[CCCD_CERTIFICATE_ENTRIES];
	int			count = 0;

	for (int k = 0; k < certificate->entry_count; k++)
	{
		CccdSlice	slice = certificate->entries[k].identifier;
		text	   *value;

		if (slice.len == 0 || memchr(slice.ptr, 0, slice.len) != NULL ||
			has_identifier(certificate, k))
			continue;
		value = cccd_text_from_utf8(slice);
		if (value != NULL)
			texts[count++] = PointerGetDatum(value);
	}
	return cccd_texts_datum(texts, count);
}

/* The rule language's name of a disease, or the code as it came. */
static void
set_disease(Row *row, CccdSlice code)
{
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
set_content(Row *row, const CccdCertificate *certificate)
{
	const CccdCertificateNames *names = &certificate->names;
	const CccdBirth *birth = &certificate->birth;

	set(row, COLUMN_KINDS, cccd_certificate_kinds(certificate));
	set_text(row, COLUMN_VERSION, certificate->version);
	set_name(row, COLUMN_NAME, names->family, names->given, " ");
	set_name(row, COLUMN_STANDARD_NAME, names->standard_family,
			 names->standard_given, "<<");
	if (birth->known)
	{
		if (birth->first == birth->last)
			set(row, COLUMN_BIRTH_DATE, DateADTGetDatum(birth->first));
		set(row, COLUMN_BIRTH_FROM, DateADTGetDatum(birth->first));
		set(row, COLUMN_BIRTH_TO, DateADTGetDatum(birth->last));
	}
	set(row, COLUMN_IDENTIFIERS, cccd_certificate_identifiers(certificate));
	if (certificate->entry_count > 0)
	{
		set_disease(row, certificate->entries[0].disease);
		set_text(row, COLUMN_COUNTRY, certificate->entries[0].country);
	}
	set(row, COLUMN_CONTENT, cccd_certificate_content(certificate));
}

/* What a certificate says; nothing of it is verified. */
PG_FUNCTION_INFO_V1(cccd_certificate_decode);
Datum
cccd_certificate_decode(PG_FUNCTION_ARGS)
{
	CccdSlice	scan = cccd_certificate_scan(PG_GETARG_DATUM(0));
	CccdCertificate certificate;
	Row			row;

	memset(row.nulls, true, sizeof(row.nulls));
	row.untranslatable = false;
	cccd_certificate_open(scan, &certificate);
	set(&row, COLUMN_STATUS, CStringGetTextDatum(certificate.status));
	if (certificate.format != NULL)
		set(&row, COLUMN_FORMAT, CStringGetTextDatum(certificate.format));
	set_text(&row, COLUMN_ISSUER, certificate.issuer);
	if (certificate.has_issued)
		set(&row, COLUMN_ISSUED, TimestampTzGetDatum(certificate.issued));
	if (certificate.has_expires)
		set(&row, COLUMN_EXPIRES, TimestampTzGetDatum(certificate.expires));
	if (certificate.algorithm[0] != '\0')
		set(&row, COLUMN_ALGORITHM,
			CStringGetTextDatum(certificate.algorithm));
	if (certificate.key_id.length > 0)
		set(&row, COLUMN_KEY_ID,
			cccd_bytes_datum(certificate.key_id.data,
							 certificate.key_id.length));
	if (certificate.has_content)
		set_content(&row, &certificate);
	if (certificate.has_digest)
		set(&row, COLUMN_DIGEST, cccd_bytes_datum(certificate.digest,
												  CCCD_SHA256_SIZE));
	if (row.untranslatable)
		cccd_report_flag(&certificate.report, CCCD_FINDING_untranslatable);
	set(&row, COLUMN_REASONS, cccd_findings_datum(&certificate.report, false));
	set(&row, COLUMN_FLAGS, cccd_findings_datum(&certificate.report, true));
	return HeapTupleGetDatum(heap_form_tuple(cccd_row_type(fcinfo, COLUMNS),
											 row.values, row.nulls));
}
