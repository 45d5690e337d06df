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

extern bool cccd_master_list_read(CccdBytes bytes, uint8_t *scratch,
								  CccdMasterList *list,
								  CccdReport *report);
extern bool cccd_master_list_read_raw(CccdBytes bytes,
									  CccdMasterList *list,
									  CccdReport *report);
extern bool cccd_master_list_verify(const CccdMasterList *list,
									CccdTrustStore *store, bool has_at,
									int64_t at, CccdReport *report);
extern bool cccd_master_list_next(CccdMasterList *list, CccdBytes *item);

#endif							/* CCCD_MASTER_LIST_CORE_H */
