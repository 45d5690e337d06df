-- scanned text: what a scanner delivered, and what a card says

CREATE FUNCTION cccd_scan_kind(scan text) RETURNS text
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION cccd_scan_kind(text) IS
    'what a scanner delivered: card_2021 (QR code of Circular 06/2021/TT-BCA), card_2024 (Circular 16/2024/TT-BCA), personal (Decision 1405/QD-BTTTT of 2021), health_insurance, mrz (ICAO Doc 9303), health_certificate (HC1:), vds_nc (a visible digital seal of the ICAO, in JSON), shc (shc:/), other_certificate (health certificates that are not read: NZCP:/, LT1:, verifiable credentials in JSON), old_id (9 digits), id (12 digits), or unknown; never an error';

CREATE FUNCTION cccd_card_from_scan(scan text,
    OUT kind text, OUT id cccd_id, OUT old_id text, OUT cancelled_ids cccd_id[],
    OUT name text, OUT birth_date date, OUT sex text, OUT address text,
    OUT issued date, OUT expires date, OUT flags text[], OUT extra text[])
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 40;
COMMENT ON FUNCTION cccd_card_from_scan(text) IS
    'what any scan says: kind as of cccd_scan_kind; id, old_id (9 or 12 digits), cancelled_ids; name and address in NFC; sex M or F; dates; flags, what is wrong with the scan, {} if nothing, in a fixed order; extra, raw fields without a column. Columns that the scan does not fill are NULL. Text up to 4 KB. Never an error: text that is not a scan has kind unknown and the reason in flags';

CREATE FUNCTION cccd_card_from_qr(scan text,
    OUT kind text, OUT id cccd_id, OUT old_id text, OUT cancelled_ids cccd_id[],
    OUT name text, OUT birth_date date, OUT sex text, OUT address text,
    OUT issued date, OUT expires date, OUT flags text[], OUT extra text[])
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 40;
COMMENT ON FUNCTION cccd_card_from_qr(text) IS
    'what the QR code of a card says (Circular 06/2021/TT-BCA, Circular 16/2024/TT-BCA); columns of cccd_card_from_scan, extra holds fields 8 to 11 of the 2024 card if one is filled; another kind of scan has the flag kind_unexpected and no fields; never an error';

CREATE FUNCTION cccd_card_from_personal_qr(scan text,
    OUT kind text, OUT id cccd_id, OUT old_id text, OUT cancelled_ids cccd_id[],
    OUT name text, OUT birth_date date, OUT sex text, OUT address text,
    OUT issued date, OUT expires date, OUT flags text[], OUT extra text[])
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 40;
COMMENT ON FUNCTION cccd_card_from_personal_qr(text) IS
    'what the personal QR code of the health applications says (Decision 1405/QD-BTTTT of 2021, unsigned); columns of cccd_card_from_scan, extra holds who declared it (0 the holder, 1 another), QID, EXT, and a document number that is neither id nor old_id; another kind of scan has the flag kind_unexpected and no fields; never an error';

CREATE FUNCTION cccd_card_from_mrz(scan text,
    OUT kind text, OUT id cccd_id, OUT old_id text, OUT cancelled_ids cccd_id[],
    OUT name text, OUT birth_date date, OUT sex text, OUT address text,
    OUT issued date, OUT expires date, OUT flags text[], OUT extra text[])
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 40;
COMMENT ON FUNCTION cccd_card_from_mrz(text) IS
    'what the machine readable zone of a card says (ICAO Doc 9303-5, TD1, three lines of 30); columns of cccd_card_from_scan, each check digit that does not agree is a flag; another kind of scan has the flag kind_unexpected and no fields; never an error';

CREATE FUNCTION cccd_name_key(name text) RETURNS text
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 15;
COMMENT ON FUNCTION cccd_name_key(text) IS
    'form in which names from different documents compare equal: base letters A-Z in upper case, apostrophes left out, hyphens, fillers and other signs one space (ICAO Doc 9303-3 section 6); letters of other scripts stay; no locale; NULL if the text has no UTF-8 form, 54000 over 65536 bytes';

CREATE FUNCTION cccd_card_qr(id cccd_id, old_id text, name text, birth_date date,
    sex text, address text, issued date, kind text DEFAULT 'card_2021') RETURNS text
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 30;
COMMENT ON FUNCTION cccd_card_qr(cccd_id, text, text, date, text, text, date, text) IS
    'text of a card''s QR code, which cccd_card_from_qr reads back (Circular 06/2021/TT-BCA; kind card_2024: Circular 16/2024/TT-BCA, its four further fields empty); NULL arguments are empty fields, NULL if id or kind is NULL; 22023 for a text with "|" or control characters, an old_id without 9 or 12 digits, a sex other than M and F, a year outside 1900 to 2399, an unknown kind; 54000 for a name over 256 or an address over 1024 bytes; 22P05 if the encoding of the database lacks a character';

CREATE FUNCTION cccd_card_mrz(id cccd_id, name text, birth_date date, sex text, expires date) RETURNS text
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 30;
COMMENT ON FUNCTION cccd_card_mrz(cccd_id, text, date, text, date) IS
    'machine readable zone of a card with all check digits, three lines (ICAO Doc 9303-5 TD1, layout of the Vietnamese card); NULL sex is unspecified, NULL expires is a card that does not expire (991231), NULL if another argument is NULL; 22023 for a name that A-Z cannot write, a sex other than M and F, a birth year outside 1900 to 2399, an expiry outside 2000 to 2099; 54000 for a name over 256 bytes; 22P05 if the text has no UTF-8 form';
