/*
 * picture_core.c
 *		What a picture says of itself, read before any pixel is decoded.
 *
 * The libraries that decode allocate and work by these numbers, so they see a
 * picture only after its numbers were found to be within the limits.
 */
#include "qr/picture_core.h"

#include <string.h>

#include "qr/limits.h"

static uint32_t
be16(const uint8_t *p)
{
	return (uint32_t) p[0] << 8 | p[1];
}

static uint32_t
be32(const uint8_t *p)
{
	return be16(p) << 16 | be16(p + 2);
}

static CccdPictureStatus
check_size(const CccdPictureHeader *header)
{
	if (header->width == 0 || header->height == 0)
		return CCCD_PICTURE_BROKEN;
	if (header->width > CCCD_PICTURE_MAX_SIDE ||
		header->height > CCCD_PICTURE_MAX_SIDE)
		return CCCD_PICTURE_TOO_WIDE;
	if (header->width * header->height > CCCD_PICTURE_MAX_PIXELS)
		return CCCD_PICTURE_TOO_LARGE;
	return CCCD_PICTURE_OK;
}

/* PNG, third edition, 11.2.1: IHDR is the first chunk and has 13 bytes. */
static CccdPictureStatus
png_header(const uint8_t *data, size_t length, CccdPictureHeader *header)
{
	header->kind = CCCD_PICTURE_PNG;
	header->scans = 1;
	if (length < 33 || be32(data + 8) != 13 ||
		memcmp(data + 12, "IHDR", 4) != 0)
		return CCCD_PICTURE_BROKEN;
	header->width = be32(data + 16);
	header->height = be32(data + 20);
	return check_size(header);
}

/* ITU-T T.81 table B.1: the frame headers; C4, C8 and CC are not among them. */
static int
is_frame_header(uint8_t marker)
{
	return marker >= 0xC0 && marker <= 0xCF &&
		marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

/*
 * The next marker at or after *pos: entropy-coded data holds 0xFF only before
 * a zero, a restart marker or the marker that ends it (T.81 B.1.1.5).
 * Returns 0 at the end of the data.
 */
static uint8_t
next_marker(const uint8_t *data, size_t length, size_t *pos)
{
	for (;;)
	{
		const uint8_t *ff;

		if (*pos >= length)
			return 0;
		ff = memchr(data + *pos, 0xFF, length - *pos);
		if (ff == NULL)
			return 0;
		*pos = (size_t) (ff - data) + 1;
		while (*pos < length && data[*pos] == 0xFF)
			(*pos)++;
		if (*pos >= length)
			return 0;
		if (data[*pos] != 0 && (data[*pos] < 0xD0 || data[*pos] > 0xD7))
			return data[(*pos)++];
	}
}

/*
 * Walk over the segments of a JPEG file: its frame gives the size, its SOS
 * segments are counted, because each makes the decoder go over every block
 * of a progressive picture again.
 */
static CccdPictureStatus
jpeg_header(const uint8_t *data, size_t length, CccdPictureHeader *header)
{
	size_t		pos = 2;
	uint8_t		marker;
	CccdPictureStatus status;

	header->kind = CCCD_PICTURE_JPEG;
	while ((marker = next_marker(data, length, &pos)) != 0)
	{
		uint32_t	size;

		if (marker == 0xD9)		/* EOI */
			break;
		if (marker == 0xD8 || marker == 0x01)	/* SOI, TEM: no length */
			continue;
		if (length - pos < 2)
			return CCCD_PICTURE_BROKEN;
		size = be16(data + pos);
		if (size < 2 || size > length - pos)
			return CCCD_PICTURE_BROKEN;
		if (is_frame_header(marker))
		{
			if (size < 8 || header->width != 0)
				return CCCD_PICTURE_BROKEN;
			header->height = be16(data + pos + 3);
			header->width = be16(data + pos + 5);
			status = check_size(header);
			if (status != CCCD_PICTURE_OK)
				return status;
		}
		else if (marker == 0xDA)	/* SOS */
		{
			if (header->width == 0)
				return CCCD_PICTURE_BROKEN;
			header->scans++;
			if (header->scans > CCCD_JPEG_MAX_SCANS ||
				(uint64_t) header->width * header->height * header->scans >
				CCCD_JPEG_MAX_SCAN_PIXELS)
				return CCCD_PICTURE_TOO_MANY_SCANS;
		}
		pos += size;
	}
	return header->scans > 0 ? CCCD_PICTURE_OK : CCCD_PICTURE_BROKEN;
}

CccdPictureStatus
cccd_picture_header(const uint8_t *data, size_t length,
					CccdPictureHeader *header)
{
	memset(header, 0, sizeof(*header));
	if (length >= 8 && memcmp(data, "\x89PNG\r\n\x1a\n", 8) == 0)
		return png_header(data, length, header);
	if (length >= 3 && memcmp(data, "\xFF\xD8\xFF", 3) == 0)
		return jpeg_header(data, length, header);
	return CCCD_PICTURE_UNKNOWN;
}
