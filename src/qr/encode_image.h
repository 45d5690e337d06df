/*
 * encode_image.h
 *		Payloads to QR codes and to PNG: what needs libqrencode and libpng.
 */
#ifndef CCCD_ENCODE_IMAGE_H
#define CCCD_ENCODE_IMAGE_H

#include "qr/render_core.h"

typedef enum CccdEncodeStatus
{
	CCCD_ENCODE_OK = 0,
	CCCD_ENCODE_TOO_LONG,
	CCCD_ENCODE_NO_MEMORY,
	CCCD_ENCODE_ABSENT			/* built without the libraries */
} CccdEncodeStatus;

typedef enum CccdQrLevel
{
	CCCD_QR_LEVEL_L,			/* 7 % of the code words can be restored */
	CCCD_QR_LEVEL_M,			/* 15 % */
	CCCD_QR_LEVEL_Q,			/* 25 % */
	CCCD_QR_LEVEL_H				/* 30 % */
} CccdQrLevel;

/* "length" must not be 0. */
extern CccdEncodeStatus cccd_symbol_make(const uint8_t *payload, size_t length,
										 CccdQrLevel level, CccdSymbol *symbol);

/*
 * A grey picture of one bit a pixel.  *png is the caller's to free(), also
 * after a failure.
 */
extern CccdEncodeStatus cccd_symbol_png(const CccdSymbol *symbol,
										int module_size, int margin,
										uint8_t **png, size_t *length);

#endif							/* CCCD_ENCODE_IMAGE_H */
