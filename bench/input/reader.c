#include "bench/input/reader.h"

#include <math.h>
#include <string.h>

#include "bench/input/codes.h"
#include "bench/input/duration.h"
#include "bench/input/json_text.h"
#include "bench/input/suggest.h"

const char *reader_words(const struct reader *reader, const cJSON *node)
{
    char number[JSON_NUMBER_TEXT];
    if (cJSON_IsString(node)) return diag_quote(reader->diag, node->valuestring);
    if (cJSON_IsNumber(node))
        return diag_format(reader->diag, "%s", json_number_text(node->valuedouble, number));
    if (cJSON_IsObject(node)) return "an object";
    if (cJSON_IsArray(node)) return "a list";
    return cJSON_IsTrue(node) ? "true" : cJSON_IsFalse(node) ? "false" : "null";
}

bool reader_error(const struct reader *reader, const cJSON *node, const char *code,
                  const char *expected, const char *hint)
{
    return diag_error(reader->diag, json_place(reader->json, node), code,
                      json_pointer(reader->json, node), expected, reader_words(reader, node), hint);
}

bool reader_key_error(const struct reader *reader, const cJSON *node, const char *code,
                      const char *expected, const char *got, const char *hint)
{
    return diag_error(reader->diag, json_key_place(reader->json, node), code,
                      json_pointer(reader->json, node), expected, got, hint);
}

void reader_warning(const struct reader *reader, const cJSON *node, const char *code,
                    const char *text, const char *hint)
{
    diag_warning(reader->diag, json_place(reader->json, node), code,
                 json_pointer(reader->json, node), text, hint);
}

const char *reader_hint(const struct reader *reader, const char *suggestion)
{
    if (!suggestion) return NULL;
    return diag_format(reader->diag, "did you mean %s?", diag_quote(reader->diag, suggestion));
}

// "from 0 to 1" or "of at least 0".
static const char *range_words(const struct reader *reader, struct number_range range)
{
    char low[JSON_NUMBER_TEXT], high[JSON_NUMBER_TEXT];
    json_number_text(range.min, low);
    if (isinf(range.max) || range.max >= UINT32_MAX)
        return diag_format(reader->diag, "of at least %s", low);
    return diag_format(reader->diag, "from %s to %s", low, json_number_text(range.max, high));
}

const char *reader_number_words(const struct reader *reader, struct number_range range)
{
    return diag_format(reader->diag, "a number %s", range_words(reader, range));
}

const char *reader_count_words(const struct reader *reader, struct number_range range)
{
    return diag_format(reader->diag, "a whole number %s%s", range_words(reader, range),
                       range.max >= UINT32_MAX ? ", or \"unlimited\"" : "");
}

static const char *unquote_hint(const cJSON *node)
{
    bool quoted = cJSON_IsString(node) && !json_number_fault(node->valuestring);
    return quoted ? "numbers stand without quotes" : NULL;
}

bool reader_number(const struct reader *reader, const cJSON *node, struct number_range range,
                   double *value)
{
    bool number = cJSON_IsNumber(node);
    if (number && node->valuedouble >= range.min && node->valuedouble <= range.max) {
        *value = node->valuedouble;
        return true;
    }
    return reader_error(reader, node, number ? CODE_RANGE : CODE_TYPE,
                        reader_number_words(reader, range), unquote_hint(node));
}

bool reader_count(const struct reader *reader, const cJSON *node, struct number_range range,
                  uint32_t *value)
{
    bool limitless = range.max >= UINT32_MAX;
    double number = cJSON_IsNumber(node) ? node->valuedouble : NAN;
    if (number >= range.min && number <= range.max && floor(number) == number) {
        *value = (uint32_t)number;
        return true;
    }
    if (limitless && cJSON_IsString(node) && strcmp(node->valuestring, "unlimited") == 0) {
        *value = UINT32_MAX;
        return true;
    }
    return reader_error(reader, node, cJSON_IsNumber(node) ? CODE_RANGE : CODE_TYPE,
                        reader_count_words(reader, range), unquote_hint(node));
}

const char *reader_time_words(const struct reader *reader, struct time_range range)
{
    char low[DURATION_TEXT], high[DURATION_TEXT];
    duration_text(range.min, low);
    if (isinf(range.max))
        return diag_format(reader->diag, "a duration of at least %s, or \"never\"", low);
    return diag_format(reader->diag, "a duration from %s to %s", low,
                       duration_text(range.max, high));
}

// For a number where a duration should stand.
static const char *unit_hint(const struct reader *reader, const cJSON *node)
{
    char number[JSON_NUMBER_TEXT];
    if (!cJSON_IsNumber(node)) return NULL;
    json_number_text(node->valuedouble, number);
    return diag_format(reader->diag, "the unit is missing: write \"%ss\"%s%s%s", number,
                       node->string ? ", or " : "", node->string ? number : "",
                       node->string ? " in a key that ends with \"_s\"" : "");
}

bool reader_time(const struct reader *reader, const cJSON *node, struct time_range range,
                 sim_time *value)
{
    const char *expected = reader_time_words(reader, range);
    if (!cJSON_IsString(node))
        return reader_error(reader, node, CODE_TYPE, expected, unit_hint(reader, node));
    if (isinf(range.max) && strcmp(node->valuestring, "never") == 0) {
        *value = SIM_NEVER;
        return true;
    }
    sim_time parsed;
    const char *wrong = duration_parse(node->valuestring, &parsed);
    if (wrong) return reader_error(reader, node, CODE_DURATION, expected, wrong);
    double seconds = sim_seconds(parsed);
    if (seconds < range.min || seconds > range.max)
        return reader_error(reader, node, CODE_RANGE, expected, NULL);
    *value = parsed;
    return true;
}

bool reader_seconds(const struct reader *reader, const cJSON *node, struct time_range range,
                    double *value)
{
    struct number_range limits = {range.min, fmin(range.max, SECONDS_MAX)};
    if (cJSON_IsNumber(node)) return reader_number(reader, node, limits, value);
    return reader_error(
        reader, node, CODE_TYPE,
        diag_format(reader->diag, "a number %s, in seconds", range_words(reader, limits)),
        "durations with a unit go into the key without \"_s\"");
}

bool reader_flag(const struct reader *reader, const cJSON *node, bool *value)
{
    if (!cJSON_IsBool(node)) return reader_error(reader, node, CODE_TYPE, "true or false", NULL);
    *value = cJSON_IsTrue(node);
    return true;
}

// "queue", "direct" or "stream".
const char *reader_choice_words(const struct reader *reader, const char *const *choices)
{
    const char *words = "";
    for (size_t i = 0; choices[i]; i++) {
        const char *before = i == 0 ? "" : choices[i + 1] ? ", " : " or ";
        words = diag_format(reader->diag, "%s%s\"%s\"", words, before, choices[i]);
    }
    return words;
}

bool reader_choice(const struct reader *reader, const cJSON *node, const char *const *choices,
                   uint32_t *value)
{
    if (!cJSON_IsString(node))
        return reader_error(reader, node, CODE_TYPE, reader_choice_words(reader, choices), NULL);
    for (uint32_t i = 0; choices[i]; i++) {
        if (strcmp(choices[i], node->valuestring) != 0) continue;
        *value = i;
        return true;
    }
    const char *near = suggest_among(node->valuestring, choices);
    return reader_error(reader, node, CODE_CHOICE, reader_choice_words(reader, choices),
                        reader_hint(reader, near));
}

const char *reader_text(const struct reader *reader, const cJSON *node)
{
    if (cJSON_IsString(node)) return arena_copy_text(reader->arena, node->valuestring);
    reader_error(reader, node, CODE_TYPE, "text", NULL);
    return NULL;
}
