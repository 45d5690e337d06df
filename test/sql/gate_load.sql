-- The loaders: what is right is taken, what is wrong is listed with a reason,
-- a file loaded twice adds nothing, and no number stands in the clear.
SET client_min_messages = warning;
SET timezone = 'Asia/Ho_Chi_Minh';
SET datestyle = 'ISO, YMD';
BEGIN;

-- reading text without an error
SELECT v, cccd_gate.read_date(v) FROM unnest('{2021-02-28,28/02/2021,2020-02-29,2021-02-29,31/04/2021,2021-13-01,2021-00-10,0000-01-01,9999-12-31,2021-2-3,20210203,today,infinity,2021-02-28x}'::text[]) v;
SELECT v, cccd_gate.read_time(v) = t.same AS right
FROM (VALUES ('2021-11-16', '2021-11-16 00:00+07'::timestamptz), ('16/11/2021', '2021-11-16 00:00+07'),
             ('2021-11-16 19:00', '2021-11-16 19:00+07'), ('16/11/2021 19:00:05', '2021-11-16 19:00:05+07'),
             ('2021-11-16T19:00:05.999999', '2021-11-16 19:00:05+07'), ('2021-11-16T19:00Z', '2021-11-16 19:00+00'),
             ('2021-11-16 19:00:00+07', '2021-11-16 19:00+07'), ('2021-11-16 19:00+0530', '2021-11-16 19:00+05:30'),
             ('2021-11-16 19:00:00 -03:30', '2021-11-16 19:00-03:30'), ('2021-11-16 23:59:59.1+14', '2021-11-16 23:59:59+14')) t(v, same);
SELECT v, cccd_gate.read_time(v)
FROM unnest('{2021-11-16 24:00,2021-11-16 19:60,2021-11-16 19:00:60,2021-02-30 19:00,2021-11-16 19,2021-11-16 19:00+15,2021-11-16 19:00+7,2021-11-16 19:00 ICT,now,2021-11-16x19:00,-infinity,19:00}'::text[]) v;
SELECT v, cccd_gate.number_kind(v) FROM unnest('{001099000001,00109900001,0010990000011,012345678,01234567,B1234567,b1234567,1234567,AB12,ABCDEFGH1234567890,00109900000x,٠٠١٠٩٩٠٠٠٠٠١}'::text[]) v;
SELECT cccd_gate.masked(v) FROM unnest('{001099000001,B1234567,123456,7,"",0123456789012345678901234567890}'::text[]) v;
SELECT cccd_gate.masked_note('số 001099000001, 001 099 000 001, 0010.9900.0001, 12345, 2021-11-16, 123456');

-- people
CREATE FUNCTION pg_temp.rejects(of_load bigint) RETURNS TABLE (line bigint, source text, reason text, masked text)
LANGUAGE sql AS $$ SELECT line, source, reason, masked FROM cccd_gate.load_reject WHERE load = of_load ORDER BY line, reason $$;
COPY cccd_gate.person_in (id, old_id, passport, name, birth_date, sex, cancelled_ids, source) FROM stdin;
001099000001	012345678	\N	Nguyễn Văn An	1999-01-01	Nam	\N	\N
079301000002	\N	\N	Trần Thị Bình	29/02/2020	Nữ	\N	\N
079301000002	\N	\N	Trần Thị Bình	28/02/2001	Nữ	\N	\N
\N	\N	B1234567	John Smith	1980-05-05	M	\N	guest_list
001058000003	\N	\N	 Lê Văn Cũ 	1958-10-26	M	001058999999, 001058999998	national
00109900004	\N	\N	Thiếu Một Số	1999-01-01	M	\N	\N
0010990000055	\N	\N	Thừa Một Số	1999-01-01	M	\N	\N
001099000006	\N	\N		1999-01-01	M	\N	\N
001099000007	\N	\N	Ngày Sai	1999-02-30	M	\N	\N
001099000008	\N	\N	Năm Sau	2022-01-01	M	\N	\N
001099000009	\N	\N	Giới Sai	1999-01-01	X	\N	\N
001099000010	\N	\N	Số Khác Năm	1998-01-01	M	\N	\N
001099000011	\N	\N	Số Khác Giới	1999-01-01	F	\N	\N
001099000012	01234567	\N	Chứng Minh Ngắn	1999-01-01	M	\N	\N
001099000013	\N	b 123	Hộ Chiếu Sai	1999-01-01	M	\N	\N
001099000014	\N	\N	Hủy Chính Mình	1999-01-01	M	001099000014	\N
001099000015	\N	\N	Số Hủy Sai	1999-01-01	M	12345	\N
001099000016	012345678	\N	Trùng Chứng Minh	1999-01-01	M	\N	\N
\N	\N	\N	Không Số	1999-01-01	M	\N	\N
001099000018	\N	\N	Nguồn Lạ	1999-01-01	M	\N	rumour
'; DROP TABLE person; --	\N	\N	Bobby	1999-01-01	M	\N	\N
001099000020	\N	\N	Chưa Rõ			\N	\N
\.
SELECT loaded, updated, unchanged, rejected, load AS l FROM cccd_gate.load_people('2021-11-16 12:00+07') \gset people_
SELECT :people_loaded AS loaded, :people_updated AS updated, :people_unchanged AS unchanged, :people_rejected AS rejected;
SELECT * FROM pg_temp.rejects(:people_l);
SELECT count(*) AS staged FROM cccd_gate.person_in;
SELECT p.name, p.name_key, p.birth_date, p.sex, p.source,
       (SELECT string_agg(cccd_id_mask(n.id, 4) || ' ' || n.status, ', ' ORDER BY n.status DESC, n.id) FROM cccd_gate.identity_number n WHERE n.person = p.person) AS numbers,
       (SELECT string_agg(c.kind || ' ' || right(c.number, 3), ', ' ORDER BY c.kind) FROM cccd_gate.card c WHERE c.person = p.person) AS cards
FROM cccd_gate.person p ORDER BY p.name_key COLLATE "C";

-- the same again, a correction, a new number for an old one, two lines that
-- mean one person
COPY cccd_gate.person_in (id, old_id, name, birth_date, sex, cancelled_ids) FROM stdin;
079301000002	\N	Trần Thị Bình	28/02/2001	F	\N
001099000001	012345678	NGUYỄN VĂN ÂN	1999-01-01	M	\N
001058000003	\N	Lê Văn Cũ	1958-10-26	M	\N
001158000003	\N	Lê Thị Cũ	1958-10-26	F	001058000003
\.
SELECT loaded, updated, unchanged, rejected, load AS l FROM cccd_gate.load_people('2021-11-16 12:00+07') \gset people_
SELECT :people_loaded AS loaded, :people_updated AS updated, :people_unchanged AS unchanged, :people_rejected AS rejected;
SELECT * FROM pg_temp.rejects(:people_l);
SELECT p.name, p.sex, string_agg(cccd_id_mask(n.id, 4) || ' ' || n.status, ', ' ORDER BY n.status DESC, n.id) AS numbers
FROM cccd_gate.person p JOIN cccd_gate.identity_number n USING (person) GROUP BY p.person ORDER BY p.name_key COLLATE "C";
-- a number that belongs to two people in one line
COPY cccd_gate.person_in (id, old_id, name, birth_date, sex) FROM stdin;
079301000002	012345678	Trần Thị Bình	28/02/2001	F
\.
SELECT loaded, updated, unchanged, rejected FROM cccd_gate.load_people('2021-11-16 12:00+07');

-- cards
COPY cccd_gate.card_in (id, kind, number, issued, expires, status) FROM stdin;
001099000001	chip	\N	2021-05-10	2024-01-01	\N
001099000001	old_id	012345678	2015-05-10	\N	replaced
B1234567	passport	B1234567	2018-01-01	2028-01-01	valid
079301000002	\N	\N	02/09/2021	\N	lost
079301000002	\N	\N	02/09/2021	\N	valid
001099999999	chip	\N	2021-05-10	\N	valid
079301000002	chip	012345679	2021-05-10	\N	valid
079301000002	old_id	\N	2021-05-10	\N	valid
079301000002	old_id	12345	2021-05-10	\N	valid
079301000002	old_id	012345678	2021-05-10	\N	valid
079301000002	licence	\N	2021-05-10	\N	valid
079301000002	chip	\N	2021-05-32	\N	valid
079301000002	chip	\N	2022-05-10	\N	valid
079301000002	chip	\N	2021-05-10	soon	valid
079301000002	chip	\N	2021-05-10	2020-01-01	valid
079301000002	chip	\N	2021-05-10	\N	eaten
\N	chip	\N	2021-05-10	\N	valid
\.
SELECT loaded, updated, unchanged, rejected, load AS l FROM cccd_gate.load_cards('2021-11-16 12:00+07') \gset card_
SELECT :card_loaded AS loaded, :card_updated AS updated, :card_unchanged AS unchanged, :card_rejected AS rejected;
SELECT * FROM pg_temp.rejects(:card_l);
COPY cccd_gate.card_in (id, kind, issued, expires, status) FROM stdin;
001099000001	chip	2021-05-10	2024-01-01	valid
079301000002	chip	02/09/2021	\N	lost
\.
SELECT loaded, updated, unchanged, rejected FROM cccd_gate.load_cards('2021-11-16 12:00+07');
SELECT p.name_key, c.kind, right(c.number, 3) AS number, c.issued, c.expires, c.status
FROM cccd_gate.card c JOIN cccd_gate.person p USING (person) ORDER BY p.name_key COLLATE "C", 2, 4;

-- facts
COPY cccd_gate.dose_in (id, name, birth_date, disease, at, product, number, source, signed, reference) FROM stdin;
001099000001	Nguyen Van An	01/01/1999	\N	2021-06-01	EU/1/20/1528	1	\N	\N	lot 1
001099000001	\N	\N	covid19	01/09/2021 08:30	eu/1/20/1528	2	certificate	yes	lot 2
012345678	\N	\N	covid-19	2021-10-01T08:00:00Z	\N	\N	\N	\N	by the old number
B1234567	JOHN SMITH	1980-05-05	\N	2021-06-01	BBIBP-CorV	\N	\N	\N	\N
079301000002	\N	\N	measles	2002-03-01	\N	\N	\N	\N	\N
001099000001	Nguyen Van An	01/01/1999	\N	2021-06-01	EU/1/20/1528	1	\N	\N	the same in one file
001099000001	\N	\N	\N	2021-06-01	EU/1/20/1507	1	\N	\N	another product
00109900001	\N	\N	\N	2021-06-01	\N	\N	\N	\N	\N
001099999999	\N	\N	\N	2021-06-01	\N	\N	\N	\N	\N
001099000001	Nguyễn Văn Em	\N	\N	2021-06-02	\N	\N	\N	\N	\N
001099000001	\N	1999-01-02	\N	2021-06-03	\N	\N	\N	\N	\N
001099000001	\N	1999-01-99	\N	2021-06-03	\N	\N	\N	\N	\N
001099000001	\N	\N	\N	2021-02-30	\N	\N	\N	\N	\N
001099000001	\N	\N	\N	\N	\N	\N	\N	\N	\N
001099000001	\N	\N	\N	2021-11-17	\N	\N	\N	\N	\N
001099000001	\N	\N	\N	1998-11-17	\N	\N	\N	\N	\N
079301000002	\N	\N	\N	2000-06-01	\N	\N	\N	\N	\N
001099000001	\N	\N	\N	2021-06-05	water	\N	\N	\N	\N
001099000001	\N	\N	\N	2021-06-05	#70000	\N	\N	\N	\N
001099000001	\N	\N	lycanthropy	2021-06-05	\N	\N	\N	\N	\N
001099000001	\N	\N	\N	2021-06-05	\N	32	\N	\N	\N
001099000001	\N	\N	\N	2021-06-05	\N	two	\N	\N	\N
001099000001	\N	\N	\N	2021-06-05	\N	\N	neighbour	\N	\N
001099000001	\N	\N	\N	2021-06-05	\N	\N	\N	perhaps	\N
\N	\N	\N	\N	2021-06-05	\N	\N	\N	\N	\N
'); SELECT pg_sleep(9); --	\N	\N	\N	2021-06-05	\N	\N	\N	\N	\N
\.
CREATE TEMP TABLE copy_of_doses AS SELECT * FROM cccd_gate.dose_in;
SELECT loaded, updated, unchanged, rejected, load AS l FROM cccd_gate.load_doses('2021-11-16 12:00+07') \gset dose_
SELECT :dose_loaded AS loaded, :dose_updated AS updated, :dose_unchanged AS unchanged, :dose_rejected AS rejected;
SELECT * FROM pg_temp.rejects(:dose_l);
-- the whole file again adds nothing
INSERT INTO cccd_gate.dose_in SELECT * FROM copy_of_doses;
SELECT loaded, updated, unchanged, rejected, load - :dose_l AS loads_later FROM cccd_gate.load_doses('2021-11-16 12:00+07');

COPY cccd_gate.test_in (id, at, kind, result, source, signed) FROM stdin;
001099000001	2021-11-14 08:00	pcr	negative	\N	\N
001099000001	2021-11-14 08:00	pcr	negative	\N	\N
001099000001	2021-11-14 08:00	pcr	pending	\N	\N
001099000001	2021-11-15 08:00	\N	positive	\N	\N
B1234567	2021-11-15 08:00	antigen	inconclusive	paper	\N
001099000001	2021-11-15 08:00	smell	negative	\N	\N
001099000001	2021-11-15 08:00	pcr	maybe	\N	\N
001099000001	2021-11-15 08:00	pcr	\N	\N	\N
001099000001	2021-11-17 08:00	pcr	negative	\N	\N
001099000001	2021-11-14 08:00	pcr	negative	\N	yes
\.
SELECT loaded, updated, unchanged, rejected, load AS l FROM cccd_gate.load_tests('2021-11-16 12:00+07') \gset test_
SELECT :test_loaded AS loaded, :test_updated AS updated, :test_unchanged AS unchanged, :test_rejected AS rejected;
SELECT * FROM pg_temp.rejects(:test_l);

COPY cccd_gate.recovery_in (id, at, until) FROM stdin;
B1234567	2021-08-01	\N
B1234567	2021-12-01	\N
\.
COPY cccd_gate.isolation_in (id, at, until) FROM stdin;
079301000002	2021-11-10 08:00	2021-11-24 08:00
079301000002	2021-12-10 08:00	\N
079301000002	2021-11-10 08:00	2021-11-09 08:00
079301000002	2021-11-10 08:00	when he is well
079301000002	2021-11-10 08:00	2136-01-01
079301000002	1999-11-10 08:00	\N
\.
COPY cccd_gate.exposure_in (id, at, until) FROM stdin;
001099000001	2021-11-10 08:00	2021-11-24
\.
COPY cccd_gate.contraindication_in (id, at, until, source) FROM stdin;
079301000002	2021-03-01	\N	paper
\.
SELECT 'recoveries' AS of, loaded, updated, unchanged, rejected FROM cccd_gate.load_recoveries('2021-11-16 12:00+07')
UNION ALL SELECT 'isolations', loaded, updated, unchanged, rejected FROM cccd_gate.load_isolations('2021-11-16 12:00+07')
UNION ALL SELECT 'exposures', loaded, updated, unchanged, rejected FROM cccd_gate.load_exposures('2021-11-16 12:00+07')
UNION ALL SELECT 'contraindications', loaded, updated, unchanged, rejected FROM cccd_gate.load_contraindications('2021-11-16 12:00+07');
SELECT source, line, reason FROM cccd_gate.load_reject WHERE load > :test_l ORDER BY load, line;

-- what became of it
SELECT p.name_key, h.record FROM cccd_gate.health h JOIN cccd_gate.person p USING (person) ORDER BY p.name_key COLLATE "C";
SELECT cccd_gate.rebuild_health() AS changed;

-- the limits of a record do not stop a load: 31 doses are taken, the others
-- are rejected; of tests the newest twelve are kept
INSERT INTO cccd_gate.dose_in (id, at) SELECT '001058000003', date '2020-01-01' + i * 7 FROM generate_series(1, 40) i;
INSERT INTO cccd_gate.dose_in (id, at) VALUES ('079301000002', '2021-01-01');
SELECT loaded, unchanged, rejected FROM cccd_gate.load_doses('2021-11-16 12:00+07');
SELECT reason, min(line), max(line), count(*) FROM cccd_gate.load_reject WHERE load = (SELECT max(load) FROM cccd_gate.load_reject) GROUP BY reason;
INSERT INTO cccd_gate.recovery_in (id, at) SELECT '001058000003', date '2020-01-01' + i * 7 FROM generate_series(1, 20) i;
INSERT INTO cccd_gate.exposure_in (id, at) SELECT '001058000003', date '2020-01-01' + i * 7 FROM generate_series(1, 20) i;
INSERT INTO cccd_gate.test_in (id, at, result) SELECT '001058000003', date '2020-01-01' + i * 7, 'negative' FROM generate_series(1, 20) i;
SELECT loaded, rejected FROM cccd_gate.load_recoveries('2021-11-16 12:00+07')
UNION ALL SELECT loaded, rejected FROM cccd_gate.load_exposures('2021-11-16 12:00+07')
UNION ALL SELECT loaded, rejected FROM cccd_gate.load_tests('2021-11-16 12:00+07');
SELECT e.kind, count(*), cccd_health_tests_from(h.record) FROM cccd_gate.health h CROSS JOIN cccd_health_events(h.record) e
WHERE h.person = (SELECT person FROM cccd_gate.identity_number WHERE id = '001058000003') GROUP BY 1, 3 ORDER BY 1;

-- tickets
INSERT INTO cccd_gate.event (code, name, starts, ends, capacity, rule)
VALUES ('LOAD', 'Thử', '2021-11-16 19:00+07', '2021-11-16 21:00+07', 10, 'ticket'),
       ('OVER', 'Đã qua', '2021-11-11 19:00+07', '2021-11-11 21:00+07', 10, 'ticket');
INSERT INTO cccd_gate.gate SELECT event, 'A', 'Cổng A' FROM cccd_gate.event WHERE code = 'LOAD';
COPY cccd_gate.ticket_in (event, number, secret, id, gate, seat) FROM stdin;
LOAD	T-1	0123456789abcdef-1	\N	A	12
LOAD	T-2	0123456789abcdef-2	001099000001	\N	\N
LOAD	\N	\N	B1234567	\N	\N
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
SELECT loaded, updated, unchanged, rejected, load AS l FROM cccd_gate.load_tickets('2021-11-16 12:00+07') \gset ticket_
SELECT :ticket_loaded AS loaded, :ticket_updated AS updated, :ticket_unchanged AS unchanged, :ticket_rejected AS rejected;
SELECT * FROM pg_temp.rejects(:ticket_l);
SELECT number, length(secret_hash) AS hash, person IS NOT NULL AS named, gate, seat FROM cccd_gate.ticket WHERE event = (SELECT event FROM cccd_gate.event WHERE code = 'LOAD') ORDER BY 1;

-- random rubbish in every column of every staging table: nothing raises,
-- every row is loaded, known or rejected
CREATE FUNCTION pg_temp.rubbish(n int, what int) RETURNS text LANGUAGE sql AS $$
    SELECT (ARRAY[NULL, '', ' ', 'x', '001099000001', '00109900001', '2021-06-01', '2021-06-01 10:00', '31/02/2021', E'a\tb', '9999999999999999999999', '-1', '0', '1', 'covid19', 'pcr', 'negative', 'national', 'yes', 'LOAD', 'Nguyễn Văn Ân', '1999-01-01', repeat('y', 3000), '#1', '''"\;', '{', 'infinity', 'NaN', 'đ̣̂', 'M'])[1 + abs(hashint8extended(n, what) % 30)] $$;
INSERT INTO cccd_gate.person_in (id, old_id, passport, name, birth_date, sex, cancelled_ids, source)
SELECT pg_temp.rubbish(n, 1), pg_temp.rubbish(n, 2), pg_temp.rubbish(n, 3), pg_temp.rubbish(n, 4), pg_temp.rubbish(n, 5), pg_temp.rubbish(n, 6), pg_temp.rubbish(n, 7), pg_temp.rubbish(n, 8) FROM generate_series(1, 3000) n;
INSERT INTO cccd_gate.card_in (id, kind, number, issued, expires, status)
SELECT pg_temp.rubbish(n, 9), pg_temp.rubbish(n, 10), pg_temp.rubbish(n, 11), pg_temp.rubbish(n, 12), pg_temp.rubbish(n, 13), pg_temp.rubbish(n, 14) FROM generate_series(1, 3000) n;
INSERT INTO cccd_gate.dose_in (id, name, birth_date, disease, at, product, number, source, signed, reference)
SELECT pg_temp.rubbish(n, 15), pg_temp.rubbish(n, 16), pg_temp.rubbish(n, 17), pg_temp.rubbish(n, 18), pg_temp.rubbish(n, 19), pg_temp.rubbish(n, 20), pg_temp.rubbish(n, 21), pg_temp.rubbish(n, 22), pg_temp.rubbish(n, 23), pg_temp.rubbish(n, 24) FROM generate_series(1, 3000) n;
INSERT INTO cccd_gate.test_in (id, name, birth_date, disease, at, kind, result, source, signed, reference)
SELECT pg_temp.rubbish(n, 25), pg_temp.rubbish(n, 26), pg_temp.rubbish(n, 27), pg_temp.rubbish(n, 28), pg_temp.rubbish(n, 29), pg_temp.rubbish(n, 30), pg_temp.rubbish(n, 31), pg_temp.rubbish(n, 32), pg_temp.rubbish(n, 33), pg_temp.rubbish(n, 34) FROM generate_series(1, 3000) n;
INSERT INTO cccd_gate.ticket_in (event, number, secret, id, gate, seat)
SELECT pg_temp.rubbish(n, 35), pg_temp.rubbish(n, 36), pg_temp.rubbish(n, 37), pg_temp.rubbish(n, 38), pg_temp.rubbish(n, 39), pg_temp.rubbish(n, 40) FROM generate_series(1, 3000) n;
INSERT INTO cccd_gate.recovery_in (id, name, birth_date, disease, at, until, source, signed, reference)
SELECT pg_temp.rubbish(n, 41), pg_temp.rubbish(n, 42), pg_temp.rubbish(n, 43), pg_temp.rubbish(n, 44), pg_temp.rubbish(n, 45), pg_temp.rubbish(n, 46), pg_temp.rubbish(n, 47), pg_temp.rubbish(n, 48), pg_temp.rubbish(n, 49) FROM generate_series(1, 3000) n;
INSERT INTO cccd_gate.isolation_in (id, name, birth_date, disease, at, until, source, signed, reference)
SELECT pg_temp.rubbish(n, 50), pg_temp.rubbish(n, 51), pg_temp.rubbish(n, 52), pg_temp.rubbish(n, 53), pg_temp.rubbish(n, 54), pg_temp.rubbish(n, 55), pg_temp.rubbish(n, 56), pg_temp.rubbish(n, 57), pg_temp.rubbish(n, 58) FROM generate_series(1, 3000) n;
INSERT INTO cccd_gate.exposure_in (id, name, birth_date, disease, at, until, source, signed, reference)
SELECT pg_temp.rubbish(n, 59), pg_temp.rubbish(n, 60), pg_temp.rubbish(n, 61), pg_temp.rubbish(n, 62), pg_temp.rubbish(n, 63), pg_temp.rubbish(n, 64), pg_temp.rubbish(n, 65), pg_temp.rubbish(n, 66), pg_temp.rubbish(n, 67) FROM generate_series(1, 3000) n;
INSERT INTO cccd_gate.contraindication_in (id, name, birth_date, disease, at, until, source, signed, reference)
SELECT pg_temp.rubbish(n, 68), pg_temp.rubbish(n, 69), pg_temp.rubbish(n, 70), pg_temp.rubbish(n, 71), pg_temp.rubbish(n, 72), pg_temp.rubbish(n, 73), pg_temp.rubbish(n, 74), pg_temp.rubbish(n, 75), pg_temp.rubbish(n, 76) FROM generate_series(1, 3000) n;
SELECT of, rows - 3000 AS lost
FROM (
    SELECT 'people' AS of, loaded + updated + unchanged + rejected AS rows FROM cccd_gate.load_people('2021-11-16 12:00+07')
    UNION ALL SELECT 'cards' AS of, loaded + updated + unchanged + rejected AS rows FROM cccd_gate.load_cards('2021-11-16 12:00+07')
    UNION ALL SELECT 'doses' AS of, loaded + updated + unchanged + rejected AS rows FROM cccd_gate.load_doses('2021-11-16 12:00+07')
    UNION ALL SELECT 'tests' AS of, loaded + updated + unchanged + rejected AS rows FROM cccd_gate.load_tests('2021-11-16 12:00+07')
    UNION ALL SELECT 'tickets' AS of, loaded + updated + unchanged + rejected AS rows FROM cccd_gate.load_tickets('2021-11-16 12:00+07')
    UNION ALL SELECT 'recoveries' AS of, loaded + updated + unchanged + rejected AS rows FROM cccd_gate.load_recoveries('2021-11-16 12:00+07')
    UNION ALL SELECT 'isolations' AS of, loaded + updated + unchanged + rejected AS rows FROM cccd_gate.load_isolations('2021-11-16 12:00+07')
    UNION ALL SELECT 'exposures' AS of, loaded + updated + unchanged + rejected AS rows FROM cccd_gate.load_exposures('2021-11-16 12:00+07')
    UNION ALL SELECT 'contraindications' AS of, loaded + updated + unchanged + rejected AS rows FROM cccd_gate.load_contraindications('2021-11-16 12:00+07')) q ORDER BY of;
-- the records are still what the facts make of them, and no reject holds more
-- than the end of a number
SELECT cccd_gate.rebuild_health() AS changed;
SELECT count(*) AS in_the_clear FROM cccd_gate.load_reject WHERE masked ~ '[^*]{4}' OR length(masked) > 20;
ROLLBACK;
