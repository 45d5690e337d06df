-- cccd_rule: an eligibility rule

CREATE TYPE cccd_rule;
CREATE FUNCTION cccd_rule_in(cstring) RETURNS cccd_rule
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION cccd_rule_in(cstring) IS
    'input of cccd_rule; 22P02 with the character position where something else was expected, 54000 for a rule that is too long or too deep';
CREATE FUNCTION cccd_rule_out(cccd_rule) RETURNS cstring
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 30;
COMMENT ON FUNCTION cccd_rule_out(cccd_rule) IS
    'output of cccd_rule: canonical text, the same for equal rules';
CREATE FUNCTION cccd_rule_recv(internal) RETURNS cccd_rule
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION cccd_rule_recv(internal) IS
    'binary input of cccd_rule: a byte of version (1) and text; 22P03 where text input gives 22P02';
CREATE FUNCTION cccd_rule_send(cccd_rule) RETURNS bytea
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 30;
COMMENT ON FUNCTION cccd_rule_send(cccd_rule) IS
    'binary output of cccd_rule: a byte of version (1) and canonical text';
CREATE TYPE cccd_rule (
    INPUT = cccd_rule_in,
    OUTPUT = cccd_rule_out,
    RECEIVE = cccd_rule_recv,
    SEND = cccd_rule_send,
    INTERNALLENGTH = VARIABLE,
    ALIGNMENT = int4,
    STORAGE = extended
);
COMMENT ON TYPE cccd_rule IS
    'an eligibility rule such as ''doses >= 2 and since(last_dose) >= 14 days'': conditions on a health record and a context, joined with and, or, not';

CREATE FUNCTION cccd_rule_clauses(rule cccd_rule, OUT clause integer,
    OUT condition text, OUT subject text, OUT negated boolean) RETURNS SETOF record
    AS 'MODULE_PATHNAME', 'cccd_rule_clauses_sql'
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50 ROWS 5;
COMMENT ON FUNCTION cccd_rule_clauses(cccd_rule) IS
    'the conditions of a rule in the order of its text; clause n is bit n - 1 of the masks that cccd_check returns. subject: the word of the fact in since(), of the state, or doses, age, ticket, accompanied, evidence, level, origin_level, sex, place; negated: the clause stands below an odd number of not, so that the rule wants it not to hold';

CREATE FUNCTION cccd_rule_eq(cccd_rule, cccd_rule) RETURNS boolean
    AS 'byteaeq' LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION cccd_rule_eq(cccd_rule, cccd_rule) IS
    'implementation of = operator';
CREATE FUNCTION cccd_rule_ne(cccd_rule, cccd_rule) RETURNS boolean
    AS 'byteane' LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION cccd_rule_ne(cccd_rule, cccd_rule) IS
    'implementation of <> operator';
CREATE FUNCTION cccd_rule_lt(cccd_rule, cccd_rule) RETURNS boolean
    AS 'bytealt' LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION cccd_rule_lt(cccd_rule, cccd_rule) IS
    'implementation of < operator';
CREATE FUNCTION cccd_rule_le(cccd_rule, cccd_rule) RETURNS boolean
    AS 'byteale' LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION cccd_rule_le(cccd_rule, cccd_rule) IS
    'implementation of <= operator';
CREATE FUNCTION cccd_rule_gt(cccd_rule, cccd_rule) RETURNS boolean
    AS 'byteagt' LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION cccd_rule_gt(cccd_rule, cccd_rule) IS
    'implementation of > operator';
CREATE FUNCTION cccd_rule_ge(cccd_rule, cccd_rule) RETURNS boolean
    AS 'byteage' LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION cccd_rule_ge(cccd_rule, cccd_rule) IS
    'implementation of >= operator';
CREATE FUNCTION cccd_rule_cmp(cccd_rule, cccd_rule) RETURNS integer
    AS 'byteacmp' LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION cccd_rule_cmp(cccd_rule, cccd_rule) IS
    'less-equal-greater of two rules, for btree: an arbitrary order';
CREATE FUNCTION cccd_rule_hash(cccd_rule) RETURNS integer
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION cccd_rule_hash(cccd_rule) IS
    'hash of a rule, the same on every architecture';
CREATE FUNCTION cccd_rule_hash_extended(cccd_rule, bigint) RETURNS bigint
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION cccd_rule_hash_extended(cccd_rule, bigint) IS
    '64-bit hash of a rule with a seed, the same on every architecture';

CREATE OPERATOR = (
    LEFTARG = cccd_rule, RIGHTARG = cccd_rule, FUNCTION = cccd_rule_eq,
    COMMUTATOR = =, NEGATOR = <>, RESTRICT = eqsel, JOIN = eqjoinsel,
    HASHES, MERGES);
COMMENT ON OPERATOR = (cccd_rule, cccd_rule) IS
    'the same canonical text';
CREATE OPERATOR <> (
    LEFTARG = cccd_rule, RIGHTARG = cccd_rule, FUNCTION = cccd_rule_ne,
    COMMUTATOR = <>, NEGATOR = =, RESTRICT = neqsel, JOIN = neqjoinsel);
COMMENT ON OPERATOR <> (cccd_rule, cccd_rule) IS
    'not equal';
CREATE OPERATOR < (
    LEFTARG = cccd_rule, RIGHTARG = cccd_rule, FUNCTION = cccd_rule_lt,
    COMMUTATOR = >, NEGATOR = >=, RESTRICT = scalarltsel, JOIN = scalarltjoinsel);
COMMENT ON OPERATOR < (cccd_rule, cccd_rule) IS
    'sorts before, in an arbitrary order';
CREATE OPERATOR <= (
    LEFTARG = cccd_rule, RIGHTARG = cccd_rule, FUNCTION = cccd_rule_le,
    COMMUTATOR = >=, NEGATOR = >, RESTRICT = scalarlesel, JOIN = scalarlejoinsel);
COMMENT ON OPERATOR <= (cccd_rule, cccd_rule) IS
    'sorts before or is equal, in an arbitrary order';
CREATE OPERATOR > (
    LEFTARG = cccd_rule, RIGHTARG = cccd_rule, FUNCTION = cccd_rule_gt,
    COMMUTATOR = <, NEGATOR = <=, RESTRICT = scalargtsel, JOIN = scalargtjoinsel);
COMMENT ON OPERATOR > (cccd_rule, cccd_rule) IS
    'sorts behind, in an arbitrary order';
CREATE OPERATOR >= (
    LEFTARG = cccd_rule, RIGHTARG = cccd_rule, FUNCTION = cccd_rule_ge,
    COMMUTATOR = <=, NEGATOR = <, RESTRICT = scalargesel, JOIN = scalargejoinsel);
COMMENT ON OPERATOR >= (cccd_rule, cccd_rule) IS
    'sorts behind or is equal, in an arbitrary order';

CREATE OPERATOR CLASS cccd_rule_ops DEFAULT FOR TYPE cccd_rule USING btree AS
    OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >,
    FUNCTION 1 cccd_rule_cmp(cccd_rule, cccd_rule),
    FUNCTION 2 bytea_sortsupport(internal),
    FUNCTION 4 btequalimage(oid);
COMMENT ON OPERATOR CLASS cccd_rule_ops USING btree IS
    'btree over rules, for DISTINCT, GROUP BY and unique indexes';
COMMENT ON OPERATOR FAMILY cccd_rule_ops USING btree IS
    'btree over rules';
CREATE OPERATOR CLASS cccd_rule_ops DEFAULT FOR TYPE cccd_rule USING hash AS
    OPERATOR 1 =,
    FUNCTION 1 cccd_rule_hash(cccd_rule),
    FUNCTION 2 cccd_rule_hash_extended(cccd_rule, bigint);
COMMENT ON OPERATOR CLASS cccd_rule_ops USING hash IS
    'hash over rules';
COMMENT ON OPERATOR FAMILY cccd_rule_ops USING hash IS
    'hash over rules';
