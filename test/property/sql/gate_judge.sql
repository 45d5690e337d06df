-- The gate against a reference: a random register, random events, tickets and
-- records, and people who come, go and move with scans that agree, differ, lack
-- something or are of others.  What preview(), check_in(), check_out() and move()
-- answer is what the reference in SQL says, and preview() is check_in().
\if :{?quick}
\set cases 500
BEGIN;
\else
\set cases 20000
\getenv full CCCD_FULL
\if :{?full}
\set cases 100000
\endif
\endif
SET client_min_messages = warning;
SET jit = off;
SET timezone = 'Asia/Ho_Chi_Minh';
SET cccd_gate.allow_superuser = on;
CREATE SCHEMA judge_reference;
SET search_path = judge_reference;
\getenv root PG_ABS_SRCDIR
\set reference :root '/../data/judge_reference.sql'
\set echo :ECHO
\set ECHO none
\i :reference
\set ECHO :echo

-- pseudo-random numbers from 0 to n - 1 that are the same on every version
CREATE FUNCTION rnd(key text, n int) RETURNS int LANGUAGE sql IMMUTABLE
    RETURN ('x' || substr(md5(key), 1, 7))::bit(28)::int % n;
CREATE FUNCTION pick(key text, choices anyarray) RETURNS anyelement LANGUAGE sql IMMUTABLE
    AS 'SELECT choices[1 + rnd(key, cardinality(choices))]';
-- of somebody of the second half anything may be wrong; the first half is in order
CREATE FUNCTION flaw(i int, key text, n int) RETURNS int LANGUAGE sql IMMUTABLE
    RETURN CASE WHEN i <= 200 THEN n - 1 ELSE rnd(key, n) END;
-- a moment some days before or after now
CREATE FUNCTION around(key text, days int) RETURNS timestamptz LANGUAGE sql STABLE
    RETURN date_trunc('minute', now()) + make_interval(mins => rnd(key, 2 * 1440 * days) - 1440 * days);

-- events -----------------------------------------------------------------------
INSERT INTO cccd_gate.event (code, name, doors, starts, ends, judged_at, capacity, rule, level, minimum_evidence, ticket_required, entries, status,
                             leaving_is_judged, claims_per_minute, refusals_per_minute)
SELECT 'J' || i, 'J', CASE WHEN i % 13 > 0 THEN now() - pick('d' || i, CASE WHEN i > 12 THEN ARRAY[NULL, '1 day', '1 day', '-2 hours']::interval[] ELSE ARRAY[NULL, '1 day']::interval[] END) END, now() + CASE WHEN i % 13 = 0 THEN interval '-1 day' ELSE '1 day' END,
       now() + CASE WHEN i % 13 = 0 THEN interval '-1 hour' ELSE pick('e' || i, ARRAY[NULL, '2 days', '3 days']::interval[]) END,
       CASE rnd('j' || i, 4) WHEN 0 THEN now() + interval '1 day' END,
       pick('c' || i, ARRAY[0, 3, 30, 60, 100000, 100000, 100000]),
       CASE WHEN i <= 12 THEN pick('r' || i, ARRAY['not isolated', 'doses >= 0', 'age >= 12 years or accompanied', 'ticket or not isolated', 'doses >= 1 or not exposed']::cccd_rule[])
       ELSE (ARRAY[
           'ticket and (doses >= 2 and since(dose(2)) >= 14 days or since(recovery) <= 6 months) and since(negative(pcr, antigen)) <= 72 hours and not since(positive) <= 72 hours',
           'doses >= 1 and not isolated and not exposed', 'complete and since(last_dose) <= 12 months', 'not isolated', 'doses >= 0',
           'ticket', 'age >= 18 years or accompanied', 'level <= 2 and origin_level <= 2 and doses >= 0',
           'holds(insurance) and sex = female', 'since(isolation) >= 14 days or contraindicated', 'evidence >= registry', 'place = 1 or doses >= 2',
           'since(negative(signed)) <= 10 days', 'doses(signed) >= 1', 'recovered or doses >= 1', 'not since(last_dose) <= 30 days', 'since(positive) >= 5 days and since(exposure) >= 5 days', 'age >= 15 years',
           'accompanied', 'contraindicated', 'since(recovery) <= 3 months', 'not exposed', 'origin_level <= 2', 'level <= 2', '',
           'declared(no_symptoms) within 24 hours and not declared(symptoms)', 'booked(vaccination)', 'consulted(doctor) within 30 days']::cccd_rule[])[1 + i % 28] END,
       CASE WHEN i % 3 > 0 THEN 1 + i % 4 END,
       pick('m' || i, CASE WHEN i <= 12 THEN ARRAY['claimed', 'qr', 'qr', 'qr', 'registry', 'paper'] WHEN i > 34 THEN ARRAY['qr'] ELSE ARRAY['claimed', 'claimed', 'paper', 'qr', 'qr', 'qr', 'qr', 'registry', 'registry', 'signature', 'chip'] END),
       i % 3 = 0, (ARRAY['once', 'again', 'free'])[1 + i / 2 % 3],
       CASE WHEN i <= 12 OR i > 34 THEN 'open' ELSE pick('s' || i, ARRAY['open', 'open', 'open', 'open', 'open', 'open', 'open', 'open', 'planned', 'cancelled', 'moved']) END,
       rnd('v' || i, 4) = 0, 0, 0
FROM generate_series(1, 60) i;
INSERT INTO cccd_gate.event_evidence (event, document_kind, minimum)
SELECT event, k, pick(code || k, ARRAY['claimed', 'qr', 'registry']) FROM cccd_gate.event, unnest('{id,mrz,passport}'::text[]) k WHERE code LIKE 'J%' AND rnd(code || k, 6) = 0;
INSERT INTO cccd_gate.gate (event, gate, from_zone, to_zone)
SELECT event, g, f, t FROM cccd_gate.event, (VALUES ('A', NULL, NULL), ('B', NULL, 'z1'), ('M', 'z1', 'z2'), ('N', 'z2', 'z1')) v(g, f, t) WHERE code LIKE 'J%';

-- people -----------------------------------------------------------------------
CREATE TABLE someone AS
SELECT i, ('001' || CASE WHEN i % 2 = 0 THEN 3 ELSE 2 END || lpad((i % 20)::text, 2, '0') || lpad(i::text, 6, '0'))::cccd_id AS id,
       pick('n' || i, ARRAY['Nguyễn Văn', 'Trần Thị', 'Lê', 'Phạm Ngọc', 'Đỗ']) || ' ' || chr(65 + i % 26) || chr(97 + i / 26 % 26) || 'n' AS name,
       make_date(2000 + i % 20, 1 + i % 12, 1 + i % 28) AS birth_date, CASE WHEN i % 2 = 0 THEN 'F' ELSE 'M' END AS sex,
       date '2021-05-10' + i % 7 AS issued, (date '2021-05-10' + i % 7 + interval '10 years')::date AS expires,
       (500000000 + i)::text AS old_id, 'C' || 4000000 + i / 2 AS passport, NULL::bigint AS person
FROM generate_series(1, 400) i;
WITH known AS (
    INSERT INTO cccd_gate.person (name, birth_date, birth_precision, sex, died_on, source, birth_source, sex_source)
    SELECT name || CASE flaw(i, 'h' || i, 25) WHEN 0 THEN ' Khác' ELSE '' END,
           CASE flaw(i, 'b' || i, 20) WHEN 0 THEN NULL WHEN 1 THEN date_trunc('year', birth_date) WHEN 2 THEN date_trunc('month', birth_date) WHEN 3 THEN birth_date + 1 ELSE birth_date END,
           CASE flaw(i, 'b' || i, 20) WHEN 1 THEN 'year' WHEN 2 THEN 'month' ELSE 'day' END,
           CASE flaw(i, 'x' || i, 20) WHEN 0 THEN NULL WHEN 1 THEN 'M' ELSE sex END,
           CASE flaw(i, 'g' || i, 25) WHEN 0 THEN current_date - 3 WHEN 1 THEN current_date WHEN 2 THEN current_date + 1 END,
           CASE flaw(i, 's' || i, 7) WHEN 0 THEN 'guest_list' ELSE 'national' END,
           CASE flaw(i, 'y' || i, 7) WHEN 0 THEN 'desk' ELSE 'national' END, 'national'
    FROM someone WHERE i % 40 <> 0 ORDER BY i RETURNING person
), numbered AS (
    SELECT person, row_number() OVER (ORDER BY person) AS n FROM known
)
UPDATE someone s SET person = p.person
FROM (SELECT i, row_number() OVER (ORDER BY i) AS n FROM someone WHERE i % 40 <> 0) o JOIN numbered p USING (n) WHERE s.i = o.i;
INSERT INTO cccd_gate.identity_number (id, person, status)
SELECT id, person, CASE flaw(i, 'c' || i, 25) WHEN 0 THEN 'cancelled' ELSE 'current' END FROM someone WHERE person IS NOT NULL AND flaw(i, 'no' || i, 20) > 0;
-- some people are one
UPDATE cccd_gate.person p SET merged_into = b.person FROM someone a JOIN someone b ON b.i = a.i + 1
WHERE a.person = p.person AND a.i % 53 = 0 AND b.person IS NOT NULL;
INSERT INTO cccd_gate.document (person, kind, number, issued, expires, status, source)
SELECT person, 'chip', id::text, issued, CASE flaw(i, 'e' || i, 7) WHEN 0 THEN current_date - 1 WHEN 1 THEN current_date WHEN 2 THEN NULL ELSE expires END,
       CASE flaw(i, 'u' || i, 11) WHEN 0 THEN 'lost' WHEN 1 THEN 'revoked' WHEN 2 THEN 'replaced' ELSE 'valid' END,
       CASE flaw(i, 'q' || i, 5) WHEN 0 THEN 'desk' ELSE 'national' END
FROM someone WHERE person IS NOT NULL AND flaw(i, 'dc' || i, 12) > 0
UNION ALL
SELECT person, 'chip', id::text, issued + 400, expires + 400, 'valid', 'national' FROM someone WHERE person IS NOT NULL AND rnd('dd' || i, 6) = 0
UNION ALL
SELECT person, 'old_id', old_id, NULL, NULL, pick('ou' || i, ARRAY['valid', 'valid', 'valid', 'lost']), 'national' FROM someone
WHERE person IS NOT NULL AND i % 53 <> 0 AND rnd('od' || i, 2) = 0;
INSERT INTO cccd_gate.document (person, kind, state, number, expires, status)
SELECT person, 'passport', CASE i % 2 WHEN 0 THEN 'VNM' ELSE 'GBR' END, passport, current_date + rnd('pe' || i, 30) - 5, 'valid' FROM someone
WHERE person IS NOT NULL AND i % 53 <> 0 AND rnd('pd' || i, 2) = 0;

-- records, of this site and of another one
CREATE FUNCTION draw_fact(key text) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT concat_ws(' ', kind, to_char(around(key || 'a', CASE kind WHEN 'test' THEN 8 WHEN 'dose' THEN 200 ELSE 60 END) - interval '1 day', 'YYYY-MM-DD HH24:MI:SS') || '+07',
        CASE kind WHEN 'credential' THEN 'insurance' WHEN 'declaration' THEN pick(key || 'd', ARRAY['no_symptoms', 'no_symptoms', 'symptoms'])
            WHEN 'registration' THEN 'vaccination' WHEN 'consultation' THEN 'doctor'
            WHEN 'dose' THEN concat_ws(' ', 'number ' || 1 + rnd(key || 'n', 3), CASE rnd(key || 's', 2) WHEN 0 THEN 'series 2' END)
            WHEN 'test' THEN concat_ws(' ', pick(key || 'i', ARRAY['pcr', 'antigen']), pick(key || 'r', ARRAY['negative', 'negative', 'negative', 'positive', 'pending'])) END,
        pick(key || 'o', ARRAY['declared', 'paper', 'certificate', 'national']), CASE rnd(key || 'g', 2) WHEN 0 THEN 'signed' END)
    FROM pick(key || 'k', ARRAY['dose', 'dose', 'dose', 'test', 'test', 'recovery', 'isolation', 'exposure', 'contraindication', 'credential', 'declaration', 'registration', 'consultation']) kind
$$;
INSERT INTO cccd_gate.health (person, origin, record)
SELECT s.person, o, (SELECT string_agg(draw_fact(format('f%s.%s.%s', i, o, k)), '; ') FROM generate_series(1, rnd(format('fn%s.%s', i, o), 7)) k)::cccd_health
FROM someone s, unnest('{0,7}'::int[]) o
WHERE s.person IS NOT NULL AND rnd(format('fn%s.%s', i, o), 7) > 0 AND rnd(format('ho%s.%s', i, o), 3) > o / 5
ON CONFLICT DO NOTHING;

-- tickets
INSERT INTO cccd_gate.ticket (event, number, secret_hash, person, gate, cancelled, short)
SELECT e.event, 'p' || i || '.' || k, CASE rnd('ts' || key, 3) WHEN 0 THEN sha256(convert_to('personal ticket ' || key, 'UTF8')) END, s.person,
       CASE rnd('tg' || key, 8) WHEN 0 THEN 'B' END, rnd('tc' || key, 8) = 0, false
FROM someone s, cccd_gate.event e, generate_series(1, 2) k, LATERAL (SELECT e.code || '.' || s.i || '.' || k) x(key)
WHERE s.person IS NOT NULL AND s.i % 53 <> 0 AND e.code LIKE 'J%' AND rnd('ti' || key, CASE k WHEN 1 THEN 3 ELSE 12 END) = 0;
INSERT INTO cccd_gate.ticket (event, number, secret_hash, gate, cancelled, short)
SELECT e.event, 'b' || k, sha256(CASE WHEN octet_length(secret) < 16 THEN (SELECT z.key || 'ticket'::bytea FROM cccd_gate.secret z) ELSE '' END || convert_to(secret, 'UTF8')),
       CASE rnd('bg' || secret, 10) WHEN 0 THEN 'A' END, rnd('bc' || secret, 15) = 0, octet_length(secret) < 16
FROM cccd_gate.event e, generate_series(1, 40) k, LATERAL (SELECT CASE WHEN k > 37 THEN 'a code of several events ' || k WHEN k % 3 = 0 THEN 'b' || e.code || '.' || k ELSE 'bearer ticket ' || e.code || '.' || k END) x(secret)
WHERE e.code LIKE 'J%' AND (k <= 37 OR rnd('be' || e.code || secret, 3) > 0);

-- what is shown
CREATE FUNCTION draw_scan(key text, s someone) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT CASE
        WHEN k < 40 THEN cccd_card_qr(s.id, s.old_id, s.name, s.birth_date, s.sex, 'Hà Nội', s.issued)
        WHEN k = 40 THEN cccd_card_qr(s.id, NULL, s.name, s.birth_date, s.sex, NULL, s.issued, 'card_2024')
        WHEN k < 44 THEN cccd_card_qr(s.id, NULL, 'Người Khác', s.birth_date, s.sex, NULL, s.issued)
        WHEN k = 44 THEN cccd_card_qr(s.id, NULL, 'Ng??i Kh?c', s.birth_date, s.sex, NULL, s.issued)
        WHEN k < 47 THEN cccd_card_qr(s.id, NULL, s.name, s.birth_date + 1, s.sex, NULL, s.issued)
        WHEN k < 49 THEN cccd_card_qr(s.id, NULL, s.name, s.birth_date, CASE s.sex WHEN 'M' THEN 'F' ELSE 'M' END, NULL, s.issued)
        WHEN k < 52 THEN cccd_card_qr(s.id, NULL, s.name, s.birth_date, s.sex, NULL, s.issued + 1)
        WHEN k = 52 THEN cccd_card_qr(s.id, NULL, s.name, s.birth_date, s.sex, NULL, s.issued + 400)
        WHEN k = 53 THEN cccd_card_qr(s.id, NULL, NULL, s.birth_date, s.sex, NULL, s.issued)
        WHEN k = 54 THEN cccd_card_qr(s.id, NULL, s.name, NULL, s.sex, NULL, s.issued)
        WHEN k = 55 THEN cccd_card_qr(s.id, NULL, s.name, s.birth_date, NULL, NULL, s.issued)
        WHEN k = 56 THEN cccd_card_qr(s.id, NULL, s.name, s.birth_date, s.sex, NULL, NULL)
        WHEN k = 57 THEN cccd_card_qr(s.id, NULL, NULL, NULL, NULL, NULL, NULL)
        WHEN k < 64 THEN cccd_card_mrz(s.id, s.name, s.birth_date, s.sex, CASE k % 3 WHEN 0 THEN NULL ELSE s.expires END)
        WHEN k < 66 THEN overlay(cccd_card_mrz(s.id, s.name, s.birth_date, s.sex, s.expires) PLACING '9' FROM 37)
        WHEN k = 66 THEN cccd_card_mrz(s.id, 'Kẻ Lạ', s.birth_date, s.sex, s.expires)
        WHEN k = 67 THEN cccd_card_mrz(s.id, s.name, s.birth_date, s.sex, current_date - 2)
        WHEN k < 78 THEN s.id::text
        WHEN k < 83 THEN s.old_id
        WHEN k < 90 THEN s.passport
        WHEN k = 90 THEN '079099' || lpad(s.i::text, 6, '9')
        WHEN k = 91 THEN cccd_card_qr(('079099' || lpad(s.i::text, 6, '9'))::cccd_id, NULL, s.name, s.birth_date, s.sex, NULL, s.issued)
        WHEN k = 92 THEN 'C9' || lpad(s.i::text, 6, '0')
        WHEN k = 93 THEN 'not a card at all'
        WHEN k = 94 THEN ''
        WHEN k = 95 THEN 'HC1:NOT A CERTIFICATE'
        WHEN k = 96 THEN '012345678'
        WHEN k = 97 THEN ' ' || s.id::text || ' '
        WHEN k < 100 THEN NULL END
    FROM greatest(rnd(key, 160) - 60, 0) k
$$;

-- the questions -----------------------------------------------------------------
CREATE TABLE bad (i int, asked text, wanted text, got text);
CREATE TABLE said (question text, reason text, times int, PRIMARY KEY (question, reason));
CREATE FUNCTION shown(v verdict) RETURNS text LANGUAGE sql STABLE
    RETURN concat_ws(' ', v.verdict, v.reasons::text, v.evidence, v.valid_until::text);
CREATE FUNCTION shown(a cccd_gate.answer) RETURNS text LANGUAGE sql STABLE
    RETURN concat_ws(' ', a.verdict, a.reasons::text, a.evidence, a.valid_until::text);

CREATE PROCEDURE ask(cases int, commits boolean) LANGUAGE plpgsql AS $$
#variable_conflict use_variable
DECLARE
    s someone;
    event_code text;
    gate text;
    secret text;
    scan text;
    question text;
    accompanied boolean;
    level int;
    moment timestamptz;
    wanted verdict;
    seen cccd_gate.answer;
    got cccd_gate.answer;
    asked text;
BEGIN
    FOR i IN 1 .. cases LOOP
        SELECT * INTO s FROM someone x WHERE x.i = 1 + rnd('who' || i, CASE WHEN i % 3 > 0 THEN 60 ELSE 400 END);
        event_code := CASE rnd('ex' || i, 100) WHEN 0 THEN 'unknown' ELSE 'J' || 1 + rnd('ev' || i, CASE WHEN i % 4 > 0 THEN 12 ELSE 60 END) END;
        gate := pick('ga' || i, ARRAY['A', 'A', 'A', 'B', 'B', 'B', 'M', 'N']);
        gate := CASE rnd('gx' || i, 100) WHEN 0 THEN 'Z' ELSE gate END;
        question := pick('qu' || i, ARRAY['in', 'in', 'in', 'in', 'in', 'out', 'out', 'move', 'move']);
        secret := CASE rnd('se' || i, 24) WHEN 0 THEN 'no such ticket ' || i WHEN 1 THEN 'bearer ticket J1.' || 1 + rnd('sn' || i, 40)
            WHEN 2 THEN 'personal ticket ' || event_code || '.' || s.i || '.1' WHEN 3 THEN 'personal ticket ' || event_code || '.' || 1 + rnd('so' || i, 400) || '.1'
            WHEN 4 THEN 'b' || event_code || '.' || 3 * rnd('sm' || i, 14) WHEN 5 THEN 'bearer ticket ' || event_code || '.' || 1 + rnd('sn' || i, 40)
            WHEN 6 THEN 'bearer ticket ' || event_code || '.' || 1 + rnd('sn' || i, 40) WHEN 7 THEN 'short ' || i % 9
            WHEN 8 THEN 'a code of several events ' || 37 + rnd('sv' || i, 4) END;
        scan := draw_scan('sc' || i, s);
        accompanied := CASE question WHEN 'in' THEN pick('ac' || i, ARRAY[NULL, true, false]) END;
        level := CASE question WHEN 'in' THEN nullif(rnd('le' || i, 5), 0) END;
        asked := concat_ws(' | ', question, event_code, gate, scan, secret, accompanied::text, level::text);

        -- another moment, in which nothing is written
        moment := pick('mo' || i, ARRAY[around('ar' || i, 2), around('as' || i, 6), around('at' || i, 6000)]);
        IF i % 4 = 0 THEN
            wanted := judge('in', event_code, gate, moment, scan, secret, accompanied, level);
            seen := cccd_gate.preview(event => event_code, gate => gate, at => moment, scan => scan, ticket => secret, accompanied => accompanied, origin_level => level);
            IF shown(wanted) IS DISTINCT FROM shown(seen) THEN
                INSERT INTO bad VALUES (i, 'preview at ' || moment || ' ' || asked, shown(wanted), shown(seen));
            END IF;
        END IF;
        wanted := judge(question, event_code, gate, clock_timestamp(), scan, secret, accompanied, level);
        IF question = 'in' THEN
            seen := cccd_gate.preview(event => event_code, gate => gate, scan => scan, ticket => secret, accompanied => accompanied, origin_level => level);
            got := cccd_gate.check_in(event => event_code, gate => gate, request_id => md5('request ' || i)::uuid, scan => scan, ticket => secret,
                                      accompanied => accompanied, origin_level => level);
            IF (seen.verdict, seen.reasons, seen.reasons_vi, seen.ask_en, seen.holder_name, seen.holder_birth_date, seen.holder_sex, seen.holder_id_masked,
                seen.document_kind, seen.evidence, seen.valid_until)
               IS DISTINCT FROM (got.verdict, got.reasons, got.reasons_vi, got.ask_en, got.holder_name, got.holder_birth_date, got.holder_sex, got.holder_id_masked,
                got.document_kind, got.evidence, got.valid_until) THEN
                INSERT INTO bad VALUES (i, 'preview ' || asked, seen::text, got::text);
            END IF;
        ELSIF question = 'out' THEN
            got := cccd_gate.check_out(event => event_code, gate => gate, request_id => md5('request ' || i)::uuid, scan => scan, ticket => secret);
        ELSE
            got := cccd_gate.move(event => event_code, gate => gate, request_id => md5('request ' || i)::uuid, scan => scan, ticket => secret);
        END IF;
        IF shown(wanted) IS DISTINCT FROM shown(got) THEN
            INSERT INTO bad VALUES (i, asked, shown(wanted), shown(got));
        END IF;
        -- nothing of the register to whoever is not the person
        IF got.holder_name IS NOT NULL AND got.verdict <> 'admit' AND got.reasons && '{name_disagrees,card_lost,card_unknown,person_unknown}'
           AND got.holder_name IS DISTINCT FROM (cccd_card_from_scan(scan)).name THEN
            INSERT INTO bad VALUES (i, asked, 'no name of the register', got.holder_name);
        END IF;
        INSERT INTO said SELECT question, r, 1 FROM unnest(CASE WHEN got.reasons = '{}' THEN '{admit}' ELSE got.reasons END) r
        ON CONFLICT ON CONSTRAINT said_pkey DO UPDATE SET times = said.times + 1;
        IF commits AND i % 200 = 0 THEN
            COMMIT;
        END IF;
    END LOOP;
END
$$;
CALL ask(:cases, :cases > 1000);
SELECT count(*) AS bad FROM bad;
SELECT left(asked, 150) AS asked, wanted, got FROM bad ORDER BY i LIMIT 10;

-- what was asked covers what can be said of cards, tickets, places and rules; a birth
-- date that is not known is on the scan, or the scan is a claim; nothing was asked of the
-- population database (gate_load_answers)
SELECT coalesce(string_agg(code, ' ' ORDER BY code), 'none') AS never_said
FROM cccd_gate.reason r
WHERE about IN ('card', 'ticket', 'place', 'rule') AND NOT EXISTS (SELECT FROM said WHERE said.reason = r.code)
  AND code !~ '^(picture|chip|challenge)_' AND code NOT IN ('site_cut_off', 'age_unknown', 'register_check_old', 'register_denies') AND :cases > 50000;

-- counters, presence and the log agree
SELECT count(*) AS wrong_counters FROM (
    SELECT e.event, (SELECT coalesce(sum(s.inside), 0) FROM cccd_gate.slot s WHERE s.event = e.event) AS places,
           (SELECT count(*) FROM cccd_gate.presence p WHERE p.event = e.event AND p.state = 'i') AS people
    FROM cccd_gate.event e WHERE e.code LIKE 'J%') c WHERE places <> people;
SELECT count(*) AS over_capacity FROM cccd_gate.event e
WHERE e.code LIKE 'J%' AND (SELECT sum(s.inside) FROM cccd_gate.slot s WHERE s.event = e.event) > e.capacity;
SELECT count(*) = :cases AS logged_once FROM cccd_gate.answer_log l WHERE l.event IS NOT NULL OR l.gate IS NULL;
\if :{?quick}
ROLLBACK;
\else
DROP SCHEMA judge_reference CASCADE;
\endif
