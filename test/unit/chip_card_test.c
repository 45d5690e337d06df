/*
 * chip_card_test.c
 *		DG1 and DG13 of invented people: every field, both nestings of the
 *		parents, odd and damaged files, and what contradicts what.
 */
#include "unit.h"

#include "base/calendar_core.h"
#include "chip/chip_card_core.h"
#include "chip/dg13_core.h"
#include "dg13_make.h"

static CccdChipCard card;
static MakeBytes dg1;
static MakeBytes dg13;

static CccdBytes
bytes_of(const MakeBytes * bytes)
{
	CccdBytes	result;

	result.data = bytes->data;
	result.length = bytes->length;
	return result;
}

/* Read both files, either or none (a null pointer). */
static void
read_files(const MakeBytes * first, const MakeBytes * second)
{
	CccdBytes	files[2];
	int			count = 0;

	if (first != NULL)
		files[count++] = bytes_of(first);
	if (second != NULL)
		files[count++] = bytes_of(second);
	cccd_chip_card_read(files, count, NULL, &card);
}

static const char *
text_of(CccdSlice slice)
{
	static char text[CCCD_ADDRESS_MAX + 1];

	if (slice.ptr == NULL)
		return "(none)";
	memcpy(text, slice.ptr, slice.len);
	text[slice.len] = '\0';
	return text;
}

static int32_t
day(int year, int month, int number)
{
	return cccd_days_from_civil(year, month, number);
}

static bool
flagged(uint32_t chip, uint64_t scan)
{
	return card.flags == chip && card.card.flags == scan;
}

static void
make_zone(const char *zone)
{
	make_dg1(&dg1, zone, strlen(zone));
}

static void
test_all_fields(void)
{
	int			together;

	make_zone(MAKE_AN_ZONE);
	for (together = 0; together < 2; together++)
	{
		make_person_dg13(&dg13, &make_an, together);
		/* longer than 127 octets, and one of its fields as well */
		CHECK(dg13.length > 256);
		read_files(&dg1, &dg13);
		CHECK(card.readable);
		CHECK(flagged(0, 0));
		CHECK(card.card.id == INT64_C(1099012345));
		CHECK_STR(text_of(card.card.name), make_an.name);
		CHECK(card.card.birth_date == day(1999, 1, 1));
		CHECK(card.card.sex == 'M');
		CHECK_STR(text_of(card.nationality), make_an.nationality);
		CHECK_STR(text_of(card.ethnicity), make_an.ethnicity);
		CHECK_STR(text_of(card.religion), make_an.religion);
		CHECK_STR(text_of(card.origin), make_an.origin);
		CHECK_STR(text_of(card.card.address), make_an.address);
		CHECK_STR(text_of(card.marks), make_an.marks);
		CHECK(card.card.issued == day(2021, 5, 10));
		CHECK(card.card.expires == day(2039, 1, 1));
		CHECK_STR(text_of(card.father), make_an.father);
		CHECK_STR(text_of(card.mother), make_an.mother);
		CHECK_STR(text_of(card.spouse), make_an.spouse);
		CHECK_STR(text_of(card.card.old_id), make_an.old_id);
		CHECK_STR(text_of(card.serial), make_an.serial);
		CHECK(card.card.extra_count == 0);
		CHECK(card.card.cancelled_count == 0);
	}
	/* the order of the files does not matter */
	read_files(&dg13, &dg1);
	CHECK(flagged(0, 0));
	CHECK_STR(text_of(card.card.name), make_an.name);
}

static void
test_missing_fields(void)
{
	MakePerson	person;

	make_zone(MAKE_CU_ZONE);
	make_person_dg13(&dg13, &make_cu, false);
	read_files(&dg1, &dg13);
	CHECK(flagged(0, CCCD_FLAG(NO_EXPIRY)));
	CHECK(card.card.expires == CCCD_NO_DATE);
	CHECK_STR(text_of(card.father), "(none)");
	CHECK_STR(text_of(card.mother), make_cu.mother);
	CHECK_STR(text_of(card.spouse), "(none)");
	CHECK_STR(text_of(card.marks), "(none)");
	CHECK_STR(text_of(card.card.old_id), "(none)");
	CHECK_STR(text_of(card.serial), "(none)");

	/* one SEQUENCE with one string says the father */
	person = make_cu;
	person.father = make_cu.mother;
	person.mother = NULL;
	make_person_dg13(&dg13, &person, true);
	read_files(&dg1, &dg13);
	CHECK_STR(text_of(card.father), make_cu.mother);
	CHECK_STR(text_of(card.mother), "(none)");

	/* DG13 with no field at all leaves what the zone says */
	dg13.length = 0;
	make_dg13(&dg13, 1, 0x31);
	make_zone(MAKE_AN_ZONE);
	read_files(&dg1, &dg13);
	CHECK(flagged(0, CCCD_FLAG(FIELD_MISSING)));
	CHECK(card.card.id == INT64_C(1099012345));
	CHECK_STR(text_of(card.card.name), "NGUYEN VAN AN");
	CHECK(card.card.birth_date == day(1999, 1, 1));
	CHECK(card.card.expires == day(2039, 1, 1));
	CHECK(card.card.issued == CCCD_NO_DATE);
	CHECK(card.card.sex == 'M');
}

static void
test_one_file(void)
{
	make_zone(MAKE_AN_ZONE);
	make_person_dg13(&dg13, &make_an, false);
	read_files(&dg1, NULL);
	CHECK(card.readable);
	CHECK(flagged(CCCD_CHIP_FLAG(dg13_missing), 0));
	CHECK_STR(text_of(card.card.name), "NGUYEN VAN AN");
	CHECK(card.card.address.ptr == NULL);
	read_files(NULL, &dg13);
	CHECK(card.readable);
	CHECK(flagged(CCCD_CHIP_FLAG(dg1_missing), 0));
	CHECK_STR(text_of(card.card.name), make_an.name);
	read_files(NULL, NULL);
	CHECK(!card.readable);
	CHECK(flagged(CCCD_CHIP_FLAG(dg1_missing) | CCCD_CHIP_FLAG(dg13_missing), 0));
	CHECK(card.card.id == CCCD_NO_ID && card.card.name.ptr == NULL);
	/* the same file twice: the first counts */
	read_files(&dg1, &dg1);
	CHECK(flagged(CCCD_CHIP_FLAG(dg13_missing) | CCCD_CHIP_FLAG(dg_duplicate), 0));
	/* padding behind it */
	dg1.data[dg1.length++] = 0;
	read_files(&dg1, NULL);
	CHECK(flagged(CCCD_CHIP_FLAG(dg13_missing) | CCCD_CHIP_FLAG(dg_trailing), 0));
	CHECK(card.card.id == INT64_C(1099012345));
}

static void
test_zone(void)
{
	static const char td2[] =
	"I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<"
	"D231458907UTO7408122F1204159<<<<<<<6";
	static const char utopia[] =
	"I<UTOD231458907<<<<<<<<<<<<<<<7408122F1204159UTO<<<<<<<<<<<6"
	"ERIKSSON<<ANNA<MARIA<<<<<<<<<<";
	char		zone[] = MAKE_AN_ZONE;
	const uint32_t alone = CCCD_CHIP_FLAG(dg13_missing);

	make_zone(td2);
	read_files(&dg1, NULL);
	CHECK(!card.readable);
	CHECK(flagged(alone, CCCD_FLAG(MRZ_NOT_TD1)));
	make_dg1(&dg1, zone, 89);
	read_files(&dg1, NULL);
	CHECK(!card.readable);
	CHECK(flagged(alone | CCCD_CHIP_FLAG(mrz_length), 0));
	zone[70] = 'a';
	make_zone(zone);
	read_files(&dg1, NULL);
	CHECK(flagged(alone | CCCD_CHIP_FLAG(mrz_charset), 0));
	zone[70] = '<';
	/* a card of another state: its number is no identity number */
	make_zone(utopia);
	read_files(&dg1, NULL);
	CHECK(card.readable);
	CHECK(flagged(alone, CCCD_FLAG(ISSUER_NOT_VIETNAM) |
				  CCCD_FLAG(NATIONALITY_NOT_VIETNAM) |
				  CCCD_FLAG(DATE_INCOMPLETE)));
	CHECK(card.card.id == CCCD_NO_ID);
	/* a digit changed */
	zone[30] = '8';
	make_zone(zone);
	read_files(&dg1, NULL);
	CHECK((card.card.flags & CCCD_FLAG(CHECK_DIGIT_BIRTH)) != 0);
	/* DG1 with something else in it */
	make_zone(MAKE_AN_ZONE);
	dg1.data[3] = 0x1E;
	read_files(&dg1, NULL);
	CHECK(flagged(alone | CCCD_CHIP_FLAG(dg1_malformed), 0));
}

static void
test_contradictions(void)
{
	static const struct
	{
		const char *zone;
		uint32_t	flags;
	}			cases[] = {
		{"IDVNM0980123458001098012345<<9" "9801015M3901016VNM<<<<<<<<<<<8"
			"NGUYEN<<VAN<AN<<<<<<<<<<<<<<<<",
		CCCD_CHIP_FLAG(dg13_id_mismatch) | CCCD_CHIP_FLAG(dg13_dob_mismatch)},
		{"IDVNM1990123456001199012345<<7" "9901018F3901016VNM<<<<<<<<<<<8"
			"NGUYEN<<VAN<AN<<<<<<<<<<<<<<<<",
		CCCD_CHIP_FLAG(dg13_id_mismatch) | CCCD_CHIP_FLAG(dg13_sex_mismatch)},
		{"IDVNM0990123459001099012345<<0" "9901018M3801013VNM<<<<<<<<<<<0"
			"NGUYEN<<VAN<AN<<<<<<<<<<<<<<<<",
		CCCD_CHIP_FLAG(dg13_expiry_mismatch)},
		{"IDVNM0990123459001099012345<<0" "9901029M3901016VNM<<<<<<<<<<<0"
			"NGUYEN<<VAN<BAO<<<<<<<<<<<<<<<",
		CCCD_CHIP_FLAG(dg13_name_mismatch) | CCCD_CHIP_FLAG(dg13_dob_mismatch)},
		{"IDVNM0990123459001099012345<<0" "9901018M3901016VNM<<<<<<<<<<<0"
		"NGUYEN<<VAN<<<<<<<<<<<<<<<<<<<", CCCD_CHIP_FLAG(dg13_name_mismatch)}
	};
	MakePerson	person = make_an;
	int64_t		scanned;
	CccdBytes	files[2];
	CccdBytes	more[3];
	size_t		k;

	make_person_dg13(&dg13, &make_an, false);
	for (k = 0; k < sizeof(cases) / sizeof(cases[0]); k++)
	{
		make_zone(cases[k].zone);
		read_files(&dg1, &dg13);
		CHECK(flagged(cases[k].flags, 0));
		CHECK((card.card.id == CCCD_NO_ID) ==
			  ((cases[k].flags & CCCD_CHIP_FLAG(dg13_id_mismatch)) != 0));
		CHECK((card.card.birth_date == CCCD_NO_DATE) ==
			  ((cases[k].flags & CCCD_CHIP_FLAG(dg13_dob_mismatch)) != 0));
		CHECK((card.card.sex == 0) ==
			  ((cases[k].flags & CCCD_CHIP_FLAG(dg13_sex_mismatch)) != 0));
		CHECK((card.card.expires == CCCD_NO_DATE) ==
			  ((cases[k].flags & CCCD_CHIP_FLAG(dg13_expiry_mismatch)) != 0));
		CHECK_STR(text_of(card.card.name), make_an.name);
		/* beside what was said before of another file */
		more[0].data = (const uint8_t *) "\x30\x00";
		more[0].length = 2;
		more[1] = bytes_of(&dg1);
		more[2] = bytes_of(&dg13);
		cccd_chip_card_read(more, 3, NULL, &card);
		CHECK(flagged(cases[k].flags | CCCD_CHIP_FLAG(dg_unknown), 0));
	}
	/* one of them says that the card does not expire */
	make_zone(MAKE_AN_ZONE);
	person.expires = make_cu.expires;
	make_person_dg13(&dg13, &person, false);
	read_files(&dg1, &dg13);
	CHECK(flagged(CCCD_CHIP_FLAG(dg13_expiry_mismatch), CCCD_FLAG(NO_EXPIRY)));
	CHECK(card.card.expires == CCCD_NO_DATE);
	/* a name that the zone cuts, and one that it does not */
	person = make_an;
	person.name = "Nguy\xE1\xBB\x85n Ph\xC3\xBA" "c B\xE1\xBA\xA3o Ho\xC3\xA0ng Minh Thi\xC3\xAAn";
	make_person_dg13(&dg13, &person, false);
	make_zone("IDVNM0990123459001099012345<<0" "9901018M3901016VNM<<<<<<<<<<<0"
			  "NGUYEN<<PHUC<BAO<HOANG<MINH<TH");
	read_files(&dg1, &dg13);
	CHECK(flagged(0, CCCD_FLAG(NAME_TRUNCATED)));

	/* the number that was scanned */
	make_zone(MAKE_AN_ZONE);
	make_person_dg13(&dg13, &make_an, false);
	files[0] = bytes_of(&dg1);
	files[1] = bytes_of(&dg13);
	scanned = INT64_C(1099012345);
	cccd_chip_card_read(files, 2, &scanned, &card);
	CHECK(flagged(0, 0));
	cccd_chip_card_read(files, 1, &scanned, &card);
	CHECK(flagged(CCCD_CHIP_FLAG(dg13_missing), 0));
	scanned++;
	cccd_chip_card_read(files, 2, &scanned, &card);
	CHECK(flagged(CCCD_CHIP_FLAG(scanned_id_mismatch), 0));
	CHECK(card.card.id == INT64_C(1099012345));
	/* a chip that does not say its number does not agree */
	cccd_chip_card_read(files, 0, &scanned, &card);
	CHECK((card.flags & CCCD_CHIP_FLAG(scanned_id_mismatch)) != 0);
	scanned = CCCD_NO_ID;
	make_zone(cases[0].zone);
	files[0] = bytes_of(&dg1);
	cccd_chip_card_read(files, 2, &scanned, &card);
	CHECK((card.flags & CCCD_CHIP_FLAG(dg13_id_mismatch)) != 0);
}

/* A DG13 of one field, in a person otherwise complete. */
static void
read_changed(const MakePerson * person)
{
	make_person_dg13(&dg13, person, false);
	read_files(NULL, &dg13);
	card.flags &= ~CCCD_CHIP_FLAG(dg1_missing);
}

static void
test_values(void)
{
	static const struct
	{
		const char *text;
		uint64_t	flags;
		bool		known;
	}			dates[] = {
		{"01/01/1999", 0, true},
		{"1/1/1999", 0, true},
		{"01-01-1999", 0, true},
		{"01011999", CCCD_FLAG(DATE_REFORMATTED), true},
		{"1999-01-01", CCCD_FLAG(DATE_REFORMATTED), true},
		{" 01/01/1999 ", 0, true},
		{"00/00/1999", CCCD_FLAG(DATE_INCOMPLETE), false},
		{"1999", CCCD_FLAG(DATE_INCOMPLETE), false},
		{"31/02/1999", CCCD_FLAG(DATE_INVALID), false},
		{"01/01/99", CCCD_FLAG(DATE_INVALID), false},
		{"today", CCCD_FLAG(DATE_INVALID), false},
		{NULL, CCCD_FLAG(FIELD_MISSING), false},
		{"", CCCD_FLAG(FIELD_MISSING), false}
	};
	static const struct
	{
		const char *text;
		uint64_t	flags;
	}			expiries[] = {
		{"Kh\xC3\xB4ng th\xE1\xBB\x9Di h\xE1\xBA\xA1n", CCCD_FLAG(NO_EXPIRY)},
		{"KH\xC3\x94NG TH\xE1\xBB\x9CI H\xE1\xBA\xA0N", CCCD_FLAG(NO_EXPIRY)},
		/* the same, decomposed */
		{"Kho\xCC\x82ng tho\xCC\x9B\xCC\x80i ha\xCC\xA3n", CCCD_FLAG(NO_EXPIRY)},
		{"31/12/2099", CCCD_FLAG(NO_EXPIRY)},
		{"C\xC3\xB3 th\xE1\xBB\x9Di h\xE1\xBA\xA1n", CCCD_FLAG(DATE_INVALID)},
		{NULL, CCCD_FLAG(FIELD_MISSING)}
	};
	MakePerson	person;
	char		longer[CCCD_ADDRESS_MAX + 2];
	size_t		k;

	for (k = 0; k < sizeof(dates) / sizeof(dates[0]); k++)
	{
		person = make_an;
		person.birth_date = dates[k].text;
		read_changed(&person);
		CHECK(flagged(0, dates[k].flags));
		CHECK(card.card.birth_date ==
			  (dates[k].known ? day(1999, 1, 1) : CCCD_NO_DATE));
	}
	for (k = 0; k < sizeof(expiries) / sizeof(expiries[0]); k++)
	{
		person = make_an;
		person.expires = expiries[k].text;
		read_changed(&person);
		CHECK(flagged(0, expiries[k].flags));
		CHECK(card.card.expires == CCCD_NO_DATE);
	}
	person = make_an;
	person.id = "00109901234";
	person.sex = "Kh\xC3\xA1" "c";
	person.old_id = "12345678";
	read_changed(&person);
	CHECK(flagged(0, CCCD_FLAG(ID_INVALID) | CCCD_FLAG(SEX_UNKNOWN) |
				  CCCD_FLAG(OLD_ID_INVALID)));
	/* the number and the rest */
	person = make_an;
	person.id = "001199012345";
	read_changed(&person);
	CHECK(flagged(0, CCCD_FLAG(ID_DISAGREES_WITH_SEX)));
	person.id = "001098012345";
	read_changed(&person);
	CHECK(flagged(0, CCCD_FLAG(ID_DISAGREES_WITH_BIRTH_DATE)));
	person = make_an;
	person.issued = "31/12/1998";
	person.expires = "31/12/1998";
	read_changed(&person);
	CHECK(flagged(0, CCCD_FLAG(ISSUED_BEFORE_BIRTH) |
				  CCCD_FLAG(EXPIRES_BEFORE_BIRTH)));
	/* text */
	person = make_an;
	person.religion = "Kh\xC3";
	read_changed(&person);
	CHECK(flagged(0, CCCD_FLAG(NOT_TEXT)));
	CHECK(card.religion.ptr == NULL);
	person = make_an;
	person.name = "Nguy\xE1";
	read_changed(&person);
	CHECK(flagged(0, CCCD_FLAG(NOT_TEXT)));
	person.name = "  ";
	read_changed(&person);
	CHECK(flagged(0, CCCD_FLAG(FIELD_MISSING)));
	person = make_an;
	person.religion = "\x01 Kh\xC3\xB4ng\x7F\t";
	read_changed(&person);
	CHECK(flagged(0, CCCD_FLAG(CONTROL_CHARACTERS)));
	CHECK_STR(text_of(card.religion), make_an.religion);
	memset(longer, 'x', sizeof(longer));
	longer[CCCD_ADDRESS_MAX] = '\0';
	person = make_an;
	person.address = longer;
	read_changed(&person);
	CHECK(flagged(0, 0));
	CHECK(card.card.address.len == CCCD_ADDRESS_MAX);
	longer[CCCD_ADDRESS_MAX] = 'x';
	longer[CCCD_ADDRESS_MAX + 1] = '\0';
	read_changed(&person);
	CHECK(flagged(0, CCCD_FLAG(FIELD_TOO_LONG)));
	CHECK(card.card.address.ptr == NULL);
}

/* Every field at its longest fits the room that the header counts out. */
static void
test_room(void)
{
	char		text[CCCD_ADDRESS_MAX + 1];
	size_t		used = 0;
	int			number;

	dg13.length = 0;
	memset(text, 'y', sizeof(text));
	for (number = 1; number <= 24; number++)
	{
		size_t		length = number == 1 || number == 3 || number == 4 ||
		number == 11 || number == 12 || number == 15 ? CCCD_CHIP_FIELD_SHORT :
		number == 2 ? CCCD_NAME_MAX :
		number == 8 || number == 9 ? CCCD_ADDRESS_MAX : CCCD_EXTRA_MAX;

		text[length] = '\0';

		if (number == 13)
		{
			make_parents(&dg13, text, text, false);
			used += length;
		}
		else
			make_field(&dg13, (uint8_t) number, 0x0C, text);
		text[length] = 'y';

		if (number <= 20)
			used += length;
	}
	make_dg13(&dg13, 1, 0x31);
	read_files(NULL, &dg13);
	CHECK(card.used == used && used == CCCD_CHIP_TEXT);
	CHECK(card.card.extra_count == CCCD_SCAN_EXTRA);
	CHECK(card.flags == (CCCD_CHIP_FLAG(dg1_missing) |
						 CCCD_CHIP_FLAG(dg13_field_unknown)));
	CHECK((card.card.flags & CCCD_FLAG(FIELD_SURPLUS)) != 0);
}

static void
test_odd_files(void)
{
	const uint32_t alone = CCCD_CHIP_FLAG(dg1_missing);
	size_t		start;
	size_t		inner;

	/* another version, a SEQUENCE for the SET */
	dg13.length = 0;
	make_fields(&dg13, &make_an, false);
	make_dg13(&dg13, 2, 0x30);
	read_files(NULL, &dg13);
	CHECK(flagged(alone | CCCD_CHIP_FLAG(dg13_version), 0));
	CHECK_STR(text_of(card.card.name), make_an.name);
	/* neither */
	dg13.length = 0;
	make_fields(&dg13, &make_an, false);
	make_dg13(&dg13, 1, 0x04);
	read_files(NULL, &dg13);
	CHECK(!card.readable);
	CHECK(flagged(alone | CCCD_CHIP_FLAG(dg13_malformed), 0));
	/* a field of another number, a field twice, a value of another type */
	dg13.length = 0;
	make_fields(&dg13, &make_an, false);
	make_field(&dg13, 17, 0x0C, "O+");
	make_field(&dg13, 0, 0x0C, "zero");
	make_field(&dg13, 18, 0x0C, NULL);
	make_field(&dg13, 6, 0x0C, "T\xC3\xA0y");
	make_field(&dg13, 19, 0x1E, "x");
	make_dg13(&dg13, 1, 0x31);
	read_files(NULL, &dg13);
	CHECK(flagged(alone | CCCD_CHIP_FLAG(dg13_field_unknown) |
				  CCCD_CHIP_FLAG(dg13_field_duplicate) |
				  CCCD_CHIP_FLAG(dg13_field_type), 0));
	CHECK(card.card.extra_count == 2);
	CHECK_STR(text_of(card.card.extra[0]), "O+");
	CHECK_STR(text_of(card.card.extra[1]), "zero");
	CHECK_STR(text_of(card.ethnicity), make_an.ethnicity);
	/* three parents; strings right inside the field */
	dg13.length = 0;
	make_fields(&dg13, &make_cu, false);
	dg13.length = 0;
	start = make_number(&dg13, 13);
	make_string(&dg13, 0x0C, "Cha");
	inner = dg13.length;
	make_string(&dg13, 0x0C, "M\xE1\xBA\xB9");
	make_string(&dg13, 0x0C, "M\xE1\xBA\xB9 hai");
	make_wrap(&dg13, inner, 0x30);
	make_wrap(&dg13, start, 0x30);
	make_dg13(&dg13, 1, 0x31);
	read_files(NULL, &dg13);
	CHECK((card.card.flags & CCCD_FLAG(FIELD_SURPLUS)) != 0);
	CHECK_STR(text_of(card.father), "Cha");
	CHECK_STR(text_of(card.mother), "M\xE1\xBA\xB9");
	/* a length of more octets than it needs */
	make_person_dg13(&dg13, &make_cu, false);
	CHECK(dg13.data[1] == 0x82);
	memmove(dg13.data + 3, dg13.data + 2, dg13.length - 2);
	dg13.data[1] = 0x83;
	dg13.data[2] = 0;
	dg13.length++;
	read_files(NULL, &dg13);
	CHECK(flagged(alone | CCCD_CHIP_FLAG(dg13_ber), CCCD_FLAG(NO_EXPIRY)));
	CHECK_STR(text_of(card.card.name), make_cu.name);
	/* no data group at all */
	dg13.data[0] = 0x42;
	read_files(NULL, &dg13);
	CHECK(flagged(alone | CCCD_CHIP_FLAG(dg13_missing) |
				  CCCD_CHIP_FLAG(dg_unknown), 0));
}

/* Cut anywhere, or with an octet changed, a file gives nothing or a row. */
static void
test_damage(void)
{
	MakeBytes	copy;
	size_t		k;
	int			readable = 0;

	make_zone(MAKE_AN_ZONE);
	make_person_dg13(&dg13, &make_an, false);
	for (k = 0; k < dg13.length; k++)
	{
		copy = dg13;
		copy.length = k;
		read_files(&dg1, &copy);
		CHECK(card.card.address.ptr == NULL && card.card.old_id.ptr == NULL);
		CHECK(card.flags != 0 && card.readable);
	}
	for (k = 0; k < 8 * dg13.length; k++)
	{
		dg13.data[k / 8] ^= (uint8_t) (1 << k % 8);
		read_files(NULL, &dg13);
		readable += card.readable;
		CHECK(card.used <= CCCD_CHIP_TEXT);
		dg13.data[k / 8] ^= (uint8_t) (1 << k % 8);
	}
	CHECK(readable > 0);
	for (k = 0; k < dg1.length; k++)
	{
		copy = dg1;
		copy.length = k;
		read_files(&copy, NULL);
		CHECK(!card.readable && card.card.id == CCCD_NO_ID);
	}
}

int
main(void)
{
	test_all_fields();
	test_missing_fields();
	test_one_file();
	test_zone();
	test_contradictions();
	test_values();
	test_room();
	test_odd_files();
	test_damage();
	return finish();
}
