#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "bench/output/rollout_words.c"

#include "tests/bench/fixture_result.h"

// Two alternatives and one rollout; the shares of the second one's ends are given.
struct scene {
    struct machine_config machines[3];
    struct revision_config revisions[2];
    struct timeline_config event;
    struct column columns[ROLLOUT_ENDS];
    struct summary summaries[2][ROLLOUT_ENDS];
    struct alternative names[2];
    struct alternative_result results[2];
    struct experiment_result result;
};

static void stage(struct scene *s, enum rollout_end end, double share)
{
    *s = (struct scene){
        .machines = {{.name = "GPU-H100"}, {.name = "GPU-A100"}, {.name = "GPU-A100"}},
        .revisions[1] = {.machines = {1, 2, 0}, .machine_count = 3},
        .event = {.name = "1", .kind = TIMELINE_DEPLOY, .revision = 1}};
    for (int e = 0; e < ROLLOUT_ENDS; e++) {
        double other = (int)end == e ? share : e == ROLLOUT_COMPLETED ? 1 - share : 0;
        s->columns[e].metric = metric_find("rollout_outcome");
        s->columns[e].labels[LABEL_APP] = "MyApp";
        s->columns[e].labels[LABEL_ROLLOUT] = "1";
        s->columns[e].labels[LABEL_OUTCOME] = rollout_end_names[e];
        s->summaries[0][e] = fixture_summary(e == ROLLOUT_COMPLETED, 0, 20);
        s->summaries[1][e] = fixture_summary(other, 0, 20);
    }
    for (int a = 0; a < 2; a++) {
        s->names[a].name = a == 0 ? "recreate" : "rolling";
        s->names[a].config.machines = s->machines;
        s->names[a].config.revisions = s->revisions;
        s->names[a].config.timeline = &s->event;
        s->names[a].config.timeline_count = 1;
        s->results[a] = (struct alternative_result){.alternative = &s->names[a],
                                                    .columns = s->columns,
                                                    .column_count = ROLLOUT_ENDS,
                                                    .summaries = s->summaries[a]};
    }
    s->result.alternatives = s->results;
    s->result.alternative_count = 2;
}

static void expect(struct scene *s, const char *wanted)
{
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    rollout_words_say(out, &s->result);
    fclose(out);
    assert_string_equal(text, wanted);
    free(text);
}

// R6: the machines that a stalled rollout waits for, each type once.
static void a_stalled_rollout_says_why(void **state)
{
    (void)state;
    struct scene s;
    stage(&s, ROLLOUT_STALLED, 1);
    expect(&s,
           "Rollout 1 of MyApp was completed with recreate; stalled for want of a free GPU-A100 "
           "or GPU-H100 with rolling. ");
    s.event.kind = TIMELINE_ROLLBACK;
    expect(&s, "Rollout 1 of MyApp was completed with recreate; stalled for want of capacity with "
               "rolling. ");
}

static void shares_are_counted(void **state)
{
    (void)state;
    struct scene s;
    stage(&s, ROLLOUT_ABORTED, 0.9);
    expect(&s,
           "Rollout 1 of MyApp was completed with recreate; completed in 2 of 20, aborted in 18 "
           "of 20 with rolling. ");
}

static void what_went_well_needs_no_words(void **state)
{
    (void)state;
    struct scene s;
    stage(&s, ROLLOUT_ABORTED, 0);
    expect(&s, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_stalled_rollout_says_why),
        cmocka_unit_test(shares_are_counted),
        cmocka_unit_test(what_went_well_needs_no_words),
    };
    return cmocka_run_group_tests_name("rollout_words", tests, NULL, NULL);
}
