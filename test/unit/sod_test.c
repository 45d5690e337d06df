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

int
main(void)
{
	make_state();
	test_content_types();
	free_state();
	return finish();
}
