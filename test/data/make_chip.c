/*
 * make_chip.c
 *		Make the files of test/data/chip and the seeds of the fuzz targets: a
 *		state's CSCA with brainpoolP384r1 and explicit parameters, its second
 *		key with a link certificate, signers with RSA-2048 and
 *		brainpoolP384r1, revocation lists, a master list, an LDIF, and the
 *		cards of an invented person.  The keys are thrown away.
 *
 *		"make test" makes them anew for its copy of the tests.  Those of the
 *		repository are for "make installcheck"; to make others, from its root:
 *
 *	gcc -Isrc -Itest/unit -o build/make_chip test/data/make_chip.c \
 *		src/base/der_core.c src/base/calendar_core.c -lcrypto
 *	build/make_chip test
 */
#include "pki.h"

#include <sys/stat.h>

static const char *root;

static void
put(const char *folder, const char *name, CccdBytes bytes)
{
	char		path[512];
	FILE	   *file;

	snprintf(path, sizeof(path), "%s/%s", root, folder);
	mkdir(path, 0777);
	snprintf(path, sizeof(path), "%s/%s/%s", root, folder, name);
	file = fopen(path, "wb");
	if (file == NULL ||
		fwrite(bytes.data, 1, bytes.length, file) != bytes.length ||
		fclose(file) != 0)
	{
		perror(path);
		exit(1);
	}
}

static void
put_both(const char *target, const char *name, CccdBytes bytes)
{
	char		folder[64];

	put("data/chip", name, bytes);
	snprintf(folder, sizeof(folder), "fuzz/seeds/%s_fuzz", target);
	put(folder, name, bytes);
}

/* base64 in lines of 64, each begun with "prefix". */
static CccdBytes
base64(CccdBytes bytes, const char *prefix)
{
	uint8_t    *flat = pki_alloc(bytes.length * 2 + 8);
	int			length = EVP_EncodeBlock(flat, bytes.data, (int) bytes.length);
	CccdBytes	result = pki_bytes("", 0);
	int			k;

	for (k = 0; k < length; k += 64)
		result = pki_wrap(-1, result, pki_bytes(prefix, strlen(prefix)),
						  pki_bytes(flat + k, (size_t) (length - k < 64 ?
														length - k : 64)),
						  PKI_LITERAL("\n"), PKI_END);
	return result;
}

#define TEXT(literal) pki_bytes(literal, strlen(literal))

static CccdBytes
pem(const char *kind, CccdBytes der)
{
	char		head[64];
	char		tail[64];

	snprintf(head, sizeof(head), "-----BEGIN %s-----\n", kind);
	snprintf(tail, sizeof(tail), "-----END %s-----\n", kind);
	return pki_wrap(-1, TEXT(head), base64(der, ""), TEXT(tail), PKI_END);
}

static CccdBytes
attribute(const char *name, CccdBytes der)
{
	return pki_wrap(-1, TEXT(name), TEXT("::\n"), base64(der, " "), PKI_END);
}

int
main(int argc, char **argv)
{
	EVP_PKEY   *key1 = pki_key("brainpoolP384r1", true);
	EVP_PKEY   *key2 = pki_key("RSA", false);
	EVP_PKEY   *rsa = pki_key("RSA", false);
	EVP_PKEY   *curve = pki_key("brainpoolP384r1", true);
	EVP_PKEY   *lists = pki_key("prime256v1", false);
	PkiCertificate csca1 = {"VN", "CSCA test", "CSCA test", 1, key1, key1,
	true, false, NULL, NULL};
	PkiCertificate csca2 = {"VN", "CSCA test", "CSCA test", 2, key2, key2,
	true, false, "250101000000Z", "400101000000Z"};
	PkiCertificate link = {"VN", "CSCA test", "CSCA test", 3, key2, key1,
	true, false, "250101000000Z", NULL};
	PkiCertificate signer1 = {"VN", "DS 1", "CSCA test", 1001, rsa, key1,
	false, false, NULL, NULL};
	PkiCertificate signer2 = {"VN", "DS 2", "CSCA test", 1002, curve, key1,
	false, false, NULL, NULL};
	PkiCertificate list_signer = {"VN", "List signer", "CSCA test", 501,
	lists, key1, false, true, NULL, NULL};
	CccdBytes	csca1_der = pki_make_certificate(&csca1);
	CccdBytes	csca2_der = pki_make_certificate(&csca2);
	CccdBytes	link_der = pki_make_certificate(&link);
	CccdBytes	signer1_der = pki_make_certificate(&signer1);
	CccdBytes	signer2_der = pki_make_certificate(&signer2);
	CccdBytes	list_signer_der = pki_make_certificate(&list_signer);
	CccdBytes	empty = pki_make_crl("VN", "CSCA test", key2, 0);
	CccdBytes	revoking = pki_make_crl("VN", "CSCA test", key2, 1002);
	CccdBytes	certificates = pki_wrap(-1, csca1_der, csca2_der, link_der,
										PKI_END);
	CccdBytes	list;
	PkiCard		card1;
	PkiCard		card2;

	if (argc != 2)
		return 2;
	root = argv[1];
	put_both("certificate", "csca1.der", csca1_der);
	put_both("certificate", "csca2.der", csca2_der);
	put_both("certificate", "link.der", link_der);
	put_both("certificate", "signer1.der", signer1_der);
	put_both("certificate", "signer2.der", signer2_der);
	put_both("certificate", "list_signer.der", list_signer_der);
	put_both("crl", "empty.crl", empty);
	put_both("crl", "revoking.crl", revoking);

	card1 = pki_make_card(&signer1, signer1_der, 1500, "260101000000Z");
	card2 = pki_make_card(&signer2, signer2_der, 1500, NULL);
	put_both("sod", "card1.sod", card1.sod);
	put_both("sod", "card2.sod", card2.sod);
	put("data/chip", "card1.dg1", card1.groups[0]);
	put("data/chip", "card1.dg2", card1.groups[1]);
	put("data/chip", "card1.dg13", card1.groups[2]);
	put("data/chip", "card1.dg14", card1.groups[3]);
	put("data/chip", "card1.dg15", card1.groups[4]);
	put("data/chip", "card2.dg1", card2.groups[0]);
	put("data/chip", "card2.dg2", card2.groups[1]);
	put("data/chip", "card2.dg13", card2.groups[2]);
	put("data/chip", "card2.dg15", card2.groups[4]);

	list = pki_make_master_list(&list_signer, list_signer_der, certificates,
								"260601000000Z");
	put_both("master_list", "list.ml", list);
	put_both("master_list", "undated.ml",
			 pki_make_master_list(&list_signer, list_signer_der, certificates,
								  NULL));
	/* a signer of documents must not sign lists */
	put_both("master_list", "wrong_role.ml",
			 pki_make_master_list(&signer1, signer1_der, certificates,
								  "260601000000Z"));
	put_both("master_list", "raw.ml", PKI_SEQ(pki_integer(0),
											  PKI_SET(certificates)));

	put_both("import_text", "csca.pem", pki_wrap(-1, TEXT("of a test state\n"),
												 pem("CERTIFICATE", csca1_der),
												 pem("CERTIFICATE", csca2_der),
												 PKI_END));
	put_both("import_text", "crl.pem", pem("X509 CRL", empty));
	put_both("import_text", "pkd.ldif", pki_wrap(
												 -1, TEXT("version: 1\n\ndn: cn=test,dc=data,dc=download,dc=pkd\n"
														  "objectClass: pkdDownload\n"),
												 attribute("userCertificate;binary", signer1_der),
												 attribute("certificateRevocationList;binary", revoking),
												 attribute("CscaMasterListData", list),
												 attribute("pkdMasterListContent",
														   pki_make_master_list(&signer1, signer1_der, certificates,
																				"260601000000Z")),
												 TEXT("cACertificate;binary:: MIIB?broken\n"), PKI_END));
	EVP_PKEY_free(key1);
	EVP_PKEY_free(key2);
	EVP_PKEY_free(rsa);
	EVP_PKEY_free(curve);
	EVP_PKEY_free(lists);
	return 0;
}
