/*
 * sod_core.h
 *		The document security object, EF.SOD (Doc 9303-10 4.6.2), and
 *		EF.CardSecurity, which is signed in the same way.
 */
#ifndef CCCD_SOD_CORE_H
#define CCCD_SOD_CORE_H

#include "pki/cms_core.h"

#define CCCD_SOD_SIZE		65536
#define CCCD_DATA_GROUPS	16

typedef enum CccdSodKind
{
	CCCD_SOD_DOCUMENT,			/* EF.SOD */
	CCCD_SOD_CARD,				/* EF.CardSecurity */
	CCCD_SOD_SIGNER				/* no object, a signer's certificate alone */
} CccdSodKind;

typedef struct CccdSod
{
	CccdCms		cms;
	bool		readable;		/* the message itself could be read */
	bool		listable;		/* and the list of data groups in it */
	CccdHashKind hash;			/* of the data groups */
	uint32_t	listed;			/* bit n: data group n is listed */
	CccdBytes	hashes[CCCD_DATA_GROUPS + 1];
} CccdSod;

extern CccdCheckStatus cccd_sod_read(CccdBytes bytes, CccdSodKind kind,
									 bool tolerant, uint8_t *scratch,
									 size_t capacity, CccdSod *sod,
									 CccdReport *report);
extern int	cccd_data_group_number(uint32_t tag);

#endif							/* CCCD_SOD_CORE_H */
