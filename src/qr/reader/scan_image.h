/*
 * scan_image.h
 *		Codes of a grey picture: what needs zbar or zxing-cpp, for the reader
 *		only.
 */
#ifndef CCCD_SCAN_IMAGE_H
#define CCCD_SCAN_IMAGE_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C"
{
#endif

typedef struct CccdCode
{
	const uint8_t *payload;
	size_t		length;

	/*
	 * x and y of the code's own top left, top right, bottom right and bottom
	 * left corner; pixels of the scanned picture
	 */
	int32_t		corners[8];
} CccdCode;

/* Takes each code that is found; false ends the scan. */
typedef int (*CccdCodeSink) (void *state, const CccdCode *code);

/*
 * Find QR codes with zbar in a picture of one byte a pixel and call the sink
 * once a code, until it returns false. density looks at every so-many-th line
 * only.  Returns the number of codes, or -1 without memory.
 */
extern int	cccd_zbar_scan(const uint8_t *grey, int width, int height,
						   int density, CccdCodeSink sink, void *state);

/* The same with zxing-cpp; thorough takes more time and finds more. */
extern int	cccd_zxing_scan(const uint8_t *grey, int width, int height,
							int thorough, CccdCodeSink sink, void *state);

#ifdef __cplusplus
}
#endif

#endif							/* CCCD_SCAN_IMAGE_H */
