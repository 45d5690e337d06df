-- The health record: text, constructors, aggregates, events, errors.

-- text: the canonical form is read and written in Viet Nam's time, whatever
-- the session says
SET timezone = 'America/New_York';
SET datestyle = 'SQL, MDY';
SELECT h = h::text::cccd_health AS same, h
FROM unnest(ARRAY[
    '',
    'dose 2021-06-01 08:00:00+07 product ''EU/1/20/1528'' number 2 national signed; test 2021-11-14 08:00:00+07 pcr negative national; recovery 2021-05-01 00:00:00+07 paper; isolation 2021-08-01 00:00:00+07 until 2021-08-15 00:00:00+07 national; tests from 2021-01-01 00:00:00+07',
    'TEST certificate 2021-11-14T01:00:00.9Z NEGATIVE rat; dose 2021-06-01 disease measles product mvvac',
    'exposure 2021-08-01; contraindication 2021-08-01 disease #200; isolation paper until 2021-08-02 05:00 2021-08-01 00:00',
    'credential 2021-01-01 Health_Insurance until 2022-01-01 national; Credential signed #300 2021-01-01'
]::cccd_health[]) h;
SET timezone = 'Asia/Ho_Chi_Minh';
SET datestyle = 'ISO';

-- what is wrong and where, never the text; a character is not a byte
SELECT 'doze 2021-06-01'::cccd_health;
SELECT 'dose 2021-06-31'::cccd_health;
SELECT U&'dose 2021-06-01 product ''\1EDF'' number x'::cccd_health;
SELECT U&'dose 2021-06-01 number 1 disease ''\1EDF\1EDF'''::cccd_health;
SELECT 'test 2021-06-01 pcr'::cccd_health;
SELECT 'isolation 2021-06-02 until 2021-06-01'::cccd_health;
SELECT 'credential 2021-06-02 national'::cccd_health;
SELECT 'credential 2021-06-02 insurance disease measles'::cccd_health;
SELECT 'dose 2021-06-01 until 2021-07-01'::cccd_health;
SELECT 'test 2021-06-01 negative positive'::cccd_health;
SELECT 'recovery 1999-12-31'::cccd_health;
SELECT 'recovery 2021-06-01 until 2200-01-01'::cccd_health;
SELECT (SELECT string_agg('dose 2021-06-01', ';') FROM generate_series(1, 257))::cccd_health;
SELECT (SELECT string_agg('dose ' || date '2021-06-01' + i, ';') FROM generate_series(1, 32) i)::cccd_health;
SELECT (SELECT string_agg('exposure ' || date '2021-06-01' + i, ';') FROM generate_series(1, 32) i)::cccd_health;

-- one event
SELECT cccd_health_dose('2021-06-01 08:00+07'),
       cccd_health_dose('2021-06-01 08:00+07', 'Comirnaty', 'national', true, 2, series => 2),
       cccd_health_dose('2021-06-01 08:00+07', disease => 'influenza', product => 'Vaxigrip Tetra'),
       cccd_health_dose(NULL) \gx
SELECT cccd_health_test('2021-06-01 08:00:00.999999+07'),
       cccd_health_test('2021-06-01 08:00+07', 'PCR', 'negative', 'certificate', true),
       cccd_health_test('2021-06-01 08:00+07', result => 'positive', disease => 'dengue'),
       cccd_health_test(NULL, 'pcr') \gx
SELECT cccd_health_recovery('2021-06-01 08:00+07'),
       cccd_health_isolation('2021-06-01 08:00+07', '2021-06-15 08:00+07', 'national'),
       cccd_health_exposure('2021-06-01 08:00+07', 'infinity', signed => true),
       cccd_health_contraindication('2021-06-01 08:00+07', disease => 'measles', source => 'paper'),
       cccd_health_recovery(NULL) \gx
SELECT cccd_health_credential('2021-01-01+07', 'insurance', '2022-01-01+07', 'national', true),
       cccd_health_credential('2021-01-01+07', 'driving licence B', 'infinity'),
       cccd_health_credential('2021-01-01+07', '#65535'),
       cccd_health_credential(NULL, 'insurance') \gx
SELECT cccd_health_credential('2021-01-01+07', NULL);
SELECT cccd_health_credential('2021-01-01+07', 'library card');
SELECT cccd_health_credential('2021-01-01+07', 'insurance', '2021-01-01+07');
SELECT cccd_health_add('', 'credential', '2021-01-01+07', 'measles', 'insurance');
SELECT cccd_health_add('', 'credential', '2021-01-01+07', detail => 'insurance', result => 'negative');
SELECT cccd_health_add('', 'credential', '2021-01-01+07', detail => 'insurance', number => 1);
SELECT cccd_health_add('', 'exposure', '2021-01-01+07', detail => 'insurance');
SELECT cccd_health_declaration('2021-11-16 08:00+07', 'no_symptoms', '2021-11-17 08:00+07'),
       cccd_health_declaration('2021-11-16 08:00+07', 'Travel Level 4', 'infinity', 'paper', true),
       cccd_health_registration('2021-11-16 08:00+07', 'vaccination', '2021-11-20 10:00+07', 'national'),
       cccd_health_consultation('2021-11-16 08:00+07', '#65535'),
       cccd_health_declaration(NULL, 'symptoms'), cccd_health_registration(NULL, 'test'), cccd_health_consultation(NULL, 'doctor') \gx
SELECT cccd_health_declaration('2021-11-16 08:00+07', NULL);
SELECT cccd_health_declaration('2021-11-16 08:00+07', 'vaccination');
SELECT cccd_health_registration('2021-11-16 08:00+07', 'doctor');
SELECT cccd_health_registration('2021-11-16 08:00+07', '#65536');
SELECT cccd_health_consultation('2021-11-16 08:00+07', 'no_symptoms');
SELECT cccd_health_consultation('2021-11-16 08:00+07', 'doctor', '2021-11-16 08:00+07');
SELECT cccd_health_add('', 'declaration', '2021-11-16+07', 'covid19', 'symptoms');
SELECT cccd_health_add('', 'registration', '2021-11-16+07', detail => 'vaccination', series => 2);

-- the aggregate, all ten columns; rows without a kind are ignored
CREATE TEMP TABLE fact (person int, kind text, at timestamptz, disease text, detail text,
                        result text, until timestamptz, source text, signed boolean, number int, series int);
INSERT INTO fact VALUES
    (1, 'dose', '2021-06-22 08:00+07', NULL, 'sputnik v', NULL, NULL, 'national', NULL, 2, 3),
    (1, 'dose', '2021-06-01 08:00+07', NULL, NULL, NULL, NULL, 'paper', false, NULL, NULL),
    (1, 'test', '2021-11-14 08:00+07', 'covid19', 'pcr', 'negative', NULL, 'national', true, NULL, NULL),
    (1, 'test', '2021-11-15 08:00+07', NULL, 'antigen', NULL, NULL, NULL, NULL, NULL, NULL),
    (1, 'isolation', '2021-08-01+07', NULL, NULL, NULL, '2021-08-15+07', 'national', false, NULL, NULL),
    (1, NULL, '2021-11-14 08:00+07', 'nonsense', 'nonsense', 'nonsense', NULL, NULL, NULL, 99, 99),
    (2, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
    (3, 'exposure', '2021-08-01+07', 'measles', NULL, NULL, 'infinity', NULL, NULL, NULL, NULL),
    (3, 'credential', '2021-01-01+07', NULL, 'insurance', NULL, '2022-01-01+07', 'national', true, NULL, NULL),
    (3, 'credential', '2021-01-01+07', NULL, '#65535', NULL, NULL, 'paper', NULL, NULL, NULL),
    (3, 'declaration', '2021-11-16 08:00+07', NULL, 'no_symptoms', NULL, '2021-11-17 08:00+07', NULL, NULL, NULL, NULL),
    (3, 'registration', '2021-11-16 08:00+07', NULL, '#65535', NULL, NULL, 'national', NULL, NULL, NULL),
    (3, 'consultation', '2021-11-16 08:00+07', NULL, 'doctor', NULL, NULL, 'certificate', true, NULL, NULL);
SELECT person, cccd_health_agg(kind, at, disease, detail, result, until, source, signed, number, series)
FROM fact GROUP BY person ORDER BY person;
SELECT person, cccd_health_agg(kind, at, CASE WHEN kind <> 'exposure' THEN detail END, result, until)
FROM fact WHERE kind IS NOT NULL GROUP BY person ORDER BY person;
SELECT cccd_health_agg(kind, at, disease, detail, result, until, source, signed, number, series) = '' AS empty,
       cccd_health_merge(NULL::cccd_health) = '' AS merged_empty
FROM fact WHERE false;
-- as a window: the record as it grew
SELECT at, cccd_health_agg(kind, at, detail, result, until) OVER (ORDER BY at)
FROM fact WHERE person = 1 AND kind IS NOT NULL ORDER BY at;

-- opened by time
SELECT e.* FROM (SELECT cccd_health_agg(kind, at, disease, detail, result, until, source, signed, number, series) h
                 FROM fact) f, cccd_health_events(h) e;
SELECT * FROM cccd_health_events('');
SELECT * FROM cccd_health_events(NULL);

-- every report of a dose stays that says more than another one
SELECT cccd_health_merge('dose 2021-06-01 00:00+07 product comirnaty number 3 paper',
                         'dose 2021-06-01 23:59:59+07 national');
SELECT cccd_health_merge('dose 2021-06-01 23:59:59+07', 'dose 2021-06-02 00:00+07');
-- the operator is the function: any order, the empty record changes nothing, null is null
SELECT 'dose 2021-06-01'::cccd_health || 'test 2021-11-14 pcr negative' AS joined,
       'test 2021-11-14 pcr negative'::cccd_health || 'dose 2021-06-01' = 'dose 2021-06-01'::cccd_health || 'test 2021-11-14 pcr negative' AS any_order,
       'dose 2021-06-01'::cccd_health || '' = 'dose 2021-06-01' AS with_nothing, ('dose 2021-06-01'::cccd_health || NULL) IS NULL AS with_null;
SELECT cccd_health_merge('dose 2021-06-01 product comirnaty national', 'dose 2021-06-01 09:00 national');
SELECT cccd_health_merge('dose 2021-06-01 product comirnaty certificate signed', 'dose 2021-06-01 product spikevax national');
SELECT cccd_health_merge('dose 2021-06-01', 'dose 2021-06-01 disease measles');
-- a result ends the waiting; of two results of a sample the stricter stands
SELECT cccd_health_merge('test 2021-06-01 pcr pending national', 'test 2021-06-01 pcr inconclusive');
SELECT cccd_health_merge('test 2021-06-01 pcr negative; test 2021-06-01 antigen pending', 'test 2021-06-01 pcr positive paper');
SELECT cccd_health_merge('dose 2021-06-01 product comirnaty number 1 paper signed; dose 2021-06-01 paper',
                         'dose 2021-06-01 number 1 series 2 paper') AS reports,
       cccd_health_merge('dose 2021-06-01 number 1 national', 'dose 2021-06-01 number 1 national') AS once \gx
-- what two reports make, in either order and through either function
CREATE TEMP TABLE pair (n int, a text, b text);
INSERT INTO pair VALUES
    (1, 'dose 2021-06-01 number 1 national', 'dose 2021-06-02 number 1 certificate signed'),
    (2, 'dose 2021-06-01 number 1 national', 'dose 2021-06-03 number 1 national'),
    (3, 'dose 2021-09-01 number 1 series 2 certificate signed', 'dose 2021-09-02 number 1 series 2 certificate signed'),
    (4, 'dose 2021-06-01 08:00 national', 'dose 2021-06-01 number 1 certificate'),
    (5, 'dose 2021-06-01 national', 'dose 2021-06-03 number 1 certificate'),
    (6, 'dose 2021-06-01 national', 'dose 2021-06-04 number 1 certificate'),
    (7, 'dose 2021-06-01 national', 'dose 2021-06-02 national'),
    (8, 'dose 2021-06-01 number 1 national', 'dose 2021-06-01 number 1 product comirnaty paper'),
    (9, 'dose 2021-06-01 number 1 product spikevax national', 'dose 2021-06-01 number 1 product comirnaty paper'),
    (10, 'dose 2021-06-01 number 2 national', 'dose 2021-06-01 number 1 certificate'),
    (11, 'dose 2021-06-01 number 2 national', 'dose 2021-07-01 number 1 certificate'),
    (12, 'dose 2021-01-01 number 1 national', 'dose 2021-06-30 number 1 national'),
    (13, 'dose 2021-01-01 number 1 national', 'dose 2021-07-01 number 1 national'),
    (14, 'dose 2021-06-01 number 1 series 2', 'dose 2021-06-20 number 1 series 1'),
    (15, 'dose 2021-06-01 number 1', 'dose 2021-11-20 number 1'),
    (16, 'test 2021-11-15 pcr negative national', 'test 2021-11-15 pcr positive national'),
    (17, 'test 2021-11-15 pcr negative national', 'test 2021-11-15 positive national'),
    (18, 'test 2021-11-15 pcr positive national', 'test 2021-11-15 negative national'),
    (19, 'test 2021-11-15 pcr negative national', 'test 2021-11-15 antigen positive national');
CREATE FUNCTION pg_temp.says(health cccd_health, rule cccd_rule) RETURNS text LANGUAGE sql AS
    $$ SELECT verdict FROM cccd_check(health, rule, '2021-11-16 19:00+07') $$;
SELECT n, says.*
FROM pair, LATERAL (SELECT a::cccd_health || b::cccd_health AS h OFFSET 0) joined, LATERAL (SELECT
    pg_temp.says(h, 'doses >= 1') AS one, pg_temp.says(h, 'doses >= 2') AS two,
    pg_temp.says(h, 'since(dose(1)) >= 167 days') AS first, pg_temp.says(h, 'since(last_dose) >= 167 days') AS last,
    pg_temp.says(h, 'doses(product = comirnaty) >= 1') AS product, pg_temp.says(h, 'doses(source = national) >= 1') AS national,
    pg_temp.says(h, 'since(negative) <= 2 days') AS negative, pg_temp.says(h, 'since(positive) <= 2 days') AS positive) says
ORDER BY n;
SELECT count(*) FILTER (WHERE a::cccd_health || b::cccd_health <> b::cccd_health || a::cccd_health) AS orders,
       count(*) FILTER (WHERE (a || ';' || b)::cccd_health <> a::cccd_health || b::cccd_health) AS texts
FROM pair;
-- every season with the number 1: how many there were is not known, when the last one was is
SELECT rule, pg_temp.says('dose 2019-10-01 number 1 disease influenza; dose 2020-10-01 number 1 disease influenza; dose 2021-10-01 number 1 disease influenza', rule::cccd_rule)
FROM unnest(ARRAY['doses(disease = influenza) >= 1', 'doses(disease = influenza) >= 2', 'doses(disease = influenza) >= 4',
                  'since(last_dose(disease = influenza)) <= 2 months', 'since(first_dose(disease = influenza)) >= 2 years',
                  'since(dose(2, disease = influenza)) <= 2 years']) rule;
-- the better source's end; of equals, the later
SELECT cccd_health_merge('isolation 2021-06-01 until 2021-06-20 paper', 'isolation 2021-06-01 until 2021-06-15 national'),
       cccd_health_merge('isolation 2021-06-01 until 2021-06-20', 'isolation 2021-06-01') \gx

-- a credential is the same one if its name and its beginning are
SELECT cccd_health_merge('credential 2021-01-01 insurance until 2021-06-01; credential 2021-01-01 work_permit', 'credential 2021-01-01 insurance national') AS joined,
       cccd_health_merge('credential 2021-01-01 insurance until 2022-01-01', 'credential 2022-01-01 insurance') AS renewed \gx
-- so is a declaration, whose opposite is another one
SELECT cccd_health_merge('declaration 2021-11-16 08:00 no_symptoms until 2021-11-17 08:00', 'declaration 2021-11-16 08:00 symptoms; declaration 2021-11-16 08:00 no_symptoms until 2021-11-18');

-- one more event
SELECT cccd_health_add('dose 2021-06-01', 'test', '2021-11-14 08:00+07', detail => 'pcr', result => 'negative', source => 'national', signed => true),
       cccd_health_add('dose 2021-06-01', 'dose', '2021-06-01 09:00+07', number => 2),
       cccd_health_add('dose 2021-06-01', NULL, NULL),
       cccd_health_add(NULL, 'dose', '2021-06-01'),
       cccd_health_add('', 'Isolation', '2021-08-01+07', until => '2021-08-15+07', disease => 'mpox') \gx

-- twelve tests stay, and the record says from when on it has them all
SELECT h, cccd_health_tests_from(h), cccd_health_tests_from('')
FROM (SELECT cccd_health_agg('test', timestamptz '2021-11-01 08:00+07' + i * interval '1 day', 'antigen', 'negative', NULL) h
      FROM generate_series(0, 13) i) t \gx
SELECT cccd_health_tests_from(cccd_health_with_tests_from('', '2021-01-01+07')) AS set,
       cccd_health_tests_from(cccd_health_with_tests_from('', '2021-01-01 00:00:00.5+07')) AS next_second,
       cccd_health_tests_from(cccd_health_with_tests_from('tests from 2021-01-01', '2020-01-01+07')) AS never_back,
       cccd_health_tests_from(cccd_health_with_tests_from('tests from 2021-01-01', NULL)) AS unchanged,
       cccd_health_with_tests_from(NULL, '2020-01-01+07') AS no_record,
       cccd_health_tests_from(cccd_health_merge('tests from 2021-01-01', 'tests from 2021-03-01')) AS merged \gx

-- errors: what a call cannot mean
SELECT cccd_health_add('', 'vaccine', now());
SELECT cccd_health_add('', 'dose', NULL);
SELECT cccd_health_add('', 'dose', now(), disease => 'cold');
SELECT cccd_health_add('', 'dose', now(), detail => 'pcr');
SELECT cccd_health_add('', 'test', now(), detail => 'Comirnaty');
SELECT cccd_health_add('', 'test', now(), result => 'maybe');
SELECT cccd_health_add('', 'dose', now(), source => 'hearsay');
SELECT cccd_health_add('', 'dose', now(), number => 0);
SELECT cccd_health_add('', 'dose', now(), number => 32);
SELECT cccd_health_add('', 'dose', now(), series => 0);
SELECT cccd_health_add('', 'dose', now(), series => 32);
SELECT cccd_health_add('', 'test', now(), series => 1);
SELECT 'dose 2021-06-01 series 31'::cccd_health, 'dose 2021-06-01 Series 1 number 1'::cccd_health;
SELECT 'dose 2021-06-01 series 32'::cccd_health;
SELECT cccd_health_add('', 'test', now(), number => 1);
SELECT cccd_health_add('', 'dose', now(), result => 'negative');
SELECT cccd_health_add('', 'recovery', now(), detail => 'pcr');
SELECT cccd_health_add('', 'test', now(), result => 'negative', until => now());
SELECT cccd_health_isolation('2021-06-01', '2021-06-01');
SELECT cccd_health_isolation('2021-06-01 00:00:00.2', '2021-06-01 00:00:00.9');
SELECT cccd_health_dose('1999-12-31 23:59:59.999999+00');
SELECT cccd_health_dose('infinity');
SELECT cccd_health_dose('-infinity');
SELECT cccd_health_isolation('2021-06-01', '2200-01-01');
SELECT cccd_health_with_tests_from('', 'infinity');
SELECT cccd_health_agg('dose', timestamptz '2021-06-01' + i * interval '1 day', NULL, NULL, NULL) FROM generate_series(1, 32) i;
SELECT cccd_health_agg('exposure', timestamptz '2021-06-01' + i * interval '1 day', NULL, NULL, NULL) FROM generate_series(1, 400) i;
SELECT cccd_health_merge((SELECT cccd_health_agg('dose', timestamptz '2021-06-01' + i * interval '1 day', NULL, NULL, NULL) FROM generate_series(1, 31) i), 'dose 2020-01-01');
-- the last second that a record holds, and the first
SELECT cccd_health_dose('2136-02-07 06:28:14.999999+00'), cccd_health_dose('2000-01-01 00:00+00') \gx
SELECT cccd_health_dose('2136-02-07 06:28:15+00');

-- names
SELECT cccd_code('product', 'comirnaty'), cccd_code('product', 'EU/1/20/1528'), cccd_code('product', '#1'),
       cccd_code('product', 'snake oil'), cccd_code('disease', 'COVID-19'), cccd_code('test', 'LP6464-4'),
       cccd_code('result', '260373001'), cccd_code('source', 'national'), cccd_code('evidence', 'chip') \gx
SELECT cccd_code('colour', 'red');
-- a code has exactly one name that is written, and every name is found
SELECT count(*) > 140 AS many, count(*) FILTER (WHERE cccd_code(kind, name) IS DISTINCT FROM code) AS not_found,
       count(*) FILTER (WHERE canonical) - count(DISTINCT (kind, code)) AS not_one
FROM cccd_code_list();
SELECT name, canonical FROM cccd_code_list() WHERE kind = 'product' AND code = cccd_code('product', 'Vaxzevria') ORDER BY canonical DESC, name;
-- every name makes a record that can be read again
SELECT count(*) AS records, count(*) FILTER (WHERE h <> h::text::cccd_health) AS differ
FROM cccd_code_list() l, LATERAL (
    SELECT CASE kind WHEN 'disease' THEN cccd_health_dose('2021-06-01', disease => name)
                     WHEN 'product' THEN cccd_health_dose('2021-06-01', name)
                     WHEN 'test' THEN cccd_health_test('2021-06-01', name)
                     WHEN 'result' THEN cccd_health_test('2021-06-01', 'pcr', name)
                     WHEN 'source' THEN cccd_health_recovery('2021-06-01', source => name) END h) r
WHERE kind <> 'evidence';
