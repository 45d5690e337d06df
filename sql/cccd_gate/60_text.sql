-- what the loaders read: text to values without an error, whatever the text is

CREATE FUNCTION read_date(value text) RETURNS date
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT CASE cccd_word_birth_precision(value) WHEN 'day' THEN cccd_word_birth_date(value) END;
END;
COMMENT ON FUNCTION read_date(text) IS
    'a date as cccd_word_date() reads it, also with the midnight that spreadsheets write behind it; NULL for any other text';

CREATE FUNCTION read_end(value text) RETURNS timestamptz
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT coalesce(timezone(interval '7 hours', (cccd_word_date(value) + 1)::timestamp), cccd_word_time(value));
END;
COMMENT ON FUNCTION read_end(text) IS
    'an exclusive end written as cccd_word_time() reads it: a date alone is the last day, which ends at the next local midnight; NULL for any other text';

CREATE FUNCTION read_state(value text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT CASE
        WHEN cccd_name_key(left(value, 1000)) IN ('VNM', 'VN', 'VIET NAM', 'VIETNAM') THEN 'VNM'
        WHEN value ~ '^([A-Z]{3}|[a-z]{3})$' THEN upper(value)
        WHEN value IN ('D', 'D<<') THEN 'D' END;
END;
COMMENT ON FUNCTION read_state(text) IS
    'the state that issued a document, as document.state has it: three letters, or D for Germany, of passports; Viet Nam also by its name; NULL for any other text';

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

CREATE FUNCTION id_problem(value text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT CASE
        WHEN value ~ '^[0-9]{12}$' THEN NULL
        WHEN value ~ '^[1-9][0-9]{9,10}([.]0)?$'
             AND cccd_id_place_name(lpad(split_part(value, '.', 1), 12, '0')::cccd_id) IS NOT NULL THEN 'id_zeros_lost'
        WHEN value ~ '^[0-9][.,][0-9]+[Ee][+]?[0-9]{1,2}$' THEN 'id_rounded'
        WHEN value IS NOT NULL THEN 'id_malformed' END;
END;
COMMENT ON FUNCTION id_problem(text) IS
    'what is wrong with an identity number: id_zeros_lost, where a spreadsheet took the zeros in front away; id_rounded, where it made a fraction of it (1.09E+10); id_malformed; NULL if it has 12 digits';

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

CREATE TABLE word (
    kind text NOT NULL,
    word text NOT NULL,
    word_key text NOT NULL GENERATED ALWAYS AS (cccd_name_key(word)) STORED,
    name text NOT NULL,
    note text,
    PRIMARY KEY (kind, word_key),
    CONSTRAINT word_kind CHECK (kind IN ('disease', 'product', 'test', 'result')),
    CONSTRAINT word_name CHECK (cccd_word(kind, name) IS NOT NULL)
);
COMMENT ON TABLE word IS 'the operator''s own words, for the loaders and the desk; where cccd_word() reads a word itself, its meaning counts';
COMMENT ON COLUMN word.kind IS 'what it is a word for: disease, product, test or result';
COMMENT ON COLUMN word.word IS 'the word, as a source writes it';
COMMENT ON COLUMN word.word_key IS 'cccd_name_key(word): words compare without marks, case and signs';
COMMENT ON COLUMN word.name IS 'what it means: a name or word that cccd_word() reads, #NNN or unknown';
COMMENT ON COLUMN word.note IS 'who writes so, or why';
COMMENT ON CONSTRAINT word_pkey ON word IS 'a word has one meaning';
COMMENT ON CONSTRAINT word_kind ON word IS 'kinds of facts'' words';
COMMENT ON CONSTRAINT word_name ON word IS 'the meaning is known';

CREATE FUNCTION read_word(kind text, word text) RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT coalesce(cccd_word($1, $2),
                    (SELECT cccd_word(w.kind, w.name) FROM word w WHERE w.kind = $1 AND w.word_key = cccd_name_key(left($2, 1000))));
END;
COMMENT ON FUNCTION read_word(text, text) IS
    'what a word for a disease, product, test or result (first argument) means: as cccd_word() reads it, or else as the operator''s table word has it; NULL if neither does';

CREATE FUNCTION code_name(kind text, name text) RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT CASE WHEN kind_has_names(kind)
        THEN (SELECT coalesce((SELECT c.name FROM cccd_code_list() c WHERE c.kind = code_name.kind AND c.code = w.code AND c.canonical), '#' || w.code)
              FROM (SELECT cccd_code(code_name.kind, code_name.name) AS code) w WHERE w.code > 0)
        ELSE read_word(kind, name) END;
END;
COMMENT ON FUNCTION code_name(text, text) IS
    'the one name under which facts are stored, of a word for a disease, product, test, result (as read_word() reads it), or name of a kind that has names; ''unknown'' for a word that says so; NULL if the word is not understood';
