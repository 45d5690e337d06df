/*
 * sandbox_image.h
 *		What a process that reads strangers' pictures may still do: nothing.
 */
#ifndef CCCD_SANDBOX_IMAGE_H
#define CCCD_SANDBOX_IMAGE_H

#include <stdbool.h>

extern bool cccd_sandbox_limit(void);
extern bool cccd_sandbox_seal(void);

#endif							/* CCCD_SANDBOX_IMAGE_H */
