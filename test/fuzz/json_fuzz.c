/*
 * json_fuzz.c
 *		Any bytes as JSON: what is read lies within them, every node ends where
 *		the next begins, and look-ups find what is there.
 */
#include "base/json_core.h"

#include <stdlib.h>
#include <string.h>

#include "base/text_core.h"

#define NODES	1024

static CccdJsonNode nodes[NODES];

/* A name finds its own value, because no name is there twice. */
static void
check_member(const uint8_t *text, int object, int name)
{
	char		out[CCCD_JSON_NAME + 1];
	int			length = cccd_json_string(text, &nodes[name], out,
										  sizeof(out));

	if (nodes[name].kind != CCCD_JSON_STRING || length < 0)
		abort();
	if (memchr(out, 0, (size_t) length) == NULL &&
		cccd_json_member(text, nodes, object, out) != name + 1)
		abort();
}

static void
check_node(const uint8_t *text, size_t size, int node, int count)
{
	const CccdJsonNode *n = &nodes[node];
	int			at = node + 1;
	int			parts = n->kind == CCCD_JSON_OBJECT ? n->count * 2 : n->count;

	if ((size_t) n->start + n->length > size || (int) n->next > count ||
		(n->count > 0 && n->kind < CCCD_JSON_ARRAY))
		abort();
	for (int k = 0; k < parts; k++)
	{
		if (at >= count || nodes[at].start < n->start ||
			nodes[at].start + nodes[at].length > n->start + n->length)
			abort();
		if (n->kind == CCCD_JSON_OBJECT && k % 2 == 0)
			check_member(text, node, at);
		at = (int) nodes[at].next;
	}
	if (at != (int) n->next)
		abort();
}

static void
check_string(const uint8_t *text, size_t size, const CccdJsonNode *node)
{
	char	   *out = malloc(size + 1);
	int			length = cccd_json_string(text, node, out, (int) size + 1);

	/* escapes are never shorter than what they stand for */
	if (length < 0 || !cccd_utf8_valid(out, (size_t) length) ||
		cccd_json_string(text, node, out, length) != -1)
		abort();
	free(out);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	int64_t		number;
	int			count;
	CccdJsonStatus status = cccd_json_parse(data, size, nodes, NODES, &count);

	if ((status == CCCD_JSON_OK) != (count > 0) || count > NODES)
		abort();
	for (int k = 0; k < count; k++)
	{
		check_node(data, size, k, count);
		if (nodes[k].kind == CCCD_JSON_STRING)
			check_string(data, size, &nodes[k]);
		if (cccd_json_integer(data, &nodes[k], &number) &&
			nodes[k].kind != CCCD_JSON_NUMBER)
			abort();
		cccd_json_scaled(data, &nodes[k], 6, &number);
	}
	if (count > 0 && (int) nodes[0].next != count)
		abort();
	return 0;
}
