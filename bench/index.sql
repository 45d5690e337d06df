-- needs the workload
--
-- Who satisfies a rule: everybody of the workload under three rules, asked in
-- every way that a user might choose, and what the planner makes of it.
--
--	psql -v n=1000000 -f queries.psql -f bench/index.sql
--
-- queries.psql are the lines \set of baselines.sql, the hand-tuned queries on
-- normalised tables; summary columns with btree indexes and one jsonb a person
-- with GIN are asked beside them.  Each statement is prepared once and all take
-- turns; time is the server process's own on a processor, the shortest of the
-- rounds.  All ways must find the same number of people.

\set ON_ERROR_STOP 1
\if :{?rounds}
\else
\set rounds 5
\endif
\pset footer off
\ir index_people.psql
SET work_mem = '256MB';
DROP INDEX IF EXISTS health_set_gist;
CREATE INDEX health_set_gist ON health_set USING gist (health);

CREATE TEMP TABLE question (number int, name text, share float8, rule cccd_rule, tuned text, summary text, jsonb text, vs_tuned numeric, vs_jsonb numeric);
INSERT INTO question (number, name, share, rule, vs_tuned, vs_jsonb) VALUES
    (1, '0.01 %', 0.0001, '(doses >= 3 and since(last_dose) between 7 days and 9 months or since(recovery) <= 2 months)
        and since(negative(pcr)) <= 8 hours and not isolated', 30, 100),
    (2, '1.2 %', 0.012, '(doses >= 2 and since(last_dose) between 14 days and 12 months or since(recovery) <= 6 months)
        and since(negative(pcr)) <= 72 hours and not isolated', 8, 10),
    (3, '31 %', 0.31, 'doses >= 2 and since(last_dose) between 14 days and 90 days and not isolated', 4, 5);

-- the hand-tuned queries with their parameters written in
CREATE FUNCTION pg_temp.written(query text, neg text, n text, dmax text, dmin text, rec text) RETURNS text LANGUAGE sql
RETURN replace(replace(replace(replace(replace(query, ':neg', quote_literal(neg)), ':dmax', quote_literal(dmax)), ':dmin', quote_literal(dmin)),
       ':rec', quote_literal(rec)), ':n ', n || ' ');
UPDATE question SET tuned = replace(CASE number
    WHEN 1 THEN pg_temp.written(:'set_query', '8 hours', '3', '9 months', '7 days', '2 months')
    WHEN 2 THEN pg_temp.written(:'set_query', '72 hours', '2', '12 months', '14 days', '6 months')
    ELSE :'set_query_30' END, ':at', format('%L::timestamptz', :'at'));
UPDATE question SET summary = format(CASE number
    WHEN 1 THEN 'last_negative_pcr BETWEEN %1$L::timestamptz - interval ''8 hours'' AND %1$L
        AND (doses >= 3 AND last_dose BETWEEN %1$L::timestamptz - interval ''9 months'' AND %1$L::timestamptz - interval ''7 days''
             OR recovered >= %1$L::timestamptz - interval ''2 months'')'
    WHEN 2 THEN 'last_negative_pcr BETWEEN %1$L::timestamptz - interval ''72 hours'' AND %1$L
        AND (doses >= 2 AND last_dose BETWEEN %1$L::timestamptz - interval ''12 months'' AND %1$L::timestamptz - interval ''14 days''
             OR recovered >= %1$L::timestamptz - interval ''6 months'')'
    ELSE 'doses >= 2 AND last_dose BETWEEN %1$L::timestamptz - interval ''90 days'' AND %1$L::timestamptz - interval ''14 days''' END
    || ' AND (isolated_until IS NULL OR isolated_until <= %1$L)', :'at');
-- seconds since 1970, and for the index the days (baselines.sql rounds them) in which a wanted test can lie
CREATE FUNCTION pg_temp.epoch(at timestamptz) RETURNS bigint LANGUAGE sql RETURN extract(epoch FROM at)::bigint;
CREATE FUNCTION pg_temp.tested(at timestamptz, within interval) RETURNS text LANGUAGE sql
RETURN format('doc @? ''$.t[*] ? (@.k == "pcr" && @.r == "neg" && (%s))'' AND doc @? ''$.t[*] ? (@.k == "pcr" && @.r == "neg" && @.t >= %s && @.t <= %s)''',
    (SELECT string_agg('@.b == ' || day, ' || ') FROM generate_series((extract(epoch FROM at - within) / 86400)::int, (extract(epoch FROM at) / 86400)::int) day),
    pg_temp.epoch(at - within), pg_temp.epoch(at));
CREATE FUNCTION pg_temp.vaccinated(at timestamptz, doses int, longest interval, shortest interval) RETURNS text LANGUAGE sql
RETURN format('(doc @@ ''$.d.size() >= %s && $.d[last].t >= %s && $.d[last].t <= %s'')', doses, pg_temp.epoch(at - longest), pg_temp.epoch(at - shortest));
CREATE FUNCTION pg_temp.recovered(at timestamptz, within interval) RETURNS text LANGUAGE sql
RETURN format('doc @? ''$.r[*] ? (@.t >= %s)''', pg_temp.epoch(at - within));
UPDATE question SET jsonb = CASE number
    WHEN 1 THEN format('%s AND (%s OR %s)', pg_temp.tested(:'at', '8 hours'), pg_temp.vaccinated(:'at', 3, '9 months', '7 days'), pg_temp.recovered(:'at', '2 months'))
    WHEN 2 THEN format('%s AND (%s OR %s)', pg_temp.tested(:'at', '72 hours'), pg_temp.vaccinated(:'at', 2, '12 months', '14 days'), pg_temp.recovered(:'at', '6 months'))
    ELSE pg_temp.vaccinated(:'at', 2, '90 days', '14 days') END
    || format(' AND NOT doc @? ''$.s[*] ? (@.f <= 1 && @.t <= %1$s && @.u > %1$s)''', pg_temp.epoch(:'at'));

-- a statement for each question and way, and the settings that make it go that way
CREATE TEMP TABLE work (position int, number int, way text, statement text, settings text[], rounds int, times int DEFAULT 1, people bigint);
INSERT INTO work
SELECT 1, number, 'normalised, hand-tuned', tuned, CASE number WHEN 3 THEN '{hashagg,nestloop}'::text[] ELSE '{}' END, :rounds FROM question
UNION ALL SELECT 2, number, 'normalised, planner''s plan', tuned, '{}', 2 FROM question WHERE number = 3
UNION ALL SELECT 3, number, 'summary columns, btree', 'SELECT count(*) FROM person_summary WHERE ' || summary, '{seqscan}', :rounds FROM question
UNION ALL SELECT 4, number, 'summary columns, sequential', 'SELECT count(*) FROM person_summary WHERE ' || summary, '{indexscan,bitmapscan,indexonlyscan}', :rounds FROM question
UNION ALL SELECT 5, number, 'jsonb, GIN', 'SELECT count(*) FROM person_json WHERE ' || jsonb, '{seqscan}', 2 FROM question WHERE number < 3
UNION ALL SELECT 6, number, 'jsonb, sequential', 'SELECT count(*) FROM person_json WHERE ' || jsonb, '{bitmapscan}', 2 FROM question
UNION ALL SELECT 7, number, 'cccd, sequential', format('SELECT count(*) FROM health_set WHERE cccd_eligible(health, %L, %L)', rule, :'at'), '{indexscan,bitmapscan}', :rounds FROM question
UNION ALL SELECT 8, number, 'cccd, GiST', format('SELECT count(*) FROM health_set WHERE cccd_eligible(health, %L, %L)', rule, :'at'), '{seqscan}', :rounds FROM question
UNION ALL SELECT 9, number, 'cccd_count, exact', format('SELECT cccd_count(''health_set'', %L, %L)', rule, :'at'), '{}', :rounds FROM question
-- what the server itself takes for the table, without a condition and with one that as many pass, by chance
UNION ALL SELECT 10, number, 'bare count(*)', 'SELECT count(*) FROM health_set', '{indexscan,bitmapscan,indexonlyscan}', :rounds FROM question
UNION ALL SELECT 11, number, 'hash of the key', format('SELECT count(*) FROM health_set WHERE hashint8(id) < %s', (2::float8 ^ 32 * share - 2::float8 ^ 31)::bigint), '{indexscan,bitmapscan,indexonlyscan}', :rounds FROM question;

CREATE TEMP TABLE measured (position int, number int, round int, ms numeric);
CREATE PROCEDURE pg_temp.prepare() LANGUAGE plpgsql AS $$
DECLARE
    w work;
    setting text;
    begun timestamptz;
    found bigint;
BEGIN
    FOR w IN SELECT * FROM work LOOP
        FOREACH setting IN ARRAY w.settings LOOP
            PERFORM set_config('enable_' || setting, 'off', false);
        END LOOP;
        EXECUTE format('PREPARE work_%s_%s AS %s', w.position, w.number, w.statement);
        EXECUTE format('EXECUTE work_%s_%s', w.position, w.number) INTO found;
        begun := clock_timestamp();
        EXECUTE format('EXECUTE work_%s_%s', w.position, w.number) INTO found;
        -- the process's time is known to some milliseconds only
        UPDATE work SET people = found, times = ceil(0.1 / extract(epoch FROM clock_timestamp() - begun))
        WHERE position = w.position AND number = w.number;
        FOREACH setting IN ARRAY w.settings LOOP
            PERFORM set_config('enable_' || setting, 'on', false);
        END LOOP;
    END LOOP;
END $$;
CALL pg_temp.prepare();
CREATE PROCEDURE pg_temp.round(round int) LANGUAGE plpgsql AS $$
DECLARE
    w work;
    start numeric;
BEGIN
    FOR w IN SELECT * FROM work WHERE rounds >= round ORDER BY number, position LOOP
        start := pg_temp.cpu_ms();
        FOR i IN 1 .. w.times LOOP
            EXECUTE format('EXECUTE work_%s_%s', w.position, w.number);
        END LOOP;
        INSERT INTO measured VALUES (w.position, w.number, round, (pg_temp.cpu_ms() - start) / w.times);
    END LOOP;
END $$;
SELECT format('CALL pg_temp.round(%s)', r) FROM generate_series(1, :rounds) r \gexec

-- what the planner makes of it
CREATE FUNCTION pg_temp.plan(statement text, OUT rows numeric, OUT node text, OUT ms numeric) LANGUAGE plpgsql AS $$
DECLARE
    plan json;
BEGIN
    -- another second each time, so that nothing is known from the time before
    FOR i IN REVERSE 20 .. 1 LOOP
        EXECUTE 'EXPLAIN (SUMMARY, FORMAT json) ' || replace(statement, '00:00:01+07', format('00:00:%s+07', to_char(i, 'FM00'))) INTO plan;
        ms := least(ms, (plan -> 0 ->> 'Planning Time')::numeric);
    END LOOP;
    rows := plan -> 0 -> 'Plan' ->> 'Plan Rows';
    node := plan -> 0 -> 'Plan' ->> 'Node Type';
END $$;
CREATE TEMP TABLE planned AS
SELECT position, number, p.* FROM work, pg_temp.plan(replace(statement, 'SELECT count(*) FROM', 'SELECT 1 FROM')) p
WHERE position IN (1, 4, 6, 8);

CREATE TEMP TABLE took AS
SELECT position, number, way, people, min(ms) AS ms,
       position BETWEEN 7 AND 8 AND (position = 7) = (SELECT node = 'Seq Scan' FROM planned p WHERE p.number = w.number AND p.position = 8) AS chosen
FROM work w JOIN measured USING (position, number) GROUP BY 1, 2, 3, 4;
\echo everybody who satisfies a rule, of :n people: milliseconds of processor; (*) is what the planner takes
SELECT name, way || CASE WHEN chosen THEN ' (*)' ELSE '' END AS way, people, round(t.ms, 2) AS ms, round(a.ms / nullif(t.ms, 0), 1) AS "tuned SQL / this", round(j.ms / nullif(t.ms, 0), 1) AS "jsonb / this",
       CASE WHEN chosen THEN format('>= %s, >= %s', vs_tuned, vs_jsonb) WHEN position = 9 THEN '>= 20' ELSE '' END AS bound
FROM (SELECT * FROM took WHERE position < 10) t JOIN question q USING (number),
     LATERAL (SELECT min(ms) AS ms FROM took WHERE number = t.number AND position <= 2) a,
     LATERAL (SELECT min(ms) AS ms FROM took WHERE number = t.number AND position BETWEEN 5 AND 6) j
ORDER BY number, position;

-- the median of the rounds' ratios: both sides of a ratio were measured beside each other
CREATE FUNCTION pg_temp.ratio(of_number int, a int, b int) RETURNS numeric LANGUAGE sql
RETURN (SELECT round(percentile_cont(0.5) WITHIN GROUP (ORDER BY x.ms / y.ms)::numeric, 2)
        FROM measured x JOIN measured y USING (number, round) WHERE number = of_number AND x.position = a AND y.position = b);
\echo times of the bare count(*) of the table (bound: cccd, sequential <= 1.6; a condition of one comparison is the floor)
SELECT name, pg_temp.ratio(number, 11, 10) AS "hash of the key", pg_temp.ratio(number, 7, 10) AS "cccd, sequential",
       pg_temp.ratio(number, 8, 10) AS "cccd, GiST", pg_temp.ratio(number, 3, 10) AS "summary, btree", pg_temp.ratio(number, 4, 10) AS "summary, sequential"
FROM question ORDER BY number;
\echo times of summary columns with btree indexes (bounds: at 1.2 %, GiST <= 0.7; at 31 %, the better of both <= 1)
SELECT name, pg_temp.ratio(number, 8, 3) AS "cccd, GiST", pg_temp.ratio(number, 7, 3) AS "cccd, sequential", pg_temp.ratio(number, 9, 3) AS "cccd_count"
FROM question ORDER BY number;

\echo estimate and planning time (bounds: within a factor of 2, 0.3 ms; the faster plan is chosen)
SELECT name, people, max(rows) FILTER (WHERE position = 8) AS "cccd", max(rows) FILTER (WHERE position = 1) AS "tuned SQL",
       max(rows) FILTER (WHERE position = 4) AS "summary", max(rows) FILTER (WHERE position = 6) AS "jsonb",
       round(max(p.ms) FILTER (WHERE position = 8), 2) AS "cccd ms", round(max(p.ms) FILTER (WHERE position = 1), 2) AS "tuned SQL ms",
       (SELECT CASE WHEN c.ms = min(o.ms) THEN 'yes' ELSE format('no, %s ms more', round(c.ms - min(o.ms), 1)) END
        FROM took c, took o WHERE c.chosen AND c.number = q.number AND o.number = q.number AND o.position IN (7, 8) GROUP BY c.ms) AS "faster plan chosen"
FROM planned p JOIN question q USING (number) JOIN took t USING (number, position) GROUP BY q.number, name, people ORDER BY q.number;

DO $$
BEGIN
    IF EXISTS (SELECT FROM work WHERE position < 10 GROUP BY number HAVING count(DISTINCT people) > 1) THEN
        RAISE 'the ways do not agree on the number of people';
    END IF;
END $$;

-- the plan that is chosen against both that there are
\ir index_rules.psql
CREATE TEMP TABLE chosen AS
SELECT number, (SELECT node ->> 'Node Type' FROM pg_temp.nodes(statement) node LIMIT 1) AS node, statement, NULL::numeric AS seq, NULL::numeric AS index, NULL::bigint AS people
FROM (SELECT number, format('SELECT FROM health_set WHERE cccd_eligible(health, %L, %L)', rule, :'at') AS statement FROM asked) a;
CREATE PROCEDURE pg_temp.both(rounds int) LANGUAGE plpgsql AS $$
DECLARE
    c chosen;
    way text;
    start numeric;
    took numeric;
    found bigint;
    times int;
BEGIN
    FOR c IN SELECT * FROM chosen LOOP
        FOR round IN 1 .. rounds LOOP
            FOREACH way IN ARRAY ARRAY['seq', 'index'] LOOP
                PERFORM set_config('enable_seqscan', CASE way WHEN 'seq' THEN 'on' ELSE 'off' END, false),
                        set_config('enable_bitmapscan', CASE way WHEN 'seq' THEN 'off' ELSE 'on' END, false),
                        set_config('enable_indexscan', 'off', false);
                -- the process's time is known to some milliseconds only
                start := pg_temp.cpu_ms();
                times := 0;
                LOOP
                    EXECUTE replace(c.statement, 'SELECT FROM', 'SELECT count(*) FROM') INTO found;
                    times := times + 1;
                    took := pg_temp.cpu_ms() - start;
                    EXIT WHEN took >= 60;
                END LOOP;
                took := took / times;
                IF way = 'seq' THEN
                    UPDATE chosen SET seq = least(seq, took), people = found WHERE number = c.number;
                ELSE
                    UPDATE chosen SET index = least(index, took) WHERE number = c.number;
                END IF;
            END LOOP;
        END LOOP;
    END LOOP;
    RESET enable_seqscan;
    RESET enable_bitmapscan;
    RESET enable_indexscan;
END $$;
CALL pg_temp.both(:rounds);
\echo the plan that is chosen, and both (bound: at most 1.1 times the better one)
SELECT left(rule::text, 60) AS rule, people, CASE node WHEN 'Seq Scan' THEN 'scan' ELSE 'index' END AS chosen, round(seq, 1) AS "scan ms", round(index, 1) AS "index ms",
       round(CASE node WHEN 'Seq Scan' THEN seq ELSE index END / least(seq, index), 2) AS ratio
FROM chosen JOIN asked USING (number) ORDER BY number;
SELECT round(max(CASE node WHEN 'Seq Scan' THEN seq ELSE index END / least(seq, index)), 2) AS "worst ratio", '<= 1.1' AS bound FROM chosen;
