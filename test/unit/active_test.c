/*
 * active_test.c
 *		Active authentication with keys made here: every trailer, both forms
 *		of ISO/IEC 9796-2, curves and hashes, every one-bit change of an
 *		answer, forged messages, and what is missing or malformed.
 */
#include "active_ask.h"

static const struct
{
	const char *hash;
	const char *name;
	uint8_t		trailer;
}			trailers[] =

{
	{"SHA1", "ISO 9796-2 SHA-1 1024", 0xBC},
	{"SHA224", "ISO 9796-2 SHA-224 1024", 0x38},
	{"SHA256", "ISO 9796-2 SHA-256 1024", 0x34},
	{"SHA384", "ISO 9796-2 SHA-384 1024", 0x36},
	{"SHA512", "ISO 9796-2 SHA-512 1024", 0x35}
};

static void
test_rsa(void)
{
	EVP_PKEY   *key = EVP_RSA_gen(1024);
	ActiveBytes dg15;
	ActiveBytes response;
	CccdActiveResult result;
	size_t		k;
	int			complements = 0;

	active_dg15(key, &dg15);
	for (k = 0; k < sizeof(trailers) / sizeof(trailers[0]); k++)
	{
		active_rsa_sign(key, trailers[k].hash, trailers[k].trailer, challenge,
						false, &response);
		result = answer(&dg15, NULL, &response);
		CHECK(is(&result, CCCD_STATUS_OK, CCCD_FINDING_weak_algorithm));
		CHECK_STR(result.algorithm, trailers[k].name);
		CHECK(!cccd_report_has(&result.report, CCCD_FINDING_aa_complement));
		CHECK(survivors(&dg15, NULL, &response) == 0);
		CHECK(other_challenges(&dg15, NULL, &response) == 0);
	}
	/* B.4: one answer in two is the complement */
	for (k = 0; k < 40; k++)
	{
		active_rsa_sign(key, "SHA256", 0x34, challenge, true, &response);
		result = answer(&dg15, NULL, &response);
		CHECK(is(&result, CCCD_STATUS_OK, 0));
		if (!cccd_report_has(&result.report, CCCD_FINDING_aa_complement))
			continue;
		if (complements++ == 0)
			CHECK(survivors(&dg15, NULL, &response) == 0);
	}
	CHECK(complements > 0 && complements < 40);
	EVP_PKEY_free(key);
}

/* Every hash with every trailer: what the trailer says decides nothing. */
static void
test_rsa_trailers(void)
{
	EVP_PKEY   *key = EVP_RSA_gen(1024);
	ActiveBytes dg15;
	ActiveBytes response;

	active_dg15(key, &dg15);
	for (size_t k = 0; k < sizeof(trailers) / sizeof(trailers[0]); k++)
		for (size_t named = 0; named < sizeof(trailers) / sizeof(trailers[0]);
			 named++)
		{
			CccdActiveResult result;

			active_rsa_sign(key, trailers[k].hash, trailers[named].trailer,
							challenge, false, &response);
			result = answer(&dg15, NULL, &response);
			CHECK(result.signature == CCCD_STATUS_OK);
			CHECK_STR(result.algorithm, trailers[k].name);
			CHECK(cccd_report_has(&result.report, CCCD_FINDING_aa_hash_other) ==
				  (k != named));
			CHECK(other_challenges(&dg15, NULL, &response) == 0);
			if (k != named)
				CHECK(survivors(&dg15, NULL, &response) == 0);
		}
	EVP_PKEY_free(key);
}

static int
lowest_nibble(EVP_PKEY *key)
{
	BIGNUM	   *n = NULL;
	int			nibble;

	EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_RSA_N, &n);
	nibble = (int) BN_mod_word(n, 16);
	BN_free(n);
	return nibble;
}

/* What somebody with the key could sign, and nobody may take. */
static void
test_rsa_messages(void)
{
	static const struct
	{
		uint8_t		header;
		uint8_t		trailer;
		size_t		length;		/* of the challenge that is hashed */
		int			code;
	}			cases[] = {
		{0x6A, 0x33, 8, CCCD_FINDING_aa_unknown_trailer},
		{0x6A, 0x31, 8, CCCD_FINDING_aa_unknown_trailer},
		{0x6A, 0xBC, 7, CCCD_FINDING_aa_hash_mismatch},
		{0x6A, 0x36, 7, CCCD_FINDING_aa_hash_mismatch},
		{0x6A, 0x34, 7, CCCD_FINDING_aa_hash_mismatch},
		{0x4A, 0x34, 8, CCCD_FINDING_aa_header},
		{0x6B, 0x34, 8, CCCD_FINDING_aa_header},
		{0x00, 0x34, 8, CCCD_FINDING_aa_header},
		{0x6B, 0x33, 8, CCCD_FINDING_aa_signature_invalid}
	};
	EVP_PKEY   *key = EVP_RSA_gen(2048);
	ActiveBytes dg15;
	ActiveBytes response;
	CccdActiveResult result;
	uint8_t		message[256];
	size_t		k;

	active_dg15(key, &dg15);
	active_rsa_sign(key, "SHA256", 0x34, challenge, false, &response);
	result = answer(&dg15, NULL, &response);
	CHECK(is(&result, CCCD_STATUS_OK, 0));
	CHECK(result.report.count == 0);
	CHECK(survivors(&dg15, NULL, &response) == 0);
	for (k = 0; k < sizeof(cases) / sizeof(cases[0]); k++)
	{
		/* SHA-256 throughout: its length does not fit the trailer BC */
		active_message(sizeof(message), cases[k].header, "SHA256",
					   cases[k].trailer, challenge, cases[k].length, message);
		active_rsa_power(key, message, false, &response);
		result = answer(&dg15, NULL, &response);
		CHECK(is(&result, CCCD_STATUS_FAILED, cases[k].code));
	}
	/* the header one octet further down, behind zeros */
	active_message(sizeof(message) - 1, 0x6A, "SHA256", 0x34, challenge, 8,
				   message + 1);
	message[0] = 0;
	active_rsa_power(key, message, false, &response);
	result = answer(&dg15, NULL, &response);
	CHECK(is(&result, CCCD_STATUS_FAILED, CCCD_FINDING_aa_header));
	/* a message whose last nibble is another's, also taken from the modulus */
	active_message(sizeof(message), 0x6A, "SHA256", 0x34, challenge, 8,
				   message);
	message[255] = lowest_nibble(key) == 9 ? 0xCE : 0xCD;
	active_rsa_power(key, message, false, &response);
	result = answer(&dg15, NULL, &response);
	CHECK(is(&result, CCCD_STATUS_FAILED, CCCD_FINDING_aa_signature_invalid));

	/* lengths and ranges */
	active_rsa_sign(key, "SHA256", 0x34, challenge, false, &response);
	response.length--;
	result = answer(&dg15, NULL, &response);
	CHECK(is(&result, CCCD_STATUS_FAILED, CCCD_FINDING_aa_signature_length));
	response.length += 2;
	result = answer(&dg15, NULL, &response);
	CHECK(is(&result, CCCD_STATUS_FAILED, CCCD_FINDING_aa_signature_length));
	response.length--;
	memset(response.data, 0xFF, response.length);
	result = answer(&dg15, NULL, &response);
	CHECK(is(&result, CCCD_STATUS_FAILED, CCCD_FINDING_aa_signature_invalid));
	memset(response.data, 0, response.length);
	result = answer(&dg15, NULL, &response);
	CHECK(is(&result, CCCD_STATUS_FAILED, CCCD_FINDING_aa_signature_invalid));
	EVP_PKEY_free(key);
}

static void
test_rsa_keys(void)
{
	EVP_PKEY   *small = EVP_RSA_gen(768);
	EVP_PKEY   *odd = EVP_RSA_gen(1025);
	EVP_PKEY   *another = EVP_RSA_gen(1024);
	EVP_PKEY   *key = EVP_RSA_gen(1024);
	ActiveBytes dg15;
	ActiveBytes response;
	CccdActiveResult result;
	size_t		k;
	int			accepted = 0;

	active_dg15(small, &dg15);
	active_rsa_sign(small, "SHA1", 0xBC, challenge, false, &response);
	result = answer(&dg15, NULL, &response);
	CHECK(is(&result, CCCD_STATUS_FAILED, CCCD_FINDING_aa_key_too_small));
	active_dg15(odd, &dg15);
	response.length = 129;
	result = answer(&dg15, NULL, &response);
	CHECK(is(&result, CCCD_STATUS_UNDETERMINED, CCCD_FINDING_key_unsupported));
	/* the answer of another chip */
	active_dg15(another, &dg15);
	active_rsa_sign(key, "SHA256", 0x34, challenge, false, &response);
	result = answer(&dg15, NULL, &response);
	CHECK(result.status == CCCD_STATUS_FAILED);

	/*
	 * A changed DG15 does not take the answer either.  Only the NULL that
	 * rsaEncryption has for parameters says nothing of the key.
	 */
	active_dg15(key, &dg15);
	result = answer(&dg15, NULL, &response);
	CHECK(is(&result, CCCD_STATUS_OK, 0));
	CHECK(dg15.data[19] == 0x05 && dg15.data[20] == 0x00);
	for (k = 0; k < 8 * dg15.length; k++)
	{
		dg15.data[k / 8] ^= (uint8_t) (1 << k % 8);
		result = answer(&dg15, NULL, &response);
		accepted += result.status == CCCD_STATUS_OK &&
			k / 8 != 19 && k / 8 != 20;
		dg15.data[k / 8] ^= (uint8_t) (1 << k % 8);
	}
	CHECK(accepted == 0);
	EVP_PKEY_free(small);
	EVP_PKEY_free(odd);
	EVP_PKEY_free(another);
	EVP_PKEY_free(key);
}

static const struct
{
	const char *group;
	const char *hash;
	uint8_t		number;			/* of ecdsa-plain */
	const char *name;
	int			flag;
	bool		mutate;
}			curves[] =

{
	{"P-192", "SHA224", 2, "ECDSA SHA-224 P-192", CCCD_FINDING_aa_hash_too_long, false},
	{"P-224", "SHA224", 2, "ECDSA SHA-224 P-224", 0, false},
	{"P-256", "SHA256", 3, "ECDSA SHA-256 P-256", 0, true},
	{"P-256", "SHA224", 2, "ECDSA SHA-224 P-256", 0, false},
	{"P-256", "SHA512", 5, "ECDSA SHA-512 P-256", CCCD_FINDING_aa_hash_too_long, false},
	{"P-384", "SHA384", 4, "ECDSA SHA-384 P-384", 0, false},
	{"P-521", "SHA512", 5, "ECDSA SHA-512 P-521", 0, false},
	{"brainpoolP256r1", "SHA256", 3, "ECDSA SHA-256 brainpoolP256r1", 0, true},
	{"brainpoolP320r1", "SHA256", 3, "ECDSA SHA-256 brainpoolP320r1", 0, false},
	{"brainpoolP384r1", "SHA384", 4, "ECDSA SHA-384 brainpoolP384r1", 0, false},
	{"brainpoolP512r1", "SHA512", 5, "ECDSA SHA-512 brainpoolP512r1", 0, false}
};

static void
test_ec(void)
{
	ActiveBytes dg15;
	ActiveBytes dg14;
	ActiveBytes response;
	CccdActiveResult result;
	size_t		k;

	for (k = 0; k < sizeof(curves) / sizeof(curves[0]); k++)
	{
		EVP_PKEY   *key = EVP_EC_gen(curves[k].group);

		active_dg15(key, &dg15);
		active_dg14_plain(curves[k].number, &dg14);
		active_ec_sign(key, curves[k].hash, challenge, true, &response);
		result = answer(&dg15, &dg14, &response);
		CHECK(is(&result, CCCD_STATUS_OK, curves[k].flag));
		CHECK(cccd_report_has(&result.report, CCCD_FINDING_aa_hash_too_long) ==
			  (curves[k].flag == CCCD_FINDING_aa_hash_too_long));
		CHECK_STR(result.algorithm, curves[k].name);
		CHECK(other_challenges(&dg15, &dg14, &response) == 0);
		if (curves[k].mutate)
			CHECK(survivors(&dg15, &dg14, &response) == 0);
		/* without DG14 every hash is tried, also one longer than the curve */
		result = answer(&dg15, NULL, &response);
		CHECK(is(&result, CCCD_STATUS_OK, CCCD_FINDING_aa_hash_from_curve));
		CHECK(cccd_report_has(&result.report, CCCD_FINDING_aa_hash_too_long) ==
			  (curves[k].flag == CCCD_FINDING_aa_hash_too_long));
		CHECK_STR(result.algorithm, curves[k].name);
		CHECK(other_challenges(&dg15, NULL, &response) == 0);
		/* in X9.62's SEQUENCE */
		active_ec_sign(key, curves[k].hash, challenge, false, &response);
		result = answer(&dg15, &dg14, &response);
		CHECK(is(&result, CCCD_STATUS_OK, CCCD_FINDING_aa_sig_der));
		if (curves[k].mutate)
			CHECK(survivors(&dg15, &dg14, &response) == 0);
		EVP_PKEY_free(key);
	}
}

static void
test_dg14(void)
{
	static const uint8_t x962[] = {
		0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x03, 0x02
	};
	static const uint8_t unknown[] = {
		0x06, 0x0A, 0x04, 0x00, 0x7F, 0x00, 0x07, 0x01, 0x01, 0x04, 0x01, 0x06
	};
	static const uint8_t rsa[] = {
		0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x0B
	};
	static const uint8_t other[] = {
		0x6E, 0x14, 0x31, 0x12, 0x30, 0x10, 0x06, 0x0B, 0x04, 0x00, 0x7F,
		0x00, 0x07, 0x02, 0x02, 0x03, 0x02, 0x02, 0x01, 0x02, 0x01, 0x01
	};
	EVP_PKEY   *key = EVP_EC_gen("P-256");
	ActiveBytes dg15;
	ActiveBytes dg14;
	ActiveBytes response;
	CccdActiveResult result;
	size_t		k;
	int			accepted = 0;

	active_dg15(key, &dg15);
	active_ec_sign(key, "SHA256", challenge, true, &response);
	active_dg14(x962, sizeof(x962), &dg14);
	result = answer(&dg15, &dg14, &response);
	CHECK(is(&result, CCCD_STATUS_OK, CCCD_FINDING_aa_algorithm_oid));
	/* algorithms that are not known, or not of this key */
	for (k = 0; k < 2; k++)
	{
		if (k == 0)
			active_dg14(unknown, sizeof(unknown), &dg14);
		else
			active_dg14(rsa, sizeof(rsa), &dg14);
		result = answer(&dg15, &dg14, &response);
		CHECK(is(&result, CCCD_STATUS_OK, CCCD_FINDING_aa_hash_other));
		response.data[5] ^= 1;
		result = answer(&dg15, &dg14, &response);
		CHECK(is(&result, CCCD_STATUS_UNDETERMINED,
				 CCCD_FINDING_aa_hash_unknown));
		response.data[5] ^= 1;
	}
	active_dg14_plain(5, &dg14);
	result = answer(&dg15, &dg14, &response);
	CHECK(is(&result, CCCD_STATUS_OK, CCCD_FINDING_aa_hash_other));
	/* information of another kind alone */
	memcpy(dg14.data, other, sizeof(other));
	dg14.length = sizeof(other);
	result = answer(&dg15, &dg14, &response);
	CHECK(is(&result, CCCD_STATUS_OK, CCCD_FINDING_aa_hash_from_curve));
	/* an identifier as long as one may be, and longer */
	for (uint8_t length = 32; length <= 34; length++)
	{
		uint8_t		oid[36] = {0x06, length, 0x2A};

		for (int k = 3; k < 2 + length; k++)
			oid[k] = 0x01;
		active_dg14(oid, 2 + (size_t) length, &dg14);
		result = answer(&dg15, &dg14, &response);
		if (length > 32)
			CHECK(is(&result, CCCD_STATUS_UNDETERMINED,
					 CCCD_FINDING_dg_malformed));
		else
			CHECK(is(&result, CCCD_STATUS_OK, CCCD_FINDING_aa_hash_other));
	}
	/* a version is a number that is not negative */
	active_dg14_plain(3, &dg14);
	for (size_t at = 0; at + 3 <= dg14.length; at++)
		if (memcmp(dg14.data + at, "\x02\x01\x01", 3) == 0)
			dg14.data[at + 2] = 0xFF;
	result = answer(&dg15, &dg14, &response);
	CHECK(is(&result, CCCD_STATUS_UNDETERMINED, CCCD_FINDING_dg_malformed));
	/* cut short anywhere, it is not read */
	active_dg14_plain(3, &dg14);
	while (dg14.length-- > 0)
	{
		result = answer(&dg15, &dg14, &response);
		CHECK(is(&result, CCCD_STATUS_UNDETERMINED,
				 CCCD_FINDING_dg_malformed));
	}
	/* SHA-1 is not allowed: taken with a flag */
	active_dg14_plain(1, &dg14);
	active_ec_sign(key, "SHA1", challenge, true, &response);
	result = answer(&dg15, &dg14, &response);
	CHECK(is(&result, CCCD_STATUS_OK, CCCD_FINDING_aa_hash_not_allowed));
	/* the key's bytes */
	active_dg14_plain(3, &dg14);
	active_ec_sign(key, "SHA256", challenge, true, &response);
	for (k = 0; k < 8 * dg15.length; k++)
	{
		dg15.data[k / 8] ^= (uint8_t) (1 << k % 8);
		result = answer(&dg15, &dg14, &response);
		accepted += result.status == CCCD_STATUS_OK;
		dg15.data[k / 8] ^= (uint8_t) (1 << k % 8);
	}
	CHECK(accepted == 0);
	EVP_PKEY_free(key);
}

static void
test_rest(void)
{
	EVP_PKEY   *key = EVP_EC_gen("P-256");
	ActiveBytes dg15;
	ActiveBytes dg14;
	ActiveBytes response;
	ActiveBytes longer;
	CccdActiveResult result;
	size_t		length;

	active_dg15(key, &dg15);
	active_dg14_plain(3, &dg14);
	active_ec_sign(key, "SHA256", challenge, true, &response);

	/* a key that nobody vouches for */
	result = answer_to(&dg15, &dg14, challenge, 8, &response, false);
	CHECK(result.signature == CCCD_STATUS_OK);
	CHECK(result.status == CCCD_STATUS_UNDETERMINED);
	CHECK(cccd_report_has(&result.report, CCCD_FINDING_aa_key_untrusted));
	response.data[5] ^= 1;
	result = answer_to(&dg15, &dg14, challenge, 8, &response, false);
	CHECK(is(&result, CCCD_STATUS_FAILED, CCCD_FINDING_aa_key_untrusted));
	response.data[5] ^= 1;

	/* what is not there */
	result = answer_to(NULL, &dg14, challenge, 8, &response, true);
	CHECK(is(&result, CCCD_STATUS_NOT_PERFORMED,
			 CCCD_FINDING_aa_not_supported));
	result = answer_to(&dg15, &dg14, NULL, 0, &response, true);
	CHECK(is(&result, CCCD_STATUS_NOT_PERFORMED,
			 CCCD_FINDING_aa_challenge_missing));
	result = answer_to(&dg15, &dg14, challenge, 8, NULL, true);
	CHECK(is(&result, CCCD_STATUS_NOT_PERFORMED,
			 CCCD_FINDING_aa_response_missing));

	/* challenges of another length */
	for (length = 0; length < 8; length++)
	{
		result = answer_to(&dg15, &dg14, challenge, length, &response, true);
		CHECK(is(&result, CCCD_STATUS_FAILED, CCCD_FINDING_aa_nonce_length));
	}

	/* padding behind DG15, and DG15 cut short */
	longer = dg15;
	longer.data[longer.length++] = 0;
	result = answer(&longer, &dg14, &response);
	CHECK(is(&result, CCCD_STATUS_OK, CCCD_FINDING_dg_trailing));
	for (length = 0; length < dg15.length; length++)
	{
		longer = dg15;
		longer.length = length;
		result = answer(&longer, &dg14, &response);
		CHECK(is(&result, CCCD_STATUS_FAILED, CCCD_FINDING_dg_malformed));
	}
	/* a key without the file around it */
	longer.length = (size_t) (dg15.length - 2);
	memcpy(longer.data, dg15.data + 2, longer.length);
	result = answer(&longer, &dg14, &response);
	CHECK(is(&result, CCCD_STATUS_FAILED, CCCD_FINDING_dg_malformed));
	/* a point off the curve */
	longer = dg15;
	longer.data[longer.length - 1] ^= 1;
	result = answer(&longer, &dg14, &response);
	CHECK(is(&result, CCCD_STATUS_FAILED, CCCD_FINDING_ec_point_invalid));
	/* no numbers at all */
	response.length = 0;
	result = answer(&dg15, &dg14, &response);
	CHECK(is(&result, CCCD_STATUS_FAILED, CCCD_FINDING_aa_signature_length));
	/* r or s of zero */
	response.length = 64;
	memset(response.data, 0, 32);
	result = answer(&dg15, &dg14, &response);
	CHECK(is(&result, CCCD_STATUS_FAILED, CCCD_FINDING_aa_signature_invalid));
	EVP_PKEY_free(key);
	CHECK(cccd_key_count() == 0);
}

int
main(void)
{
	test_rsa();
	test_rsa_trailers();
	test_rsa_messages();
	test_rsa_keys();
	test_ec();
	test_dg14();
	test_rest();
	return finish();
}
