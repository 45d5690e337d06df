/*
 * render_core.h
 *		A QR code's modules as SVG and as half blocks for a terminal.
 */
#ifndef CCCD_RENDER_CORE_H
#define CCCD_RENDER_CORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "qr/limits.h"

/* Dark modules are 1; module (x, y) is modules[y * width + x]. */
typedef struct CccdSymbol
{
	int			width;
	uint8_t		modules[CCCD_QR_MAX_WIDTH * CCCD_QR_MAX_WIDTH];
} CccdSymbol;

/*
 * Write a symbol as SVG: one path in units of modules, scaled by width and
 * height; margin is in modules, module_size in pixels.  Writes at most room
 * bytes and returns how many it takes; nothing ends with a zero byte.
 */
extern size_t cccd_symbol_svg(const CccdSymbol *symbol, int module_size,
							  int margin, char *out, size_t room);

/*
 * Write a symbol in UTF-8 half blocks, two modules a character one above the
 * other, a line feed behind each row.  Terminals write light on dark, so the
 * blocks are the light modules; inverted is for dark on light.  Room and
 * result as above.
 */
extern size_t cccd_symbol_text(const CccdSymbol *symbol, int margin,
							   bool inverted, char *out, size_t room);

#endif							/* CCCD_RENDER_CORE_H */
