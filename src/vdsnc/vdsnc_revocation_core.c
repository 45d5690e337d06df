/*
 * vdsnc_revocation_core.c
 *		Revocation of seals: of their signer by its CSCA's list (Doc 9303-12
 *		7.1.4), of single seals, keys and states by the lists for health
 *		certificates; see vdsnc_verify_core.h.
 */
#include "vdsnc/vdsnc_verify_core.h"

#include <string.h>

#include "hcert/hcert_identifier_core.h"
#include "pki/country_core.h"

static void
revoke(CccdVdsncResult *result, int code)
{
	cccd_report_reason(&result->vdsnc.report, code);
	result->verdict.revocation = CCCD_STATUS_FAILED;
}

/* The identifier in each spelling, alone and behind the state's letters. */
static void
ask_identifier(const CccdTrustStore *store, int purpose, CccdBytes kid,
			   CccdBytes country, CccdBytes identifier,
			   CccdVdsncResult *result)
{
	CccdSpelling spellings[CCCD_SPELLINGS];
	int			count = cccd_identifier_spell(identifier, spellings);
	uint8_t		digest[CCCD_HASH_SIZE];
	CccdBytes	hash = {digest, CCCD_SHA256_SIZE};

	for (int k = 0; k < count; k++)
	{
		CccdBytes	parts[3];

		parts[0] = country;
		parts[1] = spellings[k].prefix;
		parts[2] = spellings[k].identifier;
		if (cccd_hash_parts(CCCD_HASH_SHA256, parts + 1, 2, digest) &&
			cccd_store_revokes(store, purpose, CCCD_REVOKED_UCI, kid, hash))
			revoke(result, CCCD_FINDING_revoked_identifier);
		if (cccd_hash_parts(CCCD_HASH_SHA256, parts, 3, digest) &&
			cccd_store_revokes(store, purpose, CCCD_REVOKED_COUNTRY_UCI, kid,
							   hash))
			revoke(result, CCCD_FINDING_revoked_identifier);
	}
}

/* A list for health certificates, if there is any. */
static void
ask_lists(const CccdTrustStore *store, int purpose, CccdVdsncResult *result)
{
	const CccdVdsnc *v = &result->vdsnc;
	CccdBytes	identifier = {(const uint8_t *) v->identifier.ptr,
	v->identifier.len};
	CccdBytes	key = {result->verdict.signer_fingerprint, CCCD_SHA256_SIZE};
	CccdBytes	kid = {result->verdict.signer_fingerprint, CCCD_KID_SIZE};

	/* of a signature with ECDSA r alone: s has another value as good */
	CccdBytes	half = {v->signature.data, v->signature.length / 2};
	const char *state = cccd_country_two_letters(v->issuer);
	CccdBytes	country = {(const uint8_t *) state, strlen(state)};
	uint8_t		digest[CCCD_HASH_SIZE];
	CccdBytes	hash = {digest, CCCD_SHA256_SIZE};

	if (!cccd_store_has_revocations(store, purpose))
		return;
	cccd_status_worsen(&result->verdict.revocation, CCCD_STATUS_OK);
	if (cccd_store_revokes(store, purpose, CCCD_REVOKED_KEY, kid, key) ||
		cccd_store_revokes(store, purpose, CCCD_REVOKED_KEY, kid, kid))
		revoke(result, CCCD_FINDING_revoked_key);
	if (cccd_store_revokes(store, purpose, CCCD_REVOKED_COUNTRY, kid, country))
		revoke(result, CCCD_FINDING_revoked_country);
	if (identifier.length > 0)
		ask_identifier(store, purpose, kid, country, identifier, result);
	if (cccd_hash_bytes(CCCD_HASH_SHA256, half, digest) &&
		cccd_store_revokes(store, purpose, CCCD_REVOKED_SIGNATURE, kid, hash))
		revoke(result, CCCD_FINDING_revoked_signature);
}

/* Why no list of the CSCA answers. */
static int
why_silent(const CccdRevocationState *state, int64_t at)
{
	for (int k = 0; k < state->list_count; k++)
		if (state->lists[k].this_update <= at)
			return CCCD_FINDING_crl_expired;
	return state->list_count > 0 ? CCCD_FINDING_crl_not_yet_valid :
		state->exhausted ? CCCD_FINDING_crl_attempts_exhausted :
		CCCD_FINDING_crl_missing;
}

/*
 * The CSCA's lists: an expired one still revokes, one in force answers.
 * Returns why none does, or 0.
 */
static int
ask_csca(CccdTrustStore *store, int anchor, int64_t at, int *attempts,
		 const CccdX509 *signer, CccdVdsncResult *result)
{
	CccdEffort	effort = {*attempts, false, NULL};
	CccdRevocationState state;

	cccd_store_revocation(store, store->anchors[anchor].purpose, signer,
						  anchor, &effort, &state);
	*attempts = effort.attempts;
	if (state.by_country)
		cccd_report_flag(&result->vdsnc.report, CCCD_FINDING_crl_by_country);
	if (state.revoked && state.revoked_at <= at)
	{
		cccd_report_reason_of(&result->vdsnc.report, CCCD_FINDING_revoked,
							  state.reason);
		result->verdict.revocation = CCCD_STATUS_FAILED;
	}
	if (state.csca_revoked && state.csca_revoked_at <= at)
		revoke(result, CCCD_FINDING_csca_revoked);
	for (int k = 0; k < state.list_count; k++)
		if (state.lists[k].this_update <= at &&
			state.lists[k].has_next_update &&
			at <= state.lists[k].next_update)
			cccd_status_worsen(&result->verdict.revocation, CCCD_STATUS_OK);
	return result->verdict.revocation == CCCD_STATUS_NOT_PERFORMED ?
		why_silent(&state, at) : 0;
}

void
cccd_vdsnc_check_revocation(CccdTrustStore *store, int anchor, int other,
							int64_t at, bool tolerant, int *attempts,
							const CccdX509 *signer, CccdVdsncResult *result)
{
	int			silent = ask_csca(store, anchor, at, attempts, signer, result);

	ask_lists(store, other, result);
	/* that there is none is said where other lists answer */
	if (silent != 0 && (silent != CCCD_FINDING_crl_missing ||
						result->verdict.revocation == CCCD_STATUS_OK))
		cccd_report_flag(&result->vdsnc.report, silent);
	if (result->verdict.revocation != CCCD_STATUS_NOT_PERFORMED)
		return;
	if (tolerant)
		cccd_report_flag(&result->vdsnc.report,
						 CCCD_FINDING_revocation_missing);
	else
		cccd_vdsnc_doubt(result, &result->verdict.revocation,
						 CCCD_STATUS_UNDETERMINED,
						 CCCD_FINDING_revocation_missing);
}
