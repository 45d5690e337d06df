/*
 * cms_test.c
 *		What is not a signed message.
 */
#include "unit.h"

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

int
main(void)
{
	test_no_message();
	return finish();
}
