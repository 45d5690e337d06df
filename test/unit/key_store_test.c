/*
 * key_store_test.c
 *		Keys of health certificates in a trust value: found by identifier, what
 *		they may sign, which are for tests, what is revoked.
 */
#include "unit.h"

#include "hcert_make.h"

#include "trust/store_core.h"

#define ENTRIES		16

static CccdTrustEntry entries[ENTRIES];
static int	entry_count;

static CccdTrustStore *
open_entries(void)
{
	static CccdX509 room[ENTRIES];
	CccdTrustStore *store;
	CccdBytes	value;
	uint8_t    *bytes;

	entry_count = cccd_trust_settle(entries, entry_count, room, NULL);
	value.length = cccd_trust_size(entries, entry_count);
	value.data = bytes = pki_alloc(value.length);
	CHECK(cccd_trust_write(entries, entry_count, bytes));
	CHECK(cccd_trust_valid(value));
	CHECK(cccd_store_open(value, pki_alloc(cccd_store_size(value)), &store));
	/* a byte changed anywhere is noticed */
	bytes[value.length / 2] ^= 1;
	CHECK(!cccd_trust_valid(value));
	bytes[value.length / 2] ^= 1;
	entry_count = 0;
	return store;
}

static void
add_certificate(CccdBytes certificate, int purpose)
{
	CHECK(cccd_trust_classify(certificate, purpose, CCCD_TRUST_SOURCE_OPERATOR,
							  &entries[entry_count++]));
}

/* A key as a list names it. */
static CccdBytes
add_key_as(CccdBytes kid, const char *country, uint8_t usages,
		   bool certificate, CccdBytes content)
{
	CccdKeyEntry entry;
	CccdKeyEntry again;
	CccdBytes	bytes;

	memset(&entry, 0, sizeof(entry));
	entry.kid = kid;
	snprintf(entry.country, sizeof(entry.country), "%s", country);
	entry.usages = usages;
	entry.has_certificate = certificate;
	entry.content = content;
	bytes.length = cccd_key_entry_size(&entry);
	bytes.data = pki_alloc(bytes.length);
	CHECK(cccd_key_entry_write(&entry, (uint8_t *) bytes.data) ==
		  bytes.length);
	CHECK(cccd_key_entry_read(bytes, &again));
	CHECK(again.usages == usages && strcmp(again.country, country) == 0 &&
		  again.has_certificate == certificate &&
		  cccd_bytes_equal(again.kid, entry.kid) &&
		  cccd_bytes_equal(again.content, content));
	CHECK(cccd_trust_entry_of(bytes, CCCD_TRUST_KEY,
							  CCCD_PURPOSE_HEALTH_CERTIFICATE,
							  CCCD_TRUST_SOURCE_JSON, &entries[entry_count++]));
	return bytes;
}

static CccdBytes
add_key(const char *kid, const char *country, uint8_t usages,
		bool certificate, CccdBytes content)
{
	return add_key_as(pki_bytes(kid, strlen(kid)), country, usages,
					  certificate, content);
}

static CccdBytes
add_revoked(CccdRevokedScope scope, CccdBytes kid, CccdBytes items)
{
	CccdRevokedEntry entry;
	CccdRevokedEntry again;
	CccdBytes	bytes;

	memset(&entry, 0, sizeof(entry));
	entry.scope = scope;
	entry.kid = kid;
	entry.width = cccd_revoked_width(scope);
	entry.items = items;
	bytes.length = cccd_revoked_entry_size(&entry);
	bytes.data = pki_alloc(bytes.length);
	CHECK(cccd_revoked_entry_write(&entry, (uint8_t *) bytes.data) ==
		  bytes.length);
	CHECK(cccd_revoked_entry_read(bytes, &again));
	CHECK(again.scope == scope && again.width == entry.width &&
		  cccd_bytes_equal(again.items, items));
	CHECK(cccd_trust_entry_of(bytes, CCCD_TRUST_REVOKED,
							  CCCD_PURPOSE_HEALTH_CERTIFICATE,
							  CCCD_TRUST_SOURCE_OPERATOR, &entries[entry_count++]));
	return bytes;
}

static int
find(CccdTrustStore *store, int purpose, const char *kid, int *first)
{
	return cccd_store_find_keys(store, purpose,
								pki_bytes(kid, strlen(kid)), first);
}

static void
test_keys(void)
{
	EVP_PKEY   *key = pki_key("prime256v1", false);
	EVP_PKEY   *other = pki_key("RSA", false);
	CccdBytes	all = hcert_signer(key, "XA", "all", "", "250101000000Z",
								   "290101000000Z");
	CccdBytes	tests = hcert_signer(key, "XA", "tests", "1",
									 "250101000000Z", "290101000000Z");
	CccdBytes	many = hcert_signer(other, "XB", "many", "23",
									"250101000000Z", "290101000000Z");
	CccdTrustStore *store;
	CccdListedKey *listed;
	int			first;

	add_certificate(all, CCCD_PURPOSE_HEALTH_CERTIFICATE);
	add_certificate(tests, CCCD_PURPOSE_HEALTH_CERTIFICATE);
	add_certificate(tests, CCCD_PURPOSE_HEALTH_TEST);
	add_certificate(many, CCCD_PURPOSE_TICKET);
	add_certificate(many, CCCD_PURPOSE_CHIP);
	add_key("same-kid", "", 0, true, many);
	add_key("same-kid", "XC", CCCD_KEY_VACCINATION, true, many);
	add_key("same-kid", "XC", CCCD_KEY_TEST, true, many);
	add_key("same-kid", "", CCCD_KEY_TEST | CCCD_KEY_RECOVERY, false,
			pki_public_key(key));
	add_key("k", "", 0, false, pki_public_key(other));
	add_key_as(PKI_LITERAL("k\0"), "", 0, false, pki_public_key(key));
	store = open_entries();
	CHECK(store->key_count == 10);

	CHECK(find(store, CCCD_PURPOSE_HEALTH_CERTIFICATE, "", &first) == 8);
	CHECK(find(store, CCCD_PURPOSE_HEALTH_TEST, "", &first) == 1);
	CHECK(find(store, CCCD_PURPOSE_TICKET, "", &first) == 1);
	CHECK(find(store, CCCD_PURPOSE_CHIP, "", &first) == 0);
	CHECK(find(store, CCCD_PURPOSE_HEALTH_CERTIFICATE, "same-ki", &first) == 0);
	CHECK(find(store, CCCD_PURPOSE_HEALTH_CERTIFICATE, "same-kidd", &first) == 0);
	CHECK(find(store, CCCD_PURPOSE_TICKET, "same-kid", &first) == 0);
	CHECK(find(store, CCCD_PURPOSE_HEALTH_CERTIFICATE, "k", &first) == 1);
	CHECK(!store->keys[first].has_validity &&
		  store->keys[first].numbers.kind == CCCD_KEY_RSA);

	/* two identifiers of which one begins as the other */
	CHECK(cccd_store_find_keys(store, CCCD_PURPOSE_HEALTH_CERTIFICATE,
							   PKI_LITERAL("k\0"), &first) == 1);
	CHECK(cccd_listed_kid(&store->keys[first]).length == 2);

	/* what list and certificate say together; nothing where they disagree */
	CHECK(find(store, CCCD_PURPOSE_HEALTH_CERTIFICATE, "same-kid", &first) == 4);
	{
		int			none = 0;
		int			seen = 0;
		int			k;

		for (k = first; k < first + 4; k++)
		{
			none += store->keys[k].usages == CCCD_KEY_USAGES + 1;
			seen |= store->keys[k].usages;
			CHECK(strcmp(store->keys[k].country,
						 store->keys[k].usages == CCCD_KEY_USAGES + 1 ||
						 store->keys[k].usages == CCCD_KEY_VACCINATION ?
						 "XC" : store->keys[k].has_validity ? "XB" : "") == 0);
		}
		CHECK(none == 1);
		CHECK((seen & CCCD_KEY_USAGES) == CCCD_KEY_USAGES);
	}

	/* a certificate is known by its own digest; its key, too, is a test's */
	CHECK(cccd_store_find_keys(store, CCCD_PURPOSE_HEALTH_CERTIFICATE,
							   hcert_kid(all), &first) == 1);
	listed = &store->keys[first];
	CHECK(listed->usages == 0 && listed->has_validity);
	CHECK(cccd_store_key(store, listed) != NULL && listed->is_test);
	CHECK(cccd_store_key(store, listed) == listed->key);
	CHECK(cccd_store_find_keys(store, CCCD_PURPOSE_HEALTH_CERTIFICATE,
							   hcert_kid(many), &first) == 0);
	CHECK(find(store, CCCD_PURPOSE_HEALTH_CERTIFICATE, "k", &first) == 1);
	CHECK(cccd_store_key(store, &store->keys[first]) != NULL &&
		  !store->keys[first].is_test);
	CHECK(cccd_key_count() == 2);
	cccd_store_close(store);
	CHECK(cccd_key_count() == 0);
	EVP_PKEY_free(key);
	EVP_PKEY_free(other);
}

/* The arc with a zero too many means the same. */
static void
test_usages(void)
{
	static const struct
	{
		const char *oid;
		size_t		length;
		uint8_t		usages;
	}			cases[] = {
#define ARC(text, usages)	{text, sizeof(text) - 1, usages}
		ARC("\x2B\x06\x01\x04\x01\x8E\x37\x8F\x65\x01\x01", CCCD_KEY_TEST),
		ARC("\x2B\x06\x01\x04\x01\x00\x8E\x37\x8F\x65\x01\x02", CCCD_KEY_VACCINATION),
		ARC("\x2B\x06\x01\x04\x01\x00\x8E\x37\x8F\x65\x01\x03", CCCD_KEY_RECOVERY),
		ARC("\x2B\x06\x01\x04\x01\x8E\x37\x8F\x65\x01\x04", 0),
		ARC("\x2B\x06\x01\x05\x05\x07\x03\x02", 0)
	};
	EVP_PKEY   *key = pki_key("prime256v1", false);
	PkiCertificate make = {"XA", "signer", "CA", 1, key, key, false, false,
	NULL, NULL};
	size_t		k;

	for (k = 0; k < sizeof(cases) / sizeof(cases[0]); k++)
	{
		PkiChange	change = {.extensions = pki_extension(PKI_OID("\x55\x1D\x25"), false,
														  PKI_SEQ(PKI_TLV(CCCD_DER_OID,
																		  pki_bytes(cases[k].oid, cases[k].length))))};
		CccdX509	certificate;
		CccdDerError error;
		size_t		where;

		CHECK(cccd_x509_read(pki_change_certificate(&make, &change),
							 &certificate, &error, &where));
		CHECK(cccd_x509_usages(&certificate) == cases[k].usages);
	}
	EVP_PKEY_free(key);
}

static void
test_revoked(void)
{
	static const CccdBytes none = {(const uint8_t *) "", 0};
	CccdBytes	items = pki_bytes("", 0);
	CccdTrustStore *store;
	uint8_t		item[CCCD_REVOKED_HASH + 4] = {0};
	CccdBytes	asked = {item, sizeof(item)};
	int			k;

	for (k = 0; k < 300; k++)
	{
		item[0] = (uint8_t) (k >> 8);
		item[1] = (uint8_t) k;
		items = pki_wrap(-1, items, pki_bytes(item, CCCD_REVOKED_HASH),
						 PKI_END);
	}
	add_revoked(CCCD_REVOKED_UCI, none, items);
	add_revoked(CCCD_REVOKED_KEY, PKI_LITERAL("12345678"),
				PKI_LITERAL("abcdefgh"));
	add_revoked(CCCD_REVOKED_COUNTRY, none, PKI_LITERAL("XAXB"));
	store = open_entries();
	CHECK(store->revocation_count == 3);
	CHECK(cccd_store_has_revocations(store, CCCD_PURPOSE_HEALTH_CERTIFICATE));
	CHECK(!cccd_store_has_revocations(store, CCCD_PURPOSE_HEALTH_TEST));
	for (k = 0; k < 400; k++)
	{
		item[0] = (uint8_t) (k >> 8);
		item[1] = (uint8_t) k;
		CHECK(cccd_store_revokes(store, CCCD_PURPOSE_HEALTH_CERTIFICATE,
								 CCCD_REVOKED_UCI, none, asked) == (k < 300));
		CHECK(!cccd_store_revokes(store, CCCD_PURPOSE_HEALTH_TEST,
								  CCCD_REVOKED_UCI, none, asked));
		CHECK(!cccd_store_revokes(store, CCCD_PURPOSE_HEALTH_CERTIFICATE,
								  CCCD_REVOKED_SIGNATURE, none, asked));
	}
	asked = PKI_LITERAL("abcdefgh and more");
	CHECK(cccd_store_revokes(store, CCCD_PURPOSE_HEALTH_CERTIFICATE,
							 CCCD_REVOKED_KEY, PKI_LITERAL("12345678"), asked));
	CHECK(!cccd_store_revokes(store, CCCD_PURPOSE_HEALTH_CERTIFICATE,
							  CCCD_REVOKED_KEY, PKI_LITERAL("12345679"), asked));
	CHECK(!cccd_store_revokes(store, CCCD_PURPOSE_HEALTH_CERTIFICATE,
							  CCCD_REVOKED_COUNTRY, none, PKI_LITERAL("X")));
	CHECK(cccd_store_revokes(store, CCCD_PURPOSE_HEALTH_CERTIFICATE,
							 CCCD_REVOKED_COUNTRY, none, PKI_LITERAL("XB")));
	CHECK(!cccd_store_revokes(store, CCCD_PURPOSE_HEALTH_CERTIFICATE,
							  CCCD_REVOKED_COUNTRY, none, PKI_LITERAL("XC")));
	cccd_store_close(store);
}

#define TEN	"0123456789"

/* Entries that the writer would not write. */
static void
test_malformed(void)
{
	static const struct
	{
		const char *bytes;
		size_t		length;
	}			revoked[] = {
#define CASE(text)	{text, sizeof(text) - 1}
		CASE(""), CASE("\x30\x00"),
		/* scope 0 and 6 */
		CASE("\x30\x0C\x02\x01\x00\x04\x00\x02\x01\x02\x04\x02XA"),
		CASE("\x30\x0C\x02\x01\x06\x04\x00\x02\x01\x02\x04\x02XA"),
		/* another width, no items, half an item, out of order, twice */
		CASE("\x30\x0C\x02\x01\x05\x04\x00\x02\x01\x01\x04\x02XA"),
		CASE("\x30\x0A\x02\x01\x05\x04\x00\x02\x01\x02\x04\x00"),
		CASE("\x30\x0D\x02\x01\x05\x04\x00\x02\x01\x02\x04\x03XAX"),
		CASE("\x30\x0E\x02\x01\x05\x04\x00\x02\x01\x02\x04\x04XBXA"),
		CASE("\x30\x0E\x02\x01\x05\x04\x00\x02\x01\x02\x04\x04XAXA"),
		/* no number, no octets, too long an identifier */
		CASE("\x30\x0C\x04\x01\x05\x04\x00\x02\x01\x02\x04\x02XA"),
		CASE("\x30\x0C\x02\x01\x05\x02\x00\x02\x01\x02\x04\x02XA"),
		CASE("\x30\x0C\x02\x01\x05\x04\x00\x04\x01\x02\x04\x02XA"),
		CASE("\x30\x0C\x02\x01\x05\x04\x00\x02\x01\x02\x02\x02XA"),
		CASE("\x30\x4D\x02\x01\x05\x04\x41" TEN TEN TEN TEN TEN TEN "01234"
			 "\x02\x01\x02\x04\x02XA"),
		/* a number that is none, and one that is too long */
		CASE("\x30\x0B\x02\x00\x04\x00\x02\x01\x02\x04\x02XA"),
		CASE("\x30\x10\x02\x05\x01\x00\x00\x00\x05\x04\x00\x02\x01\x02\x04\x02XA"),
		/* something behind it, inside and out */
		CASE("\x30\x0E\x02\x01\x05\x04\x00\x02\x01\x02\x04\x02XA\x05\x00"),
		CASE("\x30\x0C\x02\x01\x05\x04\x00\x02\x01\x02\x04\x02XA\x00")
	};
	EVP_PKEY   *key = pki_key("prime256v1", false);
	CccdBytes	good;
	CccdKeyEntry entry;
	CccdRevokedEntry list;
	size_t		k;

	for (k = 0; k < sizeof(revoked) / sizeof(revoked[0]); k++)
		CHECK(!cccd_revoked_entry_read(pki_bytes(revoked[k].bytes,
												 revoked[k].length), &list));
	good = add_key("kid", "XA", 1, false, pki_public_key(key));
	for (k = 0; k < good.length; k++)
	{
		CccdBytes	cut = {good.data, k};

		CHECK(!cccd_key_entry_read(cut, &entry));
	}
	good = pki_wrap(-1, good, PKI_LITERAL("\x00"), PKI_END);
	CHECK(!cccd_key_entry_read(good, &entry));
	/* field by field: each of them wrong */
	{
		CccdBytes	kid = PKI_TLV(CCCD_DER_OCTET_STRING, PKI_LITERAL("kid"));
		CccdBytes	none = PKI_TLV(CCCD_DER_OCTET_STRING, pki_bytes("", 0));
		CccdBytes	zero = pki_integer(0);
		CccdBytes	info = pki_public_key(key);
		CccdBytes	plain = PKI_TLV(CCCD_DER_EXPLICIT(1), info);
		CccdBytes	more = PKI_LITERAL("\x05\x00");
		CccdBytes	padding = pki_bytes(memset(pki_alloc(CCCD_DER_SIZE), 'x',
											   CCCD_DER_SIZE), CCCD_DER_SIZE);
		const CccdBytes wrong[] = {
			PKI_SEQ(zero, none, zero, plain),
			PKI_SEQ(PKI_TLV(CCCD_DER_OCTET_STRING, PKI_LITERAL(TEN TEN TEN TEN TEN TEN "01234")),
					none, zero, plain),
			PKI_SEQ(kid, PKI_TLV(CCCD_DER_OCTET_STRING, PKI_LITERAL("VNM")),
					zero, plain),
			PKI_SEQ(kid, PKI_TLV(CCCD_DER_OCTET_STRING, PKI_LITERAL("\0N")),
					zero, plain),
			PKI_SEQ(kid, PKI_TLV(CCCD_DER_OCTET_STRING, PKI_LITERAL("vn")),
					zero, plain),
			PKI_SEQ(kid, zero, zero, plain),
			PKI_SEQ(kid, none, none, plain),
			PKI_SEQ(kid, none, pki_integer(CCCD_KEY_USAGES + 1), plain),
			PKI_SEQ(kid, none, PKI_LITERAL("\x02\x01\xFF"), plain),
			PKI_SEQ(kid, none, zero, PKI_TLV(CCCD_DER_EXPLICIT(2), info)),
			PKI_SEQ(kid, none, zero, info),
			PKI_SEQ(kid, none, zero, plain, more),
			PKI_SEQ(kid, none, zero, PKI_TLV(CCCD_DER_EXPLICIT(1), zero)),
			PKI_SEQ(kid, none, zero, PKI_TLV(CCCD_DER_EXPLICIT(1), info, more)),
			PKI_SEQ(kid, none, zero, PKI_TLV(CCCD_DER_EXPLICIT(1), PKI_SEQ(more))),
			PKI_SEQ(kid, none, zero, PKI_TLV(CCCD_DER_EXPLICIT(0), info)),
			PKI_SEQ(kid, none, zero, PKI_TLV(CCCD_DER_EXPLICIT(1), info), padding)
		};

		CHECK(cccd_key_entry_read(PKI_SEQ(kid, none, zero, plain), &entry));
		for (k = 0; k < sizeof(wrong) / sizeof(wrong[0]); k++)
			CHECK(!cccd_key_entry_read(wrong[k], &entry));
	}
	CHECK(cccd_revoked_scope_by_name("uc", 2) == 0);
	for (k = CCCD_REVOKED_UCI; k <= CCCD_REVOKED_COUNTRY; k++)
	{
		const char *name = cccd_revoked_scope_name((int) k);

		CHECK(cccd_revoked_scope_by_name(name, strlen(name)) == (int) k);
	}
	EVP_PKEY_free(key);
}

int
main(void)
{
	test_keys();
	test_usages();
	test_revoked();
	test_malformed();
	return finish();
}
