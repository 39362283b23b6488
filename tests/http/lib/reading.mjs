// Readings as the contract speaks of them, written down a second time so that sort=kana can be checked: kana that sound
// alike have one key. Of text folded by `fold` (katakana, NFKC, no blanks).

/** The same texts come again and again. @param {(text: string) => string} make @returns {(text: string) => string} */
function remembered(make) {
    /** @type {Map<string, string>} */
    const known = new Map();
    return (text) => {
        const value = known.get(text) ?? make(text);
        known.set(text, value);
        return value;
    };
}

/** NFKC, one case, hiragana as katakana, no blanks. */
export const fold = remembered((text) => {
    const plain = text.normalize("NFKC").toLowerCase().replace(/\s/gu, "");
    return plain.replace(/[ぁ-ゖ]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0x60));
});

const VOWELS = [
    ["ア", "アカサタナハマヤラワガザダバパ"],
    ["イ", "イキシチニヒミリギジビピ"],
    ["ウ", "ウクスツヌフムユルグズブプ"],
    ["エ", "エケセテネヘメレゲゼデベペ"],
    ["オ", "オコソトノホモヨロゴゾドボポ"],
];
/** @type {Record<string, string>} */
const SAME = { ヂ: "ジ", ヅ: "ズ", ヲ: "オ", ヰ: "イ", ヱ: "エ" };
const SMALL = "ァィゥェォッャュョヮヵヶ";
const LARGE = "アイウエオツヤユヨワカケ";

/** @param {string} key */
function vowelBehind(key) {
    const last = key.slice(-1);
    return VOWELS.find(([, row]) => last !== "" && row.includes(last))?.[0] ?? "";
}

/** Of folded text. */
export const soundKey = remembered((folded) => {
    const large = folded
        .replace(/ヴ([ァィェォアイエオ])/g, (_, v) => "バビベボ"["ァィェォアイエオ".indexOf(v) % 4])
        .replace(/ヴ(?=[ャュョ])/g, "ビ")
        .replace(/ヴ/g, "ブ")
        .replace(/[・゠]/g, "")
        .replace(/./gu, (c) => (SMALL.includes(c) ? LARGE[SMALL.indexOf(c)] : (SAME[c] ?? c)));
    let key = "";
    for (const c of large) {
        const before = vowelBehind(key);
        if (c === "ー") {
            key += before;
        } else if (c === "ヽ") {
            key += key.slice(-1);
        } else if (c === "ヾ") {
            key += `${key.slice(-1)}\u3099`.normalize("NFC");
        } else {
            key += (c === "ウ" && before === "オ") || (c === "イ" && before === "エ") ? before : c;
        }
    }
    return key;
});

/** Without voicing, from the letters as written: ヂ is チ, ヅ is ツ. */
export const looseKey = remembered((folded) => {
    const bare = folded
        .replace(/ヴ([ァィェォアイエオ])/g, (_, v) => "ハヒヘホ"["ァィェォアイエオ".indexOf(v) % 4])
        .replace(/ヴ(?=[ャュョ])/g, "ヒ")
        .normalize("NFD")
        .replace(/[\u3099\u309a]/g, "");
    return soundKey(bare);
});

/** The family name, and the given name where there is one. @param {string} text @returns {string[]} */
export function nameParts(text) {
    const [, family, rest] = /^\s*(\S+)(.*)$/su.exec(text) ?? ["", "", ""];
    const given = rest.replace(/\s/gu, "");
    return given === "" ? [family] : [family, given];
}

/** What sort=kana compares, in this order. @param {string | undefined} kana @returns {string[] | undefined} */
export function kanaKeys(kana) {
    return kana === undefined ? undefined : nameParts(kana).flatMap((part) => [soundKey(fold(part)), fold(part)]);
}
