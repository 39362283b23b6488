// Reads the JSON that this program rendered itself (edition/render.c), to leave members out or to write them as CSV.
// Not a parser for what others send: no blanks between tokens, no escapes but those of json_out.c, texts are known to
// be UTF-8. Anything else ends the scan as failed.
#ifndef MEIBO_API_SCAN_H
#define MEIBO_API_SCAN_H

#include "base/buf.h"

struct scan {
    struct str rest; // what is left of the object or array; borrowed
    char end;        // what closes it
    bool first;
    bool failed;
};

// An object or an array, which is all of `json`.
struct scan scan_object(struct str json);
struct scan scan_array(struct str json);
// The next member or element: views into the JSON, the name without quotes, the value as it is written. False at the
// end, and when the JSON is not ours.
bool scan_member(struct scan *scan, struct str *name, struct str *value);
bool scan_element(struct scan *scan, struct str *value);
// After the last: whether it was not all of an object or array.
bool scan_failed(const struct scan *scan);

// Appends what a string says. False, and nothing appended, if it is none.
bool scan_text(struct str value, struct buf *out);

#endif
