#pragma once

#include <dirent.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// A folder of its own for each test, as cmocka's setup and teardown: *state is its path.

static inline int scratch_create(void **state)
{
    char *folder = malloc(64);
    *state = folder;
    if (!folder) return -1;
    snprintf(folder, 64, "%s", "/tmp/warmpool-test-XXXXXX");
    return mkdtemp(folder) ? 0 : -1;
}

// Removes files, and what is in the folders below.
static inline void scratch_empty(const char *folder)
{
    char path[4400];
    DIR *dir = opendir(folder);
    if (!dir) return;
    for (struct dirent *e; (e = readdir(dir));) {
        if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0) continue;
        int length = snprintf(path, sizeof path, "%s/%s", folder, e->d_name);
        if (length >= (int)sizeof path || unlink(path) == 0) continue;
        scratch_empty(path);
        rmdir(path);
    }
    closedir(dir);
}

static inline int scratch_remove(void **state)
{
    scratch_empty(*state);
    rmdir(*state);
    free(*state);
    return 0;
}

static inline int scratch_count(const char *folder)
{
    int count = 0;
    DIR *dir = opendir(folder);
    if (!dir) return -1;
    for (struct dirent *e; (e = readdir(dir));)
        count += strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0;
    closedir(dir);
    return count;
}

static inline bool scratch_has(const char *folder, const char *name)
{
    char path[4400];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return access(path, F_OK) == 0;
}

// The whole file as text; free() it.  NULL: it is not there.
static inline char *scratch_read(const char *folder, const char *name)
{
    char path[4400], *text = NULL;
    size_t size;
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *in = fopen(path, "r"), *out = in ? open_memstream(&text, &size) : NULL;
    if (!out) return NULL;
    for (int c; (c = fgetc(in)) != EOF;)
        fputc(c, out);
    fclose(in);
    fclose(out);
    return text;
}
