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
