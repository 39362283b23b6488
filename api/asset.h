// Files inside the binary that are served as they are: the contract and the search page.
#ifndef MEIBO_API_ASSET_H
#define MEIBO_API_ASSET_H

#include <stddef.h>

struct asset {
    const char *name; // the file's name without folders: "openapi.yaml"
    const char *begin;
    const char *end;
};

// All of them; generated at build.
const struct asset *assets_get(size_t *count);

#endif
