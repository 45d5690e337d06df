-- loader of tickets and guest lists

CREATE FUNCTION load_tickets(as_of timestamptz DEFAULT clock_timestamp(),
    OUT load bigint, OUT loaded bigint, OUT updated bigint, OUT unchanged bigint, OUT rejected bigint)
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    step_pages CONSTANT int := 1500;
    pages int;
    before bigint;
    rows_read bigint := 0;
    step record;
BEGIN
    LOCK TABLE cccd_gate.ticket_in IN ACCESS EXCLUSIVE MODE;
    ANALYZE cccd_gate.ticket_in (line);
    load := nextval('cccd_gate.load_seq');
    loaded := 0; updated := 0; unchanged := 0; rejected := 0;
    pages := (pg_relation_size('cccd_gate.ticket_in') / current_setting('block_size')::int)::int;
    SELECT min(i.line) - 1 INTO before FROM cccd_gate.ticket_in i;
    FOR page IN 0 .. pages - 1 BY step_pages LOOP
        WITH raw AS MATERIALIZED (
            SELECT i.line,
                   cccd_gate.cleaned(i.event) AS code,
                   cccd_gate.cleaned(i.number) AS number,
                   cccd_gate.cleaned(i.secret) AS secret,
                   cccd_gate.cleaned(i.id) AS id,
                   cccd_gate.cleaned(i.gate) AS gate,
                   left(cccd_gate.cleaned(i.seat), 100) AS seat
            FROM cccd_gate.ticket_in i
            WHERE i.ctid >= format('(%s,0)', page)::tid
              AND i.ctid < format('(%s,0)', page + step_pages)::tid
        ), found AS MATERIALIZED (
            SELECT r.*, e.event, e.ends, g.gate IS NOT NULL AS gate_known,
                   coalesce(n.person, k.person) AS person,
                   cccd_gate.number_kind(r.id) AS id_kind,
                   sha256(convert_to(r.secret, 'UTF8')) AS secret_hash
            FROM raw r
            LEFT JOIN cccd_gate.event e ON e.code = r.code
            LEFT JOIN cccd_gate.gate g ON g.event = e.event AND g.gate = r.gate
            LEFT JOIN cccd_gate.identity_number n ON n.id = cccd_gate.read_id(r.id)
            LEFT JOIN cccd_gate.card k ON k.kind = cccd_gate.number_kind(r.id) AND k.number = r.id
        ), judged AS MATERIALIZED (
            SELECT f.*,
                   CASE
                       WHEN f.code IS NULL THEN 'event_missing'
                       WHEN f.event IS NULL THEN 'event_unknown'
                       WHEN f.ends <= as_of THEN 'event_over'
                       WHEN f.number IS NULL AND f.secret IS NULL AND f.id IS NULL THEN 'ticket_empty'
                       WHEN length(f.secret) < 16 THEN 'secret_too_short'
                       WHEN length(f.number) > 100 THEN 'number_malformed'
                       WHEN f.id IS NOT NULL AND f.id_kind IS NULL THEN 'id_malformed'
                       WHEN f.id IS NOT NULL AND f.person IS NULL THEN 'person_unknown'
                       WHEN f.gate IS NOT NULL AND NOT f.gate_known THEN 'gate_unknown'
                   END AS reason
            FROM found f
        ), sorted AS MATERIALIZED (
            SELECT j.*, j.reason IS NULL AS fine FROM judged j
        ), new_ticket AS (
            INSERT INTO cccd_gate.ticket (event, number, secret_hash, person, gate, seat)
            SELECT j.event, j.number, j.secret_hash, j.person, j.gate, j.seat
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
        ), bad AS (
            INSERT INTO cccd_gate.load_reject (load, source, line, reason, masked)
            SELECT load_tickets.load, 'ticket_in', j.line - before, j.reason, cccd_gate.masked(coalesce(j.id, j.number))
            FROM sorted j WHERE NOT j.fine
            UNION ALL
            SELECT load_tickets.load, 'ticket_in', c.line - before, 'differs_from_stored', cccd_gate.masked(c.number)
            FROM contradiction c
            RETURNING 1
        )
        SELECT (SELECT count(*) FROM raw) AS read,
               (SELECT count(*) FROM new_ticket) AS loaded,
               (SELECT count(*) FROM bad) AS rejected
        INTO step;
        rows_read := rows_read + step.read;
        loaded := loaded + step.loaded;
        rejected := rejected + step.rejected;
        unchanged := rows_read - loaded - rejected;
        RAISE NOTICE 'tickets: % rows read, % loaded, % rejected', rows_read, loaded, rejected;
    END LOOP;
    TRUNCATE cccd_gate.ticket_in;
END
$$;
COMMENT ON FUNCTION load_tickets(timestamptz) IS
    'takes the tickets and guest lists of ticket_in and empties it; tickets for an event that is over at as_of are rejected. Returns the number of this load and how many rows were new, were known already, or were rejected (load_reject says why); updated is 0: a row that contradicts a stored ticket is rejected';
