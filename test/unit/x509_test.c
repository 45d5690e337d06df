/*
 * x509_test.c
 *		Certificates that OpenSSL wrote: every parameter of RSA-PSS, the
 *		extensions of Doc 9303-12, a signer without a document, and trust
 *		values in which one certificate comes from several sources.
 */
#include "unit.h"

#include <stdlib.h>

#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include "chip/chip_core.h"
#include "pki/finding_core.h"
#include "pki/signature_core.h"
#include "trust/trust_core.h"

#define AT		INT64_C(848707200000000)	/* 2026-11-23 */

/* How a certificate is made. */
typedef struct Made
{
	const char *subject;
	const char *issuer;
	EVP_PKEY   *key;
	EVP_PKEY   *issuer_key;
	const char *hash;
	const char *mgf_hash;		/* NULL: no PSS */
	int			salt;
	bool		ca;
	const char *types;			/* extension of document types, or NULL */
	const char *period;			/* of the private key, or NULL */
	const char *usage;			/* NULL: what its role needs */
} Made;

static void
extend(X509 *x, int nid, const char *value)
{
	X509_EXTENSION *e = X509V3_EXT_conf_nid(NULL, NULL, nid, value);

	CHECK(e != NULL && X509_add_ext(x, e, -1) == 1);
	X509_EXTENSION_free(e);
}

static void
extend_raw(X509 *x, const char *oid, const unsigned char *bytes, int length,
		   bool critical)
{
	ASN1_OBJECT *object = OBJ_txt2obj(oid, 1);
	ASN1_OCTET_STRING *content = ASN1_OCTET_STRING_new();
	X509_EXTENSION *e;

	ASN1_OCTET_STRING_set(content, bytes, length);
	e = X509_EXTENSION_create_by_OBJ(NULL, object, critical, content);
	CHECK(e != NULL && X509_add_ext(x, e, -1) == 1);
	X509_EXTENSION_free(e);
	ASN1_OCTET_STRING_free(content);
	ASN1_OBJECT_free(object);
}

/* SHA-1 of the key, as RFC 5280 4.2.1.2 suggests, behind some bytes */
static void
extend_key_id(X509 *x, const char *oid, const char *before, EVP_PKEY *key)
{
	unsigned char bytes[30];
	unsigned char *info = NULL;
	int			length = i2d_PUBKEY(key, &info);
	int			start = (int) strlen(before);

	memcpy(bytes, before, (size_t) start);
	EVP_Digest(info, (size_t) length, bytes + start, NULL, EVP_sha1(), NULL);
	extend_raw(x, oid, bytes, start + 20, false);
	OPENSSL_free(info);
}

static X509_NAME *
name_of(const char *common_name)
{
	X509_NAME  *name = X509_NAME_new();

	X509_NAME_add_entry_by_txt(name, "C", MBSTRING_ASC,
							   (const unsigned char *) "VN", -1, -1, 0);
	X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8,
							   (const unsigned char *) common_name, -1, -1, 0);
	return name;
}

/* DER of the certificate; the caller frees it. */
static CccdBytes
make(const Made *m)
{
	X509	   *x = X509_new();
	X509_NAME  *subject = name_of(m->subject);
	X509_NAME  *issuer = name_of(m->issuer);
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	EVP_PKEY_CTX *key_context;
	unsigned char *der = NULL;
	CccdBytes	result;

	X509_set_version(x, 2);
	ASN1_INTEGER_set(X509_get_serialNumber(x), 7);
	ASN1_TIME_set_string(X509_getm_notBefore(x), "20210101000000Z");
	ASN1_TIME_set_string(X509_getm_notAfter(x), "20360101000000Z");
	X509_set_subject_name(x, subject);
	X509_set_issuer_name(x, issuer);
	X509_set_pubkey(x, m->key);
	extend(x, NID_key_usage, m->usage != NULL ? m->usage : m->ca ?
		   "critical,keyCertSign,cRLSign" : "critical,digitalSignature");
	if (m->ca)
		extend(x, NID_basic_constraints, "critical,CA:TRUE,pathlen:0");
	extend_key_id(x, "2.5.29.14", "\x04\x14", m->key);
	extend_key_id(x, "2.5.29.35", "\x30\x16\x80\x14", m->issuer_key);
	if (m->types != NULL)
		extend_raw(x, "2.23.136.1.1.6.2", (const unsigned char *) m->types,
				   2 + m->types[1], false);
	if (m->period != NULL)
		extend_raw(x, "2.5.29.16", (const unsigned char *) m->period,
				   2 + m->period[1], false);
	EVP_DigestSignInit(context, &key_context, EVP_get_digestbyname(m->hash),
					   NULL, m->issuer_key);
	if (m->mgf_hash != NULL)
	{
		EVP_PKEY_CTX_set_rsa_padding(key_context, RSA_PKCS1_PSS_PADDING);
		EVP_PKEY_CTX_set_rsa_mgf1_md(key_context,
									 EVP_get_digestbyname(m->mgf_hash));
		EVP_PKEY_CTX_set_rsa_pss_saltlen(key_context, m->salt);
	}
	CHECK(X509_sign_ctx(x, context) > 0);
	result.length = (size_t) i2d_X509(x, &der);
	result.data = der;
	EVP_MD_CTX_free(context);
	X509_NAME_free(subject);
	X509_NAME_free(issuer);
	X509_free(x);
	return result;
}

static void
release(CccdBytes bytes)
{
	OPENSSL_free((void *) bytes.data);
}

static bool
read_certificate(CccdBytes bytes, CccdX509 *certificate)
{
	CccdDerError error;
	size_t		offset;

	return cccd_x509_read(bytes, certificate, &error, &offset);
}

/* Whether the certificate is signed by the key in the other one. */
static CccdSignatureVerdict
signed_by(const CccdX509 *certificate, const CccdX509 *issuer)
{
	CccdKey    *key = cccd_key_make(&issuer->key);
	CccdSignatureVerdict verdict = cccd_signed_verify(&certificate->signed_part, key,
													  &issuer->key);

	cccd_key_free(key);
	return verdict;
}

static void
test_pss(EVP_PKEY *key)
{
	static const char *const hashes[] = {
		"SHA1", "SHA224", "SHA256", "SHA384", "SHA512"
	};
	Made		plain = {"CSCA", "CSCA", key, key, "SHA256", NULL, 0, true,
	NULL, NULL, NULL};
	CccdBytes	bytes = make(&plain);
	CccdX509	anchor;

	CHECK(read_certificate(bytes, &anchor));
	CHECK(anchor.signed_part.algorithm.scheme == CCCD_SCHEME_RSA);
	CHECK(signed_by(&anchor, &anchor) == CCCD_SIGNATURE_OK);
	for (int h = 0; h < 5; h++)
	{
		for (int g = 0; g < 5; g++)
		{
			static const int salts[] = {0, 20, 32, 64};
			Made		pss = plain;

			pss.hash = hashes[h];
			pss.mgf_hash = hashes[g];
			for (int s = 0; s < 4; s++)
			{
				CccdBytes	der;
				CccdX509	certificate;

				pss.salt = salts[s];
				der = make(&pss);
				CHECK(read_certificate(der, &certificate));
				CHECK(certificate.signed_part.algorithm.scheme == CCCD_SCHEME_PSS);
				CHECK(certificate.signed_part.algorithm.hash == (CccdHashKind) (CCCD_HASH_SHA1 + h));
				CHECK(certificate.signed_part.algorithm.mgf_hash ==
					  (CccdHashKind) (CCCD_HASH_SHA1 + g));
				CHECK(certificate.signed_part.algorithm.salt == salts[s]);
				CHECK(!certificate.signed_part.algorithm.params_invalid);
				CHECK(signed_by(&certificate, &anchor) == CCCD_SIGNATURE_OK);
				/* parameters are part of the claim */
				certificate.signed_part.algorithm.salt++;
				CHECK(signed_by(&certificate, &anchor) ==
					  CCCD_SIGNATURE_INVALID);
				certificate.signed_part.algorithm.salt--;
				certificate.signed_part.algorithm.mgf_hash =
					CCCD_HASH_SHA1 + (g + 1) % 5;
				CHECK(signed_by(&certificate, &anchor) ==
					  CCCD_SIGNATURE_INVALID);
				release(der);
			}
		}
	}
	CHECK_STR(cccd_hash_name(CCCD_HASH_SHA224), "SHA-224");
	CHECK_STR(cccd_scheme_name(CCCD_SCHEME_PSS), "RSA-PSS");
	release(bytes);
}

/* AlgorithmIdentifiers of RSA-PSS that OpenSSL would not write (RFC 4055). */
static void
test_pss_parameters(void)
{
	static const struct
	{
		const char *bytes;
		size_t		length;
		bool		readable;
		bool		valid;
		int			salt;
	}			cases[] = {
#define PSS(rest, length) \
	"\x30" length "\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x01\x0A" rest, \
	sizeof("\x30" length "\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x01\x0A" rest) - 1
		{PSS("\x30\x00", "\x0D"), true, true, 20},
		{PSS("\x30\x05\xA2\x03\x02\x01\x07", "\x12"), true, true, 7},
		{PSS("\x30\x05\xA3\x03\x02\x01\x01", "\x12"), true, true, 20},
		{PSS("\x30\x05\xA3\x03\x02\x01\x00", "\x12"), true, false, 20},
		{PSS("\x30\x05\xA3\x03\x02\x01\x02", "\x12"), true, false, 20},
		/* a salt of nothing, of the longest key, of one octet more */
		{PSS("\x30\x05\xA2\x03\x02\x01\x00", "\x12"), true, true, 0},
		{PSS("\x30\x06\xA2\x04\x02\x02\x04\x00", "\x13"), true, true, 1024},
		{PSS("\x30\x06\xA2\x04\x02\x02\x04\x01", "\x13"), true, false, 20},
		{PSS("\x30\x06\xA2\x04\x02\x02\x7F\xFF", "\x13"), true, false, 20},
		/* SHA-1 of OIW as the hash, and something unknown */
		{PSS("\x30\x0B\xA0\x09\x30\x07\x06\x05\x2B\x0E\x03\x02\x1A", "\x18"),
		true, true, 20},
		{PSS("\x30\x0B\xA0\x09\x30\x07\x06\x05\x2B\x0E\x03\x02\x1B", "\x18"),
		true, false, 20},
		/* a mask generation that is not MGF1 */
		{PSS("\x30\x1A\xA1\x18\x30\x16\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x01\x09"
			 "\x30\x09\x06\x05\x2B\x0E\x03\x02\x1A\x05\x00", "\x27"),
		true, false, 20},
		/* no SEQUENCE, something behind the salt, a negative salt */
		{PSS("\x04\x00", "\x0D"), false, false, 0},
		{PSS("\x30\x08\xA2\x06\x02\x01\x07\x02\x01\x07", "\x15"), false, false, 0},
		{PSS("\x30\x05\xA2\x03\x02\x01\xFF", "\x12"), false, false, 0},
		{PSS("\x30\x05\xA3\x03\x04\x01\x01", "\x12"), false, false, 0},
		{PSS("\x30\x05\xA0\x03\x02\x01\x01", "\x12"), false, false, 0},
		{PSS("\x30\x04\xA1\x02\x05\x00", "\x11"), false, false, 0},
		{PSS("\x30\x02\x05\x00", "\x0F"), false, false, 0}
#undef PSS
	};

	for (size_t k = 0; k < sizeof(cases) / sizeof(cases[0]); k++)
	{
		CccdDerDocument document;
		CccdDer		cursor = cccd_der_open(&document,
										   (const uint8_t *) cases[k].bytes,
										   cases[k].length, false);
		CccdAlgorithm algorithm;
		bool		read = cccd_algorithm_read(&cursor, &algorithm);

		if (read != cases[k].readable)
			fprintf(stderr, "case %zu\n", k);
		CHECK(read == cases[k].readable);
		if (!read)
			continue;
		CHECK(algorithm.scheme == CCCD_SCHEME_PSS);
		CHECK(algorithm.params_invalid != cases[k].valid);
		CHECK(algorithm.salt == cases[k].salt);
	}
}

/* Types, period and usage of a signer (Doc 9303-12, 7.1). */
static void
test_extensions(EVP_PKEY *key)
{
	/* version 0, types "I" and "AC" */
	static const char types[] = "\x30\x0C\x02\x01\x00\x31\x07\x13\x01I\x13\x02" "AC";
	static const char period[] =
	"\x30\x22\x80\x0F" "20260101000000Z" "\x81\x0F" "20260401000000Z";
	static const char no_time[] =
	"\x30\x22\x80\x0F" "20261301000000Z" "\x81\x0F" "20260230000000Z";
	static const char no_types[] = "\x30\x03\x04\x01\x00";
	Made		made = {"DS", "CSCA", key, key, "SHA256", NULL, 0, false,
	types, period, "critical,digitalSignature,decipherOnly"};
	CccdX509	certificate;
	CccdBytes	bytes = make(&made);

	CHECK(read_certificate(bytes, &certificate));
	CHECK(certificate.has_key_period && !certificate.time_invalid);
	CHECK(certificate.key_not_after - certificate.key_not_before ==
		  90 * INT64_C(86400000000));
	CHECK(certificate.key_usage == (CCCD_USAGE_DIGITAL_SIGNATURE | 0x0080));
	CHECK(cccd_x509_allows_document(&certificate, "ID", 2));
	CHECK(cccd_x509_allows_document(&certificate, "AC", 2));
	CHECK(!cccd_x509_allows_document(&certificate, "A<", 2));
	CHECK(!cccd_x509_allows_document(&certificate, "P<", 2));
	release(bytes);

	made.period = no_time;
	made.types = no_types;
	bytes = make(&made);
	CHECK(read_certificate(bytes, &certificate));
	CHECK(certificate.has_key_period && certificate.time_invalid);
	CHECK(!cccd_x509_allows_document(&certificate, "ID", 2));
	release(bytes);
	made.types = NULL;
	made.period = "\x30\x02\x05\x00";
	bytes = make(&made);
	CHECK(!read_certificate(bytes, &certificate));
	release(bytes);
}

static CccdTrustStore *
open_store(void *argument)
{
	return argument;
}

/* A signer's certificate by itself, under one anchor. */
static void
check_signer(CccdBytes anchor, CccdBytes signer, CccdChipPolicy policy,
			 bool trusted, int code)
{
	static CccdChipWork work;
	CccdTrustEntry entry;
	CccdX509	room;
	CccdTrustStore *store;
	CccdChipInput input;
	CccdChipResult result;
	uint8_t    *value;
	void	   *memory;
	CccdBytes	bytes;
	int			count = anchor.length > 0;

	CHECK(count == 0 || cccd_trust_classify(anchor, CCCD_PURPOSE_CHIP,
											CCCD_TRUST_SOURCE_OPERATOR, &entry));
	count = cccd_trust_settle(&entry, count, &room, NULL);
	bytes.length = cccd_trust_size(&entry, count);
	bytes.data = value = malloc(bytes.length);
	CHECK(cccd_trust_write(&entry, count, value) && cccd_trust_valid(bytes));
	memory = malloc(cccd_store_size(bytes));
	CHECK(cccd_store_open(bytes, memory, &store));
	memset(&input, 0, sizeof(input));
	input.sod = signer;
	input.kind = CCCD_SOD_SIGNER;
	input.at = AT;
	input.policy = policy;
	input.trust.digest = store->digest;
	input.trust.open = open_store;
	input.trust.argument = store;
	cccd_chip_verify_signer(&input, &work, &result);
	CHECK(result.trusted == trusted);
	CHECK(code == 0 || cccd_report_has(&result.report, code));
	CHECK(!result.out_of_memory);
	cccd_signer_forget_all();
	cccd_store_close(store);
	free(memory);
	free(value);
}

static void
test_signer(EVP_PKEY *key, EVP_PKEY *signer_key)
{
	Made		csca = {"CSCA", "CSCA", key, key, "SHA256", NULL, 0, true,
	NULL, NULL, NULL};
	Made		ds = {"DS", "CSCA", signer_key, key, "SHA256", "SHA256", 32, false,
	NULL, NULL, NULL};
	CccdBytes	anchor = make(&csca);
	CccdBytes	signer = make(&ds);
	CccdBytes	wrong;

	check_signer(anchor, signer, CCCD_CHIP_POLICY_FIELD, true, 0);
	check_signer(anchor, signer, CCCD_CHIP_POLICY_STRICT, true,
				 CCCD_FINDING_crl_missing);
	wrong = signer;
	wrong.length--;
	check_signer(anchor, wrong, CCCD_CHIP_POLICY_FIELD, false,
				 CCCD_FINDING_dsc_malformed);
	wrong.length = 0;
	check_signer(wrong, signer, CCCD_CHIP_POLICY_FIELD, false, 0);
	check_signer(anchor, anchor, CCCD_CHIP_POLICY_FIELD, false,
				 CCCD_FINDING_dsc_is_ca);
	ds.usage = "critical,keyEncipherment";
	wrong = make(&ds);
	check_signer(anchor, wrong, CCCD_CHIP_POLICY_FIELD, false,
				 CCCD_FINDING_dsc_key_usage);
	release(wrong);
	release(signer);
	release(anchor);
}

/* One certificate from several sources is there once, as the best of them. */
static void
test_sources(EVP_PKEY *key)
{
	Made		csca = {"CSCA", "CSCA", key, key, "SHA256", NULL, 0, true,
	NULL, NULL, NULL};
	CccdBytes	bytes = make(&csca);

	for (int first = CCCD_TRUST_SOURCE_OPERATOR; first <= CCCD_TRUST_SOURCE_RAW_LIST; first++)
	{
		for (int second = CCCD_TRUST_SOURCE_OPERATOR; second <= CCCD_TRUST_SOURCE_RAW_LIST; second++)
		{
			CccdTrustEntry entries[4];
			CccdX509	work[4];
			int			best = first < second ? first : second;

			CHECK(cccd_trust_classify(bytes, CCCD_PURPOSE_CHIP, first, &entries[0]));
			CHECK(cccd_trust_classify(bytes, CCCD_PURPOSE_CHIP, second, &entries[1]));
			CHECK(cccd_trust_classify(bytes, CCCD_PURPOSE_TICKET, second, &entries[2]));
			entries[3] = entries[1];
			entries[3].flags |= CCCD_TRUST_VIA_LINK;
			CHECK(cccd_trust_settle(entries, 4, work, NULL) == 2);
			CHECK(entries[0].purpose == CCCD_PURPOSE_CHIP);
			CHECK(entries[0].source == best);
			CHECK(!(entries[0].flags & CCCD_TRUST_VIA_LINK));
			CHECK(entries[1].purpose == CCCD_PURPOSE_TICKET);
		}
	}
	release(bytes);
}

static void
test_names(void)
{
	CccdReport	report = {0};
	char		text[CCCD_FINDING_SIZE];

	for (int code = 0; code < CCCD_FINDING_COUNT; code++)
	{
		const char *name = cccd_finding_name(code);

		CHECK(name != NULL && strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_") ==
			  strlen(name) && strlen(name) + 14 < CCCD_FINDING_SIZE);
		cccd_report_reason(&report, code);
	}
	/* what does not fit is left out */
	CHECK(report.count == CCCD_FINDINGS);
	report.count = 0;
	cccd_report_flag_of(&report, CCCD_FINDING_crl_malformed, -7);
	cccd_report_flag(&report, CCCD_FINDING_ml_version);
	CHECK(cccd_finding_format(&report.finding[0], text) == strlen(text));
	CHECK_STR(text, "crl_malformed(-7)");
	CHECK(cccd_finding_format(&report.finding[1], text) == strlen(text));
	CHECK_STR(text, "ml_version");
	CHECK_STR(cccd_status_name(CCCD_STATUS_NOT_PERFORMED), "not_performed");
	CHECK_STR(cccd_status_name(CCCD_STATUS_FAILED), "failed");
	CHECK_STR(cccd_trust_kind_name(CCCD_TRUST_LINK), "link");
	CHECK_STR(cccd_trust_source_name(CCCD_TRUST_SOURCE_RAW_LIST), "raw_list");
	for (int purpose = CCCD_PURPOSE_CHIP; purpose <= CCCD_PURPOSE_TICKET; purpose++)
	{
		const char *name = cccd_trust_purpose_name(purpose);

		CHECK(cccd_trust_purpose_by_name(name, strlen(name)) == purpose);
		CHECK(cccd_trust_purpose_by_name(name, strlen(name) - 1) == 0);
	}
	CHECK(cccd_trust_purpose_by_name("", 0) == 0);
}

int
main(void)
{
	EVP_PKEY   *key = EVP_RSA_gen(2048);
	EVP_PKEY   *signer_key = EVP_EC_gen("P-256");

	test_pss(key);
	test_pss_parameters();
	test_extensions(key);
	test_signer(key, signer_key);
	test_sources(key);
	test_names();
	EVP_PKEY_free(key);
	EVP_PKEY_free(signer_key);
	return finish();
}
