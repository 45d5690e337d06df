/*
 * country_core.c
 *		State codes; see country_core.h.
 */
#include "pki/country_core.h"

#include <string.h>

typedef struct StateCode
{
	char		three[4];
	char		two[3];
} StateCode;

/*
 * ISO 3166-1, and the codes of Doc 9303-3 section 5 that it does not have:
 * D, EUE, the British kinds of nationals, Kosovo, the United Nations, the
 * Order of Malta, Utopia of the specimens.  In order of the three letters.
 */
static const StateCode codes[] = {
	{"ABW", "AW"}, {"AFG", "AF"}, {"AGO", "AO"}, {"AIA", "AI"},
	{"ALA", "AX"}, {"ALB", "AL"}, {"AND", "AD"}, {"ARE", "AE"},
	{"ARG", "AR"}, {"ARM", "AM"}, {"ASM", "AS"}, {"ATA", "AQ"},
	{"ATF", "TF"}, {"ATG", "AG"}, {"AUS", "AU"}, {"AUT", "AT"},
	{"AZE", "AZ"}, {"BDI", "BI"}, {"BEL", "BE"}, {"BEN", "BJ"},
	{"BES", "BQ"}, {"BFA", "BF"}, {"BGD", "BD"}, {"BGR", "BG"},
	{"BHR", "BH"}, {"BHS", "BS"}, {"BIH", "BA"}, {"BLM", "BL"},
	{"BLR", "BY"}, {"BLZ", "BZ"}, {"BMU", "BM"}, {"BOL", "BO"},
	{"BRA", "BR"}, {"BRB", "BB"}, {"BRN", "BN"}, {"BTN", "BT"},
	{"BVT", "BV"}, {"BWA", "BW"}, {"CAF", "CF"}, {"CAN", "CA"},
	{"CCK", "CC"}, {"CHE", "CH"}, {"CHL", "CL"}, {"CHN", "CN"},
	{"CIV", "CI"}, {"CMR", "CM"}, {"COD", "CD"}, {"COG", "CG"},
	{"COK", "CK"}, {"COL", "CO"}, {"COM", "KM"}, {"CPV", "CV"},
	{"CRI", "CR"}, {"CUB", "CU"}, {"CUW", "CW"}, {"CXR", "CX"},
	{"CYM", "KY"}, {"CYP", "CY"}, {"CZE", "CZ"}, {"D", "DE"}, {"DEU", "DE"},
	{"DJI", "DJ"}, {"DMA", "DM"}, {"DNK", "DK"}, {"DOM", "DO"},
	{"DZA", "DZ"}, {"ECU", "EC"}, {"EGY", "EG"}, {"ERI", "ER"},
	{"ESH", "EH"}, {"ESP", "ES"}, {"EST", "EE"}, {"ETH", "ET"},
	{"EUE", "EU"}, {"FIN", "FI"}, {"FJI", "FJ"}, {"FLK", "FK"},
	{"FRA", "FR"}, {"FRO", "FO"}, {"FSM", "FM"}, {"GAB", "GA"},
	{"GBD", "GB"}, {"GBN", "GB"}, {"GBO", "GB"}, {"GBP", "GB"},
	{"GBR", "GB"}, {"GBS", "GB"}, {"GEO", "GE"}, {"GGY", "GG"},
	{"GHA", "GH"}, {"GIB", "GI"}, {"GIN", "GN"}, {"GLP", "GP"},
	{"GMB", "GM"}, {"GNB", "GW"}, {"GNQ", "GQ"}, {"GRC", "GR"},
	{"GRD", "GD"}, {"GRL", "GL"}, {"GTM", "GT"}, {"GUF", "GF"},
	{"GUM", "GU"}, {"GUY", "GY"}, {"HKG", "HK"}, {"HMD", "HM"},
	{"HND", "HN"}, {"HRV", "HR"}, {"HTI", "HT"}, {"HUN", "HU"},
	{"IDN", "ID"}, {"IMN", "IM"}, {"IND", "IN"}, {"IOT", "IO"},
	{"IRL", "IE"}, {"IRN", "IR"}, {"IRQ", "IQ"}, {"ISL", "IS"},
	{"ISR", "IL"}, {"ITA", "IT"}, {"JAM", "JM"}, {"JEY", "JE"},
	{"JOR", "JO"}, {"JPN", "JP"}, {"KAZ", "KZ"}, {"KEN", "KE"},
	{"KGZ", "KG"}, {"KHM", "KH"}, {"KIR", "KI"}, {"KNA", "KN"},
	{"KOR", "KR"}, {"KWT", "KW"}, {"LAO", "LA"}, {"LBN", "LB"},
	{"LBR", "LR"}, {"LBY", "LY"}, {"LCA", "LC"}, {"LIE", "LI"},
	{"LKA", "LK"}, {"LSO", "LS"}, {"LTU", "LT"}, {"LUX", "LU"},
	{"LVA", "LV"}, {"MAC", "MO"}, {"MAF", "MF"}, {"MAR", "MA"},
	{"MCO", "MC"}, {"MDA", "MD"}, {"MDG", "MG"}, {"MDV", "MV"},
	{"MEX", "MX"}, {"MHL", "MH"}, {"MKD", "MK"}, {"MLI", "ML"},
	{"MLT", "MT"}, {"MMR", "MM"}, {"MNE", "ME"}, {"MNG", "MN"},
	{"MNP", "MP"}, {"MOZ", "MZ"}, {"MRT", "MR"}, {"MSR", "MS"},
	{"MTQ", "MQ"}, {"MUS", "MU"}, {"MWI", "MW"}, {"MYS", "MY"},
	{"MYT", "YT"}, {"NAM", "NA"}, {"NCL", "NC"}, {"NER", "NE"},
	{"NFK", "NF"}, {"NGA", "NG"}, {"NIC", "NI"}, {"NIU", "NU"},
	{"NLD", "NL"}, {"NOR", "NO"}, {"NPL", "NP"}, {"NRU", "NR"},
	{"NZL", "NZ"}, {"OMN", "OM"}, {"PAK", "PK"}, {"PAN", "PA"},
	{"PCN", "PN"}, {"PER", "PE"}, {"PHL", "PH"}, {"PLW", "PW"},
	{"PNG", "PG"}, {"POL", "PL"}, {"PRI", "PR"}, {"PRK", "KP"},
	{"PRT", "PT"}, {"PRY", "PY"}, {"PSE", "PS"}, {"PYF", "PF"},
	{"QAT", "QA"}, {"REU", "RE"}, {"RKS", "KS"}, {"ROU", "RO"},
	{"RUS", "RU"}, {"RWA", "RW"}, {"SAU", "SA"}, {"SDN", "SD"},
	{"SEN", "SN"}, {"SGP", "SG"}, {"SGS", "GS"}, {"SHN", "SH"},
	{"SJM", "SJ"}, {"SLB", "SB"}, {"SLE", "SL"}, {"SLV", "SV"},
	{"SMR", "SM"}, {"SOM", "SO"}, {"SPM", "PM"}, {"SRB", "RS"},
	{"SSD", "SS"}, {"STP", "ST"}, {"SUR", "SR"}, {"SVK", "SK"},
	{"SVN", "SI"}, {"SWE", "SE"}, {"SWZ", "SZ"}, {"SXM", "SX"},
	{"SYC", "SC"}, {"SYR", "SY"}, {"TCA", "TC"}, {"TCD", "TD"},
	{"TGO", "TG"}, {"THA", "TH"}, {"TJK", "TJ"}, {"TKL", "TK"},
	{"TKM", "TM"}, {"TLS", "TL"}, {"TON", "TO"}, {"TTO", "TT"},
	{"TUN", "TN"}, {"TUR", "TR"}, {"TUV", "TV"}, {"TWN", "TW"},
	{"TZA", "TZ"}, {"UGA", "UG"}, {"UKR", "UA"}, {"UMI", "UM"},
	{"UNA", "UN"}, {"UNK", "UN"}, {"UNO", "UN"}, {"URY", "UY"},
	{"USA", "US"}, {"UTO", "UT"}, {"UZB", "UZ"}, {"VAT", "VA"},
	{"VCT", "VC"}, {"VEN", "VE"}, {"VGB", "VG"}, {"VIR", "VI"},
	{"VNM", "VN"}, {"VUT", "VU"}, {"WLF", "WF"}, {"WSM", "WS"},
	{"XOM", "XO"}, {"YEM", "YE"}, {"ZAF", "ZA"}, {"ZMB", "ZM"},
	{"ZWE", "ZW"},
};

#define CODE_COUNT	((int) (sizeof(codes) / sizeof(codes[0])))

bool
cccd_country_has_form(const char *text, size_t length)
{
	return length == CCCD_COUNTRY_SIZE && text[0] >= 'A' && text[0] <= 'Z' &&
		text[1] >= 'A' && text[1] <= 'Z';
}

/*
 * The two letters of a code of one to three capitals; a code that is not in
 * the table stays as it is.
 */
const char *
cccd_country_two_letters(const char *code)
{
	int			low = 0;
	int			high = CODE_COUNT - 1;

	if (strlen(code) == 2)
		return code;
	while (low <= high)
	{
		int			middle = (low + high) / 2;
		int			order = strcmp(code, codes[middle].three);

		if (order == 0)
			return codes[middle].two;
		if (order < 0)
			high = middle - 1;
		else
			low = middle + 1;
	}
	return code;
}

/* The same state; an absent code is nobody's. */
bool
cccd_country_equal(const char *a, const char *b)
{
	return a[0] != '\0' && b[0] != '\0' &&
		strcmp(cccd_country_two_letters(a), cccd_country_two_letters(b)) == 0;
}

bool
cccd_country_fits_zone(const char *zone, const char *country)
{
	return cccd_country_equal(zone, country) ||
		(strcmp(zone, "CHN") == 0 && (strcmp(country, "HK") == 0 ||
									  strcmp(country, "MO") == 0));
}
