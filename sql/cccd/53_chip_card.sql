-- what the chip of a card says of its holder

CREATE FUNCTION cccd_card_from_chip(data_groups bytea[], scanned cccd_id DEFAULT NULL,
    OUT kind text, OUT id cccd_id, OUT old_id text, OUT cancelled_ids cccd_id[],
    OUT name text, OUT birth_date date, OUT sex text, OUT address text,
    OUT issued date, OUT expires date, OUT flags text[], OUT extra text[],
    OUT nationality text, OUT ethnicity text, OUT religion text, OUT origin text, OUT marks text,
    OUT father text, OUT mother text, OUT spouse text, OUT chip_serial text)
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 80;
COMMENT ON FUNCTION cccd_card_from_chip(bytea[], cccd_id) IS
    'what the chip of a card says of its holder: the machine readable zone of EF.DG1 (ICAO Doc 9303-5, TD1) and the particulars of EF.DG13 (Viet Nam''s, not published); data_groups as of cccd_chip_verify, which says whether they are genuine, for this function does not; other files are ignored; columns of cccd_card_from_scan, kind chip, or unknown if neither file could be read; extra holds DG13 fields of numbers above 16; then nationality, ethnicity, religion, place of origin, identifying marks, father, mother, spouse, chip serial. Where the two files contradict each other id, birth_date, sex and expires are NULL with a flag dg13_..._mismatch; scanned is the number that the QR code or the face of the card showed: flag scanned_id_mismatch unless the chip says the same. NULL if data_groups is NULL, 54000 for more than 32 files, otherwise never an error';
