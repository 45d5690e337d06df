/*
 * during.c
 *		The instants at which eligibility begins and ends, for an index.
 *
 * "Who loses eligibility between a and b" asks for an end of any period, not
 * of the last one.  Ends as a multirange of single instants turn that into an
 * overlap, which a GiST index answers.
 */
#include "base/cccd.h"

#include "catalog/pg_type.h"
#include "utils/multirangetypes.h"
#include "utils/rangetypes.h"
#include "utils/timestamp.h"
#include "utils/typcache.h"

/* The lower or upper bounds of all periods, where they are finite. */
static Datum
instants_of(FunctionCallInfo fcinfo, bool upper)
{
	MultirangeType *during = PG_GETARG_MULTIRANGE_P(0);
	TypeCacheEntry *type = multirange_get_typcache(fcinfo,
												   MultirangeTypeGetOid(during));
	RangeType **ranges;
	int32		count;
	int			used = 0;

	multirange_deserialize(type->rngtype, during, &count, &ranges);
	for (int i = 0; i < count; i++)
	{
		RangeBound	bounds[2];
		RangeBound	at;
		bool		empty;

		range_deserialize(type->rngtype, ranges[i], &bounds[0], &bounds[1],
						  &empty);
		at = bounds[upper];
		if (at.infinite || TIMESTAMP_NOT_FINITE(DatumGetTimestampTz(at.val)))
			continue;
		at.inclusive = true;
		bounds[0] = bounds[1] = at;
		bounds[0].lower = true;
		bounds[1].lower = false;
		ranges[used++] = cccd_make_range(type->rngtype, &bounds[0],
										 &bounds[1]);
	}
	PG_RETURN_MULTIRANGE_P(make_multirange(MultirangeTypeGetOid(during),
										   type->rngtype, used, ranges));
}

/*
 * cccd_eligible_begins(tstzmultirange): the instants at which a period begins.
 */
PG_FUNCTION_INFO_V1(cccd_eligible_begins);
Datum
cccd_eligible_begins(PG_FUNCTION_ARGS)
{
	return instants_of(fcinfo, false);
}

/*
 * cccd_eligible_ends(tstzmultirange): the instants at which a period ends.
 */
PG_FUNCTION_INFO_V1(cccd_eligible_ends);
Datum
cccd_eligible_ends(PG_FUNCTION_ARGS)
{
	return instants_of(fcinfo, true);
}
