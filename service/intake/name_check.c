// The digest that stands in for a name: see name_check.h.
#include "intake/name_check.h"

#include "base/buf.h"
#include "text/fold.h"

// Folded text is at most 18 characters of four bytes for one of the source.
enum { FOLD_GROWTH = 18 * 4, FOLD_ROOM = 64 };

enum err name_digest(struct str secret, struct str name, struct digest *digest)
{
    BUF_AUTO struct buf folded;
    buf_init(&folded, name.n * FOLD_GROWTH + FOLD_ROOM);
    enum err err = fold_text(name, &folded);
    if (err == ERR_OK) {
        *digest = digest_keyed(secret, "name check", buf_str(&folded));
    }
    return err;
}
