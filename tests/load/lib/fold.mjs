// What SQL's fold() and spread() do (person.sql), for words that are searched for.
const KANJI = new Map(
    [..."髙﨑邊邉齋齊濵濱德黑眞國澤廣嶋嶌冨惠𠮷寳"].map((c, i) => [
        c,
        [..."高崎辺辺斎斉浜浜徳黒真国沢広島島富恵吉宝"][i],
    ]),
);

/** @param {string} text */
export function fold(text) {
    const plain = text.normalize("NFKC").replace(/\s/gu, "").toLowerCase();
    const katakana = plain.replace(/[ぁ-ゖ]/gu, (c) => String.fromCodePoint((c.codePointAt(0) ?? 0) + 0x60));
    return [...katakana].map((c) => KANJI.get(c) ?? c).join("");
}

/** A pattern for `like` over spread text. @param {string} text */
export function pattern(text) {
    return `%x${[...fold(text)].map((c) => `${c.replace(/[\\%_]/g, "\\$&")}x`).join("")}%`;
}

/** The words of a free search. @param {string} text */
export function words(text) {
    return text.split(/[\s\u3000]+/u).filter(Boolean);
}

/** The registration number that a word is, if it is one. @param {string} word */
export function numberOf(word) {
    const found = /^(?:第)?([0-9]{1,7})(?:号)?$/u.exec(word.normalize("NFKC"));
    return found ? Number(found[1]) : undefined;
}
