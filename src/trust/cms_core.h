/*
 * cms_core.h
 *		Signed messages (CMS SignedData, RFC 5652) as travel documents and
 *		master lists use them.
 */
#ifndef CCCD_CMS_CORE_H
#define CCCD_CMS_CORE_H

#include "trust/certificate_core.h"
#include "trust/finding_core.h"

#define CCCD_CMS_CERTIFICATES	8
#define CCCD_CMS_SIGNERS		8
#define CCCD_CMS_ATTRIBUTES		32

#define CCCD_OID_DATA			"\x2A\x86\x48\x86\xF7\x0D\x01\x07\x01"
#define CCCD_OID_MASTER_LIST	"\x67\x81\x08\x01\x01\x02"

typedef struct cccd_signer_info
{
	uint32_t	version;
	bool		by_key_id;
	cccd_bytes	issuer;			/* by issuer and serial number */
	cccd_bytes	serial;
	cccd_bytes	key_id;			/* or by subject key identifier */
	cccd_hash	digest;
	cccd_algorithm algorithm;
	cccd_bytes	signature;

	bool		has_attributes;
	cccd_bytes	attributes_head;	/* length octets as received */
	bool		attributes_indefinite;
	cccd_bytes	attributes_content;
	int			attribute_count;
	cccd_bytes	attributes[CCCD_CMS_ATTRIBUTES];
	bool		attributes_sorted;
	int			content_type_count;
	cccd_bytes	content_type;
	int			message_digest_count;
	cccd_bytes	message_digest;
	int			signing_time_count;
	bool		signing_time_invalid;
	int64_t		signing_time;
} cccd_signer_info;

typedef struct cccd_cms
{
	uint32_t	version;
	int			digest_count;	/* digestAlgorithms that are known */
	cccd_hash	digests[CCCD_CMS_SIGNERS];
	cccd_bytes	content_type;
	bool		has_content;
	cccd_bytes	content;
	int			certificate_count;
	cccd_bytes	certificates[CCCD_CMS_CERTIFICATES];
	int			signer_count;
	cccd_signer_info signers[CCCD_CMS_SIGNERS];
} cccd_cms;

/* How a signer's certificate was found among the embedded ones. */
typedef enum cccd_signer_match
{
	CCCD_SIGNER_NOT_FOUND,
	CCCD_SIGNER_BY_NAME,
	CCCD_SIGNER_BY_KEY_ID,
	CCCD_SIGNER_ONLY_ONE,		/* the identifier names another one */
	CCCD_SIGNER_AMBIGUOUS
} cccd_signer_match;

extern bool cccd_cms_read(cccd_der *cursor, uint8_t *scratch,
						  size_t capacity, cccd_cms *cms, bool *signed_data);
extern bool cccd_signer_is(const cccd_signer_info *signer,
						   const cccd_certificate *certificate);
extern cccd_signer_match cccd_cms_find_certificate(const cccd_cms *cms,
												   const cccd_signer_info *signer,
												   int *index);
extern cccd_status cccd_cms_check_structure(const cccd_cms *cms,
											bool tolerant,
											cccd_report *report);
extern cccd_status cccd_cms_check_content(const cccd_cms *cms,
										  const cccd_signer_info *signer,
										  bool tolerant,
										  cccd_report *report);
extern cccd_status cccd_cms_check_signature(const cccd_signer_info *signer,
											cccd_key *key,
											const cccd_public_key *numbers,
											bool tolerant,
											cccd_report *report);

#endif							/* CCCD_CMS_CORE_H */
