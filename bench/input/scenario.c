#include "bench/input/scenario.h"

#include <string.h>

#include "bench/input/codes.h"
#include "bench/input/file.h"
#include "bench/input/pointer.h"
#include "bench/input/scenario_goals.h"
#include "bench/input/scenario_parts.h"
#include "bench/input/scenario_search.h"
#include "bench/input/scenario_selection.h"
#include "bench/input/scenario_study.h"
#include "bench/input/scenario_sweep.h"
#include "bench/input/scenario_wishes.h"

enum { ALTERNATIVES_MAX = 256 };

struct load { // of one file
    struct scenario *scenario;
    struct reader reader;
    struct json *json;
    cJSON *root;
    const char *folder;
    struct checked_trace *checked;
    struct alternative *alternatives;
    struct wishes wishes;
    struct parts base; // the file without any alternative
    struct scenario_config base_config;
};

// "scenarios/" for "scenarios/burst.json".
static const char *folder_of(struct arena *arena, const char *path)
{
    char *folder = arena_copy_text(arena, path);
    char *slash = strrchr(folder, '/');
    if (!slash) return "";
    slash[1] = '\0';
    return folder;
}

static bool is_due(const struct load *load, const struct scenario_override *override)
{
    if (override->when == OVERRIDE_ALWAYS) return true;
    bool object = cJSON_IsObject(json_child(load->root, override->key));
    return object == (override->when == OVERRIDE_IF_OBJECT);
}

static bool apply_overrides(struct load *load, const struct scenario_override *overrides,
                            size_t count)
{
    bool good = true;
    for (size_t i = 0; i < count; i++) {
        const char *text = overrides[i].text;
        if (!is_due(load, &overrides[i])) continue;
        good = pointer_override(load->json, load->root, text, load->reader.diag) && good;
    }
    return good;
}

// The keys of the experiment.

static void read_version(struct load *load, struct object *top)
{
    const cJSON *node = object_require(top, "warmpool");
    if (!node || (cJSON_IsNumber(node) && node->valuedouble >= 1 && node->valuedouble <= 1)) return;
    reader_error(&load->reader, node, CODE_RANGE, "1, the version of the file's format",
                 cJSON_IsString(node) ? "numbers stand without quotes" : NULL);
}

static bool parse_seed(const char *text, uint64_t *seed)
{
    *seed = 0;
    if (!*text) return false;
    for (; *text; text++) {
        if (*text < '0' || *text > '9') return false;
        uint64_t digit = (uint64_t)(*text - '0');
        if (*seed > (UINT64_MAX - digit) / 10) return false;
        *seed = *seed * 10 + digit;
    }
    return true;
}

static void read_seed(struct load *load, struct object *top)
{
    struct scenario *scenario = load->scenario;
    const cJSON *node = object_find(top, "seed");
    static const char expected[] = "a string with a whole number from 0 to 18446744073709551615";
    scenario->seed = 1;
    scenario->seed_text = "1";
    if (!node) return;
    if (!cJSON_IsString(node))
        reader_error(&load->reader, node, CODE_TYPE, expected,
                     cJSON_IsNumber(node) ? "put it in quotes: JSON numbers lose digits" : NULL);
    else if (!parse_seed(node->valuestring, &scenario->seed))
        reader_error(&load->reader, node, CODE_RANGE, expected, NULL);
    else
        scenario->seed_text = arena_copy_text(load->reader.arena, node->valuestring);
}

static void allow_experiment_keys(struct object *top)
{
    static const char *const keys[] = {"$schema", "warmpool",     "question", "seed",
                                       "compare", "replications", "expect",   "selection",
                                       "study",   "sweep",        "plan",     "twin"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        object_find(top, keys[i]);
    object_find_timed(top, "cycle");
}

static void read_experiment(struct load *load, struct object *top)
{
    struct scenario *scenario = load->scenario;
    read_version(load, top);
    read_seed(load, top);
    const cJSON *question = object_find(top, "question"),
                *defaults = json_child(top->node, "defaults");
    const char *text = question ? reader_text(&load->reader, question) : NULL;
    scenario->question = text ? text : "";
    bool current = cJSON_IsString(defaults) && strcmp(defaults->valuestring, "current") == 0;
    scenario->defaults = current ? "current" : "seed";
    scenario_study_read(&load->reader, top, scenario);
    scenario_goals_read_replications(&load->reader, object_find(top, "replications"),
                                     &scenario->replications);
}

// Alternatives.

static void read_model(struct load *load, struct parts *parts, struct scenario_config *config,
                       const cJSON *root)
{
    *parts = (struct parts){
        .reader = load->reader,
        .folder = load->folder,
        .compares = json_child(load->root, "compare") != NULL,
        .measures = load->wishes.downtime,
        .checked = &load->checked,
        .config = config,
    };
    struct object top = object_open(&load->reader, root, &keys_scenario);
    allow_experiment_keys(&top);
    scenario_parts_read(parts, &top);
    object_close(&top);
}

// The same alternative without the events that are rollouts.  It is read again, because settings
// that come after a rollout build on what that has left.
static void read_twin(struct load *load, const cJSON *root, struct alternative *alternative)
{
    struct load scratch = *load; // what is wrong in both was said already
    size_t reports = diag_reports(load->reader.diag);
    scratch.reader.diag = diag_create(load->reader.arena);
    struct scenario_config *config = arena_new(load->reader.arena, struct scenario_config, 1);
    cJSON *tree = cJSON_Duplicate(root, 1);
    if (!tree) return;
    scenario_wishes_drop_rollouts(tree);
    struct parts parts;
    read_model(&scratch, &parts, config, tree);
    scenario_parts_close(&parts);
    cJSON_Delete(tree);
    config->downtime.measured = false; // no number of the twin needs it
    alternative->twin = config;
    if (reports == 0 && diag_reports(scratch.reader.diag) > 0)
        reader_error(&load->reader, json_child(load->root, "timeline"), CODE_CONTRADICTION,
                     "events that are possible without the rollouts, too, for the twin", NULL);
}

// Alternatives change the model; what the experiment is stays the same for all of them.
static bool is_of_model(struct load *load, const struct pointer_change *change)
{
    static const char *const fixed[] = {
        "/$schema",   "/warmpool", "/question", "/seed",    "/compare", "/replications", "/expect",
        "/selection", "/study",    "/cycle",    "/cycle_s", "/sweep",   "/plan",         "/twin"};
    for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++) {
        size_t length = strlen(fixed[i]);
        bool inside = strncmp(change->pointer, fixed[i], length) == 0 &&
                      (change->pointer[length] == '\0' || change->pointer[length] == '/');
        if (inside)
            return diag_error(load->reader.diag, change->place, CODE_PLACE, change->name,
                              "a path into the model",
                              diag_quote(load->reader.diag, change->pointer),
                              "it is the same for all alternatives");
    }
    return true;
}

static bool put_change(struct load *load, cJSON *tree, const struct pointer_change *change)
{
    if (is_of_model(load, change)) return pointer_set(tree, change, load->reader.diag);
    cJSON_Delete(change->value);
    return false;
}

static bool apply_change(struct load *load, cJSON *tree, const cJSON *change)
{
    if (object_is_comment(change)) return true;
    cJSON *value = cJSON_Duplicate(change, 1);
    if (!value) return false;
    struct pointer_change set = {
        .pointer = change->string,
        .value = value,
        .place = json_key_place(load->json, change),
        .name = json_pointer(load->json, change),
    };
    cJSON_free(value->string); // the place where it goes has a name of its own
    value->string = NULL;
    json_move(load->json, value, change->string, NULL);
    return put_change(load, tree, &set);
}

static void read_config(struct load *load, const cJSON *tree, struct alternative *alternative)
{
    struct parts parts;
    read_model(load, &parts, &alternative->config, tree);
    alternative->traces = parts.traces;
    alternative->warm_up_auto = parts.warm_up_auto;
    scenario_study_check(&parts, tree, load->scenario);
    scenario_parts_close(&parts);
    if (load->wishes.twin) read_twin(load, tree, alternative);
}

static void read_alternative(struct load *load, const cJSON *node, struct alternative *alternative)
{
    struct object changes = object_open(&load->reader, node, &keys_names);
    cJSON *tree = changes.node ? cJSON_Duplicate(load->root, 1) : NULL;
    alternative->name = arena_copy_text(load->reader.arena, node->string);
    if (!*node->string)
        reader_key_error(&load->reader, node, CODE_NAME, "a name", "an empty one", NULL);
    bool good = tree != NULL;
    for (const cJSON *change = tree ? node->child : NULL; change; change = change->next)
        good = apply_change(load, tree, change) && good;
    if (good) read_config(load, tree, alternative);
    cJSON_Delete(tree);
}

// Is an alternative the same as one before it?
static void check_double(struct load *load, const cJSON *compare, const cJSON *node)
{
    for (const cJSON *other = compare->child; other != node; other = other->next) {
        if (object_is_comment(other) || !cJSON_Compare(other, node, true)) continue;
        reader_warning(&load->reader, node, CODE_WARN_UNUSED,
                       diag_format(load->reader.diag, "the same as alternative %s",
                                   diag_quote(load->reader.diag, other->string)),
                       NULL);
        return;
    }
}

static void use_base(struct load *load)
{
    load->alternatives = arena_new(load->reader.arena, struct alternative, 1);
    load->alternatives[0] = (struct alternative){.name = "base",
                                                 .config = load->base_config,
                                                 .traces = load->base.traces,
                                                 .warm_up_auto = load->base.warm_up_auto};
    load->scenario->alternative_count = 1;
    if (load->wishes.twin) read_twin(load, load->root, &load->alternatives[0]);
}

static void read_compare(struct load *load, const cJSON *node)
{
    struct object compare = object_open(&load->reader, node, &keys_names);
    int count = compare.node ? cJSON_GetArraySize(node) : 0;
    if (compare.node && (count == 0 || count > ALTERNATIVES_MAX))
        reader_error(&load->reader, node, CODE_RANGE, "from 1 to 256 alternatives",
                     "{\"NAME\": {\"/json/pointer\": value}}");
    if (count == 0 || count > ALTERNATIVES_MAX) return;
    load->alternatives = arena_new(load->reader.arena, struct alternative, (size_t)count);
    for (const cJSON *child = node->child; child; child = child->next) {
        if (object_is_comment(child)) continue;
        read_alternative(load, child, &load->alternatives[load->scenario->alternative_count++]);
        check_double(load, node, child);
    }
}

static void read_root(struct load *load)
{
    struct scenario *scenario = load->scenario;
    struct object top = object_open(&load->reader, load->root, &keys_scenario);
    if (!top.node) return;
    read_experiment(load, &top);
    load->wishes = scenario_wishes_read(&load->reader, &top);
    read_model(load, &load->base, &load->base_config, load->root);
    scenario_study_default(scenario, &load->base);
    scenario_study_check(&load->base, load->root, scenario);
    scenario->title = load->base_config.title;
    const cJSON *compare = object_find(&top, "compare");
    if (compare)
        read_compare(load, compare);
    else
        use_base(load);
    scenario->alternatives = load->alternatives;
    scenario_goals_read_expect(&load->base, object_find(&top, "expect"), scenario);
    scenario_sweep_read(&load->base, load->root, scenario);
    scenario_search_read(&load->base, load->root, scenario);
    const cJSON *selection = object_find(&top, "selection");
    scenario_selection_read(&load->base, selection, scenario, &scenario->selection);
    scenario->resolved_json = json_write(load->reader.arena, load->root);
    scenario_parts_close(&load->base);
}

// With its tree, after --set; root NULL: reported.
static struct load *start(struct scenario *scenario, struct arena *arena,
                          const struct scenario_source *source, struct diag *diag)
{
    struct json *json = json_create(arena);
    struct load *load = arena_new(arena, struct load, 1);
    *scenario = (struct scenario){.path = arena_copy_text(arena, source->text.file)};
    load->scenario = scenario;
    load->reader = (struct reader){.arena = arena, .diag = diag, .json = json};
    load->json = json;
    load->folder = folder_of(arena, source->text.file);
    load->root = json_parse(json, &source->text, diag);
    if (load->root && !apply_overrides(load, source->overrides, source->override_count)) {
        cJSON_Delete(load->root);
        load->root = NULL;
    }
    return load;
}

bool scenario_load_text(struct scenario *scenario, struct arena *arena,
                        const struct lexer_source *source,
                        const struct scenario_override *overrides, size_t override_count,
                        struct diag *diag)
{
    size_t reports = diag_reports(diag);
    const struct scenario_source from = {*source, overrides, override_count};
    struct load *load = start(scenario, arena, &from, diag);
    if (load->root) read_root(load);
    cJSON_Delete(load->root);
    return diag_reports(diag) == reports;
}

bool scenario_load(struct scenario *scenario, struct arena *arena, const char *path,
                   const struct scenario_override *overrides, size_t override_count,
                   struct diag *diag)
{
    struct file_text file;
    *scenario = (struct scenario){0};
    if (!file_read(&file, arena, path, diag)) return false;
    struct lexer_source source = {file.name, file.text, file.length};
    return scenario_load_text(scenario, arena, &source, overrides, override_count, diag);
}

// Points.

static bool apply_point_change(struct load *load, cJSON *tree, const struct scenario_change *change)
{
    struct lexer_source text = {change->place.file, change->json, strlen(change->json)};
    cJSON *value = json_parse(load->json, &text, load->reader.diag);
    if (!value) return false;
    json_settle(load->json, value, change->pointer, change->place);
    struct pointer_change set = {change->pointer, value, change->place, change->name};
    return put_change(load, tree, &set);
}

static void read_point(struct load *load, const struct scenario_point *point,
                       struct alternative *alternative)
{
    cJSON *tree = cJSON_Duplicate(load->root, 1);
    alternative->name = arena_copy_text(load->reader.arena, point->name);
    bool good = tree != NULL;
    for (size_t i = 0; good && i < point->count; i++)
        good = apply_point_change(load, tree, &point->changes[i]);
    if (good) read_config(load, tree, alternative);
    cJSON_Delete(tree);
}

bool scenario_load_points(struct scenario *scenario, struct arena *arena,
                          const struct scenario_source *source, const struct scenario_point *points,
                          size_t count, struct diag *diag)
{
    size_t reports = diag_reports(diag);
    struct load *load = start(scenario, arena, source, diag);
    struct object top = object_open(&load->reader, load->root, &keys_scenario);
    if (top.node) {
        read_experiment(load, &top);
        load->wishes = scenario_wishes_read(&load->reader, &top);
    }
    load->alternatives = arena_new(arena, struct alternative, count);
    for (size_t i = 0; i < count && top.node; i++)
        read_point(load, &points[i], &load->alternatives[i]);
    scenario->alternatives = load->alternatives;
    scenario->alternative_count = count;
    cJSON_Delete(load->root);
    return diag_reports(diag) == reports;
}
