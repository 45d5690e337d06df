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

CREATE FUNCTION load_tickets(source text, delivery uuid DEFAULT NULL, at_most int DEFAULT NULL, as_of timestamptz DEFAULT clock_timestamp(),
    OUT taken bigint, OUT updated bigint, OUT withdrawn bigint, OUT rejected bigint, OUT remaining bigint)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan SET jit = off
AS $$
#variable_conflict use_column
DECLARE
    wanted CONSTANT text := coalesce($2::text, '');
    lines CONSTANT int := 50000;
    events CONSTANT int[] := ARRAY(SELECT e.event FROM cccd_gate.event e WHERE cccd_gate.has_duty('{organiser}', e.event));
    before bigint;
    rows_read bigint := 0;
    told timestamptz := clock_timestamp();
    step record;
BEGIN
    IF $3 < 1 THEN
        RAISE EXCEPTION 'at_most must be at least 1' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    taken := 0; updated := 0; withdrawn := 0; rejected := 0; remaining := 0;
    before := cccd_gate.delivery_begin('ticket_in', $1, $2);
    step := cccd_gate.take_ticket_changes(wanted, events, before);
    updated := step.updated; withdrawn := step.withdrawn; rejected := step.rejected;
    LOOP
        WITH step AS (
            DELETE FROM cccd_gate.ticket_in i
            WHERE i.ctid = ANY (ARRAY(
                SELECT c.ctid FROM cccd_gate.ticket_in c
                WHERE coalesce(lower(c.delivery), '') = wanted
                ORDER BY coalesce(lower(c.delivery), ''), c.line LIMIT least(lines, $3 - rows_read)))
            RETURNING i.*
        ), raw AS MATERIALIZED (
            SELECT s.line,
                   cccd_gate.cleaned(s.event) AS code,
                   cccd_gate.cleaned(s.number) AS number,
                   cccd_gate.cleaned(s.secret) AS secret,
                   cccd_gate.cleaned(s.id) AS id,
                   cccd_gate.cleaned(s.gate) AS gate,
                   left(cccd_gate.cleaned(s.seat), 100) AS seat
            FROM step s
        ), found AS MATERIALIZED (
            SELECT r.*, e.event, e.ends, g.gate IS NOT NULL AS gate_known,
                   coalesce(n.person, k.person) AS person,
                   cccd_gate.number_kind(r.id) AS id_kind,
                   cccd_gate.ticket_hash(r.secret) AS secret_hash
            FROM raw r
            LEFT JOIN cccd_gate.event e ON e.code = r.code AND e.event = ANY (events)
            LEFT JOIN cccd_gate.gate g ON g.event = e.event AND g.gate = r.gate
            LEFT JOIN cccd_gate.identity_number n ON n.id = cccd_gate.read_id(r.id)
            LEFT JOIN cccd_gate.document k ON k.kind = cccd_gate.number_kind(r.id) AND k.number = r.id AND k.state = 'VNM'
        ), judged AS MATERIALIZED (
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
        ), sorted AS MATERIALIZED (
            SELECT j.*, j.reason IS NULL AS fine FROM judged j
        ), new_ticket AS (
            INSERT INTO cccd_gate.ticket (event, number, secret_hash, short, person, gate, seat)
            SELECT j.event, j.number, j.secret_hash, coalesce(octet_length(j.secret) < 16, false), j.person, j.gate, j.seat
            FROM sorted j WHERE j.fine
            ORDER BY j.line
            ON CONFLICT DO NOTHING
            RETURNING event, number, secret_hash, person, gate, seat
        ), stored AS (
            SELECT event, number, secret_hash, person, gate, seat FROM cccd_gate.ticket
            UNION ALL
            SELECT event, number, secret_hash, person, gate, seat FROM new_ticket
        ), contradiction AS (
            -- whatever is not stored as the row says was kept out by another
            -- ticket with the same number, secret or person
            SELECT j.line, j.number
            FROM sorted j
            LEFT JOIN stored s
                ON s.event = j.event
               AND coalesce(s.secret_hash, '') = coalesce(j.secret_hash, '')
               AND coalesce(s.number, '') = coalesce(j.number, '')
               AND coalesce(s.person, 0) = coalesce(j.person, 0)
               AND coalesce(s.gate, '') = coalesce(j.gate, '')
               AND coalesce(s.seat, '') = coalesce(j.seat, '')
            WHERE j.fine AND s.event IS NULL
        ), problem AS (
            SELECT j.line, j.reason, coalesce(j.id, j.number) AS number FROM sorted j WHERE NOT j.fine
            UNION ALL
            SELECT c.line, 'differs_from_stored', c.number FROM contradiction c
        ), bad AS (
            INSERT INTO cccd_gate.load_reject (delivery, staging, line, reason, reason_vi, reason_en, accepted, masked)
            SELECT wanted, 'ticket_in', p.line - before, p.reason, r.vi, r.en, r.accepted, cccd_gate.masked(p.number)
            FROM problem p LEFT JOIN cccd_gate.load_reason r ON r.reason = p.reason
            RETURNING 1
        )
        SELECT (SELECT count(*) FROM raw) AS read,
               (SELECT count(*) FROM new_ticket) AS taken,
               (SELECT count(*) FROM bad) AS rejected
        INTO step;
        rows_read := rows_read + step.read;
        taken := taken + step.taken;
        rejected := rejected + step.rejected;
        EXIT WHEN step.read = 0 OR rows_read >= $3;
        IF clock_timestamp() > told + interval '3 seconds' THEN
            told := clock_timestamp();
            RAISE NOTICE 'tickets: % lines read, % taken, % rejected', rows_read, taken, rejected;
        END IF;
    END LOOP;
    IF $3 IS NOT NULL THEN
        SELECT count(*) INTO remaining FROM cccd_gate.ticket_in i WHERE coalesce(lower(i.delivery), '') = wanted;
    END IF;
    PERFORM cccd_gate.delivery_end('ticket_in', $2, taken, updated, withdrawn, rejected, remaining = 0);
END
$$;
COMMENT ON FUNCTION load_tickets(text, uuid, int, timestamptz) IS
    'takes the tickets and guest lists of a delivery from ticket_in; tickets for an event that is over are rejected. Arguments: source; delivery, NULL for lines without one; how many lines at most, NULL for all; the moment at which an event may be over. Returns how many lines were new tickets, were rejected (load_reject says why), and are left; a line that contradicts a stored ticket is rejected, unless its column change says cancel, reissue or transfer: such lines are taken first, all of them, and are updated and withdrawn';

CREATE PROCEDURE load_all(source text, delivery uuid DEFAULT NULL)
    LANGUAGE plpgsql
AS $$
DECLARE
    lines CONSTANT int := 20000;
    loader text;
    step record;
    done bigint;
    bad bigint;
    told timestamptz := clock_timestamp();
BEGIN
    -- without SET and with the rights of the caller, or COMMIT is not possible
    FOREACH loader IN ARRAY '{load_people,load_documents,load_facts,load_tickets}'::text[] LOOP
        -- tickets are an organiser's
        CONTINUE WHEN NOT (SELECT has_function_privilege(p.oid, 'EXECUTE') FROM pg_catalog.pg_proc p
                           WHERE p.pronamespace = 'cccd_gate'::regnamespace AND p.proname = loader);
        done := 0;
        bad := 0;
        LOOP
            EXECUTE format('SELECT l.* FROM cccd_gate.%I(source => $1, delivery => $2, at_most => $3) l', loader)
                INTO step USING source, delivery, lines;
            COMMIT;
            done := done + step.taken + step.updated + step.withdrawn;
            bad := bad + step.rejected;
            EXIT WHEN step.remaining = 0;
            IF clock_timestamp() > told + interval '3 seconds' THEN
                told := clock_timestamp();
                RAISE NOTICE '%: % lines taken, % rejected, % left', loader, done, bad, step.remaining;
            END IF;
        END LOOP;
    END LOOP;
END
$$;
COMMENT ON PROCEDURE load_all(text, uuid) IS
    'calls load_people(), load_documents(), load_facts() and load_tickets() for a delivery in steps of 20,000 lines, each committed: whoever needs the same people waits for a step at most, and a load that was interrupted goes on when it is called again. Not inside a transaction. Arguments: source, delivery (NULL: lines without one); load_delivery has the totals';
