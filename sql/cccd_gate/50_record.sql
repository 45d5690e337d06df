-- the health record: derived from the facts of this site by triggers
--
-- New facts are merged into the records, which costs the same whatever a
-- person's history is; where a version was replaced or deleted, the record is
-- recomputed.  The triggers work once for a statement, so that a COPY of a
-- million rows makes one pass.  They do not fire for what a subscription brings:
-- records of other sites arrive in health.

CREATE FUNCTION record_facts(person bigint) RETURNS TABLE (doses bigint, others bigint)
    LANGUAGE sql STABLE ROWS 1
BEGIN ATOMIC
    SELECT count(*) FILTER (WHERE e.kind = 'dose'), count(*) FILTER (WHERE e.kind NOT IN ('dose', 'test'))
    FROM health h CROSS JOIN LATERAL cccd_health_events(h.record) e
    WHERE h.person = record_facts.person AND h.origin = this_site();
END;
COMMENT ON FUNCTION record_facts(bigint) IS
    'how many doses, and how many facts that are neither doses nor tests, the record of a person holds that this site derives: it has room for 31 of each';

CREATE FUNCTION rebuild_people(people bigint[]) RETURNS bigint
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    here CONSTANT smallint := cccd_gate.this_site();
    changed bigint;
    removed bigint;
BEGIN
    -- facts that arrive meanwhile wait here, and are seen below once committed
    PERFORM FROM cccd_gate.health h WHERE h.person = ANY (people) AND h.origin = here ORDER BY h.person FOR UPDATE;

    INSERT INTO cccd_gate.health AS h (person, origin, record)
    SELECT f.person, here, cccd_health_agg(f.kind, f.starts, f.disease, f.code, f.result, f.ends,
                                           s.health, f.signed, f.dose_number, f.series)
    FROM cccd_gate.current_fact f
    LEFT JOIN cccd_gate.source s ON s.code = f.source
    WHERE f.person = ANY (people)
    GROUP BY f.person
    ORDER BY f.person
    ON CONFLICT ON CONSTRAINT health_pkey DO UPDATE SET record = excluded.record
    WHERE h.record <> excluded.record;
    GET DIAGNOSTICS changed = ROW_COUNT;

    DELETE FROM cccd_gate.health h
    WHERE h.person = ANY (people) AND h.origin = here
      AND NOT EXISTS (SELECT FROM cccd_gate.current_fact f WHERE f.person = h.person);
    GET DIAGNOSTICS removed = ROW_COUNT;
    RETURN changed + removed;
END
$$;
COMMENT ON FUNCTION rebuild_people(bigint[]) IS
    'recomputes the records that this site has of these people from their facts; returns how many changed';

CREATE FUNCTION rebuild_health() RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    here CONSTANT smallint := cccd_gate.this_site();
    changed bigint;
    removed bigint;
BEGIN
    -- facts that arrive meanwhile wait; checks go on reading
    LOCK TABLE cccd_gate.health IN SHARE ROW EXCLUSIVE MODE;
    RAISE NOTICE 'recomputing health records';
    INSERT INTO cccd_gate.health AS h (person, origin, record)
    SELECT f.person, here, cccd_health_agg(f.kind, f.starts, f.disease, f.code, f.result, f.ends,
                                           s.health, f.signed, f.dose_number, f.series)
    FROM cccd_gate.current_fact f
    LEFT JOIN cccd_gate.source s ON s.code = f.source
    GROUP BY f.person
    ON CONFLICT ON CONSTRAINT health_pkey DO UPDATE SET record = excluded.record
    WHERE h.record <> excluded.record;
    GET DIAGNOSTICS changed = ROW_COUNT;
    RAISE NOTICE 'health records created or changed: %', changed;

    DELETE FROM cccd_gate.health h
    WHERE h.origin = here AND NOT EXISTS (SELECT FROM cccd_gate.current_fact f WHERE f.person = h.person);
    GET DIAGNOSTICS removed = ROW_COUNT;
    RETURN changed + removed;
END
$$;
COMMENT ON FUNCTION rebuild_health() IS
    'recomputes all records of this site from its facts in one pass and returns how many were created, changed or removed. Needed only after triggers were disabled; facts that arrive meanwhile wait for it';

CREATE FUNCTION facts_changed() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO cccd_gate.health AS h (person, origin, record)
        SELECT n.person, cccd_gate.this_site(),
               cccd_health_agg(n.kind, n.starts, n.disease, n.code, n.result, n.ends,
                               s.health, n.signed, n.dose_number, n.series)
        FROM new_rows n
        LEFT JOIN cccd_gate.source s ON s.code = n.source
        WHERE n.superseded_at IS NULL AND NOT n.withdrawn
        GROUP BY n.person
        ORDER BY n.person
        ON CONFLICT ON CONSTRAINT health_pkey DO UPDATE SET record = cccd_health_merge(h.record, excluded.record);
    ELSIF TG_OP = 'UPDATE' THEN
        PERFORM cccd_gate.rebuild_people(array_agg(DISTINCT u.person))
        FROM (SELECT o.person FROM old_rows o UNION ALL SELECT n.person FROM new_rows n) u;
    ELSIF TG_OP = 'DELETE' THEN
        PERFORM cccd_gate.rebuild_people(array_agg(DISTINCT o.person)) FROM old_rows o;
        -- whoever has it is told, as long as there is somebody who may have it
        INSERT INTO cccd_gate.fact_gone (fact, kind, disease)
        SELECT o.fact, o.kind, o.disease FROM old_rows o WHERE NOT o.withdrawn AND EXISTS (SELECT FROM cccd_gate.recipient)
        ON CONFLICT DO NOTHING;
    ELSE
        PERFORM cccd_gate.rebuild_health();
    END IF;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION facts_changed() IS
    'trigger of fact: merges new facts into the records of this site, recomputes the records of people whose facts were changed or deleted, and keeps the keys of deleted ones for export_facts()';

CREATE TRIGGER fact_inserted AFTER INSERT ON fact REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION facts_changed();
CREATE TRIGGER fact_updated AFTER UPDATE ON fact REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION facts_changed();
CREATE TRIGGER fact_deleted AFTER DELETE ON fact REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION facts_changed();
CREATE TRIGGER fact_truncated AFTER TRUNCATE ON fact
    FOR EACH STATEMENT EXECUTE FUNCTION facts_changed();
COMMENT ON TRIGGER fact_inserted ON fact IS 'merges new facts into health';
COMMENT ON TRIGGER fact_updated ON fact IS 'recomputes health where versions were replaced';
COMMENT ON TRIGGER fact_deleted ON fact IS 'recomputes health where facts were deleted';
COMMENT ON TRIGGER fact_truncated ON fact IS 'recomputes health';

CREATE FUNCTION people_deleted() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF TG_WHEN = 'BEFORE' THEN
        -- a loader that has seen these people commits first
        -- lock: loader
        PERFORM pg_advisory_xact_lock(hashint8extended(0, 1667457897));
        RETURN NULL;
    END IF;
    DELETE FROM cccd_gate.fact f WHERE f.person IN (SELECT o.person FROM old_rows o);
    DELETE FROM cccd_gate.health h WHERE h.person IN (SELECT o.person FROM old_rows o);
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION people_deleted() IS
    'trigger of person: facts and records go with their person; a delete waits for the loaders, because facts have no foreign key';
CREATE TRIGGER person_delete_waits BEFORE DELETE ON person FOR EACH STATEMENT EXECUTE FUNCTION people_deleted();
CREATE TRIGGER person_deleted AFTER DELETE ON person REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION people_deleted();
COMMENT ON TRIGGER person_delete_waits ON person IS 'waits for the loaders';
COMMENT ON TRIGGER person_deleted ON person IS 'deletes facts and records';

-- taking facts back

CREATE FUNCTION withdraw_facts(facts bigint[]) RETURNS SETOF bigint
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    moment CONSTANT timestamptz := clock_timestamp();
BEGIN
    PERFORM FROM cccd_gate.fact f WHERE f.fact = ANY (facts) ORDER BY f.fact FOR UPDATE;
    RETURN QUERY
    WITH superseded AS (
        UPDATE cccd_gate.fact f SET superseded_at = greatest(moment, f.learned_at)
        WHERE f.fact = ANY (facts) AND f.superseded_at IS NULL AND NOT f.withdrawn
        RETURNING f.*
    ), written AS (
        INSERT INTO cccd_gate.fact (person, kind, disease, starts, ends, code, result, dose_number, series,
                                    source, source_record, signed, withdrawn, learned_at, merged_from)
        SELECT s.person, s.kind, s.disease, s.starts, s.ends, s.code, s.result, s.dose_number, s.series,
               s.source, s.source_record, s.signed, true, s.superseded_at, s.merged_from
        FROM superseded s
    )
    SELECT s.fact FROM superseded s ORDER BY s.fact;
END
$$;
COMMENT ON FUNCTION withdraw_facts(bigint[]) IS
    'adds a version that takes each of these facts back, as if its source had sent it withdrawn; returns those that counted until now. Argument: keys of latest versions';

CREATE FUNCTION withdraw_revoked(value cccd_trust) RETURNS bigint
    LANGUAGE sql SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT count(*)
    FROM withdraw_facts(ARRAY(
        SELECT f.fact FROM current_fact f JOIN fact_evidence v ON v.fact = f.fact
        WHERE cccd_trust_revokes($1, v.scope, v.item, v.key_id)
        ORDER BY f.fact)) w;
END;
COMMENT ON FUNCTION withdraw_revoked(cccd_trust) IS
    'withdraws the facts whose certificates a trust value revokes; returns how many';
