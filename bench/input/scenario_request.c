#include "bench/input/scenario_request.h"

#include <stdlib.h>
#include <string.h>

#include "bench/input/codes.h"

// 0 for "crash"; false: neither that nor an error status.
static bool parse_status(const char *key, uint32_t *status)
{
    *status = 0;
    if (strcmp(key, "crash") == 0) return true;
    if (strlen(key) != 3 || strspn(key, "0123456789") != 3) return false;
    *status = (uint32_t)atoi(key);
    return *status >= 400 && *status <= 599;
}

static void read_header(struct object *object, const char *key, uint32_t *header)
{
    const cJSON *node = object_find(object, key);
    bool yes = false;
    if (node && reader_flag(object->reader, node, &yes)) *header = yes ? HEADER_YES : HEADER_NO;
}

// A response with headers: {"probability": 0.1, "needs_retry": true, "stop_runner": false}.
static bool read_headers(const struct reader *reader, const cJSON *node,
                         struct response_config *response)
{
    static const struct number_range share = {0, 1};
    struct object object = object_open(reader, node, &keys_response);
    const cJSON *probability = object_require(&object, "probability");
    bool good = probability && reader_number(reader, probability, share, &response->probability);
    read_header(&object, "needs_retry", &response->needs_retry);
    read_header(&object, "stop_runner", &response->stop_runner);
    object_close(&object);
    const cJSON *asks = json_child(node, "needs_retry"), *stop = json_child(node, "stop_runner");
    if (asks && response->status < 500 && response->status != 429)
        good = reader_key_error(reader, asks, CODE_CONTRADICTION,
                                "needs_retry on a 5xx or a 429, where it has an effect", "it here",
                                NULL);
    if (stop && response->status == 0)
        good = reader_key_error(reader, stop, CODE_CONTRADICTION,
                                "no stop_runner: a crash sends no headers", "it", NULL);
    return good;
}

static void read_response(struct parts *parts, const cJSON *node, struct revision_config *revision)
{
    static const struct number_range share = {0, 1};
    const struct reader *reader = &parts->reader;
    struct response_config response = {0};
    if (object_is_comment(node)) return;
    if (!parse_status(node->string, &response.status)) {
        reader_key_error(reader, node, CODE_KEY_UNKNOWN, "a status from 400 to 599, or \"crash\"",
                         diag_quote(reader->diag, node->string), NULL);
        return;
    }
    bool good = cJSON_IsObject(node) ? read_headers(reader, node, &response)
                                     : reader_number(reader, node, share, &response.probability);
    if (!good) return;
    if (revision->response_count == RESPONSES_PER_APP)
        scenario_parts_too_many(parts, node, RESPONSES_PER_APP, "responses");
    else
        revision->responses[revision->response_count++] = response;
}

static void read_responses(struct parts *parts, const cJSON *node, struct revision_config *revision)
{
    struct object object = object_open(&parts->reader, node, &keys_names);
    if (!object.node) return;
    for (const cJSON *child = node->child; child; child = child->next)
        read_response(parts, child, revision);
    double sum = 0;
    for (uint32_t i = 0; i < revision->response_count; i++)
        sum += revision->responses[i].probability;
    if (sum > 1 + 1e-12)
        reader_error(&parts->reader, node, CODE_PROBABILITY,
                     "probabilities that add up to at most 1",
                     diag_format(parts->reader.diag, "they add up to %g", sum));
}

// "skip_retry_conditions": budgets of 0.
static void read_skips(struct parts *parts, const cJSON *node, const cJSON *retry,
                       struct revision_config *revision)
{
    static const char *const names[] = {"server_error", "timeout", "connection_error", NULL};
    const struct reader *reader = &parts->reader;
    if (!cJSON_IsArray(node)) {
        reader_error(reader, node, CODE_TYPE, "a list of conditions", NULL);
        return;
    }
    for (const cJSON *entry = node->child; entry; entry = entry->next) {
        uint32_t condition = 0;
        if (!reader_choice(reader, entry, names, &condition)) continue;
        if (json_child(retry, names[condition]) && revision->retry_budgets[condition] > 0)
            reader_error(reader, entry, CODE_CONTRADICTION,
                         "a condition that \"retry\" gives no budget", NULL);
        revision->retry_budgets[condition] = 0;
    }
}

static void read_retry(struct parts *parts, struct object *object, struct revision_config *revision)
{
    const cJSON *retry = object_find(object, "retry");
    const cJSON *skips = object_find(object, "skip_retry_conditions");
    struct object budgets = object_open(&parts->reader, retry, &keys_retry);
    object_table(&budgets, retry_params, revision);
    object_close(&budgets);
    if (skips) read_skips(parts, skips, retry, revision);
}

static void read_table(struct parts *parts, const cJSON *node, struct slowdown_config *slowdown)
{
    static const struct number_range range = {1, 1e6};
    const struct reader *reader = &parts->reader;
    int count = cJSON_IsArray(node) ? cJSON_GetArraySize(node) : 0;
    if (count == 0 || count > 10000) {
        reader_error(reader, node, CODE_TYPE, "a list of 1 to 10000 numbers", NULL);
        return;
    }
    double *table = arena_new(reader->arena, double, (size_t)count);
    for (const cJSON *entry = node->child; entry; entry = entry->next)
        if (reader_number(reader, entry, range, &table[slowdown->count])) slowdown->count++;
    if (slowdown->count > 0 && table[0] != 1)
        reader_error(reader, node->child, CODE_CONTRADICTION, "1 for a request alone", NULL);
    slowdown->kind = SLOWDOWN_TABLE;
    slowdown->table = table;
}

static void read_slowdown(struct parts *parts, const cJSON *node, struct slowdown_config *slowdown)
{
    static const char *const names[] = {"none", "processor_sharing", NULL};
    static const struct number_range range = {0, 1e6};
    const struct reader *reader = &parts->reader;
    uint32_t choice = 0;
    if (cJSON_IsString(node)) {
        if (!reader_choice(reader, node, names, &choice) || choice == 0) return;
        *slowdown = (struct slowdown_config){.kind = SLOWDOWN_FACTOR, .factor = 1};
        return;
    }
    struct object object = object_open(reader, node, &keys_slowdown);
    const cJSON *factor = object_find(&object, "factor"), *table = object_find(&object, "table");
    if (factor && reader_number(reader, factor, range, &slowdown->factor))
        slowdown->kind = SLOWDOWN_FACTOR;
    if (factor && table)
        reader_key_error(reader, table, CODE_KEY_TWICE, "\"factor\" or \"table\"", "both", NULL);
    else if (table)
        read_table(parts, table, slowdown);
    else if (object.node && !factor)
        object_lacks(&object, "factor", "one of \"factor\" and \"table\"");
    object_close(&object);
}

void scenario_request_read(struct parts *parts, struct object *object,
                           struct revision_config *revision)
{
    read_responses(parts, object_find(object, "responses"), revision);
    read_retry(parts, object, revision);
    const cJSON *slowdown = object_find(object, "slowdown");
    if (slowdown) read_slowdown(parts, slowdown, &revision->slowdown);
    bool alone = revision->slowdown.kind != SLOWDOWN_NONE && revision->max_multiplexing == 1;
    if (slowdown && alone && !parts->compares)
        reader_warning(&parts->reader, slowdown, CODE_WARN_UNUSED,
                       "no effect: a runner serves one request at a time",
                       "set \"max_multiplexing\"");
}
