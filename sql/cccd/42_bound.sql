-- cccd_bound: a rule at a time in a context

CREATE TYPE cccd_bound;
CREATE FUNCTION cccd_bound_in(cstring) RETURNS cccd_bound
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION cccd_bound_in(cstring) IS
    'input of cccd_bound: (rule) @ time {context}, a time without a zone is Viet Nam''s; errors as for cccd_rule';
CREATE FUNCTION cccd_bound_out(cccd_bound) RETURNS cstring
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 40;
COMMENT ON FUNCTION cccd_bound_out(cccd_bound) IS
    'output of cccd_bound: canonical text, times in UTC+7 whatever the session''s time zone';
CREATE FUNCTION cccd_bound_recv(internal) RETURNS cccd_bound
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION cccd_bound_recv(internal) IS
    'binary input of cccd_bound: a byte of version (1) and text; 22P03 where text input gives 22P02';
CREATE FUNCTION cccd_bound_send(cccd_bound) RETURNS bytea
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 40;
COMMENT ON FUNCTION cccd_bound_send(cccd_bound) IS
    'binary output of cccd_bound: a byte of version (1) and canonical text';
CREATE TYPE cccd_bound (
    INPUT = cccd_bound_in,
    OUTPUT = cccd_bound_out,
    RECEIVE = cccd_bound_recv,
    SEND = cccd_bound_send,
    ANALYZE = cccd_private_typanalyze,
    INTERNALLENGTH = VARIABLE,
    ALIGNMENT = int4,
    STORAGE = extended
);
COMMENT ON TYPE cccd_bound IS
    'a rule bound to a time and a context: durations have become times, so that many records can be compared with it quickly';

CREATE FUNCTION cccd_rule_bind(rule cccd_rule, at timestamptz,
    context cccd_context DEFAULT cccd_context()) RETURNS cccd_bound
    AS 'MODULE_PATHNAME', 'cccd_bound_make'
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION cccd_rule_bind(cccd_rule, timestamptz, cccd_context) IS
    'the rule at a time in a context; months and years are counted in the calendar of UTC+7 (Civil Code 2015, Article 148). 22008 for a time that is infinite or not between 1900-01-01 and 2136-01-01';
CREATE FUNCTION cccd_rule_bind_lossy(rule cccd_rule, at timestamptz, context cccd_context) RETURNS cccd_bound
    AS 'MODULE_PATHNAME', 'cccd_bound_make_lossy'
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION cccd_rule_bind_lossy(cccd_rule, timestamptz, cccd_context) IS
    'what the planner asks an index in the place of cccd_eligible(): cccd_rule_bind(), but for a time out of range a rule that every record satisfies, so that cccd_eligible() itself raises the error, and only if there is a record to ask about';
CREATE FUNCTION cccd_rule_at(cccd_rule, timestamptz) RETURNS cccd_bound
    AS 'MODULE_PATHNAME', 'cccd_bound_make'
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION cccd_rule_at(cccd_rule, timestamptz) IS
    'implementation of @ operator';
CREATE OPERATOR @ (
    LEFTARG = cccd_rule, RIGHTARG = timestamptz, FUNCTION = cccd_rule_at);
COMMENT ON OPERATOR @ (cccd_rule, timestamptz) IS
    'the rule at a time, with nothing known beyond the record; cccd_rule_bind() takes a context, too';

CREATE FUNCTION cccd_bound_rule(cccd_bound) RETURNS cccd_rule
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION cccd_bound_rule(cccd_bound) IS
    'the rule of a bound rule';
CREATE FUNCTION cccd_bound_at(cccd_bound) RETURNS timestamptz
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION cccd_bound_at(cccd_bound) IS
    'the time of a bound rule';
CREATE FUNCTION cccd_bound_context(cccd_bound) RETURNS cccd_context
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION cccd_bound_context(cccd_bound) IS
    'the context of a bound rule';

CREATE FUNCTION cccd_bound_eq(cccd_bound, cccd_bound) RETURNS boolean
    AS 'byteaeq' LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION cccd_bound_eq(cccd_bound, cccd_bound) IS
    'implementation of = operator';
CREATE FUNCTION cccd_bound_ne(cccd_bound, cccd_bound) RETURNS boolean
    AS 'byteane' LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION cccd_bound_ne(cccd_bound, cccd_bound) IS
    'implementation of <> operator';
CREATE FUNCTION cccd_bound_lt(cccd_bound, cccd_bound) RETURNS boolean
    AS 'bytealt' LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION cccd_bound_lt(cccd_bound, cccd_bound) IS
    'implementation of < operator';
CREATE FUNCTION cccd_bound_le(cccd_bound, cccd_bound) RETURNS boolean
    AS 'byteale' LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION cccd_bound_le(cccd_bound, cccd_bound) IS
    'implementation of <= operator';
CREATE FUNCTION cccd_bound_gt(cccd_bound, cccd_bound) RETURNS boolean
    AS 'byteagt' LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION cccd_bound_gt(cccd_bound, cccd_bound) IS
    'implementation of > operator';
CREATE FUNCTION cccd_bound_ge(cccd_bound, cccd_bound) RETURNS boolean
    AS 'byteage' LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION cccd_bound_ge(cccd_bound, cccd_bound) IS
    'implementation of >= operator';
CREATE FUNCTION cccd_bound_cmp(cccd_bound, cccd_bound) RETURNS integer
    AS 'byteacmp' LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION cccd_bound_cmp(cccd_bound, cccd_bound) IS
    'less-equal-greater of two bound rules, for btree: an order without a meaning';
CREATE FUNCTION cccd_bound_hash(cccd_bound) RETURNS integer
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION cccd_bound_hash(cccd_bound) IS
    'hash of a bound rule, the same on every architecture';
CREATE FUNCTION cccd_bound_hash_extended(cccd_bound, bigint) RETURNS bigint
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION cccd_bound_hash_extended(cccd_bound, bigint) IS
    '64-bit hash of a bound rule with a seed, the same on every architecture';

CREATE OPERATOR = (
    LEFTARG = cccd_bound, RIGHTARG = cccd_bound, FUNCTION = cccd_bound_eq,
    COMMUTATOR = =, NEGATOR = <>, RESTRICT = eqsel, JOIN = eqjoinsel,
    HASHES, MERGES);
COMMENT ON OPERATOR = (cccd_bound, cccd_bound) IS
    'the same rule, time and context, and so the same canonical text';
CREATE OPERATOR <> (
    LEFTARG = cccd_bound, RIGHTARG = cccd_bound, FUNCTION = cccd_bound_ne,
    COMMUTATOR = <>, NEGATOR = =, RESTRICT = neqsel, JOIN = neqjoinsel);
COMMENT ON OPERATOR <> (cccd_bound, cccd_bound) IS
    'not equal';
CREATE OPERATOR < (
    LEFTARG = cccd_bound, RIGHTARG = cccd_bound, FUNCTION = cccd_bound_lt,
    COMMUTATOR = >, NEGATOR = >=, RESTRICT = scalarltsel, JOIN = scalarltjoinsel);
COMMENT ON OPERATOR < (cccd_bound, cccd_bound) IS
    'sorts before, in an order without a meaning';
CREATE OPERATOR <= (
    LEFTARG = cccd_bound, RIGHTARG = cccd_bound, FUNCTION = cccd_bound_le,
    COMMUTATOR = >=, NEGATOR = >, RESTRICT = scalarlesel, JOIN = scalarlejoinsel);
COMMENT ON OPERATOR <= (cccd_bound, cccd_bound) IS
    'sorts before or is equal, in an order without a meaning';
CREATE OPERATOR > (
    LEFTARG = cccd_bound, RIGHTARG = cccd_bound, FUNCTION = cccd_bound_gt,
    COMMUTATOR = <, NEGATOR = <=, RESTRICT = scalargtsel, JOIN = scalargtjoinsel);
COMMENT ON OPERATOR > (cccd_bound, cccd_bound) IS
    'sorts behind, in an order without a meaning';
CREATE OPERATOR >= (
    LEFTARG = cccd_bound, RIGHTARG = cccd_bound, FUNCTION = cccd_bound_ge,
    COMMUTATOR = <=, NEGATOR = <, RESTRICT = scalargesel, JOIN = scalargejoinsel);
COMMENT ON OPERATOR >= (cccd_bound, cccd_bound) IS
    'sorts behind or is equal, in an order without a meaning';

CREATE OPERATOR CLASS cccd_bound_ops DEFAULT FOR TYPE cccd_bound USING btree AS
    OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >,
    FUNCTION 1 cccd_bound_cmp(cccd_bound, cccd_bound),
    FUNCTION 2 bytea_sortsupport(internal),
    FUNCTION 4 btequalimage(oid);
COMMENT ON OPERATOR CLASS cccd_bound_ops USING btree IS
    'btree over bound rules, for DISTINCT, GROUP BY and unique indexes';
COMMENT ON OPERATOR FAMILY cccd_bound_ops USING btree IS
    'btree over bound rules';
CREATE OPERATOR CLASS cccd_bound_ops DEFAULT FOR TYPE cccd_bound USING hash AS
    OPERATOR 1 =,
    FUNCTION 1 cccd_bound_hash(cccd_bound),
    FUNCTION 2 cccd_bound_hash_extended(cccd_bound, bigint);
COMMENT ON OPERATOR CLASS cccd_bound_ops USING hash IS
    'hash over bound rules';
COMMENT ON OPERATOR FAMILY cccd_bound_ops USING hash IS
    'hash over bound rules';
