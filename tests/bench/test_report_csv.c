#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "bench/output/report_csv.c" // the module under test, statics included

#include "tests/bench/compared.h"
#include "tests/bench/fixture_result.h"

typedef bool writer(FILE *out, const struct experiment_result *result);

static char *print(writer *write, const struct experiment_result *result)
{
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    assert_true(write(out, result));
    fclose(out);
    return text;
}

// Reads one record as RFC 4180 says: returns its cells' count and the place after it.
static size_t read_record(const char **text, char cells[32][128])
{
    size_t count = 0, used = 0;
    bool quoted = false;
    const char *p = *text;
    for (;; p++) {
        assert_true(*p != '\0' && used < 127 && count < 32);
        if (quoted && *p == '"' && p[1] == '"')
            cells[count][used++] = *p++;
        else if (*p == '"')
            quoted = !quoted;
        else if (quoted || (*p != ',' && *p != '\r'))
            cells[count][used++] = *p;
        else {
            cells[count++][used] = '\0';
            used = 0;
            if (*p == '\r') break;
        }
    }
    assert_int_equal(p[1], '\n');
    *text = p + 2;
    return count;
}

static void every_replication_comes_back(void **state)
{
    (void)state;
    struct fixture *f = fixture_create(2, 3);
    char *text = print(report_csv_replications, &f->result), cells[32][128];
    const char *at = text;
    assert_int_equal(read_record(&at, cells), 5 + LABELS);
    assert_string_equal(cells[0], "alternative");
    assert_string_equal(cells[3], "app");
    assert_string_equal(cells[4 + LABELS], "value");
    for (size_t a = 0; a < 2; a++)
        for (size_t r = 0; r < 3; r++)
            for (size_t c = 0; c < FIXTURE_ROWS; c++) {
                double value = f->values[a][r * FIXTURE_ROWS + c];
                assert_int_equal(read_record(&at, cells), 5 + LABELS);
                assert_string_equal(cells[0], f->names[a].name);
                assert_int_equal(atoi(cells[1]), r);
                assert_string_equal(cells[2], fixture_rows[c].metric);
                const char *app = fixture_rows[c].labels[LABEL_APP];
                assert_string_equal(cells[3], app ? app : "");
                if (isnan(value))
                    assert_string_equal(cells[4 + LABELS], "");
                else
                    assert_true(strtod(cells[4 + LABELS], NULL) == value);
            }
    assert_int_equal(*at, '\0');
    free(text);
    free(f);
}

static void the_last_bin_ends_at_the_horizon(void **state)
{
    (void)state;
    struct fixture *f = fixture_create(1, 1);
    f->names[0].config.horizon = 7190 * SIM_SECOND;
    char *text = print(report_csv_series, &f->result), cells[32][128];
    const char *at = text;
    size_t rows = 0;
    read_record(&at, cells);
    while (*at) {
        assert_int_equal(read_record(&at, cells), 6 + LABELS);
        if (rows++ == 0) assert_string_equal(cells[2], "60");
    }
    assert_int_equal(rows, f->alternatives[0].series.column_count * FIXTURE_BINS);
    assert_string_equal(cells[1], "7140");
    assert_string_equal(cells[2], "7190");
    free(text);
    free(f);
}

static void marks_have_their_instant(void **state)
{
    (void)state;
    struct fixture *f = fixture_create(2, 1);
    char *text = print(report_csv_marks, &f->result);
    assert_string_equal(text, "alternative,at_s,what,app,detail\r\n"
                              "recreate,3600,deploy,MyApp,recreate\r\n"
                              "recreate,3600,switch,MyApp,\r\n"
                              "rolling,3600,deploy,MyApp,rolling\r\n"
                              "rolling,3720,switch,MyApp,\r\n"
                              "rolling,3760,old_gone,MyApp,\r\n");
    free(text);
    free(f);
}

static void comparisons_are_one_row_each(void **state)
{
    (void)state;
    struct compared *c = compared_create(3, 0);
    char *text = print(report_csv_comparisons, &c->result), head[32][128], row[32][128];
    const char *p = text;
    size_t columns = read_record(&p, head);
    assert_string_equal(head[0], "alternative");
    assert_string_equal(head[columns - 1], "replications_needed");
    for (size_t i = 0; i < c->result.comparison_count; i++) {
        const struct comparison *own = &c->result.comparisons[i];
        assert_int_equal(read_record(&p, row), columns);
        assert_string_equal(row[0], i < COMPARED_COLUMNS ? "rolling" : "blue_green");
        assert_string_equal(row[1], "recreate");
        assert_string_equal(row[2], c->columns[own->column].metric->name);
        for (size_t k = 0; k < columns; k++) {
            if (strcmp(head[k], "simultaneous_high") == 0) assert_true(atof(row[k]) == own->high);
            if (strcmp(head[k], "paired") == 0) assert_string_equal(row[k], "1");
            if (strcmp(head[k], "verdict") == 0)
                assert_string_equal(row[k], comparison_verdict_names[own->verdict]);
            if (strcmp(head[k], "zone") == 0)
                assert_string_equal(row[k], own->column == 2 ? "2" : "");
        }
    }
    assert_string_equal(p, "");
    free(text);
    compared_free(c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_replication_comes_back),
        cmocka_unit_test(the_last_bin_ends_at_the_horizon),
        cmocka_unit_test(marks_have_their_instant),
        cmocka_unit_test(comparisons_are_one_row_each),
    };
    return cmocka_run_group_tests_name("report_csv", tests, NULL, NULL);
}
