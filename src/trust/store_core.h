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

#include "trust/trust_core.h"

/* Signatures tried for one certificate before giving up. */
#define CCCD_CHAIN_ATTEMPTS		64

/* Revocation lists of one state that are looked at, the newest ones. */
#define CCCD_REVOCATION_LISTS	8

typedef struct cccd_anchor
{
	cccd_certificate certificate;
	uint64_t	subject_hash;
	uint8_t		fingerprint[CCCD_SHA256_SIZE];
	uint8_t		purpose;
	uint8_t		source;
	uint8_t		flags;
	bool		key_made;
	cccd_key   *key;
} cccd_anchor;

typedef struct cccd_listed_crl
{
	cccd_crl	crl;
	bool		checked;
	int			anchor;			/* that signed it, or -1 */
	bool		issuer_found;	/* some anchor should have */
} cccd_listed_crl;

typedef struct cccd_listed_signer
{
	cccd_certificate certificate;
	uint8_t		purpose;
} cccd_listed_signer;

typedef struct cccd_trust_store
{
	uint8_t		digest[CCCD_SHA256_SIZE];
	int			anchor_count;
	cccd_anchor *anchors;
	int			crl_count;
	cccd_listed_crl *crls;
	int			signer_count;
	cccd_listed_signer *signers;
} cccd_trust_store;

typedef enum cccd_chain_match
{
	CCCD_CHAIN_NONE,
	CCCD_CHAIN_BY_KEY_ID,
	CCCD_CHAIN_BY_NAME,
	CCCD_CHAIN_BY_COUNTRY
} cccd_chain_match;

typedef struct cccd_chain
{
	cccd_chain_match match;		/* how the anchor was found */
	int			anchor;			/* which verified the signature, or -1 */
	bool		candidates;		/* the anchor that it names is there */
	bool		unsupported;	/* an algorithm or key stood in the way */
} cccd_chain;

typedef struct cccd_revocation_list
{
	int64_t		this_update;
	int64_t		next_update;
	bool		has_next_update;
} cccd_revocation_list;

typedef struct cccd_revocation_state
{
	bool		revoked;
	int64_t		revoked_at;
	int			reason;
	bool		csca_revoked;
	int64_t		csca_revoked_at;
	bool		by_country;		/* the list's issuer is another CSCA */
	bool		listed_any;		/* the state has some list */
	bool		signature_invalid;
	bool		issuer_unknown;
	bool		unsupported;
	int			list_count;		/* verified lists that cover the signer */
	cccd_revocation_list lists[CCCD_REVOCATION_LISTS];
} cccd_revocation_state;

extern size_t cccd_store_size(cccd_bytes value);
extern bool cccd_store_open(cccd_bytes value, void *memory,
							cccd_trust_store **store);
extern void cccd_store_close(cccd_trust_store *store);

extern cccd_key *cccd_anchor_key(cccd_anchor *anchor);
extern void cccd_store_chain(cccd_trust_store *store, int purpose,
							 const cccd_certificate *certificate,
							 cccd_chain *chain);
extern void cccd_store_revocation(cccd_trust_store *store, int purpose,
								  const cccd_certificate *certificate,
								  int anchor, cccd_revocation_state *state);

#endif							/* CCCD_STORE_CORE_H */
