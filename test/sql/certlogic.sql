-- CertLogic: expressions, rules, decisions.  All rules and certificates here
-- are made up.

-- values; a date-time is its text
SELECT logic, cccd_certlogic(logic, '{"payload": {"v": [{"dn": 2, "mp": "EU/1/20/1528", "dt": "2021-11-01"}], "nam": {"fn": "Nguyễn"}}, "n": 2.0}')
FROM unnest(ARRAY[
    '17', '"apple"', 'true', '[]', '[1, {"var": "n"}, "a"]',
    '{"var": "payload.v.0.dn"}', '{"var": "payload.v.1.dn"}', '{"var": "payload.v.0"}', '{"var": "payload.v.length"}', '{"var": "payload.nam.fn.length"}', '{"var": "payload.nam.fn.4"}',
    '{"===": [{"var": "n"}, 2]}', '{"===": ["2", 2]}', '{"===": [{"var": "payload"}, {"var": "payload"}]}', '{"===": [[], []]}',
    '{"if": [{"var": "payload.r.0"}, "recovered", "not"]}', '{"and": [1, "", false]}', '{"!": [{"var": "payload.t"}]}',
    '{"+": [{"var": "n"}, 9007199254740990]}', '{"<=": [1, {"var": "n"}, 2]}',
    '{"in": [{"var": "payload.v.0.mp"}, ["EU/1/20/1507", "EU/1/20/1528"]]}',
    '{"plusTime": [{"var": "payload.v.0.dt"}, 14, "day"]}', '{"plusTime": ["2021-01-31", 1, "month"]}', '{"plusTime": ["2022-01-01T00:30:00+07:00", 0, "hour"]}',
    '[{"plusTime": ["2022-17-01", 0, "day"]}, {"plusTime": ["2021", 300000, "year"]}, {"plusTime": ["2021", 9000, "year"]}]',
    '{"not-after": [{"plusTime": ["2022-01-01T07:00:00+07:00", 0, "day"]}, {"plusTime": ["2022-01-01", 0, "day"]}]}',
    '{"after": [{"dccDateOfBirth": ["2004-02"]}, {"plusTime": ["2022-02-28", -18, "year"]}]}',
    '{"reduce": [{"var": "payload.v"}, {"+": [{"var": "accumulator"}, {"var": "current.dn"}]}, 10]}', '{"reduce": [["a", "b"], {"var": ""}, {"var": "n"}]}',
    '{"extractFromUVCI": ["URN:UVCI:01:VN:187/37512422923#B", 1]}', '{"extractFromUVCI": [{"var": "x"}, 1]}',
    '[[{"var": "payload.v"}, []], {"var": "payload.nam"}]'
    ]::jsonb[]) WITH ORDINALITY t (logic, n) ORDER BY n;

-- what is not an expression, with its place and without its texts
SELECT cccd_certlogic('{"if": [true, {"and": [{"or": ["001099012345"]}, 1]}, false]}', '{}');
SELECT cccd_certlogic('{"var": 0}', '{}');
SELECT cccd_certlogic('{"var": "payload..dn"}', '{}');
SELECT cccd_certlogic('null', '{}');
SELECT cccd_certlogic('{"!": [1.5]}', '{}');
SELECT cccd_certlogic('{"plusTime": ["2021", 1, "week"]}', '{}', true);
SELECT cccd_certlogic('{"payload": [], "external": []}', '{}');

-- what the data do not suit; silently it is NULL
SELECT cccd_certlogic('{"and": [true, {"in": [1, {"var": "x"}]}]}', '{}');
SELECT cccd_certlogic('{"plusTime": [{"var": "dob"}, 18, "year"]}', '{"dob": "01/02/2003 of 001099012345"}');
SELECT cccd_certlogic('{"<": [1, {"var": "x"}]}', '{"x": 1.5}');
SELECT cccd_certlogic('{"!": [{"plusTime": ["2021", 1, "day"]}]}', '{}');
SELECT cccd_certlogic('{"<": [1, {"var": "x"}]}', '{"x": 1.5}', true) IS NULL AS silent;
SELECT cccd_certlogic('{"var": "x"}', '{"x": null}', true) AS null_value, cccd_certlogic(NULL, '{}') IS NULL AS no_logic, cccd_certlogic('1', NULL) IS NULL AS no_data;

-- limits are never silent
SELECT cccd_certlogic((repeat('{"!":[', 65) || 1 || repeat(']}', 65))::jsonb, '{}', true);
SELECT cccd_certlogic((SELECT jsonb_agg(g) FROM generate_series(1, 20000) g), '{}', true);
SELECT cccd_certlogic('{"reduce": [{"var": ""}, {"reduce": [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 1, 1]}, 1]}', (SELECT jsonb_agg(g) FROM generate_series(1, 100000) g), true);
SELECT cccd_certlogic('{"reduce": [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20], [{"var": "accumulator"}, {"var": "accumulator"}], 1]}', '{}', true);
SELECT cccd_certlogic('{"reduce": [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20], [{"var": "accumulator"}, {"var": "accumulator"}], {"var": ""}]}', '{"a": [1, 2, 3]}', true);
-- a result that shares nothing may be as large as it likes
SELECT length(cccd_certlogic('{"var": ""}', (SELECT jsonb_agg(g) FROM generate_series(1, 100000) g))::text) AS length;

-- a program serves one logic only, whatever the order they come in
CREATE TEMP TABLE certlogic_rule (n int, logic jsonb);
INSERT INTO certlogic_rule SELECT n, jsonb_build_object('===', jsonb_build_array(jsonb_build_object('var', 'x'), n)) FROM generate_series(1, 1500) n;
SELECT count(*) AS wrong
FROM generate_series(1, 6) x, certlogic_rule r
WHERE cccd_certlogic(logic, jsonb_build_object('x', x * 250)) <> to_jsonb(r.n = x * 250);
SELECT count(*) AS wrong
FROM certlogic_rule r, generate_series(1, 4) x
WHERE cccd_certlogic(logic, jsonb_build_object('x', x)) <> to_jsonb(r.n = x);
PREPARE certlogic_generic (jsonb, jsonb) AS SELECT cccd_certlogic($1, $2);
SET plan_cache_mode = force_generic_plan;
EXECUTE certlogic_generic ('{"var": "a"}', '{"a": 1, "b": 2}');
EXECUTE certlogic_generic ('{"var": "b"}', '{"a": 1, "b": 2}');
RESET plan_cache_mode;
DO $$
DECLARE
    l jsonb;
    seen text := '';
BEGIN
    FOR l IN SELECT * FROM unnest(ARRAY['{"var": "a"}', '{"var": "b"}', '{"!": [{"var": "a"}]}', '{"var": "a"}']::jsonb[]) LOOP
        seen := seen || ' ' || cccd_certlogic(l, '{"a": 1, "b": 2}');
    END LOOP;
    RAISE NOTICE '%', seen;
END $$;
-- an error in between leaves nothing half made
DO $$
DECLARE
    l jsonb;
BEGIN
    FOR l IN SELECT * FROM unnest(ARRAY['{"var": "a"}', '{"or": "b"}', '{"var": "a"}', '{"in": [1, {"var": "a"}]}', '{"var": "a"}']::jsonb[]) LOOP
        BEGIN
            RAISE NOTICE '%', cccd_certlogic(l, '{"a": 1}');
        EXCEPTION WHEN invalid_parameter_value THEN
            RAISE NOTICE '%', SQLERRM;
        END;
    END LOOP;
END $$;
-- values of a table, compressed and out of line
CREATE TEMP TABLE certlogic_data (n int, data jsonb);
ALTER TABLE certlogic_data ALTER data SET STORAGE EXTERNAL;
INSERT INTO certlogic_data SELECT n, jsonb_build_object('x', n, 'filler', repeat('x', n * 300)) FROM generate_series(1, 30) n;
INSERT INTO certlogic_data SELECT n, jsonb_build_object('x', n) FROM generate_series(31, 40) n;
INSERT INTO certlogic_data SELECT n, jsonb_build_object('x', n, 'filler', repeat('x', n * 100)) FROM generate_series(41, 50) n;
ALTER TABLE certlogic_data ALTER data SET STORAGE EXTENDED;
INSERT INTO certlogic_data SELECT n, jsonb_build_object('x', n, 'filler', repeat('x', n * 100)) FROM generate_series(51, 60) n;
SELECT string_agg(cccd_certlogic('{"+": [{"var": "x"}, 0]}', data)::text, ' ' ORDER BY n) FROM certlogic_data;
-- each of them against each rule, in both orders, and changed in between
SET enable_hashjoin = off;
SELECT count(*) AS wrong FROM certlogic_data d, certlogic_rule r
WHERE r.n <= 60 AND cccd_certlogic(logic, data) <> to_jsonb(d.n = r.n);
SELECT count(*) AS wrong FROM certlogic_rule r LEFT JOIN LATERAL (SELECT cccd_certlogic(r.logic, data) AS value, n FROM certlogic_data OFFSET 0) d ON true
WHERE r.n <= 60 AND value <> to_jsonb(d.n = r.n);
RESET enable_hashjoin;
DO $$
DECLARE
    seen text := '';
    d jsonb;
BEGIN
    FOR i IN 1 .. 3 LOOP
        UPDATE certlogic_data SET data = data || jsonb_build_object('x', i) WHERE n = 60;
        SELECT cccd_certlogic('{"var": "x"}', data) INTO d FROM certlogic_data WHERE n = 60;
        seen := seen || ' ' || d;
    END LOOP;
    RAISE NOTICE '%', seen;
END $$;

-- paths
SELECT cccd_certlogic_fields('{"if": [{"var": "payload.v.0"}, {"reduce": [{"var": "payload.r"}, {"var": "current.fr"}, {"var": "external.x"}]}, {"===": [{"var": "payload.v.0"}, {"var": "payload.v.0.dn"}]}]}');
SELECT cccd_certlogic_fields('[{"var": ""}, 1]'), cccd_certlogic_fields('1');

-- the rules of a stadium, as an envelope
CREATE TEMP TABLE certlogic_set (n int, rule jsonb);
INSERT INTO certlogic_set
SELECT n, jsonb_build_object('Identifier', identifier, 'Type', type, 'Country', 'VN', 'Version', version, 'SchemaVersion', '1.0.0',
    'Engine', 'CERTLOGIC', 'EngineVersion', '1.0.0', 'CertificateType', certificate, 'ValidFrom', '2021-07-01T00:00:00+07:00', 'ValidTo', valid_to,
    'Description', jsonb_build_array(jsonb_build_object('lang', 'vi', 'desc', vi), jsonb_build_object('lang', 'en', 'desc', en)),
    'AffectedFields', fields, 'Logic', logic::jsonb)
FROM (VALUES
    (1, 'VR-VN-0001', 'Acceptance', '1.0.0', 'Vaccination', '2030-01-01T00:00:00Z', 'Đã tiêm đủ hai mũi vắc-xin.', 'Two doses of a vaccine were given.', '{v.0.dn}'::text[],
     '{">=": [{"var": "payload.v.0.dn"}, 2]}'),
    (2, 'VR-VN-0002', 'Acceptance', '1.0.0', 'Vaccination', '2030-01-01T00:00:00Z', 'Mũi cuối đã qua ít nhất 14 ngày.', 'The last dose was 14 days ago at least.', '{v.0.dt}',
     '{"not-after": [{"plusTime": [{"var": "payload.v.0.dt"}, 14, "day"]}, {"plusTime": [{"var": "external.validationClock"}, 0, "day"]}]}'),
    (3, 'VR-VN-0002', 'Acceptance', '0.9.0', 'Vaccination', '2030-01-01T00:00:00Z', 'Bản cũ.', 'An old version of the same rule.', '{}', 'false'),
    (4, 'TR-VN-0001', 'Acceptance', '1.0.0', 'Test', '2030-01-01T00:00:00Z', 'Kết quả xét nghiệm âm tính trong 72 giờ.', 'A negative test within the last 72 hours.', '{t.0.tr,t.0.sc}',
     '{"and": [{"in": [{"var": "payload.t.0.tr"}, {"var": "external.valueSets.negative"}]}, {"not-before": [{"plusTime": [{"var": "payload.t.0.sc"}, 72, "hour"]}, {"plusTime": [{"var": "external.validationClock"}, 0, "day"]}]}]}'),
    (5, 'IR-VN-0001', 'Invalidation', '1.0.0', 'General', '2030-01-01T00:00:00Z', 'Giấy chứng nhận của cơ sở này đã bị thu hồi.', 'Certificates of this place are revoked.', '{v.0.ci}',
     '{"!": [{"===": [{"extractFromUVCI": [{"var": "payload.v.0.ci"}, 2]}, "BAD"]}]}'),
    (6, 'GR-VN-0009', 'Acceptance', '1.0.0', 'General', '2021-08-01T00:00:00Z', 'Đã hết hiệu lực.', 'No longer in force, whatever it said.', '{}', 'false')
) v (n, identifier, type, version, certificate, valid_to, vi, en, fields, logic);
SELECT rule->>'Identifier' AS rule, c.* FROM certlogic_set, cccd_certlogic_check(rule) c ORDER BY n;

CREATE FUNCTION pg_temp.certlogic_try(certificate jsonb, clock timestamptz, issuer text DEFAULT 'VN', language text DEFAULT 'en')
RETURNS TABLE (verdict text, deciding text[], details text) LANGUAGE sql AS $$
    SELECT d.verdict, d.deciding, jsonb_pretty(d.details)
    FROM (SELECT jsonb_agg(rule ORDER BY n DESC) AS rules FROM certlogic_set) r,
         cccd_certlogic_decide(rules, certificate, clock, 'VN', issuer => issuer, value_sets => '{"negative": ["260415000"]}', language => language) d $$;
\pset format unaligned
SELECT * FROM pg_temp.certlogic_try('{"ver": "1.3.0", "v": [{"dn": 2, "dt": "2021-11-01", "ci": "URN:UVCI:01:VN:GOOD"}]}', '2021-11-16 19:00+07');
SELECT * FROM pg_temp.certlogic_try('{"ver": "1.3.0", "v": [{"dn": 2, "dt": "2021-11-05", "ci": "URN:UVCI:01:VN:BAD"}]}', '2021-11-16 19:00+07', language => 'vi');
SELECT * FROM pg_temp.certlogic_try('{"ver": "1.3.0", "v": [{"dn": 2, "ci": "URN:UVCI:01:VN:GOOD"}]}', '2021-11-16 19:00+07', issuer => NULL);
\pset format aligned
-- each row says what changes the verdict
SELECT what, d.verdict, d.deciding
FROM (VALUES
    (1, 'both doses', '{"ver": "1.3.0", "v": [{"dn": 2, "dt": "2021-11-01"}]}', '2021-11-16 19:00+07'::timestamptz, 'VN'),
    (2, 'too early', '{"ver": "1.3.0", "v": [{"dn": 2, "dt": "2021-11-01"}]}', '2021-11-15 06:59+07', 'VN'),
    (3, 'to the minute', '{"ver": "1.3.0", "v": [{"dn": 2, "dt": "2021-11-01"}]}', '2021-11-15 07:00+07', 'VN'),
    (4, 'negative test', '{"ver": "1.3.0", "t": [{"tr": "260415000", "sc": "2021-11-14T07:00:00+07:00"}]}', '2021-11-16 19:00+07', 'VN'),
    (5, 'positive test', '{"ver": "1.3.0", "t": [{"tr": "260373001", "sc": "2021-11-14T07:00:00+07:00"}]}', '2021-11-16 19:00+07', 'VN'),
    (6, 'test without its time', '{"ver": "1.3.0", "t": [{"tr": "260415000"}]}', '2021-11-16 19:00+07', 'VN'),
    (7, 'schema of tomorrow', '{"ver": "2.0.0", "v": [{"dn": 2, "dt": "2021-11-01"}]}', '2021-11-16 19:00+07', 'VN'),
    (8, 'no schema', '{"v": [{"dn": 2, "dt": "2021-11-01"}]}', '2021-11-16 19:00+07', 'VN'),
    (9, 'recovery only', '{"ver": "1.3.0", "r": [{"fr": "2021-11-01"}]}', '2021-11-16 19:00+07', 'VN'),
    (10, 'the same, signed elsewhere', '{"ver": "1.3.0", "r": [{"fr": "2021-11-01"}]}', '2021-11-16 19:00+07', 'FR'),
    (11, 'before all rules', '{"ver": "1.3.0", "v": [{"dn": 2}]}', '2020-01-01', 'VN'),
    (12, 'no certificate', NULL, '2021-11-16 19:00+07', 'VN'),
    (13, 'no object', '[]', '2021-11-16 19:00+07', 'VN')
) c (n, what, certificate, clock, issuer), pg_temp.certlogic_try(certificate::jsonb, clock, issuer) d ORDER BY n;

-- a set that is stored compressed, beside others
CREATE TEMP TABLE certlogic_sets AS
SELECT s, jsonb_agg(rule || jsonb_build_object('Logic', CASE WHEN s % 2 = 0 THEN rule->'Logic' ELSE '{"!": [1]}' END)) AS rules
FROM certlogic_set, generate_series(1, 4) s WHERE n <= 2 GROUP BY s;
SELECT s, pg_column_size(rules) < 2000 AS compressed, string_agg(d.verdict, ' ' ORDER BY c)
FROM certlogic_sets, generate_series(1, 3) c,
     cccd_certlogic_decide(rules, jsonb_build_object('ver', '1.3.0', 'v', jsonb_build_array(jsonb_build_object('dn', c, 'dt', '2021-10-01'))), '2021-11-16', 'VN') d
GROUP BY s, rules ORDER BY s;

-- no rules are no pass; a single rule; a region; another country; other types
SELECT verdict, deciding, details FROM cccd_certlogic_decide('[]', '{"ver": "1.3.0"}', '2021-11-16', 'VN');
SELECT w.n, d.verdict FROM certlogic_set s, LATERAL (VALUES
    (1, s.rule, 'VN', NULL, '{Acceptance}'::text[]), (2, s.rule, 'vn', '', '{acceptance}'), (3, s.rule, 'LA', NULL, '{Acceptance}'), (4, s.rule, 'VN', 'HN', '{Acceptance}'),
    (5, s.rule || '{"Region": "HN"}', 'VN', 'hn', '{Acceptance}'), (6, s.rule || '{"Region": "HN"}', 'VN', NULL, '{Acceptance}'),
    (7, s.rule || '{"Type": "Mask"}', 'VN', NULL, '{Acceptance}'), (8, s.rule || '{"Type": "Mask"}', 'VN', NULL, '{Mask}'), (9, s.rule, 'VN', NULL, NULL), (10, s.rule, NULL, NULL, '{Acceptance,NULL}')
) w (n, rule, country, region, types),
cccd_certlogic_decide(w.rule, '{"ver": "1.3.0", "v": [{"dn": 2}]}', '2021-11-16', w.country, region => w.region, types => w.types) d
WHERE s.n = 1 ORDER BY w.n;

-- what a rule is told
SELECT d.verdict FROM cccd_certlogic_decide(
    (SELECT rule || '{"Logic": {"and": [{"===": [{"var": "external.kid"}, "AYkDTaR1OsI="]}, {"===": [{"var": "external.issuerCountryCode"}, "LA"]}, {"===": [{"var": "external.countryCode"}, "VN"]}, {"===": [{"var": "external.iat"}, "2021-06-24T06:49:45.000Z"]}, {"===": [{"var": "external.exp"}, "2022-06-24T06:49:45.123Z"]}, {"===": [{"var": "external.validationClock"}, "2021-11-16T12:00:00.000Z"]}, {"!": [{"var": "external.region"}]}, {"in": ["b", {"var": "external.valueSets.x"}]}]}}' FROM certlogic_set WHERE n = 1),
    '{"ver": "1.3.0", "v": [{}]}', '2021-11-16 19:00+07', 'VN', issuer => 'LA', key_id => '\x0189034da4753ac2', value_sets => '{"x": ["a", "b"]}',
    issued => '2021-06-24 06:49:45+00', expires => '2022-06-24 06:49:45.123999+00') d;

-- what is no rule, and arguments that are none
SELECT cccd_certlogic_decide('[1]', '{}', '2021-11-16', 'VN');
-- a bad rule is open where it is asked, with its place, and is not judged elsewhere
SELECT what, d.verdict, d.details->0->>'result' AS result, d.details->0->>'reason' AS reason, d.details->0->>'path' AS path, d.details->0->>'problem' AS problem,
       other.verdict AS elsewhere, jsonb_array_length(other.details) AS asked
FROM certlogic_set, (VALUES (1, 'no version', '{"Version": null}'::jsonb), (2, 'a beta', '{"Version": "1.0.0-beta"}'), (3, 'unknown operation', '{"Logic": {"and": [true, {"nor": [1]}]}}'),
                            (4, 'no logic', '{"Logic": null}'), (5, 'lower case', '{"CertificateType": "vaccination"}'), (6, 'no identifier', '{"Identifier": null}'),
                            (7, 'no type', '{"Type": 1}'), (8, 'no end', '{"ValidTo": "some day"}'), (9, 'not valid yet', '{"ValidFrom": "2022-01-01T00:00:00Z", "ValidTo": "2023-01-01T00:00:00Z", "Logic": {"nor": []}}')) b (i, what, fault),
     cccd_certlogic_decide(jsonb_build_array(rule || fault), '{"ver": "1.3.0", "v": [{"dn": 2, "sd": 2}]}', '2021-11-16', 'VN') d,
     cccd_certlogic_decide(jsonb_build_array(rule || fault || '{"Country": "DE"}'), '{"ver": "1.3.0", "v": [{"dn": 2, "sd": 2}]}', '2021-11-16', 'VN') other
WHERE n = 1 ORDER BY i;
-- two rules of one identifier and version are both asked, and fail wins in either order; an older one is not asked
SELECT d.verdict, d.deciding, jsonb_path_query_array(d.details, '$[*].result') AS results
FROM certlogic_set, (VALUES (1, true, false, '1.0.0'), (2, false, true, '1.0.0'), (3, true, true, '1.0.0'), (4, true, false, '0.9.0'), (5, true, false, '0.9.0-beta')) v (i, a, b, version),
     LATERAL (SELECT rule || jsonb_build_object('Version', '1.0.0', 'Logic', jsonb_build_object('===', jsonb_build_array(a, true))) AS first,
                     rule || jsonb_build_object('Version', version, 'Logic', jsonb_build_object('===', jsonb_build_array(b, true))) AS second) r,
     cccd_certlogic_decide(jsonb_build_array(first, second), '{"ver": "1.3.0", "v": [{"dn": 2, "sd": 2}]}', '2021-11-16', 'VN') d
WHERE n = 1 ORDER BY i;
SELECT verdict, details->0->>'reason' AS reason FROM certlogic_set, cccd_certlogic_decide(rule || '{"EngineVersion": "2.0.0", "Logic": {"nor": [1]}}', '{"ver": "1.3.0", "v": [{}]}', '2021-11-16', 'VN') WHERE n = 1;
SELECT cccd_certlogic_decide(NULL, '{}', '2021-11-16', 'VN');
SELECT cccd_certlogic_decide('[]', '{}', 'infinity', 'VN');
SELECT cccd_certlogic_decide('[]', '{}', '2021-11-16', 'VN', key_id => decode(repeat('00', 33), 'hex'));
SELECT cccd_certlogic_decide((SELECT jsonb_agg(1) FROM generate_series(1, 5000)), '{}', '2021-11-16', 'VN');
SELECT cccd_certlogic_decide('[]', '{}', '2021-11-16', 'VN', types => array_fill('x'::text, ARRAY[65]));
-- rules of a set take from one budget
SELECT cccd_certlogic_decide(
    (SELECT jsonb_agg(rule || jsonb_build_object('Identifier', 'GR-VN-' || g, 'CertificateType', 'General', 'Logic', '{"reduce": [{"var": "payload.v"}, true, true]}'::jsonb)) FROM certlogic_set, generate_series(1, 11) g WHERE n = 1),
    jsonb_build_object('ver', '1.3.0', 'v', (SELECT jsonb_agg(1) FROM generate_series(1, 100000))), '2021-11-16', 'VN');
SELECT * FROM cccd_certlogic_check('{"Logic": {"and": [1]}, "Identifier": "XX", "Type": 5}');
SELECT * FROM cccd_certlogic_check('{"if": [{"or": []}, null, 1.5, 2]}');
SELECT * FROM cccd_certlogic_check('{"if": [true, true, false]}');
-- what is right, but can never work
SELECT * FROM cccd_certlogic_check('[{"after": [{"var": "payload.t.0.sc"}, {"plusTime": [{"var": "external.validationClock"}, -72, "hour"]}]}, {"<": [{"plusTime": ["2021", 1, "day"]}, 5]}, {"in": ["a", "abc"]}, {"!": [{"dccDateOfBirth": [1]}]}, {"reduce": [1, {"!": [{"var": "accumulator"}]}, 1]}, {"extractFromUVCI": [true, 0]}]');
SELECT c.* FROM certlogic_set, cccd_certlogic_check(rule || '{"Logic": {"if": [{"var": "payload.v.0"}, "pass", "fail"]}}') c WHERE n = 1;

DROP FUNCTION pg_temp.certlogic_try;
DROP TABLE certlogic_rule, certlogic_data, certlogic_set, certlogic_sets;
