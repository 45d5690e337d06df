# The example of doc/gate_facts.md runs as it is printed, from an empty gate: its
# files, its statements in psql, and what psql answers.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use Cwd qw(getcwd);
use File::Basename qw(dirname);

my $manual = slurp_file(dirname(__FILE__) . '/../../doc/gate_facts.md');
$manual =~ /^## From a hospital's files to facts\n(.*?)^## /ms or die 'the section of the example is gone';
my @blocks = $1 =~ /^```\w*\n(.*?)^```$/msg;
is(scalar(@blocks), 5, 'the example has three files, statements and an answer');

my $node = PostgreSQL::Test::Cluster->new('example');
$node->init(extra => [ '--locale=C.UTF-8', '--encoding=UTF8' ]);
$node->append_conf('postgresql.conf', 'fsync = off');
$node->start;
$node->safe_psql('postgres', 'SET client_min_messages = warning; CREATE EXTENSION cccd_gate CASCADE');

my $place = PostgreSQL::Test::Utils::tempdir;
my @files = ('nguoi.csv', 'tiem_chung.csv', 'xet_nghiem.csv');
append_to_file("$place/$files[$_]", $blocks[$_]) for 0 .. 2;
append_to_file("$place/example.sql", $blocks[3]);
my $here = getcwd;
chdir $place or die $!;
my ($out, $err) = run_command([ 'psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-P', 'footer=off', '-d', $node->connstr('postgres'), '-f', 'example.sql' ]);
chdir $here or die $!;
s/[ \t]+$//mg, s/\n+\z// for $out, $blocks[4];
$err =~ s/^.*NOTICE:.*\n?//mg;
is($err, '', 'every statement is accepted');
is($out, $blocks[4], 'and the answer is the printed one');
is($node->safe_psql('postgres', 'SELECT count(*) FROM cccd_gate.person_in'), '0', 'nobody is left in staging');
is($node->safe_psql('postgres', 'SELECT count(*) FROM cccd_gate.fact_in'), '0', 'nor is a fact');
# read again, the files say nothing new
chdir $place or die $!;
($out, $err) = run_command([ 'psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-d', $node->connstr('postgres'), '-f', 'example.sql' ]);
chdir $here or die $!;
is($node->safe_psql('postgres', 'SELECT count(*), count(*) FILTER (WHERE superseded_at IS NULL) FROM cccd_gate.fact'), '5|5', 'the files may be loaded twice');
$node->stop;
done_testing();
