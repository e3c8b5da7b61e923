#include "tests/bench/probe.h"

#include "bench/input/csv_reader.c"

#include <sys/stat.h>
#include <zlib.h>

// All rows of a file as one text: cells as line:column=text, rows on lines; a problem ends it with
// "!".
static char *read_all(const char *path)
{
    char *made = NULL;
    size_t size;
    FILE *out = open_memstream(&made, &size);
    struct csv_reader *csv = csv_reader_open(path);
    assert_non_null(out);
    assert_non_null(csv);
    struct csv_row row;
    struct csv_problem problem;
    for (;;) {
        enum csv_status status = csv_reader_next(csv, &row, &problem);
        if (status == CSV_END) break;
        if (status != CSV_ROW)
            fprintf(out, "!%u:%u %s", problem.line, problem.column, problem.expected);
        for (size_t i = 0; i < row.count && status == CSV_ROW; i++)
            fprintf(out, "%s%u:%u=%s", i ? " " : "", row.cells[i].line, row.cells[i].column,
                    row.cells[i].text);
        fputc('\n', out);
        if (status == CSV_BROKEN) break;
    }
    csv_reader_close(csv);
    fclose(out);
    return made;
}

static void expect_rows(const char *bytes, size_t length, const char *rows)
{
    char path[64];
    probe_write(path, "t.csv", bytes, length);
    char *got = read_all(path);
    if (strcmp(got, rows) != 0) fail_msg("expected %sgot %s", rows, got);
    free(got);
    probe_remove(path);
}

#define EXPECT(bytes, rows) expect_rows(bytes, sizeof bytes - 1, rows)

static void cells_and_their_places_are_found(void **state)
{
    (void)state;
    EXPECT("", "");
    EXPECT("a", "1:1=a\n");
    EXPECT("a,b\n1,2\n", "1:1=a 1:3=b\n2:1=1 2:3=2\n");
    EXPECT("a,b\r\n1,2\r\n", "1:1=a 1:3=b\n2:1=1 2:3=2\n");
    EXPECT("a,b\n\n\r\n1,", "1:1=a 1:3=b\n4:1=1 4:3=\n");
    EXPECT(",\n", "1:1= 1:2=\n");
    EXPECT("\xEF\xBB\xBF"
           "a,b",
           "1:1=a 1:3=b\n");
    EXPECT("\xC3\xA9,b", "1:1=\xC3\xA9 1:3=b\n");
}

static void quoted_cells_may_hold_anything(void **state)
{
    (void)state;
    EXPECT("\"a,b\",c", "1:1=a,b 1:7=c\n");
    EXPECT("\"a\"\"b\",c", "1:1=a\"b 1:8=c\n");
    EXPECT("\"a\nb\",c\nd,e", "1:1=a\nb 2:4=c\n3:1=d 3:3=e\n");
    EXPECT("\"\",x", "1:1= 1:4=x\n");
}

static void a_malformed_row_is_skipped(void **state)
{
    (void)state;
    EXPECT("a\"b\nc", "!1:2 quotes around the whole cell\n2:1=c\n");
    EXPECT("\"a\"b\nc", "!1:4 a comma or the end of the line after the closing quote\n2:1=c\n");
    EXPECT("a\0b\nc", "!1:2 text\n2:1=c\n");
    EXPECT("a\rb\nc", "!1:3 a line feed after the carriage return\n2:1=c\n");
    EXPECT("x\n\"abc\ndef", "1:1=x\n!2:1 a closing quote for this one\n");
}

static void the_limits_of_a_row_are_reported(void **state)
{
    (void)state;
    size_t length = CSV_ROW_MAX + 10;
    char *bytes = malloc(length);
    assert_non_null(bytes);
    memset(bytes, 'a', length);
    memcpy(bytes + length - 2, "\nb", 2);
    expect_rows(bytes, length, "!1:65536 a row of at most 64 KiB\n2:1=b\n");
    memset(bytes, ',', CSV_CELLS_MAX);
    memcpy(bytes + CSV_CELLS_MAX, "\nb", 2);
    expect_rows(bytes, CSV_CELLS_MAX + 2, "!1:2049 a row of at most 2048 cells\n2:1=b\n");
    free(bytes);
}

static void gzip_reads_like_the_plain_file(void **state)
{
    (void)state;
    char path[64];
    probe_write(path, "t.csv.gz", "", 0);
    gzFile file = gzopen(path, "wb");
    assert_non_null(file);
    for (int i = 0; i < 50000; i++)
        gzprintf(file, "%d,%d\n", i, i * 7919 % 50021);
    assert_int_equal(gzclose(file), Z_OK);
    struct csv_reader *csv = csv_reader_open(path);
    struct csv_row row;
    struct csv_problem problem;
    for (int pass = 0; pass < 2; pass++) {
        for (int i = 0; i < 50000; i++) {
            assert_int_equal(csv_reader_next(csv, &row, &problem), CSV_ROW);
            assert_int_equal(atoi(row.cells[0].text), i);
        }
        assert_int_equal(csv_reader_next(csv, &row, &problem), CSV_END);
        csv_reader_rewind(csv);
    }
    csv_reader_close(csv);
    probe_remove(path);
}

static void a_cut_off_gzip_file_is_broken(void **state)
{
    (void)state;
    char path[64];
    probe_write(path, "t.csv.gz", "", 0);
    gzFile file = gzopen(path, "wb");
    assert_non_null(file);
    for (int i = 0; i < 50000; i++)
        gzprintf(file, "%d,%d\n", i, i * 7919 % 50021);
    gzclose(file);
    struct stat status;
    assert_int_equal(stat(path, &status), 0);
    assert_int_equal(truncate(path, status.st_size / 2), 0);
    char *got = read_all(path);
    assert_non_null(strstr(got, " readable data\n"));
    free(got);
    probe_remove(path);
}

static void only_regular_files_are_opened(void **state)
{
    (void)state;
    assert_null(csv_reader_open("/nowhere/x.csv"));
    assert_int_equal(errno, ENOENT);
    assert_null(csv_reader_open("/tmp"));
    assert_int_equal(errno, EISDIR);
    assert_null(csv_reader_open("/dev/zero"));
    assert_int_equal(errno, EINVAL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells_and_their_places_are_found),
        cmocka_unit_test(quoted_cells_may_hold_anything),
        cmocka_unit_test(a_malformed_row_is_skipped),
        cmocka_unit_test(the_limits_of_a_row_are_reported),
        cmocka_unit_test(gzip_reads_like_the_plain_file),
        cmocka_unit_test(a_cut_off_gzip_file_is_broken),
        cmocka_unit_test(only_regular_files_are_opened),
    };
    return cmocka_run_group_tests_name("csv_reader", tests, NULL, NULL);
}
