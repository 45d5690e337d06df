/*
 * make_gate_chip.c
 *		Make the files of test/data/gate_chip: a state's CSCA, the complete
 *		chips of two invented people, each with what it answered to a
 *		challenge, and a forger's key with its answer to the same challenge.
 *		The first chip's files are signed once more by a signer that the
 *		state's list revokes, by one that has expired, by another state's, by
 *		signers of other roles, and by honest ones whose certificates or
 *		objects deviate from the standard.  The keys are thrown away.
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
		 const int *numbers, const CccdBytes *groups, int count,
		 const char *signing_time)
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
										  signer, certificate, signing_time));
}

/* The files of one chip; an RSA key needs no DG14, which is the last. */
typedef struct Chip
{
	CccdBytes	groups[GROUPS];
	int			count;
} Chip;

static const int numbers[GROUPS] = {1, 2, 13, 15, 14};

/* One chip, its object and its answer. */
static void
make_chip(const char *name, const MakePerson * person, const char *zone,
		  EVP_PKEY *key, const uint8_t *challenge,
		  const PkiCertificate *signer, Chip *chip)
{
	static const char *const kinds[GROUPS] = {"dg1", "dg2", "dg13", "dg15", "dg14"};
	bool		rsa = EVP_PKEY_is_a(key, "RSA");
	ActiveBytes dg15;
	ActiveBytes dg14;
	ActiveBytes response;
	MakeBytes	file;
	int			k;

	chip->count = rsa ? GROUPS - 1 : GROUPS;
	make_dg1(&file, zone, strlen(zone));
	chip->groups[0] = from_make(&file);
	chip->groups[1] = PKI_TLV(0x75, PKI_TLV(0x7F61, pki_integer(0)));
	make_person_dg13(&file, person, false);
	chip->groups[2] = from_make(&file);
	active_dg15(key, &dg15);
	chip->groups[3] = from_active(&dg15);
	active_dg14_plain(3, &dg14);
	chip->groups[4] = from_active(&dg14);
	if (rsa)
		active_rsa_sign(key, "SHA256", 0x34, challenge, false, &response);
	else
		active_ec_sign(key, "SHA256", challenge, true, &response);
	for (k = 0; k < chip->count; k++)
		put(name, kinds[k], chip->groups[k]);
	put(name, "sod", make_sod(signer, pki_make_certificate(signer), numbers,
							  chip->groups, chip->count, "260101000000Z"));
	put(name, "response", from_active(&response));
}

/* The first chip's files, signed by a signer whose certificate is changed. */
static void
sign_again(const char *kind, const Chip *chip, const PkiCertificate *signer,
		   PkiChange change)
{
	put("an", kind, make_sod(signer, pki_change_certificate(signer, &change),
							 numbers, chip->groups, chip->count,
							 "260101000000Z"));
}

static CccdBytes
usage(bool critical, CccdBytes oid)
{
	return pki_extension(PKI_OID("\x55\x1D\x25"), critical, PKI_SEQ(oid));
}

/* Signers of this state whose certificates are not as they should be. */
static void
sign_by_others(const Chip *chip, PkiCertificate signer)
{
	static const PkiChange none;
	PkiChange	change = none;
	EVP_PKEY   *unknown = pki_key("brainpoolP384r1", true);

	/* health certificates: 1.3.6.1.4.1.1847.2021.1.1 */
	change.extensions = usage(true, PKI_OID("\x2B\x06\x01\x04\x01\x8E\x37\x8F\x65\x01\x01"));
	sign_again("eku_critical", chip, &signer, change);
	change.extensions = usage(false, PKI_OID("\x2B\x06\x01\x04\x01\x8E\x37\x8F\x65\x01\x01"));
	sign_again("eku_health", chip, &signer, change);
	/* somebody's own: 1.3.6.1.4.1.99999.1 */
	change.extensions = usage(false, PKI_OID("\x2B\x06\x01\x04\x01\x86\x8D\x1F\x01"));
	sign_again("eku_private", chip, &signer, change);
	/* passports only (Doc 9303-12 7.1.1.6) */
	change.extensions = pki_extension(PKI_OID("\x67\x81\x08\x01\x01\x06\x02"), false,
									  PKI_SEQ(pki_integer(0), PKI_SET(PKI_TLV(0x13, PKI_LITERAL("P")))));
	sign_again("passport", chip, &signer, change);
	change = none;
	change.usage = pki_bytes("", 0);
	sign_again("no_usage", chip, &signer, change);
	change = none;
	change.authority = pki_bytes("", 0);
	sign_again("no_authority", chip, &signer, change);
	/* a re-keyed CSCA that is not loaded */
	signer.issuer_key = unknown;
	sign_again("new_csca", chip, &signer, change);
	EVP_PKEY_free(unknown);
}

int
main(int argc, char **argv)
{
	static const uint8_t challenge[8] = {0x3D, 0x5A, 0x91, 0x07, 0xC4, 0x68, 0xE2, 0xBF};
	EVP_PKEY   *state = pki_key("brainpoolP384r1", true);
	EVP_PKEY   *signing = pki_key("RSA", false);
	EVP_PKEY   *forged = EVP_RSA_gen(2048);
	EVP_PKEY   *abroad_key = pki_key("brainpoolP384r1", true);
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
	PkiCertificate other = {"UT", "CSCA other", "CSCA other", 1, abroad_key,
	abroad_key, true, false, NULL, NULL};
	PkiCertificate stranger = {"UT", "DS 1", "CSCA other", 1001, signing,
	abroad_key, false, false, NULL, NULL};
	static const int no_photo_numbers[] = {1, 13, 15};
	static const PkiChange none;
	CccdBytes	no_photo[3];
	char		abroad[] = MAKE_AN_ZONE;
	ActiveBytes bytes;
	MakeBytes	zone;
	Chip		chip;

	if (argc != 2)
		return 2;
	folder = argv[1];
	memcpy(abroad + 2, "UTO", 3);
	put("state", "csca", pki_make_certificate(&csca));
	put("state", "crl", pki_make_crl("VN", "CSCA test", state, 1002));
	put("gate", "challenge", pki_bytes(challenge, sizeof(challenge)));
	make_chip("an", &make_an, MAKE_AN_ZONE, EVP_RSA_gen(2048), challenge,
			  &signers[0], &chip);
	sign_again("revoked", &chip, &signers[1], none);
	sign_again("expired", &chip, &signers[2], none);
	sign_by_others(&chip, signers[0]);
	signers[2].not_after = NULL;
	signers[2].key = EVP_RSA_gen(1024);
	sign_again("weak", &chip, &signers[2], none);
	/* the time of signing a day before the signer's certificate */
	put("an", "time", make_sod(&signers[0], pki_make_certificate(&signers[0]),
							   numbers, chip.groups, chip.count,
							   "201231000000Z"));
	/* without DG2 */
	no_photo[0] = chip.groups[0];
	no_photo[1] = chip.groups[2];
	no_photo[2] = chip.groups[3];
	put("an", "no_photo", make_sod(&signers[0],
								   pki_make_certificate(&signers[0]),
								   no_photo_numbers, no_photo, 3,
								   "260101000000Z"));
	/* another state signs the same files, and a zone of its own */
	put("other", "csca", pki_make_certificate(&other));
	sign_again("foreign", &chip, &stranger, none);
	make_dg1(&zone, abroad, strlen(abroad));
	chip.groups[0] = from_make(&zone);
	put("other", "dg1", chip.groups[0]);
	sign_again("foreign_zone", &chip, &stranger, none);
	/* the length of the zone's file in more octets than needed */
	make_dg1(&zone, MAKE_AN_ZONE, strlen(MAKE_AN_ZONE));
	chip.groups[0] = pki_wrap(-1, PKI_LITERAL("\x61\x82\x00"),
							  pki_bytes(zone.data + 1, zone.length - 1),
							  PKI_END);
	put("an", "long_dg1", chip.groups[0]);
	sign_again("long", &chip, &signers[0], none);
	make_chip("cu", &make_cu, MAKE_CU_ZONE, EVP_EC_gen("P-256"), challenge,
			  &signers[0], &chip);
	active_dg15(forged, &bytes);
	put("forger", "dg15", from_active(&bytes));
	active_rsa_sign(forged, "SHA256", 0x34, challenge, false, &bytes);
	put("forger", "response", from_active(&bytes));
	return 0;
}
