/*
 * word.c
 *		Words, dates and times of other people's files from SQL.
 */
#include "base/cccd.h"

#include "funcapi.h"
#include "utils/builtins.h"
#include "utils/date.h"
#include "utils/timestamp.h"
#include "utils/tuplestore.h"

#include "base/text_core.h"
#include "health/word_core.h"
#include "health/word_time_core.h"

/* In the order of CccdWordKind. */
static const char *const word_kinds[CCCD_WORD_KINDS] = {
	"disease", "product", "test", "result", "sex", "document", "status",
	"answer"
};

/* The names of codes of the kinds that have no list, from code 1. */
static const char *const word_names[CCCD_WORD_KINDS][CCCD_WORD_OTHER] = {
	[CCCD_WORDS_SEX] = {"M", "F"},
	[CCCD_WORDS_DOCUMENT] = {"chip", "old_id", "passport", "residence",
	"birth", "other"},
	[CCCD_WORDS_STATUS] = {"valid", "lost", "revoked", "replaced"},
	[CCCD_WORDS_ANSWER] = {"yes", "no"}
};

/* The name under which a code of a kind is stored. */
static const char *
name_of(CccdWordKind kind, int code, char *room)
{
	if (kind != CCCD_WORDS_RESULT && code == CCCD_WORD_UNKNOWN)
		return "unknown";
	if (kind >= CCCD_WORDS_SEX && kind < CCCD_WORD_KINDS)
		return word_names[kind][code - 1];
	cccd_code_name((CccdCodeSet) kind, code, room);
	return room;
}

/*
 * cccd_word(kind, word): the name under which it is stored, null if the word
 * is not understood.
 */
PG_FUNCTION_INFO_V1(cccd_word);
Datum
cccd_word(PG_FUNCTION_ARGS)
{
	char	   *kind = text_to_cstring(PG_GETARG_TEXT_PP(0));
	text	   *word = PG_GETARG_TEXT_PP(1);
	char		room[CCCD_CODE_SIZE];

	for (int i = 0; i < CCCD_WORD_KINDS; i++)
	{
		if (strcmp(kind, word_kinds[i]) == 0)
		{
			int			code = cccd_word_find(i, VARDATA_ANY(word),
											  VARSIZE_ANY_EXHDR(word));

			if (code == CCCD_WORD_NONE)
				PG_RETURN_NULL();
			PG_RETURN_TEXT_P(cstring_to_text(name_of(i, code, room)));
		}
	}
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("unknown kind of word"),
			 errhint("Kinds are disease, product, test, result, sex, document, status and answer.")));
}

/*
 * cccd_word_list(): the dictionary.
 */
PG_FUNCTION_INFO_V1(cccd_word_list);
Datum
cccd_word_list(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	const CccdWord *word;

	InitMaterializedSRF(fcinfo, 0);
	for (int i = 0; (word = cccd_word_entry(i)) != NULL; i++)
	{
		char		room[CCCD_CODE_SIZE];
		Datum		values[3];
		bool		nulls[3] = {false};

		values[0] = CStringGetTextDatum(word_kinds[word->kind]);
		values[1] = CStringGetTextDatum(word->key);
		if (word->flags & CCCD_WORD_NOISE)
			nulls[2] = true;
		else
			values[2] = CStringGetTextDatum(name_of(word->kind, word->code,
													room));
		tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values,
							 nulls);
	}
	return (Datum) 0;
}

/*
 * cccd_word_date(text): a date as people write it, null for any other text and
 * for one with a time of day.
 */
PG_FUNCTION_INFO_V1(cccd_word_date);
Datum
cccd_word_date(PG_FUNCTION_ARGS)
{
	text	   *word = PG_GETARG_TEXT_PP(0);
	CccdWordTime time;

	if (!cccd_word_time_read(VARDATA_ANY(word), VARSIZE_ANY_EXHDR(word),
							 &time) || time.has_clock)
		PG_RETURN_NULL();
	PG_RETURN_DATEADT(time.day);
}

/*
 * cccd_word_time(text): a moment as people write it, null for any other text.
 */
PG_FUNCTION_INFO_V1(cccd_word_time);
Datum
cccd_word_time(PG_FUNCTION_ARGS)
{
	text	   *word = PG_GETARG_TEXT_PP(0);
	CccdWordTime time;

	if (!cccd_word_time_read(VARDATA_ANY(word), VARSIZE_ANY_EXHDR(word),
							 &time))
		PG_RETURN_NULL();
	PG_RETURN_TIMESTAMPTZ(time.time);
}

/* What is read of a birth date: false for any other text. */
static bool
read_birth(text *word, CccdWordBirth *birth)
{
	return cccd_word_birth_read(VARDATA_ANY(word), VARSIZE_ANY_EXHDR(word),
								birth);
}

/*
 * cccd_word_birth_date(text): a birth date, of a month or a year the first day,
 * null for any other text.
 */
PG_FUNCTION_INFO_V1(cccd_word_birth_date);
Datum
cccd_word_birth_date(PG_FUNCTION_ARGS)
{
	CccdWordBirth birth;

	if (!read_birth(PG_GETARG_TEXT_PP(0), &birth))
		PG_RETURN_NULL();
	PG_RETURN_DATEADT(birth.day);
}

/*
 * cccd_word_birth_precision(text): how much of a birth date is written, null
 * for any other text.
 */
PG_FUNCTION_INFO_V1(cccd_word_birth_precision);
Datum
cccd_word_birth_precision(PG_FUNCTION_ARGS)
{
	static const char *const names[] = {"day", "month", "year"};
	CccdWordBirth birth;

	if (!read_birth(PG_GETARG_TEXT_PP(0), &birth))
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(cstring_to_text(names[birth.precision]));
}

/*
 * cccd_word_text(text): a value in NFC without what files put around it, null
 * if nothing is left.
 */
PG_FUNCTION_INFO_V1(cccd_word_text);
Datum
cccd_word_text(PG_FUNCTION_ARGS)
{
	text	   *word = PG_GETARG_TEXT_PP(0);
	CccdSlice	value;

	if (!cccd_text_is_composed(VARDATA_ANY(word), VARSIZE_ANY_EXHDR(word)))
		word = DatumGetTextPP(DirectFunctionCall2(unicode_normalize_func,
												  PointerGetDatum(word),
												  CStringGetTextDatum("NFC")));
	value = cccd_text_trim(VARDATA_ANY(word), VARSIZE_ANY_EXHDR(word));
	if (value.len == 0)
		PG_RETURN_NULL();
	if (value.len == VARSIZE_ANY_EXHDR(word))
		PG_RETURN_TEXT_P(word);
	PG_RETURN_TEXT_P(cstring_to_text_with_len(value.ptr, value.len));
}
