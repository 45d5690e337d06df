/*
 * qr_render_test.c
 *		QR codes as SVG and half blocks, read back module by module.
 */
#include "unit.h"

#include <stdlib.h>

#include "qr/render_core.h"

static CccdSymbol symbol;
static char out[1024 * 1024];

static void
make_symbol(int width, unsigned seed)
{
	symbol.width = width;
	for (int i = 0; i < width * width; i++)
	{
		seed = seed * 1664525 + 1013904223;
		symbol.modules[i] = seed >> 30 & 1;
	}
}

static int
module(int x, int y)
{
	return x >= 0 && y >= 0 && x < symbol.width && y < symbol.width &&
		symbol.modules[y * symbol.width + x];
}

/* Draw the path of "Mx yhNv1h-Nz" runs and compare. */
static void
check_svg(int width, int margin)
{
	static uint8_t drawn[CCCD_QR_MAX_WIDTH * CCCD_QR_MAX_WIDTH];
	size_t		length;
	const char *p;

	make_symbol(width, (unsigned) width);
	length = cccd_symbol_svg(&symbol, 3, margin, out, sizeof(out) - 1);
	CHECK(length < sizeof(out));
	CHECK(length == cccd_symbol_svg(&symbol, 3, margin, NULL, 0));
	out[length] = '\0';
	CHECK(strncmp(out, "<svg ", 5) == 0);
	CHECK(strcmp(out + length - 9, "\"/></svg>") == 0);
	memset(drawn, 0, sizeof(drawn));
	p = strstr(out, "<path d=\"");
	CHECK(p != NULL);
	for (p += 9; *p == 'M';)
	{
		int			x,
					y,
					run,
					back,
					used = 0;

		CHECK(sscanf(p, "M%d %dh%dv1h-%dz%n", &x, &y, &run, &back, &used) == 4);
		CHECK(used > 0 && run == back);
		for (int i = 0; i < run; i++)
			drawn[(y - margin) * width + x - margin + i]++;
		p += used;
	}
	CHECK(memcmp(drawn, symbol.modules, (size_t) (width * width)) == 0);
}

/* Which of the two modules of a cell are light blocks; moves on. */
static int
cell(const char **p)
{
	static const char *const blocks[] = {
		" ", "\xE2\x96\x80", "\xE2\x96\x84", "\xE2\x96\x88"
	};

	for (int i = 0; i < 4; i++)
		if (strncmp(*p, blocks[i], strlen(blocks[i])) == 0)
		{
			*p += strlen(blocks[i]);
			return i;
		}
	return -1;
}

static void
check_text(int width, int margin, bool inverted)
{
	const char *p = out;
	size_t		length;
	int			wrong = 0;
	int			end = width + margin;

	make_symbol(width, (unsigned) width + 1);
	length = cccd_symbol_text(&symbol, margin, inverted, out, sizeof(out) - 1);
	CHECK(length == cccd_symbol_text(&symbol, margin, inverted, NULL, 0));
	out[length] = '\0';
	for (int y = -margin; y < end; y += 2)
	{
		for (int x = -margin; x < end; x++)
		{
			int			seen = cell(&p);
			int			wanted = module(x, y) == inverted;

			if (y + 1 < end)
				wanted += 2 * (module(x, y + 1) == inverted);
			wrong += seen != wanted;
		}
		wrong += *p++ != '\n';
	}
	CHECK(wrong == 0);
	CHECK(*p == '\0');
}

int
main(void)
{
	static const int widths[] = {21, 25, 57, 177};

	for (int i = 0; i < 4; i++)
		for (int margin = 0; margin <= 8; margin += 4)
		{
			check_svg(widths[i], margin);
			check_text(widths[i], margin, false);
			check_text(widths[i], margin + 1, true);
		}
	/* room that is too small is never left */
	memset(out, 'x', 100);
	CHECK(cccd_symbol_svg(&symbol, 4, 4, out, 50) > 50);
	CHECK(out[50] == 'x');
	return finish();
}
