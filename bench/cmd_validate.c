#include <inttypes.h>
#include <stdio.h>

#include "bench/cmd.h"
#include "bench/input/scenario_search.h"
#include "bench/running.h"
#include "bench/study.h"

static const char *plural(size_t count)
{
    return count == 1 ? "" : "s";
}

static double settings(const struct search_plan *plan)
{
    double product = 1;
    for (size_t k = 0; k < plan->knob_count; k++)
        product *= (double)plan->knobs[k].axis.count;
    return product;
}

// `points` of a sweep; 0: there is none.
static void print_good(const struct study *study, size_t points)
{
    const struct scenario *scenario = &study->scenario;
    uint32_t apps = scenario->alternatives[0].config.app_count;
    printf("%s: ok: %" PRIu32 " app%s, %zu alternative%s, %zu expectation%s, ", study->path, apps,
           plural(apps), scenario->alternative_count, plural(scenario->alternative_count),
           scenario->expectation_count, plural(scenario->expectation_count));
    const struct replication_plan *plan = &scenario->replications;
    if (plan->until_count > 0 && plan->min < plan->max)
        printf("%" PRIu32 " to %" PRIu32 " replications", plan->min, plan->max);
    else
        printf("%" PRIu32 " replication%s", plan->min, plural(plan->min));
    if (points > 0) printf(", a sweep of %zu point%s", points, plural(points));
    if (scenario->search) printf(", a plan over %.15g settings", settings(scenario->search));
    printf("\n");
}

static enum status check(const struct study *study)
{
    struct design design = {0};
    if (study->scenario.sweep && cmd_points(study, &design) != STATUS_OK) return STATUS_INVALID;
    print_good(study, design.count);
    return STATUS_OK;
}

enum status cmd_validate(const struct options *options)
{
    if (options->operands.count < 2) {
        fprintf(stderr, "warmpool: validate: no scenario file given\n");
        return STATUS_USAGE;
    }
    enum status status = STATUS_OK;
    for (size_t i = 1; i < options->operands.count; i++) {
        struct study study;
        switch (study_load(&study, options->operands.items[i], options, stderr)) {
        case STUDY_GOOD:
            status = running_worse(status, check(&study));
            break;
        case STUDY_INVALID:
            status = running_worse(status, STATUS_INVALID);
            break;
        case STUDY_NO_MEMORY:
            return STATUS_FAILED;
        }
        study_close(&study);
    }
    return status;
}
