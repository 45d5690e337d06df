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

#if defined(__linux__) && defined(__x86_64__)
#define ARCHITECTURE	AUDIT_ARCH_X86_64
#elif defined(__linux__) && defined(__aarch64__)
#define ARCHITECTURE	AUDIT_ARCH_AARCH64
#endif

#ifdef ARCHITECTURE

#define LOAD(field) \
	BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, field))
#define ANSWER(action)	BPF_STMT(BPF_RET | BPF_K, (action))
#define IF_CALL(call, action) \
	BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_##call, 0, 1), \
	ANSWER(action)
#define ALLOW(call)		IF_CALL(call, SECCOMP_RET_ALLOW)
#define DENY(call)		IF_CALL(call, SECCOMP_RET_ERRNO | EACCES)

/* memory that can be executed is never made; protection is argument 2 */
#define ALLOW_DATA_ONLY(call) \
	BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_##call, 0, 4), \
	LOAD(args[2]), \
	BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, PROT_EXEC, 0, 1), \
	ANSWER(SECCOMP_RET_KILL_PROCESS), \
	ANSWER(SECCOMP_RET_ALLOW)

/*
 * The calls of a memory allocator, of a program that reads and writes what is
 * open, and of its end.  Opening a file fails, which glibc's character-set
 * conversion can live with; anything else is the end.
 */
static bool
filter_system_calls(void)
{
	struct sock_filter filter[] = {
		LOAD(arch),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ARCHITECTURE, 1, 0),
		ANSWER(SECCOMP_RET_KILL_PROCESS),
		LOAD(nr),
		ALLOW(read),
		ALLOW(write),
		ALLOW(brk),
		ALLOW(munmap),
		ALLOW(mremap),
		ALLOW(madvise),
		ALLOW(futex),
		ALLOW(getrusage),
		ALLOW(sysinfo),			/* of qsort() */
		ALLOW(clock_gettime),
		ALLOW(restart_syscall),
		ALLOW(exit_group),
		DENY(openat),
		DENY(newfstatat),
#ifdef SYS_open
		DENY(open),
#endif
		ALLOW_DATA_ONLY(mmap),
		ALLOW_DATA_ONLY(mprotect),
		ANSWER(SECCOMP_RET_KILL_PROCESS)
	};
	struct sock_fprog program;

	program.len = sizeof(filter) / sizeof(filter[0]);
	program.filter = filter;
	return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) == 0 ||
		errno == ENOSYS;
}
#endif

/*
 * The last step before the first picture.  A kernel without seccomp is taken
 * as it is: the limits, the separate process and its missing privileges stay.
 */
bool
cccd_sandbox_seal(void)
{
#ifdef __linux__
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		return false;
#endif
#ifdef ARCHITECTURE
	return filter_system_calls();
#else
	return true;
#endif
}
