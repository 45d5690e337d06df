/*
 * gate.c
 *		What makes cccd_gate.so a module.
 */
#include "base/cccd.h"

#ifdef PG_MODULE_MAGIC_EXT
PG_MODULE_MAGIC_EXT(.name = "cccd_gate", .version = CCCD_VERSION);
#else
PG_MODULE_MAGIC;
#endif
