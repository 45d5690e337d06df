/*
 * code_test.c
 *		Names of codes: found whole, in any spelling, and not when a letter is
 *		wrong.
 */
#include "unit.h"

#include "health/code_core.h"

static int
find(CccdCodeSet set, const char *name)
{
	return cccd_code_find(set, name, strlen(name));
}

static void
test_names(CccdCodeSet set)
{
	int			code;
	const char *name;
	int			count = 0;

	for (; cccd_code_entry(set, count, &code, &name); count++)
	{
		char		text[CCCD_CODE_SIZE + 1];
		char		out[CCCD_CODE_SIZE];
		size_t		length = strlen(name);

		CHECK(length > 0 && length < CCCD_CODE_SIZE);
		CHECK(find(set, name) == code);
		/* of several names of a code one is written */
		CHECK(cccd_code_name(set, code, out) == strlen(out));
		CHECK(out[0] != '#' && find(set, out) == code);
		/* capitals, and a space or an underscore for a hyphen */
		for (size_t k = 0; k <= length; k++)
			text[k] = name[k] >= 'a' && name[k] <= 'z' ? name[k] - 'a' + 'A' :
				name[k] == '-' ? (k % 2 ? ' ' : '_') : name[k];
		CHECK(find(set, text) == code);
		/* each letter wrong, one missing, one more */
		for (size_t k = 0; k < length; k++)
		{
			strcpy(text, name);
			text[k] = '!';
			CHECK(find(set, text) == -1);
		}
		CHECK(cccd_code_find(set, name, length - 1) != code);
		snprintf(text, sizeof(text), "%s!", name);
		CHECK(find(set, text) == -1);
	}
	CHECK(count > 0);
	CHECK(!cccd_code_entry(set, -1, &code, &name));
	CHECK(!cccd_code_entry(set, count, &code, &name));
	CHECK(find(set, "") == -1);
}

/* #NNN: the codes without a name, within the range of the set. */
static void
test_numbers(void)
{
	static const int ranges[][2] = {
		{1, 255}, {1, CCCD_PRODUCT_MAX}, {1, 31}, {0, 3}, {0, 3}, {1, 7},
		{1, 65535}, {1, 65535}, {1, 65535}, {1, 65535}
	};
	char		out[CCCD_CODE_SIZE];

	for (int set = CCCD_CODES_DISEASE; set < CCCD_CODE_SETS; set++)
		for (int end = 0; end < 2; end++)
			for (int k = -1; k <= 1; k++)
			{
				char		text[16];
				int			code = ranges[set][end] + k;
				bool		within = code >= ranges[set][0] &&
				code <= ranges[set][1];

				snprintf(text, sizeof(text), "#%d", code);
				CHECK(find(set, text) == (within ? code : -1));
			}
	CHECK(find(CCCD_CODES_PRODUCT, "#100") == 100);
	CHECK(find(CCCD_CODES_PRODUCT, "#00100") == 100);
	CHECK(find(CCCD_CODES_PRODUCT, "#000100") == -1);
	CHECK(find(CCCD_CODES_PRODUCT, "#") == -1);
	CHECK(find(CCCD_CODES_PRODUCT, "#10:") == -1);
	CHECK(find(CCCD_CODES_PRODUCT, "#10/") == -1);
	CHECK(find(CCCD_CODES_PRODUCT, "#-1") == -1);
	CHECK(find(CCCD_CODES_PRODUCT, "#99999") == -1);
	CHECK(find(CCCD_CODES_EVIDENCE, "#7") == 7);
	CHECK(find(CCCD_CODES_EVIDENCE, "#8") == -1);
	for (int set = CCCD_CODES_DISEASE; set < CCCD_CODE_SETS; set++)
		for (int code = 0; code < 70000; code++)
		{
			char		text[16];
			int			found;

			snprintf(text, sizeof(text), "#%d", code);
			found = find(set, text);
			if (found == -1)
				continue;
			CHECK(found == code);
			cccd_code_name(set, code, out);
			CHECK(find(set, out) == code);
		}
	/* a kind that has names has a set of its own */
	CHECK(cccd_kind_names(CCCD_CREDENTIAL) == CCCD_CODES_CREDENTIAL);
	CHECK(cccd_kind_names(CCCD_DECLARATION) == CCCD_CODES_DECLARATION);
	CHECK(cccd_kind_names(CCCD_REGISTRATION) == CCCD_CODES_REGISTRATION);
	CHECK(cccd_kind_names(CCCD_CONSULTATION) == CCCD_CODES_CONSULTATION);
	for (int kind = 0; kind <= CCCD_TEST; kind++)
		CHECK(cccd_kind_has_names(kind) ==
			  (kind >= CCCD_CREDENTIAL && kind < CCCD_DOSE));
	CHECK(cccd_code_name(CCCD_CODES_PRODUCT, 0, out) >= 2);
	cccd_code_name(CCCD_CODES_RESULT, 54321, out);
	CHECK_STR(out, "#54321");
	cccd_code_name(CCCD_CODES_RESULT, 90, out);
	CHECK_STR(out, "#90");
	cccd_code_name(CCCD_CODES_RESULT, -5, out);
	CHECK(out[0] != '\0');
}

int
main(void)
{
	for (int set = CCCD_CODES_DISEASE; set < CCCD_CODE_SETS; set++)
		test_names(set);
	test_numbers();
	return finish();
}
