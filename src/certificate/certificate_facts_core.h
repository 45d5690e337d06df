/*
 * certificate_facts_core.h
 *		What health certificates say of a person, as events of a health record.
 */
#ifndef CCCD_CERTIFICATE_FACTS_CORE_H
#define CCCD_CERTIFICATE_FACTS_CORE_H

#include "certificate/certificate_core.h"
#include "health/code_core.h"
#include "health/health_core.h"

/* Facts of the certificates of one person. */
#define CCCD_CERTIFICATE_FACTS \
	(CCCD_CERTIFICATES_MAX * CCCD_CERTIFICATE_ENTRIES)

typedef struct CccdCertificateFact
{
	CccdEvent	event;
	int			certificate;	/* the caller's number of it */
} CccdCertificateFact;

/* How codes of certificates become codes of records; -1 is unknown. */
typedef struct CccdFactNames
{
	int			(*find) (void *argument, CccdCodeSet set, CccdSlice code);
	void	   *argument;
} CccdFactNames;

/*
 * The code of a name that the rule language knows or of a word for it
 * (cccd_word_find), or -1; a certificate writes no codes as numbers.  A CccdFactNames without an argument.
 */
extern int	cccd_fact_find(void *argument, CccdCodeSet set, CccdSlice code);

/*
 * Add the facts of a certificate to count others; facts has room for
 * CCCD_CERTIFICATE_FACTS.  An entry about a disease that has no name, or without a
 * time that a record can hold, is not a fact. source is a CccdHealthSource,
 * is_signed whether a signature was verified.  Returns how many facts there
 * are then.
 */
extern int	cccd_facts_read(const CccdCertificate *certificate,
							const CccdFactNames *names, int source,
							bool is_signed, CccdCertificateFact *facts, int count);

/* Whether a certificate is the person's, and what says otherwise. */
typedef enum CccdFitReason
{
	CCCD_FIT_NAME_DISAGREES = 1,
	CCCD_FIT_NAME_MISSING = 2,
	CCCD_FIT_BIRTH_DATE_DISAGREES = 4,
	CCCD_FIT_BIRTH_DATE_MISSING = 8,
	CCCD_FIT_BIRTH_DATE_INCOMPLETE = 16,	/* but it may be this one */
	CCCD_FIT_NAME_MARKS_DIFFER = 32,	/* the letters agree */
	CCCD_FIT_NAME_CONFLICT = 64,	/* it names another person as well */
	CCCD_FIT_NAME_TRUNCATED = 128,	/* alike as far as it goes */
	CCCD_FIT_DOCUMENT_DISAGREES = 256	/* it names another passport */
} CccdFitReason;

#define CCCD_FIT_REASONS		9
#define CCCD_FIT_NO \
	(CCCD_FIT_NAME_DISAGREES | CCCD_FIT_BIRTH_DATE_DISAGREES | \
	 CCCD_FIT_DOCUMENT_DISAGREES)
#define CCCD_FIT_NAME_OPEN \
	(CCCD_FIT_NAME_MISSING | CCCD_FIT_NAME_MARKS_DIFFER | \
	 CCCD_FIT_NAME_CONFLICT | CCCD_FIT_NAME_TRUNCATED)
#define CCCD_FIT_BIRTH_DATE_OPEN \
	(CCCD_FIT_BIRTH_DATE_MISSING | CCCD_FIT_BIRTH_DATE_INCOMPLETE)
#define CCCD_FIT_OPEN	(CCCD_FIT_NAME_OPEN | CCCD_FIT_BIRTH_DATE_OPEN)

extern const char *const cccd_fit_names[CCCD_FIT_REASONS];

/* What a certificate is compared with; a name or number may be absent. */
typedef struct CccdFitPerson
{
	CccdSlice	name;			/* of a card, in UTF-8 */
	int32_t		birth_date;		/* days since 2000-01-01, or CCCD_NO_DATE */
	CccdSlice	document;		/* number of the passport that is shown */
} CccdFitPerson;

/*
 * Compare a certificate, which may be unreadable.  Returns 0 when name and date
 * of birth agree, else CccdFitReason as bits.  A passport's number is compared
 * where both sides have one, by its letters and digits alone; where it is the
 * same, a date of birth that the certificate leaves out is not missed.
 */
extern unsigned cccd_certificate_compare(const CccdCertificate *certificate,
										 const CccdFitPerson *person);

#endif							/* CCCD_CERTIFICATE_FACTS_CORE_H */
