/*
 * make_files.h
 *		Where the makers of test data put what they make: files in folders
 *		below "root".
 */
#ifndef MAKE_FILES_H
#define MAKE_FILES_H

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/bytes_core.h"

static const char *root;

/* A new file of a folder, which is made if it is not there; or the end. */
static FILE *
create(const char *folder, const char *name)
{
	char		path[512];
	FILE	   *file;

	snprintf(path, sizeof(path), "%s/%s", root, folder);
	mkdir(path, 0777);
	snprintf(path, sizeof(path), "%s/%s/%s", root, folder, name);
	file = fopen(path, "wb");
	if (file == NULL)
	{
		perror(path);
		exit(1);
	}
	return file;
}

/* The same with these bytes, closed. */
static void
put(const char *folder, const char *name, CccdBytes bytes)
{
	FILE	   *file = create(folder, name);

	if (fwrite(bytes.data, 1, bytes.length, file) != bytes.length ||
		fclose(file) != 0)
		exit(1);
}

#endif							/* MAKE_FILES_H */
