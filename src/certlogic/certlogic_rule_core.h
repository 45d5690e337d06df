/*
 * certlogic_rule_core.h
 *		Certificate rules: CertLogic in the envelope of the EU gateway, and
 *		what a set of them says of a certificate.
 */
#ifndef CCCD_CERTLOGIC_RULE_CORE_H
#define CCCD_CERTLOGIC_RULE_CORE_H

#include "certlogic/certlogic_core.h"
#include "certlogic/certlogic_time_core.h"

typedef enum CccdLogicCertificate
{
	CCCD_LOGIC_GENERAL,
	CCCD_LOGIC_TEST,
	CCCD_LOGIC_VACCINATION,
	CCCD_LOGIC_RECOVERY,
	CCCD_LOGIC_OTHER
} CccdLogicCertificate;

/* Major, minor, patch. */
typedef struct CccdLogicVersion
{
	uint32_t	part[3];
} CccdLogicVersion;

/* Texts point into the source; an absent one is CCCD_LOGIC_NULL. */
typedef struct CccdLogicRule
{
	CccdLogicValue identifier;
	CccdLogicValue type;
	CccdLogicValue country;
	CccdLogicValue region;
	CccdLogicValue version_text;
	CccdLogicValue logic;
	CccdLogicValue descriptions;
	CccdLogicValue fields;
	CccdLogicVersion version;
	CccdLogicVersion engine_version;
	CccdLogicVersion schema_version;
	bool		engine;			/* CERTLOGIC of a version that is known here */
	bool		version_unknown;	/* neither hides another nor is hidden */
	bool		invalidation;
	uint8_t		certificate;	/* CccdLogicCertificate */
	int64_t		valid_from;		/* milliseconds, both included */
	int64_t		valid_to;
	CccdLogicSize size;			/* of the logic */
	CccdLogicProgram *program;	/* the caller's to compile, if engine */
	const CccdLogicError *fault;	/* the caller's: what reading found; such
									 * a rule is open where it may be meant */
} CccdLogicRule;

/*
 * Read a rule; returns how many errors were found, as cccd_logic_check().
 * Strict: also what the gateway demands of rules that are uploaded.  The logic
 * of another engine is not looked at.
 */
extern size_t cccd_logic_rule_read(const CccdLogicSource *source,
								   const CccdLogicValue *value, bool strict,
								   CccdLogicError *errors, size_t room,
								   CccdLogicRule *rule);

/* The description in a language; false: there is none. */
extern bool cccd_logic_rule_description(const CccdLogicSource *source,
										const CccdLogicRule *rule,
										const char *language, size_t length,
										CccdLogicValue *text);

/*
 * Whether a rule can judge certificates of a version of the schema: of the
 * same major version, and not older than the rule's.
 */
extern bool cccd_logic_schema_covers(const CccdLogicRule *rule,
									 const CccdLogicValue *version);

/* By identifier, the highest version first: the order that decide() wants. */
extern int	cccd_logic_rule_compare(const CccdLogicRule *a,
									const CccdLogicRule *b);

/* Who travels where with what.  Absent texts are CCCD_LOGIC_NULL. */
typedef struct CccdLogicCase
{
	CccdLogicValue certificate; /* the content, an object */
	CccdLogicValue country;		/* of arrival, two letters */
	CccdLogicValue region;
	CccdLogicValue issuer;		/* country of the signer, two letters */
	CccdLogicValue kid;
	CccdLogicValue value_sets;
	int64_t		clock;
	int64_t		issued;			/* CCCD_LOGIC_NO_TIME: not known */
	int64_t		expires;
	const CccdLogicValue *types;	/* of rules that count */
	uint32_t	type_count;
} CccdLogicCase;

typedef enum CccdLogicOutcome
{
	CCCD_LOGIC_NOT_ASKED,
	CCCD_LOGIC_PASSED,
	CCCD_LOGIC_FAILED,
	CCCD_LOGIC_OPEN
} CccdLogicOutcome;

/* Why a rule is open. */
typedef enum CccdLogicReason
{
	CCCD_LOGIC_NO_REASON,
	CCCD_LOGIC_ENGINE_UNKNOWN,
	CCCD_LOGIC_SCHEMA_UNKNOWN,
	CCCD_LOGIC_ISSUER_UNKNOWN,
	CCCD_LOGIC_EVALUATION,		/* see fault */
	CCCD_LOGIC_NOT_BOOLEAN,
	CCCD_LOGIC_RULE_INVALID		/* see the rule's fault */
} CccdLogicReason;

typedef struct CccdLogicAnswer
{
	CccdLogicOutcome outcome;
	CccdLogicReason reason;
	CccdLogicFault fault;
} CccdLogicAnswer;

/*
 * Decide: answers[i] is for rules[i].  Of one identifier the highest version is
 * asked, and all of it if it stands there several times.  Failed if a rule fails; passed if all
 * pass, one that accepts among them; open else.  false: a limit was hit by
 * rules[*limited].
 */
extern bool cccd_logic_decide(const CccdLogicSource *source,
							  CccdLogicRule *rules, uint32_t count,
							  const CccdLogicCase *question,
							  CccdLogicAllocate allocate,
							  CccdLogicAnswer *answers,
							  CccdLogicOutcome *outcome,
							  uint32_t *limited);

/* The SQL name of an outcome, a constant. */
extern const char *cccd_logic_outcome_name(CccdLogicOutcome outcome);

/* The SQL name of a reason, a constant, or NULL for CCCD_LOGIC_NO_REASON. */
extern const char *cccd_logic_reason_name(CccdLogicReason reason);

#endif							/* CCCD_CERTLOGIC_RULE_CORE_H */
