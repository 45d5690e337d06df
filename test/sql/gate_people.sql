-- People, their numbers and documents: who is whom, which source counts, what a
-- line that is sent again changes, and why a line is not taken.
SET client_min_messages = warning;
SET timezone = 'Asia/Ho_Chi_Minh';
SET datestyle = 'ISO, YMD';
BEGIN;
SET LOCAL cccd_gate.allow_superuser = on;

-- dates and words as people write them
SELECT v, cccd_word_birth_date(v) AS birth_date, cccd_word_birth_precision(v) AS precision, cccd_gate.read_date(v) AS date
FROM unnest('{2021-02-28,1/1/1970,01-02-1970,1.2.1970,1970/2/1,19700201,"5 / 11 / 1990",1990-01-02 00:00:00,1970,05/1970,1970-05,00/00/1990,00/05/1990,1990-00-00,ngày 5 tháng 11 năm 1990,NGÀY 5 THÁNG 11 NĂM 1990,tháng 5 năm 1990,năm 1990,31/02/1990,1990-13-00,1/1/70,90,1799,1800,2149,2150,hello,infinity}'::text[]) v;
SELECT cccd_word_birth_date(cccd_word_text(normalize('ngày 5 tháng 11 năm 1990', NFD))) AS decomposed;
SELECT v, cccd_word('sex', v) AS sex, cccd_word('answer', v) AS answer FROM unnest('{nam,NAM,Nữ,nữ,nu,F,Male,WOMAN,có,Không,x,0,?}'::text[]) v;
SELECT v, cccd_word('document', v) AS kind, cccd_word('status', v) AS status, cccd_gate.read_state(v) AS state
FROM unnest('{chip,CCCD,căn cước,CMND,Hộ chiếu,thẻ tạm trú,giấy khai sinh,other,mất,Thu hồi,đã đổi,hợp lệ,VN,Việt Nam,gbr,D,Anh,G1}'::text[]) v;
SELECT v, cccd_gate.id_problem(v) FROM unnest('{001099000001,1099000001,79099000001,1099000001.0,1.099E+09,"1,09E+10",123,99000001,999999999999,99999999999}'::text[]) v;

CREATE FUNCTION pg_temp.rejects() RETURNS TABLE (staging text, line bigint, reason text, masked text)
LANGUAGE sql AS $$ SELECT staging, line, reason, masked FROM cccd_gate.load_reject ORDER BY rejected_at, line, reason $$;
CREATE VIEW pg_temp.people AS
SELECT p.name, p.birth_date, p.birth_precision AS precision, p.sex, p.died_on, concat_ws(' ', p.source, nullif(p.birth_source, p.source), nullif(p.sex_source, p.source)) AS source,
       (SELECT string_agg(cccd_id_mask(n.id, 4) || ' ' || n.status, ', ' ORDER BY n.status DESC, n.id) FROM cccd_gate.identity_number n WHERE n.person = p.person) AS numbers,
       (SELECT string_agg(concat_ws(' ', d.kind, d.state, right(d.number, 3), d.issued, d.status), ', ' ORDER BY d.kind, d.state, d.issued) FROM cccd_gate.document d WHERE d.person = p.person) AS documents
FROM cccd_gate.person p ORDER BY p.name_key COLLATE "C", p.person;

-- every reason against a line, with its words and what is accepted
COPY cccd_gate.person_in (id, old_id, passport, name, birth_date, sex, cancelled_ids) FROM stdin;
001099000001	012345678	\N	Nguyễn Văn An	1999-01-01	Nam	\N
079301000002	\N	\N	Trần Thị Bình	29/02/2020	Nữ	\N
079301000002	\N	\N	Trần Thị Bình	28/02/2001	Nữ	\N
\N	\N	B1234567	John Smith	1980-05-05	M	\N
001058000003	\N	\N	 Lê Văn Cũ 	1958-10-26	M	001058999999, 001058999998
00109900004	\N	\N	Thiếu Một Số	1999-01-01	M	\N
1099000004	\N	\N	Mất Số Không	1999-01-01	M	\N
1.099E+09	\N	\N	Bảng Tính	1999-01-01	M	\N
0010990000055	\N	\N	Thừa Một Số	1999-01-01	M	\N
001099000006	\N	\N		1999-01-01	M	\N
001099000007	\N	\N	Ngày Sai	1999-02-30	M	\N
001099000008	\N	\N	Năm Sau	2149-01-01	M	\N
001099000009	\N	\N	Giới Sai	1999-01-01	X	\N
001099000010	\N	\N	Số Khác Năm	1998-01-01	M	\N
001099000011	\N	\N	Số Khác Giới	1999-01-01	F	\N
001099000012	01234567	\N	Chứng Minh Ngắn	1999-01-01	M	\N
001099000013	\N	b 123	Hộ Chiếu Sai	1999-01-01	M	\N
001099000014	\N	\N	Hủy Chính Mình	1999-01-01	M	001099000014
001099000015	\N	\N	Số Hủy Sai	1999-01-01	M	12345
001099000016	012345678	\N	Trùng Chứng Minh	1999-01-01	M	\N
\N	\N	\N	Không Số	1999-01-01	M	\N
\N	\N	B7654321	Không Ngày Sinh	\N	M	\N
'; DROP TABLE person; --	\N	\N	Bobby	1999-01-01	M	\N
001099000020	\N	\N	Chưa Rõ			\N
\.
SELECT * FROM cccd_gate.load_people('national');
SELECT * FROM pg_temp.rejects();
SELECT DISTINCT reason, reason_vi, reason_en, accepted FROM cccd_gate.load_reject ORDER BY 1;
SELECT count(*) AS staged FROM cccd_gate.person_in;
SELECT * FROM pg_temp.people;
DELETE FROM cccd_gate.load_reject;

-- the same again, a correction, a new number for an old one, and a line that
-- cancels the number of another line of its delivery
COPY cccd_gate.person_in (id, old_id, name, birth_date, sex, cancelled_ids) FROM stdin;
079301000002	\N	Trần Thị Bình	28/02/2001	F	\N
001099000001	012345678	NGUYỄN VĂN ÂN	1999-01-01	M	\N
001158000003	\N	Lê Thị Cũ	1958-10-26	F	001058000003
079090000014	\N	Đổi Số	1990-01-14	M	001090000014
001090000014	\N	Đổi Số	1990-01-14	M	\N
\.
SELECT * FROM cccd_gate.load_people('national');
SELECT * FROM pg_temp.rejects();
SELECT name, numbers FROM pg_temp.people;
-- a number that belongs to two people in one line
COPY cccd_gate.person_in (id, old_id, name, birth_date, sex) FROM stdin;
079301000002	012345678	Trần Thị Bình	28/02/2001	F
\.
SELECT * FROM cccd_gate.load_people('national');
SELECT * FROM pg_temp.rejects();
DELETE FROM cccd_gate.load_reject;

-- a number of other than 12 digits names somebody only with state, name and
-- birth date: the same number of another state, the same of another name, the
-- same person, an old number of two people
COPY cccd_gate.person_in (passport, state, name, birth_date, sex) FROM stdin;
C1234567	GBR	John Smith	1985-05-05	M
\.
SELECT * FROM cccd_gate.load_people('agency', NULL);
COPY cccd_gate.person_in (id, old_id, passport, state, name, birth_date, sex) FROM stdin;
\N	\N	C1234567	FRA	Jean Dupont	1970-01-01	M
\N	\N	C1234567	GBR	Jane Smith	1985-05-05	F
\N	\N	C1234567	gbr	JOHN SMITH	1985	M
\N	\N	C1234567	Anh	John Smith	1985-05-05	M
\N	012345678	\N	\N	Người Khác	1999-01-01	M
\N	012345678	\N	\N	Nguyễn Văn Ân	1999-01-02	M
\N	012345678	\N	\N	Nguyen Van An	01/1999	M
\.
SELECT * FROM cccd_gate.load_people('agency', NULL);
SELECT * FROM pg_temp.rejects();
SELECT * FROM pg_temp.people WHERE documents ~ 'passport|old_id';
DELETE FROM cccd_gate.load_reject;

-- sources: attribute by attribute a lower one never overwrites a higher one, of
-- equal ranks the newer counts; what a line leaves out stays
SELECT code, rank, health, name_en FROM cccd_gate.source ORDER BY rank DESC;
INSERT INTO cccd_gate.person_in (id, name, birth_date) VALUES ('001090000021', 'Chỉ Năm', '1990');
SELECT * FROM cccd_gate.load_people('national');
INSERT INTO cccd_gate.person_in (id, name, birth_date, sex) VALUES ('001090000021', 'Chi Nam', '1990-05-05', 'M'), ('001099000001', 'Ai Đó', '', '');
SELECT * FROM cccd_gate.load_people('guest_list', NULL);
SELECT * FROM pg_temp.people WHERE name IN ('Chỉ Năm', 'NGUYỄN VĂN ÂN');
INSERT INTO cccd_gate.person_in (id, name, birth_date, sex, died_on) VALUES ('001090000021', 'Chỉ Năm', '1990-05-06', 'M', '2021-10-01');
SELECT * FROM cccd_gate.load_people('national');
INSERT INTO cccd_gate.person_in (id, name, birth_date) VALUES ('001090000021', 'Chỉ Năm', '05/1990');
SELECT * FROM cccd_gate.load_people('national');
INSERT INTO cccd_gate.person_in (id, name, birth_date) VALUES ('001090000021', 'Chỉ Năm', '1990-05-07');
SELECT * FROM cccd_gate.load_people('guest_list', NULL);
SELECT * FROM pg_temp.rejects();
DELETE FROM cccd_gate.load_reject;
SELECT * FROM pg_temp.people WHERE name = 'Chỉ Năm';
-- a complete delivery clears what it leaves out
INSERT INTO cccd_gate.person_in (id, name, birth_date) VALUES ('001090000021', 'Chỉ Năm', '1990-05-06');
SELECT * FROM cccd_gate.load_people('national', NULL, replace => true);
SELECT * FROM pg_temp.people WHERE name = 'Chỉ Năm';
-- taken back, and stated again
INSERT INTO cccd_gate.person_in (id, withdrawn) VALUES ('001090000021', 'có'), ('001090000022', 'có');
SELECT * FROM cccd_gate.load_people('national');
SELECT name, numbers FROM pg_temp.people WHERE name = 'Chỉ Năm';
INSERT INTO cccd_gate.person_in (id, name) VALUES ('001090000021', 'Chỉ Năm');
SELECT * FROM cccd_gate.load_people('national');
SELECT name, numbers FROM pg_temp.people WHERE name = 'Chỉ Năm';
INSERT INTO cccd_gate.person_in (id, name, withdrawn) VALUES ('001090000021', 'Chỉ Năm', 'yes');
SELECT * FROM cccd_gate.load_people('guest_list', NULL);
SELECT name, numbers FROM pg_temp.people WHERE name = 'Chỉ Năm';
SELECT * FROM pg_temp.rejects();
DELETE FROM cccd_gate.load_reject;
-- a source of one's own; sources stay
INSERT INTO cccd_gate.source (code, rank, health, name_vi, name_en) VALUES ('clinic', 45, 'paper', 'Phòng khám', 'clinic');
INSERT INTO cccd_gate.person_in (id, name) VALUES ('001090000023', 'Phòng Khám');
SELECT * FROM cccd_gate.load_people('clinic', NULL);
SAVEPOINT s;
DELETE FROM cccd_gate.source WHERE code = 'clinic';
ROLLBACK TO s;
SELECT cccd_gate.load_people('rumour', NULL);
ROLLBACK TO s;

-- deliveries are apart, a step takes so many lines
INSERT INTO cccd_gate.person_in (delivery, id, name)
SELECT CASE i % 2 WHEN 0 THEN '00000000-0000-0000-0000-00000000000a' ELSE '00000000-0000-0000-0000-00000000000B' END, '0010900001' || lpad(i::text, 2, '0'), 'Người Thứ ' || chr(64 + i)
FROM generate_series(1, 10) i;
SELECT * FROM cccd_gate.load_people('national', '00000000-0000-0000-0000-00000000000a', 3);
SELECT * FROM cccd_gate.load_people('national', '00000000-0000-0000-0000-00000000000a', 2);
SELECT * FROM cccd_gate.load_people('national', '00000000-0000-0000-0000-00000000000a');
SELECT * FROM cccd_gate.load_people('national', '00000000-0000-0000-0000-00000000000b', 5);
SELECT staging, right(delivery, 1) AS delivery, source, taken, rejected, finished_at IS NOT NULL AS finished FROM cccd_gate.load_delivery WHERE delivery <> '' ORDER BY 2;

-- documents
COPY cccd_gate.document_in (id, passport, state, name, birth_date, kind, number, issued, expires, status) FROM stdin;
001099000001	\N	\N	\N	\N	chip	\N	2021-05-10	2024-01-01	\N
001099000001	\N	\N	Nguyen Van An	\N	CMND	012345678	2015-05-10	\N	đã đổi
\N	C1234567	GBR	John Smith	1985-05-05	passport	C1234567	2018-01-01	2028-01-01	valid
\N	\N	FRA	Jean Dupont	1970-01-01	Hộ chiếu	C1234567	2019-01-01	\N	\N
\N	C1234567	GBR	Jean Dupont	1970-01-01	residence	TT-1	2018-01-01	\N	valid
\N	C1234567	GBR	John Smith	\N	residence	TT-1	2018-01-01	\N	valid
\N	C1234567	GBR	\N	1985-05-05	residence	TT-1	2018-01-01	\N	valid
079301000002	\N	\N	\N	\N	\N	\N	02/09/2021	\N	lost
079301000002	\N	\N	\N	\N	\N	\N	02/09/2021	\N	valid
001099999999	\N	\N	\N	\N	chip	\N	2021-05-10	\N	valid
79301000002	\N	\N	\N	\N	chip	\N	2021-05-10	\N	valid
079301000002	\N	\N	Ai Đó	\N	chip	\N	2021-05-10	\N	valid
079301000002	\N	\N	\N	2001-02-27	chip	\N	2021-05-10	\N	valid
079301000002	\N	\N	\N	\N	chip	012345679	2021-05-10	\N	valid
079301000002	\N	\N	\N	\N	old_id	\N	2021-05-10	\N	valid
079301000002	\N	\N	\N	\N	old_id	12345	2021-05-10	\N	valid
079301000002	\N	\N	\N	\N	old_id	012345678	2021-05-10	\N	valid
079301000002	\N	\N	\N	\N	licence	\N	2021-05-10	\N	valid
079301000002	\N	GBR	\N	\N	chip	\N	2021-05-10	\N	valid
079301000002	\N	\N	\N	\N	chip	\N	2021-05-32	\N	valid
079301000002	\N	\N	\N	\N	chip	\N	2149-05-10	\N	valid
079301000002	\N	\N	\N	\N	chip	\N	2021-05-10	soon	valid
079301000002	\N	\N	\N	\N	chip	\N	2021-05-10	2020-01-01	valid
079301000002	\N	\N	\N	\N	chip	\N	2021-05-10	\N	eaten
\N	\N	\N	\N	\N	chip	\N	2021-05-10	\N	valid
\.
SELECT * FROM cccd_gate.load_documents('national');
SELECT * FROM pg_temp.rejects();
SELECT DISTINCT reason, reason_vi, reason_en, accepted FROM cccd_gate.load_reject WHERE staging = 'document_in' ORDER BY 1;
SELECT name, documents FROM pg_temp.people WHERE documents IS NOT NULL;
DELETE FROM cccd_gate.load_reject;
-- the same again, a lost card, an end that was not known
COPY cccd_gate.document_in (id, kind, number, issued, expires, status) FROM stdin;
001099000001	chip	\N	2021-05-10	\N	valid
001099000001	old_id	012345678	\N	\N	replaced
079301000002	chip	079301000002	02/09/2021	\N	mất
\.
SELECT * FROM cccd_gate.load_documents('national');
INSERT INTO cccd_gate.document_in (id, issued, status) VALUES ('079301000002', '2021-09-02', 'valid'), ('001099000001', '2021-05-10', 'valid');
SELECT * FROM cccd_gate.load_documents('agency', NULL);
SELECT * FROM pg_temp.rejects();
-- renewed: the older cards are replaced, in whatever order they come; a newer
-- one that is taken back gives them back
INSERT INTO cccd_gate.document_in (id, issued) VALUES ('001099000001', '2023-05-10'), ('001099000001', '2022-05-10');
SELECT * FROM cccd_gate.load_documents('national');
SELECT documents FROM pg_temp.people WHERE name = 'NGUYỄN VĂN ÂN';
INSERT INTO cccd_gate.document_in (id, issued, withdrawn) VALUES ('001099000001', '2023-05-10', 'yes'), ('001099000001', '2020-05-10', 'yes');
SELECT * FROM cccd_gate.load_documents('national');
SELECT documents FROM pg_temp.people WHERE name = 'NGUYỄN VĂN ÂN';
-- a complete delivery takes back what it does not state, of its people and kinds
INSERT INTO cccd_gate.document_in (delivery, id, issued) VALUES ('00000000-0000-0000-0000-00000000000c', '001099000001', '2021-05-10');
SELECT * FROM cccd_gate.load_documents('national', '00000000-0000-0000-0000-00000000000c', replace => true);
SELECT documents FROM pg_temp.people WHERE name = 'NGUYỄN VĂN ÂN';

-- the check: agreement is positive, and who only claims to be somebody learns
-- nothing of the register
INSERT INTO cccd_gate.person_in (id, old_id, name, birth_date, sex) VALUES ('001090000008', '001090008', 'Trùng Tên', '1990-02-01', 'M');
SELECT taken FROM cccd_gate.load_people('national');
INSERT INTO cccd_gate.document_in (id, issued, expires) VALUES ('001090000008', '2021-05-10', '2030-02-01');
SELECT taken FROM cccd_gate.load_documents('national');
INSERT INTO cccd_gate.fact (person, kind, disease, starts, source) SELECT person, 'isolation', 'covid19', '2021-11-10', 'national' FROM cccd_gate.identity_number WHERE id = '001090000008';
INSERT INTO cccd_gate.event (code, name, starts, capacity, rule, ticket_required, minimum_evidence)
VALUES ('QR', 'QR', '2021-11-16 19:00+07', 100, 'not isolated', false, 'qr'), ('PAPER', 'Giấy', '2021-11-16 19:00+07', 100, 'not isolated', false, 'paper'),
       ('CLAIM', 'Khai', '2021-11-16 19:00+07', 100, 'not isolated', false, 'claimed'), ('OPEN', 'Mở', '2021-11-16 19:00+07', 100, 'doses >= 0', false, 'paper');
-- limits have a test of their own
UPDATE cccd_gate.event SET claims_per_minute = 0, refusals_per_minute = 0;
INSERT INTO cccd_gate.gate SELECT event, 'A' FROM cccd_gate.event;
INSERT INTO cccd_gate.officer VALUES ('lan', 'Lan');
CREATE FUNCTION pg_temp.ask(scan text, event text DEFAULT 'QR') RETURNS TABLE (verdict text, reasons text[], evidence text, holder text, born date)
LANGUAGE sql AS $$ SELECT a.verdict, a.reasons, a.evidence, a.holder_name || ' ' || coalesce(a.holder_id_masked, ''), a.holder_birth_date FROM cccd_gate.preview(event, 'A', at => '2021-11-16 17:00+07', scan => scan) a $$;
SELECT s.n, a.* FROM (VALUES
    (1, '001090000008||Trùng Tên|01021990|Nam|Hà Nội|10052021'), (2, '001090000008||||||'),
    (3, '001090000008||Trùng Tên||||'), (4, '001090000008||Trùng Tên|01021990|Nam|Hà Nội|'), (5, '001090000008||Trùng Tên|01021990||Hà Nội|10052021'),
    (6, '001090000008||Người Khác|01021990|Nam|Hà Nội|10052021'), (7, '001090000008||Người Khác|05051990|Nam|Hà Nội|10052021'),
    (8, '001090000008||Trùng Tên|05051990|Nam|Hà Nội|10052021'), (9, '001090000008||Trùng Tên|01021990|Nam|Hà Nội|11052021'),
    (10, '001090000008'), (11, '001090008'), (12, '001090000008|TRUNG TEN|1990-02-01|0|162900000000000001|<2<<'),
    (13, '001090000008|AI DO|1990-02-01|0|162900000000000001|<2<<'), (14, cccd_card_mrz('001090000008', 'Trùng Tên', '1990-02-01', 'M', '2030-02-01')),
    (15, cccd_card_mrz('001090000008', 'Trùng Tên', '1990-02-01', 'M', '2031-02-01')), (16, '001099999998'), (17, cccd_card_mrz('001090000008', 'Trùng Tên', '1990-02-01', 'M', NULL))) s(n, scan), pg_temp.ask(s.scan) a ORDER BY n;
-- where a claim is enough, it admits or asks for a card
SELECT * FROM pg_temp.ask('001090000008', 'CLAIM');
UPDATE cccd_gate.fact SET ends = '2021-11-11';
SELECT * FROM pg_temp.ask('001090000008', 'CLAIM');
-- of a person whose birth date is known in part the rest does not disagree, and
-- is no agreement
UPDATE cccd_gate.person SET birth_date = '1990-01-01', birth_precision = 'year' WHERE name = 'Trùng Tên';
SELECT s.n, a.* FROM (VALUES (1, '01021990'), (2, '01021991')) s(n, born), pg_temp.ask('001090000008||Trùng Tên|' || born || '|Nam|Hà Nội|10052021', 'PAPER') a ORDER BY n;
UPDATE cccd_gate.person SET birth_date = '1990-02-01', birth_precision = 'day' WHERE name = 'Trùng Tên';
-- a birth date of a guest list is no agreement with the register
UPDATE cccd_gate.person SET birth_source = 'guest_list' WHERE name = 'Trùng Tên';
SELECT * FROM pg_temp.ask('001090000008||Trùng Tên|01021990|Nam|Hà Nội|10052021', 'OPEN');
UPDATE cccd_gate.person SET birth_source = 'national' WHERE name = 'Trùng Tên';
-- deceased; and a claim does not say so
UPDATE cccd_gate.person SET died_on = '2021-11-16' WHERE name = 'Trùng Tên';
SELECT * FROM pg_temp.ask('001090000008||Trùng Tên|01021990|Nam|Hà Nội|10052021');
SELECT * FROM pg_temp.ask('001090000008', 'CLAIM');
UPDATE cccd_gate.person SET died_on = '2021-11-17' WHERE name = 'Trùng Tên';
SELECT * FROM pg_temp.ask('001090000008||Trùng Tên|01021990|Nam|Hà Nội|10052021');
UPDATE cccd_gate.person SET died_on = NULL WHERE name = 'Trùng Tên';
-- who only claims to be somebody is answered the same whatever the register has;
-- who shows the card is not
CREATE TABLE pg_temp.claimed (n int, scan text);
INSERT INTO claimed VALUES (1, '001090000008'), (2, '001090008'), (3, ' 001090000008 '), (4, '001090000008|TRUNG TEN|1990-02-01|1|162900000000000001|<2<<'),
    (5, '001090000008|AI DO|1990-02-01|0|162900000000000001|<2<<'), (6, '001090000008||Trùng Tên|01021990|Nam|Hà Nội|10052021');
CREATE FUNCTION pg_temp.told(scan text) RETURNS text LANGUAGE sql AS $$
    SELECT string_agg(to_jsonb(a)::text, ' ' ORDER BY e.code) FROM unnest('{QR,PAPER}'::text[]) e(code), cccd_gate.preview(e.code, 'A', at => '2021-11-16 17:00+07', scan => scan) a $$;
CREATE TABLE pg_temp.baseline AS SELECT n, scan, pg_temp.told(scan) AS told FROM claimed;
SELECT n, told ~ 'evidence_too_weak' AS weak, told ~ 'Trùng Tên|valid_until": "' AS tells FROM baseline ORDER BY n;
CREATE FUNCTION pg_temp.when(change text) RETURNS TABLE (done text, claims bigint, cards bigint) LANGUAGE plpgsql AS $$
BEGIN
    done := change;
    BEGIN
        EXECUTE format(change, (SELECT person FROM cccd_gate.identity_number WHERE id = '001090000008'));
        SELECT count(*) FILTER (WHERE n < 6), count(*) FILTER (WHERE n = 6) INTO claims, cards FROM baseline b WHERE pg_temp.told(b.scan) <> b.told;
        RAISE EXCEPTION USING ERRCODE = 'CC001';
    EXCEPTION WHEN SQLSTATE 'CC001' THEN NULL;
    END;
    RETURN NEXT;
END $$;
SELECT w.* FROM unnest(ARRAY[
    $$UPDATE cccd_gate.fact SET ends = NULL WHERE person = %s$$, $$UPDATE cccd_gate.person SET died_on = '2021-01-01' WHERE person = %s$$,
    $$UPDATE cccd_gate.person SET name = 'Ai Khác', birth_date = '1980-01-01', sex = 'F' WHERE person = %s$$, $$UPDATE cccd_gate.document SET status = 'lost' WHERE person = %s$$,
    $$UPDATE cccd_gate.document SET expires = '2021-05-11' WHERE person = %s$$, $$UPDATE cccd_gate.identity_number SET status = 'cancelled' WHERE person = %s$$,
    $$INSERT INTO cccd_gate.presence (event, person, since, entries, state) SELECT event, %s, '2021-11-16', 1, 'i' FROM cccd_gate.event$$,
    $$DELETE FROM cccd_gate.person WHERE person = %s$$]) WITH ORDINALITY c(change, i), LATERAL pg_temp.when(c.change) w ORDER BY i;
-- one card was lost, and replaced by another: each is looked up by its day of issue
INSERT INTO cccd_gate.document_in (id, issued, status) VALUES ('001090000008', '2021-05-10', 'lost'), ('001090000008', '2021-10-10', 'valid');
SELECT taken, updated FROM cccd_gate.load_documents('national');
SELECT s.n, a.* FROM (VALUES (1, '10052021'), (2, '10102021'), (3, '11102021')) s(n, issued), pg_temp.ask('001090000008||Trùng Tên|01021990|Nam|Hà Nội|' || issued) a ORDER BY n;
-- renewed once more: the card before is not good any more
INSERT INTO cccd_gate.document_in (id, issued) VALUES ('001090000008', '2021-11-10');
SELECT taken FROM cccd_gate.load_documents('national');
SELECT s.n, a.* FROM (VALUES (1, '10052021'), (2, '10102021'), (3, '10112021')) s(n, issued), pg_temp.ask('001090000008||Trùng Tên|01021990|Nam|Hà Nội|' || issued) a ORDER BY n;
-- a passport number of two states: the lines of the passport, or the name, say
-- which
SELECT * FROM pg_temp.ask('C1234567');
SELECT * FROM pg_temp.ask('C1234567', 'CLAIM');
SELECT * FROM pg_temp.ask('C1234567|JEAN DUPONT|1970-01-01|0|162900000000000001|<1<<', 'CLAIM');
SELECT * FROM pg_temp.ask(E'P<GBRSMITH<<JOHN<<<<<<<<<<<<<<<<<<<<<<<<<<<<\nC1234567<8GBR8505059M2801017<<<<<<<<<<<<<<06', 'CLAIM');

-- card, old card, passport, personal code, child: an officer compares, and the
-- evidence is paper
INSERT INTO cccd_gate.person_in (id, name, birth_date, sex) VALUES ('001316000009', 'Em Bé', '2016-06-01', 'F');
SELECT taken FROM cccd_gate.load_people('national');
CREATE TEMP TABLE shown AS
SELECT s.n, a.request_id, a.verdict, a.reasons, a.evidence, a.holder_name
FROM (VALUES (1, '001090000008||Trùng Tên|01021990|Nam||'), (2, '012345678'), (3, E'P<GBRSMITH<<JOHN<<<<<<<<<<<<<<<<<<<<<<<<<<<<\nC1234567<8GBR8505059M2801017<<<<<<<<<<<<<<06'),
             (4, '079301000002|TRAN THI BINH|2001-02-28|1|162900000000000001|<2<<'), (5, '001316000009')) s(n, scan),
     cccd_gate.replay(md5('shown' || n)::uuid, '2021-11-16 17:00+07', 'in', 'OPEN', 'A', scan => s.scan) a;
SELECT n, verdict, reasons, evidence, holder_name FROM shown ORDER BY n;
SELECT n, a.verdict, a.reasons FROM shown, cccd_gate.recheck(request_id, md5('again' || n)::uuid) a ORDER BY n;
SELECT n, p.accepted, p.problem FROM shown, cccd_gate.accept_paper(request_id, 'identity', officer => 'lan') p ORDER BY n;
-- a document that was reported lost between the review and the recheck
SAVEPOINT lost;
UPDATE cccd_gate.document SET status = 'lost' WHERE kind IN ('old_id', 'passport');
SELECT n, a.verdict, a.reasons FROM shown, cccd_gate.recheck(request_id, md5('lost' || n)::uuid) a WHERE n IN (2, 3) ORDER BY n;
ROLLBACK TO lost;
SELECT n, a.verdict, a.reasons, a.evidence, a.holder_name FROM shown, cccd_gate.recheck(request_id, md5('compared' || n)::uuid) a ORDER BY n;
-- nobody else has read a number that was only claimed
SELECT count(*) AS claims, count(*) FILTER (WHERE reasons && '{isolated,deceased,card_lost}') AS told FROM cccd_gate.answer_log WHERE evidence = '1';
DELETE FROM cccd_gate.presence;

-- people who are one: what each had is the same after merging and splitting
DELETE FROM cccd_gate.fact;
INSERT INTO cccd_gate.person (person, name, birth_date, sex) VALUES (901, 'Một Người', '1990-01-01', 'M'), (902, 'Mot Nguoi', '1990-01-01', 'M'), (903, 'Một Người Nữa', '1990-01-01', 'M');
INSERT INTO cccd_gate.identity_number (id, person) VALUES ('001090000901', 901), ('001090000902', 902), ('001090000903', 903);
INSERT INTO cccd_gate.document (person, kind, state, number, issued) VALUES (901, 'chip', 'VNM', '001090000901', '2021-01-01'), (902, 'chip', 'VNM', '001090000902', '2022-01-01'), (902, 'passport', 'VNM', 'B9000002', NULL), (903, 'old_id', 'VNM', '900000003', NULL);
INSERT INTO cccd_gate.fact (person, kind, disease, starts, dose_number, source) VALUES (901, 'dose', 'covid19', '2021-06-01', 1, 'national'), (902, 'dose', 'covid19', '2021-09-01', 2, 'national'), (903, 'recovery', 'covid19', '2021-07-01', NULL, 'national');
INSERT INTO cccd_gate.ticket (event, number, person) SELECT event, 'T-' || n || code, n FROM cccd_gate.event, unnest('{901,902}'::int[]) n WHERE code IN ('QR', 'OPEN') AND (n = 902 OR code = 'QR');
INSERT INTO cccd_gate.presence (event, person, since, entries, state, gate) SELECT event, 902, '2021-11-16', 1, 'i', 'A' FROM cccd_gate.event WHERE code = 'PAPER';
CREATE VIEW pg_temp.had AS
SELECT person, name, merged_into,
       (SELECT string_agg(cccd_id_mask(n.id), ' ' ORDER BY n.id) FROM cccd_gate.identity_number n WHERE n.person = p.person) AS numbers,
       (SELECT string_agg(right(d.number, 3) || ' ' || d.status, ', ' ORDER BY d.number) FROM cccd_gate.document d WHERE d.person = p.person) AS documents,
       (SELECT string_agg(f.kind || coalesce(f.dose_number, 0), ' ' ORDER BY f.starts) FROM cccd_gate.current_fact f WHERE f.person = p.person) AS facts,
       (SELECT h.record FROM cccd_gate.health h WHERE h.person = p.person) AS record,
       (SELECT string_agg(t.number || CASE WHEN t.cancelled THEN ' cancelled' ELSE '' END, ', ' ORDER BY t.number) FROM cccd_gate.ticket t WHERE t.person = p.person) AS tickets,
       (SELECT string_agg(e.code, ' ' ORDER BY e.code) FROM cccd_gate.presence a JOIN cccd_gate.event e USING (event) WHERE a.person = p.person) AS inside
FROM cccd_gate.person p WHERE person BETWEEN 901 AND 909 ORDER BY person;
CREATE TEMP TABLE before AS SELECT * FROM pg_temp.had;
SELECT verdict, reasons, holder_name FROM cccd_gate.replay(md5('merged')::uuid, '2022-01-16 15:00+07', 'in', 'QR', 'A', scan => '001090000902||Mot Nguoi|01011990|Nam||01012022');
DELETE FROM cccd_gate.presence a USING cccd_gate.event e WHERE e.event = a.event AND e.code = 'QR';
SELECT problem, problem_en FROM cccd_gate.merge_people(901, 902, officer => 'hoa');
SELECT problem, problem_en FROM cccd_gate.merge_people(901, 901, officer => 'lan');
SELECT problem, problem_vi FROM cccd_gate.merge_people(901, 999, officer => 'lan');
SELECT problem, problem_vi FROM cccd_gate.split_person(901, officer => 'lan');
SELECT change IS NOT NULL AS merged, problem FROM cccd_gate.merge_people(902, 903, 'giấy số 001090000903', 'lan');
SELECT change IS NOT NULL AS merged, problem FROM cccd_gate.merge_people(901, 902, officer => 'lan');
SELECT * FROM pg_temp.had;
SELECT cccd_gate.merged_person(903);
SELECT problem, problem_vi FROM cccd_gate.merge_people(901, 903, officer => 'lan');
-- the request of before gets its answer after
SELECT verdict, reasons, holder_name FROM cccd_gate.replay(md5('merged')::uuid, '2022-01-16 17:00+07', 'in', 'QR', 'A', scan => '001090000902||Mot Nguoi|01011990|Nam||01012022');
SELECT verdict, reasons, evidence, holder_name FROM cccd_gate.preview('OPEN', 'A', at => '2022-01-16 17:00+07', scan => '001090000902||Một Người|01011990|Nam||01012022');
-- what arrives for the other's number goes to the one who was kept
INSERT INTO cccd_gate.person_in (id, name, birth_date, sex, died_on) VALUES ('001090000903', 'Một Người', '1990-01-01', 'M', '2021-11-01');
SELECT taken, updated, rejected FROM cccd_gate.load_people('national');
SELECT person, died_on FROM cccd_gate.person WHERE died_on = '2021-11-01';
UPDATE cccd_gate.person SET died_on = NULL WHERE person = 901;
SELECT change IS NOT NULL AS split, problem FROM cccd_gate.split_person(902, 'nhầm', 'lan');
SELECT * FROM pg_temp.had;
SELECT change IS NOT NULL AS split, problem FROM cccd_gate.split_person(903, officer => 'lan');
SELECT count(*) AS different FROM (TABLE before EXCEPT SELECT * FROM pg_temp.had) x;
SELECT kind, person, other, officer, note FROM cccd_gate.person_change ORDER BY change;
-- both attended
INSERT INTO cccd_gate.presence (event, person, since, entries, state, gate) SELECT event, 901, '2021-11-16', 1, 'i', 'A' FROM cccd_gate.event WHERE code = 'PAPER';
SELECT problem, problem_vi, problem_en FROM cccd_gate.merge_people(901, 902, officer => 'lan');

-- rubbish in every column: nothing raises, no line stays
CREATE FUNCTION pg_temp.rubbish(n int, what int) RETURNS text LANGUAGE sql AS $$
    SELECT (ARRAY[NULL, '', ' ', 'x', '001099000001', '00109900001', '012345678', 'C1234567', 'GBR', '2021-06-01', '31/02/2021', E'a\tb', '9999999999999999999999', '-1', '0', '1', 'passport', 'chip', 'lost', 'yes', 'Nguyễn Văn Ân', '1999-01-01', repeat('y', 3000), '#1', '''"\;', '{', 'infinity', 'NaN', 'đ̣̂', 'M'])[1 + abs(hashint8extended(n, what) % 30)] $$;
INSERT INTO cccd_gate.person_in (id, old_id, passport, state, name, birth_date, sex, died_on, cancelled_ids, withdrawn)
SELECT pg_temp.rubbish(n, 1), pg_temp.rubbish(n, 2), pg_temp.rubbish(n, 3), pg_temp.rubbish(n, 4), pg_temp.rubbish(n, 5), pg_temp.rubbish(n, 6), pg_temp.rubbish(n, 7), pg_temp.rubbish(n, 8), pg_temp.rubbish(n, 9), pg_temp.rubbish(n, 10) FROM generate_series(1, 3000) n;
INSERT INTO cccd_gate.document_in (id, old_id, passport, state, name, birth_date, kind, issuer, number, issued, expires, status, withdrawn)
SELECT pg_temp.rubbish(n, 11), pg_temp.rubbish(n, 12), pg_temp.rubbish(n, 13), pg_temp.rubbish(n, 14), pg_temp.rubbish(n, 15), pg_temp.rubbish(n, 16), pg_temp.rubbish(n, 17), pg_temp.rubbish(n, 18), pg_temp.rubbish(n, 19), pg_temp.rubbish(n, 20), pg_temp.rubbish(n, 21), pg_temp.rubbish(n, 22), pg_temp.rubbish(n, 23) FROM generate_series(1, 3000) n;
SELECT remaining, rejected > 2900 AS rejected FROM cccd_gate.load_people('national')
UNION ALL SELECT remaining, rejected > 2900 FROM cccd_gate.load_documents('national');
SELECT count(*) AS without_words FROM cccd_gate.load_reject WHERE reason_vi IS NULL OR reason_en IS NULL;
ROLLBACK;
