/*
 * context_core.h
 *		What the caller of a rule knows beyond the health record, in 8 bytes.
 *
 * Every part may be unknown, which is 0; the value 0 is "nothing known".
 * From the lowest bit:
 *
 *		2	ticket			0 unknown, 1 no, 2 yes
 *		2	accompanied		0 unknown, 1 no, 2 yes
 *		3	evidence		0 unknown, else CccdEvidence
 *		3	level			epidemic level of the place, 1-4
 *		3	origin level	epidemic level where the person comes from, 1-4
 *		2	sex				0 unknown, 1 male, 2 female
 *		10	place			1-999, the first digits of an identity number
 *		17	birth date		days since 1799-12-31
 *		22	zero
 */
#ifndef CCCD_CONTEXT_CORE_H
#define CCCD_CONTEXT_CORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "rule/rule_core.h"

#define CCCD_CONTEXT_UNKNOWN	0
#define CCCD_CONTEXT_NO			1
#define CCCD_CONTEXT_YES		2

typedef struct CccdContext
{
	uint8_t		ticket;			/* CCCD_CONTEXT_* */
	uint8_t		accompanied;	/* CCCD_CONTEXT_* */
	uint8_t		evidence;		/* CccdEvidence */
	uint8_t		level;			/* 1-4, 0 unknown */
	uint8_t		origin_level;	/* 1-4, 0 unknown */
	uint8_t		sex;			/* CCCD_SEX_*, 0 unknown */
	uint16_t	place;			/* 1-999, 0 unknown */
	bool		has_birth_date;
	int32_t		birth_date;		/* days since 2000-01-01 */
} CccdContext;

/* Dates of birth that a context can hold, for messages. */
#define CCCD_CONTEXT_BIRTH_RANGE	"1800-01-01 to 2158-11-10"

/*
 * Pack the parts into eight bytes; context itself need not be canonical in
 * what it does not know.  False if a part is out of its range (a birth date:
 * CCCD_CONTEXT_BIRTH_RANGE); *packed is undefined then.
 */
extern bool cccd_context_pack(const CccdContext *context, uint64_t *packed);

/*
 * Take eight bytes apart.  False if they are not what cccd_context_pack()
 * makes; *context is undefined then.
 */
extern bool cccd_context_unpack(uint64_t packed, CccdContext *context);

/*
 * What the first context knows, and of parts that it does not know what the
 * second does.  Both are such as cccd_context_unpack() accepts.
 */
extern uint64_t cccd_context_join_packed(uint64_t first, uint64_t second);

/*
 * Text form: name=value, ... in a fixed order, unknown parts left out:
 *
 *		ticket=yes, accompanied=no, evidence=paper, level=2, origin_level=4,
 *		person=ewjlra
 *
 * person is sex, place and birth date in one, as six letters and digits of
 * RFC 4648's base 32.  The server writes constants of a plan with this text
 * into logs, where nobody should read whose age a rule was asked about; the
 * text must give the value back, so it hides them from the eye only.  Whoever
 * has the text can open it as cccd_context_fields() does.
 *
 * Input takes any order, any case and any spacing, and instead of person also
 * sex=F, place=79 and birth_date=1990-01-31.
 */
#define CCCD_CONTEXT_PERSON_SIZE	6
#define CCCD_CONTEXT_TEXT_SIZE		160
#define CCCD_CONTEXT_MAX_TEXT		1024	/* of input, spaces and all */

typedef struct CccdContextError
{
	size_t		position;		/* byte offset in the text */
	const char *expected;		/* what would have fitted */
} CccdContextError;

/*
 * Read the text form in "length" bytes, which need no final zero byte; at most
 * CCCD_CONTEXT_MAX_TEXT.  False if it is not a context: *error then says where
 * and what would have fitted (a static string), and *packed is undefined.
 */
extern bool cccd_context_parse(const char *text, size_t length,
							   uint64_t *packed, CccdContextError *error);

/*
 * Write the canonical text of a context that cccd_context_unpack() accepts and
 * a final zero byte; out has room for CCCD_CONTEXT_TEXT_SIZE.  Returns the
 * length without the zero byte.
 */
extern size_t cccd_context_format(uint64_t packed, char *out);

/* CCCD_CONTEXT_YES for yes or true in any case, _NO for no or false, else -1. */
extern int	cccd_context_find_answer(const char *word, size_t length);

/* CCCD_SEX_MALE for M or male in any case, _FEMALE for F or female, else -1. */
extern int	cccd_context_find_sex(const char *word, size_t length);

#endif							/* CCCD_CONTEXT_CORE_H */
