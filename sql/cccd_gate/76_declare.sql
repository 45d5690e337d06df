-- health declarations: what people say of themselves at a gate or the desk
--
-- A declaration is stored as facts of source declared, which outranks nothing.
-- Who declares is not told whether the register knows the number: the answer
-- is the same, and what is declared for a number without its holder's name and
-- birth date is not stored.

CREATE TABLE declaration (
    request_id uuid PRIMARY KEY,
    event int NOT NULL,
    gate text NOT NULL,
    role text NOT NULL,
    officer text,
    declared_at timestamptz NOT NULL,
    ends timestamptz NOT NULL,
    CONSTRAINT declaration_ends CHECK (ends > declared_at)
);
CREATE INDEX declaration_gate ON declaration (event, gate, role, declared_at);
COMMENT ON TABLE declaration IS
    'one row a health declaration that was taken: makes a repeated request find its answer, and counts those of a gate. Whose it is, and what it says, is in fact alone';
COMMENT ON COLUMN declaration.request_id IS 'the caller''s request id';
COMMENT ON COLUMN declaration.event IS 'event.event; no foreign key, which would lock the row of the event';
COMMENT ON COLUMN declaration.gate IS 'the gate';
COMMENT ON COLUMN declaration.role IS 'the acting role';
COMMENT ON COLUMN declaration.officer IS 'the officer who took it, as the role said; NULL: the role itself';
COMMENT ON COLUMN declaration.declared_at IS 'when, by the server''s clock';
COMMENT ON COLUMN declaration.ends IS 'until when its facts hold, exclusive';
COMMENT ON INDEX declaration_gate IS 'how many a role has taken at a gate';
COMMENT ON CONSTRAINT declaration_pkey ON declaration IS 'one request, one declaration';
COMMENT ON CONSTRAINT declaration_ends ON declaration IS 'it ends after it begins';

CREATE FUNCTION declared_level(units int[], at timestamptz) RETURNS smallint
    LANGUAGE sql STABLE
BEGIN ATOMIC
    WITH chain AS MATERIALIZED (
        SELECT DISTINCT u.unit AS place, c.unit, c.depth
        FROM unnest(declared_level.units) u(unit)
        CROSS JOIN (VALUES (declared_level.at), (declared_level.at - interval '14 days')) e(moment)
        CROSS JOIN LATERAL unit_chain(u.unit, local_day(e.moment)) c
    ), held AS MATERIALIZED (
        SELECT c.place, c.depth, l.level, l.valid * w.days AS during
        FROM chain c
        CROSS JOIN (VALUES (tstzrange(declared_level.at - interval '14 days', declared_level.at, '[]'))) w(days)
        JOIN unit_level l ON int4range(l.unit, l.unit, '[]') && int4range(c.unit, c.unit, '[]') AND l.valid && w.days
    )
    SELECT max(h.level)
    FROM held h
    -- as long as a part has a level of its own, that of the whole is not in force there
    WHERE NOT tstzmultirange(h.during)
              <@ coalesce((SELECT range_agg(o.during) FROM held o WHERE o.place = h.place AND o.depth > h.depth), '{}');
END;
COMMENT ON FUNCTION declared_level(int[], timestamptz) IS
    'the highest epidemic level that units (unit.unit) had in the 14 days up to a moment; NULL if none is known';

CREATE FUNCTION declared_places(places jsonb, at timestamptz) RETURNS int[]
    LANGUAGE sql STABLE
BEGIN ATOMIC
    -- a unit that has ended meanwhile was one when somebody was there
    SELECT CASE WHEN bool_and(jsonb_typeof(p.place) = 'string' AND k.unit IS NOT NULL) IS NOT FALSE
                THEN coalesce(array_agg(DISTINCT k.unit) FILTER (WHERE k.unit IS NOT NULL), '{}') END
    FROM jsonb_array_elements(CASE WHEN jsonb_typeof(declared_places.places) = 'array' AND jsonb_array_length(declared_places.places) <= 64
                                   THEN declared_places.places ELSE '[0]' END) p(place)
    CROSS JOIN LATERAL (SELECT coalesce(unit_key(p.place #>> '{}', local_day(declared_places.at)),
                                        unit_key(p.place #>> '{}', local_day(declared_places.at - interval '14 days'))) AS unit) k;
END;
COMMENT ON FUNCTION declared_places(jsonb, timestamptz) IS
    'the units (unit.unit) that an array of at most 64 official codes names, today or 14 days before the moment; NULL if it is not such an array, or a code names none';

CREATE FUNCTION declared_names(answers jsonb, at timestamptz) RETURNS text[]
    LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    given CONSTANT jsonb := CASE WHEN jsonb_typeof($1) = 'object' THEN jsonb_strip_nulls($1) ELSE '{}' END;
    units int[];
BEGIN
    IF given = '{}' OR given - '{symptoms,contact,places}'::text[] <> '{}'
        OR jsonb_typeof(given->'symptoms') <> 'boolean' OR jsonb_typeof(given->'contact') <> 'boolean' THEN
        RETURN NULL;
    END IF;
    IF given ? 'places' THEN
        units := cccd_gate.declared_places(given->'places', $2);
        IF units IS NULL THEN
            RETURN NULL;
        END IF;
    END IF;
    RETURN array_remove(ARRAY[
        CASE given->'symptoms' WHEN 'true' THEN 'symptoms' WHEN 'false' THEN 'no_symptoms' END,
        CASE given->'contact' WHEN 'true' THEN 'contact' WHEN 'false' THEN 'no_contact' END,
        CASE WHEN units = '{}' THEN 'no_travel' WHEN units IS NOT NULL THEN 'travel' END,
        'travel_level_' || cccd_gate.declared_level(units, $2)], NULL);
END
$$;
COMMENT ON FUNCTION declared_names(jsonb, timestamptz) IS
    'what the answers of a health declaration say, as cccd_code_list() names declarations; NULL if they are not valid. Arguments: answers as of declare(), the moment';

CREATE FUNCTION declared_question(name text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT substring(name, '^(?:no_)?(symptoms|contact|travel)');
END;
COMMENT ON FUNCTION declared_question(text) IS
    'the question that a declaration answers: symptoms, contact or travel; NULL: another one';

CREATE FUNCTION declaring_holder(scan text, OUT person bigint, OUT problem text)
    LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    c record;
BEGIN
    SELECT d.kind, d.id, d.old_id, cccd_name_key(d.name) AS name_key, d.birth_date, d.flags INTO c FROM cccd_card_from_scan($1) d;
    -- a personal code with a passport does not say which state's it is
    problem := CASE WHEN num_nonnulls(c.id, c.old_id) = 0 AND c.kind IS DISTINCT FROM 'personal' THEN 'scan_unreadable'
                    WHEN num_nonnulls(c.id, c.old_id) = 0 OR coalesce(c.name_key, '') = '' OR c.birth_date IS NULL THEN 'scan_incomplete' END;
    IF problem IS NOT NULL THEN
        RETURN;
    ELSIF c.id IS NULL THEN
        SELECT k.person INTO person FROM cccd_gate.holder_by_document('old_id', 'VNM', c.old_id, c.name_key, c.birth_date, 'day') k;
    ELSE
        SELECT p.person INTO person
        FROM cccd_gate.identity_number n JOIN cccd_gate.person p ON p.person = n.person
        WHERE n.id = c.id AND n.status = 'current' AND cccd_gate.birth_dates_agree(p.birth_date, p.birth_precision, c.birth_date, 'day')
          AND (p.name_key = c.name_key OR c.flags && '{name_truncated}' AND starts_with(p.name_key, c.name_key));
    END IF;
    person := cccd_gate.merged_person(person);
END
$$;
COMMENT ON FUNCTION declaring_holder(text) IS
    'who shows this: the person whose current number, name and birth date are those of a card, NULL if the register has nobody with all three; scan_unreadable if it names nobody, scan_incomplete if it leaves out name or birth date, which says nothing of the register';

CREATE FUNCTION keep_declaration(person bigint, names text[], starts timestamptz, ends timestamptz) RETURNS void
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    asked CONSTANT text[] := ARRAY(SELECT cccd_gate.declared_question(n) FROM unnest($2) n);
    replaced bigint[];
BEGIN
    -- what reassured before is taken back; what warned before ends
    PERFORM cccd_gate.withdraw_facts(ARRAY(
        SELECT f.fact FROM cccd_gate.current_fact f
        WHERE f.person = $1 AND f.kind = 'declaration' AND f.source = 'declared'
          AND cccd_gate.declared_question(f.code) = ANY (asked) AND f.code <> ALL ($2) AND starts_with(f.code, 'no_')));
    replaced := ARRAY(
        SELECT f.fact FROM cccd_gate.current_fact f
        WHERE f.person = $1 AND f.kind = 'declaration' AND f.source = 'declared'
          AND (f.code = ANY ($2)
               OR cccd_gate.declared_question(f.code) = ANY (asked) AND (f.ends > greatest($3, f.starts + interval '1 second')) IS NOT FALSE)
        ORDER BY f.fact);
    UPDATE cccd_gate.fact f SET superseded_at = greatest(clock_timestamp(), f.learned_at) WHERE f.fact = ANY (replaced);
    INSERT INTO cccd_gate.fact (person, kind, starts, ends, code, source)
    SELECT f.person, f.kind, f.starts, greatest($3, f.starts + interval '1 second'), f.code, f.source
    FROM cccd_gate.fact f WHERE f.fact = ANY (replaced) AND f.code <> ALL ($2)
    UNION ALL
    SELECT $1, 'declaration', $3, $4, n, 'declared' FROM unnest($2) n;
EXCEPTION WHEN program_limit_exceeded THEN
    -- the record is full.  To say so would say that there is one
    NULL;
END
$$;
COMMENT ON FUNCTION keep_declaration(bigint, text[], timestamptz, timestamptz) IS
    'stores what a person declares: names, from when on and until when. Of the same question an earlier no_… is taken back and another earlier answer that still holds ends. Changes nothing if the record is full';

CREATE FUNCTION declaration_problem(event int, gate text, at timestamptz) RETURNS text
    LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT 'too_many_attempts'
    FROM event e
    WHERE e.event = declaration_problem.event AND e.claims_per_minute > 0
      AND e.claims_per_minute <= (SELECT count(*) FROM declaration d
                                  WHERE d.event = declaration_problem.event AND d.gate = declaration_problem.gate
                                    AND d.role = acting_role() AND d.declared_at > declaration_problem.at - interval '1 minute');
END;
COMMENT ON FUNCTION declaration_problem(int, text, timestamptz) IS
    'too_many_attempts if the acting role has taken as many declarations at a gate within a minute as event.claims_per_minute allows; else NULL';

CREATE FUNCTION declare(event text, gate text, request_id uuid, scan text, answers jsonb, officer text DEFAULT NULL,
    valid_for interval DEFAULT '24 hours',
    OUT accepted boolean, OUT ends timestamptz, OUT problem text, OUT problem_vi text, OUT problem_en text)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    moment CONSTANT timestamptz := date_trunc('second', clock_timestamp());
    actor CONSTANT text := cccd_gate.acting_role();
    e record;
    taken cccd_gate.declaration;
    names text[];
    holder record;
BEGIN
    PERFORM cccd_gate.force_durable();
    SELECT v.event, g.gate INTO e FROM cccd_gate.event v
    LEFT JOIN cccd_gate.gate g ON g.event = v.event AND g.gate = $2
    WHERE v.code = $1;
    problem := coalesce(cccd_gate.door_problem('{gate,desk}', e.event),
                        CASE WHEN $3 IS NULL OR (extract(epoch FROM $7) BETWEEN 60 AND 14 * 86400) IS NOT TRUE THEN 'bad_request'
                             WHEN e.gate IS NULL THEN 'gate_unknown'
                             WHEN NOT cccd_gate.officer_stands($6, '{gate,desk}', e.event) THEN 'officer_unknown' END);
    IF problem IS NULL THEN
        -- lock: request
        PERFORM pg_advisory_xact_lock(uuid_hash_extended($3, 1667457891));
        SELECT d.* INTO taken FROM cccd_gate.declaration d WHERE d.request_id = $3;
        IF FOUND THEN
            problem := CASE WHEN (taken.event, taken.gate, taken.role) <> (e.event, e.gate, actor) THEN 'request_id_reused' END;
            ends := CASE WHEN problem IS NULL THEN taken.ends END;
        ELSE
            names := cccd_gate.declared_names($5, moment);
            holder := cccd_gate.declaring_holder($4);
            problem := coalesce(holder.problem, CASE WHEN names IS NULL THEN 'answers_malformed' END,
                                cccd_gate.declaration_problem(e.event, e.gate, moment));
        END IF;
    END IF;
    accepted := problem IS NULL;
    IF NOT accepted THEN
        SELECT r.vi, r.en INTO problem_vi, problem_en FROM cccd_gate.reason r WHERE r.code = problem;
        RETURN;
    ELSIF ends IS NOT NULL THEN
        RETURN;
    END IF;
    ends := moment + extract(epoch FROM $7)::double precision * interval '1 second';
    INSERT INTO cccd_gate.declaration (request_id, event, gate, role, officer, declared_at, ends)
    VALUES ($3, e.event, e.gate, actor, $6, moment, ends);
    IF holder.person IS NOT NULL THEN
        -- lock: paper
        PERFORM pg_advisory_xact_lock(hashint8extended(holder.person, 1667457898));
        -- who is merged or deleted at this moment declares nothing
        PERFORM FROM cccd_gate.person p WHERE p.person = holder.person AND p.merged_into IS NULL FOR SHARE;
        IF FOUND THEN
            PERFORM cccd_gate.keep_declaration(holder.person, names, moment, ends);
        END IF;
    END IF;
END
$$;
COMMENT ON FUNCTION declare(text, text, uuid, text, jsonb, text, interval) IS
    'takes a health declaration at a gate or the desk. Arguments: event.code; gate; request id, the same for a repetition; what the scanner read of the declaring person''s card; answers: an object with symptoms (boolean), contact (boolean), places (array of at most 64 official codes of units, where the person was in the last 14 days), each of which may be left out, but not all; officer, NULL for the acting role, else one of its duty; how long it holds, from 1 minute to 14 days. Stores facts of kind declaration and source declared of the person whose number, name and birth date the card has. Returns whether it was taken and until when it holds, also for a number that the register does not know; else code and words of what is wrong: bad_request, event_unknown, gate_unknown, officer_unknown, request_id_reused, scan_unreadable, scan_incomplete (no name or birth date), answers_malformed, too_many_attempts, server_read_only, not_handed_over. Never an error about the arguments';
