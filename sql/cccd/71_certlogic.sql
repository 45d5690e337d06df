-- certificate rules: CertLogic

CREATE FUNCTION cccd_certlogic(logic jsonb, data jsonb, silent boolean DEFAULT false) RETURNS jsonb
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION cccd_certlogic(jsonb, jsonb, boolean) IS
    'the value of a CertLogic expression for data, which for a certificate rule is {"payload": ..., "external": {"validationClock": ..., "valueSets": ...}}; a date-time is its text in UTC with milliseconds; where the data do not suit the operations: 22023 with the place in the expression, or, if silent, NULL; an expression that is none: 22023 always; more than 16384 expressions, 64 levels or 1000000 steps: 54000 always; source: CertLogic specification 1.3.3 (eu-dcc-business-rules)';

CREATE FUNCTION cccd_certlogic_fields(logic jsonb) RETURNS text[]
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 200;
COMMENT ON FUNCTION cccd_certlogic_fields(jsonb) IS
    'the paths of data that a CertLogic expression may look at, in order; what the function of a reduce looks at is not data and not among them; errors as for cccd_certlogic()';
