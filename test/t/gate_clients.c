/*
 * gate_clients.c
 *		Gates and desks that write down every answer they got, and go on when
 *		the server dies.
 *
 *	gate_clients MODE CLIENTS PEOPLE FOLDER
 *
 * Each client does one thing after the other, at random: people enter, leave,
 * move; desks accept papers, judge again, turn away and annul.  In MODE "mixed"
 * tickets are cancelled and facts loaded as well, and every eighth client is
 * serializable; MODE "crash" expects that the server dies.  In MODE "enter"
 * people enter, and nothing else is done, so that no other commit takes that of
 * an entry to the disk.
 *
 * What was answered goes into FOLDER/N, a line each: kind, event, request,
 * person, ticket, verdict and first reason, with tabs between them.  An error
 * goes into FOLDER/errors: SQLSTATE and kind.  A request without an answer is
 * repeated under its own id, as the manual tells applications to do, and so is
 * one that could not be serialized.  After each lost connection the last
 * admitted tickets are shown again by somebody else: an admission that the
 * server forgot would be given twice.  Ends when FOLDER/stop is there.
 */
#include <libpq-fe.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define REMEMBERED	5

/* How long the server may be away, in attempts of 20 ms: three minutes. */
#define ATTEMPTS	9000

/* People of the events F and P, who come again and again. */
#define REGULARS	64

/* A case that was answered. */
typedef struct Case
{
	char		request[40];
	const char *event;
	int			person;
	int			ticket;			/* 0: none */
} Case;

/* Cases of one kind, the last few. */
typedef struct Cases
{
	Case		cases[REMEMBERED];
	int			count;			/* ever */
} Cases;

typedef struct Client
{
	PGconn	   *connection;
	int			number;
	int			log;
	long		requests;
	unsigned int seed;
	int			serializable;
	int			crashed;		/* the connection was lost */
	Cases		admitted;
	Cases		open;
} Client;

/* What came back: the first two columns of the row. */
typedef struct Answer
{
	int			given;
	char		verdict[20];
	char		reason[40];
} Answer;

static int	mixed;
static int	entries;
static int	people;

static void
connect_client(Client *client)
{
	char		options[200];

	snprintf(options, sizeof(options), "application_name=gate_client%s",
			 client->serializable ?
			 " options='-c default_transaction_isolation=serializable'" : "");
	PQfinish(client->connection);
	for (int i = 0; i < ATTEMPTS; i++)
	{
		client->connection = PQconnectdb(options);
		if (PQstatus(client->connection) == CONNECTION_OK)
			return;
		PQfinish(client->connection);
		usleep(20000);
		if (access("stop", F_OK) == 0)
			exit(0);
	}
	exit(1);
}

static void
note(int file, const char *line, int length)
{
	if (write(file, line, (size_t) length) != length)
		exit(1);
}

static void
note_error(const char *state, const char *kind)
{
	char		line[100];
	int			file = open("errors", O_WRONLY | O_CREAT | O_APPEND, 0644);

	note(file, line, snprintf(line, sizeof(line), "%s %s\n", state, kind));
	close(file);
}

static void
note_answer(Client *client, const char *kind, const Case *about,
			const Answer *answer)
{
	char		line[300];

	note(client->log, line,
		 snprintf(line, sizeof(line), "%s\t%s\t%s\t%d\t%d\t%s\t%s\n", kind,
				  about->event, about->request, about->person, about->ticket,
				  answer->verdict, answer->reason));
}

/*
 * Ask until there is an answer.  The row has a request id, which takes the
 * place of the one in "about", a verdict and a reason.
 */
static Answer
ask(Client *client, const char *kind, Case *about, const char *sql, int count,
	const char *const *values)
{
	Answer		answer = {0};

	while (!answer.given)
	{
		PGresult   *result = PQexecParams(client->connection, sql, count, NULL,
										  values, NULL, NULL, 0);
		const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);

		if (PQresultStatus(result) == PGRES_TUPLES_OK &&
			PQntuples(result) == 1)
		{
			answer.given = 1;
			snprintf(about->request, sizeof(about->request), "%s",
					 PQgetvalue(result, 0, 0));
			snprintf(answer.verdict, sizeof(answer.verdict), "%s",
					 PQgetvalue(result, 0, 1));
			snprintf(answer.reason, sizeof(answer.reason), "%s",
					 PQgetvalue(result, 0, 2));
			note_answer(client, kind, about, &answer);
		}
		else if (PQstatus(client->connection) != CONNECTION_OK)
		{
			if (mixed)
				note_error("lost", kind);
			client->crashed = 1;
			connect_client(client);
		}
		else if (!client->serializable || state == NULL ||
				 strcmp(state, "40001") != 0)
		{
			note_error(state ? state : "none", kind);
			PQclear(result);
			break;
		}
		PQclear(result);
		/* in a crash the server may be away: what was asked stays open */
		if (!mixed && !answer.given && access("stop", F_OK) == 0)
			exit(0);
	}
	return answer;
}

static int
any(Client *client, int below)
{
	return rand_r(&client->seed) % below;
}

static void
remember(Cases *cases, const Case *about)
{
	cases->cases[cases->count++ % REMEMBERED] = *about;
}

/* One of the cases that are remembered, or NULL. */
static const Case *
one_of(Client *client, const Cases *cases)
{
	int			count = cases->count < REMEMBERED ? cases->count : REMEMBERED;

	return count == 0 ? NULL : &cases->cases[any(client, count)];
}

static Case
new_case(Client *client, const char *event, int person, int ticket)
{
	Case		about = {{0}, event, person, ticket};

	snprintf(about.request, sizeof(about.request),
			 "%08x-0000-4000-8000-%012lx", client->number,
			 client->requests++);
	return about;
}

/* Somebody comes, goes or moves: function is what is called. */
static Answer
pass(Client *client, const char *kind, const char *function, Case *about)
{
	char		sql[300];
	char		scan[200];
	char		ticket[40];
	const char *values[4] = {about->event, about->request, scan, NULL};

	snprintf(sql, sizeof(sql),
			 "SELECT request_id, verdict, coalesce(reasons[1], '')"
			 " FROM cccd_gate.%s, $2, scan => $3, ticket => $4)", function);
	snprintf(scan, sizeof(scan), "00%d||Người %d|01011990|Nam||10052021",
			 1090000000 + about->person, about->person);
	snprintf(ticket, sizeof(ticket), "ticket number %08d", about->ticket);
	if (about->ticket)
		values[3] = ticket;
	return ask(client, kind, about, sql, 4, values);
}

static void
enter(Client *client, const char *event, int person, int ticket)
{
	Case		about = new_case(client, event, person, ticket);
	Answer		answer = pass(client, "in", "check_in($1, 'A'", &about);

	if (strcmp(answer.verdict, "admit") == 0)
		remember(&client->admitted, &about);
	else if (strcmp(answer.verdict, "review") == 0)
		remember(&client->open, &about);
}

static void
leave(Client *client, const char *event, int person)
{
	Case		about = new_case(client, event, person, 0);

	pass(client, "out", "check_out($1, 'A'", &about);
}

static void
move(Client *client, const char *event, int person)
{
	Case		about = new_case(client, event, person, 0);

	pass(client, "move", "move($1, 'B'", &about);
}

/* What a desk does to a case, under a new request id. */
static Answer
act(Client *client, const char *kind, const Case *about, const char *function)
{
	Case		step = new_case(client, about->event, about->person,
								about->ticket);
	char		sql[200];
	char		request[40];
	const char *values[2] = {about->request, request};

	memcpy(request, step.request, sizeof(request));
	snprintf(sql, sizeof(sql),
			 "SELECT request_id, verdict, coalesce(reasons[1], '')"
			 " FROM cccd_gate.%s", function);
	return ask(client, kind, &step, sql, strstr(function, "$2") ? 2 : 1,
			   values);
}

/* A paper, or none, and the case is judged again, or somebody is sent home. */
static void
serve(Client *client, const Case *found)
{
	Case		about;
	Case		paper;
	char		number[40];
	const char *values[2];

	if (found == NULL)
		return;
	about = *found;
	paper = about;
	if (any(client, 4) == 0)
	{
		act(client, "turn_away", &about, "turn_away($1::uuid)");
		return;
	}
	snprintf(number, sizeof(number), "paper of %d", about.person);
	values[0] = about.request;
	values[1] = number;
	ask(client, "paper", &paper,
		"SELECT $1, accepted::text, coalesce(problem, '')"
		" FROM cccd_gate.accept_paper($1::uuid, 'dose', '2021-06-01',"
		" document_number => $2)", 2, values);
	if (strcmp(act(client, "recheck", &about, "recheck($1::uuid, $2)").verdict,
			   "admit") == 0)
		remember(&client->admitted, &about);
}

static void
annul(Client *client, const Case *found)
{
	Case		about;

	if (found == NULL)
		return;
	about = *found;
	act(client, "annul", &about, "annul($1::uuid, $2)");
}

/* An organiser takes a ticket back, or makes it valid again. */
static void
change_ticket(Client *client)
{
	Case		about = new_case(client, "E", 0, 1 + any(client, people));
	char		number[20];
	const char *values[2] = {about.request, number};

	snprintf(number, sizeof(number), "%d", about.ticket);
	if (any(client, 2))
		ask(client, "cancel", &about,
			"SELECT $1, (ticket_id IS NOT NULL)::text, coalesce(problem, '')"
			" FROM cccd_gate.cancel_ticket('E', number => $2)", 2, values);
	else
		ask(client, "reissue", &about,
			"SELECT $1, (ticket_id IS NOT NULL)::text, coalesce(problem, '')"
			" FROM cccd_gate.reissue_ticket('E', number => $2)", 2, values);
}

/* A loader fills and commits, and then loads. */
static void
load(Client *client)
{
	Case		about = new_case(client, "", 0, 0);
	char		first[20];
	const char *values[2] = {about.request, first};

	snprintf(first, sizeof(first), "%d", any(client, people));
	ask(client, "fill", &about,
		"WITH line AS (INSERT INTO cccd_gate.fact_in"
		" (delivery, id, kind, starts, result, source_record)"
		" SELECT $1::uuid, '001090' || lpad((1 + ($2::int + i * 7919) % 1000)::text, 6, '0'),"
		" 'test', '2021-11-16 08:00', 'negative', $1 || ' ' || i"
		" FROM generate_series(1, 20) i RETURNING 1)"
		" SELECT $1, count(*)::text, '' FROM line", 2, values);
	ask(client, "load", &about,
		"SELECT $1, taken::text, ''"
		" FROM cccd_gate.load_facts('national', $1::uuid)", 1, values);
}

/* One thing, as it comes at a gate. */
static void
act_once(Client *client)
{
	int			what = any(client, mixed ? 100 : entries ? 40 : 76);
	int			person = 1 + any(client, people);
	int			regular = 1 + any(client, REGULARS);
	const char *usual = any(client, 2) ? "F" : "P";

	if (what < 30)
		enter(client, "E", person, 1 + any(client, people));
	else if (what < 40)
		enter(client, "R", person, 0);
	else if (what < 50)
		serve(client, one_of(client, &client->open));
	else if (what < 56)
		annul(client, one_of(client, &client->admitted));
	else if (what < 64)
		enter(client, usual, regular, 0);
	else if (what < 72)
		leave(client, usual, regular);
	else if (what < 76)
		leave(client, "E", person);
	else if (what < 82)
		move(client, usual, regular);
	else if (what < 90)
		change_ticket(client);
	else if (what < 92)
		load(client);
	else
		enter(client, "P", regular, 0);
}

static void
run_client(int number)
{
	Client		client = {0};
	char		name[20];

	client.number = number;
	client.seed = (unsigned int) number * 7919 + 1;
	client.serializable = mixed && number % 8 == 7;
	connect_client(&client);
	snprintf(name, sizeof(name), "%d", number);
	client.log = open(name, O_WRONLY | O_CREAT | O_APPEND, 0644);
	while (access("stop", F_OK) != 0)
	{
		act_once(&client);
		if (!client.crashed)
			continue;
		client.crashed = 0;
		for (int i = 0; i < REMEMBERED && i < client.admitted.count; i++)
			if (client.admitted.cases[i].ticket)
				enter(&client, "E", 1 + any(&client, people),
					  client.admitted.cases[i].ticket);
	}
	PQfinish(client.connection);
	exit(0);
}

int
main(int argc, char **argv)
{
	int			clients;

	if (argc != 5 || chdir(argv[4]) != 0)
		return 1;
	mixed = strcmp(argv[1], "mixed") == 0;
	entries = strcmp(argv[1], "enter") == 0;
	clients = atoi(argv[2]);
	people = atoi(argv[3]);
	for (int i = 0; i < clients; i++)
		if (fork() == 0)
			run_client(i);
	while (wait(NULL) > 0)
		;
	return 0;
}
