-- the end of a case: turned away, or an entry that did not happen

CREATE FUNCTION closing_step(l answer_log, c case_file, action "char", officer text) RETURNS answer_log
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    l.request_id := gen_random_uuid();
    l.case_id := c.request_id;
    l.action := action;
    l.verdict := 'r';
    l.officer := officer;
    l.occurred_at := NULL;
    l.valid_until := NULL;
    l.failed := NULL;
    l.unsure := NULL;
    l.proof := NULL;
    l.decided := NULL;
    l.zone := NULL;
    l.reasons := NULL;
    l.facts_hash := NULL;
    RETURN l;
END
$$;
COMMENT ON FUNCTION closing_step(answer_log, case_file, "char", text) IS
    'the last answer of a case as a refusal that follows it, under a request id of its own: event, gate, person, ticket and document stay';

CREATE FUNCTION turn_away(case_id uuid, note text DEFAULT NULL, officer text DEFAULT NULL) RETURNS answer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    c cccd_gate.case_file;
    l cccd_gate.answer_log;
    problem text;
BEGIN
    PERFORM cccd_gate.force_durable();
    c := cccd_gate.lock_case($1);
    problem := coalesce(replace(cccd_gate.door_problem('{desk}', c.event), 'event_unknown', 'decision_unknown'),
                        CASE WHEN c.state <> 'o' THEN 'decision_closed'
                             WHEN NOT cccd_gate.officer_stands($3, '{desk}', c.event) THEN 'officer_unknown' END);
    IF problem IS NOT NULL THEN
        RETURN cccd_gate.plain_answer($1, ARRAY[problem]);
    END IF;
    l := cccd_gate.closing_step(cccd_gate.last_answer(c), c, 't', $3);
    l.reasons := '{turned_away}';
    PERFORM cccd_gate.log_answer(l, $2);
    UPDATE cccd_gate.case_file f SET state = 'c' WHERE f.request_id = c.request_id;
    RETURN cccd_gate.plain_answer(l.request_id, l.reasons);
END
$$;
COMMENT ON FUNCTION turn_away(uuid, text, text) IS
    'the desk closes an open case with a refusal; what is closed stays closed. Arguments: case; a note (runs of six digits or more are masked, it can be erased); officer, NULL for the acting role, else one of its duty. Returns an answer: refuse with turned_away, or with decision_unknown, decision_closed, officer_unknown or not_handed_over, and then nothing was written';

CREATE FUNCTION admission_of(c case_file) RETURNS answer_log
    LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    l cccd_gate.answer_log;
BEGIN
    SELECT x.* INTO l FROM cccd_gate.case_file f
    JOIN cccd_gate.answer_log x ON x.event = c.event AND x.recorded_at = f.recorded_at AND x.request_id = f.request_id
    WHERE (f.request_id = c.request_id OR f.case_id = c.request_id) AND cccd_gate.let_in(x)
    ORDER BY x.recorded_at DESC LIMIT 1;
    RETURN l;
END
$$;
COMMENT ON FUNCTION admission_of(case_file) IS
    'the answer of a case that let somebody in, or what a gate replayed; what was asked afterwards is not one. All NULL: there is none';

CREATE FUNCTION entry_before(l answer_log, holder bigint) RETURNS SETOF answer_log
    LANGUAGE plpgsql STABLE ROWS 1 SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RETURN QUERY
    WITH earlier AS MATERIALIZED (
        -- what was asked at first, where the case was judged again
        SELECT x AS answer, f.state,
               CASE x.action WHEN 'r' THEN (SELECT y.action FROM cccd_gate.answer_log y
                                            WHERE y.event = f.event AND y.recorded_at = f.recorded_at AND y.request_id = f.request_id)
                             ELSE x.action END AS asked
        FROM cccd_gate.answer_log x LEFT JOIN cccd_gate.case_file f ON f.request_id = coalesce(x.case_id, x.request_id)
        WHERE x.event = l.event AND x.recorded_at < l.recorded_at AND coalesce(x.decided, x.verdict) = 'a'
          AND CASE WHEN $2 IS NULL THEN x.person IS NULL AND x.ticket = l.ticket ELSE cccd_gate.merged_person(x.person) = $2 END
    ), latest AS MATERIALIZED (
        SELECT e.* FROM earlier e
        WHERE e.asked = 'o' OR e.asked IN ('i', 'd') AND e.state IS DISTINCT FROM 'c'
        ORDER BY (e.answer).recorded_at DESC LIMIT 1
    )
    SELECT (z.answer).* FROM latest z WHERE z.asked <> 'o';
END
$$;
COMMENT ON FUNCTION entry_before(answer_log, bigint) IS
    'the answer by which somebody was inside when another let him or her in once more: the last entry before that was not annulled, if no exit followed it. Arguments: the other answer; the person, NULL for the bearer of its ticket';

CREATE FUNCTION undo_entry(l answer_log) RETURNS boolean
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    holder bigint;
    p cccd_gate.presence;
    before cccd_gate.answer_log;
BEGIN
    LOOP
        holder := cccd_gate.merged_person(l.person);
        SELECT x.* INTO p FROM cccd_gate.presence x
        WHERE x.event = l.event AND CASE WHEN holder IS NULL THEN x.ticket = l.ticket ELSE x.person = holder END
        FOR UPDATE;
        -- a merge for which this waited has given the row to somebody else
        EXIT WHEN p.event IS NOT NULL OR holder IS NOT DISTINCT FROM cccd_gate.merged_person(l.person);
    END LOOP;
    IF (p.state = 'i') IS NOT TRUE
        -- a later entry of the same person or ticket is another case's
        OR EXISTS (SELECT FROM cccd_gate.answer_log x
                   WHERE x.event = l.event AND x.recorded_at > l.recorded_at AND cccd_gate.let_in(x)
                     AND CASE WHEN holder IS NULL THEN x.ticket = l.ticket ELSE cccd_gate.merged_person(x.person) = holder END) THEN
        RETURN false;
    END IF;
    -- who came again while inside has taken no place, and stays in by the entry before
    IF p.entries > 1 THEN
        SELECT b.* INTO before FROM cccd_gate.entry_before(l, holder) b;
    END IF;
    IF before.request_id IS NOT NULL THEN
        UPDATE cccd_gate.presence x SET entries = p.entries - 1, ticket = CASE WHEN holder IS NULL THEN p.ticket ELSE before.ticket END
        WHERE x.event = p.event AND CASE WHEN holder IS NULL THEN x.ticket = l.ticket ELSE x.person = holder END;
        RETURN true;
    END IF;
    -- what moves have ended is of a stay that did not happen
    DELETE FROM cccd_gate.visit v
    WHERE v.event = p.event AND v.left_at > coalesce(l.occurred_at, l.recorded_at)
      AND CASE WHEN holder IS NULL THEN v.ticket = l.ticket AND v.person IS NULL ELSE v.person = holder END;
    -- a bearer's first entry leaves nothing: whoever comes with the ticket is somebody
    -- of a name, and the ticket has one row
    IF p.person IS NULL AND p.entries <= 1 THEN
        DELETE FROM cccd_gate.presence x WHERE x.event = p.event AND x.ticket = p.ticket;
        PERFORM cccd_gate.free_place(l.event);
        RETURN true;
    END IF;
    -- who had been there before is outside again; a ticket that a person used
    -- for the first time is free
    UPDATE cccd_gate.presence x
    SET state = CASE WHEN p.entries > 1 THEN 'l' ELSE 'a' END,
        entries = greatest(p.entries - 1, 0),
        since = clock_timestamp(),
        zone = NULL,
        ticket = CASE WHEN p.entries > 1 THEN p.ticket END
    WHERE x.event = p.event AND CASE WHEN holder IS NULL THEN x.ticket = l.ticket ELSE x.person = holder END;
    PERFORM cccd_gate.free_place(l.event);
    RETURN true;
END
$$;
COMMENT ON FUNCTION undo_entry(answer_log) IS
    'takes an admission back: place and ticket are free again, and stays that moves ended are forgotten; who was inside before is so still. Argument: its row of the log. Returns false if the person, or the bearer, is not inside by it';

CREATE FUNCTION free_place(event int) RETURNS void
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    part smallint;
BEGIN
    -- a gate that has a part may wait for the presence that is locked here, so that
    -- any other part is taken, though it may fall below zero
    SELECT s.slot INTO part FROM cccd_gate.slot s WHERE s.event = $1
    ORDER BY s.inside <= 0, s.slot LIMIT 1 FOR UPDATE SKIP LOCKED;
    IF part IS NULL THEN
        SELECT s.slot INTO part FROM cccd_gate.slot s WHERE s.event = $1
        ORDER BY s.inside DESC, s.slot LIMIT 1 FOR UPDATE;
    END IF;
    UPDATE cccd_gate.slot s SET inside = s.inside - 1, entered = s.entered - 1 WHERE s.event = $1 AND s.slot = part;
END
$$;
COMMENT ON FUNCTION free_place(int) IS
    'gives the place of an annulled entry back, in a part of the event''s places that no gate is using, where there is one';

CREATE FUNCTION annul(case_id uuid, request_id uuid, note text DEFAULT NULL) RETURNS answer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    c cccd_gate.case_file;
    l cccd_gate.answer_log;
    earlier record;
    problem text;
    a cccd_gate.answer;
BEGIN
    PERFORM cccd_gate.force_durable();
    -- lock: request
    PERFORM pg_advisory_xact_lock(uuid_hash_extended($2, 1667457891));
    c := cccd_gate.lock_case($1);
    SELECT f.case_id, f.request_id INTO earlier FROM cccd_gate.case_file f WHERE f.request_id = $2;
    problem := coalesce(CASE WHEN $2 IS NULL THEN 'bad_request' END,
                        replace(cccd_gate.door_problem('{desk}', c.event), 'event_unknown', 'decision_unknown'),
                        CASE WHEN earlier.request_id IS NOT NULL AND (earlier.case_id = c.request_id) IS NOT TRUE THEN 'request_id_reused' END);
    l := cccd_gate.last_answer(c);
    IF problem IS NULL AND (l.request_id = $2 AND l.action = 'n') IS NOT TRUE THEN
        problem := CASE WHEN earlier.request_id IS NOT NULL THEN 'request_id_reused'
                        WHEN c.state = 'o' THEN 'not_admitted'
                        WHEN c.state = 'c' THEN 'decision_closed'
                        WHEN NOT cccd_gate.undo_entry(cccd_gate.admission_of(c)) THEN 'not_inside' END;
        IF problem IS NULL THEN
            l := cccd_gate.closing_step(l, c, 'n', NULL);
            l.request_id := $2;
            PERFORM cccd_gate.log_answer(l, $3);
            UPDATE cccd_gate.case_file f SET state = 'c' WHERE f.request_id = c.request_id;
        END IF;
    END IF;
    a := cccd_gate.plain_answer($2, array_remove(ARRAY[problem], NULL));
    IF problem IS NULL THEN
        a.inside := EXISTS (SELECT FROM cccd_gate.presence p
                            WHERE p.event = l.event AND p.state = 'i'
                              AND CASE WHEN l.person IS NULL THEN p.person IS NULL AND p.ticket = l.ticket ELSE p.person = cccd_gate.merged_person(l.person) END);
    END IF;
    RETURN a;
END
$$;
COMMENT ON FUNCTION annul(uuid, uuid, text) IS
    'the desk takes an admission back that led nobody in: the turnstile did not turn. Place and ticket are free again, and the case is closed; who was inside already, and was let in once more, is inside still. Arguments: case; request id, the same for a repetition; a note (runs of six digits or more are masked, it can be erased). Returns an answer: refuse without a reason if it was annulled, else with bad_request, decision_unknown, request_id_reused, not_admitted, decision_closed, not_inside or not_handed_over, and then nothing was written';
