#include "bench/experiment/design.h"

#include <gsl/gsl_qrng.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/experiment/memory.h"
#include "sim/check.h"
#include "sim/rng.h"

enum { ID_TEXT = 17 };

// Not a stream of the model's: those are small numbers.
static const uint64_t permutations = UINT64_C(0x64657369676E0001);
static const uint64_t jitters = UINT64_C(0x64657369676E0002);

struct builder {
    struct arena *arena;
    struct design *design;
    const struct sweep_plan *plan;
    size_t room;
};

// Points.

static int by_pointer(const void *left, const void *right)
{
    const struct scenario_change *a = *(const struct scenario_change *const *)left,
                                 *b = *(const struct scenario_change *const *)right;
    int order = strcmp(a->pointer, b->pointer);
    return order != 0 ? order : (a > b) - (a < b);
}

static uint64_t hash_text(uint64_t hash, const char *text) // FNV-1a, the final NUL included
{
    do
        hash = (hash ^ (unsigned char)*text) * UINT64_C(0x100000001B3);
    while (*text++);
    return hash;
}

static const char *id_of(struct arena *arena, const struct scenario_change *changes, size_t count)
{
    const struct scenario_change **sorted =
        arena_new(arena, const struct scenario_change *, count + 1);
    for (size_t i = 0; i < count; i++)
        sorted[i] = &changes[i];
    qsort(sorted, count, sizeof *sorted, by_pointer);
    uint64_t hash = UINT64_C(0xCBF29CE484222325);
    for (size_t i = 0; i < count; i++)
        hash = hash_text(hash_text(hash, sorted[i]->pointer), sorted[i]->json);
    char *id = arena_new(arena, char, ID_TEXT);
    snprintf(id, ID_TEXT, "%016" PRIx64, hash);
    return id;
}

struct scenario_point design_point_of(struct arena *arena, const struct axis_value *const *values,
                                      size_t count)
{
    size_t total = 0, used = 0;
    for (size_t i = 0; i < count; i++)
        total += values[i]->change_count;
    struct scenario_change *changes = arena_new(arena, struct scenario_change, total + 1);
    for (size_t i = 0; i < count; i++)
        for (size_t c = 0; c < values[i]->change_count; c++)
            changes[used++] = values[i]->changes[c];
    SIM_CHECK(used == total);
    return (struct scenario_point){id_of(arena, changes, used), changes, used};
}

static void add_point(struct builder *b, const struct axis_value **values)
{
    struct design *design = b->design;
    if (design->count == b->room) {
        size_t room = b->room ? 2 * b->room : 64;
        struct design_point *larger = arena_new(b->arena, struct design_point, room);
        if (design->count) memcpy(larger, design->points, design->count * sizeof *larger);
        design->points = larger;
        b->room = room;
    }
    design->points[design->count++] =
        (struct design_point){design_point_of(b->arena, values, b->plan->axis_count), values};
}

static const struct axis_value **new_values(struct builder *b)
{
    return arena_new(b->arena, const struct axis_value *, b->plan->axis_count + 1);
}

static bool is_wanted(const struct builder *b, const struct axis_value *const *values)
{
    struct condition_value known[SWEEP_AXES_MAX + 1];
    if (!b->plan->where) return true;
    for (size_t i = 0; i < b->plan->axis_count; i++)
        known[i] = (struct condition_value){values[i]->number, values[i]->label};
    return condition_holds(b->plan->where, known);
}

// The size of a group of axes that move together.
static size_t group_size(const struct sweep_plan *plan, uint32_t group)
{
    for (size_t i = 0; i < plan->axis_count; i++)
        if (plan->groups[i] == group) return plan->axes[i].count;
    return 0;
}

// Grid.

// The next combination of levels, the last group fastest.  False: that was all.
static bool next_levels(const struct sweep_plan *plan, size_t *levels)
{
    for (uint32_t g = plan->group_count; g-- > 0;) {
        if (++levels[g] < group_size(plan, g)) return true;
        levels[g] = 0;
    }
    return false;
}

static void make_grid(struct builder *b)
{
    size_t levels[SWEEP_AXES_MAX + 1] = {0};
    const struct axis_value *chosen[SWEEP_AXES_MAX + 1];
    do {
        for (size_t i = 0; i < b->plan->axis_count; i++)
            chosen[i] = &b->plan->axes[i].values[levels[b->plan->groups[i]]];
        if (!is_wanted(b, chosen)) continue;
        const struct axis_value **values = new_values(b);
        memcpy(values, chosen, b->plan->axis_count * sizeof *values);
        add_point(b, values);
    } while (next_levels(b->plan, levels));
}

// 2^k.

void design_ends(const struct axis *axis, size_t *lowest, size_t *highest)
{
    *lowest = 0;
    *highest = axis->count - 1;
    for (size_t i = 0; axis_numeric(axis) && i < axis->count; i++) {
        if (axis->values[i].number < axis->values[*lowest].number) *lowest = i;
        if (axis->values[i].number > axis->values[*highest].number) *highest = i;
    }
}

// Axes that are zipped follow the first of them.
static size_t end_of_group(const struct sweep_plan *plan, uint32_t group, bool high)
{
    size_t lowest = 0, highest = 0;
    for (size_t i = 0; i < plan->axis_count; i++) {
        if (plan->groups[i] != group) continue;
        design_ends(&plan->axes[i], &lowest, &highest);
        break;
    }
    return high ? highest : lowest;
}

static void make_factorial2(struct builder *b)
{
    for (size_t run = 0; run < (size_t)1 << b->plan->group_count; run++) {
        const struct axis_value **values = new_values(b);
        for (size_t i = 0; i < b->plan->axis_count; i++) {
            uint32_t group = b->plan->groups[i];
            values[i] = &b->plan->axes[i].values[end_of_group(b->plan, group, run >> group & 1)];
        }
        add_point(b, values);
    }
}

// Drawn designs.

static const struct axis_value *value_at(struct builder *b, const struct axis *axis, double share)
{
    if (!axis->continuous) {
        size_t index = (size_t)(share * (double)axis->count);
        return &axis->values[index < axis->count ? index : axis->count - 1];
    }
    struct axis_value *value = arena_new(b->arena, struct axis_value, 1);
    *value = axis_at(axis, b->arena, share);
    return value;
}

static void add_drawn(struct builder *b, const double *shares) // by group
{
    const struct axis_value **values = new_values(b);
    for (size_t i = 0; i < b->plan->axis_count; i++)
        values[i] = value_at(b, &b->plan->axes[i], shares[b->plan->groups[i]]);
    if (is_wanted(b, values)) add_point(b, values);
}

// Fisher and Yates, with draws of the group's own.
static void permute(uint32_t *slices, uint32_t count, uint64_t seed, uint32_t group)
{
    struct rng_stream stream;
    rng_stream_open(&stream, seed, 0, permutations);
    struct rng_draws draws = rng_draws_of(&stream, group);
    for (uint32_t i = 0; i < count; i++)
        slices[i] = i;
    for (uint32_t i = count; i > 1; i--) {
        uint32_t j = (uint32_t)(rng_to_uniform(rng_next(&draws)) * i);
        uint32_t swapped = slices[i - 1];
        slices[i - 1] = slices[j];
        slices[j] = swapped;
    }
}

// shares[point * groups + group]
static void draw_latin(double *shares, const struct sweep_plan *plan, uint64_t seed)
{
    uint32_t n = plan->points, groups = plan->group_count;
    uint32_t *slices = memory_new(sizeof *slices, n);
    for (uint32_t g = 0; g < groups; g++) {
        struct rng_stream stream;
        rng_stream_open(&stream, seed, 0, jitters);
        struct rng_draws draws = rng_draws_of(&stream, g);
        permute(slices, n, seed, g);
        for (uint32_t i = 0; i < n; i++)
            shares[(size_t)i * groups + g] =
                (slices[i] + rng_to_uniform(rng_next(&draws))) / (double)n;
    }
    free(slices);
}

static void make_latin(struct builder *b, uint64_t seed)
{
    uint32_t groups = b->plan->group_count;
    double *shares = memory_new(sizeof *shares, (size_t)b->plan->points * groups);
    draw_latin(shares, b->plan, seed);
    for (uint32_t i = 0; i < b->plan->points; i++)
        add_drawn(b, &shares[(size_t)i * groups]);
    free(shares);
}

static void make_sobol(struct builder *b)
{
    double shares[SWEEP_AXES_MAX + 1];
    gsl_qrng *sequence = gsl_qrng_alloc(gsl_qrng_sobol, b->plan->group_count);
    SIM_CHECK(sequence);
    for (uint32_t i = 0; i < b->plan->points; i++) {
        gsl_qrng_get(sequence, shares);
        add_drawn(b, shares);
    }
    gsl_qrng_free(sequence);
}

static int by_id(const void *left, const void *right)
{
    const struct design_point *a = *(const struct design_point *const *)left,
                              *b = *(const struct design_point *const *)right;
    int order = strcmp(a->what.name, b->what.name);
    return order != 0 ? order : (a > b) - (a < b);
}

// Of equal points the first one stays.
static void drop_equal(struct design *design)
{
    const struct design_point **sorted = memory_new(sizeof *sorted, design->count);
    bool *dropped = memory_new(sizeof *dropped, design->count);
    for (size_t i = 0; i < design->count; i++)
        sorted[i] = &design->points[i];
    if (design->count) qsort(sorted, design->count, sizeof *sorted, by_id);
    for (size_t i = 1; i < design->count; i++)
        dropped[sorted[i] - design->points] =
            strcmp(sorted[i]->what.name, sorted[i - 1]->what.name) == 0;
    size_t used = 0;
    for (size_t i = 0; i < design->count; i++)
        if (!dropped[i]) design->points[used++] = design->points[i];
    design->count = used;
    free(sorted);
    free(dropped);
}

// Tornado.

static const struct axis_value *moved(struct builder *b, const struct axis *axis, bool up,
                                      design_takes *takes, void *context)
{
    double base = axis->values[0].number, change = fabs(base) * b->plan->percent / 100;
    struct axis_value *value = arena_new(b->arena, struct axis_value, 1);
    *value = axis_made(axis, b->arena, up ? base + change : base - change);
    const struct axis_value *alone[] = {value};
    struct scenario_point point = design_point_of(b->arena, alone, 1);
    if (base != rint(base) || takes(context, &point)) return value;
    double whole = fmax(1, rint(change));
    *value = axis_made(axis, b->arena, up ? base + whole : base - whole);
    return value;
}

// The file's values; then axis by axis, down and up.
static void make_tornado(struct builder *b, design_takes *takes, void *context)
{
    const struct sweep_plan *plan = b->plan;
    for (size_t run = 0; run <= 2 * plan->axis_count; run++) {
        const struct axis_value **values = new_values(b);
        for (size_t k = 0; k < plan->axis_count; k++)
            values[k] = &plan->axes[k].values[0];
        size_t i = (run - 1) / 2;
        if (run > 0) values[i] = moved(b, &plan->axes[i], run % 2 == 0, takes, context);
        add_point(b, values);
    }
}

bool design_make(struct design *design, struct arena *arena, const struct sweep_plan *plan,
                 uint64_t seed, design_takes *takes, void *context, const char **error)
{
    *design = (struct design){.plan = plan};
    struct builder builder = {.arena = arena, .design = design, .plan = plan};
    switch (plan->design) {
    case DESIGN_GRID:
        make_grid(&builder);
        break;
    case DESIGN_FACTORIAL2:
        make_factorial2(&builder);
        break;
    case DESIGN_LHS:
        make_latin(&builder, seed);
        drop_equal(design);
        break;
    case DESIGN_SOBOL:
        make_sobol(&builder);
        drop_equal(design);
        break;
    case DESIGN_TORNADO:
        make_tornado(&builder, takes, context);
        break;
    }
    if (design->count == 0) *error = "\"where\" leaves no point";
    return design->count > 0;
}
