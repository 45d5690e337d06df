/*
 * qr_png_fuzz.c
 *		Any bytes as PNG.
 *
 * link: src/qr/reader/png_image.c -lpng
 */
#include <stdlib.h>
#include <string.h>

#include "qr/reader/picture_image.h"

#define PIXELS_MAX	1000000		/* larger ones only take longer */

int			LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	CccdPictureHeader header;
	uint8_t    *grey;

	if (cccd_picture_header(data, size, &header) != CCCD_PICTURE_OK ||
		header.kind != CCCD_PICTURE_PNG ||
		header.width * header.height > PIXELS_MAX)
		return 0;
	grey = malloc(header.width * header.height);
	if (grey == NULL)
		return 0;
	cccd_png_grey(data, size, &header, grey);
	free(grey);
	return 0;
}
