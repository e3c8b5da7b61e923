#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "sim/evq.c"
#include "sim/rng.h"
#include "tests/sim/crash.h"

#include <string.h>

// Everything the queue relies on, looked at from outside.
static void verify(const struct evq *queue)
{
    for (uint32_t i = 0; i < queue->size; i++) {
        uint32_t slot = evq_slot_of(queue->heap[i]);
        assert_true(slot < queue->fresh && queue->position[slot] == i);
        if (i > 0) assert_true(queue->heap[(i - 1) / 4] < queue->heap[i]);
    }
    for (uint32_t i = queue->size; i > 1 && i % 4 != 1; i++)
        assert_true(queue->heap[i] == EVQ_KEY_LAST);
    assert_true(queue->front[0] == EVQ_KEY_LAST && evq_front_count(queue) <= EVQ_FRONT);
    for (uint32_t i = 1; i <= evq_front_count(queue); i++) {
        assert_true(queue->front[i] < queue->front[i - 1]);
        assert_int_equal(queue->position[evq_slot_of(queue->front[i])], EVQ_IN_FRONT);
    }
    assert_true(queue->size == 0 || evq_front_count(queue) > 0);
    for (uint32_t i = 0; i < queue->size; i++)
        assert_true(queue->front[1] < queue->heap[i]);
    uint32_t free = 0;
    for (uint32_t slot = queue->free; slot != EVQ_NO_SLOT; slot = queue->position[slot])
        assert_true(++free <= queue->fresh);
    for (uint32_t slot = 0; slot < queue->fresh; slot++)
        assert_int_equal(queue->slots[slot].generation % 2, 1);
    assert_int_equal(free + evq_count(queue) - evq_lane_taken(queue), queue->fresh);
}

// The model: an array that is searched.
enum { CAPACITY = 150, DEAD = 1000 };

struct expected {
    struct sim_event event;
    struct sim_ticket ticket;
    uint32_t kind;
    uint64_t sequence;
    unsigned phase;
    bool in_lane, named; // named: it has a ticket
};

struct model {
    struct expected pending[CAPACITY + 1];
    uint32_t count;
    struct sim_ticket dead[DEAD];
    uint64_t deaths, sequence;
};

static bool earlier(const struct expected *a, const struct expected *b)
{
    if (a->event.at != b->event.at) return a->event.at < b->event.at;
    if (a->phase != b->phase) return a->phase < b->phase;
    return a->sequence < b->sequence;
}

static uint32_t first_of(const struct model *model)
{
    uint32_t first = 0;
    for (uint32_t i = 1; i < model->count; i++)
        if (earlier(&model->pending[i], &model->pending[first])) first = i;
    return first;
}

static void forget(struct model *model, uint32_t i)
{
    if (model->pending[i].named) model->dead[model->deaths++ % DEAD] = model->pending[i].ticket;
    model->pending[i] = model->pending[--model->count];
}

static void push_both(struct evq *queue, struct model *model, sim_time at, uint64_t word)
{
    struct expected e = {
        .event = {.at = at, .who = (uint32_t)word, .arg = (uint32_t)(~word >> 32)},
        .kind = (uint32_t)(word % 11),
        .sequence = model->sequence,
        .phase = (unsigned)(word >> 40) % EVQ_PHASES,
    };
    uint32_t in_lane = evq_lane_taken(queue);
    bool lane = (word >> 50) % 4 == 0; // changes nothing that can be seen
    e.in_lane = lane && !in_lane;
    if (lane) e.event.arg = 0;
    bool pushed = lane ? evq_put_lane(queue, at, e.event.who, e.kind, e.phase)
                       : evq_push(queue, e.event, e.kind, e.phase, &e.ticket);
    assert_int_equal(pushed, e.in_lane || model->count - in_lane < CAPACITY);
    if (!pushed) return;
    e.named = !lane;
    if (e.named) assert_true(evq_pending(queue, e.ticket));
    model->sequence++;
    model->pending[model->count++] = e;
}

static void pop_both(struct evq *queue, struct model *model)
{
    struct sim_event event;
    uint32_t kind;
    bool popped = evq_pop(queue, &event, &kind);
    assert_int_equal(popped, model->count > 0);
    if (!popped) return;
    uint32_t first = first_of(model);
    const struct expected *e = &model->pending[first];
    assert_true(event.at == e->event.at && kind == e->kind);
    assert_true(event.who == e->event.who && event.arg == e->event.arg);
    assert_false(evq_pending(queue, model->pending[first].ticket));
    forget(model, first);
}

static void cancel_both(struct evq *queue, struct model *model, uint64_t word)
{
    if (model->deaths > 0) {
        uint64_t known = model->deaths < DEAD ? model->deaths : DEAD;
        assert_false(evq_cancel(queue, model->dead[word % known]));
    }
    if (model->count == 0) return;
    uint32_t i = (uint32_t)(word >> 20) % model->count;
    if (!model->pending[i].named) return;
    assert_true(evq_cancel(queue, model->pending[i].ticket));
    assert_false(evq_cancel(queue, model->pending[i].ticket));
    forget(model, i);
}

// Phases of growing, shrinking and holding still; few different times, so that ties are common.
static void random_steps(uint64_t seed, uint64_t times)
{
    struct arena *arena = arena_create(1 << 20);
    memset(arena_alloc(arena, 1, 1 << 19), (int)(seed % 255) + 1, 1 << 19); // of an earlier life
    arena_reset(arena);
    struct evq *queue = evq_create(arena, CAPACITY);
    static struct model model;
    model = (struct model){0};
    struct rng_stream stream;
    rng_stream_open(&stream, seed, 0, times);
    for (uint64_t step = 0; step < 6000; step++) {
        uint64_t word = rng_word(&stream, 3 * step), what = rng_word(&stream, 3 * step + 1) % 100;
        uint64_t pushes = step / 500 % 3 == 0 ? 70 : step / 500 % 3 == 1 ? 25 : 45;
        if (what < pushes) {
            push_both(queue, &model, (sim_time)(rng_word(&stream, 3 * step + 2) % times), word);
        } else if (what < 85) {
            pop_both(queue, &model);
        } else {
            cancel_both(queue, &model, word);
        }
        verify(queue);
        assert_int_equal(evq_count(queue), model.count);
        sim_time next = model.count ? model.pending[first_of(&model)].event.at : SIM_NEVER;
        assert_true(evq_next_time(queue) == next);
    }
    while (model.count > 0)
        pop_both(queue, &model);
    assert_int_equal(evq_count(queue), 0);
    arena_destroy(arena);
}

static void any_sequence_of_steps_agrees_with_a_searched_array(void **state)
{
    (void)state;
    static const uint64_t times[] = {1, 3, 50, 1000000, INT64_MAX};
    for (uint64_t seed = 1; seed <= 6; seed++)
        for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
            print_message("seed %d, %llu times\n", (int)seed, (unsigned long long)times[i]);
            random_steps(seed, times[i]);
        }
}

static struct sim_ticket push(struct evq *queue, sim_time at, unsigned phase, uint32_t who)
{
    const struct sim_event event = {.at = at, .who = who};
    struct sim_ticket ticket;
    assert_true(evq_push(queue, event, 0, phase, &ticket));
    return ticket;
}

static uint32_t pop_who(struct evq *queue)
{
    struct sim_event event = {0};
    uint32_t kind;
    assert_true(evq_pop(queue, &event, &kind));
    return event.who;
}

static void ties_fire_in_phase_then_schedule_order(void **state)
{
    (void)state;
    enum { EACH = 100 };
    struct arena *arena = arena_create(1 << 20);
    struct evq *queue = evq_create(arena, EVQ_PHASES * EACH);
    for (uint32_t i = 0; i < EACH; i++)
        for (unsigned phase = EVQ_PHASES; phase-- > 0;)
            (void)push(queue, 7, phase, phase * EACH + i);
    for (uint32_t i = 0; i < EVQ_PHASES * EACH; i++)
        assert_int_equal(pop_who(queue), i);
    arena_destroy(arena);
}

static void an_earlier_time_beats_a_lower_phase(void **state)
{
    (void)state;
    struct arena *arena = arena_create(1 << 16);
    struct evq *queue = evq_create(arena, 4);
    (void)push(queue, 8, 0, 2);
    (void)push(queue, 7, 7, 1);
    (void)push(queue, 0, 7, 0);
    (void)push(queue, SIM_NEVER - 1, 0, 3);
    for (uint32_t i = 0; i < 4; i++)
        assert_int_equal(pop_who(queue), i);
    arena_destroy(arena);
}

static void tickets_that_name_nothing_are_harmless(void **state)
{
    (void)state;
    struct arena *arena = arena_create(1 << 16);
    struct evq *queue = evq_create(arena, 4);
    const struct sim_ticket none = {0}, wild = {.slot = UINT32_MAX, .generation = 1};
    const struct sim_ticket unused = {.slot = 3, .generation = 1};
    assert_false(evq_cancel(queue, none));
    struct sim_ticket fired = push(queue, 1, 0, 1);
    assert_false(evq_cancel(queue, none)); // slot 0 is in use now
    assert_false(evq_cancel(queue, wild));
    assert_false(evq_cancel(queue, unused));
    assert_int_equal(pop_who(queue), 1);
    assert_false(evq_cancel(queue, none)); // slot 0 is free again
    assert_false(evq_pending(queue, fired));
    struct sim_ticket next = push(queue, 2, 0, 2);
    assert_int_equal(next.slot, fired.slot);
    assert_false(evq_cancel(queue, fired)); // its slot has a new tenant
    assert_true(evq_pending(queue, next));
    assert_int_equal(evq_count(queue), 1);
    arena_destroy(arena);
}

static void a_generation_that_wraps_never_meets_the_zero_ticket(void **state)
{
    (void)state;
    struct arena *arena = arena_create(1 << 16);
    struct evq *queue = evq_create(arena, 4);
    struct sim_ticket last = push(queue, 1, 0, 1);
    queue->slots[0].generation = last.generation = UINT32_MAX;
    assert_true(evq_pending(queue, last));
    assert_int_equal(pop_who(queue), 1);
    assert_false(evq_pending(queue, last));
    assert_false(evq_pending(queue, (struct sim_ticket){0}));
    assert_int_equal(push(queue, 2, 0, 2).generation, 1);
    assert_false(evq_pending(queue, (struct sim_ticket){0}));
    arena_destroy(arena);
}

static void a_full_queue_refuses_and_stays_as_it_was(void **state)
{
    (void)state;
    for (uint32_t capacity = 1; capacity <= 6; capacity++) {
        struct arena *arena = arena_create(1 << 16);
        struct evq *queue = evq_create(arena, capacity);
        for (int round = 0; round < 2; round++) {
            while (evq_count(queue) < capacity)
                (void)push(queue, 10 + evq_count(queue), 0, evq_count(queue));
            struct sim_ticket ticket = {.slot = 9, .generation = 9};
            assert_false(evq_push(queue, (struct sim_event){.at = 1}, 0, 0, &ticket));
            assert_int_equal(ticket.slot, 9);
            assert_int_equal(evq_count(queue), capacity);
            verify(queue);
            assert_int_equal(pop_who(queue), 0);
            (void)push(queue, 9, 0, 0);
        }
        arena_destroy(arena);
    }
}

// More events than the front holds; those that come last are the earliest, so each pushes one of
// the front into the heap.
static void events_move_between_front_and_heap(void **state)
{
    (void)state;
    enum { COUNT = 3 * EVQ_FRONT };
    struct arena *arena = arena_create(1 << 16);
    struct evq *queue = evq_create(arena, COUNT);
    struct sim_ticket tickets[COUNT];
    for (uint32_t i = 0; i < COUNT; i++)
        tickets[i] = push(queue, COUNT - i, 0, COUNT - i);
    assert_int_equal(evq_front_count(queue), EVQ_FRONT);
    assert_int_equal(queue->size, COUNT - EVQ_FRONT);
    verify(queue);
    assert_true(evq_cancel(queue, tickets[COUNT - 3])); // of time 3, in the front
    assert_true(evq_cancel(queue, tickets[3]));         // of the last but three, in the heap
    verify(queue);
    for (uint32_t at = 1; at <= COUNT; at++) {
        if (at == 3 || at == COUNT - 3) continue;
        assert_true(evq_next_time(queue) == at);
        assert_int_equal(pop_who(queue), at);
        verify(queue);
    }
    assert_true(evq_next_time(queue) == SIM_NEVER);
    assert_int_equal(evq_count(queue), 0);
    (void)push(queue, 4, 0, 4);
    assert_int_equal(pop_who(queue), 4);
    arena_destroy(arena);
}

static void pop_before_leaves_what_is_not_earlier(void **state)
{
    (void)state;
    struct arena *arena = arena_create(1 << 16);
    struct evq *queue = evq_create(arena, 4);
    struct sim_event event = {0};
    uint32_t kind;
    assert_false(evq_pop_before(queue, 5, &event, &kind));
    (void)push(queue, 5, 0, 1);
    (void)push(queue, 6, 0, 2);
    assert_false(evq_pop_before(queue, 5, &event, &kind));
    assert_true(evq_pop_before(queue, 6, &event, &kind));
    assert_int_equal(event.who, 1);
    assert_false(evq_pop_before(queue, 6, &event, &kind));
    assert_int_equal(evq_count(queue), 1);
    assert_true(evq_pop_before(queue, SIM_NEVER, &event, &kind));
    assert_int_equal(event.who, 2);
    arena_destroy(arena);
}

static void a_queue_says_that_it_is_worn_out_long_before_its_numbers_end(void **state)
{
    (void)state;
    struct arena *arena = arena_create(1 << 16);
    struct evq *queue = evq_create(arena, 4);
    queue->sequence = (UINT64_C(1) << 39) - (UINT64_C(1) << 36) - 1;
    assert_false(evq_worn_out(queue));
    (void)push(queue, 1, 7, 1);
    assert_true(evq_worn_out(queue));
    queue->sequence = (UINT64_C(1) << 39) - 2;
    (void)push(queue, 1, 7, 2);
    (void)push(queue, 1, 7, 3);
    assert_true(evq_worn_out(queue));
    for (uint32_t who = 1; who <= 3; who++)
        assert_int_equal(pop_who(queue), who);
    arena_destroy(arena);
}

static void children_share_a_cache_line(void **state)
{
    (void)state;
    struct arena *arena = arena_create(1 << 20);
    (void)arena_alloc(arena, 1, 1);
    for (uint32_t capacity = 1; capacity < 2000; capacity += 333)
        assert_int_equal((uintptr_t)(evq_create(arena, capacity)->heap + 1) % 64, 0);
    arena_destroy(arena);
}

static void push_at(void *at)
{
    struct evq *queue = evq_create(arena_create(1 << 16), 4);
    (void)evq_push(queue, (struct sim_event){.at = *(const sim_time *)at}, 0, 0, NULL);
}

static void times_outside_the_range_are_bugs(void **state)
{
    (void)state;
    static const sim_time wrong[] = {-1, SIM_NEVER};
    for (size_t i = 0; i < 2; i++) {
        sim_time at = wrong[i];
        struct crash crash = crash_of(push_at, &at);
        assert_true(crash_is_bug(&crash, "event.at >= 0 && event.at < SIM_NEVER"));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_sequence_of_steps_agrees_with_a_searched_array),
        cmocka_unit_test(ties_fire_in_phase_then_schedule_order),
        cmocka_unit_test(an_earlier_time_beats_a_lower_phase),
        cmocka_unit_test(tickets_that_name_nothing_are_harmless),
        cmocka_unit_test(a_generation_that_wraps_never_meets_the_zero_ticket),
        cmocka_unit_test(a_full_queue_refuses_and_stays_as_it_was),
        cmocka_unit_test(events_move_between_front_and_heap),
        cmocka_unit_test(pop_before_leaves_what_is_not_earlier),
        cmocka_unit_test(a_queue_says_that_it_is_worn_out_long_before_its_numbers_end),
        cmocka_unit_test(children_share_a_cache_line),
        cmocka_unit_test(times_outside_the_range_are_bugs),
    };
    return cmocka_run_group_tests_name("evq", tests, NULL, NULL);
}
