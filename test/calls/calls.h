/*
 * calls.h
 *		Every function of an extension as the catalog has it, with values to
 *		call it with: what the call fuzzer and the growth test share.
 *
 * The values are the expressions of table call_pool (pool.sql).  Programs
 * take connection settings from the environment, as libpq does.
 */
#ifndef CALLS_H
#define CALLS_H

#include <libpq-fe.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define MAX_ARGUMENTS	24
#define MAX_CALL		(256 * 1024)

typedef struct Value
{
	char	   *type;
	char	   *argument;		/* the only argument it is for, or "" */
	char	   *expression;
} Value;

typedef struct Function
{
	char	   *name;
	char	   *signature;
	bool		is_aggregate;
	bool		is_step;
	bool		is_volatile;
	bool		is_variadic;
	int			arguments;
	char	   *types[MAX_ARGUMENTS];
	char	   *names[MAX_ARGUMENTS];
} Function;

/*
 * Steps of the gate, which its own functions call and nobody else may: they
 * get the arguments that those hand them, where the pool has such.
 */
static const char *const calls_steps[] = {
	"cccd_gate.apply_duties", "cccd_gate.copy_event",
	"cccd_gate.count_board",
	"cccd_gate.duty_changes",
	"cccd_gate.join_presence", "cccd_gate.keep_certificate_facts",
	"cccd_gate.keep_certificates",
	"cccd_gate.keep_chip", "cccd_gate.keep_declaration",
	"cccd_gate.leave_all",
	"cccd_gate.load_facts", "cccd_gate.log_access", "cccd_gate.log_answer",
	"cccd_gate.occupancy_levels", "cccd_gate.paper_fact",
	"cccd_gate.plan_events", "cccd_gate.registered_person",
	"cccd_gate.reject_lines", "cccd_gate.retry_unless",
	"cccd_gate.save_event", "cccd_gate.save_evidence", "cccd_gate.save_gate",
	"cccd_gate.save_recipient", "cccd_gate.save_rule",
	"cccd_gate.share_slots", "cccd_gate.take_answers",
	"cccd_gate.take_case", "cccd_gate.take_documents",
	"cccd_gate.take_facts", "cccd_gate.take_people",
	"cccd_gate.take_ticket_changes", "cccd_gate.take_tickets"
};

static Value *calls_values;
static int	calls_value_count;
static Function *calls_functions;
static int	calls_function_count;
static uint64_t calls_state;

/* Say, every ten seconds, how many of all things are done. */
static void
calls_progress(const char *what, long done, long all)
{
	static time_t next_line;
	time_t		now = time(NULL);

	if (next_line == 0)
		next_line = now + 10;
	if (now < next_line)
		return;
	printf("%s: %ld of %ld\n", what, done, all);
	fflush(stdout);
	next_line = now + 10;
}

static void
die(const char *format,...)
{
	va_list		arguments;

	va_start(arguments, format);
	vfprintf(stderr, format, arguments);
	va_end(arguments);
	fputc('\n', stderr);
	exit(1);
}

/* splitmix64, so that a run is repeated by its seed */
static uint64_t
draw(uint64_t below)
{
	uint64_t	z = (calls_state += UINT64_C(0x9e3779b97f4a7c15));

	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return (z ^ (z >> 31)) % below;
}

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec + t.tv_nsec / 1e9;
}

static PGconn *
calls_connect(void)
{
	PGconn	   *connection = PQconnectdb("");

	if (PQstatus(connection) != CONNECTION_OK)
		die("%s", PQerrorMessage(connection));
	return connection;
}

/* a query of the test's own, which must succeed */
static PGresult *
ask(PGconn *connection, const char *sql)
{
	PGresult   *result = PQexec(connection, sql);
	ExecStatusType status = PQresultStatus(result);

	if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK)
		die("%s\n%s", sql, PQerrorMessage(connection));
	return result;
}

static char *
field(PGresult *result, int row, const char *name)
{
	return PQgetvalue(result, row, PQfnumber(result, name));
}

/*
 * All functions of both extensions that a client can call.  Those that take
 * or are called with something internal belong to the server, and trigger
 * functions are called by writing to their tables.
 */
static void
calls_load(PGconn *connection)
{
	PGresult   *result;
	Function   *last = NULL;

	result = ask(connection,
				 "SELECT type, coalesce(argument, '') AS argument, expression"
				 " FROM call_pool ORDER BY type::text, 2, expression COLLATE \"C\"");
	calls_value_count = PQntuples(result);
	calls_values = calloc(calls_value_count, sizeof(Value));
	for (int i = 0; i < calls_value_count; i++)
	{
		calls_values[i].type = strdup(field(result, i, "type"));
		calls_values[i].argument = strdup(field(result, i, "argument"));
		calls_values[i].expression = strdup(field(result, i, "expression"));
	}
	PQclear(result);

	result = ask(connection,
				 "SELECT p.oid::regproc AS name, p.oid::regprocedure AS signature,"
				 " p.prokind = 'a' AS aggregate, p.provolatile = 'v' AS volatile,"
				 " p.provariadic <> 0 AS variadic, a.type::regtype, coalesce(p.proargnames[a.n], '') AS argument"
				 " FROM pg_depend d"
				 " JOIN pg_extension e ON e.oid = d.refobjid AND e.extname IN ('cccd', 'cccd_gate')"
				 " JOIN pg_proc p ON p.oid = d.objid"
				 " LEFT JOIN LATERAL unnest(p.proargtypes) WITH ORDINALITY a(type, n) ON true"
				 " WHERE d.classid = 'pg_proc'::regclass AND d.refclassid = 'pg_extension'::regclass"
				 " AND d.deptype = 'e' AND p.prorettype <> 'trigger'::regtype AND p.prokind <> 'p'"
				 " AND NOT 'internal'::regtype = ANY (p.proargtypes::oid[])"
				 " ORDER BY p.oid::regprocedure::text COLLATE \"C\", a.n");
	calls_functions = calloc(PQntuples(result), sizeof(Function));
	for (int i = 0; i < PQntuples(result); i++)
	{
		if (last == NULL || strcmp(last->signature, field(result, i, "signature")) != 0)
		{
			last = &calls_functions[calls_function_count++];
			last->name = strdup(field(result, i, "name"));
			last->signature = strdup(field(result, i, "signature"));
			last->is_aggregate = *field(result, i, "aggregate") == 't';
			last->is_volatile = *field(result, i, "volatile") == 't';
			last->is_variadic = *field(result, i, "variadic") == 't';
			for (size_t k = 0; k < sizeof(calls_steps) / sizeof(calls_steps[0]); k++)
				last->is_step |= strcmp(last->name, calls_steps[k]) == 0;
		}
		if (*field(result, i, "type") == '\0')
			continue;
		if (last->arguments == MAX_ARGUMENTS)
			die("%s has too many arguments", last->name);
		last->types[last->arguments] = strdup(field(result, i, "type"));
		last->names[last->arguments++] = strdup(field(result, i, "argument"));
	}
	PQclear(result);
}

/*
 * A value for an argument: NULL, or one of its type.  Every second time it is
 * one that was meant for an argument of this name, where there are such.
 */
static const char *
calls_value(const Function *function, int argument)
{
	const char *type = function->types[argument];
	bool		named = draw(2) == 0 || function->is_step;

	if (strcmp(type, "cstring") == 0)
		type = "text";
	if (draw(13) == 0)
		return "NULL";
	for (;; named = false)
	{
		int			found = 0;
		const char *chosen = NULL;

		for (int i = 0; i < calls_value_count; i++)
		{
			const Value *value = &calls_values[i];

			if (strcmp(value->type, type) != 0 ||
				strcmp(value->argument, named ? function->names[argument] : "") != 0)
				continue;
			if (draw(++found) == 0)
				chosen = value->expression;
		}
		if (chosen != NULL)
			return chosen;
		if (!named)
			return "NULL";
	}
}

/* append, within MAX_CALL */
static void
put(char *call, size_t *length, const char *format,...)
{
	va_list		arguments;
	int			added;

	va_start(arguments, format);
	added = vsnprintf(call + *length, MAX_CALL - *length, format, arguments);
	va_end(arguments);
	if (added < 0 || (size_t) added >= MAX_CALL - *length)
		die("a call is too long");
	*length += added;
}

/* the expressions are those of the last call that was made */
static const char *calls_chosen[MAX_ARGUMENTS];

static void
put_arguments(const Function *function, char *call, size_t *length)
{
	for (int i = 0; i < function->arguments; i++)
	{
		calls_chosen[i] = calls_value(function, i);
		put(call, length, "%s%s(%s)::%s", i > 0 ? ", " : "",
			function->is_variadic && i == function->arguments - 1 ? "VARIADIC " : "",
			calls_chosen[i], function->types[i]);
	}
}

/* a statement that calls the function; an aggregate gets a few rows */
static void
calls_make(const Function *function, char *call)
{
	size_t		length = 0;

	if (!function->is_aggregate)
	{
		put(call, &length, "SELECT %s(", function->name);
		put_arguments(function, call, &length);
		put(call, &length, ")");
		return;
	}
	put(call, &length, "SELECT %s(", function->name);
	for (int i = 0; i < function->arguments; i++)
		put(call, &length, "%sv%d", i > 0 ? ", " : "", i);
	put(call, &length, ") FROM (VALUES ");
	for (int row = 0, rows = 1 + draw(4); row < rows; row++)
	{
		put(call, &length, row > 0 ? ", (" : "(");
		put_arguments(function, call, &length);
		put(call, &length, ")");
	}
	put(call, &length, ") v(");
	for (int i = 0; i < function->arguments; i++)
		put(call, &length, "%sv%d", i > 0 ? ", " : "", i);
	put(call, &length, ")");
}

#endif							/* CALLS_H */
