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

/*
 * Make the smallest symbol that holds a payload of length bytes, which is not
 * 0, in one segment of bytes without a character set: what the readers of
 * cards expect, and what comes back byte for byte from every reader.
 */
extern CccdEncodeStatus cccd_symbol_make(const uint8_t *payload, size_t length,
										 CccdQrLevel level, CccdSymbol *symbol);

/*
 * Make a grey picture of one bit a pixel; margin is in modules, module_size in
 * pixels.  *png, *length bytes, is the caller's to free(), also after a
 * failure.
 */
extern CccdEncodeStatus cccd_symbol_png(const CccdSymbol *symbol,
										int module_size, int margin,
										uint8_t **png, size_t *length);

#endif							/* CCCD_ENCODE_IMAGE_H */
