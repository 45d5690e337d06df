/*
 * certlogic_rule_test.c
 *		Certificate rules: their envelopes, and what a set of them decides.
 */
#include "unit.h"

#include "json.h"

#include "certificate/certlogic_rule_core.h"

static const char rule_form[] =
"{\"Identifier\":\"%s\",\"Type\":\"%s\",\"Country\":\"VN\",\"Version\":\"%s\","
"\"SchemaVersion\":\"%s\",\"Engine\":\"CERTLOGIC\",\"EngineVersion\":\"%s\","
"\"CertificateType\":\"%s\",\"ValidFrom\":\"2021-07-01T00:00:00Z\","
"\"ValidTo\":\"2030-06-01T00:00:00Z\",\"AffectedFields\":[\"v.0\"],"
"\"Description\":[{\"lang\":\"en\",\"desc\":\"Two doses, fourteen days ago.\"}],"
"\"Logic\":%s}";

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
	given.issued = given.expires = CCCD_LOGIC_NO_TIME;
	CHECK(cccd_logic_time_parse("2022-01-01", 10, &given.clock));
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
	CHECK(cccd_logic_decide(&json_source, read, (uint32_t) count, &given,
							json_allocate, answers, &outcome, &limited));
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

int
main(void)
{
	check_decisions();
	check_rules();
	json_free();
	return finish();
}
