/*
 * crl_test.c
 *		Revocation lists: each part present and absent, what is found on them,
 *		and damaged ones.
 */
#include "unit.h"

#include "base/calendar_core.h"
#include "pki.h"
#include "pki/crl_core.h"

static EVP_PKEY *key;
static CccdCrl crl;

/* A list whose parts stand for themselves; NULL: as usual, empty: left out. */
typedef struct Parts
{
	CccdBytes	version;
	CccdBytes	next;			/* update */
	CccdBytes	revoked;		/* with its tag */
	CccdBytes	extensions;
} Parts;

static CccdBytes
make(Parts parts)
{
	CccdBytes	number = pki_extension(PKI_OID("\x55\x1D\x14"), false,
									   PKI_LITERAL("\x02\x02\x00\x80"));
	CccdBytes	extensions = pki_or(parts.extensions, number);
	CccdBytes	tbs = PKI_SEQ(pki_or(parts.version, pki_integer(1)),
							  pki_algorithm(key), pki_name("VN", "CSCA"),
							  pki_time("260101000000Z"),
							  pki_or(parts.next, pki_time("260201000000Z")),
							  pki_or(parts.revoked, pki_bytes("", 0)),
							  extensions.length == 0 ? extensions :
							  PKI_TLV(CCCD_DER_EXPLICIT(0),
									  PKI_SEQ(extensions)));

	return PKI_SEQ(tbs, pki_algorithm(key), pki_bits(pki_sign(key, tbs)));
}

static bool
reads(Parts parts)
{
	CccdBytes	bytes = make(parts);
	CccdDerError error;
	size_t		offset;
	bool		good;

	memset(&crl, 0xA5, sizeof(crl));
	good = cccd_crl_read(bytes, &crl, &error, &offset);
	CHECK(good == (error == CCCD_DER_OK));
	CHECK(good || offset <= bytes.length);
	return good;
}

static const CccdBytes left_out = {(const uint8_t *) "", 0};

static void
test_parts(void)
{
	Parts		parts = {PKI_END, PKI_END, PKI_END, PKI_END};

	CHECK(reads(parts));
	CHECK_STR(crl.issuer_country, "VN");
	CHECK(crl.this_update == cccd_days_from_civil(2026, 1, 1) * CCCD_DAY);
	CHECK(crl.has_next_update &&
		  crl.next_update == cccd_days_from_civil(2026, 2, 1) * CCCD_DAY);
	CHECK(crl.entry_count == 0 && crl.entries.length == 0 && !crl.unsupported);
	CHECK(crl.number.length == 1 && crl.number.data[0] == 0x80);
	CHECK(crl.authority_key_id.length == 0);
	parts.version = left_out;
	CHECK(reads(parts));
	parts = (Parts)
	{
		PKI_END, left_out, PKI_END, PKI_END
	};
	CHECK(reads(parts) && !crl.has_next_update && crl.number.length == 1);
	parts.next = PKI_TLV(CCCD_DER_GENERALIZED_TIME,
						 PKI_LITERAL("20600201000000Z"));
	CHECK(reads(parts) && crl.has_next_update &&
		  crl.next_update == cccd_days_from_civil(2060, 2, 1) * CCCD_DAY);
	parts.next = pki_integer(1);
	CHECK(!reads(parts));
	parts.next = PKI_TLV(CCCD_DER_UTC_TIME, PKI_LITERAL("260230000000Z"));
	CHECK(!reads(parts));
	/* no next update, no extensions, nobody revoked */
	parts = (Parts)
	{
		PKI_END, left_out, PKI_END, left_out
	};
	CHECK(reads(parts) && crl.number.length == 0 && !crl.has_next_update);
	parts.revoked = PKI_SEQ(PKI_SEQ(pki_integer(5),
									pki_time("260101000000Z")));
	CHECK(reads(parts) && crl.entry_count == 1);
}

static bool
has(int serial, CccdRevocation *found)
{
	CccdBytes	number = pki_integer(serial);

	number.data += 2;
	number.length -= 2;
	return cccd_crl_find(&crl, number, found);
}

/* One entry with these extensions. */
static bool
reads_entry(CccdBytes extensions)
{
	Parts		parts = {PKI_END, PKI_END, PKI_END, PKI_END};

	parts.revoked = PKI_SEQ(PKI_SEQ(pki_integer(5), pki_time("260115000000Z"),
									extensions));
	return reads(parts);
}

static void
test_entries(void)
{
	CccdBytes	reason = PKI_OID("\x55\x1D\x15");
	CccdBytes	issuer = PKI_OID("\x55\x1D\x1D");
	CccdRevocation found = {0, 77};
	Parts		parts = {PKI_END, PKI_END, PKI_END, PKI_END};

	CHECK(reads_entry(left_out) && has(5, &found) && found.reason == 0);
	CHECK(found.time == cccd_days_from_civil(2026, 1, 15) * CCCD_DAY);
	CHECK(!has(4, &found) && !has(6, &found));
	CHECK(reads_entry(PKI_SEQ(pki_extension(reason, false,
											PKI_LITERAL("\x0A\x01\x04")))) &&
		  has(5, &found) && found.reason == 4);
	/* a reason is ENUMERATED, of one octet */
	CHECK(!reads_entry(PKI_SEQ(pki_extension(reason, false,
											 PKI_LITERAL("\x02\x01\x04")))));
	CHECK(reads_entry(PKI_SEQ(pki_extension(reason, false,
											PKI_LITERAL("\x0A\x02\x01\x04")))) &&
		  has(5, &found) && found.reason == 0);
	/* an issuer of the certificate of its own: an indirect list */
	CHECK(!crl.unsupported);
	CHECK(reads_entry(PKI_SEQ(pki_extension(issuer, true,
											PKI_LITERAL("\x30\x00")))) &&
		  crl.unsupported && has(5, &found));
	CHECK(!reads_entry(pki_integer(1)));
	CHECK(!reads_entry(pki_wrap(-1, PKI_SEQ(left_out), pki_integer(1),
								PKI_END)));

	/* the first, one between, the last; of long numbers and short ones */
	parts.revoked = PKI_SEQ(PKI_SEQ(pki_integer(3), pki_time("260115000000Z")),
							PKI_SEQ(PKI_TLV(CCCD_DER_INTEGER,
											PKI_LITERAL("\x00\x81")),
									pki_time("260116000000Z")),
							PKI_SEQ(PKI_TLV(CCCD_DER_INTEGER,
											PKI_LITERAL("\x03\x00\x00")),
									pki_time("260117000000Z")));
	CHECK(reads(parts) && crl.entry_count == 3);
	CHECK(has(3, &found) &&
		  found.time == cccd_days_from_civil(2026, 1, 15) * CCCD_DAY);
	CHECK(cccd_crl_find(&crl, PKI_LITERAL("\x00\x00\x81"), &found) &&
		  found.time == cccd_days_from_civil(2026, 1, 16) * CCCD_DAY);
	CHECK(cccd_crl_find(&crl, PKI_LITERAL("\x03\x00\x00"), &found) &&
		  found.time == cccd_days_from_civil(2026, 1, 17) * CCCD_DAY);
	CHECK(!cccd_crl_find(&crl, PKI_LITERAL("\x03\x00"), &found));
	CHECK(!cccd_crl_find(&crl, PKI_LITERAL("\x00"), &found));
}

static bool
reads_extension(CccdBytes extension)
{
	Parts		parts = {PKI_END, PKI_END, PKI_END, PKI_END};

	parts.extensions = extension;
	return reads(parts);
}

/* Lists of another kind than a full one of its issuer. */
static void
test_kinds(void)
{
	for (int critical = 0; critical < 2; critical++)
	{
		CHECK(reads_extension(pki_extension(PKI_OID("\x55\x1D\x1B"), critical,
											pki_integer(1))) &&
			  crl.unsupported);
		CHECK(reads_extension(pki_extension(PKI_OID("\x55\x1D\x1C"), critical,
											PKI_LITERAL("\x30\x00"))) &&
			  crl.unsupported);
		CHECK(reads_extension(pki_extension(PKI_OID("\x2A\x03"), critical,
											PKI_LITERAL("\x05\x00"))) &&
			  crl.unsupported == critical);
		CHECK(reads_extension(pki_extension(PKI_OID("\x55\x1D\x14"), critical,
											pki_integer(9))) &&
			  !crl.unsupported && crl.number.data[0] == 9);
		CHECK(reads_extension(pki_extension(PKI_OID("\x55\x1D\x23"), critical,
											PKI_SEQ(PKI_TLV(CCCD_DER_CONTEXT(0),
															PKI_LITERAL("id"))))) &&
			  !crl.unsupported && crl.authority_key_id.length == 2);
	}
	CHECK(!reads_extension(pki_extension(PKI_OID("\x55\x1D\x14"), false,
										 PKI_LITERAL("\x04\x01\x09"))));
	CHECK(!reads_extension(pki_extension(PKI_OID("\x55\x1D\x23"), false,
										 PKI_LITERAL("\x04\x01\x09"))));
}

/* Each octet changed and each length: read, or an error, never both. */
static void
test_damaged(void)
{
	static const uint8_t changes[] = {0x01, 0x02, 0x20, 0x80, 0xFF};
	Parts		parts = {PKI_END, PKI_END, PKI_END, PKI_END};
	CccdBytes	list;
	uint8_t    *copy;
	CccdBytes	changed;
	CccdDerError error;
	CccdRevocation found;
	size_t		offset;

	parts.revoked = PKI_SEQ(PKI_SEQ(pki_integer(5), pki_time("260115000000Z"),
									PKI_SEQ(pki_extension(PKI_OID("\x55\x1D\x15"),
														  false,
														  PKI_LITERAL("\x0A\x01\x04")))));
	list = make(parts);
	copy = malloc(list.length);
	memcpy(copy, list.data, list.length);
	changed.data = copy;
	changed.length = list.length;
	for (size_t at = 0; at < list.length; at++)
		for (size_t k = 0; k < sizeof(changes); k++)
		{
			copy[at] ^= changes[k];
			if (cccd_crl_read(changed, &crl, &error, &offset))
			{
				CHECK(error == CCCD_DER_OK);
				cccd_crl_find(&crl, PKI_LITERAL("\x05"), &found);
			}
			else
				CHECK(error != CCCD_DER_OK && offset <= list.length);
			copy[at] ^= changes[k];
		}
	free(copy);
	for (size_t length = 0; length < list.length; length++)
	{
		copy = malloc(length + 1);
		memcpy(copy, list.data, length);
		changed.data = copy;
		changed.length = length;
		CHECK(!cccd_crl_read(changed, &crl, &error, &offset));
		CHECK(error != CCCD_DER_OK && offset <= length);
		free(copy);
	}
}

int
main(void)
{
	key = pki_key("P-256", false);
	test_parts();
	test_entries();
	test_kinds();
	test_damaged();
	EVP_PKEY_free(key);
	return finish();
}
