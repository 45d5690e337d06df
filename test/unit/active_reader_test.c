/*
 * active_reader_test.c
 *		Active authentication of chips and readers that deviate: hashes that
 *		DG14 does not name, status bytes behind the answer, a modulus without
 *		its sign octet.
 */
#include "active_ask.h"

/*
 * Hashes that DG14 does not name, or names wrongly: all that Doc 9303-11
 * 6.1.2.3 permits are tried, and SHA-1 with two flags.
 */
static void
test_hashes(void)
{
	static const struct
	{
		const char *group;
		const char *hash;
		int			named;		/* in DG14; 0: none */
		const char *name;
		int			flag;
	}			cases[] = {
		{"P-384", "SHA256", 0, "ECDSA SHA-256 P-384", CCCD_FINDING_aa_hash_other},
		{"P-384", "SHA224", 0, "ECDSA SHA-224 P-384", CCCD_FINDING_aa_hash_other},
		{"P-384", "SHA384", 0, "ECDSA SHA-384 P-384", CCCD_FINDING_aa_hash_from_curve},
		{"P-256", "SHA224", 3, "ECDSA SHA-224 P-256", CCCD_FINDING_aa_hash_other},
		{"P-521", "SHA256", 4, "ECDSA SHA-256 P-521", CCCD_FINDING_aa_hash_other},
		{"P-256", "SHA1", 0, "ECDSA SHA-1 P-256", CCCD_FINDING_aa_hash_not_allowed},
		{"P-256", "SHA1", 3, "ECDSA SHA-1 P-256", CCCD_FINDING_weak_algorithm},
		/* longer than the key: last, and the chip is not a copy */
		{"P-256", "SHA384", 0, "ECDSA SHA-384 P-256", CCCD_FINDING_aa_hash_too_long},
		{"P-384", "SHA512", 4, "ECDSA SHA-512 P-384", CCCD_FINDING_aa_hash_other}
	};

	for (size_t k = 0; k < sizeof(cases) / sizeof(cases[0]); k++)
	{
		EVP_PKEY   *key = EVP_EC_gen(cases[k].group);
		ActiveBytes dg15;
		ActiveBytes dg14;
		ActiveBytes response;
		CccdActiveResult result;

		active_dg15(key, &dg15);
		if (cases[k].named != 0)
			active_dg14_plain((uint8_t) cases[k].named, &dg14);
		active_ec_sign(key, cases[k].hash, challenge, true, &response);
		result = answer(&dg15, cases[k].named != 0 ? &dg14 : NULL, &response);
		CHECK(is(&result, CCCD_STATUS_OK, cases[k].flag));
		CHECK_STR(result.algorithm, cases[k].name);
		EVP_PKEY_free(key);
	}
}

/* The status bytes 9000 behind an answer, and what only looks like them. */
static void
test_status_bytes(void)
{
	EVP_PKEY   *keys[2] = {EVP_RSA_gen(2048), EVP_EC_gen("P-256")};
	int			form;

	for (form = 0; form < 3; form++)
	{
		EVP_PKEY   *key = keys[form != 0];
		ActiveBytes dg15;
		ActiveBytes response;
		CccdActiveResult result;

		active_dg15(key, &dg15);
		if (form == 0)
			active_rsa_sign(key, "SHA256", 0x34, challenge, false, &response);
		else
			active_ec_sign(key, "SHA256", challenge, form == 1, &response);
		result = answer(&dg15, NULL, &response);
		CHECK(is(&result, CCCD_STATUS_OK, 0));
		CHECK(!cccd_report_has(&result.report, CCCD_FINDING_aa_status_bytes));
		response.data[response.length++] = 0x90;
		response.data[response.length++] = 0x00;
		result = answer(&dg15, NULL, &response);
		CHECK(is(&result, CCCD_STATUS_OK, CCCD_FINDING_aa_status_bytes));
		/* twice, one byte, another status */
		response.data[response.length++] = 0x90;
		response.data[response.length++] = 0x00;
		result = answer(&dg15, NULL, &response);
		CHECK(is(&result, CCCD_STATUS_FAILED, CCCD_FINDING_aa_signature_length));
		response.length -= 3;
		result = answer(&dg15, NULL, &response);
		CHECK(is(&result, CCCD_STATUS_FAILED, CCCD_FINDING_aa_signature_length));
		response.data[response.length++] = 0x01;
		result = answer(&dg15, NULL, &response);
		CHECK(is(&result, CCCD_STATUS_FAILED, CCCD_FINDING_aa_signature_length));
	}
	/* r || s that looks like a SEQUENCE with status bytes, but has its length */
	for (int more = 0; more <= 2; more++)
	{
		ActiveBytes dg15;
		ActiveBytes response;
		CccdActiveResult result;

		active_dg15(keys[1], &dg15);
		response.length = 64 + (size_t) more;
		memset(response.data, 1, response.length);
		response.data[0] = 0x30;
		response.data[1] = (uint8_t) (response.length - 4);
		response.data[response.length - 2] = 0x90;
		response.data[response.length - 1] = 0x00;
		result = answer(&dg15, NULL, &response);
		CHECK(result.signature == CCCD_STATUS_FAILED);
		CHECK(cccd_report_has(&result.report, CCCD_FINDING_aa_status_bytes) ==
			  (more > 0));
	}
	EVP_PKEY_free(keys[0]);
	EVP_PKEY_free(keys[1]);
}

/* A modulus without the octet that keeps its INTEGER positive. */
static void
test_sign_octet(void)
{
	EVP_PKEY   *key = EVP_RSA_gen(2048);
	ActiveBytes dg15;
	ActiveBytes response;
	CccdActiveResult result;
	int			k;

	active_dg15(key, &dg15);
	active_rsa_sign(key, "SHA256", 0x34, challenge, false, &response);
	/* 6F82xxxx 3082xxxx 300D... 0382xxxx00 3082xxxx 0282010100 modulus */
	CHECK(memcmp(dg15.data + 32, "\x02\x82\x01\x01\x00", 5) == 0);
	memmove(dg15.data + 36, dg15.data + 37, dg15.length - 37);
	dg15.length--;
	dg15.data[35] = 0;
	for (k = 3; k <= 31; k += 4)
		if (dg15.data[k - 2] == 0x82)
			dg15.data[k]--;
	dg15.data[26]--;
	result = answer(&dg15, NULL, &response);
	CHECK(is(&result, CCCD_STATUS_OK, CCCD_FINDING_key_sign_missing));
	CHECK(survivors(&dg15, NULL, &response) == 0);
	EVP_PKEY_free(key);
}

int
main(void)
{
	test_hashes();
	test_status_bytes();
	test_sign_octet();
	CHECK(cccd_key_count() == 0);
	return finish();
}
