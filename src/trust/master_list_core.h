/*
 * master_list_core.h
 *		CSCA master lists (Doc 9303-12 chapter 9).
 */
#ifndef CCCD_MASTER_LIST_CORE_H
#define CCCD_MASTER_LIST_CORE_H

#include "trust/cms_core.h"
#include "trust/store_core.h"

#define CCCD_MASTER_LIST_SIZE	(16 * 1024 * 1024)

typedef struct cccd_master_list
{
	cccd_cms	cms;
	cccd_der_document document;
	cccd_der	certificates;
} cccd_master_list;

extern bool cccd_master_list_read(cccd_bytes bytes, uint8_t *scratch,
								  cccd_master_list *list,
								  cccd_report *report);
extern bool cccd_master_list_read_raw(cccd_bytes bytes,
									  cccd_master_list *list,
									  cccd_report *report);
extern bool cccd_master_list_verify(const cccd_master_list *list,
									cccd_trust_store *store, bool has_at,
									int64_t at, cccd_report *report);
extern bool cccd_master_list_next(cccd_master_list *list, cccd_bytes *item);

#endif							/* CCCD_MASTER_LIST_CORE_H */
