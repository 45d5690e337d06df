/*
 * qr_protocol_fuzz.c
 *		Any bytes as what the other side of the reader's protocol says.
 */
#include <stdlib.h>
#include <string.h>

#include "qr/protocol_core.h"

int			LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What is taken for a code is written as the same bytes again. */
static void
check_codes(const uint8_t *data, size_t size)
{
	uint8_t    *again = malloc(size + 1);
	size_t		pos = 0,
				length = 0;
	CccdScannedCode code;

	while (again != NULL && cccd_scanned_get(data, size, &pos, &code))
	{
		if (cccd_step_name(code.step) == NULL || pos > size ||
			!cccd_scanned_put(&code, again, size, &length) ||
			length != pos || memcmp(again, data, pos) != 0)
			abort();
	}
	free(again);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	CccdRequest request;
	CccdReply	reply;

	if (size >= CCCD_HELLO_SIZE)
		cccd_hello_get(data);
	if (size >= CCCD_REQUEST_SIZE && cccd_request_get(data, &request) &&
		request.length > CCCD_PICTURE_MAX_BYTES)
		abort();
	if (size >= CCCD_REPLY_SIZE && cccd_reply_get(data, &reply) &&
		(reply.length > CCCD_SCAN_MAX_REPLY ||
		 reply.codes > CCCD_SCAN_MAX_CODES))
		abort();
	check_codes(data, size);
	return 0;
}
