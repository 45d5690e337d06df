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

/* Pixels of a picture. */
static inline size_t
cccd_grey_size(const CccdGrey *grey)
{
	return (size_t) grey->width * (size_t) grey->height;
}

/* Exchange dark and light; out may be in. */
extern void cccd_grey_invert(const CccdGrey *in, uint8_t *out);

/*
 * Make every pixel black or white by Otsu's threshold: the level that
 * separates the histogram into two classes of the greatest variance between
 * them. out may be in.
 */
extern void cccd_grey_threshold(const CccdGrey *in, uint8_t *out);

/*
 * Make every pixel black that is darker than the mean of the window around it,
 * window pixels wide, by more than below, and every other one white.  The
 * window is cut off at the edges. sums has room for width numbers.
 */
extern void cccd_grey_adapt(const CccdGrey *in, int window, int below,
							uint32_t *sums, uint8_t *out);

/*
 * Make local contrast even: how far a pixel is from the mean of the window
 * around it, at most 255 pixels wide, in standard deviations of that window.
 * A reflection lifts dark and light modules together and leaves little between
 * them; here that little is as much as elsewhere.  The window is cut off at
 * the edges. sums has room for twice width numbers.
 */
extern void cccd_grey_even(const CccdGrey *in, int window, uint32_t *sums,
						   uint8_t *out);

/*
 * The mean of each pixel and its neighbours, weighted 1-2-1 by 1-2-1, the edge
 * repeated.
 */
extern void cccd_grey_blur(const CccdGrey *in, uint8_t *out);

/*
 * Unsharp mask: add the difference to the blurred picture amount times. blurs,
 * an even number, makes the blur wide: 8 of them are a Gaussian of 2 pixels.
 * scratch has room for the picture and overlaps neither.
 */
extern void cccd_grey_sharpen(const CccdGrey *in, int blurs, int amount,
							  uint8_t *scratch, uint8_t *out);

/*
 * Half the size, the mean of four pixels each; out has (width / 2) * (height /
 * 2) pixels.
 */
extern void cccd_grey_halve(const CccdGrey *in, uint8_t *out);

/*
 * Twice the size, bilinear: each new pixel is 3/4 of the old one and 1/4 of
 * its neighbour, in both directions. out has (width * 2) * (height * 2)
 * pixels.
 */
extern void cccd_grey_double(const CccdGrey *in, uint8_t *out);

#endif							/* CCCD_GREY_CORE_H */
