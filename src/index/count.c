/*
 * count.c
 *		cccd_count(relation, rule, at, context, column): how many rows of a
 *		table satisfy a rule, exactly.
 *
 * It answers what SELECT count(*) ... WHERE cccd_eligible(...) answers to the
 * same user in the same snapshot, partitions and children included, or it
 * refuses.  It runs no SQL.
 */
#include "base/cccd.h"

#include "access/genam.h"
#include "access/table.h"
#include "access/tableam.h"
#include "access/transam.h"
#include "catalog/objectaddress.h"
#include "catalog/pg_am.h"
#include "catalog/pg_class.h"
#include "catalog/pg_inherits.h"
#include "catalog/pg_namespace.h"
#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "storage/bufmgr.h"
#include "utils/acl.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/rls.h"
#include "utils/snapmgr.h"
#include "utils/syscache.h"
#include "utils/timestamp.h"

#include "eval/bound.h"
#include "eval/context.h"
#include "health/health.h"
#include "index/count.h"
#include "index/index.h"
#include "rule/rule.h"

/*
 * Whether an index knows all rows that the snapshot sees: it is complete, and
 * no row's older version is missing from it that this transaction could see.
 */
static bool
knows_all_rows(Relation index)
{
	Form_pg_index form = index->rd_index;

	if (index->rd_rel->relam != GIST_AM_OID ||
		index->rd_rel->relkind != RELKIND_INDEX || !form->indisvalid ||
		!heap_attisnull(index->rd_indextuple, Anum_pg_index_indpred, NULL))
		return false;
	return !form->indcheckxmin ||
		TransactionIdPrecedes(HeapTupleHeaderGetXmin(index->rd_indextuple->t_data),
							  TransactionXmin);
}

/* Which key of the index the column is, with our operator class; 0: none. */
static AttrNumber
key_of_column(Relation index, AttrNumber column)
{
	for (int i = 0; i < IndexRelationGetNumberOfKeyAttributes(index); i++)
		if (index->rd_index->indkey.values[i] == column &&
			cccd_gist_is_ours(index, i + 1))
			return i + 1;
	return 0;
}

/*
 * The index to count by: the one whose disease most clauses are about; among
 * equals the smallest.  It stays locked until the transaction ends.
 */
static CccdCountIndex
choose_index(const CccdCount *count, Relation table, AttrNumber column)
{
	List	   *indexes = RelationGetIndexList(table);
	CccdCountIndex best = {NULL};
	ListCell   *cell;
	int			most = 0;

	foreach(cell, indexes)
	{
		CccdCountIndex candidate;
		int			clauses;

		candidate.index = index_open(lfirst_oid(cell), AccessShareLock);
		candidate.key = knows_all_rows(candidate.index) ?
			key_of_column(candidate.index, column) : 0;
		if (candidate.key == 0)
		{
			index_close(candidate.index, AccessShareLock);
			continue;
		}
		candidate.disease = cccd_gist_disease(candidate.index, candidate.key);
		clauses = cccd_point_clauses(count->binding.code,
									 count->binding.count,
									 candidate.disease);
		if (best.index == NULL || clauses > most ||
			(clauses == most &&
			 RelationGetNumberOfBlocks(candidate.index) <
			 RelationGetNumberOfBlocks(best.index)))
		{
			if (best.index != NULL)
				index_close(best.index, AccessShareLock);
			best = candidate;
			most = clauses;
		}
		else
			index_close(candidate.index, AccessShareLock);
	}
	list_free(indexes);
	return best;
}

/* One table with rows of its own. */
static int64
count_table(const CccdCount *count, Relation table, AttrNumber column)
{
	CccdCountIndex index;
	int64		counted;

	if (table->rd_tableam != GetHeapamTableAmRoutine())
		return cccd_count_by_scan(count, table, column);
	index = choose_index(count, table, column);
	if (index.index == NULL)
		return cccd_count_by_scan(count, table, column);
	counted = cccd_count_by_index(count, table, column, &index);
	index_close(index.index, NoLock);
	return counted;
}

static Oid
health_type(void)
{
	return GetSysCacheOid2(TYPENAMENSP, Anum_pg_type_oid,
						   PointerGetDatum("cccd_health"),
						   ObjectIdGetDatum(PG_CATALOG_NAMESPACE));
}

static bool
is_health(Form_pg_attribute attribute, Oid type)
{
	return !attribute->attisdropped &&
		getBaseType(attribute->atttypid) == type;
}

/* The only column of records. */
static AttrNumber
find_column(Relation table)
{
	TupleDesc	columns = RelationGetDescr(table);
	Oid			type = health_type();
	AttrNumber	found = InvalidAttrNumber;

	for (int i = 0; i < columns->natts; i++)
	{
		if (!is_health(TupleDescAttr(columns, i), type))
			continue;
		if (found != InvalidAttrNumber)
			ereport(ERROR,
					(errcode(ERRCODE_AMBIGUOUS_COLUMN),
					 errmsg("relation \"%s\" has more than one column of type %s",
							RelationGetRelationName(table), "cccd_health"),
					 errhint("Name the column in the argument health_column.")));
		found = i + 1;
	}
	if (found == InvalidAttrNumber)
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_COLUMN),
				 errmsg("relation \"%s\" has no column of type %s",
						RelationGetRelationName(table), "cccd_health")));
	return found;
}

/* The column of a name. */
static AttrNumber
named_column(Relation table, const char *name)
{
	AttrNumber	column = get_attnum(RelationGetRelid(table), name);

	if (column == InvalidAttrNumber)
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_COLUMN),
				 errmsg("column \"%s\" of relation \"%s\" does not exist",
						name, RelationGetRelationName(table))));
	if (column < 0 ||
		!is_health(TupleDescAttr(RelationGetDescr(table), column - 1),
				   health_type()))
		ereport(ERROR,
				(errcode(ERRCODE_DATATYPE_MISMATCH),
				 errmsg("column \"%s\" of relation \"%s\" is not of type %s",
						name, RelationGetRelationName(table), "cccd_health")));
	return column;
}

/* What the user who asks may not see is not counted for him. */
static void
check_may_read(Relation table, AttrNumber column)
{
	Oid			relid = RelationGetRelid(table);

	if (pg_class_aclcheck(relid, GetUserId(), ACL_SELECT) != ACLCHECK_OK &&
		pg_attribute_aclcheck(relid, column, GetUserId(),
							  ACL_SELECT) != ACLCHECK_OK)
		aclcheck_error(ACLCHECK_NO_PRIV,
					   get_relkind_objtype(table->rd_rel->relkind),
					   RelationGetRelationName(table));
	if (check_enable_rls(relid, InvalidOid, false) == RLS_ENABLED)
		ereport(ERROR,
				(errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
				 errmsg("cannot count rows of \"%s\" under row-level security",
						RelationGetRelationName(table)),
				 errhint("Use count(*) with cccd_eligible(), which sees what the policies let you see.")));
}

/* Views and foreign tables have rows, but none that we could read. */
static void
check_has_rows(Relation table)
{
	char		kind = table->rd_rel->relkind;

	if (kind != RELKIND_RELATION && kind != RELKIND_MATVIEW &&
		kind != RELKIND_PARTITIONED_TABLE)
		ereport(ERROR,
				(errcode(ERRCODE_WRONG_OBJECT_TYPE),
				 errmsg("cannot count rows of relation \"%s\"",
						RelationGetRelationName(table)),
				 errdetail_relkind_not_supported(kind),
				 kind == RELKIND_VIEW || kind == RELKIND_FOREIGN_TABLE ?
				 errhint("Use count(*) with cccd_eligible().") : 0));
	if (RELATION_IS_OTHER_TEMP(table))
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("cannot access temporary tables of other sessions")));
	if (!RelationIsScannable(table))
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("materialized view \"%s\" has not been populated",
						RelationGetRelationName(table)),
				 errhint("Use the REFRESH MATERIALIZED VIEW command.")));
}

/*
 * A table's own rows and those of its children.  Privileges are those on the
 * table that was named, as in a query.
 */
static int64
count_relation(const CccdCount *count, Oid relid, const char *column_name)
{
	Relation	parent = try_table_open(relid, AccessShareLock);
	AttrNumber	column;
	List	   *relids;
	ListCell   *cell;
	int64		counted = 0;

	if (parent == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_TABLE),
				 errmsg("relation with OID %u does not exist", relid)));
	check_has_rows(parent);
	column = column_name ? named_column(parent, column_name) :
		find_column(parent);
	check_may_read(parent, column);
	column_name = NameStr(TupleDescAttr(RelationGetDescr(parent),
										column - 1)->attname);

	relids = find_all_inheritors(relid, AccessShareLock, NULL);
	foreach(cell, relids)
	{
		Relation	table = table_open(lfirst_oid(cell), NoLock);
		bool		others = table != parent && RELATION_IS_OTHER_TEMP(table);

		/* children of other sessions are not seen by a query either */
		if (!others)
			check_has_rows(table);
		if (!others && RELKIND_HAS_STORAGE(table->rd_rel->relkind))
			counted += count_table(count, table,
								   get_attnum(RelationGetRelid(table),
											  column_name));
		table_close(table, NoLock);
	}
	list_free(relids);
	table_close(parent, NoLock);
	return counted;
}

/*
 * cccd_count(relation, rule, at, context, column): NULL if one of the first
 * three is.
 */
PG_FUNCTION_INFO_V1(cccd_count);
Datum
cccd_count(PG_FUNCTION_ARGS)
{
	const CccdRuleValue *rule;
	CccdSpan	spans[CCCD_RULE_MAX_CODES];
	CccdCount	count;
	int64		at;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1) || PG_ARGISNULL(2))
		PG_RETURN_NULL();
	rule = cccd_rule_arg(fcinfo, 1);
	at = PG_GETARG_TIMESTAMPTZ(2);
	cccd_bound_check_time(at);
	cccd_rule_bind(rule->code, rule->count, at,
				   PG_ARGISNULL(3) ? 0 : CCCD_GETARG_CONTEXT(3), spans);
	cccd_binding_init(&count.binding, rule->code, rule->count, spans, at);
	cccd_program_init(&count.program, &count.binding);
	count.snapshot = GetActiveSnapshot();
	PG_RETURN_INT64(count_relation(&count, PG_GETARG_OID(0),
								   PG_ARGISNULL(4) ? NULL :
								   NameStr(*PG_GETARG_NAME(4))));
}
