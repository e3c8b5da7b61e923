#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "bench/output/paragraph.c"

#include <string.h>

static void pieces_become_one_wrapped_paragraph(void **state)
{
    (void)state;
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    struct paragraph *p = paragraph_open();
    for (int i = 0; i < 40; i++)
        fputs("four ", p->stream);
    fputs("\x1b[2Jend", p->stream);
    paragraph_print(p, out);
    paragraph_print(paragraph_open(), out); // empty: nothing
    paragraph_say(out, "%d of %s", 3, "them");
    fclose(out);
    assert_true(strncmp(text, "  four four", 11) == 0);
    assert_null(strchr(text, '\x1b'));
    assert_non_null(strstr(text, "?[2Jend\n  3 of them\n"));
    for (const char *line = text; *line; line += strcspn(line, "\n") + 1)
        assert_true(strcspn(line, "\n") <= TABLE_WIDTH);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pieces_become_one_wrapped_paragraph),
    };
    return cmocka_run_group_tests_name("paragraph", tests, NULL, NULL);
}
