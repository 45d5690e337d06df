/*
 * zbar_image.c
 *		QR codes with zbar.
 *
 * A fresh scanner for each scan: a reused one leaks, and only a fresh one
 * finds the same codes in the same picture always.  Its cache asserts on
 * incomplete structured appends and its test for inverted codes writes past
 * the picture's end: both stay off.
 */
#include "qr/reader/scan_image.h"

#include <zbar.h>

static int
report(zbar_image_t *image, CccdCodeSink sink, void *state)
{
	int			found = 0;

	for (const zbar_symbol_t *symbol = zbar_image_first_symbol(image);
		 symbol != NULL; symbol = zbar_symbol_next(symbol))
	{
		/* zbar goes around counter-clockwise */
		static const unsigned order[4] = {0, 3, 2, 1};
		CccdCode	code;

		if (zbar_symbol_get_type(symbol) != ZBAR_QRCODE)
			continue;
		code.payload = (const uint8_t *) zbar_symbol_get_data(symbol);
		code.length = zbar_symbol_get_data_length(symbol);
		for (unsigned i = 0; i < 4; i++)
		{
			int			known = order[i] < zbar_symbol_get_loc_size(symbol);

			code.corners[2 * i] =
				known ? zbar_symbol_get_loc_x(symbol, order[i]) : 0;
			code.corners[2 * i + 1] =
				known ? zbar_symbol_get_loc_y(symbol, order[i]) : 0;
		}
		found++;
		if (!sink(state, &code))
			break;
	}
	return found;
}

int
cccd_zbar_scan(const uint8_t *grey, int width, int height, int density,
			   CccdCodeSink sink, void *state)
{
	zbar_image_scanner_t *scanner = zbar_image_scanner_create();
	zbar_image_t *image = zbar_image_create();
	int			found = -1;

	if (scanner != NULL && image != NULL)
	{
		zbar_image_scanner_set_config(scanner, ZBAR_NONE, ZBAR_CFG_ENABLE, 0);
		zbar_image_scanner_set_config(scanner, ZBAR_QRCODE, ZBAR_CFG_ENABLE, 1);
		/* its guess of the character set mangles Vietnamese */
		zbar_image_scanner_set_config(scanner, ZBAR_QRCODE, ZBAR_CFG_BINARY, 1);
		zbar_image_scanner_set_config(scanner, ZBAR_NONE, ZBAR_CFG_X_DENSITY,
									  density);
		zbar_image_scanner_set_config(scanner, ZBAR_NONE, ZBAR_CFG_Y_DENSITY,
									  density);
		zbar_image_set_format(image, zbar_fourcc('Y', '8', '0', '0'));
		zbar_image_set_size(image, (unsigned) width, (unsigned) height);
		zbar_image_set_data(image, grey,
							(unsigned long) width * (unsigned long) height,
							NULL);
		if (zbar_scan_image(scanner, image) >= 0)
			found = report(image, sink, state);
	}
	if (image != NULL)
		zbar_image_destroy(image);
	if (scanner != NULL)
		zbar_image_scanner_destroy(scanner);
	return found;
}
