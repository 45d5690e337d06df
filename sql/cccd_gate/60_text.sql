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

CREATE FUNCTION read_end(value text) RETURNS timestamptz
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT coalesce(timezone(interval '7 hours', (cccd_word_date(value) + 1)::timestamp), cccd_word_time(value));
END;
COMMENT ON FUNCTION read_end(text) IS
    'an exclusive end written as cccd_word_time() reads it: a date alone is the last day, which ends at the next local midnight; NULL for any other text';

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
    SELECT CASE kind WHEN 'credential'
        THEN (SELECT coalesce((SELECT c.name FROM cccd_code_list() c WHERE c.kind = 'credential' AND c.code = w.code AND c.canonical), '#' || w.code)
              FROM (SELECT cccd_code('credential', code_name.name) AS code) w WHERE w.code > 0)
        ELSE cccd_word(kind, name) END;
END;
COMMENT ON FUNCTION code_name(text, text) IS
    'the one name under which facts are stored, of a word for a disease, product, test, result (as cccd_word() reads it) or credential; ''unknown'' for a word that says so; NULL if the word is not understood';
