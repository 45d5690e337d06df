-- the library itself

CREATE FUNCTION cccd_version() RETURNS text
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cccd_version() IS
    'version of the loaded cccd library; differs from pg_extension.extversion until ALTER EXTENSION cccd UPDATE has run';
