#pragma once

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bench/input/diag.h"
#include "bench/input/scenario.h"
#include "sim/arena.h"

// A scenario text, loaded, with all that was said about it.
struct probe {
    struct arena *arena;
    struct diag *diag;
    struct scenario scenario;
    bool good;
    char *messages; // as diag_print() writes them
};

static inline struct probe probe_open(void)
{
    struct probe probe = {.arena = arena_create((size_t)1 << 30)};
    assert_non_null(probe.arena);
    probe.diag = diag_create(probe.arena);
    return probe;
}

static inline void probe_listen(struct probe *probe)
{
    size_t size;
    free(probe->messages);
    FILE *stream = open_memstream(&probe->messages, &size);
    assert_non_null(stream);
    diag_print(probe->diag, stream);
    fclose(stream);
}

static inline struct probe probe_load(const char *text, const char *const *sets)
{
    struct probe probe = probe_open();
    struct scenario_override overrides[8] = {{0}};
    size_t count = 0;
    for (; sets && sets[count]; count++)
        overrides[count].text = sets[count];
    struct lexer_source source = {"t.json", text, strlen(text)};
    probe.good =
        scenario_load_text(&probe.scenario, probe.arena, &source, overrides, count, probe.diag);
    probe_listen(&probe);
    return probe;
}

static inline void probe_close(struct probe *probe)
{
    free(probe->messages);
    arena_destroy(probe->arena);
}

// The places of a scenario that is right but for what is put in there, always on line 2.
#define PROBE_HEAD "{\"warmpool\": 1, \"title\": \"t\", \"horizon\": \"1h\","
#define PROBE_APPS "\"apps\": {\"A\": {\"machine_type\": \"GPU-A100\"}}"
enum probe_place { PROBE_TOP, PROBE_APP, PROBE_SOURCE, PROBE_EVENT };

static inline const char *probe_text(enum probe_place place, const char *fragment)
{
    static const char *const before[] = {
        PROBE_HEAD PROBE_APPS ",\n",
        PROBE_HEAD "\"apps\": {\"A\": {\"machine_type\": \"GPU-A100\",\n",
        PROBE_HEAD "\"apps\": {\"A\": {\"machine_type\": \"GPU-A100\", \"traffic\": [{\n",
        PROBE_HEAD PROBE_APPS ", \"timeline\": [\n",
    };
    static const char *const after[] = {"\n}", "\n}}}", "\n}]}}}", "\n]}"};
    static _Thread_local char text[16384];
    snprintf(text, sizeof text, "%s%s%s", before[place], fragment, after[place]);
    return text;
}

static inline struct probe probe_fragment(enum probe_place place, const char *fragment)
{
    return probe_load(probe_text(place, fragment), NULL);
}

// Loads a fragment that must be right and say nothing.
static inline struct probe probe_right(enum probe_place place, const char *fragment)
{
    struct probe probe = probe_fragment(place, fragment);
    if (!probe.good || *probe.messages) fail_msg("%s\nsays: %s", fragment, probe.messages);
    return probe;
}

static inline const struct scenario_config *probe_config(const struct probe *probe)
{
    assert_true(probe->good);
    return &probe->scenario.alternatives[0].config;
}

// A problem of a fragment: its place, code and pointer, and words that the message has.
struct probe_row {
    enum probe_place place;
    const char *fragment;
    const char *begins; // after "t.json:"
    const char *has;    // or NULL
};

// Each fragment gives exactly one problem.
static inline void probe_rows(const struct probe_row *rows, size_t count)
{
    size_t misses = 0;
    for (size_t i = 0; i < count; i++) {
        struct probe probe = probe_fragment(rows[i].place, rows[i].fragment);
        char begins[512];
        snprintf(begins, sizeof begins, "t.json:%s", rows[i].begins);
        size_t problems = diag_errors(probe.diag) + diag_warnings(probe.diag);
        bool right = problems == 1 && strncmp(probe.messages, begins, strlen(begins)) == 0 &&
                     (!rows[i].has || strstr(probe.messages, rows[i].has));
        right = right && probe.good == (diag_errors(probe.diag) == 0);
        if (!right)
            print_error("%s\nexpected %s ... %s\ngot      %s\n", rows[i].fragment, begins,
                        rows[i].has ? rows[i].has : "", probe.messages);
        misses += !right;
        probe_close(&probe);
    }
    assert_int_equal(misses, 0);
}
#define PROBE_ROWS(rows) probe_rows(rows, sizeof rows / sizeof *rows)

// A file in a folder of its own; path is filled in.
static inline void probe_write(char path[64], const char *name, const char *bytes, size_t length)
{
    char folder[] = "/tmp/warmpool-test-XXXXXX";
    assert_non_null(mkdtemp(folder));
    snprintf(path, 64, "%s/%s", folder, name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, length, file), length);
    assert_int_equal(fclose(file), 0);
}

static inline void probe_remove(const char *path)
{
    char folder[64];
    snprintf(folder, sizeof folder, "%s", path);
    unlink(path);
    *strrchr(folder, '/') = '\0';
    rmdir(folder);
}
