-- cccd_id: comparison, operator classes, aggregates
--
-- A number is compared, hashed and sorted by the server's own int8 code.

CREATE FUNCTION cccd_id_eq(cccd_id, cccd_id) RETURNS boolean
    AS 'int8eq' LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF;
COMMENT ON FUNCTION cccd_id_eq(cccd_id, cccd_id) IS
    'implementation of = operator';

CREATE FUNCTION cccd_id_ne(cccd_id, cccd_id) RETURNS boolean
    AS 'int8ne' LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF;
COMMENT ON FUNCTION cccd_id_ne(cccd_id, cccd_id) IS
    'implementation of <> operator';

CREATE FUNCTION cccd_id_lt(cccd_id, cccd_id) RETURNS boolean
    AS 'int8lt' LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF;
COMMENT ON FUNCTION cccd_id_lt(cccd_id, cccd_id) IS
    'implementation of < operator';

CREATE FUNCTION cccd_id_le(cccd_id, cccd_id) RETURNS boolean
    AS 'int8le' LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF;
COMMENT ON FUNCTION cccd_id_le(cccd_id, cccd_id) IS
    'implementation of <= operator';

CREATE FUNCTION cccd_id_gt(cccd_id, cccd_id) RETURNS boolean
    AS 'int8gt' LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF;
COMMENT ON FUNCTION cccd_id_gt(cccd_id, cccd_id) IS
    'implementation of > operator';

CREATE FUNCTION cccd_id_ge(cccd_id, cccd_id) RETURNS boolean
    AS 'int8ge' LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF;
COMMENT ON FUNCTION cccd_id_ge(cccd_id, cccd_id) IS
    'implementation of >= operator';

CREATE FUNCTION cccd_id_cmp(cccd_id, cccd_id) RETURNS integer
    AS 'btint8cmp' LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF;
COMMENT ON FUNCTION cccd_id_cmp(cccd_id, cccd_id) IS
    'less-equal-greater';

CREATE FUNCTION cccd_id_sortsupport(internal) RETURNS void
    AS 'btint8sortsupport' LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cccd_id_sortsupport(internal) IS
    'sort support';

CREATE FUNCTION cccd_id_in_range(cccd_id, cccd_id, bigint, boolean, boolean) RETURNS boolean
    AS 'in_range_int8_int8' LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cccd_id_in_range(cccd_id, cccd_id, bigint, boolean, boolean) IS
    'window RANGE support: offset is a count of numbers; 22013 if it is negative';

CREATE FUNCTION cccd_id_hash(cccd_id) RETURNS integer
    AS 'hashint8' LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF;
COMMENT ON FUNCTION cccd_id_hash(cccd_id) IS
    'hash';

CREATE FUNCTION cccd_id_hash_extended(cccd_id, bigint) RETURNS bigint
    AS 'hashint8extended' LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF;
COMMENT ON FUNCTION cccd_id_hash_extended(cccd_id, bigint) IS
    'hash with a seed';

CREATE FUNCTION cccd_id_smaller(cccd_id, cccd_id) RETURNS cccd_id
    AS 'int8smaller' LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF;
COMMENT ON FUNCTION cccd_id_smaller(cccd_id, cccd_id) IS
    'smaller of two';

CREATE FUNCTION cccd_id_larger(cccd_id, cccd_id) RETURNS cccd_id
    AS 'int8larger' LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF;
COMMENT ON FUNCTION cccd_id_larger(cccd_id, cccd_id) IS
    'larger of two';

CREATE OPERATOR = (
    LEFTARG = cccd_id, RIGHTARG = cccd_id, FUNCTION = cccd_id_eq,
    COMMUTATOR = =, NEGATOR = <>,
    RESTRICT = eqsel, JOIN = eqjoinsel, HASHES, MERGES
);
COMMENT ON OPERATOR = (cccd_id, cccd_id) IS
    'equal';

CREATE OPERATOR <> (
    LEFTARG = cccd_id, RIGHTARG = cccd_id, FUNCTION = cccd_id_ne,
    COMMUTATOR = <>, NEGATOR = =,
    RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (cccd_id, cccd_id) IS
    'not equal';

CREATE OPERATOR < (
    LEFTARG = cccd_id, RIGHTARG = cccd_id, FUNCTION = cccd_id_lt,
    COMMUTATOR = >, NEGATOR = >=,
    RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR < (cccd_id, cccd_id) IS
    'less than';

CREATE OPERATOR <= (
    LEFTARG = cccd_id, RIGHTARG = cccd_id, FUNCTION = cccd_id_le,
    COMMUTATOR = >=, NEGATOR = >,
    RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR <= (cccd_id, cccd_id) IS
    'less than or equal';

CREATE OPERATOR > (
    LEFTARG = cccd_id, RIGHTARG = cccd_id, FUNCTION = cccd_id_gt,
    COMMUTATOR = <, NEGATOR = <=,
    RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR > (cccd_id, cccd_id) IS
    'greater than';

CREATE OPERATOR >= (
    LEFTARG = cccd_id, RIGHTARG = cccd_id, FUNCTION = cccd_id_ge,
    COMMUTATOR = <=, NEGATOR = <,
    RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR >= (cccd_id, cccd_id) IS
    'greater than or equal';

CREATE OPERATOR CLASS cccd_id_ops
    DEFAULT FOR TYPE cccd_id USING btree AS
    OPERATOR 1 <,
    OPERATOR 2 <=,
    OPERATOR 3 =,
    OPERATOR 4 >=,
    OPERATOR 5 >,
    FUNCTION 1 cccd_id_cmp(cccd_id, cccd_id),
    FUNCTION 2 cccd_id_sortsupport(internal),
    FUNCTION 3 (cccd_id, bigint) cccd_id_in_range(cccd_id, cccd_id, bigint, boolean, boolean),
    FUNCTION 4 btequalimage(oid);
COMMENT ON OPERATOR CLASS cccd_id_ops USING btree IS
    'order of the numbers, and so of their places';
COMMENT ON OPERATOR FAMILY cccd_id_ops USING btree IS
    'order of the numbers, and so of their places';

CREATE OPERATOR CLASS cccd_id_ops
    DEFAULT FOR TYPE cccd_id USING hash AS
    OPERATOR 1 =,
    FUNCTION 1 cccd_id_hash(cccd_id),
    FUNCTION 2 cccd_id_hash_extended(cccd_id, bigint);
COMMENT ON OPERATOR CLASS cccd_id_ops USING hash IS
    'equality of numbers; hash values are those of bigint';
COMMENT ON OPERATOR FAMILY cccd_id_ops USING hash IS
    'equality of numbers; hash values are those of bigint';

CREATE OPERATOR CLASS cccd_id_minmax_ops
    DEFAULT FOR TYPE cccd_id USING brin AS
    OPERATOR 1 <,
    OPERATOR 2 <=,
    OPERATOR 3 =,
    OPERATOR 4 >=,
    OPERATOR 5 >,
    FUNCTION 1 brin_minmax_opcinfo(internal),
    FUNCTION 2 brin_minmax_add_value(internal, internal, internal, internal),
    FUNCTION 3 brin_minmax_consistent(internal, internal, internal),
    FUNCTION 4 brin_minmax_union(internal, internal, internal);
COMMENT ON OPERATOR CLASS cccd_id_minmax_ops USING brin IS
    'lowest and highest number of a block range';
COMMENT ON OPERATOR FAMILY cccd_id_minmax_ops USING brin IS
    'lowest and highest number of a block range';

CREATE OPERATOR CLASS cccd_id_minmax_multi_ops
    FOR TYPE cccd_id USING brin AS
    OPERATOR 1 <,
    OPERATOR 2 <=,
    OPERATOR 3 =,
    OPERATOR 4 >=,
    OPERATOR 5 >,
    FUNCTION 1 brin_minmax_multi_opcinfo(internal),
    FUNCTION 2 brin_minmax_multi_add_value(internal, internal, internal, internal),
    FUNCTION 3 brin_minmax_multi_consistent(internal, internal, internal, integer),
    FUNCTION 4 brin_minmax_multi_union(internal, internal, internal),
    FUNCTION 5 brin_minmax_multi_options(internal),
    FUNCTION 11 brin_minmax_multi_distance_int8(internal, internal);
COMMENT ON OPERATOR CLASS cccd_id_minmax_multi_ops USING brin IS
    'several intervals of numbers of a block range; keeps its use when a few rows are out of order';
COMMENT ON OPERATOR FAMILY cccd_id_minmax_multi_ops USING brin IS
    'several intervals of numbers of a block range; keeps its use when a few rows are out of order';

CREATE AGGREGATE min(cccd_id) (
    SFUNC = cccd_id_smaller, STYPE = cccd_id, COMBINEFUNC = cccd_id_smaller,
    SORTOP = <, PARALLEL = SAFE
);
COMMENT ON AGGREGATE min(cccd_id) IS
    'lowest number of all that are not NULL';

CREATE AGGREGATE max(cccd_id) (
    SFUNC = cccd_id_larger, STYPE = cccd_id, COMBINEFUNC = cccd_id_larger,
    SORTOP = >, PARALLEL = SAFE
);
COMMENT ON AGGREGATE max(cccd_id) IS
    'highest number of all that are not NULL';
