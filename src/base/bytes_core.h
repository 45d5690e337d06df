/*
 * bytes_core.h
 *		A piece of somebody else's bytes, and how two of them compare.
 */
#ifndef CCCD_BYTES_CORE_H
#define CCCD_BYTES_CORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/*
 * Bytes that belong to a document, an argument or a buffer, which must live as
 * long as they are used.  A null pointer means "absent"; then length is 0.
 */
typedef struct CccdBytes
{
	const uint8_t *data;
	size_t		length;
} CccdBytes;

/*
 * Whether both have the same length and content.  Absent bytes equal empty
 * ones.
 */
static inline bool
cccd_bytes_equal(CccdBytes a, CccdBytes b)
{
	return a.length == b.length &&
		(a.length == 0 || memcmp(a.data, b.data, a.length) == 0);
}

/*
 * Order of a and b: negative, zero or positive, as memcmp() has it; bytes that
 * the other ones begin with come first.  This is the order of the encodings in
 * DER's SET OF, because no encoding is the beginning of another one (X.690
 * 11.6).
 */
static inline int
cccd_bytes_compare(CccdBytes a, CccdBytes b)
{
	size_t		shorter = a.length < b.length ? a.length : b.length;
	int			order = shorter == 0 ? 0 : memcmp(a.data, b.data, shorter);

	if (order != 0)
		return order;
	return a.length < b.length ? -1 : a.length > b.length;
}

/*
 * A big-endian number without its leading zero octets; of zero one octet
 * remains.  The result points into the number.
 */
static inline CccdBytes
cccd_bytes_strip_zeros(CccdBytes number)
{
	while (number.length > 1 && *number.data == 0)
	{
		number.data++;
		number.length--;
	}
	return number;
}

#endif							/* CCCD_BYTES_CORE_H */
