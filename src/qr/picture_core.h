/*
 * picture_core.h
 *		What a picture says of itself, read before any pixel is decoded.
 */
#ifndef CCCD_PICTURE_CORE_H
#define CCCD_PICTURE_CORE_H

#include <stddef.h>
#include <stdint.h>

/*
 * What became of a picture.  The numbers travel in the protocol between the
 * reader and the backend.
 */
typedef enum CccdPictureStatus
{
	CCCD_PICTURE_OK = 0,
	CCCD_PICTURE_UNKNOWN,		/* neither PNG nor JPEG */
	CCCD_PICTURE_BROKEN,
	CCCD_PICTURE_TOO_WIDE,		/* a side over CCCD_PICTURE_MAX_SIDE */
	CCCD_PICTURE_TOO_LARGE,		/* over CCCD_PICTURE_MAX_PIXELS */
	CCCD_PICTURE_TOO_MANY_SCANS,	/* of a JPEG file */
	CCCD_PICTURE_TOO_MANY_CODES,
	CCCD_PICTURE_NO_MEMORY
} CccdPictureStatus;

#define CCCD_PICTURE_STATUS_LAST	CCCD_PICTURE_NO_MEMORY

typedef enum CccdPictureKind
{
	CCCD_PICTURE_PNG = 1,
	CCCD_PICTURE_JPEG
} CccdPictureKind;

typedef struct CccdPictureHeader
{
	CccdPictureKind kind;
	uint32_t	width;			/* pixels; also set when they are over a limit */
	uint32_t	height;
	uint32_t	scans;			/* of a JPEG file; 1 for PNG */
} CccdPictureHeader;

/*
 * Read kind, size and number of scans of a picture of length bytes, without
 * decoding it.  The size is set as far as it is known even when the status is
 * not CCCD_PICTURE_OK.
 */
extern CccdPictureStatus cccd_picture_header(const uint8_t *data, size_t length,
											 CccdPictureHeader *header);

#endif							/* CCCD_PICTURE_CORE_H */
