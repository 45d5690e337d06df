/*
 * active_vectors.c
 *		Answers of chips for the regression test: keys are made, used and
 *		forgotten.  A line is name, DG15, DG14, challenge and response, the
 *		bytes as bytea literals; an empty field is NULL to COPY's csv.
 */
#include <stdbool.h>
#include <stdio.h>

#include "active_sign.h"

static void
put(const ActiveBytes * bytes)
{
	size_t		k;

	putchar(',');
	if (bytes == NULL)
		return;
	printf("\\x");
	for (k = 0; k < bytes->length; k++)
		printf("%02x", bytes->data[k]);
}

static void
line(const char *name, const ActiveBytes * dg15, const ActiveBytes * dg14,
	 const ActiveBytes * asked, const ActiveBytes * response)
{
	printf("%s", name);
	put(dg15);
	put(dg14);
	put(asked);
	put(response);
	putchar('\n');
}

int
main(void)
{
	static ActiveBytes dg15;
	static ActiveBytes dg14;
	static ActiveBytes response;
	static ActiveBytes asked;
	EVP_PKEY   *rsa = EVP_RSA_gen(2048);
	EVP_PKEY   *p256 = EVP_EC_gen("P-256");
	EVP_PKEY   *brainpool = EVP_EC_gen("brainpoolP384r1");
	int			k;

	asked.length = 8;
	RAND_bytes(asked.data, 8);
	active_dg15(rsa, &dg15);
	active_rsa_sign(rsa, "SHA256", 0x34, asked.data, false, &response);
	line("rsa sha256", &dg15, NULL, &asked, &response);
	active_rsa_sign(rsa, "SHA1", 0xBC, asked.data, false, &response);
	line("rsa sha1", &dg15, NULL, &asked, &response);
	active_rsa_sign(rsa, "SHA384", 0x34, asked.data, false, &response);
	line("rsa sha384 named sha256", &dg15, NULL, &asked, &response);
	/* until the smaller one is n - s */
	for (k = 0; k < 64; k++)
	{
		ActiveBytes straight;
		uint8_t		message[256];

		active_message(256, 0x6A, "SHA512", 0x35, asked.data, 8, message);
		active_rsa_power(rsa, message, false, &straight);
		active_rsa_power(rsa, message, true, &response);
		if (memcmp(straight.data, response.data, 256) != 0)
			break;
	}
	line("rsa sha512 complement", &dg15, NULL, &asked, &response);
	active_dg15(p256, &dg15);
	active_dg14_plain(3, &dg14);
	active_ec_sign(p256, "SHA256", asked.data, true, &response);
	line("p256 sha256", &dg15, &dg14, &asked, &response);
	line("p256 sha256 without dg14", &dg15, NULL, &asked, &response);
	active_ec_sign(p256, "SHA256", asked.data, false, &response);
	line("p256 sha256 der", &dg15, &dg14, &asked, &response);
	active_dg15(brainpool, &dg15);
	active_dg14_plain(4, &dg14);
	active_ec_sign(brainpool, "SHA384", asked.data, true, &response);
	line("brainpoolP384r1 sha384", &dg15, &dg14, &asked, &response);
	EVP_PKEY_free(rsa);
	EVP_PKEY_free(p256);
	EVP_PKEY_free(brainpool);
	return 0;
}
