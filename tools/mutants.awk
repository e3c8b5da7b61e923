# Prints the small changes that can be made to a C file of the program, one a line:
#     LINE <tab> COLUMN <tab> OLD <tab> NEW
# Comments, texts, checks, tables and declarations are left alone.

function propose(at, old, new)
{
    printf "%d\t%d\t%s\t%s\n", FNR, at, old, new
}

# Every place of a token in the code of this line.
function tokens(code, old, new,    from, at)
{
    from = 1
    while ((at = index(substr(code, from), old)) > 0) {
        propose(from + at - 1, old, new)
        from += at + length(old) - 1
    }
}

# The line with texts blanked, up to a comment.
function code_of(line,    out, i, c, quoted)
{
    out = ""
    quoted = ""
    for (i = 1; i <= length(line); i++) {
        c = substr(line, i, 1)
        if (quoted == "" && substr(line, i, 2) == "//") break
        if (quoted != "") {
            if (c == "\\") { out = out "  "; i++; continue }
            if (c == quoted) quoted = ""
            out = out "_"
        } else if (c == "\"" || c == "'") {
            quoted = c
            out = out "_"
        } else {
            out = out c
        }
    }
    return out
}

/^[^ ].*\)$/ { inside = 0 }
/^\{/ { inside = 1 }
/^\}/ { inside = 0 }
!inside { next }

{
    code = code_of($0)
    if (code ~ /SIM_CHECK|sim_fault|model_trace|static const|_Static_assert|^ *case |^ *#/) next
    tokens(code, " < ", " <= ")
    tokens(code, " > ", " >= ")
    tokens(code, " <= ", " < ")
    tokens(code, " >= ", " > ")
    tokens(code, " == ", " != ")
    tokens(code, " != ", " == ")
    tokens(code, " && ", " || ")
    tokens(code, " || ", " && ")
    tokens(code, " + ", " - ")
    tokens(code, " - ", " + ")
    tokens(code, " * ", " / ")
    tokens(code, " / ", " * ")
    tokens(code, " += ", " -= ")
    tokens(code, " -= ", " += ")
    tokens(code, "++", "--")
    tokens(code, "--", "++")
    tokens(code, "true", "false")
    tokens(code, "false", "true")
    tokens(code, " 0;", " 1;")
    tokens(code, " 1;", " 0;")
    tokens(code, "return ", "return !")
    tokens(code, "if (", "if (!")
    # A statement that fills its line is left out.
    if (code ~ /^ +[a-z][A-Za-z0-9_>.\[\]-]*( [-+|&]?= |\().*;$/ && code !~ /^ *return/) {
        match(code, /^ +/)
        propose(RLENGTH + 1, substr($0, RLENGTH + 1), ";")
    }
    if (code ~ /^ +(break|continue);$/) {
        match(code, /^ +/)
        propose(RLENGTH + 1, substr($0, RLENGTH + 1), ";")
    }
}
