-- the board: how many are inside, came, left and stayed out, by gate and minute
--
-- A check writes nothing for it: a row more would cost every admission a tenth
-- of its log.  board() counts the answers of the log, and keeps what it has
-- counted in board_count, so that a call reads some thousand rows at most.
--
-- What has been counted is told by transaction, not by time: board_mark has the
-- snapshot of the last count, and a row is counted when its xid was visible
-- there.  So an answer that commits late is never missed, nor counted twice.
-- The index of the log is by time: the mark has a time, too, before which no row
-- was recorded that is not counted.  It is the clock at the count before the last,
-- once all that ran then has ended: a transaction with a later xid than that
-- count's has rows of a later time, but for what a check takes until it has an
-- xid (at most a second, see cccd_write()) and for a clock that is set back by a
-- second.  If it is set back further, the next call counts from the beginning.

CREATE TABLE board_count (
    event int NOT NULL,
    gate text,
    minute timestamptz NOT NULL,
    entered int NOT NULL,
    left_count int NOT NULL,
    annulled int NOT NULL,
    refused int NOT NULL,
    review int NOT NULL,
    CONSTRAINT board_count_once UNIQUE NULLS NOT DISTINCT (event, minute, gate)
) WITH (fillfactor = 50);
COMMENT ON TABLE board_count IS 'answers of the log that board() has counted; is made again from the log, and not dumped';
COMMENT ON COLUMN board_count.event IS 'event.event';
COMMENT ON COLUMN board_count.gate IS 'gate; NULL: none, or one that the event did not have';
COMMENT ON COLUMN board_count.minute IS 'begin of the minute in which it happened; -infinity: all minutes of the gate together';
COMMENT ON COLUMN board_count.entered IS 'answers that let somebody in';
COMMENT ON COLUMN board_count.left_count IS 'answers that let somebody out';
COMMENT ON COLUMN board_count.annulled IS 'entries that the desk took back, in the minute in which it did';
COMMENT ON COLUMN board_count.refused IS 'answers refuse';
COMMENT ON COLUMN board_count.review IS 'answers review';
COMMENT ON CONSTRAINT board_count_once ON board_count IS 'a gate has one row a minute';

CREATE TABLE board_mark (
    event int PRIMARY KEY,
    snapshot pg_snapshot NOT NULL,
    xid xid8 NOT NULL,
    counted_at timestamptz NOT NULL,
    floor timestamptz
);
COMMENT ON TABLE board_mark IS 'how far the log of an event is in board_count; not dumped, because transaction ids mean nothing elsewhere';
COMMENT ON COLUMN board_mark.event IS 'event.event';
COMMENT ON COLUMN board_mark.snapshot IS 'what was visible to the last count';
COMMENT ON COLUMN board_mark.xid IS 'the transaction that counted: what has a later one began after counted_at';
COMMENT ON COLUMN board_mark.counted_at IS 'the clock before that snapshot was taken';
COMMENT ON COLUMN board_mark.floor IS 'no answer that is not counted was recorded before; NULL: nothing was counted yet';
COMMENT ON CONSTRAINT board_mark_pkey ON board_mark IS 'an event has one mark';

CREATE FUNCTION asked_first(case_id uuid) RETURNS "char"
    LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT l.action FROM case_file f
    JOIN answer_log l ON l.event = f.event AND l.recorded_at = f.recorded_at AND l.request_id = f.request_id
    WHERE f.request_id = asked_first.case_id;
END;
COMMENT ON FUNCTION asked_first(uuid) IS 'what was asked first of a case, as answer_log.action; NULL: no such case';

CREATE FUNCTION uncounted(event int)
    RETURNS TABLE (gate text, minute timestamptz, entered bigint, left_count bigint, annulled bigint, refused bigint, review bigint)
    LANGUAGE sql STABLE ROWS 100
BEGIN ATOMIC
    SELECT q.gate, q.minute, count(*) FILTER (WHERE q.passed IN ('i', 'd')), count(*) FILTER (WHERE q.passed = 'o'),
           count(*) FILTER (WHERE q.action = 'n'), count(*) FILTER (WHERE q.verdict = 'r' AND q.action <> 'n'),
           -- a registration is judged at once, by a row of its own
           count(*) FILTER (WHERE q.verdict = 'v' AND q.action <> 'd')
    FROM (SELECT l.gate, l.action, date_bin('1 minute', coalesce(l.occurred_at, l.recorded_at), '2000-01-01 00:00+00') AS minute,
                 coalesce(l.decided, l.verdict) AS verdict,
                 CASE WHEN coalesce(l.decided, l.verdict) = 'a'
                      THEN CASE l.action WHEN 'r' THEN coalesce(asked_first(l.case_id), 'i') ELSE l.action END END AS passed
          FROM answer_log l
          WHERE l.event = uncounted.event
            AND l.recorded_at >= coalesce((SELECT m.floor FROM board_mark m
                                           WHERE m.event = uncounted.event AND m.counted_at <= clock_timestamp() + interval '1 second'), '-infinity')
            AND NOT coalesce(pg_visible_in_snapshot(l.xid, (SELECT m.snapshot FROM board_mark m WHERE m.event = uncounted.event AND m.floor IS NOT NULL)), false)) q
    WHERE q.verdict <> 'a' OR q.passed IN ('i', 'd', 'o')
    GROUP BY q.gate, q.minute;
END;
COMMENT ON FUNCTION uncounted(int) IS
    'the answers of an event (event.event) that are not in board_count, by gate and minute: entries, exits, annulled entries, answers refuse and review; what was replayed as the gate decided and when it happened';

CREATE FUNCTION count_board(event int) RETURNS void
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    -- before the snapshot of the statements below
    moment CONSTANT timestamptz := clock_timestamp();
    mark cccd_gate.board_mark;
BEGIN
    SELECT m.* INTO mark FROM cccd_gate.board_mark m WHERE m.event = $1;
    IF mark.event IS NULL THEN
        INSERT INTO cccd_gate.board_mark (event, snapshot, xid, counted_at) VALUES ($1, pg_current_snapshot(), pg_current_xact_id(), moment);
        RETURN;
    ELSIF mark.counted_at > moment + interval '1 second' THEN
        -- the clock was set back: nothing that was counted is lost in the log
        DELETE FROM cccd_gate.board_count c WHERE c.event = $1;
        DELETE FROM cccd_gate.board_mark m WHERE m.event = $1;
        RETURN;
    END IF;
    WITH here AS MATERIALIZED (
        -- whether all that may still commit began after the last mark
        SELECT pg_current_snapshot() AS snapshot,
               CASE WHEN pg_snapshot_xmin(pg_current_snapshot()) > mark.xid THEN mark.counted_at - interval '2 seconds'
                    ELSE mark.floor END AS floor
    ), found AS MATERIALIZED (
        SELECT u.* FROM cccd_gate.uncounted($1) u, here h WHERE h.floor IS NOT NULL
    ), added AS (
        INSERT INTO cccd_gate.board_count AS c (event, gate, minute, entered, left_count, annulled, refused, review)
        SELECT $1, f.gate, coalesce(f.minute, '-infinity'), sum(f.entered), sum(f.left_count), sum(f.annulled), sum(f.refused), sum(f.review)
        FROM found f
        GROUP BY GROUPING SETS ((f.gate, f.minute), (f.gate))
        ON CONFLICT ON CONSTRAINT board_count_once DO UPDATE
        SET entered = c.entered + excluded.entered, left_count = c.left_count + excluded.left_count,
            annulled = c.annulled + excluded.annulled, refused = c.refused + excluded.refused, review = c.review + excluded.review
    )
    -- nothing is counted before all that ran at the first mark has ended
    UPDATE cccd_gate.board_mark m SET floor = h.floor, snapshot = h.snapshot, xid = pg_current_xact_id(), counted_at = moment
    FROM here h WHERE m.event = $1 AND h.floor IS NOT NULL;
END
$$;
COMMENT ON FUNCTION count_board(int) IS
    'adds the answers of an event (event.event) that are visible now and not counted yet to board_count. The transaction has no xid yet, and the lock of the event''s board';

CREATE FUNCTION count_board_if_due(event int) RETURNS void
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    mark cccd_gate.board_mark;
BEGIN
    -- of a transaction that writes itself the rows yet to come could not be told from the others
    IF current_setting('transaction_read_only')::boolean OR current_setting('transaction_isolation') <> 'read committed'
        OR pg_current_xact_id_if_assigned() IS NOT NULL THEN
        RETURN;
    END IF;
    SELECT m.* INTO mark FROM cccd_gate.board_mark m WHERE m.event = $1;
    IF mark.floor IS NOT NULL AND clock_timestamp() BETWEEN mark.counted_at - interval '1 second' AND mark.counted_at + interval '5 seconds'
        OR NOT EXISTS (SELECT FROM cccd_gate.answer_log l WHERE l.event = $1 AND l.recorded_at >= coalesce(mark.floor, '-infinity')) THEN
        RETURN;
    END IF;
    -- lock: board
    IF NOT pg_try_advisory_xact_lock(hashint8extended($1, 1667457901)) THEN
        RETURN;
    END IF;
    PERFORM cccd_gate.count_board($1);
END
$$;
COMMENT ON FUNCTION count_board_if_due(int) IS
    'count_board() of an event (event.event), at most every five seconds, unless another session is at it or this one cannot';

CREATE FUNCTION board(event text, minutes int DEFAULT 60)
    RETURNS TABLE (scope text, gate text, minute timestamptz, inside bigint, entered bigint, left_count bigint,
                   annulled bigint, refused bigint, review bigint)
    LANGUAGE plpgsql SECURITY DEFINER ROWS 100 COST 10000 SET search_path = pg_catalog, pg_temp SET jit = off
AS $$
#variable_conflict use_column
DECLARE
    key CONSTANT int := cccd_gate.watched($1, '{gate,desk,organiser}');
BEGIN
    IF ($2 BETWEEN 0 AND 1440) IS NOT TRUE THEN
        RAISE EXCEPTION 'minutes must be between 0 and 1440' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    IF key IS NULL THEN
        RETURN;
    END IF;
    PERFORM cccd_gate.count_board_if_due(key);
    -- one statement, so that places and answers are of the same moment
    RETURN QUERY
    WITH counted AS MATERIALIZED (
        SELECT c.gate, c.minute, c.entered, c.left_count, c.annulled, c.refused, c.review
        FROM cccd_gate.board_count c
        WHERE c.event = key AND (c.minute = '-infinity' OR c.minute > clock_timestamp() - make_interval(mins => $2))
        UNION ALL
        SELECT u.gate, m.minute, u.entered, u.left_count, u.annulled, u.refused, u.review
        FROM cccd_gate.uncounted(key) u
        CROSS JOIN LATERAL (VALUES (timestamptz '-infinity'), (u.minute)) m(minute)
        WHERE m.minute = '-infinity' OR m.minute > clock_timestamp() - make_interval(mins => $2)
    ), places AS (
        SELECT coalesce(sum(s.inside), 0)::bigint AS inside, coalesce(sum(s.entered), 0)::bigint AS entered, coalesce(sum(s.left_count), 0)::bigint AS left_count
        FROM cccd_gate.slot s WHERE s.event = key
    )
    SELECT 'event', NULL, NULL, p.inside, p.entered, p.left_count,
           coalesce(sum(c.annulled), 0)::bigint, coalesce(sum(c.refused), 0)::bigint, coalesce(sum(c.review), 0)::bigint
    FROM places p LEFT JOIN counted c ON c.minute = '-infinity'
    GROUP BY p.inside, p.entered, p.left_count
    UNION ALL
    (SELECT CASE WHEN isfinite(c.minute) THEN 'minute' ELSE 'gate' END, c.gate, CASE WHEN isfinite(c.minute) THEN c.minute END, NULL,
            sum(c.entered)::bigint, sum(c.left_count)::bigint, sum(c.annulled)::bigint, sum(c.refused)::bigint, sum(c.review)::bigint
     FROM counted c
     GROUP BY c.gate, c.minute
     ORDER BY c.minute, c.gate COLLATE "C");
END
$$;
COMMENT ON FUNCTION board(text, int) IS
    'how an event goes, for a screen that asks again every second. Arguments: event.code; of how many minutes back each is shown by itself (0 to 1440, else error 22023). Rows: scope event, of the whole: people inside, entries (annulled ones left out), exits, from the counters of places; scope gate, of all minutes of a gate; scope minute, of a gate and the minute that begins at minute. There entered and left_count are answers that let in and out, also where somebody was inside already or is not known to be; annulled, refused and review are answers of that kind, a scan that is repeated counts again; gate is NULL for an unknown gate and for check_out_all(). What was replayed counts when it happened. Every answer that has committed is counted, once. Duties gate, desk and organiser of the event; no row for others. Writes what it has counted now and then, but not on a standby, in a read-only transaction or in one that has written';

CREATE FUNCTION entries_by_minute(event text)
    RETURNS TABLE (minute timestamptz, gate text, entered bigint, left_count bigint)
    LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER ROWS 1000 COST 10000 SET jit = off
BEGIN ATOMIC
    SELECT q.minute, q.gate, sum(q.entered)::bigint, sum(q.left_count)::bigint
    FROM (SELECT c.minute, c.gate, c.entered, c.left_count
          FROM board_count c WHERE c.event = (SELECT reported($1)) AND c.minute > '-infinity'
          UNION ALL
          SELECT u.minute, u.gate, u.entered, u.left_count FROM uncounted((SELECT reported($1))) u) q
    WHERE q.entered > 0 OR q.left_count > 0
    GROUP BY q.minute, q.gate
    ORDER BY q.minute, q.gate COLLATE "C";
END;
COMMENT ON FUNCTION entries_by_minute(text) IS
    'how often somebody was let in and out at the gates of an event (event.code), by minute, named by its begin, and gate; as board() counts, over the whole event, minutes in which nobody passed left out. gate is NULL for check_out_all(). Duties organiser and analyst of the event; no row for others';
