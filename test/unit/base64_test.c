/*
 * base64_test.c
 *		base64 in the strict form of signed tokens (RFC 7515) and in what lists
 *		of keys have.
 */
#include "unit.h"

#include <stdlib.h>

#include "base/base64_core.h"

/* Decode into memory of exactly the size that is promised to suffice. */
static void
check(bool url, const char *text, const char *wanted)
{
	size_t		length = strlen(text);
	uint8_t    *out = malloc(CCCD_BASE64_BYTES(length));
	size_t		out_length;
	bool		good = url ?
	cccd_base64url_decode(text, length, out, &out_length) :
	cccd_base64_decode(text, length, out, &out_length);

	CHECK(good == (wanted != NULL));
	if (good != (wanted != NULL))
		fprintf(stderr, "\"%s\"\n", text);
	if (good && wanted != NULL)
		CHECK(out_length == strlen(wanted) &&
			  memcmp(out, wanted, out_length) == 0);
	free(out);
}

/* RFC 4648 section 10, without its padding. */
static void
test_url(void)
{
	static const char *const good[][2] = {
		{"", ""}, {"Zg", "f"}, {"Zm8", "fo"}, {"Zm9v", "foo"},
		{"Zm9vYg", "foob"}, {"Zm9vYmE", "fooba"}, {"Zm9vYmFy", "foobar"},
		{"-_-_", "\xFB\xFF\xBF"}, {"_w", "\xFF"},
		/* RFC 7515 appendix C */
		{"A-z_4ME", "\x03\xEC\xFF\xE0\xC1"}
	};
	static const char *const bad[] = {
		"Z", "Zm9vY", "Zg==", "Zm8=", "Zg=", "+/+/", "Zm9v ", " Zm9v",
		"Zm\n9v", "Zm9v.", "Zm9v%3D", "\xC3\xA9", "Zh", "Zm9", "Zm9vYh", "_x"
	};

	for (size_t k = 0; k < sizeof(good) / sizeof(good[0]); k++)
		check(true, good[k][0], good[k][1]);
	for (size_t k = 0; k < sizeof(bad) / sizeof(bad[0]); k++)
		check(true, bad[k], NULL);
}

static void
test_tolerant(void)
{
	static const char *const good[][2] = {
		{"", ""}, {"Zg==", "f"}, {"Zg", "f"}, {"Zm8=", "fo"}, {"Zm8", "fo"},
		{"Zh==", "f"}, {"+/+/", "\xFB\xFF\xBF"}, {"-_-_", "\xFB\xFF\xBF"},
		{" Zm\r\n9v\tYg = =\n", "foob"}
	};
	static const char *const bad[] = {
		"Z", "Z===", "Zg=", "Zg===", "Zm9v=", "Zm9v==", "=", "==", "Zg==Zg==",
		"Zg=g", "Zm9v.", "\xC3\xA9", "Zm8==", "Zm9v====", "Zg======"
	};

	for (size_t k = 0; k < sizeof(good) / sizeof(good[0]); k++)
		check(false, good[k][0], good[k][1]);
	for (size_t k = 0; k < sizeof(bad) / sizeof(bad[0]); k++)
		check(false, bad[k], NULL);
}

/* The common alphabet and its padding; in pieces wherever it is cut. */
static void
test_pieces(void)
{
	static const char *const texts[][2] = {
		{"", ""}, {"Zg==", "f"}, {"Zm8=", "fo"}, {"Zm9v", "foo"},
		{"+/+/", "\xFB\xFF\xBF"}, {" Zm\r\n9v\tYg = =\n", "foob"},
		{"Zh==", "f"}, {"Zg", NULL}, {"Zm8", NULL}, {"-_-_", NULL},
		{"Zg=", NULL}, {"Zg==Zg==", NULL}, {"Zm9v====", NULL}, {"Z.==", NULL}
	};

	for (size_t k = 0; k < sizeof(texts) / sizeof(texts[0]); k++)
	{
		const char *text = texts[k][0];
		const char *wanted = texts[k][1];
		size_t		length = strlen(text);

		for (size_t cut = 0; cut <= length; cut++)
		{
			uint8_t		out[CCCD_BASE64_BYTES(32)];
			CccdBase64	decoder;
			size_t		out_length;

			cccd_base64_begin(&decoder, CCCD_BASE64_TEXT, out);
			cccd_base64_add(&decoder, text, cut);
			cccd_base64_add(&decoder, text + cut, length - cut);
			CHECK(cccd_base64_end(&decoder, &out_length) == (wanted != NULL));
			CHECK(wanted == NULL || (out_length == strlen(wanted) &&
									 memcmp(out, wanted, out_length) == 0));
		}
	}
}

/* All bytes, written by the rule of the alphabet, in every length. */
static void
test_round_trip(void)
{
	static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	"abcdefghijklmnopqrstuvwxyz0123456789-_";
	char		text[512];
	uint8_t		out[512];
	size_t		out_length;

	for (size_t length = 0; length <= 256; length++)
	{
		size_t		size = (length * 8 + 5) / 6;

		for (size_t k = 0; k < size; k++)
		{
			unsigned	bits = 0;

			/* bit by bit, so that it is not the same program twice */
			for (size_t bit = k * 6; bit < k * 6 + 6; bit++)
				bits = bits << 1 |
					(bit / 8 < length ? (bit / 8) >> (7 - bit % 8) & 1 : 0);
			text[k] = alphabet[bits];
		}
		CHECK(cccd_base64url_decode(text, size, out, &out_length) &&
			  out_length == length);
		for (size_t k = 0; k < length; k++)
			CHECK(out[k] == (uint8_t) k);
	}
}

int
main(void)
{
	test_url();
	test_tolerant();
	test_pieces();
	test_round_trip();
	return finish();
}
