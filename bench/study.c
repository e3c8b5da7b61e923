#include "bench/study.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "bench/input/file.h"
#include "bench/sweep_options.h"

// Address space for a scenario; only what is used of it becomes memory.
static const size_t reserve_bytes = (size_t)4 << 30;

enum { OVERRIDE_TEXT = 128, MOST_OWN = 6 }; // overrides besides those of --set

static const char *seed_override(struct arena *arena, const char *seed)
{
    size_t size = strlen(seed) + OVERRIDE_TEXT;
    char *text = arena_alloc(arena, 1, size);
    snprintf(text, size, "/seed=\"%s\"", seed);
    return text;
}

static struct scenario_override count_override(struct arena *arena, const char *pointer,
                                               uint64_t count, enum override_when when)
{
    char *text = arena_alloc(arena, 1, OVERRIDE_TEXT);
    snprintf(text, OVERRIDE_TEXT, "%s=%" PRIu64, pointer, count);
    return (struct scenario_override){text, when, "replications"};
}

// Exactly so many: then a rule that would stop earlier has nothing to say.  What else a plan says,
// such as its confidence, stays.
static size_t override_replications(struct arena *arena, uint64_t count,
                                    struct scenario_override *list)
{
    list[0] = count_override(arena, "/replications/min", count, OVERRIDE_IF_OBJECT);
    list[1] = count_override(arena, "/replications/max", count, OVERRIDE_IF_OBJECT);
    list[2] =
        (struct scenario_override){"/replications/until=[]", OVERRIDE_IF_OBJECT, "replications"};
    list[3] = count_override(arena, "/replications", count, OVERRIDE_UNLESS_OBJECT);
    return 4;
}

static size_t list_overrides(struct arena *arena, const struct options *options,
                             struct scenario_override *list)
{
    size_t count = 0;
    for (; count < options->sets.count; count++)
        list[count].text = options->sets.items[count];
    if (options->twin) list[count++].text = "/twin=true";
    if (options->seed) list[count++].text = seed_override(arena, options->seed);
    if (options->replications > 0)
        count += override_replications(arena, options->replications, &list[count]);
    return count;
}

enum study_end study_load(struct study *study, const char *path, const struct options *options,
                          FILE *problems)
{
    *study = (struct study){.path = path, .arena = arena_create(reserve_bytes)};
    if (!study->arena) {
        fprintf(problems, "warmpool: %s: no memory: %s\n", path, strerror(errno));
        return STUDY_NO_MEMORY;
    }
    struct scenario_override *overrides =
        arena_new(study->arena, struct scenario_override,
                  options->sets.count + MOST_OWN + SWEEP_OPTIONS_OVERRIDES);
    size_t count = list_overrides(study->arena, options, overrides);
    count += sweep_options_overrides(study->arena, options, &overrides[count]);
    struct diag *diag = diag_create(study->arena);
    struct file_text file;
    bool good = file_read(&file, study->arena, path, diag);
    if (good) {
        study->source =
            (struct scenario_source){{file.name, file.text, file.length}, overrides, count};
        good = scenario_load_text(&study->scenario, study->arena, &study->source.text, overrides,
                                  count, diag);
    }
    diag_print(diag, problems);
    return good ? STUDY_GOOD : STUDY_INVALID;
}

void study_close(struct study *study)
{
    arena_destroy(study->arena);
    *study = (struct study){0};
}
