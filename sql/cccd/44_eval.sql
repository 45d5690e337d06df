-- answers of rules for records

CREATE FUNCTION cccd_health_sel(internal, oid, internal, integer) RETURNS double precision
    AS 'MODULE_PATHNAME' LANGUAGE C STABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cccd_health_sel(internal, oid, internal, integer) IS
    'restriction selectivity of @@ operators, from a sample of points';
CREATE FUNCTION cccd_health_joinsel(internal, oid, internal, smallint, internal) RETURNS double precision
    AS 'MODULE_PATHNAME' LANGUAGE C STABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cccd_health_joinsel(internal, oid, internal, smallint, internal) IS
    'join selectivity of @@ operators';
CREATE FUNCTION cccd_eligible_support(internal) RETURNS internal
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cccd_eligible_support(internal) IS
    'planner support of cccd_eligible(): index condition and selectivity';

CREATE FUNCTION cccd_health_satisfies(cccd_health, cccd_bound) RETURNS boolean
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION cccd_health_satisfies(cccd_health, cccd_bound) IS
    'implementation of @@ operator';
CREATE FUNCTION cccd_bound_satisfied(cccd_bound, cccd_health) RETURNS boolean
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION cccd_bound_satisfied(cccd_bound, cccd_health) IS
    'implementation of @@ operator';
CREATE OPERATOR @@ (
    LEFTARG = cccd_health, RIGHTARG = cccd_bound,
    FUNCTION = cccd_health_satisfies, COMMUTATOR = @@,
    RESTRICT = cccd_health_sel, JOIN = cccd_health_joinsel);
COMMENT ON OPERATOR @@ (cccd_health, cccd_bound) IS
    'the record satisfies the rule at its time: true, false, or null where it is not known, as for a person without a record';
CREATE OPERATOR @@ (
    LEFTARG = cccd_bound, RIGHTARG = cccd_health,
    FUNCTION = cccd_bound_satisfied, COMMUTATOR = @@,
    RESTRICT = cccd_health_sel, JOIN = cccd_health_joinsel);
COMMENT ON OPERATOR @@ (cccd_bound, cccd_health) IS
    'the rule at its time is satisfied by the record: true, false, or null where it is not known, as for a person without a record';

CREATE FUNCTION cccd_eligible(health cccd_health, rule cccd_rule,
    at timestamptz, context cccd_context DEFAULT cccd_context())
    RETURNS boolean
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE
    SUPPORT cccd_eligible_support;
COMMENT ON FUNCTION cccd_eligible(cccd_health, cccd_rule, timestamptz, cccd_context) IS
    'whether a person satisfies a rule at a time: true, false, or null where it is not known. health: null for a person without a record gives null; rule: null gives null, an empty rule too; at: null gives null, 22008 outside 1900-01-01 to 2136-01-01; context: what is known beyond the record, null for nothing';

CREATE FUNCTION cccd_check(health cccd_health, rule cccd_rule,
    at timestamptz, context cccd_context DEFAULT cccd_context(),
    OUT verdict text, OUT failed bigint, OUT unsure bigint,
    OUT proof cccd_health, OUT changes_at timestamptz)
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100;
COMMENT ON FUNCTION cccd_check(cccd_health, cccd_rule, timestamptz, cccd_context) IS
    'the answer of a rule with its reasons. verdict: pass, unknown or fail; failed, unsure: the clauses that stand in the way of a pass because they are wrong or not known, bit n - 1 for clause n, for cccd_explain(); proof: the events that a pass rests on; changes_at: the first microsecond after at with another verdict, null for never. Arguments and errors as for cccd_eligible()';

CREATE FUNCTION cccd_eligible_during(health cccd_health, rule cccd_rule,
    context cccd_context DEFAULT cccd_context()) RETURNS tstzmultirange
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 300;
COMMENT ON FUNCTION cccd_eligible_during(cccd_health, cccd_rule, cccd_context) IS
    'all times at which the verdict of cccd_check() is pass, with exact ends; open where it is a pass at 1900-01-01 or 2136-01-01, the first and last times that rules can be asked about. health: null for a person without a record; rule: null gives null; context: null for nothing known';
