-- every damage of a scan and the flags that must come out
-- all people are invented
SET datestyle = ISO;

CREATE TEMP TABLE damage (n serial PRIMARY KEY, what text, scan text);
-- what a keyboard-wedge scanner adds around a code is no damage
INSERT INTO damage (what, scan)
SELECT what, before || '001099012345||Nguyễn Văn An|01011999|Nam|Huế|10052021' || after
FROM (VALUES (1, 'undamaged', '', ''), (2, 'byte order mark', U&'\FEFF', ''),
    (3, 'byte order mark read as Latin-1', 'ï»¿', ''), (4, 'carriage return', '', E'\r'),
    (5, 'carriage return, line feed', '', E'\r\n'), (6, 'tab', '', E'\t'),
    (7, 'start and end characters', E'\x02', E'\x03'), (8, 'symbology identifier', ']Q3', ''),
    (9, 'spaces', '  ', U&' \00A0')) v(n, what, before, after)
ORDER BY n;
-- inside a code
INSERT INTO damage (what, scan) VALUES
 ('control characters', E'001099012345||Nguyễn\x07 Văn An|01011999|Nam|Huế|10052021'),
 ('tab and line feed in fields', E'001099012345||Nguyễn\tVăn An|01011999|Nam|Huế\nHuế|10052021'),
 ('invisible characters', U&'001099012345||Nguy\1EC5n\202E V\0103n\200B An|01011999|Nam|Hu\1EBF|10052021'),
 ('padded fields', U&'001099012345| | Nguy\1EC5n V\0103n\00A0An |01011999| Nam|Hu\1EBF |10052021'),
-- dates
 ('dd/mm/yyyy', '001099012345||Nguyễn Văn An|01/01/1999|Nam|Huế|10/05/2021'),
 ('yyyy-mm-dd', '001099012345||Nguyễn Văn An|1999-01-01|Nam|Huế|2021-05-10'),
 ('day and month 00', '001099012345||Nguyễn Văn An|00001999|Nam|Huế|10052021'),
 ('day 00, wrong year', '001099012345||Nguyễn Văn An|00011998|Nam|Huế|10052021'),
 ('year alone', '001099012345||Nguyễn Văn An|1999|Nam|Huế|10052021'),
 ('impossible date', '001099012345||Nguyễn Văn An|29021999|Nam|Huế|10052021'),
 ('no date', '001099012345||Nguyễn Văn An|hôm qua|Nam|Huế|10052021'),
 ('issued before birth', '001099012345||Nguyễn Văn An|01011999|Nam|Huế|31121998'),
-- fields
 ('old number missing with its bar', '001099012345|Nguyễn Văn An|01011999|Nam|Huế|10052021'),
 ('the same, 2024 card', '001099012345|Nguyễn Văn An|01011999|Nam|Huế|10052024||||'),
 ('last bars lost', '001099012345||Nguyễn Văn An|01011999|Nam|Huế|10052024||'),
 ('cut', '001099012345||Nguyễn Văn An|01011999|Nam|Huế'),
 ('empty fields', '001099012345||||||'),
 ('too many fields', '001099012345||Nguyễn Văn An|01011999|Nam|Huế|10052024|||||x|y'),
 ('name too long', '001099012345||' || repeat('Ế', 86) || '|01011999|Nam|Huế|10052021'),
 ('sex decomposed', normalize('001199012345||Trần Thị Bình|01011999|Nữ|Huế|10052021', NFD)),
 ('no sex', '001099012345||Nguyễn Văn An|01011999|khác|Huế|10052021'),
 ('digits in the name', '001099012345||Nguyễn Văn 4n|01011999|Nam|Huế|10052021'),
 ('old number of 8 digits', '001099012345|12345678|Nguyễn Văn An|01011999|Nam|Huế|10052021'),
 ('old number of 12 digits', '001099012345|001099000001|Nguyễn Văn An|01011999|Nam|Huế|10052021'),
-- the number
 ('leading zero lost', '1099012345||Nguyễn Văn An|01011999|Nam|Huế|10052021'),
 ('place never assigned', '003099012345||Nguyễn Văn An|01011999|Nam|Huế|10052021'),
 ('number of another year', '001098012345||Nguyễn Văn An|01011999|Nam|Huế|10052021'),
 ('number of another century', '001299012345||Nguyễn Văn An|01011999|Nam|Huế|10052021'),
 ('number of the other sex', '001199012345||Nguyễn Văn An|01011999|Nam|Huế|10052021'),
-- wrong decodings: those that can be taken back
 ('UTF-8 read as Latin-1', convert_from(convert_to('001099012345||Nguyễn Văn An|01011999|Nam|Huế|10052021', 'UTF8'), 'LATIN1')),
 ('UTF-8 read as Latin-1 twice', convert_from(convert_to(convert_from(convert_to('001099012345||Nguyễn Văn An|01011999|Nam|Huế|10052021', 'UTF8'), 'LATIN1'), 'UTF8'), 'LATIN1')),
 ('UTF-8 read as Windows-1252', '001099012345||Nguyá»…n VÄƒn An|01011999|Nam|Huáº¿|10052021'),
 ('UTF-8 read as Windows-1258', U&'001099012345||Nguy\00E1\00BB\2026n V\00C4\0192n An|01011999|Nam|Hu\00E1\00BA\00BF \00C4\0090\0102\00AA|10052021'),
 ('no-break spaces become spaces', '001099012345||HÃ  Váº¥n|01011999|Nam|HÃ  Ná»™i|10052021'),
-- those that cannot
 ('UTF-8 read as Big5', '001099012345||Hu廙軟h Hi廕簑 Thu廕要|01011999|Nam|Hue|10052021'),
 ('UTF-8 read as Shift-JIS', '001091012345||Lﾃｽ Minh ﾃ掟19051991|Nam|Xﾃ｣ Ea Tu, Ninh Ki盻「, L蘯｡ng Sﾆ｡n|10052021'),
 ('UTF-8 read as Windows-1251', '001099012345||Nguyб»…n|01011999|Nam|Huбєї|10052021'),
 ('replacement characters', U&'001099012345||Nguy\FFFDn|01011999|Nam|Hu\FFFD|10052021'),
 ('question marks', '001099012345||Nguy?n V?n An|01011999|Nam|Hu?|10052021'),
-- correct text that a careless repair would spoil
 ('capitals', '001099012345||NGÔ VĂN Á|01011999|Nam|XÃ A, XÃ ĐÔNG|10052021'),
 ('names of the Central Highlands', '001199012345||H’Hen Niê Čŏ Ñ|01011999|Nữ|Buôn Ma Thuột|10052021'),
-- personal code
 ('masked', '001099******|NGUYEN VAN AN|1999-**-**|0|162900000000000001|<1'),
 ('EXT missing', '001099012345|NGUYEN VAN AN|1999-01-01|0|162900000000000001'),
 ('a field too many', '001099012345|NGUYEN VAN AN|1999-01-01|0|162900000000000001|<1|x'),
 ('no such sex', '001099012345|NGUYEN VAN AN|1999-01-01|0|162900000000000001|<7'),
 ('dd/mm/yyyy', '001099012345|NGUYEN VAN AN|01/01/1999|0|162900000000000001|<1'),
-- names in hexadecimal: a health insurance code
 ('hexadecimal names', '0123456789|4e677579e1bb856e|01/01/1999|1|48c3a0'),
-- no scan
 ('old number in groups', '012 345 678'),
 ('eleven digits', '01099012345'),
 ('bars', '||||||'),
 ('labels', 'CCCD:001099012345|CMND:|Họ tên:Nguyễn Văn An|01011999'),
 ('white space', E' \r\n\t');
SELECT n, what, kind, flags FROM damage, cccd_card_from_scan(scan) ORDER BY n;

-- what could be read all the same
SELECT n, id, old_id, name, birth_date, sex, address, issued FROM damage, cccd_card_from_scan(scan) ORDER BY n;

-- machine readable zone: how it is delivered
CREATE TEMP TABLE zone (n serial PRIMARY KEY, what text, scan text);
INSERT INTO zone (what, scan) VALUES
 ('one line of 90', 'IDVNM0990123459001099012345<<09901018M3901016VNM<<<<<<<<<<<0NGUYEN<<VAN<AN<<<<<<<<<<<<<<<<'),
 ('line feeds', E'IDVNM0990123459001099012345<<0\n9901018M3901016VNM<<<<<<<<<<<0\nNGUYEN<<VAN<AN<<<<<<<<<<<<<<<<\n'),
 ('carriage returns and line feeds', E'IDVNM0990123459001099012345<<0\r\n9901018M3901016VNM<<<<<<<<<<<0\r\nNGUYEN<<VAN<AN<<<<<<<<<<<<<<<<\r\n'),
 ('spaces between lines', 'IDVNM0990123459001099012345<<0 9901018M3901016VNM<<<<<<<<<<<0 NGUYEN<<VAN<AN<<<<<<<<<<<<<<<<'),
 ('lower case', E'idvnm0990123459001099012345<<0\n9901018m3901016vnm<<<<<<<<<<<0\nnguyen<<van<an<<<<<<<<<<<<<<<<'),
 ('spaces for fillers', E'IDVNM0990123459001099012345  0\n9901018M3901016VNM           0\nNGUYEN  VAN AN'),
 ('another keyboard layout', E'IDVNM0990123459001099012345;;0\n9901018M3901016VNM;;;;;;;;;;;0\nNGUYEN;;VAN;AN;;;;;;;;;;;;;;;;'),
 ('typographic fillers', E'IDVNM0990123459001099012345«0\n9901018M3901016VNM«««««<0\nNGUYEN«VAN<AN««««««««'),
 ('last fillers lost', E'IDVNM0990123459001099012345<<0\n9901018M3901016VNM<<<<<<<<<<<0\nNGUYEN<<VAN<AN'),
 ('spaces for fillers, a digit wrong', E'IDVNM0990123459001099012345  0\n9901018M3901016VNM           1\nNGUYEN  VAN AN'),
-- what it says
 ('document number', E'IDVNM0990123458001099012345<<0\n9901018M3901016VNM<<<<<<<<<<<3\nNGUYEN<<VAN<AN<<<<<<<<<<<<<<<<'),
 ('optional data', E'IDVNM0990123459001099012345<<1\n9901018M3901016VNM<<<<<<<<<<<7\nNGUYEN<<VAN<AN<<<<<<<<<<<<<<<<'),
 ('birth date', E'IDVNM0990123459001099012345<<0\n9901017M3901016VNM<<<<<<<<<<<7\nNGUYEN<<VAN<AN<<<<<<<<<<<<<<<<'),
 ('expiry', E'IDVNM0990123459001099012345<<0\n9901018M3901017VNM<<<<<<<<<<<1\nNGUYEN<<VAN<AN<<<<<<<<<<<<<<<<'),
 ('composite', E'IDVNM0990123459001099012345<<0\n9901018M3901016VNM<<<<<<<<<<<1\nNGUYEN<<VAN<AN<<<<<<<<<<<<<<<<'),
 ('other document number', E'IDVNM1990123456001099012345<<0\n9901018M3901016VNM<<<<<<<<<<<6\nNGUYEN<<VAN<AN<<<<<<<<<<<<<<<<'),
 ('no expiry', E'IDVNM0580000070034058000007<<3\n5810262M9912315VNM<<<<<<<<<<<8\nLE<<VAN<CU<<<<<<<<<<<<<<<<<<<<'),
 ('unknown day and month', E'IDVNM0990123459001099012345<<0\n99<<<<0M3901016VNM<<<<<<<<<<<6\nNGUYEN<<VAN<AN<<<<<<<<<<<<<<<<'),
 ('impossible date', E'IDVNM0990123459001099012345<<0\n9913013M3901016VNM<<<<<<<<<<<8\nNGUYEN<<VAN<AN<<<<<<<<<<<<<<<<'),
 ('expires before birth', E'IDVNM2400123459001240012345<<0\n4001016M3901016VNM<<<<<<<<<<<8\nNGUYEN<<VAN<AN<<<<<<<<<<<<<<<<'),
 ('no sex', E'IDVNM0990123459001099012345<<0\n9901018<3901016VNM<<<<<<<<<<<0\nNGUYEN<<VAN<AN<<<<<<<<<<<<<<<<'),
 ('long name', E'IDVNM0990123459001099012345<<0\n9901018M3901016VNM<<<<<<<<<<<0\nCONG<<TANG<TON<NU<THI<HOANG<MA'),
 ('another state''s card', E'I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\nERIKSSON<<ANNA<MARIA<<<<<<<<<<'),
 ('a passport', E'P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10');
SELECT n, what, kind, flags FROM zone, cccd_card_from_scan(scan) ORDER BY n;
SELECT n, id, name, birth_date, sex, expires FROM zone, cccd_card_from_scan(scan) ORDER BY n;

-- names: one key for every document
SELECT name, cccd_name_key(name) AS key FROM (VALUES
 (1, 'Nguyễn Văn An'), (2, 'NGUYEN<<VAN<AN<<<<'), (3, 'NGUYEN<VAN<AN'), (4, ' nguyễn  văn an '),
 (5, 'ĐẶNG ĐỨC đạt'), (6, 'H''Hen Niê'), (7, 'H’Hen Niê'), (8, 'H'' Hen Niê'), (9, 'Y-Bhăm Čŏ Ñ'),
 (10, 'Müller Straße'), (11, '阮文安'), (12, ' <<< '), (13, '')) v(n, name) ORDER BY n;
SELECT cccd_name_key(normalize('Nguyễn Thị Thuỷ Ưng', NFD)) = cccd_name_key('Nguyễn Thị Thuỷ Ưng') AS decomposed;
SELECT length(cccd_name_key(repeat('a', 65536)));
SELECT cccd_name_key(repeat('a', 65537));
