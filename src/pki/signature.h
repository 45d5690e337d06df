/*
 * signature.h
 *		Want of memory in signature_core.h as an error of the server.
 */
#ifndef CCCD_SIGNATURE_H
#define CCCD_SIGNATURE_H

#include "base/cccd.h"

#include "pki/signature_core.h"

/* Raise ERRCODE_OUT_OF_MEMORY, as the server's own allocation does. */
pg_noreturn extern void cccd_memory_error(void);

/*
 * Raise that error if memory ran out since cccd_memory_forget(): the "no" of
 * what was just asked would not be an answer.
 */
extern void cccd_memory_check(void);

#endif							/* CCCD_SIGNATURE_H */
