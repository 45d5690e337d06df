/*
 * store_core.h
 *		A trust value made ready for questions: which anchor signed this
 *		certificate, and is it revoked?
 *
 * Certificates are read once, keys are built when first needed, lists of
 * revoked certificates are verified when first asked.
 */
#ifndef CCCD_STORE_CORE_H
#define CCCD_STORE_CORE_H

#include "trust/key_store_core.h"
#include "trust/trust_core.h"

/* Signatures tried for one certificate before giving up. */
#define CCCD_CHAIN_ATTEMPTS		64

/* Revocation lists of one state that are looked at, the newest ones. */
#define CCCD_REVOCATION_LISTS	8

/*
 * Signatures of revocation lists tried in one call, the newest lists first: a
 * list names the key that signed it, so it needs one.
 */
#define CCCD_REVOCATION_ATTEMPTS	64

typedef struct CccdAnchor
{
	CccdX509	certificate;
	uint64_t	subject_hash;
	uint8_t		fingerprint[CCCD_SHA256_SIZE];
	uint8_t		purpose;
	uint8_t		source;
	uint8_t		flags;
	bool		key_made;
	CccdKey    *key;
} CccdAnchor;

typedef struct CccdListedCrl
{
	CccdCrl		crl;
	bool		checked;
	int			attempts;		/* signatures that were tried for that */
	int			anchor;			/* that signed it, or -1 */
	bool		issuer_found;	/* some anchor should have */
	bool		unsupported;	/* an algorithm or key stood in the way */
} CccdListedCrl;

typedef struct CccdListedSigner
{
	CccdX509	certificate;
	uint8_t		purpose;
} CccdListedSigner;

typedef struct CccdTrustStore
{
	uint8_t		digest[CCCD_SHA256_SIZE];
	int			anchor_count;
	CccdAnchor *anchors;
	int			crl_count;		/* the newest first */
	CccdListedCrl *crls;
	int			signer_count;
	CccdListedSigner *signers;
	int			key_count;		/* by purpose and identifier */
	CccdListedKey *keys;
	int			revocation_count;
	CccdListedRevocation *revocations;
} CccdTrustStore;

typedef enum CccdChainMatch
{
	CCCD_CHAIN_NONE,
	CCCD_CHAIN_BY_KEY_ID,
	CCCD_CHAIN_BY_NAME,
	CCCD_CHAIN_BY_COUNTRY
} CccdChainMatch;

typedef struct CccdChain
{
	CccdChainMatch match;		/* how the anchor was found */
	int			anchor;			/* which verified the signature, or -1 */
	bool		candidates;		/* the anchor that it names is there */
	bool		unsupported;	/* an algorithm or key stood in the way */
	bool		exhausted;		/* not all candidates were tried */
} CccdChain;

typedef struct CccdRevocationList
{
	int64_t		this_update;
	int64_t		next_update;
	bool		has_next_update;
} CccdRevocationList;

typedef struct CccdRevocationState
{
	bool		revoked;
	int64_t		revoked_at;
	int			reason;
	bool		csca_revoked;
	int64_t		csca_revoked_at;
	bool		by_country;		/* another CSCA lists the serial number */
	bool		signature_invalid;
	bool		signature_unsupported;
	bool		issuer_unknown;
	bool		unsupported;	/* a list of a kind that is not read */
	bool		number_rollback;	/* a newer list has a lower number */
	bool		exhausted;		/* the oldest lists were not looked at */
	int			list_count;		/* verified lists that cover the signer */
	CccdRevocationList lists[CCCD_REVOCATION_LISTS];
} CccdRevocationState;

/*
 * Bytes of memory that a store needs besides the value, which it points into.
 */
extern size_t cccd_store_size(CccdBytes value);

/*
 * Read a value into memory, cccd_store_size() bytes aligned for any type;
 * *store is at its beginning.  The value must stay where it is as long as the
 * store is used.  Returns false if the value is damaged or memory ran out; the
 * store then owns nothing.
 */
extern bool cccd_store_open(CccdBytes value, void *memory,
							CccdTrustStore **store);

/* Free the keys that a store has made; its memory is the caller's. */
extern void cccd_store_close(CccdTrustStore *store);

/*
 * The anchor's key, made when first wanted; the store owns it.  NULL if it
 * cannot be used, or if memory ran out, which cccd_memory_ran_out() tells.
 */
extern CccdKey *cccd_anchor_key(CccdAnchor *anchor);

/*
 * Find the anchor of a purpose whose key signed a certificate: first those
 * with the key identifier it names, then those with the issuer's name, then
 * all of its state (Doc 9303-12 6.1.1, BSI TR-03135-1 5.6.4.3.3).  Several
 * CSCAs of a state have one name, and key identifiers are sometimes wrong; the
 * signature decides, and how the anchor was found is reported.  A candidate
 * that did not sign counts against the certificate only if the certificate
 * names it by key identifier and by name: else its own CSCA is not here.  At
 * most CCCD_CHAIN_ATTEMPTS signatures are tried, each one of effort, which may
 * be NULL.
 */
extern void cccd_store_chain(CccdTrustStore *store, int purpose,
							 const CccdX509 *certificate,
							 CccdEffort *effort, CccdChain *chain);

/*
 * What the revocation lists of the signer's state say about a signer and its
 * CSCA, the anchor of that number.  Serial numbers are unique per issuer (RFC
 * 5280 5.3), so only lists of its own CSCA count: those that a key of the CSCA
 * signed, under any of its names.  A list is signed with the newest key and
 * covers what older ones issued (Doc 9303-12 4.1.5, 7.1.4): keys belong
 * together by a name in common, and names by a key or a verified link.  That
 * another CSCA of the state lists the same serial number is noted in
 * by_country and revokes nothing.  A CSCA is revoked with any certificate of its
 * key that it issued and the value holds.
 *
 * Lists are the operator's: their signatures are tried with an effort of their
 * own, CCCD_REVOCATION_ATTEMPTS a call, which may be NULL.  Each is verified
 * once, but counts whenever it is asked, so that the same call has the same
 * answer whatever was verified before; state->exhausted says that it did not
 * suffice.
 */
extern void cccd_store_revocation(CccdTrustStore *store, int purpose,
								  const CccdX509 *certificate,
								  int anchor, CccdEffort *effort,
								  CccdRevocationState *state);

#endif							/* CCCD_STORE_CORE_H */
