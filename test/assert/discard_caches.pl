# The core script with the server's caches as they are, and with every one
# discarded at every chance (debug_discard_caches): it prints the same, and no
# assertion fails.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('caches');
$node->init(extra => [ '--locale=C.UTF-8', '--encoding=UTF8' ]);
$node->append_conf('postgresql.conf', 'fsync = off');
$node->start;
is($node->safe_psql('postgres', 'SHOW debug_assertions'), 'on', 'a server with assertions');

sub core
{
	my ($database, $discard) = @_;
	$node->safe_psql('postgres', "CREATE DATABASE $database");
	$node->safe_psql($database, 'SET client_min_messages = warning; CREATE EXTENSION cccd_gate CASCADE');
	my ($status, $out, $err) = $node->psql($database, slurp_file('test/assert/core.sql'),
		on_error_stop => 1, extra_params => ['-a'], timeout => 600,
		connstr => $node->connstr($database) . " options='-c debug_discard_caches=$discard'");
	is($err, '', "debug_discard_caches = $discard: no error");
	is($status, 0, "debug_discard_caches = $discard: to the end");
	return $out;
}

my $kept = core('kept', 0);
like($kept, qr/admit\|\{\}/, 'the script gets to the gate');
is(core('discarded', 1), $kept, 'the same in both');
unlike(slurp_file($node->logfile), qr/TRAP:/, 'no assertion has failed');
$node->stop;
done_testing();
