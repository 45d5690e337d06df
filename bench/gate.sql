-- needs the workload
--
-- The gate's verdict against hand-tuned SQL on normalised tables
-- (gate_normalised of baselines.sql), and what a chip, a picture and a
-- certificate cost at the door; gate_door.sql measures admissions.
--
--	psql -v n=1000000 -f bench/gate.sql
--
-- Both answer for the same ticket holders in turn, each statement prepared once
-- and sent through the executor for every person.  gate_normalised has its rule
-- written into the statement; the second and third line have it at
-- hand likewise, the fourth reads it from the event as well.  Time is the server process's own on a
-- processor, the shortest of the rounds.

\set ON_ERROR_STOP 1
\if :{?rounds}
\else
\set rounds 5
\endif
\pset footer off
SET client_min_messages = warning;
SET max_parallel_workers_per_gather = 0;
SET jit = off;
SET work_mem = '512MB';
SET timezone = 'Asia/Ho_Chi_Minh';
-- prepared once and for all, as an application that runs for an evening has them
SET plan_cache_mode = force_generic_plan;

-- the people of the workload in the gate's tables; keys are their numbers
\echo the tables of the gate for :n people
INSERT INTO cccd_gate.person (person, name) SELECT id, 'Người ' || i FROM person;
INSERT INTO cccd_gate.identity_number (id, person) SELECT id::cccd_id, id FROM person;
INSERT INTO cccd_gate.health (person, record)
SELECT person_id, cccd_health_agg(kind, at, NULL, detail, result, until, 'national', false, NULL, NULL)
FROM (SELECT person_id, 'dose' AS kind, at, (ARRAY['EU/1/20/1528', 'EU/1/21/1529', 'BBIBP-CorV', 'EU/1/20/1507', 'Sputnik-V'])[product] AS detail,
             NULL::text AS result, NULL::timestamptz AS until FROM dose
      UNION ALL SELECT person_id, 'test', at, (ARRAY['pcr', 'antigen', 'antibody'])[kind + 1],
             (ARRAY['negative', 'positive', 'inconclusive', 'pending'])[result + 1], NULL FROM test
      UNION ALL SELECT person_id, 'recovery', at, NULL, NULL, NULL FROM recovery
      UNION ALL SELECT person_id, CASE WHEN fclass <= 1 THEN 'isolation' ELSE 'exposure' END, at, NULL, NULL, until FROM status) fact
GROUP BY person_id;
INSERT INTO cccd_gate.event (event, code, name, starts, judged_at, capacity, rule)
VALUES (1, 'BENCH', 'BENCH', '2021-12-01 00:00:01+07', '2021-12-01 00:00:01+07', 100000,
        '(doses >= 2 and since(last_dose) between 14 days and 12 months or since(recovery) <= 6 months)
         and since(negative) <= 72 hours and not isolated and ticket');
INSERT INTO cccd_gate.gate SELECT 1, g::text FROM generate_series(1, 6) g;
INSERT INTO cccd_gate.ticket (event, person) SELECT event_id, person_id FROM ticket;
VACUUM ANALYZE;

\ir clock.psql

CREATE TEMP TABLE holder AS SELECT person_id AS id FROM ticket ORDER BY hashint8(person_id) LIMIT 25000;
CREATE TEMP TABLE measured (position int, work text, us numeric);
CREATE TEMP TABLE answer (id bigint, work text, pass boolean);

-- one round of each work over all holders; the first round keeps the answers
CREATE PROCEDURE pg_temp.round(keep boolean) LANGUAGE plpgsql AS $$
DECLARE
    ids bigint[] := array_agg(id) FROM holder;
    people CONSTANT int := cardinality(ids);
    -- a second past the end of a term of months that began on a 31st
    moment CONSTANT timestamptz := '2021-12-01 00:00:01+07';
    one bigint;
    rule CONSTANT cccd_rule := e.rule FROM cccd_gate.event e WHERE e.event = 1;
    found record;
    answer record;
    answered boolean;
    passed boolean[];
    start numeric;
BEGIN
    passed := '{}';
    start := pg_temp.cpu_ms();
    FOREACH one IN ARRAY ids LOOP
        SELECT g.verdict INTO answered FROM gate_normalised(one, 1, moment) g;
        IF keep THEN passed := passed || answered; END IF;
    END LOOP;
    INSERT INTO measured VALUES (1, 'gate_normalised: 5 tables, 6 index look-ups', (pg_temp.cpu_ms() - start) * 1000 / people);
    IF keep THEN INSERT INTO answer SELECT i, 'sql', p FROM unnest(ids, passed) u(i, p); END IF;

    -- look up, then ask
    passed := '{}';
    start := pg_temp.cpu_ms();
    FOREACH one IN ARRAY ids LOOP
        SELECT (SELECT h.record FROM cccd_gate.health h WHERE h.person = one) AS record,
               EXISTS (SELECT FROM cccd_gate.ticket t WHERE t.event = 1 AND t.person = one) AS ticket
        INTO found;
        answer := cccd_check(found.record, rule, moment, cccd_context(ticket => found.ticket));
        IF keep THEN passed := passed || (answer.verdict = 'pass'); END IF;
    END LOOP;
    INSERT INTO measured VALUES (2, 'cccd: look-ups, then cccd_check with reasons, proof, validity', (pg_temp.cpu_ms() - start) * 1000 / people);
    IF keep THEN INSERT INTO answer SELECT i, 'cccd', p FROM unnest(ids, passed) u(i, p); END IF;

    start := pg_temp.cpu_ms();
    FOREACH one IN ARRAY ids LOOP
        SELECT (q.c).verdict, (q.c).failed, (q.c).unsure, (q.c).proof, (q.c).changes_at INTO answer
        FROM (SELECT cccd_check((SELECT h.record FROM cccd_gate.health h WHERE h.person = one), rule, moment,
                                cccd_context(ticket => EXISTS (SELECT FROM cccd_gate.ticket t WHERE t.event = 1 AND t.person = one))) AS c
              OFFSET 0) q;
    END LOOP;
    INSERT INTO measured VALUES (3, 'one statement, the rule a parameter', (pg_temp.cpu_ms() - start) * 1000 / people);

    start := pg_temp.cpu_ms();
    FOREACH one IN ARRAY ids LOOP
        SELECT (q.c).verdict, (q.c).failed, (q.c).unsure, (q.c).proof, (q.c).changes_at INTO answer
        FROM (SELECT cccd_check((SELECT h.record FROM cccd_gate.health h WHERE h.person = one), e.rule, e.judged_at,
                                cccd_context(ticket => EXISTS (SELECT FROM cccd_gate.ticket t WHERE t.event = e.event AND t.person = one))) AS c
              FROM cccd_gate.event e WHERE e.event = 1 OFFSET 0) q;
    END LOOP;
    INSERT INTO measured VALUES (4, 'one statement, the rule read from the event', (pg_temp.cpu_ms() - start) * 1000 / people);

    start := pg_temp.cpu_ms();
    FOREACH one IN ARRAY ids LOOP
        SELECT cccd_eligible((SELECT h.record FROM cccd_gate.health h WHERE h.person = one), rule, moment,
                             cccd_context(ticket => EXISTS (SELECT FROM cccd_gate.ticket t WHERE t.event = 1 AND t.person = one))) INTO answered;
    END LOOP;
    INSERT INTO measured VALUES (5, 'yes or no alone (cccd_eligible)', (pg_temp.cpu_ms() - start) * 1000 / people);
END $$;
CALL pg_temp.round(true);
TRUNCATE measured;
SELECT 'CALL pg_temp.round(false)' FROM generate_series(1, :rounds) \gexec

SELECT count(*) AS "ticket holders", count(*) FILTER (WHERE a.pass) AS "may enter",
       count(*) FILTER (WHERE a.pass IS DISTINCT FROM b.pass) AS "different answers", 0 AS bound
FROM answer a JOIN answer b USING (id) WHERE a.work = 'sql' AND b.work = 'cccd';
DO $$
BEGIN
    IF EXISTS (SELECT FROM answer a JOIN answer b USING (id)
               WHERE a.work = 'sql' AND b.work = 'cccd' AND a.pass IS DISTINCT FROM b.pass) THEN
        RAISE 'cccd_check and gate_normalised do not agree on all ticket holders';
    END IF;
END $$;
\echo verdict inside the server
SELECT work, round(min(us), 2) AS "us each",
       round((SELECT min(us) FROM measured WHERE position = 1) / nullif(min(us), 0), 2) AS "gate_normalised / this",
       CASE position WHEN 2 THEN '>= 3, <= 15 us' ELSE '' END AS bound
FROM measured GROUP BY position, work ORDER BY position;

-- what a chip, a picture and a certificate add to a check: the same card again
-- and again at a door that is not open, so that nothing else differs; beside it
-- the functions alone.  The commits are durable
\echo a chip, a picture, a certificate at the door, processor time in the server
SET cccd_gate.allow_superuser = on;
\getenv stage STAGE
SELECT set_config('cccd_bench.data', :'stage' || '/tree/test/data/', false) IS NOT NULL AS data \gset
CREATE FUNCTION pg_temp.data(name text) RETURNS bytea LANGUAGE sql AS $$ SELECT pg_read_binary_file(current_setting('cccd_bench.data') || name) $$;
DELETE FROM cccd_gate.identity_number WHERE id = '001099012345';
INSERT INTO cccd_gate.person (person, name, birth_date, sex) VALUES (-1, 'Nguyễn Văn An', '1999-01-01', 'M');
INSERT INTO cccd_gate.identity_number (id, person) VALUES ('001099012345', -1);
INSERT INTO cccd_gate.document (person, kind, number, issued) VALUES (-1, 'chip', '001099012345', '2021-05-10');
INSERT INTO cccd_gate.event (event, code, name, doors, starts, capacity, rule, ticket_required, refusals_per_minute)
VALUES (2, 'DOOR', 'DOOR', clock_timestamp() + '1 year', clock_timestamp() + '1 year', 1, 'not isolated', false, 0);
INSERT INTO cccd_gate.gate VALUES (2, '1');
SELECT cccd_gate.load_trust('chip', cccd_trust_from_certificate(pg_temp.data('gate_chip/state.csca'))) > 0 AS chip,
       cccd_gate.load_trust('health_certificate', cccd_trust_from_certificate(pg_temp.data('gate_hcert/health1.der'), 'health_certificate')) > 0 AS certificate \gset
CREATE TEMP TABLE document AS
SELECT cccd_card_qr('001099012345', NULL, 'Nguyễn Văn An', '1999-01-01', 'M', 'Hà Nội', '2021-05-10') AS scan, pg_temp.data('gate_chip/an.sod') AS sod,
       ARRAY[pg_temp.data('gate_chip/an.dg1'), pg_temp.data('gate_chip/an.dg13'), pg_temp.data('gate_chip/an.dg15')] AS files, pg_temp.data('gate_chip/an.response') AS response,
       convert_from(pg_temp.data('gate_hcert/an_dose2'), 'UTF8') AS certificate, NULL::bytea AS picture;
UPDATE document SET picture = cccd_qr_png(scan);
CREATE TEMP TABLE shown (position int, what text, us numeric, alone numeric);
CREATE PROCEDURE pg_temp.door(times int) LANGUAGE plpgsql AS $$
DECLARE
    c document;
    a cccd_gate.answer;
    o record;
    issued uuid[];
    way int;
    i int;
    start numeric;
    gate_us numeric;
    names CONSTANT text[] := '{the scan,"and its chip: passive authentication","and its answer: active authentication too","and a certificate, RSA-2048","a picture instead of the scan"}';
    levels CONSTANT text[] := '{registry,chip,genuine,registry,registry}';
BEGIN
    SELECT * INTO c FROM document;
    FOR way IN 1 .. 5 LOOP
        INSERT INTO cccd_gate.challenge (event, gate, nonce, expires_at)
        SELECT 2, '1', pg_temp.data('gate_chip/gate.challenge'), clock_timestamp() + interval '1 hour' FROM generate_series(1, times);
        issued := ARRAY(SELECT x.challenge FROM cccd_gate.challenge x WHERE x.used_at IS NULL);
        COMMIT;
        start := pg_temp.cpu_ms();
        FOR i IN 1 .. times LOOP
            a := CASE way
                WHEN 1 THEN cccd_gate.check_in('DOOR', '1', gen_random_uuid(), scan => c.scan)
                WHEN 2 THEN cccd_gate.check_in('DOOR', '1', gen_random_uuid(), scan => c.scan, chip => ROW(c.sod, c.files, NULL, NULL)::cccd_gate.chip)
                WHEN 3 THEN cccd_gate.check_in('DOOR', '1', gen_random_uuid(), scan => c.scan, chip => ROW(c.sod, c.files, issued[i], c.response)::cccd_gate.chip)
                WHEN 4 THEN cccd_gate.check_in('DOOR', '1', gen_random_uuid(), scan => c.scan, certificates => ARRAY[c.certificate])
                WHEN 5 THEN cccd_gate.check_in('DOOR', '1', gen_random_uuid(), image => c.picture)
            END;
            COMMIT;
            IF a.reasons <> '{too_early}' OR a.evidence <> levels[way] THEN
                RAISE EXCEPTION '%: % %', names[way], a.reasons, a.evidence;
            END IF;
        END LOOP;
        gate_us := (pg_temp.cpu_ms() - start) * 1000 / times;

        start := pg_temp.cpu_ms();
        FOR i IN 1 .. times LOOP
            IF way IN (2, 3) THEN
                SELECT v.trusted, d.id INTO o
                FROM cccd_gate.trust t, cccd_chip_verify(c.sod, c.files, t.value, clock_timestamp(), t.policy) v, cccd_card_from_chip(c.files) d
                WHERE t.purpose = 'chip' AND t.retired_at IS NULL;
            END IF;
            IF way = 3 THEN
                SELECT v.status INTO o FROM cccd_active_auth_verify(c.files[3], pg_temp.data('gate_chip/gate.challenge'), c.response, NULL, true) v;
            ELSIF way = 4 THEN
                SELECT v.valid INTO o FROM cccd_gate.trust t, cccd_certificate_verify(c.certificate, t.value, clock_timestamp(), t.policy) v
                WHERE t.purpose = 'health_certificate' AND t.retired_at IS NULL;
            ELSIF way = 5 THEN
                SELECT v.payload INTO o FROM cccd_qr_scan(c.picture) v;
            END IF;
        END LOOP;
        INSERT INTO shown VALUES (way, names[way], gate_us, (pg_temp.cpu_ms() - start) * 1000 / times);
    END LOOP;
END $$;
CALL pg_temp.door(200);
TRUNCATE shown;
CALL pg_temp.door(1000);
SELECT what, round(us) AS "us of processor", round(us - first_value(us) OVER (ORDER BY position)) AS "beyond the scan",
       CASE WHEN position > 1 THEN round(alone) END AS "functions alone"
FROM shown ORDER BY position;
