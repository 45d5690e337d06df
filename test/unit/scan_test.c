/*
 * scan_test.c
 *		Scans of every kind and every damage, and a million mutated ones.
 *		All people are invented.
 */
#include "unit.h"

#include <stdlib.h>

#include "calendar/calendar_core.h"
#include "scan_check.h"

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

static void
add_date(char *out, int32_t date)
{
	int			year;
	int			month;
	int			day;

	if (date == CCCD_NO_DATE)
		return;
	cccd_civil_from_days(date, &year, &month, &day);
	sprintf(out + strlen(out), "%04d-%02d-%02d", year, month, day);
}

static void
add_slice(char *out, CccdSlice slice)
{
	strncat(out, slice.ptr == NULL ? "" : slice.ptr, slice.len);
}

static const char *
describe(const CccdScan *scan)
{
	static char out[2 * CCCD_SCAN_MAX];
	int			i;

	out[0] = '\0';
	if (scan->id != CCCD_NO_ID)
		sprintf(out, "%lld", (long long) scan->id);
	strcat(out, "|");
	add_slice(out, scan->old_id);
	strcat(out, "|");
	add_slice(out, scan->name);
	strcat(out, "|");
	add_date(out, scan->birth_date);
	strcat(out, "|");
	if (scan->sex != 0)
		strncat(out, &scan->sex, 1);
	strcat(out, "|");
	add_slice(out, scan->address);
	strcat(out, "|");
	add_date(out, scan->issued);
	strcat(out, "|");
	add_date(out, scan->expires);
	strcat(out, "|");
	for (i = 0; i < scan->cancelled_count; i++)
		sprintf(out + strlen(out), "%s%lld", i > 0 ? "," : "",
				(long long) scan->cancelled[i]);
	strcat(out, "|");
	for (i = 0; i < scan->extra_count; i++)
	{
		if (i > 0)
			strcat(out, ";");
		add_slice(out, scan->extra[i]);
	}
	return out;
}

static const char *
describe_flags(uint64_t flags)
{
	static char out[2048];
	int			i;

	out[0] = '\0';
	for (i = 0; i < CCCD_FLAG_COUNT; i++)
	{
		if (flags >> i & 1)
		{
			if (out[0] != '\0')
				strcat(out, ",");
			strcat(out, cccd_scan_flag_names[i]);
		}
	}
	return out;
}

static void
test_cases(void)
{
	static CccdScan scan;
	size_t		i;

	for (i = 0; i < CASES; i++)
	{
		cccd_scan_read(cases[i].text, strlen(cases[i].text), &scan);
		CHECK_STR(cccd_scan_kind_names[scan.kind], cases[i].kind);
		CHECK_STR(describe_flags(scan.flags), cases[i].flags);
		CHECK_STR(describe(&scan), cases[i].says);
		CHECK(scan_is_sound(&scan));
	}
}

static void
test_limits(void)
{
	static CccdScan scan;
	static char text[CCCD_CERTIFICATE_MAX + 1];
	size_t		head;
	int			i;

	memset(text, ' ', sizeof(text));
	memcpy(text, "001099012345", 12);
	cccd_scan_read(text, CCCD_SCAN_MAX, &scan);
	CHECK(scan.kind == CCCD_KIND_ID);
	cccd_scan_read(text, CCCD_SCAN_MAX + 1, &scan);
	CHECK(scan.kind == CCCD_KIND_UNKNOWN && scan.flags == CCCD_FLAG(TOO_LONG));
	memset(text, 'A', sizeof(text));
	memcpy(text, "HC1:", 4);
	cccd_scan_read(text, CCCD_CERTIFICATE_MAX, &scan);
	CHECK(scan.kind == CCCD_KIND_HEALTH_CERTIFICATE);
	cccd_scan_read(text, CCCD_CERTIFICATE_MAX + 1, &scan);
	CHECK(scan.kind == CCCD_KIND_UNKNOWN && scan.flags == CCCD_FLAG(TOO_LONG));

	/* name and address at their limits and one beyond */
	head = (size_t) sprintf(text, "001099012345||");
	memset(text + head, 'A', CCCD_NAME_MAX + 1);
	strcpy(text + head + CCCD_NAME_MAX, "|01011999|Nam|Hue|10052021");
	cccd_scan_read(text, strlen(text), &scan);
	CHECK(scan.flags == 0 && scan.name.len == CCCD_NAME_MAX);
	memset(text + head, 'A', CCCD_NAME_MAX + 1);
	strcpy(text + head + CCCD_NAME_MAX + 1, "|01011999|Nam|Hue|10052021");
	cccd_scan_read(text, strlen(text), &scan);
	CHECK(scan.flags == CCCD_FLAG(FIELD_TOO_LONG) && scan.name.ptr == NULL &&
		  scan.address.len == 3);
	head = (size_t) sprintf(text, "001099012345||An|01011999|Nam|");
	memset(text + head, 'A', CCCD_ADDRESS_MAX + 1);
	strcpy(text + head + CCCD_ADDRESS_MAX + 1, "|10052021");
	cccd_scan_read(text, strlen(text), &scan);
	CHECK(scan.flags == CCCD_FLAG(FIELD_TOO_LONG) && scan.address.ptr == NULL);
	head = (size_t) sprintf(text, "%s|", CARD);
	memset(text + head, 'A', CCCD_EXTRA_MAX + 1);
	strcpy(text + head + CCCD_EXTRA_MAX + 1, "|||");
	cccd_scan_read(text, strlen(text), &scan);
	CHECK(scan.flags == CCCD_FLAG(FIELD_TOO_LONG) &&
		  scan.extra_count == CCCD_SCAN_EXTRA && scan.extra[0].ptr == NULL);

	/* more cancelled numbers than there is room for */
	head = (size_t) sprintf(text, "%s|", CARD);
	for (i = 0; i <= CCCD_SCAN_CANCELLED; i++)
		head += (size_t) sprintf(text + head, "001099000001;");
	strcpy(text + head, "|||");
	cccd_scan_read(text, strlen(text), &scan);
	CHECK(scan.cancelled_count == CCCD_SCAN_CANCELLED);
	CHECK(scan.flags == CCCD_FLAG(FIELD_SURPLUS));
}

static void
test_expect(void)
{
	static CccdScan scan;

	cccd_scan_read(CARD, strlen(CARD), &scan);
	cccd_scan_expect(&scan, CCCD_KINDS_CARD);
	CHECK(scan.flags == 0 && scan.id == 1099012345);
	cccd_scan_expect(&scan, CCCD_KIND(MRZ));
	CHECK(scan.kind == CCCD_KIND_CARD_2021 &&
		  scan.flags == CCCD_FLAG(KIND_UNEXPECTED));
	CHECK_STR(describe(&scan), "|||||||||");
	cccd_scan_read("?", 1, &scan);
	cccd_scan_expect(&scan, CCCD_KIND(MRZ));
	CHECK(scan.kind == CCCD_KIND_UNKNOWN &&
		  scan.flags == CCCD_FLAG(UNRECOGNISED));
}

static void
test_write(void)
{
	static CccdScan scan;
	CccdCard	card;
	char		text[CCCD_SCAN_MAX];
	size_t		len;
	const char *field;

	memset(&card, 0, sizeof(card));
	card.kind = CCCD_KIND_CARD_2024;
	card.id = 1099012345;
	card.birth_date = card.issued = CCCD_NO_DATE;
	CHECK(cccd_card_write(&card, text, &len, &field) == CCCD_WRITE_OK);
	CHECK(len == 22 && memcmp(text, "001099012345||||||||||", 22) == 0);
#define WRITE(member, string) \
	(card.member.ptr = (string), card.member.len = strlen(string), \
	 cccd_card_write(&card, text, &len, &field))
	CHECK(WRITE(name, "a|b") == CCCD_WRITE_BAR);
	CHECK_STR(field, "name");
	CHECK(WRITE(name, "a\nb") == CCCD_WRITE_CONTROL);
	CHECK(WRITE(name, "a\xE2\x80\x8E") == CCCD_WRITE_CONTROL);
	CHECK(WRITE(name, "a\xC3") == CCCD_WRITE_CONTROL);
	{
		static char long_name[CCCD_NAME_MAX + 2];

		memset(long_name, 'A', CCCD_NAME_MAX + 1);
		CHECK(WRITE(name, long_name) == CCCD_WRITE_LONG);
		CHECK_STR(field, "name");
		CHECK(WRITE(name, long_name + 1) == CCCD_WRITE_OK);
	}
	CHECK(WRITE(name, "An") == CCCD_WRITE_OK);
	CHECK(WRITE(address, "|") == CCCD_WRITE_BAR);
	CHECK_STR(field, "address");
	CHECK(WRITE(address, "Huế") == CCCD_WRITE_OK);
	CHECK(WRITE(old_id, "12345678") == CCCD_WRITE_OLD_ID);
	CHECK(WRITE(old_id, "12345678x") == CCCD_WRITE_OLD_ID);
	CHECK(WRITE(old_id, "123456789") == CCCD_WRITE_OK);
	card.birth_date = cccd_days_from_civil(1899, 12, 31);
	CHECK(cccd_card_write(&card, text, &len, &field) == CCCD_WRITE_YEAR);
	CHECK_STR(field, "birth_date");
	card.birth_date = cccd_days_from_civil(1999, 1, 1);
	card.issued = INT32_MAX;
	CHECK(cccd_card_write(&card, text, &len, &field) == CCCD_WRITE_YEAR);
	CHECK_STR(field, "issued");
	card.issued = cccd_days_from_civil(2399, 12, 31);
	card.sex = 'M';
	CHECK(cccd_card_write(&card, text, &len, &field) == CCCD_WRITE_OK);
	cccd_scan_read(text, len, &scan);
	CHECK(scan.flags == 0);
	CHECK_STR(describe(&scan),
			  "1099012345|123456789|An|1999-01-01|M|Huế|2399-12-31|||");
}

/* xorshift64: the same scans every time, on every machine. */
static uint64_t state = UINT64_C(0x9E3779B97F4A7C15);

static uint32_t
random_below(uint32_t limit)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return (uint32_t) ((state >> 32) * limit >> 32);
}

/* Pieces that mean something to the reader. */
static const char *const pieces[] = {
	"|", "||", "||||", "<", "<<", "Nam", "Nữ", "Nu\xCC\x9B\xCC\x83", "0",
	"00", "01011999", "00001999", "1999-01-01", "29/02/2000", "001099012345",
	"024123456", "\xEF\xBB\xBF", "]Q3", "\r\n", "\t", "\x01", "?", "*",
	"\xEF\xBF\xBD", "Ã¡", "á»", "ﾃ掟", "廙軟", "HC1:", "IDVNM", "I<UTO",
	"\xE2\x80\xAE", "\xC2\xA0", "4E47", "\xC3", "\x80", "\xF4\x90\x80\x80",
	"Đ", "«", " "
};

#define PIECES (sizeof(pieces) / sizeof(pieces[0]))
#define ROOM (CCCD_CERTIFICATE_MAX + 64)

static void
replace(char *text, size_t *len, size_t at, size_t gone, const char *with,
		size_t count)
{
	if (gone > *len - at)
		gone = *len - at;
	if (*len - gone + count > ROOM)
		return;
	memmove(text + at + count, text + at + gone, *len - at - gone);
	memcpy(text + at, with, count);
	*len += count - gone;
}

static void
mutate(char *text, size_t *len)
{
	size_t		at = random_below((uint32_t) *len + 1);
	const char *piece = pieces[random_below(PIECES)];
	const char *other = cases[random_below(CASES)].text;
	size_t		other_len = strlen(other);
	size_t		other_at = random_below((uint32_t) other_len + 1);
	char		byte = (char) random_below(random_below(4) == 0 ? 256 : 128);

	switch (random_below(8))
	{
		case 0:
			replace(text, len, at, 1, &byte, 1);
			break;
		case 1:
			replace(text, len, at, 0, &byte, 1);
			break;
		case 2:
			replace(text, len, at, 1 + random_below(8), "", 0);
			break;
		case 3:
			replace(text, len, at, 0, piece, strlen(piece));
			break;
		case 4:
			replace(text, len, at, strlen(piece), piece, strlen(piece));
			break;
		case 5:
			replace(text, len, at, *len, other + other_at,
					other_len - other_at);
			break;
		case 6:
			replace(text, len, at, 0, other + other_at,
					random_below((uint32_t) (other_len - other_at) + 1));
			break;
		default:
			/* the same again and again, now and then beyond the limits */
			{
				uint32_t	times = random_below(random_below(50) == 0 ?
												 4000 : 8);

				while (times-- > 0)
					replace(text, len, at, 0, piece, strlen(piece));
			}
			break;
	}
}

/*
 * A million scans, most of them mutations of the cases above: none crashes
 * (the sanitizers watch), everything that comes out is sound.  The counts
 * guard the test itself: mutants must reach every kind and every flag.
 */
static void
test_million(void)
{
	static CccdScan scan;
	static char text[ROOM];
	int			unsound = 0;
	int			kinds[CCCD_KIND_COUNT] = {0};
	uint64_t	flags = 0;
	int			reached = 0;
	int			i;

	for (i = 0; i < 1000000; i++)
	{
		const char *start = cases[random_below(CASES)].text;
		size_t		len = strlen(start);
		uint32_t	times = random_below(4);

		memcpy(text, start, len);
		if (i % 16 == 0)
		{
			size_t		at;

			len = random_below(200);
			for (at = 0; at < len; at++)
				text[at] = (char) random_below(i % 32 == 0 ? 128 : 256);
		}
		while (times-- > 0)
			mutate(text, &len);
		cccd_scan_read(text, len, &scan);
		unsound += !scan_is_sound(&scan);
		kinds[scan.kind]++;
		flags |= scan.flags;
	}
	CHECK(unsound == 0);
	for (i = 0; i < CCCD_KIND_COUNT; i++)
	{
		reached += kinds[i] > 1000;
		printf("%s: %d\n", cccd_scan_kind_names[i], kinds[i]);
	}
	CHECK(reached == CCCD_KIND_COUNT);
	CHECK((flags | CCCD_FLAG(UNTRANSLATABLE) | CCCD_FLAG(KIND_UNEXPECTED)) ==
		  (UINT64_C(1) << CCCD_FLAG_COUNT) - 1);
}

int
main(void)
{
	test_cases();
	test_limits();
	test_expect();
	test_write();
	test_million();
	return finish();
}
