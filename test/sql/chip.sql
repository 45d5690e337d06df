-- Passive authentication of the cards of a test state.
\getenv root PG_ABS_SRCDIR
SET TimeZone = 'UTC';
CREATE FUNCTION card_file(name text) RETURNS bytea LANGUAGE sql
    AS $$ SELECT pg_read_binary_file(current_setting('cccd_test.root') || '/data/chip/' || name) $$;
SELECT set_config('cccd_test.root', :'root', false) = :'root' AS set;

CREATE TEMP TABLE trust AS
SELECT 'csca' AS name, cccd_trust_from_certificate(card_file('csca1.der')) AS trust
UNION ALL SELECT 'csca, list', cccd_trust_from_certificate(card_file('csca1.der')) || cccd_trust_from_certificate(card_file('csca2.der')) || cccd_trust_from_crl(card_file('empty.crl'))
UNION ALL SELECT 'csca, revoking list', cccd_trust_from_certificate(card_file('csca1.der')) || cccd_trust_from_certificate(card_file('link.der')) || cccd_trust_from_crl(card_file('revoking.crl'))
UNION ALL SELECT 'new key only', cccd_trust_from_certificate(card_file('csca2.der'))
UNION ALL SELECT 'raw list', cccd_trust_from_raw_master_list(card_file('raw.ml'));

CREATE TEMP TABLE card AS
SELECT 'card1' AS name, card_file('card1.sod') AS sod,
       ARRAY[card_file('card1.dg1'), card_file('card1.dg2'), card_file('card1.dg13'), card_file('card1.dg14'), card_file('card1.dg15')] AS groups
UNION ALL SELECT 'card2', card_file('card2.sod'), ARRAY[card_file('card2.dg13'), card_file('card2.dg1'), NULL, card_file('card2.dg2')];

-- everything that is said of a good card
\x on
SELECT trusted, sod_status, data_groups_status, content_status, signer_status, signature_status, chain_status,
       signer_validity_status, anchor_validity_status, signing_time_status, revocation_status, country_status,
       reasons, flags, listed, verified,
       signer_fingerprint = sha256(card_file(replace(c.name, 'card', 'signer') || '.der')) AS signer_fingerprint,
       anchor_fingerprint = sha256(card_file('csca1.der')) AS anchor_fingerprint,
       country, algorithm, not_before, not_after, signed_at
FROM trust t, card c, cccd_chip_verify(sod, groups, trust, '2026-11-23') v
WHERE t.name = 'csca, list' ORDER BY c.name;
\x off

-- every trust value and policy
SELECT t.name AS trust, c.name AS card, policy, trusted, chain_status AS chain, revocation_status AS revocation, reasons,
       ARRAY(SELECT f FROM unnest(flags) f WHERE f !~ '^(dg_not_supplied|signing_time_missing)') AS flags
FROM trust t, card c, unnest('{strict,field}'::text[]) policy, cccd_chip_verify(sod, groups, trust, '2026-11-23', policy)
ORDER BY t.name COLLATE "C", c.name, policy;

-- every time
SELECT at, trusted, signer_validity_status, anchor_validity_status, revocation_status, reasons
FROM trust, card c, unnest('{2020-01-01,2021-01-01,2026-08-31,2026-10-01,2027-01-01,2027-01-01 00:00:01,2036-01-01,2036-01-01 00:00:01,infinity,-infinity}'::timestamptz[]) WITH ORDINALITY x(at, n),
     cccd_chip_verify(sod, groups, trust, at)
WHERE trust.name = 'csca, list' AND c.name = 'card1' ORDER BY n;

-- files: none, some, of another card, unknown, damaged, padded
SELECT what, trusted, data_groups_status, country_status, verified, proof, reasons
FROM (VALUES (1, 'none', '{}'::bytea[]), (2, 'one', ARRAY[card_file('card1.dg13')]), (3, 'nulls', ARRAY[NULL, NULL]::bytea[]),
             (4, 'of another card', ARRAY[card_file('card1.dg1'), card_file('card2.dg15')]),
             (5, 'twice', ARRAY[card_file('card1.dg1'), card_file('card1.dg1')]),
             (6, 'no data group', ARRAY['\x3000']::bytea[]), (7, 'empty', ARRAY['']::bytea[]), (8, 'cut', ARRAY[substr(card_file('card1.dg1'), 1, 50)]),
             (9, 'padded', ARRAY[card_file('card1.dg1') || '\x0000']), (10, 'changed', ARRAY[set_byte(card_file('card1.dg1'), 20, 65)]),
             (11, 'EF.COM', ARRAY[card_file('card1.dg1'), '\x60075c0561756d6e6f']::bytea[]), (12, 'another EF.COM', ARRAY[card_file('card1.dg1'), '\x60045c026175']::bytea[])) f (n, what, files),
     trust, card c, cccd_chip_verify(sod, files, trust, '2026-11-23')
WHERE trust.name = 'csca' AND c.name = 'card1' ORDER BY n;

-- objects that are none
SELECT what, trusted, sod_status, signature_status, reasons
FROM (VALUES (1, 'empty', ''::bytea), (2, 'another file', card_file('card1.dg1')), (3, 'cut', substr(card_file('card1.sod'), 1, 700)),
             (4, 'too large', card_file('card1.sod') || decode(repeat('00', 65536), 'hex')), (5, 'a master list', '\x7782'::bytea || substr(int4send(length(card_file('list.ml'))), 3) || card_file('list.ml'))) s (n, what, bytes),
     trust, cccd_chip_verify(bytes, '{}', trust, '2026-11-23', 'field')
WHERE trust.name = 'csca' ORDER BY n;

-- a document is no EF.CardSecurity
SELECT trusted, sod_status, data_groups_status, signature_status, reasons FROM trust, cccd_card_security_verify(substr(card_file('card1.sod'), 5), trust, '2026-11-23') WHERE name = 'csca';

-- signers alone
SELECT t.name, s AS signer, trusted, signer_status, chain_status, revocation_status, reasons, algorithm
FROM trust t, unnest('{signer1,signer2,list_signer,csca1}'::text[]) s, cccd_signer_verify(card_file(s || '.der'), trust, '2026-11-23')
WHERE t.name IN ('csca', 'csca, revoking list') ORDER BY t.name COLLATE "C", s;
SELECT trusted, signer_status, reasons FROM trust, cccd_signer_verify('\x3000', trust, '2026-11-23') WHERE name = 'csca';

-- errors
SELECT cccd_chip_verify('', '{}', trust, '2026-11-23', 'lenient') FROM trust WHERE name = 'csca';
SELECT cccd_chip_verify('', array_fill('\x00'::bytea, ARRAY[33]), trust, '2026-11-23') FROM trust WHERE name = 'csca';

-- a NULL argument is a row that is not trusted, and says why
SELECT n, trusted, sod_status, country_status, reasons, flags, listed, verified, proof
FROM trust, card c, generate_series(0, 5) n,
     cccd_chip_verify(CASE WHEN n <> 1 THEN sod END, CASE WHEN n <> 2 THEN groups END, CASE WHEN n <> 3 THEN trust END,
                      CASE WHEN n <> 4 THEN timestamptz '2026-11-23' END, CASE WHEN n <> 5 THEN 'strict' END)
WHERE trust.name = 'csca, list' AND c.name = 'card1' ORDER BY n;
SELECT count(*) FILTER (WHERE NOT trusted) AS found, reasons
FROM cccd_chip_verify(NULL, NULL, NULL, NULL, NULL) GROUP BY reasons
UNION ALL
SELECT count(*) FILTER (WHERE NOT trusted), reasons FROM cccd_card_security_verify(NULL, NULL, NULL, NULL) GROUP BY reasons
UNION ALL
SELECT count(*) FILTER (WHERE NOT trusted), reasons FROM cccd_signer_verify(NULL, NULL, NULL, NULL) GROUP BY reasons;

-- one bit changed anywhere: in a data group never trusted; in the object only
-- where nothing that is signed changes, which the strict test of the cores shows
SELECT count(*) AS mutants, count(*) FILTER (WHERE trusted) AS trusted
FROM trust, card c, generate_series(0, 4) g, generate_series(0, 8 * 28) bit,
     cccd_chip_verify(sod, groups[:g] || set_bit(groups[g + 1], bit, 1 - get_bit(groups[g + 1], bit)) || groups[g + 2:], trust, '2026-11-23', 'field')
WHERE trust.name = 'csca' AND c.name = 'card1';

-- many trust values in turn: the backend keeps four, and says the same
SELECT count(*) AS calls, count(*) FILTER (WHERE trusted) AS trusted, count(DISTINCT anchor_fingerprint) AS anchors
FROM generate_series(1, 3) AS round, trust t, trust u, card c,
     LATERAL (SELECT t.trust || u.trust AS trust) b, cccd_chip_verify(sod, groups, b.trust, '2026-09-23', 'field');

-- in a constraint: the functions depend on their arguments alone
CREATE TEMP TABLE stored AS SELECT sod, groups, trust FROM trust t, card c WHERE t.name = 'csca';
ALTER TABLE stored ADD CHECK ((cccd_chip_verify(sod, groups, trust, '2026-11-23')).trusted);
\set VERBOSITY terse
INSERT INTO stored SELECT '', groups, trust FROM stored LIMIT 1;
\set VERBOSITY default

-- a value that is stored out of line is read once a session, however many
-- calls it answers: each value that was read has a memory context
CREATE TABLE large AS
SELECT n, (SELECT cccd_trust_agg(cccd_trust_from_certificate(card_file(f))) FROM unnest('{csca1.der,csca2.der,link.der,signer1.der,signer2.der,list_signer.der}'::text[]) WITH ORDINALITY f (f, k) WHERE k <> n) AS trust
FROM generate_series(2, 6) n;
SELECT DISTINCT attstorage, pg_column_size(trust) = octet_length(cccd_trust_send(trust)) AS uncompressed, pg_column_size(trust) > 2100 AS out_of_line
FROM pg_attribute, large WHERE attrelid = 'large'::regclass AND attname = 'trust';
CREATE TABLE cards AS SELECT sod, groups FROM card WHERE name = 'card1';
\c -
CREATE VIEW values_read AS SELECT count(*) AS values_read FROM pg_backend_memory_contexts WHERE name = 'cccd trust';
SELECT * FROM values_read;
SELECT count(*) AS calls, count(*) FILTER (WHERE trusted) AS trusted
FROM generate_series(1, 1000), large, cards, cccd_chip_verify(sod, groups, trust, '2026-11-23') WHERE n < 5;
SELECT * FROM values_read;
-- the four used last are kept
SELECT count(*) AS calls, count(*) FILTER (WHERE trusted) AS trusted
FROM large, cards, cccd_chip_verify(sod, groups, trust, '2026-11-23');
SELECT * FROM values_read;
DROP VIEW values_read;
DROP TABLE large, cards;
DROP FUNCTION card_file;
