/*
 * cms_test.c
 *		What is not a signed message, and what a damaged one is.
 */
#include "unit.h"

#include "pki.h"
#include "pki/cms_core.h"

/* What is not signed data at all. */
static void
test_no_message(void)
{
	static const struct
	{
		const char *bytes;
		size_t		length;
		bool		signed_data;
	}			cases[] = {
#define CASE(literal, signed_data)	{literal, sizeof(literal) - 1, signed_data}
		CASE("", false),
		CASE("\x04\x00", false),
		CASE("\x30\x00", false),
		CASE("\x30\x02\x05\x00", false),
		CASE("\x30\x05\x06\x03\x2A\x03\x04", false),
		CASE("\x30\x0B\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x07\x02", true),
		CASE("\x30\x0D\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x07\x02\xA0\x00", true)
#undef CASE
	};

	for (size_t k = 0; k < sizeof(cases) / sizeof(cases[0]); k++)
	{
		static CccdCms cms;
		CccdDerDocument document;
		CccdDer		cursor = cccd_der_open(&document,
										   (const uint8_t *) cases[k].bytes,
										   cases[k].length, true);
		bool		signed_data;

		CHECK(!cccd_cms_read(&cursor, NULL, 0, &cms, &signed_data));
		CHECK(signed_data == cases[k].signed_data);
		CHECK(document.error != CCCD_DER_OK);
	}
}

/* A message is read, or its document says what is wrong: never both. */
static void
read_damaged(const uint8_t *bytes, size_t length)
{
	static CccdCms cms;
	static uint8_t scratch[4096];
	CccdDerDocument document;
	CccdDer		cursor = cccd_der_open(&document, bytes, length, true);
	bool		signed_data;
	bool		good = cccd_cms_read(&cursor, scratch, sizeof(scratch), &cms,
									 &signed_data);

	CHECK(good == (document.error == CCCD_DER_OK));
	CHECK(signed_data || !good);
}

/* Each octet of a message changed, and each length of what is left of it. */
static void
test_damaged(void)
{
	static const uint8_t changes[] = {0x01, 0x02, 0x20, 0x80, 0xFF};
	EVP_PKEY   *key = pki_key("P-256", false);
	PkiCertificate signer = {"VN", "DS", "CSCA", 7, key, key, false, false,
	NULL, NULL};
	CccdBytes	message = pki_make_message(PKI_OID("\x2A\x03"),
										   PKI_LITERAL("abc"), &signer,
										   pki_make_certificate(&signer),
										   "260101000000Z");
	uint8_t    *copy = malloc(message.length);

	memcpy(copy, message.data, message.length);
	read_damaged(copy, message.length);
	for (size_t at = 0; at < message.length; at++)
		for (size_t k = 0; k < sizeof(changes); k++)
		{
			copy[at] ^= changes[k];
			read_damaged(copy, message.length);
			copy[at] ^= changes[k];
		}
	for (size_t length = 0; length < message.length; length++)
	{
		uint8_t    *exact = malloc(length + 1);

		memcpy(exact, message.data, length);
		read_damaged(exact, length);
		free(exact);
	}
	free(copy);
	EVP_PKEY_free(key);
}

int
main(void)
{
	test_no_message();
	test_damaged();
	return finish();
}
