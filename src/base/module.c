/*
 * module.c
 *		Module magic and the version of the library.
 */
#include "base/cccd.h"

#include "utils/builtins.h"

#ifdef PG_MODULE_MAGIC_EXT
PG_MODULE_MAGIC_EXT(.name = "cccd", .version = CCCD_VERSION);
#else
PG_MODULE_MAGIC;
#endif

/*
 * The version of the loaded library, to be compared with pg_extension after
 * an upgrade of the packages.
 */
PG_FUNCTION_INFO_V1(cccd_version);
Datum
cccd_version(PG_FUNCTION_ARGS)
{
	PG_RETURN_TEXT_P(cstring_to_text(CCCD_VERSION));
}
