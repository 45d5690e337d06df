/*
 * analyze.h
 *		Statistics that hold nobody's data.
 *
 * ANALYZE keeps values of a column in pg_statistic, where they outlive their
 * rows and where whoever may read the table's statistics reads them: deleted
 * people would still be listed.  Types whose values tell of a person let the
 * server compute its statistics and take the people out of the result.
 */
#ifndef CCCD_ANALYZE_H
#define CCCD_ANALYZE_H

#include "base/cccd.h"

#include "commands/vacuum.h"

/* Called for each slot of pg_statistic with values in it, to change or drop. */
typedef void (*CccdEditSlot) (VacAttrStats *stats, int slot);

/*
 * For a type's ANALYZE function, which returns the result: set the column's
 * analysis up as std_typanalyze() does, with edit called for each slot that
 * holds values.  The rows are as many as usual, but a histogram has at least
 * "bounds" bounds if there are 30 rows for each (0: as usual).  False if the column is not to be analyzed.  edit runs in a
 * memory context that is reset before the statistics are written; values of its
 * own belong into stats->anl_context.
 */
extern bool cccd_analyze_edited(VacAttrStats *stats, CccdEditSlot edit,
								int bounds);

/* Empty a slot so that nothing of it is stored; a CccdEditSlot. */
extern void cccd_analyze_drop(VacAttrStats *stats, int slot);

#endif							/* CCCD_ANALYZE_H */
