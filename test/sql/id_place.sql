-- The places of a number: 63 provinces, their 34 successors, the countries.

-- every province of Circular 07/2016 annex I, and what it is part of since
-- 1 July 2025 (Resolution 202/2025/QH15)
CREATE TEMP VIEW place AS
SELECT p AS place, cccd_id_place_name(id) AS name,
       cccd_id_place_successor(id) AS successor, cccd_id_place_successor_name(id) AS successor_name
FROM generate_series(0, 999) p, LATERAL (SELECT cccd_id_place_first(p)) z(id);

SELECT * FROM place WHERE place <= 100 AND name IS NOT NULL ORDER BY place;

-- seven new provinces carry the code of a member whose name they do not have
-- (046 only lost its first words)
SELECT place, name, successor, successor_name FROM place
WHERE place = successor AND name <> successor_name ORDER BY place;

SELECT count(successor) AS provinces, count(DISTINCT successor) AS successors,
       count(DISTINCT successor_name) AS successor_names,
       count(*) FILTER (WHERE place BETWEEN 101 AND 295 AND name IS NOT NULL) AS countries,
       count(name) AS all_names
FROM place;

-- countries have no successor; a few by name
SELECT count(*) FROM place WHERE place > 100 AND (successor IS NOT NULL OR successor_name IS NOT NULL);
SELECT place, name FROM place WHERE place IN (101, 112, 113, 114, 139, 147, 148, 155, 174, 175, 193, 232, 240, 266, 271, 279, 295) ORDER BY place;

-- a code names the same place for each sex, year and random part
SELECT count(*) AS differences
FROM generate_series(0, 999) p, unnest('{0,1,123456789,500000000,999999999}'::bigint[]) rest,
     LATERAL (SELECT (p * 1000000000::bigint + rest)::cccd_id) z(id)
WHERE cccd_id_place(id) <> p
   OR cccd_id_place_name(id) IS DISTINCT FROM cccd_id_place_name(cccd_id_place_first(p))
   OR cccd_id_place_successor(id) IS DISTINCT FROM cccd_id_place_successor(cccd_id_place_first(p))
   OR NOT id BETWEEN cccd_id_place_first(p) AND cccd_id_place_last(p);

-- places that three digits cannot say have no numbers
SELECT p, cccd_id_place_first(p), cccd_id_place_last(p), cccd_id_place_first(p) <= cccd_id_place_last(p) AS has_numbers
FROM unnest('{-2147483648,-1,0,79,999,1000,2147483647}'::int[]) p;

-- the ends of a list; what has no numbers counts as if it were not there
SELECT p, cccd_id_places_first(p::int[]), cccd_id_places_last(p::int[])
FROM unnest(ARRAY['{79}', '{79,NULL,1}', '{40,-1,1000}', '{{3,2},{1,4}}', '{-1}', '{1000}', '{NULL}', '{}', NULL]) p;
SELECT cccd_id_in_place('079301000001', 79) AS one, cccd_id_in_place('079301000001', 1, 78, 79) AS several,
       cccd_id_in_place('079301000001', 78, 80) AS others, cccd_id_in_place('079301000001', 1, NULL) AS perhaps,
       cccd_id_in_place('079301000001', 79, NULL) AS surely, cccd_id_in_place(NULL, 79) AS nobody;
SELECT count(*) AS differences
FROM generate_series(-1, 1000) p, unnest('{000000000000,000999999999,001000000000,079000000000,999000000000,999999999999}'::cccd_id[]) id
WHERE cccd_id_in_place(id, p) IS DISTINCT FROM (cccd_id_place(id) = p);

-- places that were never assigned
SELECT cccd_id_place_name('000000000000') IS NULL AS zero, cccd_id_place_name('003000000000') IS NULL AS gap,
       cccd_id_place_name('100000000000') IS NULL AS hundred, cccd_id_place_name('296000000000') IS NULL AS beyond;
