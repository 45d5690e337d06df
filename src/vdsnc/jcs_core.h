/*
 * jcs_core.h
 *		The canonical form of a JSON value (RFC 8785): what is signed of it.
 *
 * Members are in the order of their names by UTF-16 code units, strings have
 * the fewest escapes, and there is no white space.  The form is never longer
 * than the text.  Numbers are whole ones that a double holds exactly (RFC 7493
 * section 2.2): those are all that a seal needs, and of others readers differ.
 */
#ifndef CCCD_JCS_CORE_H
#define CCCD_JCS_CORE_H

#include "base/json_core.h"

typedef enum CccdJcsStatus
{
	CCCD_JCS_OK,
	CCCD_JCS_NUMBER,			/* not whole, an exponent, or beyond 2^53 - 1 */
	CCCD_JCS_ROOM				/* out is too small */
} CccdJcsStatus;

/*
 * Write the canonical form of the value at a node of a text that
 * cccd_json_parse() read.  out has room for size bytes, which the length of
 * the value in the text is always enough for; *length is how many were
 * written.  Nothing is allocated.
 */
extern CccdJcsStatus cccd_jcs_write(const uint8_t *text,
									const CccdJsonNode *nodes, int node,
									uint8_t *out, size_t size,
									size_t *length);

/*
 * The order of two strings by UTF-16 code units (RFC 8785 section 3.2.3), with
 * their escapes resolved: negative, zero or positive.
 */
extern int	cccd_jcs_compare(const uint8_t *text, const CccdJsonNode *a,
							 const CccdJsonNode *b);

#endif							/* CCCD_JCS_CORE_H */
