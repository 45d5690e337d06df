# What auto_explain writes into the server's log shows no person's birth date or
# sex, whether the plan is made for the parameters or for any.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('explain');
$node->init(extra => [ '--locale=C.UTF-8', '--encoding=UTF8' ]);
$node->append_conf(
	'postgresql.conf', q{
session_preload_libraries = 'auto_explain'
auto_explain.log_min_duration = 0
auto_explain.log_verbose = on
log_statement = none
log_parameter_max_length = 0
timezone = 'Asia/Ho_Chi_Minh'
});
$node->append_conf('postgresql.conf', 'auto_explain.log_parameter_max_length = 0')
	if $node->pg_version >= 16;
$node->start;
$node->safe_psql(
	'postgres', q{
CREATE EXTENSION cccd;
CREATE TABLE visitor (n int, health cccd_health);
INSERT INTO visitor SELECT n, 'dose 2021-06-01; dose 2021-08-01' FROM generate_series(1, 2000) n;
CREATE INDEX ON visitor USING gist (health);
ANALYZE visitor;
});

# Parameters by the extended protocol, as an application sends them: the text
# of the statement holds none.
my $offset = -s $node->logfile;
my %question = (
	eligible => q{SELECT count(*) FROM visitor WHERE cccd_eligible(health,
		'age >= 12 years and doses >= 3', '2021-11-16', cccd_context(ticket => true, birth_date => $1, sex => $2))},
	satisfies => q{SELECT count(*) FROM visitor WHERE health @@ cccd_rule_bind(
		'age >= 12 years and doses >= 3', '2021-11-16', cccd_context(birth_date => $1, sex => $2))},
	check => q{SELECT count(c.verdict) FROM visitor, cccd_check(health,
		'age >= 12 years and doses >= 2', '2021-11-16', cccd_context(birth_date => $1, sex => $2)) c});
my $script = PostgreSQL::Test::Utils::tempdir . '/asked.sql';
for my $mode ('force_custom_plan', 'force_generic_plan')
{
	for my $name (sort keys %question)
	{
		# pgbench sends each variable as a parameter
		my $sql = $question{$name};
		$sql =~ s/\s+/ /g;
		$sql =~ s/\$1/:born/;
		$sql =~ s/\$2/:sex/;
		open my $file, '>', $script or die;
		print $file "$sql;\n";
		close $file;
		chmod 0644, $script;
		local $ENV{PGOPTIONS} = "-c plan_cache_mode=$mode";
		$node->command_ok(
			[
				'pgbench', '-n', '-t', '2', '-M', 'prepared', '-D', 'born=1987-06-05',
				'-D', 'sex=female', '-f', $script, 'postgres'
			],
			"$name with $mode");
	}
}
$node->stop;

my $log = substr(slurp_file($node->logfile), $offset);
my $plans = () = $log =~ /Query Text: /g;
my $scans = () = $log =~ /visitor_health_idx/g;
my $persons = () = $log =~ /person=[a-z2-7]{6}/g;
cmp_ok($plans, '>=', 12, 'every statement is explained in the log');
cmp_ok($scans, '>=', 8, 'the index is used, with the bound rule as its condition');
cmp_ok($persons, '>=', 6, 'custom plans hold the person');
unlike($log, qr/1987|06-05/, 'no birth date in the log');
unlike($log, qr/female|sex=|'F'::/, 'no sex in the log');
done_testing();
