-- who is inside: by zone, over time, and who should not be any more

CREATE FUNCTION inside(event text)
    RETURNS TABLE (person bigint, holder_name text, ticket text, zone text, gate text, since timestamptz)
    LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER ROWS 1000 COST 10000
BEGIN ATOMIC
    SELECT p.person, n.name, t.number, p.zone, p.gate, p.since
    FROM presence p
    LEFT JOIN person n ON n.person = p.person
    LEFT JOIN ticket t ON t.ticket = p.ticket
    WHERE p.event = (SELECT watched($1, '{desk}')) AND p.state = 'i'
    ORDER BY p.zone COLLATE "C" NULLS FIRST, p.since, p.person, p.ticket;
END;
COMMENT ON FUNCTION inside(text) IS
    'who is inside an event (event.code) now, for an evacuation or a search: person.person and name, NULL of a bearer of a ticket; serial number of the ticket; zone, NULL: the event as a whole; the last gate; since when there. Duty desk of the event; no row for others';

CREATE FUNCTION inside_count(event text) RETURNS TABLE (zone text, people bigint)
    LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER ROWS 10 COST 10000
BEGIN ATOMIC
    SELECT p.zone, count(*)
    FROM presence p
    WHERE p.event = (SELECT watched($1, '{gate,desk,organiser}')) AND p.state = 'i'
    GROUP BY p.zone
    ORDER BY p.zone COLLATE "C" NULLS FIRST;
END;
COMMENT ON FUNCTION inside_count(text) IS
    'how many people, and bearers of tickets, are in each zone of an event (event.code) now; zone is NULL for those who are in none. Zones that are empty have no row. Duties gate, desk and organiser of the event; no row for others';

CREATE FUNCTION occupancy_levels(event int, starts timestamptz, ends timestamptz)
    RETURNS TABLE (whole boolean, zone text, at timestamptz, inside bigint)
    LANGUAGE sql STABLE ROWS 1000
BEGIN ATOMIC
    WITH stay AS MATERIALIZED (
        SELECT v.zone, v.entered, v.left_at
        FROM visit v
        WHERE v.event = $1 AND tstzrange(v.entered, v.left_at) && tstzrange($2, $3)
        UNION ALL
        SELECT p.zone, p.since, 'infinity'
        FROM presence p
        WHERE p.event = $1 AND p.state = 'i' AND p.since < $3
    ), change AS (
        SELECT s.zone, greatest(s.entered, $2) AS at, 1 AS people FROM stay s
        UNION ALL
        SELECT s.zone, s.left_at, -1 FROM stay s WHERE s.left_at < $3
    )
    -- who goes from one zone to another at a moment is counted once at every moment
    SELECT c.whole, c.zone, c.at, sum(c.people) OVER (PARTITION BY c.whole, c.zone ORDER BY c.at)::bigint
    FROM (SELECT grouping(c.zone) = 1 AS whole, c.zone, c.at, sum(c.people) AS people
          FROM change c GROUP BY GROUPING SETS ((c.zone, c.at), (c.at))) c;
END;
COMMENT ON FUNCTION occupancy_levels(int, timestamptz, timestamptz) IS
    'how many were inside an event (event.event) from each moment on at which that changed, in a period: as a whole, and in each zone';

CREATE FUNCTION occupancy(event text, starts timestamptz, ends timestamptz DEFAULT clock_timestamp(), step interval DEFAULT '1 minute')
    RETURNS TABLE (at timestamptz, scope text, zone text, inside bigint, most bigint, capacity int)
    LANGUAGE plpgsql STABLE PARALLEL RESTRICTED SECURITY DEFINER ROWS 1000 COST 10000 SET search_path = pg_catalog, pg_temp SET jit = off
AS $$
#variable_conflict use_column
DECLARE
    key CONSTANT int := cccd_gate.watched($1, '{desk,organiser,analyst}');
BEGIN
    IF ($4 > '0' AND $2 < $3 AND isfinite($2) AND isfinite($3)) IS NOT TRUE THEN
        RAISE EXCEPTION 'a period and the length of its steps are needed' USING ERRCODE = 'invalid_parameter_value';
    ELSIF date_trunc('month', justify_days($4)) <> '0' OR $3 - $2 > $4 * 10000 THEN
        RAISE EXCEPTION 'a period must have at most 10000 steps, and a step less than 30 days' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    RETURN QUERY
    WITH level AS MATERIALIZED (
        SELECT l.whole, l.zone, date_bin($4, l.at, $2) AS bin, l.at, l.inside FROM cccd_gate.occupancy_levels(key, $2, $3) l
    ), bin AS (
        SELECT l.whole, l.zone, l.bin, max(l.inside) AS most, (array_agg(l.inside ORDER BY l.at DESC))[1] AS last
        FROM level l GROUP BY l.whole, l.zone, l.bin
    ), place AS (
        SELECT true AS whole, NULL AS zone WHERE key IS NOT NULL
        UNION
        SELECT DISTINCT l.whole, l.zone FROM level l
    ), filled AS (
        -- a step in which nothing changes is as the one before ended
        SELECT s.at, p.whole, p.zone, b.most, b.last,
               count(b.last) OVER (PARTITION BY p.whole, p.zone ORDER BY s.at) AS n
        FROM place p
        CROSS JOIN generate_series($2, $3 - interval '1 microsecond', $4) s(at)
        LEFT JOIN bin b ON b.whole = p.whole AND b.zone IS NOT DISTINCT FROM p.zone AND b.bin = s.at
    ), ended AS (
        SELECT f.at, f.whole, f.zone, f.most, coalesce(max(f.last) OVER (PARTITION BY f.whole, f.zone, f.n), 0) AS inside
        FROM filled f
    ), terms AS MATERIALIZED (
        SELECT t.starts, t.capacity FROM cccd_gate.event_terms(key, $2) t
    )
    SELECT e.at, CASE WHEN e.whole THEN 'event' ELSE 'zone' END, e.zone, e.inside,
           greatest(e.most, lag(e.inside, 1, 0::bigint) OVER (PARTITION BY e.whole, e.zone ORDER BY e.at)),
           CASE WHEN e.whole THEN (SELECT t.capacity FROM terms t WHERE t.starts <= greatest(e.at, (SELECT min(x.starts) FROM terms x))
                                   ORDER BY t.starts DESC LIMIT 1) END
    FROM ended e
    ORDER BY e.at, e.whole DESC, e.zone COLLATE "C" NULLS FIRST;
END
$$;
COMMENT ON FUNCTION occupancy(text, timestamptz, timestamptz, interval) IS
    'how full an event was. Arguments: event.code; a period, until now by default; length of a step. A row for each step, at its begin: scope event, the whole, and scope zone, each zone in which somebody was in the period (NULL: in none). inside: how many when the step ends; most: the most at one moment of it; capacity: how many people the event''s places, its level and rule allow at the begin of the step. From visits and presence, so that entries that were annulled do not count. Duties desk, organiser and analyst of the event; no row for others. Error 22023: no period, no step, a step of 30 days or more, more than 10,000 steps';

CREATE FUNCTION failing_inside(event text)
    RETURNS TABLE (person bigint, verdict text, reasons text[], zone text, gate text, since timestamptz)
    AS 'MODULE_PATHNAME', 'cccd_gate_failing_inside' LANGUAGE C STABLE PARALLEL RESTRICTED COST 100000 ROWS 100
    SET search_path = pg_catalog, pg_temp;
COMMENT ON FUNCTION failing_inside(text) IS
    'inside_who_would_fail() and inside_fail_count(), which ask for the duty, read this. Argument: event.code';

CREATE FUNCTION inside_who_would_fail(event text)
    RETURNS TABLE (person bigint, verdict text, reasons text[], zone text, gate text, since timestamptz)
    LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER COST 100000 ROWS 100
BEGIN ATOMIC
    SELECT f.person, f.verdict, f.reasons, f.zone, f.gate, f.since
    FROM failing_inside($1) f
    WHERE (SELECT watched($1, '{desk}')) IS NOT NULL
    ORDER BY f.verdict, f.person;
END;
COMMENT ON FUNCTION inside_who_would_fail(text) IS
    'who is inside an event (event.code) and would not be admitted now: somebody was isolated meanwhile, a test became too old, a paper was revoked, the ticket was cancelled. Judged as by preview_event(), with the record, rule and level of this moment, but neither the event''s time and state nor that they are inside. Returns person.person, verdict refuse or review, codes of reasons, zone, the last gate, since when there. Bearers of tickets, of whom nothing is known, are left out. Duty desk of the event; no row for others';

CREATE FUNCTION inside_fail_count(event text) RETURNS TABLE (zone text, verdict text, people bigint)
    LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER COST 100000 ROWS 10
BEGIN ATOMIC
    SELECT f.zone, f.verdict, count(*)
    FROM failing_inside($1) f
    WHERE (SELECT watched($1, '{desk,organiser}')) IS NOT NULL
    GROUP BY f.zone, f.verdict
    ORDER BY f.zone COLLATE "C" NULLS FIRST, f.verdict;
END;
COMMENT ON FUNCTION inside_fail_count(text) IS
    'how many of those whom inside_who_would_fail() names are in each zone of an event (event.code), by verdict; why, only a desk is told. Duties desk and organiser of the event; no row for others';
