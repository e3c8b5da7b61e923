#include "bench/input/scenario_arrivals.h"

#include "bench/input/codes.h"
#include "bench/input/dist_reader.h"
#include "bench/input/scenario_trace.h"

static const struct number_range any_rate = {0, 1e9};
enum { STEPS_MAX = 100000 };

// Rates may be given per second, minute or hour; exactly one of the three.
bool scenario_arrivals_rate(struct object *object, double *rate_per_s)
{
    static const struct {
        const char *key;
        double seconds;
    } units[] = {{"rate_per_s", 1}, {"rate_per_min", 60}, {"rate_per_h", 3600}};
    static const char words[] = "one of \"rate_per_s\", \"rate_per_min\" and \"rate_per_h\"";
    const cJSON *found = NULL;
    double rate = 0, seconds = 1;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        const cJSON *node = object_find(object, units[i].key);
        if (!node) continue;
        if (found)
            return reader_key_error(object->reader, node, CODE_KEY_TWICE, words, "a second one",
                                    NULL);
        found = node;
        seconds = units[i].seconds;
    }
    if (!found) return object_lacks(object, "rate_per_s", words);
    if (!reader_number(object->reader, found, any_rate, &rate)) return false;
    *rate_per_s = rate / seconds;
    return true;
}

static void read_poisson(struct parts *parts, const cJSON *node, uint32_t source)
{
    struct object object = object_open(&parts->reader, node, &keys_poisson);
    parts->traffic[source].kind = ARRIVAL_POISSON;
    scenario_arrivals_rate(&object, &parts->traffic[source].rate_per_s);
    object_close(&object);
}

static void read_renewal(struct parts *parts, const cJSON *node, uint32_t source)
{
    struct traffic_config *traffic = &parts->traffic[source];
    traffic->kind = ARRIVAL_RENEWAL;
    if (!dist_read(&parts->reader, node, &traffic->interarrival)) return;
    if (!(dist_mean(&traffic->interarrival) > 0))
        reader_error(&parts->reader, node, CODE_DIST, "times between arrivals with a mean above 0",
                     NULL);
}

static void read_step(struct parts *parts, const cJSON *node, struct rate_step *step)
{
    static const struct time_range range = {0, SECONDS_MAX};
    struct object object = object_open(&parts->reader, node, &keys_rate_step);
    if (object_require_timed(&object, "from")) object_time(&object, "from", range, &step->from);
    scenario_arrivals_rate(&object, &step->rate_per_s);
    object_close(&object);
}

static void check_step(struct parts *parts, const cJSON *node, const struct rate_step *steps,
                       uint32_t i)
{
    const cJSON *from =
        json_child(node, "from") ? json_child(node, "from") : json_child(node, "from_s");
    if (i == 0 && steps[0].from != 0)
        reader_error(&parts->reader, from, CODE_CONTRADICTION, "a first step from \"0s\"", NULL);
    if (i > 0 && steps[i].from <= steps[i - 1].from)
        reader_error(&parts->reader, from, CODE_CONTRADICTION, "a time after the step before",
                     NULL);
}

static void read_steps(struct parts *parts, const cJSON *node, struct traffic_config *traffic)
{
    int count = cJSON_IsArray(node) ? cJSON_GetArraySize(node) : 0;
    if (count == 0 || count > STEPS_MAX) {
        reader_error(&parts->reader, node, CODE_TYPE, "a list of 1 to 100000 steps", NULL);
        return;
    }
    struct rate_step *steps = arena_new(parts->reader.arena, struct rate_step, (size_t)count);
    for (const cJSON *step = node->child; step; step = step->next) {
        size_t before = diag_reports(parts->reader.diag);
        read_step(parts, step, &steps[traffic->step_count]);
        if (diag_reports(parts->reader.diag) == before)
            check_step(parts, step, steps, traffic->step_count);
        traffic->step_count++;
    }
    traffic->steps = steps;
}

static void read_piecewise(struct parts *parts, const cJSON *node, uint32_t source)
{
    static const struct time_range range = {0.001, SECONDS_MAX};
    struct traffic_config *traffic = &parts->traffic[source];
    struct object object = object_open(&parts->reader, node, &keys_piecewise);
    traffic->kind = ARRIVAL_PIECEWISE;
    traffic->repeat = SIM_NEVER;
    const cJSON *steps = object_require(&object, "steps");
    if (steps) read_steps(parts, steps, traffic);
    bool repeats = object_time(&object, "repeat", range, &traffic->repeat);
    if (repeats && traffic->steps &&
        traffic->steps[traffic->step_count - 1].from >= traffic->repeat)
        reader_error(&parts->reader, node, CODE_CONTRADICTION,
                     "\"repeat\" after the last step's \"from\"", NULL);
    object_close(&object);
}

static void read_closed_loop(struct parts *parts, const cJSON *node, uint32_t source)
{
    static const struct number_range range = {1, 1e6};
    struct traffic_config *traffic = &parts->traffic[source];
    struct object object = object_open(&parts->reader, node, &keys_closed_loop);
    traffic->kind = ARRIVAL_CLOSED_LOOP;
    const cJSON *users = object_require(&object, "users");
    if (users) reader_count(&parts->reader, users, range, &traffic->users);
    bool given = json_child(object.node, "think") || json_child(object.node, "think_s");
    if (!object_dist(&object, "think", &traffic->think) && !given)
        object_lacks(&object, "think", "the key \"think\"");
    object_close(&object);
}

// A day.

// Values at equal distances, scaled to the mean rate.
static void read_profile(struct parts *parts, const cJSON *node, struct traffic_config *traffic)
{
    static const struct number_range range = {0, 1e9};
    int count = cJSON_IsArray(node) ? cJSON_GetArraySize(node) : 0;
    if (count < 2 || count > STEPS_MAX || count > traffic->diurnal.period) {
        reader_error(&parts->reader, node, CODE_TYPE, "a list of 2 to 100000 numbers", NULL);
        return;
    }
    struct rate_step *steps = arena_new(parts->reader.arena, struct rate_step, (size_t)count);
    double sum = 0;
    for (const cJSON *value = node->child; value; value = value->next) {
        struct rate_step *step = &steps[traffic->step_count];
        if (!reader_number(&parts->reader, value, range, &step->rate_per_s)) return;
        double share = (double)traffic->step_count / count;
        step->from = sim_from_seconds(sim_seconds(traffic->diurnal.period) * share);
        sum += step->rate_per_s;
        traffic->step_count++;
    }
    if (!(sum > 0))
        reader_error(&parts->reader, node, CODE_RANGE, "a value above 0 among them", NULL);
    for (int i = 0; i < count; i++)
        steps[i].rate_per_s *= traffic->rate_per_s * count / sum;
    traffic->kind = ARRIVAL_PIECEWISE;
    traffic->interpolate = true;
    traffic->steps = steps;
    traffic->repeat = traffic->diurnal.period;
}

// How far the wave goes up and down, as one of two keys.
static void read_swing(struct object *object, struct diurnal *diurnal)
{
    static const struct number_range ratio = {1, 2}, amplitude = {0, 1};
    const struct reader *reader = object->reader;
    const cJSON *by_ratio = object_find(object, "peak_to_mean"),
                *by_amplitude = object_find(object, "amplitude");
    if (by_ratio && reader_number(reader, by_ratio, ratio, &diurnal->amplitude))
        diurnal->amplitude -= 1;
    if (by_amplitude) reader_number(reader, by_amplitude, amplitude, &diurnal->amplitude);
    if (by_ratio && by_amplitude)
        reader_key_error(reader, by_amplitude, CODE_KEY_TWICE, "\"peak_to_mean\" or \"amplitude\"",
                         "both", NULL);
}

// A point of the period; false: not given, or reported.
static bool read_point(struct object *object, const char *key, sim_time period, sim_time *point)
{
    static const struct time_range range = {0, 1e9};
    if (!object_time(object, key, range, point)) return false;
    if (*point < period) return true;
    const cJSON *node = object_find_timed(object, key);
    *point = 0;
    return reader_error(object->reader, node, CODE_CONTRADICTION, "a time within the period", NULL);
}

static void forbid_with_profile(struct object *object)
{
    static const char *const keys[] = {"peak_to_mean", "amplitude", "peak_at", "peak_at_s"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        const cJSON *node = json_child(object->node, keys[i]);
        if (node)
            reader_key_error(object->reader, node, CODE_CONTRADICTION,
                             "no such key with \"profile\", which has its own peaks", "it", NULL);
    }
}

static void read_diurnal(struct parts *parts, const cJSON *node, uint32_t source)
{
    static const struct time_range range = {0.001, 1e9};
    struct traffic_config *traffic = &parts->traffic[source];
    struct diurnal *diurnal = &traffic->diurnal;
    struct object object = object_open(&parts->reader, node, &keys_diurnal);
    traffic->kind = ARRIVAL_DIURNAL;
    traffic->repeat = SIM_NEVER;
    diurnal->period = 86400 * SIM_SECOND;
    scenario_arrivals_rate(&object, &traffic->rate_per_s);
    object_time(&object, "period", range, &diurnal->period);
    diurnal->peak_at = diurnal->period / 2;
    read_point(&object, "starts_at", diurnal->period, &traffic->phase);
    read_point(&object, "peak_at", diurnal->period, &diurnal->peak_at);
    diurnal->peak_at = (diurnal->peak_at + diurnal->period - traffic->phase) % diurnal->period;
    read_swing(&object, diurnal);
    const cJSON *profile = object_find(&object, "profile");
    if (profile) {
        forbid_with_profile(&object);
        read_profile(parts, profile, traffic);
    } else if (!object_has(&object, "peak_to_mean") && !object_has(&object, "amplitude")) {
        object_lacks(&object, "peak_to_mean",
                     "one of \"peak_to_mean\", \"amplitude\" and \"profile\"");
    }
    object_close(&object);
}

static void read_flash_crowd(struct parts *parts, const cJSON *node, uint32_t source)
{
    static const struct time_range range = {0, 1e9};
    static const struct number_range factor = {1, 1e6};
    struct traffic_config *traffic = &parts->traffic[source];
    struct flash_crowd *crowd = &traffic->crowd;
    struct object object = object_open(&parts->reader, node, &keys_flash_crowd);
    traffic->kind = ARRIVAL_FLASH_CROWD;
    scenario_arrivals_rate(&object, &traffic->rate_per_s);
    const cJSON *times = object_require(&object, "factor");
    if (times) reader_number(&parts->reader, times, factor, &crowd->factor);
    bool given = object_require_timed(&object, "at");
    bool right = object_time(&object, "at", range, &crowd->at);
    object_time(&object, "ramp", range, &crowd->ramp);
    object_time(&object, "hold", range, &crowd->hold);
    object_time(&object, "half_life", range, &crowd->half_life);
    if (given && !object_has(&object, "hold") && !object_has(&object, "half_life"))
        object_lacks(&object, "hold", "\"hold\", \"half_life\" or both");
    if (right && crowd->at >= parts->config->horizon)
        reader_warning(&parts->reader, object_find_timed(&object, "at"), CODE_WARN_TIME,
                       "the crowd never comes: it is due after the horizon", NULL);
    object_close(&object);
}

// "batch": 5, or {"geometric": 2.5} with the mean.
static void read_batch(struct parts *parts, struct object *object, struct traffic_config *traffic)
{
    static const struct number_range range = {1, 1e6};
    const struct reader *reader = &parts->reader;
    const cJSON *node = object_find(object, "batch");
    uint32_t size = 1;
    if (!node) return;
    if (traffic->kind == ARRIVAL_CLOSED_LOOP || traffic->kind == ARRIVAL_TRACE ||
        traffic->kind == ARRIVAL_COUNTS) {
        reader_key_error(reader, node, CODE_CONTRADICTION,
                         "no batch on a trace or a closed loop, which say who arrives when", "it",
                         NULL);
        return;
    }
    if (!cJSON_IsObject(node)) {
        if (!reader_count(reader, node, range, &size)) return;
        traffic->batch = BATCH_CONSTANT;
        traffic->batch_size = size;
        return;
    }
    struct object form = object_open(reader, node, &keys_batch);
    const cJSON *mean = object_require(&form, "geometric");
    if (mean && reader_number(reader, mean, range, &traffic->batch_size))
        traffic->batch = BATCH_GEOMETRIC;
    object_close(&form);
}

static const struct process {
    const char *key;
    void (*read)(struct parts *parts, const cJSON *node, uint32_t source);
} processes[] = {
    {"poisson", read_poisson},
    {"renewal", read_renewal},
    {"piecewise_constant", read_piecewise},
    {"diurnal", read_diurnal},
    {"flash_crowd", read_flash_crowd},
    {"mmpp", scenario_mmpp_read},
    {"closed_loop", read_closed_loop},
    {"trace", scenario_trace_read},
};

static void read_process(struct parts *parts, struct object *object, uint32_t source)
{
    static const char words[] = "one of \"poisson\", \"renewal\", \"piecewise_constant\", "
                                "\"diurnal\", \"flash_crowd\", \"mmpp\", \"closed_loop\" and "
                                "\"trace\"";
    const cJSON *found = NULL;
    for (size_t i = 0; i < sizeof processes / sizeof *processes; i++) {
        const cJSON *node = object_find(object, processes[i].key);
        if (node && found)
            reader_key_error(object->reader, node, CODE_KEY_TWICE, words, "a second one", NULL);
        else if (node)
            processes[i].read(parts, node, source);
        found = node ? node : found;
    }
    if (!found) object_lacks(object, "poisson", words);
}

void scenario_arrivals_read(struct parts *parts, struct object *object, uint32_t source)
{
    read_process(parts, object, source);
    read_batch(parts, object, &parts->traffic[source]);
}
