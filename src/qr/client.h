/*
 * client.h
 *		The backend's side of the QR code reader.
 */
#ifndef CCCD_CLIENT_H
#define CCCD_CLIENT_H

#include "base/cccd.h"

#include "qr/protocol_core.h"

/*
 * Have a picture read.  The codes are in *codes, reply->length bytes in the
 * current memory context, already checked.
 */
extern void cccd_client_scan(const char *picture, size_t length,
							 int time_limit_ms, CccdReply *reply,
							 uint8_t **codes);

#endif							/* CCCD_CLIENT_H */
