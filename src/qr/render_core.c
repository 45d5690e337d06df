/*
 * render_core.c
 *		A QR code's modules as SVG and as half blocks for a terminal.
 */
#include "qr/render_core.h"

#include <stdio.h>
#include <string.h>

typedef struct Writer
{
	char	   *out;
	size_t		room;
	size_t		length;
} Writer;

static void
put_bytes(Writer *writer, const char *bytes, size_t length)
{
	if (writer->length <= writer->room &&
		length <= writer->room - writer->length)
		memcpy(writer->out + writer->length, bytes, length);
	writer->length += length;
}

static void
put(Writer *writer, const char *text)
{
	put_bytes(writer, text, strlen(text));
}

static void
put_number(Writer *writer, int number)
{
	char		digits[16];

	put_bytes(writer, digits,
			  (size_t) snprintf(digits, sizeof(digits), "%d", number));
}

/* A run of dark modules in a row: one unit high, closed. */
static void
put_run(Writer *writer, int x, int y, int length)
{
	put(writer, "M");
	put_number(writer, x);
	put(writer, " ");
	put_number(writer, y);
	put(writer, "h");
	put_number(writer, length);
	put(writer, "v1h-");
	put_number(writer, length);
	put(writer, "z");
}

/*
 * One path in units of modules, scaled by width and height; crisp edges keep
 * hairlines between rows out.
 */
size_t
cccd_symbol_svg(const CccdSymbol *symbol, int module_size, int margin,
				char *out, size_t room)
{
	Writer		writer = {out, room, 0};
	int			side = symbol->width + 2 * margin;

	put(&writer, "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"");
	put_number(&writer, side * module_size);
	put(&writer, "\" height=\"");
	put_number(&writer, side * module_size);
	put(&writer, "\" viewBox=\"0 0 ");
	put_number(&writer, side);
	put(&writer, " ");
	put_number(&writer, side);
	put(&writer, "\" shape-rendering=\"crispEdges\">"
		"<path fill=\"#fff\" d=\"M0 0h");
	put_number(&writer, side);
	put(&writer, "v");
	put_number(&writer, side);
	put(&writer, "H0z\"/><path d=\"");
	for (int y = 0; y < symbol->width; y++)
	{
		const uint8_t *row = symbol->modules + y * symbol->width;
		int			x = 0;

		while (x < symbol->width)
		{
			int			start = x;

			while (x < symbol->width && row[x])
				x++;
			if (x > start)
				put_run(&writer, start + margin, y + margin, x - start);
			else
				x++;
		}
	}
	put(&writer, "\"/></svg>");
	return writer.length;
}

static bool
is_dark(const CccdSymbol *symbol, int x, int y)
{
	return x >= 0 && y >= 0 && x < symbol->width && y < symbol->width &&
		symbol->modules[y * symbol->width + x];
}

/*
 * Two modules a character, one above the other.  Terminals write light on
 * dark, so the blocks are the light modules; "inverted" is for dark on light.
 * The row below an odd last one is empty.
 */
size_t
cccd_symbol_text(const CccdSymbol *symbol, int margin, bool inverted,
				 char *out, size_t room)
{
	/* nothing, upper half, lower half, full block: U+2580, U+2584, U+2588 */
	static const char *const blocks[] = {
		" ", "\xE2\x96\x80", "\xE2\x96\x84", "\xE2\x96\x88"
	};
	Writer		writer = {out, room, 0};
	int			end = symbol->width + margin;

	for (int y = -margin; y < end; y += 2)
	{
		for (int x = -margin; x < end; x++)
		{
			bool		upper = is_dark(symbol, x, y) == inverted;
			bool		lower = y + 1 < end &&
			is_dark(symbol, x, y + 1) == inverted;

			put(&writer, blocks[upper + 2 * lower]);
		}
		put(&writer, "\n");
	}
	return writer.length;
}
