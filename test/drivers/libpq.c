/*
 * libpq.c
 *		Our types through libpq: results, parameters and COPY, in text and in
 *		binary.
 *
 * The database of test/drivers/sample.sql is the one that the environment
 * names.  Prints "ok ..." or "not ok ..." a line.
 */
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static PGconn *conn;

static void
check(int good, const char *type, const char *what)
{
	printf("%sok - libpq %s: %s\n", good ? "" : "not ", type, what);
}

/* A statement that must work. */
static PGresult *
run(const char *sql, int nparams, const char *const *values,
	const int *lengths, const int *formats, int result_format)
{
	PGresult   *res = PQexecParams(conn, sql, nparams, NULL, values, lengths,
								   formats, result_format);
	ExecStatusType status = PQresultStatus(res);

	if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK &&
		status != PGRES_COPY_OUT)
	{
		fprintf(stderr, "%s\n%s", sql, PQerrorMessage(conn));
		exit(1);
	}
	return res;
}

static long
differences(const char *type)
{
	const char *values[] = {type};
	PGresult   *res = run("SELECT differences($1)", 1, values, NULL, NULL, 0);
	long		result = atol(PQgetvalue(res, 0, 0));

	PQclear(res);
	return result;
}

static int
same_value(const PGresult *res, int row, int column, int other)
{
	int			length = PQgetlength(res, row, column);

	return PQgetisnull(res, row, column) == PQgetisnull(res, row, other) &&
		PQgetlength(res, row, other) == length &&
		memcmp(PQgetvalue(res, row, column), PQgetvalue(res, row, other),
			   length) == 0;
}

/* Every value read, and written back as it was read. */
static void
read_and_write(const char *type, int format)
{
	char		sql[300];
	PGresult   *read;
	int			same = 1;

	/* beside the values what the server says that they look like */
	if (format)
		snprintf(sql, sizeof(sql), "SELECT n, v, a, %s_send(v), array_send(a) "
				 "FROM sample_%s ORDER BY n", type, type);
	else
		snprintf(sql, sizeof(sql), "SELECT n, v, a, v::text, a::text "
				 "FROM sample_%s ORDER BY n", type);
	read = run(sql, 0, NULL, NULL, NULL, format);
	snprintf(sql, sizeof(sql), "INSERT INTO copy_%s VALUES ($1, $2, $3)", type);
	for (int row = 0; row < PQntuples(read); row++)
	{
		const char *values[3];
		int			lengths[3];
		int			formats[] = {format, format, format};

		for (int column = 0; column < 3; column++)
		{
			lengths[column] = PQgetlength(read, row, column);
			values[column] = PQgetisnull(read, row, column) ? NULL
				: PQgetvalue(read, row, column);
		}
		same &= same_value(read, row, 1, 3) && same_value(read, row, 2, 4);
		PQclear(run(sql, 3, values, lengths, formats, format));
	}
	check(same && PQntuples(read) > 1, type,
		  format ? "binary results are what the send function makes" : "text results");
	check(differences(type) == 0, type, format ? "binary parameters" : "text parameters");
	PQclear(read);
}

/* A whole table out through one connection and in through another. */
static void
copy(const char *type, const char *options)
{
	char		sql[300];
	char		what[100];
	PGconn	   *in = PQconnectdb("");
	PGresult   *res;
	char	   *piece;
	int			length;

	snprintf(what, sizeof(what), "COPY both ways, %s", options);
	snprintf(sql, sizeof(sql), "COPY copy_%s FROM STDIN (%s)", type, options);
	PQclear(PQexec(in, sql));
	snprintf(sql, sizeof(sql), "COPY sample_%s TO STDOUT (%s)", type, options);
	PQclear(run(sql, 0, NULL, NULL, NULL, 0));
	while ((length = PQgetCopyData(conn, &piece, 0)) > 0)
	{
		PQputCopyData(in, piece, length);
		PQfreemem(piece);
	}
	while ((res = PQgetResult(conn)) != NULL)
		PQclear(res);
	PQputCopyEnd(in, NULL);
	res = PQgetResult(in);
	if (PQresultStatus(res) != PGRES_COMMAND_OK)
		fprintf(stderr, "%s", PQerrorMessage(in));
	PQclear(res);
	PQfinish(in);
	check(differences(type) == 0, type, what);
}

/* A value that is none gives its error, and the connection goes on. */
static void
refused(const char *type, const char *value, int length, int format,
		const char *state)
{
	char		sql[100];
	const char *values[] = {value};
	PGresult   *res;
	const char *got;

	snprintf(sql, sizeof(sql), "SELECT $1::%s", type);
	res = PQexecParams(conn, sql, 1, NULL, values, &length, &format, 0);
	got = PQresultErrorField(res, PG_DIAG_SQLSTATE);
	check(got != NULL && strcmp(got, state) == 0, type,
		  format ? "wrong bytes are refused" : "wrong text is refused");
	PQclear(res);
	PQclear(run("SELECT 1", 0, NULL, NULL, NULL, 0));
}

/* A record, a rule and a context as binary parameters of one statement. */
static void
question(void)
{
	PGresult   *values = run("SELECT h.v, r.v, c.v FROM sample_cccd_health h, "
							 "sample_cccd_rule r, sample_cccd_context c "
							 "WHERE h.n = 3 AND r.n = 5 AND c.n = 3",
							 0, NULL, NULL, NULL, 1);
	const char *value[4] = {NULL, NULL, NULL, "2021-11-16 19:00+07"};
	int			lengths[4] = {0};
	int			formats[] = {1, 1, 1, 0};
	PGresult   *res;

	for (int column = 0; column < 3; column++)
	{
		value[column] = PQgetvalue(values, 0, column);
		lengths[column] = PQgetlength(values, 0, column);
	}
	res = run("SELECT cccd_eligible($1, $2, $4, $3), $1 @@ cccd_rule_bind($2, $4, $3)",
			  4, value, lengths, formats, 0);
	check(strcmp(PQgetvalue(res, 0, 0), "t") == 0 &&
		  strcmp(PQgetvalue(res, 0, 1), "t") == 0, "question",
		  "parameters of three types, without a cast");
	PQclear(res);
	PQclear(values);
}

int
main(void)
{
	PGresult   *types;

	conn = PQconnectdb("");
	if (PQstatus(conn) != CONNECTION_OK)
	{
		fprintf(stderr, "%s", PQerrorMessage(conn));
		return 1;
	}
	types = run("SELECT name, wrong_text, wrong_binary FROM type ORDER BY 1",
				0, NULL, NULL, NULL, 1);
	for (int row = 0; row < PQntuples(types); row++)
	{
		const char *type = PQgetvalue(types, row, 0);

		read_and_write(type, 0);
		read_and_write(type, 1);
		copy(type, "FORMAT text");
		copy(type, "FORMAT csv");
		copy(type, "FORMAT binary");
		refused(type, PQgetvalue(types, row, 1), 0, 0, "22P02");
		refused(type, PQgetvalue(types, row, 2), PQgetlength(types, row, 2), 1, "22P03");
	}
	check(PQntuples(types) == 6, "types", "all were tried");
	PQclear(types);
	question();
	PQfinish(conn);
	return 0;
}
