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

/*
 * Read a ContentInfo that holds SignedData (RFC 5652 3, 5.1), the next element
 * of cursor.  What BER has split is put together in scratch, which has room
 * for capacity bytes; it and the document must live as long as the message is
 * used.  Returns false, with the document marked, if it cannot be read;
 * *signed_data tells a message of another kind from a damaged one.
 */
extern bool cccd_cms_read(CccdDer *cursor, uint8_t *scratch,
						  size_t capacity, CccdCms *cms, bool *signed_data);

/*
 * Whether the identifier of a signer names this certificate: by issuer and
 * serial number, or by key identifier.
 */
extern bool cccd_signer_is(const CccdSignerInfo *signer,
						   const CccdX509 *certificate);

/*
 * The embedded certificate of a signer, as *index into cms->certificates.
 * Some documents name it wrongly; if there is only one, it is the one meant,
 * and the signature will tell.  *index is set unless none is found.
 */
extern CccdSignerMatch cccd_cms_find_certificate(const CccdCms *cms,
												 const CccdSignerInfo *signer,
												 int *index);

/*
 * Whether versions and lists agree with each other (RFC 5652 5.1, 5.3).  A
 * deviation is a flag if tolerant, else a reason and "failed".
 */
extern CccdCheckStatus cccd_cms_check_structure(const CccdCms *cms,
												bool tolerant,
												CccdReport *report);

/*
 * Whether the signed attributes speak for the content: its type and its digest
 * (RFC 5652 11.1, 11.2).  Doc 9303-10 Table 37 makes them mandatory; without
 * them a signature over the content alone could be one made for something
 * else.
 */
extern CccdCheckStatus cccd_cms_check_content(const CccdCms *cms,
											  const CccdSignerInfo *signer,
											  bool tolerant,
											  CccdReport *report);

/*
 * Whether a key made the signature over the signed attributes (RFC 5652 5.4);
 * numbers are what key was made of, and key is NULL if it cannot be used.  The
 * hash is the signature algorithm's; where that leaves it open or does not
 * fit, the digest algorithm's (BSI TR-03105-5.1 LDS_H_75, 76).  Every attempt
 * is a full verification: trying more than one form accepts no signature that
 * the key did not make.  Each is one of effort, which may be NULL; where it
 * does not suffice the check is undetermined with the reason
 * attempts_exhausted.
 */
extern CccdCheckStatus cccd_cms_check_signature(const CccdSignerInfo *signer,
												CccdKey *key,
												const CccdPublicKey *numbers,
												bool tolerant,
												CccdEffort *effort,
												CccdReport *report);

#endif							/* CCCD_CMS_CORE_H */
