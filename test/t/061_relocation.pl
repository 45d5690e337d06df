# The extension in folders of its own, with nothing of it in the usual ones:
# control files and scripts are found through extension_control_path (since
# 18), libraries through dynamic_library_path, and the QR code reader beside
# the library that is loaded.
use strict;
use warnings;

use File::Copy qw(copy move);
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('relocation');
$node->init(extra => [ '--locale=C.UTF-8', '--encoding=UTF8' ]);
$node->append_conf('postgresql.conf', 'fsync = off');

my %usual = (lib => `pg_config --pkglibdir`, share => `pg_config --sharedir`);
chomp %usual;
$usual{share} .= '/extension';
my $has_control_path = -e "$usual{share}/plpgsql.control" && `pg_config --version` =~ /(\d+)/ && $1 >= 18;
my $elsewhere = $node->basedir . '/elsewhere';
my %kept = map { $_ => $node->basedir . "/kept_$_" } qw(lib share);
my @parts = $has_control_path ? qw(lib share) : qw(lib);

sub put_back
{
	for my $part (@parts)
	{
		move($_, $usual{$part}) or die "$_: $!" for glob "$kept{$part}/*";
	}
	return;
}
END { put_back() if $node }

mkdir $_ or die "$_: $!" for $elsewhere, "$elsewhere/lib", "$elsewhere/share", "$elsewhere/share/extension", values %kept;
for my $part (@parts)
{
	my $to = $part eq 'lib' ? "$elsewhere/lib" : "$elsewhere/share/extension";
	for my $file (glob "$usual{$part}/cccd*")
	{
		my $copy = $to . '/' . ($file =~ s/.*\///r);
		copy($file, $copy) or die "$file: $!";
		chmod 0755, $copy;
		move($file, $kept{$part}) or die "$file: $!";
	}
}
$node->start;

# What a session prints, and its errors as SQLSTATEs.
sub session
{
	my ($sql, $database) = @_;
	my ($out, $err) = ('', '');
	$node->psql($database || 'postgres', "\\set VERBOSITY sqlstate\n$sql",
		on_error_stop => 0, stdout => \$out, stderr => \$err);
	return join("\n", $out || (), $err =~ /ERROR:\s+(\w+)/g);
}

is(session('CREATE EXTENSION cccd'), $has_control_path ? '0A000' : '58P01', 'there is nothing in the usual folders');

$node->append_conf('postgresql.conf', "extension_control_path = '$elsewhere/share:\$system'") if $has_control_path;
$node->append_conf('postgresql.conf', "dynamic_library_path = '$elsewhere/lib:\$libdir'");
$node->reload;

is(session('SET client_min_messages = warning; CREATE EXTENSION cccd_gate CASCADE'), '', 'the extensions are created');
is(session(q{SELECT DISTINCT probin FROM pg_proc WHERE probin LIKE '%cccd%' ORDER BY 1}),
	"cccd\ncccd_gate\ncccd_qr", 'their functions name libraries without a folder');
is(session(q{SELECT cccd_version() = extversion FROM pg_extension WHERE extname = 'cccd'}), 't', 'the library answers');

# takes both libraries
my $scan = q{SELECT payload || substring(cccd_version() for 0) FROM cccd_qr_scan(cccd_qr_png('still here'));};
my $mapped = q{SELECT DISTINCT substring(line from '/.*') FROM regexp_split_to_table(pg_read_file('/proc/self/maps'), E'\n') line
  WHERE line ~ '/cccd[a-z_]*[.]so$' ORDER BY 1;};
my $program = q{SELECT convert_from(trim('\000'::bytea FROM pg_read_binary_file('/proc/' || trim(children) || '/cmdline')), 'UTF8')
  FROM pg_read_file('/proc/self/task/' || pg_backend_pid() || '/children') children;};
is(session("$scan $mapped"), "still here\n$elsewhere/lib/cccd.so\n$elsewhere/lib/cccd_qr.so", 'both libraries are those elsewhere');
is(session("$scan $program"), "still here\n$elsewhere/lib/cccd_qr_reader", 'and so is the reader');

$node->restart;
is(session($scan), 'still here', 'after a restart as well');
is(session("SET dynamic_library_path = '\$libdir'; SELECT cccd_version()"), '58P01', 'nothing is found without the setting');

# a library's reader is the one beside it
put_back();
is(session($scan), 'still here', 'the usual folders are full again');
unlink "$elsewhere/lib/cccd_qr_reader";
is(session($scan), '0A000', 'but a reader is taken from beside its library only');
is(session("SET dynamic_library_path = '\$libdir'; $scan $mapped"),
	"still here\n$usual{lib}/cccd.so\n$usual{lib}/cccd_qr.so", 'the usual folders serve where they come first');

# a dump names neither folder
$node->command_ok([ 'pg_dump', '-f', "$elsewhere/dump", 'postgres' ], 'a dump');
unlike(slurp_file("$elsewhere/dump"), qr/\Q$elsewhere\E|libdir/, 'has no path in it');
$node->safe_psql('postgres', 'CREATE DATABASE copy');
$node->command_ok([ 'psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-o', "$elsewhere/restored", '-d', 'copy', '-f', "$elsewhere/dump" ], 'and is restored');
is(session(q{SELECT count(*) FROM pg_extension WHERE extname ~ '^cccd'}, 'copy'), '2', 'with both extensions');

$node->stop;
done_testing();
