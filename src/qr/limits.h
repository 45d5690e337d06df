/*
 * limits.h
 *		Every limit of pictures, codes and the reader's protocol, in one place.
 */
#ifndef CCCD_LIMITS_H
#define CCCD_LIMITS_H

/* a picture that comes in */
#define CCCD_PICTURE_MAX_BYTES		(8 * 1024 * 1024)
#define CCCD_PICTURE_MAX_SIDE		10000	/* pixels */
#define CCCD_PICTURE_MAX_PIXELS		25000000
#define CCCD_JPEG_MAX_SCANS			50	/* a progressive file has about 10 */
#define CCCD_JPEG_MAX_SCAN_PIXELS	500000000	/* pixels times scans */

/* a code that is made; ISO/IEC 18004 table 1: version 40 has 177 modules */
#define CCCD_QR_MAX_WIDTH			177
#define CCCD_QR_MAX_MODULE_SIZE		100 /* pixels */
#define CCCD_QR_MAX_MARGIN			100 /* modules */
#define CCCD_QR_MAX_PIXELS			CCCD_PICTURE_MAX_PIXELS
#define CCCD_QR_MAX_SIDE			CCCD_PICTURE_MAX_SIDE

/*
 * Codes of one picture.  16 symbols of a structured append hold at most
 * 16 x 7,089 digits and come back as one payload.
 */
#define CCCD_SCAN_MAX_CODES			256
#define CCCD_SCAN_MAX_PAYLOAD		(128 * 1024)
#define CCCD_SCAN_MAX_REPLY			(1024 * 1024)

/* where a corner may lie: perspective puts some of them out of the picture */
#define CCCD_CORNER_MAX				(4 * CCCD_PICTURE_MAX_SIDE)

/* time of one scan */
#define CCCD_SCAN_MAX_MS			20000

#endif							/* CCCD_LIMITS_H */
