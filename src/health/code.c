/*
 * code.c
 *		The names of diseases, products, tests, results, sources, levels of
 *		evidence, credentials, declarations, registrations and consultations
 *		from SQL.
 */
#include "base/cccd.h"

#include "funcapi.h"
#include "utils/builtins.h"
#include "utils/tuplestore.h"

#include "health/code_core.h"

/* In the order of CccdCodeSet. */
static const char *const code_kinds[] = {
	"disease", "product", "test", "result", "source", "evidence", "credential",
	"declaration", "registration", "consultation"
};

StaticAssertDecl(lengthof(code_kinds) == CCCD_CODE_SETS,
				 "a set of codes has no word");

static CccdCodeSet
code_set_arg(FunctionCallInfo fcinfo, int arg)
{
	char	   *kind = text_to_cstring(PG_GETARG_TEXT_PP(arg));

	for (int set = 0; set < lengthof(code_kinds); set++)
		if (strcmp(kind, code_kinds[set]) == 0)
			return set;
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("unknown kind of code"),
			 errhint("Kinds are disease, product, test, result, source, evidence, credential, declaration, registration and consultation.")));
}

/*
 * cccd_code(kind, name): the code of a name, null if there is none.
 */
PG_FUNCTION_INFO_V1(cccd_code);
Datum
cccd_code(PG_FUNCTION_ARGS)
{
	CccdCodeSet set = code_set_arg(fcinfo, 0);
	text	   *name = PG_GETARG_TEXT_PP(1);
	int			code = cccd_code_find(set, VARDATA_ANY(name),
									  VARSIZE_ANY_EXHDR(name));

	if (code < 0)
		PG_RETURN_NULL();
	PG_RETURN_INT32(code);
}

/*
 * cccd_code_list(): every name that is known.
 */
PG_FUNCTION_INFO_V1(cccd_code_list);
Datum
cccd_code_list(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;

	InitMaterializedSRF(fcinfo, 0);
	for (int set = 0; set < lengthof(code_kinds); set++)
	{
		int			code;
		const char *name;

		for (int i = 0; cccd_code_entry(set, i, &code, &name); i++)
		{
			char		written[CCCD_CODE_SIZE];
			Datum		values[4];
			bool		nulls[4] = {false};

			cccd_code_name(set, code, written);
			values[0] = CStringGetTextDatum(code_kinds[set]);
			values[1] = Int32GetDatum(code);
			values[2] = CStringGetTextDatum(name);
			values[3] = BoolGetDatum(strcmp(name, written) == 0);
			tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values,
								 nulls);
		}
	}
	return (Datum) 0;
}
