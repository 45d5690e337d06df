/*
 * pseudonym_test.c
 *		The keyed stand-in against vectors of another implementation
 *		(Python's hmac and hashlib), and what it leaves behind.
 */
#include "unit.h"

#include <string.h>

#include <openssl/err.h>

#include "id/pseudonym_core.h"

static void
check_vector(int64_t id, const unsigned char *key, size_t key_length,
			 const char *wanted)
{
	unsigned char out[CCCD_PSEUDONYM_BYTES];
	char		hex[2 * CCCD_PSEUDONYM_BYTES + 1];
	int			i;

	/* what somebody else left in the queue must not stay there either */
	ERR_raise(ERR_LIB_USER, 1);
	CHECK(cccd_pseudonym(id, key, key_length, out));
	CHECK(ERR_peek_error() == 0);
	for (i = 0; i < CCCD_PSEUDONYM_BYTES; i++)
		snprintf(hex + 2 * i, 3, "%02x", out[i]);
	CHECK_STR(hex, wanted);
}

int
main(void)
{
	unsigned char counting[100],
				zeros[64] = {0},
				one[CCCD_PSEUDONYM_BYTES],
				other[CCCD_PSEUDONYM_BYTES];
	int			i;

	for (i = 0; i < 100; i++)
		counting[i] = (unsigned char) i;
	check_vector(INT64_C(79201001234),
				 (const unsigned char *) "0123456789abcdef", 16,
				 "1e23b2240de881df815c065c70d823ad");
	/* a key longer than SHA-256's block is hashed first */
	check_vector(0, counting, sizeof(counting),
				 "0bede319897e867c95fc80429cb19cc9");
	check_vector(INT64_C(999999999999), zeros, sizeof(zeros),
				 "5ea19fc42fad8644bbd396cae53967c7");

	/* another key, another pseudonym */
	CHECK(cccd_pseudonym(1, counting, 16, one));
	CHECK(cccd_pseudonym(1, counting + 1, 16, other));
	CHECK(memcmp(one, other, sizeof(one)) != 0);
	CHECK(cccd_pseudonym(2, counting, 16, other));
	CHECK(memcmp(one, other, sizeof(one)) != 0);
	return finish();
}
