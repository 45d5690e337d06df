-- words, dates and times as hospitals, laboratories and people write them

SELECT w.kind, w.word, cccd_word(w.kind, w.word)
FROM (VALUES
    ('product', 'AstraZeneca'), ('product', 'Pfizer'), ('product', 'Moderna'), ('product', 'Sinopharm'),
    ('product', 'Verocell'), ('product', 'Comirnaty® (Pfizer/BioNTech)'), ('product', 'vắc xin Moderna'),
    ('product', 'J07BX03'), ('product', 'không rõ'), ('product', '#411'), ('product', 'Pfizer Moderna'),
    ('test', 'RT-PCR'), ('test', 'test nhanh'), ('test', 'kháng nguyên'), ('test', '94500-6'), ('test', 'xét nghiệm'),
    ('result', 'âm tính'), ('result', 'Negative'), ('result', '260415000'), ('result', '(+)'), ('result', 'không âm tính'),
    ('disease', 'cúm'), ('disease', 'SARS-CoV-2'), ('disease', 'U07.1'),
    ('sex', 'Nữ'), ('sex', 'male'), ('sex', 'khác'), ('sex', '1')) w(kind, word);

-- composed and decomposed marks are one word
SELECT cccd_word('result', normalize('dương tính', NFD)), cccd_word('sex', normalize('nữ', NFD));

-- limits
SELECT cccd_word('product', 'Pfizer' || repeat(' ', 194)) AS bytes_200, cccd_word('product', 'Pfizer' || repeat(' ', 195)) AS bytes_201;
SELECT cccd_word('word', 'Pfizer');
SELECT cccd_word(NULL, 'Pfizer') IS NULL AND cccd_word('product', NULL) IS NULL AS null_is_null;

-- the dictionary leads to names of the lists, and to itself
SELECT l.kind, count(*) > 0 AS words, count(*) FILTER (WHERE l.name IS NULL) > 0 AS noise,
       count(*) FILTER (WHERE cccd_word(l.kind, l.word) IS DISTINCT FROM l.name) AS lead_elsewhere,
       count(*) FILTER (WHERE l.kind <> 'sex' AND l.name <> 'unknown'
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

-- what is written into a record, and what is refused
SELECT cccd_health_add('', 'dose', '2021-06-01 08:00+07', detail => 'AstraZeneca', number => 1);
SELECT cccd_health_add('', 'dose', '2021-06-01 08:00+07', detail => 'J07BX03');
SELECT cccd_health_add('', 'test', '2021-11-14 08:00+07', disease => 'Covid', detail => 'test nhanh', result => 'âm tính');
SELECT cccd_health_add('', 'dose', '2021-06-01 08:00+07', detail => 'Pfizer Moderna');
SELECT cccd_health_add('', 'test', '2021-11-14 08:00+07', result => 'không âm tính');
