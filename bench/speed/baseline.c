#include "bench/speed/baseline.h"

#include <cjson/cJSON.h>
#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "bench/experiment/memory.h"
#include "bench/input/json_text.h"

enum { FILE_MAX = 1 << 20, FORMAT_VERSION = 1 };

const char *const baseline_verdict_names[] = {"not slower", "slower", "cannot tell", NULL};

struct baseline {
    cJSON *root;
};

struct baseline_change baseline_compare(const struct measure_ratio *now,
                                        const struct measure_ratio *before)
{
    const double limit = 1 - BASELINE_TOLERANCE;
    struct baseline_change change = {
        .low = now->low / before->high,
        .middle = now->median / before->median,
        .high = now->high / before->low,
        .verdict = BASELINE_CANNOT_TELL,
    };
    if (change.high < limit) change.verdict = BASELINE_SLOWER;
    if (change.low > limit) change.verdict = BASELINE_NOT_SLOWER;
    return change;
}

static char *read_all(const char *path, char *error, size_t error_size)
{
    FILE *file = fopen(path, "r");
    char *text = memory_new(1, FILE_MAX + 1);
    size_t length = file ? fread(text, 1, FILE_MAX, file) : 0;
    bool good = file && !ferror(file);
    if (!good) snprintf(error, error_size, "%s: %s", path, strerror(errno));
    if (file) fclose(file);
    if (good && length == FILE_MAX) {
        snprintf(error, error_size, "%s: too large to be a speed.json", path);
        good = false;
    }
    if (good) return text;
    free(text);
    return NULL;
}

struct baseline *baseline_read(const char *path, char *error, size_t error_size)
{
    char *text = read_all(path, error, error_size);
    if (!text) return NULL;
    cJSON *root = cJSON_Parse(text);
    free(text);
    const cJSON *version = cJSON_GetObjectItemCaseSensitive(root, "warmpool_speed");
    if (cJSON_IsNumber(version) && version->valueint == FORMAT_VERSION &&
        cJSON_IsArray(cJSON_GetObjectItemCaseSensitive(root, "cases"))) {
        struct baseline *baseline = memory_new(sizeof *baseline, 1);
        baseline->root = root;
        return baseline;
    }
    snprintf(error, error_size, "%s: not a speed.json of this version; write one with --out", path);
    cJSON_Delete(root);
    return NULL;
}

static double number_of(const cJSON *entry, const char *key)
{
    const cJSON *node = cJSON_GetObjectItemCaseSensitive(entry, key);
    return cJSON_IsNumber(node) && node->valuedouble > 0 ? node->valuedouble : NAN;
}

struct measure_ratio baseline_find(const struct baseline *baseline, const char *name)
{
    const cJSON *cases = cJSON_GetObjectItemCaseSensitive(baseline->root, "cases"), *entry;
    cJSON_ArrayForEach(entry, cases)
    {
        const cJSON *node = cJSON_GetObjectItemCaseSensitive(entry, "case");
        if (!cJSON_IsString(node) || strcmp(node->valuestring, name) != 0) continue;
        return (struct measure_ratio){number_of(entry, "ratio"), number_of(entry, "ratio_low"),
                                      number_of(entry, "ratio_high")};
    }
    return (struct measure_ratio){NAN, NAN, NAN};
}

void baseline_free(struct baseline *baseline)
{
    if (!baseline) return;
    cJSON_Delete(baseline->root);
    free(baseline);
}

static void write_number(FILE *out, const char *key, double value)
{
    char text[JSON_NUMBER_TEXT];
    fprintf(out, ", \"%s\": %s", key, json_number_text(value, text));
}

void baseline_write(FILE *out, const struct measure_result *results, size_t count)
{
    fprintf(out, "{\"warmpool_speed\": %d, \"cases\": [", FORMAT_VERSION);
    for (size_t i = 0; i < count; i++) {
        const struct measure_result *r = &results[i];
        fprintf(out, "%s\n  {\"case\": ", i ? "," : "");
        json_write_string(out, r->what->name);
        fprintf(out, ", \"unit\": \"%s\", \"units\": %" PRIu64 ", \"events\": %" PRIu64,
                r->what->unit, r->units, r->events);
        write_number(out, "per_s", r->per_s);
        write_number(out, "reference_per_s", r->reference_per_s);
        write_number(out, "ratio", r->ratio.median);
        write_number(out, "ratio_low", r->ratio.low);
        write_number(out, "ratio_high", r->ratio.high);
        write_number(out, "noise", r->noise);
        write_number(out, "answer", r->answer);
        write_number(out, "reference_answer", r->reference_answer);
        fprintf(out, "}");
    }
    fprintf(out, "\n]}\n");
}
