/*
 * code_core.c
 *		Names and codes; see code_core.h.
 */
#include "health/code_core.h"

#include <string.h>

typedef struct CodeName
{
	uint16_t	code;
	uint8_t		length;
	const char *name;
} CodeName;

#define NAME(code, name)	{code, sizeof(name) - 1, name}

/*
 * The first name of a code is the one that is written; later ones are read
 * only.  840539006 is COVID-19 in SNOMED CT, the value of "tg" in a European
 * health certificate (eHealth Network, value sets for the EU Digital COVID
 * Certificates, release 2.15).
 */
static const CodeName diseases[] = {
	NAME(1, "covid19"),
	NAME(2, "influenza"),
	NAME(3, "measles"),
	NAME(4, "rubella"),
	NAME(5, "mumps"),
	NAME(6, "diphtheria"),
	NAME(7, "tetanus"),
	NAME(8, "pertussis"),
	NAME(9, "polio"),
	NAME(10, "hepatitis_b"),
	NAME(11, "tuberculosis"),
	NAME(12, "dengue"),
	NAME(13, "cholera"),
	NAME(14, "yellow_fever"),
	NAME(15, "japanese_encephalitis"),
	NAME(16, "rabies"),
	NAME(17, "meningococcal"),
	NAME(18, "mpox"),
	NAME(19, "hepatitis_a"),
	NAME(20, "typhoid"),
	NAME(21, "varicella"),
	NAME(22, "rotavirus"),
	NAME(23, "pneumococcal"),
	NAME(24, "hib"),
	NAME(25, "hpv"),
	NAME(26, "influenza_a_h5n1"),
	NAME(27, "influenza_a_h7n9"),
	NAME(28, "sars"),
	NAME(29, "mers"),
	NAME(30, "ebola"),
	NAME(31, "plague"),
	NAME(32, "anthrax"),
	NAME(33, "malaria"),
	NAME(34, "hand_foot_mouth"),
	NAME(35, "zika"),
	NAME(36, "nipah"),
	NAME(37, "marburg"),
	NAME(38, "lassa"),
	NAME(39, "west_nile"),
	NAME(40, "hiv"),
	NAME(1, "covid-19"),
	NAME(1, "840539006"),
	NAME(18, "monkeypox")
};

/*
 * 1-38: the value set of vaccine products ("mp") in European health
 * certificates, in all its releases; a product with a marketing authorisation
 * of the European Union is known by its number there (Regulation (EC)
 * 726/2004).  39-42: candidates tried in Viet Nam.  From 43 on: products
 * against other diseases, by the name on the package.
 *
 * AZD1222 is the name that Viet Nam's Ministry of Health licensed Vaxzevria
 * under, Vero Cell is its name for BBIBP-CorV.
 */
static const CodeName products[] = {
	NAME(1, "EU/1/20/1528"),
	NAME(2, "EU/1/20/1507"),
	NAME(3, "EU/1/21/1529"),
	NAME(4, "EU/1/20/1525"),
	NAME(5, "EU/1/21/1618"),
	NAME(6, "EU/1/21/1624"),
	NAME(7, "EU/1/21/1580"),
	NAME(8, "BBIBP-CorV"),
	NAME(9, "Sputnik-V"),
	NAME(10, "Abdala"),
	NAME(11, "Hayat-Vax"),
	NAME(12, "Covaxin"),
	NAME(13, "CoronaVac"),
	NAME(14, "Covishield"),
	NAME(15, "Inactivated-SARS-CoV-2-Vero-Cell"),
	NAME(16, "Sputnik-Light"),
	NAME(17, "Sputnik-M"),
	NAME(18, "Convidecia"),
	NAME(19, "CVnCoV"),
	NAME(20, "EpiVacCorona"),
	NAME(21, "EpiVacCorona-N"),
	NAME(22, "CoviVac"),
	NAME(23, "Covid-19-recombinant"),
	NAME(24, "Covid-19-adsorvida-inativada"),
	NAME(25, "Covifenz"),
	NAME(26, "Covovax"),
	NAME(27, "NVX-CoV2373"),
	NAME(28, "MVC-COV1901"),
	NAME(29, "NVSI-06-08"),
	NAME(30, "R-COVI"),
	NAME(31, "SCTV01C"),
	NAME(32, "Soberana-02"),
	NAME(33, "Soberana-Plus"),
	NAME(34, "VLA2001"),
	NAME(35, "Vidprevtyn"),
	NAME(36, "WIBP-CorV"),
	NAME(37, "YS-SC2-010"),
	NAME(38, "AZD2816"),
	NAME(39, "Nanocovax"),
	NAME(40, "ARCT-154"),
	NAME(41, "COVIVAC-IVAC"),
	NAME(42, "S-268019"),
	NAME(43, "BCG"),
	NAME(44, "bOPV"),
	NAME(45, "IPV"),
	NAME(46, "Gene-HBvax"),
	NAME(47, "Engerix-B"),
	NAME(48, "Quinvaxem"),
	NAME(49, "ComBE-Five"),
	NAME(50, "Infanrix-hexa"),
	NAME(51, "Hexaxim"),
	NAME(52, "Boostrix"),
	NAME(53, "Adacel"),
	NAME(54, "MVVAC"),
	NAME(55, "MRVAC"),
	NAME(56, "M-M-R-II"),
	NAME(57, "Priorix"),
	NAME(58, "JEVAX"),
	NAME(59, "Imojev"),
	NAME(60, "mORCVAX"),
	NAME(61, "Rotavin"),
	NAME(62, "Stamaril"),
	NAME(63, "Verorab"),
	NAME(64, "Abhayrab"),
	NAME(65, "VA-MENGOC-BC"),
	NAME(66, "Menactra"),
	NAME(67, "Qdenga"),
	NAME(68, "Vaxigrip-Tetra"),
	NAME(69, "Influvac-Tetra"),
	NAME(70, "JYNNEOS"),
	NAME(1, "Comirnaty"),
	NAME(2, "Spikevax"),
	NAME(3, "Vaxzevria"),
	NAME(3, "AZD1222"),
	NAME(4, "Jcovden"),
	NAME(4, "Janssen"),
	NAME(5, "Nuvaxovid"),
	NAME(6, "Valneva"),
	NAME(7, "VidPrevtyn-Beta"),
	NAME(8, "Vero-Cell"),
	NAME(9, "Gam-COVID-Vac")
};

/*
 * After how many days a vaccination is given again, from the position papers
 * of the World Health Organization; the shortest interval where there are
 * several, because it only makes the count of doses uncertain.  A product of 0
 * stands for all that are not named.
 *
 *		COVID-19		6 to 12 months, roadmap of SAGE, November 2023
 *		influenza		every season, half a year apart in the two
 *						hemispheres, WER 97 (2022) 185
 *		rabies			a new course for exposures after 3 months,
 *						WER 93 (2018) 201
 *		cholera			6 months for young children, 3 years for inactivated
 *						vaccines such as mORCVAX, WER 92 (2017) 477
 *		typhoid			3 years (polysaccharide), WER 93 (2018) 153
 *		Japanese encephalitis	3 years for JEVAX, which is made from mouse
 *						brains, WER 90 (2015) 69
 *		meningococcal	3 to 5 years, WER 86 (2011) 521
 */
typedef struct Renewal
{
	uint8_t		disease;
	uint16_t	product;
	uint16_t	days;
} Renewal;

static const Renewal renewals[] = {
	{1, 0, 180},
	{2, 0, 180},
	{16, 0, 90},
	{13, 60, 1095},
	{13, 0, 180},
	{20, 0, 1095},
	{15, 58, 1095},
	{17, 0, 1095}
};

/* Where nothing is published. */
#define RENEWAL_DAYS			365

/*
 * The shortest interval between two doses that a schedule has, in days.  Four
 * days are taken off intervals of two weeks and more: a dose that comes up to
 * four days early counts (ACIP, General Best Practice Guidelines for
 * Immunization, Timing and Spacing, 2023).
 *
 *		COVID-19		2 weeks: CoronaVac, interim recommendations of the World
 *						Health Organization, 24 May 2021; Abdala in Viet Nam
 *		polio			1 week between rounds of a campaign, Standard operating
 *						procedures of the Global Polio Eradication Initiative
 *						for responding to a poliovirus event, 2020
 *		hepatitis B		7 days in an accelerated schedule, WER 92 (2017) 369
 *		cholera			7 days, WER 92 (2017) 477
 *		Japanese encephalitis	7 days, WER 90 (2015) 69
 *		rabies			3 days, the first two after a bite, WER 93 (2018) 201
 *		typhoid			every second day, Ty21a, WER 93 (2018) 153
 *		anthrax			2 weeks, MMWR 68 (2019) RR-4
 *		any other		4 weeks
 */
typedef struct Spacing
{
	uint8_t		disease;
	uint8_t		days;
} Spacing;

static const Spacing spacings[] = {
	{1, 14 - 4},
	{9, 7},
	{10, 7},
	{13, 7},
	{15, 7},
	{16, 3},
	{20, 2},
	{32, 14 - 4}
};

#define SPACING_DAYS			(28 - 4)

/* LP6464-4 and LP217198-3: LOINC parts, "tt" in a European certificate. */
static const CodeName tests[] = {
	NAME(CCCD_TEST_PCR, "pcr"),
	NAME(CCCD_TEST_ANTIGEN, "antigen"),
	NAME(CCCD_TEST_ANTIBODY, "antibody"),
	NAME(CCCD_TEST_PCR, "naat"),
	NAME(CCCD_TEST_PCR, "LP6464-4"),
	NAME(CCCD_TEST_ANTIGEN, "rat"),
	NAME(CCCD_TEST_ANTIGEN, "LP217198-3")
};

/* SNOMED CT 260415000 not detected, 260373001 detected: "tr" there. */
static const CodeName results[] = {
	NAME(0, "negative"),
	NAME(1, "positive"),
	NAME(2, "inconclusive"),
	NAME(3, "pending"),
	NAME(0, "260415000"),
	NAME(1, "260373001")
};

static const CodeName sources[] = {
	NAME(0, "declared"),
	NAME(1, "paper"),
	NAME(2, "certificate"),
	NAME(3, "national")
};

static const CodeName evidence[] = {
	NAME(CCCD_EVIDENCE_CLAIMED, "claimed"),
	NAME(CCCD_EVIDENCE_PAPER, "paper"),
	NAME(CCCD_EVIDENCE_QR, "qr"),
	NAME(CCCD_EVIDENCE_REGISTRY, "registry"),
	NAME(CCCD_EVIDENCE_SIGNATURE, "signature"),
	NAME(CCCD_EVIDENCE_CHIP, "chip"),
	NAME(CCCD_EVIDENCE_GENUINE, "genuine")
};

/*
 * What the identity card integrates by Law 26/2023/QH15, article 22(2), health
 * insurance first; the permits of foreigners (Labour Code 45/2019/QH14,
 * article 151; Law 47/2014/QH13, articles 36 and 39); and each class of a
 * driving licence.  10-24 are the classes of Law 36/2024/QH15, article 57.
 * Licences issued before 2025 keep those of Law 23/2008/QH12, article 59: where
 * a class of that law permits other vehicles than the one of the same letter
 * today, its name ends in 2008.
 */
static const CodeName credentials[] = {
	NAME(CCCD_CREDENTIAL_INSURANCE, "insurance"),
	NAME(2, "social_insurance"),
	NAME(3, "birth_certificate"),
	NAME(4, "marriage_certificate"),
	NAME(5, "work_permit"),
	NAME(6, "residence_permit"),
	NAME(7, "permanent_residence_permit"),
	NAME(10, "driving_licence_a1"),
	NAME(11, "driving_licence_a"),
	NAME(12, "driving_licence_b1"),
	NAME(13, "driving_licence_b"),
	NAME(14, "driving_licence_c1"),
	NAME(15, "driving_licence_c"),
	NAME(16, "driving_licence_d1"),
	NAME(17, "driving_licence_d2"),
	NAME(18, "driving_licence_d"),
	NAME(19, "driving_licence_be"),
	NAME(20, "driving_licence_c1e"),
	NAME(21, "driving_licence_ce"),
	NAME(22, "driving_licence_d1e"),
	NAME(23, "driving_licence_d2e"),
	NAME(24, "driving_licence_de"),
	NAME(30, "driving_licence_a1_2008"),
	NAME(31, "driving_licence_a2"),
	NAME(32, "driving_licence_a3"),
	NAME(33, "driving_licence_a4"),
	NAME(34, "driving_licence_b1_2008"),
	NAME(35, "driving_licence_b2"),
	NAME(36, "driving_licence_c_2008"),
	NAME(37, "driving_licence_d_2008"),
	NAME(38, "driving_licence_e"),
	NAME(39, "driving_licence_fb2"),
	NAME(40, "driving_licence_fc"),
	NAME(41, "driving_licence_fd"),
	NAME(42, "driving_licence_fe"),
	NAME(CCCD_CREDENTIAL_INSURANCE, "health_insurance")
};

/*
 * What a health declaration asks: symptoms, contact and places of the last 14
 * days, as in the form of the Ministry of Health of 2021.  A level is the
 * highest one of the places (Resolution 128/NQ-CP).
 */
static const CodeName declarations[] = {
	NAME(1, "no_symptoms"),
	NAME(2, "symptoms"),
	NAME(3, "no_contact"),
	NAME(4, "contact"),
	NAME(5, "no_travel"),
	NAME(6, "travel"),
	NAME(11, "travel_level_1"),
	NAME(12, "travel_level_2"),
	NAME(13, "travel_level_3"),
	NAME(14, "travel_level_4")
};

/* What people book, and whom they see (Resolution 128/NQ-CP). */
static const CodeName registrations[] = {
	NAME(1, "vaccination"),
	NAME(2, "test"),
	NAME(3, "examination")
};

static const CodeName consultations[] = {
	NAME(1, "doctor"),
	NAME(2, "hospital"),
	NAME(3, "health_station"),
	NAME(4, "telehealth")
};

#define SET(table, first, last) \
	{table, sizeof(table) / sizeof(CodeName), first, last}

/* A set and the range of codes that a record or a rule holds. */
typedef struct CodeSet
{
	const CodeName *names;
	int			count;
	int			first;
	int			last;
} CodeSet;

/* In the order of CccdCodeSet. */
static const CodeSet sets[] = {
	SET(diseases, 1, 255),
	SET(products, 1, CCCD_PRODUCT_MAX),
	SET(tests, 1, 31),
	SET(results, 0, 3),
	SET(sources, 0, 3),
	SET(evidence, 1, 7),
	SET(credentials, 1, 65535),
	SET(declarations, 1, 65535),
	SET(registrations, 1, 65535),
	SET(consultations, 1, 65535)
};

/* Case does not matter, and neither does how a name's words are joined. */
static char
fold(char c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A' + 'a';
	if (c == '_' || c == ' ')
		return '-';
	return c;
}

static bool
same_name(const char *a, const char *b, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (fold(a[i]) != fold(b[i]))
			return false;
	return true;
}

/* The digits of #NNN, -1 if they are none or more than a code has. */
static int
number_of(const char *digits, size_t length)
{
	int			value = 0;

	if (length < 1 || length > 5)
		return -1;
	for (size_t i = 0; i < length; i++)
	{
		if (digits[i] < '0' || digits[i] > '9')
			return -1;
		value = value * 10 + (digits[i] - '0');
	}
	return value;
}

int
cccd_code_find(CccdCodeSet set, const char *name, size_t length)
{
	const CodeName *names = sets[set].names;

	if (length > 0 && name[0] == '#')
	{
		int			code = number_of(name + 1, length - 1);

		return code >= sets[set].first && code <= sets[set].last ? code : -1;
	}
	for (int i = 0; i < sets[set].count; i++)
		if (names[i].length == length &&
			same_name(names[i].name, name, length))
			return names[i].code;
	return -1;
}

size_t
cccd_code_name(CccdCodeSet set, int code, char *out)
{
	const CodeName *names = sets[set].names;
	char		digits[12];
	size_t		length = 0;
	unsigned int rest = code < 0 ? 0 : (unsigned int) code;

	for (int i = 0; i < sets[set].count; i++)
		if (names[i].code == code)
		{
			memcpy(out, names[i].name, names[i].length + 1);
			return names[i].length;
		}
	do
	{
		digits[length++] = '0' + rest % 10;
		rest /= 10;
	} while (rest > 0);
	out[0] = '#';
	for (size_t i = 0; i < length; i++)
		out[1 + i] = digits[length - 1 - i];
	out[1 + length] = '\0';
	return 1 + length;
}

int
cccd_renewal_days(int disease, int product)
{
	for (size_t i = 0; i < sizeof(renewals) / sizeof(renewals[0]); i++)
		if (renewals[i].disease == disease &&
			(renewals[i].product == 0 || renewals[i].product == product))
			return renewals[i].days;
	return RENEWAL_DAYS;
}

int
cccd_spacing_days(int disease)
{
	for (size_t i = 0; i < sizeof(spacings) / sizeof(spacings[0]); i++)
		if (spacings[i].disease == disease)
			return spacings[i].days;
	return SPACING_DAYS;
}

bool
cccd_code_entry(CccdCodeSet set, int i, int *code, const char **name)
{
	if (i < 0 || i >= sets[set].count)
		return false;
	*code = sets[set].names[i].code;
	*name = sets[set].names[i].name;
	return true;
}
