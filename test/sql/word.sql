-- words, dates and times as hospitals, laboratories and people write them

SELECT w.kind, w.word, cccd_word(w.kind, w.word)
FROM (VALUES
    ('product', 'AstraZeneca'), ('product', 'Pfizer'), ('product', 'Moderna'), ('product', 'Sinopharm'),
    ('product', 'Verocell'), ('product', 'Comirnaty® (Pfizer/BioNTech)'), ('product', 'vắc xin Moderna'),
    ('product', 'J07BX03'), ('product', 'không rõ'), ('product', '#411'), ('product', 'Pfizer Moderna'),
    ('test', 'RT-PCR'), ('test', 'test nhanh'), ('test', 'kháng nguyên'), ('test', '94500-6'), ('test', 'xét nghiệm'),
    ('result', 'âm tính'), ('result', 'Negative'), ('result', '260415000'), ('result', '(+)'), ('result', 'không âm tính'),
    ('disease', 'cúm'), ('disease', 'SARS-CoV-2'), ('disease', 'U07.1'),
    ('sex', 'Nữ'), ('sex', 'male'), ('sex', 'khác'), ('sex', '1'),
    ('document', 'căn cước công dân'), ('document', 'old_id'), ('document', 'CCCD, CMND'), ('status', 'đã báo mất'),
    ('answer', 'có'), ('answer', '0'), ('answer', 'không có')) w(kind, word);

-- composed and decomposed marks are one word
SELECT cccd_word('result', normalize('dương tính', NFD)), cccd_word('sex', normalize('nữ', NFD));

-- limits
SELECT cccd_word('product', 'Pfizer' || repeat(' ', 194)) AS bytes_200, cccd_word('product', 'Pfizer' || repeat(' ', 195)) AS bytes_201;
SELECT cccd_word('word', 'Pfizer');
SELECT cccd_word(NULL, 'Pfizer') IS NULL AND cccd_word('product', NULL) IS NULL AS null_is_null;

-- the dictionary leads to names of the lists, and to itself
SELECT l.kind, count(*) > 0 AS words, count(*) FILTER (WHERE l.name IS NULL) > 0 AS noise,
       count(*) FILTER (WHERE cccd_word(l.kind, l.word) IS DISTINCT FROM l.name) AS lead_elsewhere,
       count(*) FILTER (WHERE l.kind NOT IN ('sex', 'document', 'status', 'answer') AND l.name <> 'unknown'
                          AND NOT EXISTS (SELECT FROM cccd_code_list() c WHERE c.kind = l.kind AND c.canonical AND c.name = l.name)) AS no_name
FROM cccd_word_list() l GROUP BY l.kind ORDER BY l.kind;

-- dates
SET datestyle = 'iso, mdy';
SELECT d.word, cccd_word_date(d.word)
FROM (VALUES ('1/1/1970'), ('5/11/2021'), ('05-11-2021'), ('2021-11-05'), ('20211105'), ('ngày 5 tháng 11 năm 2021'),
             ('5/11/21'), ('13/13/2021'), ('29/2/2021'), ('5/11/2021 8:09'), ('44505')) d(word);

-- times, in Viet Nam unless a zone is written
SET timezone = 'UTC';
SELECT t.word, cccd_word_time(t.word)
FROM (VALUES ('5/11/2021'), ('5/11/2021 8:09'), ('8h09 ngày 5/11/2021'), ('8 giờ 09 phút, 5/11/2021'), ('5/11/2021 8:09:30 CH'),
             ('2021-11-05T08:09:00Z'), ('2021-11-05 08:09:00.5+0700'), ('8:09'), ('5/11/2021 25:00')) t(word);
RESET timezone;
RESET datestyle;

-- every date of 150 years in nine forms, against to_char
SELECT count(*) AS dates, count(*) FILTER (WHERE cccd_word_date(to_char(d.day, f.form)) IS DISTINCT FROM d.day) AS wrong
FROM (SELECT date '1900-01-01' + g AS day FROM generate_series(0, 54786) g) d,
     (VALUES ('DD/MM/YYYY'), ('FMDD/FMMM/YYYY'), ('DD-MM-YYYY'), ('DD.MM.YYYY'), ('YYYY-MM-DD'), ('YYYY/FMMM/FMDD'),
             ('YYYYMMDD'), ('"ngày "FMDD" tháng "FMMM" năm "YYYY'), ('FMDD FMMM YYYY')) f(form);

-- birth dates, of which a month or a year may be all that is known
SET datestyle = 'iso, mdy';
SELECT b.word, cccd_word_birth_date(b.word), cccd_word_birth_precision(b.word)
FROM (VALUES ('1/1/1970'), ('1990-01-02 00:00:00'), ('2/1/1990 0:00'), ('2/1/1990 0:01'), ('05/1990'), ('1990-05'), ('00/05/1990'), ('tháng 5 năm 1990'),
             ('1990'), ('00/00/1990'), ('19900000'), ('sinh năm 1990'), ('Năm sinh: 1990'), ('1799'), ('5/00/1990'), ('13/1990'), ('90'), ('')) b(word);
SELECT count(*) AS months, count(*) FILTER (WHERE cccd_word_birth_date(to_char(m.month, f.form)) IS DISTINCT FROM m.month
                                              OR cccd_word_birth_precision(to_char(m.month, f.form)) <> 'month') AS wrong
FROM (SELECT (date '1800-01-01' + g * interval '1 month')::date AS month FROM generate_series(0, 4199) g) m,
     (VALUES ('MM/YYYY'), ('FMMM/YYYY'), ('YYYY-MM'), ('"00/"MM/YYYY'), ('YYYY-MM"-00"'), ('YYYYMM"00"'), ('"tháng "FMMM" năm "YYYY')) f(form);
RESET datestyle;

-- what files put around a value
SELECT cccd_word_text(E'\uFEFF  Nguyễn\u00A0\r\n') AS around, cccd_word_text(E' \t\r\n') IS NULL AS nothing, cccd_word_text('a  b') AS inside,
       cccd_word_text(normalize('Nguyễn Đức', NFD)) = 'Nguyễn Đức' AS composed, cccd_word_text(E'\u212B') = E'\u00C5' AS canonical;
SELECT count(*) AS characters, count(*) FILTER (WHERE cccd_word_text(chr(c)) IS DISTINCT FROM nullif(btrim(normalize(chr(c)), around.signs), '')) AS wrong
FROM generate_series(1, 65535) c, (SELECT string_agg(chr(s), '') AS signs FROM unnest('{9,10,13,32,160,5760,8192,8193,8194,8195,8196,8197,8198,8199,8200,8201,8202,8239,8287,12288,65279}'::int[]) s) around
WHERE c NOT BETWEEN 55296 AND 57343;

-- what is written into a record, and what is refused
SELECT cccd_health_add('', 'dose', '2021-06-01 08:00+07', detail => 'AstraZeneca', number => 1);
SELECT cccd_health_add('', 'dose', '2021-06-01 08:00+07', detail => 'J07BX03');
SELECT cccd_health_add('', 'test', '2021-11-14 08:00+07', disease => 'Covid', detail => 'test nhanh', result => 'âm tính');
SELECT cccd_health_add('', 'dose', '2021-06-01 08:00+07', detail => 'Pfizer Moderna');
SELECT cccd_health_add('', 'test', '2021-11-14 08:00+07', result => 'không âm tính');
