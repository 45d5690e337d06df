/*
 * certlogic_jsonb.c
 *		jsonb as the CertLogic core reads it, and results as jsonb.
 */
#include "base/cccd.h"

#include <math.h>

#include "mb/pg_wchar.h"
#include "utils/builtins.h"
#include "utils/memutils.h"
#include "utils/numeric.h"

#include "certlogic/certlogic.h"
#include "certlogic/certlogic_time_core.h"

/* Values of a result: what shares its parts in memory is written out. */
#define MAX_RESULT_VALUES	65536

/* Child number of a container whose values begin at base. */
static void
read_child(const JsonbContainer *container, const char *base, uint32 number,
		   CccdLogicValue *value)
{
	JEntry		entry = container->children[number];
	uint32		offset = getJsonbOffset(container, number);
	const JsonbContainer *inside;

	switch (entry & JENTRY_TYPEMASK)
	{
		case JENTRY_ISSTRING:
			value->kind = CCCD_LOGIC_STRING;
			value->length = getJsonbLength(container, number);
			value->u.text = base + offset;
			break;
		case JENTRY_ISNUMERIC:
			value->kind = CCCD_LOGIC_NUMERAL;
			value->u.source = base + INTALIGN(offset);
			value->length = VARSIZE_ANY(value->u.source);
			break;
		case JENTRY_ISBOOL_TRUE:
		case JENTRY_ISBOOL_FALSE:
			value->kind = CCCD_LOGIC_BOOL;
			value->truth = JBE_ISBOOL_TRUE(entry);
			break;
		case JENTRY_ISCONTAINER:
			inside = (const JsonbContainer *) (base + INTALIGN(offset));
			value->kind = JsonContainerIsObject(inside) ?
				CCCD_LOGIC_OBJECT : CCCD_LOGIC_ARRAY;
			value->length = JsonContainerSize(inside);
			value->u.source = inside;
			break;
		default:
			value->kind = CCCD_LOGIC_NULL;
			break;
	}
}

void
cccd_logic_root(Jsonb *jsonb, CccdLogicValue *value)
{
	const JsonbContainer *root = &jsonb->root;

	if (JsonContainerIsScalar(root))
	{
		read_child(root, (const char *) &root->children[1], 0, value);
		return;
	}
	value->kind = JsonContainerIsObject(root) ?
		CCCD_LOGIC_OBJECT : CCCD_LOGIC_ARRAY;
	value->length = JsonContainerSize(root);
	value->u.source = root;
}

static bool
array_item(const void *source, uint32 number, CccdLogicValue *value)
{
	const JsonbContainer *array = source;
	uint32		count = JsonContainerSize(array);

	if (number >= count)
		return false;
	read_child(array, (const char *) &array->children[count], number, value);
	return true;
}

static void
object_entry(const void *source, uint32 number, CccdLogicValue *key,
			 CccdLogicValue *value)
{
	const JsonbContainer *object = source;
	uint32		count = JsonContainerSize(object);
	const char *base = (const char *) &object->children[2 * count];

	read_child(object, base, number, key);
	read_child(object, base, count + number, value);
}

/* Keys stand in order: shorter ones first, then by their bytes. */
static bool
object_member(const void *source, const char *key, size_t length,
			  CccdLogicValue *value)
{
	const JsonbContainer *object = source;
	uint32		count = JsonContainerSize(object),
				low = 0,
				high = count;
	const char *base = (const char *) &object->children[2 * count];

	while (low < high)
	{
		uint32		middle = low + (high - low) / 2;
		uint32		size = getJsonbLength(object, middle);
		int			order;

		if (size != length)
			order = size < length ? -1 : 1;
		else
			order = memcmp(base + getJsonbOffset(object, middle), key, length);
		if (order == 0)
		{
			read_child(object, base, count + middle, value);
			return true;
		}
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return false;
}

static bool
array_holds(const void *source, const char *text, size_t length)
{
	const JsonbContainer *array = source;
	uint32		count = JsonContainerSize(array);
	const char *base = (const char *) &array->children[count];
	uint32		offset = 0;

	for (uint32 i = 0; i < count; i++)
	{
		JEntry		entry = array->children[i];
		uint32		next = offset;

		JBE_ADVANCE_OFFSET(next, entry);
		if (JBE_ISSTRING(entry) && next - offset == length &&
			memcmp(base + offset, text, length) == 0)
			return true;
		offset = next;
	}
	return false;
}

static double
numeral_number(const void *source)
{
	return DatumGetFloat8(DirectFunctionCall1(numeric_float8_no_overflow,
											  PointerGetDatum(source)));
}

const CccdLogicSource *
cccd_logic_jsonb(void)
{
	static CccdLogicSource source = {
		.member = object_member,
		.item = array_item,
		.holds = array_holds,
		.entry = object_entry,
		.number = numeral_number
	};

	source.utf8 = GetDatabaseEncoding() == PG_UTF8;
	return &source;
}

/*
 * What is compared is the value as it is stored: its compressed bytes, or the
 * pointer to a value out of line, which stays what it is while a query that
 * can see it runs.
 */
Jsonb	   *
cccd_logic_unpack(CccdLogicKept *kept, MemoryContext context, Datum datum,
				  bool *same)
{
	struct varlena *packed = (struct varlena *) DatumGetPointer(datum);
	MemoryContext caller;
	Size		size;

	if (same)
		*same = false;
	if (!VARATT_IS_EXTERNAL_ONDISK(packed) && !VARATT_IS_COMPRESSED(packed))
		return DatumGetJsonbP(datum);
	size = VARSIZE_ANY(packed);
	if (kept->value && VARSIZE_ANY(kept->packed) == size &&
		memcmp(kept->packed, packed, size) == 0)
	{
		if (same)
			*same = true;
		return kept->value;
	}
	if (kept->value)
		pfree(kept->value);
	if (kept->packed)
		pfree(kept->packed);
	kept->value = NULL;
	kept->packed = NULL;
	caller = MemoryContextSwitchTo(context);
	kept->packed = memcpy(palloc(size), packed, size);
	kept->value = DatumGetJsonbP(datum);
	MemoryContextSwitchTo(caller);
	return kept->value;
}

void
cccd_logic_refuse(const char *what, const char *prefix,
				  const CccdLogicError *error)
{
	ereport(ERROR,
			(errcode(CCCD_LOGIC_IS_LIMIT(error->status) ?
					 ERRCODE_PROGRAM_LIMIT_EXCEEDED :
					 error->status == CCCD_LOGIC_ENCODING ?
					 ERRCODE_FEATURE_NOT_SUPPORTED :
					 ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("%s", what),
			 errdetail("At \"%s%s\": %s.", prefix, error->path,
					   cccd_logic_message(error->status))));
}

void
cccd_logic_raise(const CccdLogicProgram *program, const CccdLogicFault *fault)
{
	CccdLogicError *error = palloc(sizeof(CccdLogicError));

	cccd_logic_locate(program, fault, error);
	cccd_logic_refuse(_("CertLogic expression cannot be evaluated"), "",
					  error);
}

CccdLogicProgram *
cccd_logic_prepare(const CccdLogicValue *logic, const CccdLogicSize *size,
				   MemoryContext context)
{
	return cccd_logic_compile(cccd_logic_jsonb(), logic, size,
							  MemoryContextAlloc(context,
												 cccd_logic_room(size)));
}

/* A number as JavaScript would write it. */
static Numeric
number_numeric(double number)
{
	char	   *text;

	if (fabs(number) <= 9007199254740992.0 && number == trunc(number))
		return int64_to_numeric((int64) number);
	text = DatumGetCString(DirectFunctionCall1(float8out,
											   Float8GetDatum(number)));
	return DatumGetNumeric(DirectFunctionCall3(numeric_in,
											   CStringGetDatum(text),
											   ObjectIdGetDatum(InvalidOid),
											   Int32GetDatum(-1)));
}

static void
set_string(JsonbValue *out, const char *text, size_t length)
{
	out->type = jbvString;
	out->val.string.val = unconstify(char *, text);
	out->val.string.len = (int) length;
}

static int
container_size(const JsonbContainer *container)
{
	int			count = (int) JsonContainerSize(container);
	int			children = JsonContainerIsObject(container) ? 2 * count : count;
	Size		size = offsetof(JsonbContainer, children) +
	children * sizeof(JEntry);

	if (children > 0)
		size += getJsonbOffset(container, children - 1) +
			getJsonbLength(container, children - 1);
	return (int) size;
}

/* Everything but lists and records. */
static void
set_simple(const CccdLogicValue *value, JsonbValue *out)
{
	char	   *text;

	out->type = jbvNull;
	switch ((CccdLogicKind) value->kind)
	{
		case CCCD_LOGIC_BOOL:
			out->type = jbvBool;
			out->val.boolean = value->truth;
			break;
		case CCCD_LOGIC_NUMBER:
			if (isinf(value->u.number))
				break;
			out->type = jbvNumeric;
			out->val.numeric = number_numeric(value->u.number);
			break;
		case CCCD_LOGIC_NUMERAL:
			out->type = jbvNumeric;
			out->val.numeric = (Numeric) unconstify(void *, value->u.source);
			break;
		case CCCD_LOGIC_STRING:
			set_string(out, value->u.text, value->length);
			break;
		case CCCD_LOGIC_DATE:
			if (value->u.time == CCCD_LOGIC_NO_TIME)
				break;
			text = palloc(CCCD_LOGIC_TIME_SIZE);
			set_string(out, text,
					   cccd_logic_time_format(value->u.time, text));
			break;
		case CCCD_LOGIC_ARRAY:
		case CCCD_LOGIC_OBJECT:
			out->type = jbvBinary;
			out->val.binary.data =
				(JsonbContainer *) unconstify(void *, value->u.source);
			out->val.binary.len = container_size(value->u.source);
			break;
		default:
			break;
	}
}

/* Long texts count as several values. */
static void
count_value(int *values, uint32 length, int depth)
{
	*values += 1 + (int) (length / 256);
	if (*values > MAX_RESULT_VALUES || depth > CCCD_LOGIC_MAX_DEPTH)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("result of the CertLogic expression is too large"),
				 errdetail("A list that it makes can have %d values and %d levels.",
						   MAX_RESULT_VALUES, CCCD_LOGIC_MAX_DEPTH)));
}

/* A container of the data, part by part. */
static void
push_container(CccdJsonbState *state, const void *source, int *values,
			   int depth)
{
	JsonbIterator *iterator =
	JsonbIteratorInit((JsonbContainer *) unconstify(void *, source));
	JsonbIteratorToken token;
	JsonbValue	part;

	while ((token = JsonbIteratorNext(&iterator, &part, false)) != WJB_DONE)
	{
		bool		simple = token < WJB_BEGIN_ARRAY;

		count_value(values, simple && part.type == jbvString ?
					(uint32) part.val.string.len : 0, depth);
		cccd_jsonb_push(state, token, simple ? &part : NULL);
	}
}

/*
 * Push a value of any kind, containers with all that they hold.  The evaluator
 * has bounded how deep this goes.
 */
static void
push_value(CccdJsonbState *state, JsonbIteratorToken token,
		   const CccdLogicValue *value, int *values, int depth)
{
	JsonbValue	simple;

	count_value(values, value->kind == CCCD_LOGIC_STRING ||
				value->kind == CCCD_LOGIC_NUMERAL ? value->length : 0, depth);
	switch ((CccdLogicKind) value->kind)
	{
		case CCCD_LOGIC_LIST:
			cccd_jsonb_push(state, WJB_BEGIN_ARRAY, NULL);
			for (uint32 i = 0; i < value->length; i++)
				push_value(state, WJB_ELEM, &value->u.items[i], values,
						   depth + 1);
			cccd_jsonb_push(state, WJB_END_ARRAY, NULL);
			break;
		case CCCD_LOGIC_RECORD:
			cccd_jsonb_push(state, WJB_BEGIN_OBJECT, NULL);
			for (uint32 i = 0; i < value->length; i++)
			{
				const CccdLogicMember *member = &value->u.members[i];

				set_string(&simple, member->key, member->length);
				cccd_jsonb_push(state, WJB_KEY, &simple);
				push_value(state, WJB_VALUE, &member->value, values,
						   depth + 1);
			}
			cccd_jsonb_push(state, WJB_END_OBJECT, NULL);
			break;
		case CCCD_LOGIC_ARRAY:
		case CCCD_LOGIC_OBJECT:
			push_container(state, value->u.source, values, depth);
			break;
		default:
			set_simple(value, &simple);
			cccd_jsonb_push(state, token, &simple);
			break;
	}
}

void
cccd_logic_push(CccdJsonbState *state, JsonbIteratorToken token,
				const CccdLogicValue *value)
{
	int			values = 0;

	push_value(state, token, value, &values, 0);
}

Jsonb	   *
cccd_logic_to_jsonb(const CccdLogicValue *value)
{
	CccdJsonbState state = {0};
	JsonbValue	simple;

	if (value->kind == CCCD_LOGIC_LIST || value->kind == CCCD_LOGIC_RECORD)
	{
		cccd_logic_push(&state, WJB_ELEM, value);
		return JsonbValueToJsonb(state.result);
	}
	set_simple(value, &simple);
	return JsonbValueToJsonb(&simple);
}
