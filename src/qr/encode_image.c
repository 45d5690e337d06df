/*
 * encode_image.c
 *		Payloads to QR codes with libqrencode, and to PNG with libpng.
 */
#include "qr/encode_image.h"

#include <errno.h>
#include <png.h>
#include <qrencode.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

CccdEncodeStatus
cccd_symbol_make(const uint8_t *payload, size_t length, CccdQrLevel level,
				 CccdSymbol *symbol)
{
	static const QRecLevel levels[] = {
		[CCCD_QR_LEVEL_L] = QR_ECLEVEL_L,
		[CCCD_QR_LEVEL_M] = QR_ECLEVEL_M,
		[CCCD_QR_LEVEL_Q] = QR_ECLEVEL_Q,
		[CCCD_QR_LEVEL_H] = QR_ECLEVEL_H,
	};
	QRcode	   *code;
	size_t		size;

	code = QRcode_encodeData((int) length, payload, 0, levels[level]);
	if (code == NULL)
		return errno == ERANGE ? CCCD_ENCODE_TOO_LONG : CCCD_ENCODE_NO_MEMORY;
	symbol->width = code->width;
	size = (size_t) code->width * (size_t) code->width;
	for (size_t i = 0; i < size; i++)
		symbol->modules[i] = code->data[i] & 1;
	QRcode_free(code);
	return CCCD_ENCODE_OK;
}

typedef struct Sink
{
	uint8_t    *data;
	size_t		length;
	size_t		room;
	jmp_buf		failed;
} Sink;

static void
fail(png_structp png, png_const_charp message)
{
	Sink	   *sink = png_get_error_ptr(png);

	(void) message;
	longjmp(sink->failed, 1);
}

static void
ignore(png_structp png, png_const_charp message)
{
	(void) png;
	(void) message;
}

static void
write_bytes(png_structp png, png_bytep bytes, size_t length)
{
	Sink	   *sink = png_get_io_ptr(png);

	if (length > sink->room - sink->length)
	{
		size_t		room = 2 * (sink->room + length);
		uint8_t    *data = realloc(sink->data, room);

		if (data == NULL)
			png_error(png, "out of memory");
		sink->data = data;
		sink->room = room;
	}
	memcpy(sink->data + sink->length, bytes, length);
	sink->length += length;
}

static void
flush_nothing(png_structp png)
{
	(void) png;
}

/* One row of pixels, 8 to a byte; light is 1. */
static void
make_row(const CccdSymbol *symbol, int y, int module_size, int margin,
		 uint8_t *row, size_t bytes)
{
	memset(row, 0xFF, bytes);
	if (y < 0 || y >= symbol->width)
		return;
	for (int x = 0; x < symbol->width; x++)
	{
		int			start = (x + margin) * module_size;

		if (!symbol->modules[y * symbol->width + x])
			continue;
		for (int i = start; i < start + module_size; i++)
			row[i / 8] &= (uint8_t) ~(0x80 >> i % 8);
	}
}

/* Everything that can longjmp. */
static void
encode(png_structp png, png_infop info, const CccdSymbol *symbol,
	   int module_size, int margin, uint8_t *row)
{
	int			side = (symbol->width + 2 * margin) * module_size;

	png_set_IHDR(png, info, (png_uint_32) side, (png_uint_32) side, 1,
				 PNG_COLOR_TYPE_GRAY, PNG_INTERLACE_NONE,
				 PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
	png_set_filter(png, PNG_FILTER_TYPE_BASE, PNG_FILTER_NONE);
	png_write_info(png, info);
	for (int y = -margin; y < symbol->width + margin; y++)
	{
		make_row(symbol, y, module_size, margin, row, ((size_t) side + 7) / 8);
		for (int i = 0; i < module_size; i++)
			png_write_row(png, row);
	}
	png_write_end(png, NULL);
}

/* The one function that is longjmp()ed to: what it changes lives outside. */
static CccdEncodeStatus
encode_or_fail(Sink *sink, png_structp png, const CccdSymbol *symbol,
			   int module_size, int margin)
{
	uint8_t		row[CCCD_QR_MAX_SIDE / 8 + 1];
	png_infop	info = png_create_info_struct(png);

	if (info == NULL)
		return CCCD_ENCODE_NO_MEMORY;
	if (setjmp(sink->failed) != 0)
	{
		png_destroy_info_struct(png, &info);
		return CCCD_ENCODE_NO_MEMORY;
	}
	png_set_write_fn(png, sink, write_bytes, flush_nothing);
	encode(png, info, symbol, module_size, margin, row);
	png_destroy_info_struct(png, &info);
	return CCCD_ENCODE_OK;
}

CccdEncodeStatus
cccd_symbol_png(const CccdSymbol *symbol, int module_size, int margin,
				uint8_t **png_data, size_t *length)
{
	Sink		sink = {0};
	png_structp png;
	CccdEncodeStatus status = CCCD_ENCODE_NO_MEMORY;

	png = png_create_write_struct(PNG_LIBPNG_VER_STRING, &sink, fail, ignore);
	if (png != NULL)
		status = encode_or_fail(&sink, png, symbol, module_size, margin);
	png_destroy_write_struct(&png, NULL);
	*png_data = sink.data;
	*length = sink.length;
	return status;
}
