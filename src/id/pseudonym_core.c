/*
 * pseudonym_core.c
 *		HMAC-SHA-256 of the twelve digits, in the shape of a UUID.
 */
#include "id/pseudonym_core.h"

#include <string.h>

#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "id/id_core.h"

/*
 * 122 bits of the digest remain.  The one-call HMAC() owns and frees what it
 * makes on every path.
 */
bool
cccd_pseudonym(int64_t id, const unsigned char *key, size_t key_length,
			   unsigned char out[CCCD_PSEUDONYM_BYTES])
{
	char		digits[CCCD_ID_DIGITS + 1];
	unsigned char digest[EVP_MAX_MD_SIZE];
	unsigned int digest_length = 0;
	bool		done;

	cccd_id_format(id, digits);
	ERR_clear_error();
	done = HMAC(EVP_sha256(), key, (int) key_length,
				(const unsigned char *) digits, CCCD_ID_DIGITS,
				digest, &digest_length) != NULL &&
		digest_length >= CCCD_PSEUDONYM_BYTES;
	ERR_clear_error();
	if (done)
	{
		memcpy(out, digest, CCCD_PSEUDONYM_BYTES);
		out[6] = (out[6] & 0x0F) | 0x80;
		out[8] = (out[8] & 0x3F) | 0x80;
	}
	OPENSSL_cleanse(digits, sizeof(digits));
	OPENSSL_cleanse(digest, sizeof(digest));
	return done;
}
