-- What a session does with every room, in few rows: run with caches as they
-- are and with each discarded at every chance, it prints the same.
SET client_min_messages = warning;
SET timezone = 'Asia/Ho_Chi_Minh';

-- numbers: functions, index, partitions by hash, statistics
CREATE TABLE person (id cccd_id PRIMARY KEY, health cccd_health, place int GENERATED ALWAYS AS (cccd_id_place(id)) STORED);
INSERT INTO person
SELECT (1000000000 + i * 90000000007)::bigint::cccd_id,
       (SELECT cccd_health_agg('dose', timestamptz '2021-06-01 08:00+07' + (i % 7 * k) * interval '31 h', NULL, NULL, NULL)
        FROM generate_series(1, i % 5) k)
FROM generate_series(0, 9) i;
CREATE INDEX person_health ON person USING gist (health);
CREATE INDEX person_brin ON person USING brin (id);
ANALYZE person;
CREATE TABLE part (id cccd_id) PARTITION BY HASH (id);
CREATE TABLE part_0 PARTITION OF part FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE part_1 PARTITION OF part FOR VALUES WITH (MODULUS 2, REMAINDER 1);
INSERT INTO part SELECT id FROM person;
SELECT tableoid::regclass, count(*) FROM part GROUP BY 1 ORDER BY 1;
SELECT min(id), max(id), count(DISTINCT cccd_id_sex(id)) FROM person;
SELECT id, place, cccd_id_birth_year(id) FROM person WHERE id BETWEEN '031000000000' AND '900000000000' ORDER BY id;

-- rules: by a function, by the operator, prepared, counted, in time, explained
PREPARE may (cccd_rule, timestamptz) AS SELECT count(*) FROM person WHERE cccd_eligible(health, $1, $2);
EXECUTE may('doses >= 2', '2021-11-16 19:00+07');
EXECUTE may('doses >= 3 and not isolated', '2021-11-16 19:00+07');
SET enable_seqscan = off;
EXECUTE may('doses >= 2', '2021-11-16 19:00+07');
SELECT count(*) FROM person WHERE health @@ cccd_rule_bind('doses >= 2', '2021-11-16 19:00+07', '');
RESET enable_seqscan;
SELECT cccd_count('person', 'doses >= 2', '2021-11-16 19:00+07');
SELECT cccd_eligible_during(health, 'since(last_dose) <= 90 days') FROM person ORDER BY id;

-- statistics of an expression, of two tables, planned in turn and twice
CREATE TABLE other AS SELECT id, health FROM person;
CREATE STATISTICS person_some ON (coalesce(health, '')) FROM person;
CREATE STATISTICS other_some ON (coalesce(health, '')) FROM other;
ANALYZE person, other;
EXPLAIN (COSTS OFF) SELECT FROM person WHERE cccd_eligible(coalesce(health, ''), 'doses >= 2', '2021-11-16 19:00+07');
EXPLAIN (COSTS OFF) SELECT FROM other WHERE cccd_eligible(coalesce(health, ''), 'doses >= 2', '2021-11-16 19:00+07');
EXPLAIN (COSTS OFF) SELECT FROM person WHERE cccd_eligible(coalesce(health, ''), 'doses >= 2', '2021-11-16 19:00+07');
EXPLAIN (COSTS OFF) SELECT FROM other WHERE cccd_eligible(coalesce(health, ''), 'doses >= 2', '2021-11-16 19:00+07');

-- CertLogic, with a program kept for the next call
SELECT i, cccd_certlogic('{"and": [{"<": [{"var": "n"}, 2]}, [{"plusTime": ["2021-01-31", 1, "month"]}]]}', jsonb_build_object('n', i))
FROM generate_series(1, 3) i;

-- a picture made and read
SELECT payload FROM cccd_qr_scan(cccd_qr_png('still here'));

-- the door: one is admitted, a repetition, one is sent to the desk and comes
-- back with a paper, one leaves
INSERT INTO cccd_gate.person (person, name) VALUES (1, 'A'), (2, 'B');
INSERT INTO cccd_gate.identity_number (id, person) VALUES ('001090000001', 1), ('001090000002', 2);
INSERT INTO cccd_gate.fact (person, kind, disease, starts, source) VALUES (1, 'dose', 'covid19', '2021-06-01', 'national');
INSERT INTO cccd_gate.event (code, name, starts, capacity, rule, ticket_required, minimum_evidence)
VALUES ('E', 'E', clock_timestamp(), 50, 'doses >= 1', false, 'claimed');
INSERT INTO cccd_gate.gate SELECT event, 'A' FROM cccd_gate.event;
SET cccd_gate.allow_superuser = on;
SELECT verdict, reasons FROM cccd_gate.check_in('E', 'A', md5('1')::uuid, scan => '001090000001');
SELECT verdict, reasons FROM cccd_gate.check_in('E', 'A', md5('1')::uuid, scan => '001090000001');
SELECT verdict, reasons FROM cccd_gate.check_in('E', 'A', md5('2')::uuid, scan => '001090000002');
SELECT accepted FROM cccd_gate.accept_paper(md5('2')::uuid, 'dose', '2021-06-01');
SELECT verdict, reasons, inside FROM cccd_gate.recheck(md5('2')::uuid, md5('3')::uuid);
SELECT verdict, reasons, inside FROM cccd_gate.check_out('E', 'A', md5('4')::uuid, scan => '001090000001');
SELECT verdict, reasons FROM cccd_gate.preview('E', 'A', scan => '001090000001');
