/*
 * make_gate_chip.c
 *		Make the files of test/data/gate_chip: a state's CSCA, the complete
 *		chips of two invented people, each with what it answered to a
 *		challenge, and a forger's key with its answer to the same challenge.
 *		The first chip's files are signed once more by a signer that the
 *		state's list revokes, and by one that has expired.  The keys are
 *		thrown away.
 *
 *		The files are in the repository; to make others, from its root:
 *
 *	gcc -Isrc -Itest/unit -o build/make_gate_chip test/data/make_gate_chip.c \
 *		src/base/der_core.c src/base/calendar_core.c -lcrypto
 *	build/make_gate_chip test/data/gate_chip
 */
#include "pki.h"

#include "active_sign.h"
#include "dg13_make.h"

#define GROUPS	5

static const char *folder;

static void
put(const char *name, const char *kind, CccdBytes bytes)
{
	char		path[512];
	FILE	   *file;

	snprintf(path, sizeof(path), "%s/%s.%s", folder, name, kind);
	file = fopen(path, "wb");
	if (file == NULL ||
		fwrite(bytes.data, 1, bytes.length, file) != bytes.length ||
		fclose(file) != 0)
	{
		perror(path);
		exit(1);
	}
}

static CccdBytes
from_active(const ActiveBytes * bytes)
{
	return pki_bytes(bytes->data, bytes->length);
}

static CccdBytes
from_make(const MakeBytes * bytes)
{
	return pki_bytes(bytes->data, bytes->length);
}

/* EF.SOD over these files (Doc 9303-10 4.6.2). */
static CccdBytes
make_sod(const PkiCertificate *signer, CccdBytes certificate,
		 const int *numbers, const CccdBytes *groups, int count)
{
	CccdBytes	hashes = pki_bytes("", 0);
	int			k;

	for (k = 0; k < count; k++)
		hashes = pki_wrap(-1, hashes,
						  PKI_SEQ(pki_integer(numbers[k]),
								  PKI_TLV(CCCD_DER_OCTET_STRING,
										  pki_sha256(groups[k]))), PKI_END);
	return PKI_TLV(0x77, pki_make_message(
										  PKI_OID("\x67\x81\x08\x01\x01\x01"),
										  PKI_SEQ(pki_integer(0), pki_sha256_identifier(), PKI_SEQ(hashes)),
										  signer, certificate, "260101000000Z"));
}

/* One chip, and its object from further signers; an RSA key needs no DG14. */
static void
make_chip(const char *name, const MakePerson * person, const char *zone,
		  EVP_PKEY *key, const uint8_t *challenge,
		  const PkiCertificate *signers, int signer_count)
{
	static const char *const objects[] = {"sod", "revoked", "expired"};
	static const int numbers[GROUPS] = {1, 2, 13, 15, 14};
	static const char *const kinds[GROUPS] = {"dg1", "dg2", "dg13", "dg15", "dg14"};
	bool		rsa = EVP_PKEY_is_a(key, "RSA");
	int			count = rsa ? GROUPS - 1 : GROUPS;
	CccdBytes	groups[GROUPS];
	ActiveBytes dg15;
	ActiveBytes dg14;
	ActiveBytes response;
	MakeBytes	file;
	int			k;

	make_dg1(&file, zone, strlen(zone));
	groups[0] = from_make(&file);
	groups[1] = PKI_TLV(0x75, PKI_TLV(0x7F61, pki_integer(0)));
	make_person_dg13(&file, person, false);
	groups[2] = from_make(&file);
	active_dg15(key, &dg15);
	groups[3] = from_active(&dg15);
	active_dg14_plain(3, &dg14);
	groups[4] = from_active(&dg14);
	if (rsa)
		active_rsa_sign(key, "SHA256", 0x34, challenge, false, &response);
	else
		active_ec_sign(key, "SHA256", challenge, true, &response);
	for (k = 0; k < count; k++)
		put(name, kinds[k], groups[k]);
	for (k = 0; k < signer_count; k++)
		put(name, objects[k], make_sod(&signers[k],
									   pki_make_certificate(&signers[k]),
									   numbers, groups, count));
	put(name, "response", from_active(&response));
}

int
main(int argc, char **argv)
{
	static const uint8_t challenge[8] = {0x3D, 0x5A, 0x91, 0x07, 0xC4, 0x68, 0xE2, 0xBF};
	EVP_PKEY   *state = pki_key("brainpoolP384r1", true);
	EVP_PKEY   *signing = pki_key("RSA", false);
	EVP_PKEY   *forged = EVP_RSA_gen(2048);
	PkiCertificate csca = {"VN", "CSCA test", "CSCA test", 1, state, state,
	true, false, NULL, NULL};
	PkiCertificate signers[] = {
		{"VN", "DS 1", "CSCA test", 1001, signing, state,
		false, false, NULL, NULL},
		{"VN", "DS 2", "CSCA test", 1002, signing, state,
		false, false, NULL, NULL},
		{"VN", "DS 3", "CSCA test", 1003, signing, state,
		false, false, NULL, "260601000000Z"}
	};
	ActiveBytes bytes;

	if (argc != 2)
		return 2;
	folder = argv[1];
	put("state", "csca", pki_make_certificate(&csca));
	put("state", "crl", pki_make_crl("VN", "CSCA test", state, 1002));
	put("gate", "challenge", pki_bytes(challenge, sizeof(challenge)));
	make_chip("an", &make_an, MAKE_AN_ZONE, EVP_RSA_gen(2048), challenge,
			  signers, 3);
	make_chip("cu", &make_cu, MAKE_CU_ZONE, EVP_EC_gen("P-256"), challenge,
			  signers, 1);
	active_dg15(forged, &bytes);
	put("forger", "dg15", from_active(&bytes));
	active_rsa_sign(forged, "SHA256", 0x34, challenge, false, &bytes);
	put("forger", "response", from_active(&bytes));
	return 0;
}
