-- value sets: what the codes of health certificates are called in rules
--
-- The names that a release knows stand in the library (cccd_code_list).  This
-- table adds what was authorised since: load the value sets that the eHealth
-- Network publishes, and give a name, or a number of your own, to what has none.

CREATE TABLE value_set (
    set_id text NOT NULL,
    code text NOT NULL,
    version text,
    display text,
    active boolean,
    kind text,
    name text,
    CONSTRAINT value_set_pkey PRIMARY KEY (set_id, code),
    CONSTRAINT value_set_name CHECK (name IS NULL OR (kind IS NOT NULL AND cccd_code(kind, name) IS NOT NULL))
);
COMMENT ON TABLE value_set IS 'codes of health certificates; load_value_set() fills it, names may be edited';
COMMENT ON COLUMN value_set.set_id IS 'the value set''s identifier, as vaccines-covid-19-names';
COMMENT ON COLUMN value_set.code IS 'code in a certificate';
COMMENT ON COLUMN value_set.version IS 'date of the value set that was loaded last';
COMMENT ON COLUMN value_set.display IS 'what the value set calls it';
COMMENT ON COLUMN value_set.active IS 'whether the value set says that the code is in use';
COMMENT ON COLUMN value_set.kind IS 'kind of name in rules: disease, product, test or result; null if rules have none';
COMMENT ON COLUMN value_set.name IS 'name in rules, or #NNN, a number of your own; null: certificates with this code give no product, and no fact about an unknown disease';
COMMENT ON CONSTRAINT value_set_pkey ON value_set IS 'a code stands once in its set';
COMMENT ON CONSTRAINT value_set_name ON value_set IS 'a name is one that rules know';
SELECT pg_extension_config_dump('value_set', '');

CREATE FUNCTION load_value_set(list jsonb) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    loaded integer;
BEGIN
    PERFORM cccd_gate.require_admin('load_value_set');
    INSERT INTO cccd_gate.value_set AS v (set_id, code, version, display, active, kind, name)
    SELECT s.set_id, s.code, s.version, s.display, s.active, s.kind, s.name
    FROM cccd_value_set(list) s WHERE s.set_id IS NOT NULL
    -- a name that was given here stays
    ON CONFLICT (set_id, code) DO UPDATE
    SET version = EXCLUDED.version, display = EXCLUDED.display, active = EXCLUDED.active, kind = EXCLUDED.kind,
        name = coalesce(v.name, EXCLUDED.name);
    GET DIAGNOSTICS loaded = ROW_COUNT;
    IF loaded = 0 THEN
        RAISE EXCEPTION 'list is not a value set' USING ERRCODE = 'invalid_parameter_value',
            HINT = 'A value set is an object with valueSetId, valueSetDate and valueSetValues.';
    END IF;
    RETURN loaded;
END $$;
COMMENT ON FUNCTION load_value_set(jsonb) IS
    'takes a value set in the JSON form of the eHealth Network; existing codes get its version and keep a name that was given; returns how many codes it has; error 22023 if list is not a value set';

CREATE FUNCTION value_sets() RETURNS jsonb
    LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RETURN (SELECT coalesce(jsonb_object_agg(s.kind, s.names), '{}')
            FROM (SELECT v.kind, jsonb_object_agg(v.code, v.name) AS names
                  FROM cccd_gate.value_set v WHERE v.name IS NOT NULL GROUP BY v.kind) s);
END
$$;
COMMENT ON FUNCTION value_sets() IS
    'the names of all codes, as cccd_health_from_certificates takes them';
