// Pictures with bars: where the machine time went, and who would pay under each auth mode.  Means
// over replications.

#include <math.h>
#include <string.h>

#include "bench/output/figures.h"
#include "bench/output/number.h"
#include "models/config.h"
#include "models/metrics.h"

enum { MOST_BARS = 24, LEAST_ROWS = 3, MOST_CLUSTERS = 6 };

static double mean_of(const struct alternative_result *a, const struct column *wanted)
{
    size_t c = column_find(a->columns, a->column_count, wanted);
    return c == SIZE_MAX ? NAN : a->summaries[c].mean;
}

static const struct {
    const char *state, *colour;
} uses[] = {
    {"busy", "#0072B2"}, {"idle", "#6BB3DD"}, {"starting", "#F0A15E"}, {"draining", "#8FA3B0"}};
enum { USES = sizeof uses / sizeof *uses };
static const char free_colour[] = "#ECEFF1";

// The machine types that the result tells something about.
static const char *next_type(const struct alternative_result *a, size_t *column)
{
    for (; *column < a->column_count; ++*column) {
        const struct column *c = &a->columns[*column];
        if (c->metric == metric_find("machine_s") && c->labels[LABEL_STATE] &&
            strcmp(c->labels[LABEL_STATE], "busy") == 0)
            return c->labels[LABEL_MACHINE_TYPE];
    }
    return NULL;
}

struct bar {
    const char *type;
    double seconds[USES], held;
    double whole; // the capacity, or what is held when that is unlimited
    bool limited;
};

static struct bar bar_of(const struct alternative_result *a, const char *type)
{
    struct bar bar = {.type = type};
    struct column column = {.metric = metric_find("machine_s")};
    column.labels[LABEL_MACHINE_TYPE] = type;
    for (size_t u = 0; u < USES; u++) {
        column.labels[LABEL_STATE] = uses[u].state;
        double seconds = mean_of(a, &column);
        bar.seconds[u] = isfinite(seconds) ? seconds : 0;
        bar.held += bar.seconds[u];
    }
    column.metric = metric_find("machine_capacity_s");
    column.labels[LABEL_STATE] = NULL;
    double capacity = mean_of(a, &column);
    bar.limited = capacity > 0;
    bar.whole = fmax(bar.limited ? capacity : 0, bar.held);
    return bar;
}

static size_t find_bars(const struct figure *figure, struct bar bars[MOST_BARS])
{
    size_t count = 0;
    const char *type;
    for (size_t c = 0; (type = next_type(figure->alternative, &c)) && count < MOST_BARS; c++) {
        struct bar bar = bar_of(figure->alternative, type);
        if (bar.whole > 0) bars[count++] = bar;
    }
    return count;
}

bool figure_machines_wanted(const struct figure *figure)
{
    struct bar bars[MOST_BARS];
    return find_bars(figure, bars) > 0;
}

// One rectangle for each use, and what is left of the capacity; a line each in the data file.
static void write_bar(const struct figure *figure, const struct bar *bar, size_t place)
{
    double from = 0;
    for (size_t u = 0; u <= USES; u++) {
        double share = 100 * (u < USES ? bar->seconds[u] : bar->whole - bar->held) / bar->whole;
        fprintf(figure->data, "%zu,%zu,", place, u);
        plot_number(figure->data, from);
        fputc(',', figure->data);
        plot_number(figure->data, from + share);
        fputc('\n', figure->data);
        if (share >= 6) {
            fputs("set label ", figure->script);
            plot_quote(figure->script, number_percent(share / 100).text);
            fputs(" at first ", figure->script);
            plot_number(figure->script, from + share / 2);
            fprintf(figure->script, ", first %zu center front textcolor rgb '%s'\n", place,
                    u == 0 ? "#FFFFFF" : "#333333");
        }
        from += share;
    }
}

// Does any bar have a part of this colour?
static bool is_used(const struct bar *bars, size_t count, size_t use)
{
    for (size_t b = 0; b < count; b++)
        if ((use < USES ? bars[b].seconds[use] : bars[b].whole - bars[b].held) > 0) return true;
    return false;
}

static void machines_title(const struct figure *figure, const struct bar *bars, size_t count)
{
    const struct alternative_result *a = figure->alternative;
    bool several = figure->result->alternative_count > 1;
    size_t top = 0;
    char title[PLOT_TEXT + 32], subtitle[PLOT_TEXT * 2];
    for (size_t b = 1; b < count; b++)
        if (bars[b].held > bars[top].held) top = b;
    double share = bars[top].seconds[0] / bars[top].whole;
    snprintf(title, sizeof title, "%.60s: busy %s of %s", bars[top].type,
             number_percent(share).text,
             bars[top].limited ? "its capacity" : "the time it is held");
    snprintf(subtitle, sizeof subtitle, "machine time by use (%.60s%smean of %u replications)",
             several ? a->alternative->name : "", several ? ", " : "", a->replications);
    figure_frame(figure, title, subtitle);
}

void figure_machines_draw(const struct figure *figure)
{
    FILE *out = figure->script;
    struct bar bars[MOST_BARS] = {0};
    size_t count = find_bars(figure, bars);
    machines_title(figure, bars, count);
    fputs("machine,use,from_perc,to_perc\n", figure->data);
    fputs("unset grid\nset offsets\nset grid xtics linecolor rgb '#E6E6E6' linetype 1\n"
          "set lmargin at screen 0.19\nset xrange [0:100]\nset format x '%g %%'\n"
          "set xlabel 'share of capacity, or of the time held where capacity is unlimited' "
          "textcolor rgb '#333333'\nset ytics scale 0 (",
          out);
    for (size_t b = 0; b < count; b++) {
        char name[PLOT_TEXT];
        snprintf(name, sizeof name, "%.60s%s", bars[b].type, bars[b].limited ? "" : " (unlimited)");
        fputs(b ? ", " : "", out);
        plot_tic(out, name, (double)b);
    }
    fprintf(out, ")\nset yrange [%zu.6:-0.6]\n", (count > LEAST_ROWS ? count : LEAST_ROWS) - 1);
    for (size_t b = 0; b < count; b++)
        write_bar(figure, &bars[b], b);
    const char *before = "plot ";
    for (size_t u = 0; u <= USES; u++) {
        if (!is_used(bars, count, u)) continue;
        fprintf(out,
                "%sdata using ($2==%zu?0.5*($3+$4):NaN):1:3:4:($1-0.32):($1+0.32) with boxxyerror "
                "linecolor rgb '%s' title '%s'",
                before, u, u < USES ? uses[u].colour : free_colour,
                u < USES ? uses[u].state : "free");
        before = ", \\\n    ";
    }
    fputc('\n', out);
}

static const struct {
    const char *payer, *name, *colour;
} payers[] = {{"owner", "owner", "#0072B2"},
              {"callers", "callers", "#F0A15E"},
              {"absorbed", "nobody", "#B8C1C7"}};
enum { PAYER_COUNT = sizeof payers / sizeof *payers };

// Over the apps.
static double mode_usd(const struct alternative_result *a, const char *mode, const char *payer)
{
    double usd = NAN;
    for (size_t c = 0; c < a->column_count; c++) {
        const struct column *column = &a->columns[c];
        if (column->metric != metric_find("cost_mode_usd")) continue;
        const char *const *l = column->labels;
        if (!l[LABEL_AUTH_MODE] || strcmp(l[LABEL_AUTH_MODE], mode) != 0) continue;
        if (!l[LABEL_PAYER] || strcmp(l[LABEL_PAYER], payer) != 0) continue;
        usd = isnan(usd) ? a->summaries[c].mean : usd + a->summaries[c].mean;
    }
    return usd;
}

static size_t clusters_of(const struct figure *figure)
{
    size_t count = figure->result->alternative_count;
    return count < MOST_CLUSTERS ? count : MOST_CLUSTERS;
}

// The names of the modes need more room than their bars have.
static bool is_crowded(const struct figure *figure)
{
    return clusters_of(figure) > 2;
}

static bool pays(const struct figure *figure, const char *payer)
{
    for (size_t i = 0; i < clusters_of(figure); i++)
        for (size_t mode = 0; auth_mode_names[mode]; mode++)
            if (mode_usd(&figure->result->alternatives[i], auth_mode_names[mode], payer) > 0)
                return true;
    return false;
}

bool figure_modes_wanted(const struct figure *figure)
{
    return pays(figure, "owner") || pays(figure, "callers") || pays(figure, "absorbed");
}

// A bar for each mode, a cluster of bars for each alternative.
static void write_modes(const struct figure *figure, size_t cluster)
{
    const struct alternative_result *a = &figure->result->alternatives[cluster];
    for (size_t mode = 0; auth_mode_names[mode]; mode++) {
        double sum = 0;
        fprintf(figure->data, "%zu", cluster * (AUTH_MODES + 1) + mode);
        for (size_t p = 0; p < PAYER_COUNT; p++) {
            double usd = mode_usd(a, auth_mode_names[mode], payers[p].payer);
            sum += isfinite(usd) ? usd : 0;
            fputc(',', figure->data);
            plot_number(figure->data, sum);
        }
        fputc('\n', figure->data);
    }
    if (figure->result->alternative_count == 1) return;
    fputs("set label ", figure->script);
    plot_quote(figure->script, a->alternative->name);
    fprintf(figure->script, " at first %zu, graph 0 offset 0,-%s center textcolor rgb '#111111'\n",
            cluster * (AUTH_MODES + 1) + 1, is_crowded(figure) ? "4.2" : "2.2");
}

void figure_modes_draw(const struct figure *figure)
{
    FILE *out = figure->script;
    size_t clusters = clusters_of(figure);
    char subtitle[PLOT_TEXT];
    snprintf(subtitle, sizeof subtitle, "the same runs priced under each auth mode, mean%s",
             clusters < figure->result->alternative_count ? "; the first alternatives" : "");
    figure_frame(figure, "Who pays, by auth mode", subtitle);
    fputs("payer_place,owner_usd,and_callers_usd,and_absorbed_usd\n", figure->data);
    fprintf(out,
            "set bmargin at screen %s\nset ylabel 'cost, USD' textcolor rgb '#333333'\n"
            "set yrange [0:*]\nset boxwidth 0.8\nset xrange [-0.8:%zu.8]\nset xtics scale 0 %s (",
            is_crowded(figure) ? "0.22" : "0.16", clusters * (AUTH_MODES + 1) - 2,
            is_crowded(figure) ? "rotate by 40 right" : "norotate");
    for (size_t i = 0; i < clusters; i++)
        for (size_t mode = 0; auth_mode_names[mode]; mode++)
            fprintf(out, "%s'%s' %zu", i + mode ? ", " : "", auth_mode_names[mode],
                    i * (AUTH_MODES + 1) + mode);
    fputs(")\n", out);
    for (size_t i = 0; i < clusters; i++)
        write_modes(figure, i);
    const char *before = "plot ";
    for (size_t p = PAYER_COUNT; p-- > 0;) {
        if (!pays(figure, payers[p].payer)) continue;
        fprintf(out, "%sdata using 1:%zu with boxes linecolor rgb '%s' title '%s'", before, p + 2,
                payers[p].colour, payers[p].name);
        before = ", \\\n    ";
    }
    fputc('\n', out);
}
