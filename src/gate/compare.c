/*
 * compare.c
 *		What was shown against the register: the person and the document in
 *		hand.
 */
#include "gate/lookup.h"

#include "utils/builtins.h"
#include "utils/date.h"

#include "base/calendar_core.h"
#include "gate/table.h"
#include "id/id_core.h"

/* The moment when a day has ended in Viet Nam. */
static TimestampTz
end_of_day(int32 day)
{
	return cccd_time_from_day(day) + USECS_PER_DAY;
}

text	   *
cccd_copy_text(Datum value, bool isnull)
{
	return isnull ? NULL : DatumGetTextPCopy(value);
}

/* Whether a text column holds this word. */
static bool
column_is(CccdRows *rows, int column, const char *word)
{
	bool		isnull;
	Datum		value = cccd_rows_value(rows, column, &isnull);
	text	   *content;

	if (isnull)
		return false;
	content = DatumGetTextPP(value);
	return VARSIZE_ANY_EXHDR(content) == strlen(word) &&
		memcmp(VARDATA_ANY(content), word, strlen(word)) == 0;
}

/* The first character of a text column; 0 for null. */
static char
column_letter(CccdRows *rows, int column)
{
	bool		isnull;
	Datum		value = cccd_rows_value(rows, column, &isnull);

	return isnull ? 0 : *VARDATA_ANY(DatumGetTextPP(value));
}

static int32
column_date(CccdRows *rows, int column)
{
	bool		isnull;
	Datum		value = cccd_rows_value(rows, column, &isnull);

	return isnull ? CCCD_NO_DATE : DatumGetDateADT(value);
}

static int64
column_key(CccdRows *rows, int column)
{
	bool		isnull;
	Datum		value = cccd_rows_value(rows, column, &isnull);

	return isnull ? 0 : DatumGetInt64(value);
}

/* Read one row of person; returns whom it was merged into, or 0. */
static int64
read_person(int64 person, Snapshot snapshot, CccdHolder *holder)
{
	Datum		key = Int64GetDatum(person);
	CccdRows	rows;
	int64		merged = 0;

	holder->person = 0;
	cccd_rows_begin(&rows, CCCD_BY_PERSON, &key, snapshot);
	if (cccd_rows_next(&rows))
	{
		bool		isnull;
		Datum		value = cccd_rows_value(&rows, CCCD_PERSON_NAME, &isnull);

		holder->person = person;
		holder->name = cccd_copy_text(value, isnull);
		value = cccd_rows_value(&rows, CCCD_PERSON_NAME_KEY, &isnull);
		holder->name_key = cccd_copy_text(value, isnull);
		holder->birth_date = column_date(&rows, CCCD_PERSON_BIRTH_DATE);
		holder->birth_precision =
			column_letter(&rows, CCCD_PERSON_BIRTH_PRECISION);
		holder->sex = column_letter(&rows, CCCD_PERSON_SEX);
		holder->died_on = column_date(&rows, CCCD_PERSON_DIED_ON);
		holder->national = holder->birth_precision == 'd' &&
			column_is(&rows, CCCD_PERSON_SOURCE, "national") &&
			column_is(&rows, CCCD_PERSON_BIRTH_SOURCE, "national") &&
			column_is(&rows, CCCD_PERSON_SEX_SOURCE, "national");
		merged = column_key(&rows, CCCD_PERSON_MERGED_INTO);
	}
	cccd_rows_end(&rows);
	return merged;
}

void
cccd_read_holder(int64 person, Snapshot snapshot, CccdHolder *holder)
{
	int64		next = person;

	/* merge_people() makes no ring; this many steps end one */
	for (int i = 0; next != 0 && i < 16; i++)
		next = read_person(next, snapshot, holder);
}

void
cccd_read_holder_number(CccdFound *found)
{
	CccdHolder *holder = &found->holder;
	Datum		key = Int64GetDatum(holder->person);
	CccdRows	rows;

	if (holder->person == 0 || holder->number != CCCD_NO_ID)
		return;
	cccd_rows_begin(&rows, CCCD_NUMBERS_OF_PERSON, &key, found->snapshot);
	while (cccd_rows_next(&rows))
	{
		int64		number = column_key(&rows, CCCD_NUMBER_ID);
		bool		current = column_is(&rows, CCCD_NUMBER_STATUS, "current");

		if (holder->number == CCCD_NO_ID ||
			(current && !holder->number_current) ||
			(current == holder->number_current && number < holder->number))
		{
			holder->number = number;
			holder->number_current = current;
		}
	}
	cccd_rows_end(&rows);
}

static bool
text_begins(const text *whole, const text *head)
{
	return VARSIZE_ANY_EXHDR(whole) >= VARSIZE_ANY_EXHDR(head) &&
		memcmp(VARDATA_ANY(whole), VARDATA_ANY(head),
			   VARSIZE_ANY_EXHDR(head)) == 0;
}

/* A truncated name may also have lost letters inside. */
static CccdAgreement
compare_names(const CccdShown *shown, const CccdHolder *holder)
{
	if (shown->name_key == NULL || VARSIZE_ANY_EXHDR(shown->name_key) == 0)
		return CCCD_AGREE_ABSENT;
	if (holder->name_key == NULL)
		return CCCD_AGREE_NOT_KNOWN;
	if (cccd_same_text(holder->name_key, shown->name_key))
		return CCCD_AGREE_EQUAL;
	if (!CCCD_SHOWN(shown, NAME_TRUNCATED))
		return CCCD_AGREE_DIFFERENT;
	return text_begins(holder->name_key, shown->name_key) ?
		CCCD_AGREE_EQUAL : CCCD_AGREE_PARTLY;
}

/* As far as the register knows the date. */
static CccdAgreement
compare_births(const CccdShown *shown, const CccdHolder *holder)
{
	int			shown_year,
				shown_month,
				day,
				year,
				month;

	if (shown->birth_date == CCCD_NO_DATE)
		return CCCD_AGREE_ABSENT;
	if (holder->birth_date == CCCD_NO_DATE)
		return CCCD_AGREE_NOT_KNOWN;
	if (holder->birth_precision == 'd')
		return shown->birth_date == holder->birth_date ? CCCD_AGREE_EQUAL :
			CCCD_AGREE_DIFFERENT;
	cccd_civil_from_days(shown->birth_date, &shown_year, &shown_month, &day);
	cccd_civil_from_days(holder->birth_date, &year, &month, &day);
	return shown_year == year &&
		(holder->birth_precision == 'y' || shown_month == month) ?
		CCCD_AGREE_PARTLY : CCCD_AGREE_DIFFERENT;
}

static CccdAgreement
compare_sexes(const CccdShown *shown, const CccdHolder *holder)
{
	if (shown->sex == 0)
		return CCCD_AGREE_ABSENT;
	if (holder->sex == 0)
		return CCCD_AGREE_NOT_KNOWN;
	return shown->sex == holder->sex ? CCCD_AGREE_EQUAL :
		CCCD_AGREE_DIFFERENT;
}

/* A row of document. */
typedef struct Document
{
	int64		document;
	int32		issued;
	int32		expires;
	CccdDocumentState state;
	bool		national;
	CccdAgreement agrees;		/* EQUAL, NOT_KNOWN or DIFFERENT */
} Document;

static CccdDocumentState
document_state(CccdRows *rows)
{
	if (column_is(rows, CCCD_DOCUMENT_STATUS, "lost"))
		return CCCD_DOCUMENT_LOST;
	if (column_is(rows, CCCD_DOCUMENT_STATUS, "revoked"))
		return CCCD_DOCUMENT_REVOKED;
	if (column_is(rows, CCCD_DOCUMENT_STATUS, "replaced"))
		return CCCD_DOCUMENT_REPLACED;
	return CCCD_DOCUMENT_VALID;
}

/* Two dates of which either may not be known. */
static CccdAgreement
compare_days(int32 shown, int32 known)
{
	if (shown == CCCD_NO_DATE || known == CCCD_NO_DATE)
		return CCCD_AGREE_NOT_KNOWN;
	return shown == known ? CCCD_AGREE_EQUAL : CCCD_AGREE_DIFFERENT;
}

/*
 * Whether a chip card of the register is the one in hand: by its date of
 * issue, or else of expiry.  That a zone does not state an end does not make
 * it agree, but may contradict.
 */
static CccdAgreement
compare_cards(const CccdShown *shown, CccdRows *rows, const Document *card)
{
	char		number[CCCD_ID_DIGITS + 1];

	cccd_id_format(shown->id, number);
	if (CCCD_SHOWN(shown, NO_EXPIRY) && shown->issued == CCCD_NO_DATE)
		return card->expires == CCCD_NO_DATE ? CCCD_AGREE_NOT_KNOWN :
			CCCD_AGREE_DIFFERENT;
	if (shown->issued == CCCD_NO_DATE && shown->expires == CCCD_NO_DATE)
		return CCCD_AGREE_NOT_KNOWN;
	if (!column_is(rows, CCCD_DOCUMENT_NUMBER, number))
		return CCCD_AGREE_DIFFERENT;
	return shown->issued != CCCD_NO_DATE ?
		compare_days(shown->issued, card->issued) :
		compare_days(shown->expires, card->expires);
}

static void
take_document(CccdRows *rows, Document *document)
{
	document->document = column_key(rows, CCCD_DOCUMENT_DOCUMENT);
	document->issued = column_date(rows, CCCD_DOCUMENT_ISSUED);
	document->expires = column_date(rows, CCCD_DOCUMENT_EXPIRES);
	document->state = document_state(rows);
	document->national = column_is(rows, CCCD_DOCUMENT_SOURCE, "national");
	document->agrees = CCCD_AGREE_NOT_KNOWN;
}

/* Equal before not known before different. */
static int
agreement_rank(CccdAgreement agreement)
{
	return agreement == CCCD_AGREE_EQUAL ? 0 :
		agreement == CCCD_AGREE_DIFFERENT ? 2 : 1;
}

/* Whether a is rather the document in hand than b. */
static bool
is_better(const Document *a, const Document *b)
{
	int			rank = agreement_rank(a->agrees) - agreement_rank(b->agrees);

	if (rank != 0)
		return rank < 0;
	if ((a->state == CCCD_DOCUMENT_VALID) != (b->state == CCCD_DOCUMENT_VALID))
		return a->state == CCCD_DOCUMENT_VALID;
	return a->issued > b->issued;	/* not known is the lowest */
}

/* The chip card in hand, or else the newest; false if there is none. */
static bool
find_card(CccdFound *found, Document *best)
{
	Datum		key = Int64GetDatum(found->holder.person);
	bool		any = false;
	CccdRows	rows;

	cccd_rows_begin(&rows, CCCD_DOCUMENTS_OF_PERSON, &key, found->snapshot);
	while (cccd_rows_next(&rows))
	{
		Document	card;

		if (!column_is(&rows, CCCD_DOCUMENT_KIND, "chip"))
			continue;
		take_document(&rows, &card);
		card.agrees = compare_cards(&found->shown, &rows, &card);
		if (!any || is_better(&card, best))
			*best = card;
		any = true;
	}
	cccd_rows_end(&rows);
	return any;
}

static bool
find_document(CccdFound *found, int64 key, Document *document)
{
	Datum		argument = Int64GetDatum(key);
	CccdRows	rows;
	bool		any;

	cccd_rows_begin(&rows, CCCD_BY_DOCUMENT, &argument, found->snapshot);
	any = cccd_rows_next(&rows);
	if (any)
		take_document(&rows, document);
	cccd_rows_end(&rows);
	return any;
}

/* The earlier of the ends that card and register state. */
static int32
first_end(int32 shown, int32 known)
{
	if (shown == CCCD_NO_DATE || known == CCCD_NO_DATE)
		return shown == CCCD_NO_DATE ? known : shown;
	return Min(shown, known);
}

/* What the register says of the document that is in hand. */
static void
set_document(CccdFound *found, const Document *document)
{
	CccdSituation *situation = &found->situation;
	int32		end = first_end(found->shown.expires, document->expires);

	situation->document = document->state;
	if (end == CCCD_NO_DATE)
		return;
	situation->expired = end < cccd_day_from_time(situation->at);
	situation->document_ends = end_of_day(end);
}

/* Whether the scan says a date by which its card can be told. */
static CccdAgreement
undated(const CccdShown *shown)
{
	return shown->issued == CCCD_NO_DATE && shown->expires == CCCD_NO_DATE &&
		!CCCD_SHOWN(shown, NO_EXPIRY) ? CCCD_AGREE_ABSENT : CCCD_AGREE_NOT_KNOWN;
}

static void
compare_document(CccdFound *found, int64 key)
{
	CccdSituation *situation = &found->situation;
	Document	document;
	bool		any = key != 0 ? find_document(found, key, &document) :
	find_card(found, &document);

	situation->issued = undated(&found->shown);
	if (!any)
	{
		if (found->shown.expires != CCCD_NO_DATE)
		{
			situation->expired = found->shown.expires <
				cccd_day_from_time(situation->at);
			situation->document_ends = end_of_day(found->shown.expires);
		}
		return;
	}
	if (document.agrees == CCCD_AGREE_DIFFERENT)
	{
		situation->issued = CCCD_AGREE_DIFFERENT;
		situation->document = CCCD_DOCUMENT_UNMATCHED;
		return;
	}
	if (document.agrees == CCCD_AGREE_EQUAL)
		situation->issued = CCCD_AGREE_EQUAL;
	if (document.agrees == CCCD_AGREE_EQUAL || key != 0)
		found->document = document.document;
	situation->register_is_national = found->holder.national &&
		document.national && document.agrees == CCCD_AGREE_EQUAL;
	set_document(found, &document);
}

void
cccd_compare(CccdFound *found, int64 document)
{
	CccdSituation *situation = &found->situation;
	const CccdShown *shown = &found->shown;
	const CccdHolder *holder = &found->holder;

	situation->person_known = true;
	situation->deceased = holder->died_on != CCCD_NO_DATE &&
		holder->died_on <= cccd_day_from_time(situation->at);
	situation->name = compare_names(shown, holder);
	situation->birth_date = compare_births(shown, holder);
	situation->sex = compare_sexes(shown, holder);
	situation->letters_lost = CCCD_SHOWN(shown, ENCODING_SUSPECT) ||
		CCCD_SHOWN(shown, MASKED);
	compare_document(found, document);
}

bool
cccd_claim_agrees(const CccdFound *found, int64 person)
{
	CccdHolder	holder;

	cccd_clear_holder(&holder);
	/* somebody is looked for even where nobody has the number */
	if (person != 0)
		cccd_read_holder(person, found->snapshot, &holder);
	else
		(void) read_person(person, found->snapshot, &holder);
	return holder.person != 0 &&
		compare_names(&found->shown, &holder) != CCCD_AGREE_DIFFERENT &&
		compare_births(&found->shown, &holder) != CCCD_AGREE_DIFFERENT &&
		compare_sexes(&found->shown, &holder) != CCCD_AGREE_DIFFERENT;
}

void
cccd_read_document(CccdFound *found)
{
	Document	document;

	if (found->document != 0 &&
		find_document(found, found->document, &document))
		set_document(found, &document);
}

/* The answer about a person's identity that counts at the moment. */
typedef struct Answer
{
	bool		known;
	bool		confirmed;		/* false: the database says otherwise */
	TimestampTz asked_at;
	TimestampTz expires_at;		/* CCCD_JUDGE_NEVER: no end of its own */
} Answer;

static void
read_answer(CccdFound *found, Answer *answer)
{
	Datum		keys[2] = {
		Int64GetDatum(found->holder.person),
		CStringGetTextDatum("identity")
	};
	TimestampTz at = found->situation.at;
	CccdRows	rows;

	memset(answer, 0, sizeof(*answer));
	cccd_read_holder_number(found);
	cccd_rows_begin(&rows, CCCD_ANSWER_OF_PERSON, keys, found->snapshot);
	if (cccd_rows_next(&rows))
	{
		bool		isnull;
		Datum		value;

		answer->asked_at =
			DatumGetTimestampTz(cccd_rows_value(&rows, CCCD_ANSWER_ASKED_AT,
												&isnull));
		value = cccd_rows_value(&rows, CCCD_ANSWER_EXPIRES_AT, &isnull);
		answer->expires_at = isnull ? CCCD_JUDGE_NEVER :
			DatumGetTimestampTz(value);
		answer->confirmed = column_is(&rows, CCCD_ANSWER_OUTCOME, "confirmed");
		/* of the number that the person has now */
		answer->known = answer->asked_at <= at &&
			(isnull || at < answer->expires_at) &&
			column_key(&rows, CCCD_ANSWER_ID) == found->holder.number;
	}
	cccd_rows_end(&rows);
}

/* The answer will not count any more from then on: CCCD_JUDGE_NEVER or a time. */
static void
limit_by(CccdFound *found, int64 end)
{
	CccdSituation *situation = &found->situation;

	if (end == CCCD_JUDGE_NEVER)
		return;
	if (situation->document_ends == CCCD_JUDGE_NEVER ||
		end < situation->document_ends)
		situation->document_ends = end;
}

void
cccd_ask_register(CccdFound *found)
{
	CccdSituation *situation = &found->situation;
	CccdEvidence evidence = cccd_judge_evidence(situation);
	CccdEvidence minimum = situation->minimum_evidence;
	int64		limit;
	Answer		answer;

	if (found->holder.person == 0 || evidence < CCCD_EVIDENCE_REGISTRY)
		return;
	limit = found->event->register_checked;
	read_answer(found, &answer);
	if (answer.known && !answer.confirmed)
	{
		situation->register_is_national = false;
		cccd_add_finding(found, CCCD_REASON_REGISTER_DENIES, false);
	}
	else if (limit == 0 || evidence > CCCD_EVIDENCE_SIGNATURE)
		return;
	else if (answer.known && situation->at - answer.asked_at <= limit)
	{
		limit_by(found, answer.asked_at + limit + 1);
		limit_by(found, answer.expires_at);
	}
	else
	{
		situation->register_is_national = false;
		if (minimum == CCCD_EVIDENCE_REGISTRY ||
			minimum == CCCD_EVIDENCE_SIGNATURE)
			cccd_add_finding(found, CCCD_REASON_REGISTER_CHECK_OLD, false);
	}
}
