// Events are read in the order of time, not of the file: a deploy starts from what the one before
// it left, and settings changed at run time live on (A4).

#include "bench/input/scenario_parts.h"

#include <stdlib.h>
#include <string.h>

#include "bench/input/codes.h"
#include "bench/input/duration.h"
#include "bench/input/policies.h"
#include "bench/input/scenario_callers.h"

struct draft { // an event before it is read in full
    sim_time at;
    enum timeline_kind kind;
    uint32_t order; // in the file
    const cJSON *node, *body;
    uint32_t app;
    bool has_app;
};

static const char *const kind_names[] = { // by enum timeline_kind
    "deploy", "scale", "capacity", "flush", "maintenance", "restart", "rollback", "kill", NULL};

// First pass: when, what and to whom.

static bool read_at(struct parts *parts, struct object *object, sim_time *at)
{
    static const struct time_range range = {0, SECONDS_MAX};
    const struct reader *reader = &parts->reader;
    const cJSON *node = object_find_timed(object, "at");
    char horizon[DURATION_TEXT];
    if (!object_require_timed(object, "at") || !object_time(object, "at", range, at)) return false;
    if (*at < parts->config->horizon) return true;
    duration_text(sim_seconds(parts->config->horizon), horizon);
    return reader_error(reader, node, CODE_TIME,
                        diag_format(reader->diag, "a time before the horizon (%s)", horizon), NULL);
}

static bool read_kind(struct object *object, struct draft *draft)
{
    static const char words[] =
        "one of \"deploy\", \"scale\", \"capacity\", \"flush\", \"maintenance\", \"restart\", "
        "\"rollback\" and \"kill\"";
    for (size_t i = 0; kind_names[i]; i++) {
        const cJSON *node = object_find(object, kind_names[i]);
        if (!node) continue;
        if (draft->body)
            return reader_key_error(object->reader, node, CODE_KEY_TWICE, words, "a second one",
                                    NULL);
        draft->kind = (enum timeline_kind)i;
        draft->body = node;
    }
    return draft->body ? true : object_lacks(object, "deploy", words);
}

static bool read_app_name(struct parts *parts, struct draft *draft)
{
    const cJSON *name = json_child(draft->body, "app");
    draft->has_app = name && scenario_apps_find(parts, name, &draft->app);
    return draft->has_app;
}

static struct draft read_draft(struct parts *parts, const cJSON *node, uint32_t order)
{
    struct draft draft = {.order = order, .node = node};
    struct object object = object_open(&parts->reader, node, &keys_event);
    bool timed = read_at(parts, &object, &draft.at);
    if (!read_kind(&object, &draft) || !timed)
        draft.at = SIM_NEVER; // to the end, for what can be read
    object_close(&object);
    bool of_app = draft.kind != TIMELINE_CAPACITY && draft.kind != TIMELINE_MAINTENANCE;
    if (draft.body && of_app) read_app_name(parts, &draft);
    return draft;
}

static int by_time(const void *left, const void *right)
{
    const struct draft *a = left, *b = right;
    if (a->at != b->at) return a->at < b->at ? -1 : 1;
    return (a->order > b->order) - (a->order < b->order);
}

// Revisions of an app stand together, the first one at the front.
static void lay_out_revisions(struct parts *parts, const struct draft *drafts, uint32_t count)
{
    struct arena *arena = parts->reader.arena;
    uint32_t total = 0;
    for (uint32_t app = 0; app < parts->config->app_count; app++) {
        parts->apps[app].first_revision = total;
        parts->apps[app].revisions = 1;
        for (uint32_t i = 0; i < count; i++)
            parts->apps[app].revisions +=
                drafts[i].has_app && drafts[i].app == app && drafts[i].kind == TIMELINE_DEPLOY;
        total += parts->apps[app].revisions;
    }
    parts->revisions = arena_new(arena, struct revision_config, total);
    parts->revision_nodes = arena_new(arena, const cJSON *, total);
    parts->trees = arena_new(arena, cJSON *, total);
    parts->config->revisions = parts->revisions;
    parts->config->revision_count = total;
    for (uint32_t app = 0; app < parts->config->app_count; app++) {
        uint32_t first = parts->apps[app].first_revision;
        parts->revisions[first] = parts->app_parts[app].first;
        parts->revisions[first].name = "1";
        parts->revision_nodes[first] = parts->app_parts[app].node;
    }
}

// Second pass.

static bool has_key(const struct param *table, const char *key)
{
    for (; table->key; table++) {
        size_t length = strlen(table->key);
        bool timed = table->type == PARAM_TIME || table->type == PARAM_DIST;
        if (strcmp(table->key, key) == 0) return true;
        if (timed && strncmp(table->key, key, length) == 0 && strcmp(key + length, "_s") == 0)
            return true;
    }
    return false;
}

// Keys of the app as a whole are not a deploy's to change; all others are read later and judged
// then.
static void check_change(struct parts *parts, const cJSON *change, bool reset_scale)
{
    static const char *const fixed[] = {"traffic", "dispatch", "autoscaler", "endpoints"};
    const struct reader *reader = &parts->reader;
    for (const cJSON *key = change->child; key; key = key->next) {
        bool of_app = has_key(app_params, key->string);
        for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++)
            of_app = of_app || strcmp(fixed[i], key->string) == 0;
        if (of_app)
            reader_key_error(reader, key, CODE_PLACE, "a key of the new revision",
                             diag_quote(reader->diag, key->string),
                             "it belongs to the app and cannot change with a deploy");
        else if (!reset_scale && has_key(scaling_params, key->string))
            reader_warning(reader, key, CODE_WARN_SCALING,
                           "no effect: the settings at run time survive a deploy",
                           "give the deploy \"reset_scale\": true, or use a scale event");
    }
}

// The key, and the same key in its other form, with or without "_s".
static void drop(cJSON *tree, const char *key)
{
    char other[64];
    size_t length = strlen(key);
    cJSON_DeleteItemFromObjectCaseSensitive(tree, key);
    if (length + 3 > sizeof other) return;
    memcpy(other, key, length + 1);
    if (length > 2 && strcmp(key + length - 2, "_s") == 0)
        other[length - 2] = '\0';
    else
        memcpy(other + length, "_s", 3);
    cJSON_DeleteItemFromObjectCaseSensitive(tree, other);
}

// A distribution is one value: {"constant": "40s"} takes the place of a lognormal and is not merged
// with it. Only docker_pull and responses consist of parts that can change alone.
static void make_room(cJSON *tree, const cJSON *change)
{
    for (const cJSON *key = change->child; key; key = key->next) {
        cJSON *old = json_child(tree, key->string);
        if (strcmp(key->string, "docker_pull") == 0 && cJSON_IsObject(old) && cJSON_IsObject(key))
            make_room(old, key);
        else if (strcmp(key->string, "responses") != 0)
            drop(tree, key->string);
    }
}

// The app's object with the change merged into it.
static const cJSON *next_node(struct parts *parts, const struct app_parts *app, const cJSON *change)
{
    cJSON *tree = cJSON_Duplicate(app->current, 1);
    if (!tree || !cJSON_IsObject(tree) || !cJSON_IsObject(change)) {
        cJSON_Delete(tree);
        return app->current;
    }
    make_room(tree, change);
    json_merge(tree, change);
    parts->trees[parts->tree_count++] = tree;
    return tree;
}

static void read_revision(struct parts *parts, uint32_t id, const cJSON *node, uint32_t number)
{
    struct revision_config *revision = &parts->revisions[id];
    struct object object = object_open(&parts->reader, node, &keys_app);
    object_allow(&object, app_params);
    object_find(&object, "traffic");
    object_find(&object, "dispatch");
    object_find(&object, "endpoints");
    object_find(&object, "autoscaler");
    scenario_revision_read(parts, &object, revision);
    object_close(&object);
    revision->name = diag_format(parts->reader.diag, "%u", (unsigned)number + 1);
    parts->revision_nodes[id] = node;
}

static void read_deploy(struct parts *parts, const struct draft *draft,
                        struct timeline_config *event)
{
    const struct reader *reader = &parts->reader;
    struct object object = object_open(reader, draft->body, &keys_deploy);
    object_require(&object, "app");
    const cJSON *reset = object_find(&object, "reset_scale"),
                *change = object_find(&object, "change");
    scenario_rollout_read(parts, &object, event);
    if (reset) reader_flag(reader, reset, &event->reset_scale);
    object_close(&object);
    struct object changes = object_open(reader, change, &keys_names);
    if (changes.node) check_change(parts, change, event->reset_scale);
    if (!draft->has_app) return;
    struct app_parts *app = &parts->app_parts[draft->app];
    app->current = next_node(parts, app, change);
    event->revision = parts->apps[draft->app].first_revision + ++app->deploys;
    read_revision(parts, event->revision, app->current, app->deploys);
    if (event->reset_scale) app->runtime = parts->revisions[event->revision].scaling;
    if (draft->at < parts->config->warm_up)
        reader_warning(reader, draft->node, CODE_WARN_TIME,
                       "the deploy is during the warm-up, which no number counts", NULL);
}

// Keys of the code that a scale event may change, until the next deploy; the ranges are theirs.
static void read_tuning(struct object *object, struct timeline_config *event)
{
    static const char *const keys[] = {"max_multiplexing", "startup_timeout"};
    struct param table[sizeof keys / sizeof *keys + 1] = {{0}};
    struct revision_config given = {0};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        for (const struct param *param = revision_params; param->key; param++)
            if (strcmp(param->key, keys[i]) == 0) table[i] = *param;
    object_changes(object, table, &given);
    event->max_multiplexing = given.max_multiplexing;
    event->startup_timeout = given.startup_timeout;
}

static void read_scale(struct parts *parts, const struct draft *draft,
                       struct timeline_config *event)
{
    struct object object = object_open(&parts->reader, draft->body, &keys_scale);
    struct scaling_config spare = {.max_concurrency = UINT32_MAX};
    struct scaling_config *runtime =
        draft->has_app ? &parts->app_parts[draft->app].runtime : &spare;
    object_require(&object, "app");
    object_changes(&object, scaling_params, runtime);
    read_tuning(&object, event);
    object_close(&object);
    scenario_revision_check_scaling(parts, object.node, runtime);
    event->scaling = *runtime;
    for (uint32_t i = 0; scaling_params[i].key; i++)
        event->scaling_given |= (uint32_t)object_has(&object, scaling_params[i].key) << i;
}

// The row that "machine_type" and "region" name; without a region, a type's first row.
static void read_place(struct parts *parts, struct object *object, struct timeline_config *event)
{
    const struct reader *reader = &parts->reader;
    const cJSON *machine = object_require(object, "machine_type");
    const cJSON *region = object_find(object, "region");
    uint32_t id = 0;
    if (!machine || !scenario_machines_find(parts, machine, &event->machine)) return;
    bool by_region = parts->machines[event->machine].region_id != 0;
    event->everywhere = by_region && !region;
    if (!region || !scenario_regions_find(parts, region, &id)) return;
    if (!scenario_machines_row(parts, event->machine, id, &event->machine))
        reader_error(reader, region, CODE_CONTRADICTION, "a region where the type has capacity",
                     NULL);
}

static void read_maintenance(struct parts *parts, const struct draft *draft,
                             struct timeline_config *event)
{
    static const struct number_range runners = {1, 1e6};
    static const struct time_range any_time = {0, SECONDS_MAX};
    const struct reader *reader = &parts->reader;
    struct object object = object_open(reader, draft->body, &keys_maintenance);
    read_place(parts, &object, event);
    const cJSON *count = object_require(&object, "runners");
    bool all = cJSON_IsString(count) && strcmp(count->valuestring, "all") == 0;
    event->runners = UINT32_MAX;
    if (cJSON_IsString(count) && !all)
        reader_error(reader, count, CODE_CHOICE, "a number of runners, or \"all\"", NULL);
    else if (count && !all)
        reader_count(reader, count, runners, &event->runners);
    object_time(&object, "notice", any_time, &event->notice);
    object_close(&object);
}

static void read_capacity(struct parts *parts, const struct draft *draft,
                          struct timeline_config *event)
{
    static const struct number_range any_count = {0, UINT32_MAX};
    struct object object = object_open(&parts->reader, draft->body, &keys_capacity);
    read_place(parts, &object, event);
    const cJSON *capacity = object_require(&object, "capacity");
    const cJSON *evict = object_find(&object, "evict");
    if (event->everywhere) object_lacks(&object, "region", "the key \"region\"");
    if (capacity) reader_count(&parts->reader, capacity, any_count, &event->capacity);
    if (evict) reader_flag(&parts->reader, evict, &event->evict);
    object_close(&object);
}

static void read_flush(struct parts *parts, const struct draft *draft,
                       struct timeline_config *event)
{
    struct object object = object_open(&parts->reader, draft->body, &keys_flush);
    object_require(&object, "app");
    const cJSON *caller = object_find(&object, "caller");
    event->caller = UINT32_MAX;
    if (caller) scenario_callers_find(parts, caller, &event->caller);
    object_close(&object);
}

static void read_event(struct parts *parts, const struct draft *draft, uint32_t *rollouts)
{
    parts->timeline_nodes[parts->config->timeline_count] = draft->body;
    struct timeline_config *event = &parts->timeline[parts->config->timeline_count++];
    *event = (struct timeline_config){.at = draft->at, .kind = draft->kind, .app = draft->app};
    bool rollout = draft->kind == TIMELINE_DEPLOY || draft->kind == TIMELINE_RESTART ||
                   draft->kind == TIMELINE_ROLLBACK;
    if (rollout) event->name = diag_format(parts->reader.diag, "%u", (unsigned)++*rollouts);
    if (draft->has_app && parts->app_parts[draft->app].killed)
        reader_error(&parts->reader, draft->body, CODE_TIME, "no event after the app was killed",
                     NULL);
    switch (draft->kind) {
    case TIMELINE_DEPLOY:
        read_deploy(parts, draft, event);
        break;
    case TIMELINE_ROLLBACK:
        scenario_rollback_read(parts, draft->body, event, draft->has_app);
        break;
    case TIMELINE_RESTART:
        scenario_restart_read(parts, draft->body, event);
        break;
    case TIMELINE_KILL:
        scenario_kill_read(parts, draft->body, event, draft->has_app);
        break;
    case TIMELINE_SCALE:
        read_scale(parts, draft, event);
        break;
    case TIMELINE_CAPACITY:
        read_capacity(parts, draft, event);
        break;
    case TIMELINE_FLUSH:
        read_flush(parts, draft, event);
        break;
    case TIMELINE_MAINTENANCE:
        read_maintenance(parts, draft, event);
        break;
    }
}

// How many events the list has; 0 also for what is no list (reported).
static uint32_t event_count(struct parts *parts, const cJSON *node)
{
    if (!node) return 0;
    int count = cJSON_IsArray(node) ? cJSON_GetArraySize(node) : 0;
    if (!cJSON_IsArray(node))
        reader_error(&parts->reader, node, CODE_TYPE, "a list of events", NULL);
    if (count > TIMELINE_MAX) scenario_parts_too_many(parts, node, TIMELINE_MAX, "events");
    return count > TIMELINE_MAX ? 0 : (uint32_t)count;
}

void scenario_timeline_read(struct parts *parts, const cJSON *node)
{
    uint32_t count = event_count(parts, node), rollouts = 0, read = 0;
    struct draft *drafts = arena_new(parts->reader.arena, struct draft, count + 1);
    for (const cJSON *event = count ? node->child : NULL; event; event = event->next, read++)
        drafts[read] = read_draft(parts, event, read);
    qsort(drafts, count, sizeof *drafts, by_time);
    lay_out_revisions(parts, drafts, count);
    parts->timeline = arena_new(parts->reader.arena, struct timeline_config, count + 1);
    parts->timeline_nodes = arena_new(parts->reader.arena, const cJSON *, count + 1);
    parts->config->timeline = parts->timeline;
    for (uint32_t i = 0; i < count; i++)
        if (drafts[i].body) read_event(parts, &drafts[i], &rollouts);
}
