-- Administrative units and their levels: the provinces that ship, communes from
-- a file, levels over time, and who may change them.
\set VERBOSITY terse
SET client_min_messages = warning;
SET timezone = 'Asia/Ho_Chi_Minh';
SET datestyle = 'ISO, YMD';
SET cccd_gate.allow_superuser = on;
BEGIN;
CREATE FUNCTION pg_temp.chain(code text, named date, day date) RETURNS text LANGUAGE sql AS $$
    SELECT string_agg(u.code || ' ' || u.name, ' < ' ORDER BY c.depth DESC)
    FROM cccd_gate.unit_chain(cccd_gate.unit_key(code, named), day) c JOIN cccd_gate.unit u USING (unit) $$;

-- what ships: 63 and 34, as the numbers' places and their successors say it
SELECT day, count(*) FROM unnest('{2008-07-31,2008-08-01,2024-12-31,2025-06-30,2025-07-01}'::date[]) day LEFT JOIN cccd_gate.unit u ON u.valid @> day GROUP BY day ORDER BY day;
SELECT count(*) FROM cccd_gate.unit u, LATERAL (SELECT (lpad(u.unit::text, 3, '0') || '090000001')::cccd_id) i(id)
WHERE u.unit < 100 AND u.name = cccd_id_place_name(id) AND u.code = right('0' || u.unit, 2) AND cccd_gate.unit_of_place(id) = u.unit
  AND cccd_id_place_successor_name(id) = (SELECT t.name FROM cccd_gate.unit_chain(u.unit, '2025-07-01') c JOIN cccd_gate.unit t USING (unit))
  AND lpad(cccd_id_place_successor(id)::text, 2, '0') = (SELECT t.code FROM cccd_gate.unit_chain(u.unit, '2025-07-01') c JOIN cccd_gate.unit t USING (unit));
SELECT cccd_gate.unit_of_place('101090000001') AS abroad, cccd_gate.unit_of_place('003090000001') AS never_assigned;

-- a code names another unit later
SELECT day, pg_temp.chain('15', day, day) AS then, pg_temp.chain('15', '2021-01-01', day) AS "what was 15 in 2021"
FROM unnest('{2021-01-01,2025-06-30,2025-07-01}'::date[]) day;
SELECT pg_temp.chain('46', '2024-12-31', '2024-12-31') AS before, pg_temp.chain('46', '2024-12-31', '2025-01-01') AS after;
SELECT code, cccd_gate.unit_key(code, '2021-01-01') FROM unnest('{01,1,001,00,97,x,"",NULL}'::text[]) code;

-- communes from a file, in any order
INSERT INTO cccd_gate.unit_in (code, name, parent, starts, ends, successors) VALUES
    ('00001', 'Phúc Xá', '001', '01/08/2008', '1/7/2025', '00004'), (' 00004 ', ' Hồng Hà ', '01', '2025-07-01', NULL, ''),
    ('001', 'Ba Đình', '01', '2008-08-01', '2025-07-01', ''), ('00008', 'Ngọc Hà', '001', '2008-08-01', '2025-07-01', '00004, 00013'),
    ('00013', 'Ngọc Hà', '01', '2025-07-01', '', NULL);
SELECT * FROM cccd_gate.load_units();
SELECT pg_temp.chain('00001', '2021-01-01', '2021-01-01'), pg_temp.chain('00001', '2021-01-01', '2025-07-01'), pg_temp.chain('00008', '2021-01-01', '2025-07-01') AS divided;
-- the same again, and a change
INSERT INTO cccd_gate.unit_in (code, name, parent, starts, ends) VALUES ('00013', 'Ngọc Hà', '01', '2025-07-01', ''), ('00004', 'Hồng Hà', '01', '2025-07-01', '2030-01-01');
SELECT * FROM cccd_gate.load_units();
SELECT count(*) FROM cccd_gate.unit_in;
-- all or nothing
CREATE FUNCTION pg_temp.load(code text, name text, parent text, starts text, ends text, successors text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO cccd_gate.unit_in (code, name, parent, starts, ends, successors) VALUES ('00016', 'Tốt', '01', '2025-07-01', '', ''), ($1, $2, $3, $4, $5, $6);
    PERFORM cccd_gate.load_units();
    RETURN 'loaded';
EXCEPTION WHEN invalid_parameter_value THEN RETURN regexp_replace(SQLERRM, 'line [0-9]+', 'line N');
END $$;
SELECT n, pg_temp.load(code, name, parent, starts, ends, successors)
FROM (VALUES (1, '0001', 'A', '01', '2025-07-01', '', ''), (2, NULL, 'A', '01', '2025-07-01', '', ''), (3, '00017', ' ', '01', '2025-07-01', '', ''),
             (4, '00017', 'A', '01', '31/02/2025', '', ''), (5, '00017', 'A', '01', '2025-07-01', 'soon', ''), (6, '00017', 'A', '01', '2025-07-01', '2025-07-01', ''),
             (7, '00017', 'A', '98', '2025-07-01', '', ''), (8, '97', 'A', '01', '2025-07-01', '', ''), (9, '00004', 'A', '01', '2026-07-01', '', ''),
             (10, '00017', 'A', '01', '2025-07-01', '', '00004'), (11, '00017', 'A', '01', '2025-07-01', '2026-01-01', '99999'), (12, '00017', 'A', '15', '2025-07-01', '2026-01-01', '00004'))
     v(n, code, name, parent, starts, ends, successors) ORDER BY n;
SELECT count(*) FROM cccd_gate.unit WHERE NOT shipped;

-- levels: a commune's own, else the district's, else the province's
SELECT level, unit_key IS NOT NULL FROM cccd_gate.level_in_force(1, '2021-10-10');
SELECT previous, short_notice FROM cccd_gate.set_level('01', 2, '2021-10-11 00:00', 'UBND TP Hà Nội', 'Thông báo 730/TB-UBND');
SELECT previous, short_notice FROM cccd_gate.set_level('00001', 3, '2021-10-12 00:00');
-- a unit that has ended is listed until its last day
SELECT previous, short_notice FROM cccd_gate.set_level('74', 3, '2025-06-01 00:00+07');
SELECT at, (SELECT array_agg(unit) FROM cccd_gate.levels(at) WHERE unit = '74') FROM unnest('{2025-05-31,2025-06-30 23:59:59.999999+07,2025-07-01 00:00+07}'::timestamptz[]) at;
SELECT at, (SELECT level FROM cccd_gate.level_in_force(1, at)) AS province, (SELECT level FROM cccd_gate.level_in_force(cccd_gate.unit_key('00001', '2021-01-01'), at)) AS commune
FROM unnest('{2021-10-10 23:59:59.999999+07,2021-10-11 00:00+07,2021-10-11 23:59:59.999999+07,2021-10-12 00:00+07,2025-06-30 23:59:59+07,2025-07-01 00:00+07}'::timestamptz[]) at;
-- announced ahead, withdrawn, and announced too late; lowering needs no notice
SELECT previous, short_notice FROM cccd_gate.set_level('01', 3, clock_timestamp() + interval '48 hours 1 minute');
SELECT unit, level, next_level, next_at > clock_timestamp() + interval '48 hours' AS ahead FROM cccd_gate.levels();
SELECT previous, short_notice FROM cccd_gate.set_level('01', 4, clock_timestamp() + interval '47 hours 59 minutes');
SELECT unit, level, next_level FROM cccd_gate.levels();
SELECT previous, short_notice FROM cccd_gate.set_level('01', 1);
SELECT unit, level, next_level FROM cccd_gate.levels();
-- announced again for the same moment: the level until then is still 1, and who was told in time is not told late
SELECT previous, short_notice, clock_timestamp() + interval '1 hour' AS soon FROM cccd_gate.set_level('01', 4, clock_timestamp() + interval '49 hours') \gset
SELECT next_at AS moment FROM cccd_gate.levels() WHERE unit = '01' \gset
SELECT previous, short_notice FROM cccd_gate.set_level('01', 4, :'moment');
SELECT previous, short_notice FROM cccd_gate.set_level('01', 2, :'soon');
SELECT previous, short_notice FROM cccd_gate.set_level('01', 1, :'soon');
SELECT previous, short_notice FROM cccd_gate.set_level('01', 3, :'soon');
SELECT previous, short_notice FROM cccd_gate.set_level('01', 1);
-- back to the unit above
SELECT previous, short_notice FROM cccd_gate.set_level('00004', 4);
SELECT previous, short_notice FROM cccd_gate.set_level('00004', NULL, clock_timestamp() + interval '1 day');
SELECT (SELECT level FROM cccd_gate.level_in_force(k, clock_timestamp())) AS now, (SELECT level FROM cccd_gate.level_in_force(k, clock_timestamp() + interval '1 day 1 minute')) AS then
FROM cccd_gate.unit_key('00004') k;
-- what is over stays, and every notice is kept
SAVEPOINT wrong;
SELECT * FROM cccd_gate.set_level('01', 4, '2021-11-01');
ROLLBACK TO wrong;
SELECT * FROM cccd_gate.set_level('98', 1);
ROLLBACK TO wrong;
SELECT * FROM cccd_gate.set_level('01', 0);
ROLLBACK TO wrong;
SELECT * FROM cccd_gate.set_level('01', 5);
ROLLBACK TO wrong;
SELECT * FROM cccd_gate.set_level('01', 1, 'infinity');
ROLLBACK TO wrong;
INSERT INTO cccd_gate.unit_level VALUES (1, 2, '[2021-12-01,2021-12-02)');
ROLLBACK TO wrong;
SELECT unit < 100 AS province, level, short, authority, citation FROM cccd_gate.level_notice ORDER BY notice;
-- a time for which no level stands can still be told
SELECT previous, short_notice FROM cccd_gate.set_level('79', 2, '2021-10-15');

-- who may
CREATE ROLE regress_unit_admin;
CREATE ROLE regress_unit_gate;
SELECT cccd_gate.grant_duty('regress_unit_admin', 'admin'), cccd_gate.grant_duty('regress_unit_gate', 'gate');
SET ROLE regress_unit_admin;
INSERT INTO cccd_gate.unit_in (code, name, parent, starts) VALUES ('00020', 'Ô Chợ Dừa', '01', '2025-07-01');
SELECT * FROM cccd_gate.load_units();
SELECT previous FROM cccd_gate.set_level('00020', 2);
SAVEPOINT wrong;
SET ROLE regress_unit_gate;
SELECT * FROM cccd_gate.set_level('01', 4);
ROLLBACK;
