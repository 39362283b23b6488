// Growing arrays: see array.h.
#include "edition/array.h"

#include <stdlib.h>

void *array_room(void *p, size_t n, size_t *capacity, size_t element)
{
    if (n < *capacity) {
        return p;
    }
    size_t larger = *capacity == 0 ? 64 : *capacity + *capacity / 2;
    void *moved = realloc(p, larger * element);
    *capacity = moved == NULL ? *capacity : larger;
    return moved;
}

void *array_shrunk(void *p, size_t n, size_t *capacity, size_t element)
{
    void *smaller = n == 0 ? NULL : realloc(p, n * element);
    *capacity = smaller == NULL ? *capacity : n;
    return smaller == NULL ? p : smaller;
}
