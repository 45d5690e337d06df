/*
 * hostile_reader.c
 *		Stands in for cccd_qr_reader in a test: a reader that a picture has
 *		crashed, hung or taken over.  The file hostile_mode in the server's
 *		data directory says how it behaves.
 */
#include <dirent.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char mode[64];

static int
is(const char *name)
{
	return strcmp(mode, name) == 0;
}

static void
get_mode(void)
{
	FILE	   *file = fopen("hostile_mode", "r");

	if (file == NULL || fgets(mode, sizeof(mode), file) == NULL)
		exit(9);
	mode[strcspn(mode, "\n")] = '\0';
	fclose(file);
}

static void
put32(uint8_t *out, uint32_t value)
{
	for (int i = 0; i < 4; i++)
		out[i] = (uint8_t) (value >> (24 - 8 * i));
}

static void
say(const void *bytes, size_t length)
{
	if (write(1, bytes, length) != (ssize_t) length)
		exit(8);
}

static void
hear(uint8_t *to, size_t length)
{
	while (length > 0)
	{
		ssize_t		n = read(0, to, length);

		if (n <= 0)
			exit(0);
		to += n;
		length -= (size_t) n;
	}
}

/* Misbehave at this stage if the mode is "<way> <stage>". */
static void
at(const char *stage)
{
	const char *blank = strchr(mode, ' ');

	if (blank == NULL || strcmp(blank + 1, stage) != 0)
		return;
	if (strncmp(mode, "abort", 5) == 0)
		abort();
	if (strncmp(mode, "crash", 5) == 0)
		raise(SIGSEGV);
	if (strncmp(mode, "exit", 4) == 0)
		exit(3);
	if (strncmp(mode, "close", 5) == 0)
	{
		/* gone without ending */
		close(0);
		close(1);
		pause();
	}
	if (strncmp(mode, "hang", 4) == 0)
		pause();
	if (strncmp(mode, "memory", 6) == 0)
	{
		/* as much as a limit lets it have, then what malloc's callers do */
		for (int i = 0; i < 128; i++)
			memset(malloc(1024 * 1024), 1, 1024 * 1024);
		raise(SIGSEGV);
	}
	if (strncmp(mode, "garbage", 7) == 0)
	{
		uint8_t		garbage[4096];

		for (size_t i = 0; i < sizeof(garbage); i++)
			garbage[i] = (uint8_t) (i * i + 77);
		for (;;)
			say(garbage, sizeof(garbage));
	}
}

/* What the open descriptors are, the one that lists them aside. */
static void
list_descriptors(char *out)
{
	DIR		   *dir = opendir("/proc/self/fd");
	struct dirent *entry;

	out[0] = '\0';
	while ((entry = readdir(dir)) != NULL)
		if (entry->d_name[0] != '.' && atoi(entry->d_name) != dirfd(dir))
			strcat(strcat(out, " "), entry->d_name);
	closedir(dir);
}

static void
serve(void)
{
	static uint8_t picture[8 * 1024 * 1024];
	uint8_t		request[12];
	uint8_t		reply[32 + 40] = {0};
	char		payload[256];
	uint32_t	length;

	at("before request");
	hear(request, 12);
	get_mode();
	at("in request");
	length = (uint32_t) request[8] << 24 | (uint32_t) request[9] << 16 |
		(uint32_t) request[10] << 8 | request[11];
	hear(picture, length);
	at("before reply");
	list_descriptors(payload);
	memcpy(reply, "CQRR", 4);
	memcpy(reply + 4, request + 4, 4);
	put32(reply + 24, 1);
	put32(reply + 28, 40 + (uint32_t) strlen(payload));
	reply[32] = reply[33] = 1;
	put32(reply + 68, (uint32_t) strlen(payload));
	if (is("wrong serial"))
		reply[7]++;
	if (is("wrong status"))
		reply[11] = 99;
	if (is("wrong flags"))
		reply[15] = 2;
	if (is("more codes"))
		reply[27] = 2;
	if (is("many codes"))
		reply[25] = 255;
	if (is("huge reply"))
		reply[28] = 0x7F;
	if (is("wrong reader"))
		reply[32] = 9;
	if (is("wrong step"))
		reply[33] = 99;
	if (is("far corner"))
		reply[36] = 0x7F;
	if (is("long payload"))
		reply[71]++;
	if (is("short payload"))
		reply[71]--;
	if (is("leftover"))
	{
		reply[31]++;
		strcat(payload, "x");
	}
	if (is("retire"))
		reply[15] = 1;
	say(reply, 10);
	at("in reply");
	say(reply + 10, 30);
	at("in codes");
	say(reply + 40, 32);
	say(payload, strlen(payload));
	at("after reply");
	if (is("chatter"))
		say("more", 4);
}

int
main(void)
{
	uint8_t		hello[9] = "CQRH\0\0\0\1";

	get_mode();
	at("before hello");
	if (is("wrong hello"))
		hello[7] = 2;
	say(hello, 4);
	at("in hello");
	say(hello + 4, 4);
	for (;;)
		serve();
}
