/*
 * key_entry_core.h
 *		Two kinds of entries of a trust value that are not X.509 objects: a
 *		key as a trust list names it, and what a revocation list revokes.
 *
 *	key		SEQUENCE { keyIdentifier OCTET STRING, country OCTET STRING,
 *				usages INTEGER, CHOICE { certificate [0] Certificate,
 *				publicKey [1] SubjectPublicKeyInfo },
 *				issuer [2] IMPLICIT UTF8String OPTIONAL }
 *	revoked	SEQUENCE { scope INTEGER, keyIdentifier OCTET STRING,
 *				width INTEGER, items OCTET STRING }
 *
 * Both are DER, so that equal content is equal bytes.
 */
#ifndef CCCD_KEY_ENTRY_CORE_H
#define CCCD_KEY_ENTRY_CORE_H

#include "pki/x509_core.h"

/* First bytes of a certificate's SHA-256, by which lists name its key. */
#define CCCD_KID_SIZE		8
#define CCCD_KID_MAX		64

/* Bytes of the URL of an issuer of SMART Health Cards. */
#define CCCD_KEY_ISSUER_MAX	255

/* What a key may sign, as bits; none of them: everything. */
#define CCCD_KEY_VACCINATION	1
#define CCCD_KEY_TEST			2
#define CCCD_KEY_RECOVERY		4
#define CCCD_KEY_USAGES			7

typedef struct CccdKeyEntry
{
	CccdBytes	kid;
	char		country[4];		/* two letters, or none */
	uint8_t		usages;
	bool		has_certificate;
	CccdBytes	content;		/* certificate or SubjectPublicKeyInfo */
	CccdBytes	issuer;			/* whose cards alone it signs; or no bytes */
	CccdX509	certificate;
	CccdPublicKey key;
} CccdKeyEntry;

/* What an item of a revocation list names. */
typedef enum CccdRevokedScope
{
	CCCD_REVOKED_UCI = 1,		/* SHA-256 of the certificate identifier */
	CCCD_REVOKED_COUNTRY_UCI,	/* of issuing country and identifier */
	CCCD_REVOKED_SIGNATURE,		/* of the signature (r alone with ECDSA) */
	CCCD_REVOKED_KEY,			/* key identifier */
	CCCD_REVOKED_COUNTRY		/* all that a country issued */
} CccdRevokedScope;

/* Hashes are cut to this (regulation of the gateway: 128 bits). */
#define CCCD_REVOKED_HASH		16
#define CCCD_REVOKED_ITEMS		262144

typedef struct CccdRevokedEntry
{
	CccdRevokedScope scope;
	CccdBytes	kid;			/* none: whoever signed */
	int			width;
	CccdBytes	items;			/* ascending, each of this width */
} CccdRevokedEntry;

/*
 * Read a key entry, whose bytes must live as long as it is used.  Returns
 * false if they are not what cccd_key_entry_write writes; what entry holds
 * then means nothing.
 */
extern bool cccd_key_entry_read(CccdBytes bytes, CccdKeyEntry *entry);

/* Bytes that cccd_key_entry_write writes. */
extern size_t cccd_key_entry_size(const CccdKeyEntry *entry);

/*
 * Write an entry from its kid, country, usages, has_certificate, content and
 * issuer.  Returns the bytes written.
 */
extern size_t cccd_key_entry_write(const CccdKeyEntry *entry, uint8_t *out);

/*
 * Read a revocation entry, whose bytes must live as long as it is used.
 * Returns false if they are not what cccd_revoked_entry_write writes; what
 * entry holds then means nothing.
 */
extern bool cccd_revoked_entry_read(CccdBytes bytes,
									CccdRevokedEntry *entry);

/* Bytes that cccd_revoked_entry_write writes. */
extern size_t cccd_revoked_entry_size(const CccdRevokedEntry *entry);

/*
 * Write an entry.  Its items must ascend, none of them twice.  Returns the
 * bytes written.
 */
extern size_t cccd_revoked_entry_write(const CccdRevokedEntry *entry,
									   uint8_t *out);

/*
 * Whether an item, cut to the list's width, is on it; a shorter one is not.
 */
extern bool cccd_revoked_entry_has(const CccdRevokedEntry *entry,
								   CccdBytes item);

/* The SQL name of a scope, a constant. */
extern const char *cccd_revoked_scope_name(int scope);

/* The scope of a name of length bytes; 0 if there is no such scope. */
extern int	cccd_revoked_scope_by_name(const char *name, size_t length);

/* Bytes of an item of a scope: longer hashes are cut to it. */
extern int	cccd_revoked_width(int scope);

/* What is wrong with an item of a revocation list as somebody wrote it. */
typedef enum CccdRevokedFault
{
	CCCD_REVOKED_GOOD,
	CCCD_REVOKED_LENGTH,		/* neither the width nor a SHA-256 */
	CCCD_REVOKED_HEX,			/* hexadecimal text instead of bytes */
	CCCD_REVOKED_TEXT,			/* an identifier instead of its hash */
	CCCD_REVOKED_STATE			/* not two capital letters */
} CccdRevokedFault;

/*
 * Whether an item of a scope can name anything: a hash of 32 bytes or cut to
 * the scope's width, the two letters of a state.  Hashes as text have other
 * lengths, but for hexadecimal text of half a SHA-256, which is known by its
 * letters: a hash has 32 such bytes once in 10^34.  Identifiers may have any
 * length: one of 16 or 32 bytes is known by its letters, digits and marks, which
 * a hash of 16 bytes has once in 10^9.
 */
extern CccdRevokedFault cccd_revoked_item_check(int scope, CccdBytes item);

/*
 * Whether a key's identifier is that of 8 or 32 bytes written as hexadecimal or
 * base64 text; of 8 bytes with its padding, because an issuer may have made an
 * identifier of 11 letters.
 */
extern bool cccd_kid_is_text(CccdBytes kid);

/*
 * The kinds of health certificates that a signer's certificate allows, as bits
 * CCCD_KEY_, by its extended key usages (eHealth Network, volume 3, 2.6.6); 0
 * means all of them.
 */
extern uint8_t cccd_x509_usages(const CccdX509 *certificate);

#endif							/* CCCD_KEY_ENTRY_CORE_H */
