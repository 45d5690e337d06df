/*
 * evidence.c
 *		Pictures, chips and certificates of a check; see evidence.h.
 */
#include "gate/evidence.h"

#include "catalog/pg_type.h"
#include "executor/executor.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/date.h"
#include "utils/lsyscache.h"

#include "gate/query.h"
#include "health/health.h"

/* A value of the last result, copied to "context". */
static Datum
taken(MemoryContext context, int column, bool *isnull)
{
	MemoryContext spi;
	Datum		value = cccd_query_value(0, column, isnull);

	if (*isnull)
		return (Datum) 0;
	spi = MemoryContextSwitchTo(context);
	value = PointerGetDatum(PG_DETOAST_DATUM_COPY(value));
	MemoryContextSwitchTo(spi);
	return value;
}

/* A text of the last result, likewise; NULL for null. */
static text *
taken_text(MemoryContext context, int column)
{
	bool		isnull;
	Datum		value = taken(context, column, &isnull);

	return isnull ? NULL : DatumGetTextPP(value);
}

static int32
taken_date(int column)
{
	bool		isnull;
	Datum		value = cccd_query_value(0, column, &isnull);

	return isnull ? CCCD_NO_DATE : DatumGetDateADT(value);
}

/* The codes of a text[] of the last result as findings. */
static int
take_findings(CccdFound *found, int column, bool doubt)
{
	bool		isnull;
	Datum		value = cccd_query_value(0, column, &isnull);
	Datum	   *codes;
	int			count = 0;

	if (isnull)
		return 0;
	deconstruct_array(DatumGetArrayTypeP(value), TEXTOID, -1, false,
					  TYPALIGN_INT, &codes, NULL, &count);
	for (int i = 0; i < count; i++)
		cccd_add_finding(found,
						 cccd_gate_reason(TextDatumGetCString(codes[i])),
						 doubt);
	return count;
}

/* Append the texts of an array to the certificates that are shown. */
static void
add_certificates(CccdFound *found, Datum more)
{
	Datum	   *texts[2];
	bool	   *nulls;
	Datum		arrays[2] = {found->certificates, more};
	Datum	   *all;
	int			counts[2] = {0, 0};
	int			count = 0;

	for (int i = 0; i < 2; i++)
		if (arrays[i] != 0)
			deconstruct_array(DatumGetArrayTypeP(arrays[i]), TEXTOID, -1,
							  false, TYPALIGN_INT, &texts[i], &nulls,
							  &counts[i]);
	all = palloc((counts[0] + counts[1] + 1) * sizeof(Datum));
	for (int i = 0; i < 2; i++)
		for (int k = 0; k < counts[i]; k++)
			if (DatumGetPointer(texts[i][k]) != NULL)
				all[count++] = texts[i][k];
	found->certificates =
		PointerGetDatum(construct_array(all, count, TEXTOID, -1, false,
										TYPALIGN_INT));
}

const		text *
cccd_read_image(CccdFound *found, const text *scan)
{
	static CccdQuery query = {
		"SELECT p.scan, p.ticket, p.certificates, p.problem"
		" FROM cccd_gate.read_picture($1) p",
		1, {BYTEAOID}
	};
	MemoryContext caller = CurrentMemoryContext;
	Datum		certificates;
	bool		isnull;
	text	   *picture;
	text	   *ticket;
	text	   *problem;

	SPI_connect();
	cccd_query_read(&query, &found->call->image, NULL, found->snapshot);
	picture = taken_text(caller, 1);
	ticket = taken_text(caller, 2);
	certificates = taken(caller, 3, &isnull);
	problem = taken_text(caller, 4);
	SPI_finish();

	if (!isnull)
		add_certificates(found, certificates);
	if (found->ticket_secret == NULL)
		found->ticket_secret = ticket;
	if (problem)
		cccd_add_finding(found, cccd_gate_reason(text_to_cstring(problem)),
						 scan != NULL);
	return scan ? scan : picture;
}

void
cccd_take_certificate(CccdFound *found, const text *scan)
{
	Datum		certificate = PointerGetDatum(scan);
	ArrayType  *one = construct_array(&certificate, 1, TEXTOID, -1, false,
									  TYPALIGN_INT);

	add_certificates(found, PointerGetDatum(one));
}

/* The flags of names in a text[] of the last result, CCCD_FLAG() as bits. */
static uint64
taken_flags(int column)
{
	bool		isnull;
	Datum		value = cccd_query_value(0, column, &isnull);
	uint64		flags = 0;
	Datum	   *names;
	int			count;

	if (isnull)
		return 0;
	deconstruct_array(DatumGetArrayTypeP(value), TEXTOID, -1, false,
					  TYPALIGN_INT, &names, NULL, &count);
	for (int i = 0; i < count; i++)
	{
		const char *name = TextDatumGetCString(names[i]);

		for (int flag = 0; flag < CCCD_FLAG_COUNT; flag++)
			if (strcmp(name, cccd_scan_flag_names[flag]) == 0)
				flags |= UINT64_C(1) << flag;
	}
	return flags;
}

/* What the scan says, as parameters; see shown_document. */
static void
put_shown(const CccdShown *shown, Datum *values, char *nulls)
{
	char		sex[2] = {shown->sex, '\0'};

	memset(nulls, 'n', 9);
	if (shown->id != CCCD_NO_ID)
	{
		values[0] = Int64GetDatum(shown->id);
		nulls[0] = ' ';
	}
	if (shown->number)
	{
		values[1] = PointerGetDatum(shown->number);
		nulls[1] = ' ';
	}
	if (shown->name)
	{
		values[2] = PointerGetDatum(shown->name);
		nulls[2] = ' ';
	}
	values[3] = DateADTGetDatum(shown->birth_date);
	nulls[3] = shown->birth_date == CCCD_NO_DATE ? 'n' : ' ';
	values[4] = CStringGetTextDatum(sex);
	nulls[4] = shown->sex == 0 ? 'n' : ' ';
	values[5] = DateADTGetDatum(shown->issued);
	nulls[5] = shown->issued == CCCD_NO_DATE ? 'n' : ' ';
	values[6] = DateADTGetDatum(shown->expires);
	nulls[6] = shown->expires == CCCD_NO_DATE ? 'n' : ' ';
	values[7] = BoolGetDatum((shown->flags &
							  (CCCD_FLAG(NAME_TRUNCATED) |
							   CCCD_FLAG(ENCODING_SUSPECT) |
							   CCCD_FLAG(MASKED))) != 0);
	nulls[7] = ' ';
	values[8] = CStringGetTextDatum(shown->number_kind ? shown->number_kind :
									"");
	nulls[8] = shown->number_kind ? ' ' : 'n';
}

/* The parts of the row of type cccd_gate.chip, and where it is read. */
static void
put_chip(CccdFound *found, Datum *values, char *nulls)
{
	static const char *const parts[] = {"sod", "data_groups", "challenge_id",
	"response"};
	HeapTupleHeader row = DatumGetHeapTupleHeader(found->call->chip);

	for (int i = 0; i < lengthof(parts); i++)
	{
		bool		isnull;

		values[i] = GetAttributeByName(row, parts[i], &isnull);
		nulls[i] = isnull ? 'n' : ' ';
	}
	values[4] = Int32GetDatum(found->event->event);
	values[5] = CStringGetTextDatum(found->gate->name);
	values[6] = TimestampTzGetDatum(found->situation.at);
	values[7] = UUIDPGetDatum(found->call->request);
	values[8] = Int64GetDatum(found->holder.person);
	memset(nulls + 4, ' ', 5);
	if (!found->call->writes)
		nulls[7] = 'n';
	if (found->holder.person == 0)
		nulls[8] = 'n';
}

/* Take over what the chip says of its holder, instead of the scan. */
static void
take_chip(CccdFound *found, MemoryContext context)
{
	CccdShown  *shown = &found->shown;
	bool		isnull;
	Datum		sex;

	shown->name = taken_text(context, 4);
	shown->birth_date = taken_date(5);
	sex = cccd_query_value(0, 6, &isnull);
	shown->sex = isnull ? 0 : *VARDATA_ANY(DatumGetTextPP(sex));
	shown->issued = taken_date(7);
	shown->expires = taken_date(8);
	shown->flags = taken_flags(9);
}

/* A picture that could not be read matters no more: the chip says who it is. */
static void
forgive_picture(CccdFound *found)
{
	for (int i = 0; i < found->situation.finding_count; i++)
	{
		CccdReason	reason = found->findings[i].reason;

		if (reason == CCCD_REASON_PICTURE_UNREADABLE ||
			reason == CCCD_REASON_PICTURE_AMBIGUOUS ||
			reason == CCCD_REASON_PICTURE_NOT_POSSIBLE)
			found->findings[i].doubt = true;
	}
}

void
cccd_read_chip(CccdFound *found)
{
	static CccdQuery query = {
		"SELECT c.problems, c.level, c.id::pg_catalog.int8, c.name,"
		" c.birth_date, c.sex, c.issued, c.expires, c.flags, c.reading"
		" FROM cccd_gate.read_chip_shown($1, $2, $3, $4, $5, $6, $7, $8, $9,"
		" $10, $11, $12, $13, $14, $15, $16, $17, $18) c",
		18, {BYTEAOID, BYTEAARRAYOID, UUIDOID, BYTEAOID, INT4OID, TEXTOID,
			TIMESTAMPTZOID, UUIDOID, INT8OID, INT8OID, TEXTOID, TEXTOID,
		DATEOID, TEXTOID, DATEOID, DATEOID, BOOLOID, TEXTOID}
	};
	MemoryContext caller = CurrentMemoryContext;
	CccdShown  *shown = &found->shown;
	Datum		values[18];
	char		nulls[18];
	bool		alone = !cccd_shown_number(shown);
	bool		isnull;
	Datum		level;
	Datum		id;
	int			problems;

	put_chip(found, values, nulls);
	put_shown(shown, values + 9, nulls + 9);
	SPI_connect();
	if (found->call->writes)
		cccd_query_run(&query, values, nulls);
	else
		cccd_query_read(&query, values, nulls, found->snapshot);
	problems = take_findings(found, 1, false);
	level = cccd_query_value(0, 2, &isnull);
	if (problems == 0 && !isnull)
		found->situation.scan_evidence =
			cccd_evidence_named(TextDatumGetCString(level));
	id = cccd_query_value(0, 3, &isnull);
	if (alone && !isnull)
	{
		shown->kind = "chip";
		shown->scan_kind = CCCD_KIND_UNKNOWN;
		shown->id = DatumGetInt64(id);
	}
	else if (alone)
		shown->kind = "chip";
	if (alone && !isnull)
		forgive_picture(found);
	if (!isnull && (problems == 0 || alone))
		take_chip(found, caller);
	found->chip_reading = taken(caller, 10, &isnull);
	SPI_finish();
	shown->name_key = cccd_shown_name_key(shown->name);
	cccd_look_up_holder(found);
	if (alone && found->event)
		found->situation.minimum_evidence = cccd_gate_minimum(found->event,
															  shown->kind);
}

/* The number of the passport that is shown; NULL: none is. */
static text *
shown_passport(const CccdFound *found)
{
	const CccdShown *shown = &found->shown;

	return shown->number_kind && strcmp(shown->number_kind, "passport") == 0 ?
		shown->number : NULL;
}

/* Whom certificates must be about: name, birth date and passport. */
static void
put_bearer(const CccdFound *found, Datum *values, char *nulls)
{
	const CccdHolder *holder = &found->holder;
	text	   *name = holder->name ? holder->name : found->shown.name;
	int32		birth = holder->birth_precision == 'd' ? holder->birth_date :
	found->shown.birth_date;
	text	   *passport = shown_passport(found);

	values[0] = PointerGetDatum(name);
	nulls[0] = name ? ' ' : 'n';
	values[1] = DateADTGetDatum(birth);
	nulls[1] = birth == CCCD_NO_DATE ? 'n' : ' ';
	values[2] = PointerGetDatum(passport);
	nulls[2] = passport ? ' ' : 'n';
}

bool
cccd_too_many_certificates(const CccdFound *found)
{
	ArrayType  *array;

	if (found->certificates == 0)
		return false;
	array = DatumGetArrayTypeP(found->certificates);
	return ArrayGetNItems(ARR_NDIM(array), ARR_DIMS(array)) >
		CCCD_SHOWN_CERTIFICATES;
}

void
cccd_read_certificates(CccdFound *found)
{
	static CccdQuery query = {
		"SELECT c.problems, c.doubts, c.fits, c.record, c.shown"
		" FROM cccd_gate.read_certificates_shown($1, $2, $3, $4, $5) c",
		5, {TEXTARRAYOID, TEXTOID, DATEOID, TEXTOID, TIMESTAMPTZOID}
	};
	MemoryContext caller = CurrentMemoryContext;
	Datum		values[5] = {found->certificates};
	char		nulls[5] = {' ', ' ', ' ', ' ', ' '};
	bool		isnull;

	put_bearer(found, values + 1, nulls + 1);
	values[4] = TimestampTzGetDatum(found->situation.at);
	SPI_connect();
	cccd_query_read(&query, values, nulls, found->snapshot);
	take_findings(found, 1, false);
	take_findings(found, 2, true);
	found->certificates_fit =
		DatumGetBool(cccd_query_value(0, 3, &isnull)) && !isnull;
	found->certificate_facts = taken(caller, 4, &isnull);
	found->certificates_read = taken(caller, 5, &isnull);
	SPI_finish();
	/* a certificate of somebody else names nobody */
	if (!found->certificates_fit && cccd_shown_certificate(&found->shown))
		found->situation.readable = false;
}

void
cccd_add_certificate_facts(CccdFound *found)
{
	unsigned char *body;
	size_t		length;

	if (found->certificate_facts == 0 || !found->certificates_fit)
		return;
	body = palloc(CCCD_HEALTH_MAX_SIZE);
	if (cccd_health_join(cccd_health_from_body(found->record,
											   found->record_length),
						 found->certificate_facts, body,
						 &length) != CCCD_HEALTH_OK)
	{
		found->certificates_fit = false;
		cccd_add_finding(found, CCCD_REASON_TOO_MANY_FACTS, true);
		return;
	}
	found->record = body;
	found->record_length = length;
}

/* Keep what came of the chip. */
static void
keep_chip(CccdFound *found, Datum request)
{
	static CccdQuery query = {
		"SELECT cccd_gate.keep_chip($1, $2, $3)",
		3, {UUIDOID, INT8OID, JSONBOID}
	};
	Datum		values[3] = {
		request, Int64GetDatum(found->holder.person), found->chip_reading
	};
	char		nulls[3] = {' ', found->holder.person ? ' ' : 'n', ' '};

	cccd_query_run(&query, values, nulls);
}

/* Keep what came of the certificates, and their facts. */
static void
keep_certificates(CccdFound *found, Datum request, TimestampTz recorded_at)
{
	static CccdQuery query = {
		"SELECT cccd_gate.keep_certificates($1, $2, $3, $4, $5)",
		5, {UUIDOID, TIMESTAMPTZOID, INT8OID, JSONBOID, BOOLOID}
	};
	int64		person = found->holder.person;
	Datum		values[5] = {
		request, TimestampTzGetDatum(recorded_at), Int64GetDatum(person),
		found->certificates_read,
		BoolGetDatum(found->judgement.identity_stands &&
					 found->certificates_fit)
	};
	char		nulls[5] = {' ', ' ', person ? ' ' : 'n', ' ', ' '};

	cccd_query_run(&query, values, nulls);
}

void
cccd_keep_evidence(CccdFound *found, const pg_uuid_t *request,
				   TimestampTz recorded_at)
{
	if (found->chip_reading != 0)
		keep_chip(found, UUIDPGetDatum(request));
	if (found->certificates_read != 0)
		keep_certificates(found, UUIDPGetDatum(request), recorded_at);
}
