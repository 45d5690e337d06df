/*
 * qr_code_test.c
 *		Codes made and read again: capacities, every payload length, mixed
 *		segments and character sets, several, mirrored and inverted codes.
 *
 * CCCD_QR_EVERY is the distance between the lengths that are tried (61).
 *
 * link: src/qr/encode_image.c src/qr/reader/png_image.c src/qr/reader/jpeg_image.c src/qr/reader/zbar_image.c src/qr/reader/ladder_image.c -lqrencode -lzbar -lpng -ljpeg
 */
#include "unit.h"
#include "chance.h"

#include <qrencode.h>
#include <stdio.h>
#include <stdlib.h>

#include <jpeglib.h>

#include "qr/encode_image.h"
#include "qr/reader/ladder_image.h"

static const int capacity[] = {2953, 2331, 1663, 1273};
static uint8_t codes[CCCD_SCAN_MAX_REPLY];
static CccdReply reply;

/* Scan the codes of a file; the first one. */
static CccdScannedCode
scan(const uint8_t *file, size_t length)
{
	CccdScannedCode code = {0};
	size_t		pos = 0;

	cccd_picture_scan(file, length, &reply, codes);
	if (reply.codes > 0)
		CHECK(cccd_scanned_get(codes, reply.length, &pos, &code));
	return code;
}

static CccdScannedCode
scan_symbol(const CccdSymbol *symbol, int module_size, int margin)
{
	uint8_t    *file;
	size_t		length;
	CccdScannedCode code;

	CHECK(cccd_symbol_png(symbol, module_size, margin, &file, &length) ==
		  CCCD_ENCODE_OK);
	code = scan(file, length);
	free(file);
	return code;
}

static bool
same(const CccdScannedCode *code, const void *payload, size_t length)
{
	return code->length == length &&
		(length == 0 || memcmp(code->payload, payload, length) == 0);
}

static void
check_lengths(void)
{
	const char *every = getenv("CCCD_QR_EVERY");
	int			distance = every != NULL ? atoi(every) : 61;
	static CccdSymbol symbol;
	uint8_t		payload[2954];
	int			tried = 0,
				read = 0;

	for (size_t i = 0; i < sizeof(payload); i++)
		payload[i] = (uint8_t) (i * i + i / 7);
	for (int level = CCCD_QR_LEVEL_L; level <= CCCD_QR_LEVEL_H; level++)
	{
		int			last_width = 0;

		for (int length = 1; length <= capacity[level];)
		{
			CccdScannedCode code;

			CHECK(cccd_symbol_make(payload, (size_t) length,
								   (CccdQrLevel) level, &symbol) == CCCD_ENCODE_OK);
			CHECK(symbol.width >= last_width);
			last_width = symbol.width;
			code = scan_symbol(&symbol, 4, 4);
			tried++;
			read += same(&code, payload, (size_t) length) && reply.codes == 1;
			if (length < capacity[level] && length + distance > capacity[level])
				length = capacity[level];
			else
				length += distance;
		}
		CHECK(symbol.width == CCCD_QR_MAX_WIDTH);
		CHECK(cccd_symbol_make(payload, (size_t) capacity[level] + 1,
							   (CccdQrLevel) level, &symbol) == CCCD_ENCODE_TOO_LONG);
	}
	CHECK(read == tried);
	fprintf(stderr, "%d of %d lengths read\n", read, tried);
}

/* A code of libqrencode in the way that the test wants it. */
static CccdScannedCode
scan_code(QRcode *qr)
{
	static CccdSymbol symbol;

	CHECK(qr != NULL);
	symbol.width = qr->width;
	for (int i = 0; i < qr->width * qr->width; i++)
		symbol.modules[i] = qr->data[i] & 1;
	QRcode_free(qr);
	return scan_symbol(&symbol, 4, 4);
}

static const char nfc[] = "001099000123|L\xC3\xBD Minh \xC3\x9D|19051991|Nam|X\xC3\xA3 Ea Tu";
static const char nfd[] = "L" "y\xCC\x81 Minh Y\xCC\x81, Ninh Kie\xCC\x82\xCC\x80u";

static void
check_segments(void)
{
	static const char *const texts[] = {nfc, nfd};
	CccdScannedCode code;

	for (int i = 0; i < 2; i++)
		for (int level = 0; level < 4; level++)
		{
			QRinput    *input;

			/* libqrencode's own segments: digits, letters and bytes */
			code = scan_code(QRcode_encodeString(texts[i], 0,
												 (QRecLevel) level, QR_MODE_8, 1));
			CHECK(same(&code, texts[i], strlen(texts[i])));
			/* marked as UTF-8 */
			input = QRinput_new2(0, (QRecLevel) level);
			QRinput_appendECIheader(input, 26);
			QRinput_append(input, QR_MODE_8, (int) strlen(texts[i]),
						   (const unsigned char *) texts[i]);
			code = scan_code(QRcode_encodeInput(input));
			CHECK(same(&code, texts[i], strlen(texts[i])));
			QRinput_free(input);
		}
	/* bytes that are no text */
	code = scan_code(QRcode_encodeData(5, (const unsigned char *) "\0\xFF\xFE\0\x80",
									   0, QR_ECLEVEL_M));
	CHECK(same(&code, "\0\xFF\xFE\0\x80", 5));
}

/* A canvas of 400 by 400 for pictures of several codes. */
#define CANVAS	400
static uint8_t canvas[CANVAS * CANVAS];

static void
draw(const char *payload, int left, int top, bool mirrored)
{
	static CccdSymbol symbol;

	CHECK(cccd_symbol_make((const uint8_t *) payload, strlen(payload),
						   CCCD_QR_LEVEL_M, &symbol) == CCCD_ENCODE_OK);
	for (int y = 0; y < symbol.width * 4; y++)
		for (int x = 0; x < symbol.width * 4; x++)
			if (symbol.modules[y / 4 * symbol.width + x / 4])
				canvas[(top + y) * CANVAS + left +
					   (mirrored ? symbol.width * 4 - 1 - x : x)] = 0;
}

/* Scan pixels by way of a JPEG file. */
static CccdScannedCode
scan_grey(const uint8_t *pixels, int width, int height)
{
	struct jpeg_compress_struct cinfo;
	struct jpeg_error_mgr errors;
	unsigned char *file = NULL;
	unsigned long length = 0;
	CccdScannedCode code;

	cinfo.err = jpeg_std_error(&errors);
	jpeg_create_compress(&cinfo);
	jpeg_mem_dest(&cinfo, &file, &length);
	cinfo.image_width = (JDIMENSION) width;
	cinfo.image_height = (JDIMENSION) height;
	cinfo.in_color_space = JCS_GRAYSCALE;
	cinfo.input_components = 1;
	jpeg_set_defaults(&cinfo);
	jpeg_start_compress(&cinfo, TRUE);
	for (int y = 0; y < height; y++)
	{
		JSAMPROW	row = (JSAMPROW) pixels + y * width;

		jpeg_write_scanlines(&cinfo, &row, 1);
	}
	jpeg_finish_compress(&cinfo);
	jpeg_destroy_compress(&cinfo);
	code = scan(file, length);
	free(file);
	return code;
}

static CccdScannedCode
scan_canvas(void)
{
	return scan_grey(canvas, CANVAS, CANVAS);
}

static void
check_scenes(void)
{
	CccdScannedCode code;
	size_t		pos = 0;
	int			seen[4] = {0};

	/* four codes, two of them with one payload */
	memset(canvas, 255, sizeof(canvas));
	draw("a", 20, 20, false);
	draw("b", 220, 20, false);
	draw("c", 20, 220, false);
	draw("c", 220, 220, false);
	scan_canvas();
	CHECK(reply.codes == 4);
	while (pos < reply.length &&
		   cccd_scanned_get(codes, reply.length, &pos, &code))
		for (int i = 0; i < 3; i++)
			seen[i] += same(&code, "abc" + i, 1);
	CHECK(seen[0] == 1 && seen[1] == 1 && seen[2] == 2);

	/* one code: its corners are where it was drawn */
	memset(canvas, 255, sizeof(canvas));
	draw("corner", 100, 60, false);
	code = scan_canvas();
	CHECK(same(&code, "corner", 6));
	{
		static const int wanted[8] = {100, 60, 184, 60, 184, 144, 100, 144};

		for (int i = 0; i < 8; i++)
			CHECK(abs(code.corners[i] - wanted[i]) <= 4);
	}

	memset(canvas, 255, sizeof(canvas));
	draw("seen in a mirror", 100, 100, true);
	code = scan_canvas();
	CHECK(same(&code, "seen in a mirror", 16));

	for (int i = 0; i < CANVAS * CANVAS; i++)
		canvas[i] = 255;
	draw("light on dark", 100, 100, false);
	for (int i = 0; i < CANVAS * CANVAS; i++)
		canvas[i] = (uint8_t) (255 - canvas[i]);
	code = scan_canvas();
	CHECK(same(&code, "light on dark", 13));

	/* no code: nothing, and no error */
	memset(canvas, 128, sizeof(canvas));
	scan_canvas();
	CHECK(reply.status == CCCD_PICTURE_OK && reply.codes == 0);
}

/* The parts of a structured append in one picture are one payload. */
static void
check_structured_append(void)
{
	static const char text[] = "one payload in three codes, in their order";
	QRcode_List *parts = QRcode_encodeDataStructured((int) strlen(text),
													 (const unsigned char *) text,
													 1, QR_ECLEVEL_L);
	CccdScannedCode code;
	int			count = 0;

	CHECK(parts != NULL);
	memset(canvas, 255, sizeof(canvas));
	for (QRcode_List *part = parts; part != NULL; part = part->next, count++)
		for (int y = 0; y < part->code->width * 4; y++)
			for (int x = 0; x < part->code->width * 4; x++)
				if (part->code->data[y / 4 * part->code->width + x / 4] & 1)
					canvas[(20 + count / 3 * 120 + y) * CANVAS +
						   20 + count % 3 * 120 + x] = 0;
	QRcode_List_free(parts);
	CHECK(count == 3 || count == 4);
	code = scan_canvas();
	CHECK(reply.codes == 1);
	CHECK(same(&code, text, strlen(text)));
	/* without one of them there is none */
	for (int y = 0; y < 110; y++)
		memset(canvas + y * CANVAS, 255, 120);
	scan_canvas();
	CHECK(reply.codes == 0);
}

/* No side is too short, no shape too odd for any step. */
static void
check_shapes(void)
{
	static const int sides[] = {1, 2, 3, 5, 17, 400, 10000};
	static CccdSymbol symbol;
	static uint8_t noise[400 * 10000];

	for (size_t i = 0; i < sizeof(noise); i++)
		noise[i] = (uint8_t) chance(256);
	for (int i = 0; i < 7; i++)
		for (int j = 0; j < 7; j++)
			if (sides[i] * sides[j] <= 400 * 10000)
			{
				scan_grey(noise, sides[i], sides[j]);
				CHECK(reply.status == CCCD_PICTURE_OK && reply.codes == 0);
				CHECK(reply.width == (uint32_t) sides[i] &&
					  reply.height == (uint32_t) sides[j]);
			}
	for (int module_size = 2; module_size <= 12; module_size++)
	{
		CHECK(cccd_symbol_make((const uint8_t *) "x", 1, CCCD_QR_LEVEL_L, &symbol) ==
			  CCCD_ENCODE_OK);
		scan_symbol(&symbol, module_size, 4);
		CHECK(reply.codes == 1);
	}
}

int
main(void)
{
	check_lengths();
	check_segments();
	check_scenes();
	check_structured_append();
	check_shapes();
	return finish();
}
