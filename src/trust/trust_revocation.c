/*
 * trust_revocation.c
 *		Revocation lists for health certificates as trust values.
 */
#include "trust/trust_build.h"

#include "catalog/pg_type.h"
#include "lib/qunique.h"
#include "utils/array.h"
#include "utils/builtins.h"

#include "pki/signature.h"
#include "trust/key_entry_core.h"
#include "trust/trust.h"

static int
compare_items(const void *left, const void *right, void *width)
{
	return memcmp(left, right, *(int *) width);
}

static int
scope_argument(text *name)
{
	int			scope = cccd_revoked_scope_by_name(VARDATA_ANY(name),
												   VARSIZE_ANY_EXHDR(name));

	if (scope == 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("unknown scope of revocation"),
				 errhint("Scopes are \"uci\", \"country_uci\", \"signature\", \"key\" and \"country\".")));
	return scope;
}

static CccdBytes
key_id_argument(bytea *value)
{
	CccdBytes	kid;

	kid.data = (const uint8_t *) VARDATA_ANY(value);
	kid.length = VARSIZE_ANY_EXHDR(value);
	if (kid.length > CCCD_KID_MAX)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("key identifier is too long"),
				 errdetail("It has at most %d bytes.", CCCD_KID_MAX)));
	return kid;
}

/* Refuse an identifier of no key, whose list would revoke nothing. */
static void
check_key_id(CccdBytes kid)
{
	if (kid.length == 0 || cccd_kid_is_text(kid))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("key identifier of the revocation list is %s",
						kid.length == 0 ? "empty" : "text"),
				 errhint(kid.length == 0 ?
						 "A list for all keys has the key identifier NULL." :
						 "Use decode() where it is hexadecimal or base64 text.")));
}

/* Refuse an item that would revoke nothing. */
static void
check_item(int scope, bytea *item, int number)
{
	CccdBytes	bytes;
	CccdRevokedFault fault;

	bytes.data = (const uint8_t *) VARDATA_ANY(item);
	bytes.length = VARSIZE_ANY_EXHDR(item);
	fault = cccd_revoked_item_check(scope, bytes);
	if (fault == CCCD_REVOKED_GOOD)
		return;
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 fault == CCCD_REVOKED_STATE ?
			 errmsg("item %d of the revocation list is not a state's code",
					number) :
			 errmsg("item %d of the revocation list is not a hash", number),
			 fault == CCCD_REVOKED_STATE ?
			 errdetail("A state has two capital letters.") :
			 fault == CCCD_REVOKED_HEX ?
			 errdetail("It is hexadecimal text.") :
			 fault == CCCD_REVOKED_TEXT ?
			 errdetail("It is an identifier in clear text.") :
			 errdetail("An item of this scope has %d or %d bytes.",
					   cccd_revoked_width(scope), CCCD_SHA256_SIZE),
			 fault == CCCD_REVOKED_STATE ? 0 :
			 fault == CCCD_REVOKED_TEXT ?
			 errhint("Use sha256() of the identifier.") :
			 errhint("Use decode() where hashes are hexadecimal or base64 text.")));
}

/* The items in order, each once. */
static CccdBytes
items_argument(ArrayType *array, int scope)
{
	int			width = cccd_revoked_width(scope);
	Datum	   *elements;
	bool	   *nulls;
	int			count;
	int			kept = 0;
	uint8	   *items;
	CccdBytes	result;

	deconstruct_array(array, BYTEAOID, -1, false, TYPALIGN_INT, &elements,
					  &nulls, &count);
	if (count > CCCD_REVOKED_ITEMS)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("more than %d items in a revocation list",
						CCCD_REVOKED_ITEMS)));
	items = palloc(Max(count, 1) * width);
	for (int k = 0; k < count; k++)
	{
		bytea	   *item;

		if (nulls[k])
			continue;
		item = DatumGetByteaPP(elements[k]);
		check_item(scope, item, k + 1);
		memcpy(items + kept * width, VARDATA_ANY(item), width);
		kept++;
	}
	if (kept == 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("revocation list is empty")));
	qsort_arg(items, kept, width, compare_items, &width);
	result.data = items;
	result.length = qunique_arg(items, kept, width, compare_items, &width) *
		width;
	return result;
}

/* (scope, items, key_id, purpose): a value that revokes. */
PG_FUNCTION_INFO_V1(cccd_trust_from_revocation);
Datum
cccd_trust_from_revocation(PG_FUNCTION_ARGS)
{
	CccdRevokedEntry revoked;
	CccdTrustEntry entry;
	CccdTrustBuild build;
	CccdBytes	bytes;
	uint8	   *out;
	int			purpose;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1) || PG_ARGISNULL(3))
		PG_RETURN_NULL();
	memset(&revoked, 0, sizeof(revoked));
	revoked.scope = (CccdRevokedScope) scope_argument(PG_GETARG_TEXT_PP(0));
	revoked.width = cccd_revoked_width(revoked.scope);
	purpose = cccd_build_key_purpose(PG_GETARG_TEXT_PP(3));
	if (!PG_ARGISNULL(2))
	{
		revoked.kid = key_id_argument(PG_GETARG_BYTEA_PP(2));
		check_key_id(revoked.kid);
	}
	revoked.items = items_argument(PG_GETARG_ARRAYTYPE_P(1), revoked.scope);
	out = palloc(cccd_revoked_entry_size(&revoked));
	bytes.data = out;
	bytes.length = cccd_revoked_entry_write(&revoked, out);
	cccd_build_init(&build);
	if (!cccd_trust_entry_of(bytes, CCCD_TRUST_REVOKED, purpose,
							 CCCD_TRUST_SOURCE_OPERATOR, &entry))
		cccd_memory_error();
	cccd_build_add(&build, &entry);
	PG_RETURN_BYTEA_P(cccd_build_finish(&build));
}

/* (trust, scope, item, key_id, purpose): whether a list revokes the item. */
PG_FUNCTION_INFO_V1(cccd_trust_revokes);
Datum
cccd_trust_revokes(PG_FUNCTION_ARGS)
{
	CccdTrustArgument argument;
	CccdBytes	kid = {(const uint8_t *) "", 0};
	CccdBytes	item;
	bytea	   *bytes;
	int			scope;
	int			purpose;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1) || PG_ARGISNULL(2) ||
		PG_ARGISNULL(4))
		PG_RETURN_NULL();
	scope = scope_argument(PG_GETARG_TEXT_PP(1));
	purpose = cccd_build_purpose(PG_GETARG_TEXT_PP(4));
	if (!PG_ARGISNULL(3))
		kid = key_id_argument(PG_GETARG_BYTEA_PP(3));
	bytes = PG_GETARG_BYTEA_PP(2);
	item.data = (const uint8_t *) VARDATA_ANY(bytes);
	item.length = VARSIZE_ANY_EXHDR(bytes);
	cccd_trust_argument_init(&argument, PG_GETARG_DATUM(0));
	PG_RETURN_BOOL(cccd_store_revokes(cccd_trust_open(&argument), purpose,
									  (CccdRevokedScope) scope, kid, item));
}
