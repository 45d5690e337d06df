/*
 * crl_core.h
 *		Certificate revocation lists (RFC 5280 chapter 5, Doc 9303-12 7.1.4).
 */
#ifndef CCCD_CRL_CORE_H
#define CCCD_CRL_CORE_H

#include "trust/algorithm_core.h"
#include "trust/signature_core.h"

/* Bytes of one list: about 100,000 entries. */
#define CCCD_CRL_SIZE	(4 * 1024 * 1024)

typedef struct cccd_crl
{
	cccd_bytes	whole;
	cccd_bytes	tbs;
	cccd_algorithm algorithm;
	bool		algorithms_differ;
	cccd_bytes	signature;
	cccd_bytes	issuer;
	char		issuer_country[4];
	int64_t		this_update;	/* microseconds since 2000-01-01 UTC */
	int64_t		next_update;
	bool		has_next_update;
	cccd_bytes	entries;
	int			entry_count;
	cccd_bytes	authority_key_id;
	cccd_bytes	number;
	bool		unsupported;	/* delta, partitioned, indirect */
} cccd_crl;

typedef struct cccd_revocation
{
	int64_t		time;
	int			reason;			/* RFC 5280 5.3.1; 0 when not given */
} cccd_revocation;

extern bool cccd_crl_read(cccd_bytes bytes, cccd_crl *crl,
						  cccd_der_error *error, size_t *offset);
extern bool cccd_crl_find(const cccd_crl *crl, cccd_bytes serial,
						  cccd_revocation *revocation);
extern cccd_verdict cccd_crl_verify(const cccd_crl *crl, cccd_key *key,
									const cccd_public_key *numbers);

#endif							/* CCCD_CRL_CORE_H */
