/*
 * verify_core.h
 *		Passive authentication (Doc 9303-11 5.1, 9303-12 6.1, BSI TR-03135-1
 *		5.6.4): is what the chip holds what its state signed?
 *
 * Every check has a status of its own.  What could not be checked is never
 * ok.  A document is trusted when everything that the policy demands is ok.
 *
 *	strict	what the standards demand (BSI TR-03105-5.1 fails the rest)
 *	field	tolerates the deviations of documents in use, each with a flag
 */
#ifndef CCCD_VERIFY_CORE_H
#define CCCD_VERIFY_CORE_H

#include "chip/signer_core.h"
#include "chip/sod_core.h"

typedef enum cccd_policy
{
	CCCD_POLICY_STRICT,
	CCCD_POLICY_FIELD
} cccd_policy;

/* Room for the text of an algorithm, with its final zero byte. */
#define CCCD_ALGORITHM_SIZE		48

/* Bytes of one data group; the photo is the largest. */
#define CCCD_DATA_GROUP_SIZE	65536

typedef struct cccd_chip_input
{
	cccd_bytes	sod;
	cccd_sod_kind kind;
	int			group_count;
	const cccd_bytes *groups;
	int64_t		at;				/* microseconds since 2000-01-01 UTC */
	cccd_policy policy;
	cccd_store_source trust;
	uint8_t    *scratch;		/* for what BER has split */
	size_t		capacity;
} cccd_chip_input;

typedef struct cccd_chip_result
{
	bool		trusted;
	cccd_status sod;			/* A: structure */
	cccd_status data_groups;	/* B: hashes of the data groups */
	cccd_status content;		/* C: digest of the signed content */
	cccd_status signer;			/* D: the signer's certificate, its role */
	cccd_status signature;		/* E: over the signed attributes */
	cccd_status chain;			/* F: signed by an anchor */
	cccd_status signer_validity;	/* G: at the time of the check */
	cccd_status anchor_validity;
	cccd_status signing_time;
	cccd_status revocation;		/* H */
	cccd_status country;		/* I: all speak of one state */
	cccd_report report;
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
} cccd_chip_result;

/* Working memory of one verification: the caller keeps it off the stack. */
typedef struct cccd_chip_work
{
	cccd_sod	sod;
	char		mrz_code[2];
	char		mrz_state[4];
	bool		has_mrz;
} cccd_chip_work;

extern void cccd_chip_verify(const cccd_chip_input *input,
							 cccd_chip_work *work, cccd_chip_result *result);
extern void cccd_chip_verify_signer(const cccd_chip_input *input,
									cccd_chip_work *work,
									cccd_chip_result *result);

/* parts, each in its own file */
extern void cccd_chip_check_groups(const cccd_chip_input *input,
								   cccd_chip_work *work,
								   cccd_chip_result *result);
extern void cccd_chip_check_times(const cccd_chip_input *input,
								  const cccd_signer *signer,
								  const cccd_signer_info *info,
								  cccd_chip_result *result);
extern void cccd_chip_check_revocation(const cccd_chip_input *input,
									   const cccd_signer *signer,
									   cccd_chip_result *result);
extern void cccd_chip_check_country(const cccd_chip_work *work,
									const cccd_signer *signer,
									cccd_chip_result *result);

static inline void
cccd_status_worsen(cccd_status *status, cccd_status other)
{
	if (other > *status)
		*status = other;
}

#endif							/* CCCD_VERIFY_CORE_H */
