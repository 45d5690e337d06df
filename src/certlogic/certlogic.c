/*
 * certlogic.c
 *		cccd_certlogic() and the paths that an expression looks at.
 *
 * Programs are kept for the query, by the bytes of their logic: a constant is
 * compiled once, and so is each rule of a join.
 */
#include "base/row.h"
#include "base/value.h"

#include "common/hashfn.h"
#include "funcapi.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/hsearch.h"
#include "utils/memutils.h"

#include "catalog/pg_type.h"

#include "certlogic/certlogic.h"

/* Programs that are kept, and bytes that they and their logics may take. */
#define MAX_PROGRAMS	1024
#define MAX_KEPT		(64 * 1024 * 1024)

typedef struct LogicEntry
{
	uint64		hash;			/* of the logic: the key */
	Jsonb	   *logic;
	CccdLogicProgram *program;
	struct LogicEntry *next;	/* asked for after it the last time */
} LogicEntry;

typedef struct LogicCache
{
	MemoryContext home;			/* lives as long as the query */
	CccdLogicKept data;
	bool		constant;		/* the argument cannot change */
	MemoryContext context;		/* of the entries */
	HTAB	   *entries;
	LogicEntry *last;
} LogicCache;

static void
empty_cache(LogicCache *cache)
{
	HASHCTL		control = {
		.keysize = sizeof(uint64),
		.entrysize = sizeof(LogicEntry),
		.hcxt = cache->context
	};

	cache->last = NULL;
	cache->entries = NULL;
	MemoryContextReset(cache->context);
	cache->entries = hash_create("CertLogic programs", 64, &control,
								 HASH_ELEM | HASH_BLOBS | HASH_CONTEXT);
}

static LogicCache *
open_cache(FunctionCallInfo fcinfo)
{
	MemoryContext home = fcinfo->flinfo ? fcinfo->flinfo->fn_mcxt :
	CurrentMemoryContext;
	LogicCache *cache = fcinfo->flinfo ? fcinfo->flinfo->fn_extra : NULL;

	if (cache)
		return cache;
	cache = MemoryContextAllocZero(home, sizeof(LogicCache));
	cache->home = home;
	cache->context = AllocSetContextCreate(home, "CertLogic programs",
										   ALLOCSET_DEFAULT_SIZES);
	empty_cache(cache);
	cache->constant = cccd_argument_is_constant(fcinfo, 0);
	if (fcinfo->flinfo)
		fcinfo->flinfo->fn_extra = cache;
	return cache;
}

static bool
same_logic(const LogicEntry *entry, const Jsonb *logic)
{
	return VARSIZE(entry->logic) == VARSIZE(logic) &&
		memcmp(entry->logic, logic, VARSIZE(logic)) == 0;
}

/* What a program of the logic needs, or an error. */
static void
check_logic(Jsonb *logic, CccdLogicSize *size)
{
	CccdLogicError *error = palloc(sizeof(CccdLogicError));
	CccdLogicValue root;

	cccd_logic_root(logic, &root);
	if (cccd_logic_check(cccd_logic_jsonb(), &root, false, error, 1,
						 size) > 0)
		cccd_logic_refuse(_("invalid CertLogic expression"), "", error);
	pfree(error);
}

static LogicEntry *
add_entry(LogicCache *cache, Jsonb *bytes, uint64 hash)
{
	CccdLogicProgram *program;
	CccdLogicSize size;
	CccdLogicValue root;
	LogicEntry *entry;
	Jsonb	   *logic;

	/* what is not a logic leaves nothing behind */
	check_logic(bytes, &size);
	if (hash_get_num_entries(cache->entries) >= MAX_PROGRAMS ||
		MemoryContextMemAllocated(cache->context, true) > MAX_KEPT)
		empty_cache(cache);
	logic = memcpy(MemoryContextAlloc(cache->context, VARSIZE(bytes)), bytes,
				   VARSIZE(bytes));
	cccd_logic_root(logic, &root);
	program = cccd_logic_prepare(&root, &size, cache->context);
	entry = hash_search(cache->entries, &hash, HASH_ENTER, NULL);
	entry->logic = logic;
	entry->program = program;
	entry->next = NULL;
	return entry;
}

/*
 * The program of the first argument: that of the last row, or the one that
 * followed it before, as the rules of a join do, or one that is looked up.
 */
static CccdLogicProgram *
open_program(LogicCache *cache, FunctionCallInfo fcinfo)
{
	LogicEntry *last = cache->last;
	LogicEntry *entry;
	Jsonb	   *logic;

	if (last && cache->constant)
		return last->program;
	logic = PG_GETARG_JSONB_P(0);
	if (last && same_logic(last, logic))
		return last->program;
	entry = last ? last->next : NULL;
	if (entry == NULL || !same_logic(entry, logic))
	{
		uint64		hash;

		hash = hash_bytes_extended((unsigned char *) VARDATA(logic),
								   VARSIZE(logic) - VARHDRSZ, 0);
		entry = hash_search(cache->entries, &hash, HASH_FIND, NULL);
		if (entry == NULL || !same_logic(entry, logic))
			entry = add_entry(cache, logic, hash);
		/* the cache may be a new one */
		if (cache->last)
			cache->last->next = entry;
	}
	cache->last = entry;
	return entry->program;
}

/* true, false and null, which most results are, are made once. */
static Datum
result_datum(const CccdLogicValue *value)
{
	static Jsonb *simple[3];
	int			which;

	if (value->kind == CCCD_LOGIC_NULL)
		which = 0;
	else if (value->kind == CCCD_LOGIC_BOOL)
		which = 1 + value->truth;
	else
		return JsonbPGetDatum(cccd_logic_to_jsonb(value));
	if (simple[which] == NULL)
	{
		MemoryContext caller = MemoryContextSwitchTo(TopMemoryContext);

		simple[which] = cccd_logic_to_jsonb(value);
		MemoryContextSwitchTo(caller);
	}
	return JsonbPGetDatum(simple[which]);
}

/*
 * cccd_certlogic(logic, data, silent)
 */
PG_FUNCTION_INFO_V1(cccd_certlogic);
Datum
cccd_certlogic(PG_FUNCTION_ARGS)
{
	LogicCache *cache = open_cache(fcinfo);
	CccdLogicProgram *program = open_program(cache, fcinfo);
	CccdLogicValue data,
				result;
	CccdLogicBudget budget = CCCD_LOGIC_BUDGET;
	CccdLogicFault fault;

	cccd_logic_root(cccd_logic_unpack(&cache->data, cache->home,
									  PG_GETARG_DATUM(1), NULL), &data);
	if (cccd_logic_run(program, cccd_logic_jsonb(), &data, cccd_logic_palloc,
					   &budget, &result, &fault))
		return result_datum(&result);
	if (PG_GETARG_BOOL(2) && !CCCD_LOGIC_IS_LIMIT(fault.status))
		PG_RETURN_NULL();
	cccd_logic_raise(program, &fault);
}

/*
 * cccd_certlogic_fields(logic): the paths in the order of their bytes
 */
static int
compare_texts(const void *a, const void *b)
{
	const		text *left = DatumGetTextPP(*(const Datum *) a);
	const		text *right = DatumGetTextPP(*(const Datum *) b);
	Size		left_size = VARSIZE_ANY_EXHDR(left);
	Size		right_size = VARSIZE_ANY_EXHDR(right);
	int			order = memcmp(VARDATA_ANY(left), VARDATA_ANY(right),
							   Min(left_size, right_size));

	return order != 0 ? order : left_size < right_size ? -1 : 1;
}

PG_FUNCTION_INFO_V1(cccd_certlogic_fields);
Datum
cccd_certlogic_fields(PG_FUNCTION_ARGS)
{
	CccdLogicProgram *program = open_program(open_cache(fcinfo), fcinfo);
	uint32		count = cccd_logic_field_count(program);
	Datum	   *fields = palloc(Max(count, 1) * sizeof(Datum));

	for (uint32 i = 0; i < count; i++)
	{
		uint32		length;
		const char *path = cccd_logic_field(program, i, &length);

		fields[i] = PointerGetDatum(cstring_to_text_with_len(path,
															 (int) length));
	}
	qsort(fields, count, sizeof(Datum), compare_texts);
	return cccd_texts_datum(fields, (int) count);
}
