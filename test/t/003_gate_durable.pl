# An answer whose COMMIT was acknowledged has been written, whatever its caller
# set before or after the call; synchronous standbys have it as well.  A standby
# answers what can be answered without writing.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('durable');
$node->init(allows_streaming => 1, extra => [ '--locale=C.UTF-8', '--encoding=UTF8' ]);
# Whatever is not flushed by its own commit is lost with the server; the
# operating system does not die here, so its disk need not be waited for.
$node->append_conf('postgresql.conf', q{
synchronous_commit = off
fsync = off
wal_writer_delay = 10s
wal_writer_flush_after = 64MB
bgwriter_delay = 10s
autovacuum = off
max_prepared_transactions = 10
max_connections = 40
});
$node->start;
sub sql { my ($sql) = @_; return $node->safe_psql('postgres', "SET client_min_messages = warning; SET synchronous_commit = on; $sql") }
sub card { my ($i) = @_; return sprintf "'001090%06d||Người %d|01011990|Nam||10052021'", $i, $i }

sql(q{
CREATE EXTENSION cccd_gate CASCADE;
CREATE FUNCTION careless() RETURNS void LANGUAGE plpgsql AS $$ BEGIN PERFORM set_config('synchronous_commit', 'off', false); END $$;
INSERT INTO cccd_gate.person (person, name, birth_date, sex) SELECT i, 'Người ' || i, '1990-01-01', 'M' FROM generate_series(1, 1000) i;
SELECT setval('cccd_gate.person_person_seq', 1001);
INSERT INTO cccd_gate.identity_number (id, person) SELECT (1090000000 + i)::bigint::cccd_id, i FROM generate_series(1, 1000) i;
INSERT INTO cccd_gate.document (person, kind, number, issued) SELECT i, 'chip', '001090' || lpad(i::text, 6, '0'), '2021-05-10' FROM generate_series(1, 1000) i;
INSERT INTO cccd_gate.event (event, code, name, starts, capacity, rule, ticket_required, minimum_evidence, entries, claims_per_minute, refusals_per_minute)
VALUES (1, 'E', 'E', clock_timestamp(), 2000, 'doses >= 0', false, 'claimed', 'again', 0, 0),
       (2, 'R', 'R', clock_timestamp(), 2000, 'doses >= 1', false, 'claimed', 'again', 0, 0),
       (3, 'L', 'L', clock_timestamp(), 2000, 'doses >= 1', false, 'registry', 'again', 3, 5);
INSERT INTO cccd_gate.gate (event, gate, from_zone, to_zone) SELECT e, v.* FROM generate_series(1, 3) e, (VALUES ('A', NULL, 'hall'), ('B', 'hall', 'stand')) v;
});

my $next = 0;
# The person of a number that was not used yet, and requests for it.
sub person { return ++$next }
sub request { my ($i, $step) = @_; return "md5('$i $step')::uuid" }
sub enter { my ($event, $i) = @_; return "cccd_gate.check_in('$event', 'A', ${\request($i, 'in')}, scan => ${\card($i)})" }

# What a session sends around a call, X, whose answer is a column "said".
my %around = (
	'before the session' => "SET synchronous_commit = off;\nX;\n",
	'before in the transaction' => "BEGIN; SET LOCAL synchronous_commit = off;\nX;\nCOMMIT;\n",
	'local before' => "SET synchronous_commit = local;\nX;\n",
	'after in the transaction' => "SET synchronous_commit = on; BEGIN;\nX;\nSET LOCAL synchronous_commit = off; COMMIT;\n",
	'after for the session' => "SET synchronous_commit = on; BEGIN;\nX;\nSET synchronous_commit = off; COMMIT;\n",
	'after by set_config' => "BEGIN;\nX;\nSELECT set_config('synchronous_commit', 'off', true); COMMIT;\n",
	'before a savepoint that is left' => "BEGIN;\nX;\nSAVEPOINT s; SET LOCAL synchronous_commit = local; ROLLBACK TO s; SET LOCAL synchronous_commit = off; COMMIT;\n",
	'in a savepoint' => "BEGIN; SAVEPOINT s;\nX;\nRELEASE s; SET LOCAL synchronous_commit = off; COMMIT;\n",
	'chained' => "BEGIN; SELECT 1; COMMIT AND CHAIN;\nX;\nSET LOCAL synchronous_commit = off; COMMIT;\n",
	'in a function that sets it' => "SELECT careless();\nX;\n",
	'in two phases' => "BEGIN;\nX;\nSET LOCAL synchronous_commit = off; PREPARE TRANSACTION 'gate'; COMMIT PREPARED 'gate';\n");

# The last thing before the crash is the call: nothing after it flushes.
sub crash
{
	$node->stop('immediate');
	$node->start;
	return;
}
for my $way (sort keys %around)
{
	my $i = person();
	my $call = $around{$way} =~ s/X/"SELECT 'said ' || verdict FROM " . enter('E', $i)/er;
	like($node->safe_psql('postgres', $call), qr/^said admit$/m, "$way: admitted");
	crash();
	is(sql("SELECT (SELECT count(*) FROM cccd_gate.case_file f WHERE f.request_id = ${\request($i, 'in')} AND f.state = 'a'),
		(SELECT count(*) FROM cccd_gate.presence p WHERE p.person = $i AND p.state = 'i'),
		(SELECT count(*) FROM cccd_gate.answer_log l WHERE l.person = $i AND l.verdict = 'a')"), '1|1|1', "$way: and so after the crash");
}

# Every function that answers, after which durability is switched off.  Each has
# what goes before it, itself, and what shows that it has been.
my %call = (
	check_out => [ sub { enter('E', $_[0]) }, sub { "verdict FROM cccd_gate.check_out('E', 'A', ${\request($_[0], 'x')}, scan => ${\card($_[0])})" }, 'admit', q{state = 'l'} ],
	move => [ sub { enter('E', $_[0]) }, sub { "verdict || reasons::text FROM cccd_gate.move('E', 'B', ${\request($_[0], 'x')}, scan => ${\card($_[0])})" }, 'admit{}', q{zone = 'stand'} ],
	annul => [ sub { enter('E', $_[0]) }, sub { "reasons::text || inside FROM cccd_gate.annul(${\request($_[0], 'in')}, ${\request($_[0], 'x')})" }, '{}false', q{state = 'a'} ],
	replay => [ sub { '(SELECT 1) q' }, sub { "verdict FROM cccd_gate.replay(${\request($_[0], 'x')}, clock_timestamp() - interval '1 hour', 'in', 'E', 'A', scan => ${\card($_[0])}, decided => 'admit')" }, 'admit', q{state = 'i'} ],
	turn_away => [ sub { enter('R', $_[0]) }, sub { "reasons::text FROM cccd_gate.turn_away(${\request($_[0], 'in')})" }, '{turned_away}', undef, q{state = 'c'} ],
	recheck => [ sub { enter('R', $_[0]) }, sub { "reasons::text FROM cccd_gate.recheck(${\request($_[0], 'in')}, ${\request($_[0], 'x')})" }, '{doses_missing}', undef, q{state = 'o'} ],
	register_person => [ sub { '(SELECT 1) q' }, sub { "verdict FROM cccd_gate.register_person('E', 'A', ${\request($_[0], 'in')}, 'Người Mới', '1990-01-01', 'M')" }, 'admit', undef, q{state = 'a'} ],
	accept_paper => [ sub { enter('R', $_[0]) }, sub { "accepted FROM cccd_gate.accept_paper(${\request($_[0], 'in')}, 'dose', '2021-06-01')" }, 'true', q{EXISTS (SELECT FROM cccd_gate.paper) AND EXISTS (SELECT FROM cccd_gate.fact)}, q{state = 'o'} ],
	revoke_paper => [ sub { enter('R', $_[0]) . " CROSS JOIN LATERAL cccd_gate.accept_paper(request_id, 'dose', '2021-07-01')" }, sub { "revoked FROM cccd_gate.revoke_paper((SELECT max(paper) FROM cccd_gate.paper))" }, 'true', q{EXISTS (SELECT FROM cccd_gate.paper WHERE revoked_at IS NOT NULL) AND EXISTS (SELECT FROM cccd_gate.fact WHERE withdrawn)}, q{state = 'o'} ]);
for my $name (sort keys %call)
{
	my ($before, $itself, $said, $place, $case) = @{ $call{$name} };
	my $i = person();
	sql('SELECT count(*) FROM ' . $before->($i));
	my $answer = $node->safe_psql('postgres', "SET synchronous_commit = off; BEGIN; SELECT 'said ' || ${\$itself->($i)}; SET LOCAL synchronous_commit = off; COMMIT;");
	is($answer, "said $said", "$name: answered");
	crash();
	is(sql("SELECT count(*) FROM cccd_gate.presence p WHERE p.person = $i AND $place"), '1', "$name: presence after the crash") if $place && !$case;
	is(sql("SELECT count(*) FROM cccd_gate.case_file f WHERE f.request_id = ${\request($i, 'in')} AND $case AND ${\($place // 'true')}"), '1', "$name: the case after the crash") if $case;
	is(sql("SELECT count(*) FROM cccd_gate.case_file f JOIN cccd_gate.answer_log l USING (recorded_at, request_id) WHERE f.request_id = ${\request($i, 'x')}"), '1', "$name: and its answer")
	  if $itself->($i) =~ /\Q${\request($i, 'x')}/;
}

# The same rows without the gate are lost: the test can fail.  When the log is
# written is up to the server, so a run may be lucky, but not all of them.
my ($written, $lost) = (0, 0);
for (1 .. 10)
{
	$node->safe_psql('postgres', join '', map { "INSERT INTO cccd_gate.case_file VALUES (md5('control ' || $_)::uuid, NULL, clock_timestamp(), 1, 'o');\n" } $written + 1 .. $written + 40);
	$written += 40;
	crash();
	$lost = $written - sql(q{SELECT count(*) FROM generate_series(1, 1000) i JOIN cccd_gate.case_file ON request_id = md5('control ' || i)::uuid});
	last if $lost > 0;
}
cmp_ok($lost, '>', 0, "a superuser's own rows of this session are lost ($lost of $written)");

# A synchronous standby.  While it is away, an answer does not commit, whatever
# its session set; a row of the session itself does.
$node->backup('base');
my $standby = PostgreSQL::Test::Cluster->new('standby');
$standby->init_from_backup($node, 'base', has_streaming => 1);
$standby->append_conf('postgresql.conf', "cccd_gate.allow_superuser = on\nhot_standby = on");
$standby->start;
$node->append_conf('postgresql.conf', "synchronous_standby_names = '*'\nsynchronous_commit = on");
$node->reload;
$node->poll_query_until('postgres', q{SELECT count(*) = 1 FROM pg_stat_replication WHERE sync_state = 'sync'}) or die 'no synchronous standby';
$standby->stop('immediate');
$node->poll_query_until('postgres', 'SELECT count(*) = 0 FROM pg_stat_replication');

# Sessions that send the call their way; in two phases it is another commit.
my @ways = sort grep { $_ ne 'in two phases' } keys %around;
sub ask
{
	my %asked;
	for my $way (@ways)
	{
		my $i = person();
		my $call = $around{$way} =~ s/X/"SELECT 'said ' || verdict FROM " . enter('E', $i)/er;
		my $file = $node->basedir . "/$i.sql";
		my ($out, $err) = ('', '');
		append_to_file($file, $call);
		$asked{$way} = { out => \$out, err => \$err, person => $i };
		$asked{$way}{run} = IPC::Run::start([ 'psql', '-X', '-A', '-t', '-q', '-d', $node->connstr('postgres'), '-f', $file ],
			'<', \undef, '>', $asked{$way}{out}, '2>', $asked{$way}{err});
	}
	return %asked;
}
sub all_wait
{
	my ($why) = @_;
	my $sessions = @ways;
	ok($node->poll_query_until('postgres', "SELECT count(*) = $sessions FROM pg_stat_activity WHERE wait_event = 'SyncRep'"), "$sessions answers wait for $why");
	return;
}
sub all_answered
{
	my ($when, %asked) = @_;
	for my $way (@ways)
	{
		$asked{$way}{run}->finish;
		like(${ $asked{$way}{out} } . ${ $asked{$way}{err} }, qr/^said admit$/m, "$way: answered $when");
	}
	return;
}
sub request_on_standby { my ($i) = @_; return $standby->safe_psql('postgres', "SELECT count(*) FROM cccd_gate.case_file WHERE request_id = ${\request($i, 'in')} AND state = 'a'") }
sub at_once
{
	my ($level) = @_;
	is($node->safe_psql('postgres', "SET synchronous_commit = $level; CREATE TABLE no_wait (); DROP TABLE no_wait; SELECT 'at once'"), 'at once', "$level: a table of the session does not");
	return;
}

my %asked = ask();
all_wait('a standby that is away');
at_once($_) for qw(off local);
# what is not acknowledged is not seen
is($node->safe_psql('postgres', "SELECT count(*) FROM cccd_gate.presence WHERE person IN (${\join ',', map { $_->{person} } values %asked})"), '0', 'nor is any of them to be seen');
$standby->start;
all_answered('when the standby is back', %asked);

# Where the server waits until the standby shows what was committed, so does an
# answer of a session that switched it off.
$node->append_conf('postgresql.conf', 'synchronous_commit = remote_apply');
$node->reload;
$node->poll_query_until('postgres', q{SELECT current_setting('synchronous_commit') = 'remote_apply'});
$standby->safe_psql('postgres', 'SELECT pg_wal_replay_pause()');
$standby->poll_query_until('postgres', q{SELECT pg_get_wal_replay_pause_state() = 'paused'});
# who asks for "on" gets it
@ways = grep { $around{$_} !~ /= on/ } @ways;
%asked = ask();
all_wait('a standby that does not apply');
at_once($_) for qw(off on);
$standby->safe_psql('postgres', 'SELECT pg_wal_replay_resume()');
all_answered('when it does', %asked);
is(join(' ', map { request_on_standby($_->{person}) } @asked{@ways}), join(' ', (1) x @ways), 'and then the standby shows them');

# The standby: what can be answered without writing is, and the rest says so.
my ($here, $other) = (person(), person());
$node->wait_for_catchup($standby, 'replay', $node->lsn('insert'));
sub answer { my ($sql) = @_; my ($out, $err) = ('', ''); $standby->psql('postgres', $sql, stdout => \$out, stderr => \$err, on_error_stop => 0); return "$out$err" }
is(answer("SELECT verdict, reasons, holder_name FROM cccd_gate.preview('E', 'A', scan => ${\card($here)})"), "admit|{}|Người $here", 'standby: preview answers');
is(answer("SELECT verdict, reasons FROM cccd_gate.preview('R', 'A', scan => ${\card($here)})"), 'review|{doses_missing}', 'standby: preview asks the rule');
is(answer(q{SELECT count(*) FROM cccd_gate.preview_event('E')}), '0', 'standby: preview_event answers');
is(answer(q{SELECT cccd_gate.warm_up('E')}), 't', 'standby: a session is warmed up');
my $case = request(1, 'in');
for my $function ("check_in('E', 'A', gen_random_uuid(), scan => ${\card($here)})", "check_out('E', 'A', gen_random_uuid(), scan => ${\card(1)})", "move('E', 'B', gen_random_uuid(), scan => ${\card(1)})",
	"recheck($case, gen_random_uuid())", "replay(gen_random_uuid(), clock_timestamp(), 'in', 'E', 'A', scan => ${\card($here)})", "register_person('E', 'A', gen_random_uuid(), 'Người Mới', '1990-01-01', 'M')",
	"turn_away($case)", "annul($case, gen_random_uuid())")
{
	my ($name) = $function =~ /^(\w+)/;
	is(answer("SELECT verdict, reasons, holder_name FROM cccd_gate.$function"), 'refuse|{server_read_only}|', "standby: $name says that it cannot write");
	# as in a read-only transaction of the primary
	is($node->safe_psql('postgres', "BEGIN READ ONLY; SELECT verdict, reasons, holder_name FROM cccd_gate.$function; COMMIT"), 'refuse|{server_read_only}|', "read-only transaction: so does $name");
}
for my $function ("accept_paper($case, 'dose', '2021-06-01')", 'revoke_paper(1)', "challenge('E', 'A')", "merge_people(1, 2)", 'split_person(2)',
	"cancel_ticket('E', '1')", "reissue_ticket('E', '1', new_secret => 'a new code of a ticket')", "transfer_ticket('E', '1')")
{
	my ($name) = $function =~ /^(\w+)/;
	is(answer("SELECT problem FROM cccd_gate.$function"), 'server_read_only', "standby: $name says that it cannot write");
	is($node->safe_psql('postgres', "BEGIN READ ONLY; SELECT problem FROM cccd_gate.$function; COMMIT"), 'server_read_only', "read-only transaction: so does $name");
}
# limits are the session's own there: three claims, five refusals, admissions go on
my $claim = "(SELECT reasons[1] FROM cccd_gate.preview('L', 'A', scan => '001090' || lpad((900 + i)::text, 6, '0')))";
my $wrong = "(SELECT reasons[1] FROM cccd_gate.preview('L', 'B', scan => '001090' || lpad((900 + i)::text, 6, '0') || '||Kẻ Khác|01011990|Nam||10052021'))";
for my $which ([ $claim, 3, 'evidence_too_weak' ], [ $wrong, 5, 'name_disagrees' ])
{
	my ($what, $most, $reason) = @$which;
	my $query = "SELECT string_agg($what, ' ' ORDER BY i) FROM generate_series(1, $most + 1) i";
	my $expected = join ' ', ($reason) x $most, 'too_many_attempts';
	is(answer($query), $expected, "standby: $most times $reason a session and minute");
	is(answer($query), $expected, 'standby: another session has its own');
	is(answer("$query; SELECT verdict FROM cccd_gate.preview('E', 'A', scan => ${\card($other)})"), "$expected\nadmit", 'standby: admissions go on');
}
unlike(slurp_file($standby->logfile), qr/ERROR/, 'standby: no error');

# what the standby was told is there when it takes over
my $told = person();
is($node->safe_psql('postgres', "SET synchronous_commit = off; SELECT verdict FROM ${\enter('E', $told)};"), 'admit', 'one more answer');
$node->stop('immediate');
$standby->append_conf('postgresql.conf', "synchronous_standby_names = ''");
$standby->promote;
is(request_on_standby($told), '1', 'the standby that takes over has it');
is($standby->safe_psql('postgres', "SELECT verdict, reasons FROM cccd_gate.check_in('E', 'A', gen_random_uuid(), scan => ${\card($told)})"), 'refuse|{already_inside}', 'and goes on');
$standby->stop;
done_testing();
