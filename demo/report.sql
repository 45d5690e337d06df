-- What the guards read, and what the organiser gets.
\pset tuples_only on
\pset format unaligned

-- lines of at most 100 characters behind the mark
CREATE FUNCTION demo.wrapped(mark text, line text) RETURNS text
    LANGUAGE sql IMMUTABLE
BEGIN ATOMIC
    SELECT E'\n               ' || mark || ' '
           || rtrim(regexp_replace(line, '(.{1,83})(?: |$)', E'\\1\n                 ', 'g'), E' \n');
END;
SET ROLE gate_1;
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
                   THEN E'\n               đến / until ' || to_char(demo.clock_of(a.valid_until), 'HH24:MI DD/MM/YYYY') ELSE '' END,
              (SELECT string_agg(demo.wrapped('-', vi) || demo.wrapped(' ', en), '' ORDER BY i)
               FROM unnest(a.reasons_vi, a.reasons_en) WITH ORDINALITY r(vi, en, i)),
              (SELECT string_agg(demo.wrapped('>', vi) || demo.wrapped(' ', en), '' ORDER BY i)
               FROM unnest(a.ask_vi, a.ask_en) WITH ORDINALITY r(vi, en, i)))
       || E'\n'
FROM (SELECT DISTINCT ON (kind) s.* FROM demo.spectator s ORDER BY kind, n) s
JOIN demo.kind k USING (kind)
CROSS JOIN LATERAL cccd_gate.check_in('MD-2021-11-16', chr(64 + s.gate), md5('scan ' || s.n)::uuid) a
ORDER BY k.position;

RESET ROLE;
\echo '== Cards shown to a phone instead of a scanner'
\echo
SELECT format('  %s photos, %s read by the database; the others were scanned', count(*),
              count(*) FILTER (WHERE (reasons && '{picture_unreadable}') IS NOT TRUE))
FROM cccd_gate.answer_log WHERE request_id IN (SELECT md5('photo ' || n)::uuid FROM demo.photo);
SET ROLE stadium;
\echo
\echo '== Who came, and on what evidence'
\echo
SELECT format('  %-48s %6s  %5s %%', label_en, to_char(people, 'FM999,999'), share)
FROM cccd_gate.attendance_report('MD-2021-11-16');
\echo
\echo '  doses on record, on paper; tests on record, on paper; people'
SELECT format('  %15s %9s  %15s %9s  %6s', doses_record, doses_paper, tests_record, tests_paper, to_char(people, 'FM999,999'))
FROM cccd_gate.proof_report('MD-2021-11-16');
\echo
\echo '== Who did not get in'
\echo
SELECT format('  %-7s %-60s %5s', verdict, label_en, people)
FROM cccd_gate.refusals_report('MD-2021-11-16');
\echo
\echo '== The gates: admitted, left at review, refused'
\echo
SELECT format('  Cổng %s %6s %5s %5s', gate, to_char(sum(admitted), 'FM999,999'), sum(reviewed), sum(refused))
FROM cccd_gate.gate_report('MD-2021-11-16') GROUP BY gate ORDER BY gate;
