/*
 * qr.c
 *		Damaged cards: rate and mean processor time by kind of damage, of the
 *		project's reader and, beside it, of zbar as it is and of the
 *		command-line programs of zbar and zxing-cpp where they are installed.
 *
 * All start from the file's bytes.  The reader's time holds the way to another
 * process and back; zbar as it is runs in this one; the programs' times hold
 * their start, which a caller pays each time.
 *
 * link: src/qr/png_image.c src/qr/jpeg_image.c src/qr/zbar_image.c -lzbar -lpng -ljpeg
 */
#define _GNU_SOURCE
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "qr/picture_image.h"
#include "qr/protocol_core.h"
#include "qr/scan_image.h"

#define KINDS_MAX		32

typedef enum Way
{
	READER, ZBAR, ZBARIMG, ZXINGREADER, WAYS
} Way;

typedef struct Kind
{
	char		name[32];
	int			pictures;
	int			read[WAYS];
	double		seconds[WAYS];
} Kind;

static Kind kinds[KINDS_MAX];
static int	kind_count;
static int	reader_socket;
static pid_t reader_pid;
static uint8_t file[CCCD_PICTURE_MAX_BYTES];
static size_t file_length;
static const char *wanted;
static size_t wanted_length;

static double
seconds_of(clockid_t clock)
{
	struct timespec time;

	if (clock_gettime(clock, &time) != 0)
		return 0;
	return (double) time.tv_sec + (double) time.tv_nsec / 1e9;
}

/*
 * Processor time of this process, of the reader and of the programs that have
 * ended: unlike that of a clock it does not depend on who else is at work.
 */
static double
now(void)
{
	struct rusage usage;
	clockid_t	clock;
	double		sum = seconds_of(CLOCK_PROCESS_CPUTIME_ID);

	if (reader_pid != 0 && clock_getcpuclockid(reader_pid, &clock) == 0)
		sum += seconds_of(clock);
	getrusage(RUSAGE_CHILDREN, &usage);
	return sum + (double) (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
		(double) (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

static void
die(const char *why)
{
	fprintf(stderr, "qr: %s\n", why);
	exit(1);
}

static int
is_wanted(const void *payload, size_t length)
{
	return length == wanted_length && memcmp(payload, wanted, length) == 0;
}

static void
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

static void
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

static void
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

static int
by_reader(void)
{
	static uint8_t codes[CCCD_SCAN_MAX_REPLY];
	CccdRequest request = {1, (uint32_t) file_length};
	CccdReply	reply;
	CccdScannedCode code;
	uint8_t		bytes[CCCD_REPLY_SIZE];
	size_t		pos = 0;
	int			found = 0;

	cccd_request_put(&request, bytes);
	say(bytes, CCCD_REQUEST_SIZE);
	say(file, file_length);
	hear(bytes, CCCD_REPLY_SIZE);
	if (!cccd_reply_get(bytes, &reply))
		die("the reader talks nonsense");
	hear(codes, reply.length);
	while (pos < reply.length &&
		   cccd_scanned_get(codes, reply.length, &pos, &code))
		found |= is_wanted(code.payload, code.length);
	if (reply.flags & CCCD_REPLY_RETIRES)
	{
		close(reader_socket);
		waitpid(reader_pid, NULL, 0);
		start_reader();
	}
	return found;
}

static int
compare(void *state, const CccdCode *code)
{
	*(int *) state |= is_wanted(code->payload, code->length);
	return 1;
}

static int
by_zbar(void)
{
	CccdPictureHeader header;
	uint8_t    *grey;
	int			found = 0;

	if (cccd_picture_header(file, file_length, &header) != CCCD_PICTURE_OK)
		return 0;
	grey = malloc((size_t) header.width * header.height);
	if ((header.kind == CCCD_PICTURE_PNG ? cccd_png_grey : cccd_jpeg_grey)
		(file, file_length, &header, grey) == CCCD_PICTURE_OK)
		cccd_zbar_scan(grey, (int) header.width, (int) header.height, 1,
					   compare, &found);
	free(grey);
	return found;
}

static int
by_program(const char *program, const char *path)
{
	static char output[65536];
	static char command[32768];
	FILE	   *pipe;
	size_t		length;

	snprintf(command, sizeof(command), "%s '%s' 2>/dev/null", program, path);
	if ((pipe = popen(command, "r")) == NULL)
		die("no shell");
	length = fread(output, 1, sizeof(output), pipe);
	pclose(pipe);
	if (length > 0 && output[length - 1] == '\n')
		length--;
	return is_wanted(output, length);
}

static Kind *
kind_of(const char *name)
{
	size_t		length = strcspn(name, "_");

	for (int i = 0; i < kind_count; i++)
		if (strlen(kinds[i].name) == length &&
			memcmp(kinds[i].name, name, length) == 0)
			return &kinds[i];
	if (kind_count == KINDS_MAX || length >= sizeof(kinds[0].name))
		die("too many kinds");
	memcpy(kinds[kind_count].name, name, length);
	return &kinds[kind_count++];
}

/* The fastest of three runs. */
static void
measure(Kind *kind, Way way, const char *path)
{
	double		fastest = 0;
	int			found = 0;

	for (int run = 0; run < 3; run++)
	{
		double		start = now();
		double		took;

		found = way == READER ? by_reader() :
			way == ZBAR ? by_zbar() :
			way == ZBARIMG ? by_program("zbarimg -q --raw -Sdisable"
										" -Sqrcode.enable -Sqrcode.binary", path) :
			by_program("ZXingReader -format QRCode -bytes", path);
		took = now() - start;
		if (run == 0 || took < fastest)
			fastest = took;
	}
	kind->seconds[way] += fastest;
	kind->read[way] += found;
}

static void
print_row(const Kind *kind, const int *there)
{
	printf("%-12s %8d", kind->name, kind->pictures);
	for (int way = 0; way < WAYS; way++)
		if (there[way])
			printf("  %7.1f %% %6.2f ms",
				   100.0 * kind->read[way] / kind->pictures,
				   1000 * kind->seconds[way] / kind->pictures);
	printf("\n");
}

static void
print_table(const int *there)
{
	static const char *const titles[WAYS] = {
		"cccd_qr_reader", "zbar as it is", "zbarimg", "ZXingReader"
	};
	Kind		all = {"all", 0, {0}, {0}};

	printf("%-12s %8s", "damage", "pictures");
	for (int way = 0; way < WAYS; way++)
		if (there[way])
			printf("  %19s", titles[way]);
	printf("\n");
	for (int i = 0; i < kind_count; i++)
	{
		print_row(&kinds[i], there);
		all.pictures += kinds[i].pictures;
		for (int way = 0; way < WAYS; way++)
		{
			all.read[way] += kinds[i].read[way];
			all.seconds[way] += kinds[i].seconds[way];
		}
	}
	print_row(&all, there);
	printf("mean time against zbar as it is: %.2f\n",
		   all.seconds[READER] / all.seconds[ZBAR]);
}

int
main(void)
{
	const char *data = getenv("CCCD_TEST_DATA");
	int			there[WAYS] = {1, 1};
	static char line[8192];
	static char path[16384];
	FILE	   *list,
			   *picture;

	snprintf(path, sizeof(path), "%s/qr/expected.tsv", data != NULL ? data : "");
	if (data == NULL || (list = fopen(path, "r")) == NULL)
	{
		printf("skipped: no pictures\n");
		return 0;
	}
	there[ZBARIMG] = system("command -v zbarimg >/dev/null") == 0;
	there[ZXINGREADER] = system("command -v ZXingReader >/dev/null") == 0;
	start_reader();
	while (fgets(line, sizeof(line), list) != NULL)
	{
		char	   *tab = strchr(line, '\t');
		Kind	   *kind;

		if (tab == NULL)
			continue;
		*tab = '\0';
		wanted = tab + 1;
		wanted_length = strcspn(wanted, "\n");
		snprintf(path, sizeof(path), "%s/qr/%s", data, line);
		if ((picture = fopen(path, "rb")) == NULL)
			die("a picture is missing");
		file_length = fread(file, 1, sizeof(file), picture);
		fclose(picture);
		kind = kind_of(line);
		kind->pictures++;
		for (int way = 0; way < WAYS; way++)
			if (there[way])
				measure(kind, (Way) way, path);
	}
	fclose(list);
	print_table(there);
	return 0;
}
