/*
 * encoding.h
 *		Between the text of a database and the UTF-8 of the cores.
 */
#ifndef CCCD_ENCODING_H
#define CCCD_ENCODING_H

#include "base/cccd.h"
#include "base/text_core.h"

/*
 * A text of the database, len bytes, in UTF-8.  The slice points to the text
 * itself if nothing has to be converted, otherwise to memory of the current
 * context.  Returns false if a character has no counterpart.  In SQL_ASCII the
 * bytes are taken for UTF-8 unchecked.
 */
extern bool cccd_to_utf8(const char *in, size_t len, CccdSlice *out);

/*
 * Valid UTF-8 as a text of the database, allocated in the current memory
 * context, or NULL if the database's encoding cannot hold it.
 */
extern text *cccd_text_from_utf8(CccdSlice in);

/*
 * The same in Unicode normalization form C, so that what two scanners
 * delivered compares equal.  An encoding with separate marks (WIN1258) cannot
 * hold some composed letters; there the text stays as it came.
 */
extern text *cccd_text_from_utf8_nfc(CccdSlice in);

#endif							/* CCCD_ENCODING_H */
