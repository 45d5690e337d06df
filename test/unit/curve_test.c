/*
 * curve_test.c
 *		Explicit parameters of elliptic curves: all of them are a curve's, or
 *		they are no curve of ours.
 */
#include "unit.h"

#include "pki.h"

#include "pki/curve_core.h"

/* ECParameters by their parts (RFC 3279 2.3.5). */
enum
{
	VERSION,
	FIELD_TYPE,
	PRIME,
	FIELD_END,					/* one more in the field */
	A,
	B,
	SEED,
	COEFFICIENTS_END,
	GENERATOR,
	ORDER,
	COFACTOR,
	END,
	PARTS
};

typedef struct Parameters
{
	CccdBytes	part[PARTS];	/* without data: left out */
} Parameters;

/* The parts from one on, as one run of bytes. */
static CccdBytes
run_of(const Parameters *parameters, int first, int last)
{
	CccdBytes	none = PKI_LITERAL("");
	const CccdBytes *part = parameters->part;
	CccdBytes	run = none;

	for (int k = first; k <= last; k++)
		if (part[k].data != NULL)
			run = pki_wrap(-1, run, part[k], PKI_END);
	return run;
}

static CccdBytes
number(const char *bytes, int octets)
{
	while (octets > 1 && *bytes == '\0')
	{
		bytes++;
		octets--;
	}
	/* a number is not negative */
	if (bytes[0] & 0x80)
		return PKI_TLV(CCCD_DER_INTEGER,
					   pki_wrap(-1, pki_bytes("\0", 1),
								pki_bytes(bytes, (size_t) octets), PKI_END));
	return PKI_TLV(CCCD_DER_INTEGER, pki_bytes(bytes, (size_t) octets));
}

static CccdBytes
octets_of(const char *bytes, int octets)
{
	return PKI_TLV(CCCD_DER_OCTET_STRING, pki_bytes(bytes, (size_t) octets));
}

static Parameters
parameters_of(const CccdCurve *curve)
{
	Parameters	result;
	char		point[1 + 2 * 66];

	memset(&result, 0, sizeof(result));
	point[0] = 4;
	memcpy(point + 1, curve->x, (size_t) curve->octets);
	memcpy(point + 1 + curve->octets, curve->y, (size_t) curve->octets);
	result.part[VERSION] = number("\x01", 1);
	result.part[FIELD_TYPE] = PKI_OID("\x2A\x86\x48\xCE\x3D\x01\x01");
	result.part[PRIME] = number(curve->p, curve->octets);
	result.part[A] = octets_of(curve->a, curve->octets);
	result.part[B] = octets_of(curve->b, curve->octets);
	result.part[GENERATOR] = octets_of(point, 1 + 2 * curve->octets);
	result.part[ORDER] = number(curve->n, curve->octets);
	result.part[COFACTOR] = number("\x01", 1);
	return result;
}

typedef enum Reading
{
	MALFORMED,
	FOUND,
	UNKNOWN,
	NONSTANDARD
} Reading;

static Reading
read_as(const Parameters *parameters, const CccdCurve **curve)
{
	CccdBytes	bytes =
	PKI_TLV(0x30, run_of(parameters, VERSION, VERSION),
			PKI_TLV(0x30, run_of(parameters, FIELD_TYPE, FIELD_END)),
			PKI_TLV(0x30, run_of(parameters, A, COEFFICIENTS_END)),
			run_of(parameters, GENERATOR, END));
	CccdDerDocument document;
	CccdDer		cursor = cccd_der_open(&document, bytes.data, bytes.length,
									   true);
	CccdCurveMatch match;
	bool		good = cccd_curve_by_parameters(&cursor, curve, &match);

	CHECK(good == (document.error == CCCD_DER_OK));
	CHECK(good || match == CCCD_CURVE_UNKNOWN);
	return !good ? MALFORMED : match == CCCD_CURVE_OK ? FOUND :
		match == CCCD_CURVE_UNKNOWN ? UNKNOWN : NONSTANDARD;
}

static Reading
reading(const Parameters *parameters)
{
	const CccdCurve *curve = NULL;
	Reading		result = read_as(parameters, &curve);

	CHECK((curve != NULL) == (result == FOUND));
	return result;
}

/* Each part of each curve: missing, of another type, with another value. */
static void
test_parts(const CccdCurve *curve)
{
	const Parameters honest = parameters_of(curve);
	const CccdCurve *found = NULL;

	CHECK(read_as(&honest, &found) == FOUND && found == curve);
	/* a version is a small number that is not negative */
	for (int octets = 1; octets <= 9; octets++)
		for (int sign = 0; sign < 2; sign++)
		{
			Parameters	changed = honest;
			char		value[9] = {sign ? (char) 0x81 : 1};

			changed.part[VERSION] = PKI_TLV(CCCD_DER_INTEGER,
											pki_bytes(value, (size_t) octets));
			CHECK(reading(&changed) ==
				  (sign || octets > 4 ? MALFORMED : FOUND));
		}
	for (int part = 0; part < PARTS; part++)
	{
		Parameters	changed = honest;
		CccdBytes	bytes = honest.part[part];
		bool		optional = part == SEED || part == COFACTOR;
		uint8_t    *copy;

		if (part == FIELD_END || part == COEFFICIENTS_END || part == END)
		{
			changed.part[part] = PKI_LITERAL("\x05\x00");
			CHECK(reading(&changed) == MALFORMED);
			continue;
		}
		/* without the order the cofactor stands in its place */
		changed.part[part].data = NULL;
		CHECK(reading(&changed) == (optional ? FOUND :
									part == ORDER ? NONSTANDARD : MALFORMED));
		changed.part[part] = PKI_LITERAL("\x05\x00");
		CHECK(reading(&changed) == MALFORMED);
		if (part == SEED)
		{
			changed.part[part] = PKI_LITERAL("\x03\x02\x00\x55");
			CHECK(reading(&changed) == FOUND);
			continue;
		}
		/* the last bit of its value, and of its value's first byte */
		copy = pki_alloc(bytes.length);
		memcpy(copy, bytes.data, bytes.length);
		copy[bytes.length - 1] ^= 1;
		changed.part[part].data = copy;
		changed.part[part].length = bytes.length;
		CHECK(reading(&changed) == (part == VERSION ? FOUND :
									part == FIELD_TYPE || part == PRIME ?
									UNKNOWN : NONSTANDARD));
	}
}

/* Generators: the point, or its x with the right last bit of y. */
static void
test_generators(const CccdCurve *curve)
{
	Parameters	changed = parameters_of(curve);
	size_t		octets = (size_t) curve->octets;
	char		point[2 + 2 * 66];
	char		form = (char) (2 | (curve->y[octets - 1] & 1));

	memset(point, 0, sizeof(point));
	memcpy(point + 1, curve->x, octets);
	memcpy(point + 1 + octets, curve->y, octets);
	for (int first = 0; first < 8; first++)
		for (size_t length = 0; length <= 2 + 2 * octets; length++)
		{
			bool		good = (first == 4 && length == 1 + 2 * octets) ||
			(first == form && length == 1 + octets);

			point[0] = (char) first;
			changed.part[GENERATOR] = octets_of(point, (int) length);
			CHECK(reading(&changed) == (good ? FOUND : NONSTANDARD));
		}
	point[0] = 4;
	for (size_t at = 1; at <= 2 * octets; at++)
	{
		point[at] ^= 1;
		changed.part[GENERATOR] = octets_of(point, (int) (1 + 2 * octets));
		CHECK(reading(&changed) == NONSTANDARD);
		point[at] ^= 1;
	}
}

/* Numbers with other lengths: zeros in front say nothing, a cofactor is 1. */
static void
test_lengths(const CccdCurve *curve)
{
	Parameters	changed = parameters_of(curve);
	char		longer[1 + 66];

	longer[0] = 0;
	memcpy(longer + 1, curve->a, (size_t) curve->octets);
	changed.part[A] = octets_of(longer, 1 + curve->octets);
	CHECK(reading(&changed) == FOUND);
	longer[0] = 1;
	changed.part[A] = octets_of(longer, 1 + curve->octets);
	CHECK(reading(&changed) == NONSTANDARD);
	changed = parameters_of(curve);
	changed.part[COFACTOR] = number("\x02", 1);
	CHECK(reading(&changed) == NONSTANDARD);
	changed.part[COFACTOR] = number("\x01\x01", 2);
	CHECK(reading(&changed) == NONSTANDARD);
	changed.part[COFACTOR] = PKI_LITERAL("\x02\x01\xFF");
	CHECK(reading(&changed) == MALFORMED);
	changed = parameters_of(curve);
	changed.part[ORDER] = PKI_LITERAL("\x02\x01\xFF");
	CHECK(reading(&changed) == MALFORMED);
	changed = parameters_of(curve);
	changed.part[PRIME] = PKI_LITERAL("\x02\x01\xFF");
	CHECK(reading(&changed) == MALFORMED);
	changed = parameters_of(curve);
	changed.part[FIELD_TYPE] = PKI_OID("\x2A\x86\x48\xCE\x3D\x01");
	CHECK(reading(&changed) == UNKNOWN);
}

/* Each curve by its identifier, and none by what is next to it. */
static void
test_identifiers(const CccdCurve *curve)
{
	char		oid[16];
	size_t		length = (size_t) curve->oid_length;
	const CccdCurve *found = NULL;

	memcpy(oid, curve->oid, length);
	oid[length] = 1;
	CHECK(cccd_curve_by_oid(pki_bytes(oid, length), &found) == CCCD_CURVE_OK);
	CHECK(found == curve);
	found = NULL;
	CHECK(cccd_curve_by_oid(pki_bytes(oid, length + 1), &found) ==
		  CCCD_CURVE_UNKNOWN && found == NULL);
	CHECK(cccd_curve_by_oid(pki_bytes(oid, length - 1), &found) ==
		  CCCD_CURVE_UNKNOWN && found == NULL);
	oid[0] ^= 1;
	CHECK(cccd_curve_by_oid(pki_bytes(oid, length), &found) ==
		  CCCD_CURVE_UNKNOWN && found == NULL);
}

int
main(void)
{
	CHECK(cccd_curve_count > 0);
	for (int k = 0; k < cccd_curve_count; k++)
	{
		test_parts(&cccd_curves[k]);
		test_generators(&cccd_curves[k]);
		test_lengths(&cccd_curves[k]);
		test_identifiers(&cccd_curves[k]);
	}
	return finish();
}
