-- A whole reading of a chip as a gate has it: passive authentication, active
-- authentication and the card, for two honest chips and for forged ones.
\getenv root PG_ABS_SRCDIR
SELECT set_config('cccd_test.root', :'root', false) = :'root' AS set;
CREATE FUNCTION pg_temp.chip_file(name text) RETURNS bytea LANGUAGE sql
    AS $$ SELECT pg_read_binary_file(current_setting('cccd_test.root') || '/data/gate_chip/' || name) $$;

CREATE TEMP TABLE reading AS
SELECT 1 AS n, 'an' AS what, pg_temp.chip_file('an.sod') AS sod, pg_temp.chip_file('an.dg1') AS dg1, pg_temp.chip_file('an.dg2') AS dg2,
       pg_temp.chip_file('an.dg13') AS dg13, NULL::bytea AS dg14, pg_temp.chip_file('an.dg15') AS dg15,
       pg_temp.chip_file('gate.challenge') AS challenge, pg_temp.chip_file('an.response') AS response, '001099012345'::cccd_id AS scanned
UNION ALL
SELECT 2, 'cu', pg_temp.chip_file('cu.sod'), pg_temp.chip_file('cu.dg1'), pg_temp.chip_file('cu.dg2'),
       pg_temp.chip_file('cu.dg13'), pg_temp.chip_file('cu.dg14'), pg_temp.chip_file('cu.dg15'),
       pg_temp.chip_file('gate.challenge'), pg_temp.chip_file('cu.response'), '034058000007';
INSERT INTO reading
SELECT 3, 'copy of the files, no key to answer with', sod, dg1, dg2, dg13, dg14, dg15, challenge, decode(repeat('5a', 256), 'hex'), scanned FROM reading WHERE n = 1
UNION ALL
SELECT 4, 'copy with a key of the forger', sod, dg1, dg2, dg13, dg14, pg_temp.chip_file('forger.dg15'), challenge, pg_temp.chip_file('forger.response'), scanned FROM reading WHERE n = 1
UNION ALL
SELECT 5, 'copy without its DG15', sod, dg1, dg2, dg13, dg14, NULL, challenge, pg_temp.chip_file('forger.response'), scanned FROM reading WHERE n = 1
UNION ALL
SELECT 6, 'an old answer to another challenge', sod, dg1, dg2, dg13, dg14, dg15, '\x0011223344556677', response, scanned FROM reading WHERE n = 1
UNION ALL
SELECT 7, 'DG13 of another card', a.sod, a.dg1, a.dg2, c.dg13, a.dg14, a.dg15, a.challenge, a.response, a.scanned FROM reading a, reading c WHERE a.n = 1 AND c.n = 2
UNION ALL
SELECT 8, 'chip of another card in this one', sod, dg1, dg2, dg13, dg14, dg15, challenge, response, '001099012345' FROM reading WHERE n = 2
UNION ALL
SELECT 9, 'DG14 that the state did not sign', sod, dg1, dg2, dg13, pg_temp.chip_file('cu.dg14'), dg15, challenge, response, scanned FROM reading WHERE n = 1;

SELECT what, p.trusted, p.verified, a.status AS active, c.id, c.name,
       p.trusted AND a.status = 'ok' AND c.id = scanned AND c.flags <@ '{no_expiry}' AS admitted,
       p.reasons || a.reasons AS reasons, c.flags
FROM reading,
     cccd_chip_verify(sod, ARRAY[dg1, dg2, dg13, dg14, dg15], cccd_trust_from_certificate(pg_temp.chip_file('state.csca')), '2026-11-23') p,
     cccd_active_auth_verify(dg15, challenge, response, dg14,
         p.trusted AND 15 = ANY (p.verified) AND (dg14 IS NULL OR 14 = ANY (p.verified))) a,
     cccd_card_from_chip(ARRAY[dg1, dg13], scanned) c
ORDER BY n;

-- under another state's anchors the same answers prove nothing
SELECT what, p.trusted, a.status AS active, a.signature_status, a.reasons
FROM reading,
     cccd_chip_verify(sod, ARRAY[dg1, dg2, dg13, dg14, dg15],
         cccd_trust_from_certificate(pg_read_binary_file(current_setting('cccd_test.root') || '/data/chip/csca2.der')), '2026-11-23') p,
     cccd_active_auth_verify(dg15, challenge, response, dg14, p.trusted AND 15 = ANY (p.verified)) a
WHERE n <= 2
ORDER BY n;
