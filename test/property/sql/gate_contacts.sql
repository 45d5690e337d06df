-- Contacts against a reference: stays are minutes, and two are together in a
-- minute that both have at an event, in one zone or in one that is not known.
-- Random people and bearers of tickets, in zones and none, inside still, for
-- more than a day, for no time at all; some of the people turn out to be one.
BEGIN;
\if :{?quick}
\set visits 1000
\set questions 30
\else
\set visits 20000
\set questions 300
\getenv full CCCD_FULL
\if :{?full}
\set visits 100000
\endif
\endif
SET LOCAL client_min_messages = warning;
SET LOCAL jit = off;
SET LOCAL work_mem = '256MB';
SET LOCAL timezone = 'Asia/Ho_Chi_Minh';
SET LOCAL cccd_gate.allow_superuser = on;
CREATE SCHEMA contact_reference;
SET LOCAL search_path = contact_reference;

-- pseudo-random numbers from 0 to n - 1 that are the same on every version
CREATE FUNCTION rnd(key text, n int) RETURNS int LANGUAGE sql IMMUTABLE
    RETURN ('x' || substr(md5(key), 1, 7))::bit(28)::int % n;
-- minute 0 begins November; 30 days follow
CREATE FUNCTION moment(minute int) RETURNS timestamptz LANGUAGE sql IMMUTABLE
    RETURN timestamptz '2021-11-01 00:00+07' + minute * interval '1 minute';
\set minutes 43200
SELECT :visits / 500 AS events, :visits / 20 AS people \gset

INSERT INTO cccd_gate.event (event, code, name, starts, capacity, rule, entries)
SELECT 1000 + i, 'C' || i, 'C', '2021-11-01', 1000, 'ticket', 'free' FROM generate_series(1, :events) i;
INSERT INTO cccd_gate.person (person, name) SELECT 100000 + i, 'Người Số ' || i FROM generate_series(1, :people) i;
INSERT INTO cccd_gate.ticket (ticket, event, number) SELECT 1000000 + i, 1000 + i % :events + 1, i::text FROM generate_series(1, :visits / 100) i;

-- of a stay its holder and place, then begin and length, which is long for one in a hundred
CREATE TABLE stay AS
SELECT i, CASE WHEN i % 10 > 0 THEN 100001 + rnd('p' || i, :people) END AS person,
       CASE WHEN i % 10 = 0 THEN 1000001 + rnd('t' || i, :visits / 100) END AS ticket, 0 AS event,
       (ARRAY['x', 'x', 'y', NULL])[1 + rnd('z' || i, 4)] AS zone, rnd('b' || i, :minutes) AS begins,
       CASE rnd('l' || i, 200) WHEN 0 THEN 1440 WHEN 1 THEN 1441 WHEN 2 THEN 1439 + rnd('d' || i, 4000) ELSE rnd('m' || i, 120) END AS minutes, false AS inside
FROM generate_series(1, :visits) i;
UPDATE stay SET event = coalesce((SELECT t.event FROM cccd_gate.ticket t WHERE t.ticket = stay.ticket), 1001 + rnd('e' || i, :events));
-- the next begins when one ends
UPDATE stay s SET begins = b.begins + b.minutes FROM stay b WHERE b.i = s.i - 1 AND s.i % 7 = 0;
-- some came on the last evening, and never left: of a person and an event one
UPDATE stay s SET inside = true, begins = :minutes - rnd('n' || s.i, 300)
FROM (SELECT min(i) AS i FROM stay GROUP BY event, person, ticket) f WHERE s.i = f.i AND s.i % 50 IN (0, 49);
INSERT INTO cccd_gate.visit (event, person, ticket, zone, entered, left_at)
SELECT event, person, ticket, zone, moment(begins), moment(begins + minutes) FROM stay WHERE NOT inside;
INSERT INTO cccd_gate.presence (event, person, ticket, zone, since, entries, state)
SELECT event, person, ticket, zone, moment(begins), 1, 'i' FROM stay WHERE inside;
-- who left is not there any more
INSERT INTO cccd_gate.presence (event, person, ticket, since, entries, state)
SELECT DISTINCT ON (event, person, ticket) event, person, ticket, moment(begins), 1, CASE WHEN i % 2 = 0 THEN 'l' ELSE 'a' END::"char" FROM stay s
WHERE NOT inside AND NOT EXISTS (SELECT FROM stay o WHERE o.event = s.event AND o.inside AND (o.person = s.person OR o.ticket = s.ticket)) ORDER BY event, person, ticket, i;

-- people who are one: some of them twice over
CREATE TABLE same (kept bigint, other bigint);
CREATE FUNCTION merge() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    people CONSTANT int := count(*) FROM cccd_gate.person WHERE person > 100000;
    a bigint;
    b bigint;
BEGIN
    FOR i IN 1 .. people / 10 LOOP
        a := 100001 + rnd('a' || i, people);
        b := 100001 + rnd('o' || i, people);
        IF (cccd_gate.merge_people(a, b)).change IS NOT NULL THEN
            INSERT INTO same VALUES (a, b);
        END IF;
    END LOOP;
END $$;
SELECT merge();
ANALYZE cccd_gate.visit, cccd_gate.presence, cccd_gate.person, cccd_gate.ticket;
CREATE TABLE who AS
WITH RECURSIVE w(person, now) AS (
    SELECT p.person, p.person FROM cccd_gate.person p WHERE p.person > 100000
    UNION ALL
    SELECT w.person, s.kept FROM w JOIN same s ON s.other = w.now
)
SELECT w.person, w.now FROM w WHERE NOT EXISTS (SELECT FROM same s WHERE s.other = w.now);

-- the reference: every minute of every stay, and of every two who share it
CREATE TABLE here AS
SELECT DISTINCT coalesce('p' || w.now, 't' || s.ticket) AS holder, s.event, s.zone, m AS minute, s.event * 100000::bigint + m AS place
FROM stay s LEFT JOIN who w ON w.person = s.person
CROSS JOIN LATERAL generate_series(s.begins, CASE WHEN s.inside THEN :minutes ELSE s.begins + s.minutes END - 1) m;
ANALYZE here;
CREATE TABLE shared AS
SELECT a.holder, b.holder AS other, a.event, coalesce(a.zone, b.zone) AS zone, a.minute
FROM here a JOIN here b USING (place)
WHERE a.holder <> b.holder AND (a.zone = b.zone) IS NOT FALSE;
CREATE INDEX ON shared (holder, minute);
ANALYZE shared;
CREATE FUNCTION reference(asked text, since int, until int, enough int)
    RETURNS TABLE (other text, event int, zones text[], first int, last int, together int, shared int[]) LANGUAGE sql STABLE AS $$
    SELECT s.other, s.event, array_agg(DISTINCT s.zone) FILTER (WHERE s.zone IS NOT NULL), min(s.minute), max(s.minute) + 1,
           count(DISTINCT s.minute)::int, array_agg(DISTINCT s.minute)
    FROM shared s WHERE s.holder = asked AND s.minute >= since AND s.minute < until
    GROUP BY s.other, s.event HAVING count(DISTINCT s.minute) >= enough $$;
CREATE FUNCTION reference_rows(asked text, since int, until int, enough int, degree int)
    RETURNS TABLE (other text, event int, zones text[], first int, last int, together int, contact_degree int) LANGUAGE sql STABLE AS $$
    WITH direct AS MATERIALIZED (SELECT * FROM reference(asked, since, until, enough)),
    further AS (
        SELECT r.* FROM (SELECT other, min(first) AS first FROM direct WHERE degree = 2 GROUP BY other) d
        CROSS JOIN LATERAL reference(d.other, d.first, until, enough) r
        WHERE r.other <> asked AND NOT EXISTS (SELECT FROM direct x WHERE x.other = r.other)
    )
    SELECT d.other, d.event, d.zones, d.first, d.last, d.together, 1 FROM direct d
    UNION ALL
    SELECT f.other, f.event, array_agg(DISTINCT z) FILTER (WHERE z IS NOT NULL), min(f.first), max(f.last), count(DISTINCT m)::int, 2
    FROM further f CROSS JOIN LATERAL unnest(f.shared) m LEFT JOIN LATERAL unnest(f.zones) z ON true
    GROUP BY f.other, f.event $$;

-- what is asked
CREATE TABLE question AS
SELECT i, 100001 + rnd('q' || i, :people) AS person, CASE WHEN i % 3 = 0 THEN 0 ELSE rnd('s' || i, :minutes) END AS since, :minutes - CASE WHEN i % 2 = 0 THEN rnd('u' || i, 2000) ELSE 0 END AS until,
       (ARRAY[0, 1, 15, 60, 1440])[1 + rnd('k' || i, 5)] AS enough, 1 + i % 2 AS degree
FROM generate_series(1, :questions) i;
DELETE FROM question WHERE since >= until;
CREATE TABLE answer AS
SELECT q.i, coalesce('p' || c.other, 't' || c.bearer) AS other, c.event, c.zones, (extract(epoch FROM lower(c.met) - moment(0)) / 60)::int AS first,
       (extract(epoch FROM upper(c.met) - moment(0)) / 60)::int AS last, (extract(epoch FROM c.together) / 60)::int AS together, c.contact_degree
FROM question q CROSS JOIN LATERAL cccd_gate.contact_rows(cccd_gate.merged_person(q.person), moment(q.since), moment(q.until), q.enough * interval '1 minute', q.degree, NULL) c;
CREATE TABLE expected AS
SELECT q.i, r.* FROM question q JOIN who w USING (person) CROSS JOIN LATERAL reference_rows('p' || w.now, q.since, q.until, q.enough, q.degree) r;
-- no question without the same answer
SELECT count(*) AS differences FROM (TABLE answer EXCEPT ALL TABLE expected) d;
SELECT count(*) AS differences FROM (TABLE expected EXCEPT ALL TABLE answer) d;
-- and there was something to find
SELECT count(*) > :questions AS contacts, count(DISTINCT i) * 3 > :questions AS questions, bool_or(contact_degree = 1) AS first_degree, bool_or(contact_degree = 2) AS second_degree,
       bool_or(other LIKE 't%') AS bearers, bool_or(last = :minutes) AS inside, bool_or(zones IS NULL) AS no_zone, bool_or(cardinality(zones) = 2) AS two_zones, bool_or(together > 1440) AS long,
       (SELECT count(*) > 3 FROM same) AS merged
FROM answer;
ROLLBACK;
