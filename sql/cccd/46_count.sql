-- how many rows of a table satisfy a rule

CREATE FUNCTION cccd_count(relation regclass, rule cccd_rule,
    at timestamptz, context cccd_context DEFAULT cccd_context(),
    health_column name DEFAULT NULL) RETURNS bigint
    AS 'MODULE_PATHNAME' LANGUAGE C STABLE PARALLEL RESTRICTED COST 100000;
COMMENT ON FUNCTION cccd_count(regclass, cccd_rule, timestamptz, cccd_context, name) IS
    'exact number of rows of a table, its partitions and children whose record satisfies a rule at a time, from a GiST index on the record and the visibility map; the same as count(*) with cccd_eligible(). relation: table or materialized view, needs SELECT, 42501 under row security; rule, at, context: as for cccd_eligible(); health_column: the column of the record, may be left out where there is one. Null if relation, rule or at is';
