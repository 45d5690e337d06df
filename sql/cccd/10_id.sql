-- cccd_id: the 12-digit personal identification number

CREATE TYPE cccd_id;

CREATE FUNCTION cccd_id_in(cstring) RETURNS cccd_id
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cccd_id_in(cstring) IS
    'I/O: exactly 12 ASCII digits, nothing before or after; 22P02 otherwise, without the text';

CREATE FUNCTION cccd_id_out(cccd_id) RETURNS cstring
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cccd_id_out(cccd_id) IS
    'I/O: always 12 digits';

CREATE FUNCTION cccd_id_recv(internal) RETURNS cccd_id
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cccd_id_recv(internal) IS
    'I/O: 8 bytes, the number as bigint in network order; 22P03 if it is not between 0 and 999999999999';

CREATE FUNCTION cccd_id_send(cccd_id) RETURNS bytea
    AS 'int8send' LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cccd_id_send(cccd_id) IS
    'I/O: 8 bytes, the number as bigint in network order';

CREATE FUNCTION cccd_id_typanalyze(internal) RETURNS boolean
    AS 'MODULE_PATHNAME' LANGUAGE C STABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cccd_id_typanalyze(internal) IS
    'cccd_id typanalyze: no common values, histogram of the first six digits only, so that no number stands in pg_statistic';

CREATE TYPE cccd_id (
    INPUT = cccd_id_in,
    OUTPUT = cccd_id_out,
    RECEIVE = cccd_id_recv,
    SEND = cccd_id_send,
    ANALYZE = cccd_id_typanalyze,
    LIKE = bigint,
    CATEGORY = 'U'
);
COMMENT ON TYPE cccd_id IS
    'personal identification number of Viet Nam, 12 digits without check digit (Law 26/2023/QH15 art. 12), 8 bytes; what the digits say of place, sex and year of birth may be wrong';

-- casts: explicit only, so that no arithmetic happens to a number

CREATE FUNCTION cccd_id_from_bigint(bigint) RETURNS cccd_id
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cccd_id_from_bigint(bigint) IS
    'convert bigint to cccd_id, leading zeros restored; 22003 if it is not between 0 and 999999999999';

CREATE FUNCTION cccd_id_from_integer(integer) RETURNS cccd_id
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cccd_id_from_integer(integer) IS
    'convert integer to cccd_id, leading zeros restored; 22003 if it is negative';

CREATE FUNCTION cccd_id_from_numeric(numeric) RETURNS cccd_id
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION cccd_id_from_numeric(numeric) IS
    'convert numeric to cccd_id, leading zeros restored; 22003 if it is not a whole number between 0 and 999999999999, it is never rounded';

CREATE FUNCTION cccd_id_to_numeric(cccd_id) RETURNS numeric
    AS 'int8_numeric' LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cccd_id_to_numeric(cccd_id) IS
    'convert cccd_id to numeric, without leading zeros';

CREATE CAST (bigint AS cccd_id) WITH FUNCTION cccd_id_from_bigint(bigint);
COMMENT ON CAST (bigint AS cccd_id) IS
    'explicit; 22003 if the value is not between 0 and 999999999999';

CREATE CAST (integer AS cccd_id) WITH FUNCTION cccd_id_from_integer(integer);
COMMENT ON CAST (integer AS cccd_id) IS
    'explicit; 22003 if the value is negative';

CREATE CAST (numeric AS cccd_id) WITH FUNCTION cccd_id_from_numeric(numeric);
COMMENT ON CAST (numeric AS cccd_id) IS
    'explicit; 22003 if the value is not a whole number between 0 and 999999999999';

CREATE CAST (cccd_id AS bigint) WITHOUT FUNCTION;
COMMENT ON CAST (cccd_id AS bigint) IS
    'explicit; the number without its leading zeros';

CREATE CAST (cccd_id AS numeric) WITH FUNCTION cccd_id_to_numeric(cccd_id);
COMMENT ON CAST (cccd_id AS numeric) IS
    'explicit; the number without its leading zeros';

-- what the digits say

CREATE FUNCTION cccd_id_place(id cccd_id) RETURNS smallint
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF;
COMMENT ON FUNCTION cccd_id_place(cccd_id) IS
    'place of birth registration, the first three digits, 0 to 999: province of 2016 (1 to 96) or country (101 to 295), Circular 07/2016/TT-BCA annexes I, II; a condition on it needs an index on the expression, cccd_id_in_place() uses an index on id';

CREATE FUNCTION cccd_id_place_first(place integer) RETURNS cccd_id
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF;
COMMENT ON FUNCTION cccd_id_place_first(integer) IS
    'lowest number whose first three digits are the place; of a place outside 0 to 999 a number that is above cccd_id_place_last() of it, so that nothing lies between the two';

CREATE FUNCTION cccd_id_place_last(place integer) RETURNS cccd_id
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF;
COMMENT ON FUNCTION cccd_id_place_last(integer) IS
    'highest number whose first three digits are the place; of a place outside 0 to 999 a number that is below cccd_id_place_first() of it, so that nothing lies between the two';

CREATE FUNCTION cccd_id_places_first(places integer[]) RETURNS cccd_id
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF;
COMMENT ON FUNCTION cccd_id_places_first(integer[]) IS
    'lowest number of the places of a list; NULL elements and places outside 0 to 999 are ignored, and if nothing is left it is a number above cccd_id_places_last() of the list';

CREATE FUNCTION cccd_id_places_last(places integer[]) RETURNS cccd_id
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF;
COMMENT ON FUNCTION cccd_id_places_last(integer[]) IS
    'highest number of the places of a list; NULL elements and places outside 0 to 999 are ignored, and if nothing is left it is a number below cccd_id_places_first() of the list';

CREATE FUNCTION cccd_id_in_place_support(internal) RETURNS internal
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cccd_id_in_place_support(internal) IS
    'planner support of cccd_id_in_place(): ranges of the number in its place, index conditions and selectivity of a list that is not known';

CREATE FUNCTION cccd_id_in_place(id cccd_id, VARIADIC places integer[]) RETURNS boolean
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE LEAKPROOF COST 2
    SUPPORT cccd_id_in_place_support;
COMMENT ON FUNCTION cccd_id_in_place(cccd_id, integer[]) IS
    'whether the first three digits are one of the places, as cccd_id_place(id) = ANY (places) says it, nulls included; the planner replaces the call by ranges of id, which use any btree or BRIN index on id and prune partitions. A place outside 0 to 999 has no numbers';

CREATE FUNCTION cccd_id_place_name(id cccd_id) RETURNS text
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION cccd_id_place_name(cccd_id) IS
    'Vietnamese name of the place of birth registration, province of 2016 or country; NULL if the code was never assigned; 22P05 if the database encoding cannot hold the name';

CREATE FUNCTION cccd_id_place_successor(id cccd_id) RETURNS smallint
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF COST 2;
COMMENT ON FUNCTION cccd_id_place_successor(cccd_id) IS
    'code of the province, one of 34 since 1 July 2025, that the province of the number is part of (Resolution 202/2025/QH15, Decision 19/2025/QD-TTg); NULL for countries and codes never assigned';

CREATE FUNCTION cccd_id_place_successor_name(id cccd_id) RETURNS text
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION cccd_id_place_successor_name(cccd_id) IS
    'Vietnamese name of the province, one of 34 since 1 July 2025, that the province of the number is part of; NULL for countries and codes never assigned; 22P05 if the database encoding cannot hold the name';

CREATE FUNCTION cccd_id_sex(id cccd_id) RETURNS text
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF;
COMMENT ON FUNCTION cccd_id_sex(cccd_id) IS
    'sex by the fourth digit: M if it is even, F if it is odd (Circular 07/2016/TT-BCA annex III)';

CREATE FUNCTION cccd_id_birth_year(id cccd_id) RETURNS smallint
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF;
COMMENT ON FUNCTION cccd_id_birth_year(cccd_id) IS
    'year of birth by digits four to six, 1900 to 2399 (Circular 07/2016/TT-BCA annex III)';

CREATE FUNCTION cccd_id_fits(id cccd_id, birth_date date, sex text DEFAULT NULL) RETURNS boolean
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 2;
COMMENT ON FUNCTION cccd_id_fits(cccd_id, date, text) IS
    'whether number and card agree on year of birth and sex (M, F, or X for not stated); what is NULL or X is not compared, NULL if nothing is; 22023 for another sex';

CREATE FUNCTION cccd_id_mask(id cccd_id, keep integer DEFAULT 3) RETURNS text
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cccd_id_mask(cccd_id, integer) IS
    'the last keep digits (0 to 12), an asterisk for each other; 22023 for another keep';

CREATE FUNCTION cccd_id_pseudonym(id cccd_id, key bytea) RETURNS uuid
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 500;
COMMENT ON FUNCTION cccd_id_pseudonym(cccd_id, bytea) IS
    'pseudonym of a number: first 16 bytes of HMAC-SHA-256(key, the 12 digits) as UUID version 8 (RFC 2104, RFC 9562); 22023 if the key has less than 16 bytes, 54000 if more than a megabyte';
