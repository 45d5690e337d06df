/*
 * chip.c
 *		Passive authentication of a chip's files.
 */
#include "base/cccd.h"

#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/timestamp.h"

#include "chip/chip.h"
#include "chip/chip_core.h"
#include "pki/finding.h"
#include "trust/trust.h"

#define CHIP_COLUMNS	24

/* Too large for the stack; a backend verifies one document at a time. */
static uint8_t scratch[CCCD_SOD_SIZE];
static CccdChipWork work;

static CccdTrustStore *
open_trust(void *argument)
{
	return cccd_trust_open((CccdTrustArgument *) argument);
}

/* Nothing is held that an exit would lose: see signer_core.c. */
static void
breathe(void)
{
	CHECK_FOR_INTERRUPTS();
}

static CccdChipPolicy
policy_argument(text *name)
{
	size_t		length = VARSIZE_ANY_EXHDR(name);

	if (length == 6 && memcmp(VARDATA_ANY(name), "strict", 6) == 0)
		return CCCD_CHIP_POLICY_STRICT;
	if (length == 5 && memcmp(VARDATA_ANY(name), "field", 5) == 0)
		return CCCD_CHIP_POLICY_FIELD;
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("unknown verification policy"),
			 errhint("Policies are \"strict\" and \"field\".")));
}

int
cccd_chip_files(ArrayType *array, CccdBytes *files)
{
	Datum	   *elements;
	bool	   *nulls;
	int			count;
	int			used = 0;

	deconstruct_array(array, BYTEAOID, -1, false, TYPALIGN_INT, &elements,
					  &nulls, &count);
	for (int k = 0; k < count; k++)
	{
		bytea	   *file;

		if (nulls[k])
			continue;
		if (used == CCCD_CHIP_FILES)
			ereport(ERROR,
					(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
					 errmsg("more than %d data groups", CCCD_CHIP_FILES)));
		file = DatumGetByteaPP(elements[k]);
		files[used].data = (const uint8_t *) VARDATA_ANY(file);
		files[used].length = VARSIZE_ANY_EXHDR(file);
		used++;
	}
	return used;
}

static Datum
groups_datum(uint32_t mask)
{
	Datum		numbers[CCCD_DATA_GROUPS];
	int			count = 0;

	for (int k = 1; k <= CCCD_DATA_GROUPS; k++)
		if (mask & (1u << k))
			numbers[count++] = Int32GetDatum(k);
	return PointerGetDatum(construct_array(numbers, count, INT4OID,
										   sizeof(int32), true,
										   TYPALIGN_INT));
}

/*
 * The row of cccd_chip_verify and its relatives, in the order of their OUT
 * columns.
 */
static Datum
result_row(FunctionCallInfo fcinfo, const CccdChipResult *result)
{
	Datum		values[CHIP_COLUMNS];
	bool		nulls[CHIP_COLUMNS] = {0};

	values[0] = BoolGetDatum(result->trusted);
	values[1] = cccd_status_datum(result->sod);
	values[2] = cccd_status_datum(result->data_groups);
	values[3] = cccd_status_datum(result->content);
	values[4] = cccd_status_datum(result->signer);
	values[5] = cccd_status_datum(result->signature);
	values[6] = cccd_status_datum(result->chain);
	values[7] = cccd_status_datum(result->signer_validity);
	values[8] = cccd_status_datum(result->anchor_validity);
	values[9] = cccd_status_datum(result->signing_time);
	values[10] = cccd_status_datum(result->revocation);
	values[11] = cccd_status_datum(result->country);
	values[12] = cccd_findings_datum(&result->report, false);
	values[13] = cccd_findings_datum(&result->report, true);
	values[14] = groups_datum(result->listed);
	values[15] = groups_datum(result->verified);
	nulls[16] = nulls[18] = nulls[19] = !result->has_signer;
	nulls[20] = nulls[21] = !result->has_signer || result->time_invalid;
	nulls[17] = !result->has_anchor;
	nulls[22] = !result->has_signed_at;
	values[16] = nulls[16] ? 0 : cccd_bytes_datum(result->signer_fingerprint,
												  CCCD_SHA256_SIZE);
	values[17] = nulls[17] ? 0 : cccd_bytes_datum(result->anchor_fingerprint,
												  CCCD_SHA256_SIZE);
	values[18] = nulls[18] ? 0 : CStringGetTextDatum(result->country_code);
	values[19] = nulls[19] ? 0 : CStringGetTextDatum(result->algorithm);
	values[20] = TimestampTzGetDatum(result->not_before);
	values[21] = TimestampTzGetDatum(result->not_after);
	values[22] = TimestampTzGetDatum(result->signed_at);
	nulls[23] = result->proof == CCCD_PROOF_NONE;
	values[23] = nulls[23] ? 0 :
		CStringGetTextDatum(cccd_chip_proof_name(result->proof));
	return HeapTupleGetDatum(heap_form_tuple(cccd_row_type(fcinfo, CHIP_COLUMNS),
											 values, nulls));
}

/*
 * Report the arguments that are NULL, of which "trust" has the number given.
 * A question that was not asked in full has the answer "not trusted", which a
 * row of NULLs would not be in a WHERE clause.
 */
static bool
is_complete(FunctionCallInfo fcinfo, CccdSodKind kind, int trust,
			CccdReport *report)
{
	if (PG_ARGISNULL(0))
		cccd_report_reason(report, kind == CCCD_SOD_SIGNER ?
						   CCCD_FINDING_signer_cert_not_found :
						   CCCD_FINDING_sod_missing);
	if (kind == CCCD_SOD_DOCUMENT && PG_ARGISNULL(1))
		cccd_report_reason(report, CCCD_FINDING_dg_none_supplied);
	if (PG_ARGISNULL(trust))
		cccd_report_reason(report, CCCD_FINDING_trust_store_empty);
	if (PG_ARGISNULL(trust + 1))
		cccd_report_reason(report, CCCD_FINDING_time_missing);
	if (PG_ARGISNULL(trust + 2))
		cccd_report_reason(report, CCCD_FINDING_policy_missing);
	return report->count == 0;
}

/*
 * Verify an object, or a signer's certificate.  Arguments: the object, with
 * EF.SOD the data groups, then trust, time and policy.
 */
static Datum
verify(FunctionCallInfo fcinfo, CccdSodKind kind)
{
	int			trust = kind == CCCD_SOD_DOCUMENT ? 2 : 1;
	CccdBytes	files[CCCD_CHIP_FILES];
	CccdTrustArgument argument;
	CccdChipInput input;
	CccdChipResult result;
	bytea	   *object;

	memset(&input, 0, sizeof(input));
	memset(&result, 0, sizeof(result));
	if (!is_complete(fcinfo, kind, trust, &result.report))
		return result_row(fcinfo, &result);
	cccd_trust_argument_init(&argument, PG_GETARG_DATUM(trust));
	object = PG_GETARG_BYTEA_PP(0);
	input.sod.data = (const uint8_t *) VARDATA_ANY(object);
	input.sod.length = VARSIZE_ANY_EXHDR(object);
	input.kind = kind;
	if (kind == CCCD_SOD_DOCUMENT)
		input.group_count = cccd_chip_files(PG_GETARG_ARRAYTYPE_P(1), files);
	input.groups = files;
	input.at = PG_GETARG_TIMESTAMPTZ(trust + 1);
	input.policy = policy_argument(PG_GETARG_TEXT_PP(trust + 2));
	input.trust.digest = argument.digest;
	input.trust.open = open_trust;
	input.trust.argument = &argument;
	input.breathe = breathe;
	input.scratch = scratch;
	input.capacity = sizeof(scratch);
	if (kind == CCCD_SOD_SIGNER)
		cccd_chip_verify_signer(&input, &work, &result);
	else
		cccd_chip_verify(&input, &work, &result);
	if (result.out_of_memory)
		cccd_memory_error();
	return result_row(fcinfo, &result);
}

/* Passive authentication of EF.SOD and the data groups read with it. */
PG_FUNCTION_INFO_V1(cccd_chip_verify_sql);
Datum
cccd_chip_verify_sql(PG_FUNCTION_ARGS)
{
	return verify(fcinfo, CCCD_SOD_DOCUMENT);
}

/* The same checks for EF.CardSecurity, which has no data groups. */
PG_FUNCTION_INFO_V1(cccd_card_security_verify);
Datum
cccd_card_security_verify(PG_FUNCTION_ARGS)
{
	return verify(fcinfo, CCCD_SOD_CARD);
}

/* What a trust value says of a document signer's certificate. */
PG_FUNCTION_INFO_V1(cccd_signer_verify);
Datum
cccd_signer_verify(PG_FUNCTION_ARGS)
{
	return verify(fcinfo, CCCD_SOD_SIGNER);
}
