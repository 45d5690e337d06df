/*
 * jpeg_image.c
 *		JPEG, grey, colour, CMYK and YCCK, baseline and progressive, to grey.
 */
#include "qr/reader/picture_image.h"

#include <stdio.h>

#include <jpeglib.h>
#include <jerror.h>
#include <setjmp.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "qr/limits.h"

typedef struct Decoder
{
	struct jpeg_error_mgr manager;	/* first: libjpeg knows only this */
	jmp_buf		failed;
	struct jpeg_decompress_struct cinfo;
	struct jpeg_progress_mgr progress;
	struct jpeg_source_mgr source;
	uint8_t    *row;			/* of ink, to be freed also after a failure */
} Decoder;

static void
fail(j_common_ptr cinfo)
{
	longjmp(((Decoder *) cinfo->err)->failed, 1);
}

static void
ignore(j_common_ptr cinfo)
{
	(void) cinfo;
}

/* Whoever asks for more than there is has a picture that was cut off. */
static boolean
no_more_bytes(j_decompress_ptr cinfo)
{
	ERREXIT(cinfo, JERR_INPUT_EOF);
	return FALSE;
}

static void
nothing_to_do(j_decompress_ptr cinfo)
{
	(void) cinfo;
}

static void
skip_bytes(j_decompress_ptr cinfo, long count)
{
	if (count <= 0)
		return;
	if ((size_t) count > cinfo->src->bytes_in_buffer)
		ERREXIT(cinfo, JERR_INPUT_EOF);
	cinfo->src->next_input_byte += count;
	cinfo->src->bytes_in_buffer -= (size_t) count;
}

/*
 * The header's reader counts scans, too; this one counts what the decoder
 * really sees.
 */
static void
count_scans(j_common_ptr common)
{
	j_decompress_ptr cinfo = (j_decompress_ptr) common;

	if (cinfo->input_scan_number > CCCD_JPEG_MAX_SCANS)
		ERREXIT(cinfo, JERR_BAD_PROGRESSION);
}

/*
 * Adobe's applications write inverted ink, and say so with a marker; the
 * others are taken at their word.
 */
static void
cmyk_to_grey(const uint8_t *row, bool inverted, uint32_t width, uint8_t *grey)
{
	for (uint32_t x = 0; x < width; x++, row += 4)
	{
		uint32_t	flip = inverted ? 0 : 255;
		uint32_t	key = row[3] ^ flip;

		grey[x] = cccd_luma((row[0] ^ flip) * key / 255,
							(row[1] ^ flip) * key / 255,
							(row[2] ^ flip) * key / 255);
	}
}

/* Everything that can longjmp. */
static CccdPictureStatus
decode(Decoder *decoder, const CccdPictureHeader *header, uint8_t *grey)
{
	j_decompress_ptr cinfo = &decoder->cinfo;
	bool		ink;

	jpeg_read_header(cinfo, TRUE);
	if (cinfo->image_width != header->width ||
		cinfo->image_height != header->height)
		return CCCD_PICTURE_BROKEN;
	ink = cinfo->jpeg_color_space == JCS_CMYK ||
		cinfo->jpeg_color_space == JCS_YCCK;
	cinfo->out_color_space = ink ? JCS_CMYK : JCS_GRAYSCALE;
	jpeg_start_decompress(cinfo);
	if (cinfo->output_components != (ink ? 4 : 1))
		return CCCD_PICTURE_BROKEN;
	if (ink && (decoder->row = malloc((size_t) header->width * 4)) == NULL)
		return CCCD_PICTURE_NO_MEMORY;
	while (cinfo->output_scanline < header->height)
	{
		uint8_t    *out = grey + (size_t) cinfo->output_scanline * header->width;
		JSAMPROW	line = ink ? decoder->row : out;

		if (jpeg_read_scanlines(cinfo, &line, 1) != 1)
			return CCCD_PICTURE_BROKEN;
		if (ink)
			cmyk_to_grey(line, cinfo->saw_Adobe_marker, header->width, out);
	}
	return CCCD_PICTURE_OK;
}

/* The one function that is longjmp()ed to: what it changes lives outside. */
static CccdPictureStatus
decode_or_fail(Decoder *decoder, const uint8_t *data, size_t length,
			   const CccdPictureHeader *header, uint8_t *grey)
{
	struct jpeg_source_mgr *source = &decoder->source;

	if (setjmp(decoder->failed) != 0)
		return decoder->manager.msg_code == JERR_OUT_OF_MEMORY ?
			CCCD_PICTURE_NO_MEMORY : CCCD_PICTURE_BROKEN;
	jpeg_create_decompress(&decoder->cinfo);
	source->next_input_byte = data;
	source->bytes_in_buffer = length;
	source->init_source = nothing_to_do;
	source->fill_input_buffer = no_more_bytes;
	source->skip_input_data = skip_bytes;
	source->resync_to_restart = jpeg_resync_to_restart;
	source->term_source = nothing_to_do;
	decoder->cinfo.src = source;
	decoder->progress.progress_monitor = count_scans;
	decoder->cinfo.progress = &decoder->progress;
	return decode(decoder, header, grey);
}

CccdPictureStatus
cccd_jpeg_grey(const uint8_t *data, size_t length,
			   const CccdPictureHeader *header, uint8_t *grey)
{
	Decoder		decoder;
	CccdPictureStatus status;

	memset(&decoder, 0, sizeof(decoder));
	decoder.cinfo.err = jpeg_std_error(&decoder.manager);
	decoder.manager.error_exit = fail;
	decoder.manager.output_message = ignore;
	status = decode_or_fail(&decoder, data, length, header, grey);
	jpeg_destroy_decompress(&decoder.cinfo);
	free(decoder.row);
	return status;
}
