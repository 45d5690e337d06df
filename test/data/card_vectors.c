/*
 * card_vectors.c
 *		Files of invented people's chips for the regression test and, with a
 *		folder's name as argument, as seeds of the fuzz target.  A line is
 *		name, DG1 and DG13, the bytes as bytea literals.
 */
#include <stdio.h>

#include "dg13_make.h"

static const char *folder;

static void
put(const MakeBytes * bytes)
{
	size_t		k;

	printf(",\\x");
	for (k = 0; k < bytes->length; k++)
		printf("%02x", bytes->data[k]);
}

/* A seed is the length of the first file, two octets, and both files. */
static void
write_seed(const char *name, const MakeBytes * dg1, const MakeBytes * dg13)
{
	char		path[512];
	FILE	   *file;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	file = fopen(path, "wb");
	if (file == NULL)
	{
		perror(path);
		exit(1);
	}
	fputc((int) (dg1->length >> 8), file);
	fputc((int) (dg1->length & 0xFF), file);
	fwrite(dg1->data, 1, dg1->length, file);
	fwrite(dg13->data, 1, dg13->length, file);
	fclose(file);
}

static void
line(const char *name, const char *zone, const MakeBytes * dg13)
{
	static MakeBytes dg1;

	make_dg1(&dg1, zone, strlen(zone));
	if (folder != NULL)
	{
		write_seed(name, &dg1, dg13);
		return;
	}
	printf("%s", name);
	put(&dg1);
	put(dg13);
	putchar('\n');
}

int
main(int argc, char **argv)
{
	static MakeBytes dg13;
	MakePerson	person;

	folder = argc > 1 ? argv[1] : NULL;
	make_person_dg13(&dg13, &make_an, false);
	line("an", MAKE_AN_ZONE, &dg13);
	make_person_dg13(&dg13, &make_an, true);
	line("an_parents_together", MAKE_AN_ZONE, &dg13);
	make_person_dg13(&dg13, &make_cu, false);
	line("cu", MAKE_CU_ZONE, &dg13);
	line("cu_with_zone_of_an", MAKE_AN_ZONE, &dg13);
	/* everything decomposed, dates without signs */
	person = make_an;
	person.name = "Nguye\xCC\x82\xCC\x83n Va\xCC\x86n An";
	person.birth_date = "01011999";
	person.issued = "10052021";
	make_person_dg13(&dg13, &person, false);
	line("an_decomposed", MAKE_AN_ZONE, &dg13);
	dg13.length = 0;
	make_fields(&dg13, &make_an, false);
	make_field(&dg13, 17, 0x0C, "O+");
	make_field(&dg13, 18, 0x0C, "th\xC6\xB0\xE1\xBB\x9Dng tr\xC3\xBA");
	make_dg13(&dg13, 2, 0x30);
	line("an_of_another_version", MAKE_AN_ZONE, &dg13);
	dg13.length = 0;
	make_dg13(&dg13, 1, 0x31);
	line("an_without_fields", MAKE_AN_ZONE, &dg13);
	return 0;
}
