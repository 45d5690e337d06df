/*
 * make_gate_picture.c
 *		Make the files of test/data/gate_picture: pictures that show several
 *		codes at once, of invented people and their tickets.
 *
 *		The files are in the repository; to make them again, from its root:
 *
 *	gcc -Isrc -o build/make_gate_picture test/data/make_gate_picture.c \
 *		src/qr/encode_image.c -lqrencode -lpng
 *	build/make_gate_picture test/data/gate_picture
 */
#include <png.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "qr/encode_image.h"

#define CODES_MAX	4
#define SCALE		4
#define SIDE		320			/* each code has a square of its own */

#define AN			"001099012345|012345678|Nguy\xE1\xBB\x85n V\xC4\x83n An|01011999|Nam|H\xC3\xA0 N\xE1\xBB\x99i|10052021"
#define CU			"034058000007||L\xC3\xAA V\xC4\x83n C\xE1\xBB\xB1|26101958|Nam|Ninh Thu\xE1\xBA\xADn|15032022"
#define CU_PERSONAL	"034058000007|LE VAN CU|1958-10-26|0|162900000000000001|<1<<"
#define TICKET		"secret of the ticket "

typedef struct Sheet
{
	const char *name;
	const char *codes[CODES_MAX];
} Sheet;

static const Sheet sheets[] = {
	{"two_cards", {AN, CU}},
	{"card_twice", {AN, AN}},
	{"card_and_ticket", {AN, TICKET "2", "https://example.com/"}},
	{"card_and_tickets", {AN, TICKET "1", TICKET "3"}},
	{"card_and_personal", {CU_PERSONAL, AN}},
	{"ticket", {TICKET "1"}}
};

static void
draw(png_bytep pixels, int width, int left, const char *payload)
{
	CccdSymbol	symbol;
	int			margin;

	if (cccd_symbol_make((const uint8_t *) payload, strlen(payload),
						 CCCD_QR_LEVEL_M, &symbol) != CCCD_ENCODE_OK)
		abort();
	margin = (SIDE - symbol.width * SCALE) / 2;
	for (int y = 0; y < symbol.width * SCALE; y++)
		for (int x = 0; x < symbol.width * SCALE; x++)
			if (symbol.modules[y / SCALE * symbol.width + x / SCALE])
				pixels[(margin + y) * width + left + margin + x] = 0;
}

int
main(int argc, char **argv)
{
	if (argc != 2)
		return 2;
	for (size_t k = 0; k < sizeof(sheets) / sizeof(sheets[0]); k++)
	{
		png_image	image = {.version = PNG_IMAGE_VERSION, .format = PNG_FORMAT_GRAY};
		png_bytep	pixels;
		char		path[512];
		int			count = 0;

		while (count < CODES_MAX && sheets[k].codes[count] != NULL)
			count++;
		image.width = (png_uint_32) (count * SIDE);
		image.height = SIDE;
		pixels = malloc(PNG_IMAGE_SIZE(image));
		if (pixels == NULL)
			return 1;
		memset(pixels, 0xFF, PNG_IMAGE_SIZE(image));
		for (int i = 0; i < count; i++)
			draw(pixels, count * SIDE, i * SIDE, sheets[k].codes[i]);
		snprintf(path, sizeof(path), "%s/%s.png", argv[1], sheets[k].name);
		if (!png_image_write_to_file(&image, path, 0, pixels, 0, NULL))
		{
			fprintf(stderr, "%s: %s\n", path, image.message);
			return 1;
		}
		free(pixels);
	}
	return 0;
}
