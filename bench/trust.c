/*
 * trust.c
 *		The reading of a master list, from its publication to a trust value, and
 *		of the value in a new session, against the same certificates in
 *		OpenSSL's store.
 *
 *		Then hostile lists against an honest one, and how long who cancels the
 *		import of one waits.
 *
 *		Milliseconds of processor time, the least of several runs.
 */
#include "../test/unit/pki.h"

#include <time.h>

#include <openssl/x509_vfy.h>

#include "trust/master_list_core.h"

#include "interrupts.h"

#define LISTED		952			/* certificates of the German and Dutch lists */

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double) t.tv_sec + (double) t.tv_nsec / 1e9;
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

/* A list as large as the public ones, a quarter of it with curves. */
typedef struct ListSubject
{
	CccdBytes	message;
	CccdBytes	value;
	CccdTrustStore *anchors;
	CccdBytes	certificates[LISTED];
	CccdTrustEntry *entries;
	CccdX509   *room;
	uint8_t    *scratch;
	void	   *memory;
} ListSubject;

static void
make_list(ListSubject *l)
{
	static char subjects[LISTED][16];
	EVP_PKEY   *keys[8];
	EVP_PKEY   *root = pki_key("brainpoolP384r1", true);
	EVP_PKEY   *lists = pki_key("prime256v1", false);
	PkiCertificate csca = {"VN", "CSCA test", "CSCA test", 1, root, root,
	true, false, NULL, NULL};
	PkiCertificate signer = {"VN", "List signer", "CSCA test", 2, lists, root,
	false, true, NULL, NULL};
	CccdBytes	joined;
	uint8_t    *all;
	size_t		used = 0;
	int			k;

	for (k = 0; k < 8; k++)
		keys[k] = pki_key(k < 6 ? "RSA" : "brainpoolP384r1", true);
	all = malloc(LISTED * 1024);
	for (k = 0; k < LISTED; k++)
	{
		PkiCertificate listed = {"VN", subjects[k], subjects[k], k + 1,
		keys[k % 8], keys[k % 8], true, false, NULL, NULL};
		size_t		mark = pki_used;
		CccdBytes	der;

		snprintf(subjects[k], sizeof(subjects[k]), "CSCA %d", k);
		der = pki_make_certificate(&listed);
		l->certificates[k].data = all + used;
		l->certificates[k].length = der.length;
		memcpy(all + used, der.data, der.length);
		used += der.length;
		pki_used = mark;
	}
	joined.data = all;
	joined.length = used;
	l->anchors = make_store(pki_make_certificate(&csca));
	l->message = pki_make_master_list(&signer, pki_make_certificate(&signer),
									  joined, "260601000000Z");
	l->entries = malloc(sizeof(CccdTrustEntry) * LISTED);
	l->room = malloc(sizeof(CccdX509) * LISTED);
	l->scratch = malloc(l->message.length);
	for (k = 0; k < 8; k++)
		EVP_PKEY_free(keys[k]);
	EVP_PKEY_free(root);
	EVP_PKEY_free(lists);
}

/* From the list as it is published to the value that is stored. */
static void
import_list(ListSubject *l)
{
	static CccdMasterList list;
	CccdReport	report = {0};
	CccdBytes	item;
	int			count = 0;

	if (!cccd_master_list_read(l->message, l->scratch, &list, &report) ||
		!cccd_master_list_verify(&list, l->anchors, false, 0, NULL, &report))
		exit(1);
	while (cccd_master_list_next(&list, &item))
		if (!cccd_trust_classify(item, CCCD_PURPOSE_CHIP,
								 CCCD_TRUST_SOURCE_MASTER_LIST,
								 &l->entries[count++]))
			exit(1);
	count = cccd_trust_settle(l->entries, count, l->room, NULL);
	if (count != LISTED)
		exit(1);
	if (l->value.data == NULL)
	{
		l->value.length = cccd_trust_size(l->entries, count);
		l->value.data = malloc(l->value.length);
		l->memory = NULL;
	}
	if (!cccd_trust_write(l->entries, count, (uint8_t *) l->value.data))
		exit(1);
}

/* From the stored value to what answers: once a session. */
static void
open_list(ListSubject *l)
{
	CccdTrustStore *store;

	if (l->memory == NULL)
		l->memory = malloc(cccd_store_size(l->value));
	if (!cccd_store_open(l->value, l->memory, &store))
		exit(1);
	cccd_store_close(store);
}

/* The certificates into OpenSSL's store, with the keys that a use needs. */
static void
load_openssl(ListSubject *l)
{
	X509_STORE *store = X509_STORE_new();
	int			k;

	for (k = 0; k < LISTED; k++)
	{
		const uint8_t *p = l->certificates[k].data;
		X509	   *x509 = d2i_X509(NULL, &p,
									(long) l->certificates[k].length);

		if (x509 == NULL || X509_get0_pubkey(x509) == NULL ||
			X509_STORE_add_cert(store, x509) != 1)
			exit(1);
		X509_free(x509);
	}
	X509_STORE_free(store);
}

static double
milliseconds(void (*work_once) (ListSubject *), ListSubject *l)
{
	double		best = 1e9;
	int			block;

	for (block = 0; block < 3; block++)
	{
		double		start = now();

		work_once(l);
		if (now() - start < best)
			best = now() - start;
	}
	return best * 1e3;
}

/*
 * What an unsigned list can hold: certificates as they come, and settled.  The
 * server looks for an interrupt before each of them as well.
 */
static void
take_hostile(ListSubject *l)
{
	for (int k = 0; k < LISTED; k++)
	{
		note_check();
		if (!cccd_trust_classify(l->certificates[k], CCCD_PURPOSE_CHIP,
								 CCCD_TRUST_SOURCE_LDIF, &l->entries[k]))
			exit(1);
	}
	(void) cccd_trust_settle(l->entries, LISTED, l->room, note_check);
}

/*
 * A hostile list against an honest one of as many certificates: keys of the
 * largest size that say they signed themselves, or, with links, anchors of one
 * name and links that none of them signed.
 */
static void
compare_hostile(const char *what, bool links, double honest)
{
	static uint8_t wrong[CCCD_RSA_BITS_MAX / 8];
	static ListSubject l;
	EVP_PKEY   *key = pki_key("RSA", false);
	PkiChange	change = {.key_info = {NULL, 0}};
	double		cost;
	double		wait;

	memset(wrong, 0x5A, sizeof(wrong));
	if (!links)
	{
		change.key_info = pki_rsa_info(sizeof(wrong),
									   PKI_LITERAL("\x00\xFF\xFF\xFF\xFF"));
		change.signature = pki_bytes(wrong, sizeof(wrong));
	}
	for (int k = 0; k < LISTED; k++)
	{
		bool		link = links && k % 2 == 1;
		PkiCertificate listed = {"VN", link ? "CSCA new" : "CSCA", "CSCA",
		k + 1, key, key, true, false, NULL, NULL};

		if (links)
			change.signature = (CccdBytes)
		{
			link ? wrong : NULL, link ? 256 : 0
		};
		l.certificates[k] = pki_change_certificate(&listed, &change);
	}
	l.entries = malloc(sizeof(CccdTrustEntry) * LISTED);
	l.room = malloc(sizeof(CccdX509) * LISTED);
	cost = milliseconds(take_hostile, &l);
	printf("hostile list, %s: %.1f ms, %.1f times an honest one (bound 40 "
		   "%s)\n", what, cost, cost / honest,
		   cost / honest <= 40 ? "reached" : "MISSED");
	MEASURE_WAIT(wait, take_hostile(&l));
	print_wait(what, wait);
	EVP_PKEY_free(key);
}

int
main(void)
{
	static ListSubject l;
	double		import;
	double		opened;
	double		openssl;

	make_list(&l);
	import = milliseconds(import_list, &l);
	opened = milliseconds(open_list, &l);
	openssl = milliseconds(load_openssl, &l);
	printf("master list of %d certificates, import with all signatures: "
		   "%.1f ms\n", LISTED, import);
	printf("the same, first use in a session: %.2f ms (OpenSSL's store %.1f: "
		   "%.0f times)\n", opened, openssl, openssl / opened);
	compare_hostile("keys of RSA-8192", false, import);
	compare_hostile("links of which no anchor is the issuer", true, import);
	cccd_store_close(l.anchors);
	return 0;
}
