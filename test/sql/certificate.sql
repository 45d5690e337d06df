-- What health certificates say: those of an invented person, signed by
-- invented states.
\getenv root PG_ABS_SRCDIR
SET TimeZone = 'UTC';
CREATE TEMP TABLE scan (name text, scan text);
\set file :root '/data/hcert/scans.txt'
COPY scan FROM :'file' (DELIMITER '|');

-- everything that is said of a good one
\x on
SELECT d.* FROM scan s, cccd_certificate_decode(scan) d WHERE s.name = 'dose2';
\x off

-- each of the others
SELECT s.name, status, kinds, algorithm AS alg, key_id IS NOT NULL AS kid, reasons, flags
FROM scan s, cccd_certificate_decode(scan) ORDER BY s.name COLLATE "C";
SELECT s.name, d.name AS holder, standard_name, birth_date, birth_from, birth_to, identifiers, disease, country, version, issued, expires
FROM scan s, cccd_certificate_decode(scan) d WHERE s.name IN ('pcr', 'recovery', 'year_only', 'timeless', 'other_version') ORDER BY 1;
SELECT content->'v'->0 AS dose FROM scan s, cccd_certificate_decode(scan) WHERE s.name IN ('loose_content', 'impossible') ORDER BY s.name;

-- one certificate in other encodings is one certificate: the digest is of what
-- is signed
SELECT a.content = b.content AS same_content, a.digest = b.digest AS same_digest
FROM scan s, scan t, cccd_certificate_decode(s.scan) a, cccd_certificate_decode(t.scan) b
WHERE s.name = 'dose2' AND t.name IN ('indefinite', 'cwt_tag', 'kid_unprotected') ORDER BY t.name;

-- scans that are none: a row with a reason, never an error
SELECT what, status, reasons
FROM (VALUES (1, 'empty', ''), (2, 'blanks', E' \r\n'), (3, 'another scheme', 'HC2:6BF'), (4, 'no scheme', 'NCFOXN'), (5, 'a card', '001099012345||Nguyen Van An|01011999|Nam|So 1|10052021'),
             (6, 'nothing behind', 'HC1:'), (7, 'a wrong character', 'HC1:ab'), (8, 'one left over', 'HC1:BBBB'), (9, 'too large a group', 'HC1:::::::'),
             (10, 'no zlib', 'HC1:6BFOXN'), (11, 'too long', 'HC1:' || repeat('0', 8200)), (12, 'very long', repeat('HC1:', 1000000))) s (n, what, scan),
     cccd_certificate_decode(scan) ORDER BY n;
SELECT what, status, reasons
FROM scan s, LATERAL (VALUES (1, 'lower case', 'hc1:' || substr(scan, 5)), (2, 'blanks around', E'\t ' || scan || E' \r\n'), (3, 'cut', left(scan, 200)),
                             (4, 'two of them', scan || scan), (5, 'a character more', scan || '0')) v (n, what, text),
     cccd_certificate_decode(text) WHERE s.name = 'dose2' ORDER BY n;
SELECT cccd_certificate_decode(NULL) IS NULL AS strict;

-- whose it is
SELECT what, f.*
FROM scan s, LATERAL (VALUES (1, 'the card', 'Nguyễn Văn An', '1990-05-17'::date), (2, 'the machine readable zone', 'NGUYEN<<VAN<AN', '1990-05-17'),
                             (3, 'the other order', 'Van An Nguyen', '1990-05-17'), (4, 'decomposed', normalize('Nguyễn Văn An', NFD), '1990-05-17'),
                             (5, 'another given name', 'Nguyễn Văn Anh', '1990-05-17'), (6, 'another day', 'Nguyễn Văn An', '1990-05-18'), (7, 'both', 'Trần An', '1991-01-01'),
                             (8, 'no name', NULL, '1990-05-17'), (9, 'no date', 'Nguyễn Văn An', NULL), (10, 'no date and another name', 'Lê An', NULL),
                             (11, 'infinity', 'Nguyễn Văn An', 'infinity')) v (n, what, name, birth_date),
     cccd_certificate_fits(scan, v.name, v.birth_date) f WHERE s.name = 'dose2' ORDER BY n;
SELECT v.birth_date, f.* FROM scan s, unnest('{1989-12-31,1990-01-01,1990-12-31,1991-01-01}'::date[]) v (birth_date),
     cccd_certificate_fits(scan, 'Nguyễn Văn An', v.birth_date) f WHERE s.name = 'year_only' ORDER BY 1;
SELECT f.* FROM cccd_certificate_fits('HC1:', 'Nguyễn Văn An', '1990-05-17') f;
SELECT cccd_certificate_fits(NULL, 'Nguyễn Văn An', '1990-05-17') IS NULL AS nothing;

-- without a trust value: declared and unsigned; the last issued about a fact
-- counts, and so does an older dose with a smaller number
SELECT cccd_health_from_certificates(array_agg(scan ORDER BY name), NULL, NULL) AS declared
FROM scan WHERE name IN ('dose1', 'dose2', 'dose2_corrected', 'pcr', 'antigen', 'recovery');
SELECT cccd_health_from_certificates(ARRAY[scan, scan, NULL, 'HC1:', ''], NULL, NULL) AS one, cccd_health_from_certificates('{}', NULL, NULL) AS none,
       cccd_health_from_certificates(NULL, NULL, NULL) IS NULL AS nothing
FROM scan WHERE name = 'dose1';
SELECT cccd_health_from_certificates(ARRAY[scan], NULL, NULL, value_sets => sets) AS translated
FROM scan, unnest(ARRAY['{}', '{"product": {"NEW-42": "Nanocovax"}}', '{"product": {"NEW-42": "#777"}, "disease": {"840539006": "influenza"}}',
                        '{"disease": {"840539006": "no such name"}}', '{"product": 1, "test": [], "result": null}']::jsonb[]) WITH ORDINALITY x (sets, n)
WHERE name = 'year_only' ORDER BY n;
SELECT cccd_health_from_certificates(ARRAY['HC1:'], NULL, NULL, value_sets => '[]');
SELECT cccd_health_from_certificates(array_fill('HC1:'::text, ARRAY[33]), NULL, NULL);
SELECT cccd_health_from_certificates(ARRAY['HC1:'], NULL, NULL, 'lenient');

-- one character changed anywhere is found; what says the same was not signed
SELECT count(*) > 1000 AS many, count(*) FILTER (WHERE d.content <> o.content AND d.status = 'ok' AND d.digest = o.digest) AS same_digest_other_content
FROM scan s, cccd_certificate_decode(scan) o, generate_series(5, length(scan)) k, unnest('{0,Z,%}'::text[]) c,
     cccd_certificate_decode(overlay(scan PLACING c FROM k FOR 1)) d WHERE s.name = 'pcr';
