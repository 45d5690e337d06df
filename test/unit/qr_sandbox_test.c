/*
 * qr_sandbox_test.c
 *		What the reader may still do when it sees its first picture: each try
 *		is made by a process of its own.
 *
 * link: src/qr/reader/sandbox_image.c
 */
#define _GNU_SOURCE 1
#include "unit.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "qr/reader/sandbox_image.h"

/* End without the sanitizers' own work at the end of a process. */
static void
end(int status)
{
	syscall(SYS_exit_group, status);
}

/* The wait status of a process that seals itself and then acts. */
static int
sealed(void (*act) (void))
{
	int			status = 0;
	pid_t		pid = fork();

	if (pid == 0)
	{
		if (!cccd_sandbox_seal())
			end(99);
		act();
		end(0);
	}
	CHECK(waitpid(pid, &status, 0) == pid);
	return status;
}

static bool
killed(int status)
{
	return WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS;
}

static bool
succeeded(int status)
{
	return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static void
take_memory(void)
{
	void	   *at = mmap(NULL, 1 << 20, PROT_READ | PROT_WRITE,
						  MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (at == MAP_FAILED || munmap(at, 1 << 20) != 0)
		end(1);
}

static void
write_to_what_is_open(void)
{
	if (syscall(SYS_write, 1, "", 0) != 0)
		end(1);
}

static void
open_a_file(void)
{
	if (syscall(SYS_openat, AT_FDCWD, "/etc/passwd", O_RDONLY) != -1 ||
		errno != EACCES)
		end(1);
}

static void
take_memory_to_execute(void)
{
	if (mmap(NULL, 4096, PROT_READ | PROT_EXEC,
			 MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED)
		end(1);
}

static void
make_memory_executable(void)
{
	syscall(SYS_mprotect, 0, 4096, PROT_READ | PROT_WRITE | PROT_EXEC);
}

static void
talk_to_the_network(void)
{
	syscall(SYS_socket, 2, 1, 0);
}

static void
start_a_program(void)
{
	syscall(SYS_execve, "/bin/true", NULL, NULL);
}

static void
make_a_process(void)
{
	syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0);
}

static void
kill_the_parent(void)
{
	syscall(SYS_kill, 1, 0);
}

static void
trace_the_parent(void)
{
	syscall(SYS_ptrace, 16, 1, 0, 0);
}

static void
delete_a_file(void)
{
	syscall(SYS_unlinkat, AT_FDCWD, "/nowhere", 0);
}

static bool
limited(int resource, rlim_t value)
{
	struct rlimit both;

	return getrlimit(resource, &both) == 0 &&
		both.rlim_cur == value && both.rlim_max == value;
}

static void
check_limits(void)
{
	int			status = 0;
	pid_t		pid = fork();

	if (pid == 0)
	{
		int			death = 0;

		if (!cccd_sandbox_limit())
			end(1);
		if (!limited(RLIMIT_CORE, 0) || !limited(RLIMIT_FSIZE, 0) ||
			!limited(RLIMIT_NPROC, 0) || !limited(RLIMIT_AS, 512 << 20) ||
			!limited(RLIMIT_CPU, 60))
			end(2);
		if (prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) != 0 ||
			prctl(PR_GET_PDEATHSIG, &death, 0, 0, 0) != 0 || death != SIGKILL)
			end(3);
		if (fcntl(3, F_GETFD) != -1)
			end(4);
		if (!cccd_sandbox_seal() ||
			syscall(SYS_write, 1, "", 0) != 0)
			end(5);
		end(0);
	}
	CHECK(waitpid(pid, &status, 0) == pid);
	CHECK(succeeded(status));
}

static void
check_filter(void)
{
	CHECK(succeeded(sealed(open_a_file)));
#ifdef __s390x__
	CHECK(succeeded(sealed(take_memory_to_execute)));
#else
	CHECK(killed(sealed(take_memory_to_execute)));
#endif
	CHECK(killed(sealed(make_memory_executable)));
	CHECK(killed(sealed(talk_to_the_network)));
	CHECK(killed(sealed(start_a_program)));
	CHECK(killed(sealed(make_a_process)));
	CHECK(killed(sealed(kill_the_parent)));
	CHECK(killed(sealed(trace_the_parent)));
	CHECK(killed(sealed(delete_a_file)));
}

int
main(void)
{
	unsigned short length;

	CHECK(succeeded(sealed(take_memory)));
	CHECK(succeeded(sealed(write_to_what_is_open)));
	if (cccd_sandbox_filter(&length) != NULL)
		check_filter();
	else
		printf("skipped: there is no filter of system calls for this machine\n");
	CHECK(dup2(1, 3) == 3);
	check_limits();
	return finish();
}
