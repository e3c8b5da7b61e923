#include "bench/sweep_options.h"

#include <stdlib.h>
#include <string.h>

#include "bench/input/json_text.h"

static char *slice(const char *from, size_t length)
{
    char *text = calloc(length + 1, 1);
    if (text) memcpy(text, from, length);
    return text;
}

// The length of the value that stands there: up to a comma outside of quotes and brackets.
static size_t value_length(const char *at)
{
    int depth = 0;
    bool quoted = false;
    size_t i = 0;
    for (; at[i] && (at[i] != ',' || depth > 0 || quoted); i++) {
        if (quoted && at[i] == '\\' && at[i + 1])
            i++;
        else if (at[i] == '"')
            quoted = !quoted;
        else if (!quoted)
            depth += (at[i] == '{' || at[i] == '[') - (at[i] == '}' || at[i] == ']');
    }
    return i;
}

static bool is_json(const char *text)
{
    static const char *const words[] = {"true", "false", "null"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(text, words[i]) == 0) return true;
    return strchr("{[\"", *text) ? *text != '\0' : json_number_fault(text) == NULL;
}

static void put_value(FILE *out, const char *text)
{
    if (is_json(text))
        fputs(text, out);
    else
        json_write_string(out, text);
}

// a,b,c as the items of a list.
static void put_values(FILE *out, const char *at)
{
    for (bool first = true; first || *at == ','; first = false) {
        at += !first;
        size_t length = value_length(at);
        char *value = slice(at, length);
        fputs(first ? "" : ",", out);
        if (value) put_value(out, value);
        free(value);
        at += length;
    }
}

static void put_axes(FILE *out, const struct option_list *sweeps)
{
    for (size_t i = 0; i < sweeps->count; i++) {
        const char *text = sweeps->items[i], *equals = strchr(text, '=');
        char *pointer = slice(text, equals ? (size_t)(equals - text) : strlen(text));
        fputs(i ? "," : "", out);
        if (pointer) json_write_string(out, pointer);
        fputc(':', out);
        fputc('[', out);
        if (equals) put_values(out, equals + 1);
        fputc(']', out);
        free(pointer);
    }
}

// NAME{LABEL=VALUE,...} as an object.
static void put_metric(FILE *out, const char *at)
{
    fputs("{\"metric\":", out);
    for (bool first = true; first || (*at && *at != '}'); first = false) {
        while (!first && *at == ' ')
            at++;
        size_t length = strcspn(at, first ? "{" : ",}");
        char *part = slice(at, length), *equals = part && !first ? strchr(part, '=') : NULL;
        if (!first) fputc(',', out);
        if (equals) *equals = '\0';
        if (part) json_write_string(out, part);
        if (!first) fputc(':', out);
        if (!first) json_write_string(out, equals ? equals + 1 : "");
        free(part);
        at += length + (at[length] == ',' || at[length] == '{');
    }
    fputc('}', out);
}

static void put_metrics(FILE *out, const struct option_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        fputs(i ? "," : "", out);
        put_metric(out, list->items[i]);
    }
}

typedef void put_list(FILE *out, const struct option_list *list);

static const char *make_text(struct arena *arena, const char *before, put_list *put,
                             const struct option_list *list, const char *after)
{
    char *made = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&made, &size);
    if (!out) return "";
    fputs(before, out);
    put(out, list);
    fputs(after, out);
    fclose(out);
    const char *kept = arena_copy_text(arena, made);
    free(made);
    return kept;
}

size_t sweep_options_overrides(struct arena *arena, const struct options *options,
                               struct scenario_override overrides[SWEEP_OPTIONS_OVERRIDES])
{
    size_t count = 0;
    const struct option_list *operands = &options->operands;
    if (operands->count == 0 || strcmp(operands->items[0], "sweep") != 0) return 0;
    if (options->sweeps.count > 0)
        overrides[count++].text =
            make_text(arena, "/sweep={\"axes\":{", put_axes, &options->sweeps, "}}");
    if (options->tornado) overrides[count++].text = "/sweep/design=\"tornado\"";
    if (options->metrics.count > 0)
        overrides[count++].text =
            make_text(arena, "/sweep/metrics=[", put_metrics, &options->metrics, "]");
    return count;
}
