-- words, dates and times as hospitals, laboratories and people write them

CREATE FUNCTION cccd_word(kind text, word text) RETURNS text
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION cccd_word(text, text) IS
    'the name under which a word is stored: kind is disease, product, test, result (names as in cccd_code_list(), #NNN included), sex (M, F), document (chip, old_id, passport, residence, birth, other), status (of a document: valid, lost, revoked, replaced) or answer (yes, no); word is a name of that list, a word in Vietnamese or English, or a code (EU, ATC, ICD-10, ICD-11, LOINC, SNOMED CT), in any case, with or without marks, spaces and signs; several words must mean the same. ''unknown'' for a word that says it is not known or names a group of products; NULL for a word that is not understood or longer than 200 bytes; error 22023 for another kind';

CREATE FUNCTION cccd_word_list(OUT kind text, OUT word text, OUT name text) RETURNS SETOF record
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 640;
COMMENT ON FUNCTION cccd_word_list() IS
    'the dictionary of cccd_word beside the names of cccd_code_list(): kind; word in capital letters and digits without marks, spaces and signs; the name it leads to, NULL for a word that says nothing, such as VACCINE';

CREATE FUNCTION cccd_word_date(word text) RETURNS date
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION cccd_word_date(text) IS
    'a date as people write it, whatever DateStyle says: day, month, year (1/1/1970, 05-11-2021, 5.11.2021, or in Vietnamese words), or year, month, day where the year comes first (2021-11-05, 20211105), of the years 1800 to 2149; NULL for any other text, a year of two digits, and a text with a time of day';

CREATE FUNCTION cccd_word_time(word text) RETURNS timestamptz
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION cccd_word_time(text) IS
    'a moment as people write it: a date as cccd_word_date reads it, alone (the beginning of the day in Viet Nam) or with a time of day before or behind it (8:09, 08:09:00, 8h09, or in Vietnamese words; SA, AM, CH, PM) and a zone behind that (Z, +07, +0700, +07:00; none: +07); fractions of a second are dropped; NULL for any other text';

CREATE FUNCTION cccd_word_birth_date(word text) RETURNS date
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION cccd_word_birth_date(text) IS
    'a birth date as people and civil registers write it: a date as cccd_word_date reads it, also with midnight behind it; of a month or a year of which no more is known (05/1990, 1990, 00/00/1990, or in Vietnamese words) the first day; NULL for any other text';

CREATE FUNCTION cccd_word_birth_precision(word text) RETURNS text
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION cccd_word_birth_precision(text) IS
    'how much is known of a birth date that cccd_word_birth_date reads: day, month or year; NULL for any other text';

CREATE FUNCTION cccd_word_text(word text) RETURNS text
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION cccd_word_text(text) IS
    'a value of a file in NFC, without the spaces, line ends and byte order marks around it; NULL if nothing is left; error 0A000 in a database that is not UTF8 for a text that NFC may change';
