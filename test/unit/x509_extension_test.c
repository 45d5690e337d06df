/*
 * x509_extension_test.c
 *		Extensions of certificates: what each says, what makes it unreadable.
 */
#include "unit.h"

#include "pki_state.h"

#include "pki/x509_core.h"

static EVP_PKEY *key;
static PkiCertificate make;
static CccdX509 certificate;

/* A certificate whose usage is this extension and no other says the same. */
static bool
with_extension(CccdBytes oid, bool critical, CccdBytes content)
{
	PkiChange	change = {.usage = pki_extension(oid, critical, content)};
	CccdDerError error;
	size_t		where;
	bool		read = cccd_x509_read(pki_change_certificate(&make, &change),
									  &certificate, &error, &where);

	CHECK(read == (error == CCCD_DER_OK));
	return read;
}

#define WITH(oid, content) \
	with_extension(PKI_OID(oid), false, PKI_LITERAL(content))
#define USAGE			"\x55\x1D\x0F"
#define CONSTRAINTS		"\x55\x1D\x13"
#define PERIOD			"\x55\x1D\x10"
#define EXTENDED_USAGE	"\x55\x1D\x25"
#define DOCUMENT_TYPES	"\x67\x81\x08\x01\x01\x06\x02"

static void
test_usage(void)
{
	CHECK(WITH(USAGE, "\x03\x02\x07\x80") && certificate.has_key_usage);
	CHECK(certificate.key_usage == CCCD_USAGE_DIGITAL_SIGNATURE);
	CHECK(WITH(USAGE, "\x03\x02\x01\x06"));
	CHECK(certificate.key_usage ==
		  (CCCD_USAGE_CERT_SIGN | CCCD_USAGE_CRL_SIGN));
	CHECK(WITH(USAGE, "\x03\x03\x07\x80\x80") &&
		  certificate.key_usage == 0x8080);
	CHECK(WITH(USAGE, "\x03\x01\x00") && certificate.key_usage == 0);
	CHECK(!WITH(USAGE, "\x03\x00"));
	CHECK(WITH(USAGE, "\x03\x02\x00\x80"));
	CHECK(!WITH(USAGE, "\x03\x02\x08\x80"));
	CHECK(!WITH(USAGE, "\x04\x02\x07\x80"));
	CHECK(!WITH(USAGE, "\x03\x02\x07\x80\x05\x00"));
	CHECK(!WITH(USAGE, ""));
}

static void
test_constraints(void)
{
	CHECK(WITH(CONSTRAINTS, "\x30\x00") && certificate.has_basic_constraints);
	CHECK(!certificate.ca && certificate.path_length == -1);
	CHECK(WITH(CONSTRAINTS, "\x30\x03\x01\x01\xFF") && certificate.ca &&
		  certificate.path_length == -1);
	CHECK(WITH(CONSTRAINTS, "\x30\x06\x01\x01\xFF\x02\x01\x00") &&
		  certificate.ca && certificate.path_length == 0);
	CHECK(WITH(CONSTRAINTS, "\x30\x04\x02\x02\x00\xFE") &&
		  certificate.path_length == 254);
	CHECK(WITH(CONSTRAINTS, "\x30\x04\x02\x02\x00\xFF") &&
		  certificate.path_length == 255);
	CHECK(WITH(CONSTRAINTS, "\x30\x04\x02\x02\x01\x00") &&
		  certificate.path_length == 255);
	CHECK(!WITH(CONSTRAINTS, "\x30\x03\x02\x01\xFF"));
	CHECK(!WITH(CONSTRAINTS, "\x30\x04\x01\x02\xFF\xFF"));
	CHECK(!WITH(CONSTRAINTS, "\x30\x02\x05\x00"));
	CHECK(!WITH(CONSTRAINTS, "\x30\x00\x05\x00"));
	CHECK(!WITH(CONSTRAINTS, "\x31\x00"));
	CHECK(WITH("\x2A\x03", "") && !certificate.has_basic_constraints);
}

static void
test_period(void)
{
	const int64_t from = INT64_C(662774400000000);	/* 2021-01-01 */
	const int64_t to = INT64_C(788918400000000);	/* 2024-12-31 */

#define FROM	"\x80\x0F" "20210101000000Z"
#define TO		"\x81\x0F" "20241231000000Z"
	CHECK(WITH(PERIOD, "\x30\x22" FROM TO) && certificate.has_key_period);
	CHECK(!certificate.time_invalid && certificate.key_not_before == from &&
		  certificate.key_not_after == to);
	/* one end alone is not a period */
	CHECK(WITH(PERIOD, "\x30\x11" FROM) && !certificate.has_key_period &&
		  !certificate.time_invalid);
	CHECK(WITH(PERIOD, "\x30\x11" TO) && !certificate.has_key_period &&
		  !certificate.time_invalid);
	CHECK(WITH(PERIOD, "\x30\x00") && !certificate.has_key_period);
	CHECK(!WITH(PERIOD, "\x30\x22" TO FROM));
	CHECK(!WITH(PERIOD, "\x30\x24" FROM TO "\x05\x00"));
	CHECK(!WITH(PERIOD, "\x30\x22" FROM TO "\x05\x00"));
	/* times that cannot be read */
	CHECK(WITH(PERIOD, "\x30\x22\x80\x0F" "20211301000000Z" TO) &&
		  certificate.time_invalid);
	CHECK(WITH(PERIOD, "\x30\x22" FROM "\x81\x0F" "20211301000000Z") &&
		  certificate.time_invalid);
#undef FROM
#undef TO
}

static void
test_identifiers(void)
{
	PkiChange	change = {.subject_id = PKI_LITERAL("subject"),
	.authority_id = PKI_LITERAL("authority")};
	CccdDerError error;
	size_t		where;

	CHECK(cccd_x509_read(pki_change_certificate(&make, &change), &certificate,
						 &error, &where));
	CHECK(cccd_bytes_equal(certificate.subject_key_id,
						   PKI_LITERAL("subject")));
	CHECK(cccd_bytes_equal(certificate.authority_key_id,
						   PKI_LITERAL("authority")));
	/* a key identifier that is not one is passed over */
	CHECK(WITH("\x55\x1D\x0E", "\x05\x00"));
	CHECK(!WITH("\x55\x1D\x23", "\x05\x00"));
	CHECK(WITH("\x55\x1D\x23", "\x30\x00"));
	CHECK(!WITH("\x55\x1D\x23", "\x30\x02\x80\x01"));
}

static void
test_lists(void)
{
	CHECK(WITH(EXTENDED_USAGE, "\x30\x08\x06\x06" CCCD_EKU_MASTER_LIST));
	CHECK(cccd_x509_has_eku(&certificate,
							PKI_LITERAL(CCCD_EKU_MASTER_LIST)));
	CHECK(!cccd_x509_has_eku(&certificate, PKI_LITERAL("\x67\x81\x08")));
	CHECK(WITH(EXTENDED_USAGE,
			   "\x30\x0B\x06\x01\x2A\x06\x06" CCCD_EKU_MASTER_LIST));
	CHECK(cccd_x509_has_eku(&certificate,
							PKI_LITERAL(CCCD_EKU_MASTER_LIST)));
	CHECK(WITH(EXTENDED_USAGE, "\x30\x00"));
	CHECK(!cccd_x509_has_eku(&certificate,
							 PKI_LITERAL(CCCD_EKU_MASTER_LIST)));
	CHECK(!WITH(EXTENDED_USAGE, "\x05\x00"));

	CHECK(WITH(DOCUMENT_TYPES,
			   "\x30\x0B\x02\x01\x00\x31\x06\x13\x01P\x13\x01I"));
	CHECK(cccd_x509_allows_document(&certificate, "P<", 2));
	CHECK(cccd_x509_allows_document(&certificate, "ID", 2));
	CHECK(!cccd_x509_allows_document(&certificate, "AC", 2));
	CHECK(!WITH(DOCUMENT_TYPES, "\x05\x00"));
	/* without a list every document is allowed */
	CHECK(WITH("\x2A\x03", ""));
	CHECK(cccd_x509_allows_document(&certificate, "AC", 2));
}

/* What a reader must know, and what it need not. */
static void
test_critical(void)
{
	static const struct
	{
		const char *oid;
		size_t		length;
		bool		known;
	}			cases[] = {
#define CASE(literal, known)	{literal, sizeof(literal) - 1, known}
		CASE("\x55\x1D\x11", true),
		CASE("\x55\x1D\x12", true),
		CASE("\x55\x1D\x1F", true),
		CASE("\x55\x1D\x20", true),
		CASE("\x67\x81\x08\x01\x01\x06\x01", true),
		CASE("\x55\x1D\x1E", false),
		CASE("\x55\x1D\x21", false),
		CASE("\x2A\x03\x04", false)
#undef CASE
	};

	for (size_t k = 0; k < sizeof(cases) / sizeof(cases[0]); k++)
	{
		CccdBytes	oid = PKI_TLV(CCCD_DER_OID,
								  pki_bytes(cases[k].oid, cases[k].length));

		CHECK(with_extension(oid, true, PKI_LITERAL("\x05\x00")));
		CHECK(certificate.critical_unknown == !cases[k].known);
		CHECK(with_extension(oid, false, PKI_LITERAL("\x05\x00")));
		CHECK(!certificate.critical_unknown);
	}
}

/*
 * What says what the key is for stands there once; of others the last counts,
 * and of those that are not looked at none.
 */
static void
test_repeated(void)
{
	static const struct
	{
		const char *oid;
		size_t		length;
		const char *content;
		size_t		size;
		bool		readable;
	}			cases[] = {
#define CASE(oid, content, readable) \
	{oid, sizeof(oid) - 1, content, sizeof(content) - 1, readable}
		CASE(USAGE, "\x03\x02\x07\x80", false),
		CASE(CONSTRAINTS, "\x30\x00", false),
		CASE(EXTENDED_USAGE, "\x30\x03\x06\x01\x2A", false),
		CASE(DOCUMENT_TYPES, "\x30\x08\x02\x01\x00\x31\x03\x13\x01P",
			 false),
		CASE(PERIOD, "\x30\x00", true),
		CASE("\x55\x1D\x11", "\x30\x00", false),
		CASE("\x55\x1D\x12", "\x30\x00", false),
		CASE("\x55\x1D\x0E", "\x04\x01\x01", true),
		CASE("\x2A\x03", "", true)
#undef CASE
	};

	for (size_t k = 0; k < sizeof(cases) / sizeof(cases[0]); k++)
	{
		CccdBytes	one = pki_extension(PKI_TLV(CCCD_DER_OID,
												pki_bytes(cases[k].oid,
														  cases[k].length)),
										false,
										pki_bytes(cases[k].content,
												  cases[k].size));
		PkiChange	once = {.usage = one};
		PkiChange	twice = {.usage = pki_wrap(-1, one, one, PKI_END)};
		CccdDerError error;
		size_t		where;

		CHECK(cccd_x509_read(pki_change_certificate(&make, &once),
							 &certificate, &error, &where));
		CHECK(cccd_x509_read(pki_change_certificate(&make, &twice),
							 &certificate, &error, &where) ==
			  cases[k].readable);
		CHECK(cases[k].readable || error == CCCD_DER_VALUE);
	}
}

/* The states of issuer and subject, with alternative names that may disagree. */
static void
check_states(PkiChange change, const char *issuer, const char *subject,
			 bool ambiguous)
{
	CccdDerError error;
	size_t		where;

	CHECK(cccd_x509_read(pki_change_certificate(&make, &change), &certificate,
						 &error, &where));
	CHECK_STR(certificate.issuer_country, issuer);
	CHECK_STR(certificate.subject_country, subject);
	CHECK(certificate.country_ambiguous == ambiguous);
}

static void
test_states(void)
{
	static const PkiChange none;
	PkiChange	change = none;

	check_states(none, "VN", "VN", false);
	change.issuer = pki_twice_named("\x06", "VN", "LA");
	check_states(change, "", "VN", true);
	change.issuer = pki_twice_named("\x06", "VN", "VNM");
	check_states(change, "VN", "VN", false);
	change.name = pki_twice_named("\x06", "LA", "VN");
	check_states(change, "VN", "", true);
	/* capitals are asked of both; a state in small letters can be two as well */
	change.name = pki_twice_named("\x06", "vn", "VN");
	check_states(change, "VN", "VN", false);
	CHECK(certificate.country_lower_case);
	change.issuer = none.issuer;
	for (int type = 0x11; type <= 0x12; type++)
	{
		change.extensions = pki_alt_name(type, pki_twice_named("\x07", "VNM",
															   "Hue"));
		check_states(change, "VN", "VN", false);
		change.extensions = pki_alt_name(type, pki_twice_named("\x07", "VNM",
															   "LAO"));
		check_states(change, type == 0x12 ? "" : "VN",
					 type == 0x11 ? "" : "VN", true);
	}
	/* names of another kind, and what cannot be read, say nothing */
	change.extensions = pki_extension(PKI_OID("\x55\x1D\x11"), true,
									  PKI_SEQ(PKI_TLV(CCCD_DER_EXPLICIT(5),
													  pki_twice_named("\x07", "LAO",
																	  "LAO"))));
	check_states(change, "VN", "VN", false);
	CHECK(!certificate.critical_unknown);
	change.extensions = pki_extension(PKI_OID("\x55\x1D\x11"), false,
									  PKI_LITERAL("\x05\x00"));
	check_states(change, "VN", "VN", false);
}

/* Whether a certificate names URLs, and others only. */
static void
test_urls(void)
{
#define URL(text)	PKI_TLV(CCCD_DER_CONTEXT(6), PKI_LITERAL(text))
	const struct
	{
		CccdBytes	names;
		bool		other;
	}			cases[] = {
		{PKI_SEQ(URL("https://a.example")), false},
		{PKI_SEQ(URL("https://b.example")), true},
		{PKI_SEQ(URL("https://a.example/")), true},
		{PKI_SEQ(URL("https://A.example")), true},
		{PKI_SEQ(URL("https://b.example"), URL("https://a.example")), false},
		{PKI_SEQ(PKI_TLV(CCCD_DER_CONTEXT(2), PKI_LITERAL("b.example"))), false},
		{PKI_SEQ(pki_bytes("", 0)), false},
		{URL("https://b.example"), false},
		{PKI_SEQ(URL("https://b.example"), PKI_LITERAL("\x86\x09h")), false}
	};
#undef URL
	static const PkiChange none;
	CccdDerError error;
	size_t		where;

	CHECK(cccd_x509_read(pki_change_certificate(&make, &none), &certificate,
						 &error, &where));
	CHECK(!cccd_x509_has_other_uri(&certificate,
								   PKI_LITERAL("https://a.example")));
	for (size_t k = 0; k < sizeof(cases) / sizeof(cases[0]); k++)
	{
		PkiChange	change = {
			.extensions = pki_extension(PKI_OID("\x55\x1D\x11"), false,
										cases[k].names)
		};

		CHECK(cccd_x509_read(pki_change_certificate(&make, &change),
							 &certificate, &error, &where));
		CHECK(cccd_x509_has_other_uri(&certificate,
									  PKI_LITERAL("https://a.example")) ==
			  cases[k].other);
	}
}

/* Damage around an extension. */
static void
test_frames(void)
{
	static const struct
	{
		const char *bytes;
		size_t		length;
		bool		readable;
	}			cases[] = {
#define CASE(literal, readable)	{literal, sizeof(literal) - 1, readable}
		CASE("\x30\x06\x06\x02\x2A\x03\x04\x00", true),
		CASE("\x30\x09\x06\x02\x2A\x03\x01\x01\x00\x04\x00", true),
		CASE("\x30\x0A\x06\x02\x2A\x03\x01\x02\x00\x00\x04\x00", false),
		CASE("\x30\x08\x06\x02\x2A\x03\x04\x00\x05\x00", false),
		CASE("\x30\x04\x06\x02\x2A\x03", false),
		CASE("\x30\x06\x06\x02\x2A\x03\x05\x00", false),
		CASE("\x30\x02\x04\x00", false),
		CASE("\x31\x06\x06\x02\x2A\x03\x04\x00", false)
#undef CASE
	};

	for (size_t k = 0; k < sizeof(cases) / sizeof(cases[0]); k++)
	{
		PkiChange	change = {.extensions = pki_bytes(cases[k].bytes,
													  cases[k].length)};
		CccdDerError error;
		size_t		where;

		CHECK(cccd_x509_read(pki_change_certificate(&make, &change),
							 &certificate, &error, &where) ==
			  cases[k].readable);
	}
}

int
main(void)
{
	key = pki_key("prime256v1", false);
	make = (PkiCertificate)
	{
		"VN", "subject", "issuer", 7, key, key, false, false, NULL, NULL
	};
	test_usage();
	test_constraints();
	test_period();
	test_identifiers();
	test_lists();
	test_critical();
	test_repeated();
	test_states();
	test_urls();
	test_frames();
	EVP_PKEY_free(key);
	return finish();
}
