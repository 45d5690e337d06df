/*
 * shc.c
 *		SMART Health Cards: reading one, and reading and verifying one with a
 *		known key, against the bound: the signature's arithmetic alone, which
 *		is what "openssl speed" measures.  Then hostile cards, as many as are
 *		looked at together, against one honest card.
 *
 *		Calls per second of processor time, the best of several blocks.
 */
#include "../test/unit/shc_make.h"

#include <time.h>

#include "certificate/certificate_core.h"

#include "interrupts.h"

#define AT			INT64_C(825638400000000)	/* 2026-03-01 */
#define BLOCKS		9
#define BLOCK_SECONDS	0.1

/* At most so many times an honest card may a set of hostile ones cost. */
#define HOSTILE_MOST	40

#define GOOD	SHC_PAYLOAD(SHC_CLAIM(SHC_BUNDLE(SHC_PERSON, SHC_TWO_DOSES)))

static CccdCertificateWork work;
static CccdCertificate certificate;
static CccdTrustStore *store;
static CccdBytes scan;
static CccdKey *own_key;
static CccdAlgorithm algorithm;
static CccdBytes signature;
static uint8_t digest[CCCD_HASH_SIZE];

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double) t.tv_sec + (double) t.tv_nsec / 1e9;
}

static void
stop(const char *what)
{
	fprintf(stderr, "%s\n", what);
	exit(1);
}

/* Calls per second: the best block. */
static double
measure(void (*call) (void))
{
	double		best = 0;

	for (int block = 0; block < BLOCKS; block++)
	{
		double		start = now();
		double		end;
		long		count = 0;

		do
		{
			call();
			count++;
			end = now();
		} while (end - start < BLOCK_SECONDS);
		if ((double) count / (end - start) > best)
			best = (double) count / (end - start);
	}
	return best;
}

static void
read_one(void)
{
	cccd_certificate_read((const char *) scan.data, scan.length, NULL, &work,
						  &certificate);
	if (strcmp(certificate.status, "ok") != 0)
		stop("a card cannot be read");
}

static void
verify_one(void)
{
	CccdCertificateEffort effort = {CCCD_CERTIFICATE_ATTEMPTS,
	CCCD_REVOCATION_ATTEMPTS};
	CccdCertificateCheck check = {store, AT, CCCD_HCERT_FIELD, &effort};

	cccd_certificate_read((const char *) scan.data, scan.length, &check, &work,
						  &certificate);
	if (!certificate.valid)
		stop("an honest card is not valid");
}

static void
verify_bound(void)
{
	if (cccd_key_verify(own_key, &algorithm, CCCD_HASH_SHA256, digest,
						signature) != CCCD_SIGNATURE_OK)
		stop("the bound is none");
}

/* As many cards as are looked at together, none of which is valid. */
static void
verify_set(void)
{
	CccdCertificateEffort effort = {CCCD_CERTIFICATE_ATTEMPTS,
	CCCD_REVOCATION_ATTEMPTS};
	CccdCertificateCheck check = {store, AT, CCCD_HCERT_FIELD, &effort};

	for (int k = 0; k < CCCD_CERTIFICATES_MAX; k++)
	{
		/* the server looks before each certificate */
		note_check();
		cccd_certificate_read((const char *) scan.data, scan.length, &check,
							  &work, &certificate);
		if (certificate.valid)
			stop("a hostile card is valid");
	}
}

/* The key of an issuer under count entries; the last one is the card's. */
static CccdTrustStore *
open_store(EVP_PKEY *key, EVP_PKEY *of_others, int count)
{
	static CccdTrustEntry entries[CCCD_KEY_ATTEMPTS + 1];
	static CccdX509 room[CCCD_KEY_ATTEMPTS + 1];
	CccdTrustStore *opened;
	CccdBytes	value;

	for (int k = 0; k < count; k++)
	{
		CccdKeyEntry entry;
		CccdBytes	bytes;
		char		issuer[64];

		memset(&entry, 0, sizeof(entry));
		snprintf(issuer, sizeof(issuer), "https://%d.example", k);
		entry.kid = shc_kid(key);
		entry.content = pki_public_key(k == 0 ? key : of_others);
		entry.issuer = k == 0 ? pki_bytes(SHC_ISSUER, strlen(SHC_ISSUER)) :
			pki_bytes(issuer, strlen(issuer));
		bytes.length = cccd_key_entry_size(&entry);
		bytes.data = pki_alloc(bytes.length);
		cccd_key_entry_write(&entry, (uint8_t *) bytes.data);
		if (!cccd_trust_entry_of(bytes, CCCD_TRUST_KEY,
								 CCCD_PURPOSE_HEALTH_CERTIFICATE,
								 CCCD_TRUST_SOURCE_JSON, &entries[k]))
			stop("no entry");
	}
	count = cccd_trust_settle(entries, count, room, NULL);
	value.length = cccd_trust_size(entries, count);
	value.data = pki_alloc(value.length);
	if (!cccd_trust_write(entries, count, (uint8_t *) value.data) ||
		!cccd_store_open(value, pki_alloc(cccd_store_size(value)), &opened))
		stop("no trust value");
	return opened;
}

/* Objects of 64 members each, as many as the comparisons allow. */
static const char *
payload_of_names(const char *name)
{
	char	   *text = pki_alloc(CCCD_SHC_PAYLOAD_SIZE);
	char	   *out = text + sprintf(text, "{\"a\":[");

	for (int object = 0; object < 9; object++)
	{
		out += sprintf(out, object > 0 ? ",{" : "{");
		for (int k = 0; k < CCCD_JSON_MEMBERS - 1; k++)
			out += sprintf(out, "%s\"%s%d\":0", k > 0 ? "," : "", name, k);
		out += sprintf(out, "}");
	}
	sprintf(out, "]}");
	return text;
}

/* A good payload, and in it a member that makes it "all" bytes long. */
static const char *
payload_of(const char *good, char filler, size_t all)
{
	char	   *text = pki_alloc(all + 1);
	size_t		size = strlen(good);

	memset(text, filler, all);
	memcpy(text, "{\"a\":\"", 6);
	text[all] = '\0';
	memcpy(text + all - size - 1, "\",", 2);
	memcpy(text + all - size + 1, good + 1, size - 1);
	if (filler == ' ')
		memcpy(text, "{     ", 6);
	if (filler == ' ')
		memcpy(text + all - size - 1, "  ", 2);
	return text;
}

/* One kind of hostile cards against one honest card. */
static void
compare(const char *what, const ShcMake *make, double honest)
{
	double		cost;
	double		wait;

	scan = shc_scan(make);
	if (scan.length > CCCD_SHC_TEXT_MAX)
		stop("a hostile card is not looked at");
	cost = honest / measure(verify_set);
	printf("%d hostile cards, %s: %.1f times an honest one (%d at most)\n",
		   CCCD_CERTIFICATES_MAX, what, cost, HOSTILE_MOST);
	MEASURE_WAIT(wait, verify_set());
	print_wait(what, wait);
	if (cost > HOSTILE_MOST)
		stop("hostile cards cost too much");
}

int
main(void)
{
	EVP_PKEY   *key = pki_key("prime256v1", false);
	EVP_PKEY   *other = pki_key("prime256v1", false);
	ShcMake		make = {.key = key};
	CccdKeyEntry entry;
	CccdDerDocument document;
	CccdBytes	info = pki_public_key(key);
	CccdDer		cursor = cccd_der_open(&document, info.data, info.length,
									   false);
	double		rate;
	double		honest;
	double		bound;

	make.payload = GOOD;
	scan = shc_scan(&make);
	store = open_store(key, other, 1);
	if (!cccd_public_key_read(&cursor, &entry.key) ||
		(own_key = cccd_key_make(&entry.key)) == NULL)
		stop("no key");
	algorithm.scheme = CCCD_SCHEME_ECDSA_PLAIN;
	algorithm.hash = CCCD_HASH_SHA256;
	verify_one();
	signature = pki_bytes(work.of.shc.result.shc.signature.data, 64);
	memcpy(digest, certificate.digest, CCCD_SHA256_SIZE);
	rate = measure(read_one);
	honest = measure(verify_one);
	bound = measure(verify_bound);
	printf("SMART Health Card, read: %.0f/s\n", rate);
	printf("SMART Health Card, read and verify: %.0f/s, %.0f %% of the bound "
		   "of %.0f/s\n", honest, 100 * honest / bound, bound);

	make.key = other;
	make.header = shc_header(key);
	compare("wrong signatures", &make, honest);
	make.payload = payload_of_names("");
	compare("many names", &make, honest);
	make.payload = payload_of_names("\\u0061\\u0061\\u0061\\u0061\\u0061\\u0061\\u0061\\u0061\\u0061\\u0061");
	compare("many names in escapes", &make, honest);
	make.payload = payload_of(GOOD, ' ', CCCD_SHC_PAYLOAD_SIZE);
	compare("full of white space", &make, honest);
	make.payload = payload_of(GOOD, 'x', CCCD_SHC_PAYLOAD_SIZE);
	compare("full of one text", &make, honest);
	make.payload = payload_of(GOOD, ' ', CCCD_SHC_PAYLOAD_DEAR);
	compare("just below what counts twice", &make, honest);
	cccd_store_close(store);
	store = open_store(key, other, CCCD_KEY_ATTEMPTS);
	make.payload = GOOD;
	compare("256 keys of one identifier", &make, honest);
	cccd_store_close(store);
	cccd_key_free(own_key);
	EVP_PKEY_free(key);
	EVP_PKEY_free(other);
	return 0;
}
