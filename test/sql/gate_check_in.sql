-- the door: look up, judge, write
BEGIN;
SET LOCAL cccd_gate.allow_superuser = on;
CREATE FUNCTION pg_temp.id(n int) RETURNS uuid LANGUAGE sql AS $$ SELECT ('00000000-0000-0000-0000-' || lpad(n::text, 12, '0'))::uuid $$;
CREATE FUNCTION pg_temp.card(n int, name text DEFAULT NULL, issued date DEFAULT '2021-05-10') RETURNS text LANGUAGE sql AS $$
    SELECT cccd_card_qr(('0010900000' || lpad(n::text, 2, '0'))::cccd_id, NULL, coalesce(name, 'Người Số ' || n), '1990-01-01', 'M', 'Hà Nội', issued) $$;
CREATE FUNCTION pg_temp.secret(n int) RETURNS text LANGUAGE sql AS $$ SELECT 'secret of ticket number ' || n $$;
INSERT INTO cccd_gate.event (code, name, starts, capacity, rule, entries) VALUES
    ('M', 'a match', clock_timestamp(), 3, 'ticket and since(negative(pcr, antigen)) <= 72 hours and not isolated', 'once'),
    ('F', 'a factory', clock_timestamp(), 10, 'not isolated', 'again'),
    ('B', 'a bus line', clock_timestamp(), 10, 'not isolated', 'free');
UPDATE cccd_gate.event SET ticket_required = code = 'M';
INSERT INTO cccd_gate.gate (event, gate, from_zone, to_zone)
SELECT e.event, g.gate, g.from_zone, g.to_zone FROM cccd_gate.event e,
    (VALUES ('A', NULL, NULL), ('hall', NULL, 'hall'), ('lab', 'hall', 'lab')) g(gate, from_zone, to_zone);
INSERT INTO cccd_gate.person (person, name, birth_date, sex) SELECT i, 'Người Số ' || i, '1990-01-01', 'M' FROM generate_series(1, 20) i;
SELECT setval(pg_get_serial_sequence('cccd_gate.person', 'person'), 100);
INSERT INTO cccd_gate.identity_number (id, person) SELECT ('0010900000' || lpad(i::text, 2, '0'))::cccd_id, i FROM generate_series(1, 20) i;
INSERT INTO cccd_gate.document (person, kind, number, issued) SELECT i, 'chip', '0010900000' || lpad(i::text, 2, '0'), '2021-05-10' FROM generate_series(1, 20) i;
INSERT INTO cccd_gate.fact (person, kind, disease, starts, code, result, source)
SELECT i, 'test', 'covid19', clock_timestamp() - interval '10 hours', 'antigen', 'negative', 'national' FROM generate_series(1, 18) i;
INSERT INTO cccd_gate.ticket (ticket, event, secret_hash)
SELECT i, e.event, sha256(convert_to(pg_temp.secret(i), 'UTF8')) FROM cccd_gate.event e, generate_series(1, 20) i WHERE e.code = 'M';

-- an admission, its repetition, and the same request for somebody else
SELECT verdict, reasons, holder_name, holder_birth_date, holder_sex, holder_id_masked, document_kind, evidence, inside,
       admitted_at <= clock_timestamp() AS admitted, valid_until > clock_timestamp() AS changes
FROM cccd_gate.check_in('M', 'A', pg_temp.id(1), scan => pg_temp.card(1), ticket => pg_temp.secret(1));
SELECT verdict, reasons, holder_name, inside, admitted_at = (SELECT recorded_at FROM cccd_gate.answer_log WHERE request_id = pg_temp.id(1)) AS same
FROM cccd_gate.check_in('M', 'A', pg_temp.id(1), scan => pg_temp.card(1), ticket => pg_temp.secret(1));
SELECT verdict, reasons, holder_name, inside FROM cccd_gate.check_in('M', 'A', pg_temp.id(1), scan => pg_temp.card(2), ticket => pg_temp.secret(1));
SELECT verdict, reasons FROM cccd_gate.check_in('M', 'hall', pg_temp.id(1), scan => pg_temp.card(1), ticket => pg_temp.secret(1));
SELECT verdict, reasons FROM cccd_gate.check_out('M', 'A', pg_temp.id(1), scan => pg_temp.card(1));
-- what is in the way, and that a number that is only claimed learns nothing
SELECT n, a.verdict, a.reasons, a.holder_name, a.inside
FROM (VALUES
    (10, pg_temp.card(1), pg_temp.secret(2)), (11, pg_temp.card(2), pg_temp.secret(1)), (12, pg_temp.card(2), NULL),
    (13, pg_temp.card(2), 'no such ticket, however long'), (14, pg_temp.card(19), pg_temp.secret(3)),
    (15, pg_temp.card(3, 'Kẻ Khác'), pg_temp.secret(3)), (16, pg_temp.card(3, issued => '2020-01-01'), pg_temp.secret(3)),
    (17, '001090000003', pg_temp.secret(3)), (18, '001090999999', pg_temp.secret(3)), (19, pg_temp.card(77), pg_temp.secret(3)),
    (20, '001090000003||||||', pg_temp.secret(3)), (21, 'nothing', NULL), (22, NULL, NULL)) v(n, scan, secret),
    cccd_gate.check_in('M', 'A', pg_temp.id(n), scan => v.scan, ticket => v.secret) a ORDER BY n;
SELECT a.verdict, a.reasons FROM (VALUES (1, 'M', 'A', NULL), (2, 'N', 'A', pg_temp.id(30)), (3, 'M', 'Z', pg_temp.id(31)), (4, NULL, NULL, pg_temp.id(32))) v(n, event, gate, id),
    cccd_gate.check_in(v.event, v.gate, v.id, scan => pg_temp.card(2), ticket => pg_temp.secret(2)) a ORDER BY n;
SELECT a.verdict, a.reasons FROM cccd_gate.check_in('M', 'A', pg_temp.id(33), scan => pg_temp.card(2), ticket => pg_temp.secret(2), origin_level => 5) a;
-- where and when, in words
SELECT regexp_replace(reasons_vi[1], '\d\d:\d\d \d\d/\d\d', '…') AS vi, regexp_replace(reasons_en[1], '\d\d:\d\d \d\d/\d\d', '…') AS en
FROM cccd_gate.check_in('M', 'A', pg_temp.id(34), scan => pg_temp.card(1), ticket => pg_temp.secret(1));
SELECT reasons_vi, reasons_en, ask_vi, ask_en FROM cccd_gate.check_in('M', 'A', pg_temp.id(35), scan => pg_temp.card(19), ticket => pg_temp.secret(3));
-- the event is full; an exit frees a place, a larger hall has more
SELECT string_agg(a.verdict || a.reasons::text, ' ' ORDER BY n) FROM generate_series(2, 4) n, cccd_gate.check_in('M', 'A', pg_temp.id(40 + n), scan => pg_temp.card(n), ticket => pg_temp.secret(n)) a;
SELECT verdict, reasons FROM cccd_gate.preview('M', 'A', scan => pg_temp.card(4), ticket => pg_temp.secret(4));
SELECT verdict, inside FROM cccd_gate.check_out('M', 'A', pg_temp.id(46), ticket => pg_temp.secret(1));
SELECT verdict, reasons FROM cccd_gate.check_in('M', 'A', pg_temp.id(47), scan => pg_temp.card(1), ticket => pg_temp.secret(1));
SELECT verdict FROM cccd_gate.check_in('M', 'A', pg_temp.id(48), scan => pg_temp.card(4), ticket => pg_temp.secret(4));
UPDATE cccd_gate.event SET capacity = 5 WHERE code = 'M';
SELECT string_agg(a.verdict || a.reasons::text, ' ' ORDER BY n) FROM generate_series(5, 7) n, cccd_gate.check_in('M', 'A', pg_temp.id(50 + n), scan => pg_temp.card(n), ticket => pg_temp.secret(n)) a;
SELECT sum(size) AS size, sum(inside) AS inside, sum(entered) AS entered, sum(left_count) AS left FROM cccd_gate.slot;
SELECT person, ticket, entries, state, proof, gate, zone FROM cccd_gate.presence ORDER BY person;
SELECT person, ticket, gate_in, gate_out, entered <= left_at AS fine FROM cccd_gate.visit;
-- once, again, free; zones
SELECT n, v.what, a.verdict, a.reasons, a.inside FROM (VALUES (1, 'F', 'in'), (2, 'F', 'in'), (3, 'F', 'out'), (4, 'F', 'out'), (5, 'F', 'in'),
    (11, 'B', 'in'), (12, 'B', 'in'), (13, 'B', 'out'), (14, 'B', 'out'), (15, 'B', 'in')) v(n, event, what)
    CROSS JOIN LATERAL (SELECT * FROM cccd_gate.check_in(v.event, 'hall', pg_temp.id(60 + n), scan => pg_temp.card(8)) WHERE v.what = 'in'
                        UNION ALL SELECT * FROM cccd_gate.check_out(v.event, 'hall', pg_temp.id(60 + n), scan => pg_temp.card(8)) WHERE v.what = 'out') a ORDER BY n;
SELECT verdict, reasons FROM cccd_gate.move('F', 'A', pg_temp.id(80), scan => pg_temp.card(8));
SELECT verdict, reasons, inside FROM cccd_gate.move('F', 'lab', pg_temp.id(81), scan => pg_temp.card(8));
SELECT verdict, reasons FROM cccd_gate.move('F', 'lab', pg_temp.id(82), scan => pg_temp.card(8));
SELECT e.code, p.entries, p.state, p.gate, p.zone FROM cccd_gate.presence p JOIN cccd_gate.event e USING (event) WHERE p.person = 8 ORDER BY e.code;
SELECT e.code, v.zone, v.gate_in, v.gate_out FROM cccd_gate.visit v JOIN cccd_gate.event e USING (event) WHERE v.person = 8 ORDER BY e.code, v.left_at;
-- a number that is typed lets out, and shows nobody's name, the second time neither
SELECT verdict, inside, holder_name FROM cccd_gate.check_out('F', 'hall', pg_temp.id(83), scan => '001090000008');
SELECT verdict, inside, holder_name FROM cccd_gate.check_out('F', 'hall', pg_temp.id(83), scan => '001090000008');
-- tickets: of several in one name the best counts; a short secret has a keyed hash
INSERT INTO cccd_gate.ticket (ticket, event, number, person, gate, cancelled) SELECT v.ticket, e.event, v.ticket, 9, v.gate, v.cancelled
FROM cccd_gate.event e, (VALUES (30, NULL, true), (31, 'hall', false), (32, 'A', false)) v(ticket, gate, cancelled) WHERE e.code = 'M';
UPDATE cccd_gate.event SET capacity = 100 WHERE code = 'M';
SELECT verdict, reasons FROM cccd_gate.preview('M', 'lab', scan => pg_temp.card(9));
SELECT verdict, reasons FROM cccd_gate.check_in('M', 'A', pg_temp.id(90), scan => pg_temp.card(9));
SELECT ticket FROM cccd_gate.presence WHERE person = 9;
-- repeated after another one has become the best, the request is the same
SAVEPOINT best;
UPDATE cccd_gate.ticket SET cancelled = ticket = 32, gate = NULL WHERE ticket IN (31, 32);
SELECT verdict, reasons FROM cccd_gate.check_in('M', 'A', pg_temp.id(90), scan => pg_temp.card(9));
SELECT verdict, reasons FROM cccd_gate.check_in('M', 'A', pg_temp.id(90), scan => pg_temp.card(9), ticket => pg_temp.secret(11));
ROLLBACK TO best;
INSERT INTO cccd_gate.ticket (ticket, event, secret_hash, short) SELECT 33, e.event, cccd_gate.keyed_hash('ticket', '4711'), true FROM cccd_gate.event e WHERE e.code = 'M';
INSERT INTO cccd_gate.ticket (ticket, event, secret_hash) SELECT 34, e.event, sha256('4712') FROM cccd_gate.event e WHERE e.code = 'M';
SELECT verdict, reasons FROM cccd_gate.check_in('M', 'A', pg_temp.id(91), scan => pg_temp.card(10), ticket => '4712');
SELECT verdict, reasons FROM cccd_gate.check_in('M', 'A', pg_temp.id(92), scan => pg_temp.card(10), ticket => '4711');
-- what sessions remember is read again: state, evidence of a kind of document, words
SELECT verdict, reasons FROM cccd_gate.preview('M', 'A', scan => pg_temp.card(11), ticket => pg_temp.secret(11));
SAVEPOINT changed;
UPDATE cccd_gate.event SET status = 'cancelled' WHERE code = 'M';
SELECT verdict, reasons FROM cccd_gate.preview('M', 'A', scan => pg_temp.card(11), ticket => pg_temp.secret(11));
ROLLBACK TO changed;
INSERT INTO cccd_gate.event_evidence SELECT event, 'card_2021', 'chip' FROM cccd_gate.event WHERE code = 'M';
SELECT verdict, reasons FROM cccd_gate.preview('M', 'A', scan => pg_temp.card(11), ticket => pg_temp.secret(11));
ROLLBACK TO changed;
DELETE FROM cccd_gate.gate WHERE gate = 'lab';
SELECT verdict, reasons FROM cccd_gate.preview('M', 'lab', scan => pg_temp.card(11), ticket => pg_temp.secret(11));
ROLLBACK TO changed;
UPDATE cccd_gate.reason SET en = 'show the ticket' WHERE code = 'no_ticket';
SELECT verdict, reasons_en FROM cccd_gate.preview('M', 'A', scan => pg_temp.card(11));
ROLLBACK TO changed;
SELECT verdict, reasons FROM cccd_gate.preview('M', 'A', scan => pg_temp.card(11), ticket => pg_temp.secret(11));
-- limits: claims are fewer than refusals, and admissions go on
UPDATE cccd_gate.event SET claims_per_minute = 2, refusals_per_minute = 5 WHERE code = 'F';
SELECT string_agg(a.reasons[1], ' ' ORDER BY n) FROM generate_series(1, 4) n, cccd_gate.check_in('F', 'A', pg_temp.id(100 + n), scan => '001090000012') a;
SELECT string_agg(a.reasons[1], ' ' ORDER BY n) FROM generate_series(1, 3) n, cccd_gate.check_in('F', 'A', pg_temp.id(110 + n), scan => pg_temp.card(12, 'Kẻ Khác')) a;
SELECT verdict FROM cccd_gate.check_in('F', 'A', pg_temp.id(120), scan => pg_temp.card(12));
SELECT string_agg(a.reasons[1], ' ' ORDER BY n) FROM generate_series(1, 4) n, cccd_gate.preview('F', 'lab', scan => '0010900000' || 12 + n * 0) a;
-- those that were read and rolled back count in the session; a repeated one does not
SAVEPOINT read;
SELECT reasons FROM cccd_gate.check_in('F', 'hall', pg_temp.id(121), scan => '001090000012');
ROLLBACK TO read;
SELECT reasons FROM cccd_gate.check_in('F', 'hall', pg_temp.id(122), scan => '001090000012');
SELECT reasons FROM cccd_gate.check_in('F', 'hall', pg_temp.id(122), scan => '001090000012');
ROLLBACK TO read;
SELECT reasons FROM cccd_gate.check_in('F', 'hall', pg_temp.id(123), scan => '001090000012');
SELECT reasons FROM cccd_gate.check_in('F', 'hall', pg_temp.id(124), scan => '001090000012');
ROLLBACK TO read;
-- a case that is judged again
SELECT verdict, reasons FROM cccd_gate.check_in('M', 'A', pg_temp.id(130), scan => pg_temp.card(19), ticket => pg_temp.secret(13));
SELECT verdict, reasons FROM cccd_gate.recheck(case_id => pg_temp.id(130), request_id => pg_temp.id(131));
INSERT INTO cccd_gate.fact (person, kind, disease, starts, code, result, source) VALUES (19, 'test', 'covid19', clock_timestamp() - interval '1 hour', 'pcr', 'negative', 'national');
UPDATE cccd_gate.document SET status = 'lost' WHERE person = 19;
SELECT verdict, reasons FROM cccd_gate.recheck(case_id => pg_temp.id(130), request_id => pg_temp.id(132));
UPDATE cccd_gate.document SET status = 'valid' WHERE person = 19;
INSERT INTO cccd_gate.fact (person, kind, disease, starts, source) VALUES (19, 'isolation', 'covid19', clock_timestamp() - interval '1 hour', 'national');
SELECT verdict, reasons FROM cccd_gate.recheck(case_id => pg_temp.id(130), request_id => pg_temp.id(133));
DELETE FROM cccd_gate.fact WHERE kind = 'isolation';
SELECT verdict, reasons, inside FROM cccd_gate.recheck(case_id => pg_temp.id(130), request_id => pg_temp.id(134));
SELECT verdict, reasons, inside FROM cccd_gate.recheck(case_id => pg_temp.id(130), request_id => pg_temp.id(134));
SELECT verdict, reasons FROM cccd_gate.recheck(case_id => pg_temp.id(130), request_id => pg_temp.id(1));
SELECT verdict, reasons FROM cccd_gate.recheck(case_id => pg_temp.id(999), request_id => pg_temp.id(135));
SELECT verdict, reasons FROM cccd_gate.recheck(case_id => pg_temp.id(130), request_id => NULL);
-- a name that disagrees stays so without the officer, who answers for it
SELECT verdict, reasons, holder_name FROM cccd_gate.check_in('M', 'A', pg_temp.id(140), scan => pg_temp.card(14, 'Tên Cũ'), ticket => pg_temp.secret(14));
SELECT verdict, reasons, holder_name FROM cccd_gate.recheck(case_id => pg_temp.id(140), request_id => pg_temp.id(141));
INSERT INTO cccd_gate.paper (case_id, person, kind, role) VALUES (pg_temp.id(140), 14, 'identity', 'desk');
SELECT verdict, reasons, holder_name, evidence FROM cccd_gate.recheck(case_id => pg_temp.id(140), request_id => pg_temp.id(142));
-- replayed: what happened is recorded beside what would be judged, and not undone
SELECT n, a.verdict, a.reasons, a.inside, a.admitted_at IS NOT NULL AS admitted
FROM (VALUES (1, 'in', 15, NULL, interval '-1 hour'), (2, 'in', 16, 'admit', '-1 hour'), (3, 'in', 16, 'refuse', '-1 hour'), (4, 'in', 17, 'refuse', '-1 hour'),
             (5, 'out', 16, 'admit', '-1 minute'), (6, 'in', 16, 'admit', '1 hour'), (7, 'up', 16, NULL, '-1 hour'), (8, 'in', 16, 'maybe', '-1 hour'),
             (9, 'in', 12, 'admit', '-1 hour')) v(n, direction, who, decided, since),
    cccd_gate.replay(pg_temp.id(150 + n), clock_timestamp() + v.since, v.direction, 'M', 'A', scan => pg_temp.card(v.who),
                     ticket => CASE WHEN n IN (1, 9) THEN pg_temp.secret(15) END, decided => v.decided, note => 'thẻ 001090000016') a ORDER BY n;
SELECT action, decided, verdict, reasons, occurred_at < recorded_at AS before, length(note_hash) FROM cccd_gate.answer_log WHERE occurred_at IS NOT NULL ORDER BY request_id;
SELECT DISTINCT note FROM cccd_gate.note;
-- whom the gate let in with another's ticket is inside without it
SELECT person, state, since < clock_timestamp() - interval '59 minutes' AS then, ticket IS NOT NULL AS ticket FROM cccd_gate.presence WHERE person IN (12, 15, 16, 17) ORDER BY person, event;
-- by statement, where a table needs the executor, the rows are the same
CREATE FUNCTION pg_temp.nothing() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE FUNCTION pg_temp.row_of(request uuid) RETURNS jsonb LANGUAGE sql AS $$
    SELECT (to_jsonb(l) || to_jsonb(c) || to_jsonb(p)) - '{recorded_at,request_id,facts_hash,person,ticket,document,since,valid_until}'::text[]
    FROM cccd_gate.answer_log l JOIN cccd_gate.case_file c USING (request_id) LEFT JOIN cccd_gate.presence p ON p.person = l.person AND p.event = l.event WHERE l.request_id = $1 $$;
SELECT verdict FROM cccd_gate.check_in('M', 'A', pg_temp.id(170), scan => pg_temp.card(17), ticket => pg_temp.secret(17));
CREATE TRIGGER nothing BEFORE INSERT ON cccd_gate.case_file FOR EACH ROW EXECUTE FUNCTION pg_temp.nothing();
CREATE TRIGGER nothing BEFORE INSERT ON cccd_gate.presence FOR EACH ROW EXECUTE FUNCTION pg_temp.nothing();
CREATE TRIGGER nothing BEFORE INSERT ON cccd_gate.answer_log FOR EACH ROW EXECUTE FUNCTION pg_temp.nothing();
CREATE TRIGGER nothing BEFORE UPDATE ON cccd_gate.slot FOR EACH ROW EXECUTE FUNCTION pg_temp.nothing();
SELECT verdict FROM cccd_gate.check_in('M', 'A', pg_temp.id(171), scan => pg_temp.card(18), ticket => pg_temp.secret(18));
SELECT pg_temp.row_of(pg_temp.id(170)) = pg_temp.row_of(pg_temp.id(171)) AS same;
SELECT verdict, reasons FROM cccd_gate.check_in('M', 'A', pg_temp.id(172), scan => pg_temp.card(18), ticket => pg_temp.secret(18));
-- counters equal rows
SELECT e.code, s.inside = p.inside AND s.left = v.left AS fine
FROM cccd_gate.event e, LATERAL (SELECT sum(inside) AS inside, sum(left_count) AS left FROM cccd_gate.slot s WHERE s.event = e.event) s,
     LATERAL (SELECT count(*) FILTER (WHERE state = 'i') AS inside FROM cccd_gate.presence p WHERE p.event = e.event) p,
     LATERAL (SELECT count(*) AS left FROM cccd_gate.answer_log l WHERE l.event = e.event AND action = 'o' AND verdict = 'a') v ORDER BY e.code;
-- everybody at once says what each is told; who has several tickets is there once
INSERT INTO cccd_gate.ticket (ticket, event, person) SELECT 100 + i, e.event, i FROM cccd_gate.event e, generate_series(1, 20) i WHERE e.code = 'M' AND i <> 9;
UPDATE cccd_gate.person SET died_on = '2020-01-01' WHERE person = 13;
SELECT person, verdict, reasons FROM cccd_gate.preview_event('M') ORDER BY person;
SELECT count(*) AS other FROM cccd_gate.preview_event('M') s, cccd_gate.preview('M', 'A', scan => pg_temp.card(s.person::int)) a
WHERE (s.verdict, s.reasons) <> (a.verdict, a.reasons);
SELECT count(*) FROM cccd_gate.preview_event('N');
-- a session is warmed up without a trace
SELECT cccd_gate.warm_up('M'), cccd_gate.warm_up('N'), (SELECT count(*) FROM cccd_gate.presence WHERE person < 0) AS left;
-- without a duty there is no event; while functions are a superuser's, nothing
SET LOCAL cccd_gate.allow_superuser = off;
SELECT verdict, reasons FROM cccd_gate.check_in('M', 'A', pg_temp.id(180), scan => pg_temp.card(2), ticket => pg_temp.secret(2));
SELECT count(*) FROM cccd_gate.preview_event('M');
SET LOCAL cccd_gate.allow_superuser = on;
-- a transaction that cannot write
SET TRANSACTION READ ONLY;
SELECT verdict, reasons FROM cccd_gate.check_in('M', 'A', pg_temp.id(181), scan => pg_temp.card(2), ticket => pg_temp.secret(2));
SELECT verdict, reasons FROM cccd_gate.recheck(case_id => pg_temp.id(130), request_id => pg_temp.id(182));
SELECT verdict, reasons FROM cccd_gate.preview('M', 'A', scan => pg_temp.card(20), ticket => pg_temp.secret(20));
ROLLBACK;
