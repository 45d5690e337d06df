/*
 * digest.c
 *		SHA-256 of pieces; see digest.h.
 */
#include "gate/digest.h"

#include "common/cryptohash.h"
#include "common/sha2.h"

void
cccd_digest(const CccdPiece *pieces, int count, uint8 *out)
{
	pg_cryptohash_ctx *context = pg_cryptohash_create(PG_SHA256);
	bool		fine = context && pg_cryptohash_init(context) >= 0;

	for (int i = 0; fine && i < count; i++)
		fine = pieces[i].length == 0 ||
			pg_cryptohash_update(context, pieces[i].bytes,
								 pieces[i].length) >= 0;
	fine = fine && pg_cryptohash_final(context, out,
									   PG_SHA256_DIGEST_LENGTH) >= 0;
	pg_cryptohash_free(context);
	if (!fine)
		elog(ERROR, "SHA-256 cannot be computed");
}
