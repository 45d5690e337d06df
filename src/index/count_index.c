/*
 * count_index.c
 *		An exact count from the points of a GiST index and the visibility map.
 *
 * A point says that the rule must pass, may pass or cannot.  Where it must and
 * the row's page is all-visible, the row counts without being looked at.
 * Every other candidate is fetched from the table, in the order of its pages,
 * and its record asked where the point leaves it open.
 *
 * The walk follows the access method's own protocol for searches (see the
 * README of src/backend/access/gist: NSN, right links, deleted pages).  It
 * does not use the access method's scan, because that gives up a leaf page
 * before it returns the page's entries.  VACUUM could then remove a dead row
 * and set the visibility map before we ask it, and the row would count; the
 * server's index-only scan of GiST has this gap.  Here the map is asked while
 * the leaf page is locked: an entry that is there at that moment points to a
 * row that is there, and an all-visible page has only rows that every
 * snapshot sees.
 *
 * What the box in its parent decides is not asked of a page's entries again;
 * where that is a pass, nothing is.  The page may hold points that were inserted
 * since its parent was read and that lie outside that box.  Their rows are
 * newer than the snapshot, which sees them neither through the map (no page
 * with them is all-visible) nor in the table, and need not be found.
 */
#include "base/cccd.h"

#include "access/gist_private.h"
#include "access/tableam.h"
#include "access/visibilitymap.h"
#include "executor/tuptable.h"
#include "miscadmin.h"
#include "pgstat.h"
#include "storage/bufmgr.h"
#include "storage/predicate.h"
#include "utils/memutils.h"

#include "index/count.h"
#include "index/index.h"
#include "index/point_core.h"

/* A page to be read. */
typedef struct PendingPage
{
	BlockNumber block;
	GistNSN		parent_lsn;		/* of its parent when that was read */
	bool		must;			/* the rule passes for all that is below */
	bool		has_box;		/* all but the root */
	CccdBox		box;			/* around everything below, when that was read */
} PendingPage;

/*
 * A row to be looked at: block << 17 | offset << 1 | 1 if the record must be
 * asked, so that their order is the table's.
 */
typedef uint64 Visit;

#define MAKE_VISIT(tid, ask) \
	((Visit) ItemPointerGetBlockNumber(tid) << 17 | \
	 (Visit) ItemPointerGetOffsetNumber(tid) << 1 | ((ask) ? 1 : 0))

/* A page is read only when there is room for all its entries. */
#define LEAST_VISITS	(4 * MaxIndexTuplesPerPage)

/*
 * Pages of the visibility map that stay pinned.  One knows of 255 MB of the
 * table, two bits a page, and entries of a leaf lie anywhere in it.  Which of
 * them a page of the table is looked up with matters for the time only.
 */
#define MAP_PAGES		8
#define BLOCKS_A_MAP	((BLCKSZ - MAXALIGN(SizeOfPageHeaderData)) * 4)

typedef struct Walk
{
	const CccdCount *count;
	Relation	heap;
	AttrNumber	column;
	const CccdCountIndex *index;
	CccdProgram program;		/* for the entries of the page at hand */
	Buffer		maps[MAP_PAGES];	/* pages of the visibility map, or none */
	PendingPage *pages;			/* a stack */
	int			npages;
	int			page_room;
	Visit	   *visits;
	int			nvisits;
	int			visit_room;
	int			most_visits;	/* that work_mem has room for */
	int64		counted;
	int64		entries;		/* candidates, for the statistics */
} Walk;

#define ST_SORT sort_visits
#define ST_ELEMENT_TYPE Visit
#define ST_COMPARE(a, b) (*(a) < *(b) ? -1 : *(a) > *(b) ? 1 : 0)
#define ST_SCOPE static
#define ST_DEFINE
#include "lib/sort_template.h"

/* Look at the rows that were gathered, in the order of the table. */
static void
visit_rows(Walk *walk)
{
	IndexFetchTableData *fetch;
	TupleTableSlot *slot;

	if (walk->nvisits == 0)
		return;
	sort_visits(walk->visits, walk->nvisits);
	fetch = cccd_index_fetch_begin(walk->heap);
	slot = table_slot_create(walk->heap, NULL);
	for (int i = 0; i < walk->nvisits; i++)
	{
		Visit		visit = walk->visits[i];
		ItemPointerData tid;
		bool		again = false;

		CHECK_FOR_INTERRUPTS();
		ItemPointerSet(&tid, (BlockNumber) (visit >> 17),
					   (OffsetNumber) (visit >> 1 & 0xffff));
		if (table_index_fetch_tuple(fetch, &tid, walk->count->snapshot, slot,
									&again, NULL) &&
			((visit & 1) == 0 ||
			 cccd_count_passes(walk->count, slot, walk->column)))
			walk->counted++;
	}
	ExecDropSingleTupleTableSlot(slot);
	table_index_fetch_end(fetch);
	walk->nvisits = 0;
}

/* More room for rows to be looked at, or an end of gathering. */
static void
make_room(Walk *walk)
{
	if (walk->visit_room - walk->nvisits >= MaxIndexTuplesPerPage)
		return;
	if (walk->visit_room > walk->most_visits / 2)
		visit_rows(walk);
	else
	{
		walk->visit_room *= 2;
		walk->visits = repalloc(walk->visits,
								walk->visit_room * sizeof(Visit));
	}
}

static void
push_page(Walk *walk, const PendingPage *page)
{
	if (walk->npages == walk->page_room)
	{
		walk->page_room *= 2;
		walk->pages = repalloc(walk->pages,
							   walk->page_room * sizeof(PendingPage));
	}
	walk->pages[walk->npages++] = *page;
}

/*
 * What the rule says below an entry.  It is true for no record that is null;
 * that is looked at in a page for which the rule must pass, too, because a box
 * says nothing of the nulls that it covers.
 */
static CccdBoxAnswer
look_at(Walk *walk, IndexTuple entry, bool must, CccdBox *box)
{
	bool		isnull;
	Datum		key;

	if (must && !IndexTupleHasNulls(entry))
		return CCCD_ALL_PASS;
	key = index_getattr(entry, walk->index->key,
						RelationGetDescr(walk->index->index), &isnull);
	if (isnull)
		return CCCD_NOBODY_PASSES;
	if (must)
		return CCCD_ALL_PASS;
	cccd_gist_box(key, box);
	return cccd_box_answer(&walk->program, walk->index->disease, box);
}

/* An entry of a locked leaf page whose record may satisfy the rule. */
static void
take_row(Walk *walk, ItemPointer tid, bool must)
{
	BlockNumber block = ItemPointerGetBlockNumber(tid);
	Buffer	   *map = &walk->maps[block / BLOCKS_A_MAP % MAP_PAGES];

	walk->entries++;
	if (must && VM_ALL_VISIBLE(walk->heap, block, map))
	{
		/* the row was read, although we have not looked at it */
		PredicateLockPage(walk->heap, block, walk->count->snapshot);
		walk->counted++;
	}
	else
		walk->visits[walk->nvisits++] = MAKE_VISIT(tid, !must);
}

static void
read_entries(Walk *walk, Page page, bool must, GistNSN lsn)
{
	PendingPage below = {.parent_lsn = lsn, .has_box = true};
	OffsetNumber last = PageGetMaxOffsetNumber(page);
	bool		leaf = GistPageIsLeaf(page);

	for (OffsetNumber i = FirstOffsetNumber; i <= last; i = OffsetNumberNext(i))
	{
		IndexTuple	entry = (IndexTuple) PageGetItem(page,
													 PageGetItemId(page, i));
		CccdBoxAnswer passes;

		if (unlikely(!leaf && GistTupleIsInvalid(entry)))
			ereport(ERROR,
					(errcode(ERRCODE_INDEX_CORRUPTED),
					 errmsg("index \"%s\" contains an inner tuple marked as invalid",
							RelationGetRelationName(walk->index->index)),
					 errhint("Please REINDEX it.")));
		passes = look_at(walk, entry, must, &below.box);
		if (passes == CCCD_NOBODY_PASSES)
			continue;
		below.must = passes == CCCD_ALL_PASS;
		if (leaf)
			take_row(walk, &entry->t_tid, below.must);
		else
		{
			below.block = ItemPointerGetBlockNumber(&entry->t_tid);
			push_page(walk, &below);
		}
	}
}

static void
read_page(Walk *walk, const PendingPage *pending)
{
	Relation	index = walk->index->index;
	Buffer		buffer = ReadBuffer(index, pending->block);
	Page		page;
	PendingPage right = *pending;

	LockBuffer(buffer, GIST_SHARE);
	PredicateLockPage(index, pending->block, walk->count->snapshot);
	gistcheckpage(index, buffer);
	page = BufferGetPage(buffer);
	TestForOldSnapshot(walk->count->snapshot, index, page);

	/* split since the parent was read, or by a crash: not all is here */
	right.block = GistPageGetOpaque(page)->rightlink;
	if (!XLogRecPtrIsInvalid(pending->parent_lsn) &&
		(GistFollowRight(page) ||
		 pending->parent_lsn < GistPageGetNSN(page)) &&
		right.block != InvalidBlockNumber)
		push_page(walk, &right);

	/* a deleted page has a right link, but no entries */
	if (!GistPageIsDeleted(page))
		read_entries(walk, page, pending->must, BufferGetLSNAtomic(buffer));
	UnlockReleaseBuffer(buffer);
}

/*
 * The rows of a table in PostgreSQL's own format, which alone has the
 * visibility map.
 */
int64
cccd_count_by_index(const CccdCount *count, Relation heap, AttrNumber column,
					const CccdCountIndex *index)
{
	Walk		walk = {
		.count = count,
		.heap = heap,
		.column = column,
		.index = index,
		.page_room = 64,
		.visit_room = LEAST_VISITS
	};
	PendingPage root = {
		.block = GIST_ROOT_BLKNO,
		.parent_lsn = InvalidXLogRecPtr
	};
	Size		most = (Size) work_mem * 1024 / sizeof(Visit);

	walk.most_visits = (int) Min(most, MaxAllocSize / sizeof(Visit));
	walk.visits = palloc(walk.visit_room * sizeof(Visit));
	walk.pages = palloc(walk.page_room * sizeof(PendingPage));
	pgstat_count_index_scan(index->index);

	push_page(&walk, &root);
	while (walk.npages > 0)
	{
		PendingPage pending = walk.pages[--walk.npages];

		CHECK_FOR_INTERRUPTS();
		make_room(&walk);
		if (!pending.has_box)
			walk.program = count->program;
		else if (!pending.must)
			cccd_box_narrow(&count->program, index->disease, &pending.box,
							&walk.program);
		read_page(&walk, &pending);
	}
	visit_rows(&walk);
	for (int i = 0; i < MAP_PAGES; i++)
		if (BufferIsValid(walk.maps[i]))
			ReleaseBuffer(walk.maps[i]);
	pgstat_count_index_tuples(index->index, walk.entries);
	pfree(walk.pages);
	pfree(walk.visits);
	return walk.counted;
}
