/*
 * code_core.h
 *		Names and codes of diseases, vaccine products, test kinds, results,
 *		sources, evidence levels, credentials, declarations, registrations
 *		and consultations.
 *
 * Codes are stored in records and rules, so a code never changes its meaning;
 * new names are added at the end.  A code without a name is written #NNN, so
 * that an operator can use numbers of his own for what is not in the table.
 */
#ifndef CCCD_CODE_CORE_H
#define CCCD_CODE_CORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "health/health_core.h"

typedef enum CccdCodeSet
{
	CCCD_CODES_DISEASE,			/* 1 is covid19, the default disease */
	CCCD_CODES_PRODUCT,
	CCCD_CODES_TEST,			/* 1 pcr, 2 antigen, 3 antibody */
	CCCD_CODES_RESULT,
	CCCD_CODES_SOURCE,
	CCCD_CODES_EVIDENCE,		/* CccdEvidence */
	/* in the order of CccdEventKind */
	CCCD_CODES_CREDENTIAL,		/* what a card or a register attests */
	CCCD_CODES_DECLARATION,		/* what somebody says of himself */
	CCCD_CODES_REGISTRATION,	/* what is booked */
	CCCD_CODES_CONSULTATION		/* who was seen */
} CccdCodeSet;

#define CCCD_CODE_SETS			(CCCD_CODES_CONSULTATION + 1)

/* The names of a kind that has names. */
static inline CccdCodeSet
cccd_kind_names(int kind)
{
	return (CccdCodeSet) (CCCD_CODES_CREDENTIAL + (kind - CCCD_CREDENTIAL));
}

#define CCCD_DISEASE_COVID19	1

/* Codes of products: 11 bits of a dose in a record. */
#define CCCD_PRODUCT_MAX		2047
#define CCCD_TEST_PCR			1
#define CCCD_TEST_ANTIGEN		2
#define CCCD_TEST_ANTIBODY		3
#define CCCD_CREDENTIAL_INSURANCE	1

/* How well the scan in front of us is backed, from weak to strong. */
typedef enum CccdEvidence
{
	CCCD_EVIDENCE_UNKNOWN = 0,
	CCCD_EVIDENCE_CLAIMED = 1,
	CCCD_EVIDENCE_PAPER = 2,
	CCCD_EVIDENCE_QR = 3,
	CCCD_EVIDENCE_REGISTRY = 4,
	CCCD_EVIDENCE_SIGNATURE = 5,
	CCCD_EVIDENCE_CHIP = 6,
	CCCD_EVIDENCE_GENUINE = 7
} CccdEvidence;

/* Room for any name with its final zero byte. */
#define CCCD_CODE_SIZE			64

/*
 * The code of a name in any case, or of #NNN within the set's range; -1 if
 * there is none.
 */
extern int	cccd_code_find(CccdCodeSet set, const char *name, size_t length);

/*
 * The name of a code, or #NNN; out has room for CCCD_CODE_SIZE bytes.  Returns
 * the length without the final zero byte.
 */
extern size_t cccd_code_name(CccdCodeSet set, int code, char *out);

/*
 * The renewal interval of a vaccination, in days: the same number of a dose
 * stated again after more than this may be that of a new dose, because the
 * disease is vaccinated against again (every season, after another bite, when
 * protection has waned) and some systems then begin with 1.  product is 0
 * where it is not known.  Sources stand in code_core.c.
 */
extern int	cccd_renewal_days(int disease, int product);

/*
 * The shortest interval between two doses against a disease that a schedule
 * has, in days: two that are closer may be one that is reported twice.
 * Sources stand in code_core.c.
 */
extern int	cccd_spacing_days(int disease);

/* The i-th named code of a set, for listings; false past the end. */
extern bool cccd_code_entry(CccdCodeSet set, int i, int *code,
							const char **name);

#endif							/* CCCD_CODE_CORE_H */
