#include "models/side.c"

#include "tests/models/rollout_kit.h"

static struct model *two_lines(struct kit *kit)
{
    *kit = rollout_kit(1, 10);
    kit_poisson(kit, 0, 1, dist_constant(1));
    kit_deploy(kit, 0, 900, "canary");
    struct model *m = kit_create(kit, 1, 0);
    side_open(m, &m->apps[0], 1, 0.25, false);
    return m;
}

// The share is kept exactly in the long run, and who belongs aside at a small weight does at a
// large one.
static void routes_are_keyed_by_the_request(void **state)
{
    (void)state;
    struct kit kit;
    struct model *m = two_lines(&kit);
    struct app *app = &m->apps[0];
    uint32_t other, aside = 0;
    for (uint32_t i = 0; i < 10000; i++) {
        struct request q = {.number = i};
        app->side.weight = 0.25;
        bool small = side_route(m, app, &q, &other) == 1;
        assert_int_equal(other, NONE);
        assert_int_equal(q.side, small);
        aside += small;
        app->side.weight = 0.5;
        assert_true(!small || side_route(m, app, &q, &other) == 1);
    }
    assert_in_range(aside, 2284, 2716); // five standard deviations, seed 1
    kit_drop(&kit);
    kit_free(&kit);
}

// Behind one line either revision may take what the other has no room for.
static void a_shared_line_names_both_revisions(void **state)
{
    (void)state;
    struct kit kit;
    struct model *m = two_lines(&kit);
    struct app *app = &m->apps[0];
    struct request q = {.number = 1};
    uint32_t other;
    side_open(m, app, 1, 0, true);
    assert_int_equal(side_route(m, app, &q, &other), 0); // no new runner is ready
    assert_int_equal(other, 1);
    m->pools[1].ready = 1000000;
    assert_int_equal(side_route(m, app, &q, &other), 1);
    assert_int_equal(other, 0);
    assert_false(q.side);
    m->pools[1].ready = 0;
    kit_drop(&kit);
    kit_free(&kit);
}

// Lines 1 4 and 2 3 5, by submission, become 1 2 3 4 5.
static void lines_merge_in_the_order_of_submission(void **state)
{
    (void)state;
    struct kit kit;
    struct model *m = two_lines(&kit);
    struct app *app = &m->apps[0];
    static const bool aside[] = {false, true, true, false, true};
    for (uint32_t i = 0; i < 5; i++) {
        struct line *line = aside[i] ? &app->side.line : &app->line;
        struct lane *lane = &line->lanes[0];
        struct request *q = &m->requests[i];
        *q = (struct request){.arrival = i, .side = aside[i], .next = NONE, .prev = lane->tail[0]};
        if (q->prev == NONE)
            lane->head[0] = i;
        else
            m->requests[q->prev].next = i;
        lane->tail[0] = i;
        lane->length++;
        line->length++;
    }
    side_close(m, app);
    assert_int_equal(app->line.length, 5);
    assert_int_equal(app->line.lanes[0].length, 5);
    assert_int_equal(app->line.lanes[0].head[0], 0);
    assert_int_equal(app->line.lanes[0].tail[0], 4);
    for (uint32_t i = 0; i < 5; i++) {
        assert_int_equal(m->requests[i].next, i == 4 ? NONE : i + 1);
        assert_int_equal(m->requests[i].prev, i == 0 ? NONE : i - 1);
        assert_false(m->requests[i].side);
    }
    assert_int_equal(app->side.pool, NONE);
    kit_drop(&kit);
    kit_free(&kit);
}

// Failures are the revision's own: not the caller's, not what the platform cut.
static void failures_are_the_revisions_own(void **state)
{
    (void)state;
    struct app app = {0};
    side_count(&app, &endings[ENDING_OK]);
    side_count(&app, &endings[ENDING_CUT]);
    side_count(&app, &endings[ENDING_CLIENT_ERROR]);
    assert_int_equal(app.side.failed, 0);
    side_count(&app, &endings[ENDING_REQUEST_TIMEOUT]);
    side_count(&app, &endings[ending_of_status(500)]);
    side_count(&app, &endings[ending_of_status(0)]);
    assert_int_equal(app.side.failed, 3);
    assert_int_equal(app.side.ended, 6);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(routes_are_keyed_by_the_request),
        cmocka_unit_test(a_shared_line_names_both_revisions),
        cmocka_unit_test(lines_merge_in_the_order_of_submission),
        cmocka_unit_test(failures_are_the_revisions_own),
    };
    return cmocka_run_group_tests_name("side", tests, NULL, NULL);
}
