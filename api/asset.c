// Assets ready to be sent: see asset.h.
#include "api/asset.h"

#include <pthread.h>
#include <stdlib.h>

#include "api/gzip.h"
#include "api/reply.h"
#include "base/digest.h"

enum { LEVEL = 9 };

static struct asset_form *forms; // NULL where there was no memory: then there is nothing to serve
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void prepare(const struct asset *asset, struct asset_form *form)
{
    char hex[2 * DIGEST_BYTES];
    struct buf packed;
    form->plain = (struct str){asset->begin, (size_t)(asset->end - asset->begin)};
    struct digest digest = digest_sha256(form->plain);
    digest_hex(&digest, hex);
    memcpy(form->tag, hex, ASSET_TAG);
    buf_init(&packed, REPLY_LONGEST);
    if (form->plain.n >= GZIP_FROM_BYTES && gzip_pack(form->plain, LEVEL, &packed)) {
        form->gzip = buf_str(&packed); // kept for good
    } else {
        buf_fini(&packed);
    }
}

static void prepare_all(void)
{
    size_t count;
    const struct asset *assets = assets_get(&count);
    forms = calloc(count, sizeof *forms);
    for (size_t i = 0; forms != NULL && i < count; i++) {
        prepare(&assets[i], &forms[i]);
    }
}

const struct asset_form *asset_find(struct str name)
{
    size_t count;
    const struct asset *assets = assets_get(&count);
    (void)pthread_once(&once, prepare_all);
    for (size_t i = 0; forms != NULL && i < count; i++) {
        if (str_equal(name, str_of(assets[i].name))) {
            return &forms[i];
        }
    }
    return NULL;
}
