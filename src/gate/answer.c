/*
 * answer.c
 *		The answer as a guard reads it; see answer.h.
 */
#include "gate/answer.h"

#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "funcapi.h"
#include "lib/stringinfo.h"
#include "mb/pg_wchar.h"
#include "utils/builtins.h"
#include "utils/date.h"
#include "utils/snapmgr.h"

#include "base/calendar_core.h"
#include "base/row.h"
#include "gate/query.h"
#include "gate/table.h"
#include "id/id_core.h"
#include "rule/explain_core.h"

enum
{
	ANSWER_REQUEST, ANSWER_VERDICT, ANSWER_REASONS, ANSWER_REASONS_VI,
	ANSWER_REASONS_EN, ANSWER_ASK_VI, ANSWER_ASK_EN, ANSWER_NAME,
	ANSWER_BIRTH_DATE, ANSWER_SEX, ANSWER_MASKED, ANSWER_KIND,
	ANSWER_EVIDENCE, ANSWER_VALID_UNTIL, ANSWER_INSIDE, ANSWER_ADMITTED_AT,
	ANSWER_COLUMNS
};

bool
cccd_answer_shows_register(const CccdLogRow *row)
{
	if (row->person == 0 || row->evidence == CCCD_EVIDENCE_UNKNOWN)
		return false;
	/* an exit asks for no more than a number */
	if (row->verdict == 'a' && row->action != 'o')
		return true;
	if (row->evidence <= CCCD_EVIDENCE_CLAIMED)
		return false;
	for (int i = 0; i < row->reason_count; i++)
	{
		/* of who is known, the facts were not signed */
		if (row->reasons[i] == CCCD_REASON_EVIDENCE_TOO_WEAK && row->rule != 0)
			continue;
		if (cccd_reason_entries[row->reasons[i]].subject == CCCD_ABOUT_CARD)
			return false;
	}
	return true;
}

/* The rule that a row was judged by; NULL if none was asked. */
static const CccdRuleValue *
rule_of(const CccdAnswer *answer)
{
	static CccdQuery query = {
		"SELECT k.value FROM cccd_gate.rule_text k"
		" WHERE k.rule OPERATOR(pg_catalog.=) $1",
		1, {INT4OID}
	};
	const CccdTerms *terms = answer->found->terms;
	MemoryContext caller = CurrentMemoryContext;
	Datum		key = Int32GetDatum(answer->row->rule);
	CccdRuleValue *rule = NULL;
	bool		isnull;

	if (answer->row->rule == 0)
		return NULL;
	if (terms && terms->rule_key == answer->row->rule)
		return terms->rule;
	SPI_connect();
	if (cccd_query_read(&query, &key, NULL, GetActiveSnapshot()) > 0)
	{
		Datum		value = cccd_query_value(0, 1, &isnull);
		MemoryContext spi = MemoryContextSwitchTo(caller);

		rule = (CccdRuleValue *) PG_DETOAST_DATUM_COPY(value);
		MemoryContextSwitchTo(spi);
	}
	SPI_finish();
	return rule && cccd_rule_is_valid(rule) ? rule : NULL;
}

/* Append what clauses of a rule require, separated by semicolons. */
static void
explain(StringInfo to, const CccdRuleValue *rule, uint64 clauses,
		CccdLanguage language)
{
	bool		first = true;

	for (int clause = 0; clause < CCCD_RULE_MAX_CLAUSES; clause++)
	{
		size_t		length;
		char	   *sentence;

		if ((clauses >> clause & 1) == 0)
			continue;
		length = cccd_explain_clause(rule->code, rule->count, clause,
									 language, NULL, 0);
		sentence = palloc(length + 1);
		cccd_explain_clause(rule->code, rule->count, clause, language,
							sentence, length);
		sentence[length] = '\0';
		appendStringInfo(to, "%s%s", first ? " (" : "; ",
						 pg_any_to_server(sentence, (int) length, PG_UTF8));
		first = false;
	}
	if (!first)
		appendStringInfoChar(to, ')');
}

/* Append where and when an entry was. */
static void
tell_stay(StringInfo to, const CccdStay *stay, CccdLanguage language)
{
	static const char vietnamese[] = "c\341\273\225ng";
	const char *word = language == CCCD_VIETNAMESE ?
	pg_any_to_server(vietnamese, strlen(vietnamese), PG_UTF8) : "gate";
	int32		day = cccd_day_from_time(stay->since);
	int64		second = (stay->since - cccd_time_from_day(day)) / USECS_PER_SEC;
	int			year,
				month,
				date;

	if (!stay->known)
		return;
	cccd_civil_from_days(day, &year, &month, &date);
	appendStringInfo(to, " (%s %s, %02d:%02d %02d/%02d)", word,
					 stay->gate ? stay->gate : "?", (int) (second / 3600),
					 (int) (second / 60 % 60), date, month);
}

/* A reason in one language, with what explains it. */
static Datum
reason_text(const CccdAnswer *answer, CccdReason reason,
			const CccdRuleValue *rule, const CccdClauseReason *clauses,
			int clause_count, CccdLanguage language)
{
	const CccdReasonWords *words = cccd_gate_words(reason);
	Datum		said = language == CCCD_VIETNAMESE ? words->vi : words->en;
	StringInfoData said_so;

	initStringInfo(&said_so);
	if (said)
		appendStringInfoString(&said_so, TextDatumGetCString(said));
	else
		appendStringInfoString(&said_so, cccd_reason_entries[reason].code);
	for (int i = 0; rule && i < clause_count; i++)
		if (clauses[i].reason == reason)
			explain(&said_so, rule, clauses[i].clauses, language);
	if (reason == CCCD_REASON_ALREADY_INSIDE && answer->shows_register)
		tell_stay(&said_so, &answer->found->stay, language);
	else if (reason == CCCD_REASON_TICKET_USED)
		tell_stay(&said_so, &answer->found->ticket_stay, language);
	return PointerGetDatum(cstring_to_text_with_len(said_so.data,
													said_so.len));
}

/* What to ask the person for, each thing once. */
static int
asks(const CccdLogRow *row, CccdLanguage language, Datum *texts)
{
	CccdSeverity wanted = row->verdict == 'r' ? CCCD_SEVERITY_REFUSE :
	CCCD_SEVERITY_REVIEW;
	int			count = 0;

	for (int i = 0; i < row->reason_count; i++)
	{
		const CccdReasonWords *words = cccd_gate_words(row->reasons[i]);
		Datum		ask = language == CCCD_VIETNAMESE ? words->ask_vi :
		words->ask_en;
		bool		said = false;

		if (ask == 0 ||
			cccd_reason_entries[row->reasons[i]].severity != wanted)
			continue;
		for (int k = 0; k < count; k++)
			said = said || cccd_same_text((text *) DatumGetPointer(texts[k]),
										  (text *) DatumGetPointer(ask));
		if (!said)
			texts[count++] = ask;
	}
	return count;
}

/* The four columns of words. */
static void
put_words(const CccdAnswer *answer, Datum *values)
{
	const CccdLogRow *row = answer->row;
	Datum		texts[CCCD_JUDGE_REASONS];
	CccdClauseReason clauses[CCCD_CLAUSE_REASONS];
	const CccdRuleValue *rule = row->reason_count > 0 ? rule_of(answer) : NULL;
	int			count = rule ? cccd_clause_reasons(rule->code, rule->count,
												   row->failed, row->unsure,
												   clauses) : 0;

	for (int i = 0; i < row->reason_count; i++)
		texts[i] =
			CStringGetTextDatum(cccd_reason_entries[row->reasons[i]].code);
	values[ANSWER_REASONS] = cccd_texts_datum(texts, row->reason_count);
	for (int language = 0; language < CCCD_LANGUAGES; language++)
	{
		for (int i = 0; i < row->reason_count; i++)
			texts[i] = reason_text(answer, row->reasons[i], rule, clauses,
								   count, (CccdLanguage) language);
		values[ANSWER_REASONS_VI + language] =
			cccd_texts_datum(texts, row->reason_count);
		values[ANSWER_ASK_VI + language] =
			cccd_texts_datum(texts, asks(row, (CccdLanguage) language, texts));
	}
}

static void
put(Datum *values, bool *nulls, int column, Datum value)
{
	values[column] = value;
	nulls[column] = false;
}

static void
put_text(Datum *values, bool *nulls, int column, const text *value)
{
	if (value)
		put(values, nulls, column, PointerGetDatum(value));
}

static void
put_person(Datum *values, bool *nulls, text *name, int32 birth_date, char sex,
		   text *masked)
{
	put_text(values, nulls, ANSWER_NAME, name);
	if (birth_date != CCCD_NO_DATE)
		put(values, nulls, ANSWER_BIRTH_DATE, DateADTGetDatum(birth_date));
	if (sex)
		put_text(values, nulls, ANSWER_SEX, cstring_to_text_with_len(&sex, 1));
	put_text(values, nulls, ANSWER_MASKED, masked);
}

/* The masked number of a person: a current one, or that of a document. */
static text *
register_number(const CccdFound *found)
{
	const CccdHolder *holder = &found->holder;
	Datum		key = Int64GetDatum(holder->person);
	text	   *masked = NULL;
	CccdRows	rows;

	if (holder->number != CCCD_NO_ID)
	{
		char		number[CCCD_ID_DIGITS + 1];

		cccd_id_format_masked(holder->number, 3, number);
		return cstring_to_text(number);
	}
	cccd_rows_begin(&rows, CCCD_DOCUMENTS_OF_PERSON, &key, GetActiveSnapshot());
	while (masked == NULL && cccd_rows_next(&rows))
	{
		bool		isnull;
		Datum		value = cccd_rows_value(&rows, CCCD_DOCUMENT_NUMBER,
											&isnull);

		if (!isnull)
			masked = cccd_masked_number(VARDATA_ANY(DatumGetTextPP(value)),
										VARSIZE_ANY_EXHDR(DatumGetTextPP(value)));
	}
	cccd_rows_end(&rows);
	return masked;
}

/* Who it is: as the register says, or else as what was shown does. */
static void
put_holder(const CccdAnswer *answer, Datum *values, bool *nulls)
{
	const CccdHolder *holder = &answer->found->holder;
	const CccdShown *shown = &answer->found->shown;

	if (answer->shows_register && holder->person != 0)
		put_person(values, nulls, holder->name,
				   holder->birth_precision == 'd' ? holder->birth_date :
				   CCCD_NO_DATE, holder->sex, register_number(answer->found));
	else
		put_person(values, nulls, shown->name, shown->birth_date, shown->sex,
				   cccd_shown_masked(shown));
}

/* When the person was admitted; CCCD_JUDGE_NEVER if nobody was. */
static int64
admitted_at(const CccdAnswer *answer)
{
	const CccdLogRow *row = answer->row;

	if (!answer->entered)
		return CCCD_JUDGE_NEVER;
	return row->occurred_at != CCCD_JUDGE_NEVER ? row->occurred_at :
		row->recorded_at;
}

Datum
cccd_answer_datum(FunctionCallInfo fcinfo, const CccdAnswer *answer)
{
	const CccdLogRow *row = answer->row;
	Datum		values[ANSWER_COLUMNS] = {0};
	bool		nulls[ANSWER_COLUMNS];
	const char *verdict = row->verdict == 'a' ? "admit" :
	row->verdict == 'v' ? "review" : "refuse";

	memset(nulls, true, sizeof(nulls));
	if (!answer->without_request)
		put(values, nulls, ANSWER_REQUEST, UUIDPGetDatum(&row->request));
	put(values, nulls, ANSWER_VERDICT, CStringGetTextDatum(verdict));
	put_words(answer, values);
	memset(nulls + ANSWER_REASONS, false, 5);
	put_holder(answer, values, nulls);
	if (row->kind)
		put(values, nulls, ANSWER_KIND, CStringGetTextDatum(row->kind));
	if (row->evidence != CCCD_EVIDENCE_UNKNOWN)
		put(values, nulls, ANSWER_EVIDENCE,
			CStringGetTextDatum(cccd_evidence_names[row->evidence]));
	if (row->valid_until != CCCD_JUDGE_NEVER)
		put(values, nulls, ANSWER_VALID_UNTIL,
			TimestampTzGetDatum(row->valid_until));
	if (answer->says_inside)
		put(values, nulls, ANSWER_INSIDE, BoolGetDatum(answer->inside));
	if (admitted_at(answer) != CCCD_JUDGE_NEVER)
		put(values, nulls, ANSWER_ADMITTED_AT,
			TimestampTzGetDatum(admitted_at(answer)));
	return HeapTupleGetDatum(heap_form_tuple(cccd_row_type(fcinfo,
														   ANSWER_COLUMNS),
											 values, nulls));
}
