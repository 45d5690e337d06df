/*
 * dg13_make.h
 *		Files of a chip as Vietnamese cards have them: DG1 and DG13 of invented
 *		people, written element by element, so that a test can also write what
 *		no issuer would.
 */
#ifndef DG13_MAKE_H
#define DG13_MAKE_H

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define MAKE_ROOM		16384

typedef struct MakeBytes
{
	uint8_t		data[MAKE_ROOM];
	size_t		length;
}			MakeBytes;

static inline void
make_append(MakeBytes * out, const void *data, size_t length)
{
	if (length > MAKE_ROOM - out->length)
		abort();
	memcpy(out->data + out->length, data, length);
	out->length += length;
}

/* Put an element's header before what stands there from "start" on. */
static inline void
make_wrap(MakeBytes * out, size_t start, uint8_t tag)
{
	size_t		length = out->length - start;
	uint8_t		header[4] = {tag, 0x82, (uint8_t) (length >> 8), (uint8_t) length};
	size_t		size = 4;

	if (length < 0x80)
	{
		header[1] = (uint8_t) length;
		size = 2;
	}
	else if (length < 0x100)
	{
		header[1] = 0x81;
		header[2] = (uint8_t) length;
		size = 3;
	}
	if (size > MAKE_ROOM - out->length)
		abort();
	memmove(out->data + start + size, out->data + start, length);
	memcpy(out->data + start, header, size);
	out->length += size;
}

static inline void
make_string(MakeBytes * out, uint8_t tag, const char *text)
{
	size_t		start = out->length;

	make_append(out, text, strlen(text));
	make_wrap(out, start, tag);
}

/* A field without a value; fields are closed by make_wrap(out, start, 0x30). */
static inline size_t
make_number(MakeBytes * out, uint8_t number)
{
	size_t		start = out->length;
	uint8_t		integer[3] = {0x02, 0x01, number};

	make_append(out, integer, sizeof(integer));
	return start;
}

static inline void
make_field(MakeBytes * out, uint8_t number, uint8_t tag, const char *text)
{
	size_t		start = make_number(out, number);

	if (text != NULL)
		make_string(out, tag, text);
	make_wrap(out, start, 0x30);
}

/* What a holder's fields are; a null pointer leaves the field empty. */
typedef struct MakePerson
{
	const char *id;
	const char *name;
	const char *birth_date;
	const char *sex;
	const char *nationality;
	const char *ethnicity;
	const char *religion;
	const char *origin;
	const char *address;
	const char *marks;
	const char *issued;
	const char *expires;
	const char *father;
	const char *mother;
	const char *spouse;
	const char *old_id;
	const char *serial;
}			MakePerson;

/* The parents: one SEQUENCE each, as on real cards, or one for both. */
static inline void
make_parents(MakeBytes * out, const char *father, const char *mother,
			 bool together)
{
	size_t		start = make_number(out, 13);
	size_t		inner = out->length;

	if (father != NULL)
		make_string(out, 0x0C, father);
	if (!together)
	{
		make_wrap(out, inner, 0x30);
		inner = out->length;
	}
	if (mother != NULL)
		make_string(out, 0x0C, mother);
	make_wrap(out, inner, 0x30);
	make_wrap(out, start, 0x30);
}

static inline void
make_fields(MakeBytes * out, const MakePerson * person, bool together)
{
	size_t		start;
	size_t		inner;

	make_field(out, 1, 0x13, person->id);
	make_field(out, 2, 0x0C, person->name);
	make_field(out, 3, 0x13, person->birth_date);
	make_field(out, 4, 0x0C, person->sex);
	make_field(out, 5, 0x0C, person->nationality);
	make_field(out, 6, 0x0C, person->ethnicity);
	make_field(out, 7, 0x0C, person->religion);
	make_field(out, 8, 0x0C, person->origin);
	make_field(out, 9, 0x0C, person->address);
	make_field(out, 10, 0x0C, person->marks);
	make_field(out, 11, 0x13, person->issued);
	make_field(out, 12, 0x0C, person->expires);
	make_parents(out, person->father, person->mother, together);
	start = make_number(out, 14);
	inner = out->length;
	if (person->spouse != NULL)
	{
		make_string(out, 0x0C, person->spouse);
		make_wrap(out, inner, 0x30);
	}
	make_wrap(out, start, 0x30);
	make_field(out, 15, 0x13, person->old_id);
	make_field(out, 16, 0x13, person->serial);
}

/* Close a DG13 whose fields stand in "out". */
static inline void
make_dg13(MakeBytes * out, uint8_t version, uint8_t list_tag)
{
	static const uint8_t head[] = {
		0x02, 0x01, 0x01, 0x06, 0x06, 0x28, 0xD3, 0x16, 0x01, 0x00, 0x08
	};
	size_t		length;

	make_wrap(out, 0, list_tag);
	length = out->length;
	memmove(out->data + sizeof(head), out->data, length);
	memcpy(out->data, head, sizeof(head));
	out->data[2] = version;
	out->length = length + sizeof(head);
	make_wrap(out, 0, 0x30);
	make_wrap(out, 0, 0x6D);
}

static inline void
make_person_dg13(MakeBytes * out, const MakePerson * person, bool together)
{
	out->length = 0;
	make_fields(out, person, together);
	make_dg13(out, 1, 0x31);
}

static inline void
make_dg1(MakeBytes * out, const char *mrz, size_t length)
{
	uint8_t		header[3] = {0x5F, 0x1F, (uint8_t) length};

	out->length = 0;
	make_append(out, header, sizeof(header));
	make_append(out, mrz, length);
	make_wrap(out, 0, 0x61);
}

/* The three invented people of these tests, and their zones. */
static const MakePerson make_an = {
	"001099012345", "Nguy\xE1\xBB\x85n V\xC4\x83n An", "01/01/1999", "Nam",
	"Vi\xE1\xBB\x87t Nam", "Kinh", "Kh\xC3\xB4ng",
	"H\xC3\xA0ng B\xC3\xA0i, Ho\xC3\xA0n Ki\xE1\xBA\xBFm, H\xC3\xA0 N\xE1\xBB\x99i",
	"S\xE1\xBB\x91 1 Ph\xE1\xBB\x91 Hu\xE1\xBA\xBF, H\xC3\xA0ng B\xC3\xA0i, "
	"Ho\xC3\xA0n Ki\xE1\xBA\xBFm, H\xC3\xA0 N\xE1\xBB\x99i",
	"N\xE1\xBB\x91t ru\xE1\xBB\x93i c\xC3\xA1" "ch 2cm d\xC6\xB0\xE1\xBB\x9Bi "
	"\xC4\x91u\xC3\xB4i m\xE1\xBA\xAFt tr\xC3\xA1i",
	"10/05/2021", "01/01/2039",
	"Nguy\xE1\xBB\x85n V\xC4\x83n B\xC3\xACnh",
	"Tr\xE1\xBA\xA7n Th\xE1\xBB\x8B H\xC3\xB2" "a",
	"L\xC3\xAA Th\xE1\xBB\x8B Mai", "012345678", "0123456789ABCDEF"
};

#define MAKE_AN_ZONE \
	"IDVNM0990123459001099012345<<0" \
	"9901018M3901016VNM<<<<<<<<<<<0" \
	"NGUYEN<<VAN<AN<<<<<<<<<<<<<<<<"

/* Over 60: the card does not expire; no spouse, no old number. */
static const MakePerson make_cu = {
	"034058000007", "L\xC3\xAA V\xC4\x83n C\xE1\xBB\xB1", "26/10/1958", "Nam",
	"Vi\xE1\xBB\x87t Nam", "Ch\xC4\x83m", "Ph\xE1\xBA\xADt gi\xC3\xA1o",
	"Ninh Thu\xE1\xBA\xADn", "Phan Rang - Th\xC3\xA1p Ch\xC3\xA0m, Ninh Thu\xE1\xBA\xADn",
	NULL, "15/03/2022", "Kh\xC3\xB4ng th\xE1\xBB\x9Di h\xE1\xBA\xA1n",
	NULL, "Ph\xE1\xBA\xA1m Th\xE1\xBB\x8B S\xC3\xA1u", NULL, NULL, NULL
};

#define MAKE_CU_ZONE \
	"IDVNM0580000070034058000007<<3" \
	"5810262M9912315VNM<<<<<<<<<<<8" \
	"LE<<VAN<CU<<<<<<<<<<<<<<<<<<<<"

#endif							/* DG13_MAKE_H */
