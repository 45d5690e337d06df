-- what holds of an event, and from when on: level, rule, how many people

CREATE FUNCTION people_allowed(places int, area numeric, all_satisfy boolean, b rule_book) RETURNS int
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT least(people_allowed.places, CASE WHEN people_allowed.all_satisfy THEN (b).most_people ELSE coalesce((b).most_others, (b).most_people) END,
                 floor(people_allowed.places * (b).share)::int, least(floor(people_allowed.area / (b).square_metres), 2147483647)::int);
END;
COMMENT ON FUNCTION people_allowed(int, numeric, boolean, rule_book) IS
    'how many people a published rule allows: the least of the places, the head count of the rule, its share of the places, and the area by what each person must have. Arguments: places; area, m², NULL if not known; whether everybody is asked the rule; the rule, NULL if none is in force';

CREATE FUNCTION unit_family(unit int) RETURNS SETOF int
    LANGUAGE sql STABLE STRICT PARALLEL SAFE ROWS 4
BEGIN ATOMIC
    WITH RECURSIVE family (unit) AS (
        SELECT unit_family.unit
        UNION
        SELECT r.unit
        FROM family f
        CROSS JOIN LATERAL (SELECT u.parent FROM unit u WHERE u.unit = f.unit
                            UNION ALL SELECT s.successor FROM unit_successor s WHERE s.unit = f.unit) r(unit)
        WHERE r.unit IS NOT NULL
    )
    SELECT f.unit FROM family f;
END;
COMMENT ON FUNCTION unit_family(int) IS 'a unit, what followed it, and what they are part of, at whatever time: the units whose levels and rules may count for it';

CREATE FUNCTION event_changes(e event, since timestamptz) RETURNS SETOF timestamptz
    LANGUAGE sql STABLE ROWS 10
BEGIN ATOMIC
    WITH family AS MATERIALIZED (
        SELECT f.unit FROM unit_family((e).unit) f(unit)
    ), day (day) AS (
        SELECT v.day
        FROM family f JOIN unit u USING (unit) CROSS JOIN LATERAL (VALUES (lower(u.valid)), (upper(u.valid))) v(day)
        UNION
        SELECT v.day
        FROM rule_book b
        JOIN activity_within((e).activity) w ON w.activity = b.activity
        CROSS JOIN LATERAL (VALUES (lower(b.valid)), (upper(b.valid))) v(day)
        WHERE b.unit IS NULL OR b.unit IN (SELECT f.unit FROM family f)
    )
    SELECT m.at FROM (
        SELECT v.at
        FROM family f
        JOIN unit_level l ON int4range(l.unit, l.unit, '[]') && int4range(f.unit, f.unit, '[]')
        CROSS JOIN LATERAL (VALUES (lower(l.valid)), (upper(l.valid))) v(at)
        WHERE (e).level IS NULL
        UNION
        SELECT timezone(interval '7 hours', d.day::timestamp) FROM day d WHERE isfinite(d.day)) m(at)
    WHERE m.at > event_changes.since;
END;
COMMENT ON FUNCTION event_changes(event, timestamptz) IS
    'the moments after a moment at which another level or another published rule may count for an event';

CREATE FUNCTION event_terms(event int, since timestamptz DEFAULT clock_timestamp())
    RETURNS TABLE (starts timestamptz, level int, rule_code text, rule cccd_rule, rule_key int, capacity int)
    LANGUAGE sql STABLE ROWS 4
BEGIN ATOMIC
    WITH moment AS MATERIALIZED (
        SELECT x AS e, m.at, local_day(m.at) AS day, l.level
        FROM event x
        CROSS JOIN LATERAL (SELECT coalesce(x.judged_at, event_terms.since)
                            UNION SELECT c.at FROM event_changes(x, event_terms.since) c(at) WHERE x.judged_at IS NULL) m(at)
        CROSS JOIN LATERAL (SELECT coalesce(x.level, (SELECT f.level FROM level_in_force(x.unit, m.at) f)) AS level) l
        WHERE x.event = event_terms.event
    )
    SELECT m.at, m.level, r.code, r.rule, k.rule, people_allowed((m.e).capacity, (m.e).area, r.asked, r.book)
    FROM moment m
    LEFT JOIN LATERAL (SELECT f.code FROM rules_for((m.e).activity, (m.e).unit, m.level, m.day) f WHERE f.rank = 1) found ON true
    LEFT JOIN rule_book b ON b.code = coalesce((m.e).rule_code, found.code)
    CROSS JOIN LATERAL (SELECT CASE WHEN (m.e).rule IS NULL THEN b.code ELSE (m.e).rule_code END, coalesce((m.e).rule, b.rule),
                               (m.e).rule IS NULL OR (m.e).rule_code IS NOT NULL, b) r(code, rule, asked, book)
    LEFT JOIN rule_text k ON k.digest = sha256(cccd_rule_send(r.rule))
    ORDER BY m.at;
END;
COMMENT ON FUNCTION event_terms(int, timestamptz) IS
    'what holds of an event (event.event) from a moment on (default: now), and after each change that is known: epidemic level, the published rule that it follows or cites, the rule that is asked and its key in rule_text, and how many people may be inside. Of an event with judged_at, what holds at that moment. An event that follows the book while no rule is in force has no rule';
