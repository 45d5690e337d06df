/*
 * name_core.h
 *		The form in which names from different documents compare equal.
 */
#ifndef CCCD_NAME_CORE_H
#define CCCD_NAME_CORE_H

#include <stddef.h>

extern size_t cccd_name_fold(const char *name, size_t len, char *out);

#endif							/* CCCD_NAME_CORE_H */
