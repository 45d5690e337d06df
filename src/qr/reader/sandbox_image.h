/*
 * sandbox_image.h
 *		What a process that reads strangers' pictures may still do: nothing.
 */
#ifndef CCCD_SANDBOX_IMAGE_H
#define CCCD_SANDBOX_IMAGE_H

#include <stdbool.h>

/*
 * Set limits that libraries' initialisation can live with: memory, processor
 * time, descriptors.  The process ends with its parent, leaves no core file
 * whatever the kernel's core pattern is, and is the first to go when the
 * machine is out of memory.  Returns false if that fails; the process must
 * then end.
 */
extern bool cccd_sandbox_limit(void);

/*
 * Give up every system call that reading pictures does not need.  Returns
 * false if that fails; the process must then end.
 */
extern bool cccd_sandbox_seal(void);

#endif							/* CCCD_SANDBOX_IMAGE_H */
