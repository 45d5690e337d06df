# A venue's own server: the people who live where it stands come from the centre
# through a filter on a generated column, entries go back; the edge goes
# offline and returns, then the centre does.  All values travel in binary.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

# until 17 a generated column is computed anew at the edge; since 18 it is
# published, must be where it is part of the replica identity, and is an
# ordinary column at the edge
my ($major) = `pg_config --version` =~ /(\d+)/;
my $computed = 'GENERATED ALWAYS AS (cccd_id_place(id)) STORED';
my %place = (centre => $computed, edge => $major >= 18 ? '' : $computed);
my $published = $major >= 18 ? 'WITH (publish_generated_columns = stored)' : '';

my ($centre, $edge) = map {
	my $node = PostgreSQL::Test::Cluster->new($_);
	$node->init(allows_streaming => 'logical', extra => [ '--locale=C.UTF-8', '--encoding=UTF8' ]);
	$node->append_conf('postgresql.conf', "fsync = off\nwal_retrieve_retry_interval = 100ms\nmax_slot_wal_keep_size = 256MB");
	$node->start;
	$node->safe_psql('postgres', qq{
CREATE EXTENSION cccd;
CREATE TABLE person (
    id cccd_id PRIMARY KEY,
    place int $place{$_} NOT NULL,
    health cccd_health NOT NULL,
    facts cccd_context,
    others cccd_id[]);
CREATE TABLE rule_book (code text PRIMARY KEY, rule cccd_rule NOT NULL, bound cccd_bound);
CREATE TABLE entry (
    venue int, gate int, seq bigint, id cccd_id NOT NULL, at timestamptz NOT NULL, seen cccd_health,
    PRIMARY KEY (venue, gate, seq));
CREATE INDEX ON person USING gist (health)});
	$node
} qw(centre edge);

# a filter's columns must be in the replica identity
$centre->safe_psql('postgres', qq{
CREATE UNIQUE INDEX person_at ON person (place, id);
ALTER TABLE person REPLICA IDENTITY USING INDEX person_at;
INSERT INTO person (id, health, facts, others)
SELECT id, cccd_health_dose('2021-01-01 08:00+07'::timestamptz + i % 300 * interval '1 day', signed => i % 2 = 0),
       cccd_context(ticket => i % 3 = 0), CASE WHEN i % 4 = 0 THEN ARRAY[id, NULL] END
FROM generate_series(1, 4000) i, LATERAL (SELECT ((ARRAY[1, 79])[1 + i % 2]::bigint * 1000000000 + i)::cccd_id) n(id);
INSERT INTO rule_book VALUES ('match', 'doses >= 1 and not isolated', cccd_rule_bind('doses >= 1 and not isolated', '2021-11-16 19:00+07', ''));
CREATE PUBLICATION venue FOR TABLE person WHERE (place = 79), rule_book $published});
$edge->safe_psql('postgres', 'CREATE PUBLICATION gates FOR TABLE entry');

my $error;
$centre->psql('postgres', q{CREATE PUBLICATION wrong FOR TABLE person WHERE (id >= '079000000000')}, stderr => \$error);
like($error, qr/User-defined operators are not allowed/, 'a filter on the type itself is refused: why there is a generated column');

$edge->safe_psql('postgres', "CREATE SUBSCRIPTION venue CONNECTION '" . $centre->connstr . " dbname=postgres' PUBLICATION venue WITH (binary = true)");
$centre->safe_psql('postgres', "CREATE SUBSCRIPTION gates CONNECTION '" . $edge->connstr . " dbname=postgres' PUBLICATION gates WITH (binary = true)");
$_->wait_for_subscription_sync for $centre, $edge;

my $people = q{SELECT count(*), md5(string_agg(p::text, E'\n' ORDER BY id)) FROM person p WHERE place = 79};
my $entries = q{SELECT count(*), md5(string_agg(a::text, E'\n' ORDER BY venue, gate, seq)) FROM entry a};

sub same
{
	my ($what) = @_;
	$centre->wait_for_catchup('venue');
	$edge->wait_for_catchup('gates');
	is($edge->safe_psql('postgres', $people), $centre->safe_psql('postgres', $people), "$what: the edge has the venue's people");
	is($edge->safe_psql('postgres', 'SELECT count(*) FROM person WHERE place <> 79'), '0', "$what: and nobody else's");
	is($edge->safe_psql('postgres', 'TABLE rule_book'), $centre->safe_psql('postgres', 'TABLE rule_book'), "$what: and the rules");
	is($centre->safe_psql('postgres', $entries), $edge->safe_psql('postgres', $entries), "$what: the centre has the entries");
	return;
}

# so many people walk through a gate of the edge
my $seq = 0;
sub evening
{
	my ($count) = @_;
	$edge->safe_psql('postgres', qq{
INSERT INTO entry SELECT 79, i % 6, $seq + i, id, '2021-11-16 18:00+07', health
FROM (SELECT row_number() OVER (ORDER BY id) AS i, * FROM person
      WHERE cccd_eligible(health, (SELECT rule FROM rule_book WHERE code = 'match'), '2021-11-16 19:00+07')) p WHERE i <= $count});
	$seq += $count;
	return;
}

sub change
{
	my ($day) = @_;
	$centre->safe_psql('postgres', qq{
UPDATE person SET health = cccd_health_add(health, 'test', timestamptz '2021-11-10' + $day * interval '1 day', detail => 'pcr', result => 'negative') WHERE id::bigint % 7 = $day;
DELETE FROM person WHERE id::bigint % 101 = $day;
INSERT INTO person (id, health) VALUES ((79100000000 + $day)::bigint::cccd_id, 'recovery 2021-10-01'), ((1100000000 + $day)::bigint::cccd_id, '');
-- somebody gets a number of another province, and one of this province
UPDATE person SET id = (79200000000 + $day)::bigint::cccd_id WHERE id = (SELECT min(id) FROM person WHERE place = 1);
UPDATE person SET id = (1200000000 + $day)::bigint::cccd_id WHERE id = (SELECT min(id) FROM person WHERE place = 79);
UPDATE rule_book SET rule = 'doses >= 1 and not exposed', bound = cccd_rule_bind(rule, '2021-11-16 19:00+07', cccd_context(level => $day))});
	return;
}

is($edge->safe_psql('postgres', 'SELECT count(*) FROM person'), '2000', 'half of the people were copied');
same('copied');
evening(500);
change(1);
same('online');

$edge->stop('immediate');
change(2);
change(3);
$edge->start;
same('the edge was offline');

$centre->stop('immediate');
evening(1500);
is($edge->safe_psql('postgres', 'SELECT count(*) FROM entry'), '2000', 'the edge admits while the centre is away');
$centre->start;
change(4);
evening(10);
same('the centre was offline');
# what went wrong was the line, never a row; the refused publication is ours
for my $node ($centre, $edge)
{
	is(join('', grep { /ERROR:|conflict/ && !/could not (connect to|receive data|send|start WAL)|active for PID|invalid publication WHERE/ } split /^/m, slurp_file($node->logfile)),
		'', $node->name . ': no conflict and no other error');
}
is($edge->safe_psql('postgres', q{SET enable_seqscan = off; SELECT count(*) FROM person WHERE cccd_eligible(health, 'since(negative(pcr)) <= 72 hours', '2021-11-13 12:00+07')}),
	$edge->safe_psql('postgres', q{SET enable_indexscan = off; SET enable_bitmapscan = off; SELECT count(*) FROM person WHERE cccd_eligible(health, 'since(negative(pcr)) <= 72 hours', '2021-11-13 12:00+07')}),
	'the index of the edge finds what a scan finds');

# The gate's own tables: the edge subscribes to records, not to facts.  What the
# centre corrects and withdraws arrives as the record that it makes; the edge
# derives nothing from it, and joins what other sites know.
$_->safe_psql('postgres', 'CREATE EXTENSION cccd_gate') for $centre, $edge;
$centre->safe_psql('postgres', 'CREATE PUBLICATION gate FOR TABLE cccd_gate.person, cccd_gate.identity_number, cccd_gate.document, cccd_gate.health');
my $send = sub {
	my ($lines) = @_;
	$centre->safe_psql('postgres', "SET client_min_messages = warning;
INSERT INTO cccd_gate.fact_in (id, kind, starts, ends, dose_number, source_record, withdrawn) VALUES $lines; SELECT cccd_gate.load_facts('national')");
	return;
};
$centre->safe_psql('postgres', q{SET client_min_messages = warning;
INSERT INTO cccd_gate.person_in (id, name, birth_date, sex) SELECT '00109000000' || i, 'Người Thứ ' || chr(64 + i), '1990-01-0' || i, 'M' FROM generate_series(1, 3) i;
SELECT cccd_gate.load_people('national');
INSERT INTO cccd_gate.document_in (id, issued) SELECT '00109000000' || i, '2021-05-10' FROM generate_series(1, 3) i;
SELECT cccd_gate.load_documents('national')});
$send->(q{('001090000001', 'dose', '2021-06-01', NULL, 1, 'A1', NULL), ('001090000001', 'dose', '2021-09-01', NULL, 2, 'A2', NULL), ('001090000002', 'isolation', '2021-11-01', NULL, NULL, 'B', NULL)});
$edge->safe_psql('postgres', "CREATE SUBSCRIPTION gate CONNECTION '" . $centre->connstr . " dbname=postgres' PUBLICATION gate WITH (binary = true)");
$edge->wait_for_subscription_sync;
$edge->safe_psql('postgres', q{INSERT INTO cccd_gate.event (code, name, starts, capacity, rule, ticket_required, judged_at)
VALUES ('E', 'E', now() + interval '1 hour', 100, 'doses >= 2', false, NULL), ('F', 'F', now() + interval '1 hour', 100, 'not isolated', false, NULL);
INSERT INTO cccd_gate.gate SELECT event, 'A' FROM cccd_gate.event});
my $ask = sub {
	my ($event, $n) = @_;
	$centre->wait_for_catchup('gate');
	return $edge->safe_psql('postgres', qq{SET cccd_gate.allow_superuser = on;
SELECT verdict || array_to_string(reasons, ' ', '') FROM cccd_gate.check_in('$event', 'A', gen_random_uuid(),
	scan => cccd_card_qr('00109000000$n', NULL, 'Người Thứ ' || chr(64 + $n), '1990-01-0$n', 'M', 'Hà Nội', '2021-05-10'))});
};
my $records = q{SELECT person, origin, record FROM cccd_gate.health ORDER BY 1, 2};
is($ask->('F', 2), 'refuseisolated', 'the edge refuses who is isolated');
$send->(q{('001090000002', 'isolation', '2021-11-01', '2021-11-15', NULL, 'B', NULL)});
is($ask->('F', 2), 'admit', 'and admits when the end arrives');
$send->(q{(NULL, NULL, NULL, NULL, NULL, 'A2', 'yes')});
is($ask->('E', 1), 'reviewdoses_missing', 'a withdrawn dose is gone at the edge');
$edge->safe_psql('postgres', q{INSERT INTO cccd_gate.health (person, origin, record) SELECT person, 7, 'dose 2021-09-02 number 2 national' FROM cccd_gate.identity_number WHERE id = '001090000001'});
is($ask->('E', 1), 'admit', 'a record of another site is joined');
$send->(q{(NULL, NULL, NULL, NULL, NULL, 'B', 'yes')});
$centre->wait_for_catchup('gate');
is($edge->safe_psql('postgres', 'SELECT count(*) FROM cccd_gate.fact'), '0', 'no fact has travelled');
is($edge->safe_psql('postgres', "$records" =~ s/ORDER/WHERE origin = 0 ORDER/r), $centre->safe_psql('postgres', $records), 'the records of the centre are the same at both');
is($edge->safe_psql('postgres', q{SELECT count(*) FROM cccd_gate.health JOIN cccd_gate.identity_number USING (person) WHERE id = '001090000002'}), '0', 'a record that is empty is gone');
$centre->safe_psql('postgres', q{DELETE FROM cccd_gate.person WHERE name = 'Người Thứ A'});
$centre->wait_for_catchup('gate');
is($edge->safe_psql('postgres', 'SELECT count(*) FROM cccd_gate.health WHERE origin = 0'), '0', 'and so is a deleted person\'s');
is($edge->safe_psql('postgres', 'SET client_min_messages = warning; SELECT cccd_gate.rebuild_health()'), '0', 'the edge has made no record of its own');
$_->stop for $edge, $centre;
done_testing();
