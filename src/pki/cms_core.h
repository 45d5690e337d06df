/*
 * cms_core.h
 *		Signed messages (CMS SignedData, RFC 5652) as travel documents and
 *		master lists use them.
 */
#ifndef CCCD_CMS_CORE_H
#define CCCD_CMS_CORE_H

#include "pki/finding_core.h"
#include "pki/x509_core.h"

#define CCCD_CMS_CERTIFICATES	8
#define CCCD_CMS_SIGNERS		8
#define CCCD_CMS_ATTRIBUTES		32

#define CCCD_OID_DATA			"\x2A\x86\x48\x86\xF7\x0D\x01\x07\x01"
#define CCCD_OID_MASTER_LIST	"\x67\x81\x08\x01\x01\x02"

typedef struct CccdSignerInfo
{
	uint32_t	version;
	bool		by_key_id;
	CccdBytes	issuer;			/* by issuer and serial number */
	CccdBytes	serial;
	CccdBytes	key_id;			/* or by subject key identifier */
	CccdHashKind digest;
	CccdAlgorithm algorithm;
	CccdBytes	signature;

	bool		has_attributes;
	CccdBytes	attributes_head;	/* length octets as received */
	bool		attributes_indefinite;
	CccdBytes	attributes_content;
	int			attribute_count;
	CccdBytes	attributes[CCCD_CMS_ATTRIBUTES];
	bool		attributes_sorted;
	int			content_type_count;
	CccdBytes	content_type;
	int			message_digest_count;
	CccdBytes	message_digest;
	int			signing_time_count;
	bool		signing_time_invalid;
	int64_t		signing_time;
} CccdSignerInfo;

typedef struct CccdCms
{
	uint32_t	version;
	int			digest_count;	/* digestAlgorithms that are known */
	CccdHashKind digests[CCCD_CMS_SIGNERS];
	CccdBytes	content_type;
	bool		has_content;
	CccdBytes	content;
	int			certificate_count;
	CccdBytes	certificates[CCCD_CMS_CERTIFICATES];
	int			signer_count;
	CccdSignerInfo signers[CCCD_CMS_SIGNERS];
} CccdCms;

/* How a signer's certificate was found among the embedded ones. */
typedef enum CccdSignerMatch
{
	CCCD_SIGNER_NOT_FOUND,
	CCCD_SIGNER_BY_NAME,
	CCCD_SIGNER_BY_KEY_ID,
	CCCD_SIGNER_ONLY_ONE,		/* the identifier names another one */
	CCCD_SIGNER_AMBIGUOUS
} CccdSignerMatch;

extern bool cccd_cms_read(CccdDer *cursor, uint8_t *scratch,
						  size_t capacity, CccdCms *cms, bool *signed_data);
extern bool cccd_signer_is(const CccdSignerInfo *signer,
						   const CccdX509 *certificate);
extern CccdSignerMatch cccd_cms_find_certificate(const CccdCms *cms,
												 const CccdSignerInfo *signer,
												 int *index);
extern CccdCheckStatus cccd_cms_check_structure(const CccdCms *cms,
												bool tolerant,
												CccdReport *report);
extern CccdCheckStatus cccd_cms_check_content(const CccdCms *cms,
											  const CccdSignerInfo *signer,
											  bool tolerant,
											  CccdReport *report);
extern CccdCheckStatus cccd_cms_check_signature(const CccdSignerInfo *signer,
												CccdKey *key,
												const CccdPublicKey *numbers,
												bool tolerant,
												CccdReport *report);

#endif							/* CCCD_CMS_CORE_H */
