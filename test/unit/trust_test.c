/*
 * trust_test.c
 *		What becomes of certificates in a trust value: anchors, links and
 *		signers, which of two entries remains, and values that are not one.
 */
#include "chip_state.h"

#include "trust/trust_core.h"

#define NOTHING		pki_bytes("", 0)

/* --- names --------------------------------------------------------------- */

static void
test_names(void)
{
	static const char *const kinds[] = {
		"anchor", "link", "signer", "crl", "key", "revoked"
	};
	static const char *const sources[] = {
		"operator", "master_list", "ldif", "raw_list", "json"
	};

	for (int k = 0; k < 6; k++)
		CHECK_STR(cccd_trust_kind_name(k + 1), kinds[k]);
	for (int k = 0; k < 5; k++)
		CHECK_STR(cccd_trust_source_name(k + 1), sources[k]);
	for (int k = CCCD_PURPOSE_CHIP; k <= CCCD_PURPOSE_HEALTH_TEST; k++)
	{
		const char *name = cccd_trust_purpose_name(k);

		CHECK(cccd_trust_purpose_by_name(name, strlen(name)) == k);
		CHECK(cccd_trust_purpose_by_name(name, strlen(name) - 1) == 0);
	}
	CHECK(cccd_trust_purpose_by_name("", 0) == 0);
	CHECK(cccd_trust_purpose_by_name("chiq", 4) == 0);
}

/* --- classes ------------------------------------------------------------- */

static CccdTrustEntry
classified(CccdBytes der, int purpose)
{
	CccdTrustEntry entry;

	CHECK(cccd_trust_classify(der, purpose, CCCD_TRUST_SOURCE_LDIF, &entry));
	CHECK(entry.purpose == purpose && entry.source == CCCD_TRUST_SOURCE_LDIF);
	CHECK(memcmp(entry.fingerprint, pki_sha256(der).data,
				 CCCD_SHA256_SIZE) == 0);
	CHECK(cccd_bytes_equal(entry.bytes, der));
	return entry;
}

static void
test_classes(void)
{
	PkiCertificate link = {"VN", "CSCA new", "CSCA test", 2, signer_keys[1],
	csca_key, true, false, NULL, NULL};
	PkiCertificate forged = {"VN", "CSCA test", "CSCA test", 3, signer_keys[1],
	csca_key, true, false, NULL, NULL};
	CccdTrustEntry entry = classified(csca_der, CCCD_PURPOSE_CHIP);
	CccdBytes	cut = csca_der;

	CHECK(entry.kind == CCCD_TRUST_ANCHOR && entry.flags == 0);
	entry = classified(pki_make_certificate(&link), CCCD_PURPOSE_CHIP);
	CHECK(entry.kind == CCCD_TRUST_LINK && entry.flags == 0);
	/* its own name and another key's signature */
	entry = classified(pki_make_certificate(&forged), CCCD_PURPOSE_CHIP);
	CHECK(entry.kind == CCCD_TRUST_LINK && entry.flags == 0);
	entry = classified(signer_ders[0], CCCD_PURPOSE_CHIP);
	CHECK(entry.kind == CCCD_TRUST_SIGNER && entry.flags == 0);
	/* where lists name signers, each is trusted, and none is a CSCA */
	for (int k = CCCD_PURPOSE_HEALTH_CERTIFICATE;
		 k <= CCCD_PURPOSE_HEALTH_TEST; k++)
	{
		entry = classified(signer_ders[0], k);
		CHECK(entry.kind == CCCD_TRUST_ANCHOR && entry.flags == 0);
	}
	cut.length--;
	CHECK(!cccd_trust_classify(cut, CCCD_PURPOSE_CHIP,
							   CCCD_TRUST_SOURCE_LDIF, &entry));
}

static uint8_t
flags_of(const PkiChange *change, const PkiCertificate *certificate)
{
	return classified(pki_change_certificate(certificate, change),
					  CCCD_PURPOSE_CHIP).flags;
}

/* Each thing that Doc 9303-12 wants of a CSCA's certificate. */
static void
test_profile(void)
{
	static const PkiChange none;
	PkiChange	change = none;
	PkiCertificate no_ca = csca,
				no_state = csca;

	CHECK(flags_of(&change, &csca) == 0);
	change.usage = NOTHING;
	CHECK(flags_of(&change, &csca) == CCCD_TRUST_PROFILE);
	change.usage = pki_extension(PKI_OID("\x55\x1D\x0F"), true,
								 PKI_LITERAL("\x03\x02\x01\x02"));
	CHECK(flags_of(&change, &csca) == CCCD_TRUST_PROFILE);
	change.usage = pki_extension(PKI_OID("\x55\x1D\x0F"), true,
								 PKI_LITERAL("\x03\x02\x02\x04"));
	CHECK(flags_of(&change, &csca) == 0);
	change = none;
	change.subject = NOTHING;
	CHECK(flags_of(&change, &csca) == CCCD_TRUST_PROFILE);
	change = none;
	change.extensions = pki_extension(PKI_OID("\x2A\x03\x04"), true,
									  PKI_LITERAL("\x05\x00"));
	CHECK(flags_of(&change, &csca) == CCCD_TRUST_PROFILE);
	change.extensions = pki_extension(PKI_OID("\x2A\x03\x04"), false,
									  PKI_LITERAL("\x05\x00"));
	CHECK(flags_of(&change, &csca) == 0);
	no_ca.ca = false;
	CHECK(flags_of(&none, &no_ca) == CCCD_TRUST_PROFILE);
	no_state.country = "";
	CHECK(flags_of(&none, &no_state) == CCCD_TRUST_PROFILE);
	change = none;
	change.validity = PKI_SEQ(pki_time("219901000000Z"),
							  pki_time("360101000000Z"));
	CHECK(flags_of(&change, &csca) == CCCD_TRUST_PROFILE);
}

/* --- links --------------------------------------------------------------- */

static int
settle(CccdTrustEntry *entries, int count)
{
	static CccdX509 work[CCCD_LINK_ATTEMPTS + 8];

	return cccd_trust_settle(entries, count, work, NULL);
}

/* Whether a link under the anchor becomes one, in either order. */
static bool
holds(CccdBytes anchor, CccdBytes link)
{
	uint8_t		kinds[2];

	for (int turned = 0; turned < 2; turned++)
	{
		CccdTrustEntry entries[2];
		CccdTrustEntry *its;

		entries[turned] = classified(anchor, CCCD_PURPOSE_CHIP);
		entries[1 - turned] = classified(link, CCCD_PURPOSE_CHIP);
		CHECK(entries[turned].kind == CCCD_TRUST_ANCHOR);
		CHECK(entries[1 - turned].kind == CCCD_TRUST_LINK);
		CHECK(settle(entries, 2) == 2);
		its = cccd_bytes_equal(entries[0].bytes, link) ? &entries[0] :
			&entries[1];
		kinds[turned] = its->kind;
		CHECK(((its->flags & CCCD_TRUST_VIA_LINK) != 0) ==
			  (its->kind == CCCD_TRUST_ANCHOR));
		CHECK(entries[its == &entries[0]].kind == CCCD_TRUST_ANCHOR);
		CHECK(!(entries[its == &entries[0]].flags & CCCD_TRUST_VIA_LINK));
	}
	CHECK(kinds[0] == kinds[1]);
	return kinds[0] == CCCD_TRUST_ANCHOR;
}

/* A link has its state's anchor by key identifier, else by name; and a proof. */
static void
test_links(void)
{
	static const PkiChange none;
	EVP_PKEY   *key = signer_keys[1];
	PkiCertificate link = {"VN", "CSCA new", "CSCA test", 2, key, csca_key,
	true, false, NULL, NULL};
	PkiCertificate abroad = link,
				renamed = link,
				forged = link;
	PkiChange	no_id = none,
				no_subject_id = none,
				other_id = none;
	CccdBytes	bare;

	abroad.country = "LA";
	renamed.issuer = "CSCA tesu";
	forged.issuer_key = key;
	no_id.authority = NOTHING;
	no_subject_id.subject = NOTHING;
	bare = pki_change_certificate(&csca, &no_subject_id);
	CHECK(holds(csca_der, pki_make_certificate(&link)));
	CHECK(!holds(csca_der, pki_make_certificate(&abroad)));
	CHECK(!holds(csca_der, pki_make_certificate(&forged)));
	/* signed by another key under the right names */
	other_id.authority_id = pki_key_id(csca_key);
	CHECK(!holds(csca_der, pki_change_certificate(&forged, &other_id)));
	CHECK(!holds(csca_der, pki_change_certificate(&forged, &no_id)));
	/* the identifier decides where both have one */
	CHECK(holds(csca_der, pki_make_certificate(&renamed)));
	other_id.authority_id = pki_key_id(key);
	CHECK(!holds(csca_der, pki_change_certificate(&link, &other_id)));
	/* the name decides where one of them has none */
	CHECK(holds(csca_der, pki_change_certificate(&link, &no_id)));
	CHECK(!holds(csca_der, pki_change_certificate(&renamed, &no_id)));
	CHECK(holds(bare, pki_make_certificate(&link)));
	CHECK(holds(bare, pki_change_certificate(&link, &other_id)));
	CHECK(!holds(bare, pki_make_certificate(&renamed)));
	/* a state without a name has no links */
	abroad.country = "";
	CHECK(!holds(csca_der, pki_make_certificate(&abroad)));
}

/* A chain of links in every order; without its anchor none of it counts. */
static void
test_chain(void)
{
	EVP_PKEY   *keys[4] = {csca_key, signer_keys[0], signer_keys[1],
	pki_key("prime256v1", false)};
	CccdBytes	ders[4] = {csca_der};

	for (int k = 1; k < 4; k++)
	{
		static const char *const names[] = {"CSCA test", "B", "C", "D"};
		PkiCertificate link = {"VN", names[k], names[k - 1], 10 + k, keys[k],
		keys[k - 1], true, false, NULL, NULL};

		ders[k] = pki_make_certificate(&link);
	}
	for (int n = 0; n < 256; n++)
		for (int without = 0; without < 5; without++)
		{
			CccdTrustEntry entries[4];
			int			order[4] = {n & 3, n >> 2 & 3, n >> 4 & 3, n >> 6 & 3};
			int			count = 0;

			if ((1 << order[0] | 1 << order[1] | 1 << order[2] |
				 1 << order[3]) != 15)
				continue;
			for (int i = 0; i < 4; i++)
				if (order[i] != without)
					entries[count++] = classified(ders[order[i]],
												  CCCD_PURPOSE_CHIP);
			CHECK(settle(entries, count) == count);
			for (int i = 0; i < count; i++)
			{
				int			k = 0;

				while (!cccd_bytes_equal(ders[k], entries[i].bytes))
					k++;
				CHECK((entries[i].kind == CCCD_TRUST_ANCHOR) == (k < without));
			}
		}
	EVP_PKEY_free(keys[3]);
}

/* An anchor of one purpose vouches for no link of another. */
static void
test_purposes(void)
{
	PkiCertificate link = {"VN", "CSCA new", "CSCA test", 2, signer_keys[1],
	csca_key, true, false, NULL, NULL};
	CccdTrustEntry entries[2];

	entries[0] = classified(csca_der, CCCD_PURPOSE_TICKET);
	entries[1] = classified(pki_make_certificate(&link), CCCD_PURPOSE_CHIP);
	CHECK(settle(entries, 2) == 2);
	CHECK(entries[0].purpose == CCCD_PURPOSE_CHIP &&
		  entries[0].kind == CCCD_TRUST_LINK);
	/* one certificate may serve two purposes, and one only once */
	entries[0] = classified(csca_der, CCCD_PURPOSE_TICKET);
	entries[1] = classified(csca_der, CCCD_PURPOSE_CHIP);
	CHECK(settle(entries, 2) == 2);
	entries[0] = entries[1];
	CHECK(settle(entries, 2) == 1);
}

/* Which of two entries for one certificate remains, whatever the order. */
static void
test_merged(void)
{
	static const struct
	{
		int			kind;
		int			source;
		uint8_t		flags;
	}			ranks[] =		/* the best first */
	{
		{CCCD_TRUST_ANCHOR, CCCD_TRUST_SOURCE_OPERATOR, 0},
		{CCCD_TRUST_ANCHOR, CCCD_TRUST_SOURCE_MASTER_LIST, 0},
		{CCCD_TRUST_ANCHOR, CCCD_TRUST_SOURCE_JSON, 0},
		{CCCD_TRUST_SIGNER, CCCD_TRUST_SOURCE_OPERATOR, 0},
		{CCCD_TRUST_SIGNER, CCCD_TRUST_SOURCE_JSON, 0}
	};
	int			count = sizeof(ranks) / sizeof(ranks[0]);

	for (int i = 0; i < count; i++)
		for (int k = 0; k < count; k++)
		{
			CccdTrustEntry entries[2];
			int			best = i < k ? i : k;

			entries[0] = entries[1] = classified(csca_der, CCCD_PURPOSE_CHIP);
			entries[0].kind = (uint8_t) ranks[i].kind;
			entries[0].source = (uint8_t) ranks[i].source;
			entries[1].kind = (uint8_t) ranks[k].kind;
			entries[1].source = (uint8_t) ranks[k].source;
			CHECK(settle(entries, 2) == 1);
			CHECK(entries[0].kind == ranks[best].kind);
			CHECK(entries[0].source == ranks[best].source);
		}
}

/* --- values -------------------------------------------------------------- */

static CccdBytes
written(const CccdTrustEntry *entries, int count)
{
	CccdBytes	value = {NULL, cccd_trust_size(entries, count)};

	value.data = pki_alloc(value.length);
	CHECK(cccd_trust_write(entries, count, (uint8_t *) value.data));
	return value;
}

/* Content of every kind under every kind: only its own is valid. */
static void
test_content(void)
{
	uint8_t		key[4096];
	uint8_t		revoked[128];
	static const uint8_t items[16];
	CccdKeyEntry key_entry = {.kid = {items, 8}, .has_certificate = true,
	.content = signer_ders[0]};
	CccdRevokedEntry revoked_entry = {.scope = CCCD_REVOKED_UCI, .width = 16,
	.items = {items, 16}};
	CccdBytes	contents[4] = {
		csca_der, pki_make_crl("VN", "CSCA test", csca_key, 7)
	};

	CHECK(cccd_key_entry_size(&key_entry) <= sizeof(key));
	contents[2] = pki_bytes(key, cccd_key_entry_write(&key_entry, key));
	contents[3] = pki_bytes(revoked, cccd_revoked_entry_write(&revoked_entry,
															  revoked));
	for (int kind = CCCD_TRUST_ANCHOR; kind <= CCCD_TRUST_REVOKED; kind++)
		for (int k = 0; k < 4; k++)
		{
			CccdTrustEntry entry;
			bool		good = k == 0 ? kind <= CCCD_TRUST_SIGNER :
			kind == CCCD_TRUST_SIGNER + k;

			CHECK(cccd_trust_entry_of(contents[k], kind, CCCD_PURPOSE_CHIP,
									  CCCD_TRUST_SOURCE_JSON, &entry));
			CHECK(cccd_trust_content_valid(&entry) == good);
			CHECK(cccd_trust_valid(written(&entry, 1)) == good);
			/* and it is not content of another fingerprint */
			entry.fingerprint[31] ^= 1;
			CHECK(!cccd_trust_valid(written(&entry, 1)));
		}
}

static const char *
country_of(CccdBytes content, int kind)
{
	static char country[4];
	CccdTrustEntry entry;

	memset(country, 'x', sizeof(country));
	CHECK(cccd_trust_entry_of(content, kind, CCCD_PURPOSE_CHIP,
							  CCCD_TRUST_SOURCE_JSON, &entry));
	cccd_trust_country(&entry, country);
	return country;
}

/* A state is that of a subject, or the issuer of a list, or nobody's. */
static void
test_countries(void)
{
	PkiCertificate abroad = {"LA", "CSCA", "CSCA", 2, signer_keys[1],
	signer_keys[1], true, false, NULL, NULL};
	static const uint8_t kid[CCCD_KID_SIZE];
	static const uint8_t items[CCCD_REVOKED_HASH];
	CccdKeyEntry key = {.kid = {kid, sizeof(kid)}, .country = "US"};
	CccdRevokedEntry revoked = {.scope = CCCD_REVOKED_UCI,
	.width = CCCD_REVOKED_HASH, .items = {items, sizeof(items)}};
	uint8_t		room[4096];
	CccdBytes	foreign = pki_make_certificate(&abroad);

	CHECK_STR(country_of(foreign, CCCD_TRUST_ANCHOR), "LA");
	CHECK_STR(country_of(csca_der, CCCD_TRUST_LINK), "VN");
	CHECK_STR(country_of(NOTHING, CCCD_TRUST_SIGNER), "");
	CHECK_STR(country_of(pki_make_crl("LA", "CSCA", csca_key, 7),
						 CCCD_TRUST_CRL), "LA");
	CHECK_STR(country_of(csca_der, CCCD_TRUST_CRL), "");
	/* a list says whose a key is; its certificate where the list does not */
	key.has_certificate = true;
	key.content = foreign;
	CHECK_STR(country_of(pki_bytes(room, cccd_key_entry_write(&key, room)),
						 CCCD_TRUST_KEY), "US");
	key.country[0] = '\0';
	CHECK_STR(country_of(pki_bytes(room, cccd_key_entry_write(&key, room)),
						 CCCD_TRUST_KEY), "LA");
	key.has_certificate = false;
	key.content = pki_public_key(csca_key);
	CHECK_STR(country_of(pki_bytes(room, cccd_key_entry_write(&key, room)),
						 CCCD_TRUST_KEY), "");
	CHECK_STR(country_of(NOTHING, CCCD_TRUST_KEY), "");
	CHECK_STR(country_of(pki_bytes(room, cccd_revoked_entry_write(&revoked,
																  room)),
						 CCCD_TRUST_REVOKED), "");
}

/* Entries ascend: by purpose, then by fingerprint, none of them twice. */
static void
test_order(void)
{
	CccdTrustEntry sorted[3];

	sorted[0] = classified(csca_der, CCCD_PURPOSE_CHIP);
	sorted[1] = classified(signer_ders[0], CCCD_PURPOSE_CHIP);
	sorted[2] = classified(csca_der, CCCD_PURPOSE_TICKET);
	CHECK(settle(sorted, 3) == 3);
	CHECK(cccd_trust_valid(written(sorted, 3)));
	for (int i = 0; i < 3; i++)
		for (int k = 0; k < 3; k++)
		{
			CccdTrustEntry two[2] = {sorted[i], sorted[k]};

			CHECK(cccd_trust_valid(written(two, 2)) == (i < k));
		}
}

/* The numbers of an entry's head that are known, and those beside them. */
static void
test_heads(void)
{
	CccdTrustEntry entry = classified(csca_der, CCCD_PURPOSE_CHIP);

	for (int k = 0; k < 256; k++)
	{
		CccdTrustEntry changed = entry;

		changed.kind = (uint8_t) k;
		CHECK(cccd_trust_valid(written(&changed, 1)) ==
			  (k >= CCCD_TRUST_ANCHOR && k <= CCCD_TRUST_SIGNER));
		changed = entry;
		changed.purpose = (uint8_t) k;
		CHECK(cccd_trust_valid(written(&changed, 1)) ==
			  (k >= CCCD_PURPOSE_CHIP && k <= CCCD_PURPOSE_HEALTH_TEST));
		changed = entry;
		changed.source = (uint8_t) k;
		CHECK(cccd_trust_valid(written(&changed, 1)) ==
			  (k >= CCCD_TRUST_SOURCE_OPERATOR && k <= CCCD_TRUST_SOURCE_JSON));
		changed = entry;
		changed.flags = (uint8_t) k;
		CHECK(cccd_trust_valid(written(&changed, 1)) ==
			  ((k & ~(CCCD_TRUST_VIA_LINK | CCCD_TRUST_PROFILE)) == 0));
	}
}

int
main(void)
{
	make_state();
	test_names();
	test_classes();
	test_profile();
	test_links();
	test_chain();
	test_purposes();
	test_merged();
	test_content();
	test_countries();
	test_order();
	test_heads();
	free_state();
	return finish();
}
