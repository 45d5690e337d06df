-- events by a timetable: trips of a line, shifts of a factory, lessons

CREATE FUNCTION timetable_entry(entry jsonb, OUT starts_at time, OUT lasts interval, OUT doors interval, OUT suffix text, OUT weekdays int[], OUT settings jsonb)
    LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF jsonb_typeof($1) <> 'object' THEN
        RAISE EXCEPTION 'a timetable must be an array of objects' USING ERRCODE = 'invalid_parameter_value';
    ELSIF EXISTS (SELECT FROM jsonb_each($1) m
                  WHERE m.key IN ('at', 'lasts', 'doors', 'code') AND jsonb_typeof(m.value) NOT IN ('string', 'null')) THEN
        RAISE EXCEPTION '"at", "lasts", "doors" and "code" must be strings' USING ERRCODE = 'invalid_parameter_value',
            HINT = 'For example {"at": "05:30", "lasts": "45 minutes"}.';
    END IF;
    starts_at := ($1->>'at')::time;
    lasts := ($1->>'lasts')::interval;
    doors := ($1->>'doors')::interval;
    suffix := nullif($1->>'code', '');
    -- every day where nothing is said
    IF jsonb_typeof($1->'weekdays') = 'array' THEN
        weekdays := ARRAY(SELECT d.day::int FROM jsonb_array_elements_text($1->'weekdays') d(day));
    ELSIF $1->>'weekdays' IS NULL THEN
        weekdays := '{1,2,3,4,5,6,7}';
    END IF;
    settings := $1 - '{at,lasts,doors,code,weekdays}'::text[];
    IF starts_at IS NULL OR lasts IS NULL THEN
        RAISE EXCEPTION 'an entry of a timetable needs "at" and "lasts"' USING ERRCODE = 'invalid_parameter_value',
            HINT = 'For example {"at": "05:30", "lasts": "45 minutes"}.';
    ELSIF lasts <= '0' OR lasts > '7 days' OR doors < '0' OR doors > '7 days' THEN
        RAISE EXCEPTION '"lasts" must be above 0, "doors" not below, and both at most 7 days' USING ERRCODE = 'invalid_parameter_value';
    ELSIF (weekdays <> '{}' AND weekdays <@ '{1,2,3,4,5,6,7}') IS NOT TRUE THEN
        RAISE EXCEPTION '"weekdays" must be an array of numbers from 1, Monday, to 7, Sunday' USING ERRCODE = 'invalid_parameter_value';
    ELSIF settings ?| '{starts,ends,judged_at,status}' THEN
        RAISE EXCEPTION 'a timetable says "at", "lasts" and "doors", not when an event starts or ends' USING ERRCODE = 'invalid_parameter_value';
    END IF;
END
$$;
COMMENT ON FUNCTION timetable_entry(jsonb) IS
    'reads an entry of a timetable for plan_events(); error 22023 for one that is wrong, 22P02, 22007 or 22008 for a value of another form';

CREATE FUNCTION copy_event(template int, planned int) RETURNS void
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    INSERT INTO cccd_gate.gate AS o (event, gate, name, from_zone, to_zone)
    SELECT $2, g.gate, g.name, g.from_zone, g.to_zone FROM cccd_gate.gate g WHERE g.event = $1 ORDER BY g.gate
    ON CONFLICT ON CONSTRAINT gate_pkey DO UPDATE SET name = excluded.name, from_zone = excluded.from_zone, to_zone = excluded.to_zone
    WHERE (o.name, o.from_zone, o.to_zone) IS DISTINCT FROM (excluded.name, excluded.from_zone, excluded.to_zone);
    INSERT INTO cccd_gate.event_evidence AS o (event, document_kind, minimum)
    SELECT $2, v.document_kind, v.minimum FROM cccd_gate.event_evidence v WHERE v.event = $1 ORDER BY v.document_kind
    ON CONFLICT ON CONSTRAINT event_evidence_pkey DO UPDATE SET minimum = excluded.minimum
    WHERE o.minimum <> excluded.minimum;
    INSERT INTO cccd_gate.ticket AS o (event, person, gate, seat, cancelled)
    SELECT $2, t.person, t.gate, t.seat, t.cancelled FROM cccd_gate.ticket t
    WHERE t.event = $1 AND t.person IS NOT NULL AND t.number IS NULL AND t.secret_hash IS NULL
      AND (NOT t.cancelled OR EXISTS (SELECT FROM cccd_gate.ticket h WHERE h.event = $2 AND h.person = t.person))
    ORDER BY t.person
    ON CONFLICT (event, person) WHERE number IS NULL AND secret_hash IS NULL
    DO UPDATE SET gate = excluded.gate, seat = excluded.seat, cancelled = excluded.cancelled
    WHERE (o.gate, o.seat, o.cancelled) IS DISTINCT FROM (excluded.gate, excluded.seat, excluded.cancelled);
END
$$;
COMMENT ON FUNCTION copy_event(int, int) IS
    'gives an event (event.event) the gates, the least evidence for kinds of documents and the guest list of another. A guest whom the other one cancelled is cancelled; what only this one has stays';

CREATE FUNCTION plan_events(template text, days daterange, timetable jsonb)
    RETURNS TABLE (event text, starts timestamptz, change text)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    most_events CONSTANT int := 5000;
    source CONSTANT int := cccd_gate.organised($1);
    common jsonb;
    home int;
    planned text[] := '{}';
    r record;
    stands boolean;
BEGIN
    IF jsonb_typeof($3) IS DISTINCT FROM 'array' THEN
        RAISE EXCEPTION 'a timetable must be an array of objects' USING ERRCODE = 'invalid_parameter_value';
    ELSIF (isfinite(lower($2)) AND isfinite(upper($2))) IS NOT TRUE THEN
        RAISE EXCEPTION 'the days must have a beginning and an end' USING ERRCODE = 'invalid_parameter_value';
    ELSIF (upper($2) - lower($2))::bigint * greatest(jsonb_array_length($3), 1) > most_events THEN
        RAISE EXCEPTION 'too many events' USING ERRCODE = 'program_limit_exceeded',
            HINT = format('At most %s are planned in one call: give fewer days.', most_events);
    END IF;
    SELECT to_jsonb(e) - '{event,code,starts,ends,doors,judged_at,status,rule_digest,unit}'::text[], e.unit
    INTO common, home
    FROM cccd_gate.event e WHERE e.event = source;
    FOR r IN
        SELECT concat_ws('-', $1, to_char(d.day, 'YYYYMMDD'), to_char(t.starts_at, 'HH24MI'), t.suffix) AS code,
               m.begins, m.begins + t.lasts AS ends, m.begins - t.doors AS doors, t.settings,
               -- of a unit that has ended, what it is part of
               coalesce((SELECT u.code FROM cccd_gate.unit_chain(home, cccd_gate.local_day(m.begins)) c JOIN cccd_gate.unit u USING (unit)
                         ORDER BY c.depth DESC LIMIT 1),
                        (SELECT u.code FROM cccd_gate.unit u WHERE u.unit = home)) AS unit
        FROM jsonb_array_elements($3) WITH ORDINALITY x(entry, line)
        CROSS JOIN LATERAL cccd_gate.timetable_entry(x.entry) t
        -- the days and hours of Viet Nam, whatever those of the session are
        CROSS JOIN LATERAL generate_series(0, upper($2) - lower($2) - 1) n(days)
        CROSS JOIN LATERAL (SELECT lower($2) + n.days) d(day)
        CROSS JOIN LATERAL (SELECT (d.day + t.starts_at) AT TIME ZONE interval '7 hours' AS begins) m
        WHERE extract(isodow FROM d.day) = ANY (t.weekdays)
        ORDER BY m.begins, x.line
    LOOP
        IF r.code = ANY (planned) THEN
            RAISE EXCEPTION 'two entries of the timetable make the same event' USING ERRCODE = 'invalid_parameter_value',
                HINT = 'Give entries that begin in the same minute different values of "code".';
        END IF;
        planned := planned || r.code;
        event := r.code;
        starts := r.begins;
        -- what has begun stays as it is; of somebody else's save_event() says that there is none
        stands := EXISTS (SELECT FROM cccd_gate.event e WHERE e.code = r.code AND least(e.doors, e.starts) <= clock_timestamp()
                                                          AND cccd_gate.has_duty('{organiser}', e.event));
        IF stands THEN
            change := 'none';
        ELSE
            change := CASE WHEN cccd_gate.save_event(r.code, common || jsonb_build_object('unit', r.unit) || r.settings || jsonb_build_object(
                'starts', r.begins, 'ends', r.ends, 'doors', r.doors)) THEN 'new' ELSE 'changed' END;
            PERFORM cccd_gate.copy_event(source, cccd_gate.event_key(r.code));
        END IF;
        RETURN NEXT;
    END LOOP;
END
$$;
COMMENT ON FUNCTION plan_events(text, daterange, jsonb) IS
    'makes an event of each entry of a timetable on each day, or changes those that are planned and have not begun, all like another event. Arguments: event.code of the template, whose settings, gates, least evidence and guest list each event gets; days in Viet Nam, with a beginning and an end; an array of objects with "at" (time in Viet Nam) and "lasts", and as wanted "doors" (how long before people are let in), "weekdays" (1 Monday to 7 Sunday; every day by default), "code" (end of the event''s code, needed where two begin in the same minute) and settings of save_event(), such as venue for the vehicle. Returns codes (template, day, time, code, separated by -), when each begins, and new, changed or none. Errors: those of save_event(), 22023 a timetable that is wrong, 54000 more than 5,000 events. For organisers of all events';
