// Who is found by a text, computed slowly and for plain texts only: no Latin letters that could be romaji of kana, no
// characters with variants or that are taken for others. (Those are asked for in the table of search_pairs.test.mjs.)
import { fold, looseKey, nameParts, soundKey } from "./reading.mjs";

/** @typedef {import("./fixtures.mjs").Row} Row */

/** From 01 on, in the order of JIS X 0401: kanji, and their reading. */
const PLACES =
    "北海道 ほっかいどう,青森県 あおもりけん,岩手県 いわてけん,宮城県 みやぎけん,秋田県 あきたけん,山形県 やまがたけん,福島県 ふくしまけん,茨城県 いばらきけん,栃木県 とちぎけん,群馬県 ぐんまけん,埼玉県 さいたまけん,千葉県 ちばけん,東京都 とうきょうと,神奈川県 かながわけん,新潟県 にいがたけん,富山県 とやまけん,石川県 いしかわけん,福井県 ふくいけん,山梨県 やまなしけん,長野県 ながのけん,岐阜県 ぎふけん,静岡県 しずおかけん,愛知県 あいちけん,三重県 みえけん,滋賀県 しがけん,京都府 きょうとふ,大阪府 おおさかふ,兵庫県 ひょうごけん,奈良県 ならけん,和歌山県 わかやまけん,鳥取県 とっとりけん,島根県 しまねけん,岡山県 おかやまけん,広島県 ひろしまけん,山口県 やまぐちけん,徳島県 とくしまけん,香川県 かがわけん,愛媛県 えひめけん,高知県 こうちけん,福岡県 ふくおかけん,佐賀県 さがけん,長崎県 ながさきけん,熊本県 くまもとけん,大分県 おおいたけん,宮崎県 みやざきけん,鹿児島県 かごしまけん,沖縄県 おきなわけん"
        .split(",")
        .map((place) => place.split(" "));
const OVERSEAS = ["海外", "かいがい"];

const KANA_ONLY = /^[ァ-ヺーヽヾ・]+$/;
/** 株式会社 however it is written, and English forms that stand for it too. */
const STOCK_COMPANY =
    /^(株式会社|\(株\))|(株式会社|\(株\)|[ ,](k\.k\.|inc\.?|incorporated|corp\.?|corporation|ltd\.?|limited|co\.|company))$/;

/** Texts that name a legal form and nothing else. */
const LEGAL_FORMS = new Map([
    ["株式会社", STOCK_COMPANY],
    ["(株)", STOCK_COMPANY],
]);

/** @param {string} text a name, kana or other name @param {string} wanted @param {boolean} isKana the field is */
export function nameFits(text, wanted, isKana) {
    const parts = nameParts(text).map(fold);
    const word = fold(wanted);
    const isReading = isKana || KANA_ONLY.test(parts.join(""));
    const forms = [(/** @type {string} */ t) => t, soundKey, ...(isReading ? [looseKey] : [])];
    if (parts.some((part) => forms.some((form) => form(part).includes(form(word))))) {
        return true;
    }
    const orders = parts.length === 2 ? [parts, [parts[1], parts[0]]] : [];
    return orders.some(([first, second]) =>
        Array.from(word, (_, i) => [word.slice(0, i), word.slice(i)])
            .slice(1)
            .some(
                ([head, tail]) =>
                    // Of the given name, standing first, only the whole is meant.
                    ((first === parts[0] && first.endsWith(head)) ||
                        forms.some((form) => form(first) === form(head))) &&
                    forms.some((form) => form(second).startsWith(form(tail))),
            ),
    );
}

/** @param {string} text @param {string} wanted */
export function entryFits(text, wanted) {
    return fold(text).includes(fold(wanted)) || soundKey(fold(text)).includes(soundKey(fold(wanted)));
}

/** @param {string} text @param {string} wanted */
export function employerFits(text, wanted) {
    const form = LEGAL_FORMS.get(fold(wanted));
    const spaced = text.normalize("NFKC").toLowerCase();
    return entryFits(text, wanted) || (form !== undefined && form.test(spaced));
}

/** @param {string | undefined} code @param {string} wanted */
function placeFits(code, wanted) {
    if (code === undefined) {
        return false;
    }
    const [kanji, kana] = code === "99" ? OVERSEAS : PLACES[Number(code) - 1];
    return kanji.startsWith(fold(wanted)) || soundKey(fold(kana)).startsWith(soundKey(fold(wanted)));
}

/** @param {string} wanted */
function numberOf(wanted) {
    const digits = /^第?([0-9]{1,7})号?$/.exec(fold(wanted));
    return digits ? Number(digits[1]) : 0;
}

/** @param {Row} r somebody in force @param {string} word of `q` */
export function wordFits(r, word) {
    const profile = r.profile ?? {};
    const entries = [...(profile.specialties ?? []), ...(profile.skills ?? []), ...(profile.qualifications ?? [])];
    return (
        [r.name, r.other_name].some((text) => text !== undefined && nameFits(text, word, false)) ||
        (r.kana !== undefined && nameFits(r.kana, word, true)) ||
        (r.employer !== undefined && employerFits(r.employer, word)) ||
        entries.some((entry) => entryFits(entry, word)) ||
        placeFits(r.home, word) ||
        placeFits(r.employer_place, word) ||
        numberOf(word) === Number(r.number)
    );
}
