#include <inttypes.h>
#include <stdio.h>

#include "bench/cmd.h"
#include "bench/study.h"

static const char *plural(size_t count)
{
    return count == 1 ? "" : "s";
}

static void print_good(const struct study *study)
{
    const struct scenario *scenario = &study->scenario;
    uint32_t apps = scenario->alternatives[0].config.app_count;
    printf("%s: ok: %" PRIu32 " app%s, %zu alternative%s, %zu expectation%s, ", study->path, apps,
           plural(apps), scenario->alternative_count, plural(scenario->alternative_count),
           scenario->expectation_count, plural(scenario->expectation_count));
    const struct replication_plan *plan = &scenario->replications;
    if (plan->until_count > 0 && plan->min < plan->max)
        printf("%" PRIu32 " to %" PRIu32 " replications\n", plan->min, plan->max);
    else
        printf("%" PRIu32 " replication%s\n", plan->min, plural(plan->min));
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
            print_good(&study);
            break;
        case STUDY_INVALID:
            status = STATUS_INVALID;
            break;
        case STUDY_NO_MEMORY:
            return STATUS_FAILED;
        }
        study_close(&study);
    }
    return status;
}
