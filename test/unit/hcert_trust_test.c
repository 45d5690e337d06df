/*
 * hcert_trust_test.c
 *		Health certificates under trust values of every kind: what keys may
 *		sign, when, for whom, and what is revoked.
 */
#include "hcert_signers.h"

#include "pki_state.h"

#include "base/calendar_core.h"

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

	CHECK(cccd_trust_classify(certificate, purpose, CCCD_TRUST_SOURCE_OPERATOR,
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
								  CCCD_TRUST_SOURCE_OPERATOR, &entries[count++]));
	}
	other = open_store(entries, count);
	make.kid = hcert_kid(certificate);
	cccd_hcert_verify_message(hcert_message(&make), other, AT, policy, &work,
							  &result);
	cccd_store_close(other);
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
	CHECK(result.verdict.valid && result.verdict.has_signer && result.verdict.has_signer_validity);
	CHECK_STR(result.verdict.signer_country, "VN");
	UNDER("2", "VN", "25", "29", real, 0, none, CCCD_HCERT_FIELD);
	CHECK(result.verdict.valid);
	UNDER("13", "VN", "25", "29", real, 0, none, CCCD_HCERT_FIELD);
	CHECK(!result.verdict.valid && result.verdict.key_usage == CCCD_STATUS_FAILED &&
		  has(CCCD_FINDING_key_usage_not_allowed));
	UNDER("", "VN", "27", "29", real, 0, none, CCCD_HCERT_FIELD);
	CHECK(!result.verdict.valid && has(CCCD_FINDING_key_not_yet_valid));
	UNDER("", "VN", "25", "26", real, 0, none, CCCD_HCERT_FIELD);
	CHECK(!result.verdict.valid && has(CCCD_FINDING_key_expired));
	/* keys of test systems, and of anything else */
	UNDER("", "VN", "25", "29", CCCD_PURPOSE_HEALTH_TEST, 0, none,
		  CCCD_HCERT_FIELD);
	CHECK(!result.verdict.valid && has(CCCD_FINDING_trust_store_empty));
	UNDER("", "VN", "25", "29", CCCD_PURPOSE_HEALTH_TEST, 0, none,
		  CCCD_HCERT_FOR_TEST);
	CHECK(result.verdict.valid && has(CCCD_FINDING_test_key));
	UNDER("", "VN", "25", "29", CCCD_PURPOSE_TICKET, 0, none,
		  CCCD_HCERT_FIELD);
	CHECK(!result.verdict.valid && has(CCCD_FINDING_trust_store_empty));

	/* revocation */
	UNDER("", "VN", "25", "29", real, CCCD_REVOKED_UCI, hash_of("another"),
		  CCCD_HCERT_STRICT);
	CHECK(result.verdict.valid && result.verdict.revocation == CCCD_STATUS_OK &&
		  !has(CCCD_FINDING_revocation_missing));
	UNDER("", "VN", "25", "29", real, CCCD_REVOKED_UCI,
		  hash_of("URN:UVCI:01:VN:1"), CCCD_HCERT_FIELD);
	CHECK(!result.verdict.valid && has(CCCD_FINDING_revoked_identifier));
	UNDER("", "VN", "25", "29", real, CCCD_REVOKED_COUNTRY_UCI,
		  hash_of("VNURN:UVCI:01:VN:1"), CCCD_HCERT_FIELD);
	CHECK(!result.verdict.valid && has(CCCD_FINDING_revoked_identifier));
	UNDER("", "VN", "25", "29", real, CCCD_REVOKED_COUNTRY,
		  PKI_LITERAL("VN"), CCCD_HCERT_FIELD);
	CHECK(!result.verdict.valid && has(CCCD_FINDING_revoked_country));
	UNDER("", "VN", "25", "29", real, CCCD_REVOKED_COUNTRY,
		  PKI_LITERAL("XA"), CCCD_HCERT_FIELD);
	CHECK(result.verdict.valid && result.verdict.revocation == CCCD_STATUS_OK);
	UNDER("", "XA", "25", "29", real, CCCD_REVOKED_COUNTRY,
		  PKI_LITERAL("XA"), CCCD_HCERT_FIELD);
	CHECK(!result.verdict.valid && has(CCCD_FINDING_revoked_country));
}

/* A list that names a signature: of ECDSA r alone, which no one can change. */
/* Every kind of certificate under a key for each kind, for two, for all. */
static void
test_key_usages(void)
{
	static const char *const contents[] = {
#define PERSON	"{\"ver\":\"1.3.0\",\"nam\":{\"fnt\":\"LE\",\"gnt\":\"THI<B\"}," \
	"\"dob\":\"1988-08\","
		PERSON "\"t\":[{\"tg\":\"840539006\",\"tt\":\"LP6464-4\"," \
		"\"tr\":\"260415000\",\"sc\":\"2026-02-27T00:00:00Z\"," \
		"\"tc\":\"H\",\"co\":\"VN\",\"is\":\"MOH\",\"ci\":\"1\"}]}",
		CONTENT,
		PERSON "\"r\":[{\"tg\":\"840539006\",\"fr\":\"2026-01-01\"," \
		"\"df\":\"2026-01-12\",\"du\":\"2026-07-01\",\"co\":\"VN\"," \
		"\"is\":\"MOH\",\"ci\":\"1\"}]}"
#undef PERSON
	};
	static const char *const usages[] = {
		"", "1", "2", "3", "12", "13", "23", "123"
	};

	for (int kind = 0; kind < 3; kind++)
		for (size_t k = 0; k < sizeof(usages) / sizeof(usages[0]); k++)
		{
			HcertMake	make = makes[BY_P256];
			CccdTrustEntry entry;
			CccdTrustStore *other;
			CccdBytes	certificate = hcert_signer(keys[BY_P256], "VN", "S",
												   usages[k], "250101000000Z",
												   "290101000000Z");
			bool		allowed = usages[k][0] == '\0' ||
			strchr(usages[k], '1' + kind) != NULL;

			CHECK(cccd_trust_classify(certificate,
									  CCCD_PURPOSE_HEALTH_CERTIFICATE,
									  CCCD_TRUST_SOURCE_OPERATOR, &entry));
			other = open_store(&entry, 1);
			make.kid = hcert_kid(certificate);
			make.content = contents[kind];
			cccd_hcert_verify_message(hcert_message(&make), other, AT,
									  CCCD_HCERT_FIELD, &work, &result);
			CHECK(result.verdict.valid == allowed);
			CHECK(has(CCCD_FINDING_key_usage_not_allowed) == !allowed);
			cccd_store_close(other);
		}
}

/*
 * The moments from which and up to which a certificate and its signer hold,
 * ends included: a microsecond before, then, and after.
 */
static void
test_moments(void)
{
	const int64_t issued = AT - 10 * CCCD_DAY;
	const int64_t expires = AT + 10 * CCCD_DAY;
	const int64_t from = INT64_C(789004800000000);	/* 2025-01-01 */
	const int64_t to = INT64_C(915235200000000);	/* 2029-01-01 */
	HcertMake	make = makes[BY_P256];

	make.issued = issued / CCCD_SECOND + INT64_C(946684800);
	make.expires = expires / CCCD_SECOND + INT64_C(946684800);
	for (int k = -1; k <= 1; k++)
	{
		CccdBytes	scan = hcert_scan(&make);

#define CHECK_AT(moment) \
	cccd_hcert_verify((const char *) scan.data, scan.length, store, moment, \
					  CCCD_HCERT_FIELD, &work, &result)
		CHECK_AT(issued + k);
		CHECK(result.verdict.valid == (k >= 0));
		CHECK(has(CCCD_FINDING_not_yet_valid) == (k < 0));
		CHECK_AT(expires + k);
		CHECK(result.verdict.valid == (k <= 0));
		CHECK(has(CCCD_FINDING_expired) == (k > 0));
		CHECK_AT(from + k);
		CHECK(has(CCCD_FINDING_key_not_yet_valid) == (k < 0));
		CHECK_AT(to + k);
		CHECK(has(CCCD_FINDING_key_expired) == (k > 0));
#undef CHECK_AT
	}
}

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
		CHECK(result.verdict.valid);
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
								  CCCD_TRUST_SOURCE_OPERATOR, &entries[0]));
		CHECK(cccd_trust_entry_of(list, CCCD_TRUST_REVOKED,
								  CCCD_PURPOSE_HEALTH_CERTIFICATE,
								  CCCD_TRUST_SOURCE_OPERATOR, &entries[1]));
		other = open_store(entries, 2);
		cccd_hcert_verify_message(message, other, AT, CCCD_HCERT_FIELD, &work,
								  &result);
		CHECK(!result.verdict.valid && has(CCCD_FINDING_revoked_signature));
		CHECK(result.hcert.report.count > 0);
		cccd_store_close(other);
	}
}

/* A signer whose certificate names two states is of neither, in either order. */
static void
test_two_states(void)
{
	static const char *const second[] = {"VN", "VNM", "LA"};
	PkiCertificate signer = {"VN", "Signer", "Signer", 7, keys[BY_P256],
	keys[BY_P256], false, false, NULL, NULL};
	HcertMake	make = makes[BY_P256];

	for (int k = 0; k < 6; k++)
	{
		const char *other = second[k / 2];
		PkiChange	change = {.name = k % 2 ?
			pki_twice_named("\x06", other, "VN") :
		pki_twice_named("\x06", "VN", other)};
		CccdTrustEntry entry;

		list_key(&entry, make.kid, "", true,
				 pki_change_certificate(&signer, &change),
				 CCCD_PURPOSE_HEALTH_CERTIFICATE);
		verify_with(&make, &entry, 1, CCCD_HCERT_FIELD);
		CHECK(result.verdict.signature == CCCD_STATUS_OK);
		CHECK(result.verdict.country == (k < 4 ? CCCD_STATUS_OK :
										 CCCD_STATUS_UNDETERMINED));
		CHECK(has(CCCD_FINDING_signer_country_missing) == (k >= 4));
	}
}

/* Keys that lists name without a certificate, and keys that are no use. */
static void
test_listed(void)
{
	const int	real = CCCD_PURPOSE_HEALTH_CERTIFICATE;
	CccdTrustEntry entries[2];
	HcertMake	make = makes[BY_P256];
	CccdBytes	broken = pki_public_key(keys[BY_P256]);
	uint8_t    *point = (uint8_t *) broken.data + broken.length - 1;

	/* nobody says until when, nor whose it is */
	list_key(&entries[0], make.kid, "", false, pki_public_key(make.key), real);
	verify_with(&make, entries, 1, CCCD_HCERT_FIELD);
	CHECK(result.verdict.valid && !result.verdict.has_signer_validity &&
		  has(CCCD_FINDING_key_validity_unknown) &&
		  result.verdict.country == CCCD_STATUS_UNDETERMINED &&
		  has(CCCD_FINDING_signer_country_missing));
	CHECK_STR(result.verdict.signer_country, "");
	verify_with(&make, entries, 1, CCCD_HCERT_STRICT);
	CHECK(!result.verdict.valid && result.verdict.country == CCCD_STATUS_UNDETERMINED &&
		  has(CCCD_FINDING_signer_country_missing));

	/* a point that is not on its curve */
	*point ^= 1;
	list_key(&entries[0], make.kid, "VN", false, broken, real);
	verify_with(&make, entries, 1, CCCD_HCERT_FIELD);
	CHECK(!result.verdict.valid && has(CCCD_FINDING_key_type_unsuitable));

	/* a key of test systems that somebody took for a real one */
	list_key(&entries[0], make.kid, "VN", false, pki_public_key(make.key),
			 real);
	list_key(&entries[1], PKI_LITERAL("test"), "VN", true,
			 certificates[BY_P256], CCCD_PURPOSE_HEALTH_TEST);
	verify_with(&make, entries, 2, CCCD_HCERT_FIELD);
	CHECK(!result.verdict.valid && result.verdict.key == CCCD_STATUS_FAILED &&
		  result.verdict.signature == CCCD_STATUS_OK &&
		  has(CCCD_FINDING_key_is_test));
	make = makes[BY_RSA];
	list_key(&entries[0], make.kid, "VN", false, pki_public_key(make.key),
			 real);
	list_key(&entries[1], PKI_LITERAL("test"), "VN", false,
			 pki_public_key(make.key), CCCD_PURPOSE_HEALTH_TEST);
	verify_with(&make, entries, 2, CCCD_HCERT_FIELD);
	CHECK(!result.verdict.valid && has(CCCD_FINDING_key_is_test));
	/* another key of test systems says nothing of this one */
	list_key(&entries[0], make.kid, "VN", false, pki_public_key(make.key),
			 real);
	list_key(&entries[1], PKI_LITERAL("test"), "VN", false,
			 pki_public_key(keys[BY_P384]), CCCD_PURPOSE_HEALTH_TEST);
	verify_with(&make, entries, 2, CCCD_HCERT_FIELD);
	CHECK(result.verdict.valid);
	list_key(&entries[0], makes[BY_P256].kid, "VN", false,
			 pki_public_key(keys[BY_P256]), real);
	list_key(&entries[1], PKI_LITERAL("test"), "VN", false,
			 pki_public_key(keys[BY_P384]), CCCD_PURPOSE_HEALTH_TEST);
	verify_with(&makes[BY_P256], entries, 2, CCCD_HCERT_FIELD);
	CHECK(result.verdict.valid);
}

/*
 * Without an identifier so many keys are tried: the right one is the last that
 * is, or the first that is not; keys of other states do not count.
 */
static void
test_attempts(void)
{
	static CccdTrustEntry entries[2 * CCCD_KEY_ATTEMPTS];
	static CccdX509 room[2 * CCCD_KEY_ATTEMPTS];
	static const struct
	{
		const char *state;		/* of the keys before the right one */
		const char *own;		/* of the right one */
		int			before;
		bool		found;
	}			cases[] = {
		{"", "", CCCD_KEY_ATTEMPTS - 1, true},
		{"", "", CCCD_KEY_ATTEMPTS, false},
		{"VN", "", CCCD_KEY_ATTEMPTS, false},
		{"", "VN", CCCD_KEY_ATTEMPTS, true},
		{"XA", "", CCCD_KEY_ATTEMPTS + 1, true}
	};
	HcertMake	make = makes[BY_P256];
	CccdBytes	scan;
	EVP_PKEY   *other = pki_key("prime256v1", false);
	CccdBytes	other_key = pki_public_key(other);

	make.no_kid = true;
	scan = hcert_scan(&make);
	for (size_t c = 0; c < sizeof(cases) / sizeof(cases[0]); c++)
	{
		CccdTrustStore *many;
		CccdBytes	value;
		int			count = cases[c].before + 1;
		int			attempts = CCCD_KEY_ATTEMPTS;

		for (int k = 0; k < count; k++)
		{
			/* in the order of their identifiers: the right one is the last */
			char		kid[2] = {(char) (k >> 8), (char) k};
			bool		right = k == cases[c].before;

			list_key(&entries[k], pki_bytes(kid, 2),
					 right ? cases[c].own : cases[c].state, false,
					 right ? pki_public_key(make.key) : other_key,
					 CCCD_PURPOSE_HEALTH_CERTIFICATE);
		}
		CHECK(cccd_trust_settle(entries, count, room, NULL) == count);
		value.length = cccd_trust_size(entries, count);
		value.data = pki_alloc(value.length);
		CHECK(cccd_trust_write(entries, count, (uint8_t *) value.data));
		CHECK(cccd_store_open(value, pki_alloc(cccd_store_size(value)),
							  &many));
		cccd_hcert_verify_message(hcert_message(&make), many, AT,
								  CCCD_HCERT_FIELD, &work, &result);
		CHECK(result.verdict.valid == cases[c].found);
		CHECK(cases[c].found ||
			  (result.verdict.key == CCCD_STATUS_UNDETERMINED &&
			   has(CCCD_FINDING_attempts_exhausted)));
		/* the same as the first of several; the next has what is left */
		cccd_hcert_verify_within((const char *) scan.data, scan.length, many,
								 AT, CCCD_HCERT_FIELD, &attempts, &work,
								 &result);
		CHECK(result.verdict.valid == cases[c].found);
		CHECK(cases[c].found || attempts == 0);
		attempts = 0;
		cccd_hcert_verify_within((const char *) scan.data, scan.length, many,
								 AT, CCCD_HCERT_FIELD, &attempts, &work,
								 &result);
		CHECK(!result.verdict.valid && has(CCCD_FINDING_attempts_exhausted));
		cccd_store_close(many);
	}
	EVP_PKEY_free(other);
}

/* What can be asked of a list when something is not said. */
static void
test_unsaid(void)
{
	const int	real = CCCD_PURPOSE_HEALTH_CERTIFICATE;
	CccdTrustEntry entries[2];
	CccdTrustEntry revocation;
	CccdRevokedEntry revoked;
	CccdBytes	list;
	HcertMake	make = makes[BY_P256];

	memset(&revoked, 0, sizeof(revoked));
	revoked.scope = CCCD_REVOKED_UCI;
	revoked.width = cccd_revoked_width(revoked.scope);
	revoked.items = hash_of("URN:UVCI:01:VN:1");
	revoked.items.length = (size_t) revoked.width;
	list.length = cccd_revoked_entry_size(&revoked);
	list.data = pki_alloc(list.length);
	cccd_revoked_entry_write(&revoked, (uint8_t *) list.data);
	CHECK(cccd_trust_entry_of(list, CCCD_TRUST_REVOKED, real,
							  CCCD_TRUST_SOURCE_OPERATOR, &revocation));
	/* nobody knows the key, and yet the certificate is revoked */
	CHECK(cccd_trust_classify(certificates[BY_RSA], real,
							  CCCD_TRUST_SOURCE_OPERATOR, &entries[0]));
	entries[1] = revocation;
	verify_with(&make, entries, 2, CCCD_HCERT_FIELD);
	CHECK(!result.verdict.has_signer && result.verdict.revocation == CCCD_STATUS_FAILED &&
		  has(CCCD_FINDING_revoked_identifier));
	/* no issuer, no country, no identifier or a blank one */
	CHECK(cccd_trust_classify(certificates[BY_P256], real,
							  CCCD_TRUST_SOURCE_OPERATOR, &entries[0]));
	entries[1] = revocation;
	make.issuer = NULL;
	make.content = "{\"ver\":\"1.2.0\",\"nam\":{\"fnt\":\"LE\"},"
		"\"dob\":\"1988-08-01\",\"r\":["
		"{\"tg\":\"1\",\"fr\":\"2025-11-20\",\"co\":\"VN\"},"
		"{\"tg\":\"1\",\"fr\":\"2025-11-20\",\"ci\":\" \"},"
		"{\"tg\":\"1\",\"fr\":\"2025-11-20\",\"ci\":\"2\"}]}";
	verify_with(&make, entries, 2, CCCD_HCERT_FIELD);
	CHECK(result.verdict.valid && result.verdict.revocation == CCCD_STATUS_OK);
}

/* A certificate that holds from a time on. */
static void
test_not_before(void)
{
	HcertMake	make = makes[BY_P256];

	make.claim = PKI_LITERAL("\x05\x1A\x69\x55\xB9\x00");	/* 2026-01-01 */
	CHECK(verify(hcert_scan(&make), CCCD_HCERT_FIELD)->verdict.valid);
	CHECK(result.hcert.has_not_before);
	for (int k = -1; k <= 1; k++)
	{
		CccdBytes	scan = hcert_scan(&make);

		cccd_hcert_verify((const char *) scan.data, scan.length, store,
						  result.hcert.not_before + k, CCCD_HCERT_FIELD,
						  &work, &result);
		CHECK(result.hcert.not_before == INT64_C(820540800000000));
		CHECK(has(CCCD_FINDING_not_yet_valid) == (k < 0));
	}
	make.claim = PKI_LITERAL("\x05\x1A\x6C\x00\x00\x00");
	CHECK(!verify(hcert_scan(&make), CCCD_HCERT_FIELD)->verdict.valid);
	CHECK(result.verdict.validity == CCCD_STATUS_FAILED &&
		  has(CCCD_FINDING_not_yet_valid));
}

static void
test_names(void)
{
	static const char *const prefixes[] = {"shc:/56", "LT1:", "HC11", "HX1:", "XC1:", "HC1"};
	size_t		k;

	CHECK(cccd_hcert_policy_by_name("strict", 6) == CCCD_HCERT_STRICT);
	CHECK(cccd_hcert_policy_by_name("field", 5) == CCCD_HCERT_FIELD);
	CHECK(cccd_hcert_policy_by_name("test", 4) == CCCD_HCERT_FOR_TEST);
	CHECK(cccd_hcert_policy_by_name("tes", 3) == -1);
	CHECK(cccd_hcert_policy_by_name("exam", 4) == -1);
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
	for (k = 0; k < sizeof(prefixes) / sizeof(prefixes[0]); k++)
	{
		verify(pki_bytes(prefixes[k], strlen(prefixes[k])), CCCD_HCERT_FIELD);
		CHECK(has(CCCD_FINDING_prefix_missing));
	}
	verify(PKI_LITERAL("Hc1:0"), CCCD_HCERT_FIELD);
	CHECK(has(CCCD_FINDING_prefix_lower_case));
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
	CHECK(verify(hcert_scan(&makes[BY_P384]), CCCD_HCERT_FIELD)->verdict.valid);
	test_trust();
	test_key_usages();
	test_moments();
	test_revoked_signature();
	test_two_states();
	test_listed();
	test_attempts();
	test_unsaid();
	test_not_before();
	test_names();
	forget_signers();
	return finish();
}
