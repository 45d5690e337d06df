-- The rule that is in force for an activity, a place and a moment, and which
-- events may cite it.
\set VERBOSITY terse
SET client_min_messages = warning;
SET timezone = 'Asia/Ho_Chi_Minh';
SET datestyle = 'ISO, YMD';
SET cccd_gate.allow_superuser = on;
BEGIN;
SELECT a.activity, array_agg(w.activity ORDER BY w.distance, w.activity) FROM cccd_gate.activity a, cccd_gate.activity_within(a.activity) w GROUP BY 1 ORDER BY 1;
SELECT count(*) FROM cccd_gate.activity_within('no such');

SELECT previous FROM cccd_gate.set_level('01', 2, '2021-10-11');
SELECT previous FROM cccd_gate.set_level('70', 4, '2021-12-30');
-- the day before, the first and the last day, the day after
SELECT at, rule_code, level, most_people, most_others, share, square_metres, overrides
FROM unnest('{2021-10-28 23:59:59+07,2021-10-29 00:00+07,2021-11-10 23:59:59+07,2021-11-11 00:00+07,2021-11-16 23:59:59+07,2021-11-17 00:00+07,2022-02-01 19:00+07}'::timestamptz[]) at
LEFT JOIN cccd_gate.rule_in_force('football', '01', at) ON true ORDER BY at;
SELECT activity, unit, rule_code, level, most_people, most_others, square_metres, why_vi, why_en, overrides
FROM (VALUES ('sport', '79'), ('work', '79'), ('indoor', '70'), ('football', '70'), ('trade', '70'), ('border', '01'), ('border', NULL), ('no such', '01'), ('sport', '98')) v(activity, unit)
LEFT JOIN cccd_gate.rule_in_force(activity, unit, '2022-01-15 12:00+07') ON true;
-- a province that is no more: its rules are not those of what followed it
SELECT rule_code, level FROM cccd_gate.rule_in_force('work', '79', '2025-06-30 23:59:59+07') UNION ALL SELECT rule_code, level FROM cccd_gate.rule_in_force('work', '79', '2025-07-01 00:00+07');

-- rules of one's own: a commune before its province, an activity before what it is part of
INSERT INTO cccd_gate.unit_in (code, name, parent, starts) VALUES ('26734', 'Bến Nghé', '79', '2008-08-01');
SELECT taken FROM cccd_gate.load_units();
INSERT INTO cccd_gate.activity (activity, parents, vi, en) VALUES ('market', '{trade,outdoor}', 'chợ', 'markets');
SELECT cccd_gate.save_rule('commune', '{"authority": "UBND phường", "citation": "TB 1", "activity": "any", "unit": "26734", "valid": "[2021-12-01,2022-03-01)", "rule": "doses >= 1"}') AS new;
SELECT cccd_gate.save_rule('markets', '{"authority": "UBND thành phố", "citation": "TB 2", "activity": "market", "unit": "79", "valid": "[2021-12-01,)", "rule": "doses >= 2"}') AS new;
SELECT cccd_gate.save_rule('markets level 3', '{"authority": "UBND thành phố", "citation": "TB 3", "activity": "market", "unit": "79", "level": 3, "valid": "[2021-12-01,)", "share": 0.5, "rule": "doses >= 3"}') AS new;
SELECT at, unit, rule_code, overrides FROM (VALUES ('2022-01-01'::timestamptz, '79'), ('2022-01-01', '26734'), ('2022-03-01', '26734')) v(at, unit), cccd_gate.rule_in_force('market', unit, at);
SELECT previous FROM cccd_gate.set_level('79', 3, '2022-02-01');
SELECT rule_code, share, overrides FROM cccd_gate.rule_in_force('market', '79', '2022-02-01');
SELECT cccd_gate.save_rule('commune', '{"level": 1, "most_people": 20, "most_others": 5}') AS new;
SELECT code, level, most_people, most_others, rule FROM cccd_gate.rule_book WHERE code = 'commune';
SAVEPOINT wrong;
SELECT cccd_gate.save_rule('my-dinh-2021', '{"most_people": 40000}');
ROLLBACK TO wrong;
SELECT cccd_gate.save_rule('x', '{"authority": "A", "citation": "B", "activity": "any", "valid": "[2021-12-01,)", "rule": "doses >= 1", "place": 1}');
ROLLBACK TO wrong;
SELECT cccd_gate.save_rule('x', '{"authority": "A", "citation": "B", "activity": "any", "valid": "[2021-12-01,)", "rule": "doses >= 1", "unit": "98"}');
ROLLBACK TO wrong;
SELECT cccd_gate.save_rule('x', '{"authority": "A", "citation": "B", "activity": "any", "valid": "[2021-12-01,)"}');
ROLLBACK TO wrong;
SELECT cccd_gate.save_rule('x', '{"authority": "A", "citation": "B", "activity": "nothing", "valid": "[2021-12-01,)", "rule": "doses >= 1"}');
ROLLBACK TO wrong;
SELECT cccd_gate.save_rule('x', '{"authority": "A", "citation": "B", "activity": "any", "valid": "[2021-12-01,)", "rule": "doses >= 1", "share": 1.01}');
ROLLBACK TO wrong;
SELECT cccd_gate.save_rule('x', '{"authority": "A", "citation": "B", "activity": "any", "valid": "[2021-12-01,)", "rule": "doses >= 1", "most_people": 5, "most_others": 6}');
ROLLBACK TO wrong;

-- what an event may cite: the rule is in force for its activity, place, level and time
CREATE FUNCTION pg_temp.cites(code text, activity text, unit text, level int, starts text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    PERFORM cccd_gate.save_event('E', jsonb_build_object('name', 'E', 'capacity', 100, 'starts', starts, 'rule_code', code) || jsonb_strip_nulls(jsonb_build_object('activity', activity, 'unit', unit, 'level', level)));
    DELETE FROM cccd_gate.event e WHERE e.code = 'E';
    RETURN 'cited';
EXCEPTION WHEN invalid_parameter_value THEN RETURN SQLERRM;
END $$;
SELECT n, pg_temp.cites(code, activity, unit, level, starts)
FROM (VALUES (1, 'my-dinh-2021', 'football', '01', NULL, '2021-11-16 19:00'), (2, 'my-dinh-2021', 'football', '01', NULL, '2021-11-17 00:00'),
             (3, 'my-dinh-2021', 'football', '79', NULL, '2021-11-16 19:00'), (4, 'my-dinh-2021', 'football', NULL, NULL, '2021-11-16 19:00'),
             (5, 'my-dinh-2021', 'sport', '01', NULL, '2021-11-16 19:00'), (6, 'my-dinh-2021', NULL, '01', NULL, '2021-11-16 19:00'),
             (7, 'ha-noi-243', 'football', '01', NULL, '2021-11-18 19:00'), (8, 'ha-noi-243', 'football', '01', 3, '2021-11-18 19:00'),
             (9, 'binh-phuoc-indoor', 'indoor', '70', NULL, '2022-01-01 00:00'), (10, 'binh-phuoc-indoor', 'indoor', '70', 4, '2021-12-31 23:59:59'),
             (11, 'moh-6288', 'border', NULL, NULL, '2021-11-18 19:00'), (12, 'commune', 'market', '26734', 1, '2022-01-01 19:00'),
             (13, 'commune', 'market', '79', 1, '2022-01-01 19:00'), (14, 'commune', 'market', '26734', NULL, '2021-10-01 19:00'), (15, 'hcmc-3900', NULL, '79', NULL, '2021-11-16 19:00'),
             (16, 'binh-phuoc-outdoor', 'outdoor', '72', 4, '2022-01-01 00:00'), (17, 'ha-noi-243', 'gathering', '99', NULL, '2021-11-18 19:00')) v(n, code, activity, unit, level, starts) ORDER BY n;
ROLLBACK;
