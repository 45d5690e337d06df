/*
 * hcert_facts_core.h
 *		What health certificates say of a person, as events of a health record.
 */
#ifndef CCCD_HCERT_FACTS_CORE_H
#define CCCD_HCERT_FACTS_CORE_H

#include "hcert/hcert_core.h"
#include "health/code_core.h"
#include "health/health_core.h"

/* Certificates of one person that are looked at together. */
#define CCCD_FACT_CERTIFICATES	32
#define CCCD_HCERT_FACTS				(CCCD_FACT_CERTIFICATES * CCCD_HCERT_ENTRIES)

typedef struct CccdHcertFact
{
	CccdEvent	event;
	int64_t		issued;			/* when the certificate was */
} CccdHcertFact;

/* How codes of certificates become codes of records; -1 is unknown. */
typedef struct CccdFactNames
{
	int			(*find) (void *argument, CccdCodeSet set, CccdSlice code);
	void	   *argument;
} CccdFactNames;

extern int	cccd_fact_find(void *argument, CccdCodeSet set, CccdSlice code);
extern int	cccd_facts_read(const CccdHcert *hcert,
							const CccdFactNames *names, int source,
							bool is_signed, CccdHcertFact *facts, int count);
extern int	cccd_facts_settle(CccdHcertFact *facts, int count);

/* Whether a certificate is the person's, and what says otherwise. */
typedef enum CccdFitReason
{
	CCCD_FIT_NAME_DISAGREES = 1,
	CCCD_FIT_NAME_MISSING = 2,
	CCCD_FIT_BIRTH_DATE_DISAGREES = 4,
	CCCD_FIT_BIRTH_DATE_MISSING = 8,
	CCCD_FIT_BIRTH_DATE_INCOMPLETE = 16 /* but it may be this one */
} CccdFitReason;

#define CCCD_FIT_REASONS		5
#define CCCD_FIT_NO \
	(CCCD_FIT_NAME_DISAGREES | CCCD_FIT_BIRTH_DATE_DISAGREES)
#define CCCD_FIT_OPEN	(CCCD_FIT_NAME_MISSING | CCCD_FIT_BIRTH_DATE_MISSING)

extern const char *const cccd_fit_names[CCCD_FIT_REASONS];
extern unsigned cccd_hcert_fits(const CccdHcert *hcert, CccdSlice name,
								int32_t birth_date);

#endif							/* CCCD_HCERT_FACTS_CORE_H */
