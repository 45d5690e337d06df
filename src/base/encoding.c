/*
 * encoding.c
 *		Between the text of a database and the UTF-8 of the cores.
 *
 * The server's usual conversion functions raise an error that shows the bytes
 * they could not convert.  A hostile scan must not raise one, and nothing of
 * it may be shown, so these return failure instead.
 */
#include "base/encoding.h"

#include "catalog/namespace.h"
#include "common/unicode_norm.h"
#include "mb/pg_wchar.h"
#include "utils/memutils.h"

/*
 * Convert; false when some character has no counterpart.  A database in
 * SQL_ASCII holds bytes of any encoding: they are taken for UTF-8, which the
 * reader of a scan then checks.
 */
static bool
convert(int from, int to, const char *in, size_t len, CccdSlice *out)
{
	Oid			proc;
	size_t		room;
	char	   *result;

	out->ptr = in;
	out->len = len;
	if (from == to || from == PG_SQL_ASCII || to == PG_SQL_ASCII)
		return true;
	if (len > MaxAllocSize / MAX_CONVERSION_GROWTH - 1)
		return false;
	proc = FindDefaultConversionProc(from, to);
	if (!OidIsValid(proc))
		return false;
	room = len * MAX_CONVERSION_GROWTH + 1;
	result = palloc(room);
	if (pg_do_encoding_conversion_buf(proc, from, to,
									  (unsigned char *) in, (int) len,
									  (unsigned char *) result, (int) room,
									  true) != (int) len)
		return false;
	out->ptr = result;
	out->len = strlen(result);
	return true;
}

bool
cccd_to_utf8(const char *in, size_t len, CccdSlice *out)
{
	return convert(GetDatabaseEncoding(), PG_UTF8, in, len, out);
}

text	   *
cccd_text_from_utf8(CccdSlice in)
{
	CccdSlice	converted;
	text	   *result;

	if (!convert(PG_UTF8, GetDatabaseEncoding(), in.ptr, in.len, &converted))
		return NULL;
	result = (text *) palloc(VARHDRSZ + converted.len);
	SET_VARSIZE(result, VARHDRSZ + converted.len);
	if (converted.len > 0)
		memcpy(VARDATA(result), converted.ptr, converted.len);
	return result;
}

/*
 * Is this in NFC beyond doubt?  Everything below U+0300 and the whole of Latin
 * Extended Additional is, in whatever order: so is all Vietnamese that was
 * typed composed.
 */
static bool
is_plainly_nfc(CccdSlice in)
{
	size_t		at = 0;

	while (at < in.len)
	{
		unsigned char lead = (unsigned char) in.ptr[at];
		uint32_t	code;

		if (lead < 0xCC)
		{
			at += lead < 0x80 ? 1 : 2;
			continue;
		}
		if (lead != 0xE1)
			return false;
		at += cccd_utf8_decode(in.ptr + at, in.len - at, &code);
		if (code < 0x1E00 || code > 0x1EFF)
			return false;
	}
	return true;
}

/* Compose valid UTF-8: Unicode Standard Annex 15, form C. */
static CccdSlice
compose(CccdSlice in)
{
	pg_wchar   *codes = (pg_wchar *) palloc((in.len + 1) * sizeof(pg_wchar));
	pg_wchar   *code;
	CccdSlice	out;
	char	   *bytes;
	size_t		count = 0;

	for (size_t at = 0; at < in.len;)
	{
		uint32_t	value = 0;

		at += cccd_utf8_decode(in.ptr + at, in.len - at, &value);
		codes[count++] = value;
	}
	codes[count] = 0;
	codes = unicode_normalize(UNICODE_NFC, codes);
	for (count = 0; codes[count] != 0; count++)
		;
	bytes = palloc(count * 4 + 1);
	out.ptr = bytes;
	for (code = codes; *code != 0; code++)
	{
		unicode_to_utf8(*code, (unsigned char *) bytes);
		bytes += pg_utf_mblen((unsigned char *) bytes);
	}
	out.len = bytes - out.ptr;
	return out;
}

text	   *
cccd_text_from_utf8_nfc(CccdSlice in)
{
	text	   *result = NULL;

	if (!is_plainly_nfc(in))
		result = cccd_text_from_utf8(compose(in));
	return result != NULL ? result : cccd_text_from_utf8(in);
}
