/*
 * cms_check_test.c
 *		Signed messages: each thing that is checked of one, alone, and every form
 *		of signature that counts.
 */
#include "unit.h"

#include "pki.h"
#include "pki/cms_core.h"

static CccdReport report;

/* Whether just this was found, and nothing else; 0: nothing at all. */
static bool
only(int code, bool flag)
{
	return code == 0 ? report.count == 0 :
		report.count == 1 && report.finding[0].code == code &&
		report.finding[0].flag == flag;
}

/* --- versions and lists -------------------------------------------------- */

static CccdCheckStatus
structure(const CccdCms *cms, bool tolerant)
{
	memset(&report, 0, sizeof(report));
	return cccd_cms_check_structure(cms, tolerant, &report);
}

/* A deviation fails where nothing is tolerated, and is a flag elsewhere. */
static void
deviates(const CccdCms *cms, int code)
{
	CHECK(structure(cms, false) ==
		  (code ? CCCD_STATUS_FAILED : CCCD_STATUS_OK) && only(code, false));
	CHECK(structure(cms, true) == CCCD_STATUS_OK && only(code, true));
}

static void
test_structure(void)
{
	static const CccdBytes other = {(const uint8_t *) "\x2A\x03", 2};
	static const CccdBytes data = {(const uint8_t *) CCCD_OID_DATA,
	sizeof(CCCD_OID_DATA) - 1};
	static CccdCms cms;

	cms.digest_count = cms.signer_count = 1;
	cms.digests[0] = cms.signers[0].digest = CCCD_HASH_SHA256;
	cms.signers[0].version = 1;
	for (uint32_t version = 0; version <= 5; version++)
	{
		cms.version = version;
		cms.content_type = other;
		deviates(&cms, version == 3 ? 0 : CCCD_FINDING_sod_version);
		cms.content_type = data;
		deviates(&cms, version == 3 || version == 1 ? 0 :
				 CCCD_FINDING_sod_version);
	}
	cms.version = 3;
	for (int by_key = 0; by_key < 2; by_key++)
		for (uint32_t version = 0; version <= 4; version++)
		{
			cms.signers[0].by_key_id = by_key;
			cms.signers[0].version = version;
			deviates(&cms, version == (by_key ? 3u : 1u) ? 0 :
					 CCCD_FINDING_sod_signer_info_version);
		}
	cms.signers[0].by_key_id = false;
	cms.signers[0].version = 1;
	/* the digest of a signer is announced, somewhere; an unknown one is not */
	cms.digests[0] = CCCD_HASH_SHA384;
	deviates(&cms, CCCD_FINDING_sod_digest_algorithms);
	cms.digest_count = 2;
	cms.digests[1] = CCCD_HASH_SHA256;
	deviates(&cms, 0);
	cms.digest_count = 0;
	deviates(&cms, CCCD_FINDING_sod_digest_algorithms);
	cms.signers[0].digest = CCCD_HASH_UNKNOWN;
	deviates(&cms, 0);
	/* nobody signed, and a second one did; both are looked at */
	cms.signer_count = 0;
	deviates(&cms, 0);
	cms.signer_count = 2;
	cms.signers[1] = cms.signers[0];
	CHECK(structure(&cms, false) == CCCD_STATUS_OK &&
		  only(CCCD_FINDING_sod_multiple_signers, true));
	cms.signers[1].version = 2;
	CHECK(structure(&cms, false) == CCCD_STATUS_FAILED && report.count == 2);
}

/* --- attributes ---------------------------------------------------------- */

static CccdCms message;

static CccdCheckStatus
content(const CccdSignerInfo *signer, bool tolerant)
{
	memset(&report, 0, sizeof(report));
	return cccd_cms_check_content(&message, signer, tolerant, &report);
}

static bool
refuses(const CccdSignerInfo *signer, int code)
{
	return content(signer, true) == CCCD_STATUS_FAILED && only(code, false) &&
		content(signer, false) == CCCD_STATUS_FAILED && only(code, false);
}

static void
test_content(void)
{
	static const uint8_t sha1[] = {
		0xA9, 0x99, 0x3E, 0x36, 0x47, 0x06, 0x81, 0x6A, 0xBA, 0x3E, 0x25,
		0x71, 0x78, 0x50, 0xC2, 0x6C, 0x9C, 0xD0, 0xD8, 0x9D
	};							/* FIPS 180: the hash of "abc" */
	static const CccdBytes type = {(const uint8_t *) "\x2A\x03", 2};
	static const CccdBytes other = {(const uint8_t *) "\x2A\x04", 2};
	CccdSignerInfo good,
				s;

	message.content_type = type;
	message.content = PKI_LITERAL("abc");
	memset(&good, 0, sizeof(good));
	good.has_attributes = true;
	good.content_type_count = good.message_digest_count = 1;
	good.content_type = type;
	good.digest = CCCD_HASH_SHA256;
	good.message_digest = pki_sha256(message.content);
	CHECK(content(&good, false) == CCCD_STATUS_OK && only(0, false));
	good.signing_time_count = 1;
	CHECK(content(&good, false) == CCCD_STATUS_OK && only(0, false));
	s = good;
	s.has_attributes = false;
	CHECK(refuses(&s, CCCD_FINDING_attrs_missing));
	s = good;
	s.signing_time_count = 2;
	CHECK(refuses(&s, CCCD_FINDING_attr_duplicate));
	s = good;
	s.content_type_count = 2;
	CHECK(refuses(&s, CCCD_FINDING_attr_duplicate));
	s.content_type_count = 0;
	CHECK(refuses(&s, CCCD_FINDING_attr_content_type_missing));
	s = good;
	s.message_digest_count = 2;
	CHECK(refuses(&s, CCCD_FINDING_attr_duplicate));
	s.message_digest_count = 0;
	CHECK(refuses(&s, CCCD_FINDING_attr_message_digest_missing));
	s = good;
	s.content_type = other;
	CHECK(refuses(&s, CCCD_FINDING_attr_content_type_mismatch));
	for (int by = -1; by <= 1; by += 2)
	{
		s = good;
		s.message_digest.length = (size_t) ((int) s.message_digest.length + by);
		CHECK(refuses(&s, CCCD_FINDING_message_digest_length));
	}
	for (int at = 0; at < CCCD_SHA256_SIZE; at++)
	{
		s = good;
		s.message_digest = pki_bytes(good.message_digest.data,
									 CCCD_SHA256_SIZE);
		((uint8_t *) s.message_digest.data)[at] ^= 1;
		CHECK(refuses(&s, CCCD_FINDING_message_digest_mismatch));
	}
	/* a hash that is not known accuses nobody */
	s = good;
	s.digest = CCCD_HASH_UNKNOWN;
	CHECK(content(&s, true) == CCCD_STATUS_UNDETERMINED &&
		  only(CCCD_FINDING_digest_unsupported, false));
	s.digest = CCCD_HASH_SHA1;
	s.message_digest = pki_bytes(sha1, sizeof(sha1));
	CHECK(content(&s, true) == CCCD_STATUS_OK &&
		  only(CCCD_FINDING_weak_algorithm, true));
	CHECK(content(&s, false) == CCCD_STATUS_FAILED &&
		  only(CCCD_FINDING_weak_algorithm, false));
}

/* --- signatures ---------------------------------------------------------- */

typedef struct Signer
{
	EVP_PKEY   *pkey;
	CccdPublicKey numbers;
	CccdKey    *key;
} Signer;

static void
open_signer(Signer *signer, const char *kind)
{
	CccdBytes	info;
	CccdDerDocument document;
	CccdDer		cursor;

	signer->pkey = pki_key(kind, false);
	info = pki_public_key(signer->pkey);
	cursor = cccd_der_open(&document, info.data, info.length, false);
	CHECK(cccd_public_key_read(&cursor, &signer->numbers));
	signer->key = cccd_key_make(&signer->numbers);
	CHECK(signer->key != NULL);
}

static void
close_signer(Signer *signer)
{
	cccd_key_free(signer->key);
	EVP_PKEY_free(signer->pkey);
}

static CccdCheckStatus
check(const Signer *signer, const CccdSignerInfo *info, bool tolerant)
{
	memset(&report, 0, sizeof(report));
	return cccd_cms_check_signature(info, signer->key, &signer->numbers,
									tolerant, NULL, &report);
}

/* Four attributes in DER's order, one of which begins as another one does. */
static const char *const attributes[] = {
	"\x30\x03\x06\x01\x2A", "\x30\x03\x06\x01\x2B", "\x30\x04\x06\x02\x2A\x01",
	"\x30\x05\x06\x03\x2A\x01\x01"
};
static const int lengths[] = {5, 5, 6, 7};
#define ATTRIBUTES	4

/* A signer of attributes in an order; what is signed has another one. */
static CccdSignerInfo
sign(const Signer *signer, const int *received, const int *signed_order)
{
	CccdSignerInfo info;
	CccdBytes	all[2] = {{NULL, 0}, {NULL, 0}};

	memset(&info, 0, sizeof(info));
	info.has_attributes = info.attributes_sorted = true;
	info.attribute_count = ATTRIBUTES;
	for (int which = 0; which < 2; which++)
	{
		uint8_t    *to = pki_alloc(64);

		all[which].data = to;
		for (int i = 0; i < ATTRIBUTES; i++)
		{
			int			k = which ? signed_order[i] : received[i];

			memcpy(to, attributes[k], (size_t) lengths[k]);
			if (!which)
			{
				info.attributes[i].data = to;
				info.attributes[i].length = (size_t) lengths[k];
				if (k != i)
					info.attributes_sorted = false;
			}
			to += lengths[k];
			all[which].length += (size_t) lengths[k];
		}
	}
	info.attributes_content = all[0];
	info.attributes_head = pki_bytes("\x17", 1);
	CHECK(all[0].length == 0x17);
	info.digest = pki_is_rsa(signer->pkey) ? CCCD_HASH_SHA256 :
		CCCD_HASH_SHA384;
	info.algorithm.scheme = pki_is_rsa(signer->pkey) ? CCCD_SCHEME_RSA :
		CCCD_SCHEME_ECDSA;
	info.algorithm.hash = info.digest;
	info.signature = pki_sign(signer->pkey, PKI_TLV(CCCD_DER_SET, all[1]));
	return info;
}

static const int der[] = {0, 1, 2, 3};

/* Every order: signed as received, or as DER has it; no other one counts. */
static void
test_orders(const Signer *signer)
{
	int			order[ATTRIBUTES];

	for (int n = 0; n < 256; n++)
	{
		CccdSignerInfo info;
		bool		sorted = n == 0xE4;

		for (int i = 0; i < ATTRIBUTES; i++)
			order[i] = n >> (2 * i) & 3;
		if ((1 << order[0] | 1 << order[1] | 1 << order[2] | 1 << order[3]) != 15)
			continue;
		info = sign(signer, order, order);
		CHECK(check(signer, &info, false) == CCCD_STATUS_OK &&
			  only(sorted ? 0 : CCCD_FINDING_attrs_not_der, true));
		info = sign(signer, order, der);
		CHECK(check(signer, &info, false) == CCCD_STATUS_OK &&
			  only(sorted ? 0 : CCCD_FINDING_attrs_not_der, true));
		if (sorted)
			continue;
		info = sign(signer, der, order);
		CHECK(check(signer, &info, true) == CCCD_STATUS_FAILED &&
			  only(CCCD_FINDING_signature_invalid, false));
	}
	/* an indefinite length is not what was signed */
	{
		CccdSignerInfo info = sign(signer, der, der);

		info.attributes_head = pki_bytes("\x80", 1);
		CHECK(check(signer, &info, true) == CCCD_STATUS_FAILED);
		info.attributes_indefinite = true;
		CHECK(check(signer, &info, false) == CCCD_STATUS_OK &&
			  only(CCCD_FINDING_attrs_not_der, true));
	}
}

/* Which hash: the signature's, the digest's where it is not said or wrong. */
static void
test_hashes(const Signer *signer)
{
	CccdSignerInfo good = sign(signer, der, der),
				s = good;

	s.algorithm.hash = CCCD_HASH_UNKNOWN;
	CHECK(check(signer, &s, false) == CCCD_STATUS_OK && only(0, false));
	s.digest = CCCD_HASH_UNKNOWN;
	CHECK(check(signer, &s, false) == CCCD_STATUS_UNDETERMINED &&
		  only(CCCD_FINDING_digest_unsupported, false));
	s.algorithm.hash = good.digest;
	CHECK(check(signer, &s, false) == CCCD_STATUS_OK && only(0, false));
	s = good;
	s.algorithm.hash = CCCD_HASH_SHA512;
	CHECK(check(signer, &s, false) == CCCD_STATUS_OK &&
		  only(CCCD_FINDING_signature_hash_from_digest_alg, true));
	s.digest = CCCD_HASH_SHA512;
	CHECK(check(signer, &s, false) == CCCD_STATUS_FAILED &&
		  only(CCCD_FINDING_signature_invalid, false));
	s.digest = CCCD_HASH_UNKNOWN;
	CHECK(check(signer, &s, false) == CCCD_STATUS_FAILED &&
		  only(CCCD_FINDING_signature_invalid, false));
}

/* What is said before a signature is looked at. */
static void
test_refused(const Signer *signer, const Signer *other_kind)
{
	CccdSignerInfo good = sign(signer, der, der),
				s = good;
	Signer		changed = *signer;

	s.has_attributes = false;
	CHECK(check(signer, &s, true) == CCCD_STATUS_NOT_PERFORMED &&
		  only(0, false));
	s = good;
	s.algorithm.scheme = CCCD_SCHEME_UNKNOWN;
	CHECK(check(signer, &s, true) == CCCD_STATUS_UNDETERMINED &&
		  only(CCCD_FINDING_signature_algorithm_unsupported, false));
	s = good;
	s.algorithm.params_invalid = true;
	CHECK(check(signer, &s, true) == CCCD_STATUS_FAILED &&
		  only(CCCD_FINDING_signature_params_invalid, false));
	CHECK(check(other_kind, &good, true) == CCCD_STATUS_FAILED &&
		  only(CCCD_FINDING_signature_invalid, false));
	changed.key = NULL;
	CHECK(check(&changed, &good, true) == CCCD_STATUS_FAILED &&
		  only(CCCD_FINDING_ec_point_invalid, false));
	changed.numbers.problem = CCCD_FINDING_key_unsupported;
	CHECK(check(&changed, &good, true) == CCCD_STATUS_UNDETERMINED &&
		  only(CCCD_FINDING_key_unsupported, false));
	changed.key = signer->key;
	changed.numbers.problem = CCCD_FINDING_curve_unknown;
	CHECK(check(&changed, &good, true) == CCCD_STATUS_UNDETERMINED &&
		  only(CCCD_FINDING_curve_unknown, false));
	changed.numbers.problem = CCCD_FINDING_curve_params_nonstandard;
	CHECK(check(&changed, &good, true) == CCCD_STATUS_FAILED &&
		  only(CCCD_FINDING_curve_params_nonstandard, false));
	s = good;
	s.signature = PKI_LITERAL("x");
	CHECK(check(signer, &s, true) == CCCD_STATUS_FAILED &&
		  only(CCCD_FINDING_signature_malformed, false));
	for (int at = 0; at < 0x17; at++)
	{
		s = good;
		s.attributes_content = pki_bytes(good.attributes_content.data, 0x17);
		((uint8_t *) s.attributes_content.data)[at] ^= 1;
		CHECK(check(signer, &s, true) == CCCD_STATUS_FAILED &&
			  only(CCCD_FINDING_signature_invalid, false));
	}
}

/* What of a good signature is said besides. */
static void
test_remarks(const Signer *signer)
{
	CccdSignerInfo s = sign(signer, der, der);
	Signer		changed = *signer;

	s.algorithm.key_oid = true;
	CHECK(check(signer, &s, true) == CCCD_STATUS_OK &&
		  only(CCCD_FINDING_signature_key_oid, true));
	CHECK(check(signer, &s, false) == CCCD_STATUS_FAILED &&
		  only(CCCD_FINDING_signature_key_oid, false));
	s.algorithm.key_oid = false;
	changed.numbers.sign_missing = true;
	CHECK(check(&changed, &s, false) == CCCD_STATUS_OK &&
		  only(CCCD_FINDING_key_sign_missing, true));
	changed.numbers.sign_missing = false;
	changed.numbers.compressed = true;
	CHECK(check(&changed, &s, false) == CCCD_STATUS_OK &&
		  only(CCCD_FINDING_ec_point_compressed, true));
	changed.numbers.compressed = false;
	for (int by = -1; by <= 0; by++)
	{
		changed.numbers.bits = by + (signer->numbers.kind == CCCD_KEY_RSA ?
									 CCCD_RSA_BITS_WEAK : CCCD_CURVE_BITS_WEAK);
		CHECK(check(&changed, &s, false) ==
			  (by < 0 ? CCCD_STATUS_FAILED : CCCD_STATUS_OK) &&
			  only(by < 0 ? CCCD_FINDING_weak_algorithm : 0, false));
		CHECK(check(&changed, &s, true) == CCCD_STATUS_OK &&
			  only(by < 0 ? CCCD_FINDING_weak_algorithm : 0, true));
	}
}

/* r || s, as long as the curve, instead of SEQUENCE { r, s }. */
static void
test_plain(const Signer *ec)
{
	CccdSignerInfo info = sign(ec, der, der);
	size_t		octets = (size_t) ec->numbers.curve->octets;
	uint8_t    *plain = pki_alloc(2 * octets);
	CccdDerDocument document;
	CccdDer		cursor = cccd_der_open(&document, info.signature.data,
									   info.signature.length, false);
	CccdDer		inner;

	CHECK(cccd_der_want_enter(&cursor, CCCD_DER_SEQUENCE, &inner));
	memset(plain, 0, 2 * octets);
	for (int k = 0; k < 2; k++)
	{
		CccdDerItem item;
		CccdBytes	number;

		CHECK(cccd_der_want(&inner, CCCD_DER_INTEGER, &item));
		number = cccd_bytes_strip_zeros(cccd_der_value(&item));
		memcpy(plain + (size_t) (k + 1) * octets - number.length, number.data,
			   number.length);
	}
	info.signature.data = plain;
	info.signature.length = 2 * octets;
	CHECK(check(ec, &info, true) == CCCD_STATUS_OK &&
		  only(CCCD_FINDING_signature_plain_format, true));
	CHECK(check(ec, &info, false) == CCCD_STATUS_FAILED &&
		  only(CCCD_FINDING_signature_plain_format, false));
	plain[2 * octets - 1] ^= 1;
	CHECK(check(ec, &info, true) == CCCD_STATUS_FAILED &&
		  only(CCCD_FINDING_signature_malformed, false));
	/* the plain form is an algorithm of its own as well */
	plain[2 * octets - 1] ^= 1;
	info.algorithm.scheme = CCCD_SCHEME_ECDSA_PLAIN;
	CHECK(check(ec, &info, false) == CCCD_STATUS_OK && only(0, false));
}

/* A DigestInfo without NULL, which is tolerated and no more than that. */
static void
test_no_null(const Signer *rsa)
{
	static const uint8_t head[] = {
		0x30, 0x2F, 0x30, 0x0B, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65,
		0x03, 0x04, 0x02, 0x01, 0x04, 0x20
	};
	CccdSignerInfo info = sign(rsa, der, der);
	CccdBytes	digest = pki_sha256(PKI_TLV(CCCD_DER_SET,
											info.attributes_content));
	CccdBytes	digest_info = pki_wrap(-1, pki_bytes(head, sizeof(head)),
									   digest, PKI_END);
	uint8_t		signature[512];
	size_t		length = sizeof(signature);
	EVP_PKEY_CTX *context = EVP_PKEY_CTX_new(rsa->pkey, NULL);

	CHECK(EVP_PKEY_sign_init(context) == 1 &&
		  EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PADDING) == 1 &&
		  EVP_PKEY_sign(context, signature, &length, digest_info.data,
						digest_info.length) == 1);
	EVP_PKEY_CTX_free(context);
	info.signature = pki_bytes(signature, length);
	CHECK(check(rsa, &info, true) == CCCD_STATUS_OK &&
		  only(CCCD_FINDING_digestinfo_no_null, true));
	CHECK(check(rsa, &info, false) == CCCD_STATUS_FAILED &&
		  only(CCCD_FINDING_signature_invalid, false));
	((uint8_t *) info.attributes_content.data)[0] ^= 1;
	CHECK(check(rsa, &info, true) == CCCD_STATUS_FAILED &&
		  only(CCCD_FINDING_signature_invalid, false));
}

int
main(void)
{
	Signer		rsa,
				ec;

	open_signer(&rsa, "RSA");
	open_signer(&ec, "P-384");
	test_structure();
	test_content();
	for (int k = 0; k < 2; k++)
	{
		const Signer *signer = k ? &ec : &rsa;

		test_orders(signer);
		test_hashes(signer);
		test_refused(signer, k ? &rsa : &ec);
		test_remarks(signer);
	}
	test_plain(&ec);
	test_no_null(&rsa);
	close_signer(&rsa);
	close_signer(&ec);
	return finish();
}
