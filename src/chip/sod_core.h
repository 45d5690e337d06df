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

/* Tags of EF.COM, EF.SOD, and the zone in EF.DG1 (Doc 9303-10 4.6, 4.7.1). */
#define CCCD_TAG_COM		0x60
#define CCCD_TAG_SOD		0x77
#define CCCD_TAG_MRZ		0x5F1F

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

/*
 * Read a security object and check its structure: step A of the verification.
 * sod->readable says whether the later steps have something to work on.  What
 * BER has split is put together in scratch, which has room for capacity bytes;
 * it and bytes must live as long as sod is used.  A deviation that documents
 * in use have is a flag if tolerant, else a reason and "failed".
 */
extern CccdCheckStatus cccd_sod_read(CccdBytes bytes, CccdSodKind kind,
									 bool tolerant, uint8_t *scratch,
									 size_t capacity, CccdSod *sod,
									 CccdReport *report);

/*
 * The data group, 1 to 16, whose file has a tag (Doc 9303-10, Table 38), or 0.
 */
extern int	cccd_data_group_number(uint32_t tag);

#endif							/* CCCD_SOD_CORE_H */
