-- the index: who satisfies a rule at a time

CREATE TYPE cccd_health_box;
CREATE FUNCTION cccd_health_box_in(cstring) RETURNS cccd_health_box
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cccd_health_box_in(cstring) IS
    'input of cccd_health_box: always an error, keys live in indexes only';
CREATE FUNCTION cccd_health_box_out(cccd_health_box) RETURNS cstring
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cccd_health_box_out(cccd_health_box) IS
    'output of cccd_health_box: always an error, keys live in indexes only';
CREATE TYPE cccd_health_box (
    INPUT = cccd_health_box_in,
    OUTPUT = cccd_health_box_out,
    INTERNALLENGTH = VARIABLE
);
COMMENT ON TYPE cccd_health_box IS
    'key of a GiST index on health records: a point, or the box around points and the stretch of the curve on which they lie; never a value of a column';

CREATE FUNCTION cccd_health_gist_consistent(internal, cccd_health, smallint, oid, internal) RETURNS boolean
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cccd_health_gist_consistent(internal, cccd_health, smallint, oid, internal) IS
    'GiST support: may the bound rule of the scan pass below an entry (declared with the indexed type, as GiST wants it)';
CREATE FUNCTION cccd_health_gist_union(internal, internal) RETURNS cccd_health_box
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cccd_health_gist_union(internal, internal) IS
    'GiST support: the box around entries, and the stretch of the curve on which they lie';
CREATE FUNCTION cccd_health_gist_compress(internal) RETURNS internal
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cccd_health_gist_compress(internal) IS
    'GiST support: the point of a record';
CREATE FUNCTION cccd_health_gist_penalty(internal, internal, internal) RETURNS internal
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cccd_health_gist_penalty(internal, internal, internal) IS
    'GiST support: how far an entry lies from the stretch of the curve below a key';
CREATE FUNCTION cccd_health_gist_picksplit(internal, internal) RETURNS internal
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cccd_health_gist_picksplit(internal, internal) IS
    'GiST support: divide the entries of a page between two places of the curve';
CREATE FUNCTION cccd_health_gist_same(cccd_health_box, cccd_health_box, internal) RETURNS internal
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cccd_health_gist_same(cccd_health_box, cccd_health_box, internal) IS
    'GiST support: are two keys equal';
CREATE FUNCTION cccd_health_gist_options(internal) RETURNS void
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cccd_health_gist_options(internal) IS
    'GiST support: the option disease, which the points are about';
CREATE FUNCTION cccd_health_gist_sortsupport(internal) RETURNS void
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cccd_health_gist_sortsupport(internal) IS
    'GiST support: the order of the sorted build';

CREATE OPERATOR FAMILY cccd_health_ops USING gist;
COMMENT ON OPERATOR FAMILY cccd_health_ops USING gist IS
    'health records that satisfy a bound rule';
CREATE OPERATOR CLASS cccd_health_ops DEFAULT FOR TYPE cccd_health USING gist
    FAMILY cccd_health_ops AS
    OPERATOR 1 @@ (cccd_health, cccd_bound),
    FUNCTION 1 cccd_health_gist_consistent(internal, cccd_health, smallint, oid, internal),
    FUNCTION 2 cccd_health_gist_union(internal, internal),
    FUNCTION 3 cccd_health_gist_compress(internal),
    FUNCTION 5 cccd_health_gist_penalty(internal, internal, internal),
    FUNCTION 6 cccd_health_gist_picksplit(internal, internal),
    FUNCTION 7 cccd_health_gist_same(cccd_health_box, cccd_health_box, internal),
    FUNCTION 10 cccd_health_gist_options(internal),
    FUNCTION 11 cccd_health_gist_sortsupport(internal),
    STORAGE cccd_health_box;
COMMENT ON OPERATOR CLASS cccd_health_ops USING gist IS
    'index for health @@ (rule @ at) and cccd_eligible(health, ...), any rule and any time; option disease (default covid19)';
