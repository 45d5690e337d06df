/*
 * make_gate_certificate.c
 *		Make the files of test/data/gate_certificate: health certificates of
 *		invented people, one with each thing that can be wrong, and the
 *		certificates of their signers.  The keys are thrown away.
 *
 *		The files are in the repository; to make others, from its root:
 *
 *	gcc -Isrc -Itest/unit -o build/make_gate_certificate \
 *		test/data/make_gate_certificate.c src/der/der_core.c \
 *		src/calendar/calendar_core.c -lcrypto -lz
 *	build/make_gate_certificate test/data/gate_certificate
 */
#include "pki.h"

#include <openssl/ecdsa.h>
#include <zlib.h>

#define TIME_2021_09_02		1630515600	/* in seconds since 1970, 00:00+07 */
#define TIME_2021_10_01		1633021200
#define TIME_2031_09_02		1946048400

static const char *folder;

static void
put(const char *name, const void *data, size_t length)
{
	char		path[512];
	FILE	   *file;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	file = fopen(path, "wb");
	if (file == NULL || fwrite(data, 1, length, file) != length ||
		fclose(file) != 0)
	{
		perror(path);
		exit(1);
	}
}

/* CBOR (RFC 8949 section 3): a head, and what is made with it. */
static CccdBytes
head(int major, uint32_t value)
{
	uint8_t		bytes[5] = {(uint8_t) (major << 5)};
	int			size = value < 24 ? 0 : value < 0x100 ? 1 : value < 0x10000 ? 2 : 4;

	bytes[0] |= (uint8_t) (size == 0 ? value : size == 1 ? 24 : size == 2 ? 25 : 26);
	for (int k = 0; k < size; k++)
		bytes[1 + k] = (uint8_t) (value >> 8 * (size - 1 - k));
	return pki_bytes(bytes, (size_t) size + 1);
}

#define JOIN(...)		pki_wrap(-1, __VA_ARGS__, PKI_END)
#define MAP(n, ...)		JOIN(head(5, n), __VA_ARGS__)
#define LIST(n, ...)	JOIN(head(4, n), __VA_ARGS__)

static CccdBytes
text(const char *value)
{
	return JOIN(head(3, (uint32_t) strlen(value)), pki_bytes(value, strlen(value)));
}

static CccdBytes
bytes_of(CccdBytes value)
{
	return JOIN(head(2, (uint32_t) value.length), value);
}

static CccdBytes
pair(const char *key, const char *value)
{
	return JOIN(text(key), text(value));
}

typedef struct Holder
{
	const char *family;
	const char *given;
	const char *standard_family;
	const char *standard_given;
	const char *birth;
} Holder;

static const Holder an = {"Nguy\xE1\xBB\x85n", "V\xC4\x83n An", "NGUYEN", "VAN<AN", "1999-01-01"};
static const Holder cu = {"L\xC3\xAA", "V\xC4\x83n C\xE1\xBB\xB1", "LE", "VAN<CU", "1958-10-26"};
static const Holder john = {"Smith", "John", "SMITH", "JOHN", "1980-05-05"};

static CccdBytes
content(const Holder *holder, const char *kind, CccdBytes entry)
{
	return MAP(4, pair("ver", "1.3.0"), pair("dob", holder->birth),
			   JOIN(text("nam"), MAP(4, pair("fn", holder->family), pair("gn", holder->given),
									 pair("fnt", holder->standard_family),
									 pair("gnt", holder->standard_given))),
			   JOIN(text(kind), LIST(1, entry)));
}

static CccdBytes
dose(const Holder *holder, int number, const char *day)
{
	return content(holder, "v", MAP(10, pair("tg", "840539006"), pair("vp", "1119349007"),
									pair("mp", "EU/1/20/1528"), pair("ma", "ORG-100030215"),
									JOIN(text("dn"), head(0, (uint32_t) number)),
									JOIN(text("sd"), head(0, 2)), pair("dt", day),
									pair("co", "VN"), pair("is", "B\xE1\xBB\x99 Y t\xE1\xBA\xBF"),
									pair("ci", "URN:UVCI:01:VN:0001")));
}

static CccdBytes
negative(const Holder *holder, const char *moment)
{
	return content(holder, "t", MAP(8, pair("tg", "840539006"), pair("tt", "LP6464-4"),
									pair("sc", moment), pair("tr", "260415000"),
									pair("tc", "B\xE1\xBB\x87nh vi\xE1\xBB\x87n"), pair("co", "VN"),
									pair("is", "B\xE1\xBB\x99 Y t\xE1\xBA\xBF"),
									pair("ci", "URN:UVCI:01:VN:0002")));
}

/* PS256 of RSA, or ES256 as r and s of P-256 (RFC 8152 section 8). */
static CccdBytes
sign(EVP_PKEY *key, CccdBytes message)
{
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	EVP_PKEY_CTX *parameters;
	uint8_t		signature[512];
	size_t		length = sizeof(signature);

	if (EVP_DigestSignInit(context, &parameters, EVP_sha256(), NULL, key) != 1 ||
		(pki_is_rsa(key) &&
		 (EVP_PKEY_CTX_set_rsa_padding(parameters, RSA_PKCS1_PSS_PADDING) != 1 ||
		  EVP_PKEY_CTX_set_rsa_pss_saltlen(parameters, RSA_PSS_SALTLEN_DIGEST) != 1)) ||
		EVP_DigestSign(context, signature, &length, message.data, message.length) != 1)
		abort();
	EVP_MD_CTX_free(context);
	if (!pki_is_rsa(key))
	{
		const uint8_t *der = signature;
		ECDSA_SIG  *parts = d2i_ECDSA_SIG(NULL, &der, (long) length);
		uint8_t		plain[64];

		if (parts == NULL ||
			BN_bn2binpad(ECDSA_SIG_get0_r(parts), plain, 32) != 32 ||
			BN_bn2binpad(ECDSA_SIG_get0_s(parts), plain + 32, 32) != 32)
			abort();
		ECDSA_SIG_free(parts);
		return pki_bytes(plain, sizeof(plain));
	}
	return pki_bytes(signature, length);
}

/* Compressed and in base45 (RFC 1950, RFC 9285), behind its prefix. */
static void
put_scan(const char *name, CccdBytes message)
{
	static const char digits[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
	uint8_t		packed[4096];
	char		scan[8192] = "HC1:";
	uLongf		size = sizeof(packed);
	size_t		length = 4;

	if (compress2(packed, &size, message.data, message.length, 9) != Z_OK)
		abort();
	for (uLongf k = 0; k < size; k += 2)
	{
		bool		two = k + 1 < size;
		int			value = two ? packed[k] * 256 + packed[k + 1] : packed[k];

		scan[length++] = digits[value % 45];
		scan[length++] = digits[value / 45 % 45];
		if (two)
			scan[length++] = digits[value / 2025];
	}
	put(name, scan, length);
}

/* COSE_Sign1 (RFC 8152 section 4.2) around a CWT (RFC 8392). */
static void
issue(const char *name, CccdBytes dcc, EVP_PKEY *key, CccdBytes certificate, uint32_t expires)
{
	CccdBytes	key_id = pki_sha256(certificate);
	CccdBytes	algorithm = pki_is_rsa(key) ? head(1, 36) : head(1, 6);
	CccdBytes	header;
	CccdBytes	claims = MAP(4, JOIN(head(0, 1), text("VN")),
							 JOIN(head(0, 6), head(0, TIME_2021_09_02)),
							 JOIN(head(0, 4), head(0, expires)),
							 JOIN(head(1, 259), MAP(1, head(0, 1), dcc)));

	key_id.length = 8;
	header = MAP(2, JOIN(head(0, 1), algorithm), JOIN(head(0, 4), bytes_of(key_id)));
	put_scan(name, JOIN(head(6, 18),
						LIST(4, bytes_of(header), head(5, 0), bytes_of(claims),
							 bytes_of(sign(key, LIST(4, text("Signature1"), bytes_of(header),
													 head(2, 0), bytes_of(claims)))))));
}

int
main(int argc, char **argv)
{
	EVP_PKEY   *rsa = pki_key("RSA", false);
	EVP_PKEY   *ec = pki_key("P-256", false);
	EVP_PKEY   *test = pki_key("P-256", false);
	PkiCertificate signers[] = {
		{"VN", "Health 1", "Health 1", 1, rsa, rsa, false, false, NULL, NULL},
		{"VN", "Health 2", "Health 2", 2, ec, ec, false, false, NULL, NULL},
		{"VN", "Test", "Test", 3, test, test, false, false, NULL, NULL}
	};
	CccdBytes	first = pki_make_certificate(&signers[0]);
	CccdBytes	second = pki_make_certificate(&signers[1]);
	CccdBytes	third = pki_make_certificate(&signers[2]);

	if (argc != 2)
		return 2;
	folder = argv[1];
	put("health1.der", first.data, first.length);
	put("health2.der", second.data, second.length);
	put("test.der", third.data, third.length);
	issue("an_dose1", dose(&an, 1, "2021-06-01"), rsa, first, TIME_2031_09_02);
	issue("an_dose2", dose(&an, 2, "2021-09-01"), rsa, first, TIME_2031_09_02);
	issue("an_negative", negative(&an, "2021-11-15T08:00:00+07:00"), ec, second, TIME_2031_09_02);
	issue("an_expired", dose(&an, 2, "2021-09-01"), ec, second, TIME_2021_10_01);
	issue("an_forged", dose(&an, 2, "2021-09-01"), test, second, TIME_2031_09_02);
	issue("an_test_key", dose(&an, 2, "2021-09-01"), test, third, TIME_2031_09_02);
	issue("cu_dose2", dose(&cu, 2, "2021-09-01"), rsa, first, TIME_2031_09_02);
	issue("john_dose2", dose(&john, 2, "2021-09-01"), ec, second, TIME_2031_09_02);
	return 0;
}
