-- needs the workload
--
-- Who loses eligibility and who becomes eligible between two times, and which
-- of tonight's ticket holders would be refused: through stored periods and
-- their indexes, against recomputing them, and against hand-tuned SQL.
--
--	psql -v n=1000000 -f bench/during.sql
--
-- Time is the server process's own on a processor, the shortest of the rounds.

\set ON_ERROR_STOP 1
\if :{?rounds}
\else
\set rounds 3
\endif
\pset footer off
\ir index_people.psql
SET work_mem = '256MB';
SET maintenance_work_mem = '512MB';
\set rule '(doses >= 2 and since(last_dose) between 14 days and 12 months or since(recovery) <= 6 months) and since(negative) <= 72 hours and not isolated'

CREATE TEMP TABLE built (position int, what text, ms numeric, bytes bigint);
CREATE PROCEDURE pg_temp.build(place int, what text, relation text, statement text) LANGUAGE plpgsql AS $$
DECLARE
    start numeric := pg_temp.cpu_ms();
BEGIN
    EXECUTE statement;
    INSERT INTO built VALUES (place, what, pg_temp.cpu_ms() - start, pg_relation_size(relation));
END $$;
DROP TABLE IF EXISTS health_season;
CREATE TABLE health_season (id bigint NOT NULL, health cccd_health NOT NULL) WITH (fillfactor = 85);
SELECT format('ALTER TABLE health_season ADD during tstzmultirange GENERATED ALWAYS AS (cccd_eligible_during(health, %L)) STORED', :'rule') \gexec
CALL pg_temp.build(1, 'records', 'health_set', 'SELECT count(health) FROM health_set');
CALL pg_temp.build(2, 'records with their periods', 'health_season', 'INSERT INTO health_season (id, health) SELECT id, health FROM health_set');
CALL pg_temp.build(3, 'GiST on the periods', 'health_season_during', 'CREATE INDEX health_season_during ON health_season USING gist (during)');
CALL pg_temp.build(4, 'GiST on their begins', 'health_season_begins', 'CREATE INDEX health_season_begins ON health_season USING gist (cccd_eligible_begins(during))');
CALL pg_temp.build(5, 'GiST on their ends', 'health_season_ends', 'CREATE INDEX health_season_ends ON health_season USING gist (cccd_eligible_ends(during))');
VACUUM ANALYZE health_season;
\echo periods of :n people under one rule
SELECT what, round(bytes / 1e6) AS "MB", round(bytes / :n::numeric, 1) AS "bytes a person", CASE WHEN position > 1 THEN round(ms / 1000, 1) END AS "s of processor"
FROM built ORDER BY position;

CREATE TEMP TABLE work (question text, position int, way text, statement text, people bigint);
CREATE FUNCTION pg_temp.recomputed(what text, a timestamptz, b timestamptz, rule text) RETURNS text LANGUAGE sql
RETURN format('SELECT count(*) FROM health_set WHERE cccd_eligible_%s(cccd_eligible_during(health, %L)) && tstzrange(%L, %L)', what, rule, a, b);
INSERT INTO work
SELECT question, position, way, replace(replace(statement, ':a', format('%L', a)), ':b', format('%L', b))
FROM (VALUES ('loses it on 1 December', timestamptz '2021-12-01', timestamptz '2021-12-02', 'ends'),
             ('becomes eligible on 25 November', '2021-11-25', '2021-11-26', 'begins')) q(question, a, b, what),
     LATERAL (VALUES (1, 'index on ' || what, format('SELECT count(*) FROM health_season WHERE cccd_eligible_%s(during) && tstzrange(:a, :b)', what)),
                     (2, 'stored periods, no index', format('SELECT count(*) FROM health_season WHERE cccd_eligible_%s(during) && tstzrange(:a, :b) OR id < 0', what)),
                     (3, 'recomputed', pg_temp.recomputed(what, a, b, :'rule'))) w(position, way, statement);
INSERT INTO work VALUES
    ('eligible for all of an evening', 1, 'index on the periods', 'SELECT count(*) FROM health_season WHERE during @> tstzrange(''2021-11-30 19:00'', ''2021-11-30 22:00'')'),
    ('eligible for all of an evening', 3, 'recomputed', format('SELECT count(*) FROM health_set WHERE cccd_eligible_during(health, %L) @> tstzrange(''2021-11-30 19:00'', ''2021-11-30 22:00'')', :'rule')),
    ('of the ticket holders would be refused', 1, 'cccd_check, with reasons',
     format('SELECT count(c.failed | c.unsure) FROM ticket t LEFT JOIN health_set h ON h.id = t.person_id, cccd_check(h.health, %L, %L, cccd_context(ticket => true)) c WHERE c.verdict <> ''pass''', :'rule' || ' and ticket', :'at')),
    ('of the ticket holders would be refused', 2, 'cccd_eligible, numbers only',
     format('SELECT count(*) FROM ticket t LEFT JOIN health_set h ON h.id = t.person_id WHERE cccd_eligible(h.health, %L, %L, cccd_context(ticket => true)) IS NOT TRUE', :'rule' || ' and ticket', :'at')),
    ('of the ticket holders would be refused', 3, 'gate_normalised, five answers',
     format('SELECT count(*) FROM ticket t, gate_normalised(t.person_id, 1, %L) g WHERE NOT g.verdict', :'at'));
CREATE TEMP TABLE measured (question text, position int, ms numeric);
CREATE PROCEDURE pg_temp.round() LANGUAGE plpgsql AS $$
DECLARE
    w work;
    start numeric;
    found bigint;
BEGIN
    FOR w IN SELECT * FROM work LOOP
        start := pg_temp.cpu_ms();
        EXECUTE w.statement INTO found;
        INSERT INTO measured VALUES (w.question, w.position, pg_temp.cpu_ms() - start);
        UPDATE work SET people = found WHERE question = w.question AND position = w.position;
    END LOOP;
END $$;
SELECT 'CALL pg_temp.round()' FROM generate_series(1, :rounds) \gexec
\echo who, of :n people or 25000 ticket holders
SELECT people, question, way, round(min(ms), 1) AS ms,
       round(max(min(ms)) FILTER (WHERE position = 3) OVER (PARTITION BY question) / nullif(min(ms), 0), 1) AS "last line / this"
FROM work JOIN measured USING (question, position) GROUP BY question, position, way, people ORDER BY question DESC, position;
DO $$
BEGIN
    IF EXISTS (SELECT FROM work GROUP BY question HAVING count(DISTINCT people) > 1) THEN
        RAISE 'the ways do not agree on the number of people';
    END IF;
END $$;
DROP TABLE health_season;
