/*
 * hcert_schema_core.c
 *		What a certificate holds, against the JSON schema of its version (eHealth
 *		Network, EU DCC schema 1.0.0 to 1.3.3).
 *
 * A tolerant reader lets pass what issuers were seen to write and what changes
 * nothing of what a certificate proves; the fields that a fact is made of must
 * be right in any case.
 */
#include "hcert/hcert_core.h"

#include <string.h>

#include "base/calendar_core.h"
#include "hcert/hcert_moment_core.h"

/* Longest texts, in characters: 50 up to schema 1.2, 80 from 1.3 on. */
#define TEXT_OLD		50
#define TEXT_NEW		80
#define DOSE_OLD		9

/* Years of birth that the schema allows. */
#define BIRTH_FIRST		1900
#define BIRTH_LAST		2099

/* Keys of an entry that are looked at: as many as a map can have. */
#define ENTRY_KEYS		64

typedef enum FieldType
{
	FIELD_CODE,					/* a text of any length */
	FIELD_TEXT,					/* a text of limited length */
	FIELD_COUNTRY,
	FIELD_DOSE,
	FIELD_DATE,
	FIELD_DATE_TIME
} FieldType;

#define REQUIRED		1
#define REQUIRED_OLD	2		/* before schema 1.3 */
#define FACT			4		/* a fact is made of it */

/* "name" with its group: what a finding is about. */
typedef struct Field
{
	const char *name;
	FieldType	type;
	int			flags;
} Field;

static const Field vaccination[] = {
	{"v.tg", FIELD_CODE, REQUIRED | FACT}, {"v.vp", FIELD_CODE, REQUIRED},
	{"v.mp", FIELD_CODE, REQUIRED}, {"v.ma", FIELD_CODE, REQUIRED},
	{"v.dn", FIELD_DOSE, REQUIRED | FACT},
	{"v.sd", FIELD_DOSE, REQUIRED | FACT},
	{"v.dt", FIELD_DATE, REQUIRED | FACT}, {"v.co", FIELD_COUNTRY, REQUIRED},
	{"v.is", FIELD_TEXT, REQUIRED}, {"v.ci", FIELD_TEXT, REQUIRED}
};

static const Field test[] = {
	{"t.tg", FIELD_CODE, REQUIRED | FACT},
	{"t.tt", FIELD_CODE, REQUIRED | FACT}, {"t.nm", FIELD_TEXT, 0},
	{"t.ma", FIELD_CODE, 0}, {"t.sc", FIELD_DATE_TIME, REQUIRED | FACT},
	{"t.dr", FIELD_DATE_TIME, 0}, {"t.tr", FIELD_CODE, REQUIRED | FACT},
	{"t.tc", FIELD_TEXT, REQUIRED_OLD}, {"t.co", FIELD_COUNTRY, REQUIRED},
	{"t.is", FIELD_TEXT, REQUIRED}, {"t.ci", FIELD_TEXT, REQUIRED}
};

static const Field recovery[] = {
	{"r.tg", FIELD_CODE, REQUIRED | FACT},
	{"r.fr", FIELD_DATE, REQUIRED | FACT}, {"r.co", FIELD_COUNTRY, REQUIRED},
	{"r.is", FIELD_TEXT, REQUIRED}, {"r.df", FIELD_DATE, REQUIRED},
	{"r.du", FIELD_DATE, REQUIRED}, {"r.ci", FIELD_TEXT, REQUIRED}
};

#define FIELDS(table)	(table), sizeof(table) / sizeof((table)[0])

static const struct
{
	uint8_t		kind;
	const char *key;
	const Field *fields;
	size_t		field_count;
}			groups[] = {
	{CCCD_HCERT_VACCINATION, "v", FIELDS(vaccination)},
	{CCCD_HCERT_TEST, "t", FIELDS(test)},
	{CCCD_HCERT_RECOVERY, "r", FIELDS(recovery)}
};

#define GROUPS	(sizeof(groups) / sizeof(groups[0]))

typedef struct SchemaChecker
{
	CccdHcert  *hcert;
	CccdCbor   *cbor;
	bool		tolerant;
	bool		one_entry;		/* 1.3.0 on: one kind, one entry */
	bool		any_birth;		/* 1.1.0 on: the date may be incomplete */
	bool		either_name;	/* 1.3.2 on: one standard name is enough */
	uint32_t	text_max;
	int64_t		dose_max;
} SchemaChecker;

/* A deviation from the schema; "fatal" ones are never tolerated. */
static void
deviate(SchemaChecker *c, bool fatal, int code, const char *about)
{
	if (c->tolerant && !fatal)
		cccd_report_flag_about(&c->hcert->report, code, about);
	else
	{
		cccd_report_reason_about(&c->hcert->report, code, about);
		c->hcert->schema = CCCD_STATUS_FAILED;
	}
}

/* "1.3.0"; what the schemas of this version demand. */
static void
read_version(SchemaChecker *c, int content)
{
	static const CccdSlice latest = {"1.3.3", 5};
	CccdSlice	version = cccd_hcert_text(c->hcert, content, "ver");
	int			part[3] = {0, 0, 0};
	int			k = 0;
	size_t		i;
	bool		digit = false;

	if (version.ptr == NULL)
	{
		deviate(c, true, CCCD_FINDING_schema_required, "ver");
		/* what else is wrong, the last schema says */
		version = latest;
	}
	for (i = 0; i < version.len; i++)
	{
		char		ch = version.ptr[i];

		if (ch == '.' && digit && k < 2)
		{
			k++;
			digit = false;
		}
		else if (ch >= '0' && ch <= '9' && part[k] < 1000)
		{
			part[k] = part[k] * 10 + (ch - '0');
			digit = true;
		}
		else
			break;
	}
	if (i < version.len || k < 2 || !digit)
		deviate(c, false, CCCD_FINDING_schema_pattern, "ver");
	if (part[0] != 1)
		deviate(c, true, CCCD_FINDING_schema_version, NULL);
	c->any_birth = part[1] >= 1;
	c->one_entry = part[1] >= 3;
	c->either_name = part[1] > 3 || (part[1] == 3 && part[2] >= 2);
	c->text_max = part[1] >= 3 ? TEXT_NEW : TEXT_OLD;
	c->dose_max = part[1] >= 3 ? INT64_MAX : DOSE_OLD;
}

/* Whether valid UTF-8 has more than so many characters. */
static bool
is_longer(CccdBytes text, uint32_t most)
{
	uint32_t	count = 0;

	/* a character has a byte at least */
	if (text.length <= most)
		return false;
	for (size_t k = 0; k < text.length; k++)
		count += (text.data[k] & 0xC0) != 0x80;
	return count > most;
}

/* The text of a node; another type is a deviation, and false. */
static bool
want_text(SchemaChecker *c, int node, bool fatal, const char *about,
		  CccdBytes *text)
{
	CccdSlice	trimmed;

	if (!cccd_cbor_is(c->cbor, node, CCCD_CBOR_TEXT))
	{
		deviate(c, fatal, CCCD_FINDING_schema_type, about);
		return false;
	}
	*text = cccd_cbor_bytes(c->cbor, node);
	trimmed = cccd_clean_trim((const char *) text->data, text->length);
	if (trimmed.len != text->length)
	{
		/* no schema forbids them; they are left out where texts are used */
		cccd_report_flag_about(&c->hcert->report,
							   CCCD_FINDING_schema_blanks, about);
		text->data = (const uint8_t *) trimmed.ptr;
		text->length = trimmed.len;
	}
	return true;
}

/*
 * The person's name: lengths and letters of its four parts, of which the
 * standard (transliterated) ones are required.
 */
static void
check_name(SchemaChecker *c, int content)
{
	enum
	{
		FNT = 2, GNT = 3
	};
	static const struct
	{
		const char *key;
		const char *about;
		bool		standard;
	}			parts[] = {
		{"fn", "nam.fn", false}, {"gn", "nam.gn", false},
		{"fnt", "nam.fnt", true}, {"gnt", "nam.gnt", true}
	};
	int			name = cccd_cbor_untag(c->cbor,
									   cccd_cbor_find_text(c->cbor, content,
														   "nam"));
	bool		has_fnt = false;
	bool		has_gnt = false;

	if (!cccd_cbor_is(c->cbor, name, CCCD_CBOR_MAP))
	{
		deviate(c, true, name == CCCD_CBOR_NONE ?
				CCCD_FINDING_schema_required : CCCD_FINDING_schema_type,
				"nam");
		return;
	}
	for (size_t k = 0; k < 4; k++)
	{
		int			node = cccd_cbor_find_text(c->cbor, name, parts[k].key);
		CccdBytes	text;

		if (node == CCCD_CBOR_NONE)
			continue;
		has_fnt = has_fnt || k == FNT;
		has_gnt = has_gnt || k == GNT;
		if (!want_text(c, node, false, parts[k].about, &text))
			continue;
		if (is_longer(text, c->text_max))
			deviate(c, false, CCCD_FINDING_schema_length, parts[k].about);
		for (size_t i = 0; parts[k].standard && i < text.length; i++)
		{
			if (text.data[i] != '<' &&
				(text.data[i] < 'A' || text.data[i] > 'Z'))
			{
				deviate(c, false, CCCD_FINDING_schema_pattern,
						parts[k].about);
				break;
			}
		}
	}
	if (!has_fnt && !(c->either_name && has_gnt))
		deviate(c, false, CCCD_FINDING_schema_required, "nam.fnt");
}

static void
check_birth(SchemaChecker *c, int content)
{
	int			node = cccd_cbor_untag(c->cbor,
									   cccd_cbor_find_text(c->cbor, content,
														   "dob"));
	CccdBytes	text;
	CccdBirthForm form;

	if (node == CCCD_CBOR_NONE)
	{
		deviate(c, false, CCCD_FINDING_schema_required, "dob");
		return;
	}
	if (!want_text(c, node, false, "dob", &text))
		return;
	form = cccd_birth_parse((const char *) text.data, text.length,
							&c->hcert->birth);
	if (form == CCCD_BIRTH_EMPTY)
	{
		if (!c->one_entry)
			deviate(c, false, CCCD_FINDING_schema_date, "dob");
	}
	else if (form == CCCD_BIRTH_INVALID ||
			 (form != CCCD_BIRTH_DAY && !c->any_birth) ||
			 !cccd_birth_in_years(&c->hcert->birth, BIRTH_FIRST, BIRTH_LAST))
		deviate(c, false, CCCD_FINDING_schema_date, "dob");
	if (form != CCCD_BIRTH_DAY)
		cccd_report_flag_about(&c->hcert->report,
							   CCCD_FINDING_date_incomplete, "dob");
}

/* Check one field that is there against its type. */
static void
check_field(SchemaChecker *c, const Field *field, int node)
{
	bool		fatal = (field->flags & FACT) != 0;
	CccdBytes	text;
	int64_t		moment;
	int32_t		day;

	if (field->type == FIELD_DOSE)
	{
		int64_t		number;

		if (!cccd_cbor_integer(c->cbor, node, &number))
			deviate(c, fatal, CCCD_FINDING_schema_type, field->name);
		else if (number < 1 || number > c->dose_max)
			deviate(c, fatal && number < 1, CCCD_FINDING_schema_range,
					field->name);
		return;
	}
	if (!want_text(c, node, fatal, field->name, &text))
		return;
	switch (field->type)
	{
		case FIELD_TEXT:
			if (is_longer(text, c->text_max))
				deviate(c, false, CCCD_FINDING_schema_length, field->name);
			break;
		case FIELD_COUNTRY:
			for (size_t k = 0; k < text.length; k++)
				if (text.data[k] >= 'A' && text.data[k] <= 'Z')
					return;
			deviate(c, false, CCCD_FINDING_schema_pattern, field->name);
			break;
		case FIELD_DATE:
			if (!cccd_day_parse((const char *) text.data, text.length, &day))
				deviate(c, fatal, CCCD_FINDING_schema_date, field->name);
			else if (text.length != CCCD_DAY_LENGTH)
				deviate(c, false, CCCD_FINDING_schema_date, field->name);
			break;
		case FIELD_DATE_TIME:
			if (!cccd_moment_parse((const char *) text.data, text.length,
								   &moment))
				deviate(c, fatal, CCCD_FINDING_schema_date_time,
						field->name);
			else if (!cccd_moment_has_zone((const char *) text.data,
										   text.length))
				deviate(c, false, CCCD_FINDING_schema_date_time,
						field->name);
			break;
		default:
			break;
	}
}

/* The keys of an entry that have two letters, as all fields do. */
typedef struct EntryKeys
{
	int			count;
	uint16_t	letters[ENTRY_KEYS];
	int			value[ENTRY_KEYS];	/* node */
} EntryKeys;

static uint16_t
two_letters(const void *letters)
{
	const uint8_t *p = letters;

	return (uint16_t) (p[0] << 8 | p[1]);
}

/* Read the keys of a map, of the first ENTRY_KEYS. */
static void
read_keys(const CccdCbor *cbor, int map, EntryKeys *keys)
{
	uint32_t	pairs = cccd_cbor_node(cbor, map)->length;
	int			node = map + 1;

	keys->count = 0;
	for (uint32_t k = 0; k < pairs && keys->count < ENTRY_KEYS; k++)
	{
		const CccdCborNode *key = cccd_cbor_node(cbor, node);

		if (key->type == CCCD_CBOR_TEXT && key->length == 2)
		{
			keys->letters[keys->count] = two_letters(key->value.data);
			keys->value[keys->count++] = node + 1;
		}
		node = cccd_cbor_node(cbor, node + 1)->next;
	}
}

/* The value of a field, the first if there are several. */
static int
find_field(const CccdCbor *cbor, const EntryKeys *keys, const char *letters)
{
	uint16_t	wanted = two_letters(letters);

	for (int k = 0; k < keys->count; k++)
		if (keys->letters[k] == wanted)
			return cccd_cbor_untag(cbor, keys->value[k]);
	return CCCD_CBOR_NONE;
}

static void
check_entry(SchemaChecker *c, size_t group, int entry)
{
	EntryKeys	keys;

	read_keys(c->cbor, entry, &keys);
	for (size_t k = 0; k < groups[group].field_count; k++)
	{
		const Field *field = &groups[group].fields[k];
		int			node = find_field(c->cbor, &keys, field->name + 2);

		if (cccd_cbor_is(c->cbor, node, CCCD_CBOR_NULL) && c->tolerant)
		{
			cccd_report_flag_about(&c->hcert->report,
								   CCCD_FINDING_schema_type, field->name);
			node = CCCD_CBOR_NONE;
		}
		if (node != CCCD_CBOR_NONE)
			check_field(c, field, node);
		else if ((field->flags & REQUIRED) ||
				 ((field->flags & REQUIRED_OLD) && !c->one_entry))
			deviate(c, (field->flags & FACT) != 0,
					CCCD_FINDING_schema_required, field->name);
	}
}

/* Check the entries of one kind, an array, and note which nodes they are. */
static void
check_group(SchemaChecker *c, size_t group, int node)
{
	CccdHcert  *hcert = c->hcert;
	uint32_t	count;
	int			entry;

	if (cccd_cbor_is(c->cbor, node, CCCD_CBOR_NULL) && c->tolerant)
	{
		cccd_report_flag_about(&hcert->report, CCCD_FINDING_schema_type,
							   groups[group].key);
		return;
	}
	if (!cccd_cbor_is(c->cbor, node, CCCD_CBOR_ARRAY))
	{
		deviate(c, true, CCCD_FINDING_schema_type, groups[group].key);
		return;
	}
	count = cccd_cbor_node(c->cbor, node)->length;
	if (count == 0 || (count > 1 && c->one_entry))
		deviate(c, false, CCCD_FINDING_schema_entries, groups[group].key);
	entry = node + 1;
	for (uint32_t k = 0; k < count; k++)
	{
		int			map = cccd_cbor_untag(c->cbor, entry);

		if (!cccd_cbor_is(c->cbor, map, CCCD_CBOR_MAP))
			deviate(c, true, CCCD_FINDING_schema_type, groups[group].key);
		else if (hcert->entry_count == CCCD_HCERT_ENTRIES)
			deviate(c, true, CCCD_FINDING_schema_entries,
					groups[group].key);
		else
		{
			hcert->kinds |= groups[group].kind;
			hcert->entries[hcert->entry_count].kind = groups[group].kind;
			hcert->entries[hcert->entry_count].node = map;
			hcert->entry_count++;
			check_entry(c, group, map);
		}
		entry = cccd_cbor_node(c->cbor, entry)->next;
	}
}

void
cccd_hcert_check_schema(bool tolerant, int claim, CccdHcert *hcert)
{
	SchemaChecker c;
	int			kinds = 0;

	memset(&c, 0, sizeof(c));
	c.hcert = hcert;
	c.cbor = &hcert->cbor_message;
	c.tolerant = tolerant;
	hcert->content = claim;
	hcert->schema = CCCD_STATUS_OK;
	read_version(&c, claim);
	check_name(&c, claim);
	check_birth(&c, claim);
	for (size_t k = 0; k < GROUPS; k++)
	{
		int			node = cccd_cbor_untag(c.cbor,
										   cccd_cbor_find_text(c.cbor, claim,
															   groups[k].key));

		if (node == CCCD_CBOR_NONE)
			continue;
		kinds++;
		check_group(&c, k, node);
	}
	if (hcert->entry_count == 0)
		deviate(&c, true, CCCD_FINDING_schema_entries, NULL);
	else if (kinds > 1 && c.one_entry)
		deviate(&c, false, CCCD_FINDING_schema_entries, NULL);
}
