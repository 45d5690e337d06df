/*
 * shc_make.h
 *		SMART Health Cards of our own, honest and otherwise: JSON is deflated,
 *		signed with a key of the test's, and written in pairs of digits.
 */
#ifndef SHC_MAKE_H
#define SHC_MAKE_H

#include "hcert_make.h"

#define SHC_ISSUER	"https://health.example/shc"

/* A bundle of one person: the patient, then resources with a comma each. */
#define SHC_BUNDLE(patient, resources) \
	"{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":[" \
	"{\"fullUrl\":\"resource:0\",\"resource\":" patient "}" resources "]}"
#define SHC_PATIENT(family, given, birth) \
	"{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"" family "\"," \
	"\"given\":[" given "]}],\"birthDate\":\"" birth "\"}"
#define SHC_PERSON	SHC_PATIENT("Nguy\xE1\xBB\x85n", \
								"\"V\xC4\x83n\",\"An\"", "1990-05-17")
#define SHC_DOSE_AS(status, code, date, more) \
	",{\"fullUrl\":\"resource:1\",\"resource\":{" \
	"\"resourceType\":\"Immunization\",\"status\":\"" status "\"," \
	"\"vaccineCode\":{\"coding\":[" code "]}," \
	"\"patient\":{\"reference\":\"resource:0\"}," \
	"\"occurrenceDateTime\":\"" date "\"" more "}}"
#define SHC_CVX(code) \
	"{\"system\":\"http://hl7.org/fhir/sid/cvx\",\"code\":\"" code "\"}"
#define SHC_DOSE(code, date) \
	SHC_DOSE_AS("completed", SHC_CVX(code), date, ",\"lotNumber\":\"1\"")
#define SHC_TEST_AS(status, code, value, time) \
	",{\"fullUrl\":\"resource:2\",\"resource\":{" \
	"\"resourceType\":\"Observation\",\"status\":\"" status "\"," \
	"\"code\":{\"coding\":[{\"system\":\"http://loinc.org\"," \
	"\"code\":\"" code "\"}]},\"subject\":{\"reference\":\"resource:0\"}," \
	"\"effectiveDateTime\":\"" time "\",\"valueCodeableConcept\":{" \
	"\"coding\":[{\"system\":\"http://snomed.info/sct\"," \
	"\"code\":\"" value "\"}]}}}"
#define SHC_TEST(code, value, time)	SHC_TEST_AS("final", code, value, time)

/* The claim "vc" around a bundle. */
#define SHC_CLAIM_AS(type, version, more, bundle) \
	"{\"type\":[\"" type "\"]" more ",\"credentialSubject\":{" \
	"\"fhirVersion\":\"" version "\",\"fhirBundle\":" bundle "}}"
#define SHC_CLAIM(bundle) \
	SHC_CLAIM_AS("https://smarthealth.cards#health-card", "4.0.1", "", bundle)

/* The whole payload. */
#define SHC_PAYLOAD_AS(issuer, times, claim) \
	"{\"iss\":\"" issuer "\"" times ",\"vc\":" claim "}"
#define SHC_PAYLOAD(claim) \
	SHC_PAYLOAD_AS(SHC_ISSUER, ",\"nbf\":1767225600.25", claim)

#define SHC_TWO_DOSES \
	SHC_DOSE("208", "2025-10-25") SHC_DOSE("208", "2025-11-20")

typedef struct ShcMake
{
	EVP_PKEY   *key;
	const char *payload;		/* JSON */
	size_t		payload_length; /* 0: that of the text */
	const char *header;			/* JSON, or NULL: the one that it should be */
	CccdBytes	packed;			/* if any: instead of the payload, deflated */
	bool		der_signature;	/* in the form of certificates */
} ShcMake;

/* Append bytes in base64url. */
static inline char *
shc_base64(char *out, CccdBytes bytes)
{
	static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	"abcdefghijklmnopqrstuvwxyz0123456789-_";
	size_t		bits = bytes.length * 8;

	for (size_t bit = 0; bit < bits; bit += 6)
	{
		unsigned	value = 0;

		for (size_t k = bit; k < bit + 6; k++)
			value = value << 1 |
				(k < bits ? bytes.data[k / 8] >> (7 - k % 8) & 1U : 0U);
		*out++ = alphabet[value];
	}
	return out;
}

/* The coordinates of a key's point, of 32 octets each. */
static inline CccdBytes
shc_point(EVP_PKEY *key)
{
	CccdBytes	info = pki_public_key(key);
	CccdBytes	point = {info.data + info.length - 64, 64};

	return point;
}

/* A JSON Web Key, with members behind its point; ended by a zero byte. */
static inline const char *
shc_web_key(EVP_PKEY *key, const char *before, const char *more)
{
	CccdBytes	x = shc_point(key);
	CccdBytes	y = x;
	char	   *text = pki_alloc(1024 + strlen(before) + strlen(more));
	char	   *out = text;

	x.length = y.length = 32;
	y.data += 32;
	out += sprintf(out, "{%s\"crv\":\"P-256\",\"kty\":\"EC\",\"x\":\"",
				   before);
	out = shc_base64(out, x);
	out += sprintf(out, "\",\"y\":\"");
	out = shc_base64(out, y);
	sprintf(out, "\"%s}", more);
	return text;
}

/* The thumbprint of a key (RFC 7638). */
static inline CccdBytes
shc_kid(EVP_PKEY *key)
{
	const char *members = shc_web_key(key, "", "");

	return pki_sha256(pki_bytes(members, strlen(members)));
}

static inline CccdBytes
shc_deflate(CccdBytes bytes)
{
	z_stream	stream;
	size_t		room = bytes.length + 1024;
	uint8_t    *out = pki_alloc(room);
	CccdBytes	result;

	memset(&stream, 0, sizeof(stream));
	if (deflateInit2(&stream, 9, Z_DEFLATED, -MAX_WBITS, 9,
					 Z_DEFAULT_STRATEGY) != Z_OK)
		abort();
	stream.next_in = (Bytef *) bytes.data;
	stream.avail_in = (uInt) bytes.length;
	stream.next_out = out;
	stream.avail_out = (uInt) room;
	if (deflate(&stream, Z_FINISH) != Z_STREAM_END)
		abort();
	result.data = out;
	result.length = room - stream.avail_out;
	deflateEnd(&stream);
	return result;
}

/* The signature of ES256, or the same as certificates have it. */
static inline CccdBytes
shc_sign(const ShcMake *make, CccdBytes message)
{
	EVP_MD_CTX *context;
	uint8_t		signature[128];
	size_t		length = sizeof(signature);

	if (!make->der_signature)
		return hcert_sign(make->key, -7, message);
	context = EVP_MD_CTX_new();
	if (EVP_DigestSignInit(context, NULL, EVP_sha256(), NULL,
						   make->key) != 1 ||
		EVP_DigestSign(context, signature, &length, message.data,
					   message.length) != 1)
		abort();
	EVP_MD_CTX_free(context);
	return pki_bytes(signature, length);
}

/* The header that names a key; ended by a zero byte. */
static inline const char *
shc_header(EVP_PKEY *key)
{
	char	   *header = pki_alloc(256);
	char	   *out = header;

	out += sprintf(out, "{\"zip\":\"DEF\",\"alg\":\"ES256\",\"kid\":\"");
	out = shc_base64(out, shc_kid(key));
	sprintf(out, "\"}");
	return header;
}

/* The token, ended by a zero byte that does not count. */
static inline CccdBytes
shc_token(const ShcMake *make)
{
	CccdBytes	payload = make->packed;
	const char *header = make->header != NULL ? make->header :
	shc_header(make->key);
	char	   *text;
	char	   *out;
	CccdBytes	result;

	if (payload.data == NULL)
		payload = shc_deflate(pki_bytes(make->payload,
										make->payload_length > 0 ?
										make->payload_length :
										strlen(make->payload)));
	text = pki_alloc(payload.length * 2 + 4096);
	out = shc_base64(text, pki_bytes(header, strlen(header)));
	*out++ = '.';
	out = shc_base64(out, payload);
	result = shc_sign(make, pki_bytes(text, (size_t) (out - text)));
	*out++ = '.';
	out = shc_base64(out, result);
	*out = '\0';
	result.data = (const uint8_t *) text;
	result.length = (size_t) (out - text);
	return result;
}

/* Characters as "shc:/" and pairs of digits, part of count unless that is 1. */
static inline char *
shc_digits(char *out, const uint8_t *token, size_t length, int part,
		   int count)
{
	out += sprintf(out, "shc:/");
	if (count > 1)
		out += sprintf(out, "%d/%d/", part, count);
	for (size_t k = 0; k < length; k++)
		out += sprintf(out, "%02d", token[k] - 45);
	return out;
}

/* The scan of a card in one part, ended by a zero byte that does not count. */
static inline CccdBytes
shc_numeric(CccdBytes token)
{
	char	   *text = pki_alloc(token.length * 2 + 16);
	CccdBytes	result = {(const uint8_t *) text, 0};

	result.length = (size_t) (shc_digits(text, token.data, token.length, 1,
										 1) - text);
	return result;
}

static inline CccdBytes
shc_scan(const ShcMake *make)
{
	return shc_numeric(shc_token(make));
}

#endif							/* SHC_MAKE_H */
