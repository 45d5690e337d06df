/*
 * place_core.c
 *		Tables of the 63 provinces, their 34 successors, and the countries.
 *
 * The number never changes with the map: its first three digits name the
 * province of 2016 or, for a birth registered abroad, the country (Circular
 * 07/2016/TT-BCA annexes I and II).  Since 1 July 2025 there are 34 provinces
 * (Resolution 202/2025/QH15; codes of Decision 19/2025/QD-TTg).
 *
 * The two code systems overlap and must not be mixed: seven new provinces
 * took the code of the member whose name they did not take.  015 in a number
 * is Yên Bái; the province with the code 15 today is Lào Cai.
 */
#include "id/place_core.h"

#include <stddef.h>

#include "id/id_core.h"

typedef struct Province
{
	int			code;
	int			successor;
	const char *name;
} Province;

typedef struct Successor
{
	int			code;
	const char *name;
} Successor;

/* by code; gaps were never assigned */
static const Province provinces[CCCD_PLACE_PROVINCES] = {
	{1, 1, "Hà Nội"},
	{2, 8, "Hà Giang"},
	{4, 4, "Cao Bằng"},
	{6, 19, "Bắc Kạn"},
	{8, 8, "Tuyên Quang"},
	{10, 15, "Lào Cai"},
	{11, 11, "Điện Biên"},
	{12, 12, "Lai Châu"},
	{14, 14, "Sơn La"},
	{15, 15, "Yên Bái"},
	{17, 25, "Hòa Bình"},
	{19, 19, "Thái Nguyên"},
	{20, 20, "Lạng Sơn"},
	{22, 22, "Quảng Ninh"},
	{24, 24, "Bắc Giang"},
	{25, 25, "Phú Thọ"},
	{26, 25, "Vĩnh Phúc"},
	{27, 24, "Bắc Ninh"},
	{30, 31, "Hải Dương"},
	{31, 31, "Hải Phòng"},
	{33, 33, "Hưng Yên"},
	{34, 33, "Thái Bình"},
	{35, 37, "Hà Nam"},
	{36, 37, "Nam Định"},
	{37, 37, "Ninh Bình"},
	{38, 38, "Thanh Hóa"},
	{40, 40, "Nghệ An"},
	{42, 42, "Hà Tĩnh"},
	{44, 44, "Quảng Bình"},
	{45, 44, "Quảng Trị"},
	{46, 46, "Thừa Thiên Huế"},
	{48, 48, "Đà Nẵng"},
	{49, 48, "Quảng Nam"},
	{51, 51, "Quảng Ngãi"},
	{52, 52, "Bình Định"},
	{54, 66, "Phú Yên"},
	{56, 56, "Khánh Hòa"},
	{58, 56, "Ninh Thuận"},
	{60, 68, "Bình Thuận"},
	{62, 51, "Kon Tum"},
	{64, 52, "Gia Lai"},
	{66, 66, "Đắk Lắk"},
	{67, 68, "Đắk Nông"},
	{68, 68, "Lâm Đồng"},
	{70, 75, "Bình Phước"},
	{72, 80, "Tây Ninh"},
	{74, 79, "Bình Dương"},
	{75, 75, "Đồng Nai"},
	{77, 79, "Bà Rịa - Vũng Tàu"},
	{79, 79, "Hồ Chí Minh"},
	{80, 80, "Long An"},
	{82, 82, "Tiền Giang"},
	{83, 86, "Bến Tre"},
	{84, 86, "Trà Vinh"},
	{86, 86, "Vĩnh Long"},
	{87, 82, "Đồng Tháp"},
	{89, 91, "An Giang"},
	{91, 91, "Kiên Giang"},
	{92, 92, "Cần Thơ"},
	{93, 92, "Hậu Giang"},
	{94, 92, "Sóc Trăng"},
	{95, 96, "Bạc Liêu"},
	{96, 96, "Cà Mau"},
};

/* by code */
static const Successor successors[CCCD_PLACE_SUCCESSORS] = {
	{1, "Hà Nội"},
	{4, "Cao Bằng"},
	{8, "Tuyên Quang"},
	{11, "Điện Biên"},
	{12, "Lai Châu"},
	{14, "Sơn La"},
	{15, "Lào Cai"},
	{19, "Thái Nguyên"},
	{20, "Lạng Sơn"},
	{22, "Quảng Ninh"},
	{24, "Bắc Ninh"},
	{25, "Phú Thọ"},
	{31, "Hải Phòng"},
	{33, "Hưng Yên"},
	{37, "Ninh Bình"},
	{38, "Thanh Hóa"},
	{40, "Nghệ An"},
	{42, "Hà Tĩnh"},
	{44, "Quảng Trị"},
	{46, "Huế"},
	{48, "Đà Nẵng"},
	{51, "Quảng Ngãi"},
	{52, "Gia Lai"},
	{56, "Khánh Hòa"},
	{66, "Đắk Lắk"},
	{68, "Lâm Đồng"},
	{75, "Đồng Nai"},
	{79, "Hồ Chí Minh"},
	{80, "Tây Ninh"},
	{82, "Đồng Tháp"},
	{86, "Vĩnh Long"},
	{91, "An Giang"},
	{92, "Cần Thơ"},
	{96, "Cà Mau"},
};

/*
 * From 101 without a gap.  The annex names Azerbaijan (113, 114) and Croatia
 * (147, 148) twice; both codes are in use.
 */
static const char *const countries[] = {
	"Afghanistan",				/* 101 */
	"Ai Cập",
	"Albania",
	"Algérie",
	"Andorra",
	"Angola",
	"Vương quốc Liên hiệp Anh và Bắc Ireland",
	"Antigua và Barbuda",
	"Áo",
	"Ả Rập Saudi",
	"Argentina",				/* 111 */
	"Armenia",
	"Azerbaijan",
	"Cộng hòa Azerbaijan",
	"Cộng hòa Ấn Độ",
	"Bahamas",
	"Bahrain",
	"Ba Lan",
	"Bangladesh",
	"Barbados",
	"Belarus",					/* 121 */
	"Belize",
	"Benin",
	"Bhutan",
	"Bỉ",
	"Bolivia",
	"Bosna và Hercegovina",
	"Botswana",
	"Bồ Đào Nha",
	"Bờ Biển Ngà",
	"Brasil",					/* 131 */
	"Brunei",
	"Bulgaria",
	"Burkina Faso",
	"Burundi",
	"Cabo Verde",
	"Các Tiểu Vương quốc Ả Rập Thống nhất",
	"Cameroon",
	"Campuchia",
	"Canada",
	"Chile",					/* 141 */
	"Colombia",
	"Comoros",
	"Cộng hòa Congo",
	"Cộng hòa Dân chủ Congo",
	"Costa Rica",
	"Croatia",
	"Cộng hòa Croatia",
	"Cuba",
	"Djibouti",
	"Dominica",					/* 151 */
	"Cộng hòa Dominicana",
	"Đan Mạch",
	"Đông Timor",
	"Đức",
	"Ecuador",
	"El Salvador",
	"Eritrea",
	"Estonia",
	"Ethiopia",
	"Fiji",						/* 161 */
	"Gabon",
	"Gambia",
	"Ghana",
	"Grenada",
	"Gruzia",
	"Guatemala",
	"Guinea-Bissau",
	"Guinea Xích Đạo",
	"Guinea",
	"Guyana",					/* 171 */
	"Haiti",
	"Hà Lan",
	"Hàn Quốc",
	"Hoa Kỳ",
	"Honduras",
	"Hungary",
	"Hy Lạp",
	"Iceland",
	"Indonesia",
	"Iran",						/* 181 */
	"Iraq",
	"Ireland",
	"Israel",
	"Jamaica",
	"Jordan",
	"Kazakhstan",
	"Kenya",
	"Kiribati",
	"Kuwait",
	"Síp",						/* 191 */
	"Kyrgyzstan",
	"Lào",
	"Latvia",
	"Lesotho",
	"Li ban",
	"Liberia",
	"Libya",
	"Liechtenstein",
	"Litva",
	"Luxembourg",				/* 201 */
	"Macedonia",
	"Madagascar",
	"Malawi",
	"Malaysia",
	"Maldives",
	"Mali",
	"Malta",
	"Maroc",
	"Quần đảo Marshall",
	"Mauritanie",				/* 211 */
	"Mauritius",
	"Mexico",
	"Micronesia",
	"Moldova",
	"Monaco",
	"Mông Cổ",
	"Montenegro",
	"Mozambique",
	"Myanma",
	"Namibia",					/* 221 */
	"Nam Sudan",
	"Nam Phi",
	"Nauru",
	"Na Uy",
	"Nepal",
	"New Zealand",
	"Nicaragua",
	"Niger",
	"Nigeria",
	"Nga",						/* 231 */
	"Nhật Bản",
	"Oman",
	"Pakistan",
	"Palau",
	"Panama",
	"Papua New Guinea",
	"Paraguay",
	"Peru",
	"Pháp",
	"Phần Lan",				/* 241 */
	"Philippines",
	"Qatar",
	"Romania",
	"Rwanda",
	"Saint Kitts và Nevis",
	"Saint Lucia",
	"Saint Vincent và Grenadines",
	"Samoa",
	"San Marino",
	"São Tomé và Príncipe", /* 251 */
	"Séc",
	"Sénégal",
	"Serbia",
	"Seychelles",
	"Sierra Leone",
	"Singapore",
	"Slovakia",
	"Slovenia",
	"Solomon",
	"Somalia",					/* 261 */
	"Sri Lanka",
	"Sudan",
	"Suriname",
	"Swaziland",
	"Syria",
	"Tajikistan",
	"Tanzania",
	"Tây Ban Nha",
	"Tchad",
	"Thái Lan",				/* 271 */
	"Thổ Nhĩ Kỳ",
	"Thụy Điển",
	"Thụy Sĩ",
	"Togo",
	"Tonga",
	"Triều Tiên",
	"Trinidad và Tobago",
	"Trung Quốc",
	"Trung Phi",
	"Tunisia",					/* 281 */
	"Turkmenistan",
	"Tuvalu",
	"Úc",
	"Uganda",
	"Ukraina",
	"Uruguay",
	"Uzbekistan",
	"Vanuatu",
	"Thành Vatican",
	"Venezuela",				/* 291 */
	"Ý",
	"Yemen",
	"Zambia",
	"Zimbabwe",
};

_Static_assert(sizeof(countries) / sizeof(countries[0]) ==
			   CCCD_PLACE_LAST_COUNTRY - CCCD_PLACE_FIRST_COUNTRY + 1,
			   "one name for each country code");

static const Province *
find_province(int place)
{
	int			low = 0,
				high = CCCD_PLACE_PROVINCES - 1;

	while (low <= high)
	{
		int			middle = (low + high) / 2;

		if (provinces[middle].code == place)
			return &provinces[middle];
		if (provinces[middle].code < place)
			low = middle + 1;
		else
			high = middle - 1;
	}
	return NULL;
}

const char *
cccd_place_name(int place)
{
	const Province *found;

	if (place >= CCCD_PLACE_FIRST_COUNTRY && place <= CCCD_PLACE_LAST_COUNTRY)
		return countries[place - CCCD_PLACE_FIRST_COUNTRY];
	found = find_province(place);
	return found ? found->name : NULL;
}

int
cccd_place_successor(int place)
{
	const Province *found = find_province(place);

	return found ? found->successor : 0;
}

const char *
cccd_place_successor_name(int code)
{
	for (int i = 0; i < CCCD_PLACE_SUCCESSORS; i++)
		if (successors[i].code == code)
			return successors[i].name;
	return NULL;
}

static bool
contains(const CccdPlaceSet *set, int place)
{
	return (set->bits[place / 64] >> place % 64 & 1) != 0;
}

void
cccd_place_set_add(CccdPlaceSet *set, int64_t place)
{
	if (place >= 0 && place <= CCCD_ID_LAST_PLACE)
		set->bits[place / 64] |= UINT64_C(1) << place % 64;
}

bool
cccd_place_set_next(const CccdPlaceSet *set, int *first, int *last)
{
	int			place = *first;

	while (place <= CCCD_ID_LAST_PLACE && !contains(set, place))
		place++;
	if (place > CCCD_ID_LAST_PLACE)
		return false;
	*first = place;
	while (place < CCCD_ID_LAST_PLACE && contains(set, place + 1))
		place++;
	*last = place;
	return true;
}
