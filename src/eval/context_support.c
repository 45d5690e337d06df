/*
 * context_support.c
 *		What a plan shows of cccd_context() where it is not one constant.
 *
 * With constants or the parameters of a custom plan as arguments the call is
 * folded to a constant, whose text hides the person.  With one argument that is
 * not a constant, such as whether a row of tickets exists, birth date and sex
 * would stay in the plan as constants of date and text, which PostgreSQL prints
 * as they are.  Then the person becomes a constant of its own:
 *
 *		cccd_context_join(cccd_context(ticket => ...), 'person=mf3fgn')
 */
#include "base/cccd.h"

#include "nodes/makefuncs.h"
#include "nodes/nodeFuncs.h"
#include "nodes/supportnodes.h"
#include "parser/parse_func.h"
#include "utils/builtins.h"
#include "utils/date.h"
#include "utils/lsyscache.h"

#include "eval/context.h"

/* Arguments of cccd_context() that tell of a person. */
#define ARG_BIRTH_DATE	5
#define ARG_SEX			6
#define ARG_PLACE		7
#define ARGS			8

/* An argument's value if it is a known constant, else NULL. */
static Const *
known(List *args, int arg)
{
	Const	   *value = (Const *) list_nth(args, arg);

	return IsA(value, Const) && !value->constisnull ? value : NULL;
}

/*
 * The person that constants among the arguments tell of; false if there is
 * none, or one that the call itself will refuse.
 */
static bool
person_of(List *args, uint64_t *packed)
{
	Const	   *birth_date = known(args, ARG_BIRTH_DATE);
	Const	   *sex = known(args, ARG_SEX);
	Const	   *place = known(args, ARG_PLACE);
	CccdContext context = {0};

	if (birth_date)
	{
		context.has_birth_date = true;
		context.birth_date = DatumGetDateADT(birth_date->constvalue);
	}
	if (sex)
	{
		text	   *name = DatumGetTextPP(sex->constvalue);
		int			found = cccd_context_find_sex(VARDATA_ANY(name),
												  VARSIZE_ANY_EXHDR(name));

		if (found < 0)
			return false;
		context.sex = found;
	}
	if (place)
	{
		int32		number = DatumGetInt32(place->constvalue);

		if (number < 1 || number > CCCD_PLACE_MAX)
			return false;
		context.place = number;
	}
	return (birth_date || sex || place) && cccd_context_pack(&context, packed);
}

/* The call without these constants. */
static Expr *
impersonal_call(FuncExpr *call)
{
	FuncExpr   *result = copyObject(call);

	for (int arg = ARG_BIRTH_DATE; arg < ARGS; arg++)
		if (known(result->args, arg))
		{
			Const	   *value = (Const *) list_nth(result->args, arg);

			value->constvalue = (Datum) 0;
			value->constisnull = true;
		}
	return (Expr *) result;
}

static Node *
simplify(FuncExpr *call)
{
	Oid			type = call->funcresulttype;
	Oid			types[2] = {type, type};
	Oid			join;
	uint64_t	person;
	int16		length;
	bool		by_value;
	Const	   *constant;

	if (list_length(call->args) != ARGS || !person_of(call->args, &person))
		return NULL;
	join = LookupFuncName(list_make2(makeString("pg_catalog"),
									 makeString("cccd_context_join")),
						  2, types, true);
	if (!OidIsValid(join))
		return NULL;
	get_typlenbyval(type, &length, &by_value);
	constant = makeConst(type, -1, InvalidOid, length,
						 CCCD_CONTEXT_DATUM(person), false, by_value);
	return (Node *) makeFuncExpr(join, type,
								 list_make2(impersonal_call(call), constant),
								 InvalidOid, InvalidOid,
								 COERCE_EXPLICIT_CALL);
}

/*
 * Planner support of cccd_context().
 */
PG_FUNCTION_INFO_V1(cccd_context_support);
Datum
cccd_context_support(PG_FUNCTION_ARGS)
{
	Node	   *node = (Node *) PG_GETARG_POINTER(0);

	if (IsA(node, SupportRequestSimplify))
		PG_RETURN_POINTER(simplify(((SupportRequestSimplify *) node)->fcall));
	PG_RETURN_POINTER(NULL);
}

/*
 * cccd_context_join(cccd_context, cccd_context): what the first knows, and what
 * only the second does.
 */
PG_FUNCTION_INFO_V1(cccd_context_join);
Datum
cccd_context_join(PG_FUNCTION_ARGS)
{
	return CCCD_CONTEXT_DATUM(cccd_context_join_packed(CCCD_GETARG_CONTEXT(0),
													   CCCD_GETARG_CONTEXT(1)));
}
