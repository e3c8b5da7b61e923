#include "bench/output/output.h"

#include <string.h>

#include "bench/output/figures.h"
#include "bench/output/files.h"
#include "bench/output/report_csv.h"
#include "bench/output/report_json.h"
#include "bench/output/text.h"

static void say(FILE *log, const char *text)
{
    char line[FILES_PATH + 512];
    fprintf(log, "warmpool: %s\n", text_line(line, sizeof line, text));
}

bool output_prepare(const char *folder, FILE *log)
{
    struct files_problem problem;
    if (files_prepare_folder(folder, &problem)) return true;
    say(log, problem.text);
    return false;
}

struct writing {
    const struct experiment_result *result;
    const char *folder;
    const struct output_options *options;
};

typedef bool write_csv(FILE *out, const struct experiment_result *result);

// csv NULL: result.json.
static bool write_file(const struct writing *w, const char *name, write_csv *csv)
{
    struct files_problem problem;
    struct files_writer file;
    bool done = files_open(&file, w->folder, name, &problem);
    if (done) {
        if (csv)
            csv(file.stream, w->result);
        else
            report_json(file.stream, w->result, w->options->exit_code);
        done = files_close(&file, &problem);
    }
    if (!done) say(w->options->log, problem.text);
    return done;
}

static size_t draw(const struct writing *w)
{
    struct files_problem problem;
    char plots[FILES_PATH];
    size_t drawn = 0;
    if (files_path(plots, w->folder, "plots", &problem) && files_prepare_folder(plots, &problem))
        drawn = figures_draw(w->result, plots, &problem);
    if (*problem.text) say(w->options->log, problem.text);
    return drawn;
}

bool output_write(const struct experiment_result *result, const char *folder,
                  const struct output_options *options)
{
    struct writing w = {result, folder, options};
    char text[FILES_PATH + 256];
    bool json = write_file(&w, "result.json", NULL);
    bool replications = write_file(&w, "replications.csv", report_csv_replications);
    bool series = write_file(&w, "series.csv", report_csv_series);
    bool marks = write_file(&w, "marks.csv", report_csv_marks);
    bool several = result->alternative_count > 1;
    bool comparisons = !several || write_file(&w, "comparisons.csv", report_csv_comparisons);
    if (!json || !replications || !series || !marks || !comparisons) return false;
    size_t drawn = options->plots ? draw(&w) : 0;
    int used =
        snprintf(text, sizeof text, "wrote result.json, replications.csv, series.csv%s marks.csv%s",
                 several ? "," : " and", several ? " and comparisons.csv" : "");
    if (drawn > 0)
        used += snprintf(text + used, sizeof text - (size_t)used, ", and %zu pictures in plots/,",
                         drawn);
    snprintf(text + used, sizeof text - (size_t)used, " to %.*s", FILES_PATH, folder);
    if (!options->quiet) say(options->log, text);
    return true;
}
