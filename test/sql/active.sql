-- Active authentication with keys that a program makes for this run: nothing
-- of them is printed.
CREATE TEMP TABLE answer (name text, dg15 bytea, dg14 bytea, challenge bytea, response bytea);
\copy answer FROM PROGRAM 'd=$(mktemp -d) && cc -std=gnu99 -I$PG_ABS_SRCDIR/unit -o $d/a $PG_ABS_SRCDIR/data/active_vectors.c -lcrypto && $d/a; rm -r $d' (FORMAT csv)

SELECT name, v.*
FROM answer, cccd_active_auth_verify(dg15, challenge, response, dg14, true) v
ORDER BY name COLLATE "C";

-- without a DG15 that a trusted security object covers, the answer proves
-- nothing, however right it is
SELECT name, v.*
FROM answer, cccd_active_auth_verify(dg15, challenge, response) v
WHERE name IN ('rsa sha256', 'p256 sha256')
ORDER BY name COLLATE "C";
SELECT name, v.*
FROM answer, cccd_active_auth_verify(dg15, challenge, response, dg14, NULL) v
WHERE name = 'p256 sha256';

-- every one-bit change of an answer fails, and every one of a challenge
SELECT name, count(*) = 8 * max(length(response)) AS all_bits,
       count(*) FILTER (WHERE v.status <> 'failed' OR v.signature_status <> 'failed') AS survivors
FROM answer, generate_series(0, 8 * length(response) - 1) bit,
     cccd_active_auth_verify(dg15, challenge, set_bit(response, bit, 1 - get_bit(response, bit)), dg14, true) v
GROUP BY name ORDER BY name COLLATE "C";
SELECT name, count(*) AS bits, count(*) FILTER (WHERE v.status <> 'failed') AS survivors
FROM answer, generate_series(0, 63) bit,
     cccd_active_auth_verify(dg15, set_bit(challenge, bit, 1 - get_bit(challenge, bit)), response, dg14, true) v
GROUP BY name ORDER BY name COLLATE "C";

-- the answer of one chip is not the answer of another
SELECT count(*) AS pairs, count(*) FILTER (WHERE v.status <> 'failed') AS taken
FROM answer a, answer b, cccd_active_auth_verify(a.dg15, a.challenge, b.response, a.dg14, true) v
WHERE a.dg15 <> b.dg15;

-- which reason: what is not there, and what cannot be
SELECT c.what, v.status, v.signature_status, v.reasons, v.flags, v.algorithm
FROM answer a, LATERAL (VALUES
    (1, 'no DG15', NULL::bytea, challenge, response, dg14),
    (2, 'no challenge', dg15, NULL, response, dg14),
    (3, 'no response', dg15, challenge, NULL, dg14),
    (4, 'nothing', NULL, NULL, NULL, NULL),
    (5, 'challenge of 7 bytes', dg15, substr(challenge, 1, 7), response, dg14),
    (6, 'challenge of 9 bytes', dg15, challenge || '\x00', response, dg14),
    (7, 'response cut short', dg15, challenge, substr(response, 2), dg14),
    (8, 'response of nothing', dg15, challenge, '', dg14),
    (9, 'response of zeros', dg15, challenge, decode(repeat('00', 64), 'hex'), dg14),
    (10, 'DG15 with padding', dg15 || '\x0000', challenge, response, dg14),
    (11, 'DG15 cut short', substr(dg15, 1, 20), challenge, response, dg14),
    (12, 'DG15 of nothing', '', challenge, response, dg14),
    (13, 'DG14 for DG15', dg14, challenge, response, dg14),
    (14, 'DG14 cut short', dg15, challenge, response, substr(dg14, 1, 20)),
    (15, 'DG14 says SHA-1', dg15, challenge, response, set_byte(dg14, length(dg14) - 1, 1)),
    (16, 'DG14 says SHA-512', dg15, challenge, response, set_byte(dg14, length(dg14) - 1, 5)),
    (17, 'DG14 says nothing known', dg15, challenge, response, set_byte(dg14, length(dg14) - 1, 9)),
    (18, 'point off the curve', set_byte(dg15, length(dg15) - 1, get_byte(dg15, length(dg15) - 1) # 1), challenge, response, dg14),
    (19, 'DG15 too large', dg15 || decode(repeat('00', 65536), 'hex'), challenge, response, dg14)
    ) c (n, what, dg15, challenge, response, dg14),
    cccd_active_auth_verify(c.dg15, c.challenge, c.response, c.dg14, true) v
WHERE a.name = 'p256 sha256'
ORDER BY c.n;
SELECT c.what, v.status, v.reasons, v.flags, v.algorithm
FROM answer a, LATERAL (VALUES
    (1, 'response one byte short', substr(response, 2)),
    (2, 'response above the modulus', decode(repeat('ff', 256), 'hex')),
    (3, 'response of zeros', decode(repeat('00', 256), 'hex'))) c (n, what, response),
    cccd_active_auth_verify(a.dg15, a.challenge, c.response, dg15_trusted => true) v
WHERE a.name = 'rsa sha256'
ORDER BY c.n;

-- the same in a parallel query
CREATE TABLE active_answer AS SELECT a.* FROM answer a, generate_series(1, 50);
ALTER TABLE active_answer SET (parallel_workers = 2);
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
EXPLAIN (COSTS OFF)
SELECT count(*) FROM active_answer
WHERE (cccd_active_auth_verify(dg15, challenge, response, dg14, true)).status = 'ok';
SELECT count(*) FROM active_answer
WHERE (cccd_active_auth_verify(dg15, challenge, response, dg14, true)).status = 'ok';
DROP TABLE active_answer;
