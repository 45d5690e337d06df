/*
 * encode_absent.c
 *		In the place of encode_image.c where its libraries are missing.
 */
#include "qr/encode_image.h"

CccdEncodeStatus
cccd_symbol_make(const uint8_t *payload, size_t length, CccdQrLevel level,
				 CccdSymbol *symbol)
{
	(void) payload;
	(void) length;
	(void) level;
	(void) symbol;
	return CCCD_ENCODE_ABSENT;
}

CccdEncodeStatus
cccd_symbol_png(const CccdSymbol *symbol, int module_size, int margin,
				uint8_t **png, size_t *length)
{
	(void) symbol;
	(void) module_size;
	(void) margin;
	(void) png;
	(void) length;
	return CCCD_ENCODE_ABSENT;
}
