# Every place where a schema can hold our types survives dump and restore: the
# restored database has the same rows, the same definitions and indexes that
# find the same, also where no search_path helps.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('forms');
$node->init(extra => [ '--locale=C.UTF-8', '--encoding=UTF8' ]);
$node->append_conf('postgresql.conf', 'fsync = off');
$node->start;

sub dump_of
{
	my ($db) = @_;
	my $file = $node->basedir . "/$db.sql";
	$node->command_ok([ 'pg_dump', '-f', $file, $db ], "dump of $db");
	# the key of \restrict is random, and rows fall into other holes
	return ($file, join '', sort grep { !/^\\(un)?restrict / } split /^/, slurp_file($file));
}

$node->safe_psql('postgres', 'CREATE DATABASE original');
$node->safe_psql('original', 'CREATE EXTENSION cccd');
$node->safe_psql('original', slurp_file('test/data/forms.sql'));
my $digest = $node->safe_psql('original', 'SELECT * FROM forms.digest()');
cmp_ok(scalar(split /\n/, $digest), '>=', 20, 'there are relations to compare');
unlike($digest, qr/\|0\|/, 'and all have rows');
is($node->safe_psql('original', 'SELECT * FROM forms.disagreements()'), '', 'indexes find what scans find');

my ($file, $text) = dump_of('original');
my $archive = $node->basedir . '/original.dump';
$node->command_ok([ 'pg_dump', '-Fc', '-f', $archive, 'original' ], 'dump as archive');

# the last one has nothing on its search_path, ever
$node->safe_psql('postgres', "CREATE DATABASE $_") for qw(from_text from_archive without_path);
$node->safe_psql('postgres', q{ALTER DATABASE without_path SET search_path = ''});
$node->command_ok([ 'psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-d', $_, '-f', $file ], "restore the text into $_")
	for qw(from_text without_path);
$node->command_ok([ 'pg_restore', '--exit-on-error', '-j', '2', '-d', 'from_archive', $archive ], 'restore the archive, two jobs');

for my $db (qw(from_text from_archive without_path))
{
	is($node->safe_psql($db, 'SELECT * FROM forms.digest()'), $digest, "$db: the same rows");
	is($node->safe_psql($db, 'SELECT * FROM forms.disagreements()'), '', "$db: indexes find what scans find");
	my (undef, $again) = dump_of($db);
	ok($again eq $text, "$db: dumps the same again");
}

# the restored schema works: what it refused it refuses, what it computed it computes
for my $db (qw(original without_path))
{
	my $error;
	$node->psql($db, q{INSERT INTO forms.hanoi VALUES ('079100000001', 'doses >= 1')}, stderr => \$error);
	like($error, qr/value for domain forms\.hanoi_id violates check constraint/, "$db: the domain refuses");
	$node->psql($db, q{INSERT INTO forms.by_range VALUES ('079028000128', 1)}, stderr => \$error);
	like($error, qr/duplicate key value violates unique constraint/, "$db: the key refuses");
	is($node->safe_psql($db, q{UPDATE forms.citizen SET health = cccd_health_add(health, 'dose', '2021-10-01'), facts = ''
		WHERE id = '079028000128' RETURNING place, birth_year, cccd_eligible(health, 'doses >= 1', '2021-11-01')}),
		'79|1928|t', "$db: generated columns follow");
	is($node->safe_psql($db, q{REFRESH MATERIALIZED VIEW forms.summary; SELECT count(*) FROM forms.summary}), '5', "$db: the view is refreshed");
	is($node->safe_psql($db, q{SELECT forms.may_enter(id, '2021-11-16') FROM forms.citizen WHERE id = '079028000128'}), 't',
		"$db: the function of the schema answers");
}
$node->stop;
done_testing();
