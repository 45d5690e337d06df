-- random and mutated scans: no error, nothing echoed, sound rows
-- the numbers in them are canaries: no message may hold them
\if :{?quick}
\set scans 600
\set few 0
\else
\set scans 20000
\set few 20
\endif
SELECT setseed(0.2021);
CREATE TEMP TABLE piece AS SELECT array_agg(p ORDER BY n) AS pieces FROM unnest(ARRAY[
    '|', '||', '||||', '<', '<<', 'Nam', 'Nữ', normalize('Nữ', NFD), '00', '01011999', '00001999', '1999-01-01',
    '29/02/2000', '001099012345', '079301000001', '024123456', U&'\FEFF', ']Q3', E'\r\n', E'\t', E'\x01', '?', '*',
    U&'\FFFD', 'Ã¡', 'á»', 'ﾃ掟', '廙軟', 'HC1:', 'IDVNM', U&'\202E', U&'\00A0', '4E47', 'Đ', '«', ' ',
    U&'\+01F600', U&'\0301', U&'\0340', U&'\1100\1161', U&'\212B']) WITH ORDINALITY AS u(p, n);
CREATE TEMP TABLE base AS SELECT array_agg(s) AS scans FROM unnest(ARRAY[
    '001099012345||Nguyễn Văn An|01011999|Nam|Số 1 Phố Huế, Hà Nội|10052021',
    '001099012345|012345678|Nguyễn Văn An|01011999|Nam|Tổ 1, Ba Đình|04102024||001099000001|x|',
    '001099012345|NGUYEN VAN AN|1999-01-01|0|162900000000000001|<1<<0900000000',
    '0123456789|4E677579E1BB856E|01/01/1999|1|48C3A0',
    E'IDVNM0990123459001099012345<<0\n9901018M3901016VNM<<<<<<<<<<<0\nNGUYEN<<VAN<AN<<<<<<<<<<<<<<<<',
    '001099012345', '012345678', '001099012345||Nguyá»…n VÄƒn An|01011999|Nam|Huáº¿|10052021', '']) s;
CREATE TEMP TABLE mutant AS
WITH RECURSIVE m(n, round, scan) AS (
    SELECT n, 0, scans[1 + floor(random() * array_length(scans, 1))::int]
    FROM generate_series(1, :scans) n, base
    UNION ALL
    SELECT n, round + 1, left(scan, at) || repeat(pieces[1 + floor(random() * array_length(pieces, 1))::int], times)
        || substr(scan, at + 1 + gone)
    FROM (SELECT *, floor(random() * (length(scan) + 1))::int AS at, floor(random() * 4)::int AS gone,
              CASE WHEN random() < 0.01 THEN 2000 ELSE floor(random() * 3)::int END AS times
          FROM m WHERE round < n % 5) x, piece)
SELECT n, scan FROM m WHERE round = n % 5;

CREATE TEMP TABLE report (call text, state text, echoed boolean);
DO $$
DECLARE
    m record;
    c record;
    call text;
    message text;
    detail text;
    hint text;
    context text;
BEGIN
    FOR m IN SELECT n, scan FROM mutant ORDER BY n LOOP
        FOREACH call IN ARRAY ARRAY['kind', 'scan', 'qr', 'mrz', 'personal', 'key', 'build', 'zone'] LOOP
            BEGIN
                CASE call
                    WHEN 'kind' THEN PERFORM cccd_scan_kind(m.scan);
                    WHEN 'scan' THEN PERFORM cccd_card_from_scan(m.scan);
                    WHEN 'qr' THEN PERFORM cccd_card_from_qr(m.scan);
                    WHEN 'mrz' THEN PERFORM cccd_card_from_mrz(m.scan);
                    WHEN 'personal' THEN PERFORM cccd_card_from_personal_qr(m.scan);
                    WHEN 'key' THEN PERFORM cccd_name_key(m.scan);
                    WHEN 'build' THEN
                        SELECT * INTO c FROM cccd_card_from_scan(m.scan);
                        PERFORM cccd_card_qr(c.id, split_part(m.scan, '|', 2), m.scan, c.birth_date, c.sex, m.scan, c.issued);
                    WHEN 'zone' THEN
                        SELECT * INTO c FROM cccd_card_from_scan(m.scan);
                        PERFORM cccd_card_mrz(c.id, m.scan, c.birth_date, c.sex, c.issued);
                END CASE;
            EXCEPTION WHEN OTHERS THEN
                GET STACKED DIAGNOSTICS message = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT;
                INSERT INTO report VALUES (call, SQLSTATE,
                    concat(message, detail, hint) ~ '0[017][19][0-9]{2,}|24123456|12345678|Nguy|NGUYEN|Phố|Ba Đình');
            END;
        END LOOP;
    END LOOP;
END $$;
-- only the builders have errors, and only their documented ones
SELECT call, state, bool_or(echoed) AS echoed FROM report GROUP BY 1, 2 ORDER BY 1, 2;

CREATE TEMP TABLE answer AS SELECT n, scan, c.* FROM mutant, cccd_card_from_scan(scan) c;
SELECT kind, count(*) > :few AS reached FROM answer GROUP BY kind ORDER BY kind;
-- rows that break a promise
SELECT
    count(*) FILTER (WHERE flags IS NULL OR kind IS NULL) AS nulls,
    count(*) FILTER (WHERE kind IS DISTINCT FROM cccd_scan_kind(scan)) AS kinds_differ,
    count(*) FILTER (WHERE kind = 'unknown' AND (flags && '{empty,too_long,not_text,unrecognised}') IS NOT TRUE) AS no_reason,
    count(*) FILTER (WHERE kind = 'unknown' AND num_nonnulls(id, old_id, cancelled_ids, name, birth_date, sex, address, issued, expires, extra) > 0) AS unknown_with_fields,
    count(*) FILTER (WHERE name IS NOT NFC NORMALIZED OR address IS NOT NFC NORMALIZED) AS not_nfc,
    count(*) FILTER (WHERE concat(name, address, old_id, extra::text) ~ '[\x01-\x1f\x7f-\x9f|]') AS unclean,
    count(*) FILTER (WHERE sex NOT IN ('M', 'F')) AS sexes,
    count(*) FILTER (WHERE old_id !~ '^(\d{9}|\d{12})$') AS old_ids,
    count(*) FILTER (WHERE birth_date NOT BETWEEN '1900-01-01' AND '2399-12-31') AS dates
FROM answer;
-- flags that no manual explains, or out of their order
SELECT count(*) AS unordered
FROM answer, LATERAL (SELECT array_agg(array_position(documented, f) ORDER BY n) AS places
    FROM unnest(flags) WITH ORDINALITY u(f, n),
         (SELECT '{empty,too_long,not_text,unrecognised,kind_unexpected,not_a_card,mrz_not_td1,encoding_repaired,encoding_suspect,control_characters,untranslatable,mrz_filler_repaired,field_missing,field_surplus,field_too_long,masked,name_invalid,name_truncated,sex_unknown,old_id_invalid,issuer_not_vietnam,nationality_not_vietnam,id_invalid,id_place_unassigned,id_disagrees_with_birth_date,id_disagrees_with_sex,document_number_disagrees,date_reformatted,date_incomplete,date_invalid,issued_before_birth,expires_before_birth,no_expiry,check_digit_document,check_digit_optional,check_digit_birth,check_digit_expiry,check_digit_composite}'::text[]) d(documented)) p
WHERE places <> (SELECT array_agg(x ORDER BY x) FROM unnest(places) x)
   OR array_position(places, NULL) IS NOT NULL;
-- a card without a flag can be built, and reads as it did
SELECT count(*) > :scans / 200 AS some, count(*) FILTER (WHERE (c.id, c.old_id, c.name, c.birth_date, c.sex, c.address, c.issued, c.flags)
    IS DISTINCT FROM (a.id, a.old_id, a.name, a.birth_date, a.sex, a.address, a.issued, a.flags)) AS different
FROM answer a, cccd_card_from_qr(cccd_card_qr(a.id, a.old_id, a.name, a.birth_date, a.sex, a.address, a.issued, a.kind)) c
WHERE a.kind IN ('card_2021', 'card_2024') AND a.flags = '{}';
-- composed and decomposed scans say the same
SELECT count(*) AS different
FROM answer a, cccd_card_from_scan(normalize(scan, NFD)) c
WHERE scan IS NFC NORMALIZED AND octet_length(normalize(scan, NFD)) <= 4096
  AND a.kind IN ('card_2021', 'card_2024') AND NOT a.flags && '{encoding_suspect,encoding_repaired,field_too_long}'
  AND (c.name, c.sex, c.address) IS DISTINCT FROM (a.name, a.sex, a.address);
