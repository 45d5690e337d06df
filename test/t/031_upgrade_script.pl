# ALTER EXTENSION UPDATE leaves what a new installation makes: from the first
# script of every release that is kept in test/data/frozen, and, so that the
# comparison itself is tested, from the present version to an invented next one
# by an upgrade script that is right and by several that forget something.
use strict;
use warnings;
use File::Basename qw(basename);
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('upgrade');
$node->init(extra => [ '--locale=C.UTF-8', '--encoding=UTF8' ]);
$node->append_conf('postgresql.conf', 'fsync = off');
$node->start;

my $folder = `pg_config --sharedir`;
chomp $folder;
$folder .= '/extension';
my @written;

END { unlink @written }

sub write_script
{
	my ($name, $text) = @_;
	die "$name exists" if -e "$folder/$name" && !grep { $_ eq "$folder/$name" } @written;
	push @written, "$folder/$name";
	unlink "$folder/$name";
	append_to_file("$folder/$name", $text);
}

my $databases = 0;

# a new database like another, with statements run in it
sub database_like
{
	my $template = shift;
	my $db = 'upgrade' . $databases++;
	$node->safe_psql('postgres', "CREATE DATABASE $db TEMPLATE $template");
	$node->safe_psql($db, "SET client_min_messages = warning; $_") for @_;
	return $db;
}

sub database { return database_like('template1', @_) }

# Everything that the catalogs hold of the extensions, as text without OIDs: the
# server's own dump for pg_upgrade writes every member in full; it leaves out
# what members depend on, and the rows that an extension brings.
sub catalog
{
	my ($db) = @_;
	my $file = $node->basedir . "/$db.sql";
	system_or_bail('pg_dump', '--binary-upgrade', '--schema-only', '-f', $file, '-d', $node->connstr($db));
	my @dump = grep { !/^$|^--|^\\(un)?restrict |binary_upgrade_(set|create)_|^SET relfrozenxid|^WHERE oid = / } split /\n/, slurp_file($file);
	my @rest = split /\n/, $node->safe_psql($db, q{
SET search_path = '';
SELECT format('%s depends (%s) on %s', pg_describe_object(d.classid, d.objid, d.objsubid), d.deptype,
              pg_describe_object(d.refclassid, d.refobjid, d.refobjsubid))
FROM pg_depend d
WHERE (d.classid, d.objid) IN (SELECT m.classid, m.objid FROM pg_depend m JOIN pg_extension e ON e.oid = m.refobjid
                               WHERE m.refclassid = 'pg_extension'::regclass AND m.deptype = 'e' AND e.extname LIKE 'cccd%');
SELECT format('%s keeps %s %s', e.extname, c.t::regclass, c.condition) FROM pg_extension e,
       ROWS FROM (unnest(e.extconfig), unnest(e.extcondition)) c(t, condition)
WHERE e.extname LIKE 'cccd%';
SELECT format('%s is in %s with version %s', extname, extnamespace::regnamespace, extversion)
FROM pg_extension WHERE extname LIKE 'cccd%'});
	if ($node->safe_psql($db, q{SELECT count(*) FROM pg_extension WHERE extname = 'cccd_gate'}))
	{
		my @tables = split /\n/, $node->safe_psql($db, q{SELECT relname FROM pg_class WHERE relnamespace = 'cccd_gate'::regnamespace AND relkind = 'r' AND relname <> 'secret'});
		push @rest, split /\n/, $node->safe_psql($db, join ' UNION ALL ', map { "SELECT '$_ has ' || t::text FROM cccd_gate.$_ t" } @tables);
	}
	return join "\n", @dump, @rest, '';
}

# The lines that one has and the other has not.
sub differences
{
	my ($one, $other) = @_;
	my %count;
	$count{$_}++ for split /\n/, $one;
	$count{$_}-- for split /\n/, $other;
	return join "\n", map { ($count{$_} > 0 ? '- ' : '+ ') . $_ } sort grep { $count{$_} != 0 } keys %count;
}

my %version;
for my $extension (qw(cccd cccd_gate))
{
	($version{$extension}) = slurp_file("$folder/$extension.control") =~ /^default_version = '(.*)'$/m;
}
my $create = 'CREATE EXTENSION cccd; CREATE EXTENSION cccd_gate';
my $fresh = catalog(database($create));
is(differences($fresh, catalog(database($create))), '', 'two new installations are the same');
cmp_ok(scalar(split /\n/, $fresh), '>', 5000, 'and there is much to compare');

# --- what was released

my @frozen = sort glob 'test/data/frozen/*--*.sql';
note(@frozen ? '' : 'nothing was released yet');
for my $file (@frozen)
{
	my ($extension, $old) = basename($file) =~ /^(\w+)--([0-9.]+)\.sql$/ or die "what is $file?";
	if ($old eq $version{$extension})
	{
		is(slurp_file("$folder/" . basename($file)), slurp_file($file), "$extension $old is what was released: a change needs a new version");
		next;
	}
	write_script(basename($file), slurp_file($file));
	my $from = "CREATE EXTENSION $extension VERSION '$old'" . ($extension eq 'cccd_gate' ? ' CASCADE' : '');
	my $db = database($from, "ALTER EXTENSION $extension UPDATE", $extension eq 'cccd' ? 'CREATE EXTENSION cccd_gate' : ());
	is(differences($fresh, catalog($db)), '', "$extension $old upgraded is $extension $version{$extension} made anew");
}

# --- an invented next version

my %change = (
	cccd => q{
CREATE FUNCTION cccd_invented(id cccd_id, again int DEFAULT 1) RETURNS boolean
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 3 RETURN id::bigint > again;
COMMENT ON FUNCTION cccd_invented(cccd_id, int) IS 'invented';
REVOKE ALL ON FUNCTION cccd_invented(cccd_id, int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION cccd_invented(cccd_id, int) TO pg_monitor;
CREATE OPERATOR <<<>>> (LEFTARG = cccd_id, RIGHTARG = int, FUNCTION = cccd_invented, RESTRICT = contsel);
COMMENT ON OPERATOR <<<>>> (cccd_id, int) IS 'invented';
COMMENT ON TYPE cccd_id IS 'an invented comment';
},
	cccd_gate => q{
CREATE TABLE invented (id cccd_id PRIMARY KEY, n int NOT NULL DEFAULT 0 CHECK (n >= 0));
COMMENT ON TABLE invented IS 'invented';
CREATE INDEX invented_n ON invented (n);
SELECT pg_catalog.pg_extension_config_dump('invented', '');
GRANT SELECT ON invented TO pg_monitor;
INSERT INTO invented VALUES ('001090000001', 7);
ALTER TABLE reason ADD COLUMN invented text DEFAULT 'x';
COMMENT ON COLUMN reason.invented IS 'invented';
});

# what a careless upgrade script forgets, and where that shows
my @forgotten = (
	[ 'cccd', 'a function and its operator', sub { $_[0] =~ s/^.*(COMMENT ON TYPE)/$1/sr }, qr/- .*FUNCTION pg_catalog\.cccd_invented/ ],
	[ 'cccd', 'an operator', sub { $_[0] =~ s/CREATE OPERATOR.*?;\n.*?;\n//sr }, qr/- CREATE OPERATOR pg_catalog\.<<<>>>/ ],
	[ 'cccd', 'a property of an operator', sub { $_[0] =~ s/, RESTRICT = contsel//r }, qr/-     RESTRICT = contsel/ ],
	[ 'cccd', 'a comment', sub { $_[0] =~ s/COMMENT ON FUNCTION.*?;\n//sr }, qr/- COMMENT ON FUNCTION pg_catalog\.cccd_invented/ ],
	[ 'cccd', 'a changed comment', sub { $_[0] =~ s/COMMENT ON TYPE.*?;\n//sr }, qr/- COMMENT ON TYPE pg_catalog\.cccd_id IS 'an invented comment'/ ],
	[ 'cccd', 'a default', sub { $_[0] =~ s/ DEFAULT 1//r }, qr/- CREATE FUNCTION pg_catalog\.cccd_invented\(.* DEFAULT 1/ ],
	[ 'cccd', 'volatility', sub { $_[0] =~ s/IMMUTABLE //r }, qr/- .*IMMUTABLE STRICT COST 3 PARALLEL SAFE/ ],
	[ 'cccd', 'a right that is taken', sub { $_[0] =~ s/REVOKE.*?;\n//sr }, qr/REVOKE ALL ON FUNCTION pg_catalog\.cccd_invented/ ],
	[ 'cccd', 'a right that is given', sub { $_[0] =~ s/GRANT.*?;\n//sr }, qr/- GRANT .*FUNCTION pg_catalog\.cccd_invented/ ],
	[ 'cccd', 'an object that should not be there', sub { $_[0] . "CREATE FUNCTION cccd_left_over() RETURNS int LANGUAGE sql RETURN 1;\n" }, qr/\+ .*cccd_left_over/ ],
	[ 'cccd_gate', 'an index', sub { $_[0] =~ s/CREATE INDEX.*?;\n//sr }, qr/- CREATE INDEX invented_n/ ],
	[ 'cccd_gate', 'a constraint', sub { $_[0] =~ s/ CHECK \(n >= 0\)//r }, qr/- .*CHECK/ ],
	[ 'cccd_gate', 'a column', sub { $_[0] =~ s/ALTER TABLE reason.*//sr }, qr/-     invented text DEFAULT 'x'/ ],
	[ 'cccd_gate', 'what a dump keeps', sub { $_[0] =~ s/SELECT pg_catalog\.pg_extension_config_dump.*?;\n//sr }, qr/- cccd_gate keeps cccd_gate\.invented/ ],
	[ 'cccd_gate', 'a row', sub { $_[0] =~ s/INSERT.*?;\n//sr }, qr/- invented has \(001090000001,7\)/ ]);

my $next = '999.1';
for my $extension (qw(cccd cccd_gate))
{
	my $guard = qq{\\echo Use "ALTER EXTENSION $extension UPDATE TO '$next'" to load this file. \\quit\n};
	write_script("$extension--$next.sql", slurp_file("$folder/$extension--$version{$extension}.sql") . $change{$extension});
	my $others = $extension eq 'cccd' ? [] : ['CREATE EXTENSION cccd'];
	my $wanted = catalog(database(@$others, "CREATE EXTENSION $extension VERSION '$next'"));
	my $base = database(@$others, "CREATE EXTENSION $extension");
	my @update = ("ALTER EXTENSION $extension UPDATE TO '$next'");

	write_script("$extension--$version{$extension}--$next.sql", $guard . $change{$extension});
	# with what a user has made of it
	my $db = database_like($base, $extension eq 'cccd' ? slurp_file('test/data/forms.sql') : ());
	my $before = $extension eq 'cccd' ? $node->safe_psql($db, 'SELECT * FROM forms.digest()') : '';
	$node->safe_psql($db, $_) for @update;
	if ($extension eq 'cccd')
	{
		is($node->safe_psql($db, 'SELECT * FROM forms.digest()'), $before, 'a user has the same rows after an update');
		is($node->safe_psql($db, 'SELECT * FROM forms.disagreements()'), '', 'and indexes find what scans find');
		$node->safe_psql($db, 'SET client_min_messages = warning; DROP SCHEMA forms CASCADE');
	}
	is(differences($wanted, catalog($db)), '', "$extension: an upgrade that is right");
	my $error;
	$node->psql($db, "DROP EXTENSION $extension; CREATE EXTENSION $extension VERSION '$next'", stderr => \$error);
	is($error, '', "$extension: dropped and made anew");
	$node->psql('postgres', "\\i $folder/$extension--$version{$extension}--$next.sql", stdout => \my $said);
	like($said, qr/^Use "ALTER EXTENSION/, "$extension: a script that is run by hand says what to do");

	for my $case (grep { $_->[0] eq $extension } @forgotten)
	{
		my (undef, $what, $forget, $shows) = @$case;
		my $script = $forget->($change{$extension});
		die "$what: nothing forgotten" if $script eq $change{$extension};
		write_script("$extension--$version{$extension}--$next.sql", $guard . $script);
		like(differences($wanted, catalog(database_like($base, @update))), $shows, "$extension: $what is missed");
	}
}
$node->stop;
done_testing();
