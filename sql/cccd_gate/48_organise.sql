-- events and gates, by whom they are organised

CREATE FUNCTION save_event(event text, settings jsonb) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    known CONSTANT text[] := '{name,venue,activity,unit,level,doors,starts,ends,judged_at,capacity,area,rule_code,rule,minimum_evidence,ticket_required,challenge_lifetime,entries,status,entering_is_judged,leaving_is_judged,register_checked,claims_per_minute,refusals_per_minute}';
    strange CONSTANT text := (SELECT min(k) FROM jsonb_object_keys($2) k WHERE k <> ALL (known));
    e cccd_gate.event;
    created boolean;
    wrong text;
    missing text;
BEGIN
    SELECT x.* INTO e FROM cccd_gate.event x WHERE x.code = $1 FOR UPDATE;
    created := e.event IS NULL;
    IF $1 IS NULL OR NOT cccd_gate.has_duty('{organiser}', e.event) THEN
        RAISE EXCEPTION 'unknown event' USING ERRCODE = 'invalid_parameter_value';
    ELSIF strange IS NOT NULL THEN
        RAISE EXCEPTION 'unknown setting of an event' USING ERRCODE = 'invalid_parameter_value',
            HINT = format('Settings are %s.', array_to_string(known, ', '));
    END IF;
    -- the published rule, where none is written out
    e := jsonb_populate_record(e, (SELECT jsonb_build_object('rule', b.rule::text) FROM cccd_gate.rule_book b
                                   WHERE b.code = $2->>'rule_code' AND NOT $2 ? 'rule'));
    e := jsonb_populate_record(e, $2 - 'unit');
    IF $2 ? 'unit' THEN
        e.unit := cccd_gate.unit_key($2->>'unit', cccd_gate.local_day(coalesce(e.judged_at, e.starts)));
        IF e.unit IS NULL AND $2->>'unit' IS NOT NULL THEN
            RAISE EXCEPTION 'unknown unit' USING ERRCODE = 'invalid_parameter_value',
                HINT = 'Name it by its official code, two digits of a province, five of a commune, as on the day of the event.';
        END IF;
    END IF;
    IF created THEN
        INSERT INTO cccd_gate.event (code, name, starts, judged_at, capacity, activity, unit, level, rule)
        VALUES ($1, e.name, e.starts, e.judged_at, e.capacity, e.activity, e.unit, e.level, e.rule);
        SELECT (jsonb_populate_record(x, $2 - 'unit')).* INTO e FROM cccd_gate.event x WHERE x.code = $1;
    END IF;
    UPDATE cccd_gate.event x
    SET name = e.name, venue = e.venue, activity = e.activity, unit = e.unit, level = e.level, doors = e.doors, starts = e.starts,
        ends = e.ends, judged_at = e.judged_at, capacity = e.capacity, area = e.area, rule_code = e.rule_code, rule = e.rule,
        minimum_evidence = e.minimum_evidence, ticket_required = e.ticket_required, challenge_lifetime = e.challenge_lifetime,
        entries = e.entries, status = e.status, entering_is_judged = e.entering_is_judged, leaving_is_judged = e.leaving_is_judged, register_checked = e.register_checked,
        claims_per_minute = e.claims_per_minute, refusals_per_minute = e.refusals_per_minute
    WHERE x.code = $1;
    RETURN created;
EXCEPTION WHEN not_null_violation OR check_violation OR foreign_key_violation THEN
    -- without the row, which may hold anything
    GET STACKED DIAGNOSTICS wrong = CONSTRAINT_NAME, missing = COLUMN_NAME;
    RAISE EXCEPTION 'invalid setting of an event: %', cccd_gate.setting_problem(wrong, missing) USING ERRCODE = SQLSTATE;
END
$$;
COMMENT ON FUNCTION save_event(text, jsonb) IS
    'makes an event, or changes one. Arguments: event.code; an object of columns of event, of which those that are not named stay as they are, or get their default; rule_code alone takes the published rule; unit is an official code; a rule that is null follows the book, which takes activity and unit. Returns whether it is new. A new one needs the duty organiser for all events. Errors: 22023 another setting, an unknown unit, a cited rule that is not in force for the event (with the reason), an event that does not exist to who has no duty there; 22P02 a value of another form, 23502 name, starts or capacity missing, 23514 a value out of range, 23503 a rule that is not in the book';

CREATE FUNCTION organised(event text) RETURNS int
    LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    key CONSTANT int := cccd_gate.event_key($1);
BEGIN
    IF key IS NULL OR NOT cccd_gate.has_duty('{organiser}', key) THEN
        RAISE EXCEPTION 'unknown event' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    RETURN key;
END
$$;
COMMENT ON FUNCTION organised(text) IS
    'event.event of an event that the acting role organises; error 22023 for others, as for those that do not exist';

CREATE FUNCTION save_gate(event text, gate text, name text DEFAULT NULL, from_zone text DEFAULT NULL, to_zone text DEFAULT NULL) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    key CONSTANT int := cccd_gate.organised($1);
    wrong text;
    missing text;
BEGIN
    INSERT INTO cccd_gate.gate AS g (event, gate, name, from_zone, to_zone) VALUES (key, $2, $3, $4, $5)
    ON CONFLICT ON CONSTRAINT gate_pkey DO UPDATE SET name = excluded.name, from_zone = excluded.from_zone, to_zone = excluded.to_zone;
EXCEPTION WHEN not_null_violation OR check_violation OR foreign_key_violation THEN
    -- without the row, which may hold anything
    GET STACKED DIAGNOSTICS wrong = CONSTRAINT_NAME, missing = COLUMN_NAME;
    RAISE EXCEPTION 'invalid setting of an event: %', cccd_gate.setting_problem(wrong, missing) USING ERRCODE = SQLSTATE;
END
$$;
COMMENT ON FUNCTION save_gate(text, text, text, text, text) IS
    'makes a gate of an event, or changes it. Arguments: event.code; gate; what the sign says; the zone that people come from, NULL: outside; the zone that it leads to, NULL: the event as a whole. Errors: 22023 an event of somebody else, or none; 23514 a gate that leads nowhere else';

CREATE FUNCTION remove_gate(event text, gate text) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    key CONSTANT int := cccd_gate.organised($1);
BEGIN
    DELETE FROM cccd_gate.gate g WHERE g.event = key AND g.gate = $2;
    RETURN FOUND;
END
$$;
COMMENT ON FUNCTION remove_gate(text, text) IS
    'removes a gate of an event; the log goes on naming it. Arguments: event.code, gate. Returns whether there was one. Errors: 22023 an event of somebody else, or none; 23503 tickets are for this gate';

CREATE FUNCTION save_evidence(event text, document_kind text, minimum text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    key CONSTANT int := cccd_gate.organised($1);
    wrong text;
    missing text;
BEGIN
    IF $3 IS NULL THEN
        DELETE FROM cccd_gate.event_evidence v WHERE v.event = key AND v.document_kind = $2;
    ELSE
        INSERT INTO cccd_gate.event_evidence AS v (event, document_kind, minimum) VALUES (key, $2, $3)
        ON CONFLICT ON CONSTRAINT event_evidence_pkey DO UPDATE SET minimum = excluded.minimum;
    END IF;
EXCEPTION WHEN not_null_violation OR check_violation OR foreign_key_violation THEN
    -- without the row, which may hold anything
    GET STACKED DIAGNOSTICS wrong = CONSTRAINT_NAME, missing = COLUMN_NAME;
    RAISE EXCEPTION 'invalid setting of an event: %', cccd_gate.setting_problem(wrong, missing) USING ERRCODE = SQLSTATE;
END
$$;
COMMENT ON FUNCTION save_evidence(text, text, text) IS
    'sets the least evidence of identity of an event for a kind of document, where it is not that of the event. Arguments: event.code, kind of document, evidence (NULL: as the event has it). Errors: 22023 an event of somebody else, or none; 23514 another kind or evidence';
