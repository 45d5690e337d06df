/*
 * word_core.h
 *		Words that people and systems write for a disease, a product, a kind
 *		of test, a result, a sex, a document and its status, yes and no.
 *
 * A hospital exports "AstraZeneca", "test nhanh" and "âm tính", a laboratory
 * LOINC and SNOMED codes.  The lists of code_core.h have one name for each
 * thing; the dictionary here leads to it.  Every reader of foreign words asks
 * it: loaders, the desk, certificates and cccd_health_add alike.
 *
 * Words compare without case, marks, spaces and signs.  A text may have
 * several words ("Comirnaty (Pfizer-BioNTech)"): all of them must be known and
 * mean the same, so that a word that is not understood is never passed over.
 */
#ifndef CCCD_WORD_CORE_H
#define CCCD_WORD_CORE_H

#include "health/code_core.h"

/* The first four are words for the names of a list of code_core.h. */
typedef enum CccdWordKind
{
	CCCD_WORDS_DISEASE = CCCD_CODES_DISEASE,
	CCCD_WORDS_PRODUCT = CCCD_CODES_PRODUCT,
	CCCD_WORDS_TEST = CCCD_CODES_TEST,
	CCCD_WORDS_RESULT = CCCD_CODES_RESULT,
	CCCD_WORDS_SEX,				/* CccdWordSex */
	CCCD_WORDS_DOCUMENT,		/* CccdWordDocument */
	CCCD_WORDS_STATUS,			/* CccdWordStatus, of a document */
	CCCD_WORDS_ANSWER			/* CccdWordAnswer */
} CccdWordKind;

#define CCCD_WORD_KINDS		(CCCD_WORDS_ANSWER + 1)

typedef enum CccdWordSex
{
	CCCD_WORD_MALE = 1,
	CCCD_WORD_FEMALE = 2
} CccdWordSex;

typedef enum CccdWordDocument
{
	CCCD_WORD_CHIP = 1,			/* the card with a chip, old or new */
	CCCD_WORD_OLD_ID,			/* the card of 9 digits */
	CCCD_WORD_PASSPORT,
	CCCD_WORD_RESIDENCE,		/* card of a foreigner who lives here */
	CCCD_WORD_BIRTH,			/* birth certificate */
	CCCD_WORD_OTHER
} CccdWordDocument;

typedef enum CccdWordStatus
{
	CCCD_WORD_VALID = 1,
	CCCD_WORD_LOST,
	CCCD_WORD_REVOKED,
	CCCD_WORD_REPLACED
} CccdWordStatus;

typedef enum CccdWordAnswer
{
	CCCD_WORD_YES = 1,
	CCCD_WORD_NO
} CccdWordAnswer;

#define CCCD_WORD_UNKNOWN	0	/* says that it is not known which, or names a
								 * group: "không rõ", an ATC class */
#define CCCD_WORD_NONE		(-1)	/* not in the dictionary */

/* Limits of a text that is looked up; a longer one is not in the dictionary. */
#define CCCD_WORD_MAX		200 /* bytes */
#define CCCD_WORD_PARTS_MAX 16	/* words */

/* An entry of the dictionary. */
typedef struct CccdWord
{
	uint8_t		kind;			/* CccdWordKind */
	uint8_t		flags;
	uint16_t	code;			/* of the kind's list; CCCD_WORD_UNKNOWN */
	uint8_t		length;			/* of the key */
	const char *key;			/* capital letters and digits, no spaces */
} CccdWord;

#define CCCD_WORD_NOISE		1	/* says nothing: "vaccine", "kết quả" */
#define CCCD_WORD_WEAK		2	/* counts where no other word says more */

/*
 * The code that a text of len bytes of UTF-8 means: a name of the kind's list
 * (cccd_code_find, #NNN included) or words of the dictionary.  A result is a
 * CccdResult, of which 0 is a value and not CCCD_WORD_UNKNOWN.  Returns
 * CCCD_WORD_NONE for text that is not understood, contradicts itself, is longer
 * than the limits or empty.
 */
extern int	cccd_word_find(CccdWordKind kind, const char *text, size_t len);

/*
 * The i-th entry of the dictionary, from 0, in the order of their kinds; NULL
 * past the end.
 */
extern const CccdWord *cccd_word_entry(int i);

/* The first entry of a kind; every kind has entries. */
extern int	cccd_word_first(CccdWordKind kind);

#endif							/* CCCD_WORD_CORE_H */
