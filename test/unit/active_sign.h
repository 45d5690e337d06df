/*
 * active_sign.h
 *		A chip's side of active authentication, with keys made on the spot:
 *		DG15, DG14 and answers to challenges.
 */
#ifndef ACTIVE_SIGN_H
#define ACTIVE_SIGN_H

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#define ACTIVE_ROOM		4096

typedef struct ActiveBytes
{
	uint8_t		data[ACTIVE_ROOM];
	size_t		length;
}			ActiveBytes;

/* One element of DER around what is already there. */
static inline void
active_wrap(ActiveBytes * bytes, uint8_t tag)
{
	uint8_t		header[4] = {tag};
	size_t		size = 2;

	if (bytes->length < 0x80)
		header[1] = (uint8_t) bytes->length;
	else if (bytes->length < 0x100)
	{
		header[1] = 0x81;
		header[2] = (uint8_t) bytes->length;
		size = 3;
	}
	else
	{
		header[1] = 0x82;
		header[2] = (uint8_t) (bytes->length >> 8);
		header[3] = (uint8_t) bytes->length;
		size = 4;
	}
	memmove(bytes->data + size, bytes->data, bytes->length);
	memcpy(bytes->data, header, size);
	bytes->length += size;
}

static inline void
active_dg15(EVP_PKEY *key, ActiveBytes * out)
{
	uint8_t    *end = out->data;

	out->length = (size_t) i2d_PUBKEY(key, &end);
	active_wrap(out, 0x6F);
}

/* DG14 with ActiveAuthenticationInfo alone: an algorithm's whole DER OID. */
static inline void
active_dg14(const void *oid, size_t length, ActiveBytes * out)
{
	static const uint8_t info[] = {
		0x06, 0x06, 0x67, 0x81, 0x08, 0x01, 0x01, 0x05, 0x02, 0x01, 0x01
	};

	memcpy(out->data, info, sizeof(info));
	memcpy(out->data + sizeof(info), oid, length);
	out->length = sizeof(info) + length;
	active_wrap(out, 0x30);
	active_wrap(out, 0x31);
	active_wrap(out, 0x6E);
}

/* ecdsa-plain-SHA224 to SHA512 are 2 to 5, with SHA-1 it is 1. */
static inline void
active_dg14_plain(uint8_t number, ActiveBytes * out)
{
	uint8_t		oid[] = {
		0x06, 0x0A, 0x04, 0x00, 0x7F, 0x00, 0x07, 0x01, 0x01, 0x04, 0x01, number
	};

	active_dg14(oid, sizeof(oid), out);
}

/* s = message^d mod n, or n - s when the smaller one is wanted (B.4). */
static inline void
active_rsa_power(EVP_PKEY *key, const uint8_t *message, bool smaller,
				 ActiveBytes * out)
{
	BN_CTX	   *context = BN_CTX_new();
	BIGNUM	   *n = NULL;
	BIGNUM	   *d = NULL;
	BIGNUM	   *s = BN_new();
	BIGNUM	   *other = BN_new();

	EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_RSA_N, &n);
	EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_RSA_D, &d);
	out->length = (size_t) BN_num_bytes(n);
	BN_bin2bn(message, (int) out->length, s);
	BN_mod_exp(s, s, d, n, context);
	BN_sub(other, n, s);
	BN_bn2binpad(smaller && BN_ucmp(other, s) < 0 ? other : s, out->data,
				 (int) out->length);
	BN_free(n);
	BN_free(d);
	BN_free(s);
	BN_free(other);
	BN_CTX_free(context);
}

/*
 * A message of ISO/IEC 9796-2, scheme 1.  "trailer" is 0xBC or the first of
 * two octets, of which CC is the second.
 */
static inline void
active_message(size_t octets, uint8_t header, const char *hash,
			   uint8_t trailer, const uint8_t *challenge, size_t length,
			   uint8_t *message)
{
	EVP_MD	   *md = EVP_MD_fetch(NULL, hash, NULL);
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	size_t		size = (size_t) EVP_MD_get_size(md);
	size_t		tail = trailer == 0xBC ? 1 : 2;
	size_t		recovered = octets - 1 - size - tail;

	message[0] = header;
	RAND_bytes(message + 1, (int) recovered);
	EVP_DigestInit_ex2(context, md, NULL);
	EVP_DigestUpdate(context, message + 1, recovered);
	EVP_DigestUpdate(context, challenge, length);
	EVP_DigestFinal_ex(context, message + 1 + recovered, NULL);
	message[octets - 1] = tail == 1 ? 0xBC : 0xCC;
	if (tail == 2)
		message[octets - 2] = trailer;
	EVP_MD_CTX_free(context);
	EVP_MD_free(md);
}

static inline void
active_rsa_sign(EVP_PKEY *key, const char *hash, uint8_t trailer,
				const uint8_t *challenge, bool smaller, ActiveBytes * out)
{
	uint8_t		message[ACTIVE_ROOM];

	active_message((size_t) EVP_PKEY_get_size(key), 0x6A, hash, trailer,
				   challenge, 8, message);
	active_rsa_power(key, message, smaller, out);
}

/* r || s, each as long as the order of the curve; or the SEQUENCE of both. */
static inline void
active_ec_sign(EVP_PKEY *key, const char *hash, const uint8_t *challenge,
			   bool plain, ActiveBytes * out)
{
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	int			half = (EVP_PKEY_get_bits(key) + 7) / 8;
	const uint8_t *at = out->data;
	ECDSA_SIG  *pair;

	out->length = sizeof(out->data);
	EVP_DigestSignInit_ex(context, NULL, hash, NULL, NULL, key, NULL);
	EVP_DigestSign(context, out->data, &out->length, challenge, 8);
	EVP_MD_CTX_free(context);
	if (!plain)
		return;
	pair = d2i_ECDSA_SIG(NULL, &at, (long) out->length);
	BN_bn2binpad(ECDSA_SIG_get0_r(pair), out->data, half);
	BN_bn2binpad(ECDSA_SIG_get0_s(pair), out->data + half, half);
	out->length = 2 * (size_t) half;
	ECDSA_SIG_free(pair);
}

#endif							/* ACTIVE_SIGN_H */
