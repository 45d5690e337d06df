-- QR codes: made, shown, read again

-- the smallest version that holds the payload, quiet zone 4, 1 bit a pixel:
-- width, height, depth and colour type of the PNG header
CREATE FUNCTION png_header(png bytea) RETURNS text LANGUAGE sql AS $$
    SELECT format('%s x %s, %s bit, type %s',
        get_byte(png, 18) * 256 + get_byte(png, 19),
        get_byte(png, 22) * 256 + get_byte(png, 23),
        get_byte(png, 24), get_byte(png, 25))
$$;
SELECT png_header(cccd_qr_png('x'));
SELECT level, png_header(cccd_qr_png(repeat('x', 100), level, 1, 0))
FROM unnest('{L,M,Q,H,l,m,q,h}'::text[]) level;
SELECT png_header(cccd_qr_png('x', module_size => 10, margin => 0));

-- text and the same bytes make the same code
SELECT cccd_qr_png('Nguyễn') = cccd_qr_png(convert_to('Nguyễn', 'UTF8'));
SELECT cccd_qr_svg('Nguyễn') = cccd_qr_svg(convert_to('Nguyễn', 'UTF8'));
SELECT cccd_qr_text('Nguyễn') = cccd_qr_text(convert_to('Nguyễn', 'UTF8'));

\pset format unaligned
\pset tuples_only on
SELECT cccd_qr_text('cccd', 'L', 2);
SELECT cccd_qr_text('cccd', 'L', margin => 0, inverted => true);
SELECT cccd_qr_svg('cccd', 'L', 2, 1);
\pset tuples_only off
\pset format aligned

-- read again
SELECT payload, bytes FROM cccd_qr_scan(cccd_qr_png('Lý Minh Ý'));
SELECT payload, bytes FROM cccd_qr_scan(cccd_qr_png('\x00ff80'::bytea, margin => 8));
SELECT payload IS NULL AS no_text, length(bytes) FROM cccd_qr_scan(cccd_qr_png('\x610062'::bytea));


-- the corners are those of 21 modules of 10 pixels inside the margin, give or
-- take 8 pixels; the polygon's bounding box finds them
SELECT npoints(corners),
       polygon '((32,32),(32,258),(258,258),(258,32))' @> corners AS inside,
       corners @> polygon '((48,48),(48,242),(242,242),(242,48))' AS around,
       corners && polygon '((100,100),(101,101),(101,100))' AS overlaps
FROM cccd_qr_scan(cccd_qr_png('corners', 'L', 10, 4));

-- a picture without a code has no rows: 1 x 1, grey
SELECT count(*) FROM cccd_qr_scan(decode('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==', 'base64'));
SELECT count(*) FROM cccd_qr_scan(NULL);

-- capacity: the last payload that fits is read, one byte more is not made
SELECT level, capacity, png_header(p.png), s.bytes = repeat('x', capacity)::bytea AS same
FROM (VALUES ('L', 2953), ('M', 2331), ('Q', 1663), ('H', 1273)) v (level, capacity),
     LATERAL (SELECT cccd_qr_png(repeat('x', capacity), level)) p (png),
     LATERAL cccd_qr_scan(p.png) s;
SELECT cccd_qr_png(repeat('x', 2954), 'L');
SELECT cccd_qr_png(repeat('x', 2332), 'M');
SELECT cccd_qr_svg(repeat('x', 1664), 'Q');
SELECT cccd_qr_text(repeat('x', 1274), 'H');

-- random payloads of random bytes at random levels: differences
SELECT setseed(0.5) IS NULL AS seeded;
SELECT count(*) AS payloads,
       count(*) FILTER (WHERE s.bytes IS DISTINCT FROM p.bytes) AS different
FROM (SELECT (SELECT decode(string_agg(lpad(to_hex((random() * 255)::int), 2, '0'), ''), 'hex')
              FROM generate_series(1, 1 + n * 2)) AS bytes,
             substr('LMQH', 1 + n % 4, 1) AS level
      FROM generate_series(1, 100) n) p
LEFT JOIN LATERAL cccd_qr_scan(cccd_qr_png(p.bytes, p.level)) s ON true;

-- errors
\set VERBOSITY sqlstate
SELECT cccd_qr_png('');
SELECT cccd_qr_svg(''::bytea);
SELECT cccd_qr_png('x', 'X');
SELECT cccd_qr_png('x', 'LM');
SELECT cccd_qr_png('x', '');
SELECT cccd_qr_png('x', 'M', 0);
SELECT cccd_qr_png('x', 'M', 101);
SELECT cccd_qr_png('x', 'M', 4, -1);
SELECT cccd_qr_text('x', 'M', 101);
SELECT cccd_qr_png('x', 'M', 100, 100);
SELECT cccd_qr_scan('\x');
SELECT cccd_qr_scan('GIF89a');
SELECT cccd_qr_scan('x', 0);
SELECT cccd_qr_scan('x', 20001);
SELECT cccd_qr_scan(substr(cccd_qr_png('x'), 1, 60));
SELECT cccd_qr_scan(overlay(cccd_qr_png('x') PLACING '\x00002711' FROM 17));
SELECT cccd_qr_scan(overlay(cccd_qr_png('x') PLACING '\x0000138900001389' FROM 17));
\set VERBOSITY default
SELECT cccd_qr_png('');
SELECT cccd_qr_png('x', 'X');
SELECT cccd_qr_png('x', 'M', 0);
SELECT cccd_qr_png('x', 'M', 4, -1);
SELECT cccd_qr_png('x', 'M', 100, 100);
SELECT cccd_qr_scan('GIF89a');
SELECT cccd_qr_scan('x', 0);
SELECT cccd_qr_scan(substr(cccd_qr_png('x'), 1, 60));
SELECT cccd_qr_scan(overlay(cccd_qr_png('x') PLACING '\x00002711' FROM 17));
SELECT cccd_qr_scan(overlay(cccd_qr_png('x') PLACING '\x0000138900001389' FROM 17));

-- parallel workers have readers of their own
BEGIN;
SET LOCAL parallel_setup_cost = 0;
SET LOCAL parallel_tuple_cost = 0;
SET LOCAL max_parallel_workers_per_gather = 2;
CREATE TABLE pictures WITH (parallel_workers = 2) AS
SELECT n, cccd_qr_png('code ' || n) AS image FROM generate_series(1, 200) n;
ANALYZE pictures;
EXPLAIN (COSTS OFF)
SELECT count(*), count(*) FILTER (WHERE payload = 'code ' || n)
FROM pictures, cccd_qr_scan(image);
SELECT count(*), count(*) FILTER (WHERE payload = 'code ' || n)
FROM pictures, cccd_qr_scan(image);
ROLLBACK;
DROP FUNCTION png_header;

-- from the picture of a card to the columns of a card
SELECT kind, id, name, birth_date, sex, flags
FROM cccd_card_from_image(cccd_qr_png(cccd_card_qr('001099000123', NULL, 'Lý Minh Ý',
    '1999-05-19', 'M', 'Xã Ea Tu', '2021-06-01')));
SELECT kind, id, flags FROM cccd_card_from_image(cccd_qr_png('no card'));
SELECT count(*) FROM cccd_card_from_image(cccd_qr_png('\xff'::bytea));
