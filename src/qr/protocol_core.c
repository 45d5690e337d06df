/*
 * protocol_core.c
 *		What the backend and the reader say to each other.
 */
#include "qr/protocol_core.h"

#include <string.h>

static void
put32(uint8_t *out, uint32_t value)
{
	out[0] = (uint8_t) (value >> 24);
	out[1] = (uint8_t) (value >> 16);
	out[2] = (uint8_t) (value >> 8);
	out[3] = (uint8_t) value;
}

static uint32_t
get32(const uint8_t *in)
{
	return (uint32_t) in[0] << 24 | (uint32_t) in[1] << 16 |
		(uint32_t) in[2] << 8 | in[3];
}

void
cccd_hello_put(uint8_t *out)
{
	memcpy(out, "CQRH", 4);
	put32(out + 4, CCCD_PROTOCOL_VERSION);
}

bool
cccd_hello_get(const uint8_t *in)
{
	return memcmp(in, "CQRH", 4) == 0 &&
		get32(in + 4) == CCCD_PROTOCOL_VERSION;
}

void
cccd_request_put(const CccdRequest *request, uint8_t *out)
{
	memcpy(out, "CQRQ", 4);
	put32(out + 4, request->serial);
	put32(out + 8, request->length);
}

bool
cccd_request_get(const uint8_t *in, CccdRequest *request)
{
	request->serial = get32(in + 4);
	request->length = get32(in + 8);
	return memcmp(in, "CQRQ", 4) == 0 &&
		request->length <= CCCD_PICTURE_MAX_BYTES;
}

void
cccd_reply_put(const CccdReply *reply, uint8_t *out)
{
	memcpy(out, "CQRR", 4);
	put32(out + 4, reply->serial);
	put32(out + 8, (uint32_t) reply->status);
	put32(out + 12, reply->flags);
	put32(out + 16, reply->width);
	put32(out + 20, reply->height);
	put32(out + 24, reply->codes);
	put32(out + 28, reply->length);
}

bool
cccd_reply_get(const uint8_t *in, CccdReply *reply)
{
	uint32_t	status = get32(in + 8);

	if (memcmp(in, "CQRR", 4) != 0 || status > CCCD_PICTURE_STATUS_LAST)
		return false;
	reply->serial = get32(in + 4);
	reply->status = (CccdPictureStatus) status;
	reply->flags = get32(in + 12);
	reply->width = get32(in + 16);
	reply->height = get32(in + 20);
	reply->codes = get32(in + 24);
	reply->length = get32(in + 28);
	return (reply->flags & ~(uint32_t) CCCD_REPLY_RETIRES) == 0 &&
		reply->codes <= CCCD_SCAN_MAX_CODES &&
		reply->length <= CCCD_SCAN_MAX_REPLY &&
		reply->length >= reply->codes * CCCD_SCANNED_SIZE &&
		(reply->codes > 0 || reply->length == 0) &&
		(reply->status == CCCD_PICTURE_OK || reply->codes == 0);
}

bool
cccd_scanned_put(const CccdScannedCode *code, uint8_t *out, size_t room,
				 size_t *pos)
{
	uint8_t    *to = out + *pos;

	if (code->length > CCCD_SCAN_MAX_PAYLOAD ||
		room - *pos < CCCD_SCANNED_SIZE + (size_t) code->length)
		return false;
	to[0] = (uint8_t) code->reader;
	to[1] = (uint8_t) code->step;
	to[2] = to[3] = 0;
	for (int i = 0; i < 8; i++)
		put32(to + 4 + 4 * i, (uint32_t) code->corners[i]);
	put32(to + 36, code->length);
	memcpy(to + CCCD_SCANNED_SIZE, code->payload, code->length);
	*pos += CCCD_SCANNED_SIZE + code->length;
	return true;
}

bool
cccd_scanned_get(const uint8_t *in, size_t length, size_t *pos,
				 CccdScannedCode *code)
{
	const uint8_t *from = in + *pos;

	if (length - *pos < CCCD_SCANNED_SIZE)
		return false;
	if (from[0] < CCCD_READER_ZBAR || from[0] > CCCD_READER_ZXING ||
		from[1] < CCCD_STEP_PLAIN || from[1] > CCCD_STEP_LAST ||
		from[2] != 0 || from[3] != 0)
		return false;
	code->reader = (CccdReader) from[0];
	code->step = (CccdStep) from[1];
	for (int i = 0; i < 8; i++)
	{
		uint32_t	shifted = get32(from + 4 + 4 * i) + CCCD_CORNER_MAX;

		if (shifted > 2 * CCCD_CORNER_MAX)
			return false;
		code->corners[i] = (int32_t) shifted - CCCD_CORNER_MAX;
	}
	code->length = get32(from + 36);
	if (code->length > CCCD_SCAN_MAX_PAYLOAD ||
		code->length > length - *pos - CCCD_SCANNED_SIZE)
		return false;
	code->payload = from + CCCD_SCANNED_SIZE;
	*pos += CCCD_SCANNED_SIZE + code->length;
	return true;
}

const char *
cccd_reader_name(CccdReader reader)
{
	return reader == CCCD_READER_ZBAR ? "zbar" : "zxing";
}

const char *
cccd_step_name(CccdStep step)
{
	static const char *const names[] = {
		[CCCD_STEP_PLAIN] = "plain",
		[CCCD_STEP_HALF_THRESHOLD] = "half threshold",
		[CCCD_STEP_HALF_ADAPTIVE] = "half adaptive",
		[CCCD_STEP_BLUR_ADAPTIVE] = "blur adaptive",
		[CCCD_STEP_DOUBLE_ADAPTIVE] = "double adaptive",
		[CCCD_STEP_INVERTED] = "inverted",
		[CCCD_STEP_THRESHOLD] = "threshold",
		[CCCD_STEP_SHARP] = "sharp",
		[CCCD_STEP_BLUR_SHARP] = "blur sharp",
		[CCCD_STEP_SHARP_THRESHOLD] = "sharp threshold",
		[CCCD_STEP_VERY_SHARP] = "very sharp",
		[CCCD_STEP_DOUBLE] = "double",
		[CCCD_STEP_EVEN] = "even",
	};

	return names[step];
}
