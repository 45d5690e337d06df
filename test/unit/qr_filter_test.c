/*
 * qr_filter_test.c
 *		The reader's filter of system calls, run by an interpreter of its own:
 *		what it answers on a machine whose kernel is not at hand, with
 *		arguments of either byte order.
 *
 * link: src/qr/reader/sandbox_image.c
 */
#define _GNU_SOURCE 1
#include "unit.h"

#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/syscall.h>

#include "qr/reader/sandbox_image.h"

#define PASSES	SECCOMP_RET_ALLOW
#define FAILS	(SECCOMP_RET_ERRNO | EACCES)
#define KILLS	SECCOMP_RET_KILL_PROCESS

static const struct sock_filter *filter;
static unsigned short length;

/* The four instructions that the filter is made of; 0 is no answer of it. */
static uint32_t
answer(const struct seccomp_data *call)
{
	uint32_t	loaded = 0;

	for (size_t at = 0; at < length; at++)
	{
		const struct sock_filter *step = &filter[at];
		bool		holds;

		switch (step->code)
		{
			case BPF_LD | BPF_W | BPF_ABS:
				if (step->k % 4 != 0 || step->k > sizeof(*call) - 4)
					return 0;
				memcpy(&loaded, (const char *) call + step->k, 4);
				continue;
			case BPF_JMP | BPF_JEQ | BPF_K:
				holds = loaded == step->k;
				break;
			case BPF_JMP | BPF_JSET | BPF_K:
				holds = (loaded & step->k) != 0;
				break;
			case BPF_RET | BPF_K:
				return step->k;
			default:
				return 0;
		}
		at += holds ? step->jt : step->jf;
	}
	return 0;
}

/* The machine that the filter asks for: the operand of its first comparison. */
static struct seccomp_data
call_of(long number, uint64_t protection)
{
	struct seccomp_data call = {0};

	call.nr = (int) number;
	call.arch = filter[1].k;
	call.args[2] = protection;
	return call;
}

static uint32_t
asked(long number, uint64_t protection)
{
	struct seccomp_data call = call_of(number, protection);

	return answer(&call);
}

/* The protection is in the low half, whatever stands in the other. */
static void
check_protection(long number)
{
	const uint64_t high = UINT64_C(0xFFFFFFFF00000000);

	CHECK(asked(number, PROT_NONE) == PASSES);
	CHECK(asked(number, PROT_READ | PROT_WRITE) == PASSES);
	CHECK(asked(number, high | PROT_READ | PROT_WRITE) == PASSES);
	CHECK(asked(number, PROT_EXEC) == KILLS);
	CHECK(asked(number, PROT_READ | PROT_WRITE | PROT_EXEC) == KILLS);
	CHECK(asked(number, high | PROT_READ | PROT_EXEC) == KILLS);
}

static void
check_other_machine(void)
{
	struct seccomp_data call = call_of(SYS_read, 0);

	CHECK(answer(&call) == PASSES);
	call.arch ^= 1;
	CHECK(answer(&call) == KILLS);
}

static void
check_calls(void)
{
	static const int passing[] = {
		SYS_read, SYS_write, SYS_brk, SYS_munmap, SYS_mremap, SYS_madvise,
		SYS_futex, SYS_getrusage, SYS_sysinfo, SYS_clock_gettime,
		SYS_restart_syscall, SYS_exit_group
	};
	int			known = 0;

	for (size_t i = 0; i < sizeof(passing) / sizeof(passing[0]); i++)
		CHECK(asked(passing[i], PROT_EXEC) == PASSES);
	CHECK(asked(SYS_openat, 0) == FAILS);
	CHECK(asked(SYS_statx, 0) == FAILS);
	CHECK(asked(SYS_execve, 0) == KILLS);
	CHECK(asked(SYS_clone, 0) == KILLS);
	CHECK(asked(SYS_kill, 0) == KILLS);
	CHECK(asked(SYS_ptrace, 0) == KILLS);
	CHECK(asked(SYS_unlinkat, 0) == KILLS);
	CHECK(asked(SYS_socket, 0) == KILLS);
	CHECK(asked(-1, 0) == KILLS);
	/* these, four that open or look, mmap, mprotect and two of 32 bits */
	for (int number = 0; number < 8192; number++)
		known += asked(number, 0) != KILLS;
	CHECK(known > 12 && known <= 20);
	check_protection(SYS_mprotect);
#if defined(__s390x__)
	CHECK(asked(SYS_mmap, PROT_EXEC) == PASSES);
#elif defined(SYS_mmap2)
	check_protection(SYS_mmap2);
#ifdef SYS_mmap
	CHECK(asked(SYS_mmap, 0) == KILLS);
#endif
#else
	check_protection(SYS_mmap);
#endif
}

int
main(void)
{
	filter = cccd_sandbox_filter(&length);
	if (filter == NULL)
	{
		CHECK(length == 0);
		printf("skipped: there is no filter of system calls for this machine\n");
		return finish();
	}
	CHECK(length > 2 && filter[1].code == (BPF_JMP | BPF_JEQ | BPF_K));
	check_other_machine();
	check_calls();
	return finish();
}
