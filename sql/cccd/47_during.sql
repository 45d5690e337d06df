-- when eligibility begins and ends, for an index

CREATE FUNCTION cccd_eligible_begins(during tstzmultirange) RETURNS tstzmultirange
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION cccd_eligible_begins(tstzmultirange) IS
    'the instants at which a period of cccd_eligible_during() begins, each a range of that one instant: && tstzrange(a, b) asks who becomes eligible at a or later and before b. A period without a begin gives none';
CREATE FUNCTION cccd_eligible_ends(during tstzmultirange) RETURNS tstzmultirange
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION cccd_eligible_ends(tstzmultirange) IS
    'the instants at which a period of cccd_eligible_during() ends, each a range of that one instant: && tstzrange(a, b) asks who loses eligibility at a or later and before b. A period without an end gives none';
