/*
 * store_test.c
 *		A trust value is opened whole or not at all.
 */
#include "chip_state.h"

/* A trust value of two anchors and a signer. */
static CccdBytes
make_value(int count)
{
	CccdTrustEntry entries[3];
	CccdX509	room[3];
	CccdBytes	value;
	EVP_PKEY   *other_key = pki_key("prime256v1", false);
	PkiCertificate other = {"VN", "Other", "Other", 2, other_key, other_key,
	true, false, NULL, NULL};

	CHECK(cccd_trust_classify(csca_der, CCCD_PURPOSE_CHIP,
							  CCCD_TRUST_SOURCE_OPERATOR, &entries[0]));
	CHECK(cccd_trust_classify(signer_ders[0], CCCD_PURPOSE_CHIP,
							  CCCD_TRUST_SOURCE_OPERATOR, &entries[1]));
	CHECK(cccd_trust_classify(pki_make_certificate(&other), CCCD_PURPOSE_CHIP,
							  CCCD_TRUST_SOURCE_OPERATOR, &entries[2]));
	count = cccd_trust_settle(entries, count, room, NULL);
	value.length = cccd_trust_size(entries, count);
	value.data = pki_alloc(value.length);
	CHECK(cccd_trust_write(entries, count, (uint8_t *) value.data));
	EVP_PKEY_free(other_key);
	return value;
}

/* Whether a value opens, in memory that holds something else. */
static bool
opens(CccdBytes value, CccdTrustStore **store)
{
	static uint8_t memory[64 * 1024];
	bool		good;

	memset(memory, 0xA5, sizeof(memory));
	*store = NULL;
	good = cccd_store_open(value, memory, store);
	CHECK((void *) *store == (void *) memory);
	return good;
}

/* Closing does nothing where no key was made, also where opening failed. */
static bool
opens_and_closes(CccdBytes value)
{
	CccdTrustStore *store;
	bool		good = opens(value, &store);

	cccd_store_close(store);
	return good;
}

/* The same bytes under a digest of their own. */
static CccdBytes
sealed(CccdBytes value)
{
	CccdBytes	body = {value.data + CCCD_TRUST_COUNT,
	value.length - CCCD_TRUST_COUNT};
	CccdBytes	copy = value;
	uint8_t    *bytes = pki_alloc(value.length);

	memcpy(bytes, value.data, value.length);
	memcpy(bytes + CCCD_TRUST_DIGEST, pki_sha256(body).data, CCCD_SHA256_SIZE);
	copy.data = bytes;
	return copy;
}

static void
test_whole(void)
{
	for (int count = 0; count <= 3; count++)
	{
		CccdBytes	value = make_value(count);
		CccdTrustStore *store;

		CHECK(cccd_store_size(value) <= 64 * 1024);
		CHECK(opens(value, &store));
		CHECK(memcmp(store->digest, value.data + CCCD_TRUST_DIGEST,
					 CCCD_SHA256_SIZE) == 0);
		CHECK(store->anchor_count == count - (count > 1));
		CHECK(store->signer_count == (count > 1));
		CHECK(store->crl_count == 0 && store->key_count == 0 &&
			  store->revocation_count == 0);
		for (int k = 0; k < store->anchor_count; k++)
		{
			CHECK(store->anchors[k].purpose == CCCD_PURPOSE_CHIP);
			CHECK(store->anchors[k].source == CCCD_TRUST_SOURCE_OPERATOR);
			CHECK(memcmp(store->anchors[k].fingerprint,
						 pki_sha256(store->anchors[k].certificate.whole).data,
						 CCCD_SHA256_SIZE) == 0);
		}
		if (count > 1)
			CHECK(cccd_bytes_equal(store->signers[0].certificate.whole,
								   signer_ders[0]));
		cccd_store_close(store);
	}
}

/* Bytes that are not those of the digest; a value cut off or continued. */
static void
test_damaged(void)
{
	CccdBytes	value = make_value(3);

	for (size_t at = 0; at < value.length; at++)
	{
		CccdBytes	changed = value;
		uint8_t    *bytes = pki_alloc(value.length);

		memcpy(bytes, value.data, value.length);
		bytes[at] ^= 1;
		changed.data = bytes;
		CHECK(!opens_and_closes(changed));
		CHECK(!cccd_trust_valid(changed));
	}
	for (size_t length = 0; length < value.length; length += 3)
	{
		CccdBytes	cut = value;

		cut.length = length;
		CHECK(!opens_and_closes(cut));
		CHECK(!cccd_trust_valid(cut));
		/* a digest of its own does not make it one */
		if (length >= CCCD_TRUST_HEADER)
			CHECK(!cccd_trust_valid(sealed(cut)));
	}
	for (size_t more = 1; more < CCCD_TRUST_ENTRY; more++)
	{
		uint8_t    *zeros = pki_alloc(more);
		CccdBytes	longer;

		memset(zeros, 0, more);
		longer = pki_wrap(-1, value, pki_bytes(zeros, more), PKI_END);
		CHECK(!opens_and_closes(longer));
		CHECK(!opens_and_closes(sealed(longer)));
		CHECK(!cccd_trust_valid(longer) && !cccd_trust_valid(sealed(longer)));
	}
}

/* A certificate that cannot be read, although the digest is right. */
static void
test_unreadable(void)
{
	CccdBytes	value = make_value(3);
	size_t		offset = 0;
	CccdTrustEntry entry;

	while (cccd_trust_next(value, &offset, &entry))
	{
		size_t		at = (size_t) (entry.bytes.data - value.data);
		CccdBytes	changed = value;
		uint8_t    *bytes = pki_alloc(value.length);

		memcpy(bytes, value.data, value.length);
		bytes[at] ^= 1;
		changed.data = bytes;
		CHECK(!opens_and_closes(sealed(changed)));
		/* every byte of an entry is under its fingerprint */
		for (size_t k = 0; k < entry.bytes.length; k += 7)
		{
			memcpy(bytes, value.data, value.length);
			bytes[at + k] ^= 1;
			CHECK(!cccd_trust_valid(sealed(changed)));
		}
	}
}

/* The number of entries, and their order. */
static void
test_count(void)
{
	CccdBytes	value = make_value(3);

	CHECK(cccd_trust_valid(value) && cccd_trust_valid(sealed(value)));
	for (int by = -1; by <= 1; by += 2)
	{
		CccdBytes	changed = value;
		uint8_t    *bytes = pki_alloc(value.length);
		size_t		at = CCCD_TRUST_COUNT;

		memcpy(bytes, value.data, value.length);
		while (bytes[at] != 3)
			at++;
		CHECK(at < CCCD_TRUST_HEADER);
		bytes[at] = (uint8_t) (3 + by);
		changed.data = bytes;
		CHECK(!cccd_trust_valid(sealed(changed)));
	}
}

/* Which entries of which purpose verify with their own key, and are anchors. */
static void
test_kinds(void)
{
	CccdBytes	crl = pki_make_crl("VN", "CSCA test", csca_key, 7);

	for (int purpose = CCCD_PURPOSE_CHIP; purpose <= CCCD_PURPOSE_HEALTH_TEST;
		 purpose++)
		for (int kind = CCCD_TRUST_ANCHOR; kind <= CCCD_TRUST_CRL; kind++)
		{
			CccdTrustEntry entry;
			CccdTrustStore *store;
			CccdBytes	value;
			size_t		size = sizeof(CccdTrustStore);
			bool		key = kind == CCCD_TRUST_ANCHOR &&
			purpose != CCCD_PURPOSE_CHIP;

			CHECK(cccd_trust_entry_of(kind == CCCD_TRUST_CRL ? crl : csca_der,
									  kind, purpose,
									  CCCD_TRUST_SOURCE_OPERATOR, &entry));
			value.length = cccd_trust_size(&entry, 1);
			value.data = pki_alloc(value.length);
			CHECK(cccd_trust_write(&entry, 1, (uint8_t *) value.data));
			size += kind == CCCD_TRUST_CRL ? sizeof(CccdListedCrl) :
				kind == CCCD_TRUST_SIGNER ? sizeof(CccdListedSigner) :
				sizeof(CccdAnchor);
			CHECK(cccd_store_size(value) ==
				  size + (key ? sizeof(CccdListedKey) : 0));
			CHECK(opens(value, &store));
			CHECK(store->key_count == key);
			CHECK(store->anchor_count == (kind == CCCD_TRUST_ANCHOR));
			CHECK(store->crl_count == (kind == CCCD_TRUST_CRL));
			CHECK(store->signer_count == (kind == CCCD_TRUST_SIGNER));
			cccd_store_close(store);
		}
}

/* A list of revocations has the width of its scope, and rises. */
static void
test_revoked(void)
{
	uint8_t		items[3 * 40];

	for (size_t k = 0; k < sizeof(items); k++)
		items[k] = (uint8_t) k;
	for (int scope = 0; scope <= CCCD_REVOKED_COUNTRY + 1; scope++)
		for (int width = 0; width <= 40; width++)
			for (int length = 0; length <= 3 * width; length++)
			{
				bool		known = scope >= CCCD_REVOKED_UCI &&
				scope <= CCCD_REVOKED_COUNTRY;
				bool		good = known &&
				width == cccd_revoked_width(scope) && length > 0 &&
				length % width == 0;
				CccdBytes	bytes =
				PKI_TLV(0x30, pki_integer(scope),
						PKI_TLV(0x04, PKI_LITERAL("12345678")),
						pki_integer(width),
						PKI_TLV(0x04, pki_bytes(items, (size_t) length)));
				CccdRevokedEntry entry;

				if (width > 0 && length % width > 1)
					continue;
				CHECK(cccd_revoked_entry_read(bytes, &entry) == good);
				CHECK(!good || ((int) entry.scope == scope &&
								entry.width == width &&
								entry.items.length == (size_t) length &&
								entry.kid.length == 8));
			}
	/* twice the same, and one that falls */
	for (int by = -1; by <= 0; by++)
	{
		CccdRevokedEntry entry;

		items[2] = items[0];
		items[3] = (uint8_t) (items[1] + by);
		CHECK(!cccd_revoked_entry_read(
									   PKI_TLV(0x30, pki_integer(CCCD_REVOKED_COUNTRY),
											   PKI_TLV(0x04, PKI_LITERAL("")),
											   pki_integer(cccd_revoked_width(CCCD_REVOKED_COUNTRY)),
											   PKI_TLV(0x04, pki_bytes(items, 4))), &entry));
	}
}

int
main(void)
{
	make_state();
	test_whole();
	test_damaged();
	test_unreadable();
	test_count();
	test_kinds();
	test_revoked();
	free_state();
	return finish();
}
