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
    const void *result;
    const char *folder;
    const struct output_options *options;
};

static bool write_file(const struct writing *w, const struct output_file *what)
{
    struct files_problem problem;
    struct files_writer file;
    bool done = files_open(&file, w->folder, what->name, &problem);
    if (done) {
        what->write(file.stream, w->result, w->options->exit_code);
        done = files_close(&file, &problem);
    }
    if (!done) say(w->options->log, problem.text);
    return done;
}

static size_t draw_all(const struct writing *w, output_draw *draw)
{
    struct files_problem problem = {""};
    char plots[FILES_PATH];
    size_t drawn = 0;
    if (files_path(plots, w->folder, "plots", &problem) && files_prepare_folder(plots, &problem))
        drawn = draw(w->result, plots, &problem);
    if (*problem.text) say(w->options->log, problem.text);
    return drawn;
}

// "wrote a, b and c, and 4 pictures in plots/, to FOLDER".
static void say_what(const struct writing *w, const struct output_file *files, size_t drawn)
{
    char text[FILES_PATH + 256];
    size_t used = (size_t)snprintf(text, sizeof text, "wrote ");
    for (const struct output_file *f = files; f->name && used < 200; f++)
        used += (size_t)snprintf(text + used, sizeof text - used, "%s%s",
                                 f == files  ? ""
                                 : f[1].name ? ", "
                                             : " and ",
                                 f->name);
    if (drawn > 0)
        used += (size_t)snprintf(text + used, sizeof text - used, ", and %zu picture%s in plots/,",
                                 drawn, drawn == 1 ? "" : "s");
    snprintf(text + used, sizeof text - used, " to %.*s", FILES_PATH, w->folder);
    say(w->options->log, text);
}

bool output_files(const struct output_file *files, output_draw *draw, const void *result,
                  const char *folder, const struct output_options *options)
{
    struct writing w = {result, folder, options};
    bool all = true;
    for (const struct output_file *f = files; f->name; f++)
        all = write_file(&w, f) && all;
    if (!all) return false;
    size_t drawn = options->plots && draw ? draw_all(&w, draw) : 0;
    if (!options->quiet) say_what(&w, files, drawn);
    return true;
}

static bool write_json(FILE *out, const void *result, int exit_code)
{
    return report_json(out, result, exit_code);
}

static bool write_replications(FILE *out, const void *result, int exit_code)
{
    (void)exit_code;
    return report_csv_replications(out, result);
}

static bool write_series(FILE *out, const void *result, int exit_code)
{
    (void)exit_code;
    return report_csv_series(out, result);
}

static bool write_marks(FILE *out, const void *result, int exit_code)
{
    (void)exit_code;
    return report_csv_marks(out, result);
}

static bool write_comparisons(FILE *out, const void *result, int exit_code)
{
    (void)exit_code;
    return report_csv_comparisons(out, result);
}

static size_t draw_figures(const void *result, const char *folder, struct files_problem *problem)
{
    return figures_draw(result, folder, problem);
}

bool output_write(const struct experiment_result *result, const char *folder,
                  const struct output_options *options)
{
    struct output_file files[] = {{"result.json", write_json},
                                  {"replications.csv", write_replications},
                                  {"series.csv", write_series},
                                  {"marks.csv", write_marks},
                                  {"comparisons.csv", write_comparisons},
                                  {NULL, NULL}};
    if (result->alternative_count < 2) files[4] = files[5];
    return output_files(files, draw_figures, result, folder, options);
}
