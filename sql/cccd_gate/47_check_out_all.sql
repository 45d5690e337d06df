-- the end of an event: whoever is still inside has left

CREATE FUNCTION lock_places(event int, wanted bigint, OUT parts smallint[], OUT room bigint)
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    fullest CONSTANT smallint[] := ARRAY(
        SELECT q.slot
        FROM (SELECT s.slot, s.inside, sum(s.inside) OVER (ORDER BY s.inside DESC, s.slot) - s.inside AS before
              FROM cccd_gate.slot s WHERE s.event = $1 AND s.inside > 0) q
        WHERE q.before < $2
        ORDER BY q.slot);
BEGIN
    SELECT array_agg(q.slot), sum(q.inside) INTO parts, room
    FROM (SELECT s.slot, s.inside FROM cccd_gate.slot s
          WHERE s.event = $1 AND s.slot = ANY (fullest) AND s.inside > 0
          ORDER BY s.slot FOR UPDATE SKIP LOCKED) q;
    IF parts IS NULL THEN
        -- gates have them all, or the counters do not know of these people
        SELECT array_agg(q.slot), 1 INTO parts, room
        FROM (SELECT s.slot FROM cccd_gate.slot s WHERE s.event = $1
              ORDER BY s.inside DESC, s.slot LIMIT 1 FOR UPDATE SKIP LOCKED) q;
    END IF;
    -- what no other transaction holds is all that is there
    IF cardinality(parts) >= cardinality(fullest) THEN
        room := $2;
    END IF;
END
$$;
COMMENT ON FUNCTION lock_places(int, bigint) IS
    'locks as many parts of an event''s places (event.event) as so many people take, but none for which it would have to wait: those that hold most. Returns the parts, NULL if gates are using all of them, and how many people may give their places back there';

CREATE FUNCTION free_places(event int, parts smallint[], people bigint) RETURNS void
    LANGUAGE sql
BEGIN ATOMIC
    UPDATE slot AS s
    SET inside = s.inside - t.taken, left_count = s.left_count + t.taken
    FROM (SELECT q.slot,
                 (least(greatest(q.inside, 0), greatest($3 - q.before, 0))
                  -- what is more than all of them hold
                  + CASE WHEN q.n = 1 THEN greatest($3 - q.held, 0) ELSE 0 END)::int AS taken
          FROM (SELECT k.slot, k.inside, row_number() OVER parts AS n,
                       sum(greatest(k.inside, 0)) OVER parts - greatest(k.inside, 0) AS before,
                       sum(greatest(k.inside, 0)) OVER () AS held
                FROM slot k WHERE k.event = $1 AND k.slot = ANY ($2)
                WINDOW parts AS (ORDER BY k.slot)) q) t
    WHERE s.event = $1 AND s.slot = t.slot AND t.taken > 0;
END;
COMMENT ON FUNCTION free_places(int, smallint[], bigint) IS
    'gives the places of so many people who have left back, in these parts of an event''s places (event.event), which lock_places() has locked';

CREATE FUNCTION leave_all(event int, at_most bigint, moment timestamptz) RETURNS bigint
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    people bigint;
BEGIN
    WITH inside AS MATERIALIZED (
        SELECT p.ctid AS place, p.person, p.ticket, p.since, p.gate, p.zone
        FROM cccd_gate.presence p
        WHERE p.event = $1 AND p.state = 'i'
        LIMIT $2
        FOR UPDATE SKIP LOCKED
    ), outside AS (
        -- who moved or came again since the statement began is locked above as he is
        -- now, but is not found here: such people are passed over as well
        UPDATE cccd_gate.presence p SET state = 'l', since = $3
        FROM inside i WHERE p.ctid = i.place
        RETURNING i.person, i.ticket, i.since, i.gate, i.zone
    ), visited AS (
        -- a clock that was set back does not make a stay end before it began
        INSERT INTO cccd_gate.visit (event, person, ticket, zone, entered, left_at, gate_in)
        SELECT $1, i.person, i.ticket, i.zone, i.since, greatest($3, i.since), i.gate FROM outside i
    ), logged AS (
        INSERT INTO cccd_gate.answer_log (recorded_at, xid, request_id, person, ticket, event, site, action, verdict, role)
        SELECT $3, pg_current_xact_id(), gen_random_uuid(), i.person, i.ticket, $1, cccd_gate.this_site(), 'o', 'a', cccd_gate.acting_role()
        FROM outside i
    )
    SELECT count(*) INTO people FROM outside;
    RETURN people;
END
$$;
COMMENT ON FUNCTION leave_all(int, bigint, timestamptz) IS
    'lets people who are inside an event (event.event) leave at a moment, so many at most, but none whom a gate is dealing with: presence, a visit without a gate, and an exit without a gate in the log for each. Returns how many. Whoever calls it holds their places';

CREATE FUNCTION check_out_all(event text, note text DEFAULT NULL, at_most int DEFAULT 10000,
    OUT checked_out bigint, OUT remaining bigint, OUT problem text, OUT problem_vi text, OUT problem_en text)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    key CONSTANT int := (SELECT e.event FROM cccd_gate.event e WHERE e.code = $1);
    places record;
    l cccd_gate.answer_log;
BEGIN
    IF ($3 >= 1) IS NOT TRUE THEN
        RAISE EXCEPTION 'at_most must be at least 1' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    PERFORM cccd_gate.force_durable();
    checked_out := 0;
    problem := cccd_gate.door_problem('{desk,organiser}', key);
    IF problem IS NOT NULL THEN
        SELECT c.vi, c.en INTO problem_vi, problem_en FROM cccd_gate.reason c WHERE c.code = problem;
        RETURN;
    END IF;
    -- places before presence, as at the gates, and nothing is waited for: gates
    -- go on, and whom they are dealing with is left to the next call
    places := cccd_gate.lock_places(key, $3);
    IF places.parts IS NOT NULL THEN
        checked_out := cccd_gate.leave_all(key, least(places.room, $3), clock_timestamp());
        PERFORM cccd_gate.free_places(key, places.parts, checked_out);
    END IF;
    IF checked_out > 0 THEN
        l.request_id := gen_random_uuid();
        l.event := key;
        l.action := 'e';
        l.verdict := 'a';
        PERFORM cccd_gate.log_answer(l, $2);
        UPDATE cccd_gate.case_file f SET state = 'c' WHERE f.request_id = l.request_id;
    END IF;
    SELECT count(*) INTO remaining FROM cccd_gate.presence p WHERE p.event = key AND p.state = 'i';
END
$$;
COMMENT ON FUNCTION check_out_all(text, text, int) IS
    'states that everybody has left an event: after the end, or after people went out where no gate was. Arguments: event.code; a note (runs of six digits or more are masked, it can be erased); how many people at most in this call, so that gates and commits do not wait for it. Needs the duty desk or organiser of the event. Each person, and bearer of a ticket, has left from then on, with a row in visit and an exit in answer_log that name no gate, and the place is free; one row more, with action e, has the note. Whom a gate is dealing with at that moment is passed over. Returns how many have been checked out and how many are inside still: call it, each time in a transaction of its own, until that is 0; once more changes nothing. Or as problem event_unknown (also to who has no duty), not_handed_over or server_read_only. Error: 22023 at_most below 1';
