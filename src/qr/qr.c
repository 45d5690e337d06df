/*
 * qr.c
 *		SQL functions of cccd_qr.so: codes of pictures, pictures of codes.
 */
#include "base/cccd.h"

#include <stdlib.h>

#include "access/detoast.h"
#include "catalog/namespace.h"
#include "funcapi.h"
#include "mb/pg_wchar.h"
#include "utils/builtins.h"
#include "utils/geo_decls.h"
#include "utils/memutils.h"
#include "utils/tuplestore.h"

#include "qr/client.h"
#include "qr/encode_image.h"

#ifdef PG_MODULE_MAGIC_EXT
PG_MODULE_MAGIC_EXT(.name = "cccd_qr", .version = CCCD_VERSION);
#else
PG_MODULE_MAGIC;
#endif

#define SCAN_COLUMNS	5

/* Raise what became of a picture unless it was read. */
static void
report_picture(const CccdReply *reply)
{
	switch (reply->status)
	{
		case CCCD_PICTURE_OK:
			break;
		case CCCD_PICTURE_UNKNOWN:
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
					 errmsg("picture is neither PNG nor JPEG")));
			break;
		case CCCD_PICTURE_BROKEN:
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
					 errmsg("picture is broken"),
					 errdetail("It is cut off, damaged, or of a kind that is not read.")));
			break;
		case CCCD_PICTURE_TOO_WIDE:
			ereport(ERROR,
					(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
					 errmsg("picture is too wide or too high"),
					 errdetail("It has %u x %u pixels, a side may have %d.",
							   reply->width, reply->height,
							   CCCD_PICTURE_MAX_SIDE)));
			break;
		case CCCD_PICTURE_TOO_LARGE:
			ereport(ERROR,
					(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
					 errmsg("picture has too many pixels"),
					 errdetail("It has %u x %u pixels, %d are read.",
							   reply->width, reply->height,
							   CCCD_PICTURE_MAX_PIXELS)));
			break;
		case CCCD_PICTURE_TOO_MANY_SCANS:
			ereport(ERROR,
					(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
					 errmsg("JPEG picture has too many scans"),
					 errdetail("%d scans, and %d pixels times scans, are read.",
							   CCCD_JPEG_MAX_SCANS,
							   CCCD_JPEG_MAX_SCAN_PIXELS)));
			break;
		case CCCD_PICTURE_TOO_MANY_CODES:
			ereport(ERROR,
					(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
					 errmsg("picture has too many QR codes"),
					 errdetail("%d codes with %d bytes in all are read.",
							   CCCD_SCAN_MAX_CODES, CCCD_SCAN_MAX_REPLY)));
			break;
		case CCCD_PICTURE_NO_MEMORY:
			ereport(ERROR,
					(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
					 errmsg("picture needs too much memory")));
			break;
	}
}

/*
 * The payload as text, or NULL when it is not UTF-8 or has a character that
 * the database's encoding has not.
 */
static text *
payload_text(const uint8_t *payload, uint32_t length)
{
	const int	encoding = GetDatabaseEncoding();
	const char *bytes = (const char *) payload;
	char	   *converted;
	Oid			proc;
	int			used;

	if (!pg_verify_mbstr(PG_UTF8, bytes, length, true))
		return NULL;
	if (encoding == PG_UTF8 || encoding == PG_SQL_ASCII)
		return cstring_to_text_with_len(bytes, length);
	proc = FindDefaultConversionProc(PG_UTF8, encoding);
	if (!OidIsValid(proc))
		return NULL;
	converted = palloc(length * MAX_CONVERSION_GROWTH + 1);
	used = pg_do_encoding_conversion_buf(proc, PG_UTF8, encoding,
										 (unsigned char *) payload, length,
										 (unsigned char *) converted,
										 length * MAX_CONVERSION_GROWTH + 1,
										 true);
	return used == (int) length ? cstring_to_text(converted) : NULL;
}

static POLYGON *
corner_polygon(const int32_t *corners)
{
	const int	size = offsetof(POLYGON, p) + 4 * sizeof(Point);
	POLYGON    *polygon = palloc0(size);
	BOX		   *box = &polygon->boundbox;

	SET_VARSIZE(polygon, size);
	polygon->npts = 4;
	for (int i = 0; i < 4; i++)
	{
		Point	   *point = &polygon->p[i];

		point->x = corners[2 * i];
		point->y = corners[2 * i + 1];
		if (i == 0)
			box->low = box->high = *point;
		box->low.x = Min(box->low.x, point->x);
		box->low.y = Min(box->low.y, point->y);
		box->high.x = Max(box->high.x, point->x);
		box->high.y = Max(box->high.y, point->y);
	}
	return polygon;
}

static void
put_code(ReturnSetInfo *result, const CccdScannedCode *code)
{
	Datum		values[SCAN_COLUMNS];
	bool		nulls[SCAN_COLUMNS] = {false};
	text	   *payload = payload_text(code->payload, code->length);

	nulls[0] = payload == NULL;
	values[0] = PointerGetDatum(payload);
	values[1] = PointerGetDatum(cstring_to_text_with_len((const char *) code->payload,
														 code->length));
	values[2] = PolygonPGetDatum(corner_polygon(code->corners));
	values[3] = CStringGetTextDatum(cccd_reader_name(code->reader));
	values[4] = CStringGetTextDatum(cccd_step_name(code->step));
	tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
}

/*
 * Every QR code of a PNG or JPEG picture.
 */
PG_FUNCTION_INFO_V1(cccd_qr_scan);
Datum
cccd_qr_scan(PG_FUNCTION_ARGS)
{
	bytea	   *picture;
	int			time_limit = PG_GETARG_INT32(1);
	CccdReply	reply;
	uint8_t    *codes;
	size_t		pos = 0;

	if (time_limit < 1 || time_limit > CCCD_SCAN_MAX_MS)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("time limit must be between 1 and %d milliseconds",
						CCCD_SCAN_MAX_MS)));
	/* before it is detoasted */
	if (toast_raw_datum_size(PG_GETARG_DATUM(0)) - VARHDRSZ >
		CCCD_PICTURE_MAX_BYTES)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("picture is too large"),
				 errdetail("It has %zu bytes, %d are read.",
						   toast_raw_datum_size(PG_GETARG_DATUM(0)) - VARHDRSZ,
						   CCCD_PICTURE_MAX_BYTES)));
	picture = PG_GETARG_BYTEA_PP(0);
	InitMaterializedSRF(fcinfo, 0);
	cccd_client_scan(VARDATA_ANY(picture), VARSIZE_ANY_EXHDR(picture),
					 time_limit, &reply, &codes);
	report_picture(&reply);
	for (uint32_t i = 0; i < reply.codes; i++)
	{
		CccdScannedCode code;

		if (!cccd_scanned_get(codes, reply.length, &pos, &code))
			elog(ERROR, "codes of the QR code reader changed");
		put_code((ReturnSetInfo *) fcinfo->resultinfo, &code);
	}
	return (Datum) 0;
}

/* ISO/IEC 18004, table 7: bytes in version 40 */
static const int capacity[] = {
	[CCCD_QR_LEVEL_L] = 2953,
	[CCCD_QR_LEVEL_M] = 2331,
	[CCCD_QR_LEVEL_Q] = 1663,
	[CCCD_QR_LEVEL_H] = 1273,
};

static CccdQrLevel
get_level(const text *name)
{
	static const char letters[] = "LMQH";
	char		letter = VARSIZE_ANY_EXHDR(name) == 1 ?
	pg_toupper((unsigned char) *VARDATA_ANY(name)) : '\0';

	for (int i = 0; letters[i] != '\0'; i++)
		if (letter == letters[i])
			return (CccdQrLevel) i;
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("error correction level must be L, M, Q or H")));
	return CCCD_QR_LEVEL_M;		/* keep compilers quiet */
}

static void
check_encoding_status(CccdEncodeStatus status, size_t length, CccdQrLevel level)
{
	switch (status)
	{
		case CCCD_ENCODE_OK:
			break;
		case CCCD_ENCODE_TOO_LONG:
			ereport(ERROR,
					(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
					 errmsg("payload is too long for a QR code"),
					 errdetail("It has %zu bytes, a code of error correction level %c holds %d.",
							   length, "LMQH"[level], capacity[level])));
			break;
		case CCCD_ENCODE_NO_MEMORY:
			ereport(ERROR,
					(errcode(ERRCODE_OUT_OF_MEMORY),
					 errmsg("out of memory")));
			break;
		case CCCD_ENCODE_ABSENT:
			ereport(ERROR,
					(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
					 errmsg("this build of cccd does not make QR codes"),
					 errhint("Install libqrencode-dev and libpng-dev, and build and install cccd again.")));
			break;
	}
}

/* A payload as it stands in the code: text travels as UTF-8. */
static void
make_symbol(const char *payload, size_t length, const text *level_name,
			CccdSymbol *symbol)
{
	CccdQrLevel level = get_level(level_name);

	if (length == 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("payload of a QR code must not be empty")));
	check_encoding_status(length > (size_t) capacity[level] ?
						  CCCD_ENCODE_TOO_LONG :
						  cccd_symbol_make((const uint8_t *) payload, length,
										   level, symbol),
						  length, level);
}

static void
make_symbol_of_bytes(FunctionCallInfo fcinfo, CccdSymbol *symbol)
{
	bytea	   *payload = PG_GETARG_BYTEA_PP(0);

	make_symbol(VARDATA_ANY(payload), VARSIZE_ANY_EXHDR(payload),
				PG_GETARG_TEXT_PP(1), symbol);
}

static void
make_symbol_of_text(FunctionCallInfo fcinfo, CccdSymbol *symbol)
{
	text	   *payload = PG_GETARG_TEXT_PP(0);
	char	   *local = VARDATA_ANY(payload);
	size_t		length = VARSIZE_ANY_EXHDR(payload);
	char	   *utf8 = pg_server_to_any(local, length, PG_UTF8);

	make_symbol(utf8, utf8 == local ? length : strlen(utf8),
				PG_GETARG_TEXT_PP(1), symbol);
}

static void
check_margin(int margin)
{
	if (margin < 0 || margin > CCCD_QR_MAX_MARGIN)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("margin must be between 0 and %d modules",
						CCCD_QR_MAX_MARGIN)));
}

/* A code that is made must be one that can be read: the limits are the same. */
static void
check_size(const CccdSymbol *symbol, int module_size, int margin)
{
	int			side;

	check_margin(margin);
	if (module_size < 1 || module_size > CCCD_QR_MAX_MODULE_SIZE)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("module size must be between 1 and %d pixels",
						CCCD_QR_MAX_MODULE_SIZE)));
	side = (symbol->width + 2 * margin) * module_size;
	if (side > CCCD_QR_MAX_SIDE || side * side > CCCD_QR_MAX_PIXELS)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("picture of the QR code would have too many pixels"),
				 errdetail("It would have %d x %d pixels, %d are made.",
						   side, side, CCCD_QR_MAX_PIXELS)));
}

/* Library memory is copied or freed before an error can be thrown. */
static Datum
png_result(const CccdSymbol *symbol, int module_size, int margin)
{
	uint8_t    *png = NULL;
	size_t		length = 0;
	bytea	   *result = NULL;
	CccdEncodeStatus status;

	check_size(symbol, module_size, margin);
	status = cccd_symbol_png(symbol, module_size, margin, &png, &length);
	if (status == CCCD_ENCODE_OK)
		result = MemoryContextAllocExtended(CurrentMemoryContext,
											length + VARHDRSZ,
											MCXT_ALLOC_NO_OOM);
	if (result != NULL)
	{
		SET_VARSIZE(result, length + VARHDRSZ);
		memcpy(VARDATA(result), png, length);
	}
	else
		status = CCCD_ENCODE_NO_MEMORY;
	free(png);
	check_encoding_status(status, 0, CCCD_QR_LEVEL_L);
	PG_RETURN_BYTEA_P(result);
}

static Datum
svg_result(const CccdSymbol *symbol, int module_size, int margin)
{
	text	   *result;
	size_t		length;

	check_size(symbol, module_size, margin);
	length = cccd_symbol_svg(symbol, module_size, margin, NULL, 0);
	result = palloc(length + VARHDRSZ);
	SET_VARSIZE(result, length + VARHDRSZ);
	cccd_symbol_svg(symbol, module_size, margin, VARDATA(result), length);
	PG_RETURN_TEXT_P(result);
}

static Datum
text_result(const CccdSymbol *symbol, int margin, bool inverted)
{
	char	   *utf8;
	size_t		length;

	check_margin(margin);
	length = cccd_symbol_text(symbol, margin, inverted, NULL, 0);
	utf8 = palloc(length + 1);
	cccd_symbol_text(symbol, margin, inverted, utf8, length);
	utf8[length] = '\0';
	PG_RETURN_TEXT_P(cstring_to_text(pg_any_to_server(utf8, length, PG_UTF8)));
}

/*
 * A QR code as PNG.
 */
PG_FUNCTION_INFO_V1(cccd_qr_png_bytes);
Datum
cccd_qr_png_bytes(PG_FUNCTION_ARGS)
{
	CccdSymbol	symbol;

	make_symbol_of_bytes(fcinfo, &symbol);
	return png_result(&symbol, PG_GETARG_INT32(2), PG_GETARG_INT32(3));
}

/*
 * A QR code of a text as PNG.
 */
PG_FUNCTION_INFO_V1(cccd_qr_png_text);
Datum
cccd_qr_png_text(PG_FUNCTION_ARGS)
{
	CccdSymbol	symbol;

	make_symbol_of_text(fcinfo, &symbol);
	return png_result(&symbol, PG_GETARG_INT32(2), PG_GETARG_INT32(3));
}

/*
 * A QR code as SVG.
 */
PG_FUNCTION_INFO_V1(cccd_qr_svg_bytes);
Datum
cccd_qr_svg_bytes(PG_FUNCTION_ARGS)
{
	CccdSymbol	symbol;

	make_symbol_of_bytes(fcinfo, &symbol);
	return svg_result(&symbol, PG_GETARG_INT32(2), PG_GETARG_INT32(3));
}

/*
 * A QR code of a text as SVG.
 */
PG_FUNCTION_INFO_V1(cccd_qr_svg_text);
Datum
cccd_qr_svg_text(PG_FUNCTION_ARGS)
{
	CccdSymbol	symbol;

	make_symbol_of_text(fcinfo, &symbol);
	return svg_result(&symbol, PG_GETARG_INT32(2), PG_GETARG_INT32(3));
}

/*
 * A QR code in half blocks for a terminal.
 */
PG_FUNCTION_INFO_V1(cccd_qr_text_bytes);
Datum
cccd_qr_text_bytes(PG_FUNCTION_ARGS)
{
	CccdSymbol	symbol;

	make_symbol_of_bytes(fcinfo, &symbol);
	return text_result(&symbol, PG_GETARG_INT32(2), PG_GETARG_BOOL(3));
}

/*
 * A QR code of a text in half blocks for a terminal.
 */
PG_FUNCTION_INFO_V1(cccd_qr_text_text);
Datum
cccd_qr_text_text(PG_FUNCTION_ARGS)
{
	CccdSymbol	symbol;

	make_symbol_of_text(fcinfo, &symbol);
	return text_result(&symbol, PG_GETARG_INT32(2), PG_GETARG_BOOL(3));
}
