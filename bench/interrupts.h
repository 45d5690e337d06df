/*
 * interrupts.h
 *		How long a caller who cancels waits: the longest time of a call between
 *		two checks for an interrupt, its beginning and its end counted as one.
 *
 *		Milliseconds of processor time, the least of several calls: a machine
 *		that does something else makes a wait longer, never shorter.
 */
#ifndef INTERRUPTS_H
#define INTERRUPTS_H

#include <stdio.h>
#include <time.h>

/* A statement is cancelled within so many milliseconds. */
#define WAIT_MOST	200.0

#define WAIT_RUNS	5

static double checked_at;
static double longest_wait;

/* What a core calls where the server would look for an interrupt. */
static void
note_check(void)
{
	struct timespec t;
	double		seconds;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	seconds = (double) t.tv_sec + (double) t.tv_nsec / 1e9;
	if (seconds - checked_at > longest_wait)
		longest_wait = seconds - checked_at;
	checked_at = seconds;
}

static void
begin_waits(void)
{
	checked_at = 1e300;
	longest_wait = 0;
	note_check();
}

/* Set least to the milliseconds of a call, the least of several. */
#define MEASURE_WAIT(least, call) \
	do \
	{ \
		least = 1e9; \
		for (int run = 0; run < WAIT_RUNS; run++) \
		{ \
			begin_waits(); \
			call; \
			note_check(); \
			if (longest_wait * 1e3 < least) \
				least = longest_wait * 1e3; \
		} \
	} while (0)

static void
print_wait(const char *what, double wait)
{
	printf("%s, longest time between two interrupt checks: %.2f ms "
		   "(bound %.0f %s)\n", what, wait, WAIT_MOST,
		   wait <= WAIT_MOST ? "reached" : "MISSED");
}

#endif							/* INTERRUPTS_H */
