#include "bench/explain/code_examples.h"

#include <stddef.h>
#include <string.h>

#include "bench/input/codes.h"

static const struct {
    const char *code, *example;
} rows[] = {
    {CODE_FILE_MISSING, "warmpool run no-such-file.json"},
    {CODE_FILE_KIND, "warmpool run scenarios/"},
    {CODE_FILE_READ, "a file without permission to read it"},
    {CODE_FILE_EMPTY, "a file of 0 bytes"},
    {CODE_FILE_SIZE, "a trace given as the scenario"},
    {CODE_JSON_TOKEN, "{\"title\" 1}"},
    {CODE_JSON_END, "{\"title\": "},
    {CODE_JSON_ENCODING, "a file saved as Latin-1 with an umlaut in its title"},
    {CODE_JSON_DUPLICATE, "{\"title\": \"a\", \"title\": \"b\"}"},
    {CODE_JSON_NUMBER, "{\"warmpool\": 01}"},
    {CODE_JSON_STRING, "{\"title\": \"\\q\"}"},
    {CODE_JSON_LIMIT, "a thousand opening brackets"},
    {CODE_JSON_EXTRA, "{\"warmpool\": 1,}"},
    {CODE_JSON_TRAILING, "{\"warmpool\": 1} 2"},
    {CODE_KEY_UNKNOWN, "\"keep_alve\": \"5m\""},
    {CODE_KEY_MISSING, "\"traffic\": [{\"poisson\": {\"rate_per_s\": 1}}]"},
    {CODE_TYPE, "\"keep_alive\": 5"},
    {CODE_RANGE, "\"max_concurrency\": 0"},
    {CODE_CHOICE, "\"auth_mode\": \"open\""},
    {CODE_DURATION, "\"keep_alive\": \"5 minutes\""},
    {CODE_DIST, "\"setup\": {\"uniform\": {\"low\": \"9s\", \"high\": \"5s\"}}"},
    {CODE_KEY_TWICE, "\"keep_alive\": \"5m\", \"keep_alive_s\": 300"},
    {CODE_PATH, "--set /apps/NoSuchApp/keep_alive=5m"},
    {CODE_NAME, "\"valid_regions\": [\"mars\"]"},
    {CODE_PRICE, "an app with machine_type XS, and no price for XS"},
    {CODE_CONTRADICTION, "\"min_concurrency\": 5"},
    {CODE_TIME, "a deploy at 2h with a horizon of 1h"},
    {CODE_CAPACITY, "an app on a machine type with capacity 0"},
    {CODE_PLACE, "a deploy that changes the app's traffic"},
    {CODE_PROBABILITY, "\"responses\": {\"500\": 0.6, \"503\": 0.6}"},
    {CODE_TOO_MANY, "a timeline of 10001 events"},
    {CODE_TRACE_FILE, "a trace whose file does not exist"},
    {CODE_TRACE_EMPTY, "a trace with a heading and nothing else"},
    {CODE_TRACE_COLUMN, "a trace without a column arrival"},
    {CODE_TRACE_MISSING, "a row of two cells under three headings"},
    {CODE_TRACE_CELL, "a row with \"soon\" as its arrival"},
    {CODE_TRACE_ORDER, "a row that arrives before the one above it"},
    {CODE_TRACE_FORM, "a quote that is never closed"},
    {CODE_CONDITION, "a sweep whose \"where\" ends after an operator"},
    {CODE_WARN_SCALING, "a deploy that changes keep_alive without reset_scale"},
    {CODE_WARN_TIME, "a deploy during the warm-up"},
    {CODE_WARN_CAPACITY, "min_concurrency 5 on a machine type with capacity 4"},
    {CODE_WARN_UNUSED, "\"slowdown\": {\"factor\": 1}"},
    {CODE_WARN_STRATEGY, "max_surge in a deploy with strategy recreate"},
    {CODE_WARN_CUT, "request_timeout below most service times"},
    {CODE_WARN_REFUSED, "a source of \"anonymous\" callers on a private app"},
    {CODE_WARN_TRACE, "a trace of an hour in a run of a day"},
    {CODE_WARN_DROPPED, "rows with an empty field under drop_incomplete"},
};

const char *code_example(const char *code)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (strcmp(rows[i].code, code) == 0) return rows[i].example;
    return NULL;
}
