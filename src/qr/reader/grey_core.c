/*
 * grey_core.c
 *		Preparations of a grey picture.
 */
#include "qr/reader/grey_core.h"

#include <math.h>
#include <string.h>

/* cccd_grey_even: grey levels of a standard deviation, and what is noise */
#define EVEN_CONTRAST	60.0f
#define EVEN_NOISE		4.0f

void
cccd_grey_invert(const CccdGrey *in, uint8_t *out)
{
	size_t		size = cccd_grey_size(in);

	for (size_t i = 0; i < size; i++)
		out[i] = (uint8_t) (255 - in->pixels[i]);
}

/*
 * Otsu's threshold: the level that parts the histogram into two classes of
 * the greatest variance between them.
 */
static int
otsu_level(const CccdGrey *in)
{
	uint32_t	histogram[256] = {0};
	size_t		size = cccd_grey_size(in);
	uint64_t	all = 0,
				dark = 0,
				dark_sum = 0;
	double		best = -1;
	int			level = 127;

	for (size_t i = 0; i < size; i++)
		histogram[in->pixels[i]]++;
	for (int i = 0; i < 256; i++)
		all += (uint64_t) i * histogram[i];
	for (int i = 0; i < 255; i++)
	{
		double		variance,
					distance;

		dark += histogram[i];
		dark_sum += (uint64_t) i * histogram[i];
		if (dark == 0 || dark == size)
			continue;
		distance = (double) dark_sum / (double) dark -
			(double) (all - dark_sum) / (double) (size - dark);
		variance = (double) dark * (double) (size - dark) * distance * distance;
		if (variance > best)
		{
			best = variance;
			level = i;
		}
	}
	return level;
}

void
cccd_grey_threshold(const CccdGrey *in, uint8_t *out)
{
	size_t		size = cccd_grey_size(in);
	int			level = otsu_level(in);

	for (size_t i = 0; i < size; i++)
		out[i] = in->pixels[i] > level ? 255 : 0;
}

void
cccd_grey_adapt(const CccdGrey *in, int window, int below,
				uint32_t *sums, uint8_t *out)
{
	const int	width = in->width;
	const int	height = in->height;
	const int	radius = window > 3 ? window / 2 : 1;
	int			rows = 0;

	memset(sums, 0, (size_t) width * sizeof(*sums));
	for (int y = -radius; y < height; y++)
	{
		const uint8_t *row = in->pixels +
		(size_t) (y < 0 ? 0 : y) * (size_t) width;
		uint64_t	sum = 0;
		int			columns = 0;

		/* sums: of the rows y - radius to y + radius of each column */
		if (y + radius < height)
		{
			const uint8_t *below_row = in->pixels +
			(size_t) (y + radius) * (size_t) width;

			for (int x = 0; x < width; x++)
				sums[x] += below_row[x];
			rows++;
		}
		if (y - radius - 1 >= 0)
		{
			const uint8_t *above_row = in->pixels +
			(size_t) (y - radius - 1) * (size_t) width;

			for (int x = 0; x < width; x++)
				sums[x] -= above_row[x];
			rows--;
		}
		if (y < 0)
			continue;
		for (int x = 0; x < radius && x < width; x++, columns++)
			sum += sums[x];
		for (int x = 0; x < width; x++)
		{
			if (x + radius < width)
			{
				sum += sums[x + radius];
				columns++;
			}
			if (x - radius - 1 >= 0)
			{
				sum -= sums[x - radius - 1];
				columns--;
			}
			/* pixel < sum / area - below, without the division */
			out[(size_t) y * (size_t) width + (size_t) x] =
				((int64_t) row[x] + below) * rows * columns < (int64_t) sum ?
				0 : 255;
		}
	}
}

/* Add a row to the sums of each column and of its squares, or take it away. */
static void
add_row(const uint8_t *row, int width, uint32_t sign, uint32_t *sums)
{
	for (int x = 0; x < width; x++)
	{
		sums[x] += sign * row[x];
		sums[width + x] += sign * row[x] * row[x];
	}
}

/*
 * Local contrast made even: how far a pixel is from the mean of the window
 * around it, in standard deviations of that window.  A reflection lifts dark
 * and light modules together and leaves little between them; here that little
 * is as much as elsewhere.  The window is cut off at the edges.
 */
static uint8_t
even_level(int pixel, int64_t area, int64_t sum, int64_t squares)
{
	float		deviation = sqrtf((float) (area * squares - sum * sum));
	float		level = 128.0f + EVEN_CONTRAST * (float) (area * pixel - sum) /
	(deviation + EVEN_NOISE * (float) area);

	return (uint8_t) (level < 0 ? 0 : level > 255 ? 255 : level);
}

void
cccd_grey_even(const CccdGrey *in, int window, uint32_t *sums, uint8_t *out)
{
	const int	width = in->width;
	const int	radius = window > 3 ? window / 2 : 1;
	int			rows = 0;

	memset(sums, 0, (size_t) width * 2 * sizeof(*sums));
	for (int y = -radius; y < in->height; y++)
	{
		size_t		row = (size_t) (y < 0 ? 0 : y) * (size_t) width;
		int64_t		sum = 0,
					squares = 0;
		int			columns = 0;

		if (y + radius < in->height)
		{
			add_row(in->pixels + (size_t) (y + radius) * (size_t) width, width,
					1, sums);
			rows++;
		}
		if (y - radius - 1 >= 0)
		{
			add_row(in->pixels + (size_t) (y - radius - 1) * (size_t) width,
					width, UINT32_MAX, sums);
			rows--;
		}
		for (int x = -radius; y >= 0 && x < width; x++)
		{
			if (x + radius < width)
			{
				sum += sums[x + radius];
				squares += sums[width + x + radius];
				columns++;
			}
			if (x - radius - 1 >= 0)
			{
				sum -= sums[x - radius - 1];
				squares -= sums[width + x - radius - 1];
				columns--;
			}
			if (x >= 0)
				out[row + (size_t) x] =
					even_level(in->pixels[row + (size_t) x],
							   (int64_t) rows * columns, sum, squares);
		}
	}
}

/* The three rows around y, the edge repeated. */
static void
three_rows(const CccdGrey *in, int y, const uint8_t *rows[3])
{
	for (int i = 0; i < 3; i++)
	{
		int			at = y + i - 1;

		if (at < 0)
			at = 0;
		if (at >= in->height)
			at = in->height - 1;
		rows[i] = in->pixels + (size_t) at * (size_t) in->width;
	}
}

/* the 1-2-1 kernel's sum of one column of three rows, 0 to 1020 */
static inline int
column(const uint8_t *rows[3], int x)
{
	return rows[0][x] + 2 * rows[1][x] + rows[2][x];
}

void
cccd_grey_blur(const CccdGrey *in, uint8_t *out)
{
	const int	last = in->width - 1;

	for (int y = 0; y < in->height; y++, out += in->width)
	{
		const uint8_t *rows[3];

		three_rows(in, y, rows);
		out[0] = (uint8_t) ((3 * column(rows, 0) +
							 column(rows, last > 0 ? 1 : 0) + 8) >> 4);
		for (int x = 1; x < last; x++)
			out[x] = (uint8_t) ((column(rows, x - 1) + 2 * column(rows, x) +
								 column(rows, x + 1) + 8) >> 4);
		if (last > 0)
			out[last] = (uint8_t) ((column(rows, last - 1) +
									3 * column(rows, last) + 8) >> 4);
	}
}

static inline uint8_t
clamp(int value)
{
	return (uint8_t) (value < 0 ? 0 : value > 255 ? 255 : value);
}

void
cccd_grey_sharpen(const CccdGrey *in, int blurs, int amount,
				  uint8_t *scratch, uint8_t *out)
{
	size_t		size = cccd_grey_size(in);
	CccdGrey	blurred = *in;

	for (int i = 0; i < blurs; i++)
	{
		uint8_t    *to = i % 2 == 0 ? out : scratch;

		cccd_grey_blur(&blurred, to);
		blurred.pixels = to;
	}
	for (size_t i = 0; i < size; i++)
		out[i] = clamp(in->pixels[i] +
					   amount * (in->pixels[i] - blurred.pixels[i]));
}

void
cccd_grey_halve(const CccdGrey *in, uint8_t *out)
{
	const int	width = in->width / 2;
	const int	height = in->height / 2;

	for (int y = 0; y < height; y++)
	{
		const uint8_t *a = in->pixels + (size_t) (2 * y) * (size_t) in->width;
		const uint8_t *b = a + in->width;

		for (int x = 0; x < width; x++)
			*out++ = (uint8_t) ((a[2 * x] + a[2 * x + 1] +
								 b[2 * x] + b[2 * x + 1] + 2) >> 2);
	}
}

void
cccd_grey_double(const CccdGrey *in, uint8_t *out)
{
	const int	last = in->width - 1;

	for (int y = 0; y < 2 * in->height; y++, out += 2 * in->width)
	{
		const uint8_t *rows[3];
		const uint8_t *near,
				   *far;

		three_rows(in, y / 2, rows);
		near = rows[1];
		far = rows[y % 2 == 0 ? 0 : 2];
#define MIX(x)	(3 * near[x] + far[x])
		for (int x = 0; x <= last; x++)
		{
			int			here = 3 * MIX(x) + 8;
			int			left = x > 0 ? x - 1 : 0;
			int			right = x < last ? x + 1 : last;

			out[2 * x] = (uint8_t) ((here + MIX(left)) >> 4);
			out[2 * x + 1] = (uint8_t) ((here + MIX(right)) >> 4);
		}
#undef MIX
	}
}
