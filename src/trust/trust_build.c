/*
 * trust_build.c
 *		Making trust values of certificates, lists and other values.
 */
#include "trust/trust_build.h"

#include "miscadmin.h"
#include "mb/pg_wchar.h"
#include "utils/builtins.h"
#include "utils/memutils.h"
#include "utils/timestamp.h"

#include "base/encoding.h"
#include "base/value.h"
#include "pki/country_core.h"
#include "pki/distinguished_name_core.h"
#include "trust/import_text_core.h"
#include "trust/master_list_core.h"
#include "trust/trust.h"

void
cccd_build_init(CccdTrustBuild *build)
{
	cccd_memory_forget();
	build->capacity = 64;
	build->count = 0;
	build->entries = palloc(sizeof(CccdTrustEntry) * build->capacity);
}

void
cccd_build_check(CccdBytes value)
{
	size_t		offset = CCCD_TRUST_HEADER;
	uint32		count = 0;

	if (cccd_trust_header_valid(value))
	{
		CccdTrustEntry entry;

		while (cccd_trust_next(value, &offset, &entry))
			count++;
		if (offset == value.length && count == cccd_trust_count(value))
			return;
	}
	cccd_value_corrupted("cccd_trust");
}

void
cccd_build_add(CccdTrustBuild *build, const CccdTrustEntry *entry)
{
	if (build->count == CCCD_TRUST_ENTRIES)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("trust value would have more than %d entries",
						CCCD_TRUST_ENTRIES)));
	if (build->count == build->capacity)
	{
		build->capacity *= 2;
		build->entries = repalloc(build->entries,
								  sizeof(CccdTrustEntry) * build->capacity);
	}
	build->entries[build->count++] = *entry;
}

void
cccd_build_add_value(CccdTrustBuild *build, bytea *value)
{
	CccdTrustEntry entry;
	CccdBytes	bytes;
	size_t		offset = 0;

	bytes = cccd_build_bytes(value);
	cccd_build_check(bytes);
	while (cccd_trust_next(bytes, &offset, &entry))
		cccd_build_add(build, &entry);
}

static void
breathe(void)
{
	CHECK_FOR_INTERRUPTS();
}

bytea	   *
cccd_build_finish(CccdTrustBuild *build)
{
	bytea	   *value;
	size_t		size;
	CccdX509   *work = MemoryContextAllocHuge(CurrentMemoryContext,
											  sizeof(CccdX509) *
											  Max(build->count, 1));

	build->count = cccd_trust_settle(build->entries, build->count, work,
									 breathe);
	pfree(work);
	cccd_memory_check();
	size = cccd_trust_size(build->entries, build->count);
	if (size > CCCD_TRUST_SIZE)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("trust value would be larger than %d bytes",
						CCCD_TRUST_SIZE)));
	value = palloc(VARHDRSZ + size);
	SET_VARSIZE(value, VARHDRSZ + size);
	if (!cccd_trust_write(build->entries, build->count,
						  (uint8_t *) VARDATA(value)))
		cccd_memory_error();
	return value;
}

CccdBytes
cccd_build_bytes(bytea *value)
{
	CccdBytes	bytes;

	bytes.data = (const uint8_t *) VARDATA_ANY(value);
	bytes.length = VARSIZE_ANY_EXHDR(value);
	return bytes;
}

int
cccd_build_purpose(text *name)
{
	int			purpose = cccd_trust_purpose_by_name(VARDATA_ANY(name),
													 VARSIZE_ANY_EXHDR(name));

	if (purpose == 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("unknown purpose of trust"),
				 errhint(CCCD_TRUST_PURPOSES_HINT)));
	return purpose;
}

int
cccd_build_key_purpose(text *name)
{
	int			purpose = cccd_build_purpose(name);

	if (purpose == CCCD_PURPOSE_CHIP)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("bare keys and hashes do not serve the purpose \"chip\""),
				 errhint("Use cccd_trust_from_certificate() and cccd_trust_from_crl().")));
	return purpose;
}

void
cccd_build_country(text *code, char *country)
{
	if (!cccd_country_has_form(VARDATA_ANY(code), VARSIZE_ANY_EXHDR(code)))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("invalid code of a state"),
				 errdetail("A state has two capital letters.")));
	memcpy(country, VARDATA_ANY(code), CCCD_COUNTRY_SIZE);
}

CccdBytes
cccd_build_issuer(text *url_text)
{
	static const char scheme[] = "https://";
	size_t		size = sizeof(scheme) - 1;
	CccdBytes	issuer;
	CccdSlice	url;

	if (!cccd_to_utf8(VARDATA_ANY(url_text), VARSIZE_ANY_EXHDR(url_text),
					  &url) ||
		url.len <= size || url.len > CCCD_KEY_ISSUER_MAX ||
		memcmp(url.ptr, scheme, size) != 0 || url.ptr[url.len - 1] == '/')
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("issuer is not the URL of an issuer of SMART Health Cards"),
				 errdetail("It begins with \"https://\", does not end in a slash, and has at most %d bytes.",
						   CCCD_KEY_ISSUER_MAX)));
	issuer.data = (const uint8_t *) url.ptr;
	issuer.length = url.len;
	return issuer;
}

static bool
crl_entry(CccdBytes bytes, int purpose, int source, CccdTrustEntry *entry)
{
	CccdCrl		crl;
	CccdDerError error;
	size_t		offset;

	return cccd_crl_read(bytes, &crl, &error, &offset) &&
		cccd_trust_entry_of(bytes, CCCD_TRUST_CRL, purpose, source, entry);
}

/* Add one certificate or revocation list; false if it cannot be read. */
static bool
add_item(CccdTrustBuild *build, CccdImportKind kind, CccdBytes bytes,
		 int purpose, int source)
{
	CccdTrustEntry entry;

	CHECK_FOR_INTERRUPTS();
	if (kind == CCCD_IMPORT_CRL ? !crl_entry(bytes, purpose, source, &entry) :
		!cccd_trust_classify(bytes, purpose, source, &entry))
	{
		cccd_memory_check();
		return false;
	}
	cccd_build_add(build, &entry);
	return true;
}

static void
not_readable(CccdImportKind kind, int number)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
			 kind == CCCD_IMPORT_CRL ?
			 errmsg("invalid certificate revocation list") :
			 errmsg("invalid certificate"),
			 errdetail("Item %d cannot be read.", number)));
}

/* DER of one item, or PEM of any number of certificates and lists. */
static bytea *
build_from_items(bytea *items, text *purpose_name, CccdImportKind wanted)
{
	CccdBytes	bytes = cccd_build_bytes(items);
	int			purpose = cccd_build_purpose(purpose_name);
	CccdTrustBuild build;
	CccdImportReader reader;
	CccdImportKind kind;
	CccdBytes	item;
	uint8_t    *out;

	cccd_build_init(&build);
	if (!cccd_import_is_pem(bytes))
	{
		if (!add_item(&build, wanted, bytes, purpose, CCCD_TRUST_SOURCE_OPERATOR))
			not_readable(wanted, 1);
		return cccd_build_finish(&build);
	}
	out = palloc(bytes.length);
	cccd_import_open(&reader, bytes);
	while (cccd_import_pem_next(&reader, out, &kind, &item))
	{
		if (kind != wanted ||
			!add_item(&build, kind, item, purpose, CCCD_TRUST_SOURCE_OPERATOR))
			not_readable(wanted, build.count + 1);
		out += item.length;
	}
	if (reader.invalid > 0 || build.count == 0)
		not_readable(wanted, build.count + 1);
	return cccd_build_finish(&build);
}

/* A value of certificates in DER or PEM. */
PG_FUNCTION_INFO_V1(cccd_trust_from_certificate);
Datum
cccd_trust_from_certificate(PG_FUNCTION_ARGS)
{
	PG_RETURN_BYTEA_P(build_from_items(PG_GETARG_BYTEA_PP(0),
									   PG_GETARG_TEXT_PP(1),
									   CCCD_IMPORT_CERTIFICATE));
}

/* A value of revocation lists in DER or PEM. */
PG_FUNCTION_INFO_V1(cccd_trust_from_crl);
Datum
cccd_trust_from_crl(PG_FUNCTION_ARGS)
{
	PG_RETURN_BYTEA_P(build_from_items(PG_GETARG_BYTEA_PP(0),
									   PG_GETARG_TEXT_PP(1),
									   CCCD_IMPORT_CRL));
}

/* Signatures tried for the signers of a list, which has one. */
#define MASTER_LIST_ATTEMPTS	64

/* Certificates of a list that are named when they are left out. */
#define MALFORMED_NAMED	10

/* What is wrong with the encoding of something, by CccdDerError. */
static const char *const faults[] = {
	"none", "truncated", "invalid length", "unexpected element",
	"trailing bytes", "invalid value", "limit exceeded"
};

/*
 * Say which certificate of a list was left out: its number from 1, its subject
 * if that can be read, and the fault.
 */
static void
warn_malformed(CccdBytes bytes, int number)
{
	CccdX509	certificate;
	CccdDerError error;
	size_t		offset;
	char		subject[CCCD_DN_TEXT_SIZE] = "";

	if (cccd_x509_read(bytes, &certificate, &error, &offset))
		error = CCCD_DER_OK;
	if (certificate.subject.length > 0)
		cccd_dn_format(certificate.subject, subject);
	if (GetDatabaseEncoding() != PG_UTF8)
	{
		for (char *p = subject; *p != '\0'; p++)
			if (IS_HIGHBIT_SET(*p))
				*p = '?';
	}
	ereport(WARNING,
			(errmsg("certificate %d of the master list was left out", number),
			 subject[0] != '\0' ?
			 errdetail("Its subject is \"%s\"; the fault is at byte %zu: %s.",
					   subject, offset, faults[error]) :
			 errdetail("Its subject cannot be read; the fault is at byte %zu: %s.",
					   offset, faults[error])));
}

/*
 * Add the certificates of a list that can be read; returns how many cannot.
 * One malformed entry loses one entry.
 */
static int
add_certificates(CccdTrustBuild *build, CccdMasterList *list, int source)
{
	CccdBytes	item;
	int			malformed = 0;

	for (int number = 1; cccd_master_list_next(list, &item); number++)
	{
		if (add_item(build, CCCD_IMPORT_CERTIFICATE, item, CCCD_PURPOSE_CHIP,
					 source))
			continue;
		if (malformed++ < MALFORMED_NAMED)
			warn_malformed(item, number);
	}
	if (malformed > MALFORMED_NAMED)
		ereport(WARNING,
				(errmsg("%d more certificates of the master list were left out",
						malformed - MALFORMED_NAMED)));
	return malformed;
}

/*
 * Add the certificates of a list; 0 or the code of what is wrong.  "bytes"
 * must stay where they are.
 */
static int
add_master_list(CccdTrustBuild *build, CccdBytes bytes,
				CccdTrustStore *store, bool has_at, int64 at, int source)
{
	CccdMasterList *list = palloc(sizeof(CccdMasterList));
	CccdReport	report;
	int			first = build->count;
	int			malformed;

	report.count = 0;
	if (source == CCCD_TRUST_SOURCE_RAW_LIST)
		cccd_master_list_read_raw(bytes, list, &report);
	else
	{
		CccdEffort	effort = {MASTER_LIST_ATTEMPTS, false, breathe};
		uint8_t    *scratch;

		if (bytes.length > CCCD_MASTER_LIST_SIZE)
			return CCCD_FINDING_ml_malformed;
		scratch = palloc(Max(bytes.length, 1));
		if (cccd_master_list_read(bytes, scratch, list, &report))
			cccd_master_list_verify(list, store, has_at, at, &effort, &report);
		cccd_memory_check();
	}
	for (; report.count > 0; report.count--)
		if (!report.finding[report.count - 1].flag)
			return report.finding[report.count - 1].code;
	malformed = add_certificates(build, list, source);
	if (list->document.error == CCCD_DER_OK && build->count > first)
		return 0;
	build->count = first;
	return list->document.error == CCCD_DER_OK && malformed > 0 ?
		CCCD_FINDING_certificate_malformed : CCCD_FINDING_ml_malformed;
}

static void
refused_list(int code)
{
	ereport(ERROR,
			(errcode(code == CCCD_FINDING_ml_malformed ?
					 ERRCODE_INVALID_BINARY_REPRESENTATION :
					 ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("master list cannot be accepted"),
			 errdetail("The check says %s.", cccd_finding_name(code)),
			 code == CCCD_FINDING_ml_signing_time_missing ?
			 errhint("Say at which time the signer's certificate must be valid.") :
			 code == CCCD_FINDING_ml_signer_untrusted ?
			 errhint("The trust value given must hold the CSCA that issued the list signer's certificate.") : 0));
}

/* A value of the certificates in a signed master list. */
PG_FUNCTION_INFO_V1(cccd_trust_from_master_list);
Datum
cccd_trust_from_master_list(PG_FUNCTION_ARGS)
{
	CccdTrustArgument anchors;
	CccdTrustBuild build;
	int			code;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		PG_RETURN_NULL();
	cccd_trust_argument_init(&anchors, PG_GETARG_DATUM(1));
	cccd_build_init(&build);
	code = add_master_list(&build, cccd_build_bytes(PG_GETARG_BYTEA_PP(0)),
						   cccd_trust_open(&anchors), !PG_ARGISNULL(2),
						   PG_ARGISNULL(2) ? 0 : PG_GETARG_TIMESTAMPTZ(2),
						   CCCD_TRUST_SOURCE_MASTER_LIST);
	if (code != 0)
		refused_list(code);
	PG_RETURN_BYTEA_P(cccd_build_finish(&build));
}

/* A value of the certificates in a list that nobody signed. */
PG_FUNCTION_INFO_V1(cccd_trust_from_raw_master_list);
Datum
cccd_trust_from_raw_master_list(PG_FUNCTION_ARGS)
{
	CccdTrustBuild build;
	int			code;

	cccd_build_init(&build);
	code = add_master_list(&build, cccd_build_bytes(PG_GETARG_BYTEA_PP(0)),
						   NULL, false, 0, CCCD_TRUST_SOURCE_RAW_LIST);
	if (code != 0)
		refused_list(code);
	PG_RETURN_BYTEA_P(cccd_build_finish(&build));
}

/* What is wrong with an item of an LDIF, in words. */
static const char *
ldif_fault(CccdImportKind kind, CccdBytes item, int code)
{
	CccdX509	certificate;
	CccdCrl		crl;
	CccdDerError error = CCCD_DER_OK;
	size_t		offset = 0;

	if (item.length == 0)
		return "its base64 cannot be read";
	if (code == CCCD_FINDING_certificate_malformed &&
		kind == CCCD_IMPORT_CERTIFICATE)
		(void) cccd_x509_read(item, &certificate, &error, &offset);
	else if (code == CCCD_FINDING_crl_malformed)
		(void) cccd_crl_read(item, &crl, &error, &offset);
	else
		return psprintf("the check says %s", cccd_finding_name(code));
	return psprintf("%s at byte %zu: %s", cccd_finding_name(code), offset,
					faults[error]);
}

/*
 * Say which item of an LDIF was left out: its number from 1, its line, the
 * name of its entry, and the fault.
 */
static void
warn_left_out(const CccdImportReader *reader, int number, const char *fault)
{
	ereport(WARNING,
			(errmsg("item %d of the LDIF was left out", number),
			 reader->name[0] != '\0' ?
			 errdetail("It is in line %d, entry \"%s\"; %s.",
					   reader->item_line, reader->name, fault) :
			 errdetail("It is in line %d; %s.", reader->item_line, fault)));
}

/* Add an item of an LDIF; 0 or the code of what is wrong. */
static int
add_ldif_item(CccdTrustBuild *build, CccdImportKind kind, CccdBytes item,
			  CccdTrustStore *store, bool has_at, int64 at)
{
	if (kind == CCCD_IMPORT_MASTER_LIST)
		return item.length == 0 ? CCCD_FINDING_ml_malformed :
			add_master_list(build, item, store, has_at, at,
							CCCD_TRUST_SOURCE_MASTER_LIST);
	if (add_item(build, kind, item, CCCD_PURPOSE_CHIP, CCCD_TRUST_SOURCE_LDIF))
		return 0;
	return kind == CCCD_IMPORT_CRL ? CCCD_FINDING_crl_malformed :
		CCCD_FINDING_certificate_malformed;
}

/*
 * A value of what an LDIF of the ICAO PKD holds.  Master lists are verified;
 * what cannot be accepted is left out, and a warning names it.
 */
PG_FUNCTION_INFO_V1(cccd_trust_from_ldif);
Datum
cccd_trust_from_ldif(PG_FUNCTION_ARGS)
{
	CccdTrustArgument anchors;
	CccdTrustBuild build;
	CccdTrustStore *store;
	CccdImportReader reader;
	CccdImportKind kind;
	CccdBytes	bytes;
	CccdBytes	item;
	uint8_t    *out;
	int			refused = 0;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		PG_RETURN_NULL();
	bytes = cccd_build_bytes(PG_GETARG_BYTEA_PP(0));
	cccd_trust_argument_init(&anchors, PG_GETARG_DATUM(1));
	store = cccd_trust_open(&anchors);
	cccd_build_init(&build);
	out = palloc(Max(bytes.length, 1));
	cccd_import_open(&reader, bytes);
	for (int number = 1; cccd_import_ldif_next(&reader, out, &kind, &item);
		 number++)
	{
		int			code = add_ldif_item(&build, kind, item, store,
										 !PG_ARGISNULL(2), PG_ARGISNULL(2) ?
										 0 : PG_GETARG_TIMESTAMPTZ(2));

		if (code != 0 && refused++ < MALFORMED_NAMED)
			warn_left_out(&reader, number, ldif_fault(kind, item, code));
		out += item.length;
	}
	if (refused > MALFORMED_NAMED)
		ereport(WARNING,
				(errmsg("%d more items of the LDIF were left out",
						refused - MALFORMED_NAMED)));
	PG_RETURN_BYTEA_P(cccd_build_finish(&build));
}
