/*
 * gate_clients.c
 *		Gates that write down every answer they got, and go on when the server
 *		dies.
 *
 *	gate_clients CLIENTS TICKETS FOLDER
 *
 * Each client shows a random ticket and person to cccd_gate.check(), writes
 * "request person ticket verdict" into FOLDER/N once it has the answer, and
 * shows the next one.  A request without an answer is repeated under its own
 * id, as the manual tells applications to do.  After each lost connection the
 * last admitted tickets are shown again by somebody else: an admission that
 * the server forgot would be given twice.  Ends when FOLDER/stop is there.
 */
#include <libpq-fe.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define REMEMBERED	5

typedef struct Request
{
	char		id[40];
	int			person;
	int			ticket;
} Request;

static const char *folder;
static int	tickets;
static unsigned int seed;

static PGconn *
connect_again(PGconn *connection)
{
	PQfinish(connection);
	for (;;)
	{
		connection = PQconnectdb("application_name=gate_client");
		if (PQstatus(connection) == CONNECTION_OK)
			return connection;
		PQfinish(connection);
		usleep(20000);
		if (access("stop", F_OK) == 0)
			exit(0);
	}
}

static Request
new_request(int client, long number, int ticket)
{
	Request		request;

	snprintf(request.id, sizeof(request.id), "%08x-0000-4000-8000-%012lx",
			 client, number);
	request.person = rand_r(&seed) % tickets;
	request.ticket = ticket;
	return request;
}

/* Ask until there is an answer; true if it is an admission. */
static int
check(PGconn **connection, const Request *request, int log, int *crashed)
{
	for (;;)
	{
		char		sql[500];
		char		line[200];
		PGresult   *result;
		int			admitted;

		if (access("stop", F_OK) == 0)
			exit(0);
		snprintf(sql, sizeof(sql),
				 "SELECT verdict FROM cccd_gate.check('E',"
				 " '00%ld||Người %d|01011990|Nam||10052021', 'A', '%s',"
				 " '2021-11-16 17:00+07', 'ticket %d')",
				 1090000000L + request->person, request->person, request->id,
				 request->ticket);
		result = PQexec(*connection, sql);
		if (PQresultStatus(result) == PGRES_TUPLES_OK)
		{
			int			length = snprintf(line, sizeof(line), "%s\t%d\t%d\t%s\n",
										  request->id, request->person, request->ticket,
										  PQgetvalue(result, 0, 0));

			admitted = strcmp(PQgetvalue(result, 0, 0), "admit") == 0;
			PQclear(result);
			if (write(log, line, (size_t) length) != length)
				exit(1);
			return admitted;
		}
		PQclear(result);
		if (PQstatus(*connection) != CONNECTION_OK)
		{
			*crashed = 1;
			*connection = connect_again(*connection);
		}
	}
}

static void
run_client(int client)
{
	PGconn	   *connection = connect_again(NULL);
	Request		admitted[REMEMBERED];
	int			admissions = 0;
	int			crashed = 0;
	char		name[20];
	int			log;

	seed = (unsigned int) client * 7919 + 1;
	snprintf(name, sizeof(name), "%d", client);
	log = open(name, O_WRONLY | O_CREAT | O_APPEND, 0644);
	for (long number = 0;;)
	{
		Request		request = new_request(client, number++,
										  rand_r(&seed) % tickets);

		if (check(&connection, &request, log, &crashed))
			admitted[admissions++ % REMEMBERED] = request;
		if (!crashed)
			continue;
		crashed = 0;
		for (int i = 0; i < REMEMBERED && i < admissions; i++)
		{
			request = new_request(client, number++, admitted[i].ticket);
			check(&connection, &request, log, &crashed);
		}
	}
}

int
main(int argc, char **argv)
{
	int			clients;

	if (argc != 4 || chdir(folder = argv[3]) != 0)
		return 1;
	clients = atoi(argv[1]);
	tickets = atoi(argv[2]);
	for (int i = 0; i < clients; i++)
		if (fork() == 0)
			run_client(i);
	while (wait(NULL) > 0)
		;
	return 0;
}
