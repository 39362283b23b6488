// The look-up of a variant's class. Every character of a register goes through it when an edition is built, so it reads
// one short stretch of the table instead of halving all of it: a block holds eight characters on average.
#include "text/variants.h"

uint32_t variant_class(uint32_t character)
{
    uint32_t block = character >> VARIANT_BLOCK_BITS;
    if (block >= variant_blocks) {
        return character;
    }
    size_t count = 0;
    const struct variant *list = variants_get(&count);
    for (size_t i = variant_starts[block]; i < variant_starts[block + 1] && list[i].character <= character; i++) {
        if (list[i].character == character) {
            return list[i].representative;
        }
    }
    return character;
}
