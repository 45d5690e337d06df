# Every page that a standby changes is compared with the primary's
# (wal_consistency_checking), while all that the types can be in is filled,
# changed, emptied and built again.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $primary = PostgreSQL::Test::Cluster->new('primary');
$primary->init(allows_streaming => 1, extra => [ '--locale=C.UTF-8', '--encoding=UTF8' ]);
$primary->append_conf('postgresql.conf', q{
fsync = off
timezone = 'Asia/Ho_Chi_Minh'
wal_consistency_checking = 'all'
max_wal_size = 4GB
});
$primary->start;
$primary->backup('base');
my $standby = PostgreSQL::Test::Cluster->new('standby');
$standby->init_from_backup($primary, 'base', has_streaming => 1);
$standby->start;

sub same
{
	my ($what) = @_;
	$primary->wait_for_catchup($standby, 'replay', $primary->lsn('write'));
	is($standby->safe_psql('postgres', 'SELECT * FROM forms.digest()'), $primary->safe_psql('postgres', 'SELECT * FROM forms.digest()'), $what);
	return;
}

$primary->safe_psql('postgres', 'CREATE EXTENSION cccd');
$primary->safe_psql('postgres', slurp_file('test/data/forms.sql'));
same('the standby has what is loaded');
$primary->safe_psql('postgres', q{
SET search_path = forms;
UPDATE citizen SET health = '' WHERE birth_year % 3 = 0;
DELETE FROM citizen WHERE place = 92 AND birth_year % 10 = 4;
INSERT INTO citizen (id, health) SELECT (500000000000 + i)::cccd_id, (SELECT health FROM citizen WHERE health <> '' ORDER BY id OFFSET i % 50 LIMIT 1)
FROM generate_series(1, 3000) i;
});
same('and what is changed');
$primary->safe_psql('postgres', $_) for 'VACUUM forms.citizen', 'REINDEX SCHEMA forms', 'VACUUM FULL forms.citizen';
same('and what is emptied and built again');
is($standby->safe_psql('postgres', 'SELECT * FROM forms.disagreements()'), '', 'its indexes find what its scans find');
unlike(slurp_file($standby->logfile), qr/inconsistent page|FATAL|PANIC|TRAP:/, 'no page differs');
unlike(slurp_file($primary->logfile), qr/PANIC|TRAP:/, 'no assertion has failed');
$_->stop for $standby, $primary;
done_testing();
