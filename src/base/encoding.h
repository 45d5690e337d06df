/*
 * encoding.h
 *		Between the text of a database and the UTF-8 of the cores.
 */
#ifndef CCCD_ENCODING_H
#define CCCD_ENCODING_H

#include "base/cccd.h"
#include "base/text_core.h"

extern bool cccd_to_utf8(const char *in, size_t len, CccdSlice *out);
extern text *cccd_text_from_utf8(CccdSlice in);
extern text *cccd_text_from_utf8_nfc(CccdSlice in);

#endif							/* CCCD_ENCODING_H */
