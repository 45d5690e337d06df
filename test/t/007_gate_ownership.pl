# The owner of the gate and the rights of duties: given, dumped, restored, and
# put back by after_restore().
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('owner');
$node->init(extra => [ '--locale=C.UTF-8', '--encoding=UTF8' ]);
$node->append_conf('postgresql.conf', 'cccd_gate.allow_superuser = off');
$node->start;

sub run_sql
{
	my ($db, $sql) = @_;
	return $node->safe_psql($db, "SET client_min_messages = warning; $sql");
}

# owners and rights of everything in the schema, as they are now
my $state = q{
SELECT string_agg(line, E'\n' ORDER BY line COLLATE "C") FROM (
    SELECT 'class ' || c.oid::regclass || ' ' || c.relowner::regrole AS line FROM pg_class c
    WHERE c.relnamespace = 'cccd_gate'::regnamespace AND c.relkind NOT IN ('i', 'I')
    UNION ALL SELECT 'type ' || t.oid::regtype || ' ' || t.typowner::regrole FROM pg_type t WHERE t.typnamespace = 'cccd_gate'::regnamespace
    UNION ALL SELECT 'function ' || p.oid::regprocedure || ' ' || p.proowner::regrole FROM pg_proc p WHERE p.pronamespace = 'cccd_gate'::regnamespace
    UNION ALL SELECT 'schema ' || n.nspowner::regrole FROM pg_namespace n WHERE n.nspname = 'cccd_gate'
    UNION ALL SELECT 'right ' || p.oid::regprocedure || ' ' || a.grantee::regrole FROM pg_proc p CROSS JOIN LATERAL aclexplode(p.proacl) a
              WHERE p.pronamespace = 'cccd_gate'::regnamespace AND a.grantee <> 'postgres'::regrole
    UNION ALL SELECT 'right ' || c.oid::regclass || ' ' || a.privilege_type || ' ' || a.grantee::regrole FROM pg_class c CROSS JOIN LATERAL aclexplode(c.relacl) a
              WHERE c.relnamespace = 'cccd_gate'::regnamespace AND c.relkind <> 'S' AND a.grantee NOT IN ('postgres'::regrole, 'gate_owner'::regrole)
    UNION ALL SELECT 'right ' || c.attrelid::regclass || ' ' || a.privilege_type || ' (' || string_agg(c.attname, ',' ORDER BY c.attname) || ') ' || a.grantee::regrole
              FROM pg_attribute c JOIN pg_class r ON r.oid = c.attrelid CROSS JOIN LATERAL aclexplode(c.attacl) a
              WHERE r.relnamespace = 'cccd_gate'::regnamespace AND a.grantee NOT IN ('postgres'::regrole, 'gate_owner'::regrole)
              GROUP BY c.attrelid, a.privilege_type, a.grantee) q};

run_sql('postgres', 'CREATE ROLE gate_owner NOLOGIN; CREATE ROLE desk_a LOGIN; CREATE ROLE lab LOGIN; CREATE ROLE boss LOGIN; CREATE DATABASE venue');
run_sql('venue', q{CREATE EXTENSION cccd_gate CASCADE;
INSERT INTO cccd_gate.event (event, code, name, starts, capacity, rule, ticket_required) VALUES (1, 'E', 'E', '2021-11-16 19:00+07', 1, 'doses >= 1', false);
INSERT INTO cccd_gate.gate (event, gate) VALUES (1, 'A');
SELECT cccd_gate.grant_duty('desk_a', 'desk', 'E'), cccd_gate.grant_duty('lab', 'loader', source => 'agency'), cccd_gate.grant_duty('boss', 'admin')});
is($node->safe_psql('venue', q{SELECT problem FROM cccd_gate.challenge('E', 'A')}, extra_params => [ '-U', 'desk_a' ]), 'not_handed_over', 'a door of a superuser answers nothing');
run_sql('venue', q{SELECT cccd_gate.hand_over('gate_owner'); SELECT cccd_gate.extend_log(1)});
is($node->safe_psql('venue', q{SELECT problem FROM cccd_gate.challenge('E', 'A')}, extra_params => [ '-U', 'desk_a' ]), '', 'one that was handed over does');
is($node->safe_psql('venue', q{SELECT cccd_gate.extend_log(2)}, extra_params => [ '-U', 'boss' ]), '1', 'an admin makes a partition of the log, which is the owner\'s');
is(run_sql('venue', q{SELECT string_agg(DISTINCT relowner::regrole::text, ' ') FROM pg_class WHERE relname ~ '^answer_log'}), 'gate_owner', 'as the others are');
# a loader's steps, each committed, with no more than its duty
$node->safe_psql('venue', q{INSERT INTO cccd_gate.person_in (id, name, birth_date) VALUES ('001090000007', 'Lê Văn Bảy', '1990-01-01'); CALL cccd_gate.load_all('agency')},
	extra_params => [ '-U', 'lab' ]);
is(run_sql('venue', q{SELECT p.source FROM cccd_gate.identity_number n JOIN cccd_gate.person p USING (person) WHERE n.id = '001090000007'}), 'agency', 'a loader loads all that is its own');
# a restore is a restore of what was written, too
run_sql('venue', q{
INSERT INTO cccd_gate.case_file SELECT md5(i::text)::uuid, NULL, clock_timestamp() + i * interval '20 days', 1, 'o' FROM generate_series(1, 6) i;
INSERT INTO cccd_gate.answer_log (recorded_at, xid, request_id, event, site, action, verdict, role) SELECT recorded_at, pg_current_xact_id(), request_id, event, 0, 'i', 'v', 'desk_a' FROM cccd_gate.case_file;
INSERT INTO cccd_gate.presence (event, person, since, entries, state) VALUES (1, 1, clock_timestamp(), 1, 'i');
INSERT INTO cccd_gate.visit (event, person, entered, left_at) VALUES (1, 1, '2021-11-16 17:00+07', '2021-11-16 18:00+07');
INSERT INTO cccd_gate.slot (event, slot, size) VALUES (1, 0, 1);
INSERT INTO cccd_gate.event_evidence VALUES (1, 'old_id', 'paper');
INSERT INTO cccd_gate.note SELECT request_id, 'ghi chú' FROM cccd_gate.case_file LIMIT 1;
INSERT INTO cccd_gate.person (person, name) VALUES (100, 'Nguyễn Văn An');
INSERT INTO cccd_gate.paper (case_id, person, kind, role) SELECT request_id, 100, 'identity', 'desk_a' FROM cccd_gate.case_file LIMIT 1});
my $rows = q{SELECT string_agg(t || ' ' || (xpath('/row/n/text()', query_to_xml(format('SELECT count(*) AS n FROM cccd_gate.%I', t), false, true, '')))[1]::text, ', ' ORDER BY t)
FROM unnest('{case_file,answer_log,answer_log_default,presence,visit,slot,event_evidence,note,paper,duty,ownership,rule_text}'::text[]) t};
my $before = run_sql('venue', $state);
my $rows_before = run_sql('venue', $rows);
like($before, qr/^right cccd_gate\.turn_away\(uuid,text,text\) desk_a$/m, 'the desk has its functions');
like($before, qr/^right cccd_gate\.fact_in INSERT \((?!.*\b(?:line|role)\b)[a-z_,]*\bstarts\b[a-z_,]*\) lab$/m, 'the laboratory the columns of its staging table');

my $dump = $node->basedir . '/venue.sql';
$node->command_ok([ 'pg_dump', '-f', $dump, '-d', $node->connstr('venue') ], 'it is dumped');
run_sql('postgres', 'CREATE DATABASE again');
$node->command_ok([ 'psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-o', $node->basedir . '/restore.log', '-d', $node->connstr('again'), '-f', $dump ], 'and restored');
is(run_sql('again', $rows), $rows_before, 'with all rows');
like(run_sql('again', $state), qr/^function cccd_gate\.turn_away\(uuid,text,text\) postgres$/m, 'the members of the extension come back as the superuser\'s');
is($node->safe_psql('again', q{SET ROLE desk_a; SELECT 1}), '1', 'the roles are there');
run_sql('again', 'SELECT cccd_gate.after_restore()');
is(run_sql('again', $state), $before, 'after_restore() puts owner and rights back');
is($node->safe_psql('again', q{SELECT problem FROM cccd_gate.challenge('E', 'A')}, extra_params => [ '-U', 'desk_a' ]), '', 'the door answers again');
is($node->safe_psql('again', q{SELECT cccd_gate.extend_log(3)}, extra_params => [ '-U', 'boss' ]), '1', 'and the log goes on');
run_sql('again', 'SELECT cccd_gate.after_restore()');
is(run_sql('again', $state =~ s/^//r), run_sql('again', $state), 'twice is as once');

# without the owner it says so; a role that is gone is warned of
run_sql('again', 'SELECT cccd_gate.revoke_duty($$boss$$, $$admin$$)');
run_sql('postgres', 'DROP DATABASE again');
my ($code, $out, $err);
run_sql('venue', q{INSERT INTO cccd_gate.duty (role, profile) VALUES ('went_away', 'gate')});
($code, $out, $err) = $node->psql('venue', 'SELECT cccd_gate.after_restore()');
like($err, qr/WARNING:  role "went_away" has a duty and does not exist/, 'a role that does not exist is named');
is(run_sql('venue', q{SELECT cccd_gate.revoke_duty('went_away', 'gate')}), 't', 'and its duty can be taken back');
run_sql('venue', q{UPDATE cccd_gate.ownership SET owner = 'nobody_here'});
($code, $out, $err) = $node->psql('venue', 'SELECT cccd_gate.after_restore()');
like($err, qr/role "nobody_here" does not exist/, 'as is an owner');
($code, $out, $err) = $node->psql('venue', 'SELECT cccd_gate.after_restore()', extra_params => [ '-U', 'boss' ]);
like($err, qr/permission denied for function after_restore/, 'it is for superusers');
# handed over again to another
run_sql('venue', q{CREATE ROLE new_owner NOLOGIN; SELECT cccd_gate.hand_over('new_owner')});
unlike(run_sql('venue', $state), qr/ gate_owner$/m, 'another owner takes everything');
is($node->safe_psql('venue', q{SELECT problem FROM cccd_gate.challenge('E', 'A')}, extra_params => [ '-U', 'desk_a' ]), '', 'and duties go on');
$node->stop;
done_testing();
