/*
 * ladder_image.h
 *		Codes of a picture file, with all that makes them readable.
 */
#ifndef CCCD_LADDER_IMAGE_H
#define CCCD_LADDER_IMAGE_H

#include "qr/protocol_core.h"

/*
 * Fill in the reply, all but its serial and flags, and the codes behind it:
 * "out" has room for CCCD_SCAN_MAX_REPLY bytes.
 */
extern void cccd_picture_scan(const uint8_t *data, size_t length,
							  CccdReply *reply, uint8_t *out);

#endif							/* CCCD_LADDER_IMAGE_H */
