/*
 * qr_picture_test.c
 *		Headers of PNG and JPEG files: what they say, and what is refused
 *		before a pixel is decoded.
 */
#include "unit.h"

#include "qr/limits.h"
#include "qr/picture_core.h"

static size_t
png(uint8_t *out, uint32_t width, uint32_t height)
{
	memcpy(out, "\x89PNG\r\n\x1a\n\0\0\0\x0DIHDR", 16);
	for (int i = 0; i < 4; i++)
	{
		out[16 + i] = (uint8_t) (width >> (24 - 8 * i));
		out[20 + i] = (uint8_t) (height >> (24 - 8 * i));
	}
	memset(out + 24, 0, 9);
	return 33;
}

static CccdPictureStatus
png_status(uint32_t width, uint32_t height)
{
	uint8_t		bytes[64];
	CccdPictureHeader header;
	size_t		length = png(bytes, width, height);
	CccdPictureStatus status = cccd_picture_header(bytes, length, &header);

	CHECK(header.width == width && header.height == height);
	CHECK(header.kind == CCCD_PICTURE_PNG);
	for (size_t cut = 8; cut < length; cut++)
		CHECK(cccd_picture_header(bytes, cut, &header) == CCCD_PICTURE_BROKEN);
	return status;
}

static void
check_png(void)
{
	uint8_t		bytes[64];
	CccdPictureHeader header;

	CHECK(png_status(1, 1) == CCCD_PICTURE_OK);
	CHECK(png_status(10000, 2500) == CCCD_PICTURE_OK);
	CHECK(png_status(5000, 5000) == CCCD_PICTURE_OK);
	CHECK(png_status(5000, 5001) == CCCD_PICTURE_TOO_LARGE);
	CHECK(png_status(10001, 1) == CCCD_PICTURE_TOO_WIDE);
	CHECK(png_status(1, 10001) == CCCD_PICTURE_TOO_WIDE);
	/* products that would be small in 32 bits */
	CHECK(png_status(65536, 65536) == CCCD_PICTURE_TOO_WIDE);
	CHECK(png_status(0x80000001, 2) == CCCD_PICTURE_TOO_WIDE);
	CHECK(png_status(0, 5) == CCCD_PICTURE_BROKEN);
	CHECK(png_status(5, 0) == CCCD_PICTURE_BROKEN);
	png(bytes, 5, 5);
	bytes[11] = 14;
	CHECK(cccd_picture_header(bytes, 33, &header) == CCCD_PICTURE_BROKEN);
	png(bytes, 5, 5);
	bytes[12] = 'J';
	CHECK(cccd_picture_header(bytes, 33, &header) == CCCD_PICTURE_BROKEN);
}

/* SOI, a comment, SOF of the given marker, then SOS with some data, EOI. */
static size_t
jpeg(uint8_t *out, uint8_t marker, int width, int height, int scans)
{
	uint8_t    *p = out;

	memcpy(p, "\xFF\xD8\xFF\xFE\x00\x05\xFF\xC0\x01\xFF", 10);
	p += 10;
	*p++ = marker;
	memcpy(p, "\x00\x0B\x08", 3);
	p += 3;
	*p++ = (uint8_t) (height >> 8);
	*p++ = (uint8_t) height;
	*p++ = (uint8_t) (width >> 8);
	*p++ = (uint8_t) width;
	memcpy(p, "\x01\x01\x11\x00", 4);
	p += 4;
	for (int i = 0; i < scans; i++)
	{
		/* the data holds a stuffed FF, a restart marker and fill bytes */
		memcpy(p, "\xFF\xDA\x00\x08\x01\x01\x00\x00\x3F\x00\x12\xFF\x00\xFF\xD0\x34\xFF\xFF",
			   18);
		p += 17;
	}
	*p++ = 0xFF;
	*p++ = 0xD9;
	return (size_t) (p - out);
}

static CccdPictureStatus
jpeg_status(uint8_t marker, int width, int height, int scans,
			CccdPictureHeader *header)
{
	static uint8_t bytes[64 * 1024];

	return cccd_picture_header(bytes, jpeg(bytes, marker, width, height, scans),
							   header);
}

static void
check_jpeg(void)
{
	CccdPictureHeader header;

	CHECK(jpeg_status(0xC0, 640, 480, 1, &header) == CCCD_PICTURE_OK);
	CHECK(header.kind == CCCD_PICTURE_JPEG);
	CHECK(header.width == 640 && header.height == 480 && header.scans == 1);
	CHECK(jpeg_status(0xC2, 640, 480, 10, &header) == CCCD_PICTURE_OK);
	CHECK(header.scans == 10);
	CHECK(jpeg_status(0xC2, 640, 480, CCCD_JPEG_MAX_SCANS, &header) ==
		  CCCD_PICTURE_OK);
	CHECK(jpeg_status(0xC2, 640, 480, CCCD_JPEG_MAX_SCANS + 1, &header) ==
		  CCCD_PICTURE_TOO_MANY_SCANS);
	CHECK(jpeg_status(0xC2, 5000, 5000, 20, &header) == CCCD_PICTURE_OK);
	CHECK(jpeg_status(0xC2, 5000, 5000, 21, &header) ==
		  CCCD_PICTURE_TOO_MANY_SCANS);
	CHECK(jpeg_status(0xC0, 65000, 10000, 1, &header) == CCCD_PICTURE_TOO_WIDE);
	CHECK(header.width == 65000);
	CHECK(jpeg_status(0xC0, 9999, 9999, 1, &header) == CCCD_PICTURE_TOO_LARGE);
	CHECK(jpeg_status(0xC0, 0, 10, 1, &header) == CCCD_PICTURE_BROKEN);
	CHECK(jpeg_status(0xC0, 10, 0, 1, &header) == CCCD_PICTURE_BROKEN);
	/* DHT is no frame, so there is none */
	CHECK(jpeg_status(0xC4, 10, 10, 1, &header) == CCCD_PICTURE_BROKEN);
	CHECK(jpeg_status(0xC0, 10, 10, 0, &header) == CCCD_PICTURE_BROKEN);
}

static void
check_jpeg_cut(void)
{
	uint8_t		bytes[256];
	size_t		length = jpeg(bytes, 0xC0, 10, 10, 1);
	CccdPictureHeader header;
	size_t		start_of_scan = length - 2 - 17;

	for (size_t cut = 3; cut < start_of_scan + 10; cut++)
		CHECK(cccd_picture_header(bytes, cut, &header) == CCCD_PICTURE_BROKEN);
	for (size_t cut = start_of_scan + 10; cut <= length; cut++)
		CHECK(cccd_picture_header(bytes, cut, &header) == CCCD_PICTURE_OK);
	bytes[5] = 1;				/* a segment shorter than its length field */
	CHECK(cccd_picture_header(bytes, length, &header) == CCCD_PICTURE_BROKEN);
	bytes[4] = 0xFF;			/* one longer than the file */
	CHECK(cccd_picture_header(bytes, length, &header) == CCCD_PICTURE_BROKEN);
}

/* A frame of each marker: thirteen are one, and all others are none. */
static void
check_markers(void)
{
	for (int marker = 0; marker < 256; marker++)
	{
		CccdPictureHeader header;
		bool		frame = marker >= 0xC0 && marker <= 0xCF &&
		marker != 0xC4 && marker != 0xC8 && marker != 0xCC;

		CHECK(jpeg_status((uint8_t) marker, 10, 10, 1, &header) ==
			  (frame ? CCCD_PICTURE_OK : CCCD_PICTURE_BROKEN));
		CHECK(header.width == (frame ? 10 : 0));
	}
}

/* Segments: without a length, of the shortest, of a frame too short or twice. */
static void
check_segments(void)
{
#define SOI		"\xFF\xD8"
#define FRAME	"\xFF\xC0\x00\x0B\x08\x00\x0A\x00\x0A\x01\x01\x11\x00"
#define SCAN	"\xFF\xDA\x00\x02\x12"
#define EOI		"\xFF\xD9"
#define FILE_OF(parts, status)	{parts, sizeof(parts) - 1, status}
	static const struct
	{
		const char *bytes;
		size_t		length;
		CccdPictureStatus status;
	}			cases[] = {
		FILE_OF(SOI FRAME SCAN EOI, CCCD_PICTURE_OK),
		FILE_OF(SOI "\xFF\x01" FRAME SCAN EOI, CCCD_PICTURE_OK),
		FILE_OF(SOI "\xFF\xD8" FRAME SCAN EOI, CCCD_PICTURE_OK),
		FILE_OF(SOI "\xFF\xFE\x00\x02" FRAME SCAN EOI, CCCD_PICTURE_OK),
		FILE_OF(SOI "\xFF\xFE\x00\x01" FRAME SCAN EOI, CCCD_PICTURE_BROKEN),
		FILE_OF(SOI "\xFF\xFE\x00\x00" FRAME SCAN EOI, CCCD_PICTURE_BROKEN),
		FILE_OF(SOI FRAME FRAME SCAN EOI, CCCD_PICTURE_BROKEN),
		FILE_OF(SOI FRAME SCAN FRAME EOI, CCCD_PICTURE_BROKEN),
		FILE_OF(SOI SCAN FRAME EOI, CCCD_PICTURE_BROKEN),
		FILE_OF(SOI FRAME EOI SCAN, CCCD_PICTURE_BROKEN),
		FILE_OF(SOI "\xFF\xC0\x00\x08\x08\x00\x0A\x00\x0A\x00" SCAN EOI, CCCD_PICTURE_OK),
		FILE_OF(SOI "\xFF\xC0\x00\x07\x08\x00\x0A\x00\x0A" SCAN EOI, CCCD_PICTURE_BROKEN),
		/* the last segment ends with the file, and a byte behind it */
		FILE_OF(SOI FRAME "\xFF\xDA\x00\x02", CCCD_PICTURE_OK),
		FILE_OF(SOI FRAME "\xFF\xDA\x00\x03", CCCD_PICTURE_BROKEN),
		FILE_OF(SOI FRAME "\xFF\xDA\x00", CCCD_PICTURE_BROKEN),
		FILE_OF(SOI FRAME "\xFF\xDA", CCCD_PICTURE_BROKEN),
		FILE_OF(SOI FRAME "\xFF", CCCD_PICTURE_BROKEN)
	};

	for (size_t k = 0; k < sizeof(cases) / sizeof(cases[0]); k++)
	{
		CccdPictureHeader header;

		CHECK(cccd_picture_header((const uint8_t *) cases[k].bytes,
								  cases[k].length, &header) ==
			  cases[k].status);
	}
}

static void
check_others(void)
{
	CccdPictureHeader header;

	CHECK(cccd_picture_header((const uint8_t *) "", 0, &header) ==
		  CCCD_PICTURE_UNKNOWN);
	CHECK(cccd_picture_header((const uint8_t *) "GIF89a", 6, &header) ==
		  CCCD_PICTURE_UNKNOWN);
	CHECK(cccd_picture_header((const uint8_t *) "\xFF\xD8", 2, &header) ==
		  CCCD_PICTURE_UNKNOWN);
	CHECK(header.width == 0 && header.height == 0);
}

int
main(void)
{
	check_png();
	check_jpeg();
	check_jpeg_cut();
	check_markers();
	check_segments();
	check_others();
	return finish();
}
