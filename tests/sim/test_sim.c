#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "sim/evq.c" // to reach the end of its sequence numbers
#include "sim/sim.c"
#include "tests/sim/crash.h"

#include <string.h>

enum { CHANGE, ARRIVE, OBSERVE, AGAIN, STUCK, KINDS };

struct log { // a model that writes down what happens to it
    struct sim *sim;
    uint32_t who[64];
    sim_time at[64];
    uint32_t count;
    uint32_t fault_at, stop_at; // who
    bool stop;
};

static void note(void *model, struct sim_event event)
{
    struct log *log = model;
    assert_true(sim_now(log->sim) == event.at);
    if (log->count < 64) {
        log->at[log->count] = event.at;
        log->who[log->count] = event.who;
    }
    log->count++;
    if (log->fault_at && event.who == log->fault_at) {
        sim_fault(log->sim, "limits.%s: %d", "queue", 17);
        sim_fault(log->sim, "a later one");
    }
    if (log->stop_at && event.who == log->stop_at)
        __atomic_store_n(&log->stop, true, __ATOMIC_RELAXED);
}

static void note_and_repeat(void *model, struct sim_event event)
{
    struct log *log = model;
    note(model, event);
    (void)sim_after(log->sim, 10, AGAIN, event.who + 1, event.arg);
}

static void note_and_stay(void *model, struct sim_event event)
{
    struct log *log = model;
    note(model, event);
    (void)sim_after(log->sim, 0, STUCK, 0, 0);
}

static const struct sim_handler table[KINDS] = {
    [CHANGE] = {"change", 1, note},        [ARRIVE] = {"arrive", 0, note},
    [OBSERVE] = {"observe", 7, note},      [AGAIN] = {"again", 3, note_and_repeat},
    [STUCK] = {"stuck", 3, note_and_stay},
};

static struct sim *start(struct log *log, struct arena *arena, const struct sim_trace *trace,
                         uint32_t limit)
{
    const struct sim_options options = {
        .seed = 42,
        .replication = 7,
        .event_limit = limit,
        .trace = trace,
        .stop = &log->stop,
    };
    return log->sim = sim_create(arena, &options, table, KINDS, log);
}

static void equal_times_run_in_phase_then_schedule_order(void **state)
{
    (void)state;
    struct arena *arena = arena_create(1 << 20);
    struct log log = {0};
    struct sim *sim = start(&log, arena, NULL, 100);
    (void)sim_at(sim, 5, OBSERVE, 4, 0);
    (void)sim_at(sim, 5, CHANGE, 2, 0);
    (void)sim_at(sim, 5, ARRIVE, 0, 0);
    (void)sim_at(sim, 5, CHANGE, 3, 0);
    (void)sim_at(sim, 5, ARRIVE, 1, 0);
    assert_int_equal(sim_run(sim, 6), SIM_DONE);
    assert_int_equal(log.count, 5);
    for (uint32_t i = 0; i < 5; i++)
        assert_int_equal(log.who[i], i);
    arena_destroy(arena);
}

static void until_is_exclusive_and_a_run_can_go_on(void **state)
{
    (void)state;
    struct arena *arena = arena_create(1 << 20);
    struct log log = {0};
    struct sim *sim = start(&log, arena, NULL, 100);
    assert_true(sim_next(sim) == SIM_NEVER);
    (void)sim_at(sim, 0, AGAIN, 0, 0); // and every 10 from there
    assert_true(sim_next(sim) == 0);
    assert_int_equal(sim_run(sim, 30), SIM_DONE);
    assert_int_equal(log.count, 3); // 0, 10, 20
    assert_true(sim_now(sim) == 30);
    assert_int_equal(sim_run(sim, 30), SIM_DONE); // nothing is earlier
    assert_int_equal(log.count, 3);
    assert_true(sim_next(sim) == 30);
    assert_int_equal(sim_run(sim, 31), SIM_DONE);
    assert_int_equal(log.count, 4);
    assert_int_equal(sim_run(sim, 100), SIM_DONE);
    assert_true(sim_events_done(sim) == 10 && sim_now(sim) == 100);
    for (uint32_t i = 0; i < 10; i++)
        assert_true(log.who[i] == i && log.at[i] == 10 * (sim_time)i);
    arena_destroy(arena);
}

static void the_clock_reaches_the_end_without_any_event(void **state)
{
    (void)state;
    struct arena *arena = arena_create(1 << 20);
    struct log log = {0};
    struct sim *sim = start(&log, arena, NULL, 1);
    assert_true(sim_now(sim) == 0);
    assert_int_equal(sim_run(sim, 77), SIM_DONE);
    assert_true(sim_now(sim) == 77 && sim_events_done(sim) == 0);
    arena_destroy(arena);
}

static void never_is_not_kept(void **state)
{
    (void)state;
    struct arena *arena = arena_create(1 << 20);
    struct log log = {0};
    struct sim *sim = start(&log, arena, NULL, 1);
    struct sim_ticket at = sim_at(sim, SIM_NEVER, CHANGE, 0, 0);
    (void)sim_run(sim, 10);
    struct sim_ticket after = sim_after(sim, SIM_NEVER - 5, CHANGE, 0, 0); // past the end of time
    assert_false(sim_pending(sim, at) || sim_pending(sim, after));
    assert_int_equal(at.generation, 0);
    assert_int_equal(evq_count(sim->queue), 0);
    assert_int_equal(sim_run(sim, SIM_NEVER), SIM_DONE);
    assert_int_equal(log.count, 0);
    arena_destroy(arena);
}

static void a_cancelled_event_does_not_run_and_its_ticket_is_cleared(void **state)
{
    (void)state;
    struct arena *arena = arena_create(1 << 20);
    struct log log = {0};
    struct sim *sim = start(&log, arena, NULL, 10);
    struct sim_ticket first = sim_at(sim, 1, CHANGE, 1, 0), second = sim_at(sim, 2, CHANGE, 2, 0);
    assert_true(sim_pending(sim, first));
    assert_true(sim_cancel(sim, &first));
    assert_int_equal(first.generation, 0);
    assert_false(sim_cancel(sim, &first));
    (void)sim_run(sim, 10);
    assert_false(sim_cancel(sim, &second)); // it has fired
    assert_int_equal(second.generation, 0);
    assert_int_equal(log.count, 1);
    assert_int_equal(log.who[0], 2);
    arena_destroy(arena);
}

static void the_first_fault_is_kept_and_ends_the_run_after_its_event(void **state)
{
    (void)state;
    struct arena *arena = arena_create(1 << 20);
    struct log log = {.fault_at = 3};
    struct sim *sim = start(&log, arena, NULL, 10);
    (void)sim_at(sim, 0, AGAIN, 1, 0);
    assert_null(sim_fault_text(sim));
    assert_int_equal(sim_run(sim, 1000), SIM_FAULT);
    assert_int_equal(log.count, 3);
    assert_true(sim_now(sim) == 20 && sim_events_done(sim) == 3);
    assert_string_equal(sim_fault_text(sim), "limits.queue: 17");
    assert_int_equal(sim_run(sim, 2000), SIM_FAULT); // for good
    assert_int_equal(log.count, 3);
    arena_destroy(arena);
}

static void too_many_pending_events_fault_and_name_the_limit(void **state)
{
    (void)state;
    struct arena *arena = arena_create(1 << 20);
    struct log log = {0};
    struct sim *sim = start(&log, arena, NULL, 3);
    for (uint32_t i = 0; i < 3; i++)
        (void)sim_at(sim, 1, CHANGE, i, 0);
    assert_null(sim_fault_text(sim));
    struct sim_ticket ticket = sim_at(sim, 1, CHANGE, 3, 0);
    assert_int_equal(ticket.generation, 0);
    assert_string_equal(sim_fault_text(sim),
                        "/limits/events: more than 3 events are pending at once");
    assert_int_equal(sim_run(sim, 10), SIM_FAULT);
    assert_int_equal(log.count, 0);
    arena_destroy(arena);
}

static void running_out_of_sequence_numbers_is_a_fault(void **state)
{
    (void)state;
    struct arena *arena = arena_create(1 << 20);
    struct log log = {0};
    struct sim *sim = start(&log, arena, NULL, 3);
    while (!evq_worn_out(sim->queue))
        sim->queue->sequence += UINT64_C(1) << 35;
    sim->queue->sequence -= 5;
    (void)sim_at(sim, 0, AGAIN, 1, 0);
    assert_int_equal(sim_run(sim, 100000), SIM_FAULT);
    assert_int_equal(log.count, STOP_POLL_EVENTS); // looked at once in a while
    assert_non_null(strstr(sim_fault_text(sim), "2^39 events"));
    arena_destroy(arena);
}

static void a_fault_that_is_too_long_is_cut(void **state)
{
    (void)state;
    struct arena *arena = arena_create(1 << 20);
    struct log log = {0};
    struct sim *sim = start(&log, arena, NULL, 3);
    sim_fault(sim, "%0300d", 1);
    assert_int_equal(strlen(sim_fault_text(sim)), SIM_FAULT_TEXT - 1);
    arena_destroy(arena);
}

static void the_stop_flag_ends_the_run_soon_and_it_can_go_on(void **state)
{
    (void)state;
    struct arena *arena = arena_create(1 << 20);
    struct log log = {.stop_at = 1500};
    struct sim *sim = start(&log, arena, NULL, 3);
    (void)sim_at(sim, 0, AGAIN, 1, 0);
    assert_int_equal(sim_run(sim, 100000), SIM_STOPPED);
    assert_true(log.count >= 1500 && log.count <= 1500 + STOP_POLL_EVENTS);
    assert_true(sim_now(sim) == 10 * ((sim_time)log.count - 1)); // of the last event
    uint32_t before = log.count;
    assert_int_equal(sim_run(sim, 100000), SIM_STOPPED);
    assert_int_equal(log.count, before); // at once
    log.stop = false;
    assert_int_equal(sim_run(sim, 100000), SIM_DONE);
    assert_int_equal(log.count, 10000);
    arena_destroy(arena);
}

static uint64_t hash_of_run(sim_time until, uint32_t who, uint32_t arg)
{
    struct arena *arena = arena_create(1 << 20);
    struct log log = {0};
    struct trace_hash hash;
    trace_hash_start(&hash);
    const struct sim_trace trace = {.record = trace_hash_record, .context = &hash};
    struct sim *sim = start(&log, arena, &trace, 10);
    assert_ptr_equal(sim_tracer(sim), &trace);
    (void)sim_at(sim, 0, AGAIN, 0, 5);
    (void)sim_at(sim, 10, CHANGE, who, arg);
    assert_int_equal(sim_run(sim, until), SIM_DONE);
    assert_true(hash.records == sim_events_done(sim));
    arena_destroy(arena);
    return hash.value;
}

static void the_trace_hash_differs_when_one_event_differs(void **state)
{
    (void)state;
    uint64_t base = hash_of_run(100, 1, 2);
    assert_true(hash_of_run(100, 1, 2) == base);
    assert_true(hash_of_run(100, 2, 2) != base);
    assert_true(hash_of_run(100, 1, 3) != base);
    assert_true(hash_of_run(101, 1, 2) != base); // one event more
    assert_true(hash_of_run(91, 1, 2) == base);  // the same events
}

static void check_in_handler(void *model, struct sim_event event)
{
    (void)model;
    SIM_CHECK(event.who < 2);
}

static void crash_in_third_event(void *argument)
{
    static const struct sim_handler rows[] = {{"serve", 0, check_in_handler}};
    struct sim_options options = {.seed = 0xABC, .replication = 7, .event_limit = 9};
    struct sim *sim = sim_create(argument, &options, rows, 1, NULL);
    for (uint32_t i = 0; i < 3; i++)
        (void)sim_at(sim, (sim_time)i * SIM_SECOND / 2, 0, i, 0);
    (void)sim_run(sim, SIM_NEVER);
}

static void crash_after_a_run(void *argument)
{
    struct log log = {0};
    struct sim *sim = start(&log, argument, NULL, 3);
    (void)sim_at(sim, 1, CHANGE, 0, 0);
    (void)sim_run(sim, 10);
    (void)sim_at(sim, 9, CHANGE, 0, 0); // in the past
}

static void a_failed_check_tells_time_event_and_replication(void **state)
{
    (void)state;
    struct arena *arena = arena_create(1 << 20);
    struct crash crash = crash_of(crash_in_third_event, arena);
    assert_true(crash_is_bug(&crash, "BUG at 1s in check_in_handler (test_sim.c:"));
    assert_non_null(strstr(crash.text, "event.who < 2; event serve #2, replication 7, "
                                       "seed 0x0000000000000abc\n"));
    crash = crash_of(crash_after_a_run, arena);
    assert_true(crash_is_bug(&crash, "BUG in sim_at (sim.c:"));
    assert_non_null(strstr(crash.text, "at >= sim->now\n"));
    arena_destroy(arena);
}

// Nothing ever hangs: events that bring each other about at one instant end in a fault.
static void a_clock_that_stands_still_is_a_fault(void **state)
{
    (void)state;
    struct arena *arena = arena_create(1 << 20);
    struct log log = {0};
    struct sim *sim = start(&log, arena, NULL, 16);
    (void)sim_at(sim, 5 * SIM_SECOND, STUCK, 0, 0);
    assert_int_equal(sim_run(sim, 10 * SIM_SECOND), SIM_FAULT);
    assert_non_null(strstr(sim_fault_text(sim), "time stands still"));
    assert_non_null(strstr(sim_fault_text(sim), "5.000000000 s"));
    arena_destroy(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_times_run_in_phase_then_schedule_order),
        cmocka_unit_test(until_is_exclusive_and_a_run_can_go_on),
        cmocka_unit_test(the_clock_reaches_the_end_without_any_event),
        cmocka_unit_test(never_is_not_kept),
        cmocka_unit_test(a_cancelled_event_does_not_run_and_its_ticket_is_cleared),
        cmocka_unit_test(the_first_fault_is_kept_and_ends_the_run_after_its_event),
        cmocka_unit_test(too_many_pending_events_fault_and_name_the_limit),
        cmocka_unit_test(running_out_of_sequence_numbers_is_a_fault),
        cmocka_unit_test(a_fault_that_is_too_long_is_cut),
        cmocka_unit_test(the_stop_flag_ends_the_run_soon_and_it_can_go_on),
        cmocka_unit_test(a_clock_that_stands_still_is_a_fault),
        cmocka_unit_test(the_trace_hash_differs_when_one_event_differs),
        cmocka_unit_test(a_failed_check_tells_time_event_and_replication),
    };
    return cmocka_run_group_tests_name("sim", tests, NULL, NULL);
}
