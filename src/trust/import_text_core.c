/*
 * import_text_core.c
 *		PEM and LDIF; see import_text_core.h.
 */
#include "trust/import_text_core.h"

#include <string.h>

#include "base/base64_core.h"
#include "base/der_core.h"

void
cccd_import_open(CccdImportReader *reader, CccdBytes bytes)
{
	reader->at = bytes.data;
	reader->end = bytes.data + bytes.length;
	reader->line = 0;
	reader->invalid = 0;
	reader->invalid_line = 0;
	reader->item_line = 0;
	reader->name[0] = '\0';
}

/* The next line, without its end; false when there is none. */
static bool
next_line(CccdImportReader *reader, CccdBytes *line)
{
	const uint8_t *newline;

	if (reader->at >= reader->end)
		return false;
	newline = memchr(reader->at, '\n', (size_t) (reader->end - reader->at));
	line->data = reader->at;
	line->length = (size_t) ((newline != NULL ? newline : reader->end) -
							 reader->at);
	reader->at = newline != NULL ? newline + 1 : reader->end;
	reader->line++;
	if (line->length > 0 && line->data[line->length - 1] == '\r')
		line->length--;
	return true;
}

static void
add_line(CccdBase64 *decoder, CccdBytes line, size_t skip)
{
	cccd_base64_add(decoder, (const char *) line.data + skip,
					line.length - skip);
}

/* The bytes of an item that begins in a line; one without bytes is not one. */
static bool
decoded(CccdImportReader *reader, const CccdBase64 *decoder, int line,
		CccdBytes *item)
{
	item->data = decoder->out;
	if (cccd_base64_end(decoder, &item->length) && item->length > 0)
		return true;
	if (reader->invalid++ == 0)
		reader->invalid_line = line;
	return false;
}

static bool
is_line(CccdBytes line, const char *wanted)
{
	return line.length == strlen(wanted) &&
		memcmp(line.data, wanted, line.length) == 0;
}

bool
cccd_import_is_pem(CccdBytes bytes)
{
	return bytes.length > 0 && bytes.data[0] != CCCD_DER_SEQUENCE;
}

bool
cccd_import_pem_next(CccdImportReader *reader, uint8_t *out, CccdImportKind *kind,
					 CccdBytes *item)
{
	CccdBytes	line;

	while (next_line(reader, &line))
	{
		const char *ending;
		CccdBase64	decoder;
		int			start = reader->line;
		bool		closed;

		if (is_line(line, "-----BEGIN CERTIFICATE-----"))
		{
			*kind = CCCD_IMPORT_CERTIFICATE;
			ending = "-----END CERTIFICATE-----";
		}
		else if (is_line(line, "-----BEGIN X509 CRL-----"))
		{
			*kind = CCCD_IMPORT_CRL;
			ending = "-----END X509 CRL-----";
		}
		else
			continue;
		cccd_base64_begin(&decoder, CCCD_BASE64_TEXT, out);
		while ((closed = next_line(reader, &line)) && !is_line(line, ending))
			add_line(&decoder, line, 0);
		/* an armour that is not closed is not an item */
		decoder.invalid = decoder.invalid || !closed;
		if (decoded(reader, &decoder, start, item))
			return true;
	}
	return false;
}

typedef struct TextAttribute
{
	const char *name;
	CccdImportKind kind;
} TextAttribute;

/* Names in lower case; the master lists' has changed over the years. */
static const TextAttribute attributes[] = {
	{"usercertificate", CCCD_IMPORT_CERTIFICATE},
	{"usercertificate;binary", CCCD_IMPORT_CERTIFICATE},
	{"cacertificate", CCCD_IMPORT_CERTIFICATE},
	{"cacertificate;binary", CCCD_IMPORT_CERTIFICATE},
	{"certificaterevocationlist", CCCD_IMPORT_CRL},
	{"certificaterevocationlist;binary", CCCD_IMPORT_CRL},
	{"cscamasterlistdata", CCCD_IMPORT_MASTER_LIST},
	{"cscamasterlistdata;binary", CCCD_IMPORT_MASTER_LIST},
	{"pkdmasterlistcontent", CCCD_IMPORT_MASTER_LIST},
	{"pkdmasterlistcontent;binary", CCCD_IMPORT_MASTER_LIST},
};

static bool
find_attribute(CccdBytes line, CccdImportKind *kind, size_t *value)
{
	for (size_t k = 0; k < sizeof(attributes) / sizeof(attributes[0]); k++)
	{
		size_t		n;
		size_t		length = strlen(attributes[k].name);

		/* "::" announces base64 */
		if (line.length < length + 2 || line.data[length] != ':' ||
			line.data[length + 1] != ':')
			continue;
		for (n = 0; n < length; n++)
		{
			uint8_t		c = line.data[n];

			if (c >= 'A' && c <= 'Z')
				c = (uint8_t) (c - 'A' + 'a');
			if (c != (uint8_t) attributes[k].name[n])
				break;
		}
		if (n == length)
		{
			*kind = attributes[k].kind;
			*value = length + 2;
			return true;
		}
	}
	return false;
}

/*
 * Keep the name of an entry, which may go on in the next lines; one in base64
 * ("dn::") is not decoded.  False: the line is not "dn:".
 */
static bool
keep_name(CccdImportReader *reader, CccdBytes line)
{
	size_t		used = 0;
	size_t		skip = 3;

	if (line.length < skip || (line.data[0] | 0x20) != 'd' ||
		(line.data[1] | 0x20) != 'n' || line.data[2] != ':')
		return false;
	while (skip < line.length && line.data[skip] == ' ')
		skip++;
	for (;;)
	{
		for (size_t k = skip; k < line.length && used < CCCD_IMPORT_NAME; k++)
			reader->name[used++] = line.data[k] >= ' ' && line.data[k] <= '~' ?
				(char) line.data[k] : '?';
		if (reader->at >= reader->end || *reader->at != ' ')
			break;
		next_line(reader, &line);
		skip = 1;
	}
	reader->name[used] = '\0';
	return true;
}

bool
cccd_import_ldif_next(CccdImportReader *reader, uint8_t *out, CccdImportKind *kind,
					  CccdBytes *item)
{
	CccdBytes	line;

	while (next_line(reader, &line))
	{
		CccdBase64	decoder;
		size_t		value;

		if (keep_name(reader, line) || !find_attribute(line, kind, &value))
			continue;
		reader->item_line = reader->line;
		cccd_base64_begin(&decoder, CCCD_BASE64_TEXT, out);
		add_line(&decoder, line, value);
		while (reader->at < reader->end && *reader->at == ' ')
		{
			next_line(reader, &line);
			add_line(&decoder, line, 1);
		}
		if (!decoded(reader, &decoder, reader->item_line, item))
		{
			item->data = out;
			item->length = 0;
		}
		return true;
	}
	return false;
}
