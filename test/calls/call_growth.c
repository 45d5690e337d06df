/*
 * call_growth.c
 *		Does a session grow when calls fail?
 *
 *	call_growth CALLS SECONDS SEED [FUNCTION]
 *
 * For every function of both extensions it looks for calls that fail, each
 * with another SQLSTATE, and for one that does not if the function writes
 * nothing, and repeats them inside the server, CALLS in all, or as many as
 * SECONDS allow.  What the process and its memory contexts have afterwards,
 * over what they had when caches were warm, is growth; the server's own loop
 * grows by nothing.
 */
#include "calls.h"

#include <unistd.h>

#define TRIES			400		/* random calls that are looked at */
#define KINDS			4		/* of them, that are repeated */
#define GROWTH_LIMIT	1024	/* kB in all calls of a kind */
#define WARM			50		/* calls before a first look */
#define LOOKS			5		/* first looks: a heap is trimmed now and then */

/* A call, by what it ended with. */
typedef struct Kind
{
	char	   *call;
	char		state[6];
	const char *arguments[MAX_ARGUMENTS];
} Kind;

static PGconn *connection;

/* Private memory of the backend in kB: no shared buffers, no code. */
static long
memory_of(const char *pid)
{
	char		path[64];
	char		line[256];
	long		anonymous = -1;
	FILE	   *file;

	snprintf(path, sizeof(path), "/proc/%s/status", pid);
	file = fopen(path, "r");
	if (file == NULL)
		die("%s cannot be read", path);
	while (fgets(line, sizeof(line), file) != NULL)
		if (sscanf(line, "RssAnon: %ld", &anonymous) == 1)
			break;
	fclose(file);
	return anonymous;
}

static long
number(const char *sql)
{
	PGresult   *result = ask(connection, sql);
	long		value = atol(PQgetvalue(result, 0, 0));

	PQclear(result);
	return value;
}

/* What the call ends with: its SQLSTATE, or NULL where it must not be asked. */
static const char *
outcome(const char *call)
{
	static char state[6];
	PGresult   *result = PQexecParams(connection, call, 0, NULL, NULL, NULL, NULL, 0);
	const char *error = PQresultErrorField(result, PG_DIAG_SQLSTATE);

	snprintf(state, sizeof(state), "%s", error != NULL ? error : "00000");
	PQclear(result);
	return strcmp(state, "57014") == 0 ? NULL : state;
}

/*
 * A function of the server's own that makes the call n times and hides its
 * errors.  The arguments are variables, or the planner would call an immutable
 * function once and for all.
 */
static void
make_loop(const Function *function, const Kind *kind)
{
	static char sql[MAX_CALL];
	size_t		length = 0;

	put(sql, &length, "CREATE OR REPLACE FUNCTION pg_temp.again(n int) RETURNS void"
		" LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $again$\nDECLARE\n");
	for (int i = 0; i < function->arguments && !function->is_aggregate; i++)
		if (strcmp(function->types[i], "cstring") != 0)
			put(sql, &length, " a%d %s := %s;\n", i, function->types[i],
				kind->arguments[i]);
	put(sql, &length, "BEGIN\n FOR i IN 1..n LOOP\n  BEGIN\n   PERFORM ");
	if (function->is_aggregate)
		put(sql, &length, "%s", kind->call + strlen("SELECT "));
	else
	{
		put(sql, &length, "%s(", function->name);
		for (int i = 0; i < function->arguments; i++)
		{
			put(sql, &length, i > 0 ? ", " : "");
			if (strcmp(function->types[i], "cstring") == 0)
				put(sql, &length, "(%s)::cstring", kind->arguments[i]);
			else
				put(sql, &length, "a%d", i);
		}
		put(sql, &length, ")");
	}
	put(sql, &length, ";\n  EXCEPTION WHEN OTHERS THEN NULL;\n  END;\n END LOOP;\nEND $again$");
	PQclear(ask(connection, sql));
}

static void
again(long calls)
{
	char		sql[100];

	snprintf(sql, sizeof(sql), "SELECT pg_temp.again(%ld)", calls);
	PQclear(ask(connection, sql));
}

/*
 * Repeat the call, as often as wanted or as time allows; returns how often.
 * growth is the process's in kB, contexts what its memory contexts hold in
 * bytes.
 */
static long
repeat(const Function *function, const Kind *kind, long wanted,
	   double seconds, const char *pid, long *growth, long *contexts)
{
	static const char held[] = "SELECT sum(used_bytes) FROM pg_backend_memory_contexts";
	double		start = now();
	long		done = 0;
	long		step = WARM;

	make_loop(function, kind);
	*growth = 0;
	for (int i = 0; i < LOOKS; i++)
	{
		long		memory;

		again(WARM);
		*contexts = number(held);
		memory = memory_of(pid);
		if (memory > *growth)
			*growth = memory;
	}
	while (done < wanted && now() - start < seconds)
	{
		if (step > wanted - done)
			step = wanted - done;
		again(step);
		done += step;
		step *= 2;
	}
	*growth = memory_of(pid) - *growth;
	*contexts = number(held) - *contexts;
	return done;
}

/* Random calls whose outcomes differ. */
static int
find_kinds(const Function *function, Kind *kinds)
{
	static char call[MAX_CALL];
	int			found = 0;

	for (int i = 0; i < TRIES && found < KINDS; i++)
	{
		const char *state;
		bool		known = false;

		calls_make(function, call);
		if (strstr(call, "$again$") != NULL)
			continue;
		state = outcome(call);
		if (state == NULL)
			continue;
		for (int k = 0; k < found; k++)
			known |= strcmp(kinds[k].state, state) == 0;
		if (known)
			continue;
		strcpy(kinds[found].state, state);
		memcpy(kinds[found].arguments, calls_chosen, sizeof(calls_chosen));
		kinds[found++].call = strdup(call);
	}
	return found;
}

int
main(int argc, char **argv)
{
	long		wanted,
				failing = 0,
				answered = 0,
				fewest,
				largest = 0;
	double		seconds;
	int			grown = 0,
				never = 0;

	if (argc < 4)
		die("usage: call_growth CALLS SECONDS SEED [FUNCTION]");
	wanted = fewest = atol(argv[1]);
	seconds = atof(argv[2]);
	calls_state = strtoull(argv[3], NULL, 10);
	connection = calls_connect();
	calls_load(connection);
	PQfinish(connection);
	for (int f = 0; f < calls_function_count; f++)
	{
		const Function *function = &calls_functions[f];
		Kind		kinds[KINDS];
		char		pid[20];
		int			count;
		long		all = 0;

		calls_progress("functions", f, calls_function_count);
		/* steps of the gate write rows, which is growth of another kind */
		if (function->is_step ||
			(argc > 4 && strcmp(function->name, argv[4]) != 0))
			continue;
		connection = calls_connect();
		snprintf(pid, sizeof(pid), "%d", PQbackendPID(connection));
		PQclear(ask(connection, "SET statement_timeout = '1s'; SET client_min_messages = error"));
		count = find_kinds(function, kinds);
		never += count <= 1;
		PQclear(ask(connection, "SET statement_timeout = 0"));
		for (int k = 0; k < count; k++)
		{
			bool		fails = strcmp(kinds[k].state, "00000") != 0;
			long		growth,
						contexts,
						calls;

			if (!fails && function->is_volatile)
				continue;
			calls = repeat(function, &kinds[k], wanted / count,
						   seconds / count, pid, &growth, &contexts);
			all += calls;
			*(fails ? &failing : &answered) += calls;
			if (growth > largest)
				largest = growth;
			if (growth >= GROWTH_LIMIT || contexts >= GROWTH_LIMIT * 1024)
			{
				grown++;
				fprintf(stderr, "%s grew by %ld kB, its contexts by %ld bytes, in %ld calls that end with %s:\n    %.1000s\n",
						function->signature, growth, contexts, calls,
						kinds[k].state, kinds[k].call);
			}
			free(kinds[k].call);
		}
		if (all > 0 && all < fewest)
			fewest = all;
		PQfinish(connection);
	}
	printf("%d functions, of which %d never fail: %ld failing and %ld other calls, at least %ld of each; the largest growth is %ld kB; seed %s\n",
		   calls_function_count, never, failing, answered, fewest, largest, argv[3]);
	return grown == 0 ? 0 : 1;
}
