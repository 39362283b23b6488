// Files inside the binary that are served as they are: the contract and the search page.
#ifndef MEIBO_API_ASSET_H
#define MEIBO_API_ASSET_H

#include "base/str.h"

struct asset {
    const char *name; // the file's name without folders: "openapi.yaml"
    const char *begin;
    const char *end;
};

// All of them; generated at build.
const struct asset *assets_get(size_t *count);

enum { ASSET_TAG = 32 };

// As it is served: they never change while the program runs, so each is compressed and digested once.
struct asset_form {
    struct str plain;
    struct str gzip; // p == NULL: not worth it
    char tag[ASSET_TAG + 1];
};

// The asset of this name, NULL: none. The first call prepares all of them. Any thread.
const struct asset_form *asset_find(struct str name);

#endif
