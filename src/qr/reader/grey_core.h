/*
 * grey_core.h
 *		Preparations of a grey picture, each of which lets a reader find codes
 *		that it does not find in the picture as it is.
 *
 * All work on one byte a pixel without padding.  Where out may be in, it says
 * so; otherwise they must not overlap.
 */
#ifndef CCCD_GREY_CORE_H
#define CCCD_GREY_CORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct CccdGrey
{
	uint8_t    *pixels;
	int			width;
	int			height;
} CccdGrey;

static inline size_t
cccd_grey_size(const CccdGrey *grey)
{
	return (size_t) grey->width * (size_t) grey->height;
}

/* out may be in */
extern void cccd_grey_invert(const CccdGrey *in, uint8_t *out);
extern void cccd_grey_threshold(const CccdGrey *in, uint8_t *out);

/* sums holds width numbers */
extern void cccd_grey_adapt(const CccdGrey *in, int window, int below,
							uint32_t *sums, uint8_t *out);

/* sums holds twice width numbers; a window of up to 255 pixels */
extern void cccd_grey_even(const CccdGrey *in, int window, uint32_t *sums,
						   uint8_t *out);

extern void cccd_grey_blur(const CccdGrey *in, uint8_t *out);
extern void cccd_grey_sharpen(const CccdGrey *in, int blurs, int amount,
							  uint8_t *scratch, uint8_t *out);

/* out has (width / 2) * (height / 2) pixels */
extern void cccd_grey_halve(const CccdGrey *in, uint8_t *out);

/* out has (width * 2) * (height * 2) pixels */
extern void cccd_grey_double(const CccdGrey *in, uint8_t *out);

#endif							/* CCCD_GREY_CORE_H */
