-- The board, and what is asked of all who are inside, beside a count of the rows.
--
--	psql -v n=1000000 -f bench/gate_board.sql
--
-- 25,000 people are inside, let in by the door at eight gates.  Time is the server
-- process's own on a processor.  The board is asked after an idle time, and with a
-- thousand answers that are not counted yet, as those of the last seconds are.

\set ON_ERROR_STOP 1
\pset footer off
SET client_min_messages = warning;
SELECT least(:n / 2, 25000) AS people \gset
ALTER DATABASE :DBNAME SET cccd_gate.allow_superuser = on;
ALTER DATABASE :DBNAME SET jit = off;
ALTER SYSTEM SET fsync = off;
SELECT pg_reload_conf() \g /dev/null
\c
SET client_min_messages = warning;
\ir clock.psql

\echo :people people inside
INSERT INTO cccd_gate.person (person, name, birth_date, sex) SELECT i, 'Người ' || i, '1990-01-01', 'M' FROM generate_series(1, :people + 4000) i;
INSERT INTO cccd_gate.identity_number (id, person) SELECT (1090000000 + i)::bigint::cccd_id, i FROM generate_series(1, :people + 4000) i;
INSERT INTO cccd_gate.fact (person, kind, disease, starts, dose_number, source)
SELECT i, 'dose', 'covid19', timestamptz '2021-06-01' + d * interval '60 days', d, 'national' FROM generate_series(1, :people + 4000) i, generate_series(1, 2) d;
INSERT INTO cccd_gate.event (event, code, name, starts, capacity, rule, ticket_required, refusals_per_minute, claims_per_minute)
VALUES (1, 'E', 'E', clock_timestamp(), 1000000, 'doses >= 2 and not isolated', false, 0, 0);
INSERT INTO cccd_gate.gate (event, gate) SELECT 1, 'gate ' || g FROM generate_series(0, 7) g;
ANALYZE;
CREATE PROCEDURE pg_temp.enter(first int, last int) LANGUAGE plpgsql AS $$
BEGIN
    FOR i IN first..last LOOP
        PERFORM cccd_gate.check_in('E', 'gate ' || i % 8, gen_random_uuid(), scan => '00' || (1090000000 + i) || '||Người ' || i || '|01011990|Nam|Hà Nội|10052021');
        IF i % 50 = 0 THEN
            COMMIT;
        END IF;
    END LOOP;
    COMMIT;
END $$;
CALL pg_temp.enter(1, :people);

CREATE TEMP TABLE measured (position int, work text, ms numeric, bound text);
CREATE PROCEDURE pg_temp.measure(place int, work text, statement text, times int, bound text) LANGUAGE plpgsql AS $$
DECLARE
    start numeric;
BEGIN
    EXECUTE statement;
    COMMIT;
    start := pg_temp.cpu_ms();
    FOR i IN 1..times LOOP
        EXECUTE statement;
        COMMIT;
    END LOOP;
    INSERT INTO measured VALUES (place, work, (pg_temp.cpu_ms() - start) / times, bound);
END $$;
CREATE FUNCTION pg_temp.rows_counted() RETURNS bigint LANGUAGE sql AS $$
    SELECT count(*) FROM (SELECT gate, date_trunc('minute', recorded_at), count(*) FILTER (WHERE action = 'i' AND verdict = 'a'), count(*) FILTER (WHERE action = 'o' AND verdict = 'a'),
                                 count(*) FILTER (WHERE verdict = 'r'), count(*) FILTER (WHERE verdict = 'v'), (SELECT count(*) FROM cccd_gate.presence WHERE event = 1 AND state = 'i')
                          FROM cccd_gate.answer_log WHERE event = 1 GROUP BY 1, 2) q $$;
CALL pg_temp.measure(1, 'a count of the rows', 'SELECT pg_temp.rows_counted()', 5, '');
-- counted: once for the mark, once for the rows, and once more for their end
SELECT cccd_gate.count_board(1) \g /dev/null
SELECT cccd_gate.count_board(1) \g /dev/null
SELECT pg_sleep(2.1) \g /dev/null
SELECT cccd_gate.count_board(1) \g /dev/null
SELECT cccd_gate.count_board(1) \g /dev/null
CALL pg_temp.measure(2, 'the board, nothing new', 'SELECT count(*) FROM cccd_gate.board(''E'')', 100, '<= 5');
CALL pg_temp.enter(:people + 1, :people + 1000);
CALL pg_temp.measure(3, 'the board, 1000 answers not counted', 'SELECT count(*) FROM cccd_gate.board(''E'')', 100, '<= 5');
CALL pg_temp.measure(4, 'how many are in each zone', 'SELECT count(*) FROM cccd_gate.inside_count(''E'')', 5, '');
CALL pg_temp.measure(5, 'who would not be admitted any more', 'SELECT count(*) FROM cccd_gate.inside_who_would_fail(''E'')', 5, '');
CALL pg_temp.measure(6, 'occupancy by the minute, one hour', 'SELECT count(*) FROM cccd_gate.occupancy(''E'', clock_timestamp() - interval ''1 hour'')', 5, '');
\echo what is asked of all, in ms
SELECT work, round(ms, 2) AS "ms each", round(ms / nullif(first_value(ms) OVER (ORDER BY position), 0), 2) AS "this / count", bound FROM measured ORDER BY position;
\echo everybody leaves
SELECT pg_temp.cpu_ms() AS start \gset
SELECT sum(checked_out) AS people FROM cccd_gate.check_out_all('E', at_most => 10000) \gset
SELECT round((pg_temp.cpu_ms() - :start) * 1000 / nullif(:people, 0), 1) AS "us a person", :people AS people FROM (VALUES (1)) v(n);
