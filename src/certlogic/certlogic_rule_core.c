/*
 * certlogic_rule_core.c
 *		The envelope of a certificate rule.
 *
 * Source: the EU DCC validation rules' schema and the gateway's constraints
 * (dgca-businessrule-service, "Gateway constraints").  What a decision needs
 * must be there; the rest is asked for by strict reading only, because rules
 * in force do without: German ones have types and prefixes of their own.
 */
#include "certlogic/certlogic_rule_core.h"

#include <stdio.h>
#include <string.h>

/* The specification that the evaluator follows. */
static const CccdLogicVersion engine_known = {{1, 3, 3}};

#define HOURS_VALID	72
#define ENGLISH_MIN	20

typedef struct Reader
{
	const CccdLogicSource *source;
	const void *object;
	bool		strict;
	CccdLogicError *errors;
	size_t		room;
	size_t		count;
} Reader;

static void
complain(Reader *reader, CccdLogicStatus status, const char *name)
{
	if (reader->count < reader->room)
	{
		CccdLogicError *error = &reader->errors[reader->count];

		error->status = status;
		(void) snprintf(error->path, sizeof(error->path), "%s%s",
						*name ? "/" : "", name);
	}
	reader->count++;
}

/* A member of the rule; null where there is none. */
static CccdLogicValue
member(Reader *reader, const char *name)
{
	CccdLogicValue value;

	if (!reader->source->member(reader->object, name, strlen(name), &value))
		value.kind = CCCD_LOGIC_NULL;
	return value;
}

static bool
text_member(Reader *reader, const char *name, CccdLogicValue *value)
{
	*value = member(reader, name);
	if (value->kind == CCCD_LOGIC_STRING && value->length > 0)
		return true;
	complain(reader, CCCD_LOGIC_RULE_WANTS_TEXT, name);
	value->kind = CCCD_LOGIC_NULL;
	value->length = 0;
	return false;
}

static bool
text_is(const CccdLogicValue *value, const char *text)
{
	return value->kind == CCCD_LOGIC_STRING &&
		value->length == strlen(text) &&
		memcmp(value->u.text, text, value->length) == 0;
}

/* Numbers with dots between them; "1" and "1.0" are tolerated as 1.0.0. */
static bool
parse_version(const CccdLogicValue *value, bool strict,
			  CccdLogicVersion *version)
{
	int			part = 0;
	bool		digit = false;

	memset(version, 0, sizeof(*version));
	if (value->kind != CCCD_LOGIC_STRING)
		return false;
	for (uint32_t i = 0; i < value->length; i++)
	{
		char		c = value->u.text[i];

		if (c >= '0' && c <= '9')
		{
			if (version->part[part] > 99999999)
				return false;
			version->part[part] = version->part[part] * 10 + (c - '0');
			digit = true;
		}
		else if (c == '.' && digit && part < 2)
		{
			part++;
			digit = false;
		}
		else
			return false;
	}
	return digit && (!strict || part == 2);
}

static int
compare_versions(const CccdLogicVersion *a, const CccdLogicVersion *b)
{
	for (int i = 0; i < 3; i++)
		if (a->part[i] != b->part[i])
			return a->part[i] < b->part[i] ? -1 : 1;
	return 0;
}

static void
read_version(Reader *reader, const char *name, CccdLogicValue *text,
			 CccdLogicVersion *version)
{
	memset(version, 0, sizeof(*version));
	if (text_member(reader, name, text) &&
		!parse_version(text, reader->strict, version))
		complain(reader, CCCD_LOGIC_RULE_VERSION, name);
}

static bool
is_capital(char c)
{
	return c >= 'A' && c <= 'Z';
}

/* XX-CC-n... */
static bool
identifier_valid(const CccdLogicValue *identifier)
{
	static const char *const prefixes[] = {"GR", "TR", "VR", "RR", "IR"};
	const char *text = identifier->u.text;
	bool		known = false;

	if (identifier->length < 7 || text[2] != '-' || !is_capital(text[3]) ||
		!is_capital(text[4]) || text[5] != '-')
		return false;
	for (int i = 0; i < 5; i++)
		known |= memcmp(text, prefixes[i], 2) == 0;
	for (uint32_t i = 6; i < identifier->length; i++)
		known &= text[i] >= '0' && text[i] <= '9';
	return known;
}

static void
check_identifier(Reader *reader, const CccdLogicRule *rule)
{
	static const char letters[] = "GTVR";
	const char *text = rule->identifier.u.text;

	if (rule->identifier.kind != CCCD_LOGIC_STRING)
		return;
	if (!identifier_valid(&rule->identifier))
	{
		complain(reader, CCCD_LOGIC_RULE_IDENTIFIER, "Identifier");
		return;
	}
	if (rule->invalidation != (text[0] == 'I') ||
		(text[0] != 'I' && rule->certificate < CCCD_LOGIC_OTHER &&
		 text[0] != letters[rule->certificate]))
		complain(reader, CCCD_LOGIC_RULE_PREFIX, "Identifier");
	if (rule->country.kind == CCCD_LOGIC_STRING &&
		rule->country.length == 2 && memcmp(text + 3, rule->country.u.text, 2) != 0)
		complain(reader, CCCD_LOGIC_RULE_OTHER_COUNTRY, "Country");
}

static void
read_certificate(Reader *reader, CccdLogicRule *rule)
{
	static const char *const names[] = {
		"General", "Test", "Vaccination", "Recovery"
	};
	CccdLogicValue text;

	rule->certificate = CCCD_LOGIC_OTHER;
	if (!text_member(reader, "CertificateType", &text))
		return;
	for (int i = 0; i < CCCD_LOGIC_OTHER; i++)
		if (text_is(&text, names[i]))
			rule->certificate = (uint8_t) i;
	if (rule->certificate == CCCD_LOGIC_OTHER)
		complain(reader, CCCD_LOGIC_RULE_CERTIFICATE, "CertificateType");
}

static int64_t
read_time(Reader *reader, const char *name)
{
	CccdLogicValue text;
	int64_t		time = CCCD_LOGIC_NO_TIME;

	if (text_member(reader, name, &text) &&
		(!cccd_logic_time_parse(text.u.text, text.length, &time) ||
		 time == CCCD_LOGIC_NO_TIME))
	{
		complain(reader, CCCD_LOGIC_RULE_TIME, name);
		time = CCCD_LOGIC_NO_TIME;
	}
	return time;
}

static void
read_period(Reader *reader, CccdLogicRule *rule)
{
	rule->valid_from = read_time(reader, "ValidFrom");
	rule->valid_to = read_time(reader, "ValidTo");
	if (rule->valid_from == CCCD_LOGIC_NO_TIME ||
		rule->valid_to == CCCD_LOGIC_NO_TIME)
		return;
	if (rule->valid_to < rule->valid_from)
		complain(reader, CCCD_LOGIC_RULE_PERIOD, "ValidTo");
	else if (reader->strict && rule->valid_to - rule->valid_from <
			 HOURS_VALID * INT64_C(3600000))
		complain(reader, CCCD_LOGIC_RULE_SHORT_PERIOD, "ValidTo");
}

/* The description in a language; false where there is none. */
bool
cccd_logic_rule_description(const CccdLogicSource *source,
							const CccdLogicRule *rule, const char *language,
							size_t length, CccdLogicValue *text)
{
	CccdLogicValue item,
				name;

	if (rule->descriptions.kind != CCCD_LOGIC_ARRAY)
		return false;
	for (uint32_t i = 0; i < rule->descriptions.length; i++)
		if (source->item(rule->descriptions.u.source, i, &item) &&
			item.kind == CCCD_LOGIC_OBJECT &&
			source->member(item.u.source, "lang", 4, &name) &&
			name.kind == CCCD_LOGIC_STRING && name.length == length &&
			memcmp(name.u.text, language, length) == 0 &&
			source->member(item.u.source, "desc", 4, text) &&
			text->kind == CCCD_LOGIC_STRING)
			return true;
	return false;
}

static bool
texts_valid(Reader *reader, const CccdLogicValue *array)
{
	CccdLogicValue item;

	if (array->kind != CCCD_LOGIC_ARRAY)
		return false;
	for (uint32_t i = 0; i < array->length; i++)
		if (!reader->source->item(array->u.source, i, &item) ||
			item.kind != CCCD_LOGIC_STRING)
			return false;
	return true;
}

static bool
descriptions_valid(Reader *reader, const CccdLogicValue *array)
{
	CccdLogicValue item,
				text;

	if (array->kind != CCCD_LOGIC_ARRAY)
		return false;
	for (uint32_t i = 0; i < array->length; i++)
		if (!reader->source->item(array->u.source, i, &item) ||
			item.kind != CCCD_LOGIC_OBJECT ||
			!reader->source->member(item.u.source, "lang", 4, &text) ||
			text.kind != CCCD_LOGIC_STRING ||
			!reader->source->member(item.u.source, "desc", 4, &text) ||
			text.kind != CCCD_LOGIC_STRING)
			return false;
	return true;
}

/* Characters of UTF-8, or bytes. */
static uint32_t
text_length(const CccdLogicSource *source, const CccdLogicValue *text)
{
	uint32_t	count = 0;

	for (uint32_t i = 0; i < text->length; i++)
		count += !source->utf8 || (text->u.text[i] & 0xC0) != 0x80;
	return count;
}

static void
check_strictly(Reader *reader, const CccdLogicRule *rule)
{
	CccdLogicValue text;

	check_identifier(reader, rule);
	if (rule->type.kind == CCCD_LOGIC_STRING && !rule->invalidation &&
		!text_is(&rule->type, "Acceptance"))
		complain(reader, CCCD_LOGIC_RULE_TYPE, "Type");
	if (!descriptions_valid(reader, &rule->descriptions))
		complain(reader, CCCD_LOGIC_RULE_DESCRIPTION, "Description");
	else if (!cccd_logic_rule_description(reader->source, rule, "en", 2,
										  &text) ||
			 text_length(reader->source, &text) < ENGLISH_MIN)
		complain(reader, CCCD_LOGIC_RULE_ENGLISH, "Description");
	if (!texts_valid(reader, &rule->fields))
		complain(reader, CCCD_LOGIC_RULE_FIELDS, "AffectedFields");
	if (rule->logic.kind != CCCD_LOGIC_OBJECT)
		complain(reader, CCCD_LOGIC_RULE_LOGIC, "Logic");
}

static void
read_engine(Reader *reader, CccdLogicRule *rule)
{
	CccdLogicValue text;
	bool		certlogic = false;

	if (text_member(reader, "Engine", &text))
	{
		certlogic = text_is(&text, "CERTLOGIC");
		if (!certlogic && reader->strict)
			complain(reader, CCCD_LOGIC_RULE_ENGINE, "Engine");
	}
	read_version(reader, "EngineVersion", &text, &rule->engine_version);
	rule->engine = certlogic &&
		compare_versions(&rule->engine_version, &engine_known) <= 0;
}

static void
read_logic(Reader *reader, CccdLogicRule *rule)
{
	static const char prefix[] = "/Logic";
	const size_t prefix_length = sizeof(prefix) - 1;
	size_t		known = reader->count < reader->room ?
	reader->count : reader->room;
	size_t		found,
				stored;

	rule->logic = member(reader, "Logic");
	if (!rule->engine)
		return;
	found = cccd_logic_check(reader->source, &rule->logic, reader->strict,
							 reader->errors + known, reader->room - known,
							 &rule->size);
	stored = found < reader->room - known ? found : reader->room - known;
	for (size_t i = known; i < known + stored; i++)
	{
		char	   *path = reader->errors[i].path;

		memmove(path + prefix_length, path, strlen(path) + 1);
		memcpy(path, prefix, prefix_length);
	}
	reader->count += found;
}

size_t
cccd_logic_rule_read(const CccdLogicSource *source,
					 const CccdLogicValue *value, bool strict,
					 CccdLogicError *errors, size_t room, CccdLogicRule *rule)
{
	Reader		reader = {source, value->u.source, strict, errors, room, 0};
	CccdLogicValue text;
	size_t		found;

	memset(rule, 0, sizeof(*rule));
	if (value->kind != CCCD_LOGIC_OBJECT)
	{
		complain(&reader, CCCD_LOGIC_RULE_NOT_OBJECT, "");
		return reader.count;
	}
	text_member(&reader, "Identifier", &rule->identifier);
	if (text_member(&reader, "Type", &rule->type))
		rule->invalidation = text_is(&rule->type, "Invalidation");
	if (text_member(&reader, "Country", &rule->country) &&
		(rule->country.length != 2 || !is_capital(rule->country.u.text[0]) ||
		 !is_capital(rule->country.u.text[1])))
		complain(&reader, CCCD_LOGIC_RULE_COUNTRY, "Country");
	rule->region = member(&reader, "Region");
	if (rule->region.kind != CCCD_LOGIC_NULL &&
		rule->region.kind != CCCD_LOGIC_STRING)
		complain(&reader, CCCD_LOGIC_RULE_WANTS_TEXT, "Region");
	found = reader.count;
	read_version(&reader, "Version", &rule->version_text, &rule->version);
	rule->version_unknown = reader.count > found;
	read_version(&reader, "SchemaVersion", &text, &rule->schema_version);
	read_engine(&reader, rule);
	read_certificate(&reader, rule);
	read_period(&reader, rule);
	rule->descriptions = member(&reader, "Description");
	rule->fields = member(&reader, "AffectedFields");
	read_logic(&reader, rule);
	if (strict)
		check_strictly(&reader, rule);
	return reader.count;
}

int
cccd_logic_rule_compare(const CccdLogicRule *a, const CccdLogicRule *b)
{
	uint32_t	shorter = a->identifier.length < b->identifier.length ?
	a->identifier.length : b->identifier.length;
	int			order = shorter == 0 ? 0 :
	memcmp(a->identifier.u.text, b->identifier.u.text, shorter);

	if (order == 0 && a->identifier.length != b->identifier.length)
		order = a->identifier.length < b->identifier.length ? -1 : 1;
	return order != 0 ? order : compare_versions(&b->version, &a->version);
}

bool
cccd_logic_schema_covers(const CccdLogicRule *rule,
						 const CccdLogicValue *version)
{
	CccdLogicVersion certificate;

	return parse_version(version, false, &certificate) &&
		certificate.part[0] == rule->schema_version.part[0] &&
		compare_versions(&rule->schema_version, &certificate) <= 0;
}
