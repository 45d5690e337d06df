-- Clauses about doses whose reports must be weighed against each other, answered
-- in every way in which the doses may have been given; see doc/eval.md.  Needs
-- the tables record and node and the functions of test/property/sql/eval.sql.

-- Reports of doses, and what their days say: the largest number of the day and
-- the total that is stated with it, if it is one.
CREATE TABLE report AS
SELECT row_number() OVER () AS report, r.record, e.disease, (e.at AT TIME ZONE INTERVAL '+07:00')::date AS day, e.at, e.product, e.number, e.series, e.source, e.signed
FROM record r, cccd_health_events(r.health) e WHERE e.kind = 'dose';
CREATE TABLE dose_day AS
SELECT record, disease, day, day_number AS number,
       CASE WHEN count(DISTINCT series) FILTER (WHERE number = day_number) = 1 THEN max(series) FILTER (WHERE number = day_number) END AS series,
       0 AS sense, NULL::int AS dose, false AS again
FROM (SELECT *, max(number) OVER (PARTITION BY record, disease, day) AS day_number FROM report) r
GROUP BY record, disease, day, day_number;

-- the shortest interval between two doses, less the days that one may come early
CREATE FUNCTION spacing(disease text) RETURNS int LANGUAGE sql IMMUTABLE
    RETURN CASE disease WHEN 'covid19' THEN 10 ELSE 24 END;

-- records in which every report is a dose are answered without what follows
CREATE TABLE weighed AS
SELECT DISTINCT a.record, a.disease FROM report a JOIN report b ON b.record = a.record AND b.disease = a.disease AND b.report <> a.report
WHERE a.day = b.day OR (a.day < b.day AND a.number >= b.number)
   OR (abs(a.day - b.day) < spacing(a.disease) AND (a.number IS NULL OR b.number IS NULL));
SELECT count(*) > 200 AS many_weighed FROM weighed;

-- Days of a number are one dose until the renewal interval has passed since the
-- first of them (half a year for COVID-19, else a year) or another total is
-- stated: then the number may be that of a further dose.  A day without a number
-- is the dose of the nearest one with a number within two days, or its own.
CREATE FUNCTION find_doses() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    d dose_day; before dose_day; first_day date; total int; id int := 0; repeated boolean;
BEGIN
    FOR d IN SELECT * FROM dose_day WHERE number IS NOT NULL ORDER BY 1, 2, 4, 3 LOOP
        IF (before.record, before.disease, before.number) IS DISTINCT FROM (d.record, d.disease, d.number) THEN
            id := id + 1; total := NULL; first_day := d.day; repeated := false;
        ELSIF d.day - first_day > (CASE d.disease WHEN 'covid19' THEN 180 ELSE 365 END) OR d.series <> total THEN
            id := id + 1; total := NULL; first_day := d.day; repeated := true;
        END IF;
        total := coalesce(d.series, total);
        UPDATE dose_day x SET dose = id, again = repeated WHERE x.record = d.record AND x.disease = d.disease AND x.day = d.day;
        before := d;
    END LOOP;
    UPDATE dose_day x SET dose = n.dose, again = n.again, number = n.number
    FROM (SELECT DISTINCT ON (u.record, u.disease, u.day) u.record, u.disease, u.day, n.dose, n.again, n.number
          FROM dose_day u JOIN dose_day n ON n.record = u.record AND n.disease = u.disease AND abs(n.day - u.day) <= 2
          WHERE u.number IS NULL AND n.number IS NOT NULL
          ORDER BY u.record, u.disease, u.day, abs(n.day - u.day), n.day) n
    WHERE (x.record, x.disease, x.day) = (n.record, n.disease, n.day);
    UPDATE dose_day x SET dose = id + n
    FROM (SELECT record, disease, day, row_number() OVER () AS n FROM dose_day WHERE dose IS NULL) own
    WHERE (x.record, x.disease, x.day) = (own.record, own.disease, own.day);
END $$;
ANALYZE dose_day;
SELECT find_doses() \g /dev/null

-- Neighbouring days that are closer than two doses can be, one of them of a dose
-- without a number, may be of one dose.  Every choice of such pairs is a sense in
-- which the reports are understood, 0 the one without any, unless it makes two
-- numbers one dose.
CREATE TABLE pair AS
SELECT record, disease, before, day, row_number() OVER (PARTITION BY record, disease ORDER BY day)::int - 1 AS bit
FROM (SELECT d.*, lag(day) OVER w AS before, lag(dose) OVER w AS dose_before, lag(number) OVER w AS number_before
      FROM dose_day d WINDOW w AS (PARTITION BY record, disease ORDER BY day)) d
WHERE day - before < spacing(disease) AND dose <> dose_before AND (number IS NULL OR number_before IS NULL);
CREATE FUNCTION find_senses() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    r record; p pair; a dose_day; b dose_day;
BEGIN
    FOR r IN SELECT record, disease, s AS sense
             FROM (SELECT record, disease, count(*)::int AS n FROM pair GROUP BY 1, 2) q, generate_series(1, (1 << n) - 1) s LOOP
        INSERT INTO dose_day SELECT record, disease, day, number, series, r.sense, dose, again FROM dose_day d
        WHERE d.record = r.record AND d.disease = r.disease AND d.sense = 0;
        FOR p IN SELECT * FROM pair q WHERE q.record = r.record AND q.disease = r.disease AND r.sense >> q.bit & 1 = 1 ORDER BY q.bit LOOP
            SELECT * INTO a FROM dose_day d WHERE (d.record, d.disease, d.sense, d.day) = (r.record, r.disease, r.sense, p.before);
            SELECT * INTO b FROM dose_day d WHERE (d.record, d.disease, d.sense, d.day) = (r.record, r.disease, r.sense, p.day);
            CONTINUE WHEN a.dose = b.dose;
            IF a.number IS NOT NULL AND b.number IS NOT NULL THEN
                DELETE FROM dose_day d WHERE (d.record, d.disease, d.sense) = (r.record, r.disease, r.sense);
                EXIT;
            END IF;
            UPDATE dose_day d SET dose = a.dose, number = coalesce(a.number, b.number), again = a.again OR b.again
            WHERE (d.record, d.disease, d.sense) = (r.record, r.disease, r.sense) AND d.dose IN (a.dose, b.dose);
        END LOOP;
    END LOOP;
END $$;
CREATE INDEX ON dose_day (record, disease, sense);
SELECT find_senses() \g /dev/null

-- What each filter sees of the doses to be weighed: if a report of a dose has
-- its source and signature, only such reports say on which days it may have
-- been given, at the time of the day's best report, and which product it was.
-- A report that has reached the total of its series speaks for the dose; one
-- that has not, if it states the dose's number and no other has.
CREATE TABLE dose_filter AS
SELECT row_number() OVER () AS filter, f.*
FROM (SELECT DISTINCT disease, products, sources, signed FROM node WHERE clause = 'doses' OR fact IN ('last_dose', 'dose', 'complete')) f;
ALTER TABLE node ADD filter int;
UPDATE node n SET filter = f.filter FROM dose_filter f
WHERE (n.clause = 'doses' OR n.fact IN ('last_dose', 'dose', 'complete')) AND n.disease = f.disease AND n.signed = f.signed
  AND n.products IS NOT DISTINCT FROM f.products AND n.sources IS NOT DISTINCT FROM f.sources;
ANALYZE report, dose_day, weighed, dose_filter;
CREATE TABLE seen AS
WITH told AS (
    SELECT f.filter, r.*, d.sense, d.dose, coalesce(d.number, 0) AS dose_number, d.again, admits,
           bool_or(admits) OVER (PARTITION BY f.filter, d.sense, d.dose) AS admitted,
           admits AND r.product = ANY (f.products) AS listed, admits AND r.product <> ALL (f.products) AS other, f.products IS NULL AS any_product
    FROM dose_filter f JOIN weighed USING (disease) JOIN report r USING (record, disease)
    JOIN dose_day d USING (record, disease, day),
    LATERAL (SELECT (f.sources IS NULL OR r.source = ANY (f.sources)) AND (r.signed OR NOT f.signed)) a(admits)),
best AS (
    SELECT DISTINCT ON (filter, sense, dose, day) filter, sense, dose, at FROM told WHERE admits OR NOT admitted
    ORDER BY filter, sense, dose, day, signed DESC, array_position('{declared,paper,certificate,national}', source) DESC, at DESC),
dose AS (
    SELECT record, filter, sense, dose, dose_number AS number, again, admitted, any_product,
           coalesce(bool_or(listed), false) AS listed, coalesce(bool_or(other), false) AS other,
           coalesce(bool_or(number >= series) FILTER (WHERE admits), false) AS finished,
           coalesce(bool_or(number = series) FILTER (WHERE admits), false) AS is_first,
           coalesce(bool_or(number < series AND number = dose_number) FILTER (WHERE admits), false) AS lacks
    FROM told GROUP BY record, filter, sense, dose, dose_number, again, admitted, any_product)
SELECT record, filter, sense, dose, number, again, times,
       admitted AND (any_product OR (listed AND NOT other)) AS sure, admitted AND (any_product OR listed OR NOT other) AS maybe,
       finished, is_first, lacks AND NOT finished AS unfinished
FROM dose JOIN (SELECT filter, sense, dose, array_agg(at ORDER BY at) AS times FROM best GROUP BY 1, 2, 3) b USING (filter, sense, dose);
CREATE INDEX ON seen (record, filter);
ANALYZE seen, pair;

-- Whether a comparison of the time since an instant holds: for all of the
-- instants that may be the one, for some, for none.  The past is any second
-- from one instant to another.
CREATE FUNCTION fits(at timestamptz, n node, instant timestamptz) RETURNS boolean LANGUAGE sql STABLE
    RETURN old_enough(at, instant, (n).op, (n).a, (n).a_unit) AND recent_enough(at, instant, (n).op, (n).a, (n).a_unit, (n).b, (n).b_unit);
CREATE FUNCTION since_truth(at timestamptz, n node, absent boolean, instants timestamptz[], past_begin timestamptz, past_end timestamptz) RETURNS int LANGUAGE plpgsql STABLE AS $$
DECLARE
    every_one boolean := NOT absent; any_one boolean := false; instant timestamptz;
BEGIN
    FOREACH instant IN ARRAY instants LOOP
        every_one := every_one AND fits(at, n, instant);
        any_one := any_one OR fits(at, n, instant);
    END LOOP;
    IF past_end >= past_begin THEN
        every_one := every_one AND fits(at, n, past_begin) AND fits(at, n, past_end);
        any_one := any_one OR (old_enough(at, past_begin, n.op, n.a, n.a_unit) AND recent_enough(at, past_end, n.op, n.a, n.a_unit, n.b, n.b_unit));
    END IF;
    RETURN CASE WHEN every_one THEN 2 WHEN any_one THEN 1 ELSE 0 END;
END $$;

-- A clause about doses in every sense and way in which they may have been given: each on
-- one of its days, those after "at" not yet; a repeated number also not as a
-- further dose.  In one way the doses are numbered by time; a number that is
-- smaller than one before is among the doses that the larger one tells of.
-- A series is complete from the first dose that surely finishes it; one before
-- may have, but not before the last that says that none before it did.
CREATE FUNCTION dose_truth(q_record int, n node, q_at timestamptz) RETURNS int LANGUAGE plpgsql STABLE AS $$
DECLARE
    filtered boolean := n.products IS NOT NULL OR n.sources IS NOT NULL OR n.signed;
    d seen[]; choice timestamptz[]; first int[]; size int[]; ways bigint; all_ways bigint := 0; rest bigint; options timestamptz[];
    chosen timestamptz[]; ks int[]; ts timestamptz[]; nums int[]; below int[]; gap int[]; gap_at timestamptz[];
    stated int; last int; g int; missing int; least int; most int; truths int[] := '{}'; found int; begins int; instants timestamptz[];
    tells boolean := (SELECT bool_or(s.number > 1) FROM seen s WHERE s.record = q_record AND s.filter = n.filter);
    limited boolean := coalesce(n.fact IN ('dose', 'complete'), false) OR (filtered AND tells);
BEGIN
  IF limited AND (SELECT count(*) FROM pair p WHERE p.record = q_record AND p.disease = n.disease) > 6 THEN
    RETURN 1;
  END IF;
  FOR d IN SELECT array_agg(s ORDER BY s.dose) FROM seen s WHERE s.record = q_record AND s.filter = n.filter GROUP BY s.sense LOOP
    choice := '{}'; first := '{}'; size := '{}'; ways := 1;
    FOR k IN 1 .. cardinality(d) LOOP
        options := ARRAY(SELECT t FROM unnest(d[k].times) t WHERE t <= q_at);
        CONTINUE WHEN cardinality(options) = 0;
        IF cardinality(options) < cardinality(d[k].times) OR (d[k].again AND (n.fact IN ('last_dose', 'complete')) IS NOT TRUE) THEN
            options := options || timestamptz 'infinity';
        END IF;
        first[k] := cardinality(choice);
        size[k] := cardinality(options);
        choice := choice || options;
        ways := ways * cardinality(options);
    END LOOP;
    all_ways := all_ways + ways;
    IF all_ways > 1024 AND n.clause <> 'doses' AND limited THEN
        RETURN 1;
    END IF;
    FOR way IN 0 .. ways - 1 LOOP
        rest := way;
        chosen := '{}';
        FOR k IN 1 .. cardinality(d) LOOP
            chosen[k] := CASE WHEN size[k] > 0 THEN choice[first[k] + 1 + rest % size[k]] END;
            rest := rest / coalesce(size[k], 1);
        END LOOP;
        SELECT coalesce(array_agg(k ORDER BY t), '{}'), coalesce(array_agg(t ORDER BY t), '{}') INTO ks, ts
        FROM unnest(chosen) WITH ORDINALITY c(t, k) WHERE t < 'infinity';
        last := 0; nums := '{}'; below := '{}'; gap := '{}'; gap_at := '{}'; missing := 0;
        FOR i IN 1 .. cardinality(ks) LOOP
            stated := CASE WHEN d[ks[i]].again THEN 0 ELSE d[ks[i]].number END;
            g := NULL;
            IF missing > 0 THEN
                g := (SELECT min(x) FROM generate_subscripts(below, 1) x WHERE below[x] > stated AND gap[x] > 0);
            END IF;
            IF stated > last THEN
                below := below || stated; gap := gap || stated - last - 1; gap_at := gap_at || ts[i];
                missing := missing + stated - last - 1;
                last := stated; nums := nums || stated;
            ELSIF stated > 0 AND g IS NOT NULL THEN
                gap[g] := gap[g] - 1; missing := missing - 1; nums := nums || stated;
            ELSE
                last := last + 1; nums := nums || last;
            END IF;
        END LOOP;
        IF n.clause = 'doses' THEN
            least := least(least, (SELECT count(*) FROM unnest(ks) k WHERE NOT filtered OR d[k].sure) + CASE WHEN filtered THEN 0 ELSE missing END);
            most := greatest(most, (SELECT count(*) FROM unnest(ks) k WHERE NOT filtered OR d[k].maybe) + missing);
        ELSIF n.fact = 'last_dose' THEN
            found := (SELECT max(i) FROM generate_subscripts(ks, 1) i WHERE d[ks[i]].sure);
            truths := truths || since_truth(q_at, n, found IS NULL,
                ARRAY(SELECT ts[i] FROM generate_subscripts(ks, 1) i WHERE d[ks[i]].maybe AND i >= coalesce(found, 1)),
                coalesce(ts[found] + interval '1 second', '1010-01-01'),
                CASE WHEN filtered AND missing > 0 THEN (SELECT gap_at[max(x)] FROM generate_subscripts(gap, 1) x WHERE gap[x] > 0) - interval '1 second' END);
        ELSIF n.fact = 'complete' THEN
            found := (SELECT min(i) FROM generate_subscripts(ks, 1) i WHERE d[ks[i]].sure AND d[ks[i]].finished);
            begins := coalesce((SELECT max(i) FROM generate_subscripts(ks, 1) i
                                WHERE i <= coalesce(found, i) AND d[ks[i]].sure AND NOT d[ks[i]].again AND (d[ks[i]].is_first OR d[ks[i]].unfinished)), 1);
            instants := ARRAY(SELECT ts[i] FROM generate_subscripts(ks, 1) i
                              WHERE i BETWEEN begins AND coalesce(found, i) AND d[ks[i]].maybe AND NOT d[ks[i]].unfinished);
            truths := truths || CASE WHEN n.clause = 'since' THEN since_truth(q_at, n, found IS NULL, instants, NULL, NULL)
                                     WHEN found IS NOT NULL THEN 2 ELSE (cardinality(instants) > 0)::int END;
        ELSE
            found := coalesce((SELECT min(i) FROM generate_subscripts(ks, 1) i WHERE nums[i] = n.number AND d[ks[i]].number = n.number AND NOT d[ks[i]].again),
                              (SELECT min(i) FROM generate_subscripts(ks, 1) i WHERE nums[i] = n.number));
            truths := truths || CASE
                WHEN found IS NOT NULL AND d[ks[found]].sure THEN since_truth(q_at, n, false, ARRAY[ts[found]], NULL, NULL)
                WHEN found IS NOT NULL OR NOT EXISTS (SELECT FROM unnest(nums) x WHERE x > n.number) THEN 0
                ELSE since_truth(q_at, n, filtered, '{}', '1010-01-01', (SELECT ts[min(i)] FROM generate_subscripts(nums, 1) i WHERE nums[i] > n.number) - interval '1 second') END;
        END IF;
    END LOOP;
  END LOOP;
    IF n.clause = 'doses' THEN
        truths := ARRAY(SELECT number_truth(v, n.op, n.low, n.high, n.list) FROM generate_series(least, most) v);
    END IF;
    RETURN CASE WHEN 2 = ALL (truths) THEN 2 WHEN 0 = ALL (truths) THEN 0 ELSE 1 END;
END $$;
