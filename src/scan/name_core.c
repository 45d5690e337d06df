/*
 * name_core.c
 *		The form in which names from different documents compare equal.
 *
 * A machine readable zone writes NGUYEN<<VAN<AN, a certificate NGUYEN<VAN<AN,
 * the personal QR code NGUYEN VAN AN and the card Nguyen Van An with all its
 * marks.  Folding follows ICAO Doc 9303-3 section 6: the base letter of each
 * letter, apostrophes omitted, hyphens and fillers a space.
 */
#include "scan/name_core.h"

#include <stdbool.h>
#include <stdint.h>

#include "base/text_core.h"

/*
 * Base letters in upper case: the first letter of the canonical
 * decomposition, or the letter under a stroke.  '*' is a letter that becomes
 * two (see pairs), '.' one that stays as it is.
 */
#define LATIN_FIRST		0x00C0
#define LATIN_LAST		0x024F
/* INDENT OFF */
static const char latin_letters[] =
	"AAAAAA*CEEEEIIII"	/* 00C0 */
	"DNOOOOO.OUUUUY**"	/* 00D0 */
	"AAAAAA*CEEEEIIII"	/* 00E0 */
	"DNOOOOO.OUUUUY*Y"	/* 00F0 */
	"AAAAAACCCCCCCCDD"	/* 0100 */
	"DDEEEEEEEEEEGGGG"	/* 0110 */
	"GGGGHHHHIIIIIIII"	/* 0120 */
	"II**JJKKKLLLLLLL"	/* 0130 */
	"LLLNNNNNNNNNOOOO"	/* 0140 */
	"OO**RRRRRRSSSSSS"	/* 0150 */
	"SSTTTTTTUUUUUUUU"	/* 0160 */
	"UUUUWWYYYZZZZZZS"	/* 0170 */
	"B........D......"	/* 0180 */
	".......I........"	/* 0190 */
	"OO.............U"	/* 01A0 */
	"U....ZZ........."	/* 01B0 */
	"....*********AAI"	/* 01C0 */
	"IOOUUUUUUUUUU.AA"	/* 01D0 */
	"AA**GGGGKKOOOO.."	/* 01E0 */
	"J***GG..NNAA**OO"	/* 01F0 */
	"AAAAEEEEIIIIOOOO"	/* 0200 */
	"RRRRUUUUSSTT..HH"	/* 0210 */
	"......AAEEOOOOOO"	/* 0220 */
	"OOYY......ACCLT."	/* 0230 */
	"...BU.EEJJ..RRYY"	/* 0240 */
;
/* INDENT ON */

#define ADDITIONAL_FIRST	0x1E00
#define ADDITIONAL_LAST		0x1EFF
/* INDENT OFF */
static const char additional_letters[] =
	"AABBBBBBCCDDDDDD"	/* 1E00 */
	"DDDDEEEEEEEEEEFF"	/* 1E10 */
	"GGHHHHHHHHHHIIII"	/* 1E20 */
	"KKKKKKLLLLLLLLMM"	/* 1E30 */
	"MMMMNNNNNNNNOOOO"	/* 1E40 */
	"OOOOPPPPRRRRRRRR"	/* 1E50 */
	"SSSSSSSSSSTTTTTT"	/* 1E60 */
	"TTUUUUUUUUUUVVVV"	/* 1E70 */
	"WWWWWWWWWWXXXXYY"	/* 1E80 */
	"ZZZZZZHTWYASSS*."	/* 1E90 */
	"AAAAAAAAAAAAAAAA"	/* 1EA0 */
	"AAAAAAAAEEEEEEEE"	/* 1EB0 */
	"EEEEEEEEIIIIOOOO"	/* 1EC0 */
	"OOOOOOOOOOOOOOOO"	/* 1ED0 */
	"OOOOUUUUUUUUUUUU"	/* 1EE0 */
	"UUYYYYYYYY**..YY"	/* 1EF0 */
;
/* INDENT ON */

static const struct
{
	uint16_t	first;
	uint16_t	last;
	char		letters[3];
}			pairs[] = {
	{0x00C6, 0x00C6, "AE"}, {0x00DE, 0x00DE, "TH"}, {0x00DF, 0x00DF, "SS"},
	{0x00E6, 0x00E6, "AE"}, {0x00FE, 0x00FE, "TH"}, {0x0132, 0x0133, "IJ"},
	{0x0152, 0x0153, "OE"}, {0x01C4, 0x01C6, "DZ"}, {0x01C7, 0x01C9, "LJ"},
	{0x01CA, 0x01CC, "NJ"}, {0x01E2, 0x01E3, "AE"}, {0x01F1, 0x01F3, "DZ"},
	{0x01FC, 0x01FD, "AE"}, {0x1E9E, 0x1E9E, "SS"}, {0x1EFA, 0x1EFB, "LL"}
};

/* A character's letters in upper case, or NULL if it does not have Latin ones. */
static const char *
letters_of(uint32_t code, size_t *count)
{
	const char *letter;
	size_t		i;

	if (code >= LATIN_FIRST && code <= LATIN_LAST)
		letter = &latin_letters[code - LATIN_FIRST];
	else if (code >= ADDITIONAL_FIRST && code <= ADDITIONAL_LAST)
		letter = &additional_letters[code - ADDITIONAL_FIRST];
	else
		return NULL;
	*count = 1;
	if (*letter == '.')
		return NULL;
	if (*letter != '*')
		return letter;
	*count = 2;
	for (i = 0; pairs[i].last < code; i++)
		;
	return pairs[i].letters;
}

/*
 * Marks that are left out: combining marks of the decomposed form, the
 * apostrophes of H'Hen in their many shapes, free-standing breve, tilde and
 * circumflex, and what cannot be seen.
 */
static bool
is_left_out(uint32_t code)
{
	return (code >= 0x02B0 && code <= 0x036F) ||
		code == '\'' || code == '`' || code == '^' || code == '~' ||
		code == 0xA8 || code == 0xAF || code == 0xB4 || code == 0xB7 ||
		code == 0xB8 || (code >= 0x2018 && code <= 0x201B) ||
		code == 0x2032 || code == 0x2035 || code == 0xFF07;
}

static bool
is_separator(uint32_t code)
{
	return cccd_text_is_space(code) || (code >= 0x09 && code <= 0x0D) ||
		(code >= 0x2010 && code <= 0x2015) || code == 0x2212 ||
		code == 0xAB || code == 0xBB || code == 0x2039 || code == 0x203A ||
		code == 0xFF1C;
}

size_t
cccd_name_fold(const char *name, size_t len, char *out)
{
	size_t		in = 0;
	size_t		count = 0;
	bool		gap = false;

	while (in < len)
	{
		char		ascii;
		const char *letters = &ascii;
		size_t		letter_count = 1;
		uint32_t	code;
		size_t		size = cccd_utf8_decode(name + in, len - in, &code);

		if (size == 0)
		{
			letters = name + in;
			size = 1;
		}
		else if (code < 0x80)
		{
			if (code >= 'a' && code <= 'z')
				ascii = (char) (code - 'a' + 'A');
			else if ((code >= 'A' && code <= 'Z') ||
					 (code >= '0' && code <= '9'))
				ascii = (char) code;
			else
			{
				/* any other sign parts words, as the filler '<' does */
				letter_count = 0;
				if (is_separator(code) ||
					!(is_left_out(code) || cccd_text_is_control(code)))
					gap = true;
			}
		}
		else if (is_separator(code))
		{
			letter_count = 0;
			gap = true;
		}
		else if (is_left_out(code) || cccd_text_is_control(code))
			letter_count = 0;
		else
		{
			letters = letters_of(code, &letter_count);
			if (letters == NULL)
			{
				letters = name + in;
				letter_count = size;
			}
		}
		in += size;
		if (letter_count == 0)
			continue;
		if (gap && count > 0)
			out[count++] = ' ';
		gap = false;
		while (letter_count-- > 0)
			out[count++] = *letters++;
	}
	return count;
}
