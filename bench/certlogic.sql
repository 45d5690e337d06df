-- Certificate rules inside the server: evaluations a second, beside the same
-- rules written by hand.
--
--	psql -f bench/certlogic.sql
--
-- Time is the server process's own time on a processor; the least of :rounds
-- rounds counts.  Net is without what the same query takes that only fetches
-- the arguments.

\set ON_ERROR_STOP 1
\set certificates 100000
\if :{?rounds}
\else
\set rounds 5
\endif
\pset footer off
SET client_min_messages = warning;
SET max_parallel_workers_per_gather = 0;
SET work_mem = '256MB';
SET jit = off;
SET timezone = 'UTC';

\ir clock.psql

-- one rule for many certificates: two doses, the last 14 days ago at least and
-- not longer than 12 months, of a product that is known
CREATE UNLOGGED TABLE certificate AS
SELECT jsonb_build_object(
    'payload', jsonb_build_object('ver', '1.3.0', 'dob', '1990-01-31', 'nam', jsonb_build_object('fn', 'Nguyen', 'gn', 'An', 'fnt', 'NGUYEN', 'gnt', 'AN'),
        'v', jsonb_build_array(jsonb_build_object('tg', '840539006', 'vp', '1119349007', 'mp', 'EU/1/20/15' || 25 + h % 5, 'ma', 'ORG-100030215',
            'dn', 1 + h % 3, 'sd', 2, 'dt', (date '2021-06-01' + (h / 7 % 200)::int)::text, 'co', 'VN', 'is', 'Bo Y te', 'ci', 'URN:UVCI:01:VN:' || md5(i::text)))),
    'external', jsonb_build_object('validationClock', '2021-11-16T19:00:00+07:00')) AS data
FROM (SELECT i, hashint8extended(i, 0) & 9007199254740991 AS h FROM generate_series(1, :certificates::bigint) i) z;
VACUUM ANALYZE certificate;

CREATE FUNCTION by_hand(data jsonb) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
    v jsonb := data->'payload'->'v'->0;
    clock timestamptz := (data->'external'->>'validationClock')::timestamptz;
    given timestamptz := (v->>'dt')::timestamptz;
BEGIN
    RETURN (v->>'dn')::int >= (v->>'sd')::int AND v->>'mp' = ANY ('{EU/1/20/1528,EU/1/20/1507,EU/1/20/1525}')
        AND given + interval '14 days' <= clock AND clock <= given + interval '12 months';
END $$;
CREATE TEMP TABLE way (position int, name text, expression text);
INSERT INTO way VALUES
    (0, 'fetch only', 'data'),
    (1, 'cccd_certlogic', $$nullif(cccd_certlogic('{"and": [{">=": [{"var": "payload.v.0.dn"}, {"var": "payload.v.0.sd"}]}, {"in": [{"var": "payload.v.0.mp"}, ["EU/1/20/1528", "EU/1/20/1507", "EU/1/20/1525"]]}, {"not-after": [{"plusTime": [{"var": "payload.v.0.dt"}, 14, "day"]}, {"plusTime": [{"var": "external.validationClock"}, 0, "day"]}, {"plusTime": [{"var": "payload.v.0.dt"}, 12, "month"]}]}]}', data), 'false')$$),
    (2, 'SQL expression by hand', $$nullif((data#>>'{payload,v,0,dn}')::int >= (data#>>'{payload,v,0,sd}')::int AND data#>>'{payload,v,0,mp}' = ANY ('{EU/1/20/1528,EU/1/20/1507,EU/1/20/1525}')
        AND (data#>>'{payload,v,0,dt}')::timestamptz + interval '14 days' <= (data#>>'{external,validationClock}')::timestamptz
        AND (data#>>'{external,validationClock}')::timestamptz <= (data#>>'{payload,v,0,dt}')::timestamptz + interval '12 months', false)$$),
    (3, 'PL/pgSQL by hand', 'nullif(by_hand(data), false)'),
    (4, 'jsonpath by hand, its dates as texts', $$nullif(data @@ '$.payload.v[0].dn >= $.payload.v[0].sd && ($.payload.v[0].mp == "EU/1/20/1528" || $.payload.v[0].mp == "EU/1/20/1507" || $.payload.v[0].mp == "EU/1/20/1525") && $.payload.v[0].dt <= "2021-11-02" && $.payload.v[0].dt >= "2020-11-16"', false)$$);
CREATE TEMP TABLE measured AS
SELECT position, name, pg_temp.timed('SELECT count(' || expression || ') FROM certificate', :rounds) AS ms FROM way;
CREATE TEMP TABLE answered (position int, n bigint);
SELECT format('INSERT INTO answered SELECT %s, count(%s) FROM certificate', position, expression) FROM way \gexec
\echo one rule, :certificates certificates (bound: 500 ns net, 2 M/s; the fastest engine elsewhere 1450 ns)
SELECT name, n AS not_null, round(ms * 1e6 / :certificates) AS ns, round((ms - f.fetch) * 1e6 / :certificates) AS ns_net,
       CASE WHEN position > 0 THEN round((ms - f.fetch) / (SELECT ms - f.fetch FROM measured WHERE position = 1), 1) END AS "times cccd"
FROM measured JOIN answered USING (position), (SELECT ms AS fetch FROM measured WHERE position = 0) f
ORDER BY position;

-- real rules
\set data ''
\getenv data CCCD_TEST_DATA
SELECT coalesce(nullif(:'data', '') || '/health-certificates/', '') AS folder, :'data' <> '' AS present \gset
\if :present
CREATE FUNCTION pg_temp.lines(path text) RETURNS TABLE (n bigint, j jsonb) LANGUAGE sql AS $$
    SELECT n, line::jsonb FROM string_to_table(pg_read_file(path), E'\n') WITH ORDINALITY t (line, n) WHERE line <> '' $$;
CREATE TEMP TABLE rule AS SELECT j->>'id' AS id, j->'rule' AS rule FROM pg_temp.lines(:'folder' || 'rules.jsonl');
CREATE TEMP TABLE value_set AS SELECT j->>'ref' AS ref, j->'sets' AS sets FROM pg_temp.lines(:'folder' || 'valuesets.jsonl');
CREATE TEMP TABLE payload AS SELECT j->>'id' AS id, j->'json' AS json FROM pg_temp.lines(:'folder' || 'qa.jsonl');
-- plain: compressed data would be uncompressed for each rule
CREATE TEMP TABLE tested (logic jsonb, data jsonb);
ALTER TABLE tested ALTER logic SET STORAGE PLAIN, ALTER data SET STORAGE PLAIN;
INSERT INTO tested
SELECT r.rule->'Logic', jsonb_build_object('payload', t.j->'payload', 'external', jsonb_build_object('validationClock', t.j->'clock', 'valueSets', (SELECT jsonb_object_agg(key, value) FROM jsonb_each(s.sets) WHERE pg_column_size(value) < 2000)))
FROM pg_temp.lines(:'folder' || 'rule_tests.jsonl') t JOIN rule r ON r.id = t.j->>'rule' LEFT JOIN value_set s ON s.ref = t.j->>'valuesets';
CREATE TEMP TABLE crossing (letters text, data jsonb);
ALTER TABLE crossing ALTER data SET STORAGE PLAIN;
INSERT INTO crossing
SELECT c.j->>'r', jsonb_build_object('payload', p.json, 'external', jsonb_build_object('validationClock', c.j->'clock', 'valueSets', (SELECT jsonb_object_agg(key, value) FROM jsonb_each(s.sets) WHERE pg_column_size(value) < 2000)))
FROM (SELECT j FROM pg_temp.lines(:'folder' || 'cross.jsonl') LIMIT 1) h
JOIN value_set s ON s.ref = h.j->>'valuesets'
JOIN pg_temp.lines(:'folder' || 'cross.jsonl') c ON c.n > 1
JOIN payload p ON p.id = c.j->>'payload';
CREATE TEMP TABLE asked (position int, logic jsonb);
ALTER TABLE asked ALTER logic SET STORAGE PLAIN;
INSERT INTO asked
SELECT k.position, r.rule->'Logic'
FROM (SELECT j FROM pg_temp.lines(:'folder' || 'cross.jsonl') LIMIT 1) h, jsonb_array_elements_text(h.j->'rules') WITH ORDINALITY k (id, position) JOIN rule r ON r.id = k.id;
ANALYZE tested, crossing, asked;
SET enable_hashjoin = off; SET enable_mergejoin = off;
CREATE TEMP TABLE real_way (position int, name text, rows text);
INSERT INTO real_way VALUES
    (1, 'rule tests', 'tested, generate_series(1, 200)'),
    (2, 'cross table', 'asked JOIN crossing ON substr(letters, position, 1) <> ''.''');
CREATE TEMP TABLE real_measured AS
SELECT position, name, pg_temp.timed('SELECT count(data), count(logic) FROM ' || rows, :rounds) AS base,
       pg_temp.timed('SELECT count(data), count(cccd_certlogic(logic, data, true)) FROM ' || rows, :rounds) AS ms
FROM real_way;
ALTER TABLE real_measured ADD n bigint;
SELECT format('UPDATE real_measured SET n = (SELECT count(*) FROM %s) WHERE position = %s', rows, position) FROM real_way \gexec
\echo real rules (bound: 2 M/s net; the fastest engine elsewhere did 0.69 and 0.64 M/s on all of them)
SELECT name, n AS evaluations, round(ms * 1e6 / n) AS ns, round((ms - base) * 1e6 / n) AS ns_net, round(n / (ms - base) / 1000, 2) AS "M/s net" FROM real_measured ORDER BY position;

-- whole decisions: every certificate, all 208 rules of the data as one set
SELECT jsonb_agg(rule) AS rules FROM rule \gset
SELECT format('SELECT count(d.verdict) FROM crossing, cccd_certlogic_decide(%L, data->''payload'', ''2022-02-01'', ''FR'', issuer => ''DE'', value_sets => %L) d', :'rules', (SELECT sets FROM value_set LIMIT 1)) AS statement \gset
CREATE TEMP TABLE decided AS SELECT pg_temp.timed(:'statement', 3) AS ms;
SELECT format('SELECT avg(jsonb_array_length(d.details)) FROM crossing, cccd_certlogic_decide(%L, data->''payload'', ''2022-02-01'', ''FR'', issuer => ''DE'', value_sets => %L) d', :'rules', (SELECT sets FROM value_set LIMIT 1)) AS statement \gset
CREATE TEMP TABLE decided_rules AS :statement;
\echo decisions
SELECT count(*) AS certificates, round((SELECT avg FROM decided_rules), 1) AS "rules asked each", round((SELECT ms FROM decided) * 1000 / count(*), 1) AS "us a decision" FROM crossing;
\else
\echo skipped: no rules in $CCCD_TEST_DATA
\endif
