// Recursive descent.  Chains of operators are loops, so only parentheses and signs nest, and those
// are counted.

#include "bench/input/condition.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/input/duration.h"
#include "bench/input/suggest.h"
#include "bench/input/utf8.h"

enum operation {
    OP_NUMBER,
    OP_TEXT,
    OP_NAME,
    OP_NOT,
    OP_MINUS,
    OP_OR,
    OP_AND,
    OP_EQUAL,
    OP_DIFFERS,
    OP_AT_MOST,
    OP_AT_LEAST,
    OP_BELOW,
    OP_ABOVE,
    OP_ADD,
    OP_SUBTRACT,
    OP_MULTIPLY,
    OP_DIVIDE,
    OP_REMAINDER,
};

struct condition {
    enum operation op;
    enum condition_type type;
    double number;
    const char *text;
    size_t name; // index
    const struct condition *left, *right;
};

struct parser {
    struct arena *arena;
    const char *text, *at;
    const struct condition_name *names;
    size_t count;
    struct condition_problem *problem;
    int depth;
};

static void skip_blanks(struct parser *p)
{
    while (*p->at == ' ' || *p->at == '\t' || *p->at == '\n' || *p->at == '\r')
        p->at++;
}

static size_t characters(const char *from, const char *to)
{
    size_t count = 0;
    for (; from < to; from++)
        count += ((unsigned char)*from & 0xC0) != 0x80;
    return count;
}

// Always NULL.  Only the first problem counts.
static const struct condition *refuse_at(struct parser *p, const char *at, size_t length,
                                         const char *expected, const char *hint)
{
    if (p->problem->expected) return NULL;
    *p->problem = (struct condition_problem){characters(p->text, at) + 1, expected, "", hint};
    size_t most = sizeof p->problem->got - 1;
    if (length > most) {
        length = most;
        while (length > 0 && ((unsigned char)at[length] & 0xC0) == 0x80)
            length--;
    }
    memcpy(p->problem->got, at, length);
    p->problem->got[length] = '\0';
    return NULL;
}

// The word or sign that stands there.
static size_t token_length(const char *at)
{
    size_t length = 0;
    while (isalnum((unsigned char)at[length]) || at[length] == '_' || at[length] == '.')
        length++;
    if (length > 0 || *at == '\0') return length;
    for (length = 1; ((unsigned char)at[length] & 0xC0) == 0x80;)
        length++;
    return length;
}

static const struct condition *refuse(struct parser *p, const char *expected)
{
    return refuse_at(p, p->at, token_length(p->at), expected, NULL);
}

static struct condition *node(struct parser *p, enum operation op, enum condition_type type)
{
    struct condition *made = arena_new(p->arena, struct condition, 1);
    made->op = op;
    made->type = type;
    return made;
}

static const struct condition *parse_or(struct parser *p);

// Values.

static const struct condition *read_number(struct parser *p)
{
    size_t length = token_length(p->at), digits = strspn(p->at, "0123456789.");
    // 1e-3: the sign is part of it.
    if (strspn(p->at + digits, "eE") == 1 && strchr("+-", p->at[digits + 1]) && p->at[digits + 1])
        length = digits + 2 + strspn(p->at + digits + 2, "0123456789");
    char *text = arena_new(p->arena, char, length + 1);
    memcpy(text, p->at, length);
    struct condition *made = node(p, OP_NUMBER, CONDITION_NUMBER);
    sim_time time;
    char *end;
    if (duration_parse(text, &time) == NULL) {
        made->number = sim_seconds(time);
    } else {
        bool plain = strspn(text, "0123456789.eE+-") == length && text[0] != '.';
        made->number = strtod(text, &end);
        if (!plain || *end || end[-1] == '.' || !isfinite(made->number))
            return refuse_at(p, p->at, length, "a number like 2.5 or a duration like 90s", NULL);
    }
    p->at += length;
    return made;
}

static const struct condition *read_text(struct parser *p)
{
    char quote = *p->at;
    const char *end = strchr(p->at + 1, quote);
    if (!end) return refuse_at(p, p->at, strlen(p->at), "a text that ends with its quote", NULL);
    size_t length = (size_t)(end - p->at) - 1;
    char *text = arena_new(p->arena, char, length + 1);
    memcpy(text, p->at + 1, length);
    struct condition *made = node(p, OP_TEXT, CONDITION_TEXT);
    made->text = text;
    p->at = end + 1;
    return made;
}

static const char *nearest_name(const struct parser *p, const char *word)
{
    struct suggest suggest = suggest_for(word);
    for (size_t i = 0; i < p->count; i++)
        suggest_offer(&suggest, p->names[i].name);
    return suggest_answer(&suggest);
}

static const struct condition *find_name(struct parser *p, const char *word, const char *at,
                                         size_t length)
{
    for (size_t i = 0; i < p->count; i++) {
        if (strcmp(p->names[i].name, word) != 0) continue;
        struct condition *made = node(p, OP_NAME, p->names[i].type);
        made->name = i;
        return made;
    }
    return refuse_at(p, at, length, "the name of an axis", nearest_name(p, word));
}

static const struct condition *read_word(struct parser *p)
{
    bool quoted = *p->at == '`';
    const char *at = p->at, *from = at + quoted;
    const char *end = quoted ? strchr(from, '`') : at + token_length(at);
    if (!end) return refuse_at(p, at, strlen(at), "a name that ends with `", NULL);
    size_t length = (size_t)(end - from);
    char *word = arena_new(p->arena, char, length + 1);
    memcpy(word, from, length);
    p->at = end + quoted;
    bool truth = strcmp(word, "true") == 0;
    if (!quoted && (truth || strcmp(word, "false") == 0)) {
        struct condition *made = node(p, OP_NUMBER, CONDITION_TRUTH);
        made->number = truth;
        return made;
    }
    return find_name(p, word, at, (size_t)(p->at - at));
}

static const struct condition *read_parentheses(struct parser *p)
{
    p->at++;
    const struct condition *inside = parse_or(p);
    skip_blanks(p);
    if (!inside) return NULL;
    if (*p->at != ')') return refuse(p, "an operator or \")\"");
    p->at++;
    return inside;
}

static const struct condition *parse_unary(struct parser *p);

static const struct condition *read_sign(struct parser *p)
{
    bool negation = *p->at == '!';
    const char *at = p->at++;
    const struct condition *inside = parse_unary(p);
    if (!inside) return NULL;
    enum condition_type type = negation ? CONDITION_TRUTH : CONDITION_NUMBER;
    if (inside->type != type)
        return refuse_at(p, at, 1, negation ? "a truth after !" : "a number after -", NULL);
    struct condition *made = node(p, negation ? OP_NOT : OP_MINUS, type);
    made->left = inside;
    return made;
}

static const struct condition *read_value(struct parser *p)
{
    if (*p->at == '!' || *p->at == '-') return read_sign(p);
    if (*p->at == '(') return read_parentheses(p);
    if (*p->at == '\'' || *p->at == '"') return read_text(p);
    if (isdigit((unsigned char)*p->at)) return read_number(p);
    if (isalpha((unsigned char)*p->at) || *p->at == '_' || *p->at == '`') return read_word(p);
    return refuse(p, "a name, a number, a text or \"(\"");
}

static const struct condition *parse_unary(struct parser *p)
{
    skip_blanks(p);
    if (p->depth == CONDITION_DEPTH_MAX) return refuse(p, "at most 64 signs and \"(\" in another");
    p->depth++;
    const struct condition *value = read_value(p);
    p->depth--;
    return value;
}

// Operators.

struct infix {
    const char *sign;
    enum operation op;
};

// The operator that stands there, longest first; NULL: none of these.
static const struct infix *take(struct parser *p, const struct infix *signs)
{
    skip_blanks(p);
    for (; signs->sign; signs++) {
        size_t length = strlen(signs->sign);
        if (strncmp(p->at, signs->sign, length) != 0) continue;
        p->at += length;
        return signs;
    }
    return NULL;
}

static const struct condition *join(struct parser *p, const struct infix *sign,
                                    enum condition_type type, const struct condition *left,
                                    const struct condition *right)
{
    struct condition *made = node(p, sign->op, type);
    made->left = left;
    made->right = right;
    return made;
}

static const char *const wants[] = {[CONDITION_NUMBER] = "numbers on both sides",
                                    [CONDITION_TEXT] = "texts on both sides",
                                    [CONDITION_TRUTH] = "truths on both sides"};

typedef const struct condition *parse_function(struct parser *p);

// Operands of one type, joined from the left.
static const struct condition *parse_chain(struct parser *p, const struct infix *signs,
                                           enum condition_type type, parse_function *operand)
{
    const struct condition *left = operand(p);
    while (left) {
        skip_blanks(p);
        const char *at = p->at;
        const struct infix *sign = take(p, signs);
        if (!sign) break;
        const struct condition *right = operand(p);
        if (!right) return NULL;
        if (left->type != type || right->type != type)
            return refuse_at(p, at, strlen(sign->sign), wants[type], NULL);
        left = join(p, sign, type, left, right);
    }
    return left;
}

static const struct condition *parse_term(struct parser *p)
{
    static const struct infix signs[] = {
        {"*", OP_MULTIPLY}, {"/", OP_DIVIDE}, {"%", OP_REMAINDER}, {NULL, OP_MULTIPLY}};
    return parse_chain(p, signs, CONDITION_NUMBER, parse_unary);
}

static const struct condition *parse_sum(struct parser *p)
{
    static const struct infix signs[] = {{"+", OP_ADD}, {"-", OP_SUBTRACT}, {NULL, OP_ADD}};
    return parse_chain(p, signs, CONDITION_NUMBER, parse_term);
}

static const struct condition *check_text(struct parser *p, const char *at,
                                          const struct condition *name,
                                          const struct condition *text)
{
    if (name->op != OP_NAME || text->op != OP_TEXT) return name;
    const char *const *texts = p->names[name->name].texts;
    for (size_t i = 0; texts[i]; i++)
        if (strcmp(texts[i], text->text) == 0) return name;
    return refuse_at(p, at, 0, "one of the values of the axis", suggest_among(text->text, texts));
}

static const struct condition *parse_test(struct parser *p)
{
    static const struct infix signs[] = {
        {"==", OP_EQUAL}, {"!=", OP_DIFFERS}, {"<=", OP_AT_MOST}, {">=", OP_AT_LEAST},
        {"<", OP_BELOW},  {">", OP_ABOVE},    {NULL, OP_EQUAL}};
    const struct condition *left = parse_sum(p);
    if (!left) return NULL;
    skip_blanks(p);
    const char *at = p->at;
    const struct infix *sign = take(p, signs);
    if (!sign) return left;
    const struct condition *right = parse_sum(p);
    if (!right) return NULL;
    bool order = sign->op != OP_EQUAL && sign->op != OP_DIFFERS;
    if (order && (left->type != CONDITION_NUMBER || right->type != CONDITION_NUMBER))
        return refuse_at(p, at, strlen(sign->sign), wants[CONDITION_NUMBER], NULL);
    if (left->type != right->type)
        return refuse_at(p, at, strlen(sign->sign), wants[left->type], NULL);
    if (!check_text(p, at, left, right) || !check_text(p, at, right, left)) return NULL;
    const struct condition *made = join(p, sign, CONDITION_TRUTH, left, right);
    skip_blanks(p);
    at = p->at;
    if (take(p, signs))
        return refuse_at(p, at, token_length(at), "\"&&\" between two comparisons", NULL);
    return made;
}

static const struct condition *parse_and(struct parser *p)
{
    static const struct infix signs[] = {{"&&", OP_AND}, {NULL, OP_AND}};
    return parse_chain(p, signs, CONDITION_TRUTH, parse_test);
}

static const struct condition *parse_or(struct parser *p)
{
    static const struct infix signs[] = {{"||", OP_OR}, {NULL, OP_OR}};
    return parse_chain(p, signs, CONDITION_TRUTH, parse_and);
}

const struct condition *condition_parse(struct arena *arena, const char *text,
                                        const struct condition_name *names, size_t count,
                                        struct condition_problem *problem)
{
    *problem = (struct condition_problem){0};
    struct parser p = {arena, text, text, names, count, problem, 0};
    if (strlen(text) > CONDITION_LENGTH_MAX)
        return refuse_at(&p, text, 0, "at most 4096 characters", NULL);
    const struct condition *made = parse_or(&p);
    if (!made) return NULL;
    skip_blanks(&p);
    if (*p.at) return refuse(&p, "an operator or the end");
    if (made->type != CONDITION_TRUTH)
        return refuse_at(&p, text, 0, "a comparison: something true or false", NULL);
    return made;
}

// Evaluation.

static const char *text_of(const struct condition *c, const struct condition_value *values)
{
    return c->op == OP_NAME ? values[c->name].text : c->text;
}

static double evaluate(const struct condition *c, const struct condition_value *values);

static double compare(const struct condition *c, const struct condition_value *values)
{
    if (c->left->type == CONDITION_TEXT) {
        bool same = strcmp(text_of(c->left, values), text_of(c->right, values)) == 0;
        return same == (c->op == OP_EQUAL);
    }
    double left = evaluate(c->left, values), right = evaluate(c->right, values);
    if (c->op == OP_AT_MOST) return left <= right;
    if (c->op == OP_AT_LEAST) return left >= right;
    if (c->op == OP_BELOW) return left < right;
    if (c->op == OP_ABOVE) return left > right;
    bool same = left >= right && left <= right;
    return same == (c->op == OP_EQUAL);
}

static double evaluate(const struct condition *c, const struct condition_value *values)
{
    switch (c->op) {
    case OP_NUMBER:
        return c->number;
    case OP_NAME:
        return values[c->name].number;
    case OP_TEXT:
        break;
    case OP_NOT:
        return !(evaluate(c->left, values) != 0);
    case OP_MINUS:
        return -evaluate(c->left, values);
    case OP_OR:
        return evaluate(c->left, values) != 0 || evaluate(c->right, values) != 0;
    case OP_AND:
        return evaluate(c->left, values) != 0 && evaluate(c->right, values) != 0;
    case OP_ADD:
        return evaluate(c->left, values) + evaluate(c->right, values);
    case OP_SUBTRACT:
        return evaluate(c->left, values) - evaluate(c->right, values);
    case OP_MULTIPLY:
        return evaluate(c->left, values) * evaluate(c->right, values);
    case OP_DIVIDE:
        return evaluate(c->left, values) / evaluate(c->right, values);
    case OP_REMAINDER:
        return fmod(evaluate(c->left, values), evaluate(c->right, values));
    case OP_EQUAL:
    case OP_DIFFERS:
    case OP_AT_MOST:
    case OP_AT_LEAST:
    case OP_BELOW:
    case OP_ABOVE:
        return compare(c, values);
    }
    return NAN;
}

bool condition_holds(const struct condition *condition, const struct condition_value *values)
{
    return evaluate(condition, values) != 0;
}
