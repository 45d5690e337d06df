/*
 * hcert_make.h
 *		Health certificates of our own, honest and otherwise: content as JSON
 *		is written as CBOR, signed with a key of the test's, compressed and put
 *		into base45.
 */
#ifndef HCERT_MAKE_H
#define HCERT_MAKE_H

#include "pki.h"

#include <openssl/ecdsa.h>
#include <zlib.h>

#define HCERT_ROOM	(256 * 1024)

/* Seconds since 1970 of 2026-01-01 and 2028-01-01. */
#define HCERT_ISSUED	INT64_C(1767225600)
#define HCERT_EXPIRES	INT64_C(1830297600)

typedef struct HcertMake
{
	EVP_PKEY   *key;
	int			algorithm;		/* -7 ES256, -37 PS256 and so on */
	CccdBytes	kid;
	const char *issuer;			/* NULL: none */
	const char *content;		/* JSON */
	int64_t		issued;			/* 0: HCERT_ISSUED, -1: none */
	int64_t		expires;
	bool		kid_unprotected;
	bool		no_kid;
	bool		algorithm_unprotected;
	bool		critical;		/* a critical header that nobody knows */
	bool		untagged;
	bool		cwt_tag;
	bool		indefinite;		/* maps, arrays and strings in chunks */
	bool		float_time;
	CccdBytes	claim;			/* if any: one more, key and value in CBOR */
	CccdBytes	other_kid;		/* if any: one more, unprotected */
	CccdBytes	payload;		/* if any: instead of the token */
	CccdBytes	trailing;		/* after the token */
} HcertMake;

typedef struct HcertOut
{
	uint8_t    *at;
	bool		indefinite;
} HcertOut;

static inline void
hcert_head(HcertOut *out, int major, uint64_t number)
{
	int			octets = number < 24 ? 0 : number < 256 ? 1 :
	number < 65536 ? 2 : number <= UINT32_MAX ? 4 : 8;
	int			k;

	*out->at++ = (uint8_t) (major << 5 | (octets == 0 ? (int) number :
										  octets == 1 ? 24 :
										  octets == 2 ? 25 :
										  octets == 4 ? 26 : 27));
	for (k = octets - 1; k >= 0; k--)
		*out->at++ = (uint8_t) (number >> (8 * k));
}

static inline void
hcert_raw(HcertOut *out, const void *bytes, size_t length)
{
	memcpy(out->at, bytes, length);
	out->at += length;
}

static inline void
hcert_string(HcertOut *out, int major, const void *bytes, size_t length)
{
	const uint8_t *p = bytes;
	size_t		first = 2;

	if (out->indefinite && length > 4)
	{
		/* a chunk of text is whole characters */
		while (major == 3 && (p[first] & 0xC0) == 0x80)
			first++;
		*out->at++ = (uint8_t) (major << 5 | 31);
		hcert_head(out, major, first);
		hcert_raw(out, p, first);
		hcert_head(out, major, length - first);
		hcert_raw(out, p + first, length - first);
		*out->at++ = 0xFF;
		return;
	}
	hcert_head(out, major, length);
	hcert_raw(out, bytes, length);
}

static inline void
hcert_text(HcertOut *out, const char *text)
{
	hcert_string(out, 3, text, strlen(text));
}

static inline void
hcert_integer(HcertOut *out, int64_t number)
{
	hcert_head(out, number < 0, (uint64_t) (number < 0 ? -1 - number :
											number));
}

/* One JSON value; tests write no escapes. */
static inline const char *
hcert_json(HcertOut *out, const char *json)
{
	const char *end;

	if (*json == '"')
	{
		end = strchr(json + 1, '"');
		hcert_string(out, 3, json + 1, (size_t) (end - json - 1));
		return end + 1;
	}
	if (*json == '{' || *json == '[')
	{
		char		closing = *json == '{' ? '}' : ']';
		int			major = *json == '{' ? 5 : 4;
		uint8_t    *start = out->at;
		int			count = 0;

		/* room for a head of one byte; no container here has 24 items */
		*out->at++ = 0;
		for (json++; *json != closing;)
		{
			if (*json == ',' || *json == ' ')
			{
				json++;
				continue;
			}
			json = hcert_json(out, json);
			if (*json == ':')
				json = hcert_json(out, json + 1);
			count++;
		}
		if (out->indefinite)
		{
			*start = (uint8_t) (major << 5 | 31);
			*out->at++ = 0xFF;
		}
		else
			*start = (uint8_t) (major << 5 | count);
		return json + 1;
	}
	if (strncmp(json, "null", 4) == 0)
	{
		*out->at++ = 0xF6;
		return json + 4;
	}
	hcert_integer(out, strtol(json, (char **) &end, 10));
	if (*end == '.')
	{
		/* a float that is a whole number, in half precision: 1.0, 2.0 */
		out->at--;
		*out->at++ = 0xF9;
		*out->at++ = (uint8_t) (json[0] == '1' ? 0x3C : 0x40);
		*out->at++ = 0;
		end += 2;
	}
	return end;
}

static inline CccdBytes
hcert_done(const uint8_t *start, const HcertOut *out)
{
	return pki_bytes(start, (size_t) (out->at - start));
}

static inline void
hcert_time(HcertOut *out, const HcertMake *make, int claim, int64_t time,
		   int64_t usual)
{
	double		real;
	uint64_t	bits;
	int			k;

	if (time == 0)
		time = usual;
	if (time < 0)
		return;
	hcert_integer(out, claim);
	if (!make->float_time)
	{
		hcert_integer(out, time);
		return;
	}
	real = (double) time + 0.5;
	memcpy(&bits, &real, sizeof(bits));
	*out->at++ = 0xFB;
	for (k = 56; k >= 0; k -= 8)
		*out->at++ = (uint8_t) (bits >> k);
}

static inline CccdBytes
hcert_token(const HcertMake *make)
{
	static uint8_t room[HCERT_ROOM];
	HcertOut	out = {room, make->indefinite};
	int			claims = 1 + (make->issuer != NULL) +
	(make->claim.data != NULL) +
	(make->issued >= 0) + (make->expires >= 0);

	if (make->payload.data != NULL)
		return make->payload;
	hcert_head(&out, 5, (uint64_t) claims);
	if (make->issuer != NULL)
	{
		hcert_integer(&out, 1);
		hcert_text(&out, make->issuer);
	}
	if (make->claim.data != NULL)
		hcert_raw(&out, make->claim.data, make->claim.length);
	hcert_time(&out, make, 4, make->expires, HCERT_EXPIRES);
	hcert_time(&out, make, 6, make->issued, HCERT_ISSUED);
	hcert_integer(&out, -260);
	hcert_head(&out, 5, 1);
	hcert_integer(&out, 1);
	hcert_json(&out, make->content);
	if (make->trailing.data != NULL)
		hcert_raw(&out, make->trailing.data, make->trailing.length);
	return hcert_done(room, &out);
}

static inline CccdBytes
hcert_sign(EVP_PKEY *key, int algorithm, CccdBytes message)
{
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	EVP_PKEY_CTX *how;
	uint8_t		signature[1024];
	size_t		length = sizeof(signature);
	int			level = algorithm == -7 || algorithm == -37 ? 0 :
	algorithm == -35 || algorithm == -38 ? 1 : 2;
	const EVP_MD *md = level == 0 ? EVP_sha256() :
	level == 1 ? EVP_sha384() : EVP_sha512();
	const uint8_t *der = signature;
	ECDSA_SIG  *numbers;
	int			octets;

	if (EVP_DigestSignInit(context, &how, md, NULL, key) != 1 ||
		(pki_is_rsa(key) &&
		 (EVP_PKEY_CTX_set_rsa_padding(how, RSA_PKCS1_PSS_PADDING) != 1 ||
		  EVP_PKEY_CTX_set_rsa_pss_saltlen(how, RSA_PSS_SALTLEN_DIGEST) != 1)) ||
		EVP_DigestSign(context, signature, &length, message.data,
					   message.length) != 1)
		abort();
	EVP_MD_CTX_free(context);
	if (pki_is_rsa(key))
		return pki_bytes(signature, length);
	numbers = d2i_ECDSA_SIG(NULL, &der, (long) length);
	octets = (EVP_PKEY_get_bits(key) + 7) / 8;
	BN_bn2binpad(ECDSA_SIG_get0_r(numbers), signature, octets);
	BN_bn2binpad(ECDSA_SIG_get0_s(numbers), signature + octets, octets);
	ECDSA_SIG_free(numbers);
	return pki_bytes(signature, (size_t) (2 * octets));
}

static inline CccdBytes
hcert_header(const HcertMake *make, bool protected)
{
	static uint8_t room[HCERT_ROOM];
	HcertOut	out = {room, make->indefinite};
	bool		algorithm = make->algorithm_unprotected != protected;
	bool		own_kid = !make->no_kid && make->kid_unprotected != protected;
	CccdBytes	kid = own_kid ? make->kid : make->other_kid;
	bool		has_kid = own_kid || (!protected && kid.data != NULL);
	bool		critical = make->critical && protected;

	hcert_head(&out, 5, (uint64_t) (algorithm + has_kid + critical));
	if (algorithm)
	{
		hcert_integer(&out, 1);
		hcert_integer(&out, make->algorithm);
	}
	if (critical)
	{
		hcert_integer(&out, 2);
		hcert_head(&out, 4, 1);
		hcert_integer(&out, 77);
	}
	if (has_kid)
	{
		hcert_integer(&out, 4);
		hcert_string(&out, 2, kid.data, kid.length);
	}
	return hcert_done(room, &out);
}

/* The signed message. */
static inline CccdBytes
hcert_message(const HcertMake *make)
{
	static uint8_t room[HCERT_ROOM];
	CccdBytes	header = hcert_header(make, true);
	CccdBytes	unprotected = hcert_header(make, false);
	CccdBytes	token = hcert_token(make);
	HcertOut	out = {room, false};
	CccdBytes	signature;

	/* what is signed knows no chunks, whatever the message has */
	hcert_head(&out, 4, 4);
	hcert_text(&out, "Signature1");
	hcert_string(&out, 2, header.data, header.length);
	hcert_string(&out, 2, "", 0);
	hcert_string(&out, 2, token.data, token.length);
	signature = hcert_sign(make->key, make->algorithm,
						   hcert_done(room, &out));

	out.at = room;
	out.indefinite = make->indefinite;
	if (make->cwt_tag)
		hcert_head(&out, 6, 61);
	if (!make->untagged)
		hcert_head(&out, 6, 18);
	if (make->indefinite)
		*out.at++ = 0x9F;
	else
		hcert_head(&out, 4, 4);
	hcert_string(&out, 2, header.data, header.length);
	hcert_raw(&out, unprotected.data, unprotected.length);
	hcert_string(&out, 2, token.data, token.length);
	hcert_string(&out, 2, signature.data, signature.length);
	if (make->indefinite)
		*out.at++ = 0xFF;
	return hcert_done(room, &out);
}

static inline CccdBytes
hcert_deflate(CccdBytes bytes)
{
	uLongf		length = compressBound((uLong) bytes.length);
	uint8_t    *out = pki_alloc(length);
	CccdBytes	result;

	if (compress2(out, &length, bytes.data, (uLong) bytes.length, 9) != Z_OK)
		abort();
	result.data = out;
	result.length = length;
	return result;
}

/* "HC1:" and base45, ended by a zero byte that does not count. */
static inline CccdBytes
hcert_base45(CccdBytes bytes)
{
	static const char alphabet[] =
	"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
	char	   *text = pki_alloc(bytes.length / 2 * 3 + 8);
	char	   *p = text;
	CccdBytes	result;
	size_t		k;

	memcpy(p, "HC1:", 4);
	p += 4;
	for (k = 0; k < bytes.length; k += 2)
	{
		bool		two = k + 1 < bytes.length;
		unsigned	value = two ? bytes.data[k] * 256U + bytes.data[k + 1] :
		bytes.data[k];

		*p++ = alphabet[value % 45];
		*p++ = alphabet[value / 45 % 45];
		if (two)
			*p++ = alphabet[value / 2025];
	}
	*p = '\0';
	result.data = (const uint8_t *) text;

	result.length = (size_t) (p - text);
	return result;
}

static inline CccdBytes
hcert_scan(const HcertMake *make)
{
	return hcert_base45(hcert_deflate(hcert_message(make)));
}

/* A signer with a certificate; usages are arcs of its extended key usage. */
static inline CccdBytes
hcert_signer(EVP_PKEY *key, const char *country, const char *name,
			 const char *usages, const char *not_before,
			 const char *not_after)
{
	CccdBytes	oids = pki_bytes("", 0);
	CccdBytes	extensions = pki_bytes("", 0);
	CccdBytes	tbs;

	for (; *usages != '\0'; usages++)
	{
		char		arc = (char) (*usages - '0');

		oids = pki_wrap(-1, oids,
						PKI_TLV(CCCD_DER_OID,
								PKI_LITERAL("\x2B\x06\x01\x04\x01\x8E\x37\x8F\x65\x01"),
								pki_bytes(&arc, 1)), PKI_END);
	}
	if (oids.length > 0)
		extensions = PKI_TLV(CCCD_DER_EXPLICIT(3),
							 PKI_SEQ(pki_extension(PKI_OID("\x55\x1D\x25"),
												   false, PKI_SEQ(oids))));
	tbs = PKI_SEQ(PKI_TLV(CCCD_DER_EXPLICIT(0), pki_integer(2)),
				  pki_integer(7), pki_algorithm(key),
				  pki_name(country, "Health CA"),
				  PKI_SEQ(pki_time(not_before), pki_time(not_after)),
				  pki_name(country, name), pki_public_key(key), extensions);
	return PKI_SEQ(tbs, pki_algorithm(key), pki_bits(pki_sign(key, tbs)));
}

/* What lists call a certificate's key. */
static inline CccdBytes
hcert_kid(CccdBytes certificate)
{
	CccdBytes	digest = pki_sha256(certificate);

	digest.length = 8;
	return digest;
}

#endif							/* HCERT_MAKE_H */
