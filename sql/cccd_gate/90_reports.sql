-- reports: who came, on what evidence, who stayed out, and what the gates did
--
-- Each asks for the duty organiser or analyst of its event, and has no row for
-- an event that does not exist or is somebody else's.

CREATE FUNCTION watched(event text, profiles text[]) RETURNS int
    LANGUAGE sql STABLE PARALLEL RESTRICTED
BEGIN ATOMIC
    SELECT e.event FROM event e WHERE e.code = watched.event AND has_duty(watched.profiles, e.event);
END;
COMMENT ON FUNCTION watched(text, text[]) IS
    'event.event of an event of which the acting role has one of these duties; NULL: no such event, or not for this role';

CREATE FUNCTION reported(event text) RETURNS int
    LANGUAGE sql STABLE PARALLEL RESTRICTED
BEGIN ATOMIC
    SELECT watched(reported.event, '{organiser,analyst}');
END;
COMMENT ON FUNCTION reported(text) IS
    'event.event of an event that the acting role may have reports of; NULL: no such event, or not for this role';

CREATE FUNCTION proof_groups(event int) RETURNS TABLE (proof int, people bigint)
    LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT p.proof, count(*)
    FROM presence p
    WHERE p.event = $1 AND p.state <> 'a'
      -- the second ticket of people who were merged is nobody
      AND (p.person IS NOT NULL OR p.merged_from IS NULL)
    GROUP BY p.proof;
END;
COMMENT ON FUNCTION proof_groups(int) IS
    'how many people, and bearers of tickets, came to an event (event.event), by presence.proof; annulled entries left out';

CREATE FUNCTION attendance_report(event text)
    RETURNS TABLE (category text, label_vi text, label_en text, people bigint, share numeric)
    LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER COST 10000
BEGIN ATOMIC
    WITH counted AS MATERIALIZED (
        SELECT CASE WHEN g.proof IS NULL THEN 'unproven'
                    WHEN n.paper = 0 THEN CASE WHEN n.record = 0 THEN 'none' ELSE 'record' END
                    ELSE CASE WHEN n.record = 0 THEN 'paper' ELSE 'mixed' END END AS category,
               sum(g.people)::bigint AS people
        FROM proof_groups((SELECT reported($1))) g
        CROSS JOIN LATERAL proof_counts(g.proof) c
        CROSS JOIN LATERAL (SELECT c.doses_record + c.tests_record + c.others_record AS record,
                                   c.doses_paper + c.tests_paper + c.others_paper AS paper) n
        GROUP BY 1
    ), total AS (
        SELECT coalesce(sum(c.people), 0)::bigint AS people FROM counted c
    )
    SELECT l.category, l.vi, l.en, n.people, round(100.0 * n.people / nullif(t.people, 0), 1)
    FROM (VALUES
        (1, 'record', 'Đủ dữ liệu trên hệ thống', 'all on record'),
        (2, 'mixed', 'Một phần dữ liệu, một phần giấy tờ', 'part on record, part paper'),
        (3, 'paper', 'Hoàn toàn bằng giấy tờ', 'all paper'),
        (4, 'none', 'Không cần chứng minh', 'no proof needed'),
        (5, 'unproven', 'Cho vào khi chưa chứng minh đủ điều kiện', 'let in without proof'),
        (6, 'total', 'Tổng số', 'total')) l(position, category, vi, en)
    CROSS JOIN total t
    LEFT JOIN counted c ON c.category = l.category
    CROSS JOIN LATERAL (SELECT CASE l.category WHEN 'total' THEN t.people ELSE coalesce(c.people, 0) END AS people) n
    WHERE reported($1) IS NOT NULL AND (n.people > 0 OR l.category NOT IN ('none', 'unproven'))
    ORDER BY l.position;
END;
COMMENT ON FUNCTION attendance_report(text) IS
    'who came to an event (event.code), by the kind of proof: record, all of it from the national systems or signed certificates; mixed, part of it paper; paper, all of it; none, only if the rule required no proof of some people; unproven, only if replay() recorded people whom a gate let in and the rule did not; total. people, bearers of tickets among them, and share in percent. Counted from presence, annulled entries left out; of somebody who entered several times the last entry counts. No row for an event that does not exist, or without the duty organiser or analyst of it';

CREATE FUNCTION proof_report(event text)
    RETURNS TABLE (doses_record int, doses_paper int, tests_record int, tests_paper int, others_record int, others_paper int, people bigint)
    LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER COST 10000
BEGIN ATOMIC
    SELECT c.doses_record, c.doses_paper, c.tests_record, c.tests_paper, c.others_record, c.others_paper, g.people
    FROM proof_groups((SELECT reported($1))) g
    CROSS JOIN LATERAL proof_counts(g.proof) c
    ORDER BY g.people DESC, g.proof;
END;
COMMENT ON FUNCTION proof_report(text) IS
    'on how many doses, tests and other facts, on record and on paper, the people of an event (event.code) came: one row a combination, the most frequent first; NULL where replay() recorded people whom a gate let in and the rule did not. Counted as attendance_report(), with the same duties';

CREATE FUNCTION event_cases(event int)
    RETURNS TABLE (case_id uuid, asked "char", at timestamptz, gate text, person bigint, ticket bigint, verdict "char", annulled boolean, reasons text[])
    LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT DISTINCT ON (q.case_id) q.case_id, q.asked, q.at, q.gate, q.person, q.ticket, q.verdict, q.action = 'n', q.reasons
    FROM (SELECT w.case_id, l.action, l.recorded_at, coalesce(l.occurred_at, l.recorded_at) AS at, l.gate, l.ticket,
                 -- the log keeps the keys it had
                 CASE WHEN p.merged_into IS NULL THEN l.person ELSE merged_person(l.person) END AS person,
                 coalesce(l.decided, l.verdict) AS verdict, l.reasons,
                 first_value(l.action) OVER (PARTITION BY w.case_id ORDER BY l.case_id IS NOT NULL) AS asked
          FROM answer_log l
          CROSS JOIN LATERAL (SELECT coalesce(l.case_id, l.request_id) AS case_id) w
          LEFT JOIN person p ON p.person = l.person
          WHERE l.event = $1) q
    ORDER BY q.case_id, q.action = 'n' DESC, q.verdict = 'a' DESC, q.recorded_at DESC;
END;
COMMENT ON FUNCTION event_cases(int) IS
    'the cases of an event (event.event), each with the answer that counts: that it was annulled, else the one that let happen what was asked, else the last; a replayed answer is what the gate decided. asked is the action of the first answer, person as of now';

CREATE FUNCTION event_refusals(event int)
    RETURNS TABLE (at timestamptz, gate text, verdict "char", annulled boolean, reason text)
    LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT DISTINCT ON (e.person, w.unknown) e.at, e.gate, e.verdict, e.annulled, e.reasons[1]
    FROM (SELECT c.*, c.person IS NOT NULL AND bool_or(c.verdict = 'a') OVER (PARTITION BY c.person) AS let_in
          FROM event_cases($1) c WHERE c.asked IN ('i', 'd')) e
    -- who shows somebody else's number is not that person
    CROSS JOIN LATERAL (SELECT CASE WHEN e.person IS NULL OR e.reasons && '{name_disagrees,birth_date_disagrees,sex_disagrees}' THEN e.case_id END AS unknown) w
    WHERE NOT e.let_in AND e.verdict <> 'a'
      AND NOT EXISTS (SELECT FROM presence p WHERE p.event = $1 AND p.person = e.person AND p.state <> 'a')
      -- nothing could be read, and then the ticket let somebody in
      AND NOT (e.person IS NULL
               AND e.reasons[1] IN ('scan_unreadable', 'picture_unreadable', 'picture_ambiguous', 'picture_not_possible', 'chip_unreadable')
               AND EXISTS (SELECT FROM presence p WHERE p.event = $1 AND p.ticket = e.ticket AND p.state <> 'a'))
    ORDER BY e.person, w.unknown, e.at DESC, e.case_id;
END;
COMMENT ON FUNCTION event_refusals(int) IS
    'the people who asked for entry to an event (event.event) and were never let in, one row each, with the answer that they got last; somebody unknown, and whoever shows the number of a person who has not been let in with another name, birth date or sex, is one a case';

CREATE FUNCTION refusals_report(event text)
    RETURNS TABLE (verdict text, reason text, label_vi text, label_en text, people bigint)
    LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER COST 10000
BEGIN ATOMIC
    SELECT CASE q.verdict WHEN 'v' THEN 'review' ELSE 'refuse' END, q.reason,
           coalesce(r.vi, q.reason, CASE WHEN q.annulled THEN 'Lượt vào đã được hủy' ELSE 'Theo quyết định tại cổng' END),
           coalesce(r.en, q.reason, CASE WHEN q.annulled THEN 'the entry was annulled' ELSE 'decided at the gate' END),
           q.people
    FROM (SELECT f.verdict, f.reason, f.annulled, count(*) AS people
          FROM event_refusals((SELECT reported($1))) f
          GROUP BY f.verdict, f.reason, f.annulled) q
    LEFT JOIN reason r ON r.code = q.reason
    ORDER BY q.verdict DESC, q.people DESC, q.reason COLLATE "C", q.annulled;
END;
COMMENT ON FUNCTION refusals_report(text) IS
    'who was not admitted to an event (event.code): people by the most important reason of the last answer that they got; who was admitted at any time is left out; somebody unknown, and whoever shows the number of a person who was not admitted with another name, birth date or sex, counts once a case. reason is NULL where an entry was annulled, and where replay() recorded a refusal that the gate alone decided. Duties as attendance_report()';

CREATE FUNCTION gate_report(event text)
    RETURNS TABLE (hour timestamp, gate text, admitted bigint, reviewed bigint, refused bigint, entries bigint, exits bigint)
    LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER COST 10000
BEGIN ATOMIC
    WITH passed AS MATERIALIZED (
        SELECT c.at, c.gate, c.asked IN ('i', 'd') AS entry,
               row_number() OVER (PARTITION BY c.asked IN ('i', 'd'), c.person, CASE WHEN c.person IS NULL THEN c.ticket END
                                  ORDER BY c.at, c.case_id) = 1 AS first
        FROM event_cases((SELECT reported($1))) c
        WHERE c.verdict = 'a' AND c.asked IN ('i', 'd', 'o')
    ), counted AS (
        SELECT p.at, p.gate, (p.entry AND p.first)::int AS admitted, 0 AS reviewed, 0 AS refused,
               p.entry::int AS entries, (NOT p.entry)::int AS exits
        FROM passed p
        UNION ALL
        SELECT f.at, f.gate, 0, (f.verdict = 'v')::int, (f.verdict = 'r')::int, 0, 0
        FROM event_refusals((SELECT reported($1))) f
    )
    SELECT date_trunc('hour', timezone(interval '7 hours', c.at)), c.gate,
           sum(c.admitted), sum(c.reviewed), sum(c.refused), sum(c.entries), sum(c.exits)
    FROM counted c
    GROUP BY 1, 2
    ORDER BY 1, c.gate COLLATE "C";
END;
COMMENT ON FUNCTION gate_report(text) IS
    'what happened at the gates of an event (event.code), by hour, which is the time of day in Viet Nam, and gate. admitted, reviewed, refused: people, each counted once, by the first entry or, of who was never let in, the last answer; so they sum up to the other reports. entries and exits: how often somebody went in or out, annulled entries left out. Duties as attendance_report()';
