/*
 * master_list_core.h
 *		CSCA master lists (Doc 9303-12 chapter 9).
 */
#ifndef CCCD_MASTER_LIST_CORE_H
#define CCCD_MASTER_LIST_CORE_H

#include "pki/cms_core.h"
#include "trust/store_core.h"

#define CCCD_MASTER_LIST_SIZE	(16 * 1024 * 1024)

typedef struct CccdMasterList
{
	CccdCms		cms;
	CccdDerDocument document;
	CccdDer		certificates;
} CccdMasterList;

/*
 * Read the list inside a signed message, which is not verified here. scratch
 * has room for as many bytes as the message has; it and bytes must live as
 * long as the list.  Returns false, with a reason in the report, if it cannot
 * be read.
 */
extern bool cccd_master_list_read(CccdBytes bytes, uint8_t *scratch,
								  CccdMasterList *list,
								  CccdReport *report);

/*
 * Read a list without a signature: CscaMasterList ::= SEQUENCE { version, SET
 * OF Certificate }. bytes must live as long as the list.  Returns false, with
 * a reason in the report, if it cannot be read.
 */
extern bool cccd_master_list_read_raw(CccdBytes bytes,
									  CccdMasterList *list,
									  CccdReport *report);

/*
 * Whether all signers of a list that cccd_master_list_read read have an anchor
 * of the store behind them and were allowed to sign lists (Doc 9303-12 chapter
 * 9).  The time that counts is at, in microseconds since 2000-01-01 UTC, or
 * without one (has_at is false) the signing time that the list states.
 * Signatures are tried with effort, which may be NULL, of each signer the
 * chain first.  Returns false with a reason in the report.
 */
extern bool cccd_master_list_verify(const CccdMasterList *list,
									CccdTrustStore *store, bool has_at,
									int64_t at, CccdEffort *effort,
									CccdReport *report);

/*
 * The next certificate of a list; false at the end, or with list->document
 * marked where the list is damaged.
 */
extern bool cccd_master_list_next(CccdMasterList *list, CccdBytes *item);

#endif							/* CCCD_MASTER_LIST_CORE_H */
