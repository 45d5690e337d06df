-- Trust values: made of certificates, lists and other values.
\getenv root PG_ABS_SRCDIR
SET TimeZone = 'UTC';
CREATE FUNCTION file(name text) RETURNS bytea LANGUAGE sql
    AS $$ SELECT pg_read_binary_file(current_setting('cccd_test.root') || '/data/chip/' || name) $$;
SELECT set_config('cccd_test.root', :'root', false) = :'root' AS set;

-- one certificate: a CSCA with explicit curve parameters
SELECT kind, purpose, source, subject, issuer, country, not_before, not_after, key, via_link, conforms,
       fingerprint = sha256(file('csca1.der')) AS fingerprint
FROM cccd_trust_list(cccd_trust_from_certificate(file('csca1.der')));

-- what a certificate becomes
CREATE TEMP VIEW item AS
SELECT name, cccd_trust_from_certificate(file(name || '.der')) AS trust
FROM unnest('{csca1,csca2,link,signer1,signer2,list_signer}'::text[]) name;
SELECT name, kind, key, conforms FROM item, cccd_trust_list(trust) ORDER BY name;
-- for other purposes each is trusted itself
SELECT kind, purpose FROM cccd_trust_list(cccd_trust_from_certificate(file('signer1.der'), 'health_certificate'));

-- a link adds trust only where an anchor signed it
SELECT kind, count(*), bool_and(via_link) AS via_link
FROM cccd_trust_list(cccd_trust_from_certificate(file('link.der')) || cccd_trust_from_certificate(file('csca2.der'))) GROUP BY kind ORDER BY kind;
SELECT kind, count(*), bool_or(via_link) AS via_link
FROM cccd_trust_list(cccd_trust_from_certificate(file('link.der')) || cccd_trust_from_certificate(file('csca1.der'))) GROUP BY kind ORDER BY kind;

-- PEM, revocation lists
SELECT kind, key FROM cccd_trust_list(cccd_trust_from_certificate(file('csca.pem'))) ORDER BY key;
SELECT kind, source, issuer, country, not_before, not_after, subject, key FROM cccd_trust_list(cccd_trust_from_crl(file('revoking.crl')));
SELECT cccd_trust_digest(cccd_trust_from_crl(file('crl.pem'))) = cccd_trust_digest(cccd_trust_from_crl(file('empty.crl'))) AS same;

-- equal sets are equal values, in whatever order and however often
SELECT count(DISTINCT cccd_trust_digest(t)) AS digests, count(DISTINCT t::text) AS texts
FROM (SELECT cccd_trust_agg(trust ORDER BY name) FROM item
      UNION ALL SELECT cccd_trust_agg(trust ORDER BY name DESC) FROM item
      UNION ALL SELECT cccd_trust_agg(trust) FROM (SELECT * FROM item UNION ALL SELECT * FROM item) x
      UNION ALL SELECT (SELECT cccd_trust_agg(trust) FROM item) || (SELECT trust FROM item WHERE name = 'link')
      UNION ALL SELECT (SELECT trust FROM item WHERE name = 'link') || (SELECT cccd_trust_agg(trust) FROM item)) u (t);
SELECT cccd_trust_agg(NULL) IS NULL AS nothing, cccd_trust_agg(trust) IS NULL AS none FROM item WHERE false;
SELECT cccd_trust_agg(trust) OVER (ORDER BY name)::text = (SELECT cccd_trust_agg(i.trust)::text FROM item i WHERE i.name <= item.name) AS running
FROM item ORDER BY name;

-- a master list, under the anchor of its publisher
SELECT kind, source, via_link, conforms, key
FROM cccd_trust_list(cccd_trust_from_master_list(file('list.ml'), cccd_trust_from_certificate(file('csca1.der')))) ORDER BY key, kind, via_link;
SELECT cccd_trust_from_master_list(file('list.ml'), cccd_trust_from_certificate(file('csca2.der')));
SELECT cccd_trust_from_master_list(file('list.ml'), cccd_trust_from_certificate(file('csca1.der')), '2040-01-01');
SELECT cccd_trust_from_master_list(file('wrong_role.ml'), cccd_trust_from_certificate(file('csca1.der')));
SELECT cccd_trust_from_master_list(file('undated.ml'), cccd_trust_from_certificate(file('csca1.der')));
SELECT count(*) FROM cccd_trust_list(cccd_trust_from_master_list(file('undated.ml'), cccd_trust_from_certificate(file('csca1.der')), '2026-06-01'));
SELECT cccd_trust_from_master_list(file('card1.sod'), cccd_trust_from_certificate(file('csca1.der')));
SELECT cccd_trust_from_master_list(set_byte(file('list.ml'), 500, get_byte(file('list.ml'), 500) # 1), cccd_trust_from_certificate(file('csca1.der')));
-- nobody signed this one
SELECT source, count(*) FROM cccd_trust_list(cccd_trust_from_raw_master_list(file('raw.ml'))) GROUP BY source;
SELECT cccd_trust_from_raw_master_list(file('list.ml'));
-- one malformed certificate loses one entry, and is named
CREATE FUNCTION element(tag bytea, content bytea) RETURNS bytea LANGUAGE sql
    AS $$ SELECT tag || '\x82'::bytea || substr(int4send(length(content)), 3) || content $$;
CREATE FUNCTION raw_list(VARIADIC certificates bytea[]) RETURNS bytea LANGUAGE sql
    AS $$ SELECT element('\x30', '\x020100'::bytea || element('\x31', string_agg(c, '' ORDER BY n))) FROM unnest(certificates) WITH ORDINALITY u(c, n) $$;
-- the key usage is not a BIT STRING any more
CREATE FUNCTION spoilt(name text) RETURNS bytea LANGUAGE sql
    AS $$ SELECT set_byte(file(name), position('\x0603551d0f'::bytea IN file(name)) + 9, 4) $$;
SELECT count(*) FROM cccd_trust_list(cccd_trust_from_raw_master_list(raw_list(file('csca1.der'), file('csca2.der'))));
SELECT count(*) FROM cccd_trust_list(cccd_trust_from_raw_master_list(raw_list(file('csca1.der'), spoilt('csca2.der'), file('csca2.der'), '\x3000')));
CREATE FUNCTION warned(list bytea, OUT message text, OUT detail text) LANGUAGE plpgsql AS $$
BEGIN
    PERFORM cccd_trust_from_raw_master_list(list);
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS message = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL;
END $$;
\set VERBOSITY terse
SELECT * FROM warned(raw_list(spoilt('csca2.der')));
SELECT * FROM warned(raw_list(VARIADIC array_fill(spoilt('csca2.der'), ARRAY[12])));
\set VERBOSITY default
DROP FUNCTION warned(bytea), spoilt(text), raw_list(bytea[]), element(bytea, bytea);
-- one that holds no certificate, and one of a later version
SELECT cccd_trust_from_raw_master_list('\x300702010031023000');
SELECT cccd_trust_from_raw_master_list('\x300702010131023000');

-- an LDIF: one of its master lists and one of its lines cannot be accepted;
-- signatures differ in length, so that the lines are not the same in every run
\set VERBOSITY terse
SELECT kind, source, count(*)
FROM cccd_trust_list(cccd_trust_from_ldif(file('pkd.ldif'), cccd_trust_from_certificate(file('csca1.der'))))
GROUP BY kind, source ORDER BY kind, source;
\set VERBOSITY default
SELECT count(*) FROM cccd_trust_list(cccd_trust_from_ldif('certificateRevocationList;binary:: MAA=', cccd_trust_from_certificate(file('csca1.der'))));
SELECT count(*) FROM cccd_trust_list(cccd_trust_from_ldif('cACertificate;binary:: MAA=', cccd_trust_from_certificate(file('csca1.der'))));

-- each of ten that are left out is named, the others are counted
SELECT (SELECT count(*) FROM cccd_trust_list(cccd_trust_from_ldif(convert_to(lines, 'UTF8'), cccd_trust_from_certificate(file('csca1.der')))))
FROM (SELECT string_agg(format(E'dn: c=%s,dc=pkd\n%s:: %s\n\n', n, CASE n % 3 WHEN 0 THEN 'userCertificate;binary' WHEN 1 THEN 'certificateRevocationList;binary' ELSE 'CscaMasterListData' END,
                                CASE WHEN n % 4 = 0 THEN 'M!' ELSE 'MAA=' END), '' ORDER BY n) FROM generate_series(1, 12) n) l (lines);
-- a long import can be cancelled: each of these certificates costs a signature, all of them many seconds; a busy machine
-- may take its time, so the bound of 0.2 s between two checks is measured by the bench
CREATE TEMP TABLE long AS SELECT convert_to(repeat(E'cACertificate;binary:: ' || replace(encode(file('csca1.der'), 'base64'), E'\n', '') || E'\n', 20000), 'UTF8') AS ldif;
CREATE FUNCTION cancelled() RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    begun CONSTANT timestamptz := clock_timestamp();
BEGIN
    PERFORM cccd_trust_from_ldif(ldif, cccd_trust_from_certificate(file('csca1.der'))) FROM long;
    RETURN false;
EXCEPTION WHEN query_canceled THEN
    RETURN clock_timestamp() < begun + interval '5 s';
END $$;
SET statement_timeout = '100ms';
SELECT cancelled();
RESET statement_timeout;
DROP FUNCTION cancelled();
DROP TABLE long;

-- errors
SELECT cccd_trust_from_certificate('');
SELECT cccd_trust_from_certificate('\x3003020105');
SELECT cccd_trust_from_certificate(file('csca1.der') || '\x00');
SELECT cccd_trust_from_certificate(file('crl.pem'));
SELECT cccd_trust_from_certificate(replace(convert_from(file('csca.pem'), 'UTF8'), '-----END', '----END')::bytea);
SELECT cccd_trust_from_certificate(file('csca1.der'), 'passport');
SELECT cccd_trust_from_crl(file('csca1.der'));

-- text, and what is no trust value
CREATE TEMP TABLE kept (trust cccd_trust);
INSERT INTO kept SELECT cccd_trust_agg(trust) FROM item;
SELECT attstorage FROM pg_attribute WHERE attrelid = 'kept'::regclass AND attname = 'trust';
SELECT trust::text::cccd_trust::text = trust::text AS text_round_trip FROM kept;
SELECT '\x'::cccd_trust;
SELECT 'nonsense'::cccd_trust;
SELECT '\x0g'::cccd_trust;
SELECT overlay(trust::text PLACING translate(substr(trust::text, 200, 1), '0123456789abcdef', '123456789abcdef0') FROM 200)::cccd_trust FROM kept;
SELECT (left(trust::text, -2))::cccd_trust FROM kept;
-- binary: the same bytes, and checked in the same way
SELECT substr(cccd_trust_send(trust), 1, 4) = 'CCT1' AS magic, substr(cccd_trust_send(trust), 5, 32) = cccd_trust_digest(trust) AS digest FROM kept;

-- bytes that no input function let in
CREATE CAST (bytea AS cccd_trust) WITHOUT FUNCTION;
SELECT cccd_trust_digest('\x00'::bytea::cccd_trust);
SELECT count(*) FROM kept, cccd_trust_list((cccd_trust_send(trust) || '\x00')::cccd_trust);
SELECT substr(cccd_trust_send(trust), 1, 500)::cccd_trust || trust FROM kept;
DROP CAST (bytea AS cccd_trust);
DROP VIEW item;
DROP FUNCTION file;
