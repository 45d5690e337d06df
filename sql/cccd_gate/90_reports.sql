-- reports

CREATE FUNCTION attendance_report(event text)
    RETURNS TABLE (category text, label_vi text, label_en text, people bigint, share numeric)
    LANGUAGE sql STABLE SECURITY DEFINER
BEGIN ATOMIC
    WITH counted AS MATERIALIZED (
        SELECT a.basis, count(*) AS people
        FROM attendance a
        WHERE a.event = (SELECT e.event FROM event e WHERE e.code = attendance_report.event AND has_duty('{organiser,analyst}', e.event))
        GROUP BY a.basis
    ), total AS (
        SELECT coalesce(sum(c.people), 0)::bigint AS people FROM counted c
    )
    SELECT q.category, q.vi, q.en, q.people, q.share
    FROM (
        SELECT l.position, l.category, l.vi, l.en, coalesce(c.people, 0) AS people, round(100.0 * coalesce(c.people, 0) / nullif(t.people, 0), 1) AS share
        FROM (VALUES
            (1, 'r'::"char", 'record', 'Đủ dữ liệu trên hệ thống', 'all on record'),
            (2, 'm', 'mixed', 'Một phần dữ liệu, một phần giấy tờ', 'part on record, part paper'),
            (3, 'p', 'paper', 'Hoàn toàn bằng giấy tờ', 'all paper'),
            (4, 'n', 'none', 'Không cần chứng minh', 'no proof needed')) l(position, basis, category, vi, en)
        CROSS JOIN total t
        LEFT JOIN counted c ON c.basis = l.basis
        WHERE c.people > 0 OR l.category <> 'none'
        UNION ALL
        SELECT 5, 'total', 'Tổng số', 'total', t.people, CASE WHEN t.people > 0 THEN 100.0 END
        FROM total t) q
    ORDER BY q.position;
END;
COMMENT ON FUNCTION attendance_report(text) IS
    'who came to an event (event.code), by the kind of proof: record, all of it from the national systems or signed certificates; mixed, part of it paper; paper, all of it; none, only if the rule required no proof of some people; total. people, and share in percent. Counted from the attendance rows';

CREATE VIEW final_decision WITH (security_invoker = true) AS
SELECT d.decision, d.at, d.event, d.gate, d.person, d.verdict, d.reasons
FROM decision d
WHERE NOT EXISTS (SELECT FROM decision n WHERE n.previous = d.decision)
  AND NOT (d.reasons && '{scan_unreadable,picture_unreadable,picture_ambiguous,picture_not_possible}'
           AND EXISTS (SELECT FROM attendance a WHERE a.ticket = d.ticket))
  AND (d.verdict = 'admit' OR d.person IS NULL
       OR NOT EXISTS (SELECT FROM decision n
                      WHERE n.person = d.person AND n.event = d.event AND n.verdict = 'admit' AND n.decision > d.decision));
COMMENT ON VIEW final_decision IS
    'decisions that nothing followed: neither another look at the same case nor an admission of the same person later; nor, where nothing could be read, of the same ticket';
COMMENT ON COLUMN final_decision.decision IS 'as in decision';
COMMENT ON COLUMN final_decision.at IS 'as in decision';
COMMENT ON COLUMN final_decision.event IS 'as in decision';
COMMENT ON COLUMN final_decision.gate IS 'as in decision';
COMMENT ON COLUMN final_decision.person IS 'as in decision';
COMMENT ON COLUMN final_decision.verdict IS 'as in decision';
COMMENT ON COLUMN final_decision.reasons IS 'as in decision';

CREATE FUNCTION refusals_report(event text)
    RETURNS TABLE (verdict text, reason text, label_vi text, label_en text, people bigint)
    LANGUAGE sql STABLE SECURITY DEFINER
BEGIN ATOMIC
    SELECT q.verdict, q.reason, coalesce(r.vi, q.reason), coalesce(r.en, q.reason), q.people
    FROM (SELECT f.verdict, f.reasons[1] AS reason, count(DISTINCT coalesce(f.person, -f.decision)) AS people
          FROM final_decision f
          WHERE f.verdict <> 'admit'
            AND f.event = (SELECT e.event FROM event e WHERE e.code = refusals_report.event AND has_duty('{organiser,analyst}', e.event))
          GROUP BY 1, 2) q
    LEFT JOIN reason r ON r.code = q.reason
    ORDER BY q.verdict DESC, q.people DESC, q.reason COLLATE "C";
END;
COMMENT ON FUNCTION refusals_report(text) IS
    'who was not admitted to an event (event.code), by the most important reason of the last decision; people who were admitted later are left out. People without a known person count once a decision';

CREATE FUNCTION gate_report(event text)
    RETURNS TABLE (hour timestamptz, gate text, admitted bigint, reviewed bigint, refused bigint)
    LANGUAGE sql STABLE SECURITY DEFINER
BEGIN ATOMIC
    SELECT date_trunc('hour', f.at, 'Asia/Ho_Chi_Minh'), f.gate,
           count(*) FILTER (WHERE f.verdict = 'admit'),
           count(*) FILTER (WHERE f.verdict = 'review'),
           count(*) FILTER (WHERE f.verdict = 'refuse')
    FROM final_decision f
    WHERE f.event = (SELECT e.event FROM event e WHERE e.code = gate_report.event AND has_duty('{organiser,analyst}', e.event))
    GROUP BY 1, 2
    ORDER BY 1, f.gate COLLATE "C";
END;
COMMENT ON FUNCTION gate_report(text) IS
    'final decisions of an event (event.code) by hour and gate: admitted, left at review, refused';
