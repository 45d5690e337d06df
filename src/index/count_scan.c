/*
 * count_scan.c
 *		Counting by the records themselves, where no index can answer.
 */
#include "base/cccd.h"

#include "access/tableam.h"
#include "executor/tuptable.h"
#include "miscadmin.h"

#include "health/health.h"
#include "index/count.h"

bool
cccd_count_passes(const CccdCount *count, TupleTableSlot *slot,
				  AttrNumber column)
{
	bool		isnull;
	Datum		value = slot_getattr(slot, column, &isnull);
	Pointer		kept = DatumGetPointer(value);
	struct varlena *plain;
	int			truth;

	if (isnull)
		return false;
	plain = PG_DETOAST_DATUM_PACKED(value);
	truth = cccd_program_answer(&count->program,
								(unsigned char *) VARDATA_ANY(plain),
								VARSIZE_ANY_EXHDR(plain));
	if (truth == CCCD_NOT_A_RECORD)
		cccd_value_corrupted("cccd_health");
	if ((Pointer) plain != kept)
		pfree(plain);
	return truth == CCCD_PASS;
}

int64
cccd_count_by_scan(const CccdCount *count, Relation table, AttrNumber column)
{
	TupleTableSlot *slot = table_slot_create(table, NULL);
	TableScanDesc scan = cccd_beginscan(table, count->snapshot);
	int64		counted = 0;

	while (table_scan_getnextslot(scan, ForwardScanDirection, slot))
	{
		CHECK_FOR_INTERRUPTS();
		if (cccd_count_passes(count, slot, column))
			counted++;
	}
	table_endscan(scan);
	ExecDropSingleTupleTableSlot(slot);
	return counted;
}
