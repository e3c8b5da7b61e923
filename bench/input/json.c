#include "bench/input/json.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/input/codes.h"
#include "bench/input/json_text.h"
#include "sim/check.h"

struct entry {
    struct lexer_value at; // parent: number of an entry
    const char *file;
    const char *pointer; // NULL: follows from parent and key
};

struct json {
    struct arena *arena;
    struct entry *entries; // [0] is for nodes that nobody wrote
    uint32_t count, capacity;
};

struct json *json_create(struct arena *arena)
{
    struct json *json = arena_new(arena, struct json, 1);
    json->arena = arena;
    json->capacity = 256;
    json->entries = arena_new(arena, struct entry, json->capacity);
    json->entries[0] = (struct entry){.file = "", .pointer = ""};
    json->count = 1;
    return json;
}

struct arena *json_arena(const struct json *json)
{
    return json->arena;
}

static void reserve(struct json *json, uint32_t more)
{
    if (json->capacity - json->count >= more) return;
    while (json->capacity - json->count < more)
        json->capacity *= 2;
    struct entry *larger = arena_new(json->arena, struct entry, json->capacity);
    memcpy(larger, json->entries, json->count * sizeof *larger);
    json->entries = larger;
}

static const struct entry *entry_of(const struct json *json, const cJSON *node)
{
    SIM_CHECK(node->valueint >= 0 && (uint32_t)node->valueint < json->count);
    return &json->entries[node->valueint];
}

static void add_entries(struct json *json, const char *file, const struct lexer_values *values)
{
    uint32_t first = json->count;
    reserve(json, values->count);
    for (uint32_t i = 0; i < values->count; i++) {
        struct entry *entry = &json->entries[json->count++];
        *entry = (struct entry){.at = values->values[i], .file = file};
        if (i == 0)
            entry->pointer = "";
        else
            entry->at.parent += first;
    }
}

// Pre-order, as the lexer has counted them.
static int number_nodes(cJSON *node, int next)
{
    node->valueint = next++;
    for (cJSON *child = node->child; child; child = child->next)
        next = number_nodes(child, next);
    return next;
}

cJSON *json_parse(struct json *json, const struct lexer_source *source, struct diag *diag)
{
    struct lexer_values values;
    if (!lexer_scan(&values, json->arena, source, diag)) return NULL;
    cJSON *root = cJSON_ParseWithLength(source->text, source->length);
    if (!root) {
        struct diag_place place = {.file = source->file};
        diag_error(diag, place, CODE_FILE_READ, NULL, "memory for the file's values", "none", NULL);
        return NULL;
    }
    int first = (int)json->count;
    add_entries(json, arena_copy_text(json->arena, source->file), &values);
    int end = number_nodes(root, first);
    SIM_CHECK((uint32_t)end == json->count);
    return root;
}

struct diag_place json_place(const struct json *json, const cJSON *node)
{
    const struct entry *entry = entry_of(json, node);
    return (struct diag_place){entry->file, entry->at.line, entry->at.column};
}

struct diag_place json_key_place(const struct json *json, const cJSON *node)
{
    const struct entry *entry = entry_of(json, node);
    if (entry->at.key_line == 0) return json_place(json, node);
    return (struct diag_place){entry->file, entry->at.key_line, entry->at.key_column};
}

const char *json_file(const struct json *json, const cJSON *node)
{
    return entry_of(json, node)->file;
}

// Pointers.

static void write_step(FILE *out, const char *key)
{
    fputc('/', out);
    for (; *key; key++) {
        if (*key == '~' || *key == '/')
            fputs(*key == '~' ? "~0" : "~1", out);
        else
            fputc(*key, out);
    }
}

static void write_pointer(FILE *out, const struct json *json, const struct entry *entry)
{
    if (entry->pointer) {
        fputs(entry->pointer, out);
        return;
    }
    write_pointer(out, json, &json->entries[entry->at.parent]);
    if (entry->at.key)
        write_step(out, entry->at.key);
    else
        fprintf(out, "/%u", (unsigned)entry->at.index);
}

static const char *keep(struct arena *arena, FILE *out, char **made)
{
    fclose(out);
    const char *kept = arena_copy_text(arena, *made);
    free(*made);
    return kept;
}

static const char *pointer_text(const struct json *json, const cJSON *node, const char *key)
{
    char *made = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&made, &size);
    if (!out) return "";
    write_pointer(out, json, entry_of(json, node));
    if (key) write_step(out, key);
    return keep(json->arena, out, &made);
}

const char *json_pointer(const struct json *json, const cJSON *node)
{
    return pointer_text(json, node, NULL);
}

const char *json_pointer_to(const struct json *json, const cJSON *object, const char *key)
{
    return pointer_text(json, object, key);
}

// Trees.

// With place NULL positions stay as they are.
static void move(struct json *json, cJSON *node, uint32_t parent, const struct diag_place *place)
{
    reserve(json, 1);
    uint32_t number = json->count++;
    struct entry entry = *entry_of(json, node);
    entry.at.parent = parent;
    entry.pointer = NULL;
    if (place) {
        entry.file = place->file;
        entry.at.line = place->line;
        entry.at.column = place->column;
        entry.at.key_line = entry.at.key_column = 0;
    }
    json->entries[number] = entry;
    node->valueint = (int)number;
    for (cJSON *child = node->child; child; child = child->next)
        move(json, child, number, place);
}

static void move_to(struct json *json, cJSON *node, const char *pointer,
                    const struct diag_place *place)
{
    uint32_t root = json->count;
    move(json, node, 0, place);
    json->entries[root].pointer = arena_copy_text(json->arena, pointer);
}

void json_move(struct json *json, cJSON *node, const char *pointer, const char *file)
{
    struct diag_place place = {.file = file};
    move_to(json, node, pointer, file ? &place : NULL);
}

void json_settle(struct json *json, cJSON *node, const char *pointer, struct diag_place place)
{
    move_to(json, node, pointer, &place);
}

cJSON *json_child(const cJSON *object, const char *key)
{
    return cJSON_IsObject(object) ? cJSON_GetObjectItemCaseSensitive(object, key) : NULL;
}

static cJSON *empty_object_like(const cJSON *node)
{
    cJSON *object = cJSON_CreateObject();
    if (object) object->valueint = node->valueint;
    return object;
}

// What a key becomes that the target has not got, or has as something else than an object.
static cJSON *fresh_copy(const cJSON *patch)
{
    if (!cJSON_IsObject(patch)) return cJSON_Duplicate(patch, 1);
    cJSON *object = empty_object_like(patch);
    if (object) json_merge(object, patch);
    return object;
}

void json_merge(cJSON *target, const cJSON *patch)
{
    for (const cJSON *change = patch->child; change; change = change->next) {
        cJSON *old = json_child(target, change->string);
        if (cJSON_IsNull(change))
            cJSON_DeleteItemFromObjectCaseSensitive(target, change->string);
        else if (cJSON_IsObject(change) && cJSON_IsObject(old))
            json_merge(old, change);
        else if (old)
            cJSON_ReplaceItemInObjectCaseSensitive(target, change->string, fresh_copy(change));
        else
            cJSON_AddItemToObject(target, change->string, fresh_copy(change));
    }
}

static void write_node(FILE *out, const cJSON *node);

static void write_children(FILE *out, const cJSON *node)
{
    for (const cJSON *child = node->child; child; child = child->next) {
        if (child != node->child) fputc(',', out);
        if (cJSON_IsObject(node)) {
            json_write_string(out, child->string);
            fputc(':', out);
        }
        write_node(out, child);
    }
}

static void write_node(FILE *out, const cJSON *node)
{
    char number[JSON_NUMBER_TEXT];
    if (cJSON_IsString(node)) {
        json_write_string(out, node->valuestring);
    } else if (cJSON_IsNumber(node)) {
        fputs(json_number_text(node->valuedouble, number), out);
    } else if (cJSON_IsObject(node) || cJSON_IsArray(node)) {
        fputc(cJSON_IsObject(node) ? '{' : '[', out);
        write_children(out, node);
        fputc(cJSON_IsObject(node) ? '}' : ']', out);
    } else {
        fputs(cJSON_IsTrue(node) ? "true" : cJSON_IsFalse(node) ? "false" : "null", out);
    }
}

const char *json_write(struct arena *arena, const cJSON *node)
{
    char *made = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&made, &size);
    if (!out) return "null";
    write_node(out, node);
    return keep(arena, out, &made);
}
