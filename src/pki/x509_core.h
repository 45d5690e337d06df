/*
 * x509_core.h
 *		X.509 certificates (RFC 5280, profile of Doc 9303-12 chapter 7).
 *
 * Reading says what a certificate says; whether to believe it is for the
 * caller.  Everything points into the certificate's bytes.
 */
#ifndef CCCD_X509_CORE_H
#define CCCD_X509_CORE_H

#include "pki/signed_core.h"

/* keyUsage bits, numbered as RFC 5280 4.2.1.3 numbers them */
#define CCCD_USAGE_DIGITAL_SIGNATURE	0x8000
#define CCCD_USAGE_CERT_SIGN			0x0400
#define CCCD_USAGE_CRL_SIGN				0x0200

/* extended key usages of Doc 9303-12 */
#define CCCD_EKU_MASTER_LIST	"\x67\x81\x08\x01\x01\x03"

/* that of Doc 9303-13 for signers of visible digital seals (VDS-NC) */
#define CCCD_EKU_SEAL			"\x67\x81\x08\x01\x01\x0E\x02"

typedef struct CccdX509
{
	CccdBytes	whole;
	CccdSigned	signed_part;
	CccdBytes	serial;			/* without leading zeros */
	CccdBytes	issuer;
	CccdBytes	subject;
	char		issuer_country[4];	/* empty: none, or more than one */
	char		subject_country[4];
	bool		country_lower_case;
	bool		country_ambiguous;	/* issuer or subject is of two states */
	int64_t		not_before;		/* microseconds since 2000-01-01 UTC */
	int64_t		not_after;
	bool		time_invalid;
	CccdBytes	key_info;
	CccdPublicKey key;

	/* extensions; absent ones have no bytes */
	CccdBytes	subject_key_id;
	CccdBytes	authority_key_id;
	bool		has_key_usage;
	uint16_t	key_usage;
	bool		has_basic_constraints;
	bool		ca;
	int			path_length;	/* -1: none */
	CccdBytes	extended_key_usage; /* object identifiers */
	bool		eku_critical;
	CccdBytes	document_types; /* DocumentTypeListSyntax */
	CccdBytes	subject_alt_names;	/* GeneralNames */
	CccdBytes	issuer_alt_names;
	bool		has_key_period;
	int64_t		key_not_before;
	int64_t		key_not_after;
	bool		critical_unknown;
} CccdX509;

/*
 * Read one certificate, the whole of bytes, up to CCCD_DER_SIZE of them, which
 * must live as long as it is used.  Returns false if it cannot be read; *error
 * and *offset then say why and where, and of what certificate holds only
 * subject means anything, which is empty if the fault stands before it.
 * Times that cannot be read set time_invalid.  A subject key identifier that
 * is not an OCTET STRING in its extension is absent.  A key usage, basic
 * constraints, an extended key usage, a list of document types or alternative
 * names that stand there twice (RFC 5280 4.2) cannot be read.  Issuer and
 * subject are of the state of their countryName (cccd_dn_country), and of none
 * if their alternative names have the locality of another one; alternative
 * names that cannot be read say nothing.
 */
extern bool cccd_x509_read(CccdBytes bytes,
						   CccdX509 *certificate,
						   CccdDerError *error, size_t *offset);

/*
 * Whether issuer and subject are the same name, which is not yet a signature.
 */
extern bool cccd_x509_self_issued(const CccdX509 *certificate);

/*
 * Whether the subject's alternative names have URLs, byte for byte, none of
 * which is this one.  Alternative names that cannot be read have none.
 */
extern bool cccd_x509_has_other_uri(const CccdX509 *certificate,
									CccdBytes uri);

/*
 * Whether the certificate has an extended key usage, by the content of its
 * OBJECT IDENTIFIER.
 */
extern bool cccd_x509_has_eku(const CccdX509 *certificate,
							  CccdBytes oid);

/*
 * Whether the certificate has an extended key usage that names another role
 * than that of a document signer: one of RFC 5280 4.2.1.12 (TLS, code, e-mail,
 * time stamps, OCSP and all others under id-kp), of Doc 9303 (every identifier
 * under 2.23.136.1.1: master lists, deviation lists, seals, LDS2, SPOC), or of
 * health certificates (both spellings in use).  One that cannot be read counts as
 * another role; anyExtendedKeyUsage and unknown identifiers do not.
 */
extern bool cccd_x509_has_other_role(const CccdX509 *certificate);

/*
 * Whether the signer may sign documents of an MRZ's document code of length
 * letters (Doc 9303-12 7.1.1.6: DocumentTypeListSyntax ::= SEQUENCE { version,
 * SET OF DocumentType }).  A type of one letter stands for every code that
 * begins with it.  Without such a list every document is allowed.
 */
extern bool cccd_x509_allows_document(const CccdX509 *certificate,
									  const char *code, size_t length);

#endif							/* CCCD_X509_CORE_H */
