-- cccd_context: what the caller of a rule knows beyond the health record

CREATE TYPE cccd_context;
CREATE FUNCTION cccd_context_in(cstring) RETURNS cccd_context
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION cccd_context_in(cstring) IS
    'input of cccd_context; 22P02 with the character position where something else was expected';
CREATE FUNCTION cccd_context_out(cccd_context) RETURNS cstring
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION cccd_context_out(cccd_context) IS
    'output of cccd_context: the known parts in a fixed order; sex, place and birth date as one part, person, that nobody reads in a plan or a log, but that input and cccd_context_fields() open';
CREATE FUNCTION cccd_context_recv(internal) RETURNS cccd_context
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION cccd_context_recv(internal) IS
    'binary input of cccd_context: eight bytes; 22P03 if they are not a context';
CREATE FUNCTION cccd_context_send(cccd_context) RETURNS bytea
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION cccd_context_send(cccd_context) IS
    'binary output of cccd_context: eight bytes';
CREATE FUNCTION cccd_private_typanalyze(internal) RETURNS boolean
    AS 'MODULE_PATHNAME' LANGUAGE C STABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cccd_private_typanalyze(internal) IS
    'what ANALYZE does with columns of cccd_context and cccd_bound: null fraction, width, count of distinct values and correlation, never a value, which may tell of a person';
CREATE TYPE cccd_context (
    INPUT = cccd_context_in,
    OUTPUT = cccd_context_out,
    RECEIVE = cccd_context_recv,
    SEND = cccd_context_send,
    ANALYZE = cccd_private_typanalyze,
    LIKE = int8
);
COMMENT ON TYPE cccd_context IS
    'what is known at the gate beyond the health record: ticket, accompanied, evidence, level, origin_level, sex, place and birth_date, each possibly unknown, in eight bytes';

CREATE FUNCTION cccd_context_join(cccd_context, cccd_context) RETURNS cccd_context
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cccd_context_join(cccd_context, cccd_context) IS
    'what the first context knows, and of the parts that it does not know what the second does';
CREATE FUNCTION cccd_context_support(internal) RETURNS internal
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cccd_context_support(internal) IS
    'planner support of cccd_context(): a person whose birth date, sex or place is known beside arguments that are not becomes a constant of its own, which a plan does not show';
CREATE FUNCTION cccd_context(ticket boolean DEFAULT NULL,
    accompanied boolean DEFAULT NULL, evidence text DEFAULT NULL,
    level integer DEFAULT NULL, origin_level integer DEFAULT NULL,
    birth_date date DEFAULT NULL, sex text DEFAULT NULL,
    place integer DEFAULT NULL) RETURNS cccd_context
    AS 'MODULE_PATHNAME', 'cccd_context_make'
    LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10
    SUPPORT cccd_context_support;
COMMENT ON FUNCTION cccd_context(boolean, boolean, text, integer, integer, date, text, integer) IS
    'a context of what is known, null is not known: ticket held; accompanied by an adult; evidence: claimed, paper, qr, registry, signature, chip or genuine; epidemic level of the place and of where the person comes from, 1 to 4 (Resolution 128/NQ-CP); birth date, 1800-01-01 to 2158-11-10; sex: M or F; place: first digits of an identity number, 1 to 999. 22023 for anything else';
CREATE FUNCTION cccd_context_fields(context cccd_context, OUT ticket boolean,
    OUT accompanied boolean, OUT evidence text, OUT level integer,
    OUT origin_level integer, OUT birth_date date, OUT sex text,
    OUT place integer)
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION cccd_context_fields(cccd_context) IS
    'the parts of a context as one row, null where not known; the columns are the arguments of cccd_context()';

CREATE FUNCTION cccd_context_eq(cccd_context, cccd_context) RETURNS boolean
    AS 'int8eq' LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION cccd_context_eq(cccd_context, cccd_context) IS
    'implementation of = operator';
CREATE FUNCTION cccd_context_ne(cccd_context, cccd_context) RETURNS boolean
    AS 'int8ne' LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION cccd_context_ne(cccd_context, cccd_context) IS
    'implementation of <> operator';
CREATE FUNCTION cccd_context_lt(cccd_context, cccd_context) RETURNS boolean
    AS 'int8lt' LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION cccd_context_lt(cccd_context, cccd_context) IS
    'implementation of < operator';
CREATE FUNCTION cccd_context_le(cccd_context, cccd_context) RETURNS boolean
    AS 'int8le' LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION cccd_context_le(cccd_context, cccd_context) IS
    'implementation of <= operator';
CREATE FUNCTION cccd_context_gt(cccd_context, cccd_context) RETURNS boolean
    AS 'int8gt' LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION cccd_context_gt(cccd_context, cccd_context) IS
    'implementation of > operator';
CREATE FUNCTION cccd_context_ge(cccd_context, cccd_context) RETURNS boolean
    AS 'int8ge' LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION cccd_context_ge(cccd_context, cccd_context) IS
    'implementation of >= operator';
CREATE FUNCTION cccd_context_cmp(cccd_context, cccd_context) RETURNS integer
    AS 'btint8cmp' LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION cccd_context_cmp(cccd_context, cccd_context) IS
    'less-equal-greater of two contexts, for btree: an arbitrary order';
CREATE FUNCTION cccd_context_hash(cccd_context) RETURNS integer
    AS 'hashint8' LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION cccd_context_hash(cccd_context) IS
    'hash of a context';
CREATE FUNCTION cccd_context_hash_extended(cccd_context, bigint) RETURNS bigint
    AS 'hashint8extended' LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION cccd_context_hash_extended(cccd_context, bigint) IS
    '64-bit hash of a context with a seed';

CREATE OPERATOR = (
    LEFTARG = cccd_context, RIGHTARG = cccd_context, FUNCTION = cccd_context_eq,
    COMMUTATOR = =, NEGATOR = <>, RESTRICT = eqsel, JOIN = eqjoinsel,
    HASHES, MERGES);
COMMENT ON OPERATOR = (cccd_context, cccd_context) IS
    'the same is known, and the same is unknown';
CREATE OPERATOR <> (
    LEFTARG = cccd_context, RIGHTARG = cccd_context, FUNCTION = cccd_context_ne,
    COMMUTATOR = <>, NEGATOR = =, RESTRICT = neqsel, JOIN = neqjoinsel);
COMMENT ON OPERATOR <> (cccd_context, cccd_context) IS
    'not equal';
CREATE OPERATOR < (
    LEFTARG = cccd_context, RIGHTARG = cccd_context, FUNCTION = cccd_context_lt,
    COMMUTATOR = >, NEGATOR = >=, RESTRICT = scalarltsel, JOIN = scalarltjoinsel);
COMMENT ON OPERATOR < (cccd_context, cccd_context) IS
    'sorts before, in an arbitrary order';
CREATE OPERATOR <= (
    LEFTARG = cccd_context, RIGHTARG = cccd_context, FUNCTION = cccd_context_le,
    COMMUTATOR = >=, NEGATOR = >, RESTRICT = scalarlesel, JOIN = scalarlejoinsel);
COMMENT ON OPERATOR <= (cccd_context, cccd_context) IS
    'sorts before or is equal, in an arbitrary order';
CREATE OPERATOR > (
    LEFTARG = cccd_context, RIGHTARG = cccd_context, FUNCTION = cccd_context_gt,
    COMMUTATOR = <, NEGATOR = <=, RESTRICT = scalargtsel, JOIN = scalargtjoinsel);
COMMENT ON OPERATOR > (cccd_context, cccd_context) IS
    'sorts behind, in an arbitrary order';
CREATE OPERATOR >= (
    LEFTARG = cccd_context, RIGHTARG = cccd_context, FUNCTION = cccd_context_ge,
    COMMUTATOR = <=, NEGATOR = <, RESTRICT = scalargesel, JOIN = scalargejoinsel);
COMMENT ON OPERATOR >= (cccd_context, cccd_context) IS
    'sorts behind or is equal, in an arbitrary order';

CREATE OPERATOR CLASS cccd_context_ops DEFAULT FOR TYPE cccd_context USING btree AS
    OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >,
    FUNCTION 1 cccd_context_cmp(cccd_context, cccd_context),
    FUNCTION 2 btint8sortsupport(internal),
    FUNCTION 4 btequalimage(oid);
COMMENT ON OPERATOR CLASS cccd_context_ops USING btree IS
    'btree over contexts, for DISTINCT, GROUP BY and unique indexes';
COMMENT ON OPERATOR FAMILY cccd_context_ops USING btree IS
    'btree over contexts';
CREATE OPERATOR CLASS cccd_context_ops DEFAULT FOR TYPE cccd_context USING hash AS
    OPERATOR 1 =,
    FUNCTION 1 cccd_context_hash(cccd_context),
    FUNCTION 2 cccd_context_hash_extended(cccd_context, bigint);
COMMENT ON OPERATOR CLASS cccd_context_ops USING hash IS
    'hash over contexts';
COMMENT ON OPERATOR FAMILY cccd_context_ops USING hash IS
    'hash over contexts';
