#include "bench/input/scenario_sweep.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "bench/input/codes.h"
#include "bench/input/duration.h"
#include "bench/input/scenario_goals.h"
#include "bench/input/suggest.h"

const char *const sweep_design_names[] = {"grid", "factorial2", "lhs", "sobol", "tornado", NULL};

enum { METRICS_MAX = 100, DEFAULT_POINTS = 64, FACTORS_MAX = 16 };
static const double default_percent = 10;
static const char alternative_axis[] = "alternative";

struct draft {
    const struct parts *base;
    const struct reader *reader;
    const cJSON *root;
    struct scenario *scenario;
    struct sweep_plan *plan;
    struct object object;
};

// Axes.

// Columns of tables that axes stand beside.
static bool is_reserved(const char *name)
{
    static const char *const fixed[] = {"point", "replication", "metric", "unit", "value",
                                        "mean",  "low",         "high",   "n",    NULL};
    for (size_t i = 0; fixed[i]; i++)
        if (strcmp(fixed[i], name) == 0) return true;
    for (size_t i = 0; label_names[i]; i++)
        if (strcmp(label_names[i], name) == 0) return true;
    return strcmp(name, alternative_axis) == 0;
}

static size_t count_named(const struct sweep_plan *plan, const char *name)
{
    size_t count = 0;
    for (size_t i = 0; i < plan->axis_count; i++)
        count += strcmp(plan->axes[i].name, name) == 0;
    return count;
}

// The shortest end of the path, of whole steps, that is no other's and no column's.
static const char *short_name(const struct sweep_plan *plan, const struct axis *axis)
{
    const char *name = axis->pointer + strlen(axis->pointer);
    while (name > axis->pointer) {
        while (*--name != '/')
            ;
        size_t ends = 0, length = strlen(name);
        for (size_t i = 0; i < plan->axis_count; i++) {
            size_t own = strlen(plan->axes[i].pointer);
            ends += own >= length && strcmp(plan->axes[i].pointer + own - length, name) == 0;
        }
        if (ends == 1 && !is_reserved(name + 1)) return name + 1;
    }
    return axis->pointer;
}

static void settle_names(struct draft *draft, const cJSON *axes)
{
    struct sweep_plan *plan = draft->plan;
    const cJSON *node = axes->child;
    for (size_t i = 0; node && i < plan->axis_count; node = node->next) {
        if (object_is_comment(node)) continue;
        struct axis *axis = &plan->axes[i++];
        bool given = *node->string != '/';
        if (!given) axis->name = short_name(plan, axis);
        if (given && is_reserved(axis->name))
            reader_key_error(draft->reader, node, CODE_NAME,
                             "a name that is no column of the tables",
                             diag_quote(draft->reader->diag, axis->name), NULL);
    }
    for (size_t i = 0; i < plan->axis_count; i++)
        if (count_named(plan, plan->axes[i].name) > 1) plan->axes[i].name = plan->axes[i].pointer;
}

static void check_pointers(struct draft *draft)
{
    const struct sweep_plan *plan = draft->plan;
    for (size_t i = 0; i < plan->axis_count; i++)
        for (size_t j = 0; j < i; j++)
            if (strcmp(plan->axes[i].pointer, plan->axes[j].pointer) == 0)
                diag_error(draft->reader->diag, plan->axes[i].place, CODE_KEY_TWICE,
                           plan->axes[i].where, "each path once",
                           diag_quote(draft->reader->diag, plan->axes[i].pointer), NULL);
}

// What the file says at a path, or NULL.
static const cJSON *find(const cJSON *root, const char *pointer)
{
    const cJSON *node = root;
    char step[256];
    while (node && *pointer == '/') {
        size_t length = 0;
        for (pointer++; *pointer && *pointer != '/' && length + 1 < sizeof step; pointer++) {
            char byte = *pointer;
            if (byte == '~' && pointer[1]) byte = *++pointer == '0' ? '~' : '/';
            step[length++] = byte;
        }
        step[length] = '\0';
        bool index = length > 0 && length < 9 && strspn(step, "0123456789") == length;
        if (cJSON_IsArray(node))
            node = index ? cJSON_GetArrayItem(node, atoi(step)) : NULL;
        else
            node = json_child(node, step);
    }
    return node;
}

// A tornado's axis has one value: what the file says.  False: it cannot be in one.
static bool use_base_value(struct draft *draft, struct axis *axis)
{
    const struct reader *reader = draft->reader;
    const cJSON *node = find(draft->root, axis->pointer);
    sim_time time;
    if (!node)
        return diag_error(reader->diag, axis->place, CODE_CONTRADICTION, axis->where,
                          "a path to a number or a duration that the file gives", "nothing",
                          "write the key into the file, or add it with --set");
    bool number = cJSON_IsNumber(node);
    bool timed = cJSON_IsString(node) && duration_parse(node->valuestring, &time) == NULL;
    double value = number ? node->valuedouble : timed ? sim_seconds(time) : 0;
    if (!(value > 0 || value < 0)) {
        diag_warning(reader->diag, axis->place, CODE_WARN_UNUSED, axis->where,
                     diag_format(reader->diag, "left out of the tornado: %s has no percentage",
                                 reader_words(reader, node)),
                     NULL);
        return false;
    }
    axis->kind = number ? AXIS_NUMBER : AXIS_TIME;
    struct axis_value *own = arena_new(reader->arena, struct axis_value, 1);
    *own = axis_made(axis, reader->arena, value);
    axis->values = own;
    axis->count = 1;
    axis->continuous = false;
    return true;
}

static void use_base_values(struct draft *draft)
{
    struct sweep_plan *plan = draft->plan;
    size_t used = 0;
    size_t errors = diag_errors(draft->reader->diag);
    for (size_t i = 0; i < plan->axis_count; i++)
        if (use_base_value(draft, &plan->axes[i])) plan->axes[used++] = plan->axes[i];
    plan->axis_count = used;
    if (used == 0 && diag_errors(draft->reader->diag) == errors)
        diag_error(draft->reader->diag, plan->place, CODE_RANGE, "/sweep/axes",
                   "at least one axis with a base value that is not 0", NULL, NULL);
}

static void check_axis(struct draft *draft, struct axis *axis)
{
    struct diag *diag = draft->reader->diag;
    enum sweep_design design = draft->plan->design;
    if (axis->count == 0)
        diag_error(diag, axis->place, CODE_CONTRADICTION, axis->where, "at least one value",
                   "an empty list", NULL);
    if (axis->continuous && design == DESIGN_GRID)
        diag_error(diag, axis->place, CODE_CONTRADICTION, axis->where,
                   axis->log ? "\"points\", for a grid" : "a \"step\", for a grid", "none", NULL);
    if (design == DESIGN_FACTORIAL2 && axis->count < 2)
        diag_error(diag, axis->place, CODE_RANGE, axis->where, "at least two values", "one", NULL);
    if (design == DESIGN_FACTORIAL2 && !axis_numeric(axis) && axis->count > 2)
        diag_error(diag, axis->place, CODE_RANGE, axis->where,
                   "two values: these have no lowest and no highest", NULL, NULL);
}

// The changes that an alternative of the file makes.
static struct axis_value alternative_value(const struct reader *reader, const cJSON *node)
{
    size_t count = (size_t)cJSON_GetArraySize(node);
    struct scenario_change *list = arena_new(reader->arena, struct scenario_change, count + 1);
    struct axis_value value = {arena_copy_text(reader->arena, node->string), NAN, list, 0};
    for (const cJSON *c = node->child; c; c = c->next)
        if (!object_is_comment(c))
            list[value.change_count++] = (struct scenario_change){
                arena_copy_text(reader->arena, c->string), json_write(reader->arena, c),
                json_place(reader->json, c), json_pointer(reader->json, c)};
    return value;
}

// Before all others, so that what an axis sets goes over what an alternative sets.
static void add_alternatives(struct draft *draft)
{
    const cJSON *compare = json_child(draft->root, "compare");
    struct sweep_plan *plan = draft->plan;
    if (!cJSON_IsObject(compare) || plan->design == DESIGN_TORNADO) return;
    const struct reader *reader = draft->reader;
    size_t most = (size_t)cJSON_GetArraySize(compare);
    struct axis_value *values = arena_new(reader->arena, struct axis_value, most + 1);
    struct axis axis = {.name = alternative_axis,
                        .kind = AXIS_TEXT,
                        .values = values,
                        .place = json_key_place(reader->json, compare),
                        .where = json_pointer(reader->json, compare)};
    for (const cJSON *node = compare->child; node; node = node->next)
        if (!object_is_comment(node)) values[axis.count++] = alternative_value(reader, node);
    if (axis.count == 0) return;
    memmove(plan->axes + 1, plan->axes, plan->axis_count++ * sizeof *plan->axes);
    plan->axes[0] = axis;
}

static void read_axes(struct draft *draft)
{
    const cJSON *node = object_require(&draft->object, "axes");
    struct object axes = object_open(draft->reader, node, &keys_names);
    if (!axes.node) return;
    int count = cJSON_GetArraySize(node);
    if (count == 0 || count > SWEEP_AXES_MAX) {
        reader_error(draft->reader, node, CODE_RANGE, "from 1 to 32 axes",
                     "{\"/json/pointer\": [value, value]}");
        return;
    }
    struct sweep_plan *plan = draft->plan;
    plan->axes = arena_new(draft->reader->arena, struct axis, (size_t)count + 1);
    bool good = true;
    for (const cJSON *child = node->child; child; child = child->next)
        if (!object_is_comment(child))
            good = axis_read(draft->reader, child, &plan->axes[plan->axis_count++]) && good;
    if (!good) return;
    settle_names(draft, node);
    check_pointers(draft);
    for (size_t i = 0; i < plan->axis_count && plan->design != DESIGN_TORNADO; i++)
        check_axis(draft, &plan->axes[i]);
    if (plan->design == DESIGN_TORNADO) use_base_values(draft);
    add_alternatives(draft);
}

// Zip.

static size_t axis_named(const struct sweep_plan *plan, const char *name)
{
    for (size_t i = 0; i < plan->axis_count; i++) {
        const char *pointer = plan->axes[i].pointer;
        if (strcmp(plan->axes[i].name, name) == 0 || (pointer && strcmp(pointer, name) == 0))
            return i;
    }
    return SIZE_MAX;
}

static const char *nearest_axis(const struct sweep_plan *plan, const char *name)
{
    struct suggest suggest = suggest_for(name);
    for (size_t i = 0; i < plan->axis_count; i++)
        suggest_offer(&suggest, plan->axes[i].name);
    return suggest_answer(&suggest);
}

// The axes that one zip names; 0: reported.
static size_t read_zipped(struct draft *draft, const cJSON *list, size_t zipped[SWEEP_AXES_MAX + 1])
{
    const struct reader *reader = draft->reader;
    const struct sweep_plan *plan = draft->plan;
    size_t count = 0;
    if (!cJSON_IsArray(list) || cJSON_GetArraySize(list) < 2) {
        reader_error(reader, list, CODE_TYPE, "a list of at least two names of axes", NULL);
        return 0;
    }
    for (const cJSON *node = list->child; node; node = node->next) {
        const char *name = reader_text(reader, node);
        size_t i = name ? axis_named(plan, name) : SIZE_MAX;
        if (name && i == SIZE_MAX)
            reader_error(reader, node, CODE_NAME, "the name of an axis",
                         reader_hint(reader, nearest_axis(plan, name)));
        if (i == SIZE_MAX) return 0;
        bool twice = plan->groups[i] != i;
        for (size_t k = 0; k < count; k++)
            twice = twice || zipped[k] == i;
        if (twice) {
            reader_error(reader, node, CODE_KEY_TWICE, "each axis in one zip, once", NULL);
            return 0;
        }
        zipped[count++] = i;
    }
    return count;
}

// Axes of one zip get the number of the first of them.
static void zip(struct draft *draft, const cJSON *list)
{
    const struct reader *reader = draft->reader;
    struct sweep_plan *plan = draft->plan;
    size_t zipped[SWEEP_AXES_MAX + 1], first = SIZE_MAX;
    size_t count = read_zipped(draft, list, zipped);
    for (size_t k = 0; k < count; k++)
        if (zipped[k] < first) first = zipped[k];
    for (size_t k = 0; k < count; k++) {
        const struct axis *one = &plan->axes[first], *axis = &plan->axes[zipped[k]];
        if (axis->count != one->count || axis->continuous != one->continuous)
            reader_error(reader, list, CODE_CONTRADICTION,
                         diag_format(reader->diag, "axes with as many values as \"%s\" (%zu)",
                                     one->name, one->count),
                         diag_format(reader->diag, "\"%s\" has %zu", axis->name, axis->count));
        plan->groups[zipped[k]] = (uint32_t)first;
    }
}

static void number_groups(struct sweep_plan *plan)
{
    for (size_t i = 0; i < plan->axis_count; i++) {
        size_t first = plan->groups[i];
        plan->groups[i] = first == i ? plan->group_count++ : plan->groups[first];
    }
}

static void read_zip(struct draft *draft)
{
    struct sweep_plan *plan = draft->plan;
    const cJSON *node = object_find(&draft->object, "zip");
    plan->groups = arena_new(draft->reader->arena, uint32_t, plan->axis_count + 1);
    for (size_t i = 0; i < plan->axis_count; i++)
        plan->groups[i] = (uint32_t)i;
    if (node && !cJSON_IsArray(node))
        reader_error(draft->reader, node, CODE_TYPE, "a list of lists of names of axes", NULL);
    else if (node && plan->design != DESIGN_TORNADO)
        for (const cJSON *list = node->child; list; list = list->next)
            zip(draft, list);
}

// Where.

static struct condition_name name_of(struct arena *arena, const struct axis *axis)
{
    static const enum condition_type types[] = {[AXIS_NUMBER] = CONDITION_NUMBER,
                                                [AXIS_TIME] = CONDITION_NUMBER,
                                                [AXIS_FLAG] = CONDITION_TRUTH,
                                                [AXIS_TEXT] = CONDITION_TEXT};
    const char **texts = arena_new(arena, const char *, axis->count + 1);
    for (size_t i = 0; i < axis->count; i++)
        texts[i] = axis->values[i].label;
    return (struct condition_name){axis->name, types[axis->kind], texts};
}

static void read_where(struct draft *draft)
{
    const struct reader *reader = draft->reader;
    struct sweep_plan *plan = draft->plan;
    const cJSON *node = object_find(&draft->object, "where");
    const char *text = node ? reader_text(reader, node) : NULL;
    if (!text || plan->design == DESIGN_TORNADO) return;
    if (plan->design == DESIGN_FACTORIAL2) {
        reader_key_error(reader, node, CODE_CONTRADICTION, "no \"where\" in this design", NULL,
                         "its effects need all combinations");
        return;
    }
    struct condition_name *names =
        arena_new(reader->arena, struct condition_name, plan->axis_count + 1);
    for (size_t i = 0; i < plan->axis_count; i++)
        names[i] = name_of(reader->arena, &plan->axes[i]);
    struct condition_problem problem;
    plan->where = condition_parse(reader->arena, text, names, plan->axis_count, &problem);
    if (plan->where) return;
    const char *expected =
        diag_format(reader->diag, "%s at character %zu", problem.expected, problem.at);
    diag_error(reader->diag, json_place(reader->json, node), CODE_CONDITION,
               json_pointer(reader->json, node), expected,
               *problem.got ? diag_quote(reader->diag, problem.got) : NULL,
               reader_hint(reader, problem.hint));
}

// The rest.

static void read_design(struct draft *draft)
{
    static const struct number_range points = {1, SWEEP_POINTS_MAX}, percents = {1e-6, 99.999};
    struct sweep_plan *plan = draft->plan;
    const cJSON *design = object_find(&draft->object, "design"),
                *count = object_find(&draft->object, "points"),
                *percent = object_find(&draft->object, "percent");
    uint32_t choice = DESIGN_GRID;
    if (design) reader_choice(draft->reader, design, sweep_design_names, &choice);
    plan->design = (enum sweep_design)choice;
    plan->points = DEFAULT_POINTS;
    plan->percent = default_percent;
    if (count) reader_count(draft->reader, count, points, &plan->points);
    if (percent) reader_number(draft->reader, percent, percents, &plan->percent);
    bool drawn = choice == DESIGN_LHS || choice == DESIGN_SOBOL;
    if (count && !drawn)
        reader_warning(draft->reader, count, CODE_WARN_UNUSED,
                       "only the designs lhs and sobol need \"points\"", NULL);
}

static const struct metric_choice *read_metrics(const struct parts *base, const cJSON *node,
                                                const struct scenario *scenario, size_t *count)
{
    const struct reader *reader = &base->reader;
    int given = cJSON_IsArray(node) ? cJSON_GetArraySize(node) : -1;
    *count = 0;
    if (given < 1 || given > METRICS_MAX) {
        reader_error(reader, node, CODE_TYPE, "a list of 1 to 100 metrics",
                     "[{\"metric\": \"wait_s\", \"quantile\": \"0.99\"}]");
        return NULL;
    }
    struct metric_choice *all = arena_new(reader->arena, struct metric_choice, (size_t)given);
    for (const cJSON *entry = node->child; entry; entry = entry->next) {
        struct object object = object_open(reader, entry, &keys_choice);
        scenario_goals_read_choice(base, scenario, &object, &all[(*count)++]);
        object_close(&object);
    }
    return all;
}

// The product of the sizes of all groups, at most so much that it is too much.
static uint64_t grid_size(const struct sweep_plan *plan)
{
    uint64_t product = 1;
    uint32_t seen = 0;
    for (size_t i = 0; i < plan->axis_count && product <= SWEEP_POINTS_MAX; i++) {
        if (plan->groups[i] < seen) continue;
        seen++;
        product *= plan->design == DESIGN_FACTORIAL2 ? 2 : plan->axes[i].count;
    }
    return product;
}

static void check_size(struct draft *draft)
{
    const struct sweep_plan *plan = draft->plan;
    const struct reader *reader = draft->reader;
    bool product = plan->design == DESIGN_GRID || plan->design == DESIGN_FACTORIAL2;
    uint32_t most = plan->design == DESIGN_FACTORIAL2 ? 1u << FACTORS_MAX : SWEEP_POINTS_MAX;
    if (product && grid_size(plan) > most)
        reader_error(reader, object_find(&draft->object, "axes"), CODE_TOO_MANY,
                     diag_format(reader->diag, "axes that make at most %u points", (unsigned)most),
                     "take fewer values, or the design lhs or sobol");
}

void scenario_sweep_read(const struct parts *base, const cJSON *root, struct scenario *scenario)
{
    const cJSON *node = json_child(root, "sweep");
    if (!node) return;
    struct sweep_plan *plan = arena_new(base->reader.arena, struct sweep_plan, 1);
    struct draft draft = {base,     &base->reader, root,
                          scenario, plan,          object_open(&base->reader, node, &keys_sweep)};
    if (!draft.object.node) return;
    size_t before = diag_errors(base->reader.diag);
    plan->place = json_place(base->reader.json, node);
    read_design(&draft);
    const cJSON *list = object_find(&draft.object, "metrics");
    if (list) plan->metrics = read_metrics(base, list, scenario, &plan->metric_count);
    read_axes(&draft);
    read_zip(&draft);
    number_groups(plan);
    read_where(&draft);
    if (diag_errors(base->reader.diag) == before) check_size(&draft);
    object_close(&draft.object);
    scenario->sweep = plan;
}
