/*
 * certlogic_rule_test.c
 *		Certificate rules: their envelopes, and what a set of them decides.
 */
#include "unit.h"

#include "json.h"

#include "certlogic/certlogic_rule_core.h"

static const char rule_form[] =
"{\"Identifier\":\"%s\",\"Type\":\"%s\",\"Country\":\"VN\",\"Version\":\"%s\","
"\"SchemaVersion\":\"%s\",\"Engine\":\"CERTLOGIC\",\"EngineVersion\":\"%s\","
"\"CertificateType\":\"%s\",\"ValidFrom\":\"2021-07-01T00:00:00Z\","
"\"ValidTo\":\"2030-06-01T00:00:00Z\",\"AffectedFields\":[\"v.0\"],"
"\"Description\":[{\"lang\":\"en\",\"desc\":\"Two doses, fourteen days ago.\"}],"
"\"Logic\":%s}";

/* What decide() is asked besides; NULL: not known. */
static const char *clock_text = "2022-01-01";
static const char *region = NULL;
static int64_t issued = CCCD_LOGIC_NO_TIME;
static int64_t expires = CCCD_LOGIC_NO_TIME;

/* One letter for each rule of a set (in order), and one for the verdict. */
static const char *
decide(const char *rules[], int count, const char *certificate,
	   const char *issuer)
{
	static const char letters[] = ".PFO";
	static char letter[10];
	static CccdLogicRule read[8];
	CccdLogicAnswer answers[8];
	CccdLogicCase given;
	CccdLogicValue value,
				type[2];
	CccdLogicError error;
	CccdLogicOutcome outcome;
	uint32_t	limited;

	memset(&given, 0, sizeof(given));
	given.issued = issued;
	given.expires = expires;
	CHECK(cccd_logic_time_parse(clock_text, strlen(clock_text), &given.clock));
	if (region)
		CHECK(json_parse(region, strlen(region), &given.region));
	CHECK(json_parse(certificate, strlen(certificate), &given.certificate));
	CHECK(json_parse("\"vn\"", 4, &given.country));
	if (issuer)
		CHECK(json_parse(issuer, strlen(issuer), &given.issuer));
	CHECK(json_parse("\"Acceptance\"", 12, &type[0]));
	CHECK(json_parse("\"Invalidation\"", 14, &type[1]));
	given.types = type;
	given.type_count = 2;
	for (int i = 0; i < count; i++)
	{
		CHECK(json_parse(rules[i], strlen(rules[i]), &value));
		CHECK(cccd_logic_rule_read(&json_source, &value, false, &error, 1,
								   &read[i]) == 0);
		if (read[i].engine)
			read[i].program =
				cccd_logic_compile(&json_source, &read[i].logic, &read[i].size,
								   json_allocate(cccd_logic_room(&read[i].size)));
	}
	if (!cccd_logic_decide(&json_source, read, (uint32_t) count, &given,
						   json_allocate, answers, &outcome, &limited))
	{
		CHECK(CCCD_LOGIC_IS_LIMIT(answers[limited].fault.status));
		snprintf(letter, sizeof(letter), "limit %u", (unsigned) limited);
		return letter;
	}
	for (int i = 0; i < count; i++)
		letter[i] = letters[answers[i].outcome];
	letter[count] = letters[outcome];
	letter[count + 1] = '\0';
	return letter;
}

static const char *
rule(const char *identifier, const char *type, const char *version,
	 const char *schema, const char *engine, const char *certificate,
	 const char *logic)
{
	char	   *text = json_allocate(4096);

	snprintf(text, 4096, rule_form, identifier, type, version, schema, engine,
			 certificate, logic);
	return text;
}

static void
check_decisions(void)
{
	static const char *const two = "{\"ver\":\"1.3.0\",\"v\":[{\"dn\":2}]}";
	static const char *const doses = "{\">=\":[{\"var\":\"payload.v.0.dn\"},2]}";
	const char *rules[8];

	json_used = 0;
	CHECK_STR(decide(rules, 0, two, NULL), "O");
	rules[0] = rule("VR-VN-0001", "Acceptance", "1.0.0", "1.0.0", "1.0.0", "Vaccination", doses);
	CHECK_STR(decide(rules, 1, two, NULL), "PP");
	CHECK_STR(decide(rules, 1, "{\"ver\":\"1.3.0\",\"v\":[{\"dn\":1}]}", NULL), "FF");
	/* a missing field is open, and so is another kind of certificate alone */
	CHECK_STR(decide(rules, 1, "{\"ver\":\"1.3.0\",\"v\":[{}]}", NULL), "OO");
	CHECK_STR(decide(rules, 1, "{\"ver\":\"1.3.0\",\"t\":[{}]}", NULL), ".O");
	CHECK_STR(decide(rules, 1, "{\"v\":[{\"dn\":2}]}", NULL), "OO");
	CHECK_STR(decide(rules, 1, "{\"ver\":\"2.0.0\",\"v\":[{\"dn\":2}]}", NULL), "OO");
	CHECK_STR(decide(rules, 1, "null", NULL), ".O");

	/* the highest version that is in force counts; another engine is open */
	rules[1] = rule("VR-VN-0002", "Acceptance", "1.10.0", "1.0.0", "1.0.0", "General", "false");
	rules[2] = rule("VR-VN-0002", "Acceptance", "1.9.0", "1.0.0", "1.0.0", "General", "true");
	CHECK_STR(decide(rules, 3, two, NULL), "PF.F");
	rules[1] = rule("VR-VN-0002", "Acceptance", "1.10.0", "1.0.0", "2.0.1", "General", "{\"new\":1}");
	CHECK_STR(decide(rules, 3, two, NULL), "PO.O");
	rules[1] = rule("VR-VN-0002", "Acceptance", "1.10.0", "1.3.1", "1.0.0", "General", "true");
	CHECK_STR(decide(rules, 2, two, NULL), "POO");
	rules[1] = rule("VR-VN-0002", "Acceptance", "1.10.0", "1.3.0", "1.0.0", "General", "1");
	CHECK_STR(decide(rules, 2, two, NULL), "POO");
	/* types that are not asked for */
	rules[1] = rule("MA-VN-0002", "Mask", "1.10.0", "1.3.0", "1.0.0", "General", "false");
	CHECK_STR(decide(rules, 2, two, NULL), "P.P");
	/* an invalidation is of the country that issued */
	rules[1] = rule("IR-VN-0001", "Invalidation", "1.0.0", "1.0.0", "1.0.0", "General", "false");
	CHECK_STR(decide(rules, 2, two, "\"DE\""), "P.P");
	CHECK_STR(decide(rules, 2, two, "\"VN\""), "PFF");
	CHECK_STR(decide(rules, 2, two, NULL), "POO");
	/* not to be revoked is not to be accepted */
	rules[0] = rule("IR-VN-0001", "Invalidation", "1.0.0", "1.0.0", "1.0.0", "General", "true");
	CHECK_STR(decide(rules, 1, two, "\"VN\""), "PO");
}

/* When, where and how much. */
static void
check_scope(void)
{
	static const char *const two = "{\"ver\":\"1.3.0\",\"v\":[{\"dn\":2}],\"t\":[],\"r\":1}";
	static const char list[] = "[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16]";
	char		costly[600];
	const char *rules[2];
	size_t		used = 0;

	json_used = 0;
	rules[0] = rule("VR-VN-0001", "ACCEPTANCE", "1.0.0", "1.0.0", "1.0.0", "Vaccination", "true");
	CHECK_STR(decide(rules, 1, two, NULL), "PP");
	/* both ends are included */
	clock_text = "2021-06-30T23:59:59.999Z";
	CHECK_STR(decide(rules, 1, two, NULL), ".O");
	clock_text = "2021-07-01T00:00:00Z";
	CHECK_STR(decide(rules, 1, two, NULL), "PP");
	clock_text = "2030-06-01T00:00:00Z";
	CHECK_STR(decide(rules, 1, two, NULL), "PP");
	clock_text = "2030-06-01T00:00:00.001Z";
	CHECK_STR(decide(rules, 1, two, NULL), ".O");
	clock_text = "2022-01-01";
	/* a rule of the whole country is none of a region, and the reverse */
	region = "\"HCM\"";
	CHECK_STR(decide(rules, 1, two, NULL), ".O");
	region = "\"\"";
	CHECK_STR(decide(rules, 1, two, NULL), "PP");
	region = NULL;
	/* nothing of a kind is not that kind */
	rules[0] = rule("TR-VN-0001", "Acceptance", "1.0.0", "1.0.0", "1.0.0", "Test", "true");
	CHECK_STR(decide(rules, 1, two, NULL), ".O");
	rules[0] = rule("RR-VN-0001", "Acceptance", "1.0.0", "1.0.0", "1.0.0", "Recovery", "true");
	CHECK_STR(decide(rules, 1, two, NULL), ".O");
	/* a text that begins with a letter's neighbours is no other text */
	rules[0] = rule("VR-VN-0001", "[cceptance", "1.0.0", "1.0.0", "1.0.0", "Vaccination", "true");
	CHECK_STR(decide(rules, 1, two, NULL), ".O");
	/* identifiers of which one begins as the other are two */
	rules[0] = rule("VR-VN-1", "Acceptance", "1.0.0", "1.0.0", "1.0.0", "Vaccination", "true");
	rules[1] = rule("VR-VN-10", "Acceptance", "1.0.0", "1.0.0", "1.0.0", "Vaccination", "false");
	CHECK_STR(decide(rules, 2, two, NULL), "PFF");

	/* and an identifier of one letter has versions, too */
	rules[0] = rule("V", "Acceptance", "1.10.0", "1.0.0", "1.0.0", "Vaccination", "true");
	rules[1] = rule("V", "Acceptance", "1.9.0", "1.0.0", "1.0.0", "Vaccination", "false");
	CHECK_STR(decide(rules, 2, two, NULL), "P.P");

	/* sixteen times sixteen times ... */
	for (int i = 0; i < 6; i++)
		used += (size_t) sprintf(costly + used, "{\"reduce\":[%s,", list);
	used += (size_t) sprintf(costly + used, "1");
	for (int i = 0; i < 6; i++)
		used += (size_t) sprintf(costly + used, ",0]}");
	rules[1] = rule("VR-VN-2", "Acceptance", "1.0.0", "1.0.0", "1.0.0", "Vaccination", costly);
	CHECK_STR(decide(rules, 2, two, NULL), "limit 1");

	CHECK_STR(cccd_logic_outcome_name(CCCD_LOGIC_NOT_ASKED), "not asked");
	CHECK_STR(cccd_logic_outcome_name(CCCD_LOGIC_OPEN), "open");
	CHECK_STR(cccd_logic_reason_name(CCCD_LOGIC_ENGINE_UNKNOWN), "engine_unknown");
	CHECK_STR(cccd_logic_reason_name(CCCD_LOGIC_NOT_BOOLEAN), "not_boolean");
	CHECK(cccd_logic_reason_name(CCCD_LOGIC_NO_REASON) == NULL);
}

/* The moments that rules see are each their own, and absent when not known. */
static void
check_moments(void)
{
	static const struct
	{
		const char *logic;
		const char *wanted;
		const char *unknown;
	}			cases[] = {
		{"{\"===\":[{\"var\":\"external.validationClock\"},\"2022-01-01T00:00:00.000Z\"]}", "PP", "PP"},
		{"{\"===\":[{\"var\":\"external.iat\"},\"2000-01-02T00:00:00.000Z\"]}", "PP", "FF"},
		{"{\"===\":[{\"var\":\"external.exp\"},\"2000-01-03T00:00:00.000Z\"]}", "PP", "FF"},
		{"{\"===\":[{\"var\":\"external.countryCode\"},\"vn\"]}", "PP", "PP"},
		{"{\"===\":[{\"var\":\"external.issuerCountryCode\"},\"LA\"]}", "PP", "PP"}
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
	{
		const char *rules[1];

		json_used = 0;
		rules[0] = rule("VR-VN-0001", "Acceptance", "1.0.0", "1.0.0", "1.0.0",
						"General", cases[i].logic);
		CHECK_STR(decide(rules, 1, "{\"ver\":\"1.3.0\",\"v\":[]}",
						 "\"LA\""), cases[i].unknown);
		issued = (INT64_C(946684800) + 86400) * 1000;
		expires = (INT64_C(946684800) + 2 * 86400) * 1000;
		CHECK_STR(decide(rules, 1, "{\"ver\":\"1.3.0\",\"v\":[]}",
						 "\"LA\""), cases[i].wanted);
		issued = expires = CCCD_LOGIC_NO_TIME;
	}
}

/* Regions alike in their letters, and not in what stands beside letters. */
static void
check_regions(void)
{
	static const char sets[][2][4] = {
		{"A", "a"}, {"Z", "z"}, {"a", "Z"}, {"@", "`"}, {"[", "{"}, {"[", ";"},
		{"@", " "}, {"1", "Q"}, {"AB", "A"}, {"AB", "Ab"}
	};

	for (size_t i = 0; i < sizeof(sets) / sizeof(sets[0]); i++)
		for (int turned = 0; turned < 2; turned++)
		{
			char		asked[16];
			char		text[4096];
			const char *rules[1] = {text};
			bool		alike = i < 2 || i == 9;

			json_used = 0;
			snprintf(asked, sizeof(asked), "\"%s\"", sets[i][turned]);
			region = asked;
			snprintf(text, sizeof(text), "{\"Region\":\"%s\",%s",
					 sets[i][1 - turned],
					 rule("VR-VN-0001", "Acceptance", "1.0.0", "1.0.0", "1.0.0",
						  "General", "true") + 1);
			CHECK_STR(decide(rules, 1, "{\"ver\":\"1.3.0\",\"v\":[]}", NULL),
					  alike ? "PP" : ".O");
			region = NULL;
		}
}

static const char *const member_names[] = {
	"Identifier", "Type", "Country", "Region", "Version", "SchemaVersion",
	"Engine", "EngineVersion", "CertificateType", "ValidFrom", "ValidTo",
	"AffectedFields", "Description", "Logic"
};

static const char *const member_values[] = {
	"\"VR-VN-0001\"", "\"Acceptance\"", "\"VN\"", "\"HCM\"", "\"1.0.0\"", "\"1.0.0\"",
	"\"CERTLOGIC\"", "\"1.0.0\"", "\"Vaccination\"",
	"\"2021-07-01T00:00:00Z\"", "\"2030-06-01T00:00:00Z\"", "[\"v.0\"]",
	"[{\"lang\":\"en\",\"desc\":\"Two doses, fourteen days ago.\"}]",
	"{\"===\":[1,1]}"
};

#define MEMBERS	(sizeof(member_names) / sizeof(member_names[0]))

/* A good rule but for one member; NULL: which it lacks. */
static CccdLogicValue
changed(const char *name, const char *value)
{
	CccdLogicValue read;
	char		text[4096];
	size_t		used = (size_t) sprintf(text, "{\"Other\":1");
	int			found = 0;

	for (size_t i = 0; i < MEMBERS; i++)
	{
		bool		it = strcmp(member_names[i], name) == 0;

		found += it;
		if (it && value == NULL)
			continue;
		used += (size_t) snprintf(text + used, sizeof(text) - used,
								  ",\"%s\":%s", member_names[i],
								  it ? value : member_values[i]);
	}
	CHECK(found == (*name != '\0'));
	strcpy(text + used, "}");
	CHECK(json_parse(text, strlen(text), &read));
	return read;
}

/* One thing is wrong, which strict reading says in any case. */
static void
check_members(void)
{
	static const struct
	{
		const char *name;
		const char *value;
		CccdLogicStatus status;
		bool		always;		/* is wrong for tolerant reading, too */
	}			cases[] = {
		{"Identifier", NULL, CCCD_LOGIC_RULE_WANTS_TEXT, true},
		{"Identifier", "5", CCCD_LOGIC_RULE_WANTS_TEXT, true},
		{"Identifier", "\"\"", CCCD_LOGIC_RULE_WANTS_TEXT, true},
		{"Identifier", "\"VR-VN-\"", CCCD_LOGIC_RULE_IDENTIFIER, false},
		{"Identifier", "\"VR+VN-1\"", CCCD_LOGIC_RULE_IDENTIFIER, false},
		{"Identifier", "\"VR-vN-1\"", CCCD_LOGIC_RULE_IDENTIFIER, false},
		{"Identifier", "\"VR-V@-1\"", CCCD_LOGIC_RULE_IDENTIFIER, false},
		{"Identifier", "\"VR-V[-1\"", CCCD_LOGIC_RULE_IDENTIFIER, false},
		{"Identifier", "\"VR-VN+1\"", CCCD_LOGIC_RULE_IDENTIFIER, false},
		{"Identifier", "\"VX-VN-1\"", CCCD_LOGIC_RULE_IDENTIFIER, false},
		{"Identifier", "\"VR-VN-1/\"", CCCD_LOGIC_RULE_IDENTIFIER, false},
		{"Identifier", "\"VR-VN-1:\"", CCCD_LOGIC_RULE_IDENTIFIER, false},
		{"Identifier", "\"TR-VN-1\"", CCCD_LOGIC_RULE_PREFIX, false},
		{"Identifier", "\"IR-VN-1\"", CCCD_LOGIC_RULE_PREFIX, false},
		{"Type", "{}", CCCD_LOGIC_RULE_WANTS_TEXT, true},
		{"Type", "\"Mask\"", CCCD_LOGIC_RULE_TYPE, false},
		{"Country", NULL, CCCD_LOGIC_RULE_WANTS_TEXT, true},
		{"Country", "\"VNM\"", CCCD_LOGIC_RULE_COUNTRY, true},
		{"Country", "\"DE\"", CCCD_LOGIC_RULE_OTHER_COUNTRY, false},
		{"Region", "true", CCCD_LOGIC_RULE_WANTS_TEXT, true},
		{"Version", "\"1..0\"", CCCD_LOGIC_RULE_VERSION, true},
		{"Version", "\".1\"", CCCD_LOGIC_RULE_VERSION, true},
		{"Version", "\"1.\"", CCCD_LOGIC_RULE_VERSION, true},
		{"Version", "\"1.0.0.0\"", CCCD_LOGIC_RULE_VERSION, true},
		{"Version", "\"1.0.0:\"", CCCD_LOGIC_RULE_VERSION, true},
		{"Version", "\"1.0.0-\"", CCCD_LOGIC_RULE_VERSION, true},
		{"Version", "\"1/0.0\"", CCCD_LOGIC_RULE_VERSION, true},
		{"Version", "\"1.0:0\"", CCCD_LOGIC_RULE_VERSION, true},
		{"Version", "\"1x0.0\"", CCCD_LOGIC_RULE_VERSION, true},
		{"Version", "\"1234567890.0.0\"", CCCD_LOGIC_RULE_VERSION, true},
		{"Version", "\"1.0\"", CCCD_LOGIC_RULE_VERSION, false},
		{"SchemaVersion", "\"1\"", CCCD_LOGIC_RULE_VERSION, false},
		{"EngineVersion", "1", CCCD_LOGIC_RULE_WANTS_TEXT, true},
		{"Engine", "[]", CCCD_LOGIC_RULE_WANTS_TEXT, true},
		{"Engine", "\"OTHER\"", CCCD_LOGIC_RULE_ENGINE, false},
		{"CertificateType", "\"Vaccinations\"", CCCD_LOGIC_RULE_CERTIFICATE, true},
		{"CertificateType", NULL, CCCD_LOGIC_RULE_WANTS_TEXT, true},
		{"ValidFrom", "\"soon\"", CCCD_LOGIC_RULE_TIME, true},
		{"ValidFrom", "\"2021-17-01\"", CCCD_LOGIC_RULE_TIME, true},
		{"ValidTo", "\"never\"", CCCD_LOGIC_RULE_TIME, true},
		{"ValidTo", "\"2021-06-01\"", CCCD_LOGIC_RULE_PERIOD, true},
		{"ValidTo", "\"2021-07-03T23:59:59Z\"", CCCD_LOGIC_RULE_SHORT_PERIOD, false},
		{"Description", NULL, CCCD_LOGIC_RULE_DESCRIPTION, false},
		{"Description", "[1]", CCCD_LOGIC_RULE_DESCRIPTION, false},
		{"Description", "[{}]", CCCD_LOGIC_RULE_DESCRIPTION, false},
		{"Description", "[{\"lang\":1}]", CCCD_LOGIC_RULE_DESCRIPTION, false},
		{"Description", "[{\"lang\":\"en\"}]", CCCD_LOGIC_RULE_DESCRIPTION, false},
		{"Description", "[{\"lang\":\"en\",\"desc\":1}]", CCCD_LOGIC_RULE_DESCRIPTION, false},
		{"Description", "[]", CCCD_LOGIC_RULE_ENGLISH, false},
		{"Description", "[{\"lang\":\"vi\",\"desc\":\"Two doses, fourteen days ago.\"}]", CCCD_LOGIC_RULE_ENGLISH, false},
		/* characters are counted, not bytes: nineteen of them */
		{"Description", "[{\"lang\":\"en\",\"desc\":\"Two \xC4\x91oses, 14 days.\"}]", CCCD_LOGIC_RULE_ENGLISH, false},
		{"AffectedFields", "\"v.0\"", CCCD_LOGIC_RULE_FIELDS, false},
		{"AffectedFields", "[\"v.0\",1]", CCCD_LOGIC_RULE_FIELDS, false},
		{"Logic", "true", CCCD_LOGIC_RULE_LOGIC, false},
		{"Logic", "{\"nor\":[]}", CCCD_LOGIC_UNKNOWN_OPERATION, true},
		/* and what is right */
		{"", NULL, CCCD_LOGIC_OK, false},
		{"Region", NULL, CCCD_LOGIC_OK, false},
		{"Region", "null", CCCD_LOGIC_OK, false},
		{"Version", "\"99999999.10.0\"", CCCD_LOGIC_OK, false},
		{"Version", "\"999999999.999999999.999999999\"", CCCD_LOGIC_OK, false},
		{"ValidTo", "\"2021-07-04T00:00:00Z\"", CCCD_LOGIC_OK, false},
		{"Description", "[{\"lang\":\"en\",\"desc\":\"Two \xC4\x91oses, 14 days..\"}]", CCCD_LOGIC_OK, false}
	};
	CccdLogicSource bytes = json_source;
	CccdLogicError errors[4];
	CccdLogicRule read;
	CccdLogicValue value;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
	{
		size_t		wanted = cases[i].status != CCCD_LOGIC_OK;
		size_t		strict;

		json_used = 0;
		value = changed(cases[i].name, cases[i].value);
		strict = cccd_logic_rule_read(&json_source, &value, true, errors, 4, &read);
		if (strict != wanted || (wanted && errors[0].status != cases[i].status))
			fprintf(stderr, "%s: %s: %d errors, %s\n", cases[i].name,
					cases[i].value ? cases[i].value : "", (int) strict,
					strict ? cccd_logic_message(errors[0].status) : "");
		CHECK(strict == wanted);
		CHECK(!wanted || (errors[0].status == cases[i].status &&
						  strncmp(errors[0].path + 1, cases[i].name,
								  strlen(cases[i].name)) == 0));
		CHECK(cccd_logic_rule_read(&json_source, &value, false, errors, 4, &read) ==
			  cases[i].always);
	}
	/* where texts are no UTF-8 their bytes count */
	bytes.utf8 = false;
	value = changed("Description", "[{\"lang\":\"en\",\"desc\":\"Two \xC4\x91oses, 14 days.\"}]");
	CHECK(cccd_logic_rule_read(&bytes, &value, true, errors, 4, &read) == 0);
	/* more is wrong than there is room to say */
	value = changed("Logic", "[null,null,null]");
	CHECK(cccd_logic_rule_read(&json_source, &value, false, errors, 2, &read) == 3);
	CHECK_STR(errors[1].path, "/Logic/1");
	value = changed("Country", "\"vN\"");
	CHECK(cccd_logic_rule_read(&json_source, &value, false, errors, 4, &read) == 1);
	value = changed("Country", "\"Vn\"");
	CHECK(cccd_logic_rule_read(&json_source, &value, false, errors, 4, &read) == 1 &&
		  errors[0].status == CCCD_LOGIC_RULE_COUNTRY);
}

/* Descriptions that are none are passed over; the order of rules. */
static void
check_reading(void)
{
	CccdLogicError error;
	CccdLogicRule one,
				ten,
				newer;
	CccdLogicValue value,
				text;

	json_used = 0;
	value = changed("Description",
					"[1,{},{\"lang\":5},{\"lang\":\"v\"},{\"lang\":\"vn\"},{\"lang\":\"vi\"},"
					"{\"lang\":\"vi\",\"desc\":5},{\"lang\":\"vi\",\"desc\":\"Hai m\xC5\xA9i\"}]");
	CHECK(cccd_logic_rule_read(&json_source, &value, false, &error, 1, &one) == 0);
	CHECK(cccd_logic_rule_description(&json_source, &one, "vi", 2, &text) &&
		  text.length == 8);
	CHECK(!cccd_logic_rule_description(&json_source, &one, "en", 2, &text));
	value = changed("Description", "{}");
	CHECK(cccd_logic_rule_read(&json_source, &value, false, &error, 1, &one) == 0);
	CHECK(!cccd_logic_rule_description(&json_source, &one, "en", 2, &text));

	value = changed("Identifier", "\"VR-VN-1\"");
	CHECK(cccd_logic_rule_read(&json_source, &value, true, &error, 1, &one) == 0);
	value = changed("Identifier", "\"VR-VN-10\"");
	CHECK(cccd_logic_rule_read(&json_source, &value, true, &error, 1, &ten) == 0);
	value = changed("Version", "\"1.0.1\"");
	CHECK(cccd_logic_rule_read(&json_source, &value, true, &error, 1, &newer) == 0);
	CHECK(cccd_logic_rule_compare(&one, &ten) < 0);
	CHECK(cccd_logic_rule_compare(&ten, &one) > 0);
	CHECK(cccd_logic_rule_compare(&one, &one) == 0);
	CHECK(cccd_logic_rule_compare(&newer, &one) < 0);
	newer.identifier = one.identifier;
	CHECK(cccd_logic_rule_compare(&newer, &one) < 0);
	CHECK(cccd_logic_rule_compare(&one, &newer) > 0);
}

static void
check_rules(void)
{
	static const char bad[] =
	"{\"Identifier\":\"VR-DE-1\",\"Type\":\"Invalidation\",\"Country\":\"VN\","
	"\"Version\":\"1.0\",\"SchemaVersion\":\"1.0.0\",\"Engine\":\"OTHER\","
	"\"EngineVersion\":\"1.0.0\",\"CertificateType\":\"Dose\",\"Region\":5,"
	"\"ValidFrom\":\"2021-07-01T00:00:00Z\",\"ValidTo\":\"2021-07-02T00:00:00Z\","
	"\"Description\":[{\"lang\":\"vi\",\"desc\":\"x\"}],\"Logic\":true}";
	static const struct
	{
		CccdLogicStatus status;
		const char *path;
	}			wanted[] = {
		{CCCD_LOGIC_RULE_WANTS_TEXT, "/Region"},
		{CCCD_LOGIC_RULE_VERSION, "/Version"},
		{CCCD_LOGIC_RULE_ENGINE, "/Engine"},
		{CCCD_LOGIC_RULE_CERTIFICATE, "/CertificateType"},
		{CCCD_LOGIC_RULE_SHORT_PERIOD, "/ValidTo"},
		{CCCD_LOGIC_RULE_PREFIX, "/Identifier"},
		{CCCD_LOGIC_RULE_OTHER_COUNTRY, "/Country"},
		{CCCD_LOGIC_RULE_ENGLISH, "/Description"},
		{CCCD_LOGIC_RULE_FIELDS, "/AffectedFields"},
		{CCCD_LOGIC_RULE_LOGIC, "/Logic"}
	};
	CccdLogicValue value;
	CccdLogicError errors[16];
	CccdLogicRule read;
	const char *good = rule("VR-VN-0001", "Acceptance", "1.0.0", "1.0.0", "1.0.0", "Vaccination",
							"{\"===\":[{\"nor\":[1]},2]}");

	CHECK(json_parse(bad, sizeof(bad) - 1, &value));
	CHECK(cccd_logic_rule_read(&json_source, &value, true, errors, 16, &read) == 10);
	for (int i = 0; i < 10; i++)
	{
		CHECK(errors[i].status == wanted[i].status);
		CHECK_STR(errors[i].path, wanted[i].path);
	}
	CHECK(cccd_logic_rule_read(&json_source, &value, true, errors, 3, &read) == 10);
	CHECK(json_parse(good, strlen(good), &value));
	CHECK(cccd_logic_rule_read(&json_source, &value, true, errors, 16, &read) == 1);
	CHECK_STR(errors[0].path, "/Logic/===/0");
	CHECK(json_parse("[]", 2, &value));
	CHECK(cccd_logic_rule_read(&json_source, &value, false, errors, 16, &read) == 1);
	CHECK(json_parse("{}", 2, &value));
	CHECK(cccd_logic_rule_read(&json_source, &value, false, errors, 16, &read) == 10);
}

/* Each status has a sentence of its own. */
static void
check_messages(void)
{
	for (int i = CCCD_LOGIC_OK; i <= CCCD_LOGIC_TOO_MUCH_MEMORY; i++)
	{
		const char *message = cccd_logic_message((CccdLogicStatus) i);

		CHECK(message[0] != '\0' && message[strlen(message) - 1] != '.');
		for (int k = CCCD_LOGIC_OK; k < i; k++)
			CHECK(strcmp(message, cccd_logic_message((CccdLogicStatus) k)) != 0);
	}
}

int
main(void)
{
	check_messages();
	check_decisions();
	check_scope();
	check_regions();
	check_moments();
	check_members();
	check_reading();
	check_rules();
	json_free();
	return finish();
}
