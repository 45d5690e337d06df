-- The daily rotation of doc/trust.md, every statement of it as it stands there:
-- the first day, a day with a new list, a new CSCA, one that is distrusted.
SET client_min_messages = warning;
SET timezone = 'UTC';
BEGIN;
CREATE ROLE trust_fetcher;
CREATE ROLE trust_officer;
CREATE SCHEMA operator;
GRANT USAGE ON SCHEMA operator TO trust_fetcher, trust_officer;
SET search_path = operator, public;

-- set up once
CREATE TABLE trust_part (
    name text PRIMARY KEY,
    purpose text NOT NULL,
    value cccd_trust NOT NULL,
    fetched_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE TABLE trust_approved (
    fingerprint bytea PRIMARY KEY CHECK (length(fingerprint) = 32),
    second_way text NOT NULL,
    approved_by text NOT NULL DEFAULT session_user,
    approved_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE TABLE trust_distrusted (
    fingerprint bytea PRIMARY KEY CHECK (length(fingerprint) = 32),
    why text NOT NULL
);
CREATE VIEW trust_candidate AS
SELECT purpose, cccd_trust_without(cccd_trust_agg(value), ARRAY(SELECT fingerprint FROM trust_distrusted)) AS value
FROM trust_part GROUP BY purpose;
CREATE VIEW trust_change AS
SELECT purpose, CASE WHEN used.kind IS NULL THEN 'new' WHEN found.kind IS NULL THEN 'gone' ELSE 'now ' || found.kind END AS change,
       coalesce(found.kind, used.kind) AS kind, coalesce(found.country, used.country) AS country,
       coalesce(found.subject, used.subject, found.issuer, used.issuer) AS name, coalesce(found.not_after, used.not_after) AS ends, fingerprint
FROM (SELECT l.* FROM trust_candidate c, cccd_trust_list(c.value) l) found
FULL JOIN (SELECT l.* FROM cccd_gate.trust t, cccd_trust_list(t.value) l WHERE t.retired_at IS NULL) used USING (purpose, fingerprint)
WHERE used.kind IS DISTINCT FROM found.kind;
CREATE FUNCTION rotate_trust(wanted text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    candidate CONSTANT cccd_trust := (SELECT value FROM trust_candidate WHERE purpose = wanted);
    waiting bigint;
BEGIN
    IF EXISTS (SELECT FROM cccd_gate.trust t WHERE t.purpose = wanted AND t.retired_at IS NULL
               AND t.digest = cccd_trust_digest(candidate) AND t.valid_until > now() + interval '7 days') THEN
        RETURN 'unchanged';
    END IF;
    SELECT count(*) INTO waiting FROM trust_change c
    WHERE c.purpose = wanted AND c.change <> 'gone' AND c.kind IN ('anchor', 'key')
      AND c.fingerprint NOT IN (SELECT fingerprint FROM trust_approved);
    IF waiting > 0 THEN
        RETURN waiting || ' new keys wait for approval';
    END IF;
    PERFORM cccd_gate.load_trust(wanted, candidate, revocation_required => true,
                                 valid_until => now() + interval '30 days', note => 'rotation');
    RETURN 'loaded';
END $$;

-- the rights
GRANT SELECT, INSERT, UPDATE ON trust_part TO trust_fetcher;
GRANT SELECT ON trust_part, trust_candidate, trust_change TO trust_officer;
GRANT SELECT, INSERT, DELETE ON trust_approved, trust_distrusted TO trust_officer;
SELECT cccd_gate.grant_duty('trust_officer', 'admin');
GRANT SELECT ON cccd_gate.trust, cccd_gate.trust_entry TO trust_officer;
REVOKE EXECUTE ON FUNCTION rotate_trust(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION rotate_trust(text) TO trust_officer;

-- the first day: the root comes in by hand, under a fingerprint learned otherwise
\set csca `base64 -w 0 "$PG_ABS_SRCDIR/data/chip/csca1.der"`
\set crl `base64 -w 0 "$PG_ABS_SRCDIR/data/chip/empty.crl"`
SET ROLE trust_fetcher;
INSERT INTO trust_part (name, purpose, value)
VALUES ('root', 'chip', cccd_trust_from_certificate(decode(:'csca', 'base64')))
ON CONFLICT (name) DO UPDATE SET value = excluded.value, fetched_at = excluded.fetched_at;
INSERT INTO trust_part (name, purpose, value)
VALUES ('revoked', 'chip', cccd_trust_from_crl(decode(:'crl', 'base64')))
ON CONFLICT (name) DO UPDATE SET value = excluded.value, fetched_at = excluded.fetched_at;
SET ROLE trust_officer;
SELECT change, kind, country, name, ends, fingerprint = sha256(decode(:'csca', 'base64')) AS root
FROM trust_change ORDER BY kind;
SELECT rotate_trust('chip');
SELECT encode(sha256(decode(:'csca', 'base64')), 'hex') AS fingerprint \gset
INSERT INTO trust_approved (fingerprint, second_way)
VALUES (decode(:'fingerprint', 'hex'), 'letter of the ministry of 3 November');
SELECT rotate_trust('chip');
SELECT rotate_trust('chip');

-- a day later: a new revocation list, which nobody need approve, and a master list with a CSCA that somebody must
\set crl `base64 -w 0 "$PG_ABS_SRCDIR/data/chip/revoking.crl"`
\set list `base64 -w 0 "$PG_ABS_SRCDIR/data/chip/list.ml"`
SET ROLE trust_fetcher;
INSERT INTO trust_part (name, purpose, value)
VALUES ('revoked', 'chip', cccd_trust_from_crl(decode(:'crl', 'base64')))
ON CONFLICT (name) DO UPDATE SET value = excluded.value, fetched_at = excluded.fetched_at;
SET ROLE trust_officer;
SELECT change, kind, name, ends FROM trust_change ORDER BY change;
SELECT rotate_trust('chip');
SET ROLE trust_fetcher;
INSERT INTO trust_part (name, purpose, value)
SELECT 'list', 'chip', cccd_trust_from_master_list(decode(:'list', 'base64'), value) FROM trust_part WHERE name = 'root'
ON CONFLICT (name) DO UPDATE SET value = excluded.value, fetched_at = excluded.fetched_at;
SET ROLE trust_officer;
SELECT change, kind, name FROM trust_change ORDER BY change, kind, fingerprint;
SELECT rotate_trust('chip');
INSERT INTO trust_approved (fingerprint, second_way)
SELECT fingerprint, 'the list of the PKD and that of another state' FROM trust_change WHERE change = 'new' AND kind = 'anchor';
SELECT rotate_trust('chip');
SELECT kind, via_link, count(*) FROM cccd_gate.trust_entry GROUP BY kind, via_link ORDER BY kind, via_link;

-- a CSCA is distrusted: it goes, and the links that it signed lead nowhere
INSERT INTO trust_distrusted (fingerprint, why)
VALUES (decode(:'fingerprint', 'hex'), 'its key was lost');
SELECT change, kind, name FROM trust_change ORDER BY change, kind, fingerprint;
SELECT rotate_trust('chip');
SELECT kind, via_link, count(*) FROM cccd_gate.trust_entry GROUP BY kind, via_link ORDER BY kind, via_link;
DELETE FROM trust_distrusted WHERE fingerprint = decode(:'fingerprint', 'hex');
SELECT rotate_trust('chip');

-- what is to be done, and what is not the fetcher's to do
SELECT setting, finding FROM cccd_gate.check_trust(14, '2026-06-15') WHERE setting LIKE 'chip%' AND finding !~ '^(not )?used';
-- (what it says depends on the day of the test)
\o /dev/null
SELECT setting, finding, advice FROM cccd_gate.check_trust();
\o
SAVEPOINT rights;
SET ROLE trust_fetcher;
SELECT rotate_trust('chip');
ROLLBACK TO rights;
SET ROLE trust_fetcher;
INSERT INTO trust_approved (fingerprint, second_way) VALUES (sha256('a'), 'none');
ROLLBACK TO rights;
SET ROLE trust_officer;
UPDATE trust_part SET value = value;
ROLLBACK TO rights;
ROLLBACK;
