-- what the loaders read: text to values without an error, whatever the text is

CREATE FUNCTION cleaned(value text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT nullif(btrim(value, U&' \0009\000A\000D\00A0\FEFF'), '');
END;
COMMENT ON FUNCTION cleaned(text) IS
    'text without the spaces, line ends and byte order marks around it; NULL if nothing is left';

CREATE FUNCTION valid_date(y int, m int, d int) RETURNS date
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT CASE
        WHEN y BETWEEN 1800 AND 2149 AND m BETWEEN 1 AND 12 AND d BETWEEN 1 AND 31
             AND d <= CASE
                 WHEN m IN (4, 6, 9, 11) THEN 30
                 WHEN m <> 2 THEN 31
                 WHEN y % 4 = 0 AND (y % 100 <> 0 OR y % 400 = 0) THEN 29
                 ELSE 28 END
        THEN make_date(y, m, d) END;
END;
COMMENT ON FUNCTION valid_date(int, int, int) IS 'the date of year 1800-2149, month and day; NULL if there is no such date';

CREATE FUNCTION read_date(value text) RETURNS date
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT CASE translate(value, '0123456789', '')
        WHEN '--' THEN CASE WHEN value LIKE '____-__-__'
            THEN valid_date(substr(value, 1, 4)::int, substr(value, 6, 2)::int, substr(value, 9, 2)::int) END
        WHEN '//' THEN CASE WHEN value LIKE '__/__/____'
            THEN valid_date(substr(value, 7, 4)::int, substr(value, 4, 2)::int, substr(value, 1, 2)::int) END
    END;
END;
COMMENT ON FUNCTION read_date(text) IS
    'a date written yyyy-mm-dd or dd/mm/yyyy, whatever DateStyle says; NULL for any other text';

CREATE FUNCTION read_zone(value text) RETURNS interval
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT CASE
        WHEN value IN ('', '+07', '+07:00', '+0700') THEN interval '7 hours'
        WHEN value IN ('Z', 'z') THEN interval '0'
        WHEN value ~ '^[+-](0[0-9]|1[0-4])(:?[0-5][0-9])?$'
            THEN make_interval(hours => substr(value, 1, 3)::int,
                               mins => (substr(value, 1, 1) || coalesce(nullif(right(replace(value, ':', ''), -3), ''), '0'))::int)
    END;
END;
COMMENT ON FUNCTION read_zone(text) IS
    'distance from UTC of a zone written Z, +hh, +hhmm or +hh:mm; an empty text is Viet Nam''s +07; NULL for any other text';

CREATE FUNCTION read_time(value text) RETURNS timestamptz
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT CASE
        WHEN length(value) = 10 THEN timezone(interval '7 hours', read_date(value)::timestamp)
        WHEN value ~ '^[-/0-9]{10}[ T]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,9})?)?( ?([Zz]|[+-][0-9:]{2,5}))?$'
            THEN timezone(CASE WHEN length(value) = 16 OR length(value) = 19 AND substr(value, 17, 1) = ':' THEN interval '7 hours'
                               ELSE read_zone(ltrim(substring(value FROM '^.{16}(?::[0-9]{2}(?:[.][0-9]+)?)?(.*)$'))) END,
                          read_date(left(value, 10))
                          + make_time(substr(value, 12, 2)::int, substr(value, 15, 2)::int,
                                      CASE WHEN substr(value, 17, 1) = ':' THEN substr(value, 18, 2)::int ELSE 0 END))
    END;
END;
COMMENT ON FUNCTION read_time(text) IS
    'a moment written as a date, or as date, space or T, hh:mi[:ss[.fraction]] and a zone; without a zone it is Viet Nam''s time; fractions of a second are dropped; NULL for any other text';

CREATE FUNCTION read_end(value text) RETURNS timestamptz
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT CASE WHEN length(value) = 10 THEN timezone(interval '7 hours', (read_date(value) + 1)::timestamp)
                ELSE read_time(value) END;
END;
COMMENT ON FUNCTION read_end(text) IS
    'an exclusive end written like the moments of read_time(): a date alone is the last day, which ends at the next local midnight; NULL for any other text';

CREATE FUNCTION read_sex(value text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT CASE
        WHEN value IN ('M', 'm', 'Nam', 'nam', 'NAM', 'male', 'Male') THEN 'M'
        WHEN value IN ('F', 'f', 'Nữ', 'nữ', 'NỮ', 'Nu', 'nu', 'female', 'Female') THEN 'F' END;
END;
COMMENT ON FUNCTION read_sex(text) IS 'M or F of the words that registers use; NULL for any other text';

CREATE FUNCTION read_boolean(value text) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT CASE
        WHEN value IN ('t', 'true', 'TRUE', 'y', 'yes', '1', 'có') THEN true
        WHEN value IN ('f', 'false', 'FALSE', 'n', 'no', '0', 'không') THEN false END;
END;
COMMENT ON FUNCTION read_boolean(text) IS 'yes or no; NULL if it is neither';

CREATE FUNCTION read_id(value text) RETURNS cccd_id
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT CASE WHEN length(value) = 12 AND translate(value, '0123456789', '') = '' THEN value::cccd_id END;
END;
COMMENT ON FUNCTION read_id(text) IS 'the identity number of exactly 12 digits; NULL for any other text';

CREATE FUNCTION number_kind(value text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT CASE
        WHEN value ~ '^[0-9]{12}$' THEN 'id'
        WHEN value ~ '^[0-9]{9}$' THEN 'old_id'
        WHEN value ~ '^(?=.*[A-Z])[A-Z0-9]{6,15}$' THEN 'passport' END;
END;
COMMENT ON FUNCTION number_kind(text) IS
    'what a person''s number looks like: id (12 digits), old_id (9 digits), passport (capital letters and digits, 6 to 15); NULL: none of them';

CREATE FUNCTION masked(value text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT CASE WHEN length(value) > 6
                THEN repeat('*', least(length(value), 20) - 3) || right(value, 3)
                ELSE repeat('*', length(value)) END;
END;
COMMENT ON FUNCTION masked(text) IS
    'a number with all but its last three characters as *; short ones are hidden completely, long ones are shown as 20 characters';

CREATE FUNCTION masked_note(value text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT left(regexp_replace(value, '[0-9](?:[ .-]?[0-9]){5,}', '******', 'g'), 500);
END;
COMMENT ON FUNCTION masked_note(text) IS
    'a note of at most 500 characters in which every run of six digits or more is hidden, also one with spaces, points or dashes between the digits';

CREATE FUNCTION code_name(kind text, name text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT coalesce((SELECT c.name FROM cccd_code_list() c
                     WHERE c.kind = code_name.kind AND c.code = w.code AND c.canonical), '#' || w.code)
    FROM (SELECT cccd_code(code_name.kind, code_name.name) AS code) w
    -- the one code 0 that has a name is a result
    WHERE CASE code_name.kind WHEN 'result' THEN w.code BETWEEN 0 AND 3 ELSE w.code > 0 END;
END;
COMMENT ON FUNCTION code_name(text, text) IS
    'the one name under which facts are stored, of any name of a disease, product, test or result (first argument) that cccd_code() knows, #NNN for a code without a name; NULL if there is none';
