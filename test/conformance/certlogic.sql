-- CertLogic against other people's expressions and rules.  One row of "result"
-- is a case.

CREATE TABLE result (family text, item text, wanted text, got text, good boolean);
CREATE TABLE skipped (family text, item text, why text);

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
INSERT INTO skipped
SELECT 'suite', j->>'id', 'the suite itself skips it'
FROM lines('certlogic_suite') WHERE (j->>'skip')::boolean;

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

-- The specification's validator: as many issues, at the same expressions, of
-- the same meaning.
CREATE TABLE meaning (problem text, message text);
INSERT INTO meaning VALUES
    ('null is not an expression', 'invalid CertLogic expression'),
    ('a number must be an integer', '% is a non-integer number'),
    ('an operation has exactly one key', 'expression object must have exactly one key, but it has %'),
    ('the operands of an operation are an array', 'operation not of the form { "<operator>": [ <values...> ] }'),
    ('unknown operation', 'unrecognised operator: %'),
    ('the path of "var" must be a text', 'not of the form { "var": "<path>" }'),
    ('the path of "var" has an empty fragment', 'data access path doesn''t have a valid format: %');
INSERT INTO result
SELECT 'validation', v.j->>'id', v.j->>'issues', got::text,
       got.found = jsonb_array_length(v.j->'issues') AND got.matched = got.found
FROM lines('certlogic_validation') v,
LATERAL (SELECT count(*) AS found,
                count(*) FILTER (WHERE EXISTS (
                    SELECT FROM jsonb_array_elements(v.j->'issues') i
                    WHERE i->>'message' LIKE m.message
                      AND i->'expr' = CASE c.path WHEN '' THEN v.j->'expr' ELSE v.j->'expr' #> string_to_array(substr(c.path, 2), '/') END)) AS matched,
                array_agg(c.path || ': ' || c.problem) AS problems
         FROM cccd_certlogic_check(v.j->'expr') c LEFT JOIN meaning m USING (problem)) got;

-- Cases of the Corona-Warn-App: rules that look at what a verifier must pass
-- on.  The key id is in the signed message only.
CREATE FUNCTION kid_of(scan text) RETURNS bytea LANGUAGE plpgsql AS $$
DECLARE
    kid bytea;
BEGIN
    IF to_regproc('cccd_certificate_decode') IS NOT NULL THEN
        EXECUTE 'SELECT key_id FROM cccd_certificate_decode($1)' INTO kid USING scan;
    END IF;
    RETURN kid;
END $$;
INSERT INTO result
SELECT 'corona-warn-app', c.j->>'id', c.j->>'expected', concat_ws(' ', d.verdict, counted.n),
       counted.n = c.j->'expected' AND d.verdict = 'pass' AND cardinality(d.deciding) = jsonb_array_length(c.j->'rules')
FROM (SELECT j->'valueSets' AS sets FROM lines('cwa_common') LIMIT 1) h,
     lines('cwa_common') c,
     kid_of(c.j->>'payload') kid,
     cccd_certlogic_decide(c.j->'rules', c.j->'json', to_timestamp((c.j->>'clock')::bigint), c.j->>'country_of_arrival',
         issuer => c.j->>'iss', value_sets => h.sets, key_id => kid,
         issued => to_timestamp((c.j->>'iat')::bigint), expires => to_timestamp((c.j->>'exp')::bigint)) d,
LATERAL (SELECT jsonb_object_agg(name, (SELECT count(*) FROM jsonb_array_elements(d.details) e WHERE e->>'result' = name)) AS n
         FROM unnest('{pass,fail,open}'::text[]) name) counted
WHERE c.n > 1 AND (kid IS NOT NULL OR NOT cccd_certlogic_fields(c.j->'rules'->0->'Logic') @> '{external.kid}');
INSERT INTO skipped
SELECT 'corona-warn-app', c.j->>'id', 'its rule asks for the key id, which cccd_certificate_decode() would read'
FROM lines('cwa_common') c, kid_of(c.j->>'payload') kid
WHERE c.n > 1 AND kid IS NULL AND cccd_certlogic_fields(c.j->'rules'->0->'Logic') @> '{external.kid}';

-- Every rule of the data is a rule.
INSERT INTO result
SELECT 'rules read', id, 'a verdict', verdict, verdict IN ('pass', 'fail', 'open')
FROM rule, cccd_certlogic_decide(rule, '{"ver": "1.3.0"}', '2022-01-01', rule->>'Country', types => ARRAY[rule->>'Type'], issuer => rule->>'Country');

-- What the strict check says of them, seen through: German rules for the
-- country itself have types and prefixes of their own, and one rule of Malta
-- gives "if" four operands, which the engines overlook.
INSERT INTO result
SELECT 'rules checked', id, 'nothing else', string_agg(path || ': ' || problem, ', '),
       bool_and(path IS NULL OR path = '/Logic' AND id ~ 'VR-MT-0005' OR path IN ('/Identifier', '/Type') AND id ~ '(domestic|booster)-rules')
FROM rule LEFT JOIN LATERAL cccd_certlogic_check(rule) c ON true
GROUP BY id;
