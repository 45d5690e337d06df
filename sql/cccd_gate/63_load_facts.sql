-- loader of health facts
--
-- The six kinds differ in little, so that one function takes them all; the
-- other branches of fact_in and the other five INSERTs read nothing.  Triggers
-- of the fact tables keep the health records.
--
-- Here and in the other loaders a row is chosen by a boolean column of the step
-- before: the planner takes it for half of the rows.  "reason IS NULL" would be
-- taken for one in two hundred, and nested loops would be chosen.

CREATE FUNCTION load_facts(kind text, pages int, load bigint, as_of timestamptz,
    OUT loaded bigint, OUT updated bigint, OUT unchanged bigint, OUT rejected bigint)
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    step_pages CONSTANT int := 1500;
    before bigint;
    rows_read bigint := 0;
    step record;
BEGIN
    loaded := 0; updated := 0; unchanged := 0; rejected := 0;
    SELECT min(i.line) - 1 INTO before FROM cccd_gate.fact_in i WHERE i.kind = load_facts.kind;
    FOR page IN 0 .. pages - 1 BY step_pages LOOP
        WITH raw AS MATERIALIZED (
            SELECT i.line,
                   cccd_gate.cleaned(i.id) AS id,
                   cccd_gate.cleaned(i.name) AS name,
                   cccd_gate.cleaned(i.birth_date) AS birth_text,
                   coalesce(cccd_gate.cleaned(i.disease), 'covid19') AS disease,
                   cccd_gate.cleaned(i.at) AS at_text,
                   cccd_gate.cleaned(i.until) AS until_text,
                   cccd_gate.cleaned(i.detail) AS detail,
                   cccd_gate.cleaned(i.result) AS result,
                   cccd_gate.cleaned(i.number) AS number_text,
                   coalesce(cccd_gate.cleaned(i.source), 'national') AS source,
                   coalesce(cccd_gate.cleaned(i.signed), 'no') AS signed_text,
                   left(cccd_gate.cleaned(i.reference), 100) AS reference
            FROM cccd_gate.fact_in i
            WHERE i.kind = load_facts.kind
              AND i.place >= format('(%s,0)', page)::tid
              AND i.place < format('(%s,0)', page + step_pages)::tid
        ), disease AS MATERIALIZED (
            SELECT d.given, cccd_gate.code_name('disease', d.given) AS name
            FROM (SELECT DISTINCT r.disease AS given FROM raw r) d
        ), detail AS MATERIALIZED (
            SELECT d.given, cccd_gate.code_name(CASE load_facts.kind WHEN 'dose' THEN 'product' ELSE 'test' END, d.given) AS name
            FROM (SELECT DISTINCT r.detail AS given FROM raw r) d
        ), typed AS MATERIALIZED (
            SELECT r.line, r.id, r.birth_text, r.at_text, r.until_text, r.number_text, r.result, r.source, r.reference,
                   cccd_gate.number_kind(r.id) AS id_kind,
                   cccd_gate.read_id(r.id) AS identity,
                   cccd_gate.read_date(r.birth_text) AS birth_date,
                   cccd_gate.read_time(r.at_text) AS at,
                   cccd_gate.read_time(r.until_text) AS until,
                   CASE WHEN r.number_text ~ '^[0-9]{1,2}$' THEN r.number_text::smallint END AS number,
                   cccd_gate.read_boolean(r.signed_text) AS signed,
                   cccd_name_key(left(r.name, 200)) AS name_key,
                   d.name AS disease, t.name AS detail,
                   r.detail IS NOT NULL AND t.name IS NULL AS detail_unknown
            FROM raw r
            JOIN disease d ON d.given = r.disease
            LEFT JOIN detail t ON t.given = r.detail
        ), found AS MATERIALIZED (
            SELECT t.*, p.person, p.name_key AS register_name_key, p.birth_date AS register_birth_date,
                   h.record,
                   count(*) OVER (PARTITION BY p.person) AS of_person,
                   row_number() OVER (PARTITION BY p.person ORDER BY t.line) AS nth_of_person
            FROM typed t
            LEFT JOIN cccd_gate.identity_number n ON n.id = t.identity
            LEFT JOIN cccd_gate.card k ON k.kind = t.id_kind AND k.number = t.id
            LEFT JOIN cccd_gate.person p ON p.person = coalesce(n.person, k.person)
            LEFT JOIN cccd_gate.health h ON h.person = p.person
        ), judged AS MATERIALIZED (
            SELECT f.*,
                   CASE
                       WHEN f.id IS NULL THEN 'id_missing'
                       WHEN f.id_kind IS NULL THEN 'id_malformed'
                       WHEN f.person IS NULL THEN 'person_unknown'
                       WHEN f.name_key <> f.register_name_key THEN 'name_disagrees'
                       WHEN f.birth_text IS NOT NULL AND f.birth_date IS NULL THEN 'birth_date_malformed'
                       WHEN f.birth_date <> f.register_birth_date THEN 'birth_date_disagrees'
                       WHEN f.at_text IS NULL THEN 'time_missing'
                       WHEN f.at IS NULL THEN 'time_malformed'
                       WHEN f.at < '2000-01-01 00:00+07' OR f.at >= '2136-01-01 00:00+07' THEN 'time_out_of_range'
                       WHEN f.at > as_of AND load_facts.kind IN ('dose', 'test', 'recovery') THEN 'in_future'
                       WHEN f.at < timezone(interval '7 hours', f.register_birth_date::timestamp) THEN 'before_birth'
                       WHEN f.until_text IS NOT NULL AND f.until IS NULL THEN 'end_malformed'
                       WHEN f.until <= f.at THEN 'ends_before_begin'
                       WHEN f.until >= '2136-01-01 00:00+07' THEN 'time_out_of_range'
                       WHEN f.disease IS NULL THEN 'disease_unknown'
                       WHEN f.detail_unknown THEN CASE load_facts.kind WHEN 'dose' THEN 'product_unknown' ELSE 'kind_unknown' END
                       WHEN f.number_text IS NOT NULL AND (f.number BETWEEN 1 AND 31) IS NOT TRUE THEN 'number_malformed'
                       WHEN load_facts.kind = 'test' AND (f.result IN ('negative', 'positive', 'inconclusive', 'pending')) IS NOT TRUE
                           THEN 'result_unknown'
                       WHEN f.source NOT IN ('national', 'certificate', 'paper', 'declared') THEN 'source_unknown'
                       WHEN f.signed IS NULL THEN 'signed_malformed'
                       -- the limits of a record: 31 doses, 31 other events.  Only a record
                       -- that is long already is opened: a dose takes 8 bytes in it,
                       -- another event 12
                       WHEN load_facts.kind <> 'test'
                            AND coalesce(pg_column_size(f.record), 0) + 12 * f.of_person > 250
                            AND f.nth_of_person
                                + (SELECT count(*) FROM cccd_health_events(f.record) e
                                   WHERE (e.kind = 'dose') = (load_facts.kind = 'dose') AND e.kind <> 'test') > 31
                           THEN 'too_many_facts'
                   END AS reason
            FROM found f
        ), sorted AS MATERIALIZED (
            SELECT j.*, j.reason IS NULL AS fine FROM judged j
        ), good AS MATERIALIZED (
            SELECT j.line, j.id, j.person, j.at, j.disease, j.detail, j.result, j.number, j.until, j.source, j.signed,
                   j.reference, row_number() OVER same = 1 AS is_first,
                   (j.detail, j.number, j.until, j.signed)
                   IS DISTINCT FROM (first_value(j.detail) OVER same, first_value(j.number) OVER same,
                                     first_value(j.until) OVER same, first_value(j.signed) OVER same) AS contradicts
            FROM sorted j
            WHERE j.fine
            WINDOW same AS (PARTITION BY j.person, j.at, j.disease, j.source,
                                CASE load_facts.kind WHEN 'test' THEN coalesce(j.detail, 'unknown') || ' ' || j.result END
                            ORDER BY j.line)
        ), new_dose AS (
            INSERT INTO cccd_gate.dose (person, at, disease, product, number, source, signed, reference)
            SELECT g.person, g.at, g.disease, g.detail, g.number, g.source, g.signed, g.reference
            FROM good g WHERE load_facts.kind = 'dose' AND g.is_first
            ON CONFLICT DO NOTHING
            RETURNING person, at, disease, source, NULL::text AS kind, NULL::text AS result
        ), new_test AS (
            INSERT INTO cccd_gate.test (person, at, disease, kind, result, source, signed, reference)
            SELECT g.person, g.at, g.disease, coalesce(g.detail, 'unknown'), g.result, g.source, g.signed, g.reference
            FROM good g WHERE load_facts.kind = 'test' AND g.is_first
            ON CONFLICT DO NOTHING
            RETURNING person, at, disease, source, kind, result
        ), new_recovery AS (
            INSERT INTO cccd_gate.recovery (person, at, disease, until, source, signed, reference)
            SELECT g.person, g.at, g.disease, g.until, g.source, g.signed, g.reference
            FROM good g WHERE load_facts.kind = 'recovery' AND g.is_first
            ON CONFLICT DO NOTHING
            RETURNING person, at, disease, source, NULL::text, NULL::text
        ), new_isolation AS (
            INSERT INTO cccd_gate.isolation (person, at, disease, until, source, signed, reference)
            SELECT g.person, g.at, g.disease, g.until, g.source, g.signed, g.reference
            FROM good g WHERE load_facts.kind = 'isolation' AND g.is_first
            ON CONFLICT DO NOTHING
            RETURNING person, at, disease, source, NULL::text, NULL::text
        ), new_exposure AS (
            INSERT INTO cccd_gate.exposure (person, at, disease, until, source, signed, reference)
            SELECT g.person, g.at, g.disease, g.until, g.source, g.signed, g.reference
            FROM good g WHERE load_facts.kind = 'exposure' AND g.is_first
            ON CONFLICT DO NOTHING
            RETURNING person, at, disease, source, NULL::text, NULL::text
        ), new_contraindication AS (
            INSERT INTO cccd_gate.contraindication (person, at, disease, until, source, signed, reference)
            SELECT g.person, g.at, g.disease, g.until, g.source, g.signed, g.reference
            FROM good g WHERE load_facts.kind = 'contraindication' AND g.is_first
            ON CONFLICT DO NOTHING
            RETURNING person, at, disease, source, NULL::text, NULL::text
        ), new_fact AS MATERIALIZED (
            SELECT * FROM new_dose UNION ALL SELECT * FROM new_test
            UNION ALL SELECT * FROM new_recovery UNION ALL SELECT * FROM new_isolation
            UNION ALL SELECT * FROM new_exposure UNION ALL SELECT * FROM new_contraindication
        ), there_already AS MATERIALIZED (
            SELECT g.* FROM good g
            WHERE g.is_first AND NOT EXISTS (
                SELECT FROM new_fact n
                WHERE n.person = g.person AND n.at = g.at AND n.disease = g.disease AND n.source = g.source
                  AND (load_facts.kind <> 'test' OR n.kind = coalesce(g.detail, 'unknown') AND n.result = g.result))
        ), contradiction AS (
            SELECT g.line, g.id FROM good g WHERE g.contradicts
            UNION ALL
            SELECT t.line, t.id
            FROM there_already t
            JOIN cccd_gate.fact f
                ON f.kind = load_facts.kind AND f.person = t.person AND f.at = t.at
               AND f.disease = t.disease AND f.source = t.source
               AND (load_facts.kind <> 'test'
                    OR f.detail IS NOT DISTINCT FROM t.detail AND f.result = t.result)
            WHERE (f.detail, f.number, f.until, f.signed) IS DISTINCT FROM (t.detail, t.number, t.until, t.signed)
        ), bad AS (
            INSERT INTO cccd_gate.load_reject (load, source, line, reason, masked)
            SELECT load_facts.load, load_facts.kind || '_in', j.line - before, j.reason, cccd_gate.masked(j.id)
            FROM sorted j WHERE NOT j.fine
            UNION ALL
            SELECT load_facts.load, load_facts.kind || '_in', c.line - before, 'differs_from_stored', cccd_gate.masked(c.id)
            FROM contradiction c
            RETURNING 1
        )
        SELECT (SELECT count(*) FROM raw) AS read,
               (SELECT count(*) FROM new_fact) AS loaded,
               (SELECT count(*) FROM bad) AS rejected
        INTO step;
        rows_read := rows_read + step.read;
        loaded := loaded + step.loaded;
        rejected := rejected + step.rejected;
        unchanged := rows_read - loaded - rejected;
        RAISE NOTICE '%: % rows read, % loaded, % rejected', load_facts.kind, rows_read, loaded, rejected;
    END LOOP;
END
$$;
COMMENT ON FUNCTION load_facts(text, int, bigint, timestamptz) IS
    'what load_doses() and its sisters have in common: takes one kind of facts from its locked staging table of so many pages; see there';

CREATE FUNCTION load_doses(as_of timestamptz DEFAULT clock_timestamp(),
    OUT load bigint, OUT loaded bigint, OUT updated bigint, OUT unchanged bigint, OUT rejected bigint)
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    -- rows that are copied meanwhile wait for the next load
    LOCK TABLE cccd_gate.dose_in IN ACCESS EXCLUSIVE MODE;
    ANALYZE cccd_gate.dose_in (line);
    load := nextval('cccd_gate.load_seq');
    SELECT f.loaded, f.updated, f.unchanged, f.rejected INTO loaded, updated, unchanged, rejected
    FROM cccd_gate.load_facts('dose', (pg_relation_size('cccd_gate.dose_in') / current_setting('block_size')::int)::int,
                              load_doses.load, as_of) f;
    TRUNCATE cccd_gate.dose_in;
END
$$;
COMMENT ON FUNCTION load_doses(timestamptz) IS
    'takes the vaccine doses of dose_in and empties it; a row after as_of lies in the future and is rejected. Returns the number of this load and how many rows were new, were known already, or were rejected (load_reject says why); updated is 0, because facts are not changed: a row that contradicts a stored one is rejected. About one million rows a minute or more';

CREATE FUNCTION load_tests(as_of timestamptz DEFAULT clock_timestamp(),
    OUT load bigint, OUT loaded bigint, OUT updated bigint, OUT unchanged bigint, OUT rejected bigint)
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    -- rows that are copied meanwhile wait for the next load
    LOCK TABLE cccd_gate.test_in IN ACCESS EXCLUSIVE MODE;
    ANALYZE cccd_gate.test_in (line);
    load := nextval('cccd_gate.load_seq');
    SELECT f.loaded, f.updated, f.unchanged, f.rejected INTO loaded, updated, unchanged, rejected
    FROM cccd_gate.load_facts('test', (pg_relation_size('cccd_gate.test_in') / current_setting('block_size')::int)::int,
                              load_tests.load, as_of) f;
    TRUNCATE cccd_gate.test_in;
END
$$;
COMMENT ON FUNCTION load_tests(timestamptz) IS
    'takes the tests of test_in and empties it; a row after as_of lies in the future and is rejected. Returns the number of this load and how many rows were new, were known already, or were rejected (load_reject says why); updated is 0, because facts are not changed: a row that contradicts a stored one is rejected. About one million rows a minute or more';

CREATE FUNCTION load_recoveries(as_of timestamptz DEFAULT clock_timestamp(),
    OUT load bigint, OUT loaded bigint, OUT updated bigint, OUT unchanged bigint, OUT rejected bigint)
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    -- rows that are copied meanwhile wait for the next load
    LOCK TABLE cccd_gate.recovery_in IN ACCESS EXCLUSIVE MODE;
    ANALYZE cccd_gate.recovery_in (line);
    load := nextval('cccd_gate.load_seq');
    SELECT f.loaded, f.updated, f.unchanged, f.rejected INTO loaded, updated, unchanged, rejected
    FROM cccd_gate.load_facts('recovery', (pg_relation_size('cccd_gate.recovery_in') / current_setting('block_size')::int)::int,
                              load_recoveries.load, as_of) f;
    TRUNCATE cccd_gate.recovery_in;
END
$$;
COMMENT ON FUNCTION load_recoveries(timestamptz) IS
    'takes the recoveries of recovery_in and empties it; a row after as_of lies in the future and is rejected. Returns the number of this load and how many rows were new, were known already, or were rejected (load_reject says why); updated is 0, because facts are not changed: a row that contradicts a stored one is rejected. About one million rows a minute or more';

CREATE FUNCTION load_isolations(as_of timestamptz DEFAULT clock_timestamp(),
    OUT load bigint, OUT loaded bigint, OUT updated bigint, OUT unchanged bigint, OUT rejected bigint)
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    -- rows that are copied meanwhile wait for the next load
    LOCK TABLE cccd_gate.isolation_in IN ACCESS EXCLUSIVE MODE;
    ANALYZE cccd_gate.isolation_in (line);
    load := nextval('cccd_gate.load_seq');
    SELECT f.loaded, f.updated, f.unchanged, f.rejected INTO loaded, updated, unchanged, rejected
    FROM cccd_gate.load_facts('isolation', (pg_relation_size('cccd_gate.isolation_in') / current_setting('block_size')::int)::int,
                              load_isolations.load, as_of) f;
    TRUNCATE cccd_gate.isolation_in;
END
$$;
COMMENT ON FUNCTION load_isolations(timestamptz) IS
    'takes the isolations of isolation_in and empties it; as_of is not used, because these can be ordered in advance. Returns the number of this load and how many rows were new, were known already, or were rejected (load_reject says why); updated is 0, because facts are not changed: a row that contradicts a stored one is rejected. About one million rows a minute or more';

CREATE FUNCTION load_exposures(as_of timestamptz DEFAULT clock_timestamp(),
    OUT load bigint, OUT loaded bigint, OUT updated bigint, OUT unchanged bigint, OUT rejected bigint)
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    -- rows that are copied meanwhile wait for the next load
    LOCK TABLE cccd_gate.exposure_in IN ACCESS EXCLUSIVE MODE;
    ANALYZE cccd_gate.exposure_in (line);
    load := nextval('cccd_gate.load_seq');
    SELECT f.loaded, f.updated, f.unchanged, f.rejected INTO loaded, updated, unchanged, rejected
    FROM cccd_gate.load_facts('exposure', (pg_relation_size('cccd_gate.exposure_in') / current_setting('block_size')::int)::int,
                              load_exposures.load, as_of) f;
    TRUNCATE cccd_gate.exposure_in;
END
$$;
COMMENT ON FUNCTION load_exposures(timestamptz) IS
    'takes the exposures of exposure_in and empties it; as_of is not used, because these can be ordered in advance. Returns the number of this load and how many rows were new, were known already, or were rejected (load_reject says why); updated is 0, because facts are not changed: a row that contradicts a stored one is rejected. About one million rows a minute or more';

CREATE FUNCTION load_contraindications(as_of timestamptz DEFAULT clock_timestamp(),
    OUT load bigint, OUT loaded bigint, OUT updated bigint, OUT unchanged bigint, OUT rejected bigint)
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    -- rows that are copied meanwhile wait for the next load
    LOCK TABLE cccd_gate.contraindication_in IN ACCESS EXCLUSIVE MODE;
    ANALYZE cccd_gate.contraindication_in (line);
    load := nextval('cccd_gate.load_seq');
    SELECT f.loaded, f.updated, f.unchanged, f.rejected INTO loaded, updated, unchanged, rejected
    FROM cccd_gate.load_facts('contraindication', (pg_relation_size('cccd_gate.contraindication_in') / current_setting('block_size')::int)::int,
                              load_contraindications.load, as_of) f;
    TRUNCATE cccd_gate.contraindication_in;
END
$$;
COMMENT ON FUNCTION load_contraindications(timestamptz) IS
    'takes the contraindications of contraindication_in and empties it; as_of is not used, because these can be ordered in advance. Returns the number of this load and how many rows were new, were known already, or were rejected (load_reject says why); updated is 0, because facts are not changed: a row that contradicts a stored one is rejected. About one million rows a minute or more';
