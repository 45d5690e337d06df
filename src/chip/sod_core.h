/*
 * sod_core.h
 *		The document security object, EF.SOD (Doc 9303-10 4.6.2), and
 *		EF.CardSecurity, which is signed in the same way.
 */
#ifndef CCCD_SOD_CORE_H
#define CCCD_SOD_CORE_H

#include "trust/cms_core.h"

#define CCCD_SOD_SIZE		65536
#define CCCD_DATA_GROUPS	16

typedef enum cccd_sod_kind
{
	CCCD_SOD_DOCUMENT,			/* EF.SOD */
	CCCD_SOD_CARD,				/* EF.CardSecurity */
	CCCD_SOD_SIGNER				/* no object, a signer's certificate alone */
} cccd_sod_kind;

typedef struct cccd_sod
{
	cccd_cms	cms;
	bool		readable;		/* the message itself could be read */
	bool		listable;		/* and the list of data groups in it */
	cccd_hash	hash;			/* of the data groups */
	uint32_t	listed;			/* bit n: data group n is listed */
	cccd_bytes	hashes[CCCD_DATA_GROUPS + 1];
} cccd_sod;

extern cccd_status cccd_sod_read(cccd_bytes bytes, cccd_sod_kind kind,
								 bool tolerant, uint8_t *scratch,
								 size_t capacity, cccd_sod *sod,
								 cccd_report *report);
extern int	cccd_data_group_number(uint32_t tag);

#endif							/* CCCD_SOD_CORE_H */
