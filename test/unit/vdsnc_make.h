/*
 * vdsnc_make.h
 *		Seals of our own, honest and otherwise: data that is canonical already
 *		is signed with a key of the test's by a certificate of its PKI.
 */
#ifndef VDSNC_MAKE_H
#define VDSNC_MAKE_H

#include "hcert_make.h"

/* The parts of a seal, each canonical (RFC 8785). */
#define SEAL_DATA(is, t, msg) \
	"{\"hdr\":{\"is\":\"" is "\",\"t\":\"icao." t "\",\"v\":1},\"msg\":" msg "}"
#define SEAL_PERSON(name) \
	"\"pid\":{\"dob\":\"1990-05-17\",\"i\":\"P1234567\",\"n\":\"" name "\",\"sex\":\"M\"}"
#define SEAL_DOSE(number, date) \
	"{\"adm\":\"Clinic\",\"ctr\":\"UTO\",\"dvc\":\"" date "\",\"lot\":\"L1\",\"seq\":" number "}"
#define SEAL_VACCINE(name, doses) \
	"{\"des\":\"XM68M6\",\"dis\":\"RA01.0\",\"nam\":\"" name "\",\"vd\":[" doses "]}"
#define SEAL_VACCINATION(person, vaccines) \
	"{" person ",\"uvci\":\"U12345678901\",\"ve\":[" vaccines "]}"
#define SEAL_TEST(kind, result, sampled) \
	"{\"dat\":{\"ri\":\"2026-02-01T12:00:00+07:00\",\"sc\":\"" sampled "\"}," \
	SEAL_PERSON("NGUYEN  VAN AN") ",\"sp\":{\"ctr\":\"UTO\",\"spn\":\"Lab\"}," \
	"\"tr\":{\"m\":\"saliva\",\"r\":\"" result "\",\"tc\":\"" kind "\"}," \
	"\"utci\":\"T00000000001\"}"

#define SEAL_TWO_DOSES \
	SEAL_DATA("UTO", "vacc", SEAL_VACCINATION(SEAL_PERSON("NGUYEN  VAN AN"), \
		SEAL_VACCINE("Comirnaty", SEAL_DOSE("1", "2025-10-25") "," \
					 SEAL_DOSE("2", "2025-11-20"))))
#define SEAL_PCR \
	SEAL_DATA("UTO", "test", SEAL_TEST("molecular(PCR)", "negative", \
									   "2026-02-01T08:30:00+07:00"))

typedef struct SealMake
{
	EVP_PKEY   *key;			/* that signs */
	CccdBytes	certificate;
	const char *algorithm;		/* NULL: ES256 */
	const char *data;			/* canonical; what is signed */
	const char *shown;			/* NULL: data; what stands in the text */
	bool		padded;			/* base64 with = behind it */
	bool		other_alphabet; /* + and / for - and _ */
} SealMake;

/* Base64 in the URL alphabet, ended by a zero byte. */
static inline const char *
seal_base64(CccdBytes bytes, bool padded, bool other_alphabet)
{
	const char *alphabet = other_alphabet ?
	"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/" :
	"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
	char	   *text = pki_alloc(bytes.length / 3 * 4 + 8);
	char	   *p = text;

	for (size_t k = 0; k < bytes.length; k += 3)
	{
		uint32_t	group = (uint32_t) bytes.data[k] << 16;
		size_t		count = bytes.length - k < 3 ? bytes.length - k : 3;

		if (count > 1)
			group |= (uint32_t) bytes.data[k + 1] << 8;
		if (count > 2)
			group |= bytes.data[k + 2];
		for (size_t c = 0; c <= count; c++)
			*p++ = alphabet[group >> (18 - 6 * c) & 63];
		for (size_t c = count; padded && c < 3; c++)
			*p++ = '=';
	}
	*p = '\0';
	return text;
}

/* The text of a seal, ended by a zero byte. */
static inline const char *
seal_text(const SealMake *make)
{
	const char *algorithm = make->algorithm != NULL ? make->algorithm :
	"ES256";
	int			number = strcmp(algorithm, "ES512") == 0 ? -36 :
	strcmp(algorithm, "ES384") == 0 ? -35 : -7;
	CccdBytes	signature = hcert_sign(make->key, number,
									   pki_bytes(make->data, strlen(make->data)));
	const char *shown = make->shown != NULL ? make->shown : make->data;
	const char *cer = seal_base64(make->certificate, make->padded,
								  make->other_alphabet);
	static char text[HCERT_ROOM];
	int			length;

	length = snprintf(text, sizeof(text),
					  "{\"data\":%s,\"sig\":{\"alg\":\"%s\",\"cer\":\"%s\",\"sigvl\":\"%s\"}}",
					  shown, algorithm, cer,
					  seal_base64(signature, make->padded, make->other_alphabet));
	return (const char *) pki_bytes(text, (size_t) length + 1).data;
}

/* The extension of document types with one of them, or with none. */
static inline CccdBytes
seal_types(const char *type)
{
	return *type == '\0' ? pki_bytes("", 0) :
		pki_extension(PKI_OID("\x67\x81\x08\x01\x01\x06\x02"), false,
					  PKI_SEQ(pki_integer(0),
							  PKI_SET(PKI_TLV(0x13, pki_bytes(type, strlen(type))))));
}

/* The extended key usage of signers of seals. */
static inline CccdBytes
seal_usage(void)
{
	return pki_extension(PKI_OID("\x55\x1D\x25"), true,
						 PKI_SEQ(PKI_OID("\x67\x81\x08\x01\x01\x0E\x02")));
}

/* A signer of seals of this type under a CSCA. */
static inline CccdBytes
seal_signer(const PkiCertificate *signer, const char *type)
{
	PkiChange	change = {.extensions = pki_wrap(-1, seal_usage(),
												 seal_types(type), PKI_END)};

	return pki_change_certificate(signer, &change);
}

#endif							/* VDSNC_MAKE_H */
