/*
 * qr_grey_test.c
 *		Preparations of grey pictures, against the plainest way to compute
 *		them, on sizes down to one pixel.
 */
#include "unit.h"
#include "chance.h"

#include <math.h>
#include <stdlib.h>

#include "qr/reader/grey_core.h"

#define SIDE_MAX	40

static uint8_t picture[SIDE_MAX * SIDE_MAX];
static uint8_t made[4 * SIDE_MAX * SIDE_MAX];
static uint8_t other[4 * SIDE_MAX * SIDE_MAX];
static uint8_t scratch[SIDE_MAX * SIDE_MAX];
static uint32_t sums[2 * SIDE_MAX];

static CccdGrey
noise(int width, int height)
{
	CccdGrey	grey = {picture, width, height};

	for (int i = 0; i < width * height; i++)
		picture[i] = (uint8_t) chance(256);
	return grey;
}

static int
pixel(const CccdGrey *grey, int x, int y)
{
	x = x < 0 ? 0 : x >= grey->width ? grey->width - 1 : x;
	y = y < 0 ? 0 : y >= grey->height ? grey->height - 1 : y;
	return grey->pixels[y * grey->width + x];
}

static int
blurred(const CccdGrey *grey, int x, int y)
{
	static const int weight[3] = {1, 2, 1};
	int			sum = 8;

	for (int j = -1; j <= 1; j++)
		for (int i = -1; i <= 1; i++)
			sum += weight[i + 1] * weight[j + 1] * pixel(grey, x + i, y + j);
	return sum / 16;
}

/* darker than the mean of the window, which is cut off at the edges? */
static int
adapted(const CccdGrey *grey, int x, int y, int window, int below)
{
	int			radius = window > 3 ? window / 2 : 1;
	int			sum = 0,
				area = 0;

	for (int j = y - radius; j <= y + radius; j++)
		for (int i = x - radius; i <= x + radius; i++)
			if (i >= 0 && j >= 0 && i < grey->width && j < grey->height)
			{
				sum += pixel(grey, i, j);
				area++;
			}
	return (pixel(grey, x, y) + below) * area < sum ? 0 : 255;
}

/* 60 levels a standard deviation from the mean of the window, which is cut off */
static double
evened(const CccdGrey *grey, int x, int y, int window)
{
	int			radius = window > 3 ? window / 2 : 1;
	double		mean = 0,
				variance = 0,
				level;
	int			area = 0;

	for (int pass = 0; pass < 2; pass++)
	{
		for (int j = y - radius; j <= y + radius; j++)
			for (int i = x - radius; i <= x + radius; i++)
				if (i >= 0 && j >= 0 && i < grey->width && j < grey->height)
				{
					if (pass == 0)
						mean += pixel(grey, i, j);
					else
						variance += (pixel(grey, i, j) - mean) *
							(pixel(grey, i, j) - mean);
					area += pass == 0;
				}
		if (pass == 0)
			mean /= area;
	}
	level = 128 + 60 * (pixel(grey, x, y) - mean) /
		(sqrt(variance / area) + 4);
	return level < 0 ? 0 : level > 255 ? 255 : level;
}

/* 3/4 of the nearest old pixel and 1/4 of the one behind, in both ways */
static int
doubled(const CccdGrey *grey, int x, int y)
{
	int			dx = x % 2 == 0 ? -1 : 1;
	int			dy = y % 2 == 0 ? -1 : 1;

	return (9 * pixel(grey, x / 2, y / 2) + 3 * pixel(grey, x / 2 + dx, y / 2) +
			3 * pixel(grey, x / 2, y / 2 + dy) +
			pixel(grey, x / 2 + dx, y / 2 + dy) + 8) / 16;
}

static void
check_size(int width, int height)
{
	CccdGrey	grey = noise(width, height);
	int			different[7] = {0};

	cccd_grey_blur(&grey, made);
	for (int y = 0; y < height; y++)
		for (int x = 0; x < width; x++)
			different[0] += made[y * width + x] != blurred(&grey, x, y);
	for (int window = 0; window < 12; window++)
	{
		cccd_grey_adapt(&grey, window, 3, sums, made);
		for (int y = 0; y < height; y++)
			for (int x = 0; x < width; x++)
				different[1] += made[y * width + x] !=
					adapted(&grey, x, y, window, 3);
	}
	cccd_grey_double(&grey, made);
	for (int y = 0; y < 2 * height; y++)
		for (int x = 0; x < 2 * width; x++)
			different[2] += made[y * 2 * width + x] != doubled(&grey, x, y);
	cccd_grey_halve(&grey, made);
	for (int y = 0; y < height / 2; y++)
		for (int x = 0; x < width / 2; x++)
			different[3] += made[y * (width / 2) + x] !=
				(pixel(&grey, 2 * x, 2 * y) + pixel(&grey, 2 * x + 1, 2 * y) +
				 pixel(&grey, 2 * x, 2 * y + 1) +
				 pixel(&grey, 2 * x + 1, 2 * y + 1) + 2) / 4;
	for (int window = 0; window < 12; window++)
	{
		memset(sums, 0x55, (size_t) width * 2 * sizeof(sums[0]));
		cccd_grey_even(&grey, window, sums, made);
		for (int y = 0; y < height; y++)
			for (int x = 0; x < width; x++)
			{
				double		level = evened(&grey, x, y, window);

				/* the whole part, but for the rounding of floats */
				different[4] += made[y * width + x] > level + 0.01 ||
					made[y * width + x] + 1 < level - 0.01;
			}
	}
	cccd_grey_invert(&grey, made);
	for (int i = 0; i < width * height; i++)
		different[5] += made[i] != 255 - picture[i];
	/* the mask of a mask's definition: two blurs, three times the difference */
	cccd_grey_sharpen(&grey, 2, 3, scratch, made);
	cccd_grey_blur(&grey, other);
	{
		CccdGrey	once = {other, width, height};

		cccd_grey_blur(&once, scratch);
	}
	for (int i = 0; i < width * height; i++)
	{
		int			wanted = picture[i] + 3 * (picture[i] - scratch[i]);

		wanted = wanted < 0 ? 0 : wanted > 255 ? 255 : wanted;
		different[6] += made[i] != wanted;
	}
	for (int i = 0; i < 7; i++)
		CHECK(different[i] == 0);
}

static void
check_threshold(void)
{
	CccdGrey	grey = noise(30, 30);

	/* two heaps of grey are parted between them, also in place */
	for (int i = 0; i < 900; i++)
		picture[i] = (uint8_t) (i % 3 == 0 ? 60 + chance(20) : 90 + chance(20));
	memcpy(other, picture, 900);
	cccd_grey_threshold(&grey, picture);
	for (int i = 0; i < 900; i++)
		CHECK(picture[i] == (other[i] < 85 ? 0 : 255));
	/* one grey only */
	memset(picture, 200, 900);
	cccd_grey_threshold(&grey, made);
	CHECK(made[0] == 255 && made[899] == 255);
}

/* The level that parts best by Otsu's measure, each tried by itself. */
static int
best_level(const uint8_t *pixels, int size)
{
	double		best = -1;
	int			level = 127;

	for (int at = 0; at < 255; at++)
	{
		double		sums[2] = {0, 0};
		double		counts[2] = {0, 0};

		for (int i = 0; i < size; i++)
		{
			sums[pixels[i] > at] += pixels[i];
			counts[pixels[i] > at]++;
		}
		if (counts[0] > 0 && counts[1] > 0)
		{
			double		distance = sums[0] / counts[0] - sums[1] / counts[1];
			double		measure = counts[0] * counts[1] * distance * distance;

			if (measure > best)
			{
				best = measure;
				level = at;
			}
		}
	}
	return level;
}

static void
check_levels(void)
{
	for (int round = 0; round < 50; round++)
	{
		CccdGrey	grey = noise(20, 20);
		int			level;
		int			wrong = 0;

		/* black and white alone, with more and more noise between */
		for (int i = 0; i < 400; i++)
			if ((int) chance(50) >= round)
				picture[i] = chance(3) == 0 ? 0 : 255;
		level = best_level(picture, 400);
		cccd_grey_threshold(&grey, made);
		for (int i = 0; i < 400; i++)
			wrong += made[i] != (picture[i] > level ? 255 : 0);
		CHECK(wrong == 0);
	}
}

int
main(void)
{
	for (int width = 1; width <= 9; width++)
		for (int height = 1; height <= 9; height++)
			check_size(width, height);
	check_size(SIDE_MAX, SIDE_MAX);
	check_size(SIDE_MAX, 3);
	check_size(3, SIDE_MAX);
	check_size(37, 23);
	check_threshold();
	check_levels();
	return finish();
}
