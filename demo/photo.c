/*
 * photo.c
 *		What a phone makes of a QR code: seen from the side, turned, unevenly
 *		lit, out of focus, noisy, and compressed as JPEG.
 *
 * A filter for COPY: lines of a number, a tab and a picture in hexadecimal
 * digits; PNG in, JPEG out.  The damage depends on the number alone.
 */
#include <math.h>
#include <png.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* needs size_t and FILE */
#include <jpeglib.h>

#define SIDE	600				/* pixels of the photo */
#define CARD	0.78			/* brightness of the card around the code */

typedef struct Photo
{
	float		light[SIDE][SIDE];
} Photo;

static Photo photo;
static Photo scratch;
static uint64_t chance;

static void
stop(const char *what)
{
	fprintf(stderr, "photo: %s\n", what);
	exit(1);
}

/* From low to high; SplitMix64 (Steele, Lea and Flood, 2014). */
static double
between(double low, double high)
{
	uint64_t	z = chance += 0x9E3779B97F4A7C15;

	z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
	z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
	z ^= z >> 31;
	return low + (high - low) * ((double) (z >> 11) / 9007199254740992.0);
}

/*
 * The map from the photo to the code's square (0..1, 0..1), of which the
 * corners are seen at these places: top left, top right, bottom right, bottom
 * left.  Heckbert, Fundamentals of Texture Mapping (1989), section 2.2.3, and
 * the adjugate of what it gives.
 */
static void
look(double corner[4][2], double to_code[3][3])
{
	double		dx1 = corner[1][0] - corner[2][0];
	double		dy1 = corner[1][1] - corner[2][1];
	double		dx2 = corner[3][0] - corner[2][0];
	double		dy2 = corner[3][1] - corner[2][1];
	double		sx = corner[0][0] - corner[1][0] + corner[2][0] - corner[3][0];
	double		sy = corner[0][1] - corner[1][1] + corner[2][1] - corner[3][1];
	double		area = dx1 * dy2 - dx2 * dy1;
	double		g = (sx * dy2 - dx2 * sy) / area;
	double		h = (dx1 * sy - sx * dy1) / area;
	double		a = corner[1][0] - corner[0][0] + g * corner[1][0];
	double		b = corner[3][0] - corner[0][0] + h * corner[3][0];
	double		c = corner[0][0];
	double		d = corner[1][1] - corner[0][1] + g * corner[1][1];
	double		e = corner[3][1] - corner[0][1] + h * corner[3][1];
	double		f = corner[0][1];
	double		inverse[3][3] = {
		{e - f * h, c * h - b, b * f - c * e},
		{f * g - d, a - c * g, c * d - a * f},
		{d * h - e * g, b * g - a * h, a * e - b * d}
	};

	memcpy(to_code, inverse, sizeof(inverse));
}

/* Brightness of the code at a place of its square, interpolated. */
static double
code_at(const uint8_t *code, int width, double u, double v)
{
	double		x = u * (width - 1);
	double		y = v * (width - 1);
	int			left = (int) x;
	int			top = (int) y;
	int			right = left + (left < width - 1);
	int			bottom = top + (top < width - 1);
	double		fx = x - left;
	double		fy = y - top;

	return ((1 - fy) * ((1 - fx) * code[top * width + left] + fx * code[top * width + right]) +
			fy * ((1 - fx) * code[bottom * width + left] + fx * code[bottom * width + right])) / 255;
}

static void
take(const uint8_t *code, int width)
{
	double		size = between(220, 330);
	double		turn = between(-0.5, 0.5);
	double		slant = between(0, 0.16);
	double		lamp = between(0, 6.28);
	double		shade = between(0, 0.45);
	double		contrast = between(0.45, 0.9);
	double		corner[4][2];
	double		to_code[3][3];

	for (int k = 0; k < 4; k++)
	{
		double		angle = turn + (2 * k - 3) * M_PI / 4;
		double		reach = size * M_SQRT1_2 * (1 - between(0, slant));

		corner[k][0] = SIDE / 2.0 + reach * cos(angle);
		corner[k][1] = SIDE / 2.0 + reach * sin(angle);
	}
	look(corner, to_code);
	for (int y = 0; y < SIDE; y++)
		for (int x = 0; x < SIDE; x++)
		{
			double		w = to_code[2][0] * x + to_code[2][1] * y + to_code[2][2];
			double		u = (to_code[0][0] * x + to_code[0][1] * y + to_code[0][2]) / w;
			double		v = (to_code[1][0] * x + to_code[1][1] * y + to_code[1][2]) / w;
			double		light = CARD;
			double		away = (cos(lamp) * (x - SIDE / 2.0) + sin(lamp) * (y - SIDE / 2.0)) / SIDE;

			if (u >= 0 && u <= 1 && v >= 0 && v <= 1)
				light = code_at(code, width, u, v);
			light = 0.5 + (light - 0.5) * contrast;
			photo.light[y][x] = (float) (light * (1 - shade * (away + 0.5)));
		}
}

/* A mean of 2 * reach + 1 pixels, along rows, and rows become columns. */
static void
smear(const Photo *from, Photo *to, int reach)
{
	for (int y = 0; y < SIDE; y++)
		for (int x = 0; x < SIDE; x++)
		{
			float		sum = 0;

			for (int k = x - reach; k <= x + reach; k++)
				sum += from->light[y][k < 0 ? 0 : k >= SIDE ? SIDE - 1 : k];
			to->light[x][y] = sum / (float) (2 * reach + 1);
		}
}

static void
write_jpeg(long number, int quality, double noise)
{
	struct jpeg_compress_struct jpeg;
	struct jpeg_error_mgr errors;
	unsigned char *data = NULL;
	unsigned long length = 0;
	uint8_t		pixels[SIDE];
	JSAMPROW	row = pixels;

	jpeg.err = jpeg_std_error(&errors);
	jpeg_create_compress(&jpeg);
	jpeg_mem_dest(&jpeg, &data, &length);
	jpeg.image_width = jpeg.image_height = SIDE;
	jpeg.input_components = 1;
	jpeg.in_color_space = JCS_GRAYSCALE;
	jpeg_set_defaults(&jpeg);
	jpeg_set_quality(&jpeg, quality, TRUE);
	jpeg_start_compress(&jpeg, TRUE);
	for (int y = 0; y < SIDE; y++)
	{
		for (int x = 0; x < SIDE; x++)
		{
			double		grain = between(-1, 1) + between(-1, 1) + between(-1, 1);
			double		value = 255 * photo.light[y][x] + noise * grain;

			pixels[x] = value < 0 ? 0 : value > 255 ? 255 : (uint8_t) value;
		}
		jpeg_write_scanlines(&jpeg, &row, 1);
	}
	jpeg_finish_compress(&jpeg);
	jpeg_destroy_compress(&jpeg);
	printf("%ld\t\\\\x", number);
	for (unsigned long i = 0; i < length; i++)
		printf("%02x", data[i]);
	putchar('\n');
	free(data);
}

static uint8_t *
read_png(const char *digits, int *width)
{
	png_image	image = {.version = PNG_IMAGE_VERSION};
	size_t		length = strlen(digits) / 2;
	uint8_t    *file = malloc(length);
	uint8_t    *pixels;

	if (file == NULL)
		stop("out of memory");
	for (size_t i = 0; i < length; i++)
	{
		unsigned int byte;

		if (sscanf(digits + 2 * i, "%2x", &byte) != 1)
			stop("a picture is not in hexadecimal digits");
		file[i] = (uint8_t) byte;
	}
	if (!png_image_begin_read_from_memory(&image, file, length))
		stop(image.message);
	image.format = PNG_FORMAT_GRAY;
	pixels = malloc(PNG_IMAGE_SIZE(image));
	if (pixels == NULL)
		stop("out of memory");
	if (!png_image_finish_read(&image, NULL, pixels, 0, NULL))
		stop(image.message);
	free(file);
	*width = (int) image.width;
	return pixels;
}

int
main(void)
{
	char	   *line = NULL;
	size_t		room = 0;

	while (getline(&line, &room, stdin) > 0)
	{
		char	   *end;
		long		number = strtol(line, &end, 10);
		int			width;
		uint8_t    *code;
		int			reach;

		if (strncmp(end, "\t\\\\x", 4) != 0)
			stop("a line is not a number, a tab and a picture");
		end[strcspn(end, "\n")] = '\0';
		chance = (uint64_t) number;
		code = read_png(end + 4, &width);
		take(code, width);
		free(code);
		reach = (int) between(0, 3.3);
		for (int k = 0; k < 2; k++)
		{
			smear(&photo, &scratch, reach);
			smear(&scratch, &photo, reach);
		}
		write_jpeg(number, (int) between(40, 85), between(1, 14));
	}
	free(line);
	return 0;
}
