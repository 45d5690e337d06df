-- certificate rules: CertLogic

CREATE FUNCTION cccd_certlogic(logic jsonb, data jsonb, silent boolean DEFAULT false) RETURNS jsonb
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION cccd_certlogic(jsonb, jsonb, boolean) IS
    'the value of a CertLogic expression for data, which for a certificate rule is {"payload": ..., "external": {"validationClock": ..., "valueSets": ...}}; a date-time is its text in UTC with milliseconds; where the data do not suit the operations: 22023 with the place in the expression, or, if silent, NULL; 22023 for an invalid expression always; more than 16384 expressions, 64 levels or 1000000 steps: 54000 always; source: CertLogic specification 1.3.3 (eu-dcc-business-rules)';

CREATE FUNCTION cccd_certlogic_fields(logic jsonb) RETURNS text[]
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 200;
COMMENT ON FUNCTION cccd_certlogic_fields(jsonb) IS
    'the paths of data that a CertLogic expression may look at, in order; what the function of a reduce looks at is not data and not among them; errors as for cccd_certlogic()';

CREATE FUNCTION cccd_certlogic_check(rule jsonb, OUT path text, OUT problem text) RETURNS SETOF record
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 500 ROWS 1;
COMMENT ON FUNCTION cccd_certlogic_check(jsonb) IS
    'what is wrong with a certificate rule, or, where there is no Logic in it, with a CertLogic expression, and if nothing is, what in it can never work whatever the data: one row for each problem, no row for a right one, 256 rows at most; path leads to the expression through keys and numbers; source: validator of the CertLogic specification 1.3.3, constraints of the EU gateway for rules';

CREATE FUNCTION cccd_certlogic_decide(rules jsonb, certificate jsonb, clock timestamptz, country text,
    region text DEFAULT NULL, issuer text DEFAULT NULL, value_sets jsonb DEFAULT NULL,
    issued timestamptz DEFAULT NULL, expires timestamptz DEFAULT NULL, key_id bytea DEFAULT NULL,
    types text[] DEFAULT '{Acceptance,Invalidation}', language text DEFAULT 'en',
    OUT verdict text, OUT deciding text[], OUT details jsonb)
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION cccd_certlogic_decide(jsonb, jsonb, timestamptz, text, text, text, jsonb, timestamptz, timestamptz, bytea, text[], text) IS
    'what certificate rules say of the content of a health certificate at a time in a country: verdict is fail if a rule fails, pass if all pass and one of them is not an invalidation rule, open else, so also without rules; deciding are the identifiers of the rules whose result is the verdict; details has an object for each rule that was asked. rules: an array of rules or one; country: of arrival, for its rules, with this region or without one; issuer: country that signed, for its invalidation rules, which are open where it is NULL; value_sets: {"name": ["code", ...]}; issued, expires, key_id: of the signed message; types: of rules that count; language: of descriptions; a rule that is asked and cannot be read is open, with path and problem; of two rules with one identifier and version both are asked; 22023 for what is not a rule at all; rules or clock NULL: 22004; a verdict on a certificate whose signature nobody verified means nothing; source: EU DCC validation rules, as the official engine for Android selects them';
