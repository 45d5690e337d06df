/*
 * certlogic_decide_core.c
 *		What a set of certificate rules says of a certificate.
 *
 * Rules of the country of arrival and invalidation rules of the country that
 * issued, for this kind of certificate, valid at the clock, of each identifier
 * the highest version: as the official Android engine selects them.  What
 * cannot be judged is open.  Unlike there, nothing passes without a rule that
 * accepts it: that a certificate is not revoked does not let it in.
 */
#include "certlogic/certlogic_rule_core.h"

#include <string.h>

typedef struct Question
{
	const CccdLogicSource *source;
	const CccdLogicCase *given;
	CccdLogicValue version;		/* of the certificate's schema */
	bool		kinds[CCCD_LOGIC_OTHER];
	CccdLogicMember external[8];
	CccdLogicMember data[2];
	CccdLogicValue root;
	char		times[3][CCCD_LOGIC_TIME_SIZE];
} Question;

static CccdLogicValue
text_value(const char *text, size_t length)
{
	CccdLogicValue value = {.kind = CCCD_LOGIC_STRING};

	value.length = (uint32_t) length;
	value.u.text = text;
	return value;
}

static CccdLogicValue
time_value(int64_t time, char *buffer)
{
	CccdLogicValue absent = {.kind = CCCD_LOGIC_NULL};

	if (time == CCCD_LOGIC_NO_TIME)
		return absent;
	return text_value(buffer, cccd_logic_time_format(time, buffer));
}

/* Entries of a kind: v, t, r. */
static bool
has_entries(const Question *question, const char *name)
{
	CccdLogicValue value;

	return question->given->certificate.kind == CCCD_LOGIC_OBJECT &&
		question->source->member(question->given->certificate.u.source, name,
								 1, &value) &&
		value.kind == CCCD_LOGIC_ARRAY && value.length > 0;
}

/* {"payload": ..., "external": ...}; what is not known is not there. */
static void
make_data(Question *question)
{
	const CccdLogicCase *given = question->given;
	struct
	{
		const char *key;
		CccdLogicValue value;
	}			parts[] = {
		{"validationClock", time_value(given->clock, question->times[0])},
		{"valueSets", given->value_sets},
		{"countryCode", given->country},
		{"issuerCountryCode", given->issuer},
		{"iat", time_value(given->issued, question->times[1])},
		{"exp", time_value(given->expires, question->times[2])},
		{"kid", given->kid},
		{"region", given->region}
	};
	uint32_t	count = 0;

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		if (parts[i].value.kind != CCCD_LOGIC_NULL)
			question->external[count++] = (CccdLogicMember)
		{
			parts[i].key, (uint32_t) strlen(parts[i].key), parts[i].value
		};
	question->data[0] = (CccdLogicMember)
	{
		"payload", 7, given->certificate
	};
	question->data[1].key = "external";
	question->data[1].length = 8;
	question->data[1].value.kind = CCCD_LOGIC_RECORD;
	question->data[1].value.length = count;
	question->data[1].value.u.members = question->external;
	question->root.kind = CCCD_LOGIC_RECORD;
	question->root.length = 2;
	question->root.u.members = question->data;
}

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c;
}

/* Alike in ASCII's letters; null is as good as empty. */
static bool
texts_alike(const CccdLogicValue *a, const CccdLogicValue *b)
{
	uint32_t	a_length = a->kind == CCCD_LOGIC_STRING ? a->length : 0;
	uint32_t	b_length = b->kind == CCCD_LOGIC_STRING ? b->length : 0;

	if (a_length != b_length)
		return false;
	for (uint32_t i = 0; i < a_length; i++)
		if (lower(a->u.text[i]) != lower(b->u.text[i]))
			return false;
	return true;
}

/* A rule whose type cannot be read may be of any. */
static bool
type_counts(const CccdLogicCase *given, const CccdLogicRule *rule)
{
	if (rule->type.kind == CCCD_LOGIC_NULL)
		return true;
	for (uint32_t i = 0; i < given->type_count; i++)
		if (texts_alike(&given->types[i], &rule->type))
			return true;
	return false;
}

/* An end that cannot be read does not end anything. */
static bool
in_force(const CccdLogicRule *rule, int64_t clock)
{
	return (rule->valid_from == CCCD_LOGIC_NO_TIME ||
			clock >= rule->valid_from) &&
		(rule->valid_to == CCCD_LOGIC_NO_TIME || clock <= rule->valid_to);
}

/* Whether a rule is meant; what of it cannot be read may mean this case. */
static bool
is_asked(const Question *question, const CccdLogicRule *rule)
{
	const CccdLogicCase *given = question->given;

	if (!in_force(rule, given->clock) || !type_counts(given, rule) ||
		(rule->certificate != CCCD_LOGIC_GENERAL &&
		 rule->certificate != CCCD_LOGIC_OTHER &&
		 !question->kinds[rule->certificate]))
		return false;
	if (rule->country.kind == CCCD_LOGIC_NULL)
		return true;
	/* an invalidation may be meant wherever the issuer is not known */
	if (rule->invalidation)
		return given->issuer.kind == CCCD_LOGIC_NULL ||
			texts_alike(&rule->country, &given->issuer);
	return texts_alike(&rule->country, &given->country) &&
		texts_alike(&rule->region, &given->region);
}

static CccdLogicOutcome
open_because(CccdLogicAnswer *answer, CccdLogicReason reason)
{
	answer->reason = reason;
	return CCCD_LOGIC_OPEN;
}

static CccdLogicOutcome
ask(const Question *question, CccdLogicRule *rule,
	CccdLogicAllocate allocate, CccdLogicBudget *budget,
	CccdLogicAnswer *answer)
{
	CccdLogicValue result;

	if (rule->fault != NULL)
		return open_because(answer, CCCD_LOGIC_RULE_INVALID);
	if (!rule->engine)
		return open_because(answer, CCCD_LOGIC_ENGINE_UNKNOWN);
	if (!cccd_logic_schema_covers(rule, &question->version))
		return open_because(answer, CCCD_LOGIC_SCHEMA_UNKNOWN);
	if (rule->invalidation && question->given->issuer.kind == CCCD_LOGIC_NULL)
		return open_because(answer, CCCD_LOGIC_ISSUER_UNKNOWN);
	if (!cccd_logic_run(rule->program, question->source, &question->root,
						allocate, budget, &result, &answer->fault))
		return open_because(answer, CCCD_LOGIC_EVALUATION);
	if (result.kind != CCCD_LOGIC_BOOL)
		return open_because(answer, CCCD_LOGIC_NOT_BOOLEAN);
	return result.truth ? CCCD_LOGIC_PASSED : CCCD_LOGIC_FAILED;
}

static bool
same_identifier(const CccdLogicRule *a, const CccdLogicRule *b)
{
	return a->identifier.length == b->identifier.length &&
		(a->identifier.length == 0 ||
		 memcmp(a->identifier.u.text, b->identifier.u.text,
				a->identifier.length) == 0);
}

/* Whether a rule is an older version of the last one that was asked. */
static bool
is_older(const CccdLogicRule *last, const CccdLogicRule *rule)
{
	return last != NULL && !rule->version_unknown &&
		same_identifier(last, rule) &&
		memcmp(&last->version, &rule->version, sizeof(rule->version)) != 0;
}

bool
cccd_logic_decide(const CccdLogicSource *source, CccdLogicRule *rules,
				  uint32_t count, const CccdLogicCase *given,
				  CccdLogicAllocate allocate, CccdLogicAnswer *answers,
				  CccdLogicOutcome *outcome, uint32_t *limited)
{
	Question	question;
	const CccdLogicRule *last = NULL;
	uint32_t	found[CCCD_LOGIC_OPEN + 1] = {0};
	CccdLogicBudget budget = CCCD_LOGIC_BUDGET;
	bool		accepted = false;

	memset(&question, 0, sizeof(question));
	question.source = source;
	question.given = given;
	question.kinds[CCCD_LOGIC_TEST] = has_entries(&question, "t");
	question.kinds[CCCD_LOGIC_VACCINATION] = has_entries(&question, "v");
	question.kinds[CCCD_LOGIC_RECOVERY] = has_entries(&question, "r");
	if (given->certificate.kind != CCCD_LOGIC_OBJECT ||
		!source->member(given->certificate.u.source, "ver", 3,
						&question.version))
		question.version.kind = CCCD_LOGIC_NULL;
	make_data(&question);

	for (uint32_t i = 0; i < count; i++)
	{
		answers[i].outcome = CCCD_LOGIC_NOT_ASKED;
		answers[i].reason = CCCD_LOGIC_NO_REASON;
		if (is_older(last, &rules[i]) || !is_asked(&question, &rules[i]))
			continue;
		if (!rules[i].version_unknown && rules[i].identifier.length > 0)
			last = &rules[i];
		answers[i].outcome = ask(&question, &rules[i], allocate, &budget,
								 &answers[i]);
		found[answers[i].outcome]++;
		accepted |= answers[i].outcome == CCCD_LOGIC_PASSED &&
			!rules[i].invalidation;
		if (answers[i].reason == CCCD_LOGIC_EVALUATION &&
			CCCD_LOGIC_IS_LIMIT(answers[i].fault.status))
		{
			*limited = i;
			return false;
		}
	}
	if (found[CCCD_LOGIC_FAILED] > 0)
		*outcome = CCCD_LOGIC_FAILED;
	else if (accepted && found[CCCD_LOGIC_OPEN] == 0)
		*outcome = CCCD_LOGIC_PASSED;
	else
		*outcome = CCCD_LOGIC_OPEN;
	return true;
}

const char *
cccd_logic_outcome_name(CccdLogicOutcome outcome)
{
	static const char *const names[] = {"not asked", "pass", "fail", "open"};

	return names[outcome];
}

const char *
cccd_logic_reason_name(CccdLogicReason reason)
{
	static const char *const names[] = {
		NULL, "engine_unknown", "schema_unknown", "issuer_unknown",
		"evaluation", "not_boolean", "rule_invalid"
	};

	return names[reason];
}
