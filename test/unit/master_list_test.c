/*
 * master_list_test.c
 *		Signed lists of state certificates: who may sign them, and when.
 */
#include "chip_state.h"

#include "trust/master_list_core.h"

#define FROM	INT64_C(662774400000000)	/* 2021-01-01 */
#define TO		INT64_C(1136073600000000)	/* 2036-01-01 */

static CccdMasterList list;
static CccdReport report;
static uint8_t space[65536];

static PkiCertificate
list_signer(void)
{
	PkiCertificate signer = signers[0];

	signer.master_list_signer = true;
	return signer;
}

static bool
read_list(CccdBytes bytes)
{
	memset(&report, 0, sizeof(report));
	return bytes.length <= sizeof(space) &&
		cccd_master_list_read(bytes, space, &list, &report);
}

/* A list of this signer, verified; AT is when it says that it was signed. */
static bool
signed_by(const PkiCertificate *signer, const PkiChange *change,
		  const char *signing_time, bool has_at, int64_t at, CccdBytes anchor,
		  CccdBytes crl)
{
	Trust		t = crl.data != NULL ? make_trust(anchor, crl, PKI_END) :
	make_trust(anchor, PKI_END);
	CccdBytes	certificate = pki_change_certificate(signer, change);
	bool		good = read_list(pki_make_master_list(signer, certificate,
													  csca_der, signing_time));

	CHECK(good);
	good = good && cccd_master_list_verify(&list, t.store, has_at, at,
										   NULL, &report);
	CHECK(good == (report.count == 0));
	free_trust(&t);
	return good;
}

static bool
has(int code)
{
	return cccd_report_has(&report, code);
}

static void
test_times(void)
{
	static const PkiChange none;
	PkiCertificate signer = list_signer();

	for (int k = -1; k <= 1; k++)
	{
		CHECK(signed_by(&signer, &none, NULL, true, FROM + k, csca_der,
						pki_nothing) == (k >= 0));
		CHECK(has(CCCD_FINDING_ml_signer_expired) == (k < 0));
		CHECK(signed_by(&signer, &none, NULL, true, TO + k, csca_der,
						pki_nothing) == (k <= 0));
		CHECK(has(CCCD_FINDING_ml_signer_expired) == (k > 0));
	}
	/* the time that the list states, to the second */
	CHECK(signed_by(&signer, &none, "260101000000Z", false, 0, csca_der,
					pki_nothing));
	CHECK(signed_by(&signer, &none, "210101000000Z", false, 0, csca_der,
					pki_nothing));
	CHECK(!signed_by(&signer, &none, "201231235959Z", false, 0, csca_der,
					 pki_nothing));
	CHECK(signed_by(&signer, &none, "360101000000Z", false, 0, csca_der,
					pki_nothing));
	CHECK(!signed_by(&signer, &none, "360101000001Z", false, 0, csca_der,
					 pki_nothing));
	/* which does not count beside another */
	CHECK(!signed_by(&signer, &none, "260101000000Z", true, TO + 1, csca_der,
					 pki_nothing));
	CHECK(!signed_by(&signer, &none, NULL, false, AT, csca_der, pki_nothing));
	CHECK(has(CCCD_FINDING_ml_signing_time_missing));
	CHECK(!signed_by(&signer, &none, "261301000000Z", false, 0, csca_der,
					 pki_nothing));
	CHECK(has(CCCD_FINDING_ml_signing_time_missing));
	signer.not_before = "211301000000Z";
	CHECK(!signed_by(&signer, &none, NULL, true, AT, csca_der, pki_nothing));
	CHECK(has(CCCD_FINDING_ml_signer_expired));
}

static void
test_signer(void)
{
	static const PkiChange none;
	PkiCertificate signer = list_signer();
	PkiCertificate other = csca;
	PkiChange	change = none;

	/* not for lists, a CSCA itself, a key that does not sign */
	signer.master_list_signer = false;
	CHECK(!signed_by(&signer, &none, NULL, true, AT, csca_der, pki_nothing));
	CHECK(has(CCCD_FINDING_ml_signer_eku));
	signer = list_signer();
	signer.ca = true;
	change.usage = pki_extension(PKI_OID("\x55\x1D\x0F"), true,
								 PKI_LITERAL("\x03\x02\x01\x86"));
	CHECK(!signed_by(&signer, &change, NULL, true, AT, csca_der, pki_nothing));
	CHECK(has(CCCD_FINDING_ml_signer_eku));
	signer = list_signer();
	change.usage = pki_extension(PKI_OID("\x55\x1D\x0F"), true,
								 PKI_LITERAL("\x03\x02\x05\x20"));
	CHECK(!signed_by(&signer, &change, NULL, true, AT, csca_der, pki_nothing));
	CHECK(has(CCCD_FINDING_ml_signer_eku));
	/* without a usage every one is allowed */
	change.usage = pki_bytes("", 0);
	CHECK(signed_by(&signer, &change, NULL, true, AT, csca_der, pki_nothing));

	/* another anchor, another state's, a revoked signer, a revoked anchor */
	other.key = other.issuer_key = signer_keys[1];
	CHECK(!signed_by(&signer, &none, NULL, true, AT,
					 pki_make_certificate(&other), pki_nothing));
	CHECK(has(CCCD_FINDING_ml_signer_untrusted));
	other = csca;
	other.country = "LA";
	CHECK(!signed_by(&signer, &none, NULL, true, AT,
					 pki_make_certificate(&other), pki_nothing));
	CHECK(has(CCCD_FINDING_ml_signer_untrusted));
	CHECK(signed_by(&signer, &none, NULL, true, AT, csca_der,
					pki_make_crl("VN", "CSCA test", csca_key, 0)));
	CHECK(!signed_by(&signer, &none, NULL, true, AT, csca_der,
					 pki_make_crl("VN", "CSCA test", csca_key, 1001)));
	CHECK(has(CCCD_FINDING_revoked));
	CHECK(!signed_by(&signer, &none, NULL, true, AT, csca_der,
					 pki_make_crl("VN", "CSCA test", csca_key, 1)));
	CHECK(has(CCCD_FINDING_revoked));
}

/* The message around the list. */
static void
test_message(void)
{
	const CccdBytes type = PKI_OID("\x67\x81\x08\x01\x01\x02");
	const CccdBytes content = PKI_SEQ(pki_integer(0), PKI_SET(csca_der));
	PkiCertificate signer = list_signer();
	CccdBytes	certificate = pki_make_certificate(&signer);
	PkiMessageChange change = {.signers = pki_bytes("", 0)};
	Trust		t = make_trust(csca_der, PKI_END);

	CHECK(read_list(pki_change_message(type, content, &signer, certificate,
									   NULL, &change)));
	CHECK(!cccd_master_list_verify(&list, t.store, true, AT, NULL, &report));
	CHECK(has(CCCD_FINDING_ml_signature_invalid));
	change = (PkiMessageChange)
	{
		.certificates = signer_ders[1]
	};
	CHECK(read_list(pki_change_message(type, content, &signer, certificate,
									   NULL, &change)));
	CHECK(!cccd_master_list_verify(&list, t.store, true, AT, NULL, &report));
	CHECK(has(CCCD_FINDING_signer_cert_not_found));
	change = (PkiMessageChange)
	{
		.signature = PKI_TLV(CCCD_DER_OCTET_STRING,
							 PKI_LITERAL("x"))
	};
	CHECK(read_list(pki_change_message(type, content, &signer, certificate,
									   NULL, &change)));
	CHECK(!cccd_master_list_verify(&list, t.store, true, AT, NULL, &report));
	CHECK(has(CCCD_FINDING_ml_signature_invalid));
	/* other bytes than those that were signed */
	change = (PkiMessageChange)
	{
		.content =
			PKI_TLV(CCCD_DER_EXPLICIT(0), PKI_TLV(CCCD_DER_OCTET_STRING,
												  PKI_SEQ(pki_integer(0),
														  PKI_SET(signer_ders[0]))))
	};
	CHECK(read_list(pki_change_message(type, content, &signer, certificate,
									   NULL, &change)));
	CHECK(!cccd_master_list_verify(&list, t.store, true, AT, NULL, &report));
	CHECK(has(CCCD_FINDING_ml_signature_invalid));
	/* nothing inside, something else inside */
	change = (PkiMessageChange)
	{
		.content = pki_bytes("", 0)
	};
	CHECK(!read_list(pki_change_message(type, content, &signer, certificate,
										NULL, &change)));
	change = (PkiMessageChange)
	{
		.signers = pki_bytes("", 0)
	};
	CHECK(!read_list(pki_change_message(PKI_OID("\x67\x81\x08\x01\x01\x01"),
										content, &signer, certificate, NULL,
										&change)));
	CHECK(!read_list(PKI_SEQ(pki_integer(0))));
	free_trust(&t);
}

/* The certificates one by one, and what is no list. */
static void
test_items(void)
{
	CccdBytes	item;

	memset(&report, 0, sizeof(report));
	CHECK(cccd_master_list_read_raw(PKI_SEQ(pki_integer(0),
											PKI_SET(csca_der, signer_ders[0])),
									&list, &report));
	CHECK(cccd_master_list_next(&list, &item) &&
		  cccd_bytes_equal(item, csca_der));
	CHECK(cccd_master_list_next(&list, &item) &&
		  cccd_bytes_equal(item, signer_ders[0]));
	CHECK(!cccd_master_list_next(&list, &item));
	CHECK(report.count == 0);
	CHECK(cccd_master_list_read_raw(PKI_SEQ(pki_integer(0),
											PKI_SET(PKI_LITERAL("\x30\x01"))),
									&list, &report));
	CHECK(!cccd_master_list_next(&list, &item));
	CHECK(!cccd_master_list_read_raw(PKI_SEQ(pki_integer(0),
											 PKI_SET(csca_der),
											 PKI_LITERAL("\x05\x00")),
									 &list, &report));
	CHECK(!cccd_master_list_read_raw(PKI_SEQ(pki_integer(0),
											 PKI_SEQ(csca_der)),
									 &list, &report));
	CHECK(!cccd_master_list_read_raw(PKI_SEQ(PKI_LITERAL("\x02\x01\xFF"),
											 PKI_SET(csca_der)),
									 &list, &report));
	CHECK(!cccd_master_list_read_raw(PKI_SET(pki_integer(0)), &list, &report));
	CHECK(!has(CCCD_FINDING_ml_version));
	CHECK(!cccd_master_list_read_raw(PKI_SEQ(pki_integer(1),
											 PKI_SET(csca_der)),
									 &list, &report));
	CHECK(has(CCCD_FINDING_ml_version));
}

int
main(void)
{
	make_state();
	test_times();
	test_signer();
	test_message();
	test_items();
	free_state();
	return finish();
}
