#include "bench/input/axis.h"

#include <math.h>
#include <string.h>

#include "bench/input/codes.h"
#include "bench/input/duration.h"
#include "bench/input/json_text.h"

static const struct number_range any_number = {-1e300, 1e300};
static const struct time_range any_time = {0, SECONDS_MAX};

static bool is_duration(const char *text)
{
    sim_time ignored;
    return strcmp(text, "never") == 0 || duration_parse(text, &ignored) == NULL;
}

static enum axis_kind kind_of(const cJSON *value)
{
    if (cJSON_IsNumber(value)) return AXIS_NUMBER;
    if (cJSON_IsBool(value)) return AXIS_FLAG;
    return cJSON_IsString(value) && is_duration(value->valuestring) ? AXIS_TIME : AXIS_TEXT;
}

static double number_of(const cJSON *value, enum axis_kind kind)
{
    sim_time time;
    switch (kind) {
    case AXIS_NUMBER:
        return value->valuedouble;
    case AXIS_FLAG:
        return cJSON_IsTrue(value);
    case AXIS_TIME:
        return duration_parse(value->valuestring, &time) ? INFINITY : sim_seconds(time);
    case AXIS_TEXT:
        break;
    }
    return NAN;
}

static struct axis_value make_value(struct arena *arena, struct scenario_change change,
                                    const char *label, double number)
{
    struct scenario_change *own = arena_new(arena, struct scenario_change, 1);
    *own = change;
    return (struct axis_value){label, number, own, 1};
}

static struct axis_value value_of(const struct reader *reader, const struct axis *axis,
                                  const cJSON *node)
{
    struct scenario_change change = {
        .pointer = axis->pointer,
        .json = json_write(reader->arena, node),
        .place = json_place(reader->json, node),
        .name = json_pointer(reader->json, node),
    };
    const char *label =
        cJSON_IsString(node) ? arena_copy_text(reader->arena, node->valuestring) : change.json;
    return make_value(reader->arena, change, label, number_of(node, axis->kind));
}

struct axis_value axis_made(const struct axis *axis, struct arena *arena, double number)
{
    char text[DURATION_TEXT + 2], label[DURATION_TEXT];
    if (axis->kind == AXIS_TIME) {
        duration_text(number, label);
        snprintf(text, sizeof text, "\"%s\"", label);
    } else {
        json_number_text(number, label);
        snprintf(text, sizeof text, "%s", label);
    }
    struct scenario_change change = {axis->pointer, arena_copy_text(arena, text), axis->place,
                                     axis->where};
    return make_value(arena, change, arena_copy_text(arena, label), number);
}

bool axis_numeric(const struct axis *axis)
{
    return axis->kind == AXIS_NUMBER || axis->kind == AXIS_TIME;
}

// Lists.

static bool is_twice(const struct axis_value *values, size_t count, const char *json)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(values[i].changes->json, json) == 0) return true;
    return false;
}

static bool read_values(const struct reader *reader, const cJSON *node, struct axis *axis)
{
    int count = cJSON_IsArray(node) ? cJSON_GetArraySize(node) : -1;
    if (count < 0 || count > AXIS_VALUES_MAX)
        return reader_error(reader, node, CODE_TYPE, "a list of at most 10000 values", NULL);
    struct axis_value *values = arena_new(reader->arena, struct axis_value, (size_t)count + 1);
    const cJSON *first = node->child;
    axis->kind = first ? kind_of(first) : AXIS_TEXT;
    for (const cJSON *v = first; v; v = v->next)
        if (kind_of(v) != axis->kind) axis->kind = AXIS_TEXT;
    bool good = true;
    axis->values = values;
    axis->count = 0;
    for (const cJSON *v = first; v; v = v->next) {
        struct axis_value value = value_of(reader, axis, v);
        if (is_twice(values, axis->count, value.changes->json))
            good = reader_error(reader, v, CODE_KEY_TWICE, "each value once", NULL);
        values[axis->count++] = value;
    }
    return good;
}

// Ranges.

struct span {
    double from, to, step; // step NaN: none
    uint32_t points;       // 0: none
    bool whole;            // both ends are written as whole numbers
};

// A number or a duration; the first one says which it must be.
static bool read_end(struct object *object, const char *key, struct axis *axis, bool first,
                     double *value)
{
    const struct reader *reader = object->reader;
    const cJSON *node = object_find(object, key);
    sim_time time;
    if (!node) return false;
    if (first) axis->kind = cJSON_IsString(node) ? AXIS_TIME : AXIS_NUMBER;
    if (axis->kind == AXIS_NUMBER) return reader_number(reader, node, any_number, value);
    if (!reader_time(reader, node, any_time, &time)) return false;
    *value = sim_seconds(time);
    return true;
}

static bool can_walk(const struct reader *reader, const cJSON *at, const struct span *span)
{
    if ((span->to - span->from) / span->step <= AXIS_VALUES_MAX - 1) return true;
    return reader_error(reader, at, CODE_TOO_MANY, "a step that makes at most 10000 values", NULL);
}

static bool read_span(struct object *object, struct axis *axis, struct span *span)
{
    const struct reader *reader = object->reader;
    *span = (struct span){.step = NAN};
    bool steps = object->kind != &keys_axis_log;
    const cJSON *from = object_require(object, "from"), *to = object_require(object, "to"),
                *step = steps ? object_find(object, "step") : NULL;
    if (!from || !to) return false;
    if (!read_end(object, "from", axis, true, &span->from)) return false;
    if (!read_end(object, "to", axis, false, &span->to)) return false;
    if (!(span->from < span->to))
        return reader_error(reader, to, CODE_CONTRADICTION, "\"to\" above \"from\"", NULL);
    if (step && !read_end(object, "step", axis, false, &span->step)) return false;
    if (step && !(span->step > 0))
        return reader_error(reader, step, CODE_RANGE, "a step above 0", NULL);
    if (step && !can_walk(reader, step, span)) return false;
    span->whole =
        axis->kind == AXIS_NUMBER && span->from == rint(span->from) && span->to == rint(span->to);
    return true;
}

static bool read_points(struct object *object, struct span *span)
{
    static const struct number_range range = {2, AXIS_VALUES_MAX};
    const cJSON *points = object_find(object, "points");
    return !points || reader_count(object->reader, points, range, &span->points);
}

static bool check_log(struct object *object, const struct span *span)
{
    if (span->from > 0) return true;
    return reader_error(object->reader, object_find(object, "from"), CODE_RANGE,
                        "a number above 0, for a log scale", NULL);
}

// So many digits that a person could have written the value.
static double rounded(double value, int digits)
{
    char text[32];
    snprintf(text, sizeof text, "%.*g", digits, value);
    return strtod(text, NULL);
}

static double between(const struct axis *axis, double from, double to, double share, int digits)
{
    if (share <= 0) return from;
    if (share >= 1) return to;
    double value = axis->log ? from * pow(to / from, share) : from + share * (to - from);
    return rounded(value, digits);
}

struct axis_value axis_at(const struct axis *axis, struct arena *arena, double share)
{
    double from = axis->values[0].number, to = axis->values[axis->count - 1].number;
    return axis_made(axis, arena, between(axis, from, to, share, 6));
}

static double nth(const struct axis *axis, const struct span *span, size_t n, size_t count,
                  int digits)
{
    return between(axis, span->from, span->to, (double)n / (double)(count - 1), digits);
}

// As few digits, from three on, as tell the values apart.
static int digits_for(const struct axis *axis, const struct span *span, size_t count)
{
    for (int digits = 3; digits < 12; digits++) {
        bool apart = true;
        for (size_t i = 1; i < count && apart; i++)
            apart = nth(axis, span, i, count, digits) > nth(axis, span, i - 1, count, digits);
        if (apart) return digits;
    }
    return 12;
}

static void spread(const struct reader *reader, struct axis *axis, const struct span *span,
                   size_t count)
{
    struct axis_value *values = arena_new(reader->arena, struct axis_value, count);
    int digits = digits_for(axis, span, count);
    for (size_t i = 0; i < count; i++)
        values[i] = axis_made(axis, reader->arena, nth(axis, span, i, count, digits));
    axis->values = values;
    axis->count = count;
}

static void walk(const struct reader *reader, struct axis *axis, const struct span *span)
{
    size_t count = (size_t)floor((span->to - span->from) / span->step + 1e-9) + 1;
    struct axis_value *values = arena_new(reader->arena, struct axis_value, count);
    for (size_t i = 0; i < count; i++)
        values[i] =
            axis_made(axis, reader->arena, rounded(span->from + (double)i * span->step, 12));
    axis->values = values;
    axis->count = count;
}

static bool read_range(const struct reader *reader, const cJSON *node, struct axis *axis)
{
    struct span span;
    struct object object = object_open(reader, node, &keys_axis_range);
    bool good = object.node && read_span(&object, axis, &span);
    object_close(&object);
    if (!good) return false;
    axis->continuous = isnan(span.step);
    if (axis->continuous)
        spread(reader, axis, &span, 2);
    else
        walk(reader, axis, &span);
    return true;
}

static bool read_log(const struct reader *reader, const cJSON *node, struct axis *axis)
{
    struct span span;
    struct object object = object_open(reader, node, &keys_axis_log);
    object_find(&object, "points");
    bool good = object.node && read_span(&object, axis, &span) && check_log(&object, &span);
    good = good && read_points(&object, &span);
    object_close(&object);
    if (!good) return false;
    axis->log = true;
    axis->continuous = span.points == 0;
    spread(reader, axis, &span, span.points ? span.points : 2);
    return true;
}

static bool read_one_of(struct object *object, struct axis *axis)
{
    const cJSON *values = object_find(object, "values"), *range = object_find(object, "range"),
                *log = object_find(object, "log");
    int given = (values != NULL) + (range != NULL) + (log != NULL);
    if (given == 0) return object_lacks(object, "values", "\"values\", \"range\" or \"log\"");
    if (given > 1)
        return reader_error(object->reader, object->node, CODE_KEY_TWICE,
                            "one of \"values\", \"range\" and \"log\"", NULL);
    if (values) return read_values(object->reader, values, axis);
    return range ? read_range(object->reader, range, axis) : read_log(object->reader, log, axis);
}

static const char *last_step(const char *pointer)
{
    return strrchr(pointer, '/') + 1;
}

static bool read_path(struct object *object, const cJSON *node, struct axis *axis)
{
    const struct reader *reader = object->reader;
    const cJSON *path = object_find(object, "path");
    if (*node->string == '/' && !path) return true;
    if (!path) return object_lacks(object, "path", "the key \"path\"") && false;
    axis->pointer = reader_text(reader, path);
    if (!axis->pointer) return false;
    if (*axis->pointer != '/')
        return reader_error(reader, path, CODE_PATH, "a path that begins with \"/\"", NULL);
    axis->name = arena_copy_text(reader->arena, node->string);
    if (*axis->name) return true;
    return reader_key_error(reader, node, CODE_NAME, "a name", "an empty one", NULL);
}

bool axis_read(const struct reader *reader, const cJSON *node, struct axis *axis)
{
    *axis = (struct axis){.place = json_key_place(reader->json, node),
                          .where = json_pointer(reader->json, node)};
    axis->name = axis->pointer = arena_copy_text(reader->arena, node->string);
    if (*node->string == '/') axis->name = last_step(axis->pointer);
    if (cJSON_IsArray(node)) {
        if (*node->string == '/') return read_values(reader, node, axis);
        return reader_key_error(reader, node, CODE_PATH, "a path that begins with \"/\"",
                                diag_quote(reader->diag, node->string),
                                "or {\"path\": \"/...\", \"values\": [...]}");
    }
    struct object object = object_open(reader, node, &keys_axis);
    bool good = object.node && read_path(&object, node, axis);
    good = read_one_of(&object, axis) && good;
    object_close(&object);
    return good;
}

bool axis_read_knob(struct object *object, struct axis *axis)
{
    static const char *const keys[] = {"from", "to", "step", "points", "log", "values"};
    const struct reader *reader = object->reader;
    const cJSON *node = object->node;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        object_find(object, keys[i]);
    *axis = (struct axis){.place = json_key_place(reader->json, node),
                          .where = json_pointer(reader->json, node)};
    axis->name = axis->pointer = arena_copy_text(reader->arena, node->string);
    if (*axis->pointer != '/')
        return reader_key_error(reader, node, CODE_PATH, "a path that begins with \"/\"",
                                diag_quote(reader->diag, node->string), NULL);
    axis->name = last_step(axis->pointer);
    const cJSON *values = object_find(object, "values"), *log = object_find(object, "log");
    struct span span;
    if (values) return read_values(reader, values, axis);
    if (!read_span(object, axis, &span) || !read_points(object, &span)) return false;
    if (log && !reader_flag(reader, log, &axis->log)) return false;
    if (axis->log && !check_log(object, &span)) return false;
    if (span.whole && isnan(span.step) && span.points == 0 && !axis->log) {
        span.step = 1;
        if (!can_walk(reader, object_find(object, "to"), &span)) return false;
    }
    if (!isnan(span.step) && (span.points > 0 || axis->log))
        return reader_error(reader, object_find(object, "step"), CODE_CONTRADICTION,
                            "\"step\", or \"points\" and \"log\"", NULL);
    if (isnan(span.step))
        spread(reader, axis, &span, span.points ? span.points : AXIS_LEVELS);
    else
        walk(reader, axis, &span);
    return true;
}
