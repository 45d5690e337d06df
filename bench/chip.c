/*
 * chip.c
 *		Passive authentication of a card with a 15 KB photo and four data
 *		groups, against OpenSSL's own way (d2i_CMS, CMS_verify and
 *		X509_verify_cert with a store, the same hashes of data groups) and
 *		against the bound: the signature's arithmetic alone, here and as
 *		"openssl speed" measures it.
 *
 *		Then hostile objects against an honest one of the same state, and how
 *		long who cancels the verification of one waits.
 *
 *		Microseconds of processor time, the least of several blocks.
 *
 *		OpenSSL computes with brainpool curves by its general method.  Botan
 *		2.19 of Debian 12 verifies 0.6 times as many signatures in the same
 *		time on brainpoolP256r1, P384r1 and P512r1 ("botan speed ECDSA" beside
 *		"openssl speed ecdsabrp256r1", one machine, one run); Botan 3 is said
 *		to be 1.3 to 1.9 times as fast as OpenSSL.  That is not worth a second
 *		library before the key of a real card is known, and a signer's own
 *		certificate is verified once a session.
 *
 *		With $STAGE, the documents that chip.sql verifies are written there.
 */
#include "../test/unit/pki.h"

#include <time.h>

#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/x509_vfy.h>

#include "chip/chip_core.h"

#include "interrupts.h"

#define AT			INT64_C(848707200000000)	/* 2026-11-23 */
#define AT_UNIX		1795392000
#define BLOCKS		7
#define BLOCK_SECONDS	0.12
#define GROUPS		4
#define DOCUMENTS	1000

static uint8_t scratch[CCCD_SOD_SIZE];
static CccdChipWork work;

typedef struct Subject
{
	PkiCard		card;
	CccdTrustStore *store;
	X509_STORE *x509_store;
	EVP_PKEY   *key;
	CccdBytes	message;		/* the SOD without its wrapper */
	CccdKey    *own_key;
	CccdAlgorithm algorithm;
	CccdHashKind hash;
	CccdBytes	signature;
	uint8_t		digest[CCCD_HASH_SIZE];
} Subject;

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double) t.tv_sec + (double) t.tv_nsec / 1e9;
}

/* Microseconds of one call. */
static double
measure(void (*work_once) (Subject *), Subject *s)
{
	double		best = 1e9;
	int			block;

	for (block = 0; block < BLOCKS; block++)
	{
		double		start = now();
		double		end;
		long		count = 0;

		do
		{
			work_once(s);
			count++;
			end = now();
		} while (end - start < BLOCK_SECONDS);
		if ((end - start) / (double) count < best)
			best = (end - start) / (double) count;
	}
	return best * 1e6;
}

static CccdTrustStore *
open_store(void *argument)
{
	return ((Subject *) argument)->store;
}

static void
verify_known(Subject *s)
{
	CccdChipInput input;
	CccdChipResult result;

	memset(&input, 0, sizeof(input));
	input.sod = s->card.sod;
	input.groups = s->card.groups;
	input.group_count = GROUPS;
	input.at = AT;
	input.policy = CCCD_CHIP_POLICY_STRICT;
	input.trust.digest = s->store->digest;
	input.trust.open = open_store;
	input.trust.argument = s;
	input.scratch = scratch;
	input.capacity = sizeof(scratch);
	cccd_chip_verify(&input, &work, &result);
	if (!result.trusted)
	{
		fprintf(stderr, "an honest card is not trusted\n");
		exit(1);
	}
}

static void
verify_first(Subject *s)
{
	cccd_signer_forget_all();
	verify_known(s);
}

static int
allow_explicit_curve(int good, X509_STORE_CTX *context)
{
	return good || X509_STORE_CTX_get_error(context) ==
		X509_V_ERR_EC_KEY_EXPLICIT_PARAMS;
}

static void
verify_openssl(Subject *s)
{
	const uint8_t *p = s->message.data;
	CMS_ContentInfo *cms = d2i_CMS_ContentInfo(NULL, &p,
											   (long) s->message.length);
	uint8_t		digest[CCCD_HASH_SIZE];
	int			k;

	if (cms == NULL || CMS_verify(cms, NULL, s->x509_store, NULL, NULL,
								  CMS_BINARY) != 1)
	{
		ERR_print_errors_fp(stderr);
		exit(1);
	}
	for (k = 0; k < GROUPS; k++)
		EVP_Digest(s->card.groups[k].data, s->card.groups[k].length, digest,
				   NULL, EVP_sha256(), NULL);
	CMS_ContentInfo_free(cms);
}

static void
verify_signature(Subject *s)
{
	if (cccd_key_verify(s->own_key, &s->algorithm, s->hash, s->digest,
						s->signature) != CCCD_SIGNATURE_OK)
		exit(1);
}

static CccdTrustStore *
make_store(CccdBytes certificate)
{
	CccdTrustEntry entry;
	CccdX509	room;
	CccdTrustStore *store;
	CccdBytes	value;
	uint8_t    *out;

	if (!cccd_trust_classify(certificate, CCCD_PURPOSE_CHIP,
							 CCCD_TRUST_SOURCE_OPERATOR, &entry))
		exit(1);
	cccd_trust_settle(&entry, 1, &room, NULL);
	value.length = cccd_trust_size(&entry, 1);
	out = pki_alloc(value.length);
	value.data = out;
	if (!cccd_trust_write(&entry, 1, out) ||
		!cccd_store_open(value, pki_alloc(cccd_store_size(value)), &store))
		exit(1);
	return store;
}

/* OpenSSL's store, set up as well as it can be. */
static X509_STORE *
make_x509_store(CccdBytes certificate)
{
	X509_STORE *store = X509_STORE_new();
	const uint8_t *p = certificate.data;
	X509	   *x509 = d2i_X509(NULL, &p, (long) certificate.length);
	X509_VERIFY_PARAM *param = X509_STORE_get0_param(store);

	X509_STORE_add_cert(store, x509);
	X509_free(x509);
	X509_VERIFY_PARAM_set_time(param, AT_UNIX);
	X509_VERIFY_PARAM_set_purpose(param, X509_PURPOSE_ANY);
	X509_VERIFY_PARAM_set_flags(param, X509_V_FLAG_PARTIAL_CHAIN);
	X509_STORE_set_verify_cb(store, allow_explicit_curve);
	return store;
}

/* What the bound needs: the signer's key and what it signed. */
static void
take_apart(Subject *s)
{
	static CccdSod sod;
	CccdReport	report = {0};
	CccdX509	certificate;
	CccdDerError error;
	size_t		offset;
	CccdBytes	parts[3];
	const CccdSignerInfo *info = &sod.cms.signers[0];

	cccd_sod_read(s->card.sod, CCCD_SOD_DOCUMENT, false, scratch,
				  sizeof(scratch), &sod, &report);
	cccd_x509_read(sod.cms.certificates[0], &certificate, &error,
				   &offset);
	s->own_key = cccd_key_make(&certificate.key);
	s->algorithm = info->algorithm;
	s->hash = info->algorithm.hash;
	s->signature = info->signature;
	parts[0] = PKI_LITERAL("\x31");
	parts[1] = info->attributes_head;
	parts[2] = info->attributes_content;
	cccd_hash_parts(s->hash, parts, 3, s->digest);
	/* behind the identifier and the three octets of the length */
	s->message.data = s->card.sod.data + 4;
	s->message.length = s->card.sod.length - 4;
}

/* Microseconds of a verification as "openssl speed" finds them, or 0. */
static double
openssl_speed(const char *algorithm)
{
	char		command[128];
	char		line[256];
	double		sign = 0;
	double		verify = 0;
	FILE	   *pipe;

	snprintf(command, sizeof(command),
			 "openssl speed -mr -seconds 1 %s 2>/dev/null", algorithm);
	pipe = popen(command, "r");
	if (pipe == NULL)
		return 0;
	while (fgets(line, sizeof(line), pipe) != NULL)
		sscanf(line, "+F%*d:%*d:%*d:%lf:%lf", &sign, &verify);
	pclose(pipe);
	return verify > 0 ? 1e6 / verify : 0;
}

static void
bench(const char *name, bool explicit_parameters, const char *speed)
{
	EVP_PKEY   *csca_key = pki_key("RSA", false);
	EVP_PKEY   *key = pki_key(name, explicit_parameters);
	PkiCertificate csca = {"VN", "CSCA test", "CSCA test", 1, csca_key,
	csca_key, true, false, NULL, NULL};
	PkiCertificate signer = {"VN", "DS 1", "CSCA test", 1001, key, csca_key,
	false, false, NULL, NULL};
	CccdBytes	csca_der = pki_make_certificate(&csca);
	Subject		s;
	double		known;
	double		first;
	double		openssl;
	double		bound;

	memset(&s, 0, sizeof(s));
	s.card = pki_make_card(&signer, pki_make_certificate(&signer), 15000,
						   "260101000000Z");
	s.store = make_store(csca_der);
	s.x509_store = make_x509_store(csca_der);
	take_apart(&s);
	bound = measure(verify_signature, &s);
	known = measure(verify_known, &s);
	first = measure(verify_first, &s);
	openssl = measure(verify_openssl, &s);
	printf("%s, signer known: %.1f us (arithmetic alone %.1f: %.2f times; "
		   "openssl speed %.1f; OpenSSL's functions %.1f: %.1f times)\n", name,
		   known, bound, known / bound, openssl_speed(speed), openssl,
		   openssl / known);
	printf("%s, signer seen first: %.1f us\n", name, first);
	cccd_signer_forget_all();
	cccd_store_close(s.store);
	cccd_key_free(s.own_key);
	X509_STORE_free(s.x509_store);
	EVP_PKEY_free(key);
	EVP_PKEY_free(csca_key);
}

/* Signers of a hostile object, and anchors that they may have to do with. */
#define CROWD			8
#define STATE_ANCHORS	40

/* A state of many CSCAs of one name. */
static CccdTrustStore *
make_state(EVP_PKEY *key, int count)
{
	static CccdTrustEntry entries[STATE_ANCHORS];
	static CccdX509 room[STATE_ANCHORS];
	CccdTrustStore *store;
	CccdBytes	value;
	uint8_t    *out;

	for (int k = 0; k < count; k++)
	{
		PkiCertificate csca = {"VN", "CSCA test", "CSCA test", 1 + k, key, key,
		true, false, NULL, NULL};

		if (!cccd_trust_classify(pki_make_certificate(&csca),
								 CCCD_PURPOSE_CHIP,
								 CCCD_TRUST_SOURCE_OPERATOR, &entries[k]))
			exit(1);
	}
	count = cccd_trust_settle(entries, count, room, NULL);
	value.length = cccd_trust_size(entries, count);
	out = pki_alloc(value.length);
	value.data = out;
	if (!cccd_trust_write(entries, count, out) ||
		!cccd_store_open(value, pki_alloc(cccd_store_size(value)), &store))
		exit(1);
	return store;
}

/* What is called before each signature, or NULL. */
static void (*breathe) (void);

static void
verify_hostile(Subject *s)
{
	CccdChipInput input;
	CccdChipResult result;

	memset(&input, 0, sizeof(input));
	input.sod = s->card.sod;
	input.groups = s->card.groups;
	input.group_count = GROUPS;
	input.at = AT;
	input.policy = CCCD_CHIP_POLICY_FIELD;
	input.breathe = breathe;
	input.trust.digest = s->store->digest;
	input.trust.open = open_store;
	input.trust.argument = s;
	input.scratch = scratch;
	input.capacity = sizeof(scratch);
	cccd_chip_verify(&input, &work, &result);
	if (result.trusted || work.sod.cms.signer_count != CROWD)
	{
		fprintf(stderr, "a hostile object is not what it should be\n");
		exit(1);
	}
}

static void
verify_hostile_first(Subject *s)
{
	cccd_signer_forget_all();
	verify_hostile(s);
}

/*
 * One kind of hostile object against an honest one of the same state, once all
 * signers of both seen first, once all known.  Returns the longest time between
 * two checks, in milliseconds.
 */
static double
compare_hostile(const char *what, const Subject *honest, CccdTrustStore *store,
				const PkiCertificate *like, size_t octets,
				const PkiChange *change)
{
	static uint8_t padding[5000];
	Subject		hostile = *honest;
	Subject		plain = *honest;
	PkiCertificate crowd[CROWD];
	CccdBytes	ders[CROWD];
	PkiMessageChange message = {.certificates = {NULL, 0}};
	double		cost[2];
	double		first;
	double		known;
	double		wait;

	memset(padding, 0x5A, sizeof(padding));
	/* attributes out of order, and as many octets of them as there is room */
	message.attributes = PKI_SEQ(PKI_OID("\x2A\x03"),
								 PKI_SET(PKI_TLV(CCCD_DER_OCTET_STRING,
												 pki_bytes(padding, sizeof(padding)))));
	message.attributes = pki_wrap(-1, message.attributes,
								  PKI_SEQ(PKI_OID("\x2A\x04"),
										  PKI_SET(pki_integer(1))), PKI_END);
	message.signature = PKI_TLV(CCCD_DER_OCTET_STRING,
								pki_bytes(padding, octets));
	for (int k = 0; k < CROWD; k++)
	{
		crowd[k] = *like;
		crowd[k].serial = 5000 + k;
		ders[k] = pki_change_certificate(&crowd[k], change);
	}
	hostile.store = store;
	plain.store = store;
	hostile.card.sod = pki_make_crowd(&honest->card, crowd, ders, CROWD,
									  &message);
	known = measure(verify_known, &plain);
	first = measure(verify_first, &plain);
	cost[0] = measure(verify_hostile_first, &hostile);
	cost[1] = measure(verify_hostile, &hostile);
	printf("hostile object, %s (%zu bytes): %.1f us, %.1f times an honest one, "
		   "both seen first; %.1f us, %.1f times, both known; first against "
		   "known %.1f times (bound 40 %s)\n", what, hostile.card.sod.length,
		   cost[0], cost[0] / first, cost[1], cost[1] / known,
		   cost[0] / known, cost[0] / known <= 40 ? "reached" : "MISSED");
	breathe = note_check;
	MEASURE_WAIT(wait, verify_hostile_first(&hostile));
	breathe = NULL;
	return wait;
}

/* The dearest keys of each size that the state itself may have signed. */
static double
bench_large(const Subject *honest, CccdTrustStore *store,
			const PkiCertificate *signer)
{
	static const struct
	{
		int			bits;
		const char *exponent;
		size_t		length;
	}			sizes[] = {
		{2048, "\x00\xFF\xFF\xFF\xFF", 5}, {3072, "\x01\x00\x01", 3},
		{4096, "\x01\x00\x01", 3}, {4096, "\x00\xFF\xFF\xFF\xFF", 5},
		{6144, "\x01\x00\x01", 3}, {6080, "\x00\xFF\xFF\xFF\xFF", 5},
		{8192, "\x01\x00\x01", 3}, {8192, "\x00\xFF\xFF\xFF\xFF", 5}
	};

	double		longest = 0;

	for (size_t k = 0; k < sizeof(sizes) / sizeof(sizes[0]); k++)
	{
		PkiChange	change = {.key_info = {NULL, 0}};
		double		wait;
		size_t		octets = (size_t) sizes[k].bits / 8;
		char		what[64];

		snprintf(what, sizeof(what),
				 "keys of RSA-%d that the state signed, exponent of %zu bytes",
				 sizes[k].bits, sizes[k].length - (*sizes[k].exponent == 0));
		change.key_info = pki_rsa_info(octets,
									   pki_bytes((const uint8_t *) sizes[k].exponent,
												 sizes[k].length));
		wait = compare_hostile(what, honest, store, signer, octets, &change);
		longest = wait > longest ? wait : longest;
	}
	return longest;
}

static void
bench_hostile(void)
{
	EVP_PKEY   *csca_key = pki_key("RSA", false);
	EVP_PKEY   *key = pki_key("RSA", false);
	PkiCertificate csca = {"VN", "CSCA test", "CSCA test", 1, csca_key,
	csca_key, true, false, NULL, NULL};
	PkiCertificate signer = {"VN", "DS 1", "CSCA test", 1001, key, csca_key,
	false, false, NULL, NULL};
	PkiCertificate stranger = signer;
	static const PkiChange none;
	PkiChange	large = {.key_info = {NULL, 0}};
	Subject		s = {.store = NULL};
	CccdTrustStore *one = make_store(pki_make_certificate(&csca));
	CccdTrustStore *many = make_state(csca_key, STATE_ANCHORS);
	double		waits[5];
	double		longest = 0;

	s.card = pki_make_card(&signer, pki_make_certificate(&signer), 15000,
						   "260101000000Z");
	/* signed by a key of nobody's; named, the CSCA is tried */
	stranger.issuer_key = key;
	large.key_info = pki_rsa_info(CCCD_RSA_BITS_MAX / 8,
								  PKI_LITERAL("\x00\xFF\xFF\xFF\xFF"));
	waits[0] = compare_hostile("keys of RSA-8192 that nobody signed", &s, one,
							   &stranger, CCCD_RSA_BITS_MAX / 8, &large);
	waits[1] = compare_hostile("the same, 40 CSCAs", &s, many, &stranger,
							   CCCD_RSA_BITS_MAX / 8, &large);
	waits[2] = compare_hostile("keys that nobody signed, 40 CSCAs", &s, many,
							   &stranger, 256, &none);
	waits[3] = compare_hostile("wrong signatures of 8 signers of the state",
							   &s, one, &signer, 256, &none);
	waits[4] = bench_large(&s, one, &signer);
	for (int k = 0; k < 5; k++)
		longest = waits[k] > longest ? waits[k] : longest;
	print_wait("hostile objects", longest);
	cccd_signer_forget_all();
	cccd_store_close(one);
	cccd_store_close(many);
	EVP_PKEY_free(key);
	EVP_PKEY_free(csca_key);
}

static void
put_hex(FILE *file, CccdBytes bytes)
{
	size_t		k;

	fputs("\\\\x", file);
	for (k = 0; k < bytes.length; k++)
		fprintf(file, "%02x", bytes.data[k]);
}

/* Documents for the server, all different: kind, SOD, four data groups. */
static void
write_documents(FILE *file, const char *kind, const char *name)
{
	EVP_PKEY   *csca_key = pki_key("RSA", false);
	EVP_PKEY   *key = pki_key(name, true);
	PkiCertificate csca = {"VN", kind, kind, 1, csca_key, csca_key, true,
	false, NULL, NULL};
	PkiCertificate signer = {"VN", "DS 1", kind, 1001, key, csca_key, false,
	false, NULL, NULL};
	CccdBytes	certificate = pki_make_certificate(&signer);
	int			k;

	fprintf(file, "%s\t", kind);
	put_hex(file, pki_make_certificate(&csca));
	fputs("\t\\N\t\\N\t\\N\t\\N\n", file);
	for (k = 0; k < DOCUMENTS; k++)
	{
		size_t		mark = pki_used;
		PkiCard		card = pki_make_card(&signer, certificate, 15000,
										 "260101000000Z");
		int			group;

		fprintf(file, "%s\t", kind);
		put_hex(file, card.sod);
		for (group = 0; group < GROUPS; group++)
		{
			putc('\t', file);
			put_hex(file, card.groups[group]);
		}
		putc('\n', file);
		pki_used = mark;
	}
	EVP_PKEY_free(key);
	EVP_PKEY_free(csca_key);
}

int
main(void)
{
	const char *stage = getenv("STAGE");

	bench("RSA", false, "rsa2048");
	bench("prime256v1", false, "ecdsap256");
	bench("brainpoolP256r1", true, "ecdsabrp256r1");
	bench("brainpoolP384r1", true, "ecdsabrp384r1");
	bench("brainpoolP512r1", true, "ecdsabrp512r1");
	bench_hostile();
	if (stage != NULL)
	{
		char		path[512];
		FILE	   *file;

		snprintf(path, sizeof(path), "%s/documents.copy", stage);
		file = fopen(path, "w");
		if (file == NULL)
		{
			perror(path);
			return 1;
		}
		write_documents(file, "RSA-2048", "RSA");
		write_documents(file, "brainpoolP384r1", "brainpoolP384r1");
		fclose(file);
	}
	return 0;
}
