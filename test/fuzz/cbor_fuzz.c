/*
 * cbor_fuzz.c
 *		Any bytes as CBOR: what is read lies within them, every node ends where
 *		the next begins, and look-ups find only what is there.
 */
#include "base/cbor_core.h"

#include <stdlib.h>
#include <string.h>

static CccdCborNode nodes[CCCD_CBOR_ITEMS];

static void
check_node(const CccdCbor *cbor, int node, const CccdBytes *message,
		   const uint8_t *scratch)
{
	const CccdCborNode *n = cccd_cbor_node(cbor, node);
	CccdBytes	bytes;
	int			child = node + 1;
	uint32_t	k;

	if (n->type == CCCD_CBOR_BYTES || n->type == CCCD_CBOR_TEXT)
	{
		bytes = cccd_cbor_bytes(cbor, node);
		if (!(bytes.data >= message->data &&
			  bytes.data + bytes.length <= message->data + message->length) &&
			!(bytes.data >= scratch &&
			  bytes.data + bytes.length <= scratch + cbor->scratch_used))
			abort();
	}
	for (k = 0; k < n->length && n->type >= CCCD_CBOR_ARRAY &&
		 n->type <= CCCD_CBOR_TAG; k++)
	{
		child = cccd_cbor_node(cbor, child)->next;
		if (n->type == CCCD_CBOR_MAP)
			child = cccd_cbor_node(cbor, child)->next;
	}
	if (child != n->next || child > cbor->count)
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	uint8_t    *scratch = malloc(size + 1);
	CccdBytes	message = {data, size};
	CccdCbor	cbor;
	size_t		used;
	int64_t		number;
	double		real;
	int			root;
	int			k;

	cccd_cbor_open(&cbor, nodes, scratch);
	root = cccd_cbor_read(&cbor, message, &used);
	if (cbor.count > CCCD_CBOR_ITEMS || cbor.scratch_used > size ||
		used > size || (root < 0) == (cbor.error == CCCD_CBOR_OK))
		abort();
	if (root >= 0)
	{
		if (nodes[root].next != cbor.count)
			abort();
		for (k = 0; k < cbor.count; k++)
		{
			check_node(&cbor, k, &message, scratch);
			cccd_cbor_integer(&cbor, k, &number);
			cccd_cbor_number(&cbor, k, &real);
		}
		cccd_cbor_find(&cbor, root, -260);
		cccd_cbor_find_text(&cbor, root, "nam");
	}
	free(scratch);
	return 0;
}
