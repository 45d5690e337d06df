-- Who becomes eligible and who loses eligibility between two times, through an
-- index on all times of passing, against answers at every instant that counts.
CREATE SCHEMA during_test;
SET search_path = during_test;
SET datestyle = ISO;
SET timezone = 'Asia/Ho_Chi_Minh';
SET max_parallel_workers_per_gather = 0;
SET client_min_messages = warning;

-- begins and ends of any period, whatever its bounds
SELECT d AS during, cccd_eligible_begins(d) AS begins, cccd_eligible_ends(d) AS ends
FROM unnest(ARRAY['{}', '{(,)}', '{[2021-11-01,2021-11-02),(2021-11-02,2021-11-03]}', '{(,2021-11-01],[2021-11-05,2021-11-05],(2021-11-07,)}',
                  '{[-infinity,2021-11-01),[2021-11-05,infinity]}']::tstzmultirange[]) WITH ORDINALITY u(d, n) ORDER BY n;
SELECT cccd_eligible_begins(NULL) IS NULL AND cccd_eligible_ends(NULL) IS NULL AS nothing_of_nothing;

-- a number from 0 to m - 1 that depends on n and on what it is for
CREATE FUNCTION pick(n bigint, what int, m int) RETURNS int LANGUAGE sql IMMUTABLE STRICT
RETURN ((hashint8extended(n, what) & 9223372036854775807) % m)::int;

-- all facts at whole hours, so that answers change at whole hours only
CREATE FUNCTION random_record(n bigint) RETURNS cccd_health LANGUAGE sql IMMUTABLE STRICT
RETURN (
    SELECT coalesce(string_agg(
        CASE pick(n * 16 + i, 1, 8)
            WHEN 0 THEN 'recovery ' || at
            WHEN 1 THEN 'isolation ' || at || ' until ' || at + interval '3 days'
            WHEN 2 THEN 'dose ' || at
            WHEN 3 THEN 'test ' || at || ' pcr pending'
            ELSE 'test ' || at || (ARRAY[' pcr', ' antigen'])[1 + pick(n * 16 + i, 2, 2)] || ' negative'
        END, '; '), '')::cccd_health
    FROM generate_series(1, pick(n, 6, 9)) i,
         LATERAL (SELECT (timestamp '2021-11-01' + pick(n * 16 + i, 7, 480) * interval '1 hour')) t(at));

CREATE TABLE season (
    id bigint PRIMARY KEY, health cccd_health,
    during tstzmultirange GENERATED ALWAYS AS
        (cccd_eligible_during(health, 'doses >= 1 and since(negative) <= 48 hours and not isolated')) STORED);
INSERT INTO season SELECT n, random_record(n) FROM generate_series(1, 20000) n;
CREATE INDEX season_during ON season USING gist (during);
CREATE INDEX season_begins ON season USING gist (cccd_eligible_begins(during));
CREATE INDEX season_ends ON season USING gist (cccd_eligible_ends(during));
-- nothing stored: an index on the expression
CREATE INDEX season_recovered ON season USING gist (cccd_eligible_ends(cccd_eligible_during(health, 'since(recovery) between 1 day and 5 days or since(negative(pcr)) < 12 hours')));
ANALYZE season;

-- one shape of plan
SET enable_seqscan = off;
SET enable_indexscan = off;
EXPLAIN (COSTS OFF) SELECT id FROM season WHERE cccd_eligible_ends(during) && tstzrange('2021-11-12', '2021-11-13');
EXPLAIN (COSTS OFF) SELECT id FROM season WHERE cccd_eligible_begins(during) && tstzrange('2021-11-12', '2021-11-13');
EXPLAIN (COSTS OFF) SELECT id FROM season
WHERE cccd_eligible_ends(cccd_eligible_during(health, 'since(recovery) between 1 day and 5 days or since(negative(pcr)) < 12 hours')) && tstzrange('2021-11-12', '2021-11-13');
EXPLAIN (COSTS OFF) SELECT id FROM season WHERE during @> tstzrange('2021-11-12 19:00', '2021-11-12 21:00');

RESET enable_seqscan;
RESET enable_indexscan;

-- The reference: at each whole hour of a window, the answer just before, at and
-- just after it.
CREATE TABLE question (n int, rule cccd_rule, a timestamptz, b timestamptz);
INSERT INTO question SELECT n, (ARRAY['doses >= 1 and since(negative) <= 48 hours and not isolated',
                                      'since(recovery) between 1 day and 5 days or since(negative(pcr)) < 12 hours']::cccd_rule[])[1 + n % 2],
       timestamptz '2021-11-05' + n * interval '37 hours', timestamptz '2021-11-05' + n * interval '37 hours' + (4 + n * 7) * interval '1 hour'
FROM generate_series(0, 7) n;
CREATE TABLE wanted AS
SELECT n, id, bool_or(at_it IS NOT TRUE AND before IS TRUE OR at_it IS TRUE AND after IS NOT TRUE) AS loses,
       bool_or(at_it IS TRUE AND before IS NOT TRUE OR at_it IS NOT TRUE AND after IS TRUE) AS becomes
FROM question, season, LATERAL generate_series(a, b - interval '1 hour', '1 hour') hour,
     LATERAL (SELECT cccd_eligible(health, rule, hour - interval '1 microsecond') AS before, cccd_eligible(health, rule, hour) AS at_it,
                     cccd_eligible(health, rule, hour + interval '1 microsecond') AS after OFFSET 0) e
WHERE id <= 1000
GROUP BY n, id;
SELECT count(*) AS asked, count(*) FILTER (WHERE loses) > 300 AS some_lose, count(*) FILTER (WHERE becomes) > 300 AS some_become,
       count(*) FILTER (WHERE loses AND becomes) > 20 AS some_both FROM wanted;

SET enable_seqscan = off;
SELECT count(*) AS different
FROM question q JOIN wanted w USING (n) LEFT JOIN LATERAL (
    SELECT s.id FROM season s WHERE cccd_eligible_ends(during) && tstzrange(a, b) OFFSET 0) f ON f.id = w.id
WHERE n % 2 = 0 AND w.loses <> (f.id IS NOT NULL);
SELECT count(*) AS different
FROM question q JOIN wanted w USING (n) LEFT JOIN LATERAL (
    SELECT s.id FROM season s WHERE cccd_eligible_begins(during) && tstzrange(a, b) OFFSET 0) f ON f.id = w.id
WHERE n % 2 = 0 AND w.becomes <> (f.id IS NOT NULL);
SELECT count(*) AS different
FROM question q JOIN wanted w USING (n) LEFT JOIN LATERAL (
    SELECT s.id FROM season s
    WHERE cccd_eligible_ends(cccd_eligible_during(health, 'since(recovery) between 1 day and 5 days or since(negative(pcr)) < 12 hours')) && tstzrange(a, b) OFFSET 0) f ON f.id = w.id
WHERE n % 2 = 1 AND w.loses <> (f.id IS NOT NULL);

-- eligible now and not any more on Saturday, and eligible for all of an event
SELECT count(*) AS different FROM season
WHERE id <= 5000 AND (during @> timestamptz '2021-11-12 19:00' AND NOT during @> timestamptz '2021-11-13 09:00')
      <> coalesce(cccd_eligible(health, 'doses >= 1 and since(negative) <= 48 hours and not isolated', '2021-11-12 19:00')
                  AND cccd_eligible(health, 'doses >= 1 and since(negative) <= 48 hours and not isolated', '2021-11-13 09:00') IS NOT TRUE, false);
RESET enable_seqscan;

-- a new fact moves a person's periods, and the indexes with them
UPDATE season SET health = cccd_health_add(health, 'dose', '2021-11-20 08:00') WHERE id <= 5000;
SET enable_seqscan = off;
CREATE TEMP TABLE by_index AS SELECT id FROM season WHERE cccd_eligible_ends(during) && tstzrange('2021-11-20', '2021-11-23');
SET enable_seqscan = on;
SET enable_bitmapscan = off;
SET enable_indexscan = off;
SELECT count(*) > 100 AS some, count(*) FILTER (WHERE s.id IS NULL OR i.id IS NULL) AS different
FROM by_index i FULL JOIN (SELECT id FROM season WHERE cccd_eligible_ends(during) && tstzrange('2021-11-20', '2021-11-23')) s USING (id);

DROP SCHEMA during_test CASCADE;
