-- The people that every measurement uses: :n of them, invented, with doses,
-- tests, recoveries and isolations as a country had them on 1 December 2021.
--
--	psql -v n=1000000 -f bench/workload/people.sql
--
-- The same people every time: one seed, one process.  Numbers are dense, as
-- applications have them: 63 places, both sexes, two centuries.

\set ON_ERROR_STOP 1
SET max_parallel_workers_per_gather = 0;
SET timezone = 'Asia/Ho_Chi_Minh';
SET client_min_messages = warning;
SELECT setseed(0.42) \g /dev/null

-- place (3 digits), century and sex (1), year (2), serial number (6)
CREATE TABLE person (id bigint NOT NULL, i int NOT NULL);
INSERT INTO person
SELECT (i % 63 + 1)::bigint * 1000000000 + (i / 63 % 4)::bigint * 100000000 + (i / 252 % 100)::bigint * 1000000 + i / 25200, i
FROM generate_series(0, :n - 1) i;

-- 28 % have no dose, 14 % one, 50 % two, 8 % three; days since the first,
-- from it to the second and from that to the third
CREATE TEMP TABLE vaccinated AS
SELECT id, CASE WHEN u < 0.28 THEN 0 WHEN u < 0.42 THEN 1 WHEN u < 0.92 THEN 2 ELSE 3 END AS doses,
       15 + 200 * (random() + random() + random()) / 3 + CASE WHEN random() < 0.05 THEN 80 ELSE 0 END AS first_age,
       21 + 40 * random() AS second_gap, 60 + 60 * random() AS third_gap,
       CASE WHEN v < 0.45 THEN 1 WHEN v < 0.75 THEN 2 WHEN v < 0.88 THEN 3 WHEN v < 0.98 THEN 4 ELSE 5 END::smallint AS product
FROM (SELECT id, random() AS u, random() AS v FROM person) s;
CREATE TABLE dose (person_id bigint NOT NULL, at timestamptz(0) NOT NULL, product smallint NOT NULL);
INSERT INTO dose
SELECT * FROM (
    SELECT id, '2021-12-01 00:00+07'::timestamptz - ((CASE number WHEN 1 THEN first_age WHEN 2 THEN greatest(0.2, first_age - second_gap)
               ELSE greatest(0.1, first_age - second_gap - third_gap) END) * 86400)::int * interval '1 s' AS at,
           CASE WHEN random() < 0.05 THEN 2::smallint ELSE product END
    FROM vaccinated, generate_series(1, 3) number WHERE number <= doses) d
ORDER BY at;

-- 45 % were never tested, most others a few times, some at work every week
CREATE TEMP TABLE tested AS
SELECT id, CASE WHEN u < 0.45 THEN 0 WHEN u < 0.90 THEN 1 + floor(-ln(1 - random()) * 2)::int WHEN u < 0.97 THEN 8 + floor(8 * random())::int ELSE 25 END AS tests,
       u, random() AS phase
FROM (SELECT id, random() AS u FROM person) s;
CREATE TABLE recovery (person_id bigint NOT NULL, at timestamptz(0) NOT NULL);
INSERT INTO recovery
SELECT id, '2021-12-01 00:00+07'::timestamptz - ((5 + 200 * power(random(), 0.8)) * 86400)::int * interval '1 s' AS at
FROM person WHERE random() < 0.04 ORDER BY 2;
-- kind: 0 PCR, 1 antigen, 2 antibody; result: 0 negative, 1 positive, 2
-- inconclusive, 3 pending; whoever recovered had a positive test before
CREATE TABLE test (person_id bigint NOT NULL, at timestamptz(0) NOT NULL, kind smallint NOT NULL, result smallint NOT NULL);
INSERT INTO test
SELECT id, at, kind, result FROM (
    SELECT id, '2021-12-01 00:00+07'::timestamptz - (days * 86400)::int * interval '1 s' AS at,
           CASE WHEN r1 < 0.35 THEN 0 WHEN r1 < 0.97 THEN 1 ELSE 2 END::smallint AS kind,
           CASE WHEN days < 0.8 AND r2 < 0.06 THEN 3 WHEN r2 < 0.962 THEN 0 WHEN r2 < 0.997 THEN 1 ELSE 2 END::smallint AS result
    FROM (SELECT id, random() AS r1, random() AS r2,
                 CASE WHEN u < 0.90 THEN 180 * power(random(), 1.2) WHEN u < 0.97 THEN 120 * random() ELSE (number - 1 + phase) * 7 END AS days
          FROM tested, generate_series(1, 60) number WHERE number <= tests) a
    UNION ALL
    SELECT person_id, at - interval '14 days', 0::smallint, 1::smallint FROM recovery) t
ORDER BY at;

-- fclass: 0 and 1 are two kinds of isolation
CREATE TABLE status (person_id bigint NOT NULL, fclass smallint NOT NULL, at timestamptz(0) NOT NULL, until timestamptz(0) NOT NULL);
INSERT INTO status
SELECT id, kind, at, at + interval '14 days' FROM (
    SELECT id, (random() > 0.25)::int::smallint AS kind,
           '2021-12-01 00:00+07'::timestamptz - (CASE WHEN random() < 0.28 THEN 14 * random() ELSE 14 + 160 * random() END * 86400)::int * interval '1 s' AS at
    FROM person WHERE random() < 0.07) s
ORDER BY at;

ALTER TABLE person ADD PRIMARY KEY (id);
CREATE INDEX dose_p ON dose (person_id, at) INCLUDE (product);
CREATE INDEX test_p ON test (person_id, at) INCLUDE (kind, result);
CREATE INDEX test_neg_at ON test (at) INCLUDE (person_id, kind) WHERE result = 0;
CREATE INDEX recovery_p ON recovery (person_id, at);
CREATE INDEX recovery_at ON recovery (at) INCLUDE (person_id);
CREATE INDEX status_p ON status (person_id, at) INCLUDE (until, fclass);
VACUUM ANALYZE;
