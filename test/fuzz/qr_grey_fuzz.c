/*
 * qr_grey_fuzz.c
 *		Preparations in any order on pictures of any shape, each in a buffer
 *		that is exactly as large as it must be.
 *
 * The input: width, height, a length and that many letters of work, pixels.
 */
#include <stdlib.h>
#include <string.h>

#include "qr/reader/grey_core.h"
#include "qr/picture_core.h"

#define PIXELS_MAX	8192

int			LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static CccdGrey
allocate(int width, int height)
{
	CccdGrey	grey = {NULL, width, height};

	grey.pixels = malloc(cccd_grey_size(&grey));
	if (grey.pixels == NULL)
		abort();
	return grey;
}

static CccdGrey
work(char letter, CccdGrey in)
{
	CccdGrey	out = in;
	CccdGrey	scratch = allocate(in.width, in.height);
	uint32_t   *sums = malloc((size_t) in.width * 2 * sizeof(*sums));

	if (sums == NULL)
		abort();
	if (letter % 9 == 0)
		out = allocate(in.width / 2, in.height / 2);
	else if (letter % 9 == 1)
		out = allocate(in.width * 2, in.height * 2);
	else
		out = allocate(in.width, in.height);
	switch (letter % 9)
	{
		case 0:
			cccd_grey_halve(&in, out.pixels);
			break;
		case 1:
			cccd_grey_double(&in, out.pixels);
			break;
		case 2:
			cccd_grey_even(&in, 9, sums, out.pixels);
			break;
		case 3:
			cccd_grey_threshold(&in, out.pixels);
			break;
		case 4:
			cccd_grey_adapt(&in, (in.width < in.height ? in.width : in.height) / 8,
							3, sums, out.pixels);
			break;
		case 5:
			cccd_grey_invert(&in, out.pixels);
			break;
		case 6:
			cccd_grey_blur(&in, out.pixels);
			break;
		case 7:
			cccd_grey_sharpen(&in, 2, 4, scratch.pixels, out.pixels);
			break;
		default:
			cccd_grey_sharpen(&in, 8, 25, scratch.pixels, out.pixels);
			break;
	}
	free(sums);
	free(scratch.pixels);
	free(in.pixels);
	return out;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	CccdGrey	grey;
	CccdPictureHeader header;
	size_t		works,
				pixels;

	/* the walk over the segments of any file, too */
	cccd_picture_header(data, size, &header);
	if (size < 3)
		return 0;
	works = data[2] % 8;
	if (size < 3 + works)
		return 0;
	grey = allocate(data[0] % 64 + 1, data[1] % 64 + 1);
	memset(grey.pixels, 128, cccd_grey_size(&grey));
	pixels = size - 3 - works;
	if (pixels > cccd_grey_size(&grey))
		pixels = cccd_grey_size(&grey);
	memcpy(grey.pixels, data + 3 + works, pixels);
	for (size_t i = 0; i < works; i++)
	{
		if (grey.width == 0 || grey.height == 0 ||
			cccd_grey_size(&grey) > PIXELS_MAX)
			break;
		grey = work((char) (data[3 + i] & 0x7F), grey);
	}
	free(grey.pixels);
	return 0;
}
