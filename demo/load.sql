-- The evening before: the event, and what the national systems deliver, given
-- to the bulk loaders as text, some of it wrong.
SET client_min_messages = warning;

-- who owns the gate, and who may do what
\o /dev/null
CREATE ROLE gate_owner NOLOGIN;
CREATE ROLE register;
CREATE ROLE stadium;
SELECT cccd_gate.hand_over('gate_owner');
SELECT cccd_gate.grant_duty('register', 'loader', source => 'national'), cccd_gate.grant_duty('stadium', 'organiser');
GRANT USAGE ON SCHEMA demo TO PUBLIC;
GRANT SELECT ON ALL TABLES IN SCHEMA demo TO PUBLIC;

-- The limits are those of an evening, which here passes in seconds: there are none.
-- The published rule of that evening is in force today as well: 30 % of 40,000
-- places.
SELECT cccd_gate.save_rule('my-dinh-today', (SELECT jsonb_build_object(
           'authority', b.authority, 'citation', 'my-dinh-2021', 'activity', b.activity, 'unit', '01',
           'valid', daterange(demo.today('2021-11-16 19:00+07')::date - 1, demo.today('2021-11-16 19:00+07')::date + 2),
           'most_people', b.most_people, 'share', b.share, 'rule', b.rule)
       FROM cccd_gate.rule_book b WHERE b.code = 'my-dinh-2021'));
SET ROLE stadium;
SELECT cccd_gate.save_event('MD-2021-11-16', jsonb_build_object(
           'name', 'Việt Nam - Saudi Arabia', 'venue', 'Sân vận động Mỹ Đình', 'activity', 'football', 'unit', '01', 'capacity', 40000,
           'doors', demo.today('2021-11-16 16:00+07'), 'starts', demo.today('2021-11-16 19:00+07'),
           'ends', demo.today('2021-11-16 21:00+07'), 'judged_at', demo.today('2021-11-16 19:00+07'),
           'rule_code', 'my-dinh-today', 'claims_per_minute', 0, 'refusals_per_minute', 0,
           'rule', 'ticket and (doses >= 2 and since(dose(2)) >= 14 days or since(recovery) <= 6 months)'
                   || ' and since(negative(pcr, antigen)) <= 72 hours and not since(positive(pcr, antigen)) <= 72 hours'
                   || ' and not isolated and not exposed'));
SELECT cccd_gate.save_gate('MD-2021-11-16', chr(64 + g), 'Cổng ' || chr(64 + g)) FROM generate_series(1, 6) g;
RESET ROLE;

-- a terminal at each gate, with the officer of its desk
SELECT format('CREATE ROLE gate_%1$s; SELECT cccd_gate.grant_duty(%2$L, ''desk'', ''MD-2021-11-16'', officers => %3$L)',
              g, 'gate_' || g, ARRAY['desk_' || g]) FROM generate_series(1, 6) g \gexec
\o

-- The register knows everybody but those who come with an invented number.
SET ROLE register;
INSERT INTO cccd_gate.person_in (id, old_id, name, birth_date, sex)
SELECT id, CASE kind WHEN 'no_chip_card' THEN old_id END, name, birth_date, sex
FROM demo.spectator WHERE kind <> 'forged';

INSERT INTO cccd_gate.document_in (id, kind, number, issued, status)
SELECT id, CASE kind WHEN 'no_chip_card' THEN 'old_id' ELSE 'chip' END,
       CASE kind WHEN 'no_chip_card' THEN old_id END, issued,
       CASE kind WHEN 'lost_card' THEN 'lost' ELSE 'valid' END
FROM demo.spectator WHERE kind <> 'forged';

-- first doses for all but those who bring paper for everything, second doses
-- for those who need no paper for them; the second at least 14 days ago
INSERT INTO cccd_gate.fact_in (id, name, birth_date, kind, starts, detail, dose_number, source_record)
SELECT id, name, birth_date, 'dose', demo.today(date '2021-06-20' + demo.pick(n, 20, 60)), product, 1, 'D1-' || n
FROM demo.spectator, LATERAL demo.choose(n, 21, '{EU/1/21/1529,EU/1/20/1528,EU/1/20/1507,BBIBP-CorV}') product
WHERE kind NOT IN ('paper', 'forged', 'other_name')
UNION ALL
SELECT id, name, birth_date, 'dose', demo.today(date '2021-09-10' + demo.pick(n, 22, 50)), product, 2, 'D2-' || n
FROM demo.spectator, LATERAL demo.choose(n, 21, '{EU/1/21/1529,EU/1/20/1528,EU/1/20/1507,BBIBP-CorV}') product
WHERE kind NOT IN ('part', 'paper', 'no_paper', 'forged', 'other_name');

-- a negative test in the three days before the match, or four days before it
INSERT INTO cccd_gate.fact_in (id, name, birth_date, kind, starts, detail, result, source_record)
SELECT id, name, birth_date, 'test',
       (demo.today('2021-11-16 14:00+07') - demo.pick(n, 23, 64 * 3600) * interval '1 s'
        - CASE kind WHEN 'stale_test' THEN interval '72 hours' ELSE interval '0' END)::text,
       CASE demo.pick(n, 24, 3) WHEN 0 THEN 'RT-PCR' ELSE 'test nhanh' END, 'âm tính', 'T-' || n
FROM demo.spectator WHERE kind NOT IN ('part', 'paper', 'no_paper', 'forged');

INSERT INTO cccd_gate.fact_in (id, name, birth_date, kind, starts, ends)
SELECT id, name, birth_date, 'isolation', demo.today('2021-11-10 08:00+07')::text, demo.today('2021-11-24 08:00+07')::text
FROM demo.spectator WHERE kind = 'isolated';

-- Wrong rows, as they come: a digit short, an impossible date, a product that
-- nobody knows, somebody else's birth date, a number that is in no register.
INSERT INTO cccd_gate.fact_in (id, name, birth_date, kind, starts, detail)
SELECT left(id::text, 11), name, birth_date, 'dose', '2021-08-01', 'EU/1/20/1528' FROM demo.spectator WHERE n % 200 = 1
UNION ALL
SELECT id::text, name, birth_date, 'dose', '31/02/2021', 'EU/1/20/1528' FROM demo.spectator WHERE n % 200 = 2
UNION ALL
SELECT id::text, name, birth_date, 'dose', '2021-08-01', 'water' FROM demo.spectator WHERE n % 200 = 3
UNION ALL
SELECT id::text, name, birth_date + 365, 'dose', '2021-08-01', 'EU/1/20/1528' FROM demo.spectator WHERE n % 200 = 4
UNION ALL
SELECT id::text, name, birth_date, 'dose', '2021-08-01', 'EU/1/20/1528' FROM demo.spectator WHERE kind = 'forged';

\pset tuples_only on
\pset format unaligned
\pset fieldsep ''
\echo '  lines given to the loaders:'
SELECT '  people      ', format('%s taken, %s rejected', taken, rejected) FROM cccd_gate.load_people('national', NULL);
SELECT '  cards       ', format('%s taken, %s rejected', taken, rejected) FROM cccd_gate.load_documents('national', NULL);
SELECT '  facts       ', format('%s taken, %s rejected', taken, rejected) FROM cccd_gate.load_facts('national');
\echo '  rejected, by reason:'
SELECT '  ', format('%-25s %3s', reason, count(*)), '   ', reason_vi FROM cccd_gate.load_rejects('national') GROUP BY reason, reason_vi ORDER BY reason;

-- Tickets carry a secret; the table will hold its hash only.
SET ROLE stadium;
INSERT INTO cccd_gate.ticket_in (event, number, secret)
SELECT 'MD-2021-11-16', 'MD1116-' || lpad(n::text, 5, '0'), ticket
FROM demo.spectator WHERE kind <> 'no_ticket';
SELECT '  tickets     ', format('%s taken, %s rejected', taken, rejected) FROM cccd_gate.load_tickets('list');
RESET ROLE;
ANALYZE;
