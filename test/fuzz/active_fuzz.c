/*
 * active_fuzz.c
 *		Active authentication of any bytes.  Input: the lengths of DG15, DG14
 *		and the challenge (two octets, two octets, one), then the three, and
 *		the response is the rest.
 */
#include "chip/active_core.h"

#include <stdlib.h>
#include <string.h>

#include <openssl/err.h>

static CccdBytes
take(const uint8_t **at, size_t *left, size_t length)
{
	CccdBytes	part;

	if (length > *left)
		length = *left;
	part.data = length == 0 ? NULL : *at;
	part.length = length;
	*at += length;
	*left -= length;
	return part;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	CccdActiveInput input;
	CccdActiveResult result;
	CccdBytes	head = take(&data, &size, 5);
	uint8_t		other[CCCD_ACTIVE_CHALLENGE];

	if (head.length < 5)
		return 0;
	input.dg15 = take(&data, &size, (size_t) (head.data[0] << 8 | head.data[1]));
	input.dg14 = take(&data, &size, (size_t) (head.data[2] << 8 | head.data[3]));
	input.challenge = take(&data, &size, head.data[4]);
	input.response = take(&data, &size, size);

	input.key_trusted = false;
	cccd_active_verify(&input, &result);
	if (result.status == CCCD_STATUS_OK)
		abort();
	input.key_trusted = true;
	cccd_active_verify(&input, &result);
	if (ERR_peek_error() != 0 || cccd_key_count() != 0 ||
		result.out_of_memory ||
		strlen(result.algorithm) >= sizeof(result.algorithm))
		abort();
	if (result.status != CCCD_STATUS_OK)
		return 0;
	/* what answers one challenge answers no other */
	memcpy(other, input.challenge.data, sizeof(other));
	other[7] ^= 1;
	input.challenge.data = other;
	cccd_active_verify(&input, &result);
	if (result.status == CCCD_STATUS_OK)
		abort();
	return 0;
}
