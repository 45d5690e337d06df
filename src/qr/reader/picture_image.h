/*
 * picture_image.h
 *		Pictures to grey: what needs libpng and libjpeg, for the reader only.
 */
#ifndef CCCD_PICTURE_IMAGE_H
#define CCCD_PICTURE_IMAGE_H

#include "qr/picture_core.h"

/*
 * Decode a PNG file whose header has been checked into one byte a pixel, width
 * * height of them, rows from the top; transparency is on white.  Returns what
 * became of it; grey is complete only for CCCD_PICTURE_OK.
 */
extern CccdPictureStatus cccd_png_grey(const uint8_t *data, size_t length,
									   const CccdPictureHeader *header,
									   uint8_t *grey);

/* The same of a JPEG file. */
extern CccdPictureStatus cccd_jpeg_grey(const uint8_t *data, size_t length,
										const CccdPictureHeader *header,
										uint8_t *grey);

/*
 * The grey of a color: ITU-R BT.601, the luma of JPEG, in 16 bits of fraction.
 */
static inline uint8_t
cccd_luma(uint32_t red, uint32_t green, uint32_t blue)
{
	return (uint8_t) ((red * 19595 + green * 38470 + blue * 7471 + 32768) >> 16);
}

#endif							/* CCCD_PICTURE_IMAGE_H */
