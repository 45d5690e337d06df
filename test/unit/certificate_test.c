/*
 * certificate_test.c
 *		Which format a text is, and that each goes to its own reader.
 */
#include "unit.h"

#include "hcert_make.h"

#include "certificate/certificate_core.h"

static CccdCertificateWork work;
static CccdCertificate certificate;

static const CccdCertificate *
read_text(const char *text)
{
	cccd_certificate_read(text, strlen(text), NULL, &work, &certificate);
	return &certificate;
}

/* The first finding. */
static const char *
finding(void)
{
	static char text[CCCD_FINDING_SIZE];

	text[0] = '\0';
	if (certificate.report.count > 0)
		cccd_finding_format(&certificate.report.finding[0], text);
	return text;
}

/* Formats that are known by name are not another fault. */
static void
test_unsupported(void)
{
	static const struct
	{
		const char *text;
		CccdCertificateKind kind;
		const char *reason;
	}			cases[] = {
		{"NZCP:/1/2KCEVIQEIVVWK6", CCCD_CERTIFICATE_OTHER, "format_unsupported(NZCP)"},
		{" nzcp:/1\r\n", CCCD_CERTIFICATE_OTHER, "format_unsupported(NZCP)"},
		{"NZCP:1", CCCD_CERTIFICATE_NONE, "prefix_missing"},
		{"LT1:6BFOXN", CCCD_CERTIFICATE_OTHER, "format_unsupported(LT1)"},
		{"LT2:6BFOXN", CCCD_CERTIFICATE_NONE, "prefix_missing"},
		{"{\"@context\":[\"https://www.w3.org/2018/credentials/v1\"]}",
		CCCD_CERTIFICATE_OTHER, "format_unsupported(DIVOC)"},
		{"{\"data\":{}}", CCCD_CERTIFICATE_NONE, "prefix_missing"},
		{"[\"icao.vacc\"]", CCCD_CERTIFICATE_NONE, "prefix_missing"},
		{"shc:", CCCD_CERTIFICATE_NONE, "prefix_missing"},
		{"HC2:6BFOXN", CCCD_CERTIFICATE_NONE, "prefix_unsupported"},
		{"", CCCD_CERTIFICATE_NONE, "scan_empty"},
		{"\xFF{", CCCD_CERTIFICATE_NONE, "scan_not_text"}
	};

	for (size_t k = 0; k < sizeof(cases) / sizeof(cases[0]); k++)
	{
		CHECK(read_text(cases[k].text)->kind == cases[k].kind);
		CHECK_STR(finding(), cases[k].reason);
		CHECK_STR(certificate.status, "prefix");
		CHECK(certificate.text == CCCD_STATUS_FAILED);
		CHECK(certificate.format == NULL && !certificate.has_content);
		CHECK(!certificate.has_digest && certificate.key_id.length == 0);
	}
}

/* The longest text that is looked at, and one more. */
static void
test_limit(void)
{
	static char text[CCCD_CERTIFICATE_TEXT_MAX + 2];

	memset(text, '0', sizeof(text) - 1);
	memcpy(text, "LT1:", 4);
	CHECK(read_text(text)->kind == CCCD_CERTIFICATE_NONE);
	CHECK_STR(finding(), "scan_too_long");
	text[CCCD_CERTIFICATE_TEXT_MAX] = '\0';
	CHECK(read_text(text)->kind == CCCD_CERTIFICATE_OTHER);
	CHECK_STR(finding(), "format_unsupported(LT1)");
}

int
main(void)
{
	test_unsupported();
	test_limit();
	return finish();
}
