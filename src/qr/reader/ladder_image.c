/*
 * ladder_image.c
 *		Codes of a picture file: a ladder of cheap preparations, each tried
 *		only when the ones before found nothing.
 *
 * Which steps in which order was measured over pictures with every kind of
 * damage (bench/qr.c): a step stands where it finds most for its time.
 */
#include "qr/reader/ladder_image.h"

#include <stdlib.h>
#include <string.h>

#include "qr/reader/grey_core.h"
#include "qr/reader/picture_image.h"
#include "qr/reader/scan_image.h"

/* Pictures are halved until they have this size; the full size comes last. */
#define BASE_MAX_PIXELS		4000000

/* what preparations do, in this order, one letter each */
#define HALVE				'h'
#define DOUBLE				'd'
#define THRESHOLD			't'
#define ADAPT				'a' /* window: an eighth of the shorter side */
#define ADAPT_CLOSE			'c' /* window: a sixteenth */
#define INVERT				'i'
#define BLUR				'b'
#define SHARPEN_LITTLE		'1'
#define SHARPEN				'2'
#define SHARPEN_WIDE		'3'
#define SHARPEN_MUCH		'4'
#define EVEN				'e'

#define ADAPT_BELOW			3	/* grey levels */
#define EVEN_WINDOW			9	/* pixels: some modules of a photographed code */

typedef struct Step
{
	CccdStep	name;
	CccdReader	reader;
	int			density;		/* zbar: every so-many-th line */
	size_t		max_pixels;		/* of a picture that is doubled; 0: any */
	const char *work;
} Step;

#ifdef CCCD_HAVE_ZXING
static const Step ladder[] = {
	{CCCD_STEP_PLAIN, CCCD_READER_ZXING, 1, 0, ""},
	{CCCD_STEP_HALF_ADAPTIVE, CCCD_READER_ZXING, 1, 0, "ha"},
	{CCCD_STEP_INVERTED, CCCD_READER_ZXING, 1, 0, "i"},
	{CCCD_STEP_BLUR_SHARP, CCCD_READER_ZXING, 1, 0, "b2"},
	{CCCD_STEP_HALF_THRESHOLD, CCCD_READER_ZBAR, 1, 0, "ht"},
	{CCCD_STEP_SHARP, CCCD_READER_ZXING, 1, 0, "1"},
	{CCCD_STEP_BLUR_ADAPTIVE, CCCD_READER_ZBAR, 1, 0, "bba"},
	{CCCD_STEP_VERY_SHARP, CCCD_READER_ZXING, 1, 0, "4"},
	{CCCD_STEP_EVEN, CCCD_READER_ZBAR, 1, 0, "be"},
	{CCCD_STEP_DOUBLE_ADAPTIVE, CCCD_READER_ZBAR, 2, 1000000, "dc"},
	{CCCD_STEP_PLAIN, CCCD_READER_ZBAR, 1, 0, ""},
};
#else
static const Step ladder[] = {
	{CCCD_STEP_HALF_THRESHOLD, CCCD_READER_ZBAR, 1, 0, "ht"},
	{CCCD_STEP_BLUR_ADAPTIVE, CCCD_READER_ZBAR, 2, 0, "bba"},
	{CCCD_STEP_SHARP_THRESHOLD, CCCD_READER_ZBAR, 1, 0, "3t"},
	{CCCD_STEP_INVERTED, CCCD_READER_ZBAR, 2, 0, "ti"},
	{CCCD_STEP_THRESHOLD, CCCD_READER_ZBAR, 1, 0, "t"},
	{CCCD_STEP_PLAIN, CCCD_READER_ZBAR, 1, 0, ""},
	{CCCD_STEP_DOUBLE, CCCD_READER_ZBAR, 1, 40000, "d"},
};
#endif

/*
 * For every code of a picture: zxing-cpp finds more damaged ones, zbar more
 * of several.
 */
static const Step full[] = {
#ifdef CCCD_HAVE_ZXING
	{CCCD_STEP_PLAIN, CCCD_READER_ZXING, 1, 0, ""},
#endif
	{CCCD_STEP_PLAIN, CCCD_READER_ZBAR, 1, 0, ""},
};

#define LENGTH(array)	(sizeof(array) / sizeof((array)[0]))

typedef struct Scan
{
	CccdReply  *reply;
	uint8_t    *out;
	size_t		length;
	/* of the running step */
	CccdReader	reader;
	CccdStep	step;
	int			zoom;			/* picture pixels = scanned * zoom / 2 */
	/* buffers of the preparations */
	uint8_t    *buffers[3];
	uint32_t   *sums;
} Scan;

/* Twice the area of a code, by the shoelace formula. */
static int64_t
double_area(const int32_t *corners)
{
	int64_t		sum = 0;

	for (int i = 0; i < 8; i += 2)
		sum += (int64_t) corners[i] * corners[(i + 3) % 8] -
			(int64_t) corners[(i + 2) % 8] * corners[i + 1];
	return sum < 0 ? -sum : sum;
}

/* Do two codes with one payload lie on each other? */
static bool
same_place(const int32_t *a, const int32_t *b)
{
	int64_t		dx = 0,
				dy = 0;

	for (int i = 0; i < 8; i += 2)
	{
		dx += a[i] - b[i];
		dy += a[i + 1] - b[i + 1];
	}
	/* centres (sums of four) nearer than half of a side */
	return (dx * dx + dy * dy) / 16 <= (double_area(a) + double_area(b)) / 16;
}

static bool
known(const Scan *scan, const CccdScannedCode *code)
{
	size_t		pos = 0;
	CccdScannedCode other;

	while (pos < scan->length &&
		   cccd_scanned_get(scan->out, scan->length, &pos, &other))
		if (other.length == code->length &&
			memcmp(other.payload, code->payload, code->length) == 0 &&
			same_place(other.corners, code->corners))
			return true;
	return false;
}

/* A corner of the scanned picture in the one that came in. */
static int32_t
in_picture(int32_t corner, int zoom)
{
	int64_t		at = (int64_t) corner * zoom / 2;

	if (at < -CCCD_CORNER_MAX)
		at = -CCCD_CORNER_MAX;
	if (at > CCCD_CORNER_MAX)
		at = CCCD_CORNER_MAX;
	return (int32_t) at;
}

static int
take_code(void *state, const CccdCode *found)
{
	Scan	   *scan = state;
	CccdScannedCode code;

	code.reader = scan->reader;
	code.step = scan->step;
	for (int i = 0; i < 8; i++)
		code.corners[i] =
			in_picture(found->corners[i], scan->zoom);
	code.length = (uint32_t) found->length;
	code.payload = found->payload;
	if (found->length > CCCD_SCAN_MAX_PAYLOAD || known(scan, &code))
		return 1;
	if (scan->reply->codes == CCCD_SCAN_MAX_CODES ||
		!cccd_scanned_put(&code, scan->out, CCCD_SCAN_MAX_REPLY, &scan->length))
	{
		scan->reply->status = CCCD_PICTURE_TOO_MANY_CODES;
		return 0;
	}
	scan->reply->codes++;
	return 1;
}

static int
shorter_side(const CccdGrey *grey)
{
	return grey->width < grey->height ? grey->width : grey->height;
}

/* Apply one preparation; "in" becomes what it made. */
static void
prepare(Scan *scan, char work, CccdGrey *in)
{
	int			held = in->pixels == scan->buffers[0] ? 0 :
	in->pixels == scan->buffers[1] ? 1 : 2;
	uint8_t    *spare = scan->buffers[(held + 2) % 3];
	CccdGrey	made = *in;

	made.pixels = scan->buffers[(held + 1) % 3];
	switch (work)
	{
		case HALVE:
			made.width = in->width / 2;
			made.height = in->height / 2;
			scan->zoom *= 2;
			cccd_grey_halve(in, made.pixels);
			break;
		case DOUBLE:
			made.width = in->width * 2;
			made.height = in->height * 2;
			scan->zoom /= 2;
			cccd_grey_double(in, made.pixels);
			break;
		case THRESHOLD:
			cccd_grey_threshold(in, made.pixels);
			break;
		case ADAPT:
			cccd_grey_adapt(in, shorter_side(in) / 8, ADAPT_BELOW,
							scan->sums, made.pixels);
			break;
		case ADAPT_CLOSE:
			cccd_grey_adapt(in, shorter_side(in) / 16, ADAPT_BELOW,
							scan->sums, made.pixels);
			break;
		case EVEN:
			cccd_grey_even(in, EVEN_WINDOW, scan->sums, made.pixels);
			break;
		case INVERT:
			cccd_grey_invert(in, made.pixels);
			break;
		case BLUR:
			cccd_grey_blur(in, made.pixels);
			break;
		case SHARPEN_LITTLE:
			cccd_grey_sharpen(in, 2, 4, spare, made.pixels);
			break;
		case SHARPEN:
			cccd_grey_sharpen(in, 4, 8, spare, made.pixels);
			break;
		case SHARPEN_WIDE:
			cccd_grey_sharpen(in, 8, 12, spare, made.pixels);
			break;
		case SHARPEN_MUCH:
			cccd_grey_sharpen(in, 8, 25, spare, made.pixels);
			break;
	}
	*in = made;
}

/* Try one step on a picture that was made smaller by 2 / zoom. */
static void
try_step(Scan *scan, const Step *step, CccdGrey grey, int zoom)
{
	int			found;

	scan->reader = step->reader;
	scan->step = step->name;
	scan->zoom = zoom;
	for (const char *work = step->work; *work != '\0'; work++)
	{
		prepare(scan, *work, &grey);
		if (grey.width == 0 || grey.height == 0)
			return;
	}
#ifdef CCCD_HAVE_ZXING
	if (step->reader == CCCD_READER_ZXING)
		found = cccd_zxing_scan(grey.pixels, grey.width, grey.height, 1,
								take_code, scan);
	else
#endif
		found = cccd_zbar_scan(grey.pixels, grey.width, grey.height,
							   step->density, take_code, scan);
	if (found < 0)
		scan->reply->status = CCCD_PICTURE_NO_MEMORY;
}

/* Do the codes fill a quarter of the picture? */
static bool
fill_the_picture(const Scan *scan)
{
	size_t		pos = 0;
	int64_t		area = 0;
	CccdScannedCode code;

	while (pos < scan->length &&
		   cccd_scanned_get(scan->out, scan->length, &pos, &code))
		area += double_area(code.corners);
	return area * 2 >=
		(int64_t) scan->reply->width * scan->reply->height;
}

/*
 * The ladder, then the picture as it is in its full size: because nothing was
 * found in a smaller one, or because what was found leaves room for more.
 */
static void
climb(Scan *scan, const CccdGrey *picture, const CccdGrey *base, int zoom)
{
	bool		looked[CCCD_READER_ZXING + 1] = {false};

	for (size_t i = 0; i < LENGTH(ladder) && scan->reply->codes == 0 &&
		 scan->reply->status == CCCD_PICTURE_OK; i++)
	{
		const Step *step = &ladder[i];

		if (step->max_pixels != 0 && cccd_grey_size(base) > step->max_pixels)
			continue;
		try_step(scan, step, *base, zoom);
		if (step->name == CCCD_STEP_PLAIN && zoom == 2)
			looked[step->reader] = true;
	}
	for (size_t i = 0; i < LENGTH(full) && !fill_the_picture(scan) &&
		 scan->reply->status == CCCD_PICTURE_OK; i++)
		if (!looked[full[i].reader])
			try_step(scan, &full[i], *picture, 2);
}

/* The smaller picture that the ladder works on, and the buffers it needs. */
static bool
make_base(Scan *scan, const CccdGrey *picture, CccdGrey *base, int *zoom,
		  uint8_t **shrunk)
{
	size_t		size;

	*base = *picture;
	*zoom = 2;
	while (cccd_grey_size(base) > BASE_MAX_PIXELS)
	{
		CccdGrey	half = {NULL, base->width / 2, base->height / 2};

		half.pixels = malloc(cccd_grey_size(&half));
		if (half.pixels == NULL)
			return false;
		cccd_grey_halve(base, half.pixels);
		free(*shrunk);
		*shrunk = half.pixels;
		*base = half;
		*zoom *= 2;
	}
	/* a doubled picture has four times the pixels, but never over 4 million */
	size = cccd_grey_size(base);
	size = size <= BASE_MAX_PIXELS / 4 ? size * 4 : BASE_MAX_PIXELS;
	for (int i = 0; i < 3; i++)
		if ((scan->buffers[i] = malloc(size)) == NULL)
			return false;
	scan->sums = malloc((size_t) base->width * 2 * sizeof(*scan->sums));
	return scan->sums != NULL;
}

static void
scan_grey(const CccdGrey *picture, CccdReply *reply, uint8_t *out)
{
	Scan		scan = {0};
	CccdGrey	base;
	int			zoom;
	uint8_t    *shrunk = NULL;

	scan.reply = reply;
	scan.out = out;
	if (make_base(&scan, picture, &base, &zoom, &shrunk))
		climb(&scan, picture, &base, zoom);
	else
		reply->status = CCCD_PICTURE_NO_MEMORY;
	free(shrunk);
	for (int i = 0; i < 3; i++)
		free(scan.buffers[i]);
	free(scan.sums);
	reply->length = (uint32_t) scan.length;
}

void
cccd_picture_scan(const uint8_t *data, size_t length,
				  CccdReply *reply, uint8_t *out)
{
	CccdPictureHeader header;
	CccdGrey	picture;

	reply->codes = 0;
	reply->length = 0;
	reply->status = cccd_picture_header(data, length, &header);
	reply->width = header.width;
	reply->height = header.height;
	if (reply->status != CCCD_PICTURE_OK)
		return;
	picture.width = (int) header.width;
	picture.height = (int) header.height;
	picture.pixels = malloc(cccd_grey_size(&picture));
	if (picture.pixels == NULL)
		reply->status = CCCD_PICTURE_NO_MEMORY;
	else if (header.kind == CCCD_PICTURE_PNG)
		reply->status = cccd_png_grey(data, length, &header, picture.pixels);
	else
		reply->status = cccd_jpeg_grey(data, length, &header, picture.pixels);
	if (reply->status == CCCD_PICTURE_OK)
		scan_grey(&picture, reply, out);
	free(picture.pixels);
	if (reply->status != CCCD_PICTURE_OK)
		reply->codes = reply->length = 0;
}
