// What the client accepts and has: the header fields that are lists, some with weights. See request.h; RFC 9110,
// sections 12.5 and 13.1.2.
#include "api/request.h"

// A list may stand on several lines, which count as one (RFC 9110, section 5.3).
struct list {
    const struct request *request;
    const char *name;
    size_t next;     // header to look at when this line is through
    struct str line; // what is left of it; p == NULL: nothing
};

// The next element that is not empty.
static bool next_element(struct list *list, struct str *element)
{
    for (;;) {
        while (list->line.p == NULL) {
            const struct header *header = request_next_header(list->request, list->name, &list->next);
            if (header == NULL) {
                return false;
            }
            list->line = header->value;
        }
        *element = str_trim(str_cut(&list->line, ','));
        if (element->n > 0) {
            return true;
        }
    }
}

// The next element's value, and its weight in thousandths (1000 without q).
static bool next_weighted(struct list *list, struct str *value, unsigned *weight)
{
    struct str element;
    if (!next_element(list, &element)) {
        return false;
    }
    *value = str_trim(str_cut(&element, ';'));
    *weight = 1000;
    while (element.p != NULL) {
        struct str part = str_trim(str_cut(&element, ';'));
        if (part.n < 3 || (part.p[0] != 'q' && part.p[0] != 'Q') || part.p[1] != '=') {
            continue;
        }
        unsigned value_of_q = 0;
        unsigned scale = 1000;
        for (size_t i = 2; i < part.n && scale > 0; i++) {
            if (part.p[i] == '.') {
                continue;
            }
            value_of_q += part.p[i] >= '0' && part.p[i] <= '9' ? (unsigned)(part.p[i] - '0') * scale : 0;
            scale /= 10;
        }
        *weight = value_of_q > 1000 ? 1000 : value_of_q;
    }
    return true;
}

// How closely a range names the type: 3 itself, 2 its family ("text/*"), 1 anything, 0 not at all.
static int range_fits(struct str range, struct str type)
{
    struct str family = type;
    family = str_cut(&family, '/');
    if (str_equal_nocase(range, type)) {
        return 3;
    }
    if (range.n == family.n + 2 && str_equal_nocase((struct str){range.p, family.n}, family) &&
        str_equal((struct str){range.p + family.n, 2}, STR("/*"))) {
        return 2;
    }
    return str_equal(range, STR("*/*")) ? 1 : 0;
}

unsigned request_accept_weight(const struct request *request, const char *media_type)
{
    struct list list = {.request = request, .name = "Accept"};
    struct str range;
    unsigned weight;
    bool any = false;
    int best = 0;
    unsigned best_weight = 0;
    while (next_weighted(&list, &range, &weight)) {
        int fit = range_fits(range, str_of(media_type));
        any = true;
        if (fit > best || (fit == best && fit > 0 && weight > best_weight)) {
            best = fit;
            best_weight = weight;
        }
    }
    return any ? best_weight : 1000;
}

bool request_accepts(const struct request *request, const char *media_type)
{
    return request_accept_weight(request, media_type) > 0;
}

bool request_accepts_gzip(const struct request *request)
{
    struct list list = {.request = request, .name = "Accept-Encoding"};
    struct str coding;
    unsigned weight;
    bool named = false;
    bool accepted = false;
    while (next_weighted(&list, &coding, &weight)) {
        if (str_equal_nocase(coding, STR("gzip")) || str_equal_nocase(coding, STR("x-gzip"))) {
            named = true;
            accepted = weight > 0;
        } else if (str_equal(coding, STR("*")) && !named) {
            accepted = weight > 0;
        }
    }
    return accepted;
}

// There is Japanese and English. Other languages do not count; * stands for English; at equal weight the first wins.
bool request_prefers_japanese(const struct request *request)
{
    struct list list = {.request = request, .name = "Accept-Language"};
    struct str range;
    unsigned weight;
    unsigned japanese = 0;
    unsigned english = 0;
    bool english_first = false;
    while (next_weighted(&list, &range, &weight)) {
        struct str language = str_cut(&range, '-');
        if (str_equal_nocase(language, STR("ja"))) {
            japanese = weight > japanese ? weight : japanese;
        } else if ((str_equal_nocase(language, STR("en")) || str_equal(language, STR("*"))) && weight > english) {
            english = weight;
            english_first = japanese == 0;
        }
    }
    return japanese > 0 && (japanese > english || (japanese == english && !english_first));
}

bool request_has_tag(const struct request *request, struct str tag)
{
    struct list list = {.request = request, .name = "If-None-Match"};
    struct str one;
    while (next_element(&list, &one)) {
        if (str_starts_with(one, STR("W/"))) {
            one = (struct str){one.p + 2, one.n - 2};
        }
        if (str_equal(one, tag)) {
            return true;
        }
    }
    return false;
}

bool request_has_any_tag(const struct request *request)
{
    return str_equal(str_trim(request_header(request, "If-None-Match")), STR("*"));
}
