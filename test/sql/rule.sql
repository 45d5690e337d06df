-- cccd_rule: text in, canonical text out, errors with their position, bytes

-- a hundred texts and what they are printed as
CREATE TEMP TABLE written (n int GENERATED ALWAYS AS IDENTITY, rule text);
INSERT INTO written (rule) VALUES
-- the examples of the manual
('(doses >= 2 and since(last_dose) >= 14 days or since(recovery) <= 6 months)
  and since(negative(pcr, antigen)) <= 72 hours and not isolated and ticket'),
('doses >= 1 and since(last_dose) >= 14 days or recovered or contraindicated and evidence >= paper'),
('since(last_dose(product in (''EU/1/20/1528'', ''EU/1/20/1507''))) between 14 days and 12 months'),
('age < 12 years and accompanied or doses >= 2'),
-- Ministry of Health, dispatch 6288/BYT-MT, 4 August 2021: quarantine of 7 days
('since(negative(pcr)) <= 72 hours and (since(last_dose) between 14 days and 12 months or since(positive(pcr)) <= 6 months and recovered(source >= paper))'),
-- Ha Noi, Plan 243/KH-UBND, 29 October 2021: events at level 2
('level = 2 and (doses >= 2 or recovered) and since(negative) <= 72 hours'),
-- Binh Phuoc 2022, Ho Chi Minh City from 1 October 2021: fully vaccinated or recovered
('doses >= 2 or recovered'),
-- Ho Chi Minh City, Decision 3900/QD-UBND, 16 November 2021: children with an adult
('age < 18 years and accompanied or doses >= 1 and since(last_dose) >= 14 days or recovered or contraindicated(source >= paper)'),
-- Viet Nam Football Federation, 1 February 2022
('since(negative) <= 72 hours and doses >= 2 and ticket'),
-- health colours of PC-Covid, draft of September 2021: green, yellow
('doses >= 2 and since(last_dose) >= 14 days or since(recovery) <= 180 days'),
('since(negative) <= 72 hours and doses >= 1 and since(first_dose) >= 2 weeks and not since(exposure) <= 14 days'),
-- nothing
(''), (E' \t\n'),
-- numbers of doses
('doses = 2'), ('doses <> 2'), ('doses != 2'), ('doses < 2'), ('doses <= 2'),
('doses > 2'), ('doses >= 2'), ('DOSES>=2'), ('doses < 1'), ('doses > 0'),
('doses between 1 and 3'), ('doses between 3 and 3'),
('doses not between 1 and 3'), ('doses in (2)'), ('doses in (1, 2, 3)'),
('doses in (5, 1, 2)'), ('doses not in (2)'), ('doses not in (1, 5)'),
('ticket and doses in (1, 5)'), ('ticket and doses not in (1, 5)'),
-- which doses
('doses(product = ''Comirnaty'') = 1'), ('doses(product = comirnaty) = 1'),
('doses(product in (''AZD1222'', ''Abdala'', ''Vaxzevria'')) = 1'),
('doses(product = #1711) = 1'), ('doses(product = ''#1711'') = 1'),
('doses(disease = measles) = 1'), ('doses(disease = covid19) = 1'),
('doses(disease = ''COVID-19'') = 1'), ('doses(disease = #200) = 1'),
('doses(source = national) = 1'), ('doses(source >= paper) = 1'),
('doses(source > paper) = 1'), ('doses(source <> paper) = 1'),
('doses(source in (national, paper)) = 1'), ('doses(source >= declared) = 1'),
('doses(signed) = 1'), ('doses(Signed, Source=National) = 1'),
-- times since
('since(last_dose) >= 14 days'), ('since(last_dose) > 14 days'),
('since(last_dose) <= 14 days'), ('since(last_dose) < 14 days'),
('since(last_dose) between 14 days and 12 months'),
('since ( last_dose )>=1day'), ('since(last_dose) >= 1 days'),
('since(last_dose) >= 2 week'), ('since(last_dose) >= 0 seconds'),
('since(last_dose) < 268435455 seconds'), ('since(last_dose) < 200 years'),
('since(first_dose) >= 90 minutes'), ('since(dose(1)) >= 1 day'),
('since(dose(2)) >= 1 day'), ('since(dose(31, disease = polio, signed)) >= 1 day'),
('since(recovery) <= 6 months'), ('since(isolation) > 7 days'),
('since(exposure) > 14 days'), ('since(contraindication(signed)) < 1 year'),
('since(negative) <= 48 hours'), ('since(negative(pcr)) <= 48 hours'),
('since(negative(rat)) <= 24 hours'), ('since(negative(antigen, pcr)) <= 48 hours'),
('since(positive(antibody, #7)) <= 3 months'),
('since(positive(disease = measles)) <= 1 month'),
('since(negative(signed, pcr, source = certificate)) <= 48 hours'),
-- states
('isolated'), ('Exposed'), ('contraindicated'), ('recovered(disease = measles)'),
-- credentials
('complete'), ('Complete(signed, product = comirnaty)'), ('since(complete(disease = measles)) >= 14 days'),
('holds(insurance)'), ('Holds(health_insurance)'), ('holds(#13, driving_licence_c1, signed, source > paper)'),
('holds(''work permit'')'), ('since(credential(#65535)) >= 3 years'),
-- declarations, registrations and consultations
('declared(no_symptoms)'), ('Declared(#1, symptoms, source = declared)'), ('declared(no_symptoms) within 24 hours'),
('since(declaration(travel_level_4)) >= 14 days'), ('booked(vaccination)'), ('not booked(vaccination, test) within 7 days'),
('since(registration(#65535)) < 1 day'), ('consulted(doctor)'), ('Consulted(telehealth, signed) Within 2 Weeks'),
-- context
('ticket'), ('accompanied'), ('age >= 12 years'), ('age < 6 months'),
('age between 12 years and 17 years'), ('evidence >= signature'),
('evidence > paper'), ('evidence not in (paper, claimed)'), ('level <= 2'),
('level not in (3, 4)'), ('origin_level between 1 and 3'), ('sex = M'),
('sex <> male'), ('place = 079'), ('place in (79, 1, 1)'),
('place not between 101 and 295'),
-- and, or, not
('((ticket))'), ('not not ticket'), ('not (not ticket)'),
('not (ticket and isolated)'), ('not (not (ticket and isolated)) and exposed'),
('(ticket and isolated) or exposed'), ('ticket and (isolated or exposed)'),
('(ticket or isolated) or (exposed or accompanied)'),
('ticket and (isolated and (exposed and accompanied))');
SELECT n, rule::cccd_rule AS canonical FROM written ORDER BY n;

-- what is printed is read as the same
SELECT count(*) AS texts,
       count(*) FILTER (WHERE rule::cccd_rule::text::cccd_rule <> rule::cccd_rule
                           OR rule::cccd_rule::text::cccd_rule::text <> rule::cccd_rule::text) AS differences
FROM written;

-- what is refused, and where: positions count characters
CREATE FUNCTION pg_temp.refusal(rule text, OUT state text, OUT reason text) LANGUAGE plpgsql AS $$
DECLARE detail text; message text;
BEGIN
    PERFORM rule::cccd_rule;
    reason := 'accepted';
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, message = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL;
    reason := detail;
    IF message NOT IN ('invalid input syntax for type cccd_rule', 'rule is too large') THEN
        reason := message;
    END IF;
END $$;
CREATE TEMP TABLE refused (n int GENERATED ALWAYS AS IDENTITY, rule text);
INSERT INTO refused (rule) VALUES
('x'), ('42'), ('()'), ('ticket and'), ('ticket or or exposed'), ('not'),
('(ticket'), ('ticket)'), ('ticket exposed'), ('ticket & exposed'),
('ticket; drop'), ('tícket'), ('"ticket"'), ('ticket -- vé'), ('ticket = yes'),
('doses'), ('doses 2'), ('doses >= '), ('doses >= two'), ('doses >= -1'),
('doses >= 256'), ('doses >= 2.5'), ('doses < 0'), ('doses > 255'),
('doses between 3 and 1'), ('doses between 1, 3'), ('doses in 1'),
('doses in ()'), ('doses in (1 2)'), ('doses not 3'), ('doses() = 1'),
('doses(pcr) = 1'), ('doses(product = ''Pfizer'') = 1'),
('doses(product = ''x) = 1'), ('doses(product <> ''x'') = 1'),
('doses(product = #0) = 1'), ('doses(disease = flu) = 1'),
('doses(source = police) = 1'), ('doses(source < declared) = 1'),
('doses(signed, signed) = 1'),
('since last_dose > 1 day'), ('since(birth) > 1 day'), ('since(dose) > 1 day'),
('since(dose(0)) > 1 day'), ('since(dose(32)) > 1 day'),
('since(first_dose(product = #1)) > 1 day'), ('since(last_dose) = 14 days'),
('since(last_dose) >= 14'), ('since(last_dose) >= 14 fortnights'),
('since(last_dose) >= 1.5 days'), ('since(last_dose) >= 201 years'),
('since(last_dose) < 0 days'), ('since(last_dose) between 15 days and 2 weeks'),
('since(negative(serology)) < 1 day'), ('since(vắc xin) > 1 day'),
('age >= 12'), ('age >= 12 hours'), ('age = 12 years'), ('evidence >= oral'),
('evidence > genuine'), ('level = 5'), ('level < 1'), ('sex = x'),
('sex > male'), ('place = 1000'), ('isolated(pcr)'),
(repeat('(', 17) || 'ticket' || repeat(')', 17)),
(repeat('not (ticket and ', 9) || 'ticket' || repeat(')', 9)),
(repeat('ticket or ', 64) || 'ticket'),
('place in (' || repeat('1, ', 128) || '1)'),
(repeat(' ', 8193)), (repeat(' ', 8185) || 'tickets');
SELECT n, CASE WHEN length(rule) < 60 THEN rule ELSE left(rule, 12) || '...' END AS rule,
       (pg_temp.refusal(rule)).*
FROM refused ORDER BY n;
SELECT count(*) AS refused FROM refused;

-- message, detail and hint as they are shown
SELECT 'doses >= 2 and sincelast_dose > 14 days'::cccd_rule;
SELECT 'since(last_dose) >= 14 dais'::cccd_rule;
SELECT repeat('ticket or ', 64)::cccd_rule;

-- an error that PostgreSQL 16 and later can take softly; before that, the
-- refusals above are all there is
SELECT CASE WHEN current_setting('server_version_num')::int >= 160000
            THEN 'NOT pg_input_is_valid(rule, ''cccd_rule'')'
            ELSE '(pg_temp.refusal(rule)).state IS NOT NULL' END AS taken_softly \gset
SELECT count(*) AS taken_softly FROM refused WHERE :taken_softly;

-- clauses
SELECT * FROM cccd_rule_clauses('(doses >= 2 and since(last_dose) >= 14 days or since(recovery) <= 6 months) and not isolated');
SELECT * FROM cccd_rule_clauses('');
-- what each kind of clause is about, and two NOTs that undo each other
SELECT string_agg(subject || CASE WHEN negated THEN ' (not)' ELSE '' END, ', ' ORDER BY clause)
FROM cccd_rule_clauses('not (since(dose(2)) > 1 day and not since(first_dose) > 1 day) or not (recovered or not exposed) or since(negative) < 1 day or since(positive) < 1 day or since(isolation) < 1 day or since(exposure) < 1 day or since(contraindication) < 1 day or not not contraindicated or holds(insurance) or since(credential(insurance)) < 1 day or not declared(symptoms) or declared(no_symptoms) within 1 day or booked(test) or since(registration(test)) < 1 day or consulted(doctor) or consulted(doctor) within 1 day or complete or since(complete) > 1 day or ticket or accompanied or age > 1 year or evidence = qr or level = 1 or origin_level = 1 or sex = M or place = 1');
SELECT count(*), max(clause) FROM cccd_rule_clauses((repeat('ticket or ', 63) || 'ticket')::cccd_rule);

-- random rules: text to bytes to text to bytes; equal bytes are equal text
CREATE FUNCTION pg_temp.random_rule(depth int) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    clause text[] := ARRAY['doses >= 2', 'doses in (1,3,4)', 'since(last_dose) < 3 weeks', 'ticket',
        'since(negative) <= 72 hours', 'isolated(signed)', 'level in (1,3)', 'age between 5 years and 11 years',
        'doses(product in (#1,#2,#3,#4,#5,#6,#7), source > paper) = 1', 'place not in (1, 79)',
        'holds(insurance)', 'holds(#9, #5, #1, #3, #7, #99, #2, signed)', 'since(credential(work_permit)) > 1 year',
        'complete(product = #3, signed)', 'since(complete) between 14 days and 6 months',
        'declared(#1, #300)', 'booked(vaccination) within 7 days', 'consulted(doctor, signed)'];
    text_of text;
BEGIN
    IF depth = 0 OR random() < 0.3 THEN
        RETURN clause[1 + floor(random() * 18)];
    END IF;
    text_of := pg_temp.random_rule(depth - 1);
    FOR i IN 1 .. floor(random() * 3) LOOP
        text_of := text_of || (ARRAY[' and ', ' or ', E'\nAND '])[1 + floor(random() * 3)] || pg_temp.random_rule(depth - 1);
    END LOOP;
    RETURN (ARRAY['not (', '(', 'not not('])[1 + floor(random() * 3)] || text_of || ')';
END $$;
SELECT setseed(0.2021);
CREATE TEMP TABLE rules AS
SELECT n, pg_temp.random_rule(3) AS written, NULL::cccd_rule AS rule FROM generate_series(1, 3000) n;
UPDATE rules SET rule = written::cccd_rule;
SELECT count(*) AS differences FROM rules
WHERE rule::text::cccd_rule <> rule OR rule::text::cccd_rule::text <> rule::text;
SELECT count(*) AS differences FROM rules a CROSS JOIN generate_series(1, 20) d JOIN rules b ON b.n = a.n + d
WHERE (a.rule = b.rule) <> (a.rule::text = b.rule::text) OR (a.rule = b.rule) = (a.rule <> b.rule);
SELECT count(DISTINCT rule) - count(DISTINCT rule::text) AS differences FROM rules;

-- hash and btree; hashes are the same on every architecture
SELECT r, cccd_rule_hash(r::cccd_rule), cccd_rule_hash_extended(r::cccd_rule, 0) AS extended,
       cccd_rule_hash_extended(r::cccd_rule, 8816678312871386365) AS seeded
FROM (VALUES (''), ('doses >= 2 and since(last_dose) >= 14 days'), ('place in (1, 79, 201, 202, 203, 204, 205)')) v(r);
SET enable_sort = off;
SELECT count(*) AS by_hash FROM (SELECT rule FROM rules GROUP BY rule) g \gset
RESET enable_sort;
SET enable_hashagg = off;
SELECT count(*) AS by_sort FROM (SELECT rule FROM rules GROUP BY rule) g \gset
RESET enable_hashagg;
SELECT :by_hash - :by_sort AS differences;
CREATE INDEX ON rules (rule);
CREATE INDEX ON rules USING hash (rule);
CREATE TEMP TABLE distinct_rules AS SELECT DISTINCT rule FROM rules;
CREATE UNIQUE INDEX ON distinct_rules (rule);
INSERT INTO distinct_rules SELECT rule FROM rules ON CONFLICT (rule) DO NOTHING;
SELECT count(*) - :by_hash AS differences FROM distinct_rules;
SELECT count(*) AS differences FROM (SELECT rule, lag(rule) OVER (ORDER BY rule) AS before FROM rules) r
WHERE before > rule OR NOT before <= rule;
SELECT count(*) AS differences FROM rules a CROSS JOIN generate_series(1, 20) d JOIN rules b ON b.n = a.n + d
WHERE (a.rule < b.rule)::int + (a.rule = b.rule)::int + (a.rule > b.rule)::int <> 1
   OR (a.rule <= b.rule) = (a.rule > b.rule) OR (a.rule >= b.rule) = (a.rule < b.rule);
SELECT amvalidate(oid) FROM pg_opclass WHERE opcname = 'cccd_rule_ops';
SET enable_seqscan = off;
SET enable_bitmapscan = off;
EXPLAIN (COSTS OFF) SELECT FROM distinct_rules WHERE rule = 'ticket';
RESET enable_seqscan;
RESET enable_bitmapscan;

-- binary out and in again
\copy (SELECT rule FROM rules ORDER BY n) TO 'results/rule.bin' (FORMAT binary)
CREATE TEMP TABLE received (n int GENERATED ALWAYS AS IDENTITY, rule cccd_rule);
\copy received (rule) FROM 'results/rule.bin' (FORMAT binary)
SELECT count(*) AS received, count(*) FILTER (WHERE received.rule <> rules.rule) AS differences
FROM received JOIN rules USING (n);
SELECT encode(cccd_rule_send('doses > 1'), 'escape');

-- binary messages that are no rules: a copy stream around a hostile value
CREATE FUNCTION pg_temp.stream(value bytea) RETURNS bytea LANGUAGE sql AS $$
SELECT '\x5047434f50590aff0d0a000000000000000000'::bytea || '\x0001'::bytea || int4send(length(value)) || value || '\xffff'::bytea $$;
SELECT lo_from_bytea(424201, pg_temp.stream('\x02' || 'ticket'::bytea)) AS lo \gset
\lo_export 424201 results/hostile.bin
\copy received (rule) FROM 'results/hostile.bin' (FORMAT binary)
SELECT lo_put(424201, 0, pg_temp.stream('\x01' || 'tickes'::bytea));
\lo_export 424201 results/hostile.bin
\copy received (rule) FROM 'results/hostile.bin' (FORMAT binary)
SELECT lo_put(424201, 0, pg_temp.stream('\x01' || '\x7469ff6b6574'::bytea));
\lo_export 424201 results/hostile.bin
\copy received (rule) FROM 'results/hostile.bin' (FORMAT binary)
SELECT lo_put(424201, 0, pg_temp.stream('\x01' || '\x746900006b65'::bytea));
\lo_export 424201 results/hostile.bin
\copy received (rule) FROM 'results/hostile.bin' (FORMAT binary)
SELECT lo_unlink(424201);
SELECT lo_from_bytea(424201, pg_temp.stream('')) AS lo \gset
\lo_export 424201 results/hostile.bin
\copy received (rule) FROM 'results/hostile.bin' (FORMAT binary)
SELECT lo_unlink(424201);
SELECT lo_from_bytea(424201, pg_temp.stream('\x01'::bytea || repeat(' ', 8193)::bytea)) AS lo \gset
\lo_export 424201 results/hostile.bin
\copy received (rule) FROM 'results/hostile.bin' (FORMAT binary)
SELECT lo_unlink(424201);

-- any bytes can be made a rule, and are found out when it is read
CREATE CAST (bytea AS cccd_rule) WITHOUT FUNCTION;
CREATE CAST (cccd_rule AS bytea) WITHOUT FUNCTION;
SELECT ''::bytea::cccd_rule;
SELECT '\x01000100'::bytea::cccd_rule;
SELECT '\x01000000'::bytea::cccd_rule AS empty;
SELECT '\x02000000'::bytea::cccd_rule;
SELECT cccd_explain('\x01000100080000000000000000000000000000'::bytea::cccd_rule);
SELECT count(*) FROM cccd_rule_clauses(repeat('x', 100000)::bytea::cccd_rule);
CREATE FUNCTION pg_temp.read(value bytea) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    RETURN CASE WHEN value::cccd_rule::text::cccd_rule = value::cccd_rule THEN 'the same' ELSE 'another' END;
EXCEPTION WHEN data_corrupted THEN
    RETURN 'refused';
END $$;
SELECT pg_temp.read(set_byte(value, at, get_byte(value, at) # (1 << bit))) AS result, count(*) > 100 AS many
FROM (SELECT rule::bytea AS value, n FROM rules WHERE n <= 400) r,
     LATERAL (SELECT (n * 7919) % length(value) AS at, n % 8 AS bit) m
GROUP BY 1 ORDER BY 1;
SELECT pg_temp.read(substr(value, 1, n % length(value))) AS truncated, count(*) FROM (SELECT rule::bytea AS value, n FROM rules WHERE n <= 400) r
GROUP BY 1 ORDER BY 1;
DROP CAST (bytea AS cccd_rule);
DROP CAST (cccd_rule AS bytea);
