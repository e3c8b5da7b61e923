#include "bench/input/pointer.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "bench/input/codes.h"
#include "bench/input/suggest.h"
#include "bench/input/utf8.h"

const char pointer_override_file[] = "--set";

enum { STEP_MAX = 256 }; // bytes of one step of a pointer

struct walk {
    const struct pointer_change *change;
    struct diag *diag;
    const char *at;      // the rest of the pointer, at a slash or at its end
    char step[STEP_MAX]; // the last step taken from it, unescaped
};

static bool refuse(struct walk *walk, const char *expected, const char *got, const char *hint)
{
    const struct pointer_change *change = walk->change;
    return diag_error(walk->diag, change->place, CODE_PATH,
                      change->name ? change->name : change->pointer, expected, got, hint);
}

// Takes the next step; false: too long or wrongly escaped.
static bool take_step(struct walk *walk)
{
    size_t length = 0;
    for (walk->at++; *walk->at && *walk->at != '/'; walk->at++) {
        char byte = *walk->at;
        if (byte == '~') {
            if (walk->at[1] != '0' && walk->at[1] != '1')
                return refuse(walk, "~0 for a tilde or ~1 for a slash", "a lone ~", NULL);
            byte = *++walk->at == '0' ? '~' : '/';
        }
        if (length + 1 == STEP_MAX) return refuse(walk, "keys of at most 255 bytes", NULL, NULL);
        walk->step[length++] = byte;
    }
    walk->step[length] = '\0';
    return true;
}

// The part of the pointer that was walked so far, in quotes.
static const char *walked(const struct walk *walk)
{
    return diag_quote_bytes(walk->diag, walk->change->pointer,
                            (size_t)(walk->at - walk->change->pointer));
}

static bool refuse_step(struct walk *walk, const cJSON *parent)
{
    struct suggest suggest = suggest_for(walk->step);
    for (const cJSON *child = parent->child; child; child = child->next)
        if (child->string) suggest_offer(&suggest, child->string);
    const char *near = suggest_answer(&suggest);
    return refuse(walk, "a path that exists", walked(walk),
                  near ? diag_format(walk->diag, "did you mean %s?", diag_quote(walk->diag, near))
                       : "only the last key of a path may be new");
}

// The step as an index of a list; false: it is none.
static bool as_index(const char *step, int *index)
{
    size_t digits = strspn(step, "0123456789");
    if (digits == 0 || digits > 8 || step[digits] || (digits > 1 && *step == '0')) return false;
    *index = atoi(step);
    return true;
}

static bool refuse_index(struct walk *walk, const cJSON *list)
{
    int size = cJSON_GetArraySize(list);
    const char *expected =
        size == 0 ? "\"-\" (the list is empty)"
                  : diag_format(walk->diag, "an index from 0 to %d, or \"-\"", size - 1);
    return refuse(walk, expected, diag_quote(walk->diag, walk->step), NULL);
}

// One step down; NULL: reported.
static cJSON *descend(struct walk *walk, cJSON *parent)
{
    if (cJSON_IsArray(parent)) {
        int index;
        cJSON *item = as_index(walk->step, &index) ? cJSON_GetArrayItem(parent, index) : NULL;
        if (!item) refuse_index(walk, parent);
        return item;
    }
    cJSON *child = json_child(parent, walk->step);
    if (!child) refuse_step(walk, parent);
    return child;
}

static bool put_into_list(struct walk *walk, cJSON *list)
{
    int index;
    if (strcmp(walk->step, "-") == 0) return cJSON_AddItemToArray(list, walk->change->value);
    if (!as_index(walk->step, &index) || index >= cJSON_GetArraySize(list))
        return refuse_index(walk, list);
    return cJSON_ReplaceItemInArray(list, index, walk->change->value);
}

static bool put(struct walk *walk, cJSON *parent)
{
    cJSON *value = walk->change->value;
    if (cJSON_IsArray(parent)) return put_into_list(walk, parent);
    if (!cJSON_IsObject(parent))
        return refuse(walk, "a path into an object or a list", walked(walk), NULL);
    if (json_child(parent, walk->step))
        return cJSON_ReplaceItemInObjectCaseSensitive(parent, walk->step, value);
    return cJSON_AddItemToObject(parent, walk->step, value);
}

static bool set(struct walk *walk, cJSON *root)
{
    if (*walk->at != '/')
        return refuse(walk, "a path that begins with \"/\"", diag_quote(walk->diag, walk->at),
                      NULL);
    cJSON *parent = root;
    for (;;) {
        if (!take_step(walk)) return false;
        if (!*walk->at) return put(walk, parent);
        parent = descend(walk, parent);
        if (!parent) return false;
    }
}

bool pointer_set(cJSON *root, const struct pointer_change *change, struct diag *diag)
{
    struct walk walk = {.change = change, .diag = diag, .at = change->pointer};
    bool done = set(&walk, root);
    if (!done) cJSON_Delete(change->value);
    return done;
}

// JSON, or else the text itself; what is wrong with it as JSON is of no interest.
static cJSON *parse_value(struct json *json, const char *text, struct arena *scratch)
{
    struct lexer_source source = {pointer_override_file, text, strlen(text)};
    cJSON *value = json_parse(json, &source, diag_create(scratch));
    return value ? value : cJSON_CreateString(text);
}

bool pointer_override(struct json *json, cJSON *root, const char *text, struct diag *diag)
{
    struct diag_place place = {.file = pointer_override_file};
    const char *equals = strchr(text, '=');
    size_t length = strlen(text);
    if (*text != '/' || !equals)
        return diag_error(diag, place, CODE_PATH, NULL, "/json/pointer=value",
                          diag_quote(diag, text), NULL);
    if (utf8_valid_until(text, length) != length || length > LEXER_STRING_MAX)
        return diag_error(diag, place, CODE_JSON_ENCODING, NULL, "UTF-8 of at most 64 KiB",
                          diag_quote(diag, text), NULL);
    const char *pointer = diag_format(diag, "%.*s", (int)(equals - text), text);
    struct pointer_change change = {pointer, parse_value(json, equals + 1, json_arena(json)), place,
                                    NULL};
    if (!change.value) return false;
    json_move(json, change.value, pointer, pointer_override_file);
    return pointer_set(root, &change, diag);
}
