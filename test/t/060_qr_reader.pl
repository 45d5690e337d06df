# The QR code reader dies, hangs, lies and vanishes at every stage, and the
# real one is fed what crashes or stops others: it costs one reader, nothing
# else.
use strict;
use warnings;

use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Compress::Zlib qw(compress crc32);
use Test::More;
use Time::HiRes qw(time usleep);

my $node = PostgreSQL::Test::Cluster->new('qr');
$node->init(extra => [ '--locale=C.UTF-8', '--encoding=UTF8' ]);
$node->append_conf('postgresql.conf',
	"fsync = off\nrestart_after_crash = on");
$node->start;
$node->safe_psql('postgres', 'CREATE EXTENSION cccd');
my $data = $node->data_dir;
my $libdir = `pg_config --pkglibdir`;
chomp $libdir;
my $reader = "$libdir/cccd_qr_reader";

# What a session prints, and its errors as SQLSTATEs.
sub session
{
	my ($sql) = @_;
	my ($out, $err) = ('', '');
	$node->psql('postgres', "\\set VERBOSITY sqlstate\n$sql",
		on_error_stop => 0, stdout => \$out, stderr => \$err);
	return ($out, join(' ', $err =~ /ERROR:\s+(\w+)/g));
}

my $children =
  q{SELECT '<' || trim(pg_read_file('/proc/self/task/' || pg_backend_pid() || '/children')) || '>';};
my $good = q{SELECT payload FROM cccd_qr_scan(cccd_qr_png('still here'));};
my ($out, $errors, $pid);

# Ended, be it that nobody has asked for its status yet.
sub gone
{
	my ($pid) = @_;
	for (1 .. 50)
	{
		open(my $stat, '<', "/proc/$pid/stat") or return 1;
		return 1 if (<$stat> // '') =~ /\) Z /;
		usleep(20_000);
	}
	return 0;
}

# --- mapped at first use only; one reader a session, gone with it

my $mapped = q{pg_read_file('/proc/self/maps') LIKE '%/cccd_qr.so%'};
($out) = session("SELECT cccd_version() IS NOT NULL, $mapped;
SELECT cccd_qr_svg('x') IS NOT NULL;
SELECT $mapped; $children");
is($out, "t|f\nt\nt\n<>",
	'the library is mapped at first use, and making a code starts no reader');

($out) = session("$good $children $good $good $children");
my @lines = split(/\n/, $out);
like($lines[1], qr/^<\d+>$/, 'one reader');
is($lines[4], $lines[1], 'and the same for all pictures of a session');
($pid) = $lines[1] =~ /(\d+)/;
ok(gone($pid), 'no reader is left after its session');

($out) = session("$good $children
SELECT pg_terminate_backend(pg_backend_pid());");
($pid) = $out =~ /<(\d+)>/;
ok($pid && gone($pid), 'nor after the backend was terminated');

# --- hostile pictures for the real reader

sub chunk
{
	my ($name, $bytes) = @_;
	return pack('N', length $bytes) . $name . $bytes
	  . pack('N', crc32($name . $bytes));
}

# A PNG of 1 bit a pixel; $row->($y) gives a packed row.
sub png
{
	my ($width, $height, $row) = @_;
	my $raw = '';
	$raw .= "\0" . $row->($_) for 0 .. $height - 1;
	return
		"\x89PNG\r\n\x1a\n"
	  . chunk('IHDR', pack('NNCCCCC', $width, $height, 1, 0, 0, 0, 0))
	  . chunk('IDAT', compress($raw))
	  . chunk('IEND', '');
}

my $pictures = 0;

sub picture
{
	my ($bytes) = @_;
	my $file = "$data/picture" . $pictures++;
	open(my $handle, '>:raw', $file) or die $!;
	print $handle $bytes;
	close $handle;
	return "pg_read_binary_file('$file')";
}

my $empty = "\0" x 2048;
my $grey_frame = "\x01\x01\x11\x00";
my %bombs = (
	'PNG of 268 megapixels' => png(16384, 16384, sub { $empty }),
	'PNG of 4294967295 pixels a side' => "\x89PNG\r\n\x1a\n"
	  . chunk('IHDR',
		pack('NNCCCCC', 0xFFFFFFFF, 0xFFFFFFFF, 16, 6, 0, 0, 1)),
	'JPEG of 65000 by 10000 pixels' => "\xFF\xD8\xFF\xC0\x00\x0B\x08"
	  . pack('nn', 10000, 65000) . $grey_frame,
	'JPEG of a thousand scans' => "\xFF\xD8\xFF\xC2\x00\x0B\x08"
	  . pack('nn', 100, 100) . $grey_frame
	  . ("\xFF\xDA\x00\x08\x01\x01\x00\x00\x00\x00\x12" x 1000)
	  . "\xFF\xD9",);
for my $bomb (sort keys %bombs)
{
	my $picture = picture($bombs{$bomb});
	($out, $errors) = session(
		qq{$good
SELECT $picture AS bomb, clock_timestamp() AS start \\gset
SELECT count(*) FROM cccd_qr_scan(:'bomb');
SELECT clock_timestamp() - :'start' < interval '4 s';
$good});
	is($errors, '54000', "$bomb: refused");
	is($out, "still here\nt\nstill here",
		"$bomb: before the time limit, and the reader goes on");
}
my $too_big = picture("\xFF" x (8 * 1024 * 1024 + 1));
($out, $errors) =
  session("SELECT count(*) FROM cccd_qr_scan($too_big); $children");
is($errors, '54000', 'a file over 8 MB is refused');
is($out, '<>', 'before there is a reader');
my $whole = png(99, 99, sub { "\x55" x 13 });
for my $broken ('', 'GIF89a', "\x89PNG\r\n\x1a\n", "\xFF\xD8\xFF",
	substr($whole, 0, -40))
{
	my $picture = picture($broken);
	($out, $errors) =
	  session("SELECT count(*) FROM cccd_qr_scan($picture); $good");
	is($errors, '22P03', 'broken picture of ' . length($broken) . ' bytes');
	is($out, 'still here', 'it costs nothing');
}

# Patterns that keep a decoder busy for tens of seconds end with the limit.
my @finder = qw(11111110 10000010 10111010 10111010 10111010 10000010
  11111110 00000000);
my %patterns = (
	finders => sub { pack('B*', $finder[ $_[0] % 8 ] x 500) },
	crosses =>
	  sub { ($_[0] % 7 == 1 || $_[0] % 7 == 5 ? "\0" : "\xBA") x 500 },
	bars => sub { "\xBA" x 500 },
	noise => sub { pack('N*', map { rand(2**32) } 1 .. 125) },);
for my $name (sort keys %patterns)
{
	my $picture = picture(png(4000, 3000, $patterns{$name}));
	my $start = time;
	($out, $errors) =
	  session("SELECT count(*) FROM cccd_qr_scan($picture, 1000); $good");
	my $took = time - $start;
	like($errors, qr/^(54000)?$/, "$name: nothing found, or the time limit");
	like($out, qr/^(0\n)?still here$/, "$name: the next picture is read");
	# long enough for any machine, far below what decoding would take
	cmp_ok($took, '<', 60,
		"$name: " . ($errors ? 'stopped' : 'done') . sprintf(' after %.1f s', $took));
}
my $cancelled = picture(png(4000, 3000, $patterns{finders}));
($out, $errors) = session(
	qq{$good
SELECT $cancelled AS image \\gset
SET statement_timeout = 300;
SELECT clock_timestamp() AS start \\gset
SELECT count(*) FROM cccd_qr_scan(:'image', 20000);
SELECT clock_timestamp() - :'start' < interval '15 s';
$good});
is($errors, '57014', 'a busy reader is cancelled');
is($out, "still here\nt\nstill here", 'long before the time limit');

# Many pictures, every tenth of them hostile, and now and then a reader that
# is killed: nothing grows, nothing is left.  CCCD_QR_SCANS says how many.
my $scans = $ENV{CCCD_QR_SCANS} || 2000;
my @hostile = map { picture($bombs{$_}) } sort keys %bombs;
push @hostile, picture(substr($whole, 0, -40)), picture('GIF89a');
my $hostile = join(', ', @hostile);
($out, $errors) = session(
	qq{CREATE FUNCTION many(scans int) RETURNS text LANGUAGE plpgsql AS \$\$
DECLARE
  hostile bytea[] := ARRAY[$hostile];
  good bytea := cccd_qr_png('many');
  readers text; read int := 0; refused int := 0; killed int := 0;
BEGIN
  FOR i IN 1 .. scans LOOP
    IF i % 200 = 0 THEN
      readers := trim(pg_read_file('/proc/self/task/' || pg_backend_pid() || '/children'));
      -- not the process of this function's own COPY
      EXECUTE format('COPY (SELECT 1) TO PROGRAM %L', 'cat > /dev/null; kill -9 ' || readers);
      killed := killed + 1;
    END IF;
    BEGIN
      IF i % 10 = 0 THEN
        PERFORM cccd_qr_scan(hostile[1 + i / 10 % cardinality(hostile)]);
      ELSE
        read := read + (SELECT count(*) FROM cccd_qr_scan(good) WHERE payload = 'many');
      END IF;
    EXCEPTION WHEN program_limit_exceeded OR invalid_binary_representation THEN
      refused := refused + 1;
    END;
  END LOOP;
  RETURN format('%s read, %s refused, %s killed', read, refused, killed);
END \$\$;
SELECT many(1000) AS warm \\gset
SELECT split_part(pg_read_file('/proc/self/statm'), ' ', 2) AS pages,
       (SELECT count(*) FROM pg_ls_dir('/proc/self/fd')) AS fds \\gset
SELECT many($scans);
SELECT (split_part(pg_read_file('/proc/self/statm'), ' ', 2)::int - :pages) * 4 AS grown \\gset
\\echo :grown
SELECT :grown < 1024, count(*) - :fds FROM pg_ls_dir('/proc/self/fd');
$children});
@lines = split(/\n/, $out);
is( $lines[0],
	sprintf('%d read, %d refused, %d killed',
		$scans * 9 / 10, $scans / 10, $scans / 200),
	"$scans scans");
is($lines[2], 't|0', "the backend grew by less than 1 MB ($lines[1] kB) and holds no descriptor more");
like($lines[3], qr/^<\d*>$/, 'at most one reader is left');

# --- an installation without the reader

rename($reader, "$reader.kept") or die "$reader: $!";
($out, $errors) = session(
	q{SELECT count(*) FROM cccd_qr_scan('x');
SELECT cccd_qr_svg('x') IS NOT NULL, cccd_version() IS NOT NULL;});
is($errors, '0A000', 'no reader: the function says so');
is($out, 't|t', 'and the others work');
$node->safe_psql('postgres', 'SET client_min_messages = warning; CREATE EXTENSION cccd_gate');
$node->safe_psql('postgres', q{SET client_min_messages = warning;
INSERT INTO cccd_gate.person (person, name, birth_date, sex) VALUES (1, 'Nguyễn Văn An', '1990-01-01', 'M');
INSERT INTO cccd_gate.identity_number VALUES ('001090000001', 1);
INSERT INTO cccd_gate.document (person, kind, number, issued) VALUES (1, 'chip', '001090000001', '2021-05-10');
INSERT INTO cccd_gate.event (event, code, name, starts, capacity, rule, ticket_required, entries) VALUES (1, 'E', 'E', clock_timestamp(), 10, 'doses >= 0', false, 'free');
INSERT INTO cccd_gate.gate VALUES (1, 'A')});
my $gate = q{SET cccd_gate.allow_superuser = on; SELECT reasons FROM cccd_gate.check_in('E', 'A', gen_random_uuid(), image => 'x');};
($out, $errors) = session($gate . q{SELECT reasons FROM cccd_gate.check_in('E', 'A', gen_random_uuid(), image => 'x', scan => '001090000001||Nguyễn Văn An|01011990|Nam||10052021');});
is("$out $errors", "{picture_not_possible}\n{} ",
	'the door gives it as a reason, and only where there is no scan');

# --- a hostile reader in its place

system($ENV{CC} || 'cc', '-O1', '-o', $reader, 'test/t/hostile_reader.c') == 0
  or die 'the hostile reader does not compile';

sub mode
{
	my ($mode) = @_;
	return "COPY (SELECT '$mode') TO '$data/hostile_mode';\n";
}

my @attacks;
for my $stage ('before hello', 'in hello', 'before request', 'in request',
	'before reply', 'in reply', 'in codes')
{
	push @attacks, map { [ "$_ $stage", '38000' ] }
	  qw(abort crash exit close memory);
	push @attacks, [ "garbage $stage", '38000' ], [ "hang $stage", '54000' ];
}
push @attacks, map { [ $_, '38000' ] } (
	'wrong hello', 'wrong serial', 'wrong status', 'wrong flags',
	'more codes', 'many codes', 'huge reply', 'wrong reader', 'wrong step',
	'far corner', 'long payload', 'short payload', 'leftover');
my $big = picture("\xFF" x 2_000_000);

# All of them in one session: it must survive every one.
my $script = "SELECT pg_backend_pid() AS pid,
(SELECT count(*) FROM pg_ls_dir('/proc/self/fd')) AS fds \\gset\n";
for my $attack (@attacks)
{
	$script .=
		"\\echo $attack->[0]\n"
	  . mode($attack->[0])
	  . "SELECT 'answered' FROM cccd_qr_scan($big, "
	  # a slow machine takes its time to fill 512 MB
	  . ($attack->[1] eq '54000' ? 400 : 20000) . ");\n"
	  . "\\echo :LAST_ERROR_SQLSTATE\n"
	  . mode('good')
	  . "SELECT payload FROM cccd_qr_scan('x');\n"
	  # the good one ends, so that the next attack meets a new reader
	  . mode('exit before reply')
	  . "SELECT 'answered' FROM cccd_qr_scan('x');\n";
}
($out) = session($script
	  . "SELECT pg_backend_pid() = :pid, count(*) - :fds FROM pg_ls_dir('/proc/self/fd');\n$children\n"
);
my @answers = split(/\n/, $out);
for my $attack (@attacks)
{
	my ($name, $state, $fds) = splice(@answers, 0, 3);
	is("$name: $state", "$attack->[0]: $attack->[1]",
		"$attack->[0]: a clean error");
	is($fds, ' 0 1 2', 'the next reader answers, with three descriptors');
}
is_deeply(\@answers, [ 't|0', '<>' ],
	'the same backend with no descriptor more, and no reader left');

($out, $errors) = session(mode('abort in reply') . $gate . mode('hang in reply') . $gate . mode('good') . $gate);
is("$out $errors", join("\n", ('{picture_unreadable}') x 2, '{scan_unreadable}') . ' ',
	'at the door it is a picture that cannot be read, and the next one is read');

# What is no error: the reader says that it goes, goes unasked, or chatters
# after its answer; the next picture is answered by another.
for my $mode (
	'retire', 'exit after reply', 'abort after reply', 'close after reply',
	'garbage after reply', 'chatter')
{
	($out, $errors) = session(mode($mode)
		  . "SELECT payload FROM cccd_qr_scan('x');\nDO 'BEGIN PERFORM pg_sleep(0.05); END';\n"
		  . mode('good')
		  . "SELECT payload FROM cccd_qr_scan('x');\n");
	is($errors, '', "$mode: no error");
	is($out, " 0 1 2\n 0 1 2", "$mode: both pictures are answered");
}

# A cancel does not depend on what the reader does.
for my $stage ('before hello', 'in request', 'in codes')
{
	($out, $errors) = session(
		mode("hang $stage") . qq{SET statement_timeout = 200;
SELECT clock_timestamp() AS start \\gset
SELECT count(*) FROM cccd_qr_scan($big, 20000);
SELECT clock_timestamp() - :'start' < interval '15 s';
$children});
	is($errors, '57014', "hang $stage: cancelled");
	is($out, "t\n<>", "hang $stage: long before the time limit, and the reader is gone");
}

# A reader that served before and dies now gets this picture a second try.
($out, $errors) = session(mode('good') . "SELECT payload FROM cccd_qr_scan('x');\n"
	  . mode('exit in reply') . "SELECT 'answered' FROM cccd_qr_scan('x');\n"
	  . mode('good') . "SELECT payload FROM cccd_qr_scan('x');\n");
is($errors, '38000', 'a picture that kills two readers is an error');
is($out, " 0 1 2\n 0 1 2", 'and the next one is read');

($out, $errors) = session(
	mode('abort before reply') . q{
DO $$ BEGIN FOR i IN 1 .. 20 LOOP
  BEGIN PERFORM cccd_qr_scan('x'); EXCEPTION WHEN external_routine_exception THEN NULL; END;
END LOOP; END $$;
SELECT 'here';});
is($errors . $out, 'here', 'its errors are caught like any other');

# --- the backend is killed: its reader goes, too

unlink $reader;
rename("$reader.kept", $reader) or die "$reader: $!";
($out) =
  session(qq{$good $children\nCOPY (SELECT 1) TO PROGRAM 'kill -9 \$PPID';});
($pid) = $out =~ /<(\d+)>/;
ok($pid && gone($pid), 'no reader is left after its backend was killed');
$node->poll_query_until('postgres', 'SELECT true');
is(scalar(my @cores = glob("$data/core*")), 0, 'no core file');

$node->stop;
done_testing();
