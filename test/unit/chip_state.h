/*
 * chip_state.h
 *		A state that issues cards, and the verification of what it issued: for
 *		the tests of passive authentication.
 */
#ifndef CHIP_STATE_H
#define CHIP_STATE_H

#include "unit.h"

#include "pki.h"

#include "chip/chip_core.h"

#define AT		INT64_C(848707200000000)	/* 2026-11-23 */
#define DAY		INT64_C(86400000000)

/* A state with two ways to sign. */
static EVP_PKEY *csca_key;
static EVP_PKEY *signer_keys[2];
static PkiCertificate csca;
static PkiCertificate signers[2];
static CccdBytes csca_der;
static CccdBytes signer_ders[2];

static uint8_t scratch[CCCD_SOD_SIZE];
static CccdChipWork work;

/* A trust value, opened. */
typedef struct Trust
{
	uint8_t    *value;
	size_t		length;
	void	   *memory;
	CccdTrustStore *store;
} Trust;

static inline CccdTrustStore *
open_store(void *argument)
{
	return ((Trust *) argument)->store;
}

/* Build a value of certificates and lists, up to one without bytes. */
static inline Trust
make_trust(CccdBytes first,...)
{
	CccdTrustEntry entries[32];
	CccdX509	certificates[32];
	CccdBytes	value;
	CccdBytes	item = first;
	va_list		more;
	Trust		result;
	int			count = 0;

	va_start(more, first);
	while (item.data != NULL)
	{
		CccdCrl		crl;
		CccdDerError error;
		size_t		offset;

		if (cccd_crl_read(item, &crl, &error, &offset))
		{
			CccdTrustEntry *entry = &entries[count++];

			memset(entry, 0, sizeof(*entry));
			entry->kind = CCCD_TRUST_CRL;
			entry->purpose = CCCD_PURPOSE_CHIP;
			entry->source = CCCD_TRUST_SOURCE_OPERATOR;
			entry->bytes = item;
			cccd_hash_bytes(CCCD_HASH_SHA256, item, entry->fingerprint);
		}
		else if (cccd_trust_classify(item, CCCD_PURPOSE_CHIP,
									 CCCD_TRUST_SOURCE_OPERATOR, &entries[count]))
			count++;
		item = va_arg(more, CccdBytes);
	}
	va_end(more);
	count = cccd_trust_settle(entries, count, certificates, NULL);
	value.length = cccd_trust_size(entries, count);
	result.value = malloc(value.length);
	result.length = value.length;
	value.data = result.value;
	CHECK(cccd_trust_write(entries, count, result.value));
	CHECK(cccd_trust_valid(value));
	result.memory = malloc(cccd_store_size(value));
	CHECK(cccd_store_open(value, result.memory, &result.store));
	return result;
}

static inline void
free_trust(Trust *t)
{
	cccd_signer_forget_all();
	cccd_store_close(t->store);
	free(t->memory);
	free(t->value);
}

static inline const CccdChipResult *
verify_at(Trust *t, CccdBytes sod, const CccdBytes *groups, int count,
		  CccdChipPolicy policy, int64_t at)
{
	static CccdChipResult result;
	CccdChipInput input;

	memset(&input, 0, sizeof(input));
	input.sod = sod;
	input.kind = CCCD_SOD_DOCUMENT;
	input.groups = groups;
	input.group_count = count;
	input.at = at;
	input.policy = policy;
	input.trust.digest = t->store->digest;
	input.trust.open = open_store;
	input.trust.argument = t;
	input.scratch = scratch;
	input.capacity = sizeof(scratch);
	cccd_chip_verify(&input, &work, &result);
	return &result;
}

static inline void
make_state(void)
{
	int			k;

	csca_key = pki_key("brainpoolP384r1", true);
	csca = (PkiCertificate)
	{
		"VN", "CSCA test", "CSCA test", 1, csca_key,
			csca_key, true, false, NULL, NULL
	};
	csca_der = pki_make_certificate(&csca);
	signer_keys[0] = pki_key("RSA", false);
	signer_keys[1] = pki_key("brainpoolP384r1", true);
	for (k = 0; k < 2; k++)
	{
		signers[k] = (PkiCertificate)
		{
			"VN", k == 0 ? "DS 1" : "DS 2",
				"CSCA test", 1001 + k, signer_keys[k], csca_key, false, false,
				NULL, NULL
		};
		signer_ders[k] = pki_make_certificate(&signers[k]);
	}
}

static inline void
free_state(void)
{
	EVP_PKEY_free(csca_key);
	EVP_PKEY_free(signer_keys[0]);
	EVP_PKEY_free(signer_keys[1]);
}

#endif							/* CHIP_STATE_H */
