/*
 * clean_core.h
 *		Text as scanners deliver it: repair of a wrong decoding, clean-up, and
 *		what scanners add around a code.
 *
 * Cards hold UTF-8 bytes without saying so, and decoders guess.  A guess of a
 * single-byte code page (Latin-1, Windows-1252, or 1258, the ANSI code page
 * of a Vietnamese Windows) can be undone exactly; a guess of Big5 or
 * Shift-JIS swallows bytes and can only be noticed.
 */
#ifndef CCCD_CLEAN_CORE_H
#define CCCD_CLEAN_CORE_H

#include "base/text_core.h"

/* Longest text that cccd_clean_repair looks at, in bytes. */
#define CCCD_CLEAN_MAX			4096

/* What cccd_clean_text saw, as bits. */
#define CCCD_CLEAN_CONTROL		1	/* control or invisible characters */
#define CCCD_CLEAN_STRANGE		2	/* characters no Vietnamese card holds */

/*
 * Repair a text whose UTF-8 bytes were read as a single-byte code page, once
 * or twice over.  Returns true if it was repaired: the text, whose *len bytes
 * are changed in place, is then shorter and *len its new length.  Otherwise,
 * and for a text of more than CCCD_CLEAN_MAX bytes, both stay as they are.
 */
extern bool cccd_clean_repair(char *text, size_t *len);

/*
 * Clean a valid UTF-8 text of len bytes in place: no-break and typographic
 * spaces become plain ones, control characters that separate (Tab, LF, CR, VT,
 * FF) too, other control and format characters are removed.  Returns the new
 * length, which is not larger, and adds what was seen to *seen.
 */
extern size_t cccd_clean_text(char *text, size_t len, unsigned *seen);

/*
 * The text of len bytes without what scanners add around a code: byte order
 * mark, symbology identifier (ISO/IEC 15424), start and end characters,
 * spaces, Tab, CR, LF.  The slice points into the text and may be empty.
 */
extern CccdSlice cccd_clean_trim(const char *text, size_t len);

#endif							/* CCCD_CLEAN_CORE_H */
