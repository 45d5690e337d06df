-- trust values

CREATE TYPE cccd_trust;

CREATE FUNCTION cccd_trust_in(cstring) RETURNS cccd_trust
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION cccd_trust_in(cstring) IS 'text input of cccd_trust: \x and hexadecimal digits, checked with its digest';
CREATE FUNCTION cccd_trust_out(cccd_trust) RETURNS cstring
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION cccd_trust_out(cccd_trust) IS 'text output of cccd_trust: \x and hexadecimal digits';
CREATE FUNCTION cccd_trust_recv(internal) RETURNS cccd_trust
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION cccd_trust_recv(internal) IS 'binary input of cccd_trust, checked as text input is';
CREATE FUNCTION cccd_trust_send(cccd_trust) RETURNS bytea
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION cccd_trust_send(cccd_trust) IS 'binary output of cccd_trust: its bytes';

-- EXTERNAL: never compressed, so that a function reads the digest in the first
-- bytes without fetching the rest
CREATE TYPE cccd_trust (
    INPUT = cccd_trust_in, OUTPUT = cccd_trust_out,
    RECEIVE = cccd_trust_recv, SEND = cccd_trust_send,
    INTERNALLENGTH = VARIABLE, ALIGNMENT = int4, STORAGE = external, CATEGORY = 'U'
);
COMMENT ON TYPE cccd_trust IS
    'a set of certificates and revocation lists with what each may be used for; equal sets are equal bytes';

CREATE FUNCTION cccd_trust_digest(trust cccd_trust) RETURNS bytea
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION cccd_trust_digest(cccd_trust) IS
    'SHA-256 that identifies a trust value: equal for equal sets, however they were put together';

CREATE FUNCTION cccd_trust_from_certificate(certificate bytea, purpose text DEFAULT 'chip') RETURNS cccd_trust
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10000;
COMMENT ON FUNCTION cccd_trust_from_certificate(bytea, text) IS
    'trust value of X.509 certificates: one in DER, or any number in PEM; for chips a CA certificate signed by its own key is an anchor, one signed by another key (a link certificate) becomes one as soon as the set holds an anchor of the same state that signed it, others are known signers that must still be verified; for health_certificate and ticket each is an anchor; errors: 22P03 when an item cannot be read, 22023 for another purpose; source: Doc 9303-12 section 4.1';

CREATE FUNCTION cccd_trust_from_crl(crl bytea, purpose text DEFAULT 'chip') RETURNS cccd_trust
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION cccd_trust_from_crl(bytea, text) IS
    'trust value of certificate revocation lists: one in DER, or any number in PEM; a list counts only where an anchor of its state verifies it; errors: 22P03 when an item cannot be read, 22023 for another purpose; source: RFC 5280 chapter 5, Doc 9303-12 section 7.1.4';

CREATE FUNCTION cccd_trust_from_master_list(list bytea, anchors cccd_trust, at timestamptz DEFAULT NULL) RETURNS cccd_trust
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000000;
COMMENT ON FUNCTION cccd_trust_from_master_list(bytea, cccd_trust, timestamptz) IS
    'trust value of the certificates in a signed CSCA master list, whose signer must be a master list signer under an anchor given, valid at the time given or else at the signing time that the list states; the anchors given are not part of the result; errors: 22P03 malformed, 22023 not acceptable with the code of the check; source: Doc 9303-12 chapter 9';

CREATE FUNCTION cccd_trust_from_raw_master_list(list bytea) RETURNS cccd_trust
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000000;
COMMENT ON FUNCTION cccd_trust_from_raw_master_list(bytea) IS
    'trust value of a CscaMasterList that nobody signed: the caller vouches for it, and verifications say csca_source_unsigned; errors: 22P03 malformed';

CREATE FUNCTION cccd_trust_from_ldif(ldif bytea, anchors cccd_trust, at timestamptz DEFAULT NULL) RETURNS cccd_trust
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000000;
COMMENT ON FUNCTION cccd_trust_from_ldif(bytea, cccd_trust, timestamptz) IS
    'trust value of an LDIF file of the ICAO PKD: master lists are verified as cccd_trust_from_master_list does, CA certificates are anchors of an unsigned source, signers'' certificates and revocation lists are taken as they are; a warning tells how many items were left out; source: RFC 2849';

CREATE FUNCTION cccd_trust_from_json(list jsonb, purpose text DEFAULT 'health_certificate', country text DEFAULT NULL) RETURNS cccd_trust
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100000;
COMMENT ON FUNCTION cccd_trust_from_json(jsonb, text, text) IS
    'trust value of a list of health certificate signers in JSON, whatever its shape: objects with rawData, kid and country (gateway, Germany), certificates in base64 or PEM (also by their key identifiers), public keys with subjectPk or subjectPublicKeyInfo and kid, JSON Web Keys; country is the state of what the list names no state for; a list''s own signature must be checked before; a warning tells how many items were left out; NULL if list or purpose is; errors: 22023 no usable key, another purpose or chip, a state in another form than two capital letters as argument (an item may have one to three letters in either case; one with anything else is left out with a warning); source: RFC 7517, RFC 5280';

CREATE FUNCTION cccd_trust_from_jwks(keys jsonb, issuer text, purpose text DEFAULT 'health_certificate') RETURNS cccd_trust
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100000;
COMMENT ON FUNCTION cccd_trust_from_jwks(jsonb, text, text) IS
    'trust value of the keys that an issuer of SMART Health Cards publishes below its URL, a JSON Web Key set; the keys vouch for cards of this issuer only, and for no other certificates; a warning tells how many items were left out; errors: 22023 no usable key, another purpose or chip, issuer is not a URL that begins with https:// and does not end in a slash; source: SMART Health Cards Framework, RFC 7517';

CREATE FUNCTION cccd_trust_from_revocation(scope text, items bytea[], key_id bytea DEFAULT NULL, purpose text DEFAULT 'health_certificate') RETURNS cccd_trust
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100000;
COMMENT ON FUNCTION cccd_trust_from_revocation(text, bytea[], bytea, text) IS
    'trust value that revokes health certificates: scope uci (SHA-256 of the certificate identifier), country_uci (of country and identifier), signature (of the signature, with ECDSA of its first half), each of 32 bytes or cut to 16, key (key identifiers of 8 bytes or SHA-256 of signers'' certificates), country (two capital letters as bytes); with key_id only what this key signed; NULL if scope, items or purpose is; errors: 22023 another scope, another purpose or chip, a key_id that is empty or text, an item that could revoke nothing (a hash of another length or as text, an identifier in clear text, a state in another form), no item, 54000 more than 262144 items; source: eHealth Network, EU DCC revocation B2A';

CREATE FUNCTION cccd_trust_revokes(trust cccd_trust, scope text, item bytea, key_id bytea DEFAULT NULL, purpose text DEFAULT 'health_certificate') RETURNS boolean
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100;
COMMENT ON FUNCTION cccd_trust_revokes(cccd_trust, text, bytea, bytea, text) IS
    'whether a revocation list of the trust value has an item: scope, item and purpose as cccd_trust_from_revocation takes them, an item of a shorter length than the list''s is on none; lists that are for one key count where key_id is that key; NULL if trust, scope, item or purpose is; error 22023 another scope or purpose';

CREATE FUNCTION cccd_trust_union(a cccd_trust, b cccd_trust) RETURNS cccd_trust
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100000;
COMMENT ON FUNCTION cccd_trust_union(cccd_trust, cccd_trust) IS 'implementation of || operator';

CREATE OPERATOR || (LEFTARG = cccd_trust, RIGHTARG = cccd_trust, FUNCTION = cccd_trust_union, COMMUTATOR = ||);
COMMENT ON OPERATOR || (cccd_trust, cccd_trust) IS
    'what either trust value holds, once; link certificates of one may find their anchor in the other';

CREATE FUNCTION cccd_trust_agg_add(internal, cccd_trust) RETURNS internal
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100;
COMMENT ON FUNCTION cccd_trust_agg_add(internal, cccd_trust) IS 'transition function of cccd_trust_agg';
CREATE FUNCTION cccd_trust_agg_final(internal) RETURNS cccd_trust
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100000;
COMMENT ON FUNCTION cccd_trust_agg_final(internal) IS 'final function of cccd_trust_agg';
CREATE AGGREGATE cccd_trust_agg(cccd_trust) (
    SFUNC = cccd_trust_agg_add, STYPE = internal, FINALFUNC = cccd_trust_agg_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE cccd_trust_agg(cccd_trust) IS
    'trust value of all that the values of a group hold; NULL values count for nothing, no value gives NULL';

CREATE FUNCTION cccd_trust_list(trust cccd_trust,
    OUT kind text, OUT purpose text, OUT source text, OUT subject text, OUT issuer text, OUT country text,
    OUT not_before timestamptz, OUT not_after timestamptz, OUT key text, OUT fingerprint bytea,
    OUT via_link boolean, OUT conforms boolean, OUT key_id bytea, OUT usages text[], OUT items integer,
    OUT der bytea) RETURNS SETOF record
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10000 ROWS 500;
COMMENT ON FUNCTION cccd_trust_list(cccd_trust) IS
    'entries of a trust value: kind (anchor, link, signer, crl, key, revoked), purpose, source (operator, master_list, ldif, raw_list, json), names (of revoked: its scope), state, validity (of a crl: this and next update), key, SHA-256 of the DER, whether trust came through a link certificate, whether a CSCA certificate conforms to Doc 9303-12 Tables 3 and 4, and for health certificates by which identifier messages name the key, which kinds it may sign and how many items a list revokes; der: the entry''s bytes, from which cccd_trust_from_entry makes it again';

CREATE FUNCTION cccd_trust_from_entry(kind text, purpose text, source text, der bytea) RETURNS cccd_trust
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10000;
COMMENT ON FUNCTION cccd_trust_from_entry(text, text, text, bytea) IS
    'trust value of one entry as cccd_trust_list shows it; cccd_trust_agg over all entries of a listing gives the value that was listed. A certificate is an anchor, a link or a signer by what it is, whichever of them kind says; the source is taken as it is said; errors: 22023 an unknown kind, purpose or source, 22P03 bytes that are not of this kind';

CREATE FUNCTION cccd_trust_filter(trust cccd_trust, countries text[] DEFAULT NULL, purposes text[] DEFAULT NULL,
    kinds text[] DEFAULT NULL, sources text[] DEFAULT NULL) RETURNS cccd_trust
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100000;
COMMENT ON FUNCTION cccd_trust_filter(cccd_trust, text[], text[], text[], text[]) IS
    'what a trust value holds of these states (two capital letters), purposes, kinds and sources; NULL: of all. A revocation list is of the state of its issuer, a key of the state that its list names; revocations for health certificates name no state and remain, keys without a state do not. Equal to a value made without the rest: an anchor whose link has lost its issuer is a link again. NULL if trust is; errors: 22023 a state in another form, an unknown purpose, kind or source, 22004 a NULL in an array';

CREATE FUNCTION cccd_trust_without(trust cccd_trust, fingerprints bytea[]) RETURNS cccd_trust
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100000;
COMMENT ON FUNCTION cccd_trust_without(cccd_trust, bytea[]) IS
    'a trust value without the entries of these fingerprints (SHA-256, as cccd_trust_list shows them), for every purpose; equal to a value made without them. A notice says how many fingerprints name nothing in it; errors: 22023 a fingerprint of another length than 32 bytes, 22004 a NULL fingerprint';
