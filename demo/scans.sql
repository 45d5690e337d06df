-- What the scanners deliver that evening, one psql script a gate.  Called with
-- -v gate=1 .. 6 and -v late=false or true; writes the script to standard
-- output.  Those who try again come when everybody else is inside.
\pset tuples_only on
\pset format unaligned

WITH scan AS (
    -- everybody comes once
    SELECT n, kind, gate, arrives, ticket, 'scan ' || n AS request, false AS late,
           EXISTS (SELECT FROM demo.photo p WHERE p.n = s.n) AS photographed,
           CASE kind
               WHEN 'personal_qr' THEN
                   format('%s|%s|%s|0|16290000%s|<%s<<', id, cccd_name_key(name), birth_date,
                          lpad(n::text, 10, '0'), CASE sex WHEN 'M' THEN 1 ELSE 2 END)
               WHEN 'no_chip_card' THEN old_id
               WHEN 'other_name' THEN
                   cccd_card_qr((SELECT o.id FROM demo.spectator o WHERE o.kind = 'isolated' ORDER BY o.n OFFSET s.n % 10 LIMIT 1), NULL, name, birth_date, sex, address, issued)
               WHEN 'inconsistent' THEN
                   cccd_card_qr(id, NULL, name, (birth_date - interval '9 years')::date, sex, address, issued)
               ELSE cccd_card_qr(id, NULL, name, birth_date, sex, address, issued)
           END AS scan
    FROM demo.spectator s
    UNION ALL
    -- thirty come again with the ticket they have used, at the next gate
    SELECT n, 'again', gate % 6 + 1, arrives + interval '20 minutes', ticket, 'again ' || n, true, false,
           cccd_card_qr(id, NULL, name, birth_date, sex, address, issued)
    FROM demo.spectator WHERE kind = 'record' AND n % 100 = 7 AND n <= 3000
    UNION ALL
    -- ten show a copy of somebody's ticket
    SELECT n, 'copied_ticket', gate % 6 + 1, arrives + interval '30 minutes',
           (SELECT o.ticket FROM demo.spectator o WHERE o.n = s.n - 6000), 'copy ' || n, true, false,
           cccd_card_qr(id, NULL, name, birth_date, sex, address, issued)
    FROM demo.spectator s WHERE kind = 'no_ticket' AND n % 6 = 0
), line AS (
    SELECT arrives, n, request, 1 AS step,
           -- a photo that nothing can be read in is followed by the scanner
           CASE WHEN photographed THEN
               format('\echo photo'||E'\n'||'EXECUTE photo(%L, %L, %L, %L) \gset'||E'\n'||'\if :unread'||E'\n',
                      n, chr(64 + gate), md5('photo ' || n)::uuid, ticket)
           ELSE '' END
           || format('\echo check'||E'\n'||'EXECUTE scan(%L, %L, %L, %s) \gset',
                     scan, chr(64 + gate), md5(request)::uuid,
                     CASE WHEN kind = 'no_ticket' THEN 'NULL' ELSE quote_literal(ticket) END)
           || CASE WHEN photographed THEN E'\n'||'\endif' ELSE '' END AS command
    FROM scan WHERE late = :late AND gate = :gate
    UNION ALL
    -- the desk: papers are accepted by a named officer, then the check again
    SELECT arrives, n, request, 2,
           format('\echo paper'||E'\n'||'EXECUTE paper(:''c'', ''desk_%s'', ''dose'', %L, %L, NULL, %s, %L);',
                  gate, demo.today(date '2021-06-20' + demo.pick(n, 20, 60)), 'EU/1/21/1529', 1, 'VX' || n)
    FROM scan WHERE late = :late AND gate = :gate AND kind = 'paper'
    UNION ALL
    SELECT arrives, n, request, 3,
           format('\echo paper'||E'\n'||'EXECUTE paper(:''c'', ''desk_%s'', ''dose'', %L, %L, NULL, %s, %L);',
                  gate, demo.today(date '2021-09-10' + demo.pick(n, 22, 50)), 'EU/1/21/1529', 2, 'VY' || n)
    FROM scan WHERE late = :late AND gate = :gate AND kind IN ('paper', 'part')
    UNION ALL
    SELECT arrives, n, request, 4,
           format('\echo paper'||E'\n'||'EXECUTE paper(:''c'', ''desk_%s'', ''test'', %L, ''antigen'', ''negative'', NULL, %L);',
                  gate, demo.today('2021-11-16 14:00+07') - demo.pick(n, 23, 64 * 3600) * interval '1 s', 'T' || n)
    FROM scan WHERE late = :late AND gate = :gate AND kind IN ('paper', 'part')
    UNION ALL
    SELECT arrives, n, request, 5,
           format('\echo check'||E'\n'||'EXECUTE again(:''c'', %L);', md5('after ' || request)::uuid)
    FROM scan WHERE late = :late AND gate = :gate AND kind IN ('paper', 'part')
)
SELECT command FROM line ORDER BY arrives, n, request, step;
