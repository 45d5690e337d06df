/*
 * chip_core.h
 *		Passive authentication (Doc 9303-11 5.1, 9303-12 6.1, BSI TR-03135-1
 *		5.6.4): is what the chip holds what its state signed?
 *
 * Every check has a status of its own.  What could not be checked is never
 * ok.  A document is trusted when everything that the policy demands is ok.
 *
 *	strict	what the standards demand (BSI TR-03105-5.1 fails the rest)
 *	field	tolerates the deviations of documents in use, each with a flag
 */
#ifndef CCCD_CHIP_CORE_H
#define CCCD_CHIP_CORE_H

#include "chip/signer_core.h"
#include "chip/sod_core.h"

typedef enum CccdChipPolicy
{
	CCCD_CHIP_POLICY_STRICT,
	CCCD_CHIP_POLICY_FIELD
} CccdChipPolicy;

/* Room for the text of an algorithm, with its final zero byte. */
#define CCCD_ALGORITHM_SIZE		48

/*
 * Signatures tried for one document: what its signers' certificates and it
 * itself make necessary.  A document has one signer, whose certificate names
 * its CSCA; the rest is for those that name it wrongly.
 */
#define CCCD_CHIP_ATTEMPTS		34

/*
 * What an attempt may count with the key of a signer for whom nobody vouches:
 * RSA of 4,096 bits with any usual exponent counts less.
 */
#define CCCD_CHIP_STRANGER_COST	8

/* Bytes of one data group; the photo is the largest. */
#define CCCD_DATA_GROUP_SIZE	65536

typedef struct CccdChipInput
{
	CccdBytes	sod;
	CccdSodKind kind;
	int			group_count;
	const CccdBytes *groups;
	int64_t		at;				/* microseconds since 2000-01-01 UTC */
	CccdChipPolicy policy;
	CccdStoreSource trust;
	void		(*breathe) (void);	/* before each signature, or NULL */
	uint8_t    *scratch;		/* for what BER has split */
	size_t		capacity;
} CccdChipInput;

/*
 * What is proven, whatever the policy demands: an accusation follows from
 * nothing else.
 */
typedef enum CccdChipProof
{
	CCCD_PROOF_NONE,
	CCCD_PROOF_SIGNED,			/* the state signed the object */
	CCCD_PROOF_CHANGED,			/* the state signed other content or files */
	CCCD_PROOF_FORGED			/* the state's key did not sign it */
} CccdChipProof;

typedef struct CccdChipResult
{
	bool		trusted;
	CccdChipProof proof;
	bool		vouched;		/* the state vouches for every signer's key */
	CccdCheckStatus sod;		/* A: structure */
	CccdCheckStatus data_groups;	/* B: hashes of the data groups */
	CccdCheckStatus content;	/* C: digest of the signed content */
	CccdCheckStatus signer;		/* D: the signer's certificate, its role */
	CccdCheckStatus signature;	/* E: over the signed attributes */
	CccdCheckStatus chain;		/* F: signed by an anchor */
	CccdCheckStatus signer_validity;	/* G: at the time of the check */
	CccdCheckStatus anchor_validity;
	CccdCheckStatus signing_time;
	CccdCheckStatus revocation; /* H */
	CccdCheckStatus country;	/* I: all speak of one state */
	CccdReport	report;
	uint32_t	listed;			/* bit n: data group n is in the SOD */
	uint32_t	verified;		/* bit n: and its hash was right */
	bool		revocation_weak;	/* lists are there, none answers */

	bool		has_signer;
	uint8_t		signer_fingerprint[CCCD_SHA256_SIZE];
	char		country_code[4];
	int64_t		not_before;
	int64_t		not_after;
	bool		time_invalid;
	char		algorithm[CCCD_ALGORITHM_SIZE];
	bool		has_anchor;
	uint8_t		anchor_fingerprint[CCCD_SHA256_SIZE];
	bool		has_signed_at;
	int64_t		signed_at;
	bool		out_of_memory;
} CccdChipResult;

/* Working memory of one verification: the caller keeps it off the stack. */
typedef struct CccdChipWork
{
	CccdSod		sod;
	CccdEffort	effort;
	CccdEffort	lists;			/* for signatures of revocation lists */
	bool		unvouched;		/* a signature of nobody's was looked at */
	char		mrz_code[2];
	char		mrz_state[4];
	bool		has_mrz;		/* of a DG1 whose hash is right */
	bool		vietnamese;		/* a DG13 in Viet Nam's layout, hash right */
	int64_t		mrz_expired_at; /* INT64_MAX: it does not say */
} CccdChipWork;

/*
 * Verify what was read from a chip, steps A to K.  Everything that goes wrong
 * is in the result; out_of_memory alone says that there is none.  What the
 * result holds does not point into input or work.
 *
 * What a document can make dear is looked at last: of each signer the chain
 * first, and its own signature only if an anchor vouches for it, or else for
 * one signer a document whose key is not dear.  At most CCCD_CHIP_ATTEMPTS
 * signatures are tried, and input->breathe is called before each; it may leave
 * by a non-local exit.
 */
extern void cccd_chip_verify(const CccdChipInput *input,
							 CccdChipWork *work, CccdChipResult *result);

/*
 * Verify a document signer's certificate alone, which input->sod holds: steps
 * D and F to I.
 */
extern void cccd_chip_verify_signer(const CccdChipInput *input,
									CccdChipWork *work,
									CccdChipResult *result);

/*
 * Step B, in chip_group_core.c: the data groups, which are known by their
 * tags.  A group that the security object does not list was put there by
 * somebody else; one that is listed and not supplied was just not read.
 */
extern void cccd_chip_check_groups(const CccdChipInput *input,
								   CccdChipWork *work,
								   CccdChipResult *result);

/*
 * Step G, in chip_validity_core.c: validity of signer and CSCA at the time of
 * the check, and the signing time that info states.
 */
extern void cccd_chip_check_times(const CccdChipInput *input,
								  const CccdSigner *signer,
								  const CccdSignerInfo *info,
								  CccdChipResult *result);

/*
 * Step H, in chip_validity_core.c: revocation of signer and CSCA.  An expired
 * list still revokes; only a list in force says "not revoked" (Doc 9303-12
 * D.1.2.3).
 */
extern void cccd_chip_check_revocation(const CccdChipInput *input,
									   const CccdSigner *signer,
									   CccdChipResult *result);

/*
 * The SQL name of a proof, a constant; NULL where nothing is proven.
 */
extern const char *cccd_chip_proof_name(CccdChipProof proof);

/*
 * Step I, in chip_validity_core.c: whether signer, CSCA and document speak of
 * one state.  A document says it in its MRZ; a DG13 in Viet Nam's layout makes
 * it Viet Nam's.  If neither was read, the check is undetermined.
 */
extern void cccd_chip_check_country(const CccdChipInput *input,
									const CccdChipWork *work,
									const CccdSigner *signer,
									CccdChipResult *result);

#endif							/* CCCD_CHIP_CORE_H */
