/*
 * reader.c
 *		cccd_qr_reader: pictures in on standard input, codes out on standard
 *		output, see protocol_core.h.
 *
 * A separate program because a crafted picture can crash the libraries that
 * read it: here that costs one reader, in a backend it would cost all
 * sessions.  Started by the backend, never by hand.
 */
#include <errno.h>
#include <iconv.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#include "qr/reader/ladder_image.h"
#include "qr/reader/sandbox_image.h"

/* mallinfo2() is glibc's, since 2.33 */
#ifdef __GLIBC__
#define KNOWS_HEAP			__GLIBC_PREREQ(2, 33)
#else
#define KNOWS_HEAP			0
#endif

/* A reader that has done or lost this much makes room for a fresh one. */
#define RETIRE_SCANS		1000
#define RETIRE_CPU_SECONDS	10
#define RETIRE_HEAP_BYTES	((size_t) 16 * 1024 * 1024)

/* false at the end of the input */
static bool
read_all(void *buffer, size_t length)
{
	uint8_t    *to = buffer;

	while (length > 0)
	{
		ssize_t		n = read(STDIN_FILENO, to, length);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		to += n;
		length -= (size_t) n;
	}
	return true;
}

static bool
write_all(const void *buffer, size_t length)
{
	const uint8_t *from = buffer;

	while (length > 0)
	{
		ssize_t		n = write(STDOUT_FILENO, from, length);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		from += n;
		length -= (size_t) n;
	}
	return true;
}

/*
 * zbar converts what is marked as another character set (ECI) with iconv,
 * whose modules are files: load them while files can be opened.
 */
static void
load_character_sets(void)
{
	static const char *const others[] = {"UTF-8", "SJIS", "BIG5", "CP437"};
	char		name[16];

	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		(void) iconv_open("UTF-8", others[i]);
	for (int part = 1; part <= 16; part++)
	{
		(void) snprintf(name, sizeof(name), "ISO8859-%d", part);
		(void) iconv_open("UTF-8", name);
	}
}

/* Bytes that are allocated; 0 where the C library does not tell. */
static size_t
heap_size(void)
{
#if KNOWS_HEAP
	struct mallinfo2 heap = mallinfo2();

	return heap.uordblks + heap.hblkhd;
#else
	return 0;
#endif
}

/*
 * Is this reader's time over?  zbar leaks with some pictures: where the size
 * of the heap is not known, the other limits and RLIMIT_AS end the reader.
 */
static bool
worn_out(uint32_t scans)
{
	struct rusage usage;

	return scans >= RETIRE_SCANS || heap_size() > RETIRE_HEAP_BYTES ||
		getrusage(RUSAGE_SELF, &usage) != 0 ||
		usage.ru_utime.tv_sec + usage.ru_stime.tv_sec >= RETIRE_CPU_SECONDS;
}

/* Answer one request; false when there is none, or when it was the last. */
static bool
serve(uint32_t scans)
{
	static uint8_t out[CCCD_REPLY_SIZE + CCCD_SCAN_MAX_REPLY];
	uint8_t		in[CCCD_REQUEST_SIZE];
	uint8_t    *picture;
	CccdRequest request;
	CccdReply	reply = {0};

	if (!read_all(in, sizeof(in)) || !cccd_request_get(in, &request))
		return false;
	picture = malloc((size_t) request.length + 1);
	if (picture == NULL || !read_all(picture, request.length))
		return false;
	cccd_picture_scan(picture, request.length, &reply, out + CCCD_REPLY_SIZE);
	free(picture);
	reply.serial = request.serial;
	if (worn_out(scans))
		reply.flags = CCCD_REPLY_RETIRES;
	cccd_reply_put(&reply, out);
	return write_all(out, CCCD_REPLY_SIZE + reply.length) &&
		(reply.flags & CCCD_REPLY_RETIRES) == 0;
}

int
main(void)
{
	uint8_t		hello[CCCD_HELLO_SIZE];

	if (!cccd_sandbox_limit())
		return 2;
	load_character_sets();
	if (!cccd_sandbox_seal())
		return 2;
	cccd_hello_put(hello);
	if (!write_all(hello, sizeof(hello)))
		return 1;
	for (uint32_t scans = 1; serve(scans); scans++)
		;
	return 0;
}
