/*
 * qr_png_test.c
 *		PNG of every colour type, depth and interlacing to grey; broken ones.
 *
 * link: src/qr/reader/png_image.c -lpng
 */
#include "unit.h"
#include "chance.h"

#include <png.h>
#include <stdlib.h>

#include "qr/reader/picture_image.h"

#define SIDE	23

static uint8_t file[64 * 1024];
static size_t file_length;

static void
keep(png_structp png, png_bytep bytes, size_t length)
{
	(void) png;
	memcpy(file + file_length, bytes, length);
	file_length += length;
}

static void
no_flush(png_structp png)
{
	(void) png;
}

/* samples of the picture in the depth that is written, interleaved */
static unsigned samples[SIDE * SIDE][4];
static png_color palette[256];
static uint8_t palette_alpha[256];

static int
channels_of(int type)
{
	return type == PNG_COLOR_TYPE_RGBA ? 4 : type == PNG_COLOR_TYPE_RGB ? 3 :
		type == PNG_COLOR_TYPE_GRAY_ALPHA ? 2 : 1;
}

static void
pack_row(const unsigned (*row)[4], int channels, int depth, uint8_t *out)
{
	int			bit = 0;

	memset(out, 0, SIDE * 8);
	for (int x = 0; x < SIDE; x++)
		for (int c = 0; c < channels; c++, bit += depth)
			if (depth == 16)
			{
				out[bit / 8] = (uint8_t) (row[x][c] >> 8);
				out[bit / 8 + 1] = (uint8_t) row[x][c];
			}
			else
				out[bit / 8] |= (uint8_t) (row[x][c] << (8 - depth - bit % 8));
}

/* Write the samples; transparent: with a tRNS chunk. */
static void
write_png(int type, int depth, int interlace, bool transparent)
{
	png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING,
											  NULL, NULL, NULL);
	png_infop	info = png_create_info_struct(png);
	uint8_t		rows[SIDE][SIDE * 8];
	uint8_t    *pointers[SIDE];
	png_color_16 key = {0};
	png_color_8 bits = {1, 1, 1, 1, 1};

	file_length = 0;
	png_set_write_fn(png, NULL, keep, no_flush);
	png_set_IHDR(png, info, SIDE, SIDE, depth, type, interlace,
				 PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
	/* chunks that are to make no difference */
	png_set_gAMA(png, info, 0.3);
	png_set_sBIT(png, info, &bits);
	if (type == PNG_COLOR_TYPE_PALETTE)
		png_set_PLTE(png, info, palette, 1 << depth);
	if (transparent)
	{
		key.red = (png_uint_16) samples[0][0];
		key.green = (png_uint_16) samples[0][1];
		key.blue = (png_uint_16) samples[0][2];
		key.gray = (png_uint_16) samples[0][0];
		if (type == PNG_COLOR_TYPE_PALETTE)
			png_set_tRNS(png, info, palette_alpha, 1 << depth, NULL);
		else
			png_set_tRNS(png, info, NULL, 0, &key);
	}
	for (int y = 0; y < SIDE; y++)
	{
		pointers[y] = rows[y];
		pack_row(samples + y * SIDE, channels_of(type), depth, rows[y]);
	}
	png_set_rows(png, info, pointers);
	png_write_png(png, info, PNG_TRANSFORM_IDENTITY, NULL);
	png_destroy_write_struct(&png, &info);
}

static unsigned
eight_bits(unsigned sample, int depth)
{
	return depth == 16 ? sample >> 8 : sample * 255 / ((1u << depth) - 1);
}

/* What pixel i is on white paper. */
static int
wanted(int i, int type, int depth, bool transparent)
{
	const unsigned *s = samples[i];
	unsigned	rgb[3];
	unsigned	alpha = 255;
	unsigned	luma;
	bool		is_key = transparent && s[0] == samples[0][0];

	for (int c = 0; c < 3; c++)
		rgb[c] = eight_bits(s[type & PNG_COLOR_MASK_COLOR ? c : 0], depth);
	if (type == PNG_COLOR_TYPE_PALETTE)
	{
		rgb[0] = palette[s[0]].red;
		rgb[1] = palette[s[0]].green;
		rgb[2] = palette[s[0]].blue;
		if (transparent)
			alpha = palette_alpha[s[0]];
	}
	else if (type & PNG_COLOR_MASK_ALPHA)
		alpha = eight_bits(s[channels_of(type) - 1], depth);
	else if (is_key && (type == PNG_COLOR_TYPE_GRAY ||
						(s[1] == samples[0][1] && s[2] == samples[0][2])))
		alpha = 0;
	luma = type == PNG_COLOR_TYPE_GRAY || type == PNG_COLOR_TYPE_GRAY_ALPHA ?
		rgb[0] : (unsigned) (0.299 * rgb[0] + 0.587 * rgb[1] + 0.114 * rgb[2] + 0.5);
	return (int) ((luma * alpha + 255 * (255 - alpha) + 127) / 255);
}

static void
check_kind(int type, int depth, int interlace, bool transparent)
{
	static uint8_t grey[SIDE * SIDE];
	CccdPictureHeader header;
	int			wrong = 0;

	for (int i = 0; i < SIDE * SIDE; i++)
		for (int c = 0; c < 4; c++)
			samples[i][c] = chance(1u << depth);
	for (int i = 0; i < 256; i++)
	{
		palette[i].red = (uint8_t) chance(256);
		palette[i].green = (uint8_t) chance(256);
		palette[i].blue = (uint8_t) chance(256);
		palette_alpha[i] = (uint8_t) chance(256);
	}
	write_png(type, depth, interlace, transparent);
	CHECK(cccd_picture_header(file, file_length, &header) == CCCD_PICTURE_OK);
	CHECK(header.width == SIDE && header.height == SIDE);
	CHECK(cccd_png_grey(file, file_length, &header, grey) == CCCD_PICTURE_OK);
	for (int i = 0; i < SIDE * SIDE; i++)
	{
		int			difference = grey[i] - wanted(i, type, depth, transparent);

		/* one level for the rounding of the luma */
		wrong += difference < -1 || difference > 1;
	}
	CHECK(wrong == 0);
}

static void
check_kinds(void)
{
	static const struct
	{
		int			type;
		int			depths[6];
	}			kinds[] = {
		{PNG_COLOR_TYPE_GRAY, {1, 2, 4, 8, 16}},
		{PNG_COLOR_TYPE_RGB, {8, 16}},
		{PNG_COLOR_TYPE_PALETTE, {1, 2, 4, 8}},
		{PNG_COLOR_TYPE_GRAY_ALPHA, {8, 16}},
		{PNG_COLOR_TYPE_RGBA, {8, 16}},
	};

	for (int k = 0; k < 5; k++)
		for (int d = 0; kinds[k].depths[d] != 0; d++)
			for (int interlace = 0; interlace <= 1; interlace++)
			{
				check_kind(kinds[k].type, kinds[k].depths[d], interlace, false);
				if ((kinds[k].type & PNG_COLOR_MASK_ALPHA) == 0)
					check_kind(kinds[k].type, kinds[k].depths[d], interlace, true);
			}
}

/* Cut off or changed at every byte: refused, or read, but never more. */
static void
check_broken(void)
{
	static uint8_t grey[SIDE * SIDE];
	CccdPictureHeader header;
	size_t		last = 0;
	int			refused = 0;

	check_kind(PNG_COLOR_TYPE_RGBA, 8, 1, false);
	CHECK(cccd_picture_header(file, file_length, &header) == CCCD_PICTURE_OK);
	for (size_t cut = 33; cut < file_length; cut++)
		if (cccd_png_grey(file, cut, &header, grey) == CCCD_PICTURE_OK)
		{
			last = cut;
			break;
		}
	/* the IEND chunk and the end of the IDAT chunk are not needed */
	CHECK(last == 0 || last >= file_length - 12 - 8);
	for (size_t i = 8; i < file_length; i++)
	{
		CccdPictureStatus status;

		file[i] ^= 0x55;
		status = cccd_png_grey(file, file_length, &header, grey);
		CHECK(status == CCCD_PICTURE_OK || status == CCCD_PICTURE_BROKEN);
		refused += status == CCCD_PICTURE_BROKEN;
		file[i] ^= 0x55;
	}
	CHECK(refused > (int) file_length * 9 / 10);
	/* a header that does not agree with the one that was checked */
	header.width = 1;
	CHECK(cccd_png_grey(file, file_length, &header, grey) ==
		  CCCD_PICTURE_BROKEN);
}

int
main(void)
{
	check_kinds();
	check_broken();
	return finish();
}
