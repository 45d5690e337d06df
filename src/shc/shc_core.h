/*
 * shc_core.h
 *		A SMART Health Card as QR codes hold it: "shc:/", pairs of digits, a
 *		JSON Web Signature in compact form (RFC 7515), a payload that is
 *		deflated (RFC 1951) JSON, and in it a bundle of FHIR resources (SMART
 *		Health Cards Framework 1.4, spec.smarthealth.cards).
 *
 * Reading says what a card says, stage by stage.  What is tolerated is a flag;
 * what cannot be read is a reason.  Whether to believe it is
 * shc_verify_core.h's matter.
 */
#ifndef CCCD_SHC_CORE_H
#define CCCD_SHC_CORE_H

#include "base/base64_core.h"
#include "base/json_core.h"
#include "hcert/hcert_core.h"

/*
 * Limits: CCCD_SHC_TEXT_MAX bytes of scanned text, with all parts of a card;
 * parts of one card; bytes of the token, of its header, of what its payload
 * inflates to; nodes of its JSON.
 */
#define CCCD_SHC_TEXT_MAX		8192
#define CCCD_SHC_PARTS			32
#define CCCD_SHC_TOKEN_SIZE		4096	/* half of the text: pairs of digits */
#define CCCD_SHC_HEADER_SIZE	1024
#define CCCD_SHC_PAYLOAD_SIZE	32768

/* A longer payload counts as one more key that was tried. */
#define CCCD_SHC_PAYLOAD_DEAR	6144
#define CCCD_SHC_NODES			8192

/* Resources of one card that are looked at; more are an error. */
#define CCCD_SHC_ENTRIES		32

/* Characters of a revocation identifier, and octets of a key identifier. */
#define CCCD_SHC_RID_MAX		24
#define CCCD_SHC_KID_SIZE		32

/* Characters of an issuer's URL. */
#define CCCD_SHC_ISSUER_MAX		255

/* Room for "cvx/" and a code, with its final zero byte. */
#define CCCD_SHC_CODE_SIZE		64

/*
 * A dose or a test.  Names are those of health/code_core.h, or the card's code
 * behind "cvx/", "loinc/" or "snomed/", which a value set can translate;
 * absent ones have no bytes.
 */
typedef struct CccdShcEntry
{
	uint8_t		kind;			/* CCCD_HCERT_VACCINATION or _TEST */
	CccdSlice	disease;
	CccdSlice	product;
	CccdSlice	test;
	CccdSlice	result;
	int64_t		number;			/* of the dose; 0: not known */
	bool		has_time;
	int64_t		time;			/* microseconds since 2000-01-01 UTC */
	int			node;			/* its resource */
	char		code[CCCD_SHC_CODE_SIZE];
	char		value[CCCD_SHC_CODE_SIZE];
} CccdShcEntry;

typedef struct CccdShc
{
	/* one status a stage; the first that failed ends the reading */
	CccdCheckStatus prefix;
	CccdCheckStatus numeric;	/* digits, and all parts */
	CccdCheckStatus jws;		/* the token and its header */
	CccdCheckStatus inflate;
	CccdCheckStatus json;		/* the payload and its claims */
	CccdCheckStatus schema;		/* the card in it */
	CccdReport	report;

	int			parts;			/* scans that the token was put together of */
	CccdBytes	signed_part;	/* header and payload as they are signed */
	CccdBytes	signature;
	CccdBytes	payload;		/* the JSON text */
	CccdJsonNode *nodes;		/* of it */
	bool		has_algorithm;	/* it is ES256 */
	CccdBytes	kid;			/* no bytes: none */

	CccdSlice	issuer;			/* no bytes: none */
	CccdSlice	rid;
	bool		has_issued;
	bool		has_expires;
	int64_t		issued;			/* microseconds since 2000-01-01 UTC */
	int64_t		expires;

	bool		has_content;	/* what follows says something */
	CccdSlice	version;		/* of FHIR */
	CccdSlice	family;
	CccdSlice	given;
	CccdBirth	birth;
	uint8_t		kinds;			/* CCCD_HCERT_VACCINATION, ... as bits */
	int			entry_count;
	CccdShcEntry entries[CCCD_SHC_ENTRIES];
} CccdShc;

/* Working memory of one reading: the caller keeps it off the stack. */
typedef struct CccdShcWork
{
	char		token[CCCD_SHC_TOKEN_SIZE];
	uint8_t		header[CCCD_BASE64_BYTES(CCCD_SHC_TOKEN_SIZE)];
	uint8_t		packed[CCCD_BASE64_BYTES(CCCD_SHC_TOKEN_SIZE)];
	uint8_t		signature[CCCD_BASE64_BYTES(CCCD_SHC_TOKEN_SIZE)];
	uint8_t		kid[CCCD_BASE64_BYTES(CCCD_SHC_HEADER_SIZE)];
	uint8_t		payload[CCCD_SHC_PAYLOAD_SIZE];
	char		scratch[CCCD_SHC_PAYLOAD_SIZE];
	size_t		scratch_used;
	bool		spent;			/* the payload is not to be read any more */
	CccdJsonNode nodes[CCCD_SHC_NODES];
} CccdShcWork;

/*
 * Read a scan of length bytes: one card in one part, or all its parts in any
 * order with white space between them.  What it says points into work, which
 * must live as long as shc is used; work->spent is the caller's.  tolerant makes flags of deviations that
 * are reasons otherwise.  The first stage that fails ends the reading; those
 * after it are "not performed".
 */
extern void cccd_shc_read(const char *text, size_t length, bool tolerant,
						  CccdShcWork *work, CccdShc *shc);

/*
 * Read a token of length characters without its form in digits: the stages
 * before "jws" are not performed.
 */
extern void cccd_shc_read_token(const char *token, size_t length,
								bool tolerant, CccdShcWork *work,
								CccdShc *shc);

/*
 * The stages "prefix" and "numeric", in shc_text_core.c: the token, in
 * work->token, of a text.  Returns its length, or 0 if a stage failed.
 */
extern size_t cccd_shc_read_text(CccdSlice text, CccdShcWork *work,
								 CccdShc *shc);

/*
 * In shc_text_core.c: how many parts a card has of which a text holds some, and
 * whether it holds all of them; a card in one part has one.  Returns 0 for any
 * other text, also where parts of two cards are in it; *complete is then
 * undefined.
 */
extern int	cccd_shc_part_count(CccdSlice text, bool *complete);

/*
 * The stages "jws" and "inflate", in shc_jws_core.c: take the token apart, and
 * read its header.  Returns false if a stage failed, or if work->spent says
 * that the payload is not read: then "inflate" is not performed.
 */
extern bool cccd_shc_read_jws(const char *token, size_t length,
							  CccdShcWork *work, CccdShc *shc);

/*
 * The stage "schema", in shc_content_core.c: the card in the claim "vc".  The
 * payload is work->payload, its nodes work->nodes.
 */
extern void cccd_shc_read_content(bool tolerant, CccdShcWork *work,
								  CccdShc *shc);

/*
 * The text of a string, without blanks around it; it points into the payload
 * or into work.  Absent if node is CCCD_JSON_NONE or not a string, and if it
 * is empty or holds a zero byte.
 */
extern CccdSlice cccd_shc_text(int node, CccdShcWork *work,
							   const CccdShc *shc);

/* The value of a member of an object of the payload, or CCCD_JSON_NONE. */
extern int	cccd_shc_member(const CccdShc *shc, int object, const char *name);

/*
 * In shc_code_core.c: the disease, and the product if it is known, of a
 * vaccine's CVX code (Centers for Disease Control and Prevention, IIS: code
 * sets, CVX), constants.  Returns false, with both absent, for other codes.
 */
extern bool cccd_shc_cvx(CccdSlice code, CccdSlice *disease,
						 CccdSlice *product);

/*
 * In shc_code_core.c: the kind of a test for COVID-19 by its LOINC code, a
 * constant; absent for other codes.
 */
extern CccdSlice cccd_shc_loinc(CccdSlice code);

/*
 * In shc_code_core.c: the result that a SNOMED CT code says, a constant;
 * absent for other codes.
 */
extern CccdSlice cccd_shc_result(CccdSlice code);

/* A stage fails, for the reason code. */
static inline void
cccd_shc_refuse(CccdShc *shc, CccdCheckStatus *status, int code)
{
	cccd_report_reason(&shc->report, code);
	*status = CCCD_STATUS_FAILED;
}

#endif							/* CCCD_SHC_CORE_H */
