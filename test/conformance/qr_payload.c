/*
 * qr_payload.c
 *		2,000 card texts as codes at every level, in one segment of bytes, in
 *		libqrencode's own mixed segments and marked as UTF-8 (ECI): read again
 *		byte for byte, by the reader as it is built and by zbar alone.
 *
 *		qr_payload FILE [EVERY]: one in EVERY of the 12 codes of a text is made
 *		(1).
 *
 * link: src/qr/reader/png_image.c src/qr/reader/jpeg_image.c src/qr/reader/zbar_image.c src/qr/reader/ladder_image.c src/qr/encode_image.c -lqrencode -lzbar -lpng -ljpeg
 */
#define _GNU_SOURCE
#include "qr_ask.h"

#include <string.h>

#include <qrencode.h>

#include "qr/encode_image.h"
#include "qr/reader/ladder_image.h"

#define MODULE_SIZE		3
#define MARGIN			4

typedef enum Segments
{
	BYTES, MIXED, MARKED, SEGMENTS
} Segments;

static const char *const names[SEGMENTS] = {
	"in one segment of bytes", "in mixed segments", "with ECI"
};

static QRcode *
make_code(const char *text, size_t length, QRecLevel level, Segments segments)
{
	QRinput    *input;
	QRcode	   *code;

	if (segments == BYTES)
		return QRcode_encodeData((int) length, (const unsigned char *) text, 0,
								 level);
	if (segments == MIXED)
		return QRcode_encodeString(text, 0, level, QR_MODE_8, 1);
	input = QRinput_new2(0, level);
	QRinput_appendECIheader(input, 26);
	QRinput_append(input, QR_MODE_8, (int) length,
				   (const unsigned char *) text);
	code = QRcode_encodeInput(input);
	QRinput_free(input);
	return code;
}

/* Is the text the one code of an answer? */
static bool
says(const CccdReply *reply, const uint8_t *codes, const char *text,
	 size_t length)
{
	CccdScannedCode code;
	size_t		pos = 0;

	return reply->status == CCCD_PICTURE_OK && reply->codes == 1 &&
		cccd_scanned_get(codes, reply->length, &pos, &code) &&
		code.length == length && memcmp(code.payload, text, length) == 0;
}

static bool
comes_back(QRcode *code, const char *text, size_t length, bool *alone)
{
	static uint8_t codes[CCCD_SCAN_MAX_REPLY];
	static CccdSymbol symbol;
	CccdReply	reply;
	uint8_t    *png;
	size_t		size;
	bool		good;

	if (code == NULL)
		die("a code is not made");
	symbol.width = code->width;
	for (int k = 0; k < code->width * code->width; k++)
		symbol.modules[k] = code->data[k] & 1;
	QRcode_free(code);
	if (cccd_symbol_png(&symbol, MODULE_SIZE, MARGIN, &png, &size) !=
		CCCD_ENCODE_OK)
		die("a picture is not made");
	reply = ask_reader(png, size, codes);
	good = says(&reply, codes, text, length);
	cccd_picture_scan(png, size, &reply, codes);
	*alone = says(&reply, codes, text, length);
	free(png);
	return good;
}

int
main(int argc, char **argv)
{
	static char line[8192];
	long		made[SEGMENTS][4] = {{0}};
	long		read[SEGMENTS][4] = {{0}};
	long		alone[SEGMENTS][4] = {{0}};
	unsigned	every = argc > 2 ? (unsigned) atoi(argv[2]) : 1;
	unsigned	turn = 0;
	bool		bad = false;
	FILE	   *texts;

	if (argc < 2 || every == 0 || (texts = fopen(argv[1], "r")) == NULL)
		die("no texts");
	start_reader();
	while (fgets(line, sizeof(line), texts) != NULL)
	{
		size_t		length = strcspn(line, "\n");

		line[length] = '\0';
		for (int segments = 0; segments < SEGMENTS; segments++)
			for (int level = 0; level < 4; level++)
			{
				bool		by_zbar;

				if (turn++ % every != 0)
					continue;
				made[segments][level]++;
				read[segments][level] +=
					comes_back(make_code(line, length, (QRecLevel) level,
										 (Segments) segments), line, length, &by_zbar);
				alone[segments][level] += by_zbar;
			}
		/* so that the next text's codes are others */
		turn += every > 1;
	}
	fclose(texts);
	for (int segments = 0; segments < SEGMENTS; segments++)
		for (int level = 0; level < 4; level++)
		{
			bool		good = made[segments][level] > 0 &&
			read[segments][level] == made[segments][level] &&
			alone[segments][level] == made[segments][level];

			printf("%s %ld of %ld texts at level %c, %s; with zbar alone %ld\n",
				   good ? "ok" : "not ok", read[segments][level],
				   made[segments][level], "LMQH"[level], names[segments],
				   alone[segments][level]);
			bad |= !good;
		}
	return bad;
}
