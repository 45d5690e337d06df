-- cccd_context: what the caller of a rule knows

-- text in, canonical text out
SELECT n, text, text::cccd_context AS canonical
FROM (VALUES
    (1, ''), (2, '  '), (3, 'ticket=yes'), (4, 'TICKET = No'), (5, 'ticket=true'),
    (6, 'accompanied=false,ticket=yes'), (7, 'evidence=QR'), (8, 'level=4'),
    (9, 'origin_level = 1'), (10, 'sex=female'), (11, 'sex=m'), (12, 'place=079'),
    (13, 'birth_date=1990-01-31'), (14, 'birth_date=1800-01-01'), (15, 'birth_date=2158-11-10'),
    (16, 'birth_date=1990-01-31, place=79, sex=F, origin_level=4, level=2, evidence=genuine, accompanied=no, ticket=yes'),
    (17, 'person=mf3fgn'), (18, 'PERSON = MF3FGN , ticket = no'), (19, 'person=t54g62, sex=F, place=79')) v(n, text)
ORDER BY n;
-- what hides a person from the eye can be opened
SELECT (cccd_context_fields(text::cccd_context)).* FROM (VALUES ('person=mf3fgn'), ('person=t54g62')) v(text);

-- what is refused, and where
CREATE FUNCTION pg_temp.refusal(context text, OUT state text, OUT detail text) LANGUAGE plpgsql AS $$
BEGIN
    PERFORM context::cccd_context;
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, detail = PG_EXCEPTION_DETAIL;
END $$;
SELECT n, left(text, 40) AS text, (pg_temp.refusal(text)).*
FROM (VALUES
    (1, 'x'), (2, 'ticket'), (3, 'ticket='), (4, 'ticket=maybe'), (5, 'ticket=yes,'),
    (6, 'ticket=yes level=1'), (7, 'ticket=yes, ticket=yes'), (8, 'evidence=oral'),
    (9, 'level=0'), (10, 'level=5'), (11, 'level=two'), (12, 'origin_level=-1'),
    (13, 'sex=x'), (14, 'place=0'), (15, 'place=1000'), (16, 'birth_date=1990-02-30'),
    (17, 'birth_date=31/01/1990'), (18, 'birth_date=1799-12-31'),
    (19, 'birth_date=2158-11-11'), (20, 'vé=có'), (21, repeat(' ', 1025)),
    (22, 'person=mf3fg'), (23, 'person=mf3fg1'), (24, 'person=mf3fgnn'), (25, 'person=aaaaaa'), (26, 'person=mf3fgn, sex=F'),
    (27, 'birth_date=1990-01-31, person=mf3fgn')) v(n, text)
ORDER BY n;
SELECT 'ticket=yes, level=9'::cccd_context;

-- named arguments in, columns out
SELECT cccd_context() AS nothing, cccd_context() = '' AS empty;
SELECT cccd_context(ticket => true, birth_date => '2010-05-01', sex => 'F');
SELECT cccd_context(true, false, 'chip', 1, 4, '1990-01-31', 'male', 301);
SELECT * FROM cccd_context_fields(cccd_context(true, false, 'chip', 1, 4, '1990-01-31', 'male', 301));
SELECT * FROM cccd_context_fields(cccd_context());
SELECT * FROM cccd_context_fields(NULL);
SELECT cccd_context(evidence => 'oral');
SELECT cccd_context(level => 0);
SELECT cccd_context(origin_level => 5);
SELECT cccd_context(birth_date => '1799-12-31');
SELECT cccd_context(birth_date => 'infinity');
SELECT cccd_context(birth_date => '-infinity');
SELECT cccd_context(sex => 'unknown');
SELECT cccd_context(place => 1000);

-- parts and text agree, whatever the session's settings are
SET DateStyle = 'German, DMY';
SET TimeZone = 'America/Los_Angeles';
CREATE TEMP TABLE contexts AS
SELECT n, cccd_context(
    ticket => (ARRAY[NULL, false, true])[1 + n % 3],
    accompanied => (ARRAY[NULL, false, true])[1 + n / 3 % 3],
    evidence => (ARRAY[NULL, 'claimed', 'paper', 'qr', 'registry', 'signature', 'chip', 'genuine'])[1 + n / 9 % 8],
    level => nullif(n / 72 % 5, 0), origin_level => nullif(n / 360 % 5, 0),
    sex => (ARRAY[NULL, 'M', 'F'])[1 + n / 1800 % 3],
    place => nullif(n * 7919 % 1000, 0),
    birth_date => date '1800-01-01' + nullif(n * 7919 % 131071, 0)) AS context
FROM generate_series(0, 5399) n;
SELECT count(*) AS contexts,
       count(*) FILTER (WHERE context::text::cccd_context <> context) AS text_differences,
       count(*) FILTER (WHERE cccd_context(f.ticket, f.accompanied, f.evidence, f.level, f.origin_level, f.birth_date, f.sex, f.place) <> context) AS part_differences,
       count(DISTINCT context) AS distinct_contexts
FROM contexts, cccd_context_fields(context) f;
RESET DateStyle;
RESET TimeZone;

-- hash, btree, binary
SET enable_hashagg = off;
SELECT count(*) FROM (SELECT context FROM contexts GROUP BY context) g;
RESET enable_hashagg;
CREATE INDEX ON contexts (context);
CREATE INDEX ON contexts USING hash (context);
ANALYZE contexts;
-- statistics hold no value: a context is about one person
SELECT n_distinct, null_frac, correlation IS NOT NULL AS correlation, most_common_vals, histogram_bounds
FROM pg_stats WHERE tablename = 'contexts' AND attname = 'context';
SET enable_seqscan = off;
SET enable_bitmapscan = off;
EXPLAIN (COSTS OFF) SELECT FROM contexts WHERE context = 'ticket=yes';
EXPLAIN (COSTS OFF) SELECT FROM contexts WHERE context < 'ticket=yes' ORDER BY context;
RESET enable_seqscan;
RESET enable_bitmapscan;
SELECT count(*) AS differences FROM contexts a CROSS JOIN generate_series(1, 5) d JOIN contexts b ON b.n = a.n + d
WHERE (a.context < b.context)::int + (a.context = b.context)::int + (a.context > b.context)::int <> 1
   OR (a.context <= b.context) = (a.context > b.context) OR (a.context >= b.context) = (a.context < b.context)
   OR (a.context <> b.context) = (a.context = b.context);
SELECT opcname, amvalidate(oid) FROM pg_opclass WHERE opcname = 'cccd_context_ops';
\copy (SELECT context FROM contexts ORDER BY n) TO 'results/context.bin' (FORMAT binary)
CREATE TEMP TABLE received (n int GENERATED ALWAYS AS IDENTITY (MINVALUE 0 START 0), context cccd_context);
\copy received (context) FROM 'results/context.bin' (FORMAT binary)
SELECT count(*) AS received, count(*) FILTER (WHERE received.context <> contexts.context) AS differences
FROM received JOIN contexts USING (n);
SELECT cccd_context_send('ticket=yes, accompanied=no');

-- eight bytes that are no context
CREATE TEMP TABLE numbers AS SELECT v FROM unnest(ARRAY[3, -1, 1::bigint << 42, 5 << 7, 1000 << 15]) v;
\copy numbers TO 'results/context.bin' (FORMAT binary)
\copy received (context) FROM 'results/context.bin' (FORMAT binary)
CREATE FUNCTION pg_temp.raw(bigint) RETURNS cccd_context LANGUAGE internal IMMUTABLE STRICT AS 'int8up';
SELECT pg_temp.raw(3);
SELECT * FROM cccd_context_fields(pg_temp.raw(-1));
SELECT cccd_rule_bind('ticket', '2021-11-16 19:00+07', pg_temp.raw(1::bigint << 42));
