-- exposures: what contacts with a case of disease mean for tomorrow
--
-- A case of disease has a key of the tracer's, and is about one person.  Each of
-- its contacts gets a fact at each event where they met, which the next check
-- sees; the facts follow the case, when what is known of it changes.

CREATE TABLE traced_case (
    case_id uuid PRIMARY KEY,
    person bigint NOT NULL REFERENCES person ON DELETE CASCADE,
    traced_at timestamptz NOT NULL
);
CREATE INDEX traced_case_person ON traced_case (person);
COMMENT ON TABLE traced_case IS 'cases of disease whose contacts have exposures by record_exposures(); health data';
COMMENT ON COLUMN traced_case.case_id IS 'the tracer''s key of the case of disease';
COMMENT ON COLUMN traced_case.person IS 'who had the disease, as the key was when the case was first traced';
COMMENT ON COLUMN traced_case.traced_at IS 'when its exposures were last recorded or withdrawn';
COMMENT ON INDEX traced_case_person IS 'deleting a person';
COMMENT ON CONSTRAINT traced_case_pkey ON traced_case IS 'key';
COMMENT ON CONSTRAINT traced_case_person_fkey ON traced_case IS 'a case goes with its person; the exposures of others stay';

CREATE TABLE exposure (
    fact bigint PRIMARY KEY REFERENCES fact ON DELETE CASCADE,
    case_id uuid NOT NULL,
    event int NOT NULL,
    degree smallint NOT NULL,
    together interval NOT NULL,
    CONSTRAINT exposure_degree CHECK (degree IN (1, 2))
);
CREATE INDEX exposure_case ON exposure (case_id);
COMMENT ON TABLE exposure IS 'what an exposure that record_exposures() wrote rests on; health data';
COMMENT ON COLUMN exposure.fact IS 'the exposure: version of the fact';
COMMENT ON COLUMN exposure.case_id IS 'the case of disease: traced_case.case_id, also after that was deleted';
COMMENT ON COLUMN exposure.event IS 'where they met: event.event, also after that was deleted';
COMMENT ON COLUMN exposure.degree IS '1: a contact of the person who had the disease (F1), 2: a contact of a contact (F2)';
COMMENT ON COLUMN exposure.together IS 'how long they were together there in all';
COMMENT ON INDEX exposure_case IS 'the exposures of a case';
COMMENT ON CONSTRAINT exposure_pkey ON exposure IS 'one row a version';
COMMENT ON CONSTRAINT exposure_fact_fkey ON exposure IS 'it goes with its fact';
COMMENT ON CONSTRAINT exposure_degree ON exposure IS 'degrees of contacts()';

CREATE FUNCTION case_exposures(case_id uuid, events int[])
    RETURNS TABLE (fact bigint, person bigint, event int, degree int, together interval, starts timestamptz, ends timestamptz, disease text, own boolean)
    LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT f.fact, f.person, x.event, x.degree, x.together, f.starts, f.ends, f.disease,
           f.source_record = concat_ws(':', 'trace', x.case_id, x.event, f.person)
    FROM exposure x JOIN current_fact f ON f.fact = x.fact
    WHERE x.case_id = case_exposures.case_id AND (events IS NULL OR x.event = ANY (events));
END;
COMMENT ON FUNCTION case_exposures(uuid, int[]) IS
    'the exposures of a case of disease that count, at these events (NULL: all); own: the source''s key of the record names the person, and not somebody merged into them';

CREATE FUNCTION take_case(case_id uuid, person bigint) RETURNS void
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    of_whom bigint;
BEGIN
    IF $1 IS NULL THEN
        RAISE EXCEPTION 'the case must not be null' USING ERRCODE = 'null_value_not_allowed';
    END IF;
    INSERT INTO cccd_gate.traced_case AS t (case_id, person, traced_at) VALUES ($1, $2, clock_timestamp())
    ON CONFLICT ON CONSTRAINT traced_case_pkey DO UPDATE SET traced_at = excluded.traced_at
    RETURNING cccd_gate.merged_person(t.person) INTO of_whom;
    IF of_whom <> $2 THEN
        RAISE EXCEPTION 'the case is about another person' USING ERRCODE = 'invalid_parameter_value',
            HINT = 'Give each case of disease a UUID of its own.';
    END IF;
END
$$;
COMMENT ON FUNCTION take_case(uuid, bigint) IS
    'notes that a case of disease is traced, and about whom it is. Errors: 22004 no case; 22023 it is about another person';

CREATE FUNCTION write_exposures(case_id uuid, person bigint, since timestamptz, until timestamptz, minimum interval, degree int,
    events int[], disease text, counts_for interval,
    OUT recorded bigint, OUT updated bigint, OUT withdrawn bigint, OUT unnamed bigint, OUT no_room bigint)
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    at_events ALIAS FOR $7;
    of_disease ALIAS FOR $8;
    gone bigint[];
    moment CONSTANT timestamptz := clock_timestamp();
BEGIN
    -- look up
    WITH met AS MATERIALIZED (
        SELECT c.other AS person, c.event, c.contact_degree AS degree, c.together, l.begins AS starts,
               -- a day is one of Viet Nam, whatever the session's are
               timezone(interval '7 hours', timezone(interval '7 hours', upper(c.met)) + $9) AS ends
        FROM cccd_gate.contact_rows($2, $3, $4, $5, $6, at_events) c
        CROSS JOIN LATERAL (SELECT max(lower(r)) AS begins FROM unnest(c.met) r) l
    ), stored AS MATERIALIZED (
        -- of people who were merged one may have two
        SELECT s.*, row_number() OVER (PARTITION BY s.person, s.event ORDER BY s.own DESC, s.fact) AS nth
        FROM cccd_gate.case_exposures($1, at_events) s
    ), wanted AS MATERIALIZED (
        SELECT m.*, s.fact AS stored, k.source_record, v.fact AS latest, v.merged_from,
               s.fact IS NULL OR (s.starts, s.ends, s.disease) IS DISTINCT FROM (m.starts, m.ends, of_disease) AS says_new
        FROM met m
        LEFT JOIN stored s ON s.person = m.person AND s.event = m.event AND s.nth = 1
        LEFT JOIN cccd_gate.fact o ON o.fact = s.fact
        CROSS JOIN LATERAL (SELECT coalesce(o.source_record, concat_ws(':', 'trace', $1, m.event, m.person)) AS source_record) k
        -- one that was withdrawn is followed by the new version
        LEFT JOIN cccd_gate.fact v ON v.source = 'tracing' AND v.source_record = k.source_record AND v.superseded_at IS NULL
        WHERE m.person IS NOT NULL
    ), beyond AS MATERIALIZED (
        SELECT q.person, q.event
        FROM (SELECT w.person, w.event, row_number() OVER (PARTITION BY w.person ORDER BY w.degree, w.starts DESC, w.event) AS nth
              FROM wanted w WHERE w.stored IS NULL) q
        WHERE q.nth + (SELECT z.others FROM cccd_gate.record_facts(q.person) z) > 31
    ), change AS MATERIALIZED (
        SELECT w.* FROM wanted w WHERE w.says_new AND ((w.person, w.event) IN (SELECT b.person, b.event FROM beyond b)) IS NOT TRUE
    ),
    -- write
    superseded AS (
        UPDATE cccd_gate.fact f SET superseded_at = greatest(moment, f.learned_at)
        WHERE f.fact = ANY (ARRAY(SELECT c.latest FROM change c WHERE c.latest IS NOT NULL))
        RETURNING 1
    ), written AS (
        -- after the versions before have made room in the unique index
        INSERT INTO cccd_gate.fact (person, kind, disease, starts, ends, source, source_record, withdrawn, learned_at, merged_from)
        SELECT c.person, 'exposure', of_disease, c.starts, c.ends, 'tracing', c.source_record, false, moment, c.merged_from
        FROM change c WHERE (SELECT count(*) FROM superseded) >= 0
        RETURNING fact, source_record
    ), evidence AS (
        INSERT INTO cccd_gate.exposure (fact, case_id, event, degree, together)
        SELECT w.fact, $1, c.event, c.degree, c.together
        FROM written w JOIN change c ON c.source_record = w.source_record
    ), corrected AS (
        UPDATE cccd_gate.exposure x SET degree = w.degree, together = w.together
        FROM wanted w
        WHERE x.fact = w.stored AND NOT w.says_new AND (x.degree, x.together) IS DISTINCT FROM (w.degree::smallint, w.together)
    )
    -- report
    SELECT (SELECT count(*) FROM change c WHERE c.stored IS NULL), (SELECT count(*) FROM change c WHERE c.stored IS NOT NULL),
           (SELECT count(*) FROM met m WHERE m.person IS NULL), (SELECT count(*) FROM beyond),
           -- the visits of an event that was deleted say nothing any more
           ARRAY(SELECT s.fact FROM stored s JOIN cccd_gate.event e ON e.event = s.event
                 WHERE (s.fact IN (SELECT w.stored FROM wanted w WHERE w.stored IS NOT NULL)) IS NOT TRUE)
    INTO recorded, updated, unnamed, no_room, gone;
    SELECT count(*) INTO withdrawn FROM cccd_gate.withdraw_facts(gone) w;
END
$$;
COMMENT ON FUNCTION write_exposures(uuid, bigint, timestamptz, timestamptz, interval, int, int[], text, interval) IS
    'makes the exposures of a case of disease at these events (NULL: all) what contact_rows() finds now. Arguments and result as of record_exposures()';

CREATE FUNCTION record_exposures(case_id uuid, person bigint, since timestamptz, until timestamptz, minimum interval, purpose text,
    degree int DEFAULT 1, disease text DEFAULT 'covid19', counts_for interval DEFAULT NULL, officer text DEFAULT NULL,
    OUT recorded bigint, OUT updated bigint, OUT withdrawn bigint, OUT unnamed bigint, OUT no_room bigint)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET jit = off SET work_mem = '64MB'
AS $$
#variable_conflict use_column
DECLARE
    events CONSTANT int[] := cccd_gate.duty_events('tracer');
    of_disease CONSTANT text := nullif(cccd_gate.code_name('disease', $8), 'unknown');
    living bigint;
BEGIN
    PERFORM cccd_gate.force_durable();
    PERFORM cccd_gate.traced_person($2, $3, $4, $5, $7, events);
    PERFORM cccd_gate.check_purpose($6, $10, 'tracer');
    IF of_disease IS NULL THEN
        RAISE EXCEPTION 'unknown disease' USING ERRCODE = 'invalid_parameter_value';
    ELSIF ($9 >= interval '1 minute' AND $9 <= interval '10 years') IS FALSE THEN
        RAISE EXCEPTION 'counts_for must be between 1 minute and 10 years' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    -- as a loader: nobody is merged, split or deleted meanwhile
    -- lock: loader
    PERFORM pg_advisory_xact_lock(hashint8extended(0, 1667457897));
    living := cccd_gate.traced_person($2, $3, $4, $5, $7, events);
    PERFORM cccd_gate.take_case($1, living);
    SELECT w.* INTO recorded, updated, withdrawn, unnamed, no_room
    FROM cccd_gate.write_exposures($1, living, $3, $4, $5, $7, events, of_disease, $9) w;
    PERFORM cccd_gate.log_access('record_exposures', living, recorded + updated + withdrawn, $6, $10);
END
$$;
COMMENT ON FUNCTION record_exposures(uuid, bigint, timestamptz, timestamptz, interval, text, int, text, interval, text) IS
    'gives each contact of a person with a disease, as contacts() finds them, an exposure at each event where they met: a fact of source tracing, which the next check sees. It begins when they were together last. Arguments: a UUID of the tracer''s for the case of disease, which is about one person; person, from when on, until when, minimum and purpose as for contacts(); degree 1, or 2 for contacts of contacts as well, which a record does not tell apart; disease; how long after the last contact it counts, 1 minute to 10 years (NULL: no end is known); officer. Called again, it corrects what is otherwise now, and withdraws the exposures of who is not a contact any more, but not of an event that was deleted. Returns how many were recorded, corrected, withdrawn; unnamed, how many contacts are bearers of tickets whose person is not known; no_room, how many were left out because a record holds at most 31 facts that are neither doses nor tests. Needs the duty tracer, whose events alone are looked at; access_log keeps the call. Errors: those of contacts(); 22004 no case; 22023 a case about another person, an unknown disease, counts_for out of range';

CREATE FUNCTION withdraw_exposures(case_id uuid, purpose text, officer text DEFAULT NULL) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    events CONSTANT int[] := cccd_gate.duty_events('tracer');
    of_whom bigint;
    withdrawn bigint;
BEGIN
    PERFORM cccd_gate.force_durable();
    PERFORM cccd_gate.check_purpose($2, $3, 'tracer');
    IF events = '{}' OR NOT EXISTS (SELECT FROM cccd_gate.traced_case t WHERE t.case_id = $1 UNION ALL
                                    SELECT FROM cccd_gate.exposure x WHERE x.case_id = $1) THEN
        RAISE EXCEPTION 'unknown case' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    -- lock: loader
    PERFORM pg_advisory_xact_lock(hashint8extended(0, 1667457897));
    SELECT count(*) INTO withdrawn
    FROM cccd_gate.withdraw_facts(ARRAY(SELECT s.fact FROM cccd_gate.case_exposures($1, events) s)) w;
    UPDATE cccd_gate.traced_case t SET traced_at = clock_timestamp() WHERE t.case_id = $1
    RETURNING cccd_gate.merged_person(t.person) INTO of_whom;
    PERFORM cccd_gate.log_access('withdraw_exposures', of_whom, withdrawn, $2, $3);
    RETURN withdrawn;
END
$$;
COMMENT ON FUNCTION withdraw_exposures(uuid, text, text) IS
    'takes back the exposures of a case of disease that turned out to be none: each gets a version that says so. Arguments: the case, as record_exposures() took it; for what, and by which officer it is asked, as for contacts(). Returns how many counted until now. Needs the duty tracer, whose events alone are looked at; access_log keeps the call. Errors: 22023 an unknown case, also to who has no duty; no purpose, an unknown officer';
