# Beyond one machine: PL/Proxy sends a call to the partition that a number's hash
# names, and finds there the rows that a hash-partitioned table would put there.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $folder = `pg_config --sharedir`;
chomp $folder;
plan skip_all => 'PL/Proxy is not installed' unless -e "$folder/extension/plproxy.control";

my $node = PostgreSQL::Test::Cluster->new('plproxy');
$node->init(extra => [ '--locale=C.UTF-8', '--encoding=UTF8' ]);
$node->append_conf('postgresql.conf', 'fsync = off');
$node->start;
sub sql { my ($db, $sql) = @_; return $node->safe_psql($db, "SET client_min_messages = warning; $sql") }

my @partitions = map { "part$_" } 0 .. 3;
for my $db (@partitions)
{
	sql('postgres', "CREATE DATABASE $db");
	sql($db, q{
CREATE EXTENSION cccd;
CREATE TABLE person (id cccd_id PRIMARY KEY, health cccd_health NOT NULL);
CREATE FUNCTION person_add(who cccd_id, record cccd_health) RETURNS text LANGUAGE sql
AS 'INSERT INTO person VALUES (who, record) RETURNING current_database()';
CREATE FUNCTION person_may(who cccd_id, rule cccd_rule, at timestamptz) RETURNS TABLE (id cccd_id, health cccd_health, may boolean) LANGUAGE sql STABLE
AS 'SELECT p.id, p.health, cccd_eligible(p.health, rule, at) FROM person p WHERE p.id = who';
CREATE FUNCTION person_count(rule cccd_rule, at timestamptz) RETURNS bigint LANGUAGE sql STABLE
AS 'SELECT count(*) FROM person WHERE cccd_eligible(health, rule, at)'});
}
my ($host, $port) = ($node->host, $node->port);
my $options = join ', ', map { "p$_ 'dbname=$partitions[$_] host=$host port=$port'" } 0 .. 3;
sql('postgres', qq{
CREATE EXTENSION cccd;
CREATE EXTENSION plproxy;
CREATE SERVER country FOREIGN DATA WRAPPER plproxy OPTIONS ($options);
CREATE USER MAPPING FOR CURRENT_USER SERVER country;
CREATE FUNCTION person_add(who cccd_id, record cccd_health) RETURNS text LANGUAGE plproxy
AS 'CLUSTER ''country''; RUN ON cccd_id_hash(who);';
CREATE FUNCTION person_may(who cccd_id, rule cccd_rule, at timestamptz) RETURNS TABLE (id cccd_id, health cccd_health, may boolean) LANGUAGE plproxy
AS 'CLUSTER ''country''; RUN ON cccd_id_hash(who);';
CREATE FUNCTION person_count(rule cccd_rule, at timestamptz) RETURNS SETOF bigint LANGUAGE plproxy
AS 'CLUSTER ''country''; RUN ON ALL;';
CREATE TABLE person AS
SELECT id, cccd_health_merge('', cccd_health_dose('2021-06-01 08:00+07'::timestamptz + i * interval '1 h', signed => i % 2 = 0)) AS health
FROM generate_series(1, 500) i, LATERAL (SELECT (79000000000 + i * 7919)::cccd_id) n(id)});

is(sql('postgres', q{SELECT count(DISTINCT person_add(id, health)) FROM person}), '4', 'every partition gets people');
my %in;
my $total = 0;
for my $number (0 .. 3)
{
	my $rows = sql($partitions[$number], 'SELECT id FROM person');
	$total += () = $rows =~ /^\d{12}$/mg;
	is(sql($partitions[$number], "SELECT count(*) FROM person WHERE (cccd_id_hash(id) & 3) <> $number"), '0', "partition $number: all are where their hash says");
}
is($total, 500, 'each is in one partition');
is(sql('postgres', q{SELECT count(*) FROM person p, LATERAL person_may(p.id, 'doses(signed) >= 1', '2021-11-16') m
	WHERE m.id = p.id AND m.health = p.health AND m.may = cccd_eligible(p.health, 'doses(signed) >= 1', '2021-11-16')}),
	'500', 'each is found there, with the same record and the same answer');
is(sql('postgres', q{SELECT sum(n) FROM person_count('doses(signed) >= 1', '2021-11-16') n}), '250', 'a question to all partitions');
$node->stop;
done_testing();
