/*
 * qr_jpeg_test.c
 *		JPEG, grey, colour, CMYK and YCCK, baseline and progressive, to grey;
 *		broken ones.
 *
 * link: src/qr/reader/jpeg_image.c -ljpeg
 */
#include "unit.h"
#include "chance.h"

#include <stdio.h>
#include <stdlib.h>

#include <jpeglib.h>

#include "qr/limits.h"
#include "qr/reader/picture_image.h"

#define SIDE	64
#define BLOCK	16

static unsigned char *file;
static unsigned long file_length;
static uint8_t ink[SIDE * SIDE][4];
static uint8_t grey[SIDE * SIDE];

/* Squares of one colour each: compression leaves their middles as they are. */
static void
make_picture(void)
{
	uint8_t		colour[SIDE / BLOCK * SIDE / BLOCK][4];

	for (size_t i = 0; i < sizeof(colour); i++)
		colour[i / 4][i % 4] = (uint8_t) chance(256);
	for (int y = 0; y < SIDE; y++)
		for (int x = 0; x < SIDE; x++)
			memcpy(ink[y * SIDE + x],
				   colour[y / BLOCK * (SIDE / BLOCK) + x / BLOCK], 4);
}

/* adobe: -1 as libjpeg likes it, else with or without its marker */
static void
write_jpeg(J_COLOR_SPACE in, J_COLOR_SPACE stored, bool progressive,
		   bool arithmetic, int adobe)
{
	struct jpeg_compress_struct cinfo;
	struct jpeg_error_mgr errors;
	uint8_t		row[SIDE * 4];
	JSAMPROW	pointer = row;

	free(file);
	file = NULL;
	file_length = 0;
	cinfo.err = jpeg_std_error(&errors);
	jpeg_create_compress(&cinfo);
	jpeg_mem_dest(&cinfo, &file, &file_length);
	cinfo.image_width = SIDE;
	cinfo.image_height = SIDE;
	cinfo.in_color_space = in;
	cinfo.input_components = in == JCS_GRAYSCALE ? 1 : in == JCS_RGB ? 3 : 4;
	jpeg_set_defaults(&cinfo);
	jpeg_set_colorspace(&cinfo, stored);
	jpeg_set_quality(&cinfo, 100, TRUE);
	cinfo.arith_code = arithmetic;
	if (progressive)
		jpeg_simple_progression(&cinfo);
	if (adobe >= 0)
		cinfo.write_Adobe_marker = adobe;
	jpeg_start_compress(&cinfo, TRUE);
	for (int y = 0; y < SIDE; y++)
	{
		for (int x = 0; x < SIDE; x++)
			memcpy(row + x * cinfo.input_components, ink[y * SIDE + x],
				   (size_t) cinfo.input_components);
		jpeg_write_scanlines(&cinfo, &pointer, 1);
	}
	jpeg_finish_compress(&cinfo);
	jpeg_destroy_compress(&cinfo);
}

static double
luma(double red, double green, double blue)
{
	return 0.299 * red + 0.587 * green + 0.114 * blue;
}

static void
check_kind(J_COLOR_SPACE in, J_COLOR_SPACE stored, bool progressive,
		   bool arithmetic, int adobe)
{
	CccdPictureHeader header;
	int			wrong = 0;

	make_picture();
	write_jpeg(in, stored, progressive, arithmetic, adobe);
	CHECK(cccd_picture_header(file, file_length, &header) == CCCD_PICTURE_OK);
	CHECK(header.width == SIDE && header.height == SIDE);
	CHECK(progressive == (header.scans > 1));
	CHECK(cccd_jpeg_grey(file, file_length, &header, grey) == CCCD_PICTURE_OK);
	for (int y = BLOCK / 2; y < SIDE; y += BLOCK)
		for (int x = BLOCK / 2; x < SIDE; x += BLOCK)
		{
			const uint8_t *c = ink[y * SIDE + x];
			double		k = c[3] / 255.0;
			double		wanted = in == JCS_GRAYSCALE ? c[0] :
			in == JCS_RGB ? luma(c[0], c[1], c[2]) :
			adobe != 0 ? luma(c[0] * k, c[1] * k, c[2] * k) :
			luma((255 - c[0]) * (1 - k), (255 - c[1]) * (1 - k),
				 (255 - c[2]) * (1 - k));
			double		difference = grey[y * SIDE + x] - wanted;

			wrong += difference < -6 || difference > 6;
		}
	CHECK(wrong == 0);
}

static void
check_kinds(void)
{
	for (int progressive = 0; progressive <= 1; progressive++)
		for (int arithmetic = 0; arithmetic <= 1; arithmetic++)
		{
			check_kind(JCS_GRAYSCALE, JCS_GRAYSCALE, progressive, arithmetic, -1);
			check_kind(JCS_RGB, JCS_YCbCr, progressive, arithmetic, -1);
			check_kind(JCS_RGB, JCS_RGB, progressive, arithmetic, -1);
			check_kind(JCS_CMYK, JCS_CMYK, progressive, arithmetic, 1);
			check_kind(JCS_CMYK, JCS_CMYK, progressive, arithmetic, 0);
			check_kind(JCS_CMYK, JCS_YCCK, progressive, arithmetic, -1);
		}
}

/* Cut off or changed at every byte: refused, or read, but never more. */
static void
check_broken(void)
{
	CccdPictureHeader header;
	int			read = 0;

	for (int progressive = 0; progressive <= 1; progressive++)
	{
		check_kind(JCS_RGB, JCS_YCbCr, progressive, false, -1);
		cccd_picture_header(file, file_length, &header);
		for (unsigned long cut = 3; cut < file_length - 64; cut++)
			read += cccd_jpeg_grey(file, cut, &header, grey) == CCCD_PICTURE_OK;
		for (unsigned long i = 2; i < file_length; i++)
		{
			CccdPictureStatus status;

			file[i] ^= 0x55;
			status = cccd_jpeg_grey(file, file_length, &header, grey);
			CHECK(status == CCCD_PICTURE_OK || status == CCCD_PICTURE_BROKEN);
			file[i] ^= 0x55;
		}
	}
	CHECK(read == 0);
	header.width = 1;
	CHECK(cccd_jpeg_grey(file, file_length, &header, grey) ==
		  CCCD_PICTURE_BROKEN);
}

/* A file whose scans the header's reader was not shown: the decoder counts. */
static void
check_scans(void)
{
	CccdPictureHeader header;
	unsigned char *bomb;
	unsigned long scan;
	unsigned long length;

	check_kind(JCS_GRAYSCALE, JCS_GRAYSCALE, true, false, -1);
	cccd_picture_header(file, file_length, &header);
	/* repeat the last scan, EOI aside */
	for (scan = file_length - 2; file[scan] != 0xFF || file[scan + 1] != 0xDA;)
		scan--;
	length = file_length - 2 - scan;
	bomb = malloc(file_length + 200 * length);
	memcpy(bomb, file, file_length - 2);
	for (unsigned long i = 0; i < 200; i++)
		memcpy(bomb + file_length - 2 + i * length, file + scan, length);
	CHECK(cccd_jpeg_grey(bomb, file_length - 2 + 200 * length, &header, grey) ==
		  CCCD_PICTURE_BROKEN);
	CHECK(cccd_picture_header(bomb, file_length - 2 + 200 * length, &header) ==
		  CCCD_PICTURE_TOO_MANY_SCANS);
	free(bomb);
}

int
main(void)
{
	check_kinds();
	check_broken();
	check_scans();
	free(file);
	return finish();
}
