-- The loaders: what is right is taken, what is wrong is listed with a reason,
-- a file loaded twice adds nothing, and no number stands in the clear.
SET client_min_messages = warning;
SET timezone = 'Asia/Ho_Chi_Minh';
SET datestyle = 'ISO, YMD';
BEGIN;

-- reading text without an error
-- a day that ends something is its last day
SELECT v, cccd_gate.read_end(v) FROM unnest('{15/11/2021,2021-11-15,31/12/2021,2021-11-15 08:00,15/11/2021 0:00,2021-11-15T08:00:00Z,31/11/2021,"",soon}'::text[]) v;
SELECT k, v, cccd_gate.code_name(k, v) FROM (VALUES ('product', 'AstraZeneca'), ('product', 'Verocell'), ('product', '#700'), ('product', 'vắc xin'), ('product', 'water'), ('test', 'test nhanh'), ('test', 'RT-PCR'), ('result', 'âm tính'), ('result', 'Negative'), ('disease', 'COVID-19'), ('credential', 'insurance'), ('credential', '#9'), ('credential', 'club card'),
    ('declaration', 'No Symptoms'), ('declaration', '#300'), ('declaration', 'insurance'), ('registration', 'vaccination'), ('consultation', '#1'), ('consultation', '#0')) w(k, v);
-- words of the operator's own, which never change what a word of ours means
INSERT INTO cccd_gate.word (kind, word, name) VALUES ('product', 'Vắc-xin số 7', 'AstraZeneca'), ('product', 'Pfizer', 'Moderna'), ('result', 'OK', 'âm tính'), ('product', 'khong ghi', 'không rõ');
SELECT k, v, cccd_gate.code_name(k, v) FROM (VALUES ('product', 'VAC XIN SO 7'), ('product', 'Pfizer'), ('result', 'ok'), ('test', 'ok'), ('product', 'Không ghi')) w(k, v);
SAVEPOINT wrong;
INSERT INTO cccd_gate.word (kind, word, name) VALUES ('product', 'vắc xin số 8', 'nước lã');
ROLLBACK TO wrong;
INSERT INTO cccd_gate.word (kind, word, name) VALUES ('product', 'VAC-XIN SO 7', 'Pfizer');
ROLLBACK TO wrong;
DELETE FROM cccd_gate.word;
SELECT v, cccd_gate.number_kind(v) FROM unnest('{001099000001,00109900001,0010990000011,012345678,01234567,B1234567,b1234567,1234567,AB12,ABCDEFGH1234567890,00109900000x,٠٠١٠٩٩٠٠٠٠٠١}'::text[]) v;
SELECT cccd_gate.masked(v) FROM unnest('{001099000001,B1234567,123456,7,"",0123456789012345678901234567890}'::text[]) v;
SELECT cccd_gate.masked_note('số 001099000001, 001 099 000 001, 0010.9900.0001, 12345, 2021-11-16, 123456');

CREATE FUNCTION pg_temp.rejects() RETURNS TABLE (staging text, line bigint, reason text, masked text)
LANGUAGE sql AS $$
    WITH seen AS (DELETE FROM cccd_gate.load_reject RETURNING *) SELECT staging, line, reason, masked FROM seen ORDER BY staging, line, reason $$;
COPY cccd_gate.person_in (id, old_id, passport, state, name, birth_date, sex) FROM stdin;
001099000001	012345678	\N	\N	Nguyễn Văn An	1999-01-01	Nam
079301000002	\N	\N	\N	Trần Thị Bình	28/02/2001	Nữ
\N	\N	B1234567	GBR	John Smith	1980-05-05	M
001058000003	\N	\N	\N	Lê Văn Cũ	1958-10-26	M
\.
SELECT taken, rejected FROM cccd_gate.load_people('national', NULL);

-- facts of every kind in one table; who, when, what, and every reason against a line
COPY cccd_gate.fact_in (id, old_id, passport, state, name, birth_date, kind, starts, ends, disease, detail, result, dose_number, series, source_record, withdrawn) FROM stdin;
001099000001	\N	\N	\N	Nguyen Van An	01/01/1999	dose	2021-06-01	\N	\N	AstraZeneca	\N	1	2	R-1	\N
001099000001	\N	\N	\N	\N	\N	Dose	01/09/2021 08:30	\N	covid19	eu/1/20/1528	\N	2	\N	R-2	no
\N	012345678	\N	\N	Nguyễn Văn An	1/1/1999	dose	2021-10-01T08:00:00Z	\N	covid-19	\N	\N	\N	\N	\N	\N
\N	\N	B1234567	GBR	JOHN SMITH	1980-05-05	dose	2021-06-01	\N	\N	BBIBP-CorV	\N	\N	\N	\N	\N
079301000002	\N	\N	\N	\N	\N	dose	2002-03-01	\N	sởi	\N	\N	\N	\N	\N	\N
001099000001	\N	\N	\N	\N	\N	test	2021-11-14 08:00	\N	\N	RT-PCR	âm tính	\N	\N	T-1	\N
001099000001	\N	\N	\N	\N	\N	test	15/11/2021 8:00	\N	\N	\N	positive	\N	\N	T-2	\N
\N	\N	B1234567	GBR	JOHN SMITH	1980-05-05	recovery	2021-08-01	\N	\N	\N	\N	\N	\N	\N	\N
079301000002	\N	\N	\N	\N	\N	isolation	2021-11-10	23/11/2021	\N	\N	\N	\N	\N	\N	\N
079301000002	\N	\N	\N	\N	\N	isolation	2099-12-10 08:00	\N	\N	\N	\N	\N	\N	\N	\N
001099000001	\N	\N	\N	\N	\N	exposure	2021-11-10 08:00	2021-11-24 08:00	\N	\N	\N	\N	\N	\N	\N
079301000002	\N	\N	\N	\N	\N	contraindication	2021-03-01	\N	\N	\N	\N	\N	\N	\N	\N
079301000002	\N	\N	\N	\N	\N	credential	2021-01-01	31/12/2021	\N	insurance	\N	\N	\N	\N	\N
079301000002	\N	\N	\N	\N	\N	Declaration	2021-11-16 08:00	2021-11-17 08:00	\N	no_symptoms	\N	\N	\N	\N	\N
079301000002	\N	\N	\N	\N	\N	declaration	2021-11-16 08:00	\N	\N	no_contact	\N	\N	\N	\N	\N
079301000002	\N	\N	\N	\N	\N	registration	2021-11-10	20/11/2021	\N	vaccination	\N	\N	\N	D-1	\N
079301000002	\N	\N	\N	\N	\N	consultation	2021-11-01 09:00	\N	\N	doctor	\N	\N	\N	\N	\N
001099000001	\N	\N	\N	Nguyễn Văn Em	\N	dose	2021-06-02	\N	\N	\N	\N	\N	\N	\N	\N
001099000001	\N	\N	\N	\N	1999-01-02	dose	2021-06-03	\N	\N	\N	\N	\N	\N	\N	\N
001099000001	\N	\N	\N	\N	1999-01-99	dose	2021-06-03	\N	\N	\N	\N	\N	\N	\N	\N
1099000001	\N	\N	\N	\N	\N	dose	2021-06-01	\N	\N	\N	\N	\N	\N	\N	\N
0010990000012	\N	\N	\N	\N	\N	dose	2021-06-01	\N	\N	\N	\N	\N	\N	\N	\N
\N	01234567	\N	\N	\N	\N	dose	2021-06-01	\N	\N	\N	\N	\N	\N	\N	\N
\N	\N	b 123	\N	\N	\N	dose	2021-06-01	\N	\N	\N	\N	\N	\N	\N	\N
001099999999	\N	\N	\N	\N	\N	dose	2021-06-01	\N	\N	\N	\N	\N	\N	\N	\N
\N	\N	\N	\N	\N	\N	dose	2021-06-01	\N	\N	\N	\N	\N	\N	\N	\N
001099000001	\N	\N	\N	\N	\N	\N	2021-06-01	\N	\N	\N	\N	\N	\N	\N	\N
001099000001	\N	\N	\N	\N	\N	injection	2021-06-01	\N	\N	\N	\N	\N	\N	\N	\N
001099000001	\N	\N	\N	\N	\N	dose	2021-02-30	\N	\N	\N	\N	\N	\N	\N	\N
001099000001	\N	\N	\N	\N	\N	dose	\N	\N	\N	\N	\N	\N	\N	\N	\N
001099000001	\N	\N	\N	\N	\N	dose	2000-01-01 06:59:59	\N	\N	\N	\N	\N	\N	\N	\N
001099000001	\N	\N	\N	\N	\N	dose	2099-06-01	\N	\N	\N	\N	\N	\N	\N	\N
079301000002	\N	\N	\N	\N	\N	dose	2000-06-01	\N	\N	\N	\N	\N	\N	\N	\N
001099000001	\N	\N	\N	\N	\N	dose	2021-06-05	\N	\N	water	\N	\N	\N	\N	\N
001099000001	\N	\N	\N	\N	\N	dose	2021-06-05	\N	lycanthropy	\N	\N	\N	\N	\N	\N
001099000001	\N	\N	\N	\N	\N	dose	2021-06-05	\N	\N	\N	\N	32	\N	\N	\N
001099000001	\N	\N	\N	\N	\N	dose	2021-06-05	\N	\N	\N	\N	two	\N	\N	\N
001099000001	\N	\N	\N	\N	\N	dose	2021-06-05	\N	\N	\N	\N	1	32	\N	\N
001099000001	\N	\N	\N	\N	\N	dose	2021-06-05	2021-12-05	\N	\N	\N	\N	\N	\N	\N
001099000001	\N	\N	\N	\N	\N	recovery	2021-06-05	\N	\N	\N	negative	\N	\N	\N	\N
001099000001	\N	\N	\N	\N	\N	exposure	2021-06-05	\N	\N	pcr	\N	\N	\N	\N	\N
001099000001	\N	\N	\N	\N	\N	test	2021-11-15 08:00	\N	\N	smell	negative	\N	\N	\N	\N
001099000001	\N	\N	\N	\N	\N	test	2021-11-15 08:00	\N	\N	pcr	maybe	\N	\N	\N	\N
001099000001	\N	\N	\N	\N	\N	test	2021-11-15 08:00	\N	\N	pcr	\N	\N	\N	\N	\N
079301000002	\N	\N	\N	\N	\N	isolation	2021-11-10 08:00	2021-11-09 08:00	\N	\N	\N	\N	\N	\N	\N
079301000002	\N	\N	\N	\N	\N	isolation	2021-11-10 08:00	when he is well	\N	\N	\N	\N	\N	\N	\N
079301000002	\N	\N	\N	\N	\N	isolation	2021-11-10 08:00	31/12/2135	\N	\N	\N	\N	\N	\N	\N
079301000002	\N	\N	\N	\N	\N	credential	2021-01-01	\N	\N	\N	\N	\N	\N	\N	\N
079301000002	\N	\N	\N	\N	\N	credential	2021-01-01	\N	\N	club card	\N	\N	\N	\N	\N
079301000002	\N	\N	\N	\N	\N	credential	2021-01-01	\N	covid19	insurance	\N	\N	\N	\N	\N
079301000002	\N	\N	\N	\N	\N	declaration	2021-11-16	\N	\N	\N	\N	\N	\N	\N	\N
079301000002	\N	\N	\N	\N	\N	declaration	2021-11-16	\N	measles	symptoms	\N	\N	\N	\N	\N
079301000002	\N	\N	\N	\N	\N	declaration	2099-11-16	\N	\N	symptoms	\N	\N	\N	\N	\N
079301000002	\N	\N	\N	\N	\N	registration	2021-11-16	\N	\N	doctor	\N	\N	\N	\N	\N
079301000002	\N	\N	\N	\N	\N	consultation	2021-11-16	\N	\N	vaccination	\N	\N	\N	\N	\N
079301000002	\N	\N	\N	\N	\N	consultation	2021-11-16	\N	\N	doctor	negative	\N	\N	\N	\N
079301000002	\N	\N	\N	\N	\N	dose	2021-06-05	\N	\N	\N	\N	\N	\N	\N	perhaps
079301000002	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	R-99	yes
079301000002	\N	\N	\N	\N	\N	dose	2021-06-05	\N	\N	\N	\N	\N	\N	\N	yes
'); SELECT pg_sleep(9); --	\N	\N	\N	\N	\N	dose	2021-06-05	\N	\N	\N	\N	\N	\N	\N	\N
\.
CREATE TEMP TABLE copy_of_facts AS SELECT * FROM cccd_gate.fact_in;
SELECT * FROM cccd_gate.load_facts('national');
-- every reason is said in words
SELECT count(*) AS rejected, count(reason_vi) AS vi, count(reason_en) AS en, count(accepted) AS accepted FROM cccd_gate.load_reject WHERE staging = 'fact_in';
SELECT reason_vi, reason_en, accepted FROM cccd_gate.load_reject WHERE reason = 'id_zeros_lost';
SELECT * FROM pg_temp.rejects();
SELECT count(*) AS staged FROM cccd_gate.fact_in;
SELECT p.name_key, f.kind, f.disease, f.starts, f.ends, f.code, f.result, f.dose_number, f.series, f.source_record
FROM cccd_gate.current_fact f JOIN cccd_gate.person p USING (person) ORDER BY p.name_key COLLATE "C", f.starts, f.kind, f.code COLLATE "C", f.dose_number;
SELECT p.name_key, h.record FROM cccd_gate.health h JOIN cccd_gate.person p USING (person) ORDER BY p.name_key COLLATE "C";
-- the whole file again adds nothing
INSERT INTO cccd_gate.fact_in SELECT * FROM copy_of_facts;
SELECT taken, updated, withdrawn, rejected, remaining FROM cccd_gate.load_facts('national');
SELECT count(*) AS rejected FROM pg_temp.rejects();
SELECT count(*) AS versions FROM cccd_gate.fact;
SELECT cccd_gate.rebuild_health() AS changed;

-- a source and a number of lines that are not
SAVEPOINT wrong;
SELECT cccd_gate.load_facts('rumour');
ROLLBACK TO wrong;
SELECT cccd_gate.load_facts(NULL);
ROLLBACK TO wrong;
SELECT cccd_gate.load_facts('national', at_most => 0);
ROLLBACK TO wrong;
SELECT cccd_gate.load_tickets('list', at_most => 0);
ROLLBACK TO wrong;
SELECT * FROM cccd_gate.load_facts('national', at_most => 1);

-- deliveries apart, in steps; a line of an upper case UUID is of the same delivery
SELECT set_config('cccd_gate.delivery', '11111111-1111-1111-1111-11111111111a', true) <> '' AS set;
INSERT INTO cccd_gate.fact_in (id, kind, starts) SELECT '001099000001', 'exposure', date '2020-01-01' + i FROM generate_series(1, 5) i;
INSERT INTO cccd_gate.fact_in (delivery, id, kind, starts) VALUES ('11111111-1111-1111-1111-11111111111A', '001099000001', 'exposure', '2020-02-30');
SELECT set_config('cccd_gate.delivery', '', true) = '' AS unset;
INSERT INTO cccd_gate.fact_in (id, kind, starts) VALUES ('001099000001', 'exposure', '2020-03-01');
SELECT * FROM cccd_gate.load_facts('national', '22222222-2222-2222-2222-222222222222');
SELECT * FROM cccd_gate.load_facts('national', '11111111-1111-1111-1111-11111111111a', 2);
SELECT finished_at IS NULL AS unfinished, taken, rejected FROM cccd_gate.load_delivery WHERE delivery LIKE '1111%';
SELECT * FROM cccd_gate.load_facts('national', '11111111-1111-1111-1111-11111111111a', 3);
SELECT * FROM cccd_gate.load_facts('national', '11111111-1111-1111-1111-11111111111a', 3);
SELECT staging, source, taken, rejected, finished_at IS NOT NULL AS finished FROM cccd_gate.load_delivery WHERE delivery LIKE '1111%';
SELECT delivery, line, reason FROM cccd_gate.load_reject WHERE staging = 'fact_in';
SELECT * FROM cccd_gate.load_facts('national');
DELETE FROM cccd_gate.fact WHERE kind = 'exposure';

-- a delivery is a UUID in any case, in braces or with spaces around it; what is not a
-- UUID is rejected with the next load of its table, whatever delivery that is of
DELETE FROM cccd_gate.load_reject;
SELECT v, cccd_gate.delivery_key(v) FROM unnest(ARRAY[NULL, '', ' ', E'\t', '33333333-3333-3333-3333-33333333333a', '33333333-3333-3333-3333-33333333333A',
    '{33333333-3333-3333-3333-33333333333a}', ' 33333333-3333-3333-3333-33333333333a ', E'33333333-3333-3333-3333-33333333333a\r', '3333333333333333333333333333333a',
    '33333333-3333-3333-3333-33333333333', '33333333-3333-3333-3333-33333333333aa', '33333333-3333-3333-3333-33333333333g', 'tháng 11', '001099000001']) v;
INSERT INTO cccd_gate.fact_in (delivery, id, kind, starts) VALUES
    ('33333333-3333-3333-3333-33333333333a', '001099000001', 'exposure', '2020-04-01'),
    ('{33333333-3333-3333-3333-33333333333A}', '001099000001', 'exposure', '2020-04-02'),
    ('tháng 11', '001099000001', 'exposure', '2020-04-03'),
    ('001099000001', '001099000001', 'exposure', '2020-04-04'),
    (' 33333333-3333-3333-3333-33333333333a', '001099000001', 'exposure', '2020-04-31'),
    (NULL, '001099000001', 'exposure', '2020-04-05');
SELECT * FROM cccd_gate.load_facts('national', '33333333-3333-3333-3333-33333333333a');
SELECT delivery, line, reason, masked FROM cccd_gate.load_reject ORDER BY line, staging, reason;
SELECT taken, rejected, finished_at IS NOT NULL AS finished FROM cccd_gate.load_delivery WHERE delivery LIKE '3333%';
SELECT * FROM cccd_gate.load_facts('national');
-- of every staging table, also if nothing else is staged
INSERT INTO cccd_gate.person_in (delivery, id, name) VALUES ('x', '001099000009', 'Lê Văn Sai');
INSERT INTO cccd_gate.document_in (delivery, id) VALUES ('x', '001099000009');
INSERT INTO cccd_gate.ticket_in (delivery, event) VALUES ('x', 'LOAD');
SELECT rejected FROM cccd_gate.load_people('national', '33333333-3333-3333-3333-33333333333a')
UNION ALL SELECT rejected FROM cccd_gate.load_documents('national', '33333333-3333-3333-3333-33333333333a')
UNION ALL SELECT rejected FROM cccd_gate.load_tickets('list');
SELECT staging, line, reason, reason_vi, accepted FROM cccd_gate.load_reject WHERE line > 0 AND staging <> 'fact_in' ORDER BY staging, line, reason;
DELETE FROM cccd_gate.fact WHERE kind = 'exposure';

-- the limits of a record do not stop a load: 31 doses are taken, the others
-- are rejected; of tests the newest twelve are kept
DELETE FROM cccd_gate.load_reject;
INSERT INTO cccd_gate.fact_in (id, kind, starts) SELECT '001058000003', 'dose', date '2020-01-01' + i * 7 FROM generate_series(1, 40) i;
INSERT INTO cccd_gate.fact_in (id, kind, starts) VALUES ('079301000002', 'dose', '2021-01-01');
SELECT taken, rejected FROM cccd_gate.load_facts('national');
SELECT reason, min(line), max(line), count(*) FROM cccd_gate.load_reject GROUP BY reason;
INSERT INTO cccd_gate.fact_in (id, kind, starts) SELECT '001058000003', kind, date '2020-01-01' + i * 7 FROM unnest('{recovery,exposure}'::text[]) kind, generate_series(1, 20) i;
INSERT INTO cccd_gate.fact_in (id, kind, starts, result) SELECT '001058000003', 'test', date '2020-01-01' + i * 7, 'negative' FROM generate_series(1, 20) i;
SELECT taken, rejected FROM cccd_gate.load_facts('national');
-- one is taken back, another takes its place; a full record can be corrected
INSERT INTO cccd_gate.fact_in (id, kind, starts, withdrawn) VALUES ('001058000003', 'dose', '2020-01-08', 'yes');
SELECT * FROM cccd_gate.load_facts('national');
INSERT INTO cccd_gate.fact_in (id, kind, starts) VALUES ('001058000003', 'dose', '2021-01-08'), ('001058000003', 'dose', '2021-01-15');
SELECT * FROM cccd_gate.load_facts('national');
INSERT INTO cccd_gate.fact_in (id, kind, starts, detail) VALUES ('001058000003', 'dose', '2021-01-08', 'Verocell');
SELECT * FROM cccd_gate.load_facts('national');
SELECT e.kind, count(*), cccd_health_tests_from(h.record) FROM cccd_gate.health h CROSS JOIN cccd_health_events(h.record) e
WHERE h.person = (SELECT person FROM cccd_gate.identity_number WHERE id = '001058000003') GROUP BY 1, 3 ORDER BY 1;
SELECT cccd_gate.rebuild_health() AS changed;
DELETE FROM cccd_gate.load_reject;

-- tickets
INSERT INTO cccd_gate.event (code, name, starts, ends, capacity, rule)
VALUES ('LOAD', 'Thử', '2021-11-16 19:00+07', '2021-11-16 21:00+07', 10, 'ticket'),
       ('OVER', 'Đã qua', '2021-11-11 19:00+07', '2021-11-11 21:00+07', 10, 'ticket');
INSERT INTO cccd_gate.gate SELECT event, 'A', 'Cổng A' FROM cccd_gate.event WHERE code = 'LOAD';
COPY cccd_gate.ticket_in (event, number, secret, id, gate, seat) FROM stdin;
LOAD	T-1	0123456789abcdef-1	\N	A	12
LOAD	T-2	0123456789abcdef-2	001099000001	\N	\N
LOAD	\N	\N	079301000002	\N	\N
LOAD	T-2	0123456789abcdef-2	001099000001	\N	\N
LOAD	T-1	0123456789abcdef-9	\N	\N	\N
LOAD	T-3	0123456789abcdef-1	\N	\N	\N
LOAD	T-4	0123456789abcdef-4	001099000001	\N	\N
LOAD	T-5	short	\N	\N	\N
LOAD	T-6	0123456789abcdef-6	00109900001	\N	\N
LOAD	T-7	0123456789abcdef-7	001099999999	\N	\N
LOAD	T-8	0123456789abcdef-8	\N	Z	\N
LOAD	\N	\N	\N	A	1
OVER	T-1	0123456789abcdef-0	\N	\N	\N
NONE	T-1	0123456789abcdef-0	\N	\N	\N
\N	T-1	0123456789abcdef-0	\N	\N	\N
\.
SELECT * FROM cccd_gate.load_tickets('list', as_of => '2021-11-16 12:00+07');
SELECT * FROM pg_temp.rejects();
SELECT number, length(secret_hash) AS hash, person IS NOT NULL AS named, gate, seat FROM cccd_gate.ticket WHERE event = (SELECT event FROM cccd_gate.event WHERE code = 'LOAD') ORDER BY 1;

-- random rubbish in every column of every staging table: nothing raises,
-- every row is loaded, known or rejected
CREATE FUNCTION pg_temp.rubbish(n int, what int) RETURNS text LANGUAGE sql AS $$
    SELECT (ARRAY[NULL, '', ' ', 'x', '001099000001', '00109900001', '2021-06-01', '2021-06-01 10:00', '31/02/2021', E'a\tb', '9999999999999999999999', '-1', '0', '1', 'covid19', 'pcr', 'negative', 'national', 'yes', 'LOAD', 'Nguyễn Văn Ân', '1999-01-01', repeat('y', 3000), '#1', '''"\;', '{', 'infinity', 'NaN', 'đ̣̂', 'M'])[1 + abs(hashint8extended(n, what) % 30)] $$;
INSERT INTO cccd_gate.fact_in (id, old_id, passport, state, name, birth_date, kind, starts, ends, disease, detail, result, dose_number, series, source_record, withdrawn)
SELECT pg_temp.rubbish(n, 21), CASE n % 9 WHEN 1 THEN pg_temp.rubbish(n, 22) END, CASE n % 9 WHEN 2 THEN pg_temp.rubbish(n, 23) END, pg_temp.rubbish(n, 24),
       CASE n % 3 WHEN 1 THEN pg_temp.rubbish(n, 25) END, CASE n % 3 WHEN 1 THEN pg_temp.rubbish(n, 26) END,
       CASE n % 4 WHEN 0 THEN pg_temp.rubbish(n, 27) ELSE (ARRAY['dose', 'test', 'recovery', 'isolation', 'exposure', 'contraindication', 'credential', 'declaration', 'registration', 'consultation'])[1 + n % 10] END,
       pg_temp.rubbish(n, 28), CASE n % 2 WHEN 1 THEN pg_temp.rubbish(n, 29) END, CASE n % 2 WHEN 1 THEN pg_temp.rubbish(n, 30) END,
       CASE n % 2 WHEN 1 THEN pg_temp.rubbish(n, 31) END, CASE n % 3 WHEN 1 THEN pg_temp.rubbish(n, 32) END, CASE n % 2 WHEN 1 THEN pg_temp.rubbish(n, 33) END,
       CASE n % 2 WHEN 1 THEN pg_temp.rubbish(n, 34) END, CASE n % 2 WHEN 1 THEN pg_temp.rubbish(n, 35) END, CASE n % 5 WHEN 1 THEN pg_temp.rubbish(n, 36) END
FROM generate_series(1, 27000) n;
INSERT INTO cccd_gate.ticket_in (event, number, secret, id, gate, seat)
SELECT pg_temp.rubbish(n, 41), pg_temp.rubbish(n, 42), pg_temp.rubbish(n, 43), pg_temp.rubbish(n, 44), pg_temp.rubbish(n, 45), pg_temp.rubbish(n, 46) FROM generate_series(1, 3000) n;
SELECT taken > 0 AS taken, rejected > 20000 AS rejected, taken + updated + withdrawn + rejected <= 27000 AS within, remaining FROM cccd_gate.load_facts('national');
SELECT taken + rejected <= 3000 AS tickets, remaining FROM cccd_gate.load_tickets('list', as_of => '2021-11-16 12:00+07');
SELECT (SELECT count(*) FROM cccd_gate.fact_in) + (SELECT count(*) FROM cccd_gate.ticket_in) AS staged;
-- no reason without words, for facts and tickets
SELECT DISTINCT reason FROM cccd_gate.load_reject WHERE reason_vi IS NULL AND staging IN ('fact_in', 'ticket_in');
-- the records are still what the facts make of them, and no reject holds more
-- than the end of a number
SELECT cccd_gate.rebuild_health() AS changed;
SELECT count(*) AS in_the_clear FROM cccd_gate.load_reject WHERE masked ~ '[^*]{4}' OR length(masked) > 20;
ROLLBACK;
