/*
 * trust_json.c
 *		Trust lists for health certificates in JSON.
 *
 * Every country made a format of its own.  They have in common that somewhere
 * in them stands a certificate, or a public key with its identifier:
 *
 *	{"certificates": [{"kid": K, "country": C, "rawData": CERT}]}	gateway, DE
 *	{K: CERT}, {K: [CERT]}				certificates in base64 or PEM
 *	{"eu_keys": {K: [{"subjectPk": SPKI, "keyUsage": ["v"]}]}}		NL
 *	{"keyId": K, "subjectPublicKeyInfo": SPKI}						CH
 *	{"keyId": K, "use": "vr", "crv": C, "x": X, "y": Y}				CH
 *	{"keys": [{"kid": K, "kty": "RSA", "n": N, "e": E}]}			JWK, SE
 *
 * So the list is walked, whatever its shape, and what looks like one of these
 * is tried.
 */
#include "trust/trust_build.h"

#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/jsonb.h"

#include "base/base64_core.h"
#include "base/encoding.h"
#include "pki/country_core.h"
#include "trust/import_text_core.h"
#include "trust/key_entry_core.h"

/* Longest text of a certificate or key in a list. */
#define ITEM_SIZE		16384
#define NO_TAG			(-1)

/* Items that are named when they are left out, and bytes of an identifier. */
#define ITEMS_NAMED		10
#define KID_SHOWN		64

typedef struct ListWalk
{
	CccdTrustBuild build;
	int			purpose;
	int			items;			/* objects that hold a key, so far */
	int			refused;
	int			warned;			/* of them, those with a warning of their own */
} ListWalk;

/* What is known of a key from the members around it. */
typedef struct Named
{
	CccdBytes	kid;
	char		country[4];
	uint8		usages;
	CccdBytes	issuer;			/* of SMART Health Cards; or no bytes */
} Named;

static bool
string_is(const JsonbValue *value, const char *wanted)
{
	return value->val.string.len == (int) strlen(wanted) &&
		memcmp(value->val.string.val, wanted, value->val.string.len) == 0;
}

static JsonbValue *
any_member(JsonbContainer *object, const char *name)
{
	JsonbValue	key;

	key.type = jbvString;
	key.val.string.val = (char *) name;
	key.val.string.len = (int) strlen(name);
	return findJsonbValueFromContainer(object, JB_FOBJECT, &key);
}

static JsonbValue *
member(JsonbContainer *object, const char *name, enum jbvType type)
{
	JsonbValue *value = any_member(object, name);

	return value != NULL && value->type == type ? value : NULL;
}

static JsonbValue *
string_member(JsonbContainer *object, const char *first, const char *second)
{
	JsonbValue *value = member(object, first, jbvString);

	return value != NULL || second == NULL ? value :
		member(object, second, jbvString);
}

/*
 * Bytes in base64, in its common or its URL form, with or without padding;
 * false for any other text.
 */
static bool
decode(const char *text, int length, CccdBytes *bytes)
{
	uint8	   *out;

	if (length == 0 || length > ITEM_SIZE)
		return false;
	out = palloc(CCCD_BASE64_BYTES(length));
	bytes->data = out;
	return cccd_base64_decode(text, length, out, &bytes->length) &&
		bytes->length > 0;
}

/* Add a key, or a certificate under another name than its own. */
static void
add_key(ListWalk *walk, const Named *named, bool certificate, CccdBytes content)
{
	CccdKeyEntry key;
	CccdKeyEntry check;
	CccdTrustEntry entry;
	CccdBytes	bytes;
	uint8	   *out;

	memset(&key, 0, sizeof(key));
	key.kid = named->kid;
	key.usages = named->usages;
	memcpy(key.country, named->country, sizeof(key.country));
	key.has_certificate = certificate;
	key.content = content;
	key.issuer = named->issuer;
	out = palloc(cccd_key_entry_size(&key));
	bytes.data = out;
	bytes.length = cccd_key_entry_write(&key, out);
	if (!cccd_key_entry_read(bytes, &check) || check.key.problem != 0)
		walk->refused++;
	else if (cccd_trust_entry_of(bytes, CCCD_TRUST_KEY, walk->purpose,
								 CCCD_TRUST_SOURCE_JSON, &entry))
		cccd_build_add(&walk->build, &entry);
}

/* Add a certificate; under its own name it is an anchor like any other. */
static void
add_certificate(ListWalk *walk, const Named *named, CccdBytes der)
{
	CccdTrustEntry entry;
	CccdBytes	own;

	if (!cccd_trust_classify(der, walk->purpose, CCCD_TRUST_SOURCE_JSON, &entry))
	{
		walk->refused++;
		return;
	}
	own.data = entry.fingerprint;
	own.length = CCCD_KID_SIZE;
	if (named->usages == 0 && named->issuer.length == 0 &&
		(named->kid.length == 0 || cccd_bytes_equal(named->kid, own)))
		cccd_build_add(&walk->build, &entry);
	else if (named->kid.length == 0)
	{
		Named		with_kid = *named;

		with_kid.kid = own;
		add_key(walk, &with_kid, true, der);
	}
	else
		add_key(walk, named, true, der);
}

/* A text that may be a certificate, in PEM or in base64. */
static bool
add_text(ListWalk *walk, const Named *named, const JsonbValue *value)
{
	static const char armour[] = "-----BEGIN CERTIFICATE-----";
	int			size = sizeof(armour) - 1;
	const char *text = value->val.string.val;
	int			length = value->val.string.len;
	CccdBytes	der;

	if (length > size && memcmp(text, armour, size) == 0)
	{
		CccdImportReader reader;
		CccdImportKind kind;
		CccdBytes	pem = {(const uint8_t *) text, (size_t) length};

		cccd_import_open(&reader, pem);
		if (!cccd_import_pem_next(&reader, palloc(length), &kind, &der))
			walk->refused++;
		else
			add_certificate(walk, named, der);
		return true;
	}
	/* DER of a certificate begins so, with two octets of length */
	if (length < 4 || memcmp(text, "MII", 3) != 0)
		return false;
	if (decode(text, length, &der))
		add_certificate(walk, named, der);
	else
		walk->refused++;
	return true;
}

/* An element of two parts; without a tag just the parts. */
static CccdBytes
der(int tag, CccdBytes first, CccdBytes second)
{
	uint8	   *out = palloc(first.length + second.length + 8);
	uint8	   *p = out;
	CccdBytes	result;

	if (tag != NO_TAG)
	{
		*p++ = (uint8) tag;
		p += cccd_der_put_length(p, first.length + second.length);
	}
	memcpy(p, first.data, first.length);
	p += first.length;
	memcpy(p, second.data, second.length);
	result.data = out;
	result.length = p + second.length - out;
	return result;
}

static CccdBytes
literal(const char *bytes, size_t length)
{
	CccdBytes	result = {(const uint8_t *) bytes, length};

	return result;
}

#define LITERAL(bytes)	literal(bytes, sizeof(bytes) - 1)
#define NO_BYTES			LITERAL("")

static CccdBytes
der_integer(CccdBytes number)
{
	number = cccd_bytes_strip_zeros(number);
	return der(CCCD_DER_INTEGER,
			   number.data[0] & 0x80 ? literal("\0", 1) : NO_BYTES, number);
}

/* SubjectPublicKeyInfo of a JSON Web Key (RFC 7518 6), or no bytes. */
static CccdBytes
web_key(JsonbContainer *object)
{
	JsonbValue *type = member(object, "kty", jbvString);
	JsonbValue *first;
	JsonbValue *second;
	JsonbValue *curve = member(object, "crv", jbvString);
	CccdBytes	one;
	CccdBytes	two;
	bool		rsa = type != NULL ? string_is(type, "RSA") :
	member(object, "n", jbvString) != NULL;

	if (type != NULL && !rsa && !string_is(type, "EC"))
		return NO_BYTES;
	first = member(object, rsa ? "n" : "x", jbvString);
	second = member(object, rsa ? "e" : "y", jbvString);
	if (first == NULL || second == NULL ||
		!decode(first->val.string.val, first->val.string.len, &one) ||
		!decode(second->val.string.val, second->val.string.len, &two))
		return NO_BYTES;
	if (rsa)
		return der(CCCD_DER_SEQUENCE,
				   LITERAL("\x30\x0D\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x01\x01\x05\x00"),
				   der(CCCD_DER_BIT_STRING, literal("\0", 1),
					   der(CCCD_DER_SEQUENCE, der_integer(one),
						   der_integer(two))));
	if (curve == NULL || (!string_is(curve, "P-256") &&
						  !string_is(curve, "P-384")))
		return NO_BYTES;
	return der(CCCD_DER_SEQUENCE,
			   string_is(curve, "P-256") ?
			   LITERAL("\x30\x13\x06\x07\x2A\x86\x48\xCE\x3D\x02\x01\x06\x08\x2A\x86\x48\xCE\x3D\x03\x01\x07") :
			   LITERAL("\x30\x10\x06\x07\x2A\x86\x48\xCE\x3D\x02\x01\x06\x05\x2B\x81\x04\x00\x22"),
			   der(CCCD_DER_BIT_STRING, literal("\0\x04", 2),
				   der(NO_TAG, one, two)));
}

/* Whether an object is a JSON Web Key; Switzerland's have no "kty". */
static bool
is_web_key(JsonbContainer *object)
{
	return member(object, "kty", jbvString) != NULL ||
		(member(object, "keyId", jbvString) != NULL &&
		 (member(object, "n", jbvString) != NULL ||
		  member(object, "x", jbvString) != NULL));
}

/* A kind that a key may sign, by its letter. */
static uint8
usage_of(char letter)
{
	return letter == 'v' ? CCCD_KEY_VACCINATION :
		letter == 't' ? CCCD_KEY_TEST :
		letter == 'r' ? CCCD_KEY_RECOVERY : 0;
}

/*
 * The kinds that a key may sign: an array of letters, or in Switzerland's list
 * a text of them, which in other lists says "sig".
 */
static uint8
read_usages(JsonbContainer *object)
{
	JsonbValue *list = member(object, "keyUsage", jbvBinary);
	JsonbValue *letters = member(object, "use", jbvString);
	JsonbIterator *iterator;
	JsonbIteratorToken token;
	JsonbValue	value;
	uint8		usages = 0;

	if (letters != NULL)
	{
		for (int k = 0; k < letters->val.string.len; k++)
		{
			uint8		usage = usage_of(letters->val.string.val[k]);

			if (usage == 0)
				return 0;
			usages |= usage;
		}
		return usages;
	}
	if (list == NULL || !JsonContainerIsArray(list->val.binary.data))
		return 0;
	iterator = JsonbIteratorInit(list->val.binary.data);
	while ((token = JsonbIteratorNext(&iterator, &value, true)) != WJB_DONE)
	{
		if (token != WJB_ELEM || value.type != jbvString)
			continue;
		if (value.val.string.len == 1)
			usages |= usage_of(value.val.string.val[0]);
	}
	return usages;
}

/* Two letters for one to three in either case; false for any other text. */
static bool
code_of(const JsonbValue *value, char *country)
{
	char		code[4] = "";
	const char *two;

	if (value->type != jbvString || value->val.string.len > 3)
		return false;
	for (int k = 0; k < value->val.string.len; k++)
		code[k] = (char) pg_ascii_toupper((unsigned char) value->val.string.val[k]);
	two = cccd_country_two_letters(code);
	if (!cccd_country_has_form(two, strlen(two)))
		return false;
	memcpy(country, two, CCCD_COUNTRY_SIZE);
	return true;
}

/*
 * The state that an object names: in the Netherlands' list among other texts.
 * False if its country is something else.
 */
static bool
read_country(JsonbContainer *object, char *country)
{
	JsonbValue *value = any_member(object, "country");

	if (value != NULL && value->type != jbvNull)
		return code_of(value, country);
	value = string_member(object, "ian", "san");
	if (value != NULL)
		(void) code_of(value, country);
	return true;
}

/* Leave out an item, and name it by its number and its identifier. */
static void
refuse_item(ListWalk *walk, const JsonbValue *kid, const char *fault)
{
	int			length = kid == NULL ? 0 :
	pg_mbcliplen(kid->val.string.val, kid->val.string.len, KID_SHOWN);

	walk->refused++;
	if (walk->warned++ >= ITEMS_NAMED)
		return;
	ereport(WARNING,
			(errmsg("item %d of the trust list was left out", walk->items),
			 length > 0 ?
			 errdetail("Its identifier is \"%.*s\"; %s.", length,
					   kid->val.string.val, fault) :
			 errdetail("It has no identifier; %s.", fault)));
}

static bool
holds_key(JsonbContainer *object)
{
	return member(object, "rawData", jbvString) != NULL ||
		string_member(object, "subjectPk", "subjectPublicKeyInfo") != NULL ||
		is_web_key(object);
}

/* Add the certificate of an object; a gateway's list holds CSCAs as well,
 * which sign no certificates. */
static void
add_raw_data(ListWalk *walk, const Named *named, JsonbContainer *object)
{
	JsonbValue *type = string_member(object, "certificateType", NULL);

	if (type != NULL && !string_is(type, "DSC"))
		return;
	if (!add_text(walk, named, member(object, "rawData", jbvString)))
		walk->refused++;
}

/*
 * Why the first certificate of a JSON Web Key, if there is one, is not of this
 * key (RFC 7517 4.7) and, if it names URLs, of the issuer; or NULL.  The chain
 * behind it is not followed: a key counts because of where the list came from.
 */
static const char *
certificate_fault(JsonbContainer *object, const Named *named, CccdBytes key)
{
	JsonbValue *chain = any_member(object, "x5c");
	JsonbValue *first = NULL;
	CccdBytes	der;
	CccdX509	certificate;
	CccdDerError error;
	size_t		offset;

	if (chain == NULL || chain->type == jbvNull)
		return NULL;
	if (chain->type == jbvBinary &&
		JsonContainerIsArray(chain->val.binary.data))
		first = getIthJsonbValueFromContainer(chain->val.binary.data, 0);
	if (first == NULL || first->type != jbvString ||
		!decode(first->val.string.val, first->val.string.len, &der) ||
		!cccd_x509_read(der, &certificate, &error, &offset) ||
		!cccd_bytes_equal(certificate.key_info, key))
		return "its certificate (x5c) is not of its key";
	if (named->issuer.length > 0 &&
		cccd_x509_has_other_uri(&certificate, named->issuer))
		return "its certificate (x5c) is of another issuer";
	return NULL;
}

/* Add the bare key of an object. */
static void
add_bare_key(ListWalk *walk, const Named *named, const JsonbValue *kid,
			 JsonbContainer *object)
{
	JsonbValue *info = string_member(object, "subjectPk",
									 "subjectPublicKeyInfo");
	const char *fault = NULL;
	CccdBytes	key;

	if (info == NULL)
		key = web_key(object);
	else if (!decode(info->val.string.val, info->val.string.len, &key))
		key = NO_BYTES;
	if (key.length == 0 || named->kid.length == 0)
		walk->refused++;
	else if ((fault = certificate_fault(object, named, key)) != NULL)
		refuse_item(walk, kid, fault);
	else
		add_key(walk, named, false, key);
}

/* An object that holds a key; false: look for one further within. */
static bool
add_object(ListWalk *walk, const Named *around, JsonbContainer *object)
{
	JsonbValue *kid = string_member(object, "kid", "keyId");
	Named		named = *around;

	if (!holds_key(object))
		return false;
	walk->items++;
	if (kid != NULL &&
		!(decode(kid->val.string.val, kid->val.string.len, &named.kid) &&
		  named.kid.length <= CCCD_KID_MAX))
		named.kid = NO_BYTES;
	named.usages = read_usages(object);
	if (!read_country(object, named.country))
		refuse_item(walk, kid, "its country is not the code of a state");
	else if (member(object, "rawData", jbvString) != NULL)
		add_raw_data(walk, &named, object);
	else
		add_bare_key(walk, &named, kid, object);
	return true;
}

/* Walk a container; "around" is what the members and objects around it say. */
static void
walk_container(ListWalk *walk, const Named *around, JsonbContainer *container)
{
	JsonbIterator *iterator;
	JsonbIteratorToken token;
	JsonbValue	value;
	Named		outer = *around;
	Named		named;
	bool		object = JsonContainerIsObject(container);

	check_stack_depth();
	CHECK_FOR_INTERRUPTS();
	if (object && add_object(walk, around, container))
		return;
	if (object)
		(void) read_country(container, outer.country);
	named = outer;
	iterator = JsonbIteratorInit(container);
	while ((token = JsonbIteratorNext(&iterator, &value, true)) != WJB_DONE)
	{
		if (token == WJB_KEY)
		{
			/* an identifier, if it can be one */
			named = outer;
			if (!(decode(value.val.string.val, value.val.string.len,
						 &named.kid) && named.kid.length == CCCD_KID_SIZE))
				named.kid = outer.kid;
			if (cccd_country_has_form(value.val.string.val,
									  value.val.string.len))
				memcpy(named.country, value.val.string.val, CCCD_COUNTRY_SIZE);
		}
		else if ((token == WJB_VALUE || token == WJB_ELEM) &&
				 value.type == jbvString)
			add_text(walk, &named, &value);
		else if ((token == WJB_VALUE || token == WJB_ELEM) &&
				 value.type == jbvBinary)
			walk_container(walk, &named, value.val.binary.data);
	}
}

/* The value of what was found in a list. */
static bytea *
finish(ListWalk *walk)
{
	if (walk->build.count == 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("trust list does not hold a usable key")));
	if (walk->refused > 0)
		ereport(WARNING,
				(errmsg("%d items of the trust list were left out",
						walk->refused)));
	return cccd_build_finish(&walk->build);
}

/* (list, purpose, country): a value of the certificates and keys in a list. */
PG_FUNCTION_INFO_V1(cccd_trust_from_json);
Datum
cccd_trust_from_json(PG_FUNCTION_ARGS)
{
	Named		nothing;
	ListWalk	walk;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		PG_RETURN_NULL();
	memset(&walk, 0, sizeof(walk));
	memset(&nothing, 0, sizeof(nothing));
	nothing.kid = NO_BYTES;
	walk.purpose = cccd_build_key_purpose(PG_GETARG_TEXT_PP(1));
	if (!PG_ARGISNULL(2))
		cccd_build_country(PG_GETARG_TEXT_PP(2), nothing.country);
	cccd_build_init(&walk.build);
	walk_container(&walk, &nothing, &PG_GETARG_JSONB_P(0)->root);
	PG_RETURN_BYTEA_P(finish(&walk));
}

/* (keys, issuer, purpose): a value of the keys that an issuer publishes. */
PG_FUNCTION_INFO_V1(cccd_trust_from_jwks);
Datum
cccd_trust_from_jwks(PG_FUNCTION_ARGS)
{
	Jsonb	   *keys = PG_GETARG_JSONB_P(0);
	Named		named;
	ListWalk	walk;

	memset(&walk, 0, sizeof(walk));
	memset(&named, 0, sizeof(named));
	named.kid = NO_BYTES;
	named.issuer = cccd_build_issuer(PG_GETARG_TEXT_PP(1));
	walk.purpose = cccd_build_key_purpose(PG_GETARG_TEXT_PP(2));
	cccd_build_init(&walk.build);
	walk_container(&walk, &named, &keys->root);
	PG_RETURN_BYTEA_P(finish(&walk));
}
