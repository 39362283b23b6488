// What the forms of a page share: see page_out.h.
#include "api/page_out.h"

#include <string.h>

#include "api/resources.h"

enum { SORT_KEY_LONGEST = 64 * 1024 };

int page_field(struct str name)
{
    for (int i = 0; i < REGISTRANT_FIELDS; i++) {
        const char *known = registrant_fields[i];
        if (strncmp(known, name.p, name.n) == 0 && known[name.n] == '\0') {
            return i;
        }
    }
    return -1;
}

bool page_shows(const struct found *found, int field)
{
    return field == 0 || found->search->fields == 0 || (found->search->fields >> field & 1) != 0;
}

void page_add_next(const struct found *found, struct reply *reply, struct buf *next)
{
    const struct visit *visit = found->visit;
    const struct page *page = &found->page;
    if (!page->more) {
        return;
    }
    BUF_AUTO struct buf room;
    buf_init(&room, SORT_KEY_LONGEST);
    struct position last = query_position(visit->edition, &found->search->query, page, page->count - 1, &room);
    struct cursor cursor = {.number = last.number, .value = last.value};
    cursor_set_text(&cursor, last.text);
    answer_next(visit, &cursor, reply, next);
    reply->body.failed = reply->body.failed || buf_failed(&room);
}

void page_each_unknown(const struct found *found, void (*add)(struct buf *out, struct str number, bool first),
                       struct buf *out)
{
    const struct query *query = &found->search->query;
    bool first = true;
    for (size_t i = 0; i < query->number_count; i++) {
        char text[NUMBER_TEXT];
        if (edition_find(found->visit->edition, query->numbers[i]) == ROW_NONE) {
            add(out, (struct str){text, number_write(query->numbers[i], text)}, first);
            first = false;
        }
    }
}
