/*
 * client.c
 *		The backend's side of the QR code reader.
 *
 * A backend starts one reader at its first picture and keeps it.  Whatever
 * keeps a picture from being answered - a cancel, the time limit, a crash of
 * the reader, an invalid response - ends that reader, and the next picture
 * gets a fresh one.  Nothing that the reader sends is trusted.
 */
#include "qr/client.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "miscadmin.h"
#include "pgstat.h"
#include "port.h"
#include "storage/fd.h"
#include "storage/ipc.h"
#include "storage/latch.h"
#include "utils/memutils.h"
#include "utils/timestamp.h"

#define READER_PROGRAM	"cccd_qr_reader"

/* posix_spawn_file_actions_addclosefrom_np() is glibc's, since 2.34 */
#ifdef __GLIBC__
#define HAS_CLOSEFROM	__GLIBC_PREREQ(2, 34)
#else
#define HAS_CLOSEFROM	0
#endif

static struct
{
	pid_t		pid;			/* 0: none */
	pgsocket	sock;
	uint32_t	serial;			/* of the last request */
}			reader = {0, PGINVALID_SOCKET, 0};

/* When the picture that is being read must be done. */
typedef struct Deadline
{
	TimestampTz end;
	int			limit_ms;
} Deadline;

/*
 * End the reader, if there is one, and return its wait status; a reader that
 * had already ended keeps the status that it ended with.
 */
static int
end_reader(void)
{
	int			status = 0;

	if (reader.pid == 0)
		return 0;
	kill(reader.pid, SIGKILL);
	while (waitpid(reader.pid, &status, 0) < 0 && errno == EINTR)
		;
	closesocket(reader.sock);
	ReleaseExternalFD();
	reader.pid = 0;
	reader.sock = PGINVALID_SOCKET;
	return status;
}

static void
end_reader_at_exit(int code, Datum arg)
{
	end_reader();
}

/* The reader is gone, or closed its end, in the middle of the talk. */
static void
report_death(void)
{
	int			status = end_reader();

	ereport(ERROR,
			(errcode(ERRCODE_EXTERNAL_ROUTINE_EXCEPTION),
			 errmsg("the QR code reader ended before it answered"),
			 WIFSIGNALED(status) ?
			 errdetail("It was terminated by signal %d.", WTERMSIG(status)) :
			 errdetail("It ended with status %d.", WEXITSTATUS(status)),
			 errhint("The picture may have been made to crash it. The next picture gets a fresh reader.")));
}

static void
report_nonsense(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_EXTERNAL_ROUTINE_EXCEPTION),
			 errmsg("the QR code reader sent an invalid response"),
			 errhint("The picture may have been made to take it over. The next picture gets a fresh reader.")));
}

/*
 * Wait until one of the events happens on the socket, or it is time to give
 * up; returns what happened.
 */
static int
wait_for_reader(int events, const Deadline *deadline)
{
	long		left = TimestampDifferenceMilliseconds(GetCurrentTimestamp(),
													   deadline->end);
	int			happened;

	if (left <= 0)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("reading the picture took too long"),
				 errdetail("The QR code reader was stopped after %d milliseconds.",
						   deadline->limit_ms)));
	happened = WaitLatchOrSocket(MyLatch,
								 WL_LATCH_SET | WL_TIMEOUT |
								 WL_EXIT_ON_PM_DEATH | events,
								 reader.sock, left, PG_WAIT_EXTENSION);
	if (happened & WL_LATCH_SET)
	{
		ResetLatch(MyLatch);
		CHECK_FOR_INTERRUPTS();
	}
	return happened;
}

/* The reader has to be silent; is it? */
static bool
reader_is_silent(void)
{
	char		byte;

	return recv(reader.sock, &byte, 1, MSG_PEEK | MSG_DONTWAIT) < 0 &&
		(errno == EAGAIN || errno == EWOULDBLOCK);
}

/* Both are false when the reader is gone. */
static bool
send_bytes(const void *bytes, size_t length, const Deadline *deadline)
{
	const char *from = bytes;

	while (length > 0)
	{
		ssize_t		n = send(reader.sock, from, length, MSG_NOSIGNAL);

		if (n >= 0)
		{
			from += n;
			length -= n;
		}
		else if (errno == EAGAIN || errno == EWOULDBLOCK)
		{
			int			happened = wait_for_reader(WL_SOCKET_WRITEABLE |
												   WL_SOCKET_READABLE, deadline);

			/* it does not answer before it was asked */
			if ((happened & WL_SOCKET_READABLE) && !reader_is_silent())
				report_nonsense();
		}
		else if (errno != EINTR)
			return false;
	}
	return true;
}

static bool
receive_bytes(void *bytes, size_t length, const Deadline *deadline)
{
	char	   *to = bytes;

	while (length > 0)
	{
		ssize_t		n = recv(reader.sock, to, length, 0);

		if (n > 0)
		{
			to += n;
			length -= n;
		}
		else if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
			wait_for_reader(WL_SOCKET_READABLE, deadline);
		else if (n == 0 || errno != EINTR)
			return false;
	}
	return true;
}

/*
 * Start the program: one end of the socket pair as its standard input and
 * output, no environment, no other descriptor, default signal handling.
 * posix_spawn() does not copy the backend's memory and touches nothing of it.
 */
static int
spawn(const char *path, int sock, pid_t *pid)
{
	char	   *arguments[] = {(char *) path, NULL};
	char	   *environment[] = {NULL};
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	sigset_t	all,
				none;
	int			error;

	sigfillset(&all);
	sigemptyset(&none);
	if ((error = posix_spawn_file_actions_init(&actions)) != 0)
		return error;
	if ((error = posix_spawnattr_init(&attributes)) != 0)
	{
		posix_spawn_file_actions_destroy(&actions);
		return error;
	}
	if ((error = posix_spawn_file_actions_adddup2(&actions, sock, 0)) == 0 &&
		(error = posix_spawn_file_actions_adddup2(&actions, sock, 1)) == 0 &&
		(error = posix_spawn_file_actions_addopen(&actions, 2, "/dev/null",
												  O_WRONLY, 0)) == 0 &&
#if HAS_CLOSEFROM
	/* elsewhere the reader closes them itself before anything else */
		(error = posix_spawn_file_actions_addclosefrom_np(&actions, 3)) == 0 &&
#endif
		(error = posix_spawnattr_setsigmask(&attributes, &none)) == 0 &&
		(error = posix_spawnattr_setsigdefault(&attributes, &all)) == 0 &&
		(error = posix_spawnattr_setflags(&attributes,
										  POSIX_SPAWN_SETSIGMASK |
										  POSIX_SPAWN_SETSIGDEF)) == 0)
		error = posix_spawn(pid, path, &actions, &attributes,
							arguments, environment);
	posix_spawnattr_destroy(&attributes);
	posix_spawn_file_actions_destroy(&actions);
	return error;
}

/*
 * The program's path: beside the library that holds this function, wherever
 * the server loaded that from.  Only who may install libraries for the server
 * can put it there; PATH is never asked.
 */
static char *
reader_path(void)
{
	Dl_info		library;
	char	   *folder;
	char	   *path;

	/* any address of this library's will do */
	if (dladdr(&reader, &library) == 0)
		elog(ERROR, "could not find the file of library \"cccd_qr\"");
	folder = pstrdup(library.dli_fname);
	get_parent_directory(folder);
	path = psprintf("%s/%s", folder, READER_PROGRAM);
	if (access(path, X_OK) != 0)
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("the QR code reader is not installed"),
				 errdetail("There is no program \"%s\" beside the library \"cccd_qr\".",
						   READER_PROGRAM),
				 errhint("Install libzbar-dev, libpng-dev and libjpeg-dev, and build and install cccd again.")));
	return path;
}

/*
 * Start the reader with one end of a socket pair as its standard input, and wait
 * for its hello.
 */
static void
start_reader(const Deadline *deadline)
{
	static bool registered = false;
	char	   *path = reader_path();
	uint8_t		hello[CCCD_HELLO_SIZE];
	int			pair[2];
	pid_t		pid;
	int			error;

	if (!registered)
	{
		on_proc_exit(end_reader_at_exit, 0);
		registered = true;
	}
	if (!AcquireExternalFD())
		ereport(ERROR,
				(errcode(ERRCODE_INSUFFICIENT_RESOURCES),
				 errmsg("too many open files to start the QR code reader")));
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
	{
		ReleaseExternalFD();
		ereport(ERROR,
				(errcode_for_socket_access(),
				 errmsg("could not make a socket for the QR code reader: %m")));
	}
	error = pg_set_noblock(pair[0]) ? spawn(path, pair[1], &pid) : errno;
	closesocket(pair[1]);
	if (error != 0)
	{
		closesocket(pair[0]);
		ReleaseExternalFD();
		errno = error;
		ereport(ERROR,
				(errcode(ERRCODE_INSUFFICIENT_RESOURCES),
				 errmsg("could not start the QR code reader: %m")));
	}
	reader.pid = pid;
	reader.sock = pair[0];
	if (!receive_bytes(hello, sizeof(hello), deadline))
		report_death();
	if (!cccd_hello_get(hello))
		report_nonsense();
}

static void
restart_reader(const Deadline *deadline)
{
	end_reader();
	start_reader(deadline);
}

/* The codes must be what they should be before anybody uses one. */
static bool
codes_are_sound(const CccdReply *reply, const uint8_t *codes)
{
	size_t		pos = 0;
	CccdScannedCode code;

	for (uint32_t i = 0; i < reply->codes; i++)
		if (!cccd_scanned_get(codes, reply->length, &pos, &code))
			return false;
	return pos == reply->length;
}

/* Send the picture and take the answer; false when the reader is gone. */
static bool
ask(const char *picture, size_t length, const Deadline *deadline,
	CccdReply *reply, uint8_t **codes)
{
	CccdRequest request;
	uint8_t		request_bytes[CCCD_REQUEST_SIZE];
	uint8_t		reply_bytes[CCCD_REPLY_SIZE];

	request.serial = ++reader.serial;
	request.length = (uint32_t) length;
	cccd_request_put(&request, request_bytes);
	if (!send_bytes(request_bytes, sizeof(request_bytes), deadline) ||
		!send_bytes(picture, length, deadline) ||
		!receive_bytes(reply_bytes, sizeof(reply_bytes), deadline))
		return false;
	if (!cccd_reply_get(reply_bytes, reply) || reply->serial != request.serial)
		report_nonsense();
	*codes = palloc(reply->length + 1);
	if (!receive_bytes(*codes, reply->length, deadline))
		return false;
	if (!codes_are_sound(reply, *codes))
		report_nonsense();
	return true;
}

/*
 * A reader that served other pictures before may be dying of one of them, so
 * only a fresh one's death is held against this picture.
 */
void
cccd_client_scan(const char *picture, size_t length, int time_limit_ms,
				 CccdReply *reply, uint8_t **codes)
{
	Deadline	deadline;

	deadline.limit_ms = time_limit_ms;
	deadline.end = TimestampTzPlusMilliseconds(GetCurrentTimestamp(),
											   time_limit_ms);
	PG_TRY();
	{
		bool		fresh = reader.pid == 0 || !reader_is_silent();

		if (fresh)
			restart_reader(&deadline);
		if (!ask(picture, length, &deadline, reply, codes))
		{
			if (fresh)
				report_death();
			restart_reader(&deadline);
			if (!ask(picture, length, &deadline, reply, codes))
				report_death();
		}
		if (reply->flags & CCCD_REPLY_RETIRES)
			end_reader();
	}
	PG_CATCH();
	{
		end_reader();
		PG_RE_THROW();
	}
	PG_END_TRY();
}
