/*
 * scan_cases.h
 *		Scans with what the reader makes of them: the examples of scan_test, from
 *		which scan_random_test starts.
 */
#ifndef SCAN_CASES_H
#define SCAN_CASES_H

#include <stddef.h>

#define CARD "001099012345||Nguyễn Văn An|01011999|Nam|" \
	"Số 1 Phố Huế, Hàng Bài, Hoàn Kiếm, Hà Nội|10052021"
#define CARD_SAYS "1099012345||Nguyễn Văn An|1999-01-01|M|" \
	"Số 1 Phố Huế, Hàng Bài, Hoàn Kiếm, Hà Nội|2021-05-10|||"
#define MRZ1 "IDVNM0990123459001099012345<<0"
#define MRZ2 "9901018M3901016VNM<<<<<<<<<<<0"
#define MRZ3 "NGUYEN<<VAN<AN<<<<<<<<<<<<<<<<"
#define MRZ_SAYS "1099012345||NGUYEN VAN AN|1999-01-01|M|||2039-01-01||"

/*
 * What a scan says: id, old id, name, birth date, sex, address, issued,
 * expires, cancelled numbers, raw fields.
 */
typedef struct scan_case
{
	const char *text;
	const char *kind;
	const char *flags;
	const char *says;
}			scan_case;

static const scan_case cases[] = {
	/* the kinds, undamaged */
	{CARD, "card_2021", "", CARD_SAYS},
	{"079301000001|024123456|Trần Thị Bình|29022000|Nữ|12 Lê Lợi|02092021",
		"card_2021", "id_disagrees_with_birth_date",
	"79301000001|024123456|Trần Thị Bình|2000-02-29|F|12 Lê Lợi|2021-09-02|||"},
	{"001099012345|012345678|Nguyễn Văn An|01011999|Nam|Tổ 1, Ba Đình|04102024||||",
		"card_2024", "",
	"1099012345|012345678|Nguyễn Văn An|1999-01-01|M|Tổ 1, Ba Đình|2024-10-04|||"},
	{"001099012345||An|01011999|Nam|Huế|04102024||001099000001|Nguyễn Văn Cha|Trần Thị Mẹ",
		"card_2024", "",
	"1099012345||An|1999-01-01|M|Huế|2024-10-04||1099000001|;001099000001;Nguyễn Văn Cha;Trần Thị Mẹ"},
	{"001099012345||An|01011999|Nam|Huế|04102024|001099000001, 001099000002|||",
		"card_2024", "",
	"1099012345||An|1999-01-01|M|Huế|2024-10-04||1099000001,1099000002|001099000001, 001099000002;;;"},
	{"001099012345|NGUYEN VAN AN|1999-01-01|0|162900000000000001|<1<<0900000000",
		"personal", "",
	"1099012345||NGUYEN VAN AN|1999-01-01|M||||" "|0;162900000000000001;<1<<0900000000"},
	{"024123456|NGUYEN THI BA|1960-05-06|1|162900000000000002|162900000000000001<2",
		"personal", "",
	"|024123456|NGUYEN THI BA|1960-05-06|F||||" "|1;162900000000000002;162900000000000001<2"},
	{"B1234567|NGUYEN VAN TU|1980-02-03|0|162900000000000003|<0",
		"personal", "",
	"||NGUYEN VAN TU|1980-02-03||||||0;162900000000000003;<0;B1234567"},
	{"001099******|NGUYEN VAN AN|1999-**-**|0|162900000000000001|<1",
		"personal", "masked",
	"||NGUYEN VAN AN||M||||" "|0;162900000000000001;<1"},
	{"001099012345|NGUYEN VAN AN|1999-01-01|0|162900000000000001",
		"personal", "field_missing",
	"1099012345||NGUYEN VAN AN|1999-01-01||||||0;162900000000000001;"},
	{"001099012345|NGUYEN VAN AN|1999-01-01|0|1|<9",
		"personal", "sex_unknown",
	"1099012345||NGUYEN VAN AN|1999-01-01||||||0;1;<9"},
	{MRZ1 "\n" MRZ2 "\n" MRZ3, "mrz", "", MRZ_SAYS},
	{"001099012345", "id", "", "1099012345|||||||||"},
	{"999099012345", "id", "id_place_unassigned", "999099012345|||||||||"},
	{"295099012345", "id", "", "295099012345|||||||||"},
	{"296099012345", "id", "id_place_unassigned", "296099012345|||||||||"},
	{"024123456", "old_id", "", "|024123456||||||||"},
	{"HC1:6BFOXN%TS3DH", "health_certificate", "not_a_card", "|||||||||"},
	{"{\"data\":{\"hdr\":{\"t\":\"icao.vacc\"}}}", "vds_nc", "not_a_card", "|||||||||"},
	{"shc:/5676290952432060", "shc", "not_a_card", "|||||||||"},
	{"NZCP:/1/2KCEVIQEIVVWK6", "other_certificate", "not_a_card", "|||||||||"},
	{"LT1:6BFOXN", "other_certificate", "not_a_card", "|||||||||"},
	{"{\"@context\":\"https://www.w3.org/2018/credentials/v1\"}", "other_certificate", "not_a_card", "|||||||||"},
	{"{\"data\":1}", "unknown", "unrecognised", "|||||||||"},
	{"DN4010123456789|4E677579E1BB856E2056C4836E20416E|01/01/1999|1|48C3A0204EE1BB9969|01 - 001",
	"health_insurance", "not_a_card", "|||||||||"},
	{"0123456789|4e677579656e|01/01/1999|1|4869", "health_insurance",
	"not_a_card", "|||||||||"},
	{"001099012345|4e677579656e|01/01/1999|1|4869", "health_insurance",
	"not_a_card", "|||||||||"},

	/* no scan at all */
	{"", "unknown", "empty", "|||||||||"},
	{" \r\n\t\xEF\xBB\xBF", "unknown", "empty", "|||||||||"},
	{"\xFFhello", "unknown", "not_text", "|||||||||"},
	{"001099\xC0\x80", "unknown", "not_text", "|||||||||"},
	{"\xED\xA0\x80", "unknown", "not_text", "|||||||||"},
	{"hello", "unknown", "unrecognised", "|||||||||"},
	{"https://example.org/?id=001099012345", "unknown", "unrecognised",
	"|||||||||"},
	{"00109901234", "unknown", "unrecognised", "|||||||||"},
	{"0010990123456", "unknown", "unrecognised", "|||||||||"},
	{"||||||", "unknown", "unrecognised", "|||||||||"},
	{"001099012345|a|b|c|d", "unknown", "unrecognised", "|||||||||"},
	{"a|b", "unknown", "unrecognised", "|||||||||"},

	/* what scanners add around a code says nothing */
	{"\xEF\xBB\xBF" CARD, "card_2021", "", CARD_SAYS},
	{"\xC3\xAF\xC2\xBB\xC2\xBF" CARD, "card_2021", "", CARD_SAYS},
	{"]Q3" CARD "\r\n", "card_2021", "", CARD_SAYS},
	{"\x02" CARD "\x03\t", "card_2021", "", CARD_SAYS},
	{"  " CARD " \xC2\xA0\r", "card_2021", "", CARD_SAYS},
	{"001099012345\r\n", "id", "", "1099012345|||||||||"},
	/* inside it they do */
	{"001099012345||Nguyễn\x07 Văn\tAn|01011999|Nam|Huế\r\nHuế|10052021",
		"card_2021", "control_characters",
	"1099012345||Nguyễn Văn An|1999-01-01|M|Huế  Huế|2021-05-10|||"},
	{"001099012345||Nguyễn\xE2\x80\xAE Văn\xE2\x80\x8B An|01011999|Nam|Huế|10052021",
		"card_2021", "control_characters",
	"1099012345||Nguyễn Văn An|1999-01-01|M|Huế|2021-05-10|||"},
	{"0010\xE2\x80\x8B" "99012345", "id", "control_characters",
	"1099012345|||||||||"},
	{"001099012345| |  Nguyễn\xC2\xA0Văn An |01011999| Nam|Huế |10052021",
		"card_2021", "",
	"1099012345||Nguyễn Văn An|1999-01-01|M|Huế|2021-05-10|||"},

	/* dates */
	{"001099012345||An|01/01/1999|Nam|Huế|1-5-2021", "card_2021",
	"date_reformatted", "1099012345||An|1999-01-01|M|Huế|2021-05-01|||"},
	{"001099012345||An|1999-01-01|Nam|Huế|10.05.2021", "card_2021",
	"date_reformatted", "1099012345||An|1999-01-01|M|Huế|2021-05-10|||"},
	{"001099012345||An|00001999|Nam|Huế|10052021", "card_2021",
	"date_incomplete", "1099012345||An||M|Huế|2021-05-10|||"},
	{"001099012345||An|00051998|Nam|Huế|10052021", "card_2021",
		"id_disagrees_with_birth_date,date_incomplete",
	"1099012345||An||M|Huế|2021-05-10|||"},
	{"001099012345||An|00000000|Nam|Huế|10052021", "card_2021",
	"date_incomplete", "1099012345||An||M|Huế|2021-05-10|||"},
	{"001099012345||An|1999|Nam|Huế|05/2021", "card_2021",
	"date_reformatted,date_incomplete", "1099012345||An||M|Huế||||"},
	{"001099012345||An|29021999|Nam|Huế|10052021", "card_2021",
	"date_invalid", "1099012345||An||M|Huế|2021-05-10|||"},
	{"001099012345||An|31129999|Nam|Huế|10132021", "card_2021",
	"date_invalid", "1099012345||An||M|Huế||||"},
	{"001099012345||An|01011999|Nam|Huế|31121998", "card_2021",
	"issued_before_birth", "1099012345||An|1999-01-01|M|Huế|1998-12-31|||"},
	{"001099012345||An||Nam|Huế|", "card_2021", "field_missing",
	"1099012345||An||M|Huế||||"},

	/* number, sex, name, old number */
	{"001199012345||An|01011999|Nam|Huế|10052021", "card_2021",
	"id_disagrees_with_sex", "1199012345||An|1999-01-01|M|Huế|2021-05-10|||"},
	{"001199012345||An|01011999|N\xC6\xB0\xCC\x83|Huế|10052021", "card_2021",
	"", "1199012345||An|1999-01-01|F|Huế|2021-05-10|||"},
	{"001199012345||An|01011999|Nu\xCC\x9B\xCC\x83|Huế|10052021", "card_2021",
	"", "1199012345||An|1999-01-01|F|Huế|2021-05-10|||"},
	{"001199012345||An|01011999|NỮ|Huế|10052021", "card_2021",
	"", "1199012345||An|1999-01-01|F|Huế|2021-05-10|||"},
	{"001199012345||An|01011999|X|Huế|10052021", "card_2021",
	"sex_unknown", "1199012345||An|1999-01-01||Huế|2021-05-10|||"},
	{"1099012345||An|01011999|Nam|Huế|10052021", "card_2021",
	"id_invalid", "||An|1999-01-01|M|Huế|2021-05-10|||"},
	{"001099012345|12345678|An|01011999|Nam|Huế|10052021", "card_2021",
	"old_id_invalid", "1099012345||An|1999-01-01|M|Huế|2021-05-10|||"},
	{"001099012345|001099000009|An|01011999|Nam|Huế|10052021", "card_2021",
	"", "1099012345|001099000009|An|1999-01-01|M|Huế|2021-05-10|||"},
	{"001099012345||An2|01011999|Nam|Huế|10052021", "card_2021",
	"name_invalid", "1099012345||An2|1999-01-01|M|Huế|2021-05-10|||"},
	{"001099012345||--|01011999|Nam|Huế|10052021", "card_2021",
	"name_invalid", "1099012345||--|1999-01-01|M|Huế|2021-05-10|||"},
	{"003099012345||An|01011999|Nam|Huế|10052021", "card_2021",
		"id_place_unassigned",
	"3099012345||An|1999-01-01|M|Huế|2021-05-10|||"},

	/* fields missing or too many */
	{"001099012345|Nguyễn Văn An|01011999|Nam|Huế|10052021", "card_2021",
		"field_missing",
	"1099012345||Nguyễn Văn An|1999-01-01|M|Huế|2021-05-10|||"},
	{"001099012345|Nguyễn Văn An|01011999|Nam|Huế|10052021||||", "card_2024",
		"field_missing",
	"1099012345||Nguyễn Văn An|1999-01-01|M|Huế|2021-05-10|||"},
	{"001099012345||Nguyễn Văn An|01011999|Nam|Huế|10052021||", "card_2024",
		"field_missing",
	"1099012345||Nguyễn Văn An|1999-01-01|M|Huế|2021-05-10|||"},
	{"001099012345||Nguyễn Văn An|01011999|Nam|Huế|10052021|||||x", "card_2024",
		"field_surplus",
	"1099012345||Nguyễn Văn An|1999-01-01|M|Huế|2021-05-10|||"},
	{"001099012345||Nguyễn Văn An|01011999|Nam", "card_2021",
	"field_missing", "1099012345||Nguyễn Văn An|1999-01-01|M|||||"},
	{"001099012345|||||", "unknown", "unrecognised", "|||||||||"},
	{"001099012345||||||", "card_2021", "field_missing",
	"1099012345|||||||||"},

	/* wrong decodings that can be taken back: Latin-1, 1252, 1258, twice */
	{"001099012345||Nguy\xC3\xA1\xC2\xBB\xC2\x85n V\xC3\x84\xC2\x83n An|01011999|Nam|Hu\xC3\xA1\xC2\xBA\xC2\xBF|10052021",
		"card_2021", "encoding_repaired",
	"1099012345||Nguyễn Văn An|1999-01-01|M|Huế|2021-05-10|||"},
	{"001099012345||Nguyá»…n VÄƒn An|01011999|Nam|Huáº¿|10052021",
		"card_2021", "encoding_repaired",
	"1099012345||Nguyễn Văn An|1999-01-01|M|Huế|2021-05-10|||"},
	{"001099012345||Nguyá»…n VÄƒn Ă\xC2\x81nh|01011999|Nam|Ä\xC2\x90ĂªHuáº¿|10052021",
		"card_2021", "encoding_repaired",
	"1099012345||Nguyễn Văn Ánh|1999-01-01|M|ĐêHuế|2021-05-10|||"},
	/* damage on the damage: nothing to rely on */
	{"001099012345||Nguyá»n VÄƒn Đ|01011999|Nam|Huế|10052021",
		"card_2021", "encoding_suspect",
	"1099012345||Nguyá»n VÄƒn Đ|1999-01-01|M|Huế|2021-05-10|||"},
	{"001099012345||Nguy\xC3\x83\xC2\xA1\xC3\x82\xC2\xBB\xC3\xA2\xE2\x82\xAC\xC2\xA6n|01011999|Nam|Hu\xC3\x83\xC2\xA1\xC3\x82\xC2\xBA\xC3\x82\xC2\xBF|10052021",
		"card_2021", "encoding_repaired",
	"1099012345||Nguyễn|1999-01-01|M|Huế|2021-05-10|||"},
	{"001099012345||HÃ  Váº¥n|01011999|Nam|HÃ  Ná»™i|10052021",
		"card_2021", "encoding_repaired",
	"1099012345||Hà Vấn|1999-01-01|M|Hà Nội|2021-05-10|||"},
	/* correct text that a careless repair would spoil */
	{"001099012345||AN|01011999|Nam|XÃ A|10052021", "card_2021", "",
	"1099012345||AN|1999-01-01|M|XÃ A|2021-05-10|||"},
	{"001099012345||H’Hen Niê Čŏ Ñ|01011999|Nam|XÃ ĐÔNG|10052021",
		"card_2021", "",
	"1099012345||H’Hen Niê Čŏ Ñ|1999-01-01|M|XÃ ĐÔNG|2021-05-10|||"},
	/* wrong decodings that cannot: Big5, Shift-JIS, lost characters */
	{"001099012345||Hu廙軟h Hi廕簑 Thu廕要|01011999|Nam|H|10052021",
		"card_2021", "encoding_suspect",
	"1099012345||Hu廙軟h Hi廕簑 Thu廕要|1999-01-01|M|H|2021-05-10|||"},
	{"001091012345||Lﾃｽ Minh ﾃ掟19051991|Nam|Xﾃ｣ Ea Tu, Ninh Ki盻「, L蘯｡ng Sﾆ｡n|10052021",
		"card_2021", "encoding_suspect,field_missing",
	"1091012345||||M|Xﾃ｣ Ea Tu, Ninh Ki盻「, L蘯｡ng Sﾆ｡n|2021-05-10|||"},
	{"001099012345||Nguy\xEF\xBF\xBDn|01011999|Nam|Hu|10052021", "card_2021",
	"encoding_suspect", "1099012345||Nguy\xEF\xBF\xBDn|1999-01-01|M|Hu|2021-05-10|||"},
	{"001099012345||Nguy?n V?n An|01011999|Nam|Hu?|10052021", "card_2021",
	"encoding_suspect", "1099012345||Nguy?n V?n An|1999-01-01|M|Hu?|2021-05-10|||"},
	{"001099012345||Nguyб»…n|01011999|Nam|Huбєї|10052021", "card_2021",
	"encoding_suspect", "1099012345||Nguyб»…n|1999-01-01|M|Huбєї|2021-05-10|||"},

	/* ways in which a machine readable zone is delivered */
	{MRZ1 MRZ2 MRZ3, "mrz", "", MRZ_SAYS},
	{MRZ1 "\r\n" MRZ2 "\r\n" MRZ3 "\r\n", "mrz", "", MRZ_SAYS},
	{MRZ1 " " MRZ2 " " MRZ3, "mrz", "", MRZ_SAYS},
	{"idvnm0990123459001099012345<<0\n9901018m3901016vnm<<<<<<<<<<<0\nnguyen<<van<an<<<<<<<<<<<<<<<<",
	"mrz", "", MRZ_SAYS},
	{"IDVNM0990123459001099012345  0\n9901018M3901016VNM           0\nNGUYEN  VAN AN",
	"mrz", "mrz_filler_repaired", MRZ_SAYS},
	{MRZ1 "\n" MRZ2 "\nNGUYEN<<VAN<AN", "mrz", "mrz_filler_repaired", MRZ_SAYS},
	{MRZ1 MRZ2 "NGUYEN<<VAN<AN", "mrz", "mrz_filler_repaired", MRZ_SAYS},
	{"IDVNM0990123459001099012345;;0\n9901018M3901016VNM;;;;;;;;;;;0\nNGUYEN;;VAN;AN;;;;;;;;;;;;;;;;",
	"mrz", "mrz_filler_repaired", MRZ_SAYS},
	{"IDVNM0990123459001099012345«0\n9901018M3901016VNM«««««<0\nNGUYEN«VAN<AN««««««««",
	"mrz", "mrz_filler_repaired", MRZ_SAYS},
	/* a repair that the check digits do not bear out */
	{"IDVNM0990123459001099012345  0\n9901018M3901016VNM           1\nNGUYEN  VAN AN",
	"unknown", "unrecognised,control_characters", "|||||||||"},
	/* and what it says */
	{"IDVNM3010000013079301000001<<3\n0102292F4102289VNM<<<<<<<<<<<6\nTRAN<<THI<BINH<<<<<<<<<<<<<<<<",
	"mrz", "date_invalid", "79301000001||TRAN THI BINH||F|||2041-02-28||"},
	{"IDVNM0580000070034058000007<<3\n5810262M9912315VNM<<<<<<<<<<<8\nLE<<VAN<CU<<<<<<<<<<<<<<<<<<<<",
	"mrz", "no_expiry", "34058000007||LE VAN CU|1958-10-26|M|||||"},
	{"P<VNMNGUYEN<<VAN<AN<<<<<<<<<<<<<<<<<<<<<<<<<\nB1234567<4VNM9901018M3001011001099012345<<06",
	"mrz", "mrz_not_td1", "|||||||||"},
	{"I<UTOD231458907<<<<<<<<<<<<<<<7408122F1204159UTO<<<<<<<<<<<6ERIKSSON<<ANNA<MARIA<<<<<<<<<<",
		"mrz", "issuer_not_vietnam,nationality_not_vietnam,date_incomplete",
	"||ERIKSSON ANNA MARIA||F|||2012-04-15||"},
	{"IDVNM0990123458001099012345<<1\n9901017M3901017VNM<<<<<<<<<<<1\n" MRZ3,
		"mrz",
		"check_digit_document,check_digit_optional,check_digit_birth,check_digit_expiry,check_digit_composite",
	MRZ_SAYS},
	{MRZ1 "\n9901018M3901016VNM<<<<<<<<<<<1\n" MRZ3, "mrz",
	"check_digit_composite", MRZ_SAYS},
	{"IDVNM1990123456001099012345<<0\n9901018M3901016VNM<<<<<<<<<<<6\n" MRZ3,
	"mrz", "document_number_disagrees", MRZ_SAYS},
	{"IDVNM0990123459001099012345<<0\n9901018X3901016VNM<<<<<<<<<<<0\n" MRZ3,
	"mrz", "sex_unknown", "1099012345||NGUYEN VAN AN|1999-01-01||||2039-01-01||"},
	{"IDVNM2400123459001240012345<<0\n4001016M3901016VNM<<<<<<<<<<<8\n" MRZ3,
	"mrz", "expires_before_birth", "1240012345||NGUYEN VAN AN|2040-01-01|M|||2039-01-01||"},
	{MRZ1 "\n99<<<<0M3901016VNM<<<<<<<<<<<6\n" MRZ3,
	"mrz", "date_incomplete", "1099012345||NGUYEN VAN AN||M|||2039-01-01||"},
	{MRZ1 "\n9913013M3901016VNM<<<<<<<<<<<8\n" MRZ3,
	"mrz", "date_invalid", "1099012345||NGUYEN VAN AN||M|||2039-01-01||"},
	{MRZ1 "\n" MRZ2 "\nNGUYEN<<VAN<ANHHHHHHHHHHHHHHHH", "mrz", "name_truncated",
	"1099012345||NGUYEN VAN ANHHHHHHHHHHHHHHHH|1999-01-01|M|||2039-01-01||"},
	{MRZ1 "\n" MRZ2 "\nNGUYEN<<VAN<4N<<<<<<<<<<<<<<<<", "mrz", "name_invalid",
	"1099012345||NGUYEN VAN 4N|1999-01-01|M|||2039-01-01||"}
};

#define CASES (sizeof(cases) / sizeof(cases[0]))

#endif							/* SCAN_CASES_H */
