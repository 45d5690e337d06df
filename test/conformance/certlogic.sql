-- CertLogic against other people's expressions and rules.  One row of "result"
-- is a case.

CREATE TABLE result (family text, item text, wanted text, got text, good boolean);

CREATE FUNCTION lines(name text) RETURNS TABLE (n bigint, j jsonb) LANGUAGE sql AS $$
    SELECT n, line::jsonb
    FROM string_to_table(pg_read_file(current_setting('cccd_test.data') || '/' || name || '.jsonl'), E'\n') WITH ORDINALITY t (line, n)
    WHERE line <> '' $$;

-- a value, or what went wrong
CREATE FUNCTION value_of(logic jsonb, data jsonb) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    RETURN cccd_certlogic(logic, data)::text;
EXCEPTION WHEN invalid_parameter_value THEN
    RETURN 'error';
END $$;

-- The specification's suite.  Fourteen assertions are marked "skip" there:
-- they ask for null-safe "in" and for "data" inside "reduce", which the
-- specification does not have ("operating on a non-array <operand 2> is
-- considered an error"; "may expand ... at some point").
INSERT INTO result
SELECT 'suite', j->>'id', j->>'expected', v, v::jsonb = j->'expected'
FROM lines('certlogic_suite'), value_of(j->'expr', j->'data') v
WHERE NOT (j->>'skip')::boolean;
SELECT count(*) AS skipped_suite FROM lines('certlogic_suite') WHERE (j->>'skip')::boolean;

-- The countries' own tests of their rules.
CREATE TABLE rule AS SELECT j->>'id' AS id, j->'rule' AS rule FROM lines('rules');
CREATE TABLE value_set AS SELECT j->>'ref' AS ref, j->'sets' AS sets FROM lines('valuesets');
INSERT INTO result
SELECT 'rule tests', t.j->>'id', t.j->>'expected', v, v::jsonb = t.j->'expected'
FROM lines('rule_tests') t
JOIN rule r ON r.id = t.j->>'rule'
LEFT JOIN value_set s ON s.ref = t.j->>'valuesets',
     value_of(r.rule->'Logic',
         CASE WHEN (t.j->>'has_payload')::boolean THEN jsonb_build_object('payload', t.j->'payload') ELSE '{}' END
         || jsonb_build_object('external', jsonb_build_object('validationClock', t.j->'clock', 'valueSets', s.sets)
            || CASE WHEN jsonb_typeof(t.j->'external_extra') = 'object' THEN t.j->'external_extra' ELSE '{}' END)) v;

-- All rules for other countries' certificates at four times, as both official
-- engines answered; t and f where they differ and the one in JavaScript, whose
-- Date the specification names, says true or false.  Not scored: "." (not
-- applicable) and "U" (undefined: "the date(-time) string supplied to plusTime
-- is assumed to represent a valid ISO 8601-compliant date(-time)").
CREATE TABLE payload AS SELECT j->>'id' AS id, j->'json' AS json FROM lines('qa');
CREATE TABLE crossing AS
SELECT c.n, concat_ws(' ', p.id, c.j->>'clock') AS id, c.j->>'r' AS letters,
       jsonb_build_object('payload', p.json, 'external', jsonb_build_object('validationClock', c.j->'clock', 'valueSets', s.sets)) AS data
FROM (SELECT j FROM lines('cross') LIMIT 1) h
JOIN value_set s ON s.ref = h.j->>'valuesets'
JOIN lines('cross') c ON c.n > 1
JOIN payload p ON p.id = c.j->>'payload';
CREATE TABLE crossing_rule AS
SELECT k.position::int, k.id, r.rule->'Logic' AS logic
FROM (SELECT j FROM lines('cross') LIMIT 1) h,
     jsonb_array_elements_text(h.j->'rules') WITH ORDINALITY k (id, position)
JOIN rule r ON r.id = k.id;
CREATE TABLE crossed AS
SELECT c.id, r.id AS rule, substr(letters, position, 1) AS letter,
       CASE coalesce(cccd_certlogic(logic, data, true)::text, 'error') WHEN 'true' THEN 'T' WHEN 'false' THEN 'F' WHEN 'error' THEN 'E' ELSE 'another value' END AS got
FROM crossing c, crossing_rule r
WHERE substr(letters, position, 1) <> '.';
INSERT INTO result
SELECT 'cross table', concat_ws(' ', id, rule), letter, got, upper(letter) = got
FROM crossed WHERE letter <> 'U';
