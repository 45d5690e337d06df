/*
 * text_core.h
 *		UTF-8 text from a scanner: validity, clean-up, repair of a wrong
 *		decoding.
 */
#ifndef CCCD_TEXT_CORE_H
#define CCCD_TEXT_CORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Longest text that cccd_text_repair looks at, in bytes. */
#define CCCD_TEXT_MAX			4096

/* A piece of somebody else's text; a null pointer means "absent". */
typedef struct CccdSlice
{
	const char *ptr;
	size_t		len;
} CccdSlice;

/* What cccd_text_clean saw. */
#define CCCD_TEXT_CONTROL		1	/* control or invisible characters */
#define CCCD_TEXT_STRANGE		2	/* characters no Vietnamese card holds */

extern size_t cccd_utf8_decode(const char *text, size_t len, uint32_t *code);
extern bool cccd_utf8_valid(const char *text, size_t len);
extern bool cccd_text_repair(char *text, size_t *len);
extern size_t cccd_text_clean(char *text, size_t len, unsigned *seen);
extern bool cccd_text_is_control(uint32_t code);
extern bool cccd_text_is_space(uint32_t code);
extern CccdSlice cccd_text_trim(const char *text, size_t len);

#endif							/* CCCD_TEXT_CORE_H */
