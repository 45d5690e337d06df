-- rules as sentences

CREATE FUNCTION cccd_explain(rule cccd_rule, language text DEFAULT 'vi',
    clauses bigint DEFAULT -1) RETURNS text[]
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION cccd_explain(cccd_rule, text, bigint) IS
    'one sentence for each chosen clause: what the rule requires there, a clause below NOT the other way round. language: vi or en, else 22023; clauses: bit n - 1 chooses clause n, as in failed and unsure of cccd_check, -1 chooses all';
