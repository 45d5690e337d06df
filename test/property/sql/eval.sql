-- Evaluation against a reference: random rules are drawn as trees of jsonb,
-- their text is printed from the trees, and the trees are answered in SQL over
-- the opened records, by the words of doc/eval.md.  Nothing here knows how the
-- library binds or evaluates.
\if :{?quick}
\set cases 400
\else
\set cases 40000
\endif
SET client_min_messages = warning;
SET jit = off;
SET timezone = 'UTC';
CREATE SCHEMA reference;
SET search_path = reference;
\getenv root PG_ABS_SRCDIR
\set dose_reference :root '/../data/dose_reference.sql'
\set echo :ECHO

-- pseudo-random numbers from 0 to n - 1 that are the same on every version
CREATE FUNCTION rnd(key text, n int) RETURNS int LANGUAGE sql IMMUTABLE
    RETURN ('x' || substr(md5(key), 1, 7))::bit(28)::int % n;
CREATE FUNCTION pick(key text, choices anyarray) RETURNS anyelement LANGUAGE sql IMMUTABLE
    AS 'SELECT choices[1 + rnd(key, cardinality(choices))]';

-- times that meet each other after days, months and years: month ends, the
-- first and last second of a day, the same instant for several events
CREATE FUNCTION draw_time(key text) RETURNS timestamptz LANGUAGE sql STABLE
    RETURN (pick(key || 'd', ARRAY[
            '2021-01-28', '2021-02-25', '2021-03-28', '2021-05-30', '2021-08-28', '2021-08-29',
            '2021-11-14', '2021-11-27', '2021-12-29', '2020-02-26', '2020-08-29', '2024-02-27']::date[])
        + rnd(key || 'n', 7)
        + pick(key || 't', ARRAY['00:00', '00:00', '00:00:01', '08:00', '10:00', '10:00', '19:00', '23:59:59']::time[]))
        AT TIME ZONE INTERVAL '+07:00';

-- Civil Code, Article 148(3): a term of months ends on the corresponding day
-- of its last month, or where that month has no such day, with the end of its
-- last day.  All other units are exact; the calendar is that of UTC+7.
CREATE FUNCTION after_months(t timestamp, months int) RETURNS timestamp LANGUAGE sql IMMUTABLE
    RETURN CASE WHEN extract(day FROM t + make_interval(months => months)) < extract(day FROM t)
                THEN date_trunc('day', t + make_interval(months => months)) + interval '1 day'
                ELSE t + make_interval(months => months) END;
CREATE FUNCTION after(t timestamptz, n int, unit text) RETURNS timestamptz LANGUAGE sql STABLE
    RETURN CASE unit
        WHEN 'month' THEN after_months(t AT TIME ZONE INTERVAL '+07:00', n) AT TIME ZONE INTERVAL '+07:00'
        WHEN 'year' THEN after_months(t AT TIME ZONE INTERVAL '+07:00', 12 * n) AT TIME ZONE INTERVAL '+07:00'
        ELSE t + make_interval(secs => n::double precision * CASE unit
            WHEN 'second' THEN 1 WHEN 'minute' THEN 60 WHEN 'hour' THEN 3600
            WHEN 'day' THEN 86400 WHEN 'week' THEN 604800 END) END;
SELECT after('2021-08-31 10:00+07', 6, 'month') = '2022-03-01 00:00+07' AS end_of_february,
       after('2023-08-31 10:00+07', 6, 'month') = '2024-03-01 00:00+07' AS end_of_leap_february,
       after('2021-05-16 19:00+07', 6, 'month') = '2021-11-16 19:00+07' AS corresponding_day,
       after('2021-11-13 19:00+07', 72, 'hour') = '2021-11-16 19:00+07' AS exact;

-- records --------------------------------------------------------------------

-- the names of a kind that has names in place of a disease
CREATE FUNCTION names_of(kind text) RETURNS text[] LANGUAGE sql IMMUTABLE
    RETURN CASE kind WHEN 'credential' THEN '{insurance,work_permit,#900}' WHEN 'declaration' THEN '{no_symptoms,symptoms,#900}'
                     WHEN 'registration' THEN '{vaccination,test,#900}' WHEN 'consultation' THEN '{doctor,hospital,#900}' END::text[];

CREATE FUNCTION draw_event(key text) RETURNS text LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT concat_ws(' ',
        kind,
        to_char(draw_time(key) AT TIME ZONE INTERVAL '+07:00', 'YYYY-MM-DD HH24:MI:SS') || '+07',
        CASE WHEN names_of(kind) IS NOT NULL THEN pick(key || 'c', names_of(kind))
             WHEN rnd(key || 'x', 8) = 0 THEN 'disease measles' END,
        CASE kind
            WHEN 'dose' THEN concat_ws(' ',
                pick(key || 'p', ARRAY['', '', 'product ''EU/1/20/1528''', 'product ''EU/1/20/1507''', 'product ''#900''']),
                CASE WHEN rnd(key || 'n', 3) = 0 THEN 'number ' || 1 + rnd(key || 'm', 5) END,
                CASE WHEN rnd(key || 'y', 3) > 0 THEN 'series ' || 1 + rnd(key || 'w', 3) END)
            WHEN 'test' THEN concat_ws(' ',
                pick(key || 'i', ARRAY['', 'pcr', 'pcr', 'antigen']),
                pick(key || 'r', ARRAY['negative', 'negative', 'negative', 'positive', 'pending', 'inconclusive']))
            ELSE CASE WHEN rnd(key || 'u', 2) = 0 THEN 'until ' || to_char(
                (draw_time(key) + pick(key || 'v', ARRAY['1 second', '1 day', '14 days', '100 days']::interval[]))
                AT TIME ZONE INTERVAL '+07:00', 'YYYY-MM-DD HH24:MI:SS') || '+07' END
        END,
        pick(key || 's', ARRAY['declared', 'paper', 'certificate', 'national']),
        CASE WHEN rnd(key || 'g', 3) = 0 THEN 'signed' END)
    FROM pick(key || 'k', ARRAY['dose', 'dose', 'dose', 'test', 'test', 'test', 'recovery', 'isolation', 'exposure', 'contraindication',
                                'credential', 'declaration', 'registration', 'consultation']) kind;
END;

-- another report of a drawn dose, which agrees in most things
CREATE FUNCTION draw_again(key text) RETURNS text LANGUAGE sql STABLE
    RETURN concat_ws(' ', 'dose',
        to_char((draw_time(key) + pick(key || 'later', ARRAY['0', '0', '1 hour', '1 day', '-2 days', '3 days', '40 days', '200 days', '400 days']::interval[]))
                AT TIME ZONE INTERVAL '+07:00', 'YYYY-MM-DD HH24:MI:SS') || '+07',
        pick(key || 'p2', ARRAY['', 'product ''EU/1/20/1528''', 'product ''EU/1/20/1507''']),
        CASE WHEN rnd(key || 'n', 3) = 0 THEN 'number ' || 1 + rnd(key || 'm', 5) WHEN rnd(key || 'n2', 3) = 0 THEN 'number ' || 1 + rnd(key || 'm2', 3) END,
        pick(key || 'series', ARRAY['', '', '', 'series 1', 'series 2']),
        pick(key || 's2', ARRAY['declared', 'paper', 'certificate', 'national']),
        CASE WHEN rnd(key || 'g2', 3) = 0 THEN 'signed' END);

CREATE TABLE record AS
SELECT r AS record,
       CASE WHEN r % 40 = 0 THEN NULL ELSE concat_ws('; ',
           (SELECT string_agg(draw_event(format('e%s.%s', r, i)), '; ')
            FROM generate_series(1, rnd('c' || r, CASE r % 4 WHEN 0 THEN 16 ELSE 6 END)) i),
           (SELECT string_agg(draw_again(format('e%s.%s', r, i)), '; ')
            FROM generate_series(1, rnd('c' || r, CASE r % 4 WHEN 0 THEN 16 ELSE 6 END)) i
            WHERE r % 2 = 0 AND rnd(format('a%s.%s', r, i), 3) = 0),
           CASE WHEN r % 3 = 1 THEN 'tests from '
               || to_char(draw_time('h' || r) AT TIME ZONE INTERVAL '+07:00', 'YYYY-MM-DD HH24:MI:SS') || '+07' END)::cccd_health
       END AS health
FROM generate_series(1, 1500) r;
ALTER TABLE record ADD PRIMARY KEY (record);

-- The opened events.  The number of a dose is what is stated, but at least one
-- more than that of the dose of the disease before it; implied: how many doses
-- before it are only known from this number.
CREATE TABLE event AS
SELECT record, kind, at, until, disease, product, test, result, source, signed, name, ordinality, stated, series, number,
       number - coalesce(lag(number) OVER doses, 0) - 1 AS implied
FROM (SELECT record, kind, at, until, disease, product, test, result, source, signed, name, ordinality, stated, series,
             CASE WHEN kind = 'dose' THEN place + greatest(0, max(stated - place) OVER (PARTITION BY record, kind, disease ORDER BY at)) END AS number
      FROM (SELECT r.record, e.kind, e.at, e.until, e.disease, e.product, e.test, e.result, e.source, e.signed, e.name, e.ordinality, e.series, e.number AS stated,
                   row_number() OVER (PARTITION BY r.record, e.kind, e.disease ORDER BY e.at) AS place
            FROM record r, cccd_health_events(r.health) WITH ORDINALITY e) placed) numbered
WINDOW doses AS (PARTITION BY record, kind, disease ORDER BY at);
CREATE INDEX ON event (record);

-- A test is superseded by another report of its sample, of the same second,
-- where one of the two is of unknown kind: by a stricter result, or where its
-- own kind is not known by one that is as strict.
ALTER TABLE event ADD superseded boolean DEFAULT false;
UPDATE event e SET superseded = true
FROM event o, unnest('{pending,inconclusive,negative,positive}'::text[]) WITH ORDINALITY mine(result, rank),
    unnest('{pending,inconclusive,negative,positive}'::text[]) WITH ORDINALITY its(result, rank)
WHERE e.kind = 'test' AND o.kind = 'test' AND o.record = e.record AND o.at = e.at AND o.disease = e.disease
  AND mine.result = e.result AND its.result = o.result
  AND (e.test IS NOT NULL AND o.test IS NULL AND its.rank > mine.rank OR e.test IS NULL AND o.test IS NOT NULL AND its.rank >= mine.rank);

-- contexts -------------------------------------------------------------------

CREATE TABLE context AS
SELECT *, cccd_context(ticket => ticket, accompanied => accompanied, evidence => evidence, level => level,
                       origin_level => origin_level, birth_date => birth_date, sex => sex, place => place) AS context_value
FROM (SELECT c AS context,
             pick('t' || c, ARRAY[true, false, NULL, NULL]) AS ticket,
             pick('a' || c, ARRAY[true, false, NULL, NULL]) AS accompanied,
             pick('e' || c, ARRAY['claimed', 'paper', 'qr', 'registry', 'signature', 'chip', 'genuine', NULL]) AS evidence,
             pick('l' || c, ARRAY[1, 2, 3, 4, NULL]) AS level,
             pick('o' || c, ARRAY[1, 2, 3, 4, NULL]) AS origin_level,
             CASE WHEN rnd('b' || c, 3) > 0 THEN (draw_time('b' || c) AT TIME ZONE INTERVAL '+07:00')::date - pick('y' || c, ARRAY[0, 4383, 6574]) END AS birth_date,
             pick('s' || c, ARRAY['M', 'F', NULL]) AS sex,
             pick('p' || c, ARRAY[1, 48, 79, 301, NULL]) AS place
      FROM generate_series(1, 300) c) drawn;

-- rules ----------------------------------------------------------------------

-- {"op": ">=", "a": [14, "day"]}, {"op": "between", "a": ..., "b": ...}
CREATE FUNCTION draw_duration(key text, age boolean) RETURNS jsonb LANGUAGE sql IMMUTABLE
    RETURN CASE WHEN rnd(key || 'b', 4) = 0 THEN '{"op": "between"}' || pick(key || 'c', CASE WHEN age THEN ARRAY[
            '{"a": [12, "year"], "b": [18, "year"]}', '{"a": [1, "week"], "b": [6, "month"]}',
            '{"a": [10, "day"], "b": [30, "day"]}', '{"a": [1, "month"], "b": [1, "month"]}']::jsonb[] ELSE ARRAY[
            '{"a": [14, "day"], "b": [12, "month"]}', '{"a": [1, "month"], "b": [30, "day"]}',
            '{"a": [1, "month"], "b": [1, "month"]}', '{"a": [3, "day"], "b": [3, "day"]}',
            '{"a": [30, "day"], "b": [1, "month"]}', '{"a": [1, "hour"], "b": [72, "hour"]}',
            '{"a": [0, "second"], "b": [6, "month"]}', '{"a": [28, "day"], "b": [90, "day"]}']::jsonb[] END)
    ELSE jsonb_build_object('op', pick(key || 'o', ARRAY['>=', '>', '<=', '<']), 'a', pick(key || 'a', CASE WHEN age THEN ARRAY[
            '[12, "year"]', '[18, "year"]', '[1, "week"]', '[6, "month"]', '[30, "day"]']::jsonb[] ELSE ARRAY[
            '[14, "day"]', '[72, "hour"]', '[6, "month"]', '[6, "month"]', '[1, "month"]', '[1, "month"]', '[2, "month"]', '[3, "month"]',
            '[12, "month"]', '[1, "year"]', '[2, "year"]', '[30, "day"]', '[31, "day"]', '[2, "week"]', '[90, "minute"]', '[1, "second"]']::jsonb[] END))
    END;
CREATE FUNCTION print_duration(d jsonb) RETURNS text LANGUAGE sql IMMUTABLE
    RETURN CASE d->>'op' WHEN 'between' THEN format(' between %s %s and %s %ss', d->'a'->>0, d->'a'->>1, d->'b'->>0, d->'b'->>1)
           ELSE format(' %s %s %ss', d->>'op', d->'a'->>0, d->'a'->>1) END;

-- {"op": ">=", "n": 2}, {"op": "between", "n": 1, "m": 3}, {"op": "in", "list": [1, 3]}
CREATE FUNCTION draw_number(key text, choices int[]) RETURNS jsonb LANGUAGE sql IMMUTABLE
    RETURN CASE rnd(key || 'c', 4)
        WHEN 0 THEN jsonb_build_object('op', 'between', 'n', choices[2], 'm', choices[2] + rnd(key || 'm', 3))
        WHEN 1 THEN jsonb_build_object('op', pick(key || 'i', ARRAY['in', 'not in']), 'list', jsonb_build_array(choices[1], choices[3]))
        ELSE jsonb_build_object('op', pick(key || 'o', ARRAY['>=', '>', '<=', '<', '=', '<>']), 'n', choices[2]) END;
CREATE FUNCTION print_number(d jsonb, names text[] DEFAULT NULL) RETURNS text LANGUAGE sql IMMUTABLE
    RETURN CASE WHEN d->>'op' = 'between' THEN format(' between %s and %s', coalesce(names[(d->>'n')::int], d->>'n'), coalesce(names[(d->>'m')::int], d->>'m'))
                WHEN d ? 'list' THEN format(' %s (%s)', d->>'op', (SELECT string_agg(coalesce(names[v::int], v), ', ') FROM jsonb_array_elements_text(d->'list') v))
                ELSE format(' %s %s', d->>'op', coalesce(names[(d->>'n')::int], d->>'n')) END;

-- {"disease": ..., "products": [...], "tests": [...], "names": [...], "source": 0-4, "signed": true}
CREATE FUNCTION draw_filter(key text, kind text) RETURNS jsonb LANGUAGE sql IMMUTABLE
    RETURN jsonb_strip_nulls(jsonb_build_object(
        'disease', CASE WHEN names_of(kind) IS NULL AND rnd(key || 'd', 6) = 0 THEN 'measles' END,
        'source', CASE WHEN rnd(key || 's', 5) = 0 THEN rnd(key || 'w', 4) END,
        'signed', CASE WHEN rnd(key || 'g', 6) = 0 THEN true END,
        'products', CASE WHEN kind IN ('dose', 'complete') AND rnd(key || 'p', 3) = 0
            THEN pick(key || 'q', ARRAY['["EU/1/20/1528"]', '["EU/1/20/1507", "EU/1/20/1528"]', '["#900"]']::jsonb[]) END,
        'tests', CASE WHEN kind = 'test' AND rnd(key || 't', 2) = 0
            THEN pick(key || 'u', ARRAY['["pcr"]', '["antigen"]', '["pcr", "antibody"]', '["pcr", "antigen"]']::jsonb[]) END,
        'names', (SELECT pick(key || 'z', ARRAY[jsonb_build_array(n[1]), jsonb_build_array(n[2]), jsonb_build_array(n[1], n[3])])
                  FROM names_of(kind) n WHERE n IS NOT NULL)));
-- the sources that each of the filters admits
CREATE FUNCTION source_text(i int) RETURNS text LANGUAGE sql IMMUTABLE
    RETURN (ARRAY['source = paper', 'source >= certificate', 'source in (declared, national)', 'source = national'])[i + 1];
CREATE FUNCTION sources(i int) RETURNS text[] LANGUAGE sql IMMUTABLE
    RETURN CASE i WHEN 0 THEN '{paper}' WHEN 1 THEN '{certificate,national}' WHEN 2 THEN '{declared,national}' WHEN 3 THEN '{national}' END::text[];
CREATE FUNCTION print_filter(f jsonb, first text DEFAULT NULL) RETURNS text LANGUAGE sql IMMUTABLE
    RETURN coalesce('(' || nullif(concat_ws(', ', first,
        (SELECT string_agg(t, ', ') FROM jsonb_array_elements_text(f->'tests') t),
        (SELECT string_agg(c, ', ') FROM jsonb_array_elements_text(f->'names') c),
        CASE WHEN f ? 'products' THEN 'product in (' || (SELECT string_agg(quote_literal(p), ', ') FROM jsonb_array_elements_text(f->'products') p) || ')' END,
        'disease = ' || (f->>'disease'), source_text((f->>'source')::int), CASE WHEN f ? 'signed' THEN 'signed' END), '') || ')', '');

CREATE FUNCTION draw_clause(key text) RETURNS jsonb LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
    fact text;
BEGIN
    CASE rnd(key || 'k', 8)
    WHEN 0, 1 THEN
        RETURN '{"clause": "doses"}' || draw_number(key, ARRAY[1, 2, 3]) || jsonb_build_object('filter', draw_filter(key, 'dose'));
    WHEN 2 THEN
        fact := pick(key || 'f', ARRAY['isolation', 'exposure', 'contraindication', 'recovery', 'credential', 'declaration', 'registration', 'consultation', 'complete']);
        RETURN jsonb_build_object('clause', 'state', 'fact', fact, 'filter', draw_filter(key, fact));
    WHEN 3 THEN
        CASE rnd(key || 'c', 8)
        WHEN 0, 1 THEN RETURN '{"clause": "age"}' || draw_duration(key, true);
        WHEN 2 THEN RETURN '{"clause": "ticket"}';
        WHEN 3 THEN RETURN '{"clause": "accompanied"}';
        WHEN 4 THEN RETURN '{"clause": "evidence"}' || draw_number(key, ARRAY[1, 3, 5]);
        WHEN 5 THEN RETURN jsonb_build_object('clause', pick(key || 'l', ARRAY['level', 'origin_level'])) || draw_number(key, ARRAY[1, 2, 4]);
        WHEN 6 THEN RETURN jsonb_build_object('clause', 'sex', 'sex', pick(key || 's', ARRAY['M', 'F']));
        ELSE RETURN '{"clause": "place"}' || draw_number(key, ARRAY[1, 48, 79]);
        END CASE;
    ELSE
        fact := pick(key || 'f', ARRAY['last_dose', 'last_dose', 'dose', 'dose', 'negative', 'negative', 'negative', 'positive',
                                       'recovery', 'isolation', 'exposure', 'contraindication', 'credential', 'declaration', 'registration', 'consultation', 'complete']);
        RETURN jsonb_build_object('clause', 'since', 'fact', fact, 'number', 1 + rnd(key || 'n', 3),
                                  'filter', draw_filter(key, CASE WHEN fact IN ('negative', 'positive') THEN 'test' WHEN fact = 'last_dose' THEN 'dose'
                                                               WHEN fact = 'complete' OR names_of(fact) IS NOT NULL THEN fact ELSE '' END))
               || draw_duration(key, false);
    END CASE;
END $$;

CREATE FUNCTION print_clause(c jsonb) RETURNS text LANGUAGE sql IMMUTABLE
    RETURN CASE c->>'clause'
        WHEN 'doses' THEN 'doses' || print_filter(c->'filter') || print_number(c)
        WHEN 'state' THEN CASE c->>'fact' WHEN 'isolation' THEN 'isolated' WHEN 'exposure' THEN 'exposed'
                              WHEN 'contraindication' THEN 'contraindicated' WHEN 'credential' THEN 'holds' WHEN 'declaration' THEN 'declared'
                              WHEN 'registration' THEN 'booked' WHEN 'consultation' THEN 'consulted' WHEN 'complete' THEN 'complete' ELSE 'recovered' END || print_filter(c->'filter')
        WHEN 'since' THEN 'since(' || (c->>'fact') || print_filter(c->'filter', CASE WHEN c->>'fact' = 'dose' THEN c->>'number' END) || ')' || print_duration(c)
        WHEN 'age' THEN 'age' || print_duration(c)
        WHEN 'evidence' THEN 'evidence' || print_number(c, '{claimed,paper,qr,registry,signature,chip,genuine}')
        WHEN 'sex' THEN 'sex = ' || (c->>'sex')
        WHEN 'ticket' THEN 'ticket'
        WHEN 'accompanied' THEN 'accompanied'
        ELSE (c->>'clause') || print_number(c) END;

CREATE FUNCTION draw_rule(key text, depth int) RETURNS jsonb LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    IF rnd(key || '!', 6) = 0 THEN
        RETURN jsonb_build_object('op', 'not', 'of', jsonb_build_array(draw_rule(key || '!', depth)));
    ELSIF depth = 0 OR rnd(key || '.', 4) = 0 THEN
        RETURN draw_clause(key);
    END IF;
    RETURN jsonb_build_object('op', pick(key || '&', ARRAY['and', 'or']), 'of',
        (SELECT jsonb_agg(draw_rule(key || i, depth - 1)) FROM generate_series(1, 2 + rnd(key || '#', 2)) i));
END $$;
CREATE FUNCTION print_rule(r jsonb) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    RETURN CASE r->>'op'
        WHEN 'not' THEN 'not (' || print_rule(r->'of'->0) || ')'
        WHEN 'and' THEN '(' || (SELECT string_agg(print_rule(x), ' and ') FROM jsonb_array_elements(r->'of') x) || ')'
        WHEN 'or' THEN '(' || (SELECT string_agg(print_rule(x), ' or ') FROM jsonb_array_elements(r->'of') x) || ')'
        ELSE print_clause(r) END;
END $$;

CREATE TABLE rule AS
SELECT r AS rule, tree, CASE WHEN tree IS NULL THEN '' ELSE print_rule(tree) END::cccd_rule AS rule_value
FROM (SELECT r, CASE WHEN r > 10 THEN draw_rule('r' || r, r % 4) END AS tree FROM generate_series(1, 800) r) drawn;

-- the trees laid open: one row a node, clauses with what they ask for
CREATE TABLE node AS
WITH RECURSIVE walk(rule, path, tree) AS (
    SELECT rule, '{}'::int[], tree FROM rule WHERE tree IS NOT NULL
    UNION ALL
    SELECT rule, path || child.i::int, child.x
    FROM walk, jsonb_array_elements(tree->'of') WITH ORDINALITY child(x, i)
    WHERE tree ? 'of')
SELECT row_number() OVER (ORDER BY rule, path) AS node, rule, path, CASE WHEN tree ? 'of' THEN tree->>'op' END AS connective,
       tree->>'clause' AS clause, tree->>'fact' AS fact, (tree->>'number')::int AS number,
       tree->>'op' AS op, (tree->'a'->>0)::int AS a, tree->'a'->>1 AS a_unit, (tree->'b'->>0)::int AS b, tree->'b'->>1 AS b_unit,
       (tree->>'n')::int AS low, (tree->>'m')::int AS high, (SELECT array_agg(v::int) FROM jsonb_array_elements_text(tree->'list') v) AS list,
       tree->>'sex' AS sex,
       CASE WHEN names_of(tree->>'fact') IS NULL THEN coalesce(tree->'filter'->>'disease', 'covid19') END AS disease,
       (SELECT array_agg(v) FROM jsonb_array_elements_text(tree->'filter'->'names') v) AS names,
       (SELECT array_agg(v) FROM jsonb_array_elements_text(tree->'filter'->'products') v) AS products,
       coalesce((SELECT array_agg(v) FROM jsonb_array_elements_text(tree->'filter'->'tests') v), '{pcr,antigen}') AS tests,
       sources((tree->'filter'->>'source')::int) AS sources,
       coalesce((tree->'filter'->>'signed')::boolean, false) AS signed
FROM walk;
ALTER TABLE node ADD PRIMARY KEY (node);
CREATE INDEX ON node (rule);
ANALYZE record, event, context, rule, node;

-- the reference --------------------------------------------------------------

-- 0 fail, 1 unknown, 2 pass
CREATE FUNCTION number_truth(value int, op text, low int, high int, list int[]) RETURNS int LANGUAGE sql IMMUTABLE
    RETURN CASE WHEN value IS NULL THEN 1 ELSE 2 * CASE op
        WHEN '>=' THEN value >= low WHEN '>' THEN value > low WHEN '<=' THEN value <= low WHEN '<' THEN value < low
        WHEN '=' THEN value = low WHEN '<>' THEN value <> low WHEN 'between' THEN value BETWEEN low AND high
        WHEN 'in' THEN value = ANY (list) WHEN 'not in' THEN value <> ALL (list) END::int END;
-- the two sides of a comparison of the time since an instant
CREATE FUNCTION old_enough(at timestamptz, instant timestamptz, op text, a int, a_unit text) RETURNS boolean LANGUAGE sql STABLE
    RETURN CASE op WHEN '>' THEN at > after(instant, a, a_unit) WHEN '>=' THEN at >= after(instant, a, a_unit)
                   WHEN 'between' THEN at >= after(instant, a, a_unit) ELSE true END;
CREATE FUNCTION recent_enough(at timestamptz, instant timestamptz, op text, a int, a_unit text, b int, b_unit text) RETURNS boolean LANGUAGE sql STABLE
    RETURN CASE op WHEN '<' THEN at < after(instant, a, a_unit) WHEN '<=' THEN at <= after(instant, a, a_unit)
                   WHEN 'between' THEN at <= after(instant, b, b_unit) ELSE true END;

-- doses of which reports tell more than one thing
\set ECHO none
\i :dose_reference
\set ECHO :echo
CREATE TABLE asked (
    question int PRIMARY KEY, record int, rule int, context int, at timestamptz, truth int);

CREATE FUNCTION answer() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    depth int;
BEGIN
    CREATE TEMP TABLE answered (question int, node bigint, truth int);

    -- clauses about the context: a part that is not known leaves them unknown
    INSERT INTO answered
    SELECT q.question, n.node, CASE n.clause
        WHEN 'ticket' THEN coalesce(2 * c.ticket::int, 1)
        WHEN 'accompanied' THEN coalesce(2 * c.accompanied::int, 1)
        WHEN 'evidence' THEN number_truth(array_position('{claimed,paper,qr,registry,signature,chip,genuine}', c.evidence), n.op, n.low, n.high, n.list)
        WHEN 'level' THEN number_truth(c.level, n.op, n.low, n.high, n.list)
        WHEN 'origin_level' THEN number_truth(c.origin_level, n.op, n.low, n.high, n.list)
        WHEN 'place' THEN number_truth(c.place, n.op, n.low, n.high, n.list)
        WHEN 'sex' THEN coalesce(2 * (c.sex = n.sex)::int, 1)
        WHEN 'age' THEN coalesce(2 * (old_enough(q.at, birth, n.op, n.a, n.a_unit)
                                      AND recent_enough(q.at, birth, n.op, n.a, n.a_unit, n.b, n.b_unit))::int, 1) END
    FROM asked q JOIN node n USING (rule) JOIN context c USING (context),
        LATERAL (SELECT c.birth_date::timestamp AT TIME ZONE INTERVAL '+07:00') l(birth)
    WHERE n.clause IN ('ticket', 'accompanied', 'evidence', 'level', 'origin_level', 'place', 'sex', 'age');

    -- a missing person: clauses about the record are unknown
    INSERT INTO answered
    SELECT q.question, n.node, 1
    FROM asked q JOIN node n USING (rule) JOIN record r USING (record)
    WHERE n.clause IN ('doses', 'state', 'since') AND r.health IS NULL;

    -- isolated, holds and the like: an event with time <= at < until
    INSERT INTO answered
    SELECT q.question, n.node, 2 * (count(e.record) > 0)::int
    FROM asked q JOIN node n USING (rule) JOIN record r USING (record)
    LEFT JOIN event e ON e.record = q.record AND e.kind = n.fact AND e.at <= q.at AND (e.until IS NULL OR q.at < e.until)
        AND (e.disease = n.disease OR e.name = ANY (n.names))
        AND (n.sources IS NULL OR e.source = ANY (n.sources)) AND (e.signed OR NOT n.signed)
    WHERE n.clause = 'state' AND n.fact <> 'complete' AND r.health IS NOT NULL
    GROUP BY 1, 2;

    -- doses: every number from those that match for certain to those that may
    INSERT INTO answered
    SELECT question, node, CASE WHEN every(truth = 2) THEN 2 WHEN bool_or(truth = 2) THEN 1 ELSE 0 END
    FROM (SELECT q.question, n.node, number_truth(value, n.op, n.low, n.high, n.list) AS truth
          FROM asked q JOIN node n USING (rule) JOIN record r USING (record),
          LATERAL (
              SELECT count(*) FILTER (WHERE matches AND (n.products IS NULL OR product = ANY (n.products))) AS sure,
                     count(*) FILTER (WHERE matches AND n.products IS NOT NULL AND product IS NULL) AS maybe,
                     coalesce(sum(implied), 0) AS implied, coalesce(max(number), 0) AS total
              FROM (SELECT e.*, (n.sources IS NULL OR e.source = ANY (n.sources)) AND (e.signed OR NOT n.signed) AS matches FROM event e
                    WHERE e.record = q.record AND e.kind = 'dose' AND e.at <= q.at AND e.disease = n.disease) counted) d,
          LATERAL (SELECT n.products IS NOT NULL OR n.sources IS NOT NULL OR n.signed) f(filtered),
          generate_series((CASE WHEN filtered THEN sure ELSE total END)::int, (CASE WHEN filtered THEN sure + maybe + d.implied ELSE total END)::int) value
          WHERE n.clause = 'doses' AND r.health IS NOT NULL
            AND NOT EXISTS (SELECT FROM weighed w WHERE w.record = q.record AND w.disease = n.disease)) possible
    GROUP BY 1, 2;

    -- doses whose reports must be weighed
    INSERT INTO answered
    SELECT q.question, n.node, dose_truth(q.record, n, q.at)
    FROM asked q JOIN node n USING (rule) JOIN weighed w ON w.record = q.record AND w.disease = n.disease
    WHERE n.filter IS NOT NULL;

    -- since: what the instant may be.  none: it may be that there is none;
    -- instants: the certain one, and possible ones after it; past_end: it may
    -- be any second up to here, after the certain one
    INSERT INTO answered
    SELECT question, node,
        CASE WHEN NOT none AND coalesce(instants_all, true) AND coalesce(past_all, true) THEN 2
             WHEN coalesce(instants_any, false) OR coalesce(past_any, false) THEN 1 ELSE 0 END
    FROM (SELECT q.question, n.node, w.none,
                 (SELECT every(fits) FROM unnest(w.instants) i, LATERAL (SELECT old_enough(q.at, i, n.op, n.a, n.a_unit) AND recent_enough(q.at, i, n.op, n.a, n.a_unit, n.b, n.b_unit)) f(fits)) AS instants_all,
                 (SELECT bool_or(fits) FROM unnest(w.instants) i, LATERAL (SELECT old_enough(q.at, i, n.op, n.a, n.a_unit) AND recent_enough(q.at, i, n.op, n.a, n.a_unit, n.b, n.b_unit)) f(fits)) AS instants_any,
                 CASE WHEN past_end >= past_begin THEN
                     old_enough(q.at, past_begin, n.op, n.a, n.a_unit) AND recent_enough(q.at, past_begin, n.op, n.a, n.a_unit, n.b, n.b_unit)
                     AND old_enough(q.at, past_end, n.op, n.a, n.a_unit) AND recent_enough(q.at, past_end, n.op, n.a, n.a_unit, n.b, n.b_unit) END AS past_all,
                 CASE WHEN past_end >= past_begin THEN
                     old_enough(q.at, past_begin, n.op, n.a, n.a_unit) AND recent_enough(q.at, past_end, n.op, n.a, n.a_unit, n.b, n.b_unit) END AS past_any
          FROM asked q JOIN node n USING (rule) JOIN record r USING (record),
          -- events of the fact that count, certain ones and possible ones
          LATERAL (
              SELECT max(e.at) FILTER (WHERE sure) AS certain,
                     array_agg(e.at) FILTER (WHERE maybe) AS maybes,
                     max(e.at) FILTER (WHERE e.kind = 'dose' AND e.implied > 0) AS implied_before,
                     min(e.at) FILTER (WHERE e.kind = 'dose' AND e.number > n.number) AS number_after,
                     bool_or(e.number = n.number) AS number_there
              FROM (SELECT e.*,
                        CASE n.fact WHEN 'last_dose' THEN n.products IS NULL OR e.product = ANY (n.products)
                                    WHEN 'dose' THEN e.number = n.number
                                    WHEN 'negative' THEN e.result = 'negative' AND e.test = ANY (n.tests)
                                    WHEN 'positive' THEN e.result = 'positive' AND e.test = ANY (n.tests)
                                    ELSE true END AND matches AS sure,
                        CASE n.fact WHEN 'last_dose' THEN n.products IS NOT NULL AND e.product IS NULL
                                    WHEN 'negative' THEN (e.result IN ('negative', 'pending') AND e.test IS NULL) OR (e.result = 'pending' AND e.test = ANY (n.tests))
                                    WHEN 'positive' THEN (e.result IN ('positive', 'pending') AND e.test IS NULL) OR (e.result = 'pending' AND e.test = ANY (n.tests))
                                    ELSE false END AND matches AS maybe
                    FROM (SELECT e.*, (n.sources IS NULL OR e.source = ANY (n.sources)) AND (e.signed OR NOT n.signed) AS matches FROM event e) e
                    WHERE e.record = q.record AND e.at <= q.at AND NOT e.superseded AND (e.disease = n.disease OR e.name = ANY (n.names))
                      AND e.kind = CASE WHEN n.fact IN ('last_dose', 'dose') THEN 'dose' WHEN n.fact IN ('negative', 'positive') THEN 'test' ELSE n.fact END) e) f,
          LATERAL (
              SELECT
                     -- none may be the truth where nothing is certain, but a dose that a later number tells of did happen
                     certain IS NULL AND NOT (n.fact = 'dose' AND number_there IS NOT TRUE AND number_after IS NOT NULL AND n.sources IS NULL AND NOT n.signed) AS none,
                     array_remove(certain || ARRAY(SELECT m FROM unnest(maybes) m WHERE certain IS NULL OR m > certain), NULL) AS instants,
                     coalesce(certain + interval '1 second', '1010-01-01') AS past_begin,
                     CASE WHEN n.fact = 'last_dose' AND (n.products IS NOT NULL OR n.sources IS NOT NULL OR n.signed) THEN implied_before - interval '1 second'
                          WHEN n.fact = 'dose' AND number_there IS NOT TRUE THEN number_after - interval '1 second'
                          WHEN n.fact IN ('negative', 'positive') THEN
                              -- where the horizon is still ahead, what is not in the record goes up to "at"
                              CASE WHEN cccd_health_tests_from(r.health) > q.at THEN q.at
                                   ELSE cccd_health_tests_from(r.health) - interval '1 second' END END AS past_end
              OFFSET 0) w
          WHERE n.clause = 'since' AND n.fact <> 'complete' AND r.health IS NOT NULL
            AND NOT (n.filter IS NOT NULL AND EXISTS (SELECT FROM weighed w WHERE w.record = q.record AND w.disease = n.disease))) judged;

    -- complete: the first dose that states its total and has reached it; and
    -- each before it that states no total, unless a later one denies that a
    -- dose before it completed the series
    CREATE TEMP TABLE course AS
    SELECT q.question, n.node, e.at, e.ordinality, (sure AND e.stated IS NOT NULL AND e.series IS NOT NULL) IS TRUE AS states,
           (sure AND e.stated <= e.series) IS TRUE AS denies, (sure AND e.stated >= e.series) IS TRUE AS does,
           min(e.ordinality) FILTER (WHERE sure AND e.stated >= e.series) OVER (PARTITION BY q.question, n.node) AS first
    FROM asked q JOIN node n USING (rule)
    JOIN event e ON e.record = q.record AND e.kind = 'dose' AND e.disease = n.disease AND e.at <= q.at
        AND (n.sources IS NULL OR e.source = ANY (n.sources)) AND (e.signed OR NOT n.signed)
        AND (n.products IS NULL OR e.product IS NULL OR e.product = ANY (n.products)),
    LATERAL (SELECT n.products IS NULL OR e.product = ANY (n.products)) m(sure)
    WHERE n.fact = 'complete' AND (sure OR (e.stated < e.series) IS NOT TRUE);
    CREATE INDEX ON course (question, node);
    ANALYZE course;
    INSERT INTO answered
    SELECT q.question, n.node, CASE WHEN bool_or(c.does) AND every(fits) THEN 2 WHEN bool_or(fits) THEN 1 ELSE 0 END
    FROM asked q JOIN node n USING (rule) JOIN record r USING (record)
    LEFT JOIN course c ON c.question = q.question AND c.node = n.node AND (c.ordinality = c.first
        OR NOT c.states AND c.ordinality < coalesce(c.first, 1000)
           AND NOT EXISTS (SELECT FROM course b WHERE b.question = c.question AND b.node = c.node
                           AND b.denies AND b.ordinality > c.ordinality AND b.ordinality <= coalesce(c.first, 1000))),
    LATERAL (SELECT c.at IS NOT NULL AND (n.clause = 'state' OR old_enough(q.at, c.at, n.op, n.a, n.a_unit)
                                          AND recent_enough(q.at, c.at, n.op, n.a, n.a_unit, n.b, n.b_unit))) f(fits)
    WHERE n.fact = 'complete' AND r.health IS NOT NULL
      AND NOT EXISTS (SELECT FROM weighed w WHERE w.record = q.record AND w.disease = n.disease)
    GROUP BY 1, 2;
    DROP TABLE course;

    -- and is the minimum, or the maximum, not turns round
    FOR depth IN REVERSE (SELECT max(cardinality(path)) FROM node) .. 0 LOOP
        INSERT INTO answered
        SELECT a.question, n.node, CASE n.connective WHEN 'and' THEN min(a.truth) WHEN 'or' THEN max(a.truth) ELSE 2 - min(a.truth) END
        FROM node n
        JOIN node child ON child.rule = n.rule AND cardinality(child.path) = depth + 1 AND child.path[:depth] = n.path
        JOIN answered a ON a.node = child.node
        WHERE n.connective IS NOT NULL AND cardinality(n.path) = depth
        GROUP BY a.question, n.node, n.connective;
    END LOOP;
    -- no rule is no answer
    UPDATE asked SET truth = 1;
    UPDATE asked q SET truth = a.truth
    FROM answered a JOIN node n USING (node)
    WHERE a.question = q.question AND n.path = '{}';
    DROP TABLE answered;
END $$;

-- the questions: at random times, and where a duration of the rule ends after
-- an event, a horizon or a birth, to the microsecond -------------------------

CREATE TABLE beginning AS
SELECT r.record, array_agg(instant ORDER BY instant) FILTER (WHERE instant IS NOT NULL) AS instants
FROM record r LEFT JOIN LATERAL (
    SELECT at FROM event e WHERE e.record = r.record
    UNION SELECT until FROM event e WHERE e.record = r.record
    UNION SELECT cccd_health_tests_from(r.health)) i(instant) ON true
GROUP BY 1;
CREATE TABLE clauses AS
SELECT rule, array_agg(node ORDER BY node) AS nodes FROM node WHERE clause IS NOT NULL GROUP BY 1;
CREATE FUNCTION ask(zone text, first int, last int) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM set_config('timezone', zone, true);
    TRUNCATE asked;
    INSERT INTO asked
    SELECT q, d.record, d.rule, d.context,
           CASE WHEN q % 4 = 0 THEN draw_time('q' || q)
                ELSE coalesce(meeting, draw_time('q' || q)) END
           + pick('m' || q, ARRAY['0', '0', '0.000001', '-0.000001', '1', '-1'])::interval, NULL::int
    FROM (SELECT q, 1 + rnd('qr' || q, 1500) AS record, 1 + rnd('qu' || q, 800) AS rule, 1 + rnd('qc' || q, 300) AS context
          FROM generate_series(first, last) q) d
    JOIN beginning USING (record) JOIN context USING (context) JOIN clauses USING (rule)
    JOIN node n ON n.node = pick('qn' || q, nodes),
    LATERAL (SELECT pick('qi' || q, instants || birth_date::timestamp AT TIME ZONE INTERVAL '+07:00')) s(start),
    LATERAL (SELECT CASE WHEN n.a IS NULL THEN start
                         WHEN n.b IS NOT NULL AND rnd('qb' || q, 2) = 0 THEN after(start, n.b, n.b_unit)
                         ELSE after(start, n.a, n.a_unit) END) m(meeting)
    UNION ALL
    -- rules of one kind or none
    SELECT q, 1 + rnd('qr' || q, 1500), 1 + q % 800, 1 + rnd('qc' || q, 300), draw_time('q' || q), NULL
    FROM generate_series(last + 1, last + (last - first + 1) / 20) q;
    ANALYZE asked;
    PERFORM answer();
END $$;

CREATE TABLE total (zone text, cases int, fail int, unknown int, pass int, verdict int, forwards int, backwards int, eligible int, during int, reasons int, change_cases int, changes int);

CREATE FUNCTION compare(zone text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM set_config('timezone', zone, true);
    CREATE TEMP TABLE compared AS
    SELECT q.*, r.health, u.rule_value, c.context_value, k.*
    FROM asked q JOIN record r USING (record) JOIN rule u USING (rule) JOIN context c USING (context),
        LATERAL cccd_check(r.health, u.rule_value, q.at, c.context_value) k;
    INSERT INTO total
    SELECT zone, count(*), count(*) FILTER (WHERE truth = 0), count(*) FILTER (WHERE truth = 1), count(*) FILTER (WHERE truth = 2),
        count(*) FILTER (WHERE verdict IS DISTINCT FROM (ARRAY['fail', 'unknown', 'pass'])[truth + 1]),
        count(*) FILTER (WHERE (health @@ cccd_rule_bind(rule_value, at, context_value)) IS DISTINCT FROM CASE WHEN health IS NOT NULL THEN (ARRAY[false, NULL, true])[truth + 1] END),
        count(*) FILTER (WHERE (cccd_rule_bind(rule_value, at, context_value) @@ health) IS DISTINCT FROM CASE WHEN health IS NOT NULL THEN (ARRAY[false, NULL, true])[truth + 1] END),
        count(*) FILTER (WHERE cccd_eligible(health, rule_value, at, context_value) IS DISTINCT FROM CASE WHEN health IS NOT NULL THEN (ARRAY[false, NULL, true])[truth + 1] END),
        count(*) FILTER (WHERE (cccd_eligible_during(health, rule_value, context_value) @> at) IS DISTINCT FROM (truth = 2)),
        -- a pass has a proof and no reasons, a failure a failed clause, an unknown an unsure one unless there is no rule
        count(*) FILTER (WHERE (truth = 2) <> (proof IS NOT NULL) OR (truth = 0) <> (failed <> 0)
                            OR (truth = 1 AND unsure = 0 AND rule_value <> '') OR (truth = 2 AND unsure <> 0)),
        0, 0
    FROM compared;
END $$;

-- Where the verdict is said to change it does: the reference is asked again at
-- that microsecond and at the one before.
CREATE FUNCTION compare_changes(zone_compared text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    CREATE TEMP TABLE wanted AS
    SELECT 2 * question + s AS question, record, rule, context, changes_at - s * interval '0.000001 second' AS at, truth, s
    FROM compared, generate_series(0, 1) s WHERE changes_at IS NOT NULL AND question % 2 = 0;
    TRUNCATE asked;
    INSERT INTO asked SELECT question, record, rule, context, at, NULL FROM wanted;
    ANALYZE asked;
    PERFORM answer();
    UPDATE total SET change_cases = (SELECT count(*) FROM asked),
        changes = (SELECT count(*) FROM asked q JOIN wanted w USING (question) WHERE (q.truth = w.truth) <> (s = 1))
    WHERE zone = zone_compared;
    DROP TABLE compared, wanted;
END $$;

-- in sessions of other time zones, too
SELECT ask(zone, first, first + :cases - 1), compare(zone), compare_changes(zone)
FROM (VALUES ('Asia/Ho_Chi_Minh', 1), ('America/St_Johns', 100001), ('UTC', 200001)) z(zone, first) \g /dev/null

-- differences between the library and the reference
SELECT sum(cases) AS cases, sum(change_cases) AS change_cases, sum(verdict) AS verdict, sum(forwards) AS forwards, sum(backwards) AS backwards,
       sum(eligible) AS eligible, sum(during) AS during, sum(reasons) AS reasons, sum(changes) AS changes
FROM total;
-- every answer is met often
SELECT sum(fail) > 0.16 * sum(cases) AS fail, sum(unknown) > 0.1 * sum(cases) AS unknown, sum(pass) > 0.16 * sum(cases) AS pass FROM total;

-- the index finds whom the reference lets pass: whole sets of people
TRUNCATE asked;
INSERT INTO asked
SELECT row_number() OVER (), record, rule, context, at, NULL
FROM (SELECT s, 1 + rnd('iu' || s, 800) AS rule, 1 + rnd('ic' || s, 300) AS context,
             draw_time('is' || s) + rnd('id' || s, 300) * interval '1 day' AS at
      FROM generate_series(1, least(300, :cases / 10)) s) question,
     generate_series(1, 100) i, LATERAL (SELECT 1 + (i * 15 + s) % 1500) r(record);
ANALYZE asked;
SELECT answer() \g /dev/null
CREATE TABLE bound AS
SELECT rule, context, at, cccd_rule_bind(rule_value, at, context_value) AS bound
FROM (SELECT DISTINCT rule, context, at FROM asked) q JOIN rule USING (rule) JOIN context USING (context);
CREATE INDEX record_health ON record USING gist (health);
SET enable_seqscan = off;
SET enable_material = off;
\getenv root PG_ABS_SRCDIR
\set file :root '/../data/plan.sql'
\i :file
SELECT pg_temp.plan('SELECT FROM bound b JOIN record r ON r.health @@ b.bound');
CREATE TABLE found AS
SELECT b.rule, b.context, b.at, r.record FROM bound b JOIN record r ON r.health @@ b.bound;
SELECT count(*) AS cases, count(*) FILTER (WHERE truth = 2 AND health IS NOT NULL) > count(*) / 6 AS many_pass,
       count(*) FILTER (WHERE (f.record IS NOT NULL) <> (truth = 2 AND health IS NOT NULL)) AS different
FROM asked q JOIN record USING (record) LEFT JOIN found f USING (rule, context, at, record);
DROP SCHEMA reference CASCADE;
