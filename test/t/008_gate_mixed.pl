# Gates, desks, an organiser and loaders at once: 32 clients who let in and out,
# move, accept papers, judge again, turn away, annul, cancel tickets and load.  No
# deadlock, no error but 40001 for the serializable ones (which try again), and
# the tables hold what was answered, no more and no less.
#
# GATE_MIXED_SECONDS (6) of it.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use GateClients;
use Time::HiRes qw(sleep);

my ($clients, $people) = (32, 1000);
my $seconds = $ENV{GATE_MIXED_SECONDS} // 6;

compile_clients();
my $node = PostgreSQL::Test::Cluster->new('mixed');
$node->init(extra => [ '--locale=C.UTF-8', '--encoding=UTF8' ]);
$node->append_conf('postgresql.conf', "fsync = off\nlog_statement = none\ndeadlock_timeout = 50ms\nmax_connections = 60\ncccd_gate.allow_superuser = on");
$node->start;
prepare_clients($node, 'mixed', $people);

my $run = start_clients($node, 'mixed', 'mixed', $clients, $people);
sleep($seconds);
stop_clients($run);

my $told = collect_answers($run);
my $kinds = $node->safe_psql('mixed', q{SELECT string_agg(concat_ws(' ', kind, n, 'of which', good), ', ' ORDER BY kind) FROM (
SELECT kind, count(*) AS n, count(*) FILTER (WHERE verdict IN ('admit', 'true') OR kind = 'annul' AND reason = '' OR reason = 'turned_away' OR kind IN ('fill', 'load')) AS good FROM ack GROUP BY 1) q});
note("$seconds s: $kinds");
diag(join ', ', "$seconds s", map { "$_ $told->{$_}" } qw(answers admitted lost tickets_twice people_twice unheard));
is($told->{errors}, '', 'no error');
is($node->safe_psql('postgres', 'SELECT sum(deadlocks) FROM pg_stat_database'), '0', 'no deadlock was seen');
unlike(slurp_file($node->logfile), qr/deadlock|XX000|PANIC/, 'nor logged, nor an internal error');
is($told->{lost}, '0', 'every answer is in the log');
is($told->{unheard}, '0', 'and every row of the log was an answer');
is($told->{tickets_twice}, '0', 'no ticket admitted twice');
is($told->{people_twice}, '0', 'nobody was admitted twice');
# each kind has done what it is for, so that what was compared was there
is($node->safe_psql('mixed', q{SELECT string_agg(k, ' ') FROM unnest('{in admit,out admit,move admit,recheck admit,paper true,annul refuse,turn_away refuse,cancel true,reissue true,load 20,in refuse,in review}'::text[]) k
WHERE NOT EXISTS (SELECT FROM ack WHERE k = kind || ' ' || verdict)}), '', 'everything was done');
is($node->safe_psql('mixed', q{SELECT count(*), count(*) FILTER (WHERE f.fact IS NULL) FROM ack CROSS JOIN generate_series(1, 20) i
LEFT JOIN cccd_gate.current_fact f ON f.source = 'national' AND f.source_record = ack.request || ' ' || i WHERE ack.kind = 'load'}) =~ s/^[1-9]\d*/n/r, 'n|0', 'every line that was loaded is a fact');
is($node->safe_psql('mixed', 'SELECT count(*) FROM cccd_gate.fact_in'), '0', 'no line is left');
tables_agree($node, 'mixed', 'afterwards');
$node->stop;
done_testing();
