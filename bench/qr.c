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
 * The vectors that make builds the preparations with are asked for below.
 *
 * Before that, pictures that were made to hurt: how soon those over a limit
 * are refused.  With $STAGE they are written there, and with them patterns that
 * keep a decoder busy, for qr.sql.
 *
 * link: -fvect-cost-model=dynamic src/qr/reader/png_image.c src/qr/reader/jpeg_image.c src/qr/reader/zbar_image.c src/qr/reader/ladder_image.c -lzbar -lpng -ljpeg
 */
#define _GNU_SOURCE
#include "../test/unit/qr_ask.h"

#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include <png.h>

#include "qr/reader/ladder_image.h"
#include "qr/reader/picture_image.h"
#include "qr/reader/scan_image.h"

#define KINDS_MAX		32

typedef enum Way
{
	READER, LADDER, ZBAR, ZBARIMG, ZXINGREADER, WAYS
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

static int
is_wanted(const void *payload, size_t length)
{
	return length == wanted_length && memcmp(payload, wanted, length) == 0;
}

static int
in_reply(const CccdReply *reply, const uint8_t *codes)
{
	CccdScannedCode code;
	size_t		pos = 0;
	int			found = 0;

	while (pos < reply->length &&
		   cccd_scanned_get(codes, reply->length, &pos, &code))
		found |= is_wanted(code.payload, code.length);
	return found;
}

static int
by_reader(void)
{
	static uint8_t codes[CCCD_SCAN_MAX_REPLY];
	CccdReply	reply = ask_reader(file, file_length, codes);

	return in_reply(&reply, codes);
}

/* The ladder without zxing-cpp, in this process. */
static int
by_ladder(void)
{
	static uint8_t codes[CCCD_SCAN_MAX_REPLY];
	CccdReply	reply;

	cccd_picture_scan(file, file_length, &reply, codes);
	return in_reply(&reply, codes);
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
			way == LADDER ? by_ladder() :
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
	printf("%-12s | %8d", kind->name, kind->pictures);
	for (int way = 0; way < WAYS; way++)
		if (there[way])
			printf(" | %18.1f | %19.2f",
				   100.0 * kind->read[way] / kind->pictures,
				   1000 * kind->seconds[way] / kind->pictures);
	printf("\n");
}

static void
print_table(const int *there)
{
	static const char *const titles[WAYS] = {
		"cccd_qr_reader", "with zbar alone", "zbar as it is", "zbarimg",
		"ZXingReader"
	};
	Kind		all = {"all", 0, {0}, {0}};

	printf("%-12s | %8s", "damage", "pictures");
	for (int way = 0; way < WAYS; way++)
		if (there[way])
			printf(" | %16s %% | %16s ms", titles[way], titles[way]);
	printf("\n-------------+---------");
	for (int way = 0; way < WAYS; way++)
		if (there[way])
			printf("-+--------------------+--------------------");
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
	printf("mean time against zbar as it is: %.2f times (with zbar alone "
		   "%.2f)\n", all.seconds[READER] / all.seconds[ZBAR],
		   all.seconds[LADDER] / all.seconds[ZBAR]);
}

/* --- pictures that were made to hurt ------------------------------------- */

typedef struct Hostile
{
	const char *name;
	int			width;
	int			height;
	int			pattern;
} Hostile;

static const Hostile hostiles[] = {
	{"PNG of 268 megapixels in 55 kB", 16384, 16384, 0},
	{"JPEG of 65000 by 10000 pixels", 65000, 10000, -1},
	{"JPEG of a thousand scans", 100, 100, -2},
	{"finder patterns, 12 megapixels", 4000, 3000, 1},
	{"crosses, 12 megapixels", 4000, 3000, 2},
	{"bars, 12 megapixels", 4000, 3000, 3},
	{"noise, 12 megapixels", 4000, 3000, 4},
};

/* Is a pixel of a pattern light? */
static int
light(int pattern, int x, int y)
{
	static const uint8_t finder[8] = {
		0x01, 0x7D, 0x45, 0x45, 0x45, 0x7D, 0x01, 0xFF
	};
	static const uint8_t bars = 0x45;
	uint32_t	mixed = (uint32_t) (x * 2654435761u) ^ (uint32_t) (y * 40503u);

	switch (pattern)
	{
		case 1:
			return finder[y % 8] >> (7 - x % 8) & 1;
		case 2:
			return (y % 7 != 1 && y % 7 != 5) && (bars >> (7 - x % 8) & 1);
		case 3:
			return bars >> (7 - x % 8) & 1;
		case 4:
			mixed ^= mixed >> 15;
			mixed *= 2246822519u;
			return mixed >> 31;
		default:
			return 1;
	}
}

static void
append(const void *bytes, size_t length)
{
	if (length > sizeof(file) - file_length)
		die("a picture is too large");
	memcpy(file + file_length, bytes, length);
	file_length += length;
}

static void
append_png(png_structp png, png_bytep bytes, size_t length)
{
	(void) png;
	append(bytes, length);
}

static void
make_png(const Hostile *hostile)
{
	png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL,
											  NULL, NULL);
	png_infop	info = png_create_info_struct(png);
	uint8_t    *row = malloc((size_t) hostile->width / 8);

	png_set_write_fn(png, NULL, append_png, NULL);
	png_set_IHDR(png, info, (png_uint_32) hostile->width,
				 (png_uint_32) hostile->height, 1, PNG_COLOR_TYPE_GRAY,
				 PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
				 PNG_FILTER_TYPE_DEFAULT);
	png_write_info(png, info);
	for (int y = 0; y < hostile->height; y++)
	{
		memset(row, 0, (size_t) hostile->width / 8);
		for (int x = 0; x < hostile->width; x++)
			row[x / 8] |= (uint8_t) (light(hostile->pattern, x, y) <<
									 (7 - x % 8));
		png_write_row(png, row);
	}
	png_write_end(png, info);
	png_destroy_write_struct(&png, &info);
	free(row);
}

/* A frame header, and scans enough. */
static void
make_jpeg(const Hostile *hostile)
{
	uint8_t		frame[] = {
		0xFF, 0xD8, 0xFF, hostile->pattern == -1 ? 0xC0 : 0xC2, 0, 11, 8,
		(uint8_t) (hostile->height >> 8), (uint8_t) hostile->height,
		(uint8_t) (hostile->width >> 8), (uint8_t) hostile->width,
		1, 1, 0x11, 0
	};
	static const uint8_t scan[] = {0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 0, 0, 0x12};

	append(frame, sizeof(frame));
	for (int k = 0; k < (hostile->pattern == -1 ? 0 : 1000); k++)
		append(scan, sizeof(scan));
	append("\xFF\xD9", 2);
}

static void
bench_hostile(const char *stage)
{
	static uint8_t codes[CCCD_SCAN_MAX_REPLY];

	for (size_t k = 0; k < sizeof(hostiles) / sizeof(hostiles[0]); k++)
	{
		const Hostile *hostile = &hostiles[k];
		double		start;
		CccdReply	reply;

		file_length = 0;
		if (hostile->pattern < 0)
			make_jpeg(hostile);
		else
			make_png(hostile);
		if (stage != NULL)
		{
			char		path[512];
			FILE	   *out;

			snprintf(path, sizeof(path), "%s/hostile%zu", stage, k);
			if ((out = fopen(path, "wb")) == NULL ||
				fwrite(file, 1, file_length, out) != file_length)
				die("a picture cannot be written");
			fclose(out);
		}
		/* the others need the time limit of qr.sql */
		if (hostile->pattern > 0)
			continue;
		start = now();
		reply = ask_reader(file, file_length, codes);
		if (reply.status == CCCD_PICTURE_OK)
			die("a picture over a limit is read");
		printf("%s, refused: %.2f ms (%zu bytes)\n", hostile->name,
			   1000 * (now() - start), file_length);
	}
}

int
main(void)
{
	const char *data = getenv("CCCD_TEST_DATA");
	int			there[WAYS] = {1, 1, 1};
	static char line[8192];
	static char path[16384];
	FILE	   *list,
			   *picture;

	start_reader();
	bench_hostile(getenv("STAGE"));
	snprintf(path, sizeof(path), "%s/qr/expected.tsv", data != NULL ? data : "");
	if (data == NULL || (list = fopen(path, "r")) == NULL)
	{
		printf("skipped: no pictures\n");
		return 0;
	}
	there[ZBARIMG] = system("command -v zbarimg >/dev/null") == 0;
	there[ZXINGREADER] = system("command -v ZXingReader >/dev/null") == 0;
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
