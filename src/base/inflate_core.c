/*
 * inflate_core.c
 *		Decompression; see inflate_core.h.
 *
 * zlib keeps its state in memory of ours, set up once in a process: no call
 * allocates, whatever it reads.
 */
#include "base/inflate_core.h"

#include <stdbool.h>
#include <string.h>

#include <zlib.h>

/*
 * zlib's state takes 7 KB, and 32 KB more when a stream that is cut short
 * makes it keep the window of what it has read.
 */
#define MEMORY_SIZE		(48 * 1024)
#define ALIGNMENT		16

static uint8_t memory[MEMORY_SIZE] __attribute__((aligned(ALIGNMENT)));
static size_t memory_used;
static z_stream stream;
static bool ready;

static voidpf
allocate(voidpf opaque, uInt items, uInt size)
{
	size_t		left = MEMORY_SIZE - memory_used;
	voidpf		result = memory + memory_used;

	(void) opaque;
	/* dividing, because the product need not fit into a size_t of 32 bits */
	if (size > 0 && items > left / size)
		return Z_NULL;
	/* what is left is a multiple of ALIGNMENT: the rounded size fits too */
	memory_used += ((size_t) items * size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
	return result;
}

static void
release(voidpf opaque, voidpf address)
{
	/* the stream lives as long as the process */
	(void) opaque;
	(void) address;
}

/*
 * Decompress with zlib's window bits, which are negative for a stream without
 * a header; the window is as large for both, so that its memory is used again.
 */
static CccdInflateError
inflate_bits(int bits, const uint8_t *bytes, size_t length, uint8_t *out,
			 size_t capacity, size_t *out_length)
{
	int			result;

	if (!ready)
	{
		memory_used = 0;
		memset(&stream, 0, sizeof(stream));
		stream.zalloc = allocate;
		stream.zfree = release;
		ready = inflateInit(&stream) == Z_OK;
	}
	ready = ready && inflateReset2(&stream, bits) == Z_OK;
	*out_length = 0;
	if (!ready)
		return CCCD_INFLATE_MALFORMED;
	stream.next_in = (z_const Bytef *) bytes;
	stream.avail_in = (uInt) length;
	stream.next_out = out;
	stream.avail_out = (uInt) capacity;
	result = inflate(&stream, Z_FINISH);
	*out_length = capacity - stream.avail_out;
	if (result == Z_STREAM_END)
		return stream.avail_in > 0 ? CCCD_INFLATE_TRAILING : CCCD_INFLATE_OK;
	return result == Z_BUF_ERROR && stream.avail_out == 0 ?
		CCCD_INFLATE_TOO_LARGE : CCCD_INFLATE_MALFORMED;
}

CccdInflateError
cccd_inflate(const uint8_t *bytes, size_t length, uint8_t *out,
			 size_t capacity, size_t *out_length)
{
	return inflate_bits(MAX_WBITS, bytes, length, out, capacity, out_length);
}

CccdInflateError
cccd_inflate_raw(const uint8_t *bytes, size_t length, uint8_t *out,
				 size_t capacity, size_t *out_length)
{
	return inflate_bits(-MAX_WBITS, bytes, length, out, capacity, out_length);
}
