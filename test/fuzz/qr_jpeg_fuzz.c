/*
 * qr_jpeg_fuzz.c
 *		Any bytes as JPEG.
 *
 * link: src/qr/reader/jpeg_image.c -ljpeg
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
		header.kind != CCCD_PICTURE_JPEG ||
		header.width * header.height > PIXELS_MAX)
		return 0;
	grey = malloc(header.width * header.height);
	if (grey == NULL)
		return 0;
	cccd_jpeg_grey(data, size, &header, grey);
	free(grey);
	return 0;
}
