#include "tests/bench/probe.h"

#include "bench/input/scenario_machines.c"

#include <math.h>

static const struct machine_config *machine(const struct probe *p, const char *name)
{
    const struct scenario_config *c = probe_config(p);
    for (uint32_t i = 0; i < c->machine_count; i++)
        if (strcmp(c->machines[i].name, name) == 0) return &c->machines[i];
    return NULL;
}

static void the_catalogue_is_always_there(void **state)
{
    (void)state;
    struct probe p = probe_right(PROBE_TOP, "\"machine_types\": {}");
    uint32_t rows = 0;
    for (const struct machine_config *row = machine_catalogue; row->name; row++, rows++) {
        const struct machine_config *got = machine(&p, row->name);
        assert_non_null(got);
        assert_int_equal(got->capacity, UINT32_MAX);
        assert_memory_equal(&got->price_usd_per_s, &row->price_usd_per_s, sizeof(double));
    }
    assert_int_equal(probe_config(&p)->machine_count, rows);
    probe_close(&p);
}

static void an_override_changes_what_it_gives_and_nothing_else(void **state)
{
    (void)state;
    struct probe p =
        probe_right(PROBE_TOP, "\"machine_types\": {\"GPU-H100\": {\"price_usd_per_h\": 7.2, "
                               "\"capacity\": 3, \"pending\": \"2s\"}}");
    const struct machine_config *h100 = machine(&p, "GPU-H100");
    assert_true(fabs(h100->price_usd_per_s - 0.002) < 1e-15);
    assert_int_equal(h100->capacity, 3);
    assert_true(h100->pending.a >= 2);
    assert_true(h100->gpu);
    assert_true(h100->vram_gb >= 80 && h100->vram_gb <= 80);
    probe_close(&p);
}

static void a_type_of_ones_own_can_be_used(void **state)
{
    (void)state;
    struct probe p = probe_load(
        PROBE_HEAD "\"machine_types\": {\"TPU\": {\"price_usd_per_s\": 0, \"gpu\": true, "
                   "\"capacity\": \"unlimited\"}}, \"apps\": {\"A\": {\"machine_type\": \"TPU\", "
                   "\"num_gpus\": 2}}}",
        NULL);
    const struct machine_config *tpu = machine(&p, "TPU");
    assert_non_null(tpu);
    assert_true(tpu->vcpu >= 1 && tpu->vcpu <= 1);
    assert_int_equal(tpu->capacity, UINT32_MAX);
    assert_ptr_equal(&probe_config(&p)->machines[probe_config(&p)->revisions[0].machines[0]], tpu);
    probe_close(&p);
}

static void more_types_than_there_is_room_for_are_refused(void **state)
{
    (void)state;
    char fragment[4096] = "\"machine_types\": {\"T0\": {}";
    for (int i = 1; i < SCENARIO_MACHINES; i++) {
        size_t used = strlen(fragment);
        snprintf(fragment + used, sizeof fragment - used, ", \"T%d\": {}", i);
    }
    fragment[strlen(fragment) + 1] = '\0';
    fragment[strlen(fragment)] = '}';
    struct probe p = probe_fragment(PROBE_TOP, fragment);
    assert_false(p.good);
    assert_non_null(strstr(p.messages, "error[E0408]"));
    assert_non_null(strstr(p.messages, "at most 64 machine types"));
    probe_close(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_catalogue_is_always_there),
        cmocka_unit_test(an_override_changes_what_it_gives_and_nothing_else),
        cmocka_unit_test(a_type_of_ones_own_can_be_used),
        cmocka_unit_test(more_types_than_there_is_room_for_are_refused),
    };
    return cmocka_run_group_tests_name("scenario_machines", tests, NULL, NULL);
}
