/*
 * qr_ask.h
 *		The reader as the backend uses it: started once, asked picture by
 *		picture.  For the conformance tests and the bench.
 */
#ifndef QR_ASK_H
#define QR_ASK_H

#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "qr/protocol_core.h"

static int	reader_socket;
static pid_t reader_pid;

static inline void
die(const char *why)
{
	fprintf(stderr, "qr: %s\n", why);
	exit(1);
}

static inline void
hear(void *to, size_t length)
{
	for (size_t n = 0; n < length;)
	{
		ssize_t		got = read(reader_socket, (char *) to + n, length - n);

		if (got <= 0)
			die("the reader ended");
		n += (size_t) got;
	}
}

static inline void
say(const void *from, size_t length)
{
	for (size_t n = 0; n < length;)
	{
		ssize_t		done = write(reader_socket, (const char *) from + n, length - n);

		if (done <= 0)
			die("the reader ended");
		n += (size_t) done;
	}
}

static inline void
start_reader(void)
{
	char	   *arguments[] = {"./cccd_qr_reader", NULL};
	char	   *environment[] = {NULL};
	posix_spawn_file_actions_t actions;
	uint8_t		hello[CCCD_HELLO_SIZE];
	int			pair[2];

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
		die("no socket");
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, pair[1], 0);
	posix_spawn_file_actions_adddup2(&actions, pair[1], 1);
	if (posix_spawn(&reader_pid, arguments[0], &actions, NULL, arguments, environment) != 0)
		die("cccd_qr_reader is not built");
	posix_spawn_file_actions_destroy(&actions);
	close(pair[1]);
	reader_socket = pair[0];
	hear(hello, sizeof(hello));
}

/* Codes of a picture; "codes" has room for CCCD_SCAN_MAX_REPLY bytes. */
static inline CccdReply
ask_reader(const void *picture, size_t length, uint8_t *codes)
{
	CccdRequest request = {1, (uint32_t) length};
	CccdReply	reply;
	uint8_t		bytes[CCCD_REPLY_SIZE];

	cccd_request_put(&request, bytes);
	say(bytes, CCCD_REQUEST_SIZE);
	say(picture, length);
	hear(bytes, CCCD_REPLY_SIZE);
	if (!cccd_reply_get(bytes, &reply))
		die("the reader talks nonsense");
	hear(codes, reply.length);
	if (reply.flags & CCCD_REPLY_RETIRES)
	{
		close(reader_socket);
		waitpid(reader_pid, NULL, 0);
		start_reader();
	}
	return reply;
}

#endif							/* QR_ASK_H */
