-- loader of tickets and guest lists

INSERT INTO load_reason (reason, vi, en, accepted) VALUES
    ('event_missing', 'Thiếu mã sự kiện', 'the event is missing', 'event.code'),
    ('event_unknown', 'Không có sự kiện này', 'there is no such event', 'event.code'),
    ('event_over', 'Sự kiện đã kết thúc', 'the event is over', 'an event that has not ended'),
    ('ticket_empty', 'Vé không có số, mã và người nhận', 'the ticket has no number, no secret and no holder', 'at least one of number, secret and id'),
    ('secret_too_short', 'Mã vé quá ngắn', 'the secret is too short', 'at least 6 bytes; 16 where no gate limits tries'),
    ('change_malformed', 'Cột change không hợp lệ', 'the change is not known', 'cancel, reissue, transfer; or none'),
    ('ticket_unknown', 'Không tìm thấy vé này, hoặc người này có nhiều vé', 'there is no such ticket, or the person has several', 'the number of the ticket'),
    ('ticket_used', 'Vé đã được dùng', 'the ticket has been used', NULL),
    ('ticket_number_malformed', 'Số vé quá dài', 'the number of the ticket is too long', 'at most 100 characters'),
    ('gate_unknown', 'Sự kiện không có cổng này', 'the event has no such gate', 'gate.gate of the event; or none'),
    ('differs_from_stored', 'Khác với vé đã có', 'another ticket has this number, secret or holder', 'the ticket as it was loaded before');

CREATE FUNCTION take_tickets(source text, delivery text, behind_line bigint, at_most int, as_of timestamptz,
    OUT read bigint, OUT behind bigint, OUT taken bigint, OUT updated bigint, OUT withdrawn bigint,
    OUT bad_lines bigint[], OUT bad_reasons text[], OUT bad_numbers text[])
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET jit = off SET enable_seqscan = off SET enable_sort = off
AS $$
#variable_conflict use_column
DECLARE
    actor CONSTANT text := cccd_gate.acting_role();
    events CONSTANT int[] := ARRAY(SELECT e.event FROM cccd_gate.event e WHERE cccd_gate.has_duty('{organiser}', e.event));
BEGIN
    -- read
    WITH step AS (
        DELETE FROM cccd_gate.ticket_in i
        WHERE i.ctid = ANY (ARRAY(SELECT c.ctid FROM cccd_gate.ticket_in c
                                  WHERE c.role = actor AND cccd_gate.delivery_key(c.delivery) = $2 AND c.line > $3
                                  ORDER BY c.line LIMIT $4))
        RETURNING i.line, cccd_word_text(i.event) AS code, cccd_word_text(i.number) AS number, cccd_word_text(i.secret) AS secret,
                  cccd_word_text(i.id) AS id, cccd_word_text(i.gate) AS gate, left(cccd_word_text(i.seat), 100) AS seat
    ),
    -- match
    found AS MATERIALIZED (
        SELECT r.*, e.event, e.ends, g.gate IS NOT NULL AS gate_known,
               coalesce(n.person, k.person) AS person,
               cccd_gate.number_kind(r.id) AS id_kind,
               cccd_gate.ticket_hash(r.secret) AS secret_hash
        FROM step r
        LEFT JOIN cccd_gate.event e ON e.code = r.code AND e.event = ANY (events)
        LEFT JOIN cccd_gate.gate g ON g.event = e.event AND g.gate = r.gate
        LEFT JOIN cccd_gate.identity_number n ON n.id = cccd_gate.read_id(r.id)
        LEFT JOIN cccd_gate.document k ON k.kind = cccd_gate.number_kind(r.id) AND k.number = r.id AND k.state = 'VNM' AND k.kind <> 'chip'
    ),
    -- judge
    judged AS MATERIALIZED (
        SELECT f.*,
               CASE
                   WHEN f.code IS NULL THEN 'event_missing'
                   WHEN f.event IS NULL THEN 'event_unknown'
                   WHEN f.ends <= as_of THEN 'event_over'
                   WHEN f.number IS NULL AND f.secret IS NULL AND f.id IS NULL THEN 'ticket_empty'
                   WHEN octet_length(f.secret) < 6 THEN 'secret_too_short'
                   WHEN length(f.number) > 100 THEN 'ticket_number_malformed'
                   WHEN f.id IS NOT NULL AND f.id_kind IS NULL THEN 'id_malformed'
                   WHEN f.id IS NOT NULL AND f.person IS NULL THEN 'person_unknown'
                   WHEN f.gate IS NOT NULL AND NOT f.gate_known THEN 'gate_unknown'
               END AS reason
        FROM found f
    ),
    -- write
    added AS (
        INSERT INTO cccd_gate.ticket (event, number, secret_hash, short, person, gate, seat)
        SELECT j.event, j.number, j.secret_hash, coalesce(octet_length(j.secret) < 16, false), j.person, j.gate, j.seat
        FROM judged j WHERE (j.reason IS NULL) IS TRUE
        ORDER BY j.line
        ON CONFLICT DO NOTHING
        RETURNING event, number, secret_hash, person, gate, seat
    ),
    -- report: what is not stored as the line says was kept out by another ticket
    -- with the same number, secret or person
    bad AS (
        SELECT j.line, coalesce(j.reason, 'differs_from_stored') AS reason, coalesce(CASE WHEN j.reason IS NOT NULL THEN j.id END, j.number) AS number
        FROM judged j
        LEFT JOIN added a
            ON a.event = j.event
           AND coalesce(a.secret_hash, '') = coalesce(j.secret_hash, '')
           AND coalesce(a.number, '') = coalesce(j.number, '')
           AND coalesce(a.person, 0) = coalesce(j.person, 0)
        LEFT JOIN cccd_gate.ticket t
            ON t.ticket = CASE WHEN j.number IS NOT NULL THEN (SELECT s.ticket FROM cccd_gate.ticket s WHERE s.event = j.event AND s.number = j.number)
                               WHEN j.secret IS NOT NULL THEN (SELECT s.ticket FROM cccd_gate.ticket s WHERE s.event = j.event AND s.secret_hash = j.secret_hash)
                               ELSE (SELECT s.ticket FROM cccd_gate.ticket s WHERE s.event = j.event AND s.person = j.person) END
        WHERE j.reason IS NOT NULL
           OR (a.event, a.gate, a.seat) IS DISTINCT FROM (j.event, j.gate, j.seat)
              AND (t.event, t.number, t.secret_hash, t.person, t.gate, t.seat)
                  IS DISTINCT FROM (j.event, j.number, j.secret_hash, j.person, j.gate, j.seat)
    )
    SELECT (SELECT count(*) FROM judged), coalesce((SELECT max(j.line) FROM judged j), $3), (SELECT count(*) FROM added), 0, 0,
           b.lines, b.reasons, b.numbers
    INTO read, behind, taken, updated, withdrawn, bad_lines, bad_reasons, bad_numbers
    FROM (SELECT array_agg(x.line) AS lines, array_agg(x.reason) AS reasons, array_agg(x.number) AS numbers FROM bad x) b;
END
$$;
COMMENT ON FUNCTION take_tickets(text, text, bigint, int, timestamptz) IS
    'one step of load_tickets(); arguments, but for the moment at which an event may be over, and result as those of take_people()';

CREATE FUNCTION load_tickets(source text, delivery uuid DEFAULT NULL, at_most int DEFAULT NULL, as_of timestamptz DEFAULT clock_timestamp(),
    OUT taken bigint, OUT updated bigint, OUT withdrawn bigint, OUT rejected bigint, OUT remaining bigint)
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT l.* FROM load_lines('tickets', $1, $2, $3, $4::text, true) l;
END;
COMMENT ON FUNCTION load_tickets(text, uuid, int, timestamptz) IS
    'takes the acting role''s tickets and guest lists of a delivery from ticket_in; tickets for an event that is over are rejected. Arguments: source; delivery, NULL for lines without one; how many lines at most, NULL for all; the moment at which an event may be over. Returns how many lines were new tickets, were rejected (load_reject says why), and are left; updated and withdrawn are 0: a line that contradicts a stored ticket is rejected';

CREATE PROCEDURE load_all(source text, delivery uuid DEFAULT NULL)
    LANGUAGE plpgsql
AS $$
DECLARE
    lines CONSTANT int := 20000;
    kind text;
    step record;
    done bigint;
    bad bigint;
    told timestamptz := clock_timestamp();
BEGIN
    -- without SET and with the rights of the caller, or COMMIT is not possible
    FOREACH kind IN ARRAY '{people,documents,facts,answers,tickets}'::text[] LOOP
        -- tickets are an organiser's
        CONTINUE WHEN NOT (SELECT has_function_privilege(p.oid, 'EXECUTE') FROM pg_catalog.pg_proc p
                           WHERE p.pronamespace = 'cccd_gate'::regnamespace AND p.proname = 'load_' || kind);
        done := 0;
        bad := 0;
        LOOP
            SELECT l.* INTO step
            FROM cccd_gate.load_lines(kind, source, delivery, lines,
                                      CASE kind WHEN 'tickets' THEN clock_timestamp()::text ELSE 'false' END, false) l;
            COMMIT;
            done := done + step.taken + step.updated + step.withdrawn;
            bad := bad + step.rejected;
            EXIT WHEN step.remaining = 0;
            IF clock_timestamp() > told + interval '3 seconds' THEN
                told := clock_timestamp();
                RAISE NOTICE '%: % lines taken, % rejected', kind, done, bad;
            END IF;
        END LOOP;
    END LOOP;
END
$$;
COMMENT ON PROCEDURE load_all(text, uuid) IS
    'calls load_people(), load_documents(), load_facts(), load_answers() and load_tickets() for a delivery in steps of 20,000 lines, each committed: whoever needs the same people waits for a step at most, and a load that was interrupted goes on when it is called again. Not inside a transaction. Arguments: source, delivery (NULL: lines without one); load_delivery has the totals';
