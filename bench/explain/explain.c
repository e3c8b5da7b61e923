#include "bench/explain/explain.h"

#include <string.h>

#include "bench/explain/schema.h"
#include "bench/input/suggest.h"
#include "bench/output/text.h"

enum { MEMORY = 256 << 20 }; // reserved, not used

static const char schema_topic[] = "schema"; // no sheet

static const struct topic *find_topic(const struct topic *topics, const char *name)
{
    for (const struct topic *topic = topics; topic->name; topic++)
        if (strcmp(topic->name, name) == 0 || strcmp(topic->singular, name) == 0) return topic;
    return NULL;
}

bool explain_is_topic(const struct explain *explain, const char *name)
{
    return strcmp(name, schema_topic) == 0 || find_topic(explain->topics, name);
}

static struct sheet *fill(const struct topic *topic, struct arena *arena)
{
    struct sheet *sheet = sheet_create(arena, topic->name, topic->about, topic->blocks);
    topic->fill(sheet);
    return sheet;
}

static bool out_of_memory(const struct explain *explain)
{
    fprintf(explain->errors, "warmpool: out of memory\n");
    return false;
}

static void print_all(const struct explain *explain, const struct sheet *sheet)
{
    if (!explain->json) {
        sheet_print_list(sheet, explain->out);
        return;
    }
    sheet_print_json(sheet, explain->out);
    fputc('\n', explain->out);
}

void explain_topics(const struct explain *explain)
{
    struct arena *arena = arena_create(MEMORY);
    if (!arena && !out_of_memory(explain)) return;
    struct sheet *sheet = sheet_create(
        arena, "topics",
        "warmpool explain TOPIC, TOPIC NAME, or only a NAME: a key, a metric, a rule, a "
        "code, ...",
        false);
    sheet_column(sheet, "topic", SHEET_SHOWN);
    sheet_column(sheet, "what it says", SHEET_SHOWN);
    for (const struct topic *topic = explain->topics; topic->name; topic++) {
        sheet_row(sheet);
        sheet_put(sheet, topic->name);
        sheet_put(sheet, topic->about);
    }
    sheet_row(sheet);
    sheet_put(sheet, schema_topic);
    sheet_put(sheet, "The JSON schema of scenario files, for editors.");
    print_all(explain, sheet);
    arena_destroy(arena);
}

static void offer(void *context, const char *text)
{
    if (text) suggest_offer(context, text);
}

static bool refuse(const struct explain *explain, const char *what, const char *word,
                   const struct suggest *suggest)
{
    char shown[81];
    const char *near = suggest_answer(suggest);
    fprintf(explain->errors, "warmpool: no %s \"%s\"", what, text_line(shown, sizeof shown, word));
    if (near)
        fprintf(explain->errors, "; did you mean \"%s\"?\n", near);
    else
        fprintf(explain->errors, "; `warmpool explain` lists the topics\n");
    return false;
}

static bool refuse_topic(const struct explain *explain, const char *word)
{
    struct suggest suggest = suggest_for(word);
    for (const struct topic *topic = explain->topics; topic->name; topic++)
        suggest_offer(&suggest, topic->name);
    suggest_offer(&suggest, schema_topic);
    return refuse(explain, "topic", word, &suggest);
}

bool explain_topic(const struct explain *explain, const char *name)
{
    if (strcmp(name, schema_topic) == 0) {
        schema_print(explain->out);
        return true;
    }
    const struct topic *topic = find_topic(explain->topics, name);
    if (!topic) return refuse_topic(explain, name);
    struct arena *arena = arena_create(MEMORY);
    if (!arena) return out_of_memory(explain);
    struct sheet *sheet = fill(topic, arena);
    print_all(explain, sheet);
    arena_destroy(arena);
    return true;
}

static void print_marked(const struct explain *explain, const struct sheet *sheet, bool first)
{
    if (!explain->json) {
        if (!first) fputc('\n', explain->out);
        sheet_print_details(sheet, explain->out);
        return;
    }
    fputs(first ? "[" : ",\n", explain->out);
    sheet_print_json(sheet, explain->out);
}

// Not found: what comes near, be it a topic or an entry.
static bool refuse_entry(const struct explain *explain, const struct topic *only, const char *word)
{
    struct suggest suggest = suggest_for(word);
    struct arena *arena = arena_create(MEMORY);
    if (!arena) return out_of_memory(explain);
    for (const struct topic *topic = explain->topics; topic->name; topic++) {
        if (only && topic != only) continue;
        if (!only) suggest_offer(&suggest, topic->name);
        sheet_names(fill(topic, arena), offer, &suggest);
    }
    refuse(explain, only ? only->singular : "topic or entry", word, &suggest);
    arena_destroy(arena);
    return false;
}

bool explain_entry(const struct explain *explain, const char *name, const char *entry)
{
    const struct topic *only = name ? find_topic(explain->topics, name) : NULL;
    if (name && !only) return refuse_topic(explain, name);
    struct arena *arena = arena_create(MEMORY);
    if (!arena) return out_of_memory(explain);
    bool found = false;
    for (const struct topic *topic = explain->topics; topic->name; topic++) {
        if (only && topic != only) continue;
        struct sheet *sheet = fill(topic, arena);
        if (sheet_mark(sheet, entry) == 0) continue;
        print_marked(explain, sheet, !found);
        found = true;
    }
    if (found && explain->json) fputs("]\n", explain->out);
    arena_destroy(arena);
    return found ? true : refuse_entry(explain, only, entry);
}
