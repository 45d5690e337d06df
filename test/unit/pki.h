/*
 * pki.h
 *		A state of our own: CSCA, document signers, revocation lists, master
 *		lists and the files of a chip, made with fresh keys whenever a test
 *		wants them.
 *
 * The DER is written here, by hand, so that a test can also write what no
 * honest issuer would; OpenSSL makes keys and signatures.
 */
#ifndef PKI_H
#define PKI_H

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include "base/der_core.h"

/* Everything made lives until the program ends. */
#define PKI_ARENA	(32 * 1024 * 1024)

static uint8_t pki_arena[PKI_ARENA];
static size_t pki_used;

static inline void *
pki_alloc(size_t size)
{
	void	   *p = pki_arena + pki_used;

	if (size > PKI_ARENA - pki_used)
		abort();
	pki_used += (size + 15) & ~(size_t) 15;
	return p;
}

static inline CccdBytes
pki_bytes(const void *data, size_t length)
{
	uint8_t    *copy = pki_alloc(length + 1);
	CccdBytes	bytes = {copy, length};

	memcpy(copy, data, length);
	return bytes;
}

#define PKI_LITERAL(text)	pki_bytes(text, sizeof(text) - 1)

static const CccdBytes pki_nothing;

/* Join up to an element whose data is NULL. */
#define PKI_END		pki_nothing

static inline CccdBytes
pki_wrap_list(int tag, va_list parts)
{
	static uint8_t buffer[PKI_ARENA / 8];
	size_t		length = 0;
	uint8_t		head[8];
	size_t		used = 0;
	CccdBytes	result;
	uint8_t    *out;

	for (;;)
	{
		CccdBytes	part = va_arg(parts, CccdBytes);

		if (part.data == NULL)
			break;
		if (part.length > sizeof(buffer) - length)
			abort();
		memcpy(buffer + length, part.data, part.length);
		length += part.length;
	}
	if (tag >= 0)
	{
		if (tag > 0xFF)
			head[used++] = (uint8_t) (tag >> 8);
		head[used++] = (uint8_t) tag;
		used += cccd_der_put_length(head + used, length);
	}
	out = pki_alloc(used + length + 1);
	memcpy(out, head, used);
	memcpy(out + used, buffer, length);
	result.data = out;
	result.length = used + length;
	return result;
}

/* An element of this tag around the parts; a tag of -1 just joins them. */
static inline CccdBytes
pki_wrap(int tag,...)
{
	va_list		parts;
	CccdBytes	result;

	va_start(parts, tag);
	result = pki_wrap_list(tag, parts);
	va_end(parts);
	return result;
}

#define PKI_SEQ(...)	pki_wrap(CCCD_DER_SEQUENCE, __VA_ARGS__, PKI_END)
#define PKI_SET(...)	pki_wrap(CCCD_DER_SET, __VA_ARGS__, PKI_END)
#define PKI_TLV(tag, ...)	pki_wrap(tag, __VA_ARGS__, PKI_END)
#define PKI_OID(text)	PKI_TLV(CCCD_DER_OID, PKI_LITERAL(text))

static inline CccdBytes
pki_integer(int value)
{
	uint8_t		bytes[3];

	bytes[0] = (uint8_t) (value >> 16);
	bytes[1] = (uint8_t) (value >> 8);
	bytes[2] = (uint8_t) value;
	if (value < 0x80)
		return PKI_TLV(CCCD_DER_INTEGER, pki_bytes(bytes + 2, 1));
	if (value < 0x8000)
		return PKI_TLV(CCCD_DER_INTEGER, pki_bytes(bytes + 1, 2));
	return PKI_TLV(CCCD_DER_INTEGER, pki_bytes(bytes, 3));
}

/* A time as UTCTime, "210101000000Z". */
static inline CccdBytes
pki_time(const char *text)
{
	return PKI_TLV(CCCD_DER_UTC_TIME, pki_bytes(text, strlen(text)));
}

static inline CccdBytes
pki_name(const char *country, const char *common_name)
{
	return PKI_SEQ(
				   PKI_SET(PKI_SEQ(PKI_OID("\x55\x04\x06"),
								   PKI_TLV(0x13, pki_bytes(country, strlen(country))))),
				   PKI_SET(PKI_SEQ(PKI_OID("\x55\x04\x03"),
								   PKI_TLV(0x0C, pki_bytes(common_name,
														   strlen(common_name))))));
}

/* "RSA" of 2048 bits, or a group with named or explicit parameters. */
static inline EVP_PKEY *
pki_key(const char *kind, bool explicit_parameters)
{
	EVP_PKEY   *key;

	if (strcmp(kind, "RSA") == 0)
		return EVP_PKEY_Q_keygen(NULL, NULL, "RSA", (size_t) 2048);
	key = EVP_PKEY_Q_keygen(NULL, NULL, "EC", kind);
	EVP_PKEY_set_utf8_string_param(key, OSSL_PKEY_PARAM_EC_ENCODING,
								   explicit_parameters ? "explicit" :
								   "named_curve");
	return key;
}

static inline CccdBytes
pki_public_key(EVP_PKEY *key)
{
	uint8_t    *der = NULL;
	int			length = i2d_PUBKEY(key, &der);
	CccdBytes	result = pki_bytes(der, (size_t) length);

	OPENSSL_free(der);
	return result;
}

/* Key identifier: SHA-1 of the key, as RFC 5280 4.2.1.2 suggests. */
static inline CccdBytes
pki_key_id(EVP_PKEY *key)
{
	CccdBytes	info = pki_public_key(key);
	uint8_t		digest[20];

	EVP_Digest(info.data, info.length, digest, NULL, EVP_sha1(), NULL);
	return pki_bytes(digest, sizeof(digest));
}

static inline bool
pki_is_rsa(EVP_PKEY *key)
{
	return EVP_PKEY_get_base_id(key) == EVP_PKEY_RSA;
}

/* SHA-256 with RSA, SHA-384 with curves. */
static inline CccdBytes
pki_algorithm(EVP_PKEY *key)
{
	if (pki_is_rsa(key))
		return PKI_SEQ(PKI_OID("\x2A\x86\x48\x86\xF7\x0D\x01\x01\x0B"),
					   PKI_LITERAL("\x05\x00"));
	return PKI_SEQ(PKI_OID("\x2A\x86\x48\xCE\x3D\x04\x03\x03"));
}

/* A copy in which each of some bytes is replaced by others, as many. */
static inline CccdBytes
pki_replace(CccdBytes bytes, const char *from, const char *to, size_t length)
{
	CccdBytes	copy = pki_bytes(bytes.data, bytes.length);
	uint8_t    *p = (uint8_t *) copy.data;

	for (size_t k = 0; k + length <= copy.length; k++)
		if (memcmp(p + k, from, length) == 0)
			memcpy(p + k, to, length);
	return copy;
}

/* What a key signed, with an algorithm that nobody knows inside and outside. */
static inline CccdBytes
pki_unknown_algorithm(CccdBytes object, EVP_PKEY *key)
{
	return pki_is_rsa(key) ?
		pki_replace(object, "\x0D\x01\x01\x0B", "\x0D\x01\x01\x7F", 4) :
		pki_replace(object, "\xCE\x3D\x04\x03\x03", "\xCE\x3D\x04\x03\x7F", 5);
}

static inline CccdBytes
pki_sign(EVP_PKEY *key, CccdBytes message)
{
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	uint8_t		signature[1024];
	size_t		length = sizeof(signature);

	if (EVP_DigestSignInit(context, NULL,
						   pki_is_rsa(key) ? EVP_sha256() : EVP_sha384(),
						   NULL, key) != 1 ||
		EVP_DigestSign(context, signature, &length, message.data,
					   message.length) != 1)
		abort();
	EVP_MD_CTX_free(context);
	return pki_bytes(signature, length);
}

static inline CccdBytes
pki_bits(CccdBytes bytes)
{
	return PKI_TLV(CCCD_DER_BIT_STRING, pki_bytes("", 1), bytes);
}

static inline CccdBytes
pki_extension(CccdBytes oid, bool critical, CccdBytes content)
{
	return PKI_SEQ(oid, critical ? PKI_LITERAL("\x01\x01\xFF") :
				   pki_bytes("", 0),
				   PKI_TLV(CCCD_DER_OCTET_STRING, content));
}

typedef struct PkiCertificate
{
	const char *country;
	const char *subject;
	const char *issuer;
	int			serial;
	EVP_PKEY   *key;
	EVP_PKEY   *issuer_key;
	bool		ca;
	bool		master_list_signer;
	const char *not_before;		/* NULL: 2021 */
	const char *not_after;		/* NULL: 2036 */
} PkiCertificate;

/* What a certificate has instead; empty bytes leave a thing out. */
typedef struct PkiChange
{
	CccdBytes	issuer;			/* name */
	CccdBytes	name;			/* of the subject */
	CccdBytes	validity;
	CccdBytes	key_info;
	CccdBytes	usage;			/* extension */
	CccdBytes	subject_id;		/* octets of the key identifiers */
	CccdBytes	subject;		/* the extension of the first */
	CccdBytes	authority_id;
	CccdBytes	authority;		/* the extension */
	CccdBytes	extensions;		/* further ones */
	CccdBytes	algorithm;		/* outside of what is signed */
	CccdBytes	signature;
} PkiChange;

static inline CccdBytes
pki_or(CccdBytes changed, CccdBytes otherwise)
{
	return changed.data != NULL ? changed : otherwise;
}

static inline CccdBytes
pki_change_certificate(const PkiCertificate *c, const PkiChange *change)
{
	CccdBytes	nothing = pki_bytes("", 0);
	CccdBytes	usage = pki_extension(PKI_OID("\x55\x1D\x0F"), true,
									  c->ca ? PKI_LITERAL("\x03\x02\x01\x06") :
									  PKI_LITERAL("\x03\x02\x07\x80"));
	CccdBytes	constraints = pki_extension(PKI_OID("\x55\x1D\x13"), true,
											PKI_LITERAL("\x30\x06\x01\x01\xFF\x02\x01\x00"));
	CccdBytes	lists = pki_extension(PKI_OID("\x55\x1D\x25"), true,
									  PKI_SEQ(PKI_OID("\x67\x81\x08\x01\x01\x03")));
	CccdBytes	subject_id = pki_or(change->subject_id, pki_key_id(c->key));
	CccdBytes	authority_id = pki_or(change->authority_id,
									  pki_key_id(c->issuer_key));
	CccdBytes	extensions = pki_wrap(-1, pki_or(change->usage, usage),
									  c->ca ? constraints : nothing,
									  c->master_list_signer ? lists : nothing,
									  pki_or(change->subject,
											 pki_extension(PKI_OID("\x55\x1D\x0E"), false,
														   PKI_TLV(CCCD_DER_OCTET_STRING, subject_id))),
									  pki_or(change->authority,
											 pki_extension(PKI_OID("\x55\x1D\x23"), false,
														   PKI_SEQ(PKI_TLV(CCCD_DER_CONTEXT(0), authority_id)))),
									  pki_or(change->extensions, nothing), PKI_END);
	CccdBytes	validity = PKI_SEQ(pki_time(c->not_before ? c->not_before :
											"210101000000Z"),
								   pki_time(c->not_after ? c->not_after :
											"360101000000Z"));
	CccdBytes	tbs = PKI_SEQ(PKI_TLV(CCCD_DER_EXPLICIT(0), pki_integer(2)),
							  pki_integer(c->serial), pki_algorithm(c->issuer_key),
							  pki_or(change->issuer,
									 pki_name(c->country, c->issuer)),
							  pki_or(change->validity, validity),
							  pki_or(change->name,
									 pki_name(c->country, c->subject)),
							  pki_or(change->key_info, pki_public_key(c->key)),
							  PKI_TLV(CCCD_DER_EXPLICIT(3), PKI_SEQ(extensions)));

	return PKI_SEQ(tbs, pki_or(change->algorithm, pki_algorithm(c->issuer_key)),
				   pki_bits(pki_or(change->signature,
								   pki_sign(c->issuer_key, tbs))));
}

static inline CccdBytes
pki_make_certificate(const PkiCertificate *c)
{
	static const PkiChange none;

	return pki_change_certificate(c, &none);
}

/* A list that ends in 2027-01; a serial of 0 revokes nothing. */
static inline CccdBytes
pki_change_crl(const char *country, const char *issuer, EVP_PKEY *key,
			   int serial, const char *from, int number, CccdBytes extensions)
{
	CccdBytes	revoked = serial == 0 ? pki_bytes("", 0) :
	PKI_SEQ(PKI_SEQ(pki_integer(serial), pki_time("260901000000Z"),
					PKI_SEQ(pki_extension(PKI_OID("\x55\x1D\x15"), false,
										  PKI_LITERAL("\x0A\x01\x01")))));
	CccdBytes	authority_id = pki_extension(PKI_OID("\x55\x1D\x23"), false,
											 PKI_SEQ(PKI_TLV(CCCD_DER_CONTEXT(0), pki_key_id(key))));
	CccdBytes	tbs = PKI_SEQ(pki_integer(1), pki_algorithm(key),
							  pki_name(country, issuer), pki_time(from),
							  pki_time("270101000000Z"), revoked,
							  PKI_TLV(CCCD_DER_EXPLICIT(0),
									  PKI_SEQ(authority_id,
											  pki_extension(PKI_OID("\x55\x1D\x14"), false,
															pki_integer(number)),
											  extensions)));

	return PKI_SEQ(tbs, pki_algorithm(key), pki_bits(pki_sign(key, tbs)));
}

static inline CccdBytes
pki_make_crl(const char *country, const char *issuer, EVP_PKEY *key,
			 int serial)
{
	return pki_change_crl(country, issuer, key, serial, "261001000000Z", 7,
						  pki_bytes("", 0));
}

static inline CccdBytes
pki_sha256(CccdBytes bytes)
{
	uint8_t		digest[32];

	EVP_Digest(bytes.data, bytes.length, digest, NULL, EVP_sha256(), NULL);
	return pki_bytes(digest, sizeof(digest));
}

static inline CccdBytes
pki_sha256_identifier(void)
{
	return PKI_SEQ(PKI_OID("\x60\x86\x48\x01\x65\x03\x04\x02\x01"));
}

/* The digest that goes with a key's signatures, and its identifier. */
static inline CccdBytes
pki_digest(EVP_PKEY *key, CccdBytes bytes)
{
	uint8_t		digest[EVP_MAX_MD_SIZE];
	unsigned int length;

	EVP_Digest(bytes.data, bytes.length, digest, &length,
			   pki_is_rsa(key) ? EVP_sha256() : EVP_sha384(), NULL);
	return pki_bytes(digest, length);
}

static inline CccdBytes
pki_digest_identifier(EVP_PKEY *key)
{
	return pki_is_rsa(key) ? pki_sha256_identifier() :
		PKI_SEQ(PKI_OID("\x60\x86\x48\x01\x65\x03\x04\x02\x02"));
}

/* What a message has instead; empty bytes leave a thing out. */
typedef struct PkiMessageChange
{
	CccdBytes	content;		/* with its tag */
	CccdBytes	certificates;
	CccdBytes	attributes;		/* further ones */
	CccdBytes	algorithm;
	CccdBytes	signature;
	CccdBytes	signers;
} PkiMessageChange;

/* What one signer adds to a message. */
static inline CccdBytes
pki_signer_info(CccdBytes content_type, CccdBytes content,
				const PkiCertificate *signer, const char *signing_time,
				const PkiMessageChange *change)
{
	CccdBytes	nothing = pki_bytes("", 0);
	CccdBytes	type = PKI_SEQ(PKI_OID("\x2A\x86\x48\x86\xF7\x0D\x01\x09\x03"),
							   PKI_SET(content_type));
	CccdBytes	digest = PKI_SEQ(PKI_OID("\x2A\x86\x48\x86\xF7\x0D\x01\x09\x04"),
								 PKI_SET(PKI_TLV(CCCD_DER_OCTET_STRING,
												 pki_digest(signer->key, content))));
	CccdBytes	time = signing_time == NULL ? nothing :
	PKI_SEQ(PKI_OID("\x2A\x86\x48\x86\xF7\x0D\x01\x09\x05"),
			PKI_SET(pki_time(signing_time)));

	/* in DER's order: the time's attribute is shorter than the digest's */
	CccdBytes	attributes = pki_wrap(-1, type, time, digest,
									  pki_or(change->attributes, nothing), PKI_END);
	CccdBytes	signature = PKI_TLV(CCCD_DER_OCTET_STRING,
									pki_sign(signer->key, PKI_SET(attributes)));

	return PKI_SEQ(pki_integer(1),
				   PKI_SEQ(pki_name(signer->country, signer->issuer),
						   pki_integer(signer->serial)),
				   pki_digest_identifier(signer->key),
				   PKI_TLV(CCCD_DER_EXPLICIT(0), attributes),
				   pki_or(change->algorithm, pki_algorithm(signer->key)),
				   pki_or(change->signature, signature));
}

static inline CccdBytes
pki_change_message(CccdBytes content_type, CccdBytes content,
				   const PkiCertificate *signer, CccdBytes certificate,
				   const char *signing_time, const PkiMessageChange *change)
{
	CccdBytes	info = pki_signer_info(content_type, content, signer,
									   signing_time, change);
	CccdBytes	wrapped = PKI_TLV(CCCD_DER_EXPLICIT(0),
								  PKI_TLV(CCCD_DER_OCTET_STRING, content));
	CccdBytes	data = PKI_SEQ(pki_integer(3),
							   PKI_SET(pki_digest_identifier(signer->key)),
							   PKI_SEQ(content_type,
									   pki_or(change->content, wrapped)),
							   PKI_TLV(CCCD_DER_EXPLICIT(0),
									   pki_or(change->certificates, certificate)),
							   PKI_SET(pki_or(change->signers, info)));

	return PKI_SEQ(PKI_OID("\x2A\x86\x48\x86\xF7\x0D\x01\x07\x02"),
				   PKI_TLV(CCCD_DER_EXPLICIT(0), data));
}

/* A message signed by one signer, its certificate embedded. */
static inline CccdBytes
pki_make_message(CccdBytes content_type, CccdBytes content,
				 const PkiCertificate *signer, CccdBytes certificate,
				 const char *signing_time)
{
	static const PkiMessageChange none;

	return pki_change_message(content_type, content, signer, certificate,
							  signing_time, &none);
}

static inline CccdBytes
pki_make_master_list(const PkiCertificate *signer, CccdBytes certificate,
					 CccdBytes certificates, const char *signing_time)
{
	return pki_make_message(PKI_OID("\x67\x81\x08\x01\x01\x02"),
							PKI_SEQ(pki_integer(0), PKI_SET(certificates)),
							signer, certificate, signing_time);
}

/* The files of an invented person's card. */
#define PKI_GROUPS	5

typedef struct PkiCard
{
	CccdBytes	groups[PKI_GROUPS]; /* DG1, DG2, DG13, DG14, DG15 */
	CccdBytes	content;		/* of the security object */
	CccdBytes	sod;
} PkiCard;

static inline CccdBytes
pki_dg13_field(int number, CccdBytes value)
{
	return PKI_SEQ(pki_integer(number), value);
}

#define PKI_SECURITY_OBJECT	PKI_OID("\x67\x81\x08\x01\x01\x01")

/* An RSA key of so many octets that nobody made, for what it costs. */
static inline CccdBytes
pki_rsa_info(size_t octets, CccdBytes exponent)
{
	uint8_t    *modulus = pki_alloc(1 + octets);

	memset(modulus, 0xA5, 1 + octets);
	modulus[0] = 0;
	return PKI_SEQ(PKI_SEQ(PKI_OID("\x2A\x86\x48\x86\xF7\x0D\x01\x01\x01"),
						   PKI_LITERAL("\x05\x00")),
				   pki_bits(PKI_SEQ(PKI_TLV(CCCD_DER_INTEGER,
											pki_bytes(modulus, 1 + octets)),
									PKI_TLV(CCCD_DER_INTEGER, exponent))));
}

/* The entry of a data group in a security object. */
static inline CccdBytes
pki_group_hash(int number, CccdBytes group)
{
	return PKI_SEQ(pki_integer(number),
				   PKI_TLV(CCCD_DER_OCTET_STRING, pki_sha256(group)));
}

static inline PkiCard
pki_make_card(const PkiCertificate *signer, CccdBytes certificate,
			  size_t photo_size, const char *signing_time)
{
	static const int numbers[PKI_GROUPS] = {1, 2, 13, 14, 15};
	static const char mrz[] =
	"IDVNM2010012347001201001234<<5"
	"0107128M4107128VNM<<<<<<<<<<<4"
	"NGUYEN<<VAN<AN<<<<<<<<<<<<<<<<";
	EVP_PKEY   *chip = pki_key("prime256v1", false);
	uint8_t    *photo = pki_alloc(photo_size);
	CccdBytes	hashes = pki_bytes("", 0);
	PkiCard		card;
	size_t		k;

	for (k = 0; k < photo_size; k++)
		photo[k] = (uint8_t) (k * 31 + k / 251);
	card.groups[0] = PKI_TLV(0x61, PKI_TLV(0x5F1F, PKI_LITERAL(mrz)));
	card.groups[1] = PKI_TLV(0x75, PKI_TLV(0x7F61,
										   pki_integer(1), PKI_TLV(0x7F60, PKI_TLV(0x5F2E,
																				   pki_bytes(photo, photo_size)))));
	card.groups[2] = PKI_TLV(0x6D, PKI_TLV(0x30,
										   PKI_OID("\x2B\x06\x01"),
										   PKI_SET(pki_dg13_field(1, PKI_TLV(0x0C,
																			 PKI_LITERAL("001201001234"))),
												   pki_dg13_field(2, PKI_TLV(0x0C, PKI_LITERAL(
																							   "Nguy\xE1\xBB\x85n V\xC4\x83n An"))),
												   pki_dg13_field(3, PKI_TLV(0x0C,
																			 PKI_LITERAL("12/07/2001"))))));
	card.groups[3] = PKI_TLV(0x6E, PKI_SET(PKI_SEQ(
												   PKI_OID("\x67\x81\x08\x01\x01\x05"), pki_integer(1),
												   PKI_OID("\x04\x00\x7F\x00\x07\x01\x01\x04\x01\x03"))));
	card.groups[4] = PKI_TLV(0x6F, pki_public_key(chip));
	EVP_PKEY_free(chip);
	for (k = 0; k < PKI_GROUPS; k++)
		hashes = pki_wrap(-1, hashes, pki_group_hash(numbers[k],
													 card.groups[k]), PKI_END);
	card.content = PKI_SEQ(pki_integer(0), pki_sha256_identifier(),
						   PKI_SEQ(hashes));
	card.sod = PKI_TLV(0x77, pki_make_message(PKI_SECURITY_OBJECT,
											  card.content, signer,
											  certificate, signing_time));
	return card;
}

/* The security object of a card with other signers. */
static inline CccdBytes
pki_make_crowd(const PkiCard *card, const PkiCertificate *signers,
			   const CccdBytes *certificates, int count,
			   const PkiMessageChange *change)
{
	PkiMessageChange crowd = {.certificates = pki_bytes("", 0),
	.signers = pki_bytes("", 0)};

	for (int k = 0; k < count; k++)
	{
		crowd.certificates = pki_wrap(-1, crowd.certificates,
									  certificates[k], PKI_END);
		crowd.signers = pki_wrap(-1, crowd.signers,
								 pki_signer_info(PKI_SECURITY_OBJECT,
												 card->content, &signers[k],
												 NULL, change), PKI_END);
	}
	return PKI_TLV(0x77, pki_change_message(PKI_SECURITY_OBJECT,
											card->content, &signers[0],
											certificates[0], NULL, &crowd));
}

#endif							/* PKI_H */
