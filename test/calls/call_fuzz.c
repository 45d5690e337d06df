/*
 * call_fuzz.c
 *		Calls every function of both extensions with values that mean harm.
 *
 *	call_fuzz CALLS SEED
 *
 * A call may answer or raise an error that the manual knows.  What may not
 * happen: the server dies, an internal error, an error that repeats a canary,
 * a call that takes over a second and cannot be cancelled.  Every fourth call
 * hands damaged bytes to a type's receive function instead.
 */
#include "calls.h"

#include <poll.h>

#define IN_FLIGHT	24			/* calls sent before the first answer */
#define TIME_OUT	1.0			/* of a statement, set in the server */
#define PATIENCE	5.0			/* a slow machine's time to obey it */
#define SEEDS		40			/* valid values of a type to damage */

typedef struct Type
{
	char	   *name;
	Oid			oid;
	int			seeds;
	char	   *seed[SEEDS];
	int			length[SEEDS];
} Type;

typedef struct Call
{
	const char *name;			/* of the function or type */
	char	   *text;
	bool		is_receive;
	bool		is_step;
	bool		names_table;
	bool		names_role;
} Call;

/* parts of the canary's number, name, card and QR code */
static const char *const canaries[] = {
	"00109087654", "876543210", "Canary", "CANARY", "Ho\303\240ng"
};

/*
 * bad text, bad bytes, argument, range, date, limit, null, encoding, window
 * frame, not supported; a damaged value, which no client can make.  Of
 * receive functions also: what the server itself says of a message that is
 * too short, or of an array of something else.
 */
static const char *const allowed[] = {
	"22P02", "22P03", "22023", "22003", "22008", "22007", "54000", "22004",
	"22P05", "22021", "22013", "0A000", "XX001", NULL
};
static const char *const allowed_receive[] = {"08P01", "42804", "2202E", NULL};

/* of a table that is named: it is none, or has no such column */
static const char *const allowed_table[] = {
	"42P01", "42702", "42703", "42804", "42809", NULL
};

/* what tables say that a step of the gate was handed nonsense */
static const char *const allowed_step[] = {
	"22000", "2201W", "2202E", "55000", "23502", "23503", "23505", "23514",
	"40001", "42704", NULL
};

/* of a role that is named: it is none */
static const char *const allowed_role[] = {"42704", NULL};

static PGconn *connection;
static Type *types;
static int	type_count;
static long answered,
			refused,
			cancelled,
			findings;

static bool
is_one_of(const char *word, const char *const *words)
{
	for (; *words != NULL; words++)
		if (strcmp(word, *words) == 0)
			return true;
	return false;
}

/* one of a kind is shown of each function */
static void
finding(const char *kind, const char *what, const Call *call)
{
	static char *seen[100];
	static int	count;
	char		key[200];

	findings++;
	snprintf(key, sizeof(key), "%s %s", kind, call->name);
	for (int i = 0; i < count; i++)
		if (strcmp(seen[i], key) == 0)
			return;
	if (count == sizeof(seen) / sizeof(seen[0]))
		return;
	seen[count++] = strdup(key);
	fprintf(stderr, "%s: %s\n    %.1000s\n", key, what, call->text);
}

static const char *
echoed(const char *message)
{
	for (size_t i = 0; i < sizeof(canaries) / sizeof(canaries[0]); i++)
		if (message != NULL && strstr(message, canaries[i]) != NULL)
			return canaries[i];
	return NULL;
}

static void
hear_notice(void *unused, const PGresult *result)
{
	const Call	notice = {"notice", "", false, false, false, false};

	if (echoed(PQresultErrorMessage(result)))
		finding("echo", PQresultErrorMessage(result), &notice);
}

/* the valid values of our types that arrive in binary, and arrays of them */
static void
load_types(void)
{
	PGresult   *result = ask(connection,
							 "SELECT t.oid::regtype AS name, t.oid, coalesce(b.typname, '') AS element, p.expression"
							 " FROM pg_type t LEFT JOIN pg_type b ON b.oid = t.typelem AND t.typcategory = 'A'"
							 " JOIN call_pool p ON p.type = coalesce(b.oid, t.oid)"
							 " WHERE t.typreceive <> 0 AND coalesce(b.typtype, t.typtype) = 'b'"
							 " AND p.type::text ~ '^cccd'"
							 " ORDER BY t.oid::regtype::text COLLATE \"C\", p.argument, p.expression COLLATE \"C\"");
	Type	   *last = NULL;
	char	   *sql = malloc(MAX_CALL);

	types = calloc(PQntuples(result), sizeof(Type));
	for (int i = 0; i < PQntuples(result); i++)
	{
		size_t		length = 0;
		PGresult   *value;

		if (last == NULL || strcmp(last->name, field(result, i, "name")) != 0)
		{
			last = &types[type_count++];
			last->name = strdup(field(result, i, "name"));
			last->oid = strtoul(field(result, i, "oid"), NULL, 10);
		}
		if (last->seeds == SEEDS)
			continue;
		put(sql, &length, *field(result, i, "element") ? "SELECT ARRAY[%s, NULL, %s]" : "SELECT %s",
			field(result, i, "expression"), field(result, i, "expression"));
		value = PQexecParams(connection, sql, 0, NULL, NULL, NULL, NULL, 1);
		/* raw values have no binary form, and that is as it should be */
		if (PQresultStatus(value) == PGRES_TUPLES_OK && !PQgetisnull(value, 0, 0))
		{
			int			bytes = PQgetlength(value, 0, 0);

			last->seed[last->seeds] = memcpy(malloc(bytes + 1), PQgetvalue(value, 0, 0), bytes);
			last->length[last->seeds++] = bytes;
		}
		PQclear(value);
	}
	PQclear(result);
	free(sql);
}

static int
damage(char *bytes, int length, int room)
{
	int			more;

	switch (draw(5))
	{
		case 0:
			for (int i = 0, n = 1 + draw(4); i < n && length > 0; i++)
				bytes[draw(length)] = draw(256);
			return length;
		case 1:
			if (length > 0)
				bytes[draw(length)] ^= 1 << draw(8);
			return length;
		case 2:
			return draw(length + 1);
		case 3:
			more = draw(room - length < 40 ? room - length : 40);
			for (int i = 0; i < more; i++)
				bytes[length + i] = draw(256);
			return length + more;
		default:
			/* a number somewhere becomes one at an end of its range */
			if (length >= 4)
				memcpy(bytes + draw(length - 3),
					   draw(2) ? "\177\377\377\377" : "\200\0\0", 4);
			return length;
	}
}

static void
send_receive(Call *call)
{
	static char bytes[64 * 1024];
	const char *values[1] = {bytes};
	const int	formats[1] = {1};
	const Type *type;
	char		sql[200];
	int			length,
				seed;

	do
		type = &types[draw(type_count)];
	while (type->seeds == 0);
	seed = draw(type->seeds);
	length = type->length[seed] > (int) sizeof(bytes) ? (int) sizeof(bytes) : type->length[seed];
	memcpy(bytes, type->seed[seed], length);
	for (int i = 0, n = draw(4); i < n; i++)
		length = damage(bytes, length, sizeof(bytes));

	snprintf(sql, sizeof(sql), "SELECT $1::%s", type->name);
	call->text = malloc(strlen(sql) + 2 * length + 20);
	sprintf(call->text, "%s of \\x", sql);
	for (int i = 0; i < length && i < 250; i++)
		sprintf(strchr(call->text, '\0'), "%02x", (unsigned char) bytes[i]);
	call->name = type->name;
	call->is_receive = true;
	call->is_step = false;
	call->names_table = false;
	call->names_role = false;
	if (!PQsendQueryParams(connection, sql, 1, &type->oid, values, &length, formats, draw(2)))
		die("%s", PQerrorMessage(connection));
}

/* function after function, so that each gets its share */
static void
send_call(Call *call)
{
	static char text[MAX_CALL];
	static int	turn;
	const Function *function = &calls_functions[turn++ % calls_function_count];

	calls_make(function, text);
	call->name = function->signature;
	call->text = strdup(text);
	call->is_receive = false;
	call->is_step = function->is_step;
	call->names_table = strstr(function->signature, "(regclass,") != NULL;
	call->names_role = strstr(function->signature, "(name") != NULL;
	if (!PQsendQueryParams(connection, text, 0, NULL, NULL, NULL, NULL, 0))
		die("%s", PQerrorMessage(connection));
}

static void
judge(const Call *call, const PGresult *result, double seconds)
{
	static const int fields[] = {
		PG_DIAG_MESSAGE_PRIMARY, PG_DIAG_MESSAGE_DETAIL, PG_DIAG_MESSAGE_HINT,
		PG_DIAG_CONTEXT, PG_DIAG_INTERNAL_QUERY
	};
	const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);

	if (seconds > PATIENCE)
		finding("late", "not cancelled in time", call);
	if (PQresultStatus(result) == PGRES_TUPLES_OK)
	{
		answered++;
		return;
	}
	if (state != NULL && strcmp(state, "57014") == 0)
	{
		if (cancelled++ < 20)
			fprintf(stderr, "took a second and was cancelled: %.300s\n", call->text);
		return;
	}
	refused++;
	if (state == NULL)
		die("the server is gone: %s%.2000s", PQerrorMessage(connection), call->text);
	if ((call->is_step && is_one_of(state, allowed_step)) ||
		(call->names_table && is_one_of(state, allowed_table)) ||
		(call->names_role && is_one_of(state, allowed_role)))
		return;
	if (!is_one_of(state, allowed) &&
		!(call->is_receive && is_one_of(state, allowed_receive)))
		finding(state, PQresultErrorMessage(result), call);
	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
		if (echoed(PQresultErrorField(result, fields[i])))
			finding("echo", PQresultErrorMessage(result), call);
}

/* everything about one call up to its synchronisation point */
static void
receive(Call *call)
{
	static double before;
	double		start = before > 0 ? before : now();

	for (bool at_end = false; !at_end;)
	{
		struct pollfd descriptor = {PQsocket(connection), POLLIN, 0};
		PGresult   *result;

		while (PQisBusy(connection))
		{
			if (poll(&descriptor, 1, (TIME_OUT + 2 * PATIENCE) * 1000) == 0)
				die("cannot be cancelled: %.2000s", call->text);
			if (!PQconsumeInput(connection))
				die("the server is gone: %s%.2000s", PQerrorMessage(connection), call->text);
		}
		result = PQgetResult(connection);
		if (result == NULL)
			continue;
		if (PQresultStatus(result) == PGRES_PIPELINE_SYNC)
			at_end = true;
		else
			judge(call, result, now() - start);
		PQclear(result);
	}
	before = now();
	free(call->text);
}

int
main(int argc, char **argv)
{
	Call		calls[IN_FLIGHT];
	long		wanted;

	if (argc != 3)
		die("usage: call_fuzz CALLS SEED");
	wanted = atol(argv[1]);
	calls_state = strtoull(argv[2], NULL, 10);
	connection = calls_connect();
	PQsetNoticeReceiver(connection, hear_notice, NULL);
	PQclear(ask(connection, "SET statement_timeout = '1s'"));
	calls_load(connection);
	load_types();
	PQenterPipelineMode(connection);
	for (long i = 0; i < wanted; i += IN_FLIGHT)
	{
		calls_progress("calls", i, wanted);
		for (int k = 0; k < IN_FLIGHT; k++)
		{
			if (k % 4 == 3)
				send_receive(&calls[k]);
			else
				send_call(&calls[k]);
			if (!PQpipelineSync(connection))
				die("%s", PQerrorMessage(connection));
		}
		for (int k = 0; k < IN_FLIGHT; k++)
			receive(&calls[k]);
	}
	PQexitPipelineMode(connection);
	PQclear(ask(connection, "SELECT 1"));
	printf("%ld calls of %d functions and %d types: %ld answered, %ld refused, %ld cancelled; seed %s\n",
		   answered + refused + cancelled, calls_function_count, type_count,
		   answered, refused, cancelled, argv[2]);
	PQfinish(connection);
	if (answered < wanted / 10 || refused < wanted / 10)
		die("the calls did not reach the functions");
	return findings == 0 ? 0 : 1;
}
