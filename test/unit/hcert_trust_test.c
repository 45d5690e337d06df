/*
 * hcert_trust_test.c
 *		Health certificates under trust values of every kind: what keys may
 *		sign, when, for whom, and what is revoked.
 */
#include "hcert_signers.h"

/* A trust value of one signer and one revocation, or none. */
static void
verify_under(const char *usages, const char *country, const char *not_before,
			 const char *not_after, int purpose, CccdRevokedScope scope,
			 CccdBytes item, CccdHcertPolicy policy)
{
	CccdTrustEntry entries[2];
	CccdRevokedEntry revoked;
	CccdTrustStore *other;
	HcertMake	make = makes[BY_P256];
	CccdBytes	certificate = hcert_signer(keys[BY_P256], country, "Signer",
										   usages, not_before, not_after);
	CccdBytes	list;
	int			count = 1;

	CHECK(cccd_trust_classify(certificate, purpose, CCCD_SOURCE_OPERATOR,
							  &entries[0]));
	if (item.data != NULL)
	{
		memset(&revoked, 0, sizeof(revoked));
		revoked.scope = scope;
		revoked.width = cccd_revoked_width(scope);
		revoked.items = item;
		revoked.items.length = (size_t) revoked.width;
		list.length = cccd_revoked_entry_size(&revoked);
		list.data = pki_alloc(list.length);
		cccd_revoked_entry_write(&revoked, (uint8_t *) list.data);
		CHECK(cccd_trust_entry_of(list, CCCD_TRUST_REVOKED, purpose,
								  CCCD_SOURCE_OPERATOR, &entries[count++]));
	}
	other = open_store(entries, count);
	make.kid = hcert_kid(certificate);
	cccd_hcert_verify_message(hcert_message(&make), other, AT, policy, &work,
							  &result);
	cccd_store_close(other);
}

static CccdBytes
hash_of(const char *text)
{
	return pki_sha256(pki_bytes(text, strlen(text)));
}

static void
test_trust(void)
{
	static const CccdBytes none;
	const int	real = CCCD_PURPOSE_HEALTH_CERTIFICATE;

#define UNDER(usages, country, from, to, purpose, scope, item, policy) \
	verify_under(usages, country, from "0101000000Z", to "0101000000Z", \
				 purpose, scope, item, policy)
	UNDER("", "VN", "25", "29", real, 0, none, CCCD_HCERT_FIELD);
	CHECK(result.valid && result.has_signer && result.has_signer_validity);
	CHECK_STR(result.signer_country, "VN");
	UNDER("2", "VN", "25", "29", real, 0, none, CCCD_HCERT_FIELD);
	CHECK(result.valid);
	UNDER("13", "VN", "25", "29", real, 0, none, CCCD_HCERT_FIELD);
	CHECK(!result.valid && result.key_usage == CCCD_STATUS_FAILED &&
		  has(CCCD_FINDING_key_usage_not_allowed));
	UNDER("", "VN", "27", "29", real, 0, none, CCCD_HCERT_FIELD);
	CHECK(!result.valid && has(CCCD_FINDING_key_not_yet_valid));
	UNDER("", "VN", "25", "26", real, 0, none, CCCD_HCERT_FIELD);
	CHECK(!result.valid && has(CCCD_FINDING_key_expired));
	UNDER("", "XA", "25", "29", real, 0, none, CCCD_HCERT_FIELD);
	CHECK(result.valid && has(CCCD_FINDING_country_mismatch));

	/* keys of test systems, and of anything else */
	UNDER("", "VN", "25", "29", CCCD_PURPOSE_HEALTH_TEST, 0, none,
		  CCCD_HCERT_FIELD);
	CHECK(!result.valid && has(CCCD_FINDING_trust_store_empty));
	UNDER("", "VN", "25", "29", CCCD_PURPOSE_HEALTH_TEST, 0, none,
		  CCCD_HCERT_FOR_TEST);
	CHECK(result.valid && has(CCCD_FINDING_test_key));
	UNDER("", "VN", "25", "29", CCCD_PURPOSE_TICKET, 0, none,
		  CCCD_HCERT_FIELD);
	CHECK(!result.valid && has(CCCD_FINDING_trust_store_empty));

	/* revocation */
	UNDER("", "VN", "25", "29", real, CCCD_REVOKED_UCI, hash_of("another"),
		  CCCD_HCERT_STRICT);
	CHECK(result.valid && result.revocation == CCCD_STATUS_OK &&
		  !has(CCCD_FINDING_revocation_missing));
	UNDER("", "VN", "25", "29", real, CCCD_REVOKED_UCI,
		  hash_of("URN:UVCI:01:VN:1"), CCCD_HCERT_FIELD);
	CHECK(!result.valid && has(CCCD_FINDING_revoked_identifier));
	UNDER("", "VN", "25", "29", real, CCCD_REVOKED_COUNTRY_UCI,
		  hash_of("VNURN:UVCI:01:VN:1"), CCCD_HCERT_FIELD);
	CHECK(!result.valid && has(CCCD_FINDING_revoked_identifier));
	UNDER("", "VN", "25", "29", real, CCCD_REVOKED_COUNTRY,
		  PKI_LITERAL("VN"), CCCD_HCERT_FIELD);
	CHECK(!result.valid && has(CCCD_FINDING_revoked_country));
	UNDER("", "VN", "25", "29", real, CCCD_REVOKED_COUNTRY,
		  PKI_LITERAL("XA"), CCCD_HCERT_FIELD);
	CHECK(result.valid && result.revocation == CCCD_STATUS_OK);
	UNDER("", "XA", "25", "29", real, CCCD_REVOKED_COUNTRY,
		  PKI_LITERAL("XA"), CCCD_HCERT_FIELD);
	CHECK(!result.valid && has(CCCD_FINDING_revoked_country));
}

/* A list that names a signature: of ECDSA r alone, which no one can change. */
static void
test_revoked_signature(void)
{
	int			k;

	for (k = BY_RSA; k <= BY_P256; k++)
	{
		CccdTrustEntry entries[2];
		CccdRevokedEntry revoked;
		CccdTrustStore *other;
		CccdBytes	message = hcert_message(&makes[k]);
		CccdBytes	signature;
		CccdBytes	list;

		cccd_hcert_verify_message(message, store, AT, CCCD_HCERT_FIELD, &work,
								  &result);
		CHECK(result.valid);
		signature = result.hcert.signature;
		if (k == BY_P256)
			signature.length /= 2;
		memset(&revoked, 0, sizeof(revoked));
		revoked.scope = CCCD_REVOKED_SIGNATURE;
		revoked.width = cccd_revoked_width(revoked.scope);
		revoked.items = pki_sha256(signature);
		revoked.items.length = (size_t) revoked.width;
		list.length = cccd_revoked_entry_size(&revoked);
		list.data = pki_alloc(list.length);
		cccd_revoked_entry_write(&revoked, (uint8_t *) list.data);
		CHECK(cccd_trust_classify(certificates[k],
								  CCCD_PURPOSE_HEALTH_CERTIFICATE,
								  CCCD_SOURCE_OPERATOR, &entries[0]));
		CHECK(cccd_trust_entry_of(list, CCCD_TRUST_REVOKED,
								  CCCD_PURPOSE_HEALTH_CERTIFICATE,
								  CCCD_SOURCE_OPERATOR, &entries[1]));
		other = open_store(entries, 2);
		cccd_hcert_verify_message(message, other, AT, CCCD_HCERT_FIELD, &work,
								  &result);
		CHECK(!result.valid && has(CCCD_FINDING_revoked_signature));
		CHECK(result.hcert.report.count > 0);
		cccd_store_close(other);
	}
}

static void
test_names(void)
{
	CHECK(cccd_hcert_policy_by_name("strict", 6) == CCCD_HCERT_STRICT);
	CHECK(cccd_hcert_policy_by_name("field", 5) == CCCD_HCERT_FIELD);
	CHECK(cccd_hcert_policy_by_name("test", 4) == CCCD_HCERT_FOR_TEST);
	CHECK(cccd_hcert_policy_by_name("tes", 3) == -1);
	CHECK_STR(cccd_hcert_kind_name(CCCD_HCERT_VACCINATION), "vaccination");
	CHECK_STR(cccd_hcert_kind_name(CCCD_HCERT_TEST), "test");
	CHECK_STR(cccd_hcert_kind_name(CCCD_HCERT_RECOVERY), "recovery");
	CHECK_STR(cccd_cose_algorithm_name(-37), "PS256");
	CHECK(cccd_cose_algorithm_name(77) == NULL);
	verify(PKI_LITERAL(" \xFF"), CCCD_HCERT_FIELD);
	CHECK(has(CCCD_FINDING_scan_not_text));
	verify(PKI_LITERAL(" \r\n"), CCCD_HCERT_FIELD);
	CHECK(has(CCCD_FINDING_scan_empty));
	verify(PKI_LITERAL("HC:"), CCCD_HCERT_FIELD);
	CHECK(has(CCCD_FINDING_prefix_missing));
	verify(PKI_LITERAL("hc1:0"), CCCD_HCERT_FIELD);
	CHECK(has(CCCD_FINDING_prefix_lower_case) &&
		  has(CCCD_FINDING_base45_length));
	verify(PKI_LITERAL("hc1:0"), CCCD_HCERT_STRICT);
	CHECK(result.hcert.prefix == CCCD_STATUS_FAILED);
	verify(PKI_LITERAL("HC2:0"), CCCD_HCERT_STRICT);
	CHECK(has(CCCD_FINDING_prefix_unsupported));
}

int
main(void)
{
	make_signers();
	CHECK(verify(hcert_scan(&makes[BY_P384]), CCCD_HCERT_FIELD)->valid);
	test_trust();
	test_revoked_signature();
	test_names();
	forget_signers();
	return finish();
}
