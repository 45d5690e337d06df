-- What the guards read, and what the organiser gets.
\pset tuples_only on
\pset format unaligned
SET client_min_messages = warning;

\echo
\echo '== A dozen scans, as the guard reads them'
\echo
-- Asking again with the same request gives the same answer, so these are the
-- verdicts of the evening itself.
SELECT format(E'%s  Cổng %s  %-7s %s%s%s%s',
              to_char(s.arrives AT TIME ZONE 'Asia/Ho_Chi_Minh', 'HH24:MI'), chr(64 + s.gate), upper(a.verdict),
              coalesce(a.holder_name || '  ' || a.holder_id_masked || '  ' || to_char(a.holder_birth_date, 'DD/MM/YYYY'), '(không rõ / not known)'),
              CASE WHEN a.verdict = 'admit' AND a.valid_until IS NOT NULL
                   THEN E'\n               đến / until ' || to_char(a.valid_until AT TIME ZONE 'Asia/Ho_Chi_Minh', 'HH24:MI DD/MM/YYYY') ELSE '' END,
              (SELECT string_agg(E'\n               - ' || vi || E'\n                 ' || en, '' ORDER BY i)
               FROM unnest(a.reasons_vi, a.reasons_en) WITH ORDINALITY r(vi, en, i)),
              (SELECT string_agg(E'\n               > ' || vi || E'\n                 ' || en, '' ORDER BY i)
               FROM unnest(a.ask_vi, a.ask_en) WITH ORDINALITY r(vi, en, i)))
       || E'\n'
FROM (SELECT DISTINCT ON (kind) s.* FROM demo.spectator s ORDER BY kind, n) s
JOIN demo.kind k USING (kind)
CROSS JOIN LATERAL cccd_gate.check('MD-2021-11-16', NULL, chr(64 + s.gate), md5('scan ' || s.n)::uuid, s.arrives) a
ORDER BY k.position;

\echo '== Cards shown to a phone instead of a scanner'
\echo
SELECT format('  %s photos, %s read by the database; the others were scanned', count(*), count(*) FILTER (WHERE NOT reasons && '{picture_unreadable}'))
FROM cccd_gate.decision WHERE request IN (SELECT md5('photo ' || n)::uuid FROM demo.photo);
\echo
\echo '== Who came, and on what evidence'
\echo
SELECT format('  %-48s %6s  %5s %%', label_en, to_char(people, 'FM999,999'), share)
FROM cccd_gate.attendance_report('MD-2021-11-16');
\echo
\echo '== Who did not get in'
\echo
SELECT format('  %-7s %-58s %5s', verdict, label_en, people)
FROM cccd_gate.refusals_report('MD-2021-11-16');
