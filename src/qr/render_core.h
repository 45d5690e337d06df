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
 * Each writes at most "room" bytes and returns how many it takes; nothing
 * ends with a zero.
 */
extern size_t cccd_symbol_svg(const CccdSymbol *symbol, int module_size,
							  int margin, char *out, size_t room);
extern size_t cccd_symbol_text(const CccdSymbol *symbol, int margin,
							   bool inverted, char *out, size_t room);

#endif							/* CCCD_RENDER_CORE_H */
