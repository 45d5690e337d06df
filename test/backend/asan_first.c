/*
 * asan_first.c
 *		Preloaded after the sanitizers' runtime, so that a server that was not
 *		built with them starts.
 *
 * The runtime looks for swift_demangle when it is first needed.  In a Debian
 * server that is inside gettext, called by the constructor of some library:
 * the look-up fails, the failure's message is to be translated, and gettext's
 * lock is already taken.  Linked with -z initfirst, this file makes the first
 * allocation before any other constructor runs, and the look-up succeed.
 */
#include <stdlib.h>

char	   *
swift_demangle(const char *name, unsigned long length, char *result,
			   unsigned long *result_length, unsigned flags)
{
	(void) name;
	(void) length;
	(void) result;
	(void) result_length;
	(void) flags;
	return NULL;
}

__attribute__((constructor)) static void
first(void)
{
	void	   *volatile memory = malloc(1);

	free(memory);
}
