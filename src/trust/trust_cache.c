/*
 * trust_cache.c
 *		The trust values that a backend has read.
 *
 * Reading a list of 1,600 certificates takes milliseconds, a call of a
 * verification function microseconds.  So a value is read once and found again
 * by its digest, which stands in its first bytes: they are fetched without
 * fetching the rest.
 */
#include "trust/trust.h"

#include "utils/memutils.h"

#include "base/value.h"

/* Values kept: a system has one or two, each in an old and a new version. */
#define CACHED_VALUES	4

typedef struct CachedValue
{
	MemoryContext context;		/* NULL: free */
	CccdTrustStore *store;
	uint64		used;
} CachedValue;

static CachedValue cache[CACHED_VALUES];
static uint64 uses;

void
cccd_trust_argument_init(CccdTrustArgument *argument, Datum datum)
{
	CccdBytes	bytes;
	struct varlena *head = PG_DETOAST_DATUM_SLICE(datum, 0, CCCD_TRUST_HEADER);

	bytes.data = (const uint8_t *) VARDATA_ANY(head);
	bytes.length = VARSIZE_ANY_EXHDR(head);
	if (!cccd_trust_header_valid(bytes))
		cccd_value_corrupted("cccd_trust");
	argument->datum = datum;
	memcpy(argument->digest, bytes.data + CCCD_TRUST_DIGEST,
		   CCCD_SHA256_SIZE);
	if ((Pointer) head != DatumGetPointer(datum))
		pfree(head);
}

/*
 * A store that goes takes its keys with it.  The callback also runs when the
 * reading of a value fails half way and its context is deleted.
 */
static void
close_store(void *argument)
{
	cccd_store_close((CccdTrustStore *) argument);
}

static CachedValue *
free_place(void)
{
	CachedValue *oldest = &cache[0];

	for (int k = 0; k < CACHED_VALUES; k++)
	{
		if (cache[k].context == NULL)
			return &cache[k];
		if (cache[k].used < oldest->used)
			oldest = &cache[k];
	}
	MemoryContextDelete(oldest->context);
	oldest->context = NULL;
	return oldest;
}

CccdTrustStore *
cccd_trust_open(CccdTrustArgument *argument)
{
	MemoryContext context;
	MemoryContextCallback *callback;
	MemoryContext before;
	struct varlena *value;
	CachedValue *place;
	CccdTrustStore *store;
	CccdBytes	bytes;
	void	   *memory;
	bool		good;

	for (int k = 0; k < CACHED_VALUES; k++)
	{
		if (cache[k].context != NULL &&
			memcmp(cache[k].store->digest, argument->digest,
				   CCCD_SHA256_SIZE) == 0)
		{
			cache[k].used = ++uses;
			return cache[k].store;
		}
	}

	/* below the caller's context until it is complete: errors clean up */
	context = AllocSetContextCreate(CurrentMemoryContext, "cccd trust",
									ALLOCSET_DEFAULT_SIZES);
	before = MemoryContextSwitchTo(context);
	value = PG_DETOAST_DATUM_COPY(argument->datum);
	bytes.data = (const uint8_t *) VARDATA_ANY(value);
	bytes.length = VARSIZE_ANY_EXHDR(value);
	memory = MemoryContextAllocHuge(context, cccd_store_size(bytes));
	callback = palloc(sizeof(MemoryContextCallback));
	MemoryContextSwitchTo(before);
	good = cccd_store_open(bytes, memory, &store);
	if (!good)
	{
		MemoryContextDelete(context);
		cccd_memory_check();
		cccd_value_corrupted("cccd_trust");
	}
	callback->func = close_store;
	callback->arg = store;
	MemoryContextRegisterResetCallback(context, callback);
	place = free_place();
	MemoryContextSetParent(context, TopMemoryContext);
	place->context = context;
	place->store = store;
	place->used = ++uses;
	return store;
}
