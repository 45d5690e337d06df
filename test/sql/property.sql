-- The properties of test/property over a few hundred cases each, so that
-- installcheck guards them.  The suite "property" asks many thousands.
\set quick
\getenv root PG_ABS_SRCDIR
\set property :root '/property'
\setenv PG_ABS_SRCDIR :property
\set ECHO none
\echo == count
\set file :property '/sql/count.sql'
\i :file
DISCARD ALL;
\echo == eval
\set file :property '/sql/eval.sql'
\i :file
DISCARD ALL;
\echo == gate_contacts
\set file :property '/sql/gate_contacts.sql'
\i :file
DISCARD ALL;
\echo == gate_judge
\set file :property '/sql/gate_judge.sql'
\i :file
DISCARD ALL;
\echo == health
\set file :property '/sql/health.sql'
\i :file
DISCARD ALL;
\echo == id
\set file :property '/sql/id.sql'
\i :file
DISCARD ALL;
\echo == index
\set file :property '/sql/index.sql'
\i :file
DISCARD ALL;
\echo == parallel
\set file :property '/sql/parallel.sql'
\i :file
DISCARD ALL;
\echo == scan
\set file :property '/sql/scan.sql'
\i :file
DISCARD ALL;
