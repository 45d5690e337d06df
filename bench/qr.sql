-- In the server: a scan beside the same work without a picture, and the codes
-- that are made.
\timing off
\pset footer off
CREATE TEMP TABLE cards AS
SELECT n, format('%s|%s|Nguyễn Văn An|01011990|Nam|Xã Ea Tu, Ninh Kiều, Cần Thơ|01062021',
                 lpad(n::text, 12, '0'), lpad(n::text, 9, '0')) AS payload
FROM generate_series(1, 1000) n;
CREATE TEMP TABLE pictures AS SELECT n, payload, cccd_qr_png(payload) AS png FROM cards;
CREATE FUNCTION pg_temp.milliseconds(query text, runs bigint) RETURNS numeric
LANGUAGE plpgsql AS $$
DECLARE start timestamptz := clock_timestamp();
BEGIN
    EXECUTE query;
    RETURN round((extract(epoch FROM clock_timestamp() - start) * 1000 / runs)::numeric, 4);
END $$;
-- the first picture starts the reader
SELECT pg_temp.milliseconds('SELECT count(*) FROM (SELECT png FROM pictures LIMIT 1) p, cccd_qr_scan(png)', 1) AS first_ms \gset
SELECT v.work, pg_temp.milliseconds('SELECT count(' || expression || ') FROM ' || source, 1000) AS ms_each
FROM (VALUES
    (1, 'cccd_qr_png of a card', 'cccd_qr_png(payload)', 'cards'),
    (2, 'cccd_qr_svg of a card', 'cccd_qr_svg(payload)', 'cards'),
    (3, 'cccd_qr_text of a card', 'cccd_qr_text(payload)', 'cards'),
    (4, 'cccd_qr_scan of a clean card', 's.payload', 'pictures, cccd_qr_scan(png) s'),
    (5, 'cccd_card_from_image of it', 's.id', 'pictures, cccd_card_from_image(png) s'),
    (6, 'cccd_card_from_scan of its text', 's.id', 'cards, cccd_card_from_scan(payload) s')
) v (n, work, expression, source) ORDER BY n;
SELECT :first_ms AS "first picture of a session, ms";

-- pictures that were made to hurt (bench/qr.c writes them): refused, or looked
-- through until the time limit of five seconds
\getenv stage STAGE
CREATE FUNCTION pg_temp.hurt(path text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    image bytea := pg_read_binary_file(path);
    start timestamptz := clock_timestamp();
    outcome text := 'no code';
BEGIN
    BEGIN
        PERFORM cccd_qr_scan(image);
    EXCEPTION WHEN OTHERS THEN
        outcome := SQLSTATE;
    END;
    RETURN format('%s in %s ms', outcome, round((extract(epoch FROM clock_timestamp() - start) * 1000)::numeric, 1));
END $$;
SELECT count(*) AS warm FROM cccd_qr_scan(cccd_qr_png('warm')) \gset
SELECT name, pg_temp.hurt(:'stage' || '/hostile' || n) AS outcome
FROM unnest(ARRAY['PNG of 268 megapixels in 55 kB', 'JPEG of 65000 by 10000 pixels', 'JPEG of a thousand scans',
                  'finder patterns, 12 megapixels', 'crosses, 12 megapixels', 'bars, 12 megapixels', 'noise, 12 megapixels']) WITH ORDINALITY p (name, k),
     LATERAL (SELECT k - 1) o (n) ORDER BY k;

-- a cancel in the middle of the busiest: how long after it the statement ends
\set ON_ERROR_STOP 0
\set VERBOSITY sqlstate
SET statement_timeout = 500;
SELECT clock_timestamp() AS start \gset
SELECT cccd_qr_scan(pg_read_binary_file(:'stage' || '/hostile3'), 20000);
SELECT round((extract(epoch FROM clock_timestamp() - :'start') * 1000 - 500)::numeric, 1) AS "from cancel to error, ms";
RESET statement_timeout;
