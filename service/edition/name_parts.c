// The parts of a name: see name_parts.h.
#include "edition/name_parts.h"

// A blank of Unicode's category Zs: what fold_text drops.
static bool is_blank(uint32_t c)
{
    return c == ' ' || c == 0xa0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200a) || c == 0x202f || c == 0x205f ||
           c == 0x3000;
}

void split_name(struct str name, struct str *family, struct str *given)
{
    size_t start = 0;
    size_t at = 0;
    *given = (struct str){NULL, 0};
    while (at < name.n) {
        size_t before = at;
        if (!is_blank(str_next_char(name, &at))) {
            continue;
        }
        if (before > start) {
            *family = (struct str){name.p + start, before - start};
            *given = (struct str){name.p + at, name.n - at};
            return;
        }
        start = at;
    }
    *family = (struct str){name.p + start, name.n - start};
}
