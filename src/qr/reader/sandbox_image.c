/*
 * sandbox_image.c
 *		What a process that reads strangers' pictures may still do: compute,
 *		take memory, and talk over the descriptors that it has.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE 1
#endif
#include "qr/reader/sandbox_image.h"

#include <signal.h>
#include <stddef.h>
#include <sys/resource.h>
#include <unistd.h>

#ifdef __linux__
#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#endif

#define MAX_MEMORY		((rlim_t) 512 * 1024 * 1024)
/*
 * Of the whole life of a reader: it retires long before, and no scan may take
 * longer than the 20 seconds of CCCD_SCAN_MAX_MS.
 */
#define MAX_CPU_SECONDS	60

static bool
limit(int resource, rlim_t value)
{
	struct rlimit both;

	both.rlim_cur = both.rlim_max = value;
	return setrlimit(resource, &both) == 0;
}

bool
cccd_sandbox_limit(void)
{
#ifdef __linux__
	int			fd;

#ifdef SYS_close_range
	syscall(SYS_close_range, 3, ~0U, 0);
#endif
	if (prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) != 0 ||
		prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0)
		return false;
	fd = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
	if (fd >= 0)
	{
		ssize_t		ignored = write(fd, "1000", 4);

		(void) ignored;
		close(fd);
	}
#endif
	/* a cancelled query interrupts the whole process group */
	(void) signal(SIGINT, SIG_IGN);
	return limit(RLIMIT_CORE, 0) && limit(RLIMIT_FSIZE, 0) &&
		limit(RLIMIT_AS, MAX_MEMORY) && limit(RLIMIT_CPU, MAX_CPU_SECONDS) &&
		limit(RLIMIT_NPROC, 0) && limit(RLIMIT_MEMLOCK, 0);
}

/* The machine as seccomp names it. */
#ifndef __linux__
#elif defined(__x86_64__)
#define ARCHITECTURE	AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define ARCHITECTURE	AUDIT_ARCH_AARCH64
#elif defined(__s390x__)
#define ARCHITECTURE	AUDIT_ARCH_S390X
#elif defined(__powerpc64__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define ARCHITECTURE	AUDIT_ARCH_PPC64LE
#elif defined(__powerpc64__)
#define ARCHITECTURE	AUDIT_ARCH_PPC64
#elif defined(__riscv) && __riscv_xlen == 64
#define ARCHITECTURE	AUDIT_ARCH_RISCV64
#elif defined(__i386__)
#define ARCHITECTURE	AUDIT_ARCH_I386
#elif defined(__arm__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define ARCHITECTURE	AUDIT_ARCH_ARM
#endif

#ifdef ARCHITECTURE

/* A load takes 32 bits of an argument's 64; the low ones hold the flags. */
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
#define LOW_HALF		4
#else
#define LOW_HALF		0
#endif

#define LOAD(offset) \
	BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (offset))
#define ANSWER(action)	BPF_STMT(BPF_RET | BPF_K, (action))
#define IF_CALL(call, action) \
	BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_##call, 0, 1), \
	ANSWER(action)
#define ALLOW(call)		IF_CALL(call, SECCOMP_RET_ALLOW)
#define DENY(call)		IF_CALL(call, SECCOMP_RET_ERRNO | EACCES)

/* memory that can be executed is never made; protection is argument 2 */
#define ALLOW_DATA_ONLY(call) \
	BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_##call, 0, 4), \
	LOAD(offsetof(struct seccomp_data, args[2]) + LOW_HALF), \
	BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, PROT_EXEC, 0, 1), \
	ANSWER(SECCOMP_RET_KILL_PROCESS), \
	ANSWER(SECCOMP_RET_ALLOW)

/*
 * The calls of a memory allocator, of a program that reads and writes what is
 * open, and of its end.  Opening a file fails, which glibc's character-set
 * conversion can live with; anything else is the end.
 */
static const struct sock_filter filter[] = {
	LOAD(offsetof(struct seccomp_data, arch)),
	BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ARCHITECTURE, 1, 0),
	ANSWER(SECCOMP_RET_KILL_PROCESS),
	LOAD(offsetof(struct seccomp_data, nr)),
	ALLOW(read),
	ALLOW(write),
	ALLOW(brk),
	ALLOW(munmap),
	ALLOW(mremap),
	ALLOW(madvise),
	ALLOW(futex),
	ALLOW(getrusage),
	ALLOW(sysinfo),				/* of qsort() */
	ALLOW(clock_gettime),
	ALLOW(restart_syscall),
	ALLOW(exit_group),
	DENY(openat),
#ifdef SYS_newfstatat
	DENY(newfstatat),
#endif
#ifdef SYS_open
	DENY(open),
#endif
#ifdef SYS_statx
	DENY(statx),
#endif
	/* where long has 32 bits: time in 64 */
#ifdef SYS_clock_gettime64
	ALLOW(clock_gettime64),
	ALLOW(futex_time64),
#endif
#ifdef SYS_fstatat64
	DENY(fstatat64),
#endif
#if defined(__s390x__)
	/* its arguments stand in memory, which a filter cannot look into */
	ALLOW(mmap),
#elif defined(SYS_mmap2)
	ALLOW_DATA_ONLY(mmap2),
#else
	ALLOW_DATA_ONLY(mmap),
#endif
	ALLOW_DATA_ONLY(mprotect),
	ANSWER(SECCOMP_RET_KILL_PROCESS)
};
#endif

const struct sock_filter *
cccd_sandbox_filter(unsigned short *length)
{
#ifdef ARCHITECTURE
	*length = sizeof(filter) / sizeof(filter[0]);
	return filter;
#else
	*length = 0;
	return NULL;
#endif
}

/* The last step before the first picture. */
bool
cccd_sandbox_seal(void)
{
#ifdef __linux__
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		return false;
#endif
#ifdef ARCHITECTURE
	{
		struct sock_fprog program;

		program.filter = (struct sock_filter *) cccd_sandbox_filter(&program.len);
		return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) == 0 ||
			errno == ENOSYS;
	}
#else
	return true;
#endif
}
