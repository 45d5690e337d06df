# Log, messages, statistics and the views of statements hold no identity: input
# of every kind, good and bad, with the canary's number, name or ticket in it,
# then a search of them all.
use strict;
use warnings;
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
sub try
{
	my ($sql) = @_;
	my ($stdout, $stderr) = ('', '');
	my $status = $node->psql('postgres', $sql, stdout => \$stdout, stderr => \$stderr);
	$errors++ if $status != 0 || $stderr =~ /ERROR/;
	$messages .= $stderr;
	diag("$sql\n$stderr") if $stderr =~ /ERROR/;
	return $stdout;
}
sub quote { my ($v) = @_; return 'NULL' unless defined $v; $v =~ s/'/''/g; return "'$v'" }

try('CREATE EXTENSION cccd_gate CASCADE; CREATE EXTENSION pg_stat_statements');
try(q{INSERT INTO cccd_gate.event (code, name, starts, capacity, rule) VALUES ('E', 'E', '2021-11-16 19:00+07', 100, 'ticket and doses >= 2');
INSERT INTO cccd_gate.gate SELECT event, 'A' FROM cccd_gate.event;
INSERT INTO cccd_gate.officer VALUES ('lan', 'Lan', true)});

# the register knows the canary; then every loader gets it in every column
try("INSERT INTO cccd_gate.person_in (id, old_id, name, birth_date, sex) VALUES ('$id', '$old', '$name', '1990-01-01', 'M'); SELECT cccd_gate.load_people('national')");
my %columns = (
	person => [ q{people('national')}, qw(id old_id passport state name birth_date sex died_on cancelled_ids withdrawn) ],
	document => [ q{documents('national')}, qw(id old_id passport state name birth_date kind issuer number issued expires status withdrawn) ],
	fact => [ q{facts('national')}, qw(id old_id passport state name birth_date kind starts ends disease detail result dose_number series source_record withdrawn) ],
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
	try($inserts);
	try("SELECT * FROM cccd_gate.load_$loader");
	is(try("SELECT count(*) FROM cccd_gate.${table}_in"), '0', "load_$loader took or rejected every row");
}
try("INSERT INTO cccd_gate.ticket_in (event, number, secret) VALUES ('E', '1', '$secret'); SELECT cccd_gate.load_tickets('list', as_of => '2021-11-16')");

# the gate gets it in every argument
my $card = "$id|$old|$name|01011990|Nam|Hà Nội|10052021";
my @scans = ($card, $id, $old, "$id|", "|$id", "$card|$card", substr($card, 0, 20), reverse($card), "$id|$name|1990-01-01|0|1|", "$card||||", "HC1:$card",
	"{\"id\": \"$id\"}", "\xEF\xBB\xBF$card\r\n", "$card " x 200, "IDVNM0908765430$id<<0\n9001018M3001016VNM<<<<<<<<<<<0\nCANARY<<HOANG<YEN<<<<<<<<<<<<<", "' OR $id --", "P<$id", "\x{1}$id", '');
for my $scan (@scans)
{
	utf8::upgrade($scan);
	try('SELECT cccd_gate.check(' . join(', ', quote('E'), quote($scan), "'A'", 'gen_random_uuid()', "'2021-11-16 17:00+07'", quote($secret)) . ')');
	try('SELECT cccd_gate.register_person(officer => ' . quote('lan') . ', scan => ' . quote($scan) . ', name => ' . quote($scan) . ", birth_date => '1990-01-01', sex => " . quote($scan) . ')');
}
for my $argument (0, 2, 5, 6)
{
	my @arguments = ("'E'", quote($card), "'A'", 'gen_random_uuid()', "'2021-11-16 17:00+07'", quote($secret), 'NULL', 'NULL');
	for my $value ($id, $name, $secret, $card)
	{
		$arguments[$argument] = quote($value);
		try('SELECT cccd_gate.check(' . join(', ', @arguments) . ')');
	}
}
try("SELECT cccd_gate.check('E', " . quote($card) . ", 'A', gen_random_uuid(), $_)") for ("'infinity'", "'-infinity'", "'294276-12-31'", "'4713-01-01 BC'", 'NULL');
try("SELECT cccd_gate.recheck(d.decision, gen_random_uuid(), 'infinity') FROM cccd_gate.decision d");
# and where a picture, a chip and its answer belong
my $png = "cccd_qr_png(" . quote($card) . ")";
try("SELECT cccd_gate.check('E', NULL, 'A', gen_random_uuid(), '2021-11-16 17:00+07', image => $_)")
  for ($png, "substr($png, 1, length($png) / 2)", "set_byte($png, 20, 255)", "convert_to(" . quote($card) . ", 'UTF8')", "'\\x'", "decode(repeat('89504e470d0a1a0a', 100000), 'hex')");
my $script = '';
for my $sod ('NULL', "'\\x'", "convert_to(" . quote($card) . ", 'UTF8')", "'\\x7780'", "decode(repeat('77', 70000), 'hex')")
{
	for my $files ('NULL', "'{}'", "ARRAY[NULL, '', convert_to(" . quote($card) . ", 'UTF8'), '\\x61', '\\x6d820fff']", "array_fill('\\x61'::bytea, ARRAY[33])", "array_fill('\\x6f03020101'::bytea, ARRAY[4, 4])", "array_fill('\\x61'::bytea, ARRAY[3], ARRAY[-7])")
	{
		my $issued = "(SELECT challenge_id FROM cccd_gate.challenge('E', 'A'))";
		for my $challenge ('NULL', $issued, "gen_random_uuid()")
		{
			$script .= "SELECT cccd_gate.check($_, 'A', gen_random_uuid(), '2021-11-16 17:00+07', sod => $sod, data_groups => $files, challenge_id => $challenge, response => convert_to(" . quote($card) . ", 'UTF8'));\n"
			  for (quote('E') . ', ' . quote($card), quote('E') . ', NULL', quote($id) . ', ' . quote($id));
		}
	}
}
for my $certificates ("'{}'", "ARRAY[NULL, ''," . quote($card) . "]", "ARRAY['HC1:' || " . quote($card) . "]", "array_fill(" . quote("HC1:$card") . "::text, ARRAY[33])", "array_fill(" . quote("HC1:$card") . "::text, ARRAY[2, 2], ARRAY[-1, 5])", "ARRAY[repeat('HC1:6BF', 2000)]")
{
	$script .= "SELECT cccd_gate.check('E', $_, 'A', gen_random_uuid(), '2021-11-16 17:00+07', certificates => $certificates);\n"
	  for (quote($card), 'NULL', quote("HC1:$card"));
}
try($script);
try("SELECT cccd_gate.challenge(" . quote($_) . ", " . quote($_) . ")") for ($id, $name, $secret, $card);

# and the desk
for my $value ($id, $name, $secret, $card)
{
	my $v = quote($value);
	try("SELECT cccd_gate.accept_paper(d.decision, 'lan', 'dose', '2021-09-01', $v, document_number => $v) FROM cccd_gate.decision d WHERE person IS NOT NULL LIMIT 3");
	try("SELECT cccd_gate.accept_paper(d.decision, $v, $v, '2021-09-01', $v, $v, 99, $v, 'infinity', $v) FROM cccd_gate.decision d LIMIT 3");
	try("SELECT cccd_gate.accept_paper(d.decision, 'lan', k, t, NULL, 'negative', NULL, $v, t) FROM cccd_gate.decision d, unnest('{dose,test,recovery,isolation,exposure,contraindication,identity}'::text[]) k, unnest('{infinity,-infinity,2021-01-01}'::timestamptz[]) t WHERE person IS NOT NULL AND verdict = 'refuse' AND decision % 10 = 0");
	try("SELECT cccd_gate.turn_away(d.decision, 'lan', $v) FROM cccd_gate.decision d WHERE verdict <> 'admit' ORDER BY decision LIMIT 2");
	try("SELECT cccd_gate.turn_away(d.decision, $v, $v) FROM cccd_gate.decision d WHERE verdict <> 'admit' ORDER BY decision LIMIT 2");
	try("SELECT cccd_gate.attendance_report($v), cccd_gate.refusals_report($v), cccd_gate.gate_report($v)");
}
# the same by cases, and tickets
try(q{INSERT INTO cccd_gate.case_file SELECT md5(p.person::text)::uuid, NULL, '2021-11-16 17:00+07', 1, 'o' FROM cccd_gate.person p ORDER BY p.person LIMIT 20;
INSERT INTO cccd_gate.answer_log (recorded_at, xid, request_id, person, event, site, action, verdict, gate, role)
SELECT '2021-11-16 17:00+07', pg_current_xact_id(), md5(p.person::text)::uuid, p.person, 1, 0, 'i', 'v', 'A', 'gate' FROM cccd_gate.person p ORDER BY p.person LIMIT 20});
for my $value ($id, $name, $secret, $card)
{
	my $v = quote($value);
	try("SELECT cccd_gate.accept_paper(f.request_id, 'dose', '2021-09-01', detail => $v, document_number => $v) FROM cccd_gate.case_file f WHERE state = 'o'");
	try("SELECT cccd_gate.accept_paper(f.request_id, k, '2021-09-01', document_number => $v) FROM cccd_gate.case_file f, unnest('{dose,recovery,identity}'::text[]) k WHERE state = 'o'");
	try("SELECT cccd_gate.accept_paper(f.request_id, $v, 'infinity', '-infinity', $v, $v, 99, $v, $v, $v) FROM cccd_gate.case_file f");
	try("SELECT cccd_gate.revoke_paper(p.paper, $v, $v), cccd_gate.revoke_paper(p.paper, $v) FROM cccd_gate.paper p ORDER BY p.paper LIMIT 3");
	try("SELECT cccd_gate.turn_away(f.request_id, $v, $v), cccd_gate.turn_away(f.request_id, $v) FROM cccd_gate.case_file f WHERE f.state = 'o' LIMIT 2");
	try("SELECT cccd_gate.annul(f.request_id, gen_random_uuid(), $v) FROM cccd_gate.case_file f");
	try("SELECT cccd_gate.register_person($v, $v, gen_random_uuid(), $v), cccd_gate.register_person('E', 'A', gen_random_uuid(), $v, '1990-01-01', $v, $v, $v, $v, NULL, $v), cccd_gate.register_person('E', 'A', gen_random_uuid(), $v, date '1990-01-01', 'M', 'chip', 'GBR', $v), cccd_gate.register_person('E', 'A', gen_random_uuid(), 'Another', date '1990-01-01', 'M', 'chip', number => '$id')");
	try("SELECT cccd_gate.cancel_ticket($v, $v, $v, $v), cccd_gate.cancel_ticket('E', $v, $v, $v), cccd_gate.reissue_ticket('E', '1', new_number => $v, new_secret => $v, note => $v), cccd_gate.transfer_ticket('E', $v, $v, $v, $v, $v), cccd_gate.transfer_ticket('E', id => '$id', new_id => $v)");
	try("SELECT cccd_gate.merge_people(p.person, p.person, $v, $v), cccd_gate.split_person(p.person, $v) FROM cccd_gate.person p LIMIT 1");
	try("SELECT cccd_gate.load_rejects($v)");
}
is($errors, 0, 'nothing of this was an error');
cmp_ok(try('SELECT count(*) FROM cccd_gate.decision'), '>', 50, 'and the gate has decided');

my $log = slurp_file($node->logfile);
for my $canary (@canaries)
{
	is(index($log, $canary), -1, "the log does not hold canary of length " . length($canary));
	is(index($messages, $canary), -1, "nor do the messages to clients");
}

# applications pass values as parameters, and then the view of what runs, which
# every role of the same name sees, has none of them
my $scan_script = $node->basedir . '/scan.sql';
append_to_file($scan_script, "SELECT cccd_gate.check('E', :scan, 'A', gen_random_uuid(), '2021-11-16 17:00+07', :secret);\n\\sleep 3 s\n");
my $gate = IPC::Run::start(
	[ 'pgbench', '-n', '-M', 'extended', '-c', 1, '-t', 1, '-D', "scan=$card", '-D', "secret=$secret", '-f', $scan_script, $node->connstr('postgres') ],
	'>', \my $pgbench_out, '2>', \my $pgbench_err);
ok($node->poll_query_until('postgres', q{SELECT count(*) = 1 FROM pg_stat_activity WHERE query LIKE '%cccd_gate.check(%$1%' AND state = 'idle'}),
	'a gate has asked and its question is in the view');
my $activity = $node->safe_psql('postgres', q{SELECT query FROM pg_stat_activity WHERE pid <> pg_backend_pid()});
$gate->finish;

# statistics: many people, some of them not loaded yet, everything analysed
try(qq{INSERT INTO cccd_gate.person_in (id, old_id, name, birth_date, sex)
SELECT '0010908' || 70000 + i, '8765' || 40000 + i, '$name ' || chr(65 + i % 26), '1990-01-01', 'M' FROM generate_series(1, 2000) i;
SELECT cccd_gate.load_people('national');
INSERT INTO cccd_gate.ticket_in (event, number, secret, id) SELECT 'E', 's' || i, '$secret ' || i, '0010908' || 70000 + i FROM generate_series(1, 2000) i;
SELECT cccd_gate.load_tickets('list', as_of => '2021-11-16');
INSERT INTO cccd_gate.fact_in (id, name, birth_date, kind, starts, source_record)
SELECT '0010908' || 70000 + i, '$name', '1990-01-01', 'dose', '2021-06-01', i FROM generate_series(1, 2000) i;
SELECT cccd_gate.load_facts('national');
SELECT cccd_gate.check('E', '0010908' || 70000 + i, 'A', gen_random_uuid(), '2021-11-16 17:00+07', '$secret ' || i, 'qr') FROM generate_series(1, 2000, 7) i;
SELECT cccd_gate.turn_away(decision, 'lan', '$name $id $secret') FROM cccd_gate.decision WHERE verdict <> 'admit'});
for my $table (sort keys %columns)
{
	my ($loader, @columns) = @{ $columns{$table} };
	try("INSERT INTO cccd_gate.${table}_in (" . join(', ', @columns) . ') SELECT '
		  . join(', ', map { $_ eq 'cancelled_ids' ? "'{$id}'" : $_ eq 'event' ? "'E'" : "'$id $name $secret ' || i % 30" } @columns)
		  . ' FROM generate_series(1, 300) i');
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
$log = slurp_file($node->logfile);
for my $canary (@canaries)
{
	is(index($activity, $canary), -1, 'pg_stat_activity does not hold canary of length ' . length($canary));
	is(index($statements, $canary), -1, 'nor does pg_stat_statements');
	is(index($log, $canary), -1, 'nor, still, the log');
}
like($statements, qr/cccd_gate\.check\(/, 'pg_stat_statements has the checks');

# the searches can find: what the gate does not do is found
$node->safe_psql('postgres', "CREATE TABLE careless AS SELECT '$id' || i AS id FROM generate_series(1, 300) i; ANALYZE careless; DO \$\$ BEGIN PERFORM '$id'; END \$\$");
is($node->safe_psql('postgres', $statistics), 'public.careless.id', 'a column of text would have it in its statistics');
like($node->safe_psql('postgres', 'SELECT query FROM pg_stat_statements'), qr/$id/, 'pg_stat_statements would have it from a DO');
$node->psql('postgres', "SELECT 1 / 0 AS number_001090000042", stderr => \my $ignored);
like(slurp_file($node->logfile), qr/001090000042/, 'a failing statement would be there');
$node->stop;
done_testing();
