-- databases of other encodings: a scan is still no error
-- all people are invented
SET client_min_messages = warning;
DROP DATABASE IF EXISTS cccd_payload_latin1;
DROP DATABASE IF EXISTS cccd_payload_win1258;
DROP DATABASE IF EXISTS cccd_payload_euc_jp;
DROP DATABASE IF EXISTS cccd_payload_ascii;
RESET client_min_messages;
CREATE DATABASE cccd_payload_latin1 ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0;
CREATE DATABASE cccd_payload_win1258 ENCODING 'WIN1258' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0;
CREATE DATABASE cccd_payload_euc_jp ENCODING 'EUC_JP' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0;
CREATE DATABASE cccd_payload_ascii ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0;
\set database :DBNAME

\c cccd_payload_latin1
SET client_encoding = 'UTF8';
CREATE EXTENSION cccd;
-- what Latin-1 holds
SELECT kind, name, address, flags FROM cccd_card_from_scan('001099012345||Hà Vân An|01011999|Nam|Hà|10052021');
-- UTF-8 bytes stored in it: repaired, but the database cannot hold the result
SELECT kind, id, name, birth_date, sex, address, flags FROM cccd_card_from_scan(convert_from(decode(
    '3030313039393031323334357c7c4e677579e1bb856e2056c4836e20416e7c30313031313939397c4e616d7c4875e1babf7c3130303532303231', 'hex'), 'LATIN1'));
SELECT cccd_name_key('HÀ<VÂN<AN'), cccd_name_key(convert_from('\xc3a0', 'LATIN1'));
SELECT cccd_card_qr('001099012345', NULL, 'Hà', '1999-01-01', 'M', NULL, NULL);
SELECT cccd_card_qr('001199012345', NULL, 'Hà', '1999-01-01', 'F', NULL, NULL);

\c cccd_payload_win1258
SET client_encoding = 'UTF8';
CREATE EXTENSION cccd;
-- marks stay apart where the encoding has no composed letter
SELECT kind, name, octet_length(name), sex, address, flags
FROM cccd_card_from_scan('001199012345||' || U&'Nguyê\0303n Thi\0323' || ' An|01011999|' || U&'N\01B0\0303' || '|Hà Nô' || U&'\0323' || 'i|10052021');
SELECT cccd_name_key(U&'Nguyê\0303n Thi\0323 Ái');
SELECT cccd_card_qr('001199012345', NULL, 'An', '1999-01-01', 'F', NULL, NULL);

\c cccd_payload_euc_jp
SET client_encoding = 'UTF8';
CREATE EXTENSION cccd;
SELECT kind, name, address, flags FROM cccd_card_from_scan('001091012345||Lﾃｽ Minh|19051991|Nam|Xﾃ｣ Ea Tu|10052021');
SELECT cccd_name_key('Lﾃｽ minh');
-- a code of EUC-JP without a character
SELECT kind, flags FROM cccd_card_from_scan(convert_from('\x3030f5a1', 'EUC_JP'));
SELECT cccd_name_key(convert_from('\x3030f5a1', 'EUC_JP')) IS NULL AS no_key;
SELECT cccd_card_qr('001199012345', NULL, convert_from('\x3030f5a1', 'EUC_JP'), '1999-01-01', 'F', NULL, NULL);

\c cccd_payload_ascii
SET client_encoding = 'SQL_ASCII';
CREATE EXTENSION cccd;
-- bytes that are UTF-8, and bytes that are not
SELECT kind, name, address, flags FROM cccd_card_from_scan('001099012345||Nguyễn Văn An|01011999|Nam|Huế|10052021');
SELECT kind, name, flags FROM cccd_card_from_scan(E'001099012345||Nguy\xe3n|01011999|Nam|Hue|10052021');
SELECT cccd_scan_kind(E'\xff\xfe'), cccd_scan_kind(E'\xc0\x80'), cccd_scan_kind(E'\xed\xa0\x80');
SELECT cccd_name_key('Nguyễn'), cccd_name_key(E'a\xff') = E'A\xff' AS kept;
SELECT cccd_card_qr('001199012345', NULL, 'Bình', '1999-01-01', 'F', NULL, NULL);
SELECT cccd_card_qr('001199012345', NULL, E'\xff', '1999-01-01', 'F', NULL, NULL);
-- the extension dropped and created again in one session: rows of the new type
SELECT 'DROP EXTENSION cccd; CREATE EXTENSION cccd; '
    'SELECT pg_typeof(s.id) = ''cccd_id''::regtype AND s.id = q.id AND m.kind = p.kind AND m.kind = q.kind AS same '
    'FROM (VALUES (''001099012345||An|01011999|Nam|Hue|10052021'')) v(scan), cccd_card_from_scan(scan) s, '
    'cccd_card_from_qr(scan) q, cccd_card_from_mrz(scan) m, cccd_card_from_personal_qr(scan) p' FROM generate_series(1, 4) \gexec

\c :database
DROP DATABASE cccd_payload_latin1;
DROP DATABASE cccd_payload_win1258;
DROP DATABASE cccd_payload_euc_jp;
DROP DATABASE cccd_payload_ascii;
