/*
 * shc_fuzz.c
 *		Any bytes as the scan of a SMART Health Card, as its token and as its
 *		payload, under a trust value without keys: nothing may be valid, and
 *		what is read lies within what was read.
 */
#include "shc/shc_verify_core.h"

#include <stdlib.h>
#include <string.h>

#include "shc_make.h"

static CccdShcWork work;
static CccdShcResult result;

static void
use_text(CccdSlice text)
{
	if ((text.ptr == NULL) != (text.len == 0) ||
		!cccd_utf8_valid(text.ptr, text.len))
		abort();
}

static void
use(void)
{
	const CccdShc *shc = &result.shc;

	if (result.verdict.valid || shc->entry_count > CCCD_SHC_ENTRIES ||
		work.scratch_used > sizeof(work.scratch) ||
		shc->payload.length > CCCD_SHC_PAYLOAD_SIZE)
		abort();
	use_text(shc->issuer);
	use_text(shc->rid);
	use_text(shc->family);
	use_text(shc->given);
	for (int k = 0; k < shc->entry_count; k++)
	{
		use_text(shc->entries[k].disease);
		use_text(shc->entries[k].product);
		use_text(shc->entries[k].test);
		use_text(shc->entries[k].result);
	}
}

/* A payload in a token that is well-formed, so that its content is read. */
static CccdBytes
wrap(CccdBytes payload, uint8_t *room)
{
	static const char header[] =
	"eyJhbGciOiJFUzI1NiIsInppcCI6IkRFRiIsImtpZCI6IkFBQUFBQUFBQUFBQUFBQU"
	"FBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUEifQ.";
	CccdBytes	token = {room, 0};
	uint8_t		stored[4096];
	size_t		size = payload.length < 2048 ? payload.length : 2048;
	char	   *out = (char *) room;

	/* a block that is stored (RFC 1951 3.2.4) */
	stored[0] = 1;
	stored[1] = (uint8_t) size;
	stored[2] = (uint8_t) (size >> 8);
	stored[3] = (uint8_t) ~stored[1];
	stored[4] = (uint8_t) ~stored[2];
	if (size > 0)
		memcpy(stored + 5, payload.data, size);
	payload.data = stored;
	payload.length = size + 5;
	memcpy(out, header, sizeof(header) - 1);
	out = shc_base64(out + sizeof(header) - 1, payload);
	memcpy(out, ".AA", 3);
	token.length = (size_t) (out + 3 - (char *) room);
	return token;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static uint8_t value[CCCD_TRUST_HEADER];
	static uint8_t room[8192];
	static CccdTrustStore memory;
	static CccdTrustStore *empty;
	CccdBytes	payload = {data, size};
	CccdBytes	token;

	if (empty == NULL)
	{
		CccdBytes	bytes = {value, sizeof(value)};

		if (!cccd_trust_write(NULL, 0, value) ||
			!cccd_store_open(bytes, &memory, &empty))
			abort();
	}
	token = wrap(payload, room);
	for (int policy = CCCD_HCERT_STRICT; policy <= CCCD_HCERT_FIELD; policy++)
	{
		int			attempts = 1;

		cccd_shc_verify_within((const char *) data, size, empty, 0,
							   (CccdHcertPolicy) policy, &attempts, &work,
							   &result);
		use();
		cccd_shc_verify_token((const char *) data, size, empty, 0,
							  (CccdHcertPolicy) policy, &attempts, &work,
							  &result);
		use();
		cccd_shc_verify_token((const char *) token.data, token.length, empty,
							  0, (CccdHcertPolicy) policy, &attempts, &work,
							  &result);
		if (result.shc.jws != CCCD_STATUS_OK ||
			result.shc.inflate != CCCD_STATUS_OK)
			abort();
		use();
	}
	return 0;
}
