/*
 * row.h
 *		Rows that functions with OUT columns return, and what stands in them.
 */
#ifndef CCCD_ROW_H
#define CCCD_ROW_H

#include "base/cccd.h"

#include "access/tupdesc.h"

/*
 * The row type of the running function, kept for the session: finding it out
 * takes longer than reading a card.  A function that was dropped and created
 * again has another OID and so another row type.  The caller frees nothing.
 * An internal error if the function does not return a row of that many
 * columns, which only a wrong install script could bring about.
 */
extern TupleDesc cccd_row_type(FunctionCallInfo fcinfo, int columns);

/* A bytea with a copy of the bytes; data may be null if length is 0. */
extern Datum cccd_bytes_datum(const void *data, size_t length);

/* A text[] of count texts, empty for none; the texts are Datums of text. */
extern Datum cccd_texts_datum(Datum *texts, int count);

#endif							/* CCCD_ROW_H */
