# Log, messages, statistics and the views of statements hold no identity: input
# of every kind, good and bad, with the canary's number, name or ticket in it,
# then a search of them all.
use strict;
use warnings;
use File::Basename qw(dirname);
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('log');
$node->init(extra => [ '--locale=C.UTF-8', '--encoding=UTF8' ]);
# the settings that the server comes with, not those of the test framework
$node->append_conf('postgresql.conf', "log_statement = none\nlog_min_error_statement = error\nlog_min_messages = warning\nlog_error_verbosity = default\nlog_replication_commands = off
shared_preload_libraries = 'pg_stat_statements'");
$node->start;
my $id = '001090876543';
my $old = '876543219';
my $name = 'Hoàng Yến Canary';
my $secret = 'canary-secret-c0ffee-c0ffee';
my @canaries = ($id, substr($id, 0, 11), $old, 'Canary', 'CANARY', $secret);

my $errors = 0;
my $messages = '';
my $log_from;
# as the superuser, or as a role with duties
sub try
{
	my ($sql, $role) = @_;
	my ($stdout, $stderr) = ('', '');
	my $status = $node->psql('postgres', $sql, stdout => \$stdout, stderr => \$stderr, extra_params => $role ? [ '-U', $role ] : []);
	$errors++ if $status != 0 || $stderr =~ /ERROR/;
	$messages .= $stderr;
	diag("$sql\n$stderr") if $stderr =~ /ERROR/;
	return $stdout;
}
sub terminal { my ($sql) = @_; return try($sql, 'terminal') }
sub quote { my ($v) = @_; return 'NULL' unless defined $v; $v =~ s/'/''/g; return "'$v'" }

try('CREATE EXTENSION cccd_gate CASCADE; CREATE EXTENSION pg_stat_statements; CREATE ROLE gate_owner NOLOGIN; CREATE ROLE terminal LOGIN; CREATE ROLE register LOGIN');
try(q{INSERT INTO cccd_gate.event (code, name, starts, capacity, rule, entries, claims_per_minute, refusals_per_minute)
VALUES ('E', 'E', now(), 5000, 'ticket and doses >= 2', 'free', 0, 0);
INSERT INTO cccd_gate.gate SELECT event, 'A' FROM cccd_gate.event;
INSERT INTO cccd_gate.officer VALUES ('lan', 'Lan', true);
SELECT cccd_gate.hand_over('gate_owner');
SELECT cccd_gate.grant_duty('terminal', p, officers => '{lan}') FROM unnest('{gate,desk,organiser,sync,admin,tracer,analyst,privacy}'::text[]) p;
SELECT cccd_gate.grant_duty('register', 'loader', source => 'national');
GRANT SELECT ON cccd_gate.case_file, cccd_gate.person, cccd_gate.paper, cccd_gate.presence TO terminal});

# the register knows the canary; then every loader gets it in every column
try("INSERT INTO cccd_gate.person_in (id, old_id, name, birth_date, sex) VALUES ('$id', '$old', '$name', '1990-01-01', 'M'); SELECT cccd_gate.load_people('national')", 'register');
my %columns = (
	person => [ q{people('national')}, qw(id old_id passport state name birth_date sex died_on cancelled_ids withdrawn) ],
	document => [ q{documents('national')}, qw(id old_id passport state name birth_date kind issuer number issued expires status withdrawn) ],
	fact => [ q{facts('national')}, qw(id old_id passport state name birth_date kind starts ends disease detail result dose_number series source_record withdrawn) ],
	answer => [ q{answers('national')}, qw(id name birth_date sex service outcome asked_at expires_at source_record withdrawn) ],
	ticket => [ q{tickets('list')}, qw(event number secret id gate seat change) ]);
for my $table (sort keys %columns)
{
	my ($loader, @columns) = @{ $columns{$table} };
	my $list = join ', ', @columns;
	my $inserts = '';
	for my $i (0 .. $#columns)
	{
		for my $value ($id, substr($id, 0, 11), $old, $name, $secret, "$id'); DROP TABLE cccd_gate.person; --", "\x01$id\t|", "$id " x 300)
		{
			my @values = map { $_ == $i ? quote($value) : $_ == 0 ? ($table eq 'ticket' ? "'E'" : "'$id'") : 'NULL' } 0 .. $#columns;
			$inserts .= "INSERT INTO cccd_gate.${table}_in ($list) VALUES (" . join(', ', @values) . ");\n";
		}
	}
	my $role = $table eq 'ticket' ? 'terminal' : 'register';
	try($inserts, $role);
	try("SELECT * FROM cccd_gate.load_$loader", $role);
	is(try("SELECT count(*) FROM cccd_gate.${table}_in"), '0', "load_$loader took or rejected every row");
}
terminal("INSERT INTO cccd_gate.ticket_in (event, number, secret) VALUES ('E', '1', '$secret'); SELECT cccd_gate.load_tickets('list')");

# the gate gets it in every argument
my $card = "$id|$old|$name|01011990|Nam|Hà Nội|10052021";
my @scans = ($card, $id, $old, "$id|", "|$id", "$card|$card", substr($card, 0, 20), reverse($card), "$id|$name|1990-01-01|0|1|", "$card||||", "HC1:$card",
	"{\"id\": \"$id\"}", "\xEF\xBB\xBF$card\r\n", "$card " x 200, "IDVNM0908765430$id<<0\n9001018M3001016VNM<<<<<<<<<<<0\nCANARY<<HOANG<YEN<<<<<<<<<<<<<", "' OR $id --", "P<$id", "\x{1}$id", '');
my $new = 'gen_random_uuid()';
for my $scan (@scans)
{
	utf8::upgrade($scan);
	my ($shown, $ticket) = (quote($scan), quote($secret));
	terminal("SELECT cccd_gate.check_in('E', 'A', $new, $shown, $ticket);
SELECT cccd_gate.check_out('E', 'A', $new, $shown, $ticket);
SELECT cccd_gate.move('E', 'A', $new, $shown, $ticket);
SELECT cccd_gate.preview('E', 'A', scan => $shown, ticket => $ticket);
SELECT cccd_gate.replay($new, now(), 'in', 'E', 'A', $shown, $ticket, NULL, $shown);
SELECT cccd_gate.check_in('E', 'A', $new, ticket => $shown);
SELECT cccd_gate.register_person('E', 'A', $new, $shown, '1990-01-01', 'M', 'other', 'VNM', $shown)");
}
for my $value ($id, $name, $secret, $card)
{
	my $v = quote($value);
	my $shown = quote($card);
	for my $place ("$v, 'A'", "'E', $v", "$v, $v")
	{
		terminal("SELECT cccd_gate.$_($place, $new, $shown, $v)") for qw(check_in check_out move);
		terminal("SELECT cccd_gate.preview($place, scan => $shown, ticket => $v);
SELECT cccd_gate.challenge($place);
SELECT cccd_gate.replay($new, now(), 'in', $place, $shown, $v, 'admit', $v)");
	}
	terminal("SELECT cccd_gate.check_in('E', 'A', NULL, $v, $v); SELECT cccd_gate.warm_up($v);
SELECT cccd_gate.replay($new, now(), $v, 'E', 'A', $v, $v, 'admit', $v);
SELECT cccd_gate.replay($new, now(), 'in', 'E', 'A', $v, $v, $v, $v);
SELECT count(*) FROM cccd_gate.preview_event($v)");
}
for my $moment ("'infinity'", "'-infinity'", "'294276-12-31'", "'4713-01-01 BC'", 'NULL')
{
	terminal("SELECT cccd_gate.preview('E', 'A', $moment, scan => " . quote($card) . ");
SELECT cccd_gate.replay($new, $moment, 'out', 'E', 'A', " . quote($card) . ", decided => 'admit', note => " . quote($card) . ')');
}
# and where a picture, a chip and its answer belong
my $png = "cccd_qr_png(" . quote($card) . ")";
terminal("SELECT cccd_gate.check_in('E', 'A', $new, image => $_); SELECT cccd_gate.preview('E', 'A', image => $_)")
  for ($png, "substr($png, 1, length($png) / 2)", "set_byte($png, 20, 255)", "convert_to(" . quote($card) . ", 'UTF8')", "'\\x'", "decode(repeat('89504e470d0a1a0a', 100000), 'hex')");
my $script = '';
for my $sod ('NULL', "'\\x'", "convert_to(" . quote($card) . ", 'UTF8')", "'\\x7780'", "decode(repeat('77', 70000), 'hex')")
{
	for my $files ('NULL', "'{}'", "ARRAY[NULL, '', convert_to(" . quote($card) . ", 'UTF8'), '\\x61', '\\x6d820fff']", "array_fill('\\x61'::bytea, ARRAY[33])", "array_fill('\\x6f03020101'::bytea, ARRAY[4, 4])", "array_fill('\\x61'::bytea, ARRAY[3], ARRAY[-7])")
	{
		my $issued = "(SELECT challenge_id FROM cccd_gate.challenge('E', 'A'))";
		for my $challenge ('NULL', $issued, $new)
		{
			$script .= "SELECT cccd_gate.check_in($_, chip => ROW($sod, $files, $challenge, convert_to(" . quote($card) . ", 'UTF8'))::cccd_gate.chip);\n"
			  for ("'E', 'A', $new, " . quote($card), "'E', 'A', $new", quote($id) . ", 'A', $new, " . quote($id));
		}
	}
}
for my $certificates ("'{}'", "ARRAY[NULL, ''," . quote($card) . "]", "ARRAY['HC1:' || " . quote($card) . "]", "array_fill(" . quote("HC1:$card") . "::text, ARRAY[33])", "array_fill(" . quote("HC1:$card") . "::text, ARRAY[2, 2], ARRAY[-1, 5])", "ARRAY[repeat('HC1:6BF', 2000)]")
{
	$script .= "SELECT cccd_gate.check_in('E', 'A', $new, $_, certificates => $certificates);\n"
	  for (quote($card), 'NULL', quote("HC1:$card"));
}
terminal($script);

# an evening of the canary's: under review, admitted by papers, annulled, in again and out
# what the loaders took of the canary is put right before
try("INSERT INTO cccd_gate.person_in (id, old_id, name, birth_date, sex) VALUES ('$id', '$old', '$name', '1990-01-01', 'M');
INSERT INTO cccd_gate.document_in (id, kind, issued) VALUES ('$id', 'chip', '2021-05-10'); CALL cccd_gate.load_all('national')", 'register');
my $case = '00000000-0000-4000-8000-00000000000';
sub verdict { my ($call) = @_; return terminal("SELECT verdict, inside, holder_name, reasons FROM cccd_gate.$call") }
my $shown = quote($card);
my $ticket = quote($secret);
is(verdict("check_in('E', 'A', '${case}1', $shown, $ticket)"), "review|f|$name|{doses_missing}", 'the canary is under review');
is(terminal("SELECT accepted FROM cccd_gate.accept_paper('${case}1', 'dose', '2021-06-01', dose_number => 1, document_number => $ticket, officer => 'lan');
SELECT accepted FROM cccd_gate.accept_paper('${case}1', 'dose', '2021-08-01', dose_number => 2, document_number => '$id', officer => 'lan')"), "t\nt", 'two papers are accepted');
is(verdict("recheck('${case}1', '${case}2')"), "admit|t|$name|{}", 'which admit');
is(verdict("annul('${case}1', '${case}3', " . quote("$name $id") . ')'), "refuse|f||{}", 'the admission is annulled');
is(verdict("check_in('E', 'A', '${case}4', $shown, $ticket)"), "admit|t|$name|{}", 'and given once more');
is(verdict("check_out('E', 'A', '${case}5', $shown)"), "admit|f|$name|{}", 'and the canary leaves');

# the desk, and tickets
for my $value ($id, $name, $secret, $card)
{
	my $v = quote($value);
	terminal("SELECT cccd_gate.recheck(f.request_id, $new, true) FROM cccd_gate.case_file f WHERE state = 'o' LIMIT 5");
	terminal("SELECT cccd_gate.accept_paper(f.request_id, 'dose', '2021-09-01', detail => $v, document_number => $v) FROM cccd_gate.case_file f WHERE state = 'o' LIMIT 20");
	terminal("SELECT cccd_gate.accept_paper(f.request_id, k, t, NULL, 'negative', NULL, NULL, $v, $v, 'lan') FROM (SELECT * FROM cccd_gate.case_file WHERE state = 'o' LIMIT 3) f, unnest('{dose,test,recovery,isolation,exposure,contraindication,credential,declaration,registration,consultation,identity}'::text[]) k, unnest('{infinity,-infinity,2021-01-01}'::timestamptz[]) t");
	terminal("SELECT cccd_gate.accept_paper(f.request_id, $v, 'infinity', '-infinity', $v, $v, 99, $v, $v, $v) FROM cccd_gate.case_file f LIMIT 20");
	terminal("SELECT cccd_gate.revoke_paper(p.paper, $v, $v), cccd_gate.revoke_paper(p.paper, $v) FROM cccd_gate.paper p ORDER BY p.paper LIMIT 3");
	terminal("SELECT cccd_gate.turn_away(f.request_id, $v, $v), cccd_gate.turn_away(f.request_id, $v, 'lan') FROM cccd_gate.case_file f WHERE f.state = 'o' ORDER BY f.request_id LIMIT 2");
	terminal("SELECT cccd_gate.declare('E', 'A', $new, $v, '{\"contact\": false}', $v), cccd_gate.declare($v, $v, $new, $v, to_jsonb(${v}::text), $v), cccd_gate.declare('E', 'A', $new, $v, jsonb_build_object('symptoms', false, 'places', jsonb_build_array($v)), 'lan')");
	terminal("SELECT cccd_gate.declare('E', 'A', $new, $v, '{\"contact\": false}', 'lan'), cccd_gate.declare('E', 'A', $new, $v, jsonb_build_object($v, true))");
	terminal("SELECT cccd_gate.annul(f.request_id, $new, $v) FROM cccd_gate.case_file f LIMIT 20");
	terminal("SELECT cccd_gate.register_person($v, $v, $new, $v), cccd_gate.register_person('E', 'A', $new, $v, '1990-01-01', $v, $v, $v, $v, NULL, $v), cccd_gate.register_person('E', 'A', $new, $v, date '1990-01-01', 'M', 'chip', 'GBR', $v), cccd_gate.register_person('E', 'A', $new, 'Another', date '1990-01-01', 'M', 'chip', number => '$id')");
	terminal("SELECT cccd_gate.cancel_ticket($v, $v, $v, $v), cccd_gate.cancel_ticket('E', $v, $v, $v), cccd_gate.reissue_ticket('E', '1', new_number => $v, new_secret => $v, note => $v), cccd_gate.transfer_ticket('E', $v, $v, $v, $v, $v), cccd_gate.transfer_ticket('E', id => '$id', new_id => $v)");
	terminal("SELECT cccd_gate.merge_people(p.person, p.person, $v, $v), cccd_gate.split_person(p.person, $v) FROM cccd_gate.person p LIMIT 1");
	terminal("SELECT cccd_gate.load_rejects($v); SELECT cccd_gate.attendance_report($v), cccd_gate.proof_report($v), cccd_gate.refusals_report($v), cccd_gate.gate_report($v)");
}

# who asks about people: the server's log has it even if nothing is committed
terminal("BEGIN; SELECT cccd_gate.find_person('$card', 'the canary $id of $name', 'lan'); SELECT cccd_gate.contacts(p.person, '-infinity', 'infinity', '0', '$id'), cccd_gate.contact_counts(p.person, '-infinity', 'infinity', '0', '$name')
FROM cccd_gate.find_person('$id', '$card') p; ROLLBACK");
terminal("BEGIN; SELECT cccd_gate.save_recipient('moh', '$name', '$id', '$card', '{dose}'); SELECT count(*) FROM cccd_gate.export_facts('moh'); SELECT count(*) FROM cccd_gate.export_fhir('moh'); ROLLBACK");
is($errors, 0, 'nothing of this was an error');
cmp_ok(try('SELECT count(*) FROM cccd_gate.answer_log'), '>', 300, 'and the gate has answered');
cmp_ok(try('SELECT count(*) FROM cccd_gate.note'), '>', 0, 'and keeps notes');

my $log = slurp_file($node->logfile);
like($log, qr/LOG:  cccd_gate: $_/, "the log has who asked: $_")
  for ('find_person about person \d+ by role "terminal"', 'contacts about person \d+', 'contact_counts about person', 'export of \d+ facts to "moh" by role "terminal"');
for my $canary (@canaries)
{
	is(index($log, $canary), -1, "the log does not hold canary of length " . length($canary));
	is(index($messages, $canary), -1, "nor do the messages to clients");
}

# applications pass values as parameters, and then the view of what runs, which
# every role of the same name sees, has none of them
my $scan_script = $node->basedir . '/scan.sql';
append_to_file($scan_script, "SELECT cccd_gate.check_in('E', 'A', gen_random_uuid(), :scan, :secret);\n\\sleep 3 s\n");
my $gate = IPC::Run::start(
	[ 'pgbench', '-n', '-M', 'extended', '-c', 1, '-t', 1, '-D', "scan=$card", '-D', "secret=$secret", '-f', $scan_script, $node->connstr('postgres') . ' user=terminal' ],
	'>', \my $pgbench_out, '2>', \my $pgbench_err);
ok($node->poll_query_until('postgres', q{SELECT count(*) = 1 FROM pg_stat_activity WHERE query LIKE '%cccd_gate.check_in(%$1%' AND state = 'idle'}),
	'a gate has asked and its question is in the view');
my $activity = $node->safe_psql('postgres', q{SELECT query FROM pg_stat_activity WHERE pid <> pg_backend_pid()});
$gate->finish;

# two people who may enter
my %number = (one => '001090876544', two => '001090876545');
my %holder = map { $_ => "$number{$_}||$name|01011990|Nam||10052021" } keys %number;
for my $who (sort keys %number)
{
	try("INSERT INTO cccd_gate.person_in (id, name, birth_date, sex) VALUES ('$number{$who}', '$name', '1990-01-01', 'M');
INSERT INTO cccd_gate.document_in (id, kind, issued) VALUES ('$number{$who}', 'chip', '2021-05-10');
INSERT INTO cccd_gate.fact_in (id, kind, starts) SELECT '$number{$who}', 'dose', d FROM unnest('{2021-06-01,2021-08-01}'::text[]) d;
CALL cccd_gate.load_all('national')", 'register');
	terminal("INSERT INTO cccd_gate.ticket_in (event, number, secret) VALUES ('E', 'waiting $who', '$secret $who'); SELECT cccd_gate.load_tickets('list')");
}

# waits, deadlocks, cancels and timeouts, and every statement logged with its
# duration, as the manual says: parameters, which the log leaves out
$node->append_conf('postgresql.conf', "log_lock_waits = on\ndeadlock_timeout = 200ms\nlog_statement = all\nlog_min_duration_statement = 0\nlog_parameter_max_length = 0");
$node->reload;
my $pgbench_log = '';
# starts a session that calls with parameters; each step is a call or a pause
sub gate_session
{
	my ($tag, @steps) = @_;
	my $file = $node->basedir . "/$tag.sql";
	append_to_file($file, join("\n", @steps) . "\n");
	return IPC::Run::start(
		[ 'pgbench', '-n', '-M', 'extended', '-c', 1, '-t', 1, '--verbose-errors', (map { ('-D', "$_=$holder{$_}", '-D', "ticket_$_=$secret $_") } sort keys %holder), '-f', $file,
			$node->connstr('postgres') . " user=terminal application_name=$tag" ],
		'>&', \$pgbench_log);
}
sub enters { my ($who) = @_; return "SELECT cccd_gate.check_in('E', 'A', gen_random_uuid(), :$who, :ticket_$who);" }
sub waiting { my ($tag) = @_; return $node->poll_query_until('postgres', "SELECT count(*) = 1 FROM pg_stat_activity WHERE application_name = '$tag' AND wait_event_type = 'Lock'") }

# the first one goes on when it is told, after the others have waited for it
try('CREATE TABLE go (); GRANT SELECT ON go TO terminal');
my $first = gate_session('first', 'BEGIN;', enters('one'), 'DO $$ BEGIN WHILE NOT EXISTS (SELECT FROM go) LOOP PERFORM pg_sleep(0.02); END LOOP; END $$;', enters('two'), 'END;');
ok($node->poll_query_until('postgres', q{SELECT count(*) = 1 FROM pg_stat_activity WHERE application_name = 'first' AND query LIKE 'DO%'}), 'a gate has answered and not committed');
my $second = gate_session('second', 'BEGIN;', enters('two'), enters('one'), 'END;');
my $timed = gate_session('timed', 'SET statement_timeout = 500;', enters('one'));
my $cancelled = gate_session('cancelled', enters('one'));
my $ended = gate_session('ended', enters('one'));
for my $tag (qw(second cancelled ended))
{
	ok(waiting($tag), "$tag waits");
}
$activity .= $node->safe_psql('postgres', q{SELECT query FROM pg_stat_activity WHERE pid <> pg_backend_pid()});
$node->safe_psql('postgres', q{SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE application_name = 'cancelled'; SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'ended'});
$_->finish for ($timed, $cancelled, $ended);
try('INSERT INTO go DEFAULT VALUES');
$_->finish for ($first, $second);
$messages = $pgbench_log;
$log = slurp_file($node->logfile);
for my $happened ('deadlock detected', 'canceling statement due to statement timeout', 'canceling statement due to user request', 'terminating connection due to administrator command', 'still waiting for', 'duration: .*cccd_gate\.check_in')
{
	ok($log =~ /$happened/, "the log has: $happened");
}
for my $canary (@canaries, values %number)
{
	is(index($log, $canary), -1, 'it does not hold canary of length ' . length($canary));
	is(index($messages, $canary), -1, 'nor do the messages of these errors');
}
$node->append_conf('postgresql.conf', "log_lock_waits = off\nlog_statement = none\nlog_min_duration_statement = -1");
$node->reload;

# A bundle that is broken: as text nothing of it is quoted; as jsonb, and as a
# literal, the server quotes it, unless the role's settings say otherwise.
my $broken = qq({"resourceType": "Bundle", "entry": [{"resource": {"resourceType": "Patient", "name": "$name", "identifier": "$id" "value"}}]});
sub quoted
{
	my ($how) = @_;
	my $before = -s $node->logfile;
	my $file = $node->basedir . '/broken.sql';
	unlink $file;
	append_to_file($file, "SELECT cccd_gate.load_fhir($how, 'national');\n");
	my @call = ('pgbench', '-n', '-M', 'extended', '-c', 1, '-t', 1, '-D', "bundle=$broken", '-f', $file, $node->connstr('postgres') . ' user=register');
	@call = ('psql', '-X', '-q', '-f', $file, $node->connstr('postgres') . ' user=register') if $how !~ /:bundle/;
	IPC::Run::run(\@call, '>&', \my $said);
	my $written = substr(slurp_file($node->logfile), $before);
	like($written, qr/ERROR:  (bundle is not valid JSON|invalid input syntax for type json)/, "a broken bundle ($how) is an error");
	return join ' ', (index($written, $id) >= 0 ? 'log' : ()), ($how =~ /:bundle/ && index($said, $id) >= 0 ? 'client' : ());
}
is(quoted(':bundle'), '', 'a broken bundle as text is quoted nowhere');
is(quoted('CAST(:bundle AS jsonb)'), 'log client', 'the server quotes one of type jsonb');
is(quoted(quote($broken)), 'log', 'and a statement that has it as a literal');
try("ALTER ROLE register SET log_error_verbosity = terse; ALTER ROLE register SET log_min_error_statement = fatal");
is(quoted('CAST(:bundle AS jsonb)'), 'client', 'settings of the role keep it out of the log');
is(quoted(quote($broken)), '', 'both');
try('ALTER ROLE register RESET ALL');
$log_from = -s $node->logfile;

# statistics: many people, some of them not loaded yet, everything analysed
try(qq{INSERT INTO cccd_gate.person_in (id, old_id, name, birth_date, sex)
SELECT '0010908' || 70000 + i, '8765' || 40000 + i, '$name ' || chr(65 + i % 26), '1990-01-01', 'M' FROM generate_series(1, 2000) i;
SELECT cccd_gate.load_people('national');
INSERT INTO cccd_gate.document_in (id, kind, issued) SELECT '0010908' || 70000 + i, 'chip', '2021-05-10' FROM generate_series(1, 2000) i;
SELECT cccd_gate.load_documents('national');
INSERT INTO cccd_gate.fact_in (id, name, birth_date, kind, starts, source_record)
SELECT '0010908' || 70000 + i, '$name ' || chr(65 + i % 26), '1990-01-01', 'dose', d, d || i FROM generate_series(1, 2000) i, unnest('{2021-06-01,2021-08-01}'::text[]) d WHERE d < '2021-07' OR i % 3 > 0;
SELECT cccd_gate.load_facts('national')}, 'register');
terminal(qq{INSERT INTO cccd_gate.ticket_in (event, number, secret, id) SELECT 'E', 's' || i, '$secret ' || i, '0010908' || 70000 + i FROM generate_series(1, 2000) i;
SELECT cccd_gate.load_tickets('list');
SELECT cccd_gate.check_in('E', 'A', gen_random_uuid(), '0010908' || 70000 + i || '|8765' || 40000 + i || '|$name ' || chr(65 + i % 26) || '|01011990|Nam||10052021', '$secret ' || i) FROM generate_series(1, 2000, 7) i;
SELECT cccd_gate.check_out('E', 'A', gen_random_uuid(), ticket => '$secret ' || i) FROM generate_series(1, 2000, 14) i;
SELECT cccd_gate.turn_away(request_id, '$name $id $secret', 'lan') FROM cccd_gate.case_file WHERE state = 'o'});
cmp_ok(try('SELECT count(*) FROM cccd_gate.visit'), '>', 50, 'many have been inside');
cmp_ok(try('SELECT count(*) FROM cccd_gate.note'), '>', 50, 'and there is a note for many who have not');
# what a file in another order than was said puts where no number belongs, too
$columns{unit} = [ 'units()', qw(code name parent starts ends successors) ];
for my $table (sort keys %columns)
{
	my ($loader, @columns) = @{ $columns{$table} };
	push @columns, 'delivery' if $table ne 'unit';
	try("INSERT INTO cccd_gate.${table}_in (" . join(', ', @columns) . ') SELECT '
		  . join(', ', map { $_ eq 'cancelled_ids' ? "'{$id}'" : $_ eq 'event' ? "'E'" : "'$id $name $secret ' || i % 30" } @columns)
		  . ' FROM generate_series(1, 300) i', $table =~ /ticket|unit/ ? 'terminal' : 'register');
}
$node->safe_psql('postgres', 'ANALYZE');
is($errors, 0, 'nothing of this was an error either');
# also as the number that a cccd_id is inside; a random uuid or a digest holds
# any digits
my $statistics = q{SELECT schemaname || '.' || tablename || '.' || attname FROM pg_stats s
WHERE schemaname IN ('cccd_gate', 'public') AND regexp_replace(s::text, '[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}|x[0-9a-f]{32,}', '', 'g') ~* '1090876543|10908[78][0-9]{4}|8765[0-9]{5}|canary|hoang' ORDER BY 1};
is($node->safe_psql('postgres', $statistics), '', 'no column has it in its statistics');
cmp_ok($node->safe_psql('postgres', q{SELECT count(*) FROM pg_stats WHERE schemaname = 'cccd_gate'}), '>', 100, 'and columns have statistics');
is($node->safe_psql('postgres', q{SELECT count(*) FROM pg_statistic_ext_data}), '0', 'no statistics of several columns');

my $statements = $node->safe_psql('postgres', 'SELECT query FROM pg_stat_statements');
$log = substr(slurp_file($node->logfile), $log_from);
for my $canary (@canaries)
{
	is(index($activity, $canary), -1, 'pg_stat_activity does not hold canary of length ' . length($canary));
	is(index($statements, $canary), -1, 'nor does pg_stat_statements');
	is(index($log, $canary), -1, 'nor, still, the log');
}
like($statements, qr/cccd_gate\.check_in\(/, 'pg_stat_statements has the checks');

# what the server counts of a look-up is for nobody, once the manual was followed
my $counted = q{SELECT idx_tup_fetch FROM pg_stat_xact_all_tables WHERE relid = 'cccd_gate.identity_number'::regclass};
sub counts { my ($scan) = @_; return terminal("BEGIN; SELECT cccd_gate.preview('E', 'A', scan => '$scan') IS NULL; $counted; COMMIT") }
isnt(counts($id), counts('001090000042'), 'PostgreSQL says whether a number was found');
slurp_file(dirname(__FILE__) . '/../../doc/gate.md') =~ /^  ```sql\n(  SELECT format\('REVOKE.*?)^  ```$/ms or die 'the manual does not say what to revoke';
try($1);
for my $view ("$counted", 'SELECT n_live_tup FROM pg_stat_all_tables', 'SELECT count(*) FROM pg_locks')
{
	my $stderr;
	$node->psql('postgres', $view, stderr => \$stderr, extra_params => [ '-U', 'terminal' ]);
	like($stderr, qr/permission denied for function/, "a terminal may not: $view");
}

# the searches can find: what the gate does not do is found
$node->safe_psql('postgres', "CREATE TABLE careless AS SELECT '$id' || i AS id FROM generate_series(1, 300) i; ANALYZE careless; DO \$\$ BEGIN PERFORM '$id'; END \$\$");
is($node->safe_psql('postgres', $statistics), 'public.careless.id', 'a column of text would have it in its statistics');
like($node->safe_psql('postgres', 'SELECT query FROM pg_stat_statements'), qr/$id/, 'pg_stat_statements would have it from a DO');
$node->psql('postgres', "SELECT 1 / 0 AS number_001090000042", stderr => \my $ignored);
like(slurp_file($node->logfile), qr/001090000042/, 'a failing statement would be there');
$node->stop;
done_testing();
