-- Who has no card in hand, but VNeID or PC-Covid on the phone: the personal code of
-- Decision 1405/QĐ-BTTTT is a claim, an officer compares it and the phone with its
-- holder, and the evidence is paper.  So it is for a number that was typed.
SET client_min_messages = warning;
SET timezone = 'Asia/Ho_Chi_Minh';
SET datestyle = 'ISO, YMD';
BEGIN;
SET LOCAL cccd_gate.allow_superuser = on;
INSERT INTO cccd_gate.person_in (id, name, birth_date, sex) VALUES
    ('001099012345', 'Nguyễn Văn An', '1999-01-01', 'Nam'), ('001190000002', 'Trần Thị Bình', '1990-02-01', 'Nữ'),
    ('001090000003', 'Lê Văn Cường', '1990-03-01', 'Nam');
SELECT taken FROM cccd_gate.load_people('national');
INSERT INTO cccd_gate.fact_in (id, kind, starts, dose_number) SELECT id, 'dose', day, n
FROM (VALUES ('001099012345'), ('001190000002'), ('001090000003')) p(id), (VALUES ('2021-06-01', 1), ('2021-09-01', 2)) d(day, n);
INSERT INTO cccd_gate.fact_in (id, kind, starts, ends) VALUES ('001090000003', 'isolation', '2021-11-10', '2135-01-01');
SELECT taken FROM cccd_gate.load_facts('national');
INSERT INTO cccd_gate.event (code, name, starts, judged_at, capacity, minimum_evidence, rule, ticket_required)
VALUES ('MATCH', 'Trận đấu', '2021-11-16 19:00+07', '2021-11-16 19:00+07', 100, 'qr', 'doses >= 2 and not isolated', false),
       ('STRICT', 'Trận khác', '2021-11-16 19:00+07', '2021-11-16 19:00+07', 100, 'qr', 'doses >= 2 and not isolated', false);
INSERT INTO cccd_gate.gate SELECT event, 'A' FROM cccd_gate.event;
INSERT INTO cccd_gate.officer VALUES ('lan', 'Nguyễn Thị Lan', true);
-- of who shows an application, or a number alone, an officer's word is enough here
SELECT cccd_gate.save_evidence('MATCH', 'personal', 'paper'), cccd_gate.save_evidence('MATCH', 'id', 'paper');

CREATE TEMP TABLE shown (n int, event text, scan text);
INSERT INTO shown VALUES
    (1, 'MATCH', '001099012345|NGUYEN VAN AN|1999-01-01|0|162900000000000001|<1<<0900000000'),
    (2, 'MATCH', '001190000002'),
    -- what anybody can print: a number with another name, and with the name of who is in isolation
    (3, 'MATCH', '001099012345|TRAN VAN GIA|1999-01-01|0|162900000000000001|<1<<'),
    (4, 'MATCH', '001090000003|LE VAN CUONG|1990-03-01|0|162900000000000001|<1<<'),
    -- declared by somebody else, of nobody who is known
    (5, 'MATCH', '001099099999|PHAM VAN DUNG|1999-01-01|1|162900000000000001|162900000000000002<1<<'),
    -- where no officer's word is enough
    (6, 'STRICT', '001099012345|NGUYEN VAN AN|1999-01-01|0|162900000000000001|<1<<0900000000');
CREATE FUNCTION pg_temp.id(n int, step text) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$ SELECT md5(step || n)::uuid $$;
SELECT s.n, a.verdict, a.reasons, a.evidence, a.document_kind, a.holder_name, a.ask_vi
FROM shown s, cccd_gate.check_in(s.event, 'A', pg_temp.id(s.n, 'shown'), scan => s.scan) a ORDER BY s.n;
-- asked again without an officer nothing has changed
SELECT s.n, a.verdict, a.reasons, a.evidence FROM shown s, cccd_gate.recheck(pg_temp.id(s.n, 'shown'), pg_temp.id(s.n, 'again')) a ORDER BY s.n;
-- the officer has the holder open VNeID, and compares; the third is nobody, who has the number or not
SELECT s.n, p.accepted, p.problem FROM shown s, cccd_gate.accept_paper(pg_temp.id(s.n, 'shown'), 'identity', officer => 'lan') p ORDER BY s.n;
SELECT s.n, a.verdict, a.reasons, a.evidence, a.holder_name FROM shown s, cccd_gate.recheck(pg_temp.id(s.n, 'shown'), pg_temp.id(s.n, 'compared')) a ORDER BY s.n;
-- a second phone with the same code
SELECT a.verdict, a.reasons, a.holder_name FROM cccd_gate.check_in('MATCH', 'A', pg_temp.id(7, 'shown'), scan => (SELECT scan FROM shown WHERE n = 1)) a;
SELECT p.accepted FROM cccd_gate.accept_paper(pg_temp.id(7, 'shown'), 'identity', officer => 'lan') p;
SELECT a.verdict, a.reasons FROM cccd_gate.recheck(pg_temp.id(7, 'shown'), pg_temp.id(7, 'compared')) a;
ROLLBACK;
