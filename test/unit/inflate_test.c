/*
 * inflate_test.c
 *		Decompression in memory of our own: streams that others wrote, room for
 *		what comes out, and a zlib that wants more than there is.
 */
#define _GNU_SOURCE
#include "unit.h"

#include <dlfcn.h>
#include <stdint.h>
#include <zlib.h>

#include "base/inflate_core.h"

/* zlib's own function, or one that asks for too much and gives up. */
static bool greedy;

int
inflateInit_(z_streamp stream, const char *version, int stream_size)
{
	int			(*real) (z_streamp, const char *, int);
	voidpf		first;
	voidpf		second;

	if (!greedy)
	{
		*(void **) &real = dlsym(RTLD_NEXT, "inflateInit_");
		return real(stream, version, stream_size);
	}
	first = stream->zalloc(stream->opaque, 1, 1);
	second = stream->zalloc(stream->opaque, 3, 1000);
	CHECK(first != Z_NULL && (uintptr_t) first % 16 == 0);
	CHECK(second != Z_NULL && (uintptr_t) second % 16 == 0);
	CHECK(stream->zalloc(stream->opaque, 1, 48 * 1024) == Z_NULL);
	/* products of more than 32 bits, and those that end in zeros there */
	CHECK(stream->zalloc(stream->opaque, UINT32_MAX, UINT32_MAX) == Z_NULL);
	CHECK(stream->zalloc(stream->opaque, 65536, 65536) == Z_NULL);
	CHECK(stream->zalloc(stream->opaque, UINT32_MAX, 1) == Z_NULL);
	CHECK(stream->zalloc(stream->opaque, 1, UINT32_MAX) == Z_NULL);
	/* 16 and 3008 bytes are taken: one byte too much, and all that is left */
	CHECK(stream->zalloc(stream->opaque, 1, 48 * 1024 - 3024 + 1) == Z_NULL);
	CHECK(stream->zalloc(stream->opaque, 8, (48 * 1024 - 3024) / 8) != Z_NULL);
	CHECK(stream->zalloc(stream->opaque, 1, 1) == Z_NULL);
	stream->zfree(stream->opaque, second);
	stream->zfree(stream->opaque, first);
	return Z_MEM_ERROR;
}

/* "hello hello hello hello\n" of Python's zlib at level 9. */
static const uint8_t hello[] = {
	0x78, 0xDA, 0xCB, 0x48, 0xCD, 0xC9, 0xC9, 0x57, 0xC8, 0x40, 0x27, 0xB9,
	0x00, 0x70, 0xBE, 0x08, 0xBB
};

static uint8_t out[64];
static size_t length;

static CccdInflateError
inflate_into(const void *bytes, size_t size, size_t capacity)
{
	return cccd_inflate(bytes, size, out, capacity, &length);
}

static void
check_hello(void)
{
	CHECK(inflate_into(hello, sizeof(hello), sizeof(out)) == CCCD_INFLATE_OK);
	CHECK(length == 24 && memcmp(out, "hello hello hello hello\n", 24) == 0);
}

static void
test_streams(void)
{
	static const uint8_t nothing[] = {
		0x78, 0x9C, 0x03, 0x00, 0x00, 0x00, 0x00, 0x01
	};
	uint8_t		changed[sizeof(hello) + 1];
	size_t		k;

	check_hello();
	/* just enough room, and a byte less */
	CHECK(inflate_into(hello, sizeof(hello), 24) == CCCD_INFLATE_OK);
	CHECK(inflate_into(hello, sizeof(hello), 23) == CCCD_INFLATE_TOO_LARGE);
	CHECK(length == 23);
	CHECK(inflate_into(nothing, sizeof(nothing), sizeof(out)) ==
		  CCCD_INFLATE_OK && length == 0);
	/* cut at every byte, longer by one, each byte changed */
	for (k = 0; k < sizeof(hello); k++)
		CHECK(inflate_into(hello, k, sizeof(out)) == CCCD_INFLATE_MALFORMED);
	memcpy(changed, hello, sizeof(hello));
	changed[sizeof(hello)] = 0;
	CHECK(inflate_into(changed, sizeof(changed), sizeof(out)) ==
		  CCCD_INFLATE_TRAILING);
	for (k = 0; k < sizeof(hello); k++)
	{
		changed[k] ^= 0x21;
		CHECK(inflate_into(changed, sizeof(hello), sizeof(out)) !=
			  CCCD_INFLATE_OK);
		changed[k] ^= 0x21;
	}
	/* no trace of them is left */
	check_hello();
}

/* The same stream without its header and checksum, between the others. */
static void
test_raw(void)
{
	const uint8_t *raw = hello + 2;
	size_t		size = sizeof(hello) - 6;
	uint8_t		longer[sizeof(hello)];

	CHECK(cccd_inflate_raw(raw, size, out, sizeof(out), &length) ==
		  CCCD_INFLATE_OK);
	CHECK(length == 24 && memcmp(out, "hello hello hello hello\n", 24) == 0);
	check_hello();
	CHECK(cccd_inflate_raw(raw, size, out, 24, &length) == CCCD_INFLATE_OK);
	CHECK(cccd_inflate_raw(raw, size, out, 23, &length) ==
		  CCCD_INFLATE_TOO_LARGE && length == 23);
	for (size_t k = 0; k < size; k++)
		CHECK(cccd_inflate_raw(raw, k, out, sizeof(out), &length) ==
			  CCCD_INFLATE_MALFORMED);
	memcpy(longer, raw, size);
	longer[size] = 0;
	CHECK(cccd_inflate_raw(longer, size + 1, out, sizeof(out), &length) ==
		  CCCD_INFLATE_TRAILING);
	/* each form is refused as the other one */
	CHECK(cccd_inflate_raw(hello, sizeof(hello), out, sizeof(out), &length) !=
		  CCCD_INFLATE_OK);
	CHECK(inflate_into(raw, size, sizeof(out)) == CCCD_INFLATE_MALFORMED);
	check_hello();
}

int
main(void)
{
	greedy = true;
	CHECK(inflate_into(hello, sizeof(hello), sizeof(out)) ==
		  CCCD_INFLATE_MALFORMED);
	/* what it took is there again when it wants less */
	CHECK(inflate_into(hello, sizeof(hello), sizeof(out)) ==
		  CCCD_INFLATE_MALFORMED);
	greedy = false;
	check_hello();
	test_streams();
	test_raw();
	return finish();
}
