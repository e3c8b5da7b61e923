// Any text read as a scenario is loaded or refused with a reason, and never more than that: no
// crash, no leak, no reading of what it names besides traces.  What is loaded is written as JSON
// that is itself loaded again and written as the same text.
//
// The last line of the input, when it begins with "--set ", is used as an override.

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/input/scenario.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(int condition)
{
    if (!condition) abort();
}

static bool load(struct arena *arena, const char *text, size_t length, const char *set,
                 struct scenario *scenario)
{
    struct diag *diag = diag_create(arena);
    struct lexer_source source = {"fuzz.json", text, length};
    struct scenario_override override = {set};
    bool good = scenario_load_text(scenario, arena, &source, &override, set != NULL, diag);
    require(good == (diag_errors(diag) == 0));
    char *printed = NULL;
    size_t printed_size = 0;
    FILE *stream = open_memstream(&printed, &printed_size);
    require(stream != NULL);
    diag_print(diag, stream);
    fclose(stream);
    require(good || printed_size > 0);
    free(printed);
    return good;
}

// Cuts the override off the end of the text; NULL: there is none.
static char *split(char *text, size_t *length)
{
    char *last = strrchr(text, '\n');
    if (!last || strncmp(last, "\n--set ", 7) != 0) return NULL;
    *length = (size_t)(last - text);
    return last + 7;
}

static void check(struct arena *arena, char *text, size_t length)
{
    struct scenario first, second;
    char *set = split(text, &length);
    if (!load(arena, text, length, set, &first)) return;
    require(first.alternative_count > 0);
    const char *json = first.resolved_json;
    require(load(arena, json, strlen(json), NULL, &second) || set != NULL);
    if (second.resolved_json) require(strcmp(json, second.resolved_json) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_create((size_t)1 << 32);
    char *text = malloc(size + 1);
    require(arena != NULL && text != NULL);
    if (size > 0) memcpy(text, data, size);
    text[size] = '\0';
    check(arena, text, size);
    free(text);
    arena_destroy(arena);
    return 0;
}
