/*
 * shc_test.c
 *		Reading SMART Health Cards: digits and parts, the token, the payload
 *		and its claims, and the limits of each.
 */
#include "shc_ask.h"

static const CccdShc *
read_header(const char *header)
{
	ShcMake		other = make;

	other.header = header;
	return read_scan(shc_scan(&other), true);
}

static void
test_honest(void)
{
	CccdBytes	kid = shc_kid(make.key);

	read_payload(PAYLOAD(SHC_TWO_DOSES
						 SHC_TEST("94500-6", "260415000",
								  "2026-02-01T08:30:00+07:00")), false);
	CHECK(all_read() && shc.report.count == 0);
	CHECK(cccd_bytes_equal(shc.kid, kid));
	CHECK(is_text(shc.issuer, SHC_ISSUER));
	/* 1767225600.25 is 2026-01-01 and a quarter of a second */
	CHECK(shc.has_issued && shc.issued == INT64_C(820540800250000));
	CHECK(!shc.has_expires && shc.rid.ptr == NULL);
	CHECK(is_text(shc.version, "4.0.1"));
	CHECK(is_text(shc.family, "Nguy\xE1\xBB\x85n"));
	CHECK(is_text(shc.given, "V\xC4\x83n An"));
	CHECK(shc.birth.known && shc.birth.first == -3516 &&
		  shc.birth.last == -3516);
	CHECK(shc.kinds == (CCCD_HCERT_VACCINATION | CCCD_HCERT_TEST));
	CHECK(shc.entry_count == 3);
	CHECK(shc.entries[0].kind == CCCD_HCERT_VACCINATION);
	CHECK(is_text(shc.entries[0].disease, "covid19"));
	CHECK(is_text(shc.entries[0].product, "EU/1/20/1528"));
	CHECK(shc.entries[0].number == 0 && shc.entries[0].has_time);
	/* the day begins in Viet Nam: 2025-10-24 17:00 UTC */
	CHECK(shc.entries[0].time == INT64_C(814640400000000));
	CHECK(is_text(shc.entries[2].test, "pcr"));
	CHECK(is_text(shc.entries[2].result, "negative"));
	CHECK(is_text(shc.entries[2].disease, "840539006"));
	/* 2026-02-01 01:30 UTC */
	CHECK(shc.entries[2].has_time &&
		  shc.entries[2].time == INT64_C(823224600000000));
}

/* Digits, the prefix, and what scanners make of them. */
static void
test_digits(void)
{
	static const struct
	{
		const char *text;
		const char *reason;
	}			cases[] = {
		{"", "scan_empty"}, {" \r\n", "scan_empty"},
		{"\xFF", "scan_not_text"}, {"shc:", "prefix_missing"},
		{"shc/567629", "prefix_missing"}, {"shx:/5676", "prefix_missing"},
		{"shc:/", "shc_part_malformed"}, {"shc:/567", "shc_digits"},
		{"shc:/56a6", "shc_digits"}, {"shc:/5678", "shc_digits"},
		{"shc:/-100", "shc_digits"}, {"shc:/56+1", "shc_digits"},
		{"shc:/5677", "jws_malformed"}, {"shc:/1/5676", "shc_part_malformed"},
		{"shc:/0/2/5676", "shc_part_malformed"},
		{"shc:/3/2/5676", "shc_part_malformed"},
		{"shc:/1/0/5676", "shc_part_malformed"},
		{"shc:/1/2/", "shc_part_malformed"},
		{"shc:/1/33/5676", "shc_part_malformed"},
		{"shc:/1/32/5676", "shc_part_missing(32)"},
		{"shc:/1/117/5676", "shc_part_malformed"},
		{"shc:/x/2/5676", "shc_part_malformed"},
		{"shc:/1/2/5676", "shc_part_missing(2)"},
		{"shc:/2/3/5676", "shc_part_missing(1)"},
		{"shc:/2/3/5676", "shc_part_missing(3)"},
		{"shc:/1/2/5676 shc:/2/3/5676", "shc_part_conflict"},
		{"shc:/1/2/5676 shc:/1/2/5675", "shc_part_conflict(1)"},
		{"shc:/1/2/5676 shc:/1/2/567675", "shc_part_conflict(1)"},
		{"shc:/5676 shc:/5675", "shc_part_conflict(1)"},
		{"shc:/1/2/5676 HC1:6BF", "prefix_missing"},
		{"shc:/1/2/5676\nshc:/2/2/5/676", "shc_digits"},
		{"shc:/1/1/5676", "jws_malformed"}
	};
	char	   *text;
	CccdBytes	token = shc_token(&make);
	CccdBytes	scan = shc_numeric(token);

	for (size_t k = 0; k < sizeof(cases) / sizeof(cases[0]); k++)
	{
		read_text(cases[k].text);
		CHECK(found(cases[k].reason));
		if (!found(cases[k].reason))
			fprintf(stderr, "\"%s\"\n", cases[k].text);
		CHECK(shc.inflate == CCCD_STATUS_NOT_PERFORMED && !shc.has_content);
	}
	CHECK(read_scan(scan, false)->has_content && all_read());
	text = pki_alloc(scan.length + 16);
	sprintf(text, " \t%s\r\n", (const char *) scan.data);
	CHECK(read_text(text)->has_content && all_read());
	sprintf(text, "SHC:/%s", (const char *) scan.data + 5);
	CHECK(read_text(text)->has_content && all_read());
	CHECK(cccd_bytes_equal(shc.signed_part,
						   pki_bytes(token.data, shc.signed_part.length)));
	/* the token alone, and a text of it that is not */
	cccd_shc_read_token((const char *) token.data, token.length, true, &work,
						&shc);
	CHECK(shc.has_content && shc.prefix == CCCD_STATUS_NOT_PERFORMED);
	cccd_shc_read_token((const char *) token.data, token.length - 1, true,
						&work, &shc);
	CHECK(shc.jws == CCCD_STATUS_OK || found("jws_malformed"));
}

/* A card in parts is read when all are there, in any order. */
static void
test_parts(void)
{
	static const int orders[][3] = {{1, 2, 3}, {3, 1, 2}, {2, 3, 1}};
	CccdBytes	token = shc_token(&make);
	size_t		third = token.length / 3;
	char	   *text = pki_alloc(4 * token.length + 128);
	char	   *out;

	for (size_t k = 0; k < 3; k++)
	{
		out = text;
		for (int i = 0; i < 3; i++)
		{
			int			part = orders[k][i];
			size_t		from = third * (size_t) (part - 1);

			out = shc_digits(out, token.data + from,
							 part == 3 ? token.length - from : third, part, 3);
			*out++ = k == 0 ? '\n' : ' ';
			*out = '\0';
		}
		CHECK(read_text(text)->has_content && all_read());
	}
	/* one of them twice, one of them not at all */
	out = shc_digits(out, token.data, third, 1, 3);
	CHECK(read_text(text)->has_content && all_read());
	out = shc_digits(text, token.data, third, 1, 3);
	*out++ = ' ';
	shc_digits(out, token.data + third, third, 2, 3);
	CHECK(!read_text(text)->has_content);
	CHECK(found("shc_part_missing(3)") && !found("shc_part_missing(1)"));
	CHECK(shc.numeric == CCCD_STATUS_FAILED);
}

static void
test_token(void)
{
	static const struct
	{
		const char *token;
		const char *reason;
	}			tokens[] = {
		{"", "jws_malformed"}, {".", "jws_malformed"}, {"..", "jws_malformed"},
		{"e30.AA", "jws_malformed"}, {"e30.AA.AA.AA", "jws_malformed"},
		{"e30.AA.AA.", "jws_malformed"}, {"e30.A.AA", "jws_malformed"},
		{"e3=.AA.AA", "jws_malformed"}, {"e30.AA==.AA", "jws_malformed"},
		{"e30.AA.A+A/", "jws_malformed"}, {"e30. AA.AA", "jws_malformed"},
		{"e31.AA.AA", "jws_malformed"}, /* other bits behind the last byte */
		{"W10.AA.AA", "jws_header"}, {"e30.AA.AA", "alg_missing"},
		{"e30.AA.AA", "jws_zip"}, {"e30.AA.AA", "kid_missing"},
		{"AA.AA.AA", "jws_header"}
	};
	char		header[4096];

	for (size_t k = 0; k < sizeof(tokens) / sizeof(tokens[0]); k++)
	{
		cccd_shc_read_token(tokens[k].token, strlen(tokens[k].token), true,
							&work, &shc);
		CHECK(found(tokens[k].reason) && shc.jws == CCCD_STATUS_FAILED);
		CHECK(shc.signed_part.length == 0);
	}
#define KID	"\"kid\":\"3Kfdg-XwP-7gXyywtUfUADwBumDOPKMQx-iELL11W9s\""
	read_header("{\"alg\":\"ES256\",\"zip\":\"DEF\"," KID "}");
	CHECK(all_read() && shc.kid.length == 32);
	read_header("{\"alg\":\"ES256\",\"zip\":\"DEF\"," KID ",\"typ\":\"JWT\"}");
	CHECK(all_read());
	read_header("{\"alg\":\"none\",\"zip\":\"DEF\"," KID "}");
	CHECK(found("algorithm_unsupported(none)") && !shc.has_algorithm);
	read_header("{\"alg\":\"HS256\",\"zip\":\"DEF\"," KID "}");
	CHECK(found("algorithm_unsupported(HS256)"));
	read_header("{\"alg\":\"es256\",\"zip\":\"DEF\"," KID "}");
	CHECK(found("algorithm_unsupported"));
	read_header("{\"alg\":[\"ES256\"],\"zip\":\"DEF\"," KID "}");
	CHECK(found("algorithm_unsupported"));
	read_header("{\"alg\":\"none\",\"alg\":\"ES256\",\"zip\":\"DEF\"," KID "}");
	CHECK(found("jws_header"));
	read_header("{\"alg\":\"ES256\",\"zip\":\"GZIP\"," KID "}");
	CHECK(found("jws_zip"));
	read_header("{\"alg\":\"ES256\"," KID "}");
	CHECK(found("jws_zip"));
	read_header("{\"alg\":\"ES256\",\"zip\":\"DEF\"," KID ",\"crit\":[\"b\"]}");
	CHECK(found("jws_critical"));
	read_header("{\"alg\":\"ES256\",\"zip\":\"DEF\",\"kid\":\"3Kfdg\"}");
	CHECK(found("kid_malformed"));
	read_header("{\"alg\":\"ES256\",\"zip\":\"DEF\",\"kid\":7}");
	CHECK(found("kid_malformed"));
	/* an octet less and one more than a SHA-256 */
	read_header("{\"alg\":\"ES256\",\"zip\":\"DEF\",\"kid\":"
				"\"3Kfdg-XwP-7gXyywtUfUADwBumDOPKMQx-iELL11Ww\"}");
	CHECK(found("kid_malformed") && shc.kid.length == 0);
	read_header("{\"alg\":\"ES256\",\"zip\":\"DEF\",\"kid\":"
				"\"3Kfdg-XwP-7gXyywtUfUADwBumDOPKMQx-iELL11W9sA\"}");
	CHECK(found("kid_malformed") && shc.kid.length == 0);
	read_header("{\"alg\":\"ES256\",\"zip\":\"DEF\"," KID "");
	CHECK(found("jws_header"));
	read_header("[]");
	CHECK(found("jws_header"));
	/* a header of just the limit, and of one byte more */
	snprintf(header, sizeof(header), "{\"alg\":\"ES256\",\"zip\":\"DEF\"," KID
			 ",\"x\":\"%0*d\"}", CCCD_SHC_HEADER_SIZE - 90, 0);
	CHECK(strlen(header) >= CCCD_SHC_HEADER_SIZE - 16);
	snprintf(header, sizeof(header), "{\"alg\":\"ES256\",\"zip\":\"DEF\"," KID
			 ",\"x\":\"%0*d\"}",
			 CCCD_SHC_HEADER_SIZE - 90 + CCCD_SHC_HEADER_SIZE -
			 (int) strlen(header), 0);
	CHECK(strlen(header) == CCCD_SHC_HEADER_SIZE);
	read_header(header);
	CHECK(all_read());
	strcat(header, " ");
	read_header(header);
	CHECK(found("jws_header"));
}

/* What inflates to more than there is room for, and what is no such stream. */
static void
test_inflate(void)
{
	static char long_text[CCCD_SHC_PAYLOAD_SIZE + 2];
	ShcMake		other = make;
	CccdBytes	packed = shc_deflate(pki_bytes(make.payload,
											   strlen(make.payload)));

	memset(long_text, ' ', sizeof(long_text) - 1);
	memcpy(long_text, make.payload, strlen(make.payload));
	read_payload(long_text, true);
	CHECK(found("inflate_too_large") && shc.inflate == CCCD_STATUS_FAILED);
	long_text[CCCD_SHC_PAYLOAD_SIZE] = '\0';
	read_payload(long_text, true);
	CHECK(all_read() && shc.payload.length == CCCD_SHC_PAYLOAD_SIZE);
	other.packed = hcert_deflate(pki_bytes(make.payload,
										   strlen(make.payload)));
	read_scan(shc_scan(&other), true);
	CHECK(found("inflate_malformed"));
	other.packed = pki_bytes(packed.data, packed.length - 1);
	read_scan(shc_scan(&other), true);
	CHECK(found("inflate_malformed"));
	other.packed = pki_wrap(-1, packed, PKI_LITERAL("\0"), PKI_END);
	read_scan(shc_scan(&other), true);
	CHECK(found("inflate_trailing"));
	other.packed = pki_bytes(make.payload, strlen(make.payload));
	read_scan(shc_scan(&other), true);
	CHECK(found("inflate_malformed") && shc.json == CCCD_STATUS_NOT_PERFORMED);
}

/* An array of so many zeros. */
static char *
put_zeros(char *out, int count)
{
	*out++ = '[';
	for (int k = 0; k < count; k++)
		out += sprintf(out, k > 0 ? ",0" : "0");
	return out + sprintf(out, "]");
}

static void
test_payload(void)
{
	static char many[4 * CCCD_SHC_NODES];
	static const struct
	{
		const char *payload;
		const char *reason;
	}			cases[] = {
		{"[]", "json_malformed"}, {"{", "json_malformed"},
		{"{} {}", "json_malformed"}, {"{\"a\":1,\"a\":2}", "json_duplicate"},
		{"{\"vc\":1,\"v\\u0063\":2}", "json_duplicate"},
		{"{\"a\":\"\\ud800\"}", "json_text_invalid"},
		{"{\"a\":\"\xFF\"}", "json_text_invalid"},
		{"{\"a\":[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]}", "json_too_deep"},
		{"{}", "issuer_missing"}, {"{\"iss\":7}", "issuer_missing"},
		{"{\"iss\":\"\"}", "issuer_missing"},
		{"{\"iss\":\"https://a\\u0000b\"}", "issuer_missing"},
		{"{\"iss\":\"http://a.example\"}", "issuer_not_a_url"},
		{"{\"iss\":\"https://\"}", "issuer_not_a_url"},
		{"{\"iss\":\"https://a.example/\"}", "issuer_not_a_url"},
		{"{\"nbf\":\"1767225600\"}", "time_invalid(nbf)"},
		{"{\"nbf\":1767225600000}", "time_invalid(nbf)"},
		{"{\"nbf\":-1}", "time_invalid(nbf)"},
		{"{\"nbf\":1e300}", "time_invalid(nbf)"},
		{"{\"exp\":null}", "time_invalid(exp)"},
		{"{}", "shc_type"}, {"{\"vc\":{\"type\":[]}}", "shc_type"}
	};
	char		issuer[512];
	char	   *out;

	for (size_t k = 0; k < sizeof(cases) / sizeof(cases[0]); k++)
	{
		read_payload(cases[k].payload, true);
		CHECK(found(cases[k].reason));
		if (!found(cases[k].reason))
			fprintf(stderr, "%s\n", cases[k].payload);
	}
	/* one node too many; an object, a name and an array are three more */
	out = many + sprintf(many, "{\"a\":");
	sprintf(put_zeros(out, CCCD_SHC_NODES - 3), "}");
	read_payload(many, true);
	CHECK(!found("json_too_many") && found("shc_type"));
	sprintf(put_zeros(out, CCCD_SHC_NODES - 2), "}");
	read_payload(many, true);
	CHECK(found("json_too_many") && shc.json == CCCD_STATUS_FAILED);
	/* the longest issuer, and a longer one */
	snprintf(issuer, sizeof(issuer), "{\"iss\":\"https://%0*d\"}",
			 CCCD_SHC_ISSUER_MAX - 8, 0);
	read_payload(issuer, true);
	CHECK(shc.issuer.len == CCCD_SHC_ISSUER_MAX && !found("issuer_missing"));
	snprintf(issuer, sizeof(issuer), "{\"iss\":\"https://%0*d\"}",
			 CCCD_SHC_ISSUER_MAX - 7, 0);
	read_payload(issuer, true);
	CHECK(found("issuer_missing") && shc.issuer.ptr == NULL);
	/* other forms of a time, and an end */
	read_payload(SHC_PAYLOAD_AS(SHC_ISSUER, ",\"nbf\":17672256e2,\"exp\":1.8302976e9",
								SHC_CLAIM(SHC_BUNDLE(SHC_PERSON, SHC_TWO_DOSES))), false);
	CHECK(all_read() && shc.report.count == 0);
	CHECK(shc.issued == INT64_C(820540800000000) && shc.has_expires &&
		  shc.expires == INT64_C(883612800000000));
}

/* The longest text, and one more; the same of a token. */
static void
test_length(void)
{
	static char text[CCCD_SHC_TEXT_MAX + 2];
	static char token[CCCD_SHC_TOKEN_SIZE + 2];

	memset(text, '0', sizeof(text) - 1);
	memcpy(text, "shc:/", 5);
	CHECK(read_text(text)->prefix == CCCD_STATUS_FAILED &&
		  found("scan_too_long"));
	text[CCCD_SHC_TEXT_MAX] = '\0';
	read_text(text);
	CHECK(!found("scan_too_long") && found("shc_digits"));
	text[CCCD_SHC_TEXT_MAX - 1] = '\0';
	read_text(text);
	CHECK(found("jws_malformed"));
	memset(token, 'A', sizeof(token) - 1);
	cccd_shc_read_token(token, CCCD_SHC_TOKEN_SIZE, true, &work, &shc);
	CHECK(found("jws_malformed"));
	cccd_shc_read_token(token, CCCD_SHC_TOKEN_SIZE + 1, true, &work, &shc);
	CHECK(found("scan_too_long"));
}

int
main(void)
{
	make.key = pki_key("prime256v1", false);
	make.payload = PAYLOAD(SHC_TWO_DOSES);
	test_honest();
	test_digits();
	test_parts();
	test_token();
	test_inflate();
	test_payload();
	test_length();
	EVP_PKEY_free(make.key);
	return finish();
}
