/*
 * sandbox_image.h
 *		What a process that reads strangers' pictures may still do: compute.
 *
 * Linux filters the system calls of x86-64, ARM64, s390x, ppc64, ppc64le,
 * riscv64, i386 and armhf.  On other machines and other kernels the limits,
 * the process of its own and its missing privileges are what protects.
 */
#ifndef CCCD_SANDBOX_IMAGE_H
#define CCCD_SANDBOX_IMAGE_H

#include <stdbool.h>

struct sock_filter;

/*
 * Set the process's limits (memory, processor time, no file written, no other
 * process, no core file) and end it with its parent; files can still be
 * opened.  False if one of them cannot be set.
 */
extern bool cccd_sandbox_limit(void);

/*
 * Give up every system call but those of an allocator and of reading and
 * writing what is open, for good.  A kernel without seccomp is taken as it is.
 * False if the kernel has it and refuses.
 */
extern bool cccd_sandbox_seal(void);

/*
 * The filter that cccd_sandbox_seal() installs, as the kernel's seccomp takes
 * it, and its number of instructions; NULL where this machine has none.
 */
extern const struct sock_filter *cccd_sandbox_filter(unsigned short *length);

#endif							/* CCCD_SANDBOX_IMAGE_H */
