# The statements of README.md run as they are printed, in its order; what an
# application gives them, $1 and so on, is given here.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use Cwd qw(abs_path);
use File::Basename qw(dirname);

my $root = abs_path(dirname(__FILE__) . '/../..');
my $readme = slurp_file("$root/README.md");
my @blocks;
while ($readme =~ /^### ([^\n]*)\n(.*?)(?=^##)/msg)
{
	my ($title, $section) = ($1, $2);
	push @blocks, [ $title, $_ ] for $section =~ /^```sql\n(.*?)^```$/msg;
}
my $printed = () = $readme =~ /^```sql$/mg;
is(scalar(@blocks), $printed, 'every statement stands under a heading');

my $node = PostgreSQL::Test::Cluster->new('readme');
$node->init(extra => [ '--locale=C.UTF-8', '--encoding=UTF8' ]);
$node->append_conf('postgresql.conf', "fsync = off\ntimezone = 'UTC'");
$node->start;
$node->safe_psql('postgres', q{SET client_min_messages = warning; CREATE EXTENSION cccd_gate CASCADE;
CREATE TABLE person_health AS SELECT 'dose 2021-06-01 national; dose 2021-09-01 national'::cccd_health AS health FROM generate_series(1, 100);
INSERT INTO person_health SELECT cccd_health('dose 2021-06-01 national; dose 2021-09-01 national') || cccd_health_test(now() - interval '1 day', 'pcr', 'negative') FROM generate_series(1, 7);
INSERT INTO cccd_gate.event (event, code, name, starts, capacity, rule) VALUES (1, 'MD-2021-11-16', 'Việt Nam - Saudi Arabia', clock_timestamp(), 1, 'ticket');
INSERT INTO cccd_gate.gate (event, gate) VALUES (1, 'A');
INSERT INTO cccd_gate.ticket (event, secret_hash) VALUES (1, cccd_gate.ticket_hash('bí mật của vé thứ nhất'));
INSERT INTO cccd_gate.person (person, name, birth_date, sex) VALUES (1, 'Nguyễn Văn An', '1999-01-01', 'M');
INSERT INTO cccd_gate.identity_number (id, person) VALUES ('001099012345', 1);
INSERT INTO cccd_gate.document (person, kind, number, issued) VALUES (1, 'chip', '001099012345', '2021-05-10')});

sub file { my ($name) = @_; return "pg_read_binary_file('$root/test/data/$name')" }
my ($certificate) = slurp_file("$root/test/data/hcert/scans.txt") =~ /^dose2\|(.*)$/m;
my %given = (
	'The health certificate' => [ "'$certificate'", 'cccd_trust_from_certificate(' . file('hcert/vn.der') . ", 'health_certificate')" ],
	'The chip' => [ (map { file("chip/card1.$_") } qw(sod dg1 dg13)), 'NULL' ],
	'Pictures' => [ q{cccd_qr_png('001099012345')} ],
	'The gate' => [ 'gen_random_uuid()', q{'001099012345||Nguyễn Văn An|01011999|Nam|Số 1 Phố Huế, Hà Nội|10052021'}, q{'bí mật của vé thứ nhất'} ]);
my %answer = (
	'The number' => qr/\AHồ Chí Minh\|F\|2001\|\*{9}001\z/,
	'The scan' => qr/\Acard_2021\|001099012345\|Nguyễn Văn An\|1999-01-01\|\{\}\z/,
	'The record' => qr/\Adose 2021-06-01 [^;]* product 'EU\/1\/20\/1528' national; test 2021-11-14 [^;]* pcr negative national\z/,
	'The rule' => qr/\Afail\|\{"[^"]*recovered[^"]*","[^"]*negative[^"]*"\}\|\z/i,
	'Everybody at once' => qr/\A7\z/,
	'The health certificate' => qr/\A[^|]+\|\{vaccination\}\|[tf]\|/,
	'The chip' => qr/\Af\|\{[^}]+\}\|[^|]*\z/,
	'Pictures' => qr/\A001099012345\n<svg /,
	'The gate' => qr/\Aadmit\|\{\}\|\{\}\|Nguyễn Văn An\|/,
	'Every place, not one evening' => qr/\Amy-dinh-2021\|ticket and \(doses >= 2[^\n]*\nevent\|\|\|1\|1\|0\|/);
is(join('|', map { $_->[0] } @blocks), join('|', 'The number', 'The scan', 'The record', 'The rule', 'Everybody at once', 'The health certificate', 'The chip', 'Pictures', 'The gate', 'Every place, not one evening'),
	'these are the statements');
for my $block (@blocks)
{
	my ($title, $sql) = @$block;
	my $values = join ', ', @{ $given{$title} // [] };
	# a statement with parameters is prepared, as an application does
	my $script = join '', map { /\$1/ ? "PREPARE given AS $_;\nEXECUTE given($values);\n" : "$_;\n" } grep { /^\s*[A-Z]/m } split /;(?=\s*(?:--[^\n]*)?$)/m, $sql;
	my ($out, $err) = ('', '');
	is($node->psql('postgres', $script, stdout => \$out, stderr => \$err), 0, "$title: the statement is accepted");
	is($err, '', "$title: without a warning");
	like($out, $answer{$title}, "$title: and answers");
}
# what the text says beside the statements
like($readme, qr/`cccd_count\('person_health', rule, at\)`/, 'the count is spelt as in the text');
is($node->safe_psql('postgres', "SELECT cccd_count('person_health', 'doses >= 2 and since(negative(pcr)) <= 72 hours', now())"), '7', 'and counts the same');
$node->stop;
done_testing();
