/*
 * limit.c
 *		Limits of claims and refusals; see limit.h.
 */
#include "gate/limit.h"

#include "executor/spi.h"

#include "gate/log.h"

/*
 * What this session was asked in the minute that runs, by one role at one gate.
 * Written answers are counted here as well as in the log, which forgets those
 * that were read and then rolled back.
 */
typedef struct Bucket
{
	bool		writes;
	int32		event;
	char		gate[NAMEDATALEN];
	char		role[NAMEDATALEN];
	TimestampTz begin;
	int			claims;
	int			refusals;
} Bucket;

#define BUCKETS	32

static Bucket buckets[BUCKETS];

/* The bucket of this role and gate, or the oldest one, emptied. */
static Bucket *
find_bucket(const CccdFound *found, TimestampTz now)
{
	const char *role = cccd_gate_role();
	Bucket	   *oldest = &buckets[0];

	for (int i = 0; i < BUCKETS; i++)
	{
		Bucket	   *bucket = &buckets[i];

		if (bucket->writes == found->call->writes &&
			bucket->event == found->event->event &&
			strncmp(bucket->gate, found->gate->name,
					sizeof(bucket->gate) - 1) == 0 &&
			strcmp(bucket->role, role) == 0 &&
			now >= bucket->begin && now < bucket->begin + USECS_PER_MINUTE)
			return bucket;
		if (bucket->begin < oldest->begin)
			oldest = bucket;
	}
	memset(oldest, 0, sizeof(*oldest));
	oldest->writes = found->call->writes;
	oldest->event = found->event->event;
	strlcpy(oldest->gate, found->gate->name, sizeof(oldest->gate));
	strlcpy(oldest->role, role, sizeof(oldest->role));
	oldest->begin = now;
	return oldest;
}

/* Counts an answer; whether this session has had more than are allowed. */
static bool
session_exceeds(const CccdFound *found, bool claims, bool refusals)
{
	Bucket	   *bucket = find_bucket(found, GetCurrentTimestamp());
	int			most_claims = found->event->claims_per_minute;
	int			most_refusals = found->event->refusals_per_minute;

	if (claims)
		bucket->claims++;
	if (refusals)
		bucket->refusals++;
	return (claims && most_claims > 0 && bucket->claims > most_claims) ||
		(refusals && most_refusals > 0 && bucket->refusals > most_refusals);
}

/* Whether the log has as many answers as are allowed. */
static bool
log_exceeds(const CccdFound *found, int most, bool claims)
{
	return most > 0 &&
		cccd_log_count(found->event->event, found->gate->name,
					   cccd_gate_role(),
					   GetCurrentTimestamp() - USECS_PER_MINUTE, most, claims,
					   found->snapshot) >= most;
}

bool
cccd_limit_exceeded(const CccdFound *found)
{
	bool		refusals = found->judgement.verdict != CCCD_GATE_ADMIT;
	bool		claims = refusals &&
	found->judgement.evidence <= CCCD_EVIDENCE_CLAIMED &&
	found->situation.readable;
	bool		exceeds;

	/* calls that are not in order say nothing of anybody */
	if (!refusals || found->gate == NULL || found->call->replays ||
		cccd_reason_entries[found->judgement.reasons[0]].subject ==
		CCCD_ABOUT_REQUEST)
		return false;
	/* what has no request id is not answered: warm_up() */
	if ((!found->call->writes || found->call->request) &&
		session_exceeds(found, claims, refusals))
		return true;
	if (!found->call->writes)
		return false;
	SPI_connect();
	exceeds = log_exceeds(found, found->event->refusals_per_minute, false) ||
		(claims && log_exceeds(found, found->event->claims_per_minute, true));
	SPI_finish();
	return exceeds;
}
