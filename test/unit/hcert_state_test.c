/*
 * hcert_state_test.c
 *		Which key may vouch for a health certificate: its state, its strength;
 *		and the spellings of an identifier that a list may revoke.
 */
#include "hcert_signers.h"

/* A certificate of a state, without or with one in its entries. */
#define RECOVERY(country) \
	"{\"ver\":\"1.3.0\",\"nam\":{\"fnt\":\"LE\"}," \
	"\"dob\":\"1988-08-01\",\"r\":[{\"tg\":\"840539006\"," \
	"\"fr\":\"2025-11-20\",\"df\":\"2025-12-01\"," \
	"\"du\":\"2026-05-20\"," country "\"is\":\"MOH\",\"ci\":\"1\"}]}"

typedef struct Vouching
{
	const char *signer;			/* state of the key */
	const char *issuer;
	const char *content;
	CccdHcertPolicy policy;
	CccdCheckStatus status;
	bool		valid;
	int			finding;		/* 0: none about states */
} Vouching;

/* A key vouches for certificates of its own state and of no other. */
static void
test_states(void)
{
	static const char own[] = RECOVERY("\"co\":\"VN\",");
	static const char other[] = RECOVERY("\"co\":\"XA\",");
	static const char silent[] = RECOVERY("");
	static const Vouching cases[] = {
		{"VN", "VN", own, CCCD_HCERT_FIELD, CCCD_STATUS_OK, true, 0},
		{"vn", "VN", own, CCCD_HCERT_FIELD, CCCD_STATUS_OK, true, 0},
		{"US", "VN", own, CCCD_HCERT_FIELD, CCCD_STATUS_FAILED, false,
		CCCD_FINDING_country_mismatch},
		{"US", "VN", own, CCCD_HCERT_STRICT, CCCD_STATUS_FAILED, false,
		CCCD_FINDING_country_mismatch},
		{"US", "VN", own, CCCD_HCERT_FOR_TEST, CCCD_STATUS_FAILED, false,
		CCCD_FINDING_country_mismatch},
		/* given in one state, certified by another */
		{"VN", "VN", other, CCCD_HCERT_FIELD, CCCD_STATUS_OK, true,
		CCCD_FINDING_entry_country_differs},
		{"VN", "VN", silent, CCCD_HCERT_FIELD, CCCD_STATUS_OK, true, 0},
		/* an issuer that is not a state: the entries say whose it is */
		{"VN", "VN BYT", own, CCCD_HCERT_FIELD, CCCD_STATUS_OK, true,
		CCCD_FINDING_issuer_not_a_state},
		{"VN", "VN BYT", own, CCCD_HCERT_STRICT, CCCD_STATUS_FAILED, false,
		CCCD_FINDING_issuer_not_a_state},
		{"VN", "vn", own, CCCD_HCERT_FIELD, CCCD_STATUS_OK, true,
		CCCD_FINDING_issuer_not_a_state},
		{"VN", "VN BYT", other, CCCD_HCERT_FIELD, CCCD_STATUS_FAILED, false,
		CCCD_FINDING_country_mismatch},
		{"VN", "VN BYT", silent, CCCD_HCERT_FIELD, CCCD_STATUS_UNDETERMINED,
		true, CCCD_FINDING_country_missing},
		{"VN", NULL, own, CCCD_HCERT_FIELD, CCCD_STATUS_OK, true, 0},
		{"VN", NULL, other, CCCD_HCERT_FIELD, CCCD_STATUS_FAILED, false,
		CCCD_FINDING_country_mismatch},
		{"VN", NULL, silent, CCCD_HCERT_FIELD, CCCD_STATUS_UNDETERMINED, true,
		CCCD_FINDING_country_missing},
		{"VN", NULL, silent, CCCD_HCERT_STRICT, CCCD_STATUS_UNDETERMINED,
		false, CCCD_FINDING_country_missing},
		{"", "VN", own, CCCD_HCERT_FIELD, CCCD_STATUS_UNDETERMINED, true,
		CCCD_FINDING_signer_country_missing}
	};
	static const int about_states[] = {
		CCCD_FINDING_country_mismatch, CCCD_FINDING_country_missing,
		CCCD_FINDING_issuer_not_a_state, CCCD_FINDING_entry_country_differs,
		CCCD_FINDING_signer_country_missing
	};

	for (size_t k = 0; k < sizeof(cases) / sizeof(cases[0]); k++)
	{
		const Vouching *c = &cases[k];
		CccdTrustEntry entry;
		HcertMake	make = makes[BY_P256];
		int			found = 0;

		make.issuer = c->issuer;
		make.content = c->content;
		CHECK(cccd_trust_classify(hcert_signer(make.key, c->signer, "Signer",
											   "", "250101000000Z",
											   "290101000000Z"),
								  c->policy == CCCD_HCERT_FOR_TEST ?
								  CCCD_PURPOSE_HEALTH_TEST :
								  CCCD_PURPOSE_HEALTH_CERTIFICATE,
								  CCCD_TRUST_SOURCE_OPERATOR, &entry));
		make.kid = hcert_kid(entry.bytes);
		verify_with(&make, &entry, 1, c->policy);
		CHECK(result.verdict.signature == CCCD_STATUS_OK);
		CHECK(result.verdict.country == c->status);
		CHECK(result.verdict.valid == c->valid);
		for (size_t f = 0; f < 5; f++)
			found += has(about_states[f]);
		CHECK(found >= (c->finding != 0) &&
			  (c->finding == 0) == (found == 0));
		CHECK(c->finding == 0 || has(c->finding));
	}
}

/* A key that is short for today: the last that is weak, the first that is not. */
static void
test_strength(void)
{
	static const size_t sizes[] = {1024, 2047, 2048};

	for (size_t k = 0; k < sizeof(sizes) / sizeof(sizes[0]); k++)
	{
		CccdTrustEntry entries[2];
		CccdRevokedEntry revoked;
		CccdBytes	list;
		HcertMake	make = makes[BY_RSA];
		bool		weak = sizes[k] < 2048;

		make.key = EVP_PKEY_Q_keygen(NULL, NULL, "RSA", sizes[k]);
		list_key(&entries[0], make.kid, "VN", false, pki_public_key(make.key),
				 CCCD_PURPOSE_HEALTH_CERTIFICATE);
		verify_with(&make, entries, 1, CCCD_HCERT_FIELD);
		CHECK(result.verdict.valid && result.verdict.key == CCCD_STATUS_OK);
		CHECK(has(CCCD_FINDING_weak_algorithm) == weak);
		/* a list that revokes another: strict is content but for the key */
		memset(&revoked, 0, sizeof(revoked));
		revoked.scope = CCCD_REVOKED_UCI;
		revoked.width = cccd_revoked_width(revoked.scope);
		revoked.items = hash_of("another");
		revoked.items.length = (size_t) revoked.width;
		list.length = cccd_revoked_entry_size(&revoked);
		list.data = pki_alloc(list.length);
		cccd_revoked_entry_write(&revoked, (uint8_t *) list.data);
		CHECK(cccd_trust_entry_of(list, CCCD_TRUST_REVOKED,
								  CCCD_PURPOSE_HEALTH_CERTIFICATE,
								  CCCD_TRUST_SOURCE_OPERATOR, &entries[1]));
		verify_with(&make, entries, 2, CCCD_HCERT_STRICT);
		CHECK(result.verdict.valid == !weak);
		CHECK(result.verdict.key == (weak ? CCCD_STATUS_FAILED : CCCD_STATUS_OK));
		EVP_PKEY_free(make.key);
	}
}

/* Whether a list with the hash of a spelling revokes an identifier. */
static bool
is_revoked(const char *identifier, CccdRevokedScope scope, const char *hashed)
{
	char		content[512];
	CccdTrustEntry entries[2];
	CccdRevokedEntry revoked;
	CccdBytes	list;
	HcertMake	make = makes[BY_P256];

	snprintf(content, sizeof(content),
			 "{\"ver\":\"1.3.0\",\"nam\":{\"fnt\":\"LE\"},"
			 "\"dob\":\"1988-08-01\",\"r\":[{\"tg\":\"1\","
			 "\"fr\":\"2025-11-20\",\"co\":\"XA\",\"ci\":\"%s\"}]}",
			 identifier);
	make.content = content;
	memset(&revoked, 0, sizeof(revoked));
	revoked.scope = scope;
	revoked.width = cccd_revoked_width(scope);
	revoked.items = hash_of(hashed);
	revoked.items.length = (size_t) revoked.width;
	list.length = cccd_revoked_entry_size(&revoked);
	list.data = pki_alloc(list.length);
	cccd_revoked_entry_write(&revoked, (uint8_t *) list.data);
	CHECK(cccd_trust_classify(certificates[BY_P256],
							  CCCD_PURPOSE_HEALTH_CERTIFICATE,
							  CCCD_TRUST_SOURCE_OPERATOR, &entries[0]));
	CHECK(cccd_trust_entry_of(list, CCCD_TRUST_REVOKED,
							  CCCD_PURPOSE_HEALTH_CERTIFICATE,
							  CCCD_TRUST_SOURCE_OPERATOR, &entries[1]));
	verify_with(&make, entries, 2, CCCD_HCERT_FIELD);
	CHECK(result.verdict.valid == (result.verdict.revocation == CCCD_STATUS_OK));
	return result.verdict.revocation == CCCD_STATUS_FAILED;
}

/*
 * Lists hash an identifier with its prefix or without it, with its check
 * character or without it.
 */
static void
test_spellings(void)
{
	static const struct
	{
		const char *identifier;
		const char *hashed;
		bool		revoked;
	}			cases[] = {
		{"URN:UVCI:01:VN:AB#7", "URN:UVCI:01:VN:AB#7", true},
		{"URN:UVCI:01:VN:AB#7", "URN:UVCI:01:VN:AB", true},
		{"URN:UVCI:01:VN:AB#7", "01:VN:AB#7", true},
		{"URN:UVCI:01:VN:AB#7", "01:VN:AB", true},
		{"URN:UVCI:01:VN:AB#7", "01:VN:AB#8", false},
		{"URN:UVCI:01:VN:AB#7", "URN:UVCI:01:VN:A", false},
		{"01:VN:AB", "01:VN:AB", true},
		{"01:VN:AB", "URN:UVCI:01:VN:AB", true},
		{"01:VN:AB", "URN:UVCI:01:VN:AB#7", false},
		{"01:VN:AB#7", "URN:UVCI:01:VN:AB", true},
		{"urn:uvci:01:VN:AB", "urn:uvci:01:VN:AB", true},
		{"urn:uvci:01:VN:AB", "01:VN:AB", true},
		{"urn:uvci:01:VN:AB", "URN:UVCI:01:VN:AB", true},
		{"urn:uvci:01:vn:ab", "URN:UVCI:01:VN:AB", false},
		{"URN:UCI:01:VN:AB#7", "URN:UVCI:01:VN:AB", true},
		{"URN:UCI:01:VN:AB#7", "URN:UCI:01:VN:AB", true},
		{"URN;UVCI:01:VN:AB", "01:VN:AB", false},
		{"URN:UVCI", "URN:UVCI", true},
		{"#7", "#7", true},
		{"#7", "", false},
		{"A#7", "A", true},
		{"A#77", "A", false}
	};

	for (size_t k = 0; k < sizeof(cases) / sizeof(cases[0]); k++)
	{
		char		with_state[64];

		CHECK(is_revoked(cases[k].identifier, CCCD_REVOKED_UCI,
						 cases[k].hashed) == cases[k].revoked);
		snprintf(with_state, sizeof(with_state), "VN%s", cases[k].hashed);
		CHECK(is_revoked(cases[k].identifier, CCCD_REVOKED_COUNTRY_UCI,
						 with_state) == cases[k].revoked);
		snprintf(with_state, sizeof(with_state), "XA%s", cases[k].hashed);
		CHECK(is_revoked(cases[k].identifier, CCCD_REVOKED_COUNTRY_UCI,
						 with_state) == cases[k].revoked);
		snprintf(with_state, sizeof(with_state), "XB%s", cases[k].hashed);
		CHECK(!is_revoked(cases[k].identifier, CCCD_REVOKED_COUNTRY_UCI,
						  with_state));
	}
}

int
main(void)
{
	make_signers();
	test_states();
	test_strength();
	test_spellings();
	forget_signers();
	return finish();
}
