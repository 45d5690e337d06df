/*
 * shown.h
 *		What somebody shows at the gate: a scan, a passport, a chip.
 */
#ifndef CCCD_GATE_SHOWN_H
#define CCCD_GATE_SHOWN_H

#include "base/cccd.h"

#include "gate/judge_core.h"
#include "gate/passport_core.h"
#include "scan/scan_core.h"

typedef struct CccdShown
{
	const char *kind;			/* as answer.document_kind */
	CccdScanKind scan_kind;		/* CCCD_KIND_UNKNOWN for passport and chip */
	int64		id;				/* CCCD_NO_ID: none */
	text	   *number;			/* of a passport or an old card; NULL: none */
	const char *number_kind;	/* "passport", "old_id"; NULL: none */
	const char *state;			/* who issued the passport; NULL: not said */
	text	   *name;			/* NULL: not said */
	text	   *name_key;
	int32		birth_date;		/* CCCD_NO_DATE: not said */
	int32		issued;
	int32		expires;
	char		sex;			/* 'M', 'F', or 0 */
	uint64		flags;			/* CCCD_FLAG() */
} CccdShown;

/* Whether a flag of the scan is set. */
#define CCCD_SHOWN(shown, flag)	(((shown)->flags & CCCD_FLAG(flag)) != 0)

/* Nothing is shown. */
extern void cccd_shown_clear(CccdShown *shown);

/*
 * Read a scan; NULL is nothing.  Every text has an answer.  What is shown
 * lives in the current memory context.
 */
extern void cccd_shown_read(const text *scan, CccdShown *shown);

/* Whether a scan is a health certificate, of whatever format. */
extern bool cccd_shown_certificate(const CccdShown *shown);

/* Whether the document names somebody by a number. */
extern bool cccd_shown_number(const CccdShown *shown);

/* What such a scan is worth by itself. */
extern CccdEvidence cccd_shown_evidence(const CccdShown *shown);

/* Whether both texts are there and equal. */
extern bool cccd_same_text(const text *a, const text *b);

/* The form in which names compare equal; NULL if there is none. */
extern text *cccd_shown_name_key(const text *name);

/* The number with all but the last three characters hidden; NULL: none. */
extern text *cccd_shown_masked(const CccdShown *shown);

/* The same for the number of a document. */
extern text *cccd_masked_number(const char *number, int len);

#endif							/* CCCD_GATE_SHOWN_H */
