// Node reads Shift_JIS and does not write it: the table is read backwards, all of it, once.

/** @type {Map<string, number[]>} */
const bytes = new Map();
const decoder = new TextDecoder("shift_jis");

for (let lead = 0x81; lead <= 0xfc; lead++) {
    for (let trail = 0x40; trail <= 0xfc; trail++) {
        const text = decoder.decode(Uint8Array.of(lead, trail));
        // What several codes stand for is written as the last of them, as Windows does.
        if ([...text].length === 1 && text !== "\ufffd") {
            bytes.set(text, [lead, trail]);
        }
    }
}
for (let single = 0xa1; single <= 0xdf; single++) {
    bytes.set(decoder.decode(Uint8Array.of(single)), [single]);
}

/** @param {string} text @returns {Buffer} */
export function shiftJis(text) {
    return Buffer.from(
        [...text].flatMap((c) => {
            const code = c.charCodeAt(0) < 0x80 ? [c.charCodeAt(0)] : bytes.get(c);
            if (!code) {
                throw new Error(`${c} is not in Shift_JIS`);
            }
            return code;
        }),
    );
}
