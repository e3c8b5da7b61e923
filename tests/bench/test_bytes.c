#include "tests/bench/probe.h"

#include "bench/input/bytes.c"

static struct bytes bytes; // too large for a stack

static void open_text(const char *text, size_t length)
{
    char path[64];
    probe_write(path, "t.txt", text, length);
    assert_true(bytes_open(&bytes, path));
    probe_remove(path);
}

// Columns count code points: the second byte of the letter has the place of the next character.
static void places_count_lines_and_code_points(void **state)
{
    (void)state;
    open_text("a\xC3\xA9z\nb", 6);
    static const struct {
        int byte;
        unsigned line, column; // before it is taken
    } wanted[] = {{'a', 1, 1}, {0xC3, 1, 2}, {0xA9, 1, 3}, {'z', 1, 3}, {'\n', 1, 4}, {'b', 2, 1}};
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < 6; i++) {
            assert_int_equal(bytes_peek(&bytes), wanted[i].byte);
            assert_int_equal(bytes.line, wanted[i].line);
            assert_int_equal(bytes.column, wanted[i].column);
            assert_int_equal(bytes_take(&bytes), wanted[i].byte);
        }
        assert_int_equal(bytes_take(&bytes), NO_BYTE);
        assert_int_equal(bytes_peek(&bytes), NO_BYTE);
        assert_false(bytes.failed);
        bytes_rewind(&bytes);
    }
    assert_false(bytes_accept(&bytes, 'b'));
    assert_true(bytes_accept(&bytes, 'a'));
    bytes_close(&bytes);
}

static void a_mark_at_the_start_is_skipped(void **state)
{
    (void)state;
    open_text("\xEF\xBB\xBFx\xEF\xBB\xBF", 7);
    bytes_skip_mark(&bytes);
    assert_int_equal(bytes_take(&bytes), 'x');
    bytes_skip_mark(&bytes); // not at the start
    assert_int_equal(bytes_take(&bytes), 0xEF);
    bytes_close(&bytes);
    open_text("\xEF\xBB", 2);
    bytes_skip_mark(&bytes);
    assert_int_equal(bytes_take(&bytes), 0xEF);
    bytes_close(&bytes);
}

static void gzip_is_read_and_a_cut_off_one_fails(void **state)
{
    (void)state;
    char path[64];
    static unsigned char packed[1 << 18];
    probe_write(path, "t.gz", "", 0);
    gzFile out = gzopen(path, "wb");
    for (int i = 0; i < 50000; i++) // more than a buffer
        gzprintf(out, "%d\n", i);
    assert_int_equal(gzclose(out), Z_OK);
    FILE *in = fopen(path, "rb");
    assert_non_null(in);
    size_t size = fread(packed, 1, sizeof packed, in);
    fclose(in);
    assert_in_range(size, 1000, sizeof packed - 1);
    for (int cut = 0; cut < 2; cut++) {
        probe_remove(path);
        probe_write(path, "t.gz", (char *)packed, cut ? size / 2 : size);
        assert_true(bytes_open(&bytes, path));
        long count = 0;
        while (bytes_take(&bytes) != NO_BYTE)
            count++;
        assert_int_equal(bytes.failed, cut);
        if (!cut)
            assert_int_equal(count, 288890); // 10 x 2 + 90 x 3 + 900 x 4 + 9000 x 5 + 40000 x 6
        bytes_close(&bytes);
    }
    probe_remove(path);
}

static void only_regular_files_are_opened(void **state)
{
    (void)state;
    assert_false(bytes_open(&bytes, "/nowhere/t"));
    assert_int_equal(errno, ENOENT);
    assert_false(bytes_open(&bytes, "/tmp"));
    assert_int_equal(errno, EISDIR);
    assert_false(bytes_open(&bytes, "/dev/zero"));
    assert_int_equal(errno, EINVAL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(places_count_lines_and_code_points),
        cmocka_unit_test(a_mark_at_the_start_is_skipped),
        cmocka_unit_test(gzip_is_read_and_a_cut_off_one_fails),
        cmocka_unit_test(only_regular_files_are_opened),
    };
    return cmocka_run_group_tests_name("bytes", tests, NULL, NULL);
}
