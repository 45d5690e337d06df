/*
 * certificate_content.c
 *		The content of a certificate as jsonb.
 */
#include "certificate/certificate.h"

#include <math.h>

#include "mb/pg_wchar.h"
#include "utils/builtins.h"
#include "utils/jsonb.h"
#include "utils/numeric.h"

#include "base/encoding.h"

typedef struct ContentBuilder
{
	const CccdCbor *cbor;
	CccdJsonbState state;
} ContentBuilder;

static void
push(ContentBuilder *b, JsonbIteratorToken token, JsonbValue *value)
{
	cccd_jsonb_push(&b->state, token, value);
}

/*
 * A text of the message; null where jsonb cannot hold it: U+0000, or a
 * character that the database's encoding lacks.
 */
static void
text_value(CccdBytes bytes, JsonbValue *value)
{
	CccdSlice	slice;
	text	   *converted;

	value->type = jbvNull;
	if (memchr(bytes.data, 0, bytes.length) != NULL)
		return;
	value->type = jbvString;
	value->val.string.val = (char *) bytes.data;
	value->val.string.len = (int) bytes.length;
	if (GetDatabaseEncoding() == PG_UTF8)
		return;
	slice.ptr = (const char *) bytes.data;
	slice.len = bytes.length;
	converted = cccd_text_from_utf8(slice);
	if (converted == NULL)
	{
		value->type = jbvNull;
		return;
	}
	value->val.string.val = VARDATA_ANY(converted);
	value->val.string.len = VARSIZE_ANY_EXHDR(converted);
}

/* An integer or a float as numeric; what is not a finite number is null. */
static void
number_value(const CccdCborNode *node, JsonbValue *value)
{
	uint64_t	number = node->value.number;

	value->type = jbvNumeric;
	if (node->type == CCCD_CBOR_FLOAT)
	{
		double		real = node->value.real;

		if (isnan(real) || isinf(real))
			value->type = jbvNull;
		else
			value->val.numeric = DatumGetNumeric(DirectFunctionCall1(float8_numeric,
																	 Float8GetDatum(real)));
	}
	else if (number <= PG_INT64_MAX)
		value->val.numeric = int64_to_numeric(node->type == CCCD_CBOR_UNSIGNED ?
											  (int64) number :
											  -1 - (int64) number);
	else
	{
		/* beyond 64 bits with a sign: through its digits */
		char		digits[32];
		Numeric		above;

		snprintf(digits, sizeof(digits), UINT64_FORMAT, number);
		above = DatumGetNumeric(DirectFunctionCall3(numeric_in,
													CStringGetDatum(digits),
													ObjectIdGetDatum(InvalidOid),
													Int32GetDatum(-1)));
		if (node->type == CCCD_CBOR_NEGATIVE)
			above = cccd_numeric_sub(int64_to_numeric(-1), above);
		value->val.numeric = above;
	}
}

static void
bytes_value(CccdBytes bytes, JsonbValue *value)
{
	char	   *digits = palloc(2 * bytes.length + 1);

	hex_encode((const char *) bytes.data, bytes.length, digits);
	value->type = jbvString;
	value->val.string.val = digits;
	value->val.string.len = (int) (2 * bytes.length);
}

/* A map's key; integers by their digits. */
static void
key_value(ContentBuilder *b, int node, JsonbValue *key)
{
	const CccdCborNode *n = cccd_cbor_node(b->cbor, node);

	if (n->type == CCCD_CBOR_TEXT)
	{
		text_value(cccd_cbor_bytes(b->cbor, node), key);
		if (key->type == jbvString)
			return;
		/* a key that cannot be written does not mean anything */
		key->val.string.val = "";
		key->val.string.len = 0;
	}
	else
	{
		char	   *digits;

		/* of a negative integer one less stands in the message */
		if (n->type == CCCD_CBOR_UNSIGNED)
			digits = psprintf(UINT64_FORMAT, n->value.number);
		else if (n->value.number < PG_UINT64_MAX)
			digits = psprintf("-" UINT64_FORMAT, n->value.number + 1);
		else
			digits = "-18446744073709551616";
		key->val.string.val = digits;
		key->val.string.len = (int) strlen(digits);
	}
	key->type = jbvString;
}

static void append(ContentBuilder *b, int node, JsonbIteratorToken token);

static void
append_map(ContentBuilder *b, int node)
{
	uint32		count = cccd_cbor_node(b->cbor, node)->length;
	int			key = node + 1;

	push(b, WJB_BEGIN_OBJECT, NULL);
	for (uint32 k = 0; k < count; k++)
	{
		JsonbValue	value;

		key_value(b, key, &value);
		push(b, WJB_KEY, &value);
		append(b, key + 1, WJB_VALUE);
		key = cccd_cbor_node(b->cbor, key + 1)->next;
	}
	push(b, WJB_END_OBJECT, NULL);
}

static void
append_array(ContentBuilder *b, int node)
{
	uint32		count = cccd_cbor_node(b->cbor, node)->length;
	int			item = node + 1;

	push(b, WJB_BEGIN_ARRAY, NULL);
	for (uint32 k = 0; k < count; k++)
	{
		append(b, item, WJB_ELEM);
		item = cccd_cbor_node(b->cbor, item)->next;
	}
	push(b, WJB_END_ARRAY, NULL);
}

/* Append an item; the reader has bounded how deep this goes. */
static void
append(ContentBuilder *b, int node, JsonbIteratorToken token)
{
	const CccdCborNode *n;
	JsonbValue	value;

	node = cccd_cbor_untag(b->cbor, node);
	n = cccd_cbor_node(b->cbor, node);
	switch (n->type)
	{
		case CCCD_CBOR_MAP:
			append_map(b, node);
			return;
		case CCCD_CBOR_ARRAY:
			append_array(b, node);
			return;
		case CCCD_CBOR_TEXT:
			text_value(cccd_cbor_bytes(b->cbor, node), &value);
			break;
		case CCCD_CBOR_BYTES:
			bytes_value(cccd_cbor_bytes(b->cbor, node), &value);
			break;
		case CCCD_CBOR_UNSIGNED:
		case CCCD_CBOR_NEGATIVE:
		case CCCD_CBOR_FLOAT:
			number_value(n, &value);
			break;
		case CCCD_CBOR_FALSE:
		case CCCD_CBOR_TRUE:
			value.type = jbvBool;
			value.val.boolean = n->type == CCCD_CBOR_TRUE;
			break;
		default:
			value.type = jbvNull;
			break;
	}
	push(b, token, &value);
}

/* A value of JSON at a node, with what it holds. */
typedef struct JsonText
{
	const uint8_t *text;
	const CccdJsonNode *nodes;
} JsonText;

/* A string, null where jsonb cannot hold it. */
static void
json_string(const JsonText *json, const CccdJsonNode *node, JsonbValue *value)
{
	/* an escape is never shorter than what it stands for */
	char	   *out = palloc((Size) node->length + 1);
	int			length = cccd_json_string(json->text, node, out,
										  (int) node->length + 1);
	CccdBytes	bytes = {(const uint8_t *) out, length < 0 ? 0 : length};

	text_value(bytes, value);
}

/* Digits of a number that numeric_in reads, whatever they are. */
#define NUMBER_DIGITS	64

/*
 * A number as it stands there; null where it has more digits than any that
 * means something, or an exponent, which could be beyond numeric's range.
 */
static void
json_number(const JsonText *json, const CccdJsonNode *node, JsonbValue *value)
{
	const char *start = (const char *) json->text + node->start;
	char		digits[NUMBER_DIGITS + 1];
	int64		number;

	value->type = jbvNumeric;
	if (cccd_json_integer(json->text, node, &number))
		value->val.numeric = int64_to_numeric(number);
	else if (node->length <= NUMBER_DIGITS &&
			 memchr(start, 'e', node->length) == NULL &&
			 memchr(start, 'E', node->length) == NULL)
	{
		memcpy(digits, start, node->length);
		digits[node->length] = '\0';
		value->val.numeric =
			DatumGetNumeric(DirectFunctionCall3(numeric_in,
												CStringGetDatum(digits),
												ObjectIdGetDatum(InvalidOid),
												Int32GetDatum(-1)));
	}
	else
		value->type = jbvNull;
}

static void append_json(ContentBuilder *b, const JsonText *json, int node,
						JsonbIteratorToken token);

static void
append_json_items(ContentBuilder *b, const JsonText *json, int node)
{
	const CccdJsonNode *n = &json->nodes[node];
	bool		object = n->kind == CCCD_JSON_OBJECT;
	int			item = node + 1;

	push(b, object ? WJB_BEGIN_OBJECT : WJB_BEGIN_ARRAY, NULL);
	for (int k = 0; k < n->count; k++)
	{
		JsonbValue	name;

		if (object)
		{
			json_string(json, &json->nodes[item++], &name);
			if (name.type == jbvNull)
			{
				/* a name that cannot be written does not mean anything */
				name.type = jbvString;
				name.val.string.val = "";
				name.val.string.len = 0;
			}
			push(b, WJB_KEY, &name);
		}
		append_json(b, json, item, object ? WJB_VALUE : WJB_ELEM);
		item = (int) json->nodes[item].next;
	}
	push(b, object ? WJB_END_OBJECT : WJB_END_ARRAY, NULL);
}

/* Append a value; the reader has bounded how deep this goes. */
static void
append_json(ContentBuilder *b, const JsonText *json, int node,
			JsonbIteratorToken token)
{
	const CccdJsonNode *n = &json->nodes[node];
	JsonbValue	value = {.type = jbvNull};

	switch (n->kind)
	{
		case CCCD_JSON_OBJECT:
		case CCCD_JSON_ARRAY:
			append_json_items(b, json, node);
			return;
		case CCCD_JSON_STRING:
			json_string(json, n, &value);
			break;
		case CCCD_JSON_NUMBER:
			json_number(json, n, &value);
			break;
		case CCCD_JSON_FALSE:
		case CCCD_JSON_TRUE:
			value.type = jbvBool;
			value.val.boolean = n->kind == CCCD_JSON_TRUE;
			break;
		default:
			break;
	}
	push(b, token, &value);
}

/* The message of a seal. */
static Datum
content_of_vds_nc(const CccdVdsnc *vdsnc)
{
	ContentBuilder b = {NULL};
	JsonText	json = {vdsnc->text, vdsnc->nodes};

	append_json_items(&b, &json, vdsnc->message);
	return JsonbPGetDatum(JsonbValueToJsonb(b.state.result));
}

/* The payload of a SMART Health Card: the bundle stands in its claim "vc". */
static Datum
content_of_shc(const CccdShc *shc)
{
	ContentBuilder b = {NULL};
	JsonText	json = {shc->payload.data, shc->nodes};

	append_json_items(&b, &json, 0);
	return JsonbPGetDatum(JsonbValueToJsonb(b.state.result));
}

/* The content of an HC1: a map of its message. */
static Datum
content_of_hc1(const CccdHcert *hcert)
{
	ContentBuilder b = {.cbor = &hcert->cbor_message};

	append_map(&b, hcert->content);
	return JsonbPGetDatum(JsonbValueToJsonb(b.state.result));
}

Datum
cccd_certificate_content(const CccdCertificate *certificate)
{
	switch (certificate->kind)
	{
		case CCCD_CERTIFICATE_VDS_NC:
			return content_of_vds_nc(&cccd_certificate_work.of.vds_nc.result.vdsnc);
		case CCCD_CERTIFICATE_SHC:
			return content_of_shc(&cccd_certificate_work.of.shc.result.shc);
		default:
			return content_of_hc1(&cccd_certificate_work.of.hc1.result.hcert);
	}
}
