/*
 * shc_code_core.c
 *		Codes of SMART Health Cards in the names of health/code_core.h, by the
 *		dictionary of health/word_core.h; see shc_core.h.
 */
#include "shc/shc_core.h"

#include <stdio.h>
#include <string.h>

#include "health/word_core.h"

/* The name of a code of a list, a constant; absent if it has none. */
static CccdSlice
name_of(CccdCodeSet set, int wanted)
{
	CccdSlice	slice = {NULL, 0};
	const char *name;
	int			code;

	for (int i = 0; cccd_code_entry(set, i, &code, &name); i++)
	{
		if (code == wanted)
		{
			slice.ptr = name;
			slice.len = strlen(name);
			break;
		}
	}
	return slice;
}

/*
 * What a code of digits and hyphens means; words that stand in its place mean
 * nothing.
 */
static int
find_code(CccdWordKind kind, CccdSlice code)
{
	for (size_t i = 0; i < code.len; i++)
		if ((code.ptr[i] < '0' || code.ptr[i] > '9') &&
			(code.ptr[i] != '-' || i == 0))
			return CCCD_WORD_NONE;
	return cccd_word_find(kind, code.ptr, code.len);
}

bool
cccd_shc_cvx(CccdSlice code, CccdSlice *disease, CccdSlice *product)
{
	char		word[CCCD_SHC_CODE_SIZE];
	int			len;
	int			found;

	memset(disease, 0, sizeof(*disease));
	memset(product, 0, sizeof(*product));
	if (code.len > sizeof(word) - sizeof("cvx/"))
		return false;
	len = snprintf(word, sizeof(word), "cvx/%.*s", (int) code.len, code.ptr);
	found = cccd_word_find(CCCD_WORDS_DISEASE, word, (size_t) len);
	if (found <= 0)
		return false;
	*disease = name_of(CCCD_CODES_DISEASE, found);
	found = cccd_word_find(CCCD_WORDS_PRODUCT, word, (size_t) len);
	if (found > 0)
		*product = name_of(CCCD_CODES_PRODUCT, found);
	return true;
}

CccdSlice
cccd_shc_loinc(CccdSlice code)
{
	return name_of(CCCD_CODES_TEST, find_code(CCCD_WORDS_TEST, code));
}

CccdSlice
cccd_shc_result(CccdSlice code)
{
	return name_of(CCCD_CODES_RESULT, find_code(CCCD_WORDS_RESULT, code));
}
