-- Each promise prints "ok" or "not ok" with its figures.
\pset footer off

-- what a scan found, or the SQLSTATE of its error
CREATE FUNCTION scan(image bytea) RETURNS TABLE (bytes bytea, reader text, step text, error text)
LANGUAGE plpgsql AS $$
BEGIN
    RETURN QUERY SELECT s.bytes, s.reader, s.step, NULL::text FROM cccd_qr_scan(image, 20000) s;
EXCEPTION WHEN OTHERS THEN
    RETURN QUERY SELECT NULL::bytea, NULL::text, NULL::text, SQLSTATE::text;
END $$;

-- damaged cards
CREATE TABLE expected (file text, payload text);
\set path :data '/qr/expected.tsv'
CREATE TABLE lines (line text);
SELECT format('COPY lines FROM %L (FORMAT csv, QUOTE E''\x01'', DELIMITER E''\x02'')', :'path') \gexec
INSERT INTO expected SELECT split_part(line, E'\t', 1), split_part(line, E'\t', 2) FROM lines;
CREATE TABLE damaged AS
SELECT file, split_part(file, '_', 1) AS kind,
       array_agg(convert_from(s.bytes, 'UTF8')) FILTER (WHERE s.bytes IS NOT NULL) AS payloads,
       min(reader) AS reader, min(step) AS step, min(error) AS error, payload
FROM expected LEFT JOIN LATERAL scan(pg_read_binary_file(:'data' || '/qr/' || file)) s ON true
GROUP BY file, payload;
SELECT kind, count(*) AS pictures, count(*) FILTER (WHERE payload = ANY (payloads)) AS read,
       round(100.0 * count(*) FILTER (WHERE payload = ANY (payloads)) / count(*), 1) AS percent
FROM damaged GROUP BY ROLLUP (kind) ORDER BY kind;
SELECT reader, step, count(*) FROM damaged WHERE payloads IS NOT NULL GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2;

\t on
\pset format unaligned
SELECT bool_or(reader = 'zxing') AS zxing FROM damaged \gset
SELECT CASE WHEN rate >= CASE WHEN :'zxing' THEN 84 ELSE 80 END THEN 'ok' ELSE 'not ok' END
       || format(' %s %% of %s damaged cards, %s zxing-cpp', round(rate, 1), pictures,
                 CASE WHEN :'zxing' THEN 'with' ELSE 'without' END)
FROM (SELECT 100.0 * count(*) FILTER (WHERE payload = ANY (payloads)) / count(*) AS rate,
             count(*) AS pictures FROM damaged) d;
SELECT CASE WHEN count(*) = 0 THEN 'ok' ELSE 'not ok' END || format(' %s wrong payloads or errors', count(*))
FROM damaged WHERE error IS NOT NULL OR EXISTS (SELECT FROM unnest(payloads) p WHERE p <> payload);

-- certificates: each picture holds the payload of its record, but for one that
-- is broken and three that hold another certificate, as zbarimg and ZXingReader
-- find, too
CREATE TABLE certificates (record jsonb);
TRUNCATE lines;
\set path :data '/certificates/dcc.jsonl'
SELECT format('COPY lines FROM %L (FORMAT csv, QUOTE E''\x01'', DELIMITER E''\x02'')', :'path') \gexec
\set path :data '/certificates/qa.jsonl'
SELECT format('COPY lines FROM %L (FORMAT csv, QUOTE E''\x01'', DELIMITER E''\x02'')', :'path') \gexec
INSERT INTO certificates SELECT line::jsonb FROM lines;
CREATE TABLE certificate_scans AS
SELECT record ->> 'png' AS file, rtrim(record ->> 'payload', E' \r\n') AS payload,
       CASE WHEN record ->> 'png' ~ 'dgc_ES_50[123]' THEN 'other'
            WHEN record #>> '{expected,picture}' = 'false' THEN 'false'
            ELSE 'true' END AS expected,
       array_agg(rtrim(convert_from(s.bytes, 'UTF8'), E' \r\n')) FILTER (WHERE s.bytes IS NOT NULL) AS payloads,
       min(error) AS error
FROM certificates LEFT JOIN LATERAL
     scan(pg_read_binary_file(:'data' || '/certificates/' || (record ->> 'png'))) s ON true
WHERE record ->> 'png' IS NOT NULL
GROUP BY record;
SELECT CASE WHEN count(*) > 500 AND count(*) = count(*) FILTER (WHERE
                 CASE expected WHEN 'true' THEN payloads = ARRAY[payload]
                 ELSE cardinality(payloads) = 1 AND payloads[1] LIKE 'HC1:%' AND payloads[1] <> payload END)
            THEN 'ok' ELSE 'not ok' END
       || format(' %s of %s certificate pictures, %s of them with the payload of the set',
                 count(*) FILTER (WHERE payloads IS NOT NULL), count(*),
                 count(*) FILTER (WHERE payloads = ARRAY[payload]))
FROM certificate_scans WHERE expected <> 'false';
SELECT CASE WHEN count(*) = count(*) FILTER (WHERE payloads IS NULL AND error = '22P03')
            THEN 'ok' ELSE 'not ok' END || format(' %s broken certificate pictures refused', count(*))
FROM certificate_scans WHERE expected = 'false';

-- 2,000 card texts, at every level, in NFC and NFD: byte for byte
TRUNCATE lines;
\set path :data '/qr/payloads.txt'
SELECT format('COPY lines FROM %L (FORMAT csv, QUOTE E''\x01'', DELIMITER E''\x02'')', :'path') \gexec
CREATE TABLE payloads AS
SELECT line AS payload, (ARRAY['L','M','Q','H'])[1 + row_number() OVER () % 4] AS level FROM lines;
SELECT CASE WHEN count(*) >= 2000 AND count(*) = count(*) FILTER (WHERE payload = s.payload_read)
            THEN 'ok' ELSE 'not ok' END
       || format(' %s of %s texts at level M', count(*) FILTER (WHERE payload = s.payload_read), count(*))
FROM payloads
LEFT JOIN LATERAL (SELECT q.payload FROM cccd_qr_scan(cccd_qr_png(payloads.payload, 'M')) q) s (payload_read) ON true;
SELECT CASE WHEN count(*) >= 2000 AND count(*) = count(*) FILTER (WHERE payload = s.payload_read)
            THEN 'ok' ELSE 'not ok' END
       || format(' %s of %s texts at levels L, M, Q and H in turn', count(*) FILTER (WHERE payload = s.payload_read), count(*))
FROM payloads
LEFT JOIN LATERAL (SELECT q.payload FROM cccd_qr_scan(cccd_qr_png(payloads.payload, level)) q) s (payload_read) ON true;
SELECT CASE WHEN count(*) >= 2000 AND count(*) = count(*) FILTER (WHERE normalize(payload, NFD) = s.payload_read)
            THEN 'ok' ELSE 'not ok' END
       || format(' %s of %s texts in NFD', count(*) FILTER (WHERE normalize(payload, NFD) = s.payload_read), count(*))
FROM payloads
LEFT JOIN LATERAL (SELECT q.payload FROM cccd_qr_scan(cccd_qr_png(normalize(payloads.payload, NFD), level)) q) s (payload_read) ON true;
