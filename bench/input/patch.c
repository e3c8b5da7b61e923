#include "bench/input/patch.h"

#include <string.h>

#include "bench/input/json.h"
#include "bench/input/pointer.h"

enum { STEP_MAX = 256 };

// The first step of a pointer, unescaped; returns what comes after it.
static const char *take_step(const char *at, char step[STEP_MAX])
{
    size_t length = 0;
    for (at++; *at && *at != '/'; at++) {
        char byte = *at;
        if (byte == '~' && at[1]) byte = *++at == '0' ? '~' : '/';
        if (length + 1 < STEP_MAX) step[length++] = byte;
    }
    step[length] = '\0';
    return at;
}

// Copies into the patch what the pointer leads to, or the list on the way there.
static void copy_along(cJSON *patch, const cJSON *from, const char *pointer)
{
    char step[STEP_MAX];
    while (from) {
        pointer = take_step(pointer, step);
        from = json_child(from, step);
        if (*pointer && cJSON_IsObject(from)) {
            cJSON *inner = json_child(patch, step);
            if (!inner) cJSON_AddItemToObject(patch, step, inner = cJSON_CreateObject());
            patch = inner;
            continue;
        }
        cJSON *copy = from ? cJSON_Duplicate(from, 1) : NULL;
        if (json_child(patch, step)) cJSON_DeleteItemFromObjectCaseSensitive(patch, step);
        if (copy) cJSON_AddItemToObject(patch, step, copy);
        return;
    }
}

const char *patch_text(struct arena *arena, const char *resolved,
                       const struct scenario_change *changes, size_t count)
{
    cJSON *root = cJSON_Parse(resolved), *patch = cJSON_CreateObject();
    struct diag *ignored = diag_create(arena);
    for (size_t i = 0; root && i < count; i++) {
        struct pointer_change change = {changes[i].pointer, cJSON_Parse(changes[i].json),
                                        changes[i].place, NULL};
        if (change.value) pointer_set(root, &change, ignored);
    }
    for (size_t i = 0; root && patch && i < count; i++)
        copy_along(patch, root, changes[i].pointer);
    const char *text = root && patch ? json_write(arena, patch) : NULL;
    cJSON_Delete(root);
    cJSON_Delete(patch);
    return text;
}
