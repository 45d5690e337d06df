/*
 * active_ask.h
 *		Questions of the tests of active authentication: what is an answer
 *		worth, and how many changes of it are still taken.
 */
#ifndef ACTIVE_ASK_H
#define ACTIVE_ASK_H

#include "unit.h"

#include <openssl/err.h>

#include "active_sign.h"
#include "chip/active_core.h"

static const uint8_t challenge[8] = {1, 2, 3, 4, 5, 6, 7, 0xFE};

static inline CccdBytes
bytes_of(const ActiveBytes * bytes)
{
	CccdBytes	result = {NULL, 0};

	if (bytes != NULL)
	{
		result.data = bytes->data;
		result.length = bytes->length;
	}
	return result;
}

static inline CccdActiveResult
answer_to(const ActiveBytes * dg15, const ActiveBytes * dg14,
		  const uint8_t *asked, size_t length, const ActiveBytes * response,
		  bool trusted)
{
	CccdActiveInput input;
	CccdActiveResult result;

	input.dg15 = bytes_of(dg15);
	input.dg14 = bytes_of(dg14);
	input.challenge.data = asked;
	input.challenge.length = length;
	input.response = bytes_of(response);
	input.key_trusted = trusted;
	ERR_clear_error();
	cccd_active_verify(&input, &result);
	CHECK(ERR_peek_error() == 0);
	CHECK(!result.out_of_memory);
	return result;
}

static inline CccdActiveResult
answer(const ActiveBytes * dg15, const ActiveBytes * dg14,
	   const ActiveBytes * response)
{
	return answer_to(dg15, dg14, challenge, sizeof(challenge), response, true);
}

static inline bool
is(const CccdActiveResult *result, CccdCheckStatus status, int code)
{
	return result->status == status && result->signature == status &&
		(code == 0 ? true : cccd_report_has(&result->report, code));
}

/* How many of the one-bit changes of the response are still taken. */
static inline int
survivors(const ActiveBytes * dg15, const ActiveBytes * dg14,
		  const ActiveBytes * response)
{
	ActiveBytes copy = *response;
	int			count = 0;
	size_t		k;

	for (k = 0; k < 8 * copy.length; k++)
	{
		CccdActiveResult result;

		copy.data[k / 8] ^= (uint8_t) (1 << k % 8);
		result = answer(dg15, dg14, &copy);
		count += result.status != CCCD_STATUS_FAILED;
		copy.data[k / 8] ^= (uint8_t) (1 << k % 8);
	}
	return count;
}

/* The same for the challenge. */
static inline int
other_challenges(const ActiveBytes * dg15, const ActiveBytes * dg14,
				 const ActiveBytes * response)
{
	uint8_t		copy[8];
	int			count = 0;
	int			k;

	memcpy(copy, challenge, sizeof(copy));
	for (k = 0; k < 64; k++)
	{
		CccdActiveResult result;

		copy[k / 8] ^= (uint8_t) (1 << k % 8);
		result = answer_to(dg15, dg14, copy, sizeof(copy), response, true);
		count += result.status != CCCD_STATUS_FAILED;
		copy[k / 8] ^= (uint8_t) (1 << k % 8);
	}
	return count;
}

#endif							/* ACTIVE_ASK_H */
