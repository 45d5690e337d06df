-- scanned text: every kind, its columns, and what is built is read
-- all people are invented
SET datestyle = ISO;

-- the kinds
CREATE TEMP TABLE scan (n int PRIMARY KEY, what text, scan text);
INSERT INTO scan VALUES
 (1, '2021 card', '001099012345|012345678|Nguyễn Văn An|01011999|Nam|Số 1 Phố Huế, Hàng Bài, Hoàn Kiếm, Hà Nội|10052021'),
 (2, '2021 card, no old number', '079300000001||Trần Thị Bình|29022000|Nữ|12 Lê Lợi, Bến Nghé, Quận 1, TP. Hồ Chí Minh|02092021'),
 (3, '2024 card', '001099012345|012345678|Nguyễn Văn An|01011999|Nam|Tổ 1, Phúc Xá, Ba Đình, Hà Nội|04102024||||'),
 (4, '2024 card, extra fields', '001215012345||Lê Gia Hân|15062015|Nam|Hà Nội|04102024||001215000001|Lê Văn Cha|Trần Thị Mẹ'),
 (5, 'personal', '001099012345|NGUYEN VAN AN|1999-01-01|0|162900000000000001|<1<<0900000000'),
 (6, 'personal, passport', 'B1234567|NGUYEN THI TU|1980-02-03|1|162900000000000003|162900000000000001<2'),
 (7, 'mrz', E'IDVNM0990123459001099012345<<0\n9901018M3901016VNM<<<<<<<<<<<0\nNGUYEN<<VAN<AN<<<<<<<<<<<<<<<<'),
 (8, 'mrz, no expiry', E'IDVNM0580000070034058000007<<3\n5810262M9912315VNM<<<<<<<<<<<8\nLE<<VAN<CU<<<<<<<<<<<<<<<<<<<<'),
 (9, 'health insurance', 'DN4010123456789|4E677579E1BB856E2056C4836E20416E|01/01/1999|1|48C3A0204EE1BB9969|01 - 001'),
 (10, 'health certificate', 'HC1:6BFOXN%TS3DH'),
 (11, 'old number', '012345678'),
 (12, 'number', '001099012345'),
 (13, 'a web address', 'https://example.org/?id=001099012345'),
 (14, 'nothing', ''),
 (15, 'passport', E'P<VNMNGUYEN<<VAN<AN<<<<<<<<<<<<<<<<<<<<<<<<<\nB1234567<4VNM9901018M3001011001099012345<<06');
SELECT n, what, cccd_scan_kind(scan) FROM scan ORDER BY n;

\x
SELECT n, c.* FROM scan, cccd_card_from_scan(scan) c ORDER BY n;
\x

-- null in, null out
SELECT cccd_scan_kind(NULL) IS NULL AS kind, cccd_card_from_scan(NULL) IS NULL AS scan,
    cccd_card_from_qr(NULL) IS NULL AS qr, cccd_card_from_mrz(NULL) IS NULL AS mrz,
    cccd_card_from_personal_qr(NULL) IS NULL AS personal, cccd_name_key(NULL) IS NULL AS key;

-- a function for one kind answers for that kind alone
SELECT n, q.kind, q.flags AS qr, m.flags AS mrz, p.flags AS personal,
    q.id IS NOT NULL AS qr_id, m.id IS NOT NULL AS mrz_id, p.id IS NOT NULL AS personal_id
FROM scan, cccd_card_from_qr(scan) q, cccd_card_from_mrz(scan) m, cccd_card_from_personal_qr(scan) p
ORDER BY n;

-- limits: 4 KB of text, 8 KB of certificate, and a megabyte that is not even unpacked
SELECT bytes, kind, flags
FROM (VALUES (4096, rpad('001099012345', 4096)), (4097, rpad('001099012345', 4097)),
             (8192, rpad('HC1:', 8192, 'A')), (8193, rpad('HC1:', 8193, 'A')),
             (1000000, rpad('HC1:', 1000000, 'A'))) v(bytes, scan),
    cccd_card_from_scan(scan);
CREATE TEMP TABLE toasted (scan text);
INSERT INTO toasted SELECT repeat('001099012345|', 100000);
SELECT cccd_scan_kind(scan), flags FROM toasted, cccd_card_from_scan(scan);

-- built and read back
SELECT cccd_card_qr('001099012345', '012345678', 'Nguyễn Văn An', '1999-01-01', 'M', 'Hà Nội', '2021-05-10');
SELECT cccd_card_qr('079300000001', NULL, 'Trần Thị Bình', '2000-02-29', 'F', 'Huế', '2024-10-04', 'card_2024');
SELECT cccd_card_qr('079300000001', NULL, NULL, NULL, NULL, NULL, NULL);
SELECT cccd_card_qr(NULL, NULL, 'An', NULL, NULL, NULL, NULL) IS NULL AS no_id,
    cccd_card_qr('079300000001', NULL, 'An', NULL, NULL, NULL, NULL, NULL) IS NULL AS no_kind;
SELECT count(*) AS cards, count(*) FILTER (WHERE (c.kind, c.id, c.old_id, c.name, c.birth_date, c.sex, c.address, c.issued, c.flags, c.extra)
    IS DISTINCT FROM (p.kind, p.id, p.old_id, p.name, p.birth_date, p.sex, p.address, p.issued, '{}', NULL)) AS different
FROM (
    SELECT (ARRAY['card_2021', 'card_2024'])[1 + i % 2] AS kind,
        (lpad((ARRAY[1, 79, 92, 279])[1 + i % 4]::text, 3, '0') || (i / 100 % 5 * 2 + i % 2) || lpad((i % 100)::text, 2, '0') || lpad(i::text, 6, '0'))::cccd_id AS id,
        CASE WHEN i % 3 = 0 THEN lpad(i::text, 9, '0') END AS old_id,
        (ARRAY['Nguyễn Văn An', 'H''Hen Niê', 'ĐẶNG THỊ Ỷ', 'Y-Bhăm Čŏ'])[1 + i / 7 % 4] AS name,
        make_date(1900 + i / 100 % 5 * 100 + i % 100, 1 + i % 12, 1 + i % 28) AS birth_date,
        (ARRAY['M', 'F'])[1 + i % 2] AS sex,
        'Số ' || i || ', Xã Ỷ La, Tuyên Quang' AS address,
        make_date(2399, 1 + i % 12, 1 + i % 28) AS issued
    FROM generate_series(1, 10000) i) p,
    cccd_card_from_qr(cccd_card_qr(p.id, p.old_id, p.name, p.birth_date, p.sex, p.address, p.issued, p.kind)) c;

SELECT cccd_card_mrz('001099012345', 'Nguyễn Văn An', '1999-01-01', 'M', '2039-01-01');
SELECT cccd_card_mrz('034058000007', 'Lê Văn Cừ', '1958-10-26', NULL, NULL);
SELECT cccd_card_mrz('001099012345', 'Công Tằng Tôn Nữ Thị Hoàng Mai Phương', '1999-01-01', 'M', '2039-01-01');
SELECT cccd_card_mrz(NULL, 'An', '1999-01-01', 'M', NULL) IS NULL AS no_id,
    cccd_card_mrz('001099012345', NULL, '1999-01-01', 'M', NULL) IS NULL AS no_name,
    cccd_card_mrz('001099012345', 'An', NULL, 'M', NULL) IS NULL AS no_birth_date;
SELECT count(*) AS zones, count(*) FILTER (WHERE (c.kind, c.id, c.name, c.birth_date, c.sex, c.expires, c.flags)
    IS DISTINCT FROM ('mrz', p.id, cccd_name_key(p.name), p.birth_date, p.sex, p.expires,
        CASE WHEN p.expires IS NULL THEN '{no_expiry}' ELSE '{}' END::text[])) AS different
FROM (
    SELECT ('001' || (i / 100 % 5 * 2 + i % 2) || lpad((i % 100)::text, 2, '0') || lpad(i::text, 6, '0'))::cccd_id AS id,
        (ARRAY['Nguyễn Văn An', 'H''Hen Niê', 'ĐẶNG THỊ Ỷ', 'Y-Bhăm Čŏ'])[1 + i / 7 % 4] AS name,
        make_date(1900 + i / 100 % 5 * 100 + i % 100, 1 + i % 12, 1 + i % 28) AS birth_date,
        (ARRAY['M', 'F'])[1 + i % 2] AS sex,
        CASE WHEN i % 5 > 0 AND i / 100 % 5 < 1 THEN make_date(2000 + i % 99, 1 + i % 12, 1 + i % 28) END AS expires
    FROM generate_series(1, 10000) i) p,
    cccd_card_from_mrz(cccd_card_mrz(p.id, p.name, p.birth_date, p.sex, p.expires)) c;

-- what cannot be built
SELECT cccd_card_qr('001099012345', NULL, 'An|Binh', NULL, NULL, NULL, NULL);
SELECT cccd_card_qr('001099012345', NULL, NULL, NULL, NULL, E'Hue\nHue', NULL);
SELECT cccd_card_qr('001099012345', NULL, NULL, NULL, NULL, U&'Hue\200F', NULL);
SELECT cccd_card_qr('001099012345', NULL, repeat('A', 257), NULL, NULL, NULL, NULL);
SELECT cccd_card_qr('001099012345', NULL, NULL, NULL, NULL, repeat('A', 1025), NULL);
SELECT cccd_card_qr('001099012345', '12345678', NULL, NULL, NULL, NULL, NULL);
SELECT cccd_card_qr('001099012345', NULL, NULL, '1899-12-31', NULL, NULL, NULL);
SELECT cccd_card_qr('001099012345', NULL, NULL, 'infinity', NULL, NULL, NULL);
SELECT cccd_card_qr('001099012345', NULL, NULL, NULL, NULL, NULL, '2400-01-01');
SELECT cccd_card_qr('001099012345', NULL, NULL, NULL, 'Nam', NULL, NULL);
SELECT cccd_card_qr('001099012345', NULL, NULL, NULL, NULL, NULL, NULL, 'mrz');
SELECT cccd_card_mrz('001099012345', '阮', '1999-01-01', 'M', NULL);
SELECT cccd_card_mrz('001099012345', 'An 2', '1999-01-01', 'M', NULL);
SELECT cccd_card_mrz('001099012345', repeat('A', 257), '1999-01-01', 'M', NULL);
SELECT cccd_card_mrz('001099012345', 'An', '-infinity', 'M', NULL);
SELECT cccd_card_mrz('001099012345', 'An', '1999-01-01', 'm', NULL);
SELECT cccd_card_mrz('001099012345', 'An', '1999-01-01', 'M', '1999-12-31');
SELECT cccd_card_mrz('001099012345', 'An', '1999-01-01', 'M', 'infinity');

\set VERBOSITY sqlstate
SELECT cccd_card_qr('001099012345', NULL, 'An|Binh', NULL, NULL, NULL, NULL);
SELECT cccd_card_qr('001099012345', NULL, repeat('A', 257), NULL, NULL, NULL, NULL);
SELECT cccd_card_mrz('001099012345', 'An 2', '1999-01-01', 'M', NULL);
SELECT cccd_name_key(repeat('a', 65537));
