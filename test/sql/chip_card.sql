-- What the chip of a card says of its holder.  The people are invented; a
-- program writes their files.
CREATE TEMP TABLE chip (name text, dg1 bytea, dg13 bytea);
\copy chip FROM PROGRAM 'd=$(mktemp -d) && cc -std=gnu99 -I$PG_ABS_SRCDIR/unit -o $d/a $PG_ABS_SRCDIR/data/card_vectors.c && $d/a; rm -r $d' (FORMAT csv)

\x on
SELECT c.* FROM chip, cccd_card_from_chip(ARRAY[dg1, dg13]) c WHERE chip.name = 'an';
SELECT c.* FROM chip, cccd_card_from_chip(ARRAY[dg1, dg13]) c WHERE chip.name = 'cu';
SELECT c.* FROM chip, cccd_card_from_chip(ARRAY[dg1, dg13]) c WHERE chip.name = 'an_of_another_version';
\x off

-- another nesting and other ways to write the same are the same row, but for
-- the flags
SELECT chip.name, to_jsonb(c) - 'flags' = to_jsonb(a) - 'flags' AS same, c.flags
FROM chip, cccd_card_from_chip(ARRAY[dg1, dg13]) c,
     (SELECT an.* FROM chip, cccd_card_from_chip(ARRAY[dg1, dg13]) an WHERE chip.name = 'an') a
WHERE chip.name IN ('an_parents_together', 'an_decomposed')
ORDER BY chip.name COLLATE "C";

-- either file alone, none, and files that say nothing of a holder
SELECT f.what, c.kind, c.id, c.name, c.birth_date, c.sex, c.expires, c.address IS NOT NULL AS has_address, c.flags
FROM chip, LATERAL (VALUES
    (1, 'DG1 alone', ARRAY[dg1]),
    (2, 'DG13 alone', ARRAY[dg13]),
    (3, 'DG13 first', ARRAY[dg13, dg1]),
    (4, 'nothing', '{}'::bytea[]),
    (5, 'files not read', ARRAY[NULL, NULL]::bytea[]),
    (6, 'with NULL between', ARRAY[dg1, NULL, dg13]),
    (7, 'with EF.COM, DG2 and EF.SOD', ARRAY[dg1, '\x6000', '\x7500', dg13, '\x7700']),
    (8, 'with no data group', ARRAY[dg1, '\x4200', dg13]),
    (9, 'DG1 twice', ARRAY[dg1, dg1, dg13]),
    (10, 'DG13 with padding', ARRAY[dg1, dg13 || '\x00']),
    (11, 'DG13 cut short', ARRAY[dg1, substr(dg13, 1, length(dg13) - 1)]),
    (12, 'DG13 of something else', ARRAY[dg1, '\x6d0973796e746865746963'::bytea]),
    (13, 'DG1 of something else', ARRAY['\x6103020101'::bytea, dg13]),
    (14, 'empty files', ARRAY['', '']::bytea[]),
    (15, 'file too large', ARRAY['\x6182ffff'::bytea || decode(repeat('00', 65535), 'hex'), dg13])
    ) f (n, what, files),
    cccd_card_from_chip(f.files) c
WHERE chip.name = 'an'
ORDER BY f.n;

-- what contradicts what is not given
SELECT c.kind, c.id, c.name, c.birth_date, c.sex, c.expires, c.flags
FROM chip, cccd_card_from_chip(ARRAY[dg1, dg13]) c WHERE chip.name = 'cu_with_zone_of_an';

-- the number that was scanned
SELECT s.scanned, c.id, c.flags
FROM chip, (VALUES (NULL::cccd_id), ('001099012345'), ('001099012346')) s (scanned),
     cccd_card_from_chip(ARRAY[dg1, dg13], s.scanned) c
WHERE chip.name = 'an'
ORDER BY s.scanned;
SELECT c.id, c.flags FROM cccd_card_from_chip('{}', '001099012345') c;
-- also when a chip contradicts itself
SELECT c.id, c.flags FROM chip, cccd_card_from_chip(ARRAY[dg1, dg13], '001099012345') c
WHERE chip.name = 'cu_with_zone_of_an';

-- no answer without an argument; more files than a chip has
SELECT c IS NULL AS no_row FROM cccd_card_from_chip(NULL) c;
SELECT kind FROM cccd_card_from_chip(array_fill(''::bytea, ARRAY[32]));
SELECT kind FROM cccd_card_from_chip(array_fill(''::bytea, ARRAY[33]));

-- the leading columns are those of a scan, in number, order and type
SELECT count(*) AS columns,
       count(*) FILTER (WHERE s.name IS DISTINCT FROM c.name OR s.type IS DISTINCT FROM c.type) AS differences
FROM (SELECT proargnames[2:] AS names, proallargtypes[2:] AS types FROM pg_proc WHERE proname = 'cccd_card_from_scan') scan,
     unnest(scan.names, scan.types) WITH ORDINALITY s (name, type, n)
LEFT JOIN (SELECT u.* FROM pg_proc, unnest(proargnames[3:], proallargtypes[3:]) WITH ORDINALITY u (name, type, n)
           WHERE proname = 'cccd_card_from_chip') c USING (n);

-- what the zone says is what cccd_card_from_mrz says of the same text
SELECT count(*) AS chips,
       count(*) FILTER (WHERE (c.id, c.name, c.birth_date, c.sex, c.expires, c.flags)
                        IS DISTINCT FROM (m.id, m.name, m.birth_date, m.sex, m.expires, '{dg13_missing}' || m.flags)) AS differences
FROM chip, cccd_card_from_chip(ARRAY[dg1]) c,
     cccd_card_from_mrz(convert_from(substr(dg1, 6), 'UTF8')) m;

-- damage: a DG13 cut anywhere says nothing
SELECT count(*) AS calls, count(c.id) AS numbers, count(*) FILTER (WHERE c.kind <> 'unknown') AS known
FROM chip, generate_series(0, length(dg13) - 1) n, cccd_card_from_chip(ARRAY[substr(dg13, 1, n)]) c;
-- a changed bit of DG1 is noticed, but in the two letters of the document code,
-- which no check digit covers
SELECT count(*) = sum(8 * length(dg1)) FILTER (WHERE bit = 0) AS all_bits,
       count(*) FILTER (WHERE bit / 8 NOT IN (5, 6) AND c.id = a.id AND c.flags = a.flags AND c.name = a.name AND c.birth_date = a.birth_date
                        AND c.sex = a.sex AND c.expires IS NOT DISTINCT FROM a.expires) AS unnoticed
FROM chip, generate_series(0, 8 * length(dg1) - 1) bit,
     cccd_card_from_chip(ARRAY[set_bit(dg1, bit, 1 - get_bit(dg1, bit))]) c, cccd_card_from_chip(ARRAY[dg1]) a;
-- a changed bit of DG13 gives a row
SELECT count(*) = sum(8 * length(dg13)) FILTER (WHERE bit = 0) AS all_bits, count(c.kind) = count(*) AS all_answered
FROM chip, generate_series(0, 8 * length(dg13) - 1) bit,
     cccd_card_from_chip(ARRAY[dg1, set_bit(dg13, bit, 1 - get_bit(dg13, bit))]) c;

-- a database that cannot hold the text
SET client_min_messages = warning;
DROP DATABASE IF EXISTS cccd_chip_card_latin1;
RESET client_min_messages;
CREATE DATABASE cccd_chip_card_latin1 ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0;
\set database :DBNAME
\c cccd_chip_card_latin1
SET client_encoding = 'UTF8';
CREATE EXTENSION cccd;
CREATE TEMP TABLE chip (name text, dg1 bytea, dg13 bytea);
\copy chip FROM PROGRAM 'd=$(mktemp -d) && cc -std=gnu99 -I$PG_ABS_SRCDIR/unit -o $d/a $PG_ABS_SRCDIR/data/card_vectors.c && $d/a; rm -r $d' (FORMAT csv)
SELECT c.kind, c.id, c.name, c.birth_date, c.religion, c.mother, c.extra, c.flags
FROM chip, cccd_card_from_chip(ARRAY[dg1, dg13]) c WHERE chip.name = 'an_of_another_version';
\c :database
DROP DATABASE cccd_chip_card_latin1;
