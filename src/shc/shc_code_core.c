/*
 * shc_code_core.c
 *		Codes of SMART Health Cards in the names of health/code_core.h; see
 *		shc_core.h.
 */
#include "shc/shc_core.h"

#include <string.h>

typedef struct CodeMeaning
{
	const char *code;
	const char *disease;		/* or kind of test, or result */
	const char *product;		/* NULL: of several, or unknown here */
} CodeMeaning;

/*
 * CVX codes of vaccines against one disease that code_core knows (CDC, IIS:
 * code sets, "CVX -- vaccines administered").  Doses of children and boosters
 * for variants have codes of their own for one product.
 */
static const CodeMeaning vaccines[] = {
	{"207", "covid19", "Spikevax"}, {"208", "covid19", "Comirnaty"},
	{"210", "covid19", "Vaxzevria"}, {"211", "covid19", "Nuvaxovid"},
	{"212", "covid19", "Jcovden"}, {"213", "covid19", NULL},
	{"217", "covid19", "Comirnaty"}, {"218", "covid19", "Comirnaty"},
	{"219", "covid19", "Comirnaty"}, {"221", "covid19", "Spikevax"},
	{"225", "covid19", NULL}, {"226", "covid19", NULL},
	{"227", "covid19", "Spikevax"}, {"228", "covid19", "Spikevax"},
	{"229", "covid19", "Spikevax"}, {"230", "covid19", "Spikevax"},
	{"300", "covid19", "Comirnaty"}, {"301", "covid19", "Comirnaty"},
	{"302", "covid19", "Comirnaty"},
	{"500", "covid19", NULL}, {"501", "covid19", NULL},
	{"502", "covid19", "Covaxin"}, {"503", "covid19", "CoviVac"},
	{"504", "covid19", "Sputnik-Light"}, {"505", "covid19", "Sputnik-V"},
	{"506", "covid19", "Convidecia"}, {"507", "covid19", NULL},
	{"508", "covid19", NULL}, {"509", "covid19", "EpiVacCorona"},
	{"510", "covid19", "BBIBP-CorV"}, {"511", "covid19", "CoronaVac"},
	{"512", "covid19", "Covifenz"}, {"513", "covid19", NULL},
	{"514", "covid19", NULL}, {"515", "covid19", "MVC-COV1901"},
	{"516", "covid19", NULL}, {"517", "covid19", NULL},
	{"02", "polio", NULL}, {"10", "polio", "IPV"}, {"89", "polio", NULL},
	{"178", "polio", "bOPV"}, {"182", "polio", NULL},
	{"05", "measles", NULL}, {"06", "rubella", NULL}, {"07", "mumps", NULL},
	{"08", "hepatitis_b", NULL}, {"43", "hepatitis_b", NULL},
	{"44", "hepatitis_b", NULL}, {"45", "hepatitis_b", NULL},
	{"52", "hepatitis_a", NULL}, {"83", "hepatitis_a", NULL},
	{"85", "hepatitis_a", NULL}, {"19", "tuberculosis", "BCG"},
	{"21", "varicella", NULL}, {"35", "tetanus", NULL},
	{"37", "yellow_fever", NULL}, {"184", "yellow_fever", NULL},
	{"39", "japanese_encephalitis", NULL},
	{"129", "japanese_encephalitis", NULL},
	{"134", "japanese_encephalitis", NULL},
	{"26", "cholera", NULL}, {"90", "rabies", NULL}, {"25", "typhoid", NULL},
	{"91", "typhoid", NULL}, {"101", "typhoid", NULL}, {"23", "plague", NULL},
	{"24", "anthrax", NULL}, {"56", "dengue", NULL},
	{"206", "mpox", NULL}, {"62", "hpv", NULL}, {"118", "hpv", NULL},
	{"88", "influenza", NULL}, {"140", "influenza", NULL},
	{"141", "influenza", NULL}, {"150", "influenza", NULL},
	{"158", "influenza", NULL}, {"33", "pneumococcal", NULL},
	{"133", "pneumococcal", NULL}, {"109", "pneumococcal", NULL},
	{"108", "meningococcal", NULL}, {"114", "meningococcal", NULL},
	{"136", "meningococcal", NULL}
};

/*
 * LOINC codes of tests for SARS-CoV-2: nucleic acids in respiratory specimens
 * and saliva, antigens, antibodies (LOINC, "SARS-CoV-2 and COVID-19 related
 * terms").
 */
static const CodeMeaning tests[] = {
	{"94309-2", "pcr", NULL}, {"94500-6", "pcr", NULL},
	{"94533-7", "pcr", NULL}, {"94534-5", "pcr", NULL},
	{"94559-2", "pcr", NULL}, {"94565-9", "pcr", NULL},
	{"94759-8", "pcr", NULL}, {"94845-5", "pcr", NULL},
	{"95406-5", "pcr", NULL}, {"94558-4", "antigen", NULL},
	{"95209-3", "antigen", NULL}, {"97097-0", "antigen", NULL},
	{"94507-1", "antibody", NULL}, {"94508-9", "antibody", NULL},
	{"94562-6", "antibody", NULL}, {"94563-4", "antibody", NULL},
	{"94564-2", "antibody", NULL}, {"94762-2", "antibody", NULL}
};

/* SNOMED CT: detected, positive; not detected, negative; inconclusive. */
static const CodeMeaning results[] = {
	{"260373001", "positive", NULL}, {"10828004", "positive", NULL},
	{"260415000", "negative", NULL}, {"260385009", "negative", NULL},
	{"419984006", "inconclusive", NULL}, {"42425007", "inconclusive", NULL}
};

static CccdSlice
slice_of(const char *text)
{
	CccdSlice	slice = {text, text != NULL ? strlen(text) : 0};

	return slice;
}

static const CodeMeaning *
find(const CodeMeaning *meanings, size_t count, CccdSlice code)
{
	for (size_t k = 0; k < count; k++)
		if (strlen(meanings[k].code) == code.len &&
			memcmp(meanings[k].code, code.ptr, code.len) == 0)
			return &meanings[k];
	return NULL;
}

#define FIND(meanings, code) \
	find(meanings, sizeof(meanings) / sizeof(meanings[0]), code)

bool
cccd_shc_cvx(CccdSlice code, CccdSlice *disease, CccdSlice *product)
{
	const CodeMeaning *found = FIND(vaccines, code);

	*disease = slice_of(found != NULL ? found->disease : NULL);
	*product = slice_of(found != NULL ? found->product : NULL);
	return found != NULL;
}

CccdSlice
cccd_shc_loinc(CccdSlice code)
{
	const CodeMeaning *found = FIND(tests, code);

	return slice_of(found != NULL ? found->disease : NULL);
}

CccdSlice
cccd_shc_result(CccdSlice code)
{
	const CodeMeaning *found = FIND(results, code);

	return slice_of(found != NULL ? found->disease : NULL);
}
