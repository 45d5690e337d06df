/*
 * country_test.c
 *		State codes against a list of their own, and which states are the same.
 */
#include "unit.h"

#include "pki/country_core.h"

/* ISO 3166-1 in order of the two letters: 249 states. */
static const char iso[] =
"AD AND,AE ARE,AF AFG,AG ATG,AI AIA,AL ALB,AM ARM,AO AGO,AQ ATA,"
"AR ARG,AS ASM,AT AUT,AU AUS,AW ABW,AX ALA,AZ AZE,BA BIH,BB BRB,"
"BD BGD,BE BEL,BF BFA,BG BGR,BH BHR,BI BDI,BJ BEN,BL BLM,BM BMU,"
"BN BRN,BO BOL,BQ BES,BR BRA,BS BHS,BT BTN,BV BVT,BW BWA,BY BLR,"
"BZ BLZ,CA CAN,CC CCK,CD COD,CF CAF,CG COG,CH CHE,CI CIV,CK COK,"
"CL CHL,CM CMR,CN CHN,CO COL,CR CRI,CU CUB,CV CPV,CW CUW,CX CXR,"
"CY CYP,CZ CZE,DE DEU,DJ DJI,DK DNK,DM DMA,DO DOM,DZ DZA,EC ECU,"
"EE EST,EG EGY,EH ESH,ER ERI,ES ESP,ET ETH,FI FIN,FJ FJI,FK FLK,"
"FM FSM,FO FRO,FR FRA,GA GAB,GB GBR,GD GRD,GE GEO,GF GUF,GG GGY,"
"GH GHA,GI GIB,GL GRL,GM GMB,GN GIN,GP GLP,GQ GNQ,GR GRC,GS SGS,"
"GT GTM,GU GUM,GW GNB,GY GUY,HK HKG,HM HMD,HN HND,HR HRV,HT HTI,"
"HU HUN,ID IDN,IE IRL,IL ISR,IM IMN,IN IND,IO IOT,IQ IRQ,IR IRN,"
"IS ISL,IT ITA,JE JEY,JM JAM,JO JOR,JP JPN,KE KEN,KG KGZ,KH KHM,"
"KI KIR,KM COM,KN KNA,KP PRK,KR KOR,KW KWT,KY CYM,KZ KAZ,LA LAO,"
"LB LBN,LC LCA,LI LIE,LK LKA,LR LBR,LS LSO,LT LTU,LU LUX,LV LVA,"
"LY LBY,MA MAR,MC MCO,MD MDA,ME MNE,MF MAF,MG MDG,MH MHL,MK MKD,"
"ML MLI,MM MMR,MN MNG,MO MAC,MP MNP,MQ MTQ,MR MRT,MS MSR,MT MLT,"
"MU MUS,MV MDV,MW MWI,MX MEX,MY MYS,MZ MOZ,NA NAM,NC NCL,NE NER,"
"NF NFK,NG NGA,NI NIC,NL NLD,NO NOR,NP NPL,NR NRU,NU NIU,NZ NZL,"
"OM OMN,PA PAN,PE PER,PF PYF,PG PNG,PH PHL,PK PAK,PL POL,PM SPM,"
"PN PCN,PR PRI,PS PSE,PT PRT,PW PLW,PY PRY,QA QAT,RE REU,RO ROU,"
"RS SRB,RU RUS,RW RWA,SA SAU,SB SLB,SC SYC,SD SDN,SE SWE,SG SGP,"
"SH SHN,SI SVN,SJ SJM,SK SVK,SL SLE,SM SMR,SN SEN,SO SOM,SR SUR,"
"SS SSD,ST STP,SV SLV,SX SXM,SY SYR,SZ SWZ,TC TCA,TD TCD,TF ATF,"
"TG TGO,TH THA,TJ TJK,TK TKL,TL TLS,TM TKM,TN TUN,TO TON,TR TUR,"
"TT TTO,TV TUV,TW TWN,TZ TZA,UA UKR,UG UGA,UM UMI,US USA,UY URY,"
"UZ UZB,VA VAT,VC VCT,VE VEN,VG VGB,VI VIR,VN VNM,VU VUT,WF WLF,"
"WS WSM,YE YEM,YT MYT,ZA ZAF,ZM ZMB,ZW ZWE,";

/* What Doc 9303-3 section 5 adds. */
static const char icao[] =
"DE D,EU EUE,GB GBD,GB GBN,GB GBO,GB GBP,GB GBS,KS RKS,UN UNA,UN UNK,"
"UN UNO,UT UTO,XO XOM,";

static char two_of[27 * 27 * 27][3];
static int	codes;

/* The place of a code of one or three letters. */
static int
place(const char *three)
{
	int			at = 0;

	for (int k = 0; k < 3; k++)
		at = at * 27 + (*three == '\0' ? 0 : *three++ - 'A' + 1);
	return at;
}

/* Keep the pairs of a list: two letters, a space, the code, a mark. */
static void
keep(const char *list)
{
	for (const char *p = list; *p != '\0'; p++)
	{
		char		three[4] = "";
		int			length = 0;

		CHECK(p[2] == ' ');
		while (p[3 + length] >= 'A')
		{
			three[length] = p[3 + length];
			length++;
		}
		memcpy(two_of[place(three)], p, 2);
		codes++;
		p += 3 + length;
	}
}

/* Every code of one to three letters: its state, or itself. */
static void
test_table(void)
{
	int			found = 0;

	for (int at = 27 * 27; at < 27 * 27 * 27; at++)
	{
		char		code[4] = "";
		char	   *out = code;
		const int	letters[] = {at / 729, at / 27 % 27, at % 27};

		for (int k = 0; k < 3 && letters[k] != 0; k++)
			*out++ = (char) ('A' + letters[k] - 1);
		if (place(code) != at)
			continue;
		found += two_of[at][0] != '\0';
		CHECK_STR(cccd_country_two_letters(code),
				  two_of[at][0] != '\0' ? two_of[at] : code);
	}
	CHECK(codes == 249 + 13 && found == codes);
	CHECK_STR(cccd_country_two_letters(""), "");
}

static void
test_equal(void)
{
	CHECK(cccd_country_equal("MAC", "MO") && cccd_country_equal("MO", "MAC"));
	CHECK(cccd_country_equal("VNM", "VN") && cccd_country_equal("VN", "VN"));
	CHECK(cccd_country_equal("D", "DEU") && cccd_country_equal("GBP", "GBR"));
	CHECK(cccd_country_equal("XYZ", "XYZ") && !cccd_country_equal("XYZ", "XY"));
	CHECK(!cccd_country_equal("VNM", "VU") && !cccd_country_equal("VN", "VNX"));
	/* nobody is not the same as nobody */
	CHECK(!cccd_country_equal("", ""));
	CHECK(!cccd_country_equal("VN", "") && !cccd_country_equal("", "VN"));
}

static void
test_form(void)
{
	CHECK(cccd_country_has_form("AA", 2) && cccd_country_has_form("ZZ", 2));
	CHECK(cccd_country_has_form("AZ", 2) && cccd_country_has_form("ZA", 2));
	CHECK(!cccd_country_has_form("@A", 2) && !cccd_country_has_form("A@", 2));
	CHECK(!cccd_country_has_form("[A", 2) && !cccd_country_has_form("A[", 2));
	CHECK(!cccd_country_has_form("AA", 1) && !cccd_country_has_form("AAA", 3));
	CHECK(!cccd_country_has_form("", 0));
}

int
main(void)
{
	keep(iso);
	keep(icao);
	test_table();
	test_form();
	test_equal();
	return finish();
}
