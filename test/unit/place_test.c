/*
 * place_test.c
 *		The tables of places: complete, consistent, and in NFC.
 */
#include "unit.h"
#include "chance.h"

#include <string.h>

#include "id/place_core.h"

/* Circular 07/2016/TT-BCA annex I: the codes that were assigned. */
static const int assigned[] = {
	1, 2, 4, 6, 8, 10, 11, 12, 14, 15, 17, 19, 20, 22, 24, 25, 26, 27, 30, 31,
	33, 34, 35, 36, 37, 38, 40, 42, 44, 45, 46, 48, 49, 51, 52, 54, 56, 58, 60,
	62, 64, 66, 67, 68, 70, 72, 74, 75, 77, 79, 80, 82, 83, 84, 86, 87, 89, 91,
	92, 93, 94, 95, 96
};

/* Old codes and the code that the new province carries: Resolution 202. */
static const int merged[][4] = {
	{8, 2, 8}, {15, 15, 10}, {19, 6, 19}, {25, 26, 17, 25}, {24, 24, 27},
	{33, 34, 33}, {31, 30, 31}, {37, 35, 36, 37}, {44, 44, 45}, {48, 49, 48},
	{51, 62, 51}, {52, 52, 64}, {56, 58, 56}, {68, 67, 60, 68}, {66, 54, 66},
	{79, 74, 77, 79}, {75, 70, 75}, {80, 80, 72}, {92, 94, 93, 92},
	{86, 83, 84, 86}, {82, 82, 87}, {96, 95, 96}, {91, 91, 89},
	{1, 1}, {46, 46}, {12, 12}, {11, 11}, {14, 14}, {20, 20}, {22, 22},
	{38, 38}, {40, 40}, {42, 42}, {4, 4}
};

/* UTF-8 of assigned letters, no combining marks, no blanks at the ends. */
static int
well_made(const char *name)
{
	const unsigned char *s = (const unsigned char *) name;
	size_t		length = strlen(name);

	if (length == 0 || name[0] == ' ' || name[length - 1] == ' ')
		return 0;
	while (*s)
	{
		if (*s < 0x80)
			s++;
		else if (*s >= 0xC3 && *s <= 0xC6 && (s[1] & 0xC0) == 0x80)
			s += 2;				/* U+00C0 .. U+01BF */
		else if (*s == 0xE1 && (s[1] == 0xBA || s[1] == 0xBB) &&
				 (s[2] & 0xC0) == 0x80)
			s += 3;				/* U+1E80 .. U+1EFF */
		else
			return 0;
	}
	return 1;
}

static void
test_provinces(void)
{
	size_t		i,
				j;
	int			place,
				found = 0;

	for (place = -5; place < CCCD_PLACE_FIRST_COUNTRY; place++)
	{
		int			wanted = 0;

		for (i = 0; i < sizeof(assigned) / sizeof(assigned[0]); i++)
			wanted |= assigned[i] == place;
		CHECK((cccd_place_name(place) != NULL) == wanted);
		CHECK((cccd_place_successor(place) != 0) == wanted);
		if (wanted)
			CHECK(well_made(cccd_place_name(place)));
		found += wanted;
	}
	CHECK(found == CCCD_PLACE_PROVINCES);
	CHECK(sizeof(merged) / sizeof(merged[0]) == CCCD_PLACE_SUCCESSORS);

	/* each old province has one successor, of the right code */
	found = 0;
	for (i = 0; i < CCCD_PLACE_SUCCESSORS; i++)
	{
		CHECK(cccd_place_successor_name(merged[i][0]) != NULL);
		CHECK(well_made(cccd_place_successor_name(merged[i][0])));
		for (j = 1; j < 4 && merged[i][j] != 0; j++)
		{
			CHECK(cccd_place_successor(merged[i][j]) == merged[i][0]);
			found++;
		}
	}
	CHECK(found == CCCD_PLACE_PROVINCES);

	/* and there is no successor that nobody has */
	found = 0;
	for (place = 0; place < 1000; place++)
		found += cccd_place_successor_name(place) != NULL;
	CHECK(found == CCCD_PLACE_SUCCESSORS);
}

/*
 * A successor is named after one of its members.  For seven that is not the
 * member whose code it carries, and Thua Thien Hue lost its first words.
 */
static void
test_names(void)
{
	static const int turned[] = {15, 24, 44, 52, 80, 82, 91};
	size_t		i,
				j,
				other = 0;

	for (i = 0; i < CCCD_PLACE_SUCCESSORS; i++)
	{
		const char *name = cccd_place_successor_name(merged[i][0]);
		int			known = 0;

		for (j = 1; j < 4 && merged[i][j] != 0; j++)
			known |= strcmp(name, cccd_place_name(merged[i][j])) == 0;
		CHECK(known == (merged[i][0] != 46));
		other += merged[i][0] != 46 &&
			strcmp(name, cccd_place_name(merged[i][0])) != 0;
	}
	CHECK(other == 7);
	for (i = 0; i < 7; i++)
		CHECK(strcmp(cccd_place_successor_name(turned[i]),
					 cccd_place_name(turned[i])) != 0);
	CHECK_STR(cccd_place_successor_name(46), "Huế");
	CHECK_STR(cccd_place_name(46), "Thừa Thiên Huế");
	CHECK_STR(cccd_place_name(15), "Yên Bái");
	CHECK_STR(cccd_place_successor_name(15), "Lào Cai");
	CHECK_STR(cccd_place_name(1), "Hà Nội");
	CHECK_STR(cccd_place_name(79), "Hồ Chí Minh");
}

static void
test_countries(void)
{
	int			place,
				other,
				found = 0;

	for (place = CCCD_PLACE_FIRST_COUNTRY; place <= CCCD_PLACE_LAST_COUNTRY;
		 place++)
	{
		const char *name = cccd_place_name(place);

		CHECK(name != NULL && well_made(name));
		CHECK(cccd_place_successor(place) == 0);
		for (other = 1; other < place; other++)
		{
			const char *another = cccd_place_name(other);

			CHECK(another == NULL || strcmp(another, name) != 0);
		}
		found++;
	}
	CHECK(found == 195);
	CHECK(cccd_place_name(100) == NULL);
	CHECK(cccd_place_name(296) == NULL);
	CHECK(cccd_place_name(999) == NULL);
	CHECK_STR(cccd_place_name(101), "Afghanistan");
	CHECK_STR(cccd_place_name(193), "Lào");
	CHECK_STR(cccd_place_name(232), "Nhật Bản");
	CHECK_STR(cccd_place_name(295), "Zimbabwe");
}

/* Sets come back as their runs, from any place on. */
static void
test_sets(void)
{
	CccdPlaceSet set = {{0}};
	int			first = 0,
				last = -7;

	CHECK(!cccd_place_set_next(&set, &first, &last) && last == -7);
	cccd_place_set_add(&set, -1);
	cccd_place_set_add(&set, 1000);
	cccd_place_set_add(&set, INT64_MIN);
	cccd_place_set_add(&set, INT64_MAX);
	CHECK(!cccd_place_set_next(&set, &first, &last));
	cccd_place_set_add(&set, 0);
	cccd_place_set_add(&set, 999);
	CHECK(cccd_place_set_next(&set, &first, &last));
	CHECK(first == 0 && last == 0);
	first = 1;
	CHECK(cccd_place_set_next(&set, &first, &last));
	CHECK(first == 999 && last == 999);
	first = 1000;
	CHECK(!cccd_place_set_next(&set, &first, &last));
	for (int round = 0; round < 200; round++)
	{
		bool		member[1002] = {false};
		int			runs = 0,
					found = 0;

		memset(&set, 0, sizeof(set));
		for (int i = 0; i < round * 10; i++)
		{
			uint32_t	place = chance(1000);

			member[1 + place] = true;
			cccd_place_set_add(&set, place);
		}
		for (int place = 0; place < 1000; place++)
			runs += member[1 + place] && !member[place];
		for (first = 0; cccd_place_set_next(&set, &first, &last);
			 first = last + 1)
		{
			found++;
			CHECK(!member[first] && !member[last + 2]);
			for (int place = first; place <= last; place++)
				CHECK(member[1 + place]);
		}
		CHECK(found == runs);
	}
}

int
main(void)
{
	test_sets();
	test_provinces();
	test_names();
	test_countries();
	return finish();
}
