// Who can still be the best (MCB): for each alternative a bar, the interval of its mean minus the
// best mean of the others.  A bar that ends at 0 on the bad side belongs to one that is not.

#include <math.h>

#include "bench/experiment/mcb.h"
#include "bench/output/compare_best.h"
#include "bench/output/figures.h"
#include "bench/output/section.h"
#include "bench/output/wording.h"

enum { MOST_ROWS = 24 };

static size_t rows_of(const struct figure *figure)
{
    size_t count = figure->result->alternative_count;
    return count < MOST_ROWS ? count : MOST_ROWS;
}

bool figure_best_wanted(const struct figure *figure)
{
    const struct contest *contest = &figure->result->contest;
    for (size_t i = 0; contest->column && i < rows_of(figure); i++)
        if (isfinite(contest->contenders[i].low)) return true;
    return false;
}

// row,difference,low,high,open
static void write_rows(const struct figure *figure)
{
    const struct contest *contest = &figure->result->contest;
    double scale = section_scale(contest->column->metric);
    fputs("row,difference,low,high,open\n", figure->data);
    for (size_t i = 0; i < rows_of(figure); i++) {
        const struct contender *c = &contest->contenders[i];
        const double numbers[] = {c->mean * scale, c->low * scale, c->high * scale};
        fprintf(figure->data, "%zu", i);
        for (size_t n = 0; n < 3; n++) {
            fputc(',', figure->data);
            plot_number(figure->data, numbers[n]);
        }
        fprintf(figure->data, ",%d\n", mcb_can_be_best(contest->smallest, c));
    }
}

static void put_names(const struct figure *figure)
{
    FILE *out = figure->script;
    fputs("set ytics scale 0 (", out);
    for (size_t i = 0; i < rows_of(figure); i++) {
        if (i) fputs(", ", out);
        plot_tic(out, figure->result->alternatives[i].alternative->name, (double)i);
    }
    fprintf(out, ")\nset yrange [%zu.6:-0.6]\n", rows_of(figure) - 1);
}

void figure_best_draw(const struct figure *figure)
{
    FILE *out = figure->script;
    const struct contest *contest = &figure->result->contest;
    char name[WORDING], label[WORDING + 64];
    figure_frame(figure, "Who can still be the best?",
                 "95 % intervals that hold together (MCB); blue can be the best, grey is not");
    write_rows(figure);
    fputs("unset grid\nset grid xtics linecolor rgb '#E6E6E6' linetype 1\n"
          "set xlabel ",
          out);
    snprintf(label, sizeof label, "%s, minus the %s of the others",
             wording_title(figure->result, contest->column, name),
             contest->smallest ? "smallest" : "largest");
    plot_quote(out, label);
    fputs(" textcolor rgb '#333333'\nset bmargin at screen 0.15\n"
          "set offsets graph 0.04, graph 0.04, 0, 0\n"
          "set arrow 1 from first 0, graph 0 to first 0, graph 1 nohead back linewidth 1.2 "
          "linecolor rgb '#555555'\n",
          out);
    put_names(figure);
    figure_panel(figure, 0, 1);
    for (int open = 0; open <= 1; open++)
        fprintf(
            out,
            "%sdata using ($5==%d?$2:NaN):1:3:4:($1-0.3):($1+0.3) with boxxyerror linecolor rgb "
            "'%s' notitle",
            open ? ", \\\n    " : "plot ", open, open ? "#6BB3DD" : "#C9CED2");
    fputs(", \\\n    data using 2:1 with points pointtype 7 pointsize 1.1 linecolor rgb '#222222' "
          "notitle\n",
          out);
}
