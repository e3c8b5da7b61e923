#include "models/read_ahead.c"

#include "tests/kit.h"

// Rows at 0, 1, 2, ... s, so many of them.
struct rows {
    uint32_t given, all;
};

static enum trace_end next_row(void *context, uint32_t source, struct trace_row *row)
{
    struct rows *rows = context;
    (void)source;
    if (rows->given == rows->all) return TRACE_END;
    *row = (struct trace_row){.arrival = rows->given * SIM_SECOND, .service = SIM_SECOND / 2};
    rows->given++;
    return TRACE_ROW;
}

// T2: what the copy reads comes to the source once, in order, across the end of the ring.
static void the_source_gets_the_rows_that_the_copy_has_read(void **state)
{
    (void)state;
    struct rows rows = {.all = 100};
    struct trace_feed feed = {next_row, &rows};
    struct model m = {.options.feed = &feed};
    struct arena *arena = arena_create(1 << 20);
    struct scenario_config config = {.limits.requests = 7};
    struct source source = {0}, copy = {0};
    struct trace_row row;
    m.config = &config;
    read_ahead_create(arena, &m, &source, &copy);
    for (uint32_t i = 0; i < 7; i++)
        assert_int_equal(read_ahead_next(&m, 0, &copy, &row), TRACE_ROW);
    for (uint32_t i = 0; i < 100; i++) {
        assert_int_equal(read_ahead_next(&m, 0, &source, &row), TRACE_ROW);
        assert_true(row.arrival == i * SIM_SECOND && row.service == SIM_SECOND / 2);
        enum trace_end end = read_ahead_next(&m, 0, &copy, &row);
        assert_int_equal(end, i + 7 < 100 ? TRACE_ROW : TRACE_END);
    }
    assert_int_equal(read_ahead_next(&m, 0, &source, &row), TRACE_END);
    arena_destroy(arena);
}

// More rows within the lookahead than the ring holds: a fault that names the limit.
static void a_full_ring_is_a_fault(void **state)
{
    (void)state;
    struct rows rows = {.all = 100};
    struct trace_feed feed = {next_row, &rows};
    struct kit kit = kit_new(1000);
    uint32_t app = kit_app(&kit, "A");
    kit.config.limits.requests = 50;
    kit.apps[app].autoscaler = kit_autoscaler("oracle");
    kit_traffic(&kit, app, dist_constant(.5))->kind = ARRIVAL_TRACE;
    kit.feed = &feed;
    assert_int_equal(kit_run(&kit, 1, 0), SIM_FAULT);
    assert_non_null(strstr(kit.fault, "/limits/requests"));
    assert_non_null(strstr(kit.fault, "looks ahead of source"));
    rows.given = 0;
    kit.apps[app].oracle.lookahead = 20 * SIM_SECOND;
    assert_int_equal(kit_run(&kit, 1, 0), SIM_DONE);
    kit_is(&kit, "requests", "app=A,outcome=ok", 100);
    kit_free(&kit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_source_gets_the_rows_that_the_copy_has_read),
        cmocka_unit_test(a_full_ring_is_a_fault),
    };
    return cmocka_run_group_tests_name("read_ahead", tests, NULL, NULL);
}
