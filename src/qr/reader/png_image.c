/*
 * png_image.c
 *		PNG of every colour type and depth to grey.
 *
 * Classic libpng, not its simplified interface: that one has been the place
 * of most of its vulnerabilities and reads 16-bit samples as linear light.
 * png_read_end() is not called: nothing after the last row is wanted.
 */
#include "qr/reader/picture_image.h"

#include <png.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include "qr/limits.h"

#define CHUNK_MAX_BYTES		(1024 * 1024)
#define CHUNK_MAX_COUNT		16

typedef struct Source
{
	const uint8_t *data;
	size_t		length;
	size_t		pos;
	jmp_buf		failed;
	uint8_t    *rows;			/* of decode(), to be freed also when it fails */
	CccdPictureStatus status;	/* when it fails */
} Source;

static void
read_bytes(png_structp png, png_bytep out, size_t length)
{
	Source	   *source = png_get_io_ptr(png);

	if (length > source->length - source->pos)
		png_error(png, "end of data");
	memcpy(out, source->data + source->pos, length);
	source->pos += length;
}

static void
fail(png_structp png, png_const_charp message)
{
	Source	   *source = png_get_error_ptr(png);

	(void) message;
	longjmp(source->failed, 1);
}

static void
ignore(png_structp png, png_const_charp message)
{
	(void) png;
	(void) message;
}

/* One row of grey and alpha, or of red, green, blue and alpha, to grey. */
static void
row_to_grey(const uint8_t *row, int channels, uint32_t width, uint8_t *grey)
{
	for (uint32_t x = 0; x < width; x++, row += channels)
	{
		uint32_t	alpha = row[channels - 1];
		uint32_t	value = channels == 2 ? row[0] :
		cccd_luma(row[0], row[1], row[2]);

		grey[x] = (uint8_t) ((value * alpha + 255 * (255 - alpha) + 127) / 255);
	}
}

/*
 * The transformations that make two or four channels of 8 bits of anything.
 * Returns the number of channels.
 */
static int
set_transformations(png_structp png, png_infop info)
{
	png_byte	type = png_get_color_type(png, info);

	png_set_expand(png);		/* palette, tRNS, fewer than 8 bits */
	png_set_strip_16(png);
	/* has no effect where there is an alpha channel by now */
	png_set_add_alpha(png, 0xFF, PNG_FILLER_AFTER);
	return (type & PNG_COLOR_MASK_COLOR) != 0 ? 4 : 2;
}

/*
 * Everything that can longjmp.  Interlaced pictures are put together in a
 * buffer of all rows, others go through a buffer of one.
 */
static void
decode(png_structp png, png_infop info, Source *source,
	   const CccdPictureHeader *header, uint8_t *grey)
{
	int			channels;
	int			passes;
	size_t		stride;

	png_read_info(png, info);
	if (png_get_image_width(png, info) != header->width ||
		png_get_image_height(png, info) != header->height)
		png_error(png, "another header");
	channels = set_transformations(png, info);
	passes = png_set_interlace_handling(png);
	png_read_update_info(png, info);
	stride = (size_t) header->width * (size_t) channels;
	if (png_get_rowbytes(png, info) != stride)
		png_error(png, "unexpected row size");
	source->rows = malloc(passes > 1 ? stride * header->height : stride);
	if (source->rows == NULL)
	{
		source->status = CCCD_PICTURE_NO_MEMORY;
		png_error(png, "out of memory");
	}
	for (int pass = 0; pass < passes; pass++)
		for (uint32_t y = 0; y < header->height; y++)
		{
			uint8_t    *row = source->rows + (passes > 1 ? y * stride : 0);

			png_read_row(png, row, NULL);
			if (pass == passes - 1)
				row_to_grey(row, channels, header->width,
							grey + (size_t) y * header->width);
		}
}

/* The one function that is longjmp()ed to: what it changes lives outside. */
static CccdPictureStatus
decode_or_fail(Source *source, png_structp png, png_infop info,
			   const CccdPictureHeader *header, uint8_t *grey)
{
	if (setjmp(source->failed) != 0)
		return source->status;
	png_set_user_limits(png, CCCD_PICTURE_MAX_SIDE, CCCD_PICTURE_MAX_SIDE);
	png_set_chunk_malloc_max(png, CHUNK_MAX_BYTES);
	png_set_chunk_cache_max(png, CHUNK_MAX_COUNT);
	/* no text, no profile, no gamma: every ancillary chunk is skipped */
	png_set_keep_unknown_chunks(png, PNG_HANDLE_CHUNK_NEVER, NULL, -1);
	png_set_read_fn(png, source, read_bytes);
	decode(png, info, source, header, grey);
	return CCCD_PICTURE_OK;
}

CccdPictureStatus
cccd_png_grey(const uint8_t *data, size_t length,
			  const CccdPictureHeader *header, uint8_t *grey)
{
	Source		source = {0};
	png_structp png;
	png_infop	info = NULL;
	CccdPictureStatus status = CCCD_PICTURE_NO_MEMORY;

	source.data = data;
	source.length = length;
	source.status = CCCD_PICTURE_BROKEN;
	png = png_create_read_struct(PNG_LIBPNG_VER_STRING, &source, fail, ignore);
	if (png != NULL)
		info = png_create_info_struct(png);
	if (info != NULL)
		status = decode_or_fail(&source, png, info, header, grey);
	png_destroy_read_struct(&png, &info, NULL);
	free(source.rows);
	return status;
}
