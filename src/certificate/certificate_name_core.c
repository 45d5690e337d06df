/*
 * certificate_name_core.c
 *		Names of certificates against a card's; see certificate_name_core.h.
 */
#include "certificate/certificate_name_core.h"

#include <string.h>

#include "base/text_core.h"
#include "scan/name_core.h"

/* Room for two names of the schema's length in UTF-8, and longer ones. */
#define NAME_SIZE	1024

/* A name in a form that compares equal; no length: it is too long. */
typedef struct NameKey
{
	size_t		length;
	char		text[2 * NAME_SIZE + 1];
} NameKey;

static bool
same_key(const NameKey *a, const NameKey *b)
{
	return a->length > 0 && a->length == b->length &&
		memcmp(a->text, b->text, a->length) == 0;
}

static bool
begins_with(const NameKey *key, const NameKey *start)
{
	return start->length > 0 && start->length <= key->length &&
		memcmp(key->text, start->text, start->length) == 0;
}

/* Two parts of a name, one behind the other, as bytes; 0: too long. */
static size_t
join(CccdSlice first, CccdSlice second, char *out)
{
	size_t		length = 0;

	if (first.len + second.len + 1 > NAME_SIZE)
		return 0;
	if (first.len > 0)
		memcpy(out, first.ptr, first.len);
	length = first.len;
	out[length++] = ' ';
	if (second.len > 0)
		memcpy(out + length, second.ptr, second.len);
	return length + second.len;
}

static void
fold_parts(CccdSlice first, CccdSlice second, NameKey *key)
{
	char		name[NAME_SIZE];

	key->length = cccd_name_fold(name, join(first, second, name), key->text);
}

/*
 * Letters that Doc 9303-3 section 6 also writes with two: the second octet of
 * their UTF-8 behind 0xC3.
 */
static const struct
{
	uint8_t		octet;
	char		letters[3];
}			expansions[] = {
	{0x84, "AE"}, {0xA4, "AE"}, {0x85, "AA"}, {0xA5, "AA"}, {0x96, "OE"},
	{0xB6, "OE"}, {0x98, "OE"}, {0xB8, "OE"}, {0x9C, "UE"}, {0xBC, "UE"}
};

/* The key of a name whose letters have been written with two. */
static void
fold_expanded(CccdSlice part, NameKey *key)
{
	char		name[NAME_SIZE];

	key->length = 0;
	if (part.len > NAME_SIZE)
		return;
	memcpy(name, part.ptr, part.len);
	for (size_t k = 0; k + 1 < part.len; k++)
	{
		if ((uint8_t) name[k] != 0xC3)
			continue;
		for (size_t e = 0; e < sizeof(expansions) / sizeof(expansions[0]); e++)
			if ((uint8_t) name[k + 1] == expansions[e].octet)
				memcpy(name + k, expansions[e].letters, 2);
	}
	key->length = cccd_name_fold(name, part.len, key->text);
}

static bool
is_latin(const NameKey *key)
{
	for (size_t k = 0; k < key->length; k++)
		if ((uint8_t) key->text[k] >= 0x80)
			return false;
	return true;
}

/* Whether a part with marks and its standard form contradict each other. */
static bool
parts_conflict(CccdSlice marked, CccdSlice standard)
{
	static const CccdSlice none = {"", 0};
	NameKey		first;
	NameKey		second;

	if (marked.len == 0 || standard.len == 0)
		return false;
	fold_parts(marked, none, &first);
	fold_parts(standard, none, &second);
	if (!is_latin(&first) || !is_latin(&second) || same_key(&first, &second))
		return false;
	fold_expanded(marked, &first);
	return !same_key(&first, &second);
}

/*
 * Vowels with a tone of U+1EA0 to U+1EF9, capitals only: the small letter
 * follows each.  The vowel is in the letters of vowels[], the tone one of
 * grave, acute, tilde, hook, dot.
 */
#define TONED_FIRST		0x1EA0
#define TONED_LAST		0x1EF9
static const char toned_vowels[] =
"AAbbbbbcccccEEEfffffIIOOggggghhhhhUUkkkkkYYYY";
static const char toned_tones[] =
".?" "/\\?~./\\?~..?~/\\?~.?..?" "/\\?~./\\?~..?" "/\\?~.\\.?~";

/* The same of Latin-1 and Latin Extended-A. */
static const struct
{
	uint16_t	code;
	char		vowel;
	char		tone;
}			plain_vowels[] = {
	{0xC0, 'A', '\\'}, {0xC1, 'A', '/'}, {0xC2, 'b', 0}, {0xC3, 'A', '~'},
	{0xC8, 'E', '\\'}, {0xC9, 'E', '/'}, {0xCA, 'f', 0},
	{0xCC, 'I', '\\'}, {0xCD, 'I', '/'}, {0xD2, 'O', '\\'},
	{0xD3, 'O', '/'}, {0xD4, 'g', 0}, {0xD5, 'O', '~'}, {0xD9, 'U', '\\'},
	{0xDA, 'U', '/'}, {0xDD, 'Y', '/'}, {0x102, 'c', 0}, {0x110, 'd', 0},
	{0x128, 'I', '~'}, {0x168, 'U', '~'}, {0x1A0, 'h', 0}, {0x1AF, 'k', 0}
};

/* Combining marks: tones, and those that make another vowel. */
static const struct
{
	uint16_t	code;
	char		from[4];
	char		to[4];
	char		tone;
}			combining[] = {
	{0x300, "", "", '\\'}, {0x301, "", "", '/'}, {0x303, "", "", '~'},
	{0x309, "", "", '?'}, {0x323, "", "", '.'},
	{0x302, "AEO", "bfg", 0}, {0x306, "A", "c", 0}, {0x31B, "OU", "hk", 0}
};

/* The capital of a letter of the Vietnamese alphabet, other codes as they are. */
static uint32_t
capital(uint32_t code)
{
	if ((code >= 'a' && code <= 'z') || (code >= 0xE0 && code <= 0xFE))
		return code - 0x20;
	if ((code >= 0x100 && code <= 0x137) || (code >= 0x14A && code <= 0x177) ||
		code == 0x1A1 || (code >= TONED_FIRST && code <= TONED_LAST))
		return code & ~(uint32_t) 1;
	return code == 0x1B0 ? 0x1AF : code;
}

typedef struct MarkWriter
{
	NameKey    *key;
	size_t		word;			/* where the word began */
	char		tones[8];		/* of this word, in order */
	int			tone_count;
	bool		marked;
} MarkWriter;

static void
put(MarkWriter *w, char c)
{
	/* an octet of a name makes two of its key at most, and one is the last */
	w->key->text[w->key->length++] = c;
}

static void
add_tone(MarkWriter *w, char tone)
{
	w->marked = true;
	if (w->tone_count < (int) sizeof(w->tones))
		w->tones[w->tone_count++] = tone;
	else
		put(w, tone);
}

/* The tones of a word stand behind it: Hòa is Hoà. */
static void
end_word(MarkWriter *w)
{
	if (w->key->length == w->word)
		return;
	for (int k = 0; k < w->tone_count; k++)
		put(w, w->tones[k]);
	put(w, ' ');
	w->word = w->key->length;
	w->tone_count = 0;
}

static bool
put_vowel(MarkWriter *w, uint32_t code)
{
	if (code >= TONED_FIRST && code <= TONED_LAST)
	{
		size_t		k = (code - TONED_FIRST) / 2;

		put(w, toned_vowels[k]);
		add_tone(w, toned_tones[k]);
		return true;
	}
	for (size_t k = 0; k < sizeof(plain_vowels) / sizeof(plain_vowels[0]); k++)
	{
		if (plain_vowels[k].code != code)
			continue;
		w->marked = true;
		put(w, plain_vowels[k].vowel);
		if (plain_vowels[k].tone != 0)
			add_tone(w, plain_vowels[k].tone);
		return true;
	}
	return false;
}

static bool
put_combining(MarkWriter *w, uint32_t code)
{
	for (size_t k = 0; k < sizeof(combining) / sizeof(combining[0]); k++)
	{
		if (combining[k].code != code)
			continue;
		w->marked = true;
		if (combining[k].tone != 0)
			add_tone(w, combining[k].tone);
		else if (w->key->length > w->word)
		{
			char	   *last = &w->key->text[w->key->length - 1];
			const char *found = strchr(combining[k].from, *last);

			if (found != NULL && *last != '\0')
				*last = combining[k].to[found - combining[k].from];
		}
		return true;
	}
	return false;
}

/*
 * The key of a name with its marks: letters in capitals, vowels that have a
 * mark in small letters, the tones of a word behind it.  Returns whether there
 * are marks.
 */
static bool
mark_key(const char *name, size_t length, NameKey *key)
{
	MarkWriter	w = {key, 0, {0}, 0, false};

	key->length = 0;
	for (size_t k = 0; k < length;)
	{
		uint32_t	code;
		size_t		size = cccd_utf8_decode(name + k, length - k, &code);

		if (size == 0)
		{
			size = 1;
			code = (uint8_t) name[k];
		}
		code = capital(code);
		if ((code >= 'A' && code <= 'Z') || (code >= '0' && code <= '9'))
			put(&w, (char) code);
		else if (code < 0x80)
		{
			/* an apostrophe is within a word, other signs part words */
			if (code != '\'')
				end_word(&w);
		}
		else if (!put_vowel(&w, code) && !put_combining(&w, code))
		{
			w.marked = true;
			put(&w, (char) (code >> 8));
			put(&w, (char) code);
		}
		k += size;
	}
	end_word(&w);
	return w.marked;
}

/* Whether both names have marks, and other ones. */
static bool
marks_differ(CccdSlice family, CccdSlice given, CccdSlice name)
{
	char		joined[NAME_SIZE];
	NameKey		own;
	NameKey		other;

	if (!mark_key(name.ptr, name.len, &own) ||
		!mark_key(joined, join(family, given, joined), &other))
		return false;
	if (same_key(&own, &other))
		return false;
	mark_key(joined, join(given, family, joined), &other);
	return !same_key(&own, &other);
}

CccdNameVerdict
cccd_certificate_compare_names(const CccdCertificateNames *names, CccdSlice name)
{
	/* a part that one form lacks is taken from the other */
	CccdSlice	family = names->family.len > 0 ? names->family :
	names->standard_family;
	CccdSlice	given = names->given.len > 0 ? names->given :
	names->standard_given;
	CccdSlice	standard_family = names->standard_family.len > 0 ?
	names->standard_family : names->family;
	CccdSlice	standard_given = names->standard_given.len > 0 ?
	names->standard_given : names->given;
	NameKey		card;
	NameKey		key;
	bool		agrees = false;

	if (name.ptr == NULL || name.len > NAME_SIZE ||
		(family.len == 0 && given.len == 0))
		return CCCD_NAME_MISSING;
	card.length = cccd_name_fold(name.ptr, name.len, card.text);
	/* Viet Nam's order, and the other one */
	fold_parts(standard_family, standard_given, &key);
	agrees |= same_key(&key, &card);
	fold_parts(standard_given, standard_family, &key);
	agrees |= same_key(&key, &card);
	fold_parts(family, given, &key);
	agrees |= same_key(&key, &card);
	fold_parts(given, family, &key);
	agrees |= same_key(&key, &card);
	if (!agrees)
	{
		fold_parts(family, given, &key);
		return names->truncated && begins_with(&card, &key) ?
			CCCD_NAME_TRUNCATED : CCCD_NAME_DISAGREES;
	}
	if (parts_conflict(names->family, names->standard_family) ||
		parts_conflict(names->given, names->standard_given))
		return CCCD_NAME_CONFLICT;
	return marks_differ(family, given, name) ? CCCD_NAME_MARKS_DIFFER :
		CCCD_NAME_FITS;
}
