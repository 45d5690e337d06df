/*
 * sod_test.c
 *		Security objects by the type of what they hold.
 */
#include "chip_state.h"

/* What a security object says that it holds (Doc 9303-10, 4.6.2). */
static void
test_content_types(void)
{
	static const struct
	{
		const char *oid;
		size_t		length;
		bool		known;		/* ... and what some states write */
		bool		tolerated;
	}			types[] = {
#define TYPE(oid, known, tolerated)	{oid, sizeof(oid) - 1, known, tolerated}
		TYPE("\x67\x81\x08\x01\x01\x01", true, false),
		TYPE("\x67\x81\x08\x01\x01\x02", false, false),
		TYPE("\x67\x81\x08\x01\x01", false, false),
		TYPE("\x2A\x86\x48\x86\xF7\x0D\x01\x07\x01", false, true),
		TYPE("\x2A\x86\x48\x86\xF7\x0D\x01\x07\x02", false, false),
		TYPE("\x2B\x1B\x01\x01\x01", false, true),
		TYPE("\x2A\x84\x10\x01\x87\x6E\x01\x14\x01", false, true),
		TYPE("\x2A\x03", false, false)
#undef TYPE
	};
	static const PkiMessageChange none;
	PkiCard		card = pki_make_card(&signers[0], signer_ders[0], 10, NULL);

	for (size_t k = 0; k < sizeof(types) / sizeof(types[0]); k++)
	{
		Trust		t = make_trust(csca_der, PKI_END);
		const CccdChipResult *r;
		CccdBytes	hashes = pki_wrap(-1, pki_group_hash(1, card.groups[0]),
									  pki_group_hash(2, card.groups[1]), PKI_END);

		card.sod = PKI_TLV(0x77, pki_change_message(
													PKI_TLV(CCCD_DER_OID,
															pki_bytes(types[k].oid,
																	  types[k].length)),
													PKI_SEQ(pki_integer(0),
															pki_sha256_identifier(),
															PKI_SEQ(hashes)),
													&signers[0], signer_ders[0],
													"260101000000Z",
													&none));
		r = verify_at(&t, card.sod, card.groups, 2, CCCD_CHIP_POLICY_FIELD, AT);
		CHECK(r->trusted == (types[k].known || types[k].tolerated));
		CHECK(cccd_report_has(&r->report, CCCD_FINDING_sod_econtent_type) ==
			  !types[k].known);
		free_trust(&t);
	}
}

/* --- the object alone ---------------------------------------------------- */

static CccdSod sod;
static CccdReport report;

static CccdCheckStatus
read_sod(CccdBytes bytes, CccdSodKind kind, bool tolerant)
{
	static uint8_t scratch[CCCD_SOD_SIZE];

	memset(&sod, 0, sizeof(sod));
	memset(&report, 0, sizeof(report));
	return cccd_sod_read(bytes, kind, tolerant, scratch, sizeof(scratch), &sod,
						 &report);
}

static bool
has(int code)
{
	return cccd_report_has(&report, code);
}

/* A message about these hashes, in its tag. */
static CccdBytes
make_sod(int version, CccdBytes algorithm, CccdBytes hashes, CccdBytes info)
{
	static const PkiMessageChange none;

	return PKI_TLV(0x77, pki_change_message(
											PKI_OID("\x67\x81\x08\x01\x01\x01"),
											PKI_SEQ(pki_integer(version),
													algorithm,
													PKI_SEQ(hashes), info),
											&signers[0], signer_ders[0],
											"260101000000Z", &none));
}

/* Nothing, the longest and one more, another tag, and what follows it. */
static void
test_frame(void)
{
	static uint8_t zeros[CCCD_SOD_SIZE + 1];
	CccdBytes	bytes = {zeros, 0};
	CccdBytes	good = make_sod(0, pki_sha256_identifier(),
								pki_group_hash(1, PKI_LITERAL("x")),
								pki_nothing);
	CccdBytes	cut = good;
	CccdBytes	bare;

	CHECK(read_sod(bytes, CCCD_SOD_DOCUMENT, true) == CCCD_STATUS_FAILED);
	CHECK(has(CCCD_FINDING_sod_missing) && !sod.readable);
	bytes.length = CCCD_SOD_SIZE;
	CHECK(read_sod(bytes, CCCD_SOD_DOCUMENT, true) == CCCD_STATUS_FAILED);
	CHECK(!has(CCCD_FINDING_sod_too_large) && !has(CCCD_FINDING_sod_missing));
	bytes.length++;
	CHECK(read_sod(bytes, CCCD_SOD_DOCUMENT, true) == CCCD_STATUS_FAILED);
	CHECK(has(CCCD_FINDING_sod_too_large) && report.count == 1);

	CHECK(read_sod(good, CCCD_SOD_DOCUMENT, false) == CCCD_STATUS_OK);
	CHECK(report.count == 0 && sod.readable && sod.listable);
	CHECK(sod.listed == 1u << 1 && sod.hash == CCCD_HASH_SHA256);
	bytes = pki_wrap(-1, good, pki_bytes("", 1), PKI_END);
	CHECK(read_sod(bytes, CCCD_SOD_DOCUMENT, false) == CCCD_STATUS_OK);
	CHECK(has(CCCD_FINDING_sod_trailing) && report.count == 1);
	cut.length--;
	CHECK(read_sod(cut, CCCD_SOD_DOCUMENT, true) == CCCD_STATUS_FAILED);
	CHECK(has(CCCD_FINDING_sod_malformed) && !sod.readable);

	/* the message alone is tolerated of a document, and right of a card */
	bare.data = good.data + 4;
	bare.length = good.length - 4;
	CHECK(good.data[1] == 0x82);
	CHECK(read_sod(bare, CCCD_SOD_DOCUMENT, true) == CCCD_STATUS_OK);
	CHECK(has(CCCD_FINDING_sod_tag));
	CHECK(read_sod(bare, CCCD_SOD_DOCUMENT, false) == CCCD_STATUS_FAILED);
	CHECK(read_sod(bare, CCCD_SOD_CARD, false) == CCCD_STATUS_FAILED);
	CHECK(has(CCCD_FINDING_sod_econtent_type) && !has(CCCD_FINDING_sod_tag));
	CHECK(!sod.listable);
	CHECK(read_sod(PKI_LITERAL("\x02\x01\x00"), CCCD_SOD_DOCUMENT, true) ==
		  CCCD_STATUS_FAILED);
	CHECK(has(CCCD_FINDING_sod_tag) && report.count == 1);
	CHECK(read_sod(PKI_LITERAL("\x02\x01\x00"), CCCD_SOD_CARD, true) ==
		  CCCD_STATUS_FAILED);
	CHECK(has(CCCD_FINDING_sod_malformed) && report.count == 1);
}

/* The list of hashes: its version, its information, its algorithm. */
static void
test_list(void)
{
	CccdBytes	sha1 = PKI_SEQ(PKI_OID("\x2B\x0E\x03\x02\x1A"));
	CccdBytes	md5 = PKI_SEQ(PKI_OID("\x2A\x86\x48\x86\xF7\x0D\x02\x05"));
	CccdBytes	hash = pki_group_hash(1, PKI_LITERAL("x"));
	CccdBytes	short_hash = PKI_SEQ(pki_integer(1),
									 PKI_TLV(CCCD_DER_OCTET_STRING,
											 pki_bytes(hash.data, 20)));
	CccdBytes	info = PKI_SEQ(PKI_TLV(0x13, PKI_LITERAL("0108")),
							   PKI_TLV(0x13, PKI_LITERAL("040000")));
	struct
	{
		CccdBytes	bytes;
		int			finding;	/* 0: none */
		CccdCheckStatus tolerant;
		CccdCheckStatus strict;
	}			cases[] = {
		{make_sod(0, pki_sha256_identifier(), hash, pki_nothing), 0,
		CCCD_STATUS_OK, CCCD_STATUS_OK},
		{make_sod(1, pki_sha256_identifier(), hash, info), 0, CCCD_STATUS_OK,
		CCCD_STATUS_OK},
		{make_sod(0, pki_sha256_identifier(), hash, info),
			CCCD_FINDING_lds_version_inconsistent, CCCD_STATUS_OK,
		CCCD_STATUS_FAILED},
		{make_sod(1, pki_sha256_identifier(), hash, pki_nothing),
			CCCD_FINDING_lds_version_inconsistent, CCCD_STATUS_OK,
		CCCD_STATUS_FAILED},
		{make_sod(2, pki_sha256_identifier(), hash, info),
			CCCD_FINDING_lds_version_unsupported, CCCD_STATUS_FAILED,
		CCCD_STATUS_FAILED},
		{make_sod(0, sha1, short_hash, pki_nothing),
			CCCD_FINDING_weak_algorithm, CCCD_STATUS_OK,
		CCCD_STATUS_FAILED},
		{make_sod(0, pki_sha256_identifier(), short_hash, pki_nothing),
			CCCD_FINDING_lds_dg_hash_length, CCCD_STATUS_OK,
		CCCD_STATUS_FAILED},
		{make_sod(0, md5, hash, pki_nothing),
			CCCD_FINDING_lds_digest_unsupported, CCCD_STATUS_UNDETERMINED,
		CCCD_STATUS_UNDETERMINED},
		{make_sod(2, md5, hash, info), CCCD_FINDING_lds_digest_unsupported,
		CCCD_STATUS_FAILED, CCCD_STATUS_FAILED},
		{make_sod(0, pki_sha256_identifier(),
				  pki_wrap(-1, hash, hash, PKI_END), pki_nothing),
			CCCD_FINDING_lds_dg_duplicate, CCCD_STATUS_FAILED,
		CCCD_STATUS_FAILED},
		{make_sod(0, pki_sha256_identifier(), hash, pki_integer(1)),
			CCCD_FINDING_lds_malformed, CCCD_STATUS_FAILED,
		CCCD_STATUS_FAILED}
	};

	for (size_t k = 0; k < sizeof(cases) / sizeof(cases[0]); k++)
		for (int tolerant = 0; tolerant < 2; tolerant++)
		{
			CccdCheckStatus status = read_sod(cases[k].bytes,
											  CCCD_SOD_DOCUMENT, tolerant);

			if (status != (tolerant ? cases[k].tolerant : cases[k].strict))
				fprintf(stderr, "%zu: %d\n", k, status);
			CHECK(status == (tolerant ? cases[k].tolerant : cases[k].strict));
			CHECK(cases[k].finding == 0 ? report.count == 0 :
				  has(cases[k].finding));
		}
}

int
main(void)
{
	make_state();
	test_content_types();
	test_frame();
	test_list();
	free_state();
	return finish();
}
