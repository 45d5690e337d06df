# The examples of doc/gate_facts.md and doc/gate.md run as they are printed, from
# an empty gate: files, statements in psql, and what psql answers.
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

# the evening of doc/gate.md, each step as the role that it names
$node->safe_psql('postgres', 'CREATE DATABASE evening');
$node->safe_psql('evening', 'SET client_min_messages = warning; CREATE EXTENSION cccd_gate CASCADE');
my $evening = slurp_file(dirname(__FILE__) . '/../../doc/gate.md');
$evening =~ /^## An evening, in order\n\n```sql\n(.*?)^```$/ms or die 'the evening is gone';
my @steps = split /^(?=-- \d\. )/m, $1;
is(scalar(@steps), 7, 'the evening has seven steps');
append_to_file("$place/people.tsv", "001190000002\tTrần Thị Bình\t2/2/1990\tNữ\n");
append_to_file("$place/cards.tsv", "001190000002\t10/5/2021\n");
append_to_file("$place/facts.tsv", "001190000002\tTrần Thị Bình\t2/2/1990\tdose\t1/6/2021\tAstraZeneca\t1\t\\N\tBM-1\n");
append_to_file("$place/tickets.tsv", "MD-2021-11-16\t1\tbí mật của vé thứ nhất\n");
# what the application gives
my @case = ("'00000000-0000-0000-0000-000000000001'", "'001190000002||Trần Thị Bình|02021990|Nữ|Hà Nội|10052021'", "'bí mật của vé thứ nhất'", "'PH-1'");
my %given = (5 => [ @case[ 0 .. 2 ] ], 6 => [ @case[ 0, 3 ], "'00000000-0000-0000-0000-000000000002'" ]);
my %printed;
chdir $place or die $!;
for my $step (@steps)
{
	my ($number, $role) = $step =~ /^-- (\d)\. .*?: as (?:a )?(\w+)/ or die "whose step is this: $step";
	$step =~ s/\$(\d)/$given{$number}[ $1 - 1 ]/g if $given{$number};
	append_to_file("$place/step$number.sql", ($role eq 'superuser' ? '' : "SET ROLE $role;\n") . $step);
	($printed{$number}, $err) = run_command([ 'psql', '-X', '-q', '-A', '-t', '-v', 'ON_ERROR_STOP=1', '-d', $node->connstr('evening'), '-f', "step$number.sql" ]);
	is($err =~ s/^.*NOTICE:.*\n?//mgr, '', "step $number is accepted, as $role");
}
chdir $here or die $!;
like($printed{2}, qr/\A(1\|0\|0\|0\|0\n?){3}\z/, 'person, card and dose are loaded, and nothing is rejected');
like($printed{3}, qr/^0\|0\|0\|1\|0$/m, 'of a match that is over no ticket is taken');
like($printed{5}, qr/\|refuse\|\{ticket_unknown,event_over,immunity_missing,test_missing\}\|/, 'and nobody let in; a dose and a test are missing');
like($printed{6}, qr/^t\|1\|.*\{ticket_unknown,event_over,test_missing\}/s, 'the paper counts');
like($printed{7}, qr/^total\|.*\|0\|$/m, 'nobody came');
$node->stop;
done_testing();
