#pragma once

#include <cjson/cJSON.h>

#include "bench/explain/explain.h"
#include "tests/bench/probe.h"

// A topic as its JSON, to look into.

static inline cJSON *topic_json(void (*fill)(struct sheet *sheet))
{
    struct arena *arena = arena_create((size_t)1 << 28);
    struct sheet *sheet = sheet_create(arena, "topic", "about", false);
    fill(sheet);
    char *text;
    size_t size;
    FILE *stream = open_memstream(&text, &size);
    sheet_print_json(sheet, stream);
    fclose(stream);
    cJSON *root = cJSON_Parse(text);
    assert_non_null(root);
    free(text);
    arena_destroy(arena);
    return root;
}

static inline const cJSON *topic_entries(const cJSON *root)
{
    return cJSON_GetObjectItemCaseSensitive(root, "entries");
}

// The first entry whose column has the text; NULL: none.
static inline const cJSON *topic_find(const cJSON *root, const char *column, const char *text)
{
    const cJSON *entry;
    cJSON_ArrayForEach(entry, topic_entries(root))
    {
        const char *cell = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(entry, column));
        if (cell && strcmp(cell, text) == 0) return entry;
    }
    return NULL;
}

// The text of a cell; "": nothing.
static inline const char *topic_cell(const cJSON *entry, const char *column)
{
    const cJSON *cell = cJSON_GetObjectItemCaseSensitive(entry, column);
    if (!cell) fail_msg("no column %s", column);
    return cJSON_IsString(cell) ? cell->valuestring : "";
}

static inline const char *topic_of(const cJSON *root, const char *column, const char *text,
                                   const char *wanted)
{
    const cJSON *entry = topic_find(root, column, text);
    if (!entry) fail_msg("no %s %s", column, text);
    return topic_cell(entry, wanted);
}
