-- the health record: kept by triggers of the fact tables
--
-- Adding facts merges them into the records, which costs the same whatever a
-- person's history is; deleting or changing facts recomputes the records.  The
-- triggers work once for a statement, so that a COPY of a million rows makes
-- one pass.

CREATE FUNCTION rebuild_people(people bigint[]) RETURNS bigint
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    changed bigint;
    removed bigint;
BEGIN
    -- facts that arrive meanwhile wait here, and are seen below once committed
    PERFORM FROM cccd_gate.health h WHERE h.person = ANY (people) ORDER BY h.person FOR UPDATE;

    INSERT INTO cccd_gate.health AS h (person, record)
    SELECT f.person, cccd_health_agg(f.kind, f.at, f.disease, f.detail, f.result, f.until,
                                     f.source, f.signed, f.number, NULL)
    FROM cccd_gate.fact f
    JOIN cccd_gate.person p ON p.person = f.person
    WHERE f.person = ANY (people)
    GROUP BY f.person
    ORDER BY f.person
    ON CONFLICT ON CONSTRAINT health_pkey DO UPDATE SET record = excluded.record
    WHERE h.record <> excluded.record;
    GET DIAGNOSTICS changed = ROW_COUNT;

    DELETE FROM cccd_gate.health h
    WHERE h.person = ANY (people)
      AND NOT EXISTS (SELECT FROM cccd_gate.fact f WHERE f.person = h.person);
    GET DIAGNOSTICS removed = ROW_COUNT;
    RETURN changed + removed;
END
$$;
COMMENT ON FUNCTION rebuild_people(bigint[]) IS
    'recomputes the health records of these people from their facts; returns how many changed';

CREATE FUNCTION rebuild_health() RETURNS bigint
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    changed bigint;
    removed bigint;
BEGIN
    -- facts that arrive meanwhile wait; checks go on reading
    LOCK TABLE cccd_gate.health IN SHARE ROW EXCLUSIVE MODE;
    RAISE NOTICE 'recomputing health records';
    INSERT INTO cccd_gate.health AS h (person, record)
    SELECT f.person, cccd_health_agg(f.kind, f.at, f.disease, f.detail, f.result, f.until,
                                     f.source, f.signed, f.number, NULL)
    FROM cccd_gate.fact f
    GROUP BY f.person
    ON CONFLICT ON CONSTRAINT health_pkey DO UPDATE SET record = excluded.record
    WHERE h.record <> excluded.record;
    GET DIAGNOSTICS changed = ROW_COUNT;
    RAISE NOTICE 'health records created or changed: %', changed;

    DELETE FROM cccd_gate.health h
    WHERE NOT EXISTS (SELECT FROM cccd_gate.fact f WHERE f.person = h.person);
    GET DIAGNOSTICS removed = ROW_COUNT;
    RETURN changed + removed;
END
$$;
COMMENT ON FUNCTION rebuild_health() IS
    'recomputes all health records from the facts in one pass and returns how many were created, changed or removed. Needed only after triggers were disabled; facts that arrive meanwhile wait for it';

CREATE FUNCTION facts_taken() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    PERFORM cccd_gate.rebuild_people(array_agg(DISTINCT o.person)) FROM old_rows o;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION facts_taken() IS 'trigger of the fact tables: recomputes the records of people whose facts were deleted';

CREATE FUNCTION facts_changed() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    PERFORM cccd_gate.rebuild_people(array_agg(DISTINCT u.person))
    FROM (SELECT o.person FROM old_rows o UNION ALL SELECT n.person FROM new_rows n) u;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION facts_changed() IS 'trigger of the fact tables: recomputes the records of people whose facts were changed';

CREATE FUNCTION facts_truncated() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    PERFORM cccd_gate.rebuild_health();
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION facts_truncated() IS 'trigger of the fact tables: recomputes all records';

CREATE FUNCTION doses_arrived() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    INSERT INTO cccd_gate.health AS h (person, record)
    SELECT n.person, cccd_health_agg('dose', n.at, n.disease, n.product, NULL, NULL, n.source, n.signed, n.number, NULL)
    FROM new_rows n
    GROUP BY n.person
    ORDER BY n.person
    ON CONFLICT ON CONSTRAINT health_pkey DO UPDATE SET record = cccd_health_merge(h.record, excluded.record)
    WHERE cccd_health_merge(h.record, excluded.record) <> h.record;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION doses_arrived() IS 'trigger of dose: merges new doses into the records';

CREATE FUNCTION tests_arrived() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    INSERT INTO cccd_gate.health AS h (person, record)
    SELECT n.person, cccd_health_agg('test', n.at, n.disease, nullif(n.kind, 'unknown'), n.result, NULL, n.source, n.signed, NULL, NULL)
    FROM new_rows n
    GROUP BY n.person
    ORDER BY n.person
    ON CONFLICT ON CONSTRAINT health_pkey DO UPDATE SET record = cccd_health_merge(h.record, excluded.record)
    WHERE cccd_health_merge(h.record, excluded.record) <> h.record;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION tests_arrived() IS 'trigger of test: merges new tests into the records';

CREATE FUNCTION episodes_arrived() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    INSERT INTO cccd_gate.health AS h (person, record)
    SELECT n.person, cccd_health_agg(TG_TABLE_NAME, n.at, n.disease, NULL, NULL, n.until, n.source, n.signed, NULL, NULL)
    FROM new_rows n
    GROUP BY n.person
    ORDER BY n.person
    ON CONFLICT ON CONSTRAINT health_pkey DO UPDATE SET record = cccd_health_merge(h.record, excluded.record)
    WHERE cccd_health_merge(h.record, excluded.record) <> h.record;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION episodes_arrived() IS 'trigger of recovery, isolation, exposure and contraindication, whose name is the kind of fact: merges new rows into the records';

CREATE TRIGGER dose_arrived AFTER INSERT ON dose REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION doses_arrived();
CREATE TRIGGER dose_changed AFTER UPDATE ON dose REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION facts_changed();
CREATE TRIGGER dose_taken AFTER DELETE ON dose REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION facts_taken();
CREATE TRIGGER dose_truncated AFTER TRUNCATE ON dose
    FOR EACH STATEMENT EXECUTE FUNCTION facts_truncated();
COMMENT ON TRIGGER dose_arrived ON dose IS 'merges new rows into health';
COMMENT ON TRIGGER dose_changed ON dose IS 'recomputes health for changed rows';
COMMENT ON TRIGGER dose_taken ON dose IS 'recomputes health for deleted rows';
COMMENT ON TRIGGER dose_truncated ON dose IS 'recomputes health';
CREATE TRIGGER test_arrived AFTER INSERT ON test REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION tests_arrived();
CREATE TRIGGER test_changed AFTER UPDATE ON test REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION facts_changed();
CREATE TRIGGER test_taken AFTER DELETE ON test REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION facts_taken();
CREATE TRIGGER test_truncated AFTER TRUNCATE ON test
    FOR EACH STATEMENT EXECUTE FUNCTION facts_truncated();
COMMENT ON TRIGGER test_arrived ON test IS 'merges new rows into health';
COMMENT ON TRIGGER test_changed ON test IS 'recomputes health for changed rows';
COMMENT ON TRIGGER test_taken ON test IS 'recomputes health for deleted rows';
COMMENT ON TRIGGER test_truncated ON test IS 'recomputes health';
CREATE TRIGGER recovery_arrived AFTER INSERT ON recovery REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION episodes_arrived();
CREATE TRIGGER recovery_changed AFTER UPDATE ON recovery REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION facts_changed();
CREATE TRIGGER recovery_taken AFTER DELETE ON recovery REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION facts_taken();
CREATE TRIGGER recovery_truncated AFTER TRUNCATE ON recovery
    FOR EACH STATEMENT EXECUTE FUNCTION facts_truncated();
COMMENT ON TRIGGER recovery_arrived ON recovery IS 'merges new rows into health';
COMMENT ON TRIGGER recovery_changed ON recovery IS 'recomputes health for changed rows';
COMMENT ON TRIGGER recovery_taken ON recovery IS 'recomputes health for deleted rows';
COMMENT ON TRIGGER recovery_truncated ON recovery IS 'recomputes health';
CREATE TRIGGER isolation_arrived AFTER INSERT ON isolation REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION episodes_arrived();
CREATE TRIGGER isolation_changed AFTER UPDATE ON isolation REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION facts_changed();
CREATE TRIGGER isolation_taken AFTER DELETE ON isolation REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION facts_taken();
CREATE TRIGGER isolation_truncated AFTER TRUNCATE ON isolation
    FOR EACH STATEMENT EXECUTE FUNCTION facts_truncated();
COMMENT ON TRIGGER isolation_arrived ON isolation IS 'merges new rows into health';
COMMENT ON TRIGGER isolation_changed ON isolation IS 'recomputes health for changed rows';
COMMENT ON TRIGGER isolation_taken ON isolation IS 'recomputes health for deleted rows';
COMMENT ON TRIGGER isolation_truncated ON isolation IS 'recomputes health';
CREATE TRIGGER exposure_arrived AFTER INSERT ON exposure REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION episodes_arrived();
CREATE TRIGGER exposure_changed AFTER UPDATE ON exposure REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION facts_changed();
CREATE TRIGGER exposure_taken AFTER DELETE ON exposure REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION facts_taken();
CREATE TRIGGER exposure_truncated AFTER TRUNCATE ON exposure
    FOR EACH STATEMENT EXECUTE FUNCTION facts_truncated();
COMMENT ON TRIGGER exposure_arrived ON exposure IS 'merges new rows into health';
COMMENT ON TRIGGER exposure_changed ON exposure IS 'recomputes health for changed rows';
COMMENT ON TRIGGER exposure_taken ON exposure IS 'recomputes health for deleted rows';
COMMENT ON TRIGGER exposure_truncated ON exposure IS 'recomputes health';
CREATE TRIGGER contraindication_arrived AFTER INSERT ON contraindication REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION episodes_arrived();
CREATE TRIGGER contraindication_changed AFTER UPDATE ON contraindication REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION facts_changed();
CREATE TRIGGER contraindication_taken AFTER DELETE ON contraindication REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION facts_taken();
CREATE TRIGGER contraindication_truncated AFTER TRUNCATE ON contraindication
    FOR EACH STATEMENT EXECUTE FUNCTION facts_truncated();
COMMENT ON TRIGGER contraindication_arrived ON contraindication IS 'merges new rows into health';
COMMENT ON TRIGGER contraindication_changed ON contraindication IS 'recomputes health for changed rows';
COMMENT ON TRIGGER contraindication_taken ON contraindication IS 'recomputes health for deleted rows';
COMMENT ON TRIGGER contraindication_truncated ON contraindication IS 'recomputes health';
