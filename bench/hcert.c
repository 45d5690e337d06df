/*
 * hcert.c
 *		Health certificates: reading one, and reading and verifying one with a
 *		known key, against a plain C loop over the same libraries (base45 with
 *		a table, uncompress(), a walk over the CBOR, EVP_DigestVerify with the
 *		key at hand) and against the bound: the signature's arithmetic alone,
 *		which is what "openssl speed" measures.
 *
 *		Calls per second of processor time, the best of several blocks.
 */
#include "../test/unit/hcert_make.h"

#include <time.h>

#include "certificate/certificate_core.h"

#include "interrupts.h"

#define AT			INT64_C(825638400000000)	/* 2026-03-01 */
#define BLOCKS		9
#define BLOCK_SECONDS	0.1

#define CONTENT \
	"{\"ver\":\"1.3.0\",\"nam\":{\"fn\":\"Nguy\xE1\xBB\x85n\"," \
	"\"gn\":\"V\xC4\x83n An\",\"fnt\":\"NGUYEN\",\"gnt\":\"VAN<AN\"}," \
	"\"dob\":\"1990-05-17\",\"v\":[{\"tg\":\"840539006\"," \
	"\"vp\":\"1119349007\",\"mp\":\"EU/1/20/1528\"," \
	"\"ma\":\"ORG-100030215\",\"dn\":2,\"sd\":2,\"dt\":\"2025-11-20\"," \
	"\"co\":\"VN\",\"is\":\"Ministry of Health\"," \
	"\"ci\":\"URN:UVCI:01:VN:4F9E1D2C3B4A59687766554433221100\"}]}"

typedef struct Subject
{
	const char *name;
	EVP_PKEY   *key;
	HcertMake	make;
	CccdBytes	scan;
	CccdTrustStore *store;
	CccdKey    *own_key;
	CccdAlgorithm algorithm;
	CccdBytes	signature;
	uint8_t		digest[CCCD_HASH_SIZE];
	EVP_MD_CTX *context;
} Subject;

static CccdHcertWork work;
static CccdHcert hcert;
static CccdHcertResult result;

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double) t.tv_sec + (double) t.tv_nsec / 1e9;
}

/* Calls per second in one block. */
static double
measure(void (*call) (Subject *), Subject *s)
{
	double		start = now();
	double		end;
	long		count = 0;

	do
	{
		int			k;

		for (k = 0; k < 16; k++)
			call(s);
		count += 16;
		end = now();
	} while (end - start < BLOCK_SECONDS);
	return (double) count / (end - start);
}

static void
stop(const char *what)
{
	fprintf(stderr, "%s\n", what);
	exit(1);
}

static void
read_ours(Subject *s)
{
	cccd_hcert_read((const char *) s->scan.data, s->scan.length, true, &work,
					&hcert);
	if (hcert.schema != CCCD_STATUS_OK)
		stop("a certificate cannot be read");
}

static void
verify_ours(Subject *s)
{
	cccd_hcert_verify((const char *) s->scan.data, s->scan.length, s->store,
					  AT, CCCD_HCERT_FIELD, &work, &result);
	if (!result.verdict.valid)
		stop("an honest certificate is not valid");
}

static void
verify_bound(Subject *s)
{
	if (cccd_key_verify(s->own_key, &s->algorithm, s->algorithm.hash,
						s->digest, s->signature) != CCCD_SIGNATURE_OK)
		stop("the bound is none");
}

/* The plain loop: what a careful program of sixty lines does. */
static uint8_t plain_packed[CCCD_HCERT_PACKED];
static uint8_t plain_message[CCCD_HCERT_SIZE];

static int
plain_value(int c)
{
	static int8_t values[128];
	static const char alphabet[] =
	"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

	if (values['1'] == 0)
	{
		int			k;

		for (k = 0; alphabet[k] != '\0'; k++)
			values[(int) alphabet[k]] = (int8_t) k;
	}
	return values[c & 0x7F];
}

/* The item at p, and strings of a level above noted in "parts". */
static const uint8_t *
plain_skip(const uint8_t *p, const uint8_t *end, CccdBytes *parts,
		   int *count)
{
	int			major = *p >> 5;
	int			info = *p++ & 0x1F;
	uint64_t	number = (uint64_t) info;

	if (info >= 24)
	{
		int			octets = 1 << (info - 24);

		for (number = 0; octets > 0; octets--)
			number = number << 8 | *p++;
	}
	if (major == 2 || major == 3)
	{
		if (number > (uint64_t) (end - p))
			stop("the plain loop reads too far");
		if (parts != NULL && *count < 4)
		{
			parts[*count].data = p;
			parts[(*count)++].length = (size_t) number;
		}
		return p + number;
	}
	if (major == 6)
		return plain_skip(p, end, parts, count);
	if (major == 4 || major == 5)
		for (number *= major == 5 ? 2 : 1; number > 0; number--)
			p = plain_skip(p, end, parts, count);
	return p;
}

static void
plain_read(Subject *s, CccdBytes parts[4])
{
	const uint8_t *p = s->scan.data + 4;
	const uint8_t *end = s->scan.data + s->scan.length;
	uint8_t    *out = plain_packed;
	uLongf		length = sizeof(plain_message);
	int			count = 0;

	for (; end - p >= 3; p += 3)
	{
		int			value = plain_value(p[0]) + 45 * plain_value(p[1]) +
		2025 * plain_value(p[2]);

		*out++ = (uint8_t) (value >> 8);
		*out++ = (uint8_t) value;
	}
	if (end - p == 2)
		*out++ = (uint8_t) (plain_value(p[0]) + 45 * plain_value(p[1]));
	if (uncompress(plain_message, &length, plain_packed,
				   (uLong) (out - plain_packed)) != Z_OK)
		stop("the plain loop cannot inflate");
	plain_skip(plain_message, plain_message + length, parts, &count);
	plain_skip(parts[1].data, parts[1].data + parts[1].length, NULL, NULL);
}

static void
read_plain(Subject *s)
{
	CccdBytes	parts[4];

	plain_read(s, parts);
}

static void
verify_plain(Subject *s)
{
	static uint8_t signed_bytes[CCCD_HCERT_SIZE];
	HcertOut	out = {signed_bytes, false};
	CccdBytes	parts[4];
	CccdBytes	signature;
	uint8_t		der[256];
	EVP_PKEY_CTX *how;

	plain_read(s, parts);
	hcert_head(&out, 4, 4);
	hcert_text(&out, "Signature1");
	hcert_string(&out, 2, parts[0].data, parts[0].length);
	hcert_string(&out, 2, "", 0);
	hcert_string(&out, 2, parts[1].data, parts[1].length);
	signature = parts[2];
	if (!pki_is_rsa(s->key))
	{
		ECDSA_SIG  *numbers = ECDSA_SIG_new();
		uint8_t    *p = der;

		ECDSA_SIG_set0(numbers,
					   BN_bin2bn(signature.data,
								 (int) signature.length / 2, NULL),
					   BN_bin2bn(signature.data + signature.length / 2,
								 (int) signature.length / 2, NULL));
		signature.length = (size_t) i2d_ECDSA_SIG(numbers, &p);
		signature.data = der;
		ECDSA_SIG_free(numbers);
	}
	EVP_MD_CTX_reset(s->context);
	if (EVP_DigestVerifyInit(s->context, &how, EVP_sha256(), NULL,
							 s->key) != 1 ||
		(pki_is_rsa(s->key) &&
		 (EVP_PKEY_CTX_set_rsa_padding(how, RSA_PKCS1_PSS_PADDING) != 1 ||
		  EVP_PKEY_CTX_set_rsa_pss_saltlen(how, 32) != 1)) ||
		EVP_DigestVerify(s->context, signature.data, signature.length,
						 signed_bytes,
						 (size_t) (out.at - signed_bytes)) != 1)
		stop("the plain loop finds a bad signature");
}

static void
prepare(Subject *s, const char *group, int algorithm)
{
	CccdTrustEntry entry;
	CccdX509	room;
	CccdBytes	certificate;
	CccdBytes	value;
	CccdListedKey *listed;

	s->key = pki_key(group, false);
	s->context = EVP_MD_CTX_new();
	certificate = hcert_signer(s->key, "VN", "Signer", "", "250101000000Z",
							   "290101000000Z");
	s->make.key = s->key;
	s->make.algorithm = algorithm;
	s->make.kid = hcert_kid(certificate);
	s->make.issuer = "VN";
	s->make.content = CONTENT;
	s->scan = hcert_scan(&s->make);
	if (!cccd_trust_classify(certificate, CCCD_PURPOSE_HEALTH_CERTIFICATE,
							 CCCD_TRUST_SOURCE_OPERATOR, &entry))
		stop("a signer cannot be read");
	cccd_trust_settle(&entry, 1, &room, NULL);
	value.length = cccd_trust_size(&entry, 1);
	value.data = pki_alloc(value.length);
	if (!cccd_trust_write(&entry, 1, (uint8_t *) value.data) ||
		!cccd_store_open(value, pki_alloc(cccd_store_size(value)), &s->store))
		stop("a trust value cannot be made");
	verify_ours(s);
	listed = &s->store->keys[0];
	s->own_key = listed->key;
	s->algorithm.scheme = algorithm == -37 ? CCCD_SCHEME_PSS :
		CCCD_SCHEME_ECDSA_PLAIN;
	s->algorithm.hash = s->algorithm.mgf_hash = CCCD_HASH_SHA256;
	s->algorithm.salt = 32;
	memcpy(s->digest, result.verdict.digest, CCCD_SHA256_SIZE);
	s->signature = pki_bytes(result.hcert.signature.data,
							 result.hcert.signature.length);
}

/* Certificates that one call looks at, and keys of a large trust value. */
#define SEVERAL		32
#define MANY_KEYS	601

/*
 * The dearest certificate within the limits: it names no key, and in a claim
 * of its own it has the items and the keys that are read.
 */
static CccdBytes
hostile_scan(const Subject *s)
{
	static uint8_t claim[16384];
	HcertMake	make = s->make;
	HcertOut	out = {claim, false};

	hcert_integer(&out, 99);
	hcert_head(&out, 4, 780);
	hcert_head(&out, 5, 60);
	for (int key = 0; key < 60; key++)
	{
		hcert_integer(&out, key);
		hcert_integer(&out, 0);
	}
	for (int item = 1; item < 780; item++)
		hcert_integer(&out, item % 24);
	make.claim = hcert_done(claim, &out);
	make.no_kid = true;
	return hcert_scan(&make);
}

/* A trust value of many keys of the issuer, none of which made a signature. */
static CccdTrustStore *
many_keys(void)
{
	static CccdTrustEntry entries[MANY_KEYS];
	static CccdX509 room[MANY_KEYS];
	EVP_PKEY   *key = pki_key("prime256v1", false);
	CccdTrustStore *store;
	CccdBytes	value;
	int			count;

	for (int k = 0; k < MANY_KEYS; k++)
	{
		char		kid[2] = {(char) (k >> 8), (char) k};
		CccdKeyEntry listed = {.country = "VN"};
		CccdBytes	bytes;

		listed.kid = pki_bytes(kid, 2);
		listed.content = pki_public_key(key);
		bytes.length = cccd_key_entry_size(&listed);
		bytes.data = pki_alloc(bytes.length);
		cccd_key_entry_write(&listed, (uint8_t *) bytes.data);
		if (!cccd_trust_entry_of(bytes, CCCD_TRUST_KEY,
								 CCCD_PURPOSE_HEALTH_CERTIFICATE,
								 CCCD_TRUST_SOURCE_JSON, &entries[k]))
			stop("a key is not listed");
	}
	count = cccd_trust_settle(entries, MANY_KEYS, room, NULL);
	value.length = cccd_trust_size(entries, count);
	value.data = pki_alloc(value.length);
	if (!cccd_trust_write(entries, count, (uint8_t *) value.data) ||
		!cccd_store_open(value, pki_alloc(cccd_store_size(value)), &store))
		stop("no trust value of many keys");
	return store;
}

static void
verify_several(Subject *s)
{
	int			attempts = CCCD_CERTIFICATE_ATTEMPTS;

	for (int k = 0; k < SEVERAL; k++)
	{
		/* the server looks before each certificate */
		note_check();
		cccd_hcert_verify_within((const char *) s->scan.data, s->scan.length,
								 s->store, AT, CCCD_HCERT_FIELD, &attempts,
								 &work, &result);
		if (result.verdict.valid || result.hcert.schema != CCCD_STATUS_OK)
			stop("a hostile certificate is not what it should be");
	}
	if (attempts != 0)
		stop("keys are left over");
}

/* A call with as many hostile certificates as it takes, in honest ones. */
static void
compare_hostile(Subject *honest)
{
	Subject		hostile = *honest;
	double		best[2] = {0};
	double		wait;

	hostile.scan = hostile_scan(honest);
	hostile.store = many_keys();
	for (int block = 0; block < BLOCKS; block++)
	{
		double		one = measure(verify_ours, honest);
		double		several = measure(verify_several, &hostile);

		best[0] = one > best[0] ? one : best[0];
		best[1] = several > best[1] ? several : best[1];
	}
	printf("%s, %d hostile certificates (%zu characters) and %d keys: %.1f "
		   "times an honest one (bound 40 %s)\n", honest->name, SEVERAL,
		   hostile.scan.length, MANY_KEYS, best[0] / best[1],
		   best[0] / best[1] <= 40 ? "reached" : "MISSED");
	MEASURE_WAIT(wait, verify_several(&hostile));
	print_wait("the same certificates", wait);
	cccd_store_close(hostile.store);
}

int
main(void)
{
	static Subject subjects[2] = {{.name = "PS256, RSA-2048"},
	{.name = "ES256, P-256"}};
	int			k;

	prepare(&subjects[0], "RSA", -37);
	prepare(&subjects[1], "prime256v1", -7);
	for (k = 0; k < 2; k++)
	{
		Subject    *s = &subjects[k];
		double		best[5] = {0};
		static void (*const calls[5]) (Subject *) = {
			read_ours, read_plain, verify_ours, verify_plain, verify_bound
		};
		int			block;
		int			n;

		/* in turns, so that all see the same machine */
		for (block = 0; block < BLOCKS; block++)
		{
			for (n = 0; n < 5; n++)
			{
				double		rate = measure(calls[n], s);

				if (rate > best[n])
					best[n] = rate;
			}
		}
		printf("%s, read: %.0f /s (bound 250000 %s; plain loop %.0f: %.2f "
			   "times, bound 0.60 %s; %zu characters)\n", s->name, best[0],
			   best[0] >= 250000 ? "reached" : "MISSED", best[1],
			   best[0] / best[1],
			   best[0] / best[1] >= 0.6 ? "reached" : "MISSED",
			   s->scan.length);
		printf("%s, read and verify: %.0f /s (arithmetic alone %.0f: %.0f %% "
			   "of it, bound 80 %s; plain loop %.0f: %.2f times)\n", s->name,
			   best[2], best[4], 100 * best[2] / best[4],
			   best[2] >= 0.8 * best[4] ? "reached" : "MISSED", best[3],
			   best[2] / best[3]);
	}
	compare_hostile(&subjects[1]);
	return 0;
}
