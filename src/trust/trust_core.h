/*
 * trust_core.h
 *		The trust value: certificates and revocation lists with what they may
 *		be used for, as one string of bytes.
 *
 *	offset 0	"CCT1"
 *	offset 4	SHA-256 of everything from offset 36 to the end
 *	offset 36	number of entries
 *	offset 40	entries: kind, purpose, source, flags (a byte each), length,
 *				SHA-256 of the bytes, the bytes
 *
 * Numbers are four bytes, least significant first.  Entries are in order of
 * purpose and fingerprint and none is there twice, so equal sets are equal
 * bytes and have equal digests.
 *
 * What is trusted is decided when a value is made: an anchor is a key that the
 * operator named, that a verified master list holds, or to which a link
 * certificate signed by an anchor leads.
 */
#ifndef CCCD_TRUST_CORE_H
#define CCCD_TRUST_CORE_H

#include "pki/crl_core.h"
#include "pki/x509_core.h"
#include "trust/key_entry_core.h"

#define CCCD_TRUST_DIGEST		4
#define CCCD_TRUST_COUNT		36
#define CCCD_TRUST_HEADER		40
#define CCCD_TRUST_ENTRY		40	/* bytes of an entry before its content */
#define CCCD_TRUST_ENTRIES		65536
#define CCCD_TRUST_SIZE			(64 * 1024 * 1024)

typedef enum CccdTrustKind
{
	CCCD_TRUST_ANCHOR = 1,		/* a key that is trusted */
	CCCD_TRUST_LINK,			/* a CA certificate whose issuer is not one */
	CCCD_TRUST_SIGNER,			/* a signer, to be verified like any other */
	CCCD_TRUST_CRL,
	CCCD_TRUST_KEY,				/* a key as a list names it */
	CCCD_TRUST_REVOKED			/* what a list revokes */
} CccdTrustKind;

typedef enum CccdTrustPurpose
{
	CCCD_PURPOSE_CHIP = 1,
	CCCD_PURPOSE_HEALTH_CERTIFICATE,
	CCCD_PURPOSE_TICKET,
	CCCD_PURPOSE_HEALTH_TEST	/* keys that issue certificates for tests */
} CccdTrustPurpose;

typedef enum CccdTrustSource
{
	CCCD_TRUST_SOURCE_OPERATOR = 1,
	CCCD_TRUST_SOURCE_MASTER_LIST,	/* its signature was verified */
	CCCD_TRUST_SOURCE_LDIF,
	CCCD_TRUST_SOURCE_RAW_LIST, /* a list without a signature */
	CCCD_TRUST_SOURCE_JSON
} CccdTrustSource;

#define CCCD_TRUST_VIA_LINK		0x01
#define CCCD_TRUST_PROFILE		0x02	/* not what Doc 9303-12 wants of a
										 * CSCA */

typedef struct CccdTrustEntry
{
	uint8_t		kind;
	uint8_t		purpose;
	uint8_t		source;
	uint8_t		flags;
	CccdBytes	bytes;
	uint8_t		fingerprint[CCCD_SHA256_SIZE];
} CccdTrustEntry;

/* The SQL name of a kind of entry, a constant. */
extern const char *cccd_trust_kind_name(int kind);

/* The SQL name of a source, a constant. */
extern const char *cccd_trust_source_name(int source);

/* The SQL name of a purpose, a constant. */
extern const char *cccd_trust_purpose_name(int purpose);

/* The purpose of a name of length bytes; 0 if there is no such purpose. */
extern int	cccd_trust_purpose_by_name(const char *name, size_t length);

/* The kind of a name of length bytes; 0 if there is no such kind. */
extern int	cccd_trust_kind_by_name(const char *name, size_t length);

/* The source of a name of length bytes; 0 if there is no such source. */
extern int	cccd_trust_source_by_name(const char *name, size_t length);

/*
 * Whether bytes begin with the header of a value.  No function below but
 * cccd_trust_valid may be asked about others.
 */
extern bool cccd_trust_header_valid(CccdBytes value);

/*
 * Whether a value is all that it promises: its digest, its order, its
 * fingerprints, and that certificates and lists can be read.  For what comes
 * from outside; it takes as long as hashing everything twice.
 */
extern bool cccd_trust_valid(CccdBytes value);

/* The number of entries that the header states. */
extern uint32_t cccd_trust_count(CccdBytes value);

/*
 * The entry at *offset, which starts as 0 and is left behind the entry.  It
 * points into the value.  Returns false at the end, or before an entry that is
 * damaged: *offset is then not the length.
 */
extern bool cccd_trust_next(CccdBytes value, size_t *offset,
							CccdTrustEntry *entry);

/*
 * Make an entry of bytes whose kind is known, without flags; they must live as
 * long as it is used.  Returns false if memory ran out.
 */
extern bool cccd_trust_entry_of(CccdBytes bytes, int kind, int purpose,
								int source, CccdTrustEntry *entry);

/*
 * Whether the bytes of an entry are what its kind says: a certificate, a
 * revocation list, a key or a revocation that can be read.
 */
extern bool cccd_trust_content_valid(const CccdTrustEntry *entry);

/*
 * The state that an entry speaks for, with a final zero byte: the subject's of
 * a certificate, the issuer's of a revocation list, of a key what its list or
 * else its certificate says.  Empty if it names none, as a revocation does.
 */
extern void cccd_trust_country(const CccdTrustEntry *entry, char country[4]);

/*
 * Make an entry of a certificate: an anchor if it is a CA's and signed by its
 * own key, a link if it is a CA's and another key signed it, else a signer.
 * Trust lists for health certificates and tickets name the signers'
 * certificates themselves, so there each is an anchor.  Returns false if the
 * bytes are not a certificate or memory ran out.
 */
extern bool cccd_trust_classify(CccdBytes bytes, int purpose, int source,
								CccdTrustEntry *entry);

/* Signatures tried for one link in one round before giving up. */
#define CCCD_LINK_ATTEMPTS		64

/*
 * Put entries in order, drop what is there twice, and let links add trust: a
 * link that an anchor of the same state signed becomes an anchor, which may
 * sign the next one.  What became an anchor so before is a link again first,
 * so that the result depends on the certificates alone.  At most
 * CCCD_LINK_ATTEMPTS signatures are tried for a link in each round.  work has
 * room for count certificates; breathe, if not NULL, is called for each link
 * and before each signature, and may leave by a non-local exit.  Returns how many entries
 * remain.
 */
extern int	cccd_trust_settle(CccdTrustEntry *entries, int count,
							  CccdX509 *work,
							  void (*breathe) (void));

/* Bytes of a value of these entries. */
extern size_t cccd_trust_size(const CccdTrustEntry *entries, int count);

/*
 * Write a value of settled entries; out has room for cccd_trust_size() bytes.
 * Returns false if memory ran out.
 */
extern bool cccd_trust_write(const CccdTrustEntry *entries, int count,
							 uint8_t *out);

#endif							/* CCCD_TRUST_CORE_H */
