/*
 * signed_test.c
 *		The frame that certificates and revocation lists share: one verdict for
 *		one fault in both.
 */
#include "unit.h"

#include "pki.h"
#include "pki/crl_core.h"
#include "pki/x509_core.h"

typedef struct Signer
{
	EVP_PKEY   *pkey;
	CccdX509	certificate;
	CccdKey    *key;
} Signer;

static CccdBytes
make_certificate(EVP_PKEY *key, CccdBytes algorithm)
{
	PkiCertificate c = {"VN", "CSCA test", "CSCA test", 1, key, key, true,
	false, NULL, NULL};
	PkiChange	change = {.algorithm = algorithm};

	return pki_change_certificate(&c, &change);
}

static void
open_signer(Signer *signer, const char *kind)
{
	CccdBytes	none = {NULL, 0};
	CccdDerError error;
	size_t		offset;

	signer->pkey = pki_key(kind, false);
	CHECK(cccd_x509_read(make_certificate(signer->pkey, none),
						 &signer->certificate, &error, &offset));
	signer->key = cccd_key_make(&signer->certificate.key);
	CHECK(signer->key != NULL);
}

static void
close_signer(Signer *signer)
{
	cccd_key_free(signer->key);
	EVP_PKEY_free(signer->pkey);
}

/* The verdict on a certificate, or on a list. */
static CccdSignatureVerdict
verdict_on(CccdBytes object, bool crl, const Signer *signer, CccdKey *key)
{
	CccdX509	certificate;
	CccdCrl		list;
	CccdDerError error;
	size_t		offset;

	CHECK(crl ? cccd_crl_read(object, &list, &error, &offset) :
		  cccd_x509_read(object, &certificate, &error, &offset));
	return cccd_signed_verify(crl ? &list.signed_part :
							  &certificate.signed_part, key,
							  &signer->certificate.key);
}

static void
test_verdicts(const Signer *signer, const Signer *same_kind,
			  const Signer *other_kind, bool crl)
{
	CccdBytes	none = {NULL, 0};
	CccdBytes	object = crl ?
	pki_make_crl("VN", "CSCA test", signer->pkey, 1) :
	make_certificate(signer->pkey, none);
	CccdBytes	changed = pki_replace(object, "CSCA test", "CSCA tesu", 9);
	CccdBytes	unknown = pki_unknown_algorithm(object, signer->pkey);

	CHECK(verdict_on(object, crl, signer, signer->key) == CCCD_SIGNATURE_OK);
	CHECK(verdict_on(changed, crl, signer, signer->key) ==
		  CCCD_SIGNATURE_INVALID);
	CHECK(verdict_on(object, crl, same_kind, same_kind->key) ==
		  CCCD_SIGNATURE_INVALID);
	CHECK(verdict_on(object, crl, other_kind, other_kind->key) ==
		  CCCD_SIGNATURE_INVALID);
	/* what is not known accuses nobody, whoever is asked */
	CHECK(verdict_on(unknown, crl, signer, signer->key) ==
		  CCCD_SIGNATURE_UNSUPPORTED);
	CHECK(verdict_on(unknown, crl, other_kind, other_kind->key) ==
		  CCCD_SIGNATURE_UNSUPPORTED);
	CHECK(verdict_on(object, crl, signer, NULL) ==
		  CCCD_SIGNATURE_UNSUPPORTED);
}

/* Another algorithm outside than inside (RFC 5280 4.1.1.2, 5.1.1.2). */
static void
test_exchanged_algorithm(const Signer *signer)
{
	CccdBytes	sha512 = PKI_SEQ(PKI_OID("\x2A\x86\x48\xCE\x3D\x04\x03\x04"));
	CccdBytes	list = pki_make_crl("VN", "CSCA test", signer->pkey, 1);
	uint8_t    *p = (uint8_t *) list.data;
	size_t		last = 0;

	CHECK(verdict_on(make_certificate(signer->pkey, sha512), false, signer,
					 signer->key) == CCCD_SIGNATURE_MALFORMED);
	for (size_t k = 0; k + 5 <= list.length; k++)
		if (memcmp(p + k, "\xCE\x3D\x04\x03\x03", 5) == 0)
			last = k;
	p[last + 4] = 0x04;
	CHECK(verdict_on(list, true, signer, signer->key) ==
		  CCCD_SIGNATURE_MALFORMED);
}

int
main(void)
{
	Signer		curve;
	Signer		other_curve;
	Signer		rsa;
	Signer		other_rsa;

	open_signer(&curve, "P-256");
	open_signer(&other_curve, "P-256");
	open_signer(&rsa, "RSA");
	open_signer(&other_rsa, "RSA");
	for (int crl = 0; crl < 2; crl++)
	{
		test_verdicts(&curve, &other_curve, &rsa, crl);
		test_verdicts(&rsa, &other_rsa, &curve, crl);
	}
	test_exchanged_algorithm(&curve);
	close_signer(&curve);
	close_signer(&other_curve);
	close_signer(&rsa);
	close_signer(&other_rsa);
	return finish();
}
