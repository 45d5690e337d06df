/*
 * hcert_core.h
 *		A health certificate as a QR code holds it: "HC1:", base45, zlib, a
 *		COSE_Sign1 message, a CBOR Web Token, and in its claim -260 the
 *		certificate (eHealth Network, Technical Specifications for EU Digital
 *		COVID Certificates, volume 3; RFC 8392, RFC 9052).
 *
 * Reading says what a certificate says, stage by stage.  A deviation that
 * issuers were seen to make is a flag; what cannot be read is a reason.
 * Whether to believe it is hcert_verify_core.h's matter.
 */
#ifndef CCCD_HCERT_CORE_H
#define CCCD_HCERT_CORE_H

#include "base/cbor_core.h"
#include "hcert/base45_core.h"
#include "pki/finding_core.h"
#include "scan/scan_core.h"

/*
 * Limits: CCCD_HCERT_TEXT_MAX bytes of scanned text, this many of what it
 * inflates to, CCCD_CBOR_DEPTH levels and CCCD_CBOR_ITEMS items in it.
 */
#define CCCD_HCERT_SIZE			65536
#define CCCD_HCERT_PACKED		CCCD_BASE45_BYTES(CCCD_HCERT_TEXT_MAX)

/* Entries of one certificate that are looked at; the schema allows one. */
#define CCCD_HCERT_ENTRIES		8

/* Kinds of content, as bits. */
#define CCCD_HCERT_VACCINATION	1
#define CCCD_HCERT_TEST			2
#define CCCD_HCERT_RECOVERY		4
#define CCCD_HCERT_KINDS		7

/* COSE header parameters (RFC 9052 3.1). */
#define CCCD_COSE_ALG			1
#define CCCD_COSE_CRIT			2
#define CCCD_COSE_KID			4

/* What is claimed about a date of birth that may be incomplete. */
typedef struct CccdBirth
{
	bool		known;
	int32_t		first;			/* days since 2000-01-01, both inclusive */
	int32_t		last;
} CccdBirth;

typedef struct CccdHcertEntry
{
	uint8_t		kind;			/* one of the bits */
	int			node;			/* its map */
} CccdHcertEntry;

typedef struct CccdHcert
{
	/* one status a stage; the first that failed ends the reading */
	CccdCheckStatus prefix;
	CccdCheckStatus base45;
	CccdCheckStatus inflate;
	CccdCheckStatus cose;
	CccdCheckStatus cbor;		/* the token and its claims */
	CccdCheckStatus schema;
	CccdReport	report;

	CccdCbor	cbor_message;
	CccdBytes	message;
	CccdBytes	header;			/* protected header as it is signed */
	CccdBytes	payload;
	CccdBytes	signature;

	bool		has_algorithm;
	int64_t		algorithm;		/* of the COSE registry */
	CccdBytes	kid;			/* no bytes: none */

	CccdBytes	issuer;			/* text; no bytes: none */
	bool		has_issued;
	bool		has_expires;
	bool		has_not_before;
	int64_t		issued;			/* microseconds since 2000-01-01 UTC */
	int64_t		expires;
	int64_t		not_before;

	int			content;		/* map of the certificate, or none */
	uint8_t		kinds;
	int			entry_count;
	CccdHcertEntry entries[CCCD_HCERT_ENTRIES];
	CccdBirth	birth;
} CccdHcert;

/* Working memory of one reading: the caller keeps it off the stack. */
typedef struct CccdHcertWork
{
	uint8_t		packed[CCCD_HCERT_PACKED];
	uint8_t		message[CCCD_HCERT_SIZE];
	uint8_t		scratch[2 * CCCD_HCERT_SIZE];
	CccdCborNode nodes[CCCD_CBOR_ITEMS];
} CccdHcertWork;

/*
 * Read a scan of length bytes.  What it says points into the text and into
 * work, which must live as long as hcert is used. tolerant makes flags of
 * deviations that are reasons otherwise.  The first stage that fails ends the
 * reading; those after it are "not performed".
 */
extern void cccd_hcert_read(const char *text, size_t length, bool tolerant,
							CccdHcertWork *work, CccdHcert *hcert);

/*
 * Read a message without its text form: the stages before "cose" are not
 * performed.
 */
extern void cccd_hcert_read_message(CccdBytes message, bool tolerant,
									CccdHcertWork *work, CccdHcert *hcert);

/*
 * The name of a number of the COSE registry of algorithms, a constant, or NULL
 * if it is not known here.
 */
extern const char *cccd_cose_algorithm_name(int64_t algorithm);

/* The name of a kind of content, one of the bits; a constant. */
extern const char *cccd_hcert_kind_name(int kind);

/*
 * The text of a key of a map, a node of the certificate's message, without
 * blanks around it.  Absent if there is none, it has another type, or it is
 * nothing but blanks.
 */
extern CccdSlice cccd_hcert_text(const CccdHcert *hcert, int map,
								 const char *key);

/*
 * The stage "cose", in hcert_cose_core.c: read the signed message (RFC 9052
 * 4.2). hcert->payload has bytes unless that failed.
 */
extern void cccd_cose_read(CccdBytes message, bool tolerant,
						   CccdHcert *hcert);

/*
 * The stage "cbor", in hcert_cose_core.c: read the token in the payload (RFC
 * 8392 3.1).  *claim is the node of its certificate, or CCCD_CBOR_NONE.
 */
extern void cccd_cwt_read(bool tolerant, CccdHcert *hcert, int *claim);

/*
 * The stage "schema", in hcert_schema_core.c: check the map that the claim
 * holds against the JSON schema of its version, and note in hcert what is
 * where in it.
 */
extern void cccd_hcert_check_schema(bool tolerant, int claim,
									CccdHcert *hcert);

/* A stage fails, for the reason code. */
static inline void
cccd_hcert_refuse(CccdHcert *hcert, CccdCheckStatus *status, int code)
{
	cccd_report_reason(&hcert->report, code);
	*status = CCCD_STATUS_FAILED;
}

#endif							/* CCCD_HCERT_CORE_H */
