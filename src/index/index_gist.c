/*
 * index_gist.c
 *		GiST operator class: records by their points, searched with bound
 *		rules.
 *
 * A leaf holds a point, an inner entry a box around the points below it.  The
 * answer from a point is the set of truths that the rule may have.  Where it
 * leaves more than one, a match is rechecked against the record itself.
 *
 * A point is about one disease, which is an option of the operator class; a
 * clause about another disease excludes nothing.
 */
#include "base/cccd.h"

#include "access/genam.h"
#include "access/gist.h"
#include "access/reloptions.h"
#include "access/stratnum.h"
#include "catalog/pg_am.h"
#include "utils/lsyscache.h"
#include "utils/sortsupport.h"

#include "eval/bound.h"
#include "eval/context.h"
#include "health/code_core.h"
#include "health/health.h"
#include "index/index.h"
#include "index/gist_key_core.h"
#include "rule/rule.h"

/* Options of the operator class. */
typedef struct CccdGistOptions
{
	int32		vl_len_;		/* varlena header (do not touch directly!) */
	int			disease;		/* offset of a string */
} CccdGistOptions;

PG_FUNCTION_INFO_V1(cccd_health_gist_consistent);

static int
disease_of(bytea *options)
{
	const char *name;
	int			disease;

	if (options == NULL)
		return CCCD_DISEASE_COVID19;
	name = GET_STRING_RELOPTION((CccdGistOptions *) options, disease);
	if (name == NULL)
		return CCCD_DISEASE_COVID19;
	disease = cccd_code_find(CCCD_CODES_DISEASE, name, strlen(name));
	return disease < 0 ? CCCD_DISEASE_COVID19 : disease;
}

static int
disease_option(FunctionCallInfo fcinfo)
{
	return disease_of(PG_HAS_OPCLASS_OPTIONS() ? PG_GET_OPCLASS_OPTIONS() :
					  NULL);
}

int
cccd_gist_disease(Relation index, AttrNumber key)
{
	bytea	  **options = RelationGetIndexAttOptions(index, false);

	return disease_of(options ? options[key - 1] : NULL);
}

bool
cccd_gist_is_ours(Relation index, AttrNumber key)
{
	return index_getprocinfo(index, key, GIST_CONSISTENT_PROC)->fn_addr ==
		cccd_health_gist_consistent;
}

int
cccd_gist_planned_disease(const IndexOptInfo *index, int column)
{
	Oid			function;
	FmgrInfo	consistent;

	if (index->relam != GIST_AM_OID || column >= index->nkeycolumns)
		return -1;
	function = get_opfamily_proc(index->opfamily[column],
								 index->opcintype[column],
								 index->opcintype[column],
								 GIST_CONSISTENT_PROC);
	if (!OidIsValid(function))
		return -1;
	fmgr_info(function, &consistent);
	if (consistent.fn_addr != cccd_health_gist_consistent)
		return -1;
	return disease_of(index->opclassoptions ? index->opclassoptions[column] :
					  NULL);
}

pg_noreturn static void
corrupted_key(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_INDEX_CORRUPTED),
			 errmsg("index key is neither a point nor a box"),
			 errhint("Rebuild the index with REINDEX.")));
}

/* The key may be short and unaligned. */
void
cccd_gist_box(Datum key, CccdBox *box)
{
	struct varlena *value = (struct varlena *) DatumGetPointer(key);

	/* a key in an index always is short and plain */
	if (!VARATT_IS_SHORT(value))
		value = PG_DETOAST_DATUM_PACKED(key);
	if (!cccd_box_unpack((unsigned char *) VARDATA_ANY(value),
						 VARSIZE_ANY_EXHDR(value), box))
		corrupted_key();
}

static CccdGistKey
key_of_datum(Datum datum)
{
	struct varlena *value = PG_DETOAST_DATUM_PACKED(datum);
	CccdGistKey key;

	if (!cccd_gist_key_unpack((unsigned char *) VARDATA_ANY(value),
							  VARSIZE_ANY_EXHDR(value), &key))
		corrupted_key();
	return key;
}

static Datum
datum_of_key(const CccdGistKey *key)
{
	struct varlena *value = palloc(VARHDRSZ_SHORT + CCCD_GIST_KEY_SIZE);
	Size		size = cccd_gist_key_pack(key,
										  (unsigned char *) VARDATA_SHORT(value));

	/* the short header at once: the key is never stretched again */
	SET_VARSIZE_SHORT(value, VARHDRSZ_SHORT + size);
	return PointerGetDatum(value);
}

/*
 * cccd_health_box_in(cstring), cccd_health_box_out(cccd_health_box): keys live
 * in indexes only.
 */
PG_FUNCTION_INFO_V1(cccd_health_box_in);
Datum
cccd_health_box_in(PG_FUNCTION_ARGS)
{
	ereport(ERROR,
			(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
			 errmsg("cannot accept a value of type %s", "cccd_health_box")));
	PG_RETURN_VOID();
}

PG_FUNCTION_INFO_V1(cccd_health_box_out);
Datum
cccd_health_box_out(PG_FUNCTION_ARGS)
{
	ereport(ERROR,
			(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
			 errmsg("cannot display a value of type %s", "cccd_health_box")));
	PG_RETURN_VOID();
}

/*
 * GiST options: the disease that the points are about.
 */
static void
check_disease(const char *value)
{
	if (value != NULL &&
		cccd_code_find(CCCD_CODES_DISEASE, value, strlen(value)) < 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("disease \"%s\" is not known", value),
				 errhint("Names of diseases are listed by cccd_code_list().")));
}

PG_FUNCTION_INFO_V1(cccd_health_gist_options);
Datum
cccd_health_gist_options(PG_FUNCTION_ARGS)
{
	local_relopts *options = (local_relopts *) PG_GETARG_POINTER(0);

	/*
	 * No default: the server copies one with strdup() for every relation that
	 * it opens, and never frees it.
	 */
	init_local_reloptions(options, sizeof(CccdGistOptions));
	add_local_string_reloption(options, "disease",
							   "disease that the index is about",
							   NULL, check_disease, NULL,
							   offsetof(CccdGistOptions, disease));
	PG_RETURN_VOID();
}

/*
 * GiST compress: a record becomes a point; a box stays what it is.
 */
PG_FUNCTION_INFO_V1(cccd_health_gist_compress);
Datum
cccd_health_gist_compress(PG_FUNCTION_ARGS)
{
	GISTENTRY  *entry = (GISTENTRY *) PG_GETARG_POINTER(0);
	GISTENTRY  *result;
	CccdHealthView view;
	CccdGistKey key;

	if (!entry->leafkey)
		PG_RETURN_POINTER(entry);
	cccd_health_view(entry->key, &view);
	cccd_point_make(&view, disease_option(fcinfo), &key.box.lo);
	key.box.hi = key.box.lo;
	result = palloc(sizeof(GISTENTRY));
	gistentryinit(*result, datum_of_key(&key), entry->rel, entry->page,
				  entry->offset, false);
	PG_RETURN_POINTER(result);
}

/* What a scan looks for, kept from entry to entry. */
typedef struct Search
{
	CccdKeptValue value;
	CccdProgram program;
	int			disease;
} Search;

static const Search *
search_of(FunctionCallInfo fcinfo, int arg)
{
	Search	   *search = fcinfo->flinfo->fn_extra;
	const CccdBoundValue *bound;
	bool		changed;

	if (search == NULL)
	{
		search = MemoryContextAllocZero(fcinfo->flinfo->fn_mcxt,
										sizeof(Search));
		search->disease = disease_option(fcinfo);
		fcinfo->flinfo->fn_extra = search;
	}
	bound = cccd_bound_open(&search->value, fcinfo, arg, &changed);
	if (changed)
	{
		CccdBinding binding;

		cccd_binding_init(&binding, bound->code, bound->count,
						  cccd_bound_spans(bound), bound->at);
		cccd_program_init(&search->program, &binding);
	}
	return search;
}

/*
 * GiST consistent: may the rule pass for what is below the entry, or must it?
 */
Datum
cccd_health_gist_consistent(PG_FUNCTION_ARGS)
{
	GISTENTRY  *entry = (GISTENTRY *) PG_GETARG_POINTER(0);
	bool	   *recheck = (bool *) PG_GETARG_POINTER(4);
	const Search *search = search_of(fcinfo, 1);
	CccdBox		box;
	CccdBoxAnswer answer;

	cccd_gist_box(entry->key, &box);
	answer = cccd_box_answer(&search->program, search->disease, &box);
	*recheck = answer == CCCD_SOME_MAY_PASS;
	PG_RETURN_BOOL(answer != CCCD_NOBODY_PASSES);
}

/*
 * GiST union: the smallest box around all entries, and their stretch.
 */
PG_FUNCTION_INFO_V1(cccd_health_gist_union);
Datum
cccd_health_gist_union(PG_FUNCTION_ARGS)
{
	GistEntryVector *entries = (GistEntryVector *) PG_GETARG_POINTER(0);
	int		   *size = (int *) PG_GETARG_POINTER(1);
	CccdGistKey all = key_of_datum(entries->vector[0].key);
	Datum		datum;

	for (int i = 1; i < entries->n; i++)
	{
		CccdGistKey key = key_of_datum(entries->vector[i].key);

		cccd_gist_key_add(&all, &key);
	}
	datum = datum_of_key(&all);
	*size = VARSIZE_ANY(DatumGetPointer(datum));
	PG_RETURN_DATUM(datum);
}

/* The place of the entry that is inserted, kept while a page is searched. */
typedef struct Insertion
{
	bool		known;
	CccdPoint	point;
	CccdCurvePlace place;
} Insertion;

static const CccdCurvePlace *
place_to_insert(FunctionCallInfo fcinfo, Datum key)
{
	Insertion  *insertion = cccd_function_state(fcinfo, sizeof(Insertion));
	CccdBox		box;

	cccd_gist_box(key, &box);
	if (!insertion->known ||
		memcmp(&insertion->point, &box.lo, sizeof(CccdPoint)) != 0)
	{
		insertion->known = true;
		insertion->point = box.lo;
		insertion->place = cccd_point_place(&box.lo);
	}
	return &insertion->place;
}

/*
 * GiST penalty: how far from the key's stretch of the curve the entry belongs.
 * How much its box would grow is not asked: that goes wrong where many boxes
 * lie on each other, and the order of the curve keeps them small anyhow.
 */
PG_FUNCTION_INFO_V1(cccd_health_gist_penalty);
Datum
cccd_health_gist_penalty(PG_FUNCTION_ARGS)
{
	GISTENTRY  *old = (GISTENTRY *) PG_GETARG_POINTER(0);
	GISTENTRY  *new = (GISTENTRY *) PG_GETARG_POINTER(1);
	float	   *penalty = (float *) PG_GETARG_POINTER(2);
	const CccdCurvePlace *place = place_to_insert(fcinfo, new->key);
	struct varlena *value = PG_DETOAST_DATUM_PACKED(old->key);
	CccdStretch stretch;

	if (!cccd_stretch_unpack((unsigned char *) VARDATA_ANY(value),
							 VARSIZE_ANY_EXHDR(value), &stretch))
		corrupted_key();
	*penalty = (float) cccd_stretch_distance(&stretch, place);
	PG_RETURN_POINTER(penalty);
}

/*
 * GiST same: equal keys.
 */
PG_FUNCTION_INFO_V1(cccd_health_gist_same);
Datum
cccd_health_gist_same(PG_FUNCTION_ARGS)
{
	struct varlena *a = PG_DETOAST_DATUM_PACKED(PG_GETARG_DATUM(0));
	struct varlena *b = PG_DETOAST_DATUM_PACKED(PG_GETARG_DATUM(1));
	bool	   *result = (bool *) PG_GETARG_POINTER(2);

	*result = VARSIZE_ANY_EXHDR(a) == VARSIZE_ANY_EXHDR(b) &&
		memcmp(VARDATA_ANY(a), VARDATA_ANY(b), VARSIZE_ANY_EXHDR(a)) == 0;
	PG_RETURN_POINTER(result);
}

typedef struct SplitEntry
{
	CccdGistKey key;
	OffsetNumber offset;
} SplitEntry;

static int
compare_entries(const void *a, const void *b)
{
	const SplitEntry *x = a;
	const SplitEntry *y = b;
	int			result = cccd_curve_place_compare(&x->key.stretch.first,
												  &y->key.stretch.first);

	return result != 0 ? result :
		cccd_curve_place_compare(&x->key.stretch.last,
								 &y->key.stretch.last);
}

/* The key of entries from..to-1, and their offsets. */
static Datum
split_half(const SplitEntry *entries, int from, int to, OffsetNumber *offsets)
{
	CccdGistKey all = entries[from].key;

	for (int i = from; i < to; i++)
	{
		cccd_gist_key_add(&all, &entries[i].key);
		offsets[i - from] = entries[i].offset;
	}
	return datum_of_key(&all);
}

/*
 * Between which two entries a cut may be made.  A page that is full becomes
 * two, with a third of the entries at least.  The sorted build asks about four
 * pages' worth at once and goes on dividing until each part fits, so here both
 * parts must fit a whole number of pages, nine tenths full at most.
 */
static void
split_limits(int count, Size key_size, int *from, int *to)
{
	int			capacity = (BLCKSZ - SizeOfPageHeaderData -
							sizeof(GISTPageOpaqueData)) /
	(MAXALIGN(sizeof(IndexTupleData) + key_size) + sizeof(ItemIdData));
	int			fill = capacity * 9 / 10;
	int			pages = Max(2, (count + fill - 1) / fill);

	*from = Max(count / 3, count - fill * (pages - pages / 2));
	*to = Min(count - count / 3, fill * (pages / 2));
	if (*from > *to)
		*from = *to = count / 2;
	*from = Max(*from, 1);
}

/*
 * Of each cut: how large the box around the first i entries and the one around
 * the others are together.
 */
static double *
cut_sizes(const SplitEntry *entries, int count)
{
	double	   *sizes = palloc0(count * sizeof(double));
	CccdBox		box = entries[0].key.box;

	for (int i = 1; i < count; i++)
	{
		sizes[i] += cccd_box_size(&box);
		cccd_box_add(&box, &entries[i].key.box);
	}
	box = entries[count - 1].key.box;
	for (int i = count - 1; i > 0; i--)
	{
		cccd_box_add(&box, &entries[i].key.box);
		sizes[i] += cccd_box_size(&box);
	}
	return sizes;
}

/*
 * GiST picksplit: the order of the sorted build, cut where both boxes together
 * are smallest.
 */
PG_FUNCTION_INFO_V1(cccd_health_gist_picksplit);
Datum
cccd_health_gist_picksplit(PG_FUNCTION_ARGS)
{
	GistEntryVector *vector = (GistEntryVector *) PG_GETARG_POINTER(0);
	GIST_SPLITVEC *split = (GIST_SPLITVEC *) PG_GETARG_POINTER(1);
	int			count = vector->n - 1;
	SplitEntry *entries = palloc(count * sizeof(SplitEntry));
	double	   *sizes;
	Size		largest = 0;
	int			cut,
				last;

	for (int i = 0; i < count; i++)
	{
		Datum		key = vector->vector[FirstOffsetNumber + i].key;

		entries[i].offset = FirstOffsetNumber + i;
		entries[i].key = key_of_datum(key);
		largest = Max(largest, VARSIZE_ANY(DatumGetPointer(key)));
	}
	qsort(entries, count, sizeof(SplitEntry), compare_entries);

	sizes = cut_sizes(entries, count);
	split_limits(count, largest, &cut, &last);
	for (int i = cut + 1; i <= last; i++)
		if (sizes[i] < sizes[cut])
			cut = i;

	split->spl_left = palloc(count * sizeof(OffsetNumber));
	split->spl_right = palloc(count * sizeof(OffsetNumber));
	split->spl_nleft = cut;
	split->spl_nright = count - cut;
	split->spl_ldatum = split_half(entries, 0, cut, split->spl_left);
	split->spl_rdatum = split_half(entries, cut, count, split->spl_right);
	PG_RETURN_POINTER(split);
}

static CccdCurvePlace
place_of(Datum key)
{
	CccdBox		box;

	cccd_gist_box(key, &box);
	return cccd_point_place(&box.lo);
}

static int
compare_keys(Datum a, Datum b, SortSupport support)
{
	CccdCurvePlace x = place_of(a);
	CccdCurvePlace y = place_of(b);

	return cccd_curve_place_compare(&x, &y);
}

#if SIZEOF_DATUM == 8
static Datum
abbreviate_key(Datum key, SortSupport support)
{
	CccdCurvePlace place = place_of(key);

	return UInt64GetDatum(cccd_curve_place_prefix(&place));
}

static bool
keep_abbreviating(int count, SortSupport support)
{
	return false;				/* a prefix costs less than a comparison */
}
#endif

/*
 * GiST sortsupport: build the index in the order of the curve.
 */
PG_FUNCTION_INFO_V1(cccd_health_gist_sortsupport);
Datum
cccd_health_gist_sortsupport(PG_FUNCTION_ARGS)
{
	SortSupport support = (SortSupport) PG_GETARG_POINTER(0);

	support->comparator = compare_keys;
#if SIZEOF_DATUM == 8
	if (support->abbreviate)
	{
		support->comparator = ssup_datum_unsigned_cmp;
		support->abbrev_converter = abbreviate_key;
		support->abbrev_abort = keep_abbreviating;
		support->abbrev_full_comparator = compare_keys;
	}
#endif
	PG_RETURN_VOID();
}
