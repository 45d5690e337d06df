-- cccd_bound: a rule at a time in a context

-- made from its parts, and opened again
SELECT cccd_rule 'doses >= 2 and ticket' @ timestamptz '2021-11-16 19:00:00+07' AS bound;
SELECT cccd_rule_bind('doses >= 2 and ticket', '2021-11-16 19:00:00+07') AS bound;
SELECT cccd_rule_bind('ticket or age < 12 years', '2021-11-16 19:00:00.25+07',
                      cccd_context(ticket => false, birth_date => '2012-01-01')) AS bound;
SELECT cccd_bound_rule(b), cccd_bound_at(b), cccd_bound_context(b)
FROM (VALUES ('(ticket) @ 2021-11-16 12:00Z {ticket=no}'::cccd_bound)) v(b);
SELECT cccd_rule '' @ timestamptz '2021-11-16 19:00:00+07' AS empty_rule;

-- strict: no rule or no time, no bound rule
SELECT cccd_rule_bind(NULL, '2021-11-16'), cccd_rule_bind('ticket', NULL), NULL::cccd_rule @ now();

-- times that are out of range
SELECT cccd_rule 'ticket' @ timestamptz 'infinity';
SELECT cccd_rule 'ticket' @ timestamptz '-infinity';
SELECT cccd_rule 'ticket' @ timestamptz '1899-12-31 23:59:59.999999+07';
SELECT cccd_rule 'ticket' @ timestamptz '1900-01-01 00:00:00+07' AS first;
SELECT cccd_rule 'ticket' @ timestamptz '2136-01-01 00:00:00+07' AS last;
SELECT cccd_rule 'ticket' @ timestamptz '2136-01-01 00:00:00.000001+07';

-- text in, canonical text out; the session's settings have no say
SET TimeZone = 'America/Los_Angeles';
SET DateStyle = 'German, DMY';
SELECT n, text::cccd_bound AS canonical
FROM (VALUES
    (1, '()@2021-11-16'), (2, ' ( ticket ) @ 2021-11-16 19:00 { } '),
    (3, '((ticket or exposed) and isolated) @ 2021-11-16T12:00:00Z{ticket=yes}'),
    (4, '(doses(product in (''Comirnaty'', ''Abdala'')) > 1) @ 2021-11-16 19:00:00.5+07 {level=2,ticket=no}')) v(n, text)
ORDER BY n;
RESET TimeZone;
RESET DateStyle;

-- what is refused, and where
CREATE FUNCTION pg_temp.refusal(bound text, OUT state text, OUT detail text) LANGUAGE plpgsql AS $$
BEGIN
    PERFORM bound::cccd_bound;
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, detail = PG_EXCEPTION_DETAIL;
END $$;
SELECT n, left(text, 50) AS text, (pg_temp.refusal(text)).*
FROM (VALUES
    (1, ''), (2, 'ticket @ 2021-11-16'), (3, '(ticket'), (4, '(ticket)'), (5, '(tickets) @ 2021-11-16'),
    (6, '(ticket) 2021-11-16'), (7, '(ticket) @'), (8, '(ticket) @ 16/11/2021'), (9, '(ticket) @ infinity'),
    (10, '(ticket) @ 1899-12-31'), (11, '(ticket) @ 2136-01-02'), (12, '(ticket) @ 2021-11-16 25:00'),
    (13, '(ticket) @ 2021-11-16 ticket=yes'), (14, '(ticket) @ 2021-11-16 {ticket=perhaps}'),
    (15, '(ticket) @ 2021-11-16 {ticket=yes'), (16, '(ticket) @ 2021-11-16 {ticket=yes} x'),
    (17, '(doses(product = ''x'') = 1) @ 2021-11-16'), (18, '(doses(product = ''x) @ 2021-11-16'),
    (19, '(ticket)) @ 2021-11-16'), (20, '(' || repeat(' ', 10000) || ') @ 2021-11-16'),
    (21, '(' || repeat('ticket or ', 64) || 'ticket) @ 2021-11-16')) v(n, text)
ORDER BY n;
SELECT '(ticket and doses > many) @ 2021-11-16'::cccd_bound;

-- equal: the same rule, time and context
SELECT a.n, b.n AS other, a.v = b.v AS equal, a.v <> b.v AS unequal, (a.v < b.v)::int - (a.v > b.v)::int = -cccd_bound_cmp(a.v, b.v) AS ordered,
       cccd_bound_hash(a.v) = cccd_bound_hash(b.v) AS same_hash,
       cccd_bound_hash_extended(a.v, 7) = cccd_bound_hash_extended(b.v, 7) AS same_extended
FROM (VALUES (1, cccd_rule 'doses >= 2' @ timestamptz '2021-11-16 19:00+07'), (2, '( doses > 1 ) @ 2021-11-16T12:00:00Z { }'),
    (3, '(doses >= 2) @ 2021-11-16 19:00:00.000001'), (4, '(doses >= 3) @ 2021-11-16 19:00'), (5, '(doses >= 2) @ 2021-11-16 19:00 {ticket=no}')) a(n, v),
    LATERAL (SELECT 1, cccd_rule_bind('doses >= 2', '2021-11-16 19:00+07')) b(n, v)
ORDER BY a.n;
SELECT opcname, amname, amvalidate(c.oid) FROM pg_opclass c JOIN pg_am m ON m.oid = opcmethod WHERE opcname = 'cccd_bound_ops' ORDER BY 2;
-- hashes are the same on every architecture
SELECT b, cccd_bound_hash(b::cccd_bound), cccd_bound_hash_extended(b::cccd_bound, 0) AS extended,
       cccd_bound_hash_extended(b::cccd_bound, 8816678312871386365) AS seeded
FROM (VALUES ('() @ 2021-11-16'), ('(place in (1, 79) and ticket) @ 1950-01-01 {ticket=yes, birth_date=1990-01-31}')) v(b);

-- random bounds: text and binary, there and back
SELECT setseed(0.2021);
CREATE TEMP TABLE bounds AS
SELECT n, cccd_rule_bind(rule, timestamptz '1999-12-01 00:00+07' + n * interval '3 hours 7 minutes 13.000001 seconds',
    cccd_context(ticket => (ARRAY[NULL, false, true])[1 + n % 3], birth_date => date '1950-01-01' + n)) AS bound, rule
FROM generate_series(1, 2000) n,
     LATERAL (SELECT (ARRAY['', 'doses >= 2 and since(last_dose) >= 14 days', 'since(recovery) <= 6 months or not ticket',
         'doses(product in (#1, #2, #3, #4, #5, #6, #7, #8)) = 2', 'age between 5 years and 11 years and accompanied',
         'since(negative) between 1 month and 1 year or place in (1, 79)'])[1 + n % 6]::cccd_rule) r(rule);
SELECT count(*) AS bounds,
       count(*) FILTER (WHERE bound::text::cccd_bound::text <> bound::text) AS text_differences,
       count(*) FILTER (WHERE cccd_bound_rule(bound) <> rule) AS rule_differences,
       count(*) FILTER (WHERE cccd_rule_bind(cccd_bound_rule(bound), cccd_bound_at(bound), cccd_bound_context(bound))::text <> bound::text) AS part_differences
FROM bounds;
-- DISTINCT and GROUP BY by hash and by sort, joins and unique indexes
SELECT count(*) AS distinct_bounds FROM (SELECT DISTINCT bound FROM bounds, generate_series(1, 2)) d;
SET enable_hashagg = off;
SELECT count(*) AS groups, min(members) AS at_least, max(members) AS at_most
FROM (SELECT count(*) AS members FROM bounds, generate_series(1, 2) GROUP BY bound) g;
RESET enable_hashagg;
SET enable_mergejoin = off; SET enable_nestloop = off;
SELECT count(*) AS joined FROM bounds a JOIN bounds b USING (bound);
SET enable_mergejoin = on; SET enable_hashjoin = off;
SELECT count(*) AS joined FROM bounds a JOIN bounds b USING (bound);
RESET enable_mergejoin; RESET enable_nestloop; RESET enable_hashjoin;
CREATE UNIQUE INDEX bounds_bound ON bounds (bound);
INSERT INTO bounds (bound) VALUES ('() @ 2030-01-01');
\set VERBOSITY sqlstate
INSERT INTO bounds (bound) VALUES ('() @ 2030-01-01');
\set VERBOSITY default
DELETE FROM bounds WHERE bound = '() @ 2030-01-01';
-- statistics hold no value: a bound rule may be about one person
ANALYZE bounds;
SELECT n_distinct, null_frac, correlation IS NOT NULL AS correlation, most_common_vals, histogram_bounds
FROM pg_stats WHERE tablename = 'bounds' AND attname = 'bound';
\copy (SELECT bound FROM bounds ORDER BY n) TO 'results/bound.bin' (FORMAT binary)
CREATE TEMP TABLE received (n int GENERATED ALWAYS AS IDENTITY, bound cccd_bound);
\copy received (bound) FROM 'results/bound.bin' (FORMAT binary)
SELECT count(*) AS received, count(*) FILTER (WHERE received.bound::text <> bounds.bound::text) AS differences
FROM received JOIN bounds USING (n);
SELECT encode(cccd_bound_send('(ticket) @ 2021-11-16 19:00 {ticket=yes}'), 'escape');

-- any bytes can be made a bound rule, and are found out when it is read
CREATE CAST (bytea AS cccd_bound) WITHOUT FUNCTION;
CREATE CAST (cccd_bound AS bytea) WITHOUT FUNCTION;
SELECT ''::bytea::cccd_bound;
SELECT cccd_bound_at('\x0100ffff00000000000000000000000000000000'::bytea::cccd_bound);
SELECT cccd_bound_rule(repeat('x', 100000)::bytea::cccd_bound);
CREATE FUNCTION pg_temp.read(value bytea) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    RETURN CASE WHEN value::cccd_bound::text::cccd_bound::bytea = value THEN 'the same' ELSE 'another' END;
EXCEPTION WHEN data_corrupted THEN
    RETURN 'refused';
END $$;
SELECT pg_temp.read(bound::bytea) AS unchanged, count(*) FROM bounds GROUP BY 1;
-- with one bit turned: refused, or what its own text says; never a third thing
SELECT pg_temp.read(set_byte(value, at, get_byte(value, at) # (1 << bit))) AS result, count(*) > 100 AS many
FROM (SELECT bound::bytea AS value, n FROM bounds) r,
     LATERAL (SELECT (n * 7919) % length(value) AS at, n % 8 AS bit) m
GROUP BY 1 ORDER BY 1;
SELECT pg_temp.read(substr(value, 1, n % length(value))) AS truncated, count(*) FROM (SELECT bound::bytea AS value, n FROM bounds) r
GROUP BY 1 ORDER BY 1;
DROP CAST (bytea AS cccd_bound);
DROP CAST (cccd_bound AS bytea);
