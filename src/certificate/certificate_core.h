/*
 * certificate_core.h
 *		A health certificate of whichever format, as one description.
 *
 * Each format has a room of its own, which reads and verifies (hcert, vdsnc,
 * shc).  Here it is recognised, and one function of each format,
 * certificate_FORMAT_core.c, says what came of it in the words below.  Whose
 * certificate it is, what it adds to a record, and how many keys may be tried
 * are decided over the description, once for all formats.
 */
#ifndef CCCD_CERTIFICATE_CORE_H
#define CCCD_CERTIFICATE_CORE_H

#include "certificate/certificate_name_core.h"
#include "hcert/hcert_verify_core.h"
#include "scan/certificate_kind_core.h"
#include "shc/shc_verify_core.h"
#include "vdsnc/vdsnc_verify_core.h"

/* Longest text of a certificate, in bytes of UTF-8, of every format. */
#define CCCD_CERTIFICATE_TEXT_MAX	CCCD_HCERT_TEXT_MAX

/* Entries of one certificate that are looked at. */
#define CCCD_CERTIFICATE_ENTRIES	CCCD_SHC_ENTRIES

/* Room for the name of an algorithm, with its final zero byte. */
#define CCCD_CERTIFICATE_ALGORITHM_SIZE	24

/* Certificates of one person that are looked at together. */
#define CCCD_CERTIFICATES_MAX	32

/*
 * Keys tried for several certificates that are looked at together: one for
 * each of CCCD_CERTIFICATES_MAX.  Certificates that name no key, or one of
 * several with this name, take from the others'.
 */
#define CCCD_CERTIFICATE_ATTEMPTS	32

/*
 * A vaccination, a test or a recovery.  Codes are as the certificate writes
 * them, or what the format's code stands for in those of the eHealth Network;
 * absent ones have no bytes.
 */
typedef struct CccdCertificateEntry
{
	uint8_t		kind;			/* CCCD_HCERT_VACCINATION, _TEST, _RECOVERY */
	CccdSlice	disease;
	CccdSlice	product;
	CccdSlice	test;
	CccdSlice	result;
	CccdSlice	identifier;		/* of the certificate (UVCI) */
	CccdSlice	country;		/* where it took place */
	int64_t		number;			/* of the dose; 0: not stated, -1: unreadable */
	int64_t		series;			/* doses of its series; 0: not known */
	bool		has_time;
	int64_t		time;			/* microseconds since 2000-01-01 UTC */
} CccdCertificateEntry;

typedef struct CccdCertificate
{
	CccdCertificateKind kind;	/* _NONE: not recognised; _OTHER: not read */
	const char *format;			/* hc1, vds-nc, shc; or NULL */
	const char *status;			/* ok, or the stage that failed; a constant */
	CccdReport	report;

	/* the reading */
	CccdCheckStatus text;		/* from the scan to the signed message */
	CccdCheckStatus message;	/* its structure, headers and claims */
	CccdCheckStatus schema;		/* the content */
	/* the verification; not performed where nothing is verified */
	CccdCheckStatus key;
	CccdCheckStatus signature;
	CccdCheckStatus country;
	CccdCheckStatus key_usage;
	CccdCheckStatus key_validity;
	CccdCheckStatus validity;
	CccdCheckStatus revocation;
	bool		valid;
	bool		out_of_memory;	/* then nothing else means anything */

	/* what is signed */
	bool		has_digest;
	uint8_t		digest[CCCD_SHA256_SIZE];
	char		algorithm[CCCD_CERTIFICATE_ALGORITHM_SIZE]; /* or empty */
	CccdBytes	key_id;
	CccdBytes	signature_part; /* that lists hash: of ECDSA r alone */
	CccdSlice	issuer;
	bool		has_issued;
	bool		has_expires;
	int64_t		issued;			/* microseconds since 2000-01-01 UTC */
	int64_t		expires;

	bool		has_content;	/* all below says something */
	uint8_t		kinds;			/* CCCD_HCERT_VACCINATION, ... as bits */
	CccdSlice	version;
	CccdCertificateNames names;
	CccdBirth	birth;
	CccdSlice	document;		/* number of the holder's passport, or absent */
	int			entry_count;
	CccdCertificateEntry entries[CCCD_CERTIFICATE_ENTRIES];

	/* who signed */
	bool		has_signer;
	uint8_t		signer_fingerprint[CCCD_SHA256_SIZE];
	char		signer_country[4];
	bool		has_signer_validity;
	int64_t		signer_not_before;
	int64_t		signer_not_after;
} CccdCertificate;

/* Working memory of one certificate: the caller keeps it off the stack. */
typedef struct CccdCertificateWork
{
	union
	{
		struct
		{
			CccdHcertWork work;
			CccdHcertResult result;
		}			hc1;
		struct
		{
			CccdVdsncWork work;
			CccdVdsncResult result;
		}			vds_nc;
		struct
		{
			CccdShcWork work;
			CccdShcResult result;
		}			shc;
	}			of;
} CccdCertificateWork;

/* What may still be tried in one call, however many certificates it has. */
typedef struct CccdCertificateEffort
{
	int			keys;			/* CCCD_KEY_ATTEMPTS at first, or of several
								 * certificates CCCD_CERTIFICATE_ATTEMPTS */
	int			lists;			/* signatures of revocation lists:
								 * CCCD_REVOCATION_ATTEMPTS */
} CccdCertificateEffort;

/* What the text is judged by: keys, time and policy. */
typedef struct CccdCertificateCheck
{
	CccdTrustStore *store;
	int64_t		at;				/* microseconds since 2000-01-01 UTC */
	CccdHcertPolicy policy;
	CccdCertificateEffort *effort;	/* lowered by what was tried */
} CccdCertificateCheck;

/*
 * Read a scan of length bytes, and verify it unless check is NULL; a reading
 * alone tolerates what the policy "field" does.  The description points into
 * text and work, which must live as long as it is used, and work is used for
 * one certificate at a time.  Everything that goes wrong is in it.
 */
extern void cccd_certificate_read(const char *text, size_t length,
								  const CccdCertificateCheck *check,
								  CccdCertificateWork *work,
								  CccdCertificate *certificate);

/*
 * The formats, each in certificate_FORMAT_core.c: read and, unless check is
 * NULL, verify a scan of this format, and describe it.  certificate is all
 * zero but for kind and format.
 */
extern void cccd_certificate_of_hc1(const char *text, size_t length,
									const CccdCertificateCheck *check,
									CccdCertificateWork *work,
									CccdCertificate *certificate);

/* The same of a visible digital seal. */
extern void cccd_certificate_of_vds_nc(const char *text, size_t length,
									   const CccdCertificateCheck *check,
									   CccdCertificateWork *work,
									   CccdCertificate *certificate);

/* The same of a SMART Health Card. */
extern void cccd_certificate_of_shc(const char *text, size_t length,
									const CccdCertificateCheck *check,
									CccdCertificateWork *work,
									CccdCertificate *certificate);

/*
 * What every format's description has in common: copy what its verification
 * said, of which nothing is performed where nothing was verified.
 */
extern void cccd_certificate_take_verdict(const CccdVerdict *verdict,
										  CccdCertificate *certificate);

/*
 * The same of the SHA-256 of what is signed, where the verification did not make
 * it; made is false if memory ran out.
 */
extern void cccd_certificate_take_digest(bool made, const uint8_t *digest,
										 CccdCertificate *certificate);

#endif							/* CCCD_CERTIFICATE_CORE_H */
