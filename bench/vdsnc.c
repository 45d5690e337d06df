/*
 * vdsnc.c
 *		Visible digital seals: reading one, reading and verifying one, against
 *		the arithmetic of its two signatures alone (its CSCA's and its
 *		signer's); and as many hostile ones as a call takes, in honest ones.
 *
 *		Calls per second of processor time, the best of several blocks.
 */
#include "../test/unit/vdsnc_make.h"

#include <time.h>

#include "certificate/certificate_core.h"

#include "interrupts.h"

#define AT			INT64_C(825638400000000)	/* 2026-03-01 */
#define BLOCKS		9
#define BLOCK_SECONDS	0.1

/* CSCAs of one name, more than a call may try. */
#define MANY_CSCAS	64

static CccdVdsncWork work;
static CccdVdsncResult result;
static CccdVdsnc vdsnc;

static const char *honest;
static const char *hostile;
static CccdTrustStore *store;
static CccdTrustStore *many;
static CccdX509 signer;
static CccdKey *signer_key;

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

/* Calls per second in one block. */
static double
measure(void (*call) (void))
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
	return (double) count / (end - start);
}

static void
read_one(void)
{
	cccd_vdsnc_read(honest, strlen(honest), true, &work, &vdsnc);
	if (vdsnc.schema != CCCD_STATUS_OK)
		stop("a seal cannot be read");
}

static void
verify(const char *text, CccdTrustStore *with, int *attempts)
{
	int			lists = CCCD_REVOCATION_ATTEMPTS;

	cccd_vdsnc_verify_within(text, strlen(text), with, AT, CCCD_HCERT_FIELD,
							 attempts, &lists, &work, &result);
}

static void
verify_one(void)
{
	int			attempts = CCCD_CERTIFICATE_ATTEMPTS;

	verify(honest, store, &attempts);
	if (!result.verdict.valid)
		stop("an honest seal is not valid");
}

/* The arithmetic alone: hashes, the CSCA's signature, the signer's. */
static void
verify_bound(void)
{
	static const CccdAlgorithm algorithm = {.scheme = CCCD_SCHEME_ECDSA_PLAIN,
	.hash = CCCD_HASH_SHA256};
	CccdAnchor *anchor = &store->anchors[0];
	uint8_t		digest[CCCD_HASH_SIZE];

	if (cccd_signed_verify(&signer.signed_part, cccd_anchor_key(anchor),
						   &anchor->certificate.key) != CCCD_SIGNATURE_OK ||
		!cccd_hash_bytes(CCCD_HASH_SHA256, vdsnc.data, digest) ||
		cccd_key_verify(signer_key, &algorithm, CCCD_HASH_SHA256, digest,
						vdsnc.signature) != CCCD_SIGNATURE_OK)
		stop("the bound is none");
}

static void
verify_hostile(void)
{
	int			attempts = CCCD_CERTIFICATE_ATTEMPTS;

	for (int k = 0; k < CCCD_CERTIFICATES_MAX; k++)
	{
		/* the server looks before each certificate */
		note_check();
		verify(hostile, many, &attempts);
		if (result.verdict.valid || result.vdsnc.canonical != CCCD_STATUS_OK)
			stop("a hostile seal is not what it should be");
	}
	if (attempts != 0)
		stop("keys are left over");
}

static CccdTrustStore *
open_store(CccdTrustEntry *entries, int count)
{
	static CccdX509 room[MANY_CSCAS];
	CccdTrustStore *opened;
	CccdBytes	value;

	count = cccd_trust_settle(entries, count, room, NULL);
	value.length = cccd_trust_size(entries, count);
	value.data = pki_alloc(value.length);
	if (!cccd_trust_write(entries, count, (uint8_t *) value.data) ||
		!cccd_store_open(value, pki_alloc(cccd_store_size(value)), &opened))
		stop("no trust value");
	return opened;
}

/*
 * Data of nearly as many names as are compared, in the worst order, which
 * differ at their ends only.
 */
static const char *
hostile_data(void)
{
	static char data[CCCD_VDSNC_TEXT_MAX];
	static const int members[] = {CCCD_JSON_MEMBERS, 40};
	char	   *p = data;

	p += sprintf(p, "{\"hdr\":{\"is\":\"UTO\",\"t\":\"icao.vacc\",\"v\":1},\"msg\":{"
				 "\"pid\":{\"n\":\"A\"},\"uvci\":\"U\",\"ve\":[" SEAL_VACCINE("x", SEAL_DOSE("1", "2025-10-25")) "],\"x\":[");
	for (int object = 0; object < 2; object++)
	{
		p += sprintf(p, "%s{", object > 0 ? "," : "");
		for (int k = members[object] - 1; k >= 0; k--)
			p += sprintf(p, "\"aaaaaaaaaaaaaaaaaaaaa%02d\":0%s", k,
						 k > 0 ? "," : "}");
	}
	sprintf(p, "]}}");
	return data;
}

static void
prepare(void)
{
	EVP_PKEY   *csca_key = pki_key("prime256v1", false);
	EVP_PKEY   *key = pki_key("prime256v1", false);
	PkiCertificate csca = {.country = "UT", .subject = "CSCA",
		.issuer = "CSCA", .serial = 1, .key = csca_key,
	.issuer_key = csca_key, .ca = true};
	PkiCertificate by = {.country = "UT", .subject = "Seals",
		.issuer = "CSCA", .serial = 2, .key = key,
	.issuer_key = csca_key};
	PkiChange	nameless = {.extensions = seal_usage(),
	.authority = PKI_LITERAL("")};
	SealMake	make = {.key = key, .data = SEAL_TWO_DOSES};
	CccdTrustEntry entries[MANY_CSCAS];
	CccdDerError error;
	size_t		offset;

	make.certificate = seal_signer(&by, "NV");
	honest = seal_text(&make);
	if (!cccd_x509_read(make.certificate, &signer, &error, &offset) ||
		!cccd_trust_classify(pki_make_certificate(&csca), CCCD_PURPOSE_CHIP,
							 CCCD_TRUST_SOURCE_OPERATOR, &entries[0]))
		stop("no signer");
	signer_key = cccd_key_make(&signer.key);
	store = open_store(entries, 1);
	for (int k = 0; k < MANY_CSCAS; k++)
	{
		csca.key = csca.issuer_key = pki_key("prime256v1", false);
		if (!cccd_trust_classify(pki_make_certificate(&csca),
								 CCCD_PURPOSE_CHIP,
								 CCCD_TRUST_SOURCE_OPERATOR, &entries[k]))
			stop("no CSCA");
	}
	many = open_store(entries, MANY_CSCAS);
	make.certificate = pki_change_certificate(&by, &nameless);
	make.shown = hostile_data();
	hostile = seal_text(&make);
	if (strlen(hostile) > CCCD_VDSNC_TEXT_MAX)
		stop("a hostile seal is too long");
}

int
main(void)
{
	static void (*const calls[4]) (void) = {
		read_one, verify_one, verify_bound, verify_hostile
	};
	double		best[4] = {0};
	double		wait;

	prepare();
	/* in turns, so that all see the same machine */
	for (int block = 0; block < BLOCKS; block++)
	{
		for (int n = 0; n < 4; n++)
		{
			double		rate;

			read_one();
			rate = measure(calls[n]);
			if (rate > best[n])
				best[n] = rate;
		}
	}
	printf("seal, read: %.0f /s (bound 100000 %s; %zu characters)\n", best[0],
		   best[0] >= 100000 ? "reached" : "MISSED", strlen(honest));
	printf("seal, read and verify: %.0f /s (arithmetic alone %.0f: %.0f %% of "
		   "it, bound 70 %s)\n", best[1], best[2], 100 * best[1] / best[2],
		   best[1] >= 0.7 * best[2] ? "reached" : "MISSED");
	printf("seal, %d hostile ones (%zu characters) and %d CSCAs: %.1f times "
		   "an honest one (bound 40 %s)\n", CCCD_CERTIFICATES_MAX,
		   strlen(hostile), MANY_CSCAS, best[1] / best[3],
		   best[1] / best[3] <= 40 ? "reached" : "MISSED");
	MEASURE_WAIT(wait, verify_hostile());
	print_wait("the same seals", wait);
	cccd_store_close(store);
	cccd_store_close(many);
	return 0;
}
