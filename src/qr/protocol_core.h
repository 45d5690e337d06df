/*
 * protocol_core.h
 *		What the backend and the reader say to each other.
 *
 * The reader greets with a hello.  Then, any number of times, the backend
 * sends a request with the bytes of a picture and the reader answers with a
 * reply with the codes.  Numbers are big-endian.  Each side treats the other
 * as hostile: the backend because a picture may have taken over the reader.
 *
 *	hello	"CQRH", version
 *	request	"CQRQ", serial, length of the picture; then the picture
 *	reply	"CQRR", serial, status, flags, width, height, codes, length of
 *			the codes; then the codes, each: reader, step, 0, 0, eight
 *			corner numbers, length of the payload; then the payload
 */
#ifndef CCCD_PROTOCOL_CORE_H
#define CCCD_PROTOCOL_CORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "qr/limits.h"
#include "qr/picture_core.h"

#define CCCD_PROTOCOL_VERSION	1

#define CCCD_HELLO_SIZE		8
#define CCCD_REQUEST_SIZE	12
#define CCCD_REPLY_SIZE		32
#define CCCD_SCANNED_SIZE		40

/* the reader ends after this reply, to be replaced by a fresh one */
#define CCCD_REPLY_RETIRES	1

typedef enum CccdReader
{
	CCCD_READER_ZBAR = 1,
	CCCD_READER_ZXING
} CccdReader;

typedef enum CccdStep
{
	CCCD_STEP_PLAIN = 1,
	CCCD_STEP_HALF_THRESHOLD,
	CCCD_STEP_HALF_ADAPTIVE,
	CCCD_STEP_BLUR_ADAPTIVE,
	CCCD_STEP_DOUBLE_ADAPTIVE,
	CCCD_STEP_INVERTED,
	CCCD_STEP_THRESHOLD,
	CCCD_STEP_SHARP,
	CCCD_STEP_BLUR_SHARP,
	CCCD_STEP_SHARP_THRESHOLD,
	CCCD_STEP_VERY_SHARP,
	CCCD_STEP_DOUBLE,
	CCCD_STEP_EVEN
} CccdStep;

#define CCCD_STEP_LAST		CCCD_STEP_EVEN

typedef struct CccdRequest
{
	uint32_t	serial;
	uint32_t	length;
} CccdRequest;

typedef struct CccdReply
{
	uint32_t	serial;
	CccdPictureStatus status;
	uint32_t	flags;
	uint32_t	width;			/* of the picture, as far as it is known */
	uint32_t	height;
	uint32_t	codes;
	uint32_t	length;			/* of all codes, bytes */
} CccdReply;

typedef struct CccdScannedCode
{
	CccdReader	reader;
	CccdStep	step;
	int32_t		corners[8];
	uint32_t	length;
	const uint8_t *payload;
} CccdScannedCode;

/* Write a hello, CCCD_HELLO_SIZE bytes. */
extern void cccd_hello_put(uint8_t *out);

/* Whether CCCD_HELLO_SIZE bytes are a hello of this version. */
extern bool cccd_hello_get(const uint8_t *in);

/* Write the head of a request, CCCD_REQUEST_SIZE bytes. */
extern void cccd_request_put(const CccdRequest *request, uint8_t *out);

/*
 * Read CCCD_REQUEST_SIZE bytes; false if they are not a request or announce a
 * picture that is too large.
 */
extern bool cccd_request_get(const uint8_t *in, CccdRequest *request);

/* Write the head of a reply, CCCD_REPLY_SIZE bytes. */
extern void cccd_reply_put(const CccdReply *reply, uint8_t *out);

/*
 * Read CCCD_REPLY_SIZE bytes; false if they are not a reply within the limits,
 * or contradict themselves.
 */
extern bool cccd_reply_get(const uint8_t *in, CccdReply *reply);

/*
 * Append a code at *pos of out, which has room bytes, and move *pos behind it.
 * Returns false, having written nothing, if there is no room for it.
 */
extern bool cccd_scanned_put(const CccdScannedCode *code, uint8_t *out,
							 size_t room, size_t *pos);

/*
 * Read the code at *pos of length bytes and move *pos behind it; its payload
 * points into them.  Returns false, and leaves *pos alone, if there is not a
 * sound code.
 */
extern bool cccd_scanned_get(const uint8_t *in, size_t length, size_t *pos,
							 CccdScannedCode *code);

/* The name of a reader as cccd_qr_scan reports it, a constant. */
extern const char *cccd_reader_name(CccdReader reader);

/* The name of a step as cccd_qr_scan reports it, a constant. */
extern const char *cccd_step_name(CccdStep step);

#endif							/* CCCD_PROTOCOL_CORE_H */
