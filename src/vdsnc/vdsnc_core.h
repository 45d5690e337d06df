/*
 * vdsnc_core.h
 *		A visible digital seal for non-constrained environments with a proof of
 *		vaccination or of testing: JSON that a barcode signer of a state signed
 *		(ICAO Doc 9303-13; Technical Report VDS-NC, 2021; Guidelines for
 *		travel-related public health proofs, 2021).
 *
 *	{ data: { hdr: { t, v, is }, msg: { ... } }, sig: { alg, cer, sigvl } }
 *
 * What is signed is the canonical form of data.  Reading says what a seal
 * says, stage by stage; whether to believe it is vdsnc_verify_core.h's matter.
 */
#ifndef CCCD_VDSNC_CORE_H
#define CCCD_VDSNC_CORE_H

#include "hcert/hcert_core.h"
#include "vdsnc/jcs_core.h"

/* Bytes of a text, nodes of its JSON. */
#define CCCD_VDSNC_TEXT_MAX		CCCD_HCERT_TEXT_MAX
#define CCCD_VDSNC_NODES		512

/* Events of one seal that are looked at. */
#define CCCD_VDSNC_EVENTS		CCCD_HCERT_ENTRIES

/* Characters of a name; a longer one is cut to this (Doc 9303-4 4.2.3). */
#define CCCD_VDSNC_NAME		39

/* The algorithms that a seal may name. */
typedef enum CccdVdsncAlgorithm
{
	CCCD_VDSNC_UNKNOWN,
	CCCD_VDSNC_ES256,
	CCCD_VDSNC_ES384,
	CCCD_VDSNC_ES512
} CccdVdsncAlgorithm;

/*
 * A dose or a test.  Disease, test and result are codes of the eHealth Network
 * for what the seal writes; absent ones have no bytes.
 */
typedef struct CccdVdsncEvent
{
	CccdSlice	disease;
	CccdSlice	product;		/* the name, or the word of it that is known */
	CccdSlice	test;
	CccdSlice	result;
	CccdSlice	country;		/* as it is written: three letters */
	int64_t		number;			/* of the dose; 0: not known */
	bool		has_time;
	int64_t		time;			/* microseconds since 2000-01-01 UTC */
} CccdVdsncEvent;

typedef struct CccdVdsnc
{
	/* one status a stage; the first that failed ends the reading */
	CccdCheckStatus json;
	CccdCheckStatus seal;		/* header and signature zone */
	CccdCheckStatus canonical;	/* data has a canonical form */
	CccdCheckStatus schema;		/* the message */
	CccdReport	report;

	const uint8_t *text;
	const CccdJsonNode *nodes;
	int			message;		/* node of msg, or CCCD_JSON_NONE */
	CccdBytes	data;			/* canonical; no bytes: there is none */
	const char *algorithm_name; /* a constant, or NULL */
	CccdVdsncAlgorithm algorithm;
	CccdBytes	certificate;	/* of the signer, DER */
	CccdBytes	signature;
	char		issuer[4];		/* state as in an MRZ, or empty */
	uint8_t		kinds;			/* CCCD_HCERT_VACCINATION or _TEST */
	int64_t		version;

	CccdSlice	identifier;		/* uvci or utci */
	CccdSlice	family;			/* the whole name where it has no parts */
	CccdSlice	given;
	bool		name_truncated; /* it may be longer than the seal says */
	CccdBirth	birth;
	CccdSlice	document;		/* number of the holder's passport, or absent */
	bool		has_reported;	/* when a test's report was issued */
	int64_t		reported;
	int			event_count;
	CccdVdsncEvent events[CCCD_VDSNC_EVENTS];
} CccdVdsnc;

/* Working memory of one reading: the caller keeps it off the stack. */
typedef struct CccdVdsncWork
{
	CccdJsonNode nodes[CCCD_VDSNC_NODES];
	uint8_t		canonical[CCCD_VDSNC_TEXT_MAX];
	uint8_t		certificate[CCCD_VDSNC_TEXT_MAX];
	uint8_t		signature[CCCD_VDSNC_TEXT_MAX];
	char		strings[2 * CCCD_VDSNC_TEXT_MAX];	/* without escapes */
	size_t		used;
} CccdVdsncWork;

/*
 * Read a scan of length bytes.  What it says points into the text and into
 * work, which must live as long as vdsnc is used. tolerant makes flags of
 * deviations that are reasons otherwise.  The first stage that fails ends the
 * reading; those after it are "not performed".
 */
extern void cccd_vdsnc_read(const char *text, size_t length, bool tolerant,
							CccdVdsncWork *work, CccdVdsnc *vdsnc);

/*
 * The stage "schema", in vdsnc_message_core.c: read the message of a seal
 * whose header was read.
 */
extern void cccd_vdsnc_read_message(bool tolerant, CccdVdsncWork *work,
									CccdVdsnc *vdsnc);

/*
 * The text of a member of an object, a node, without escapes and without
 * blanks around it.  Absent if there is none, it is not a string, or it is
 * nothing but blanks.
 */
extern CccdSlice cccd_vdsnc_text(const CccdVdsnc *vdsnc, CccdVdsncWork *work,
								 int object, const char *name);

/* A stage fails, for the reason code about a word, a constant, or NULL. */
static inline void
cccd_vdsnc_refuse(CccdVdsnc *vdsnc, CccdCheckStatus *status, int code,
				  const char *about)
{
	cccd_report_reason_about(&vdsnc->report, code, about);
	*status = CCCD_STATUS_FAILED;
}

#endif							/* CCCD_VDSNC_CORE_H */
