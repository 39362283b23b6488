// "Did you mean": the near spellings of an answer that found nothing, as links to the search with the word replaced.
import { addressOf } from "./address.js";
import { changed } from "./conditions.js";
import { element } from "./dom.js";
import { count, w } from "./words.js";

const LONGEST = 200;

/** Width, case and kana script aside: what looks different only there is near. */
function folded(text) {
    const katakana = (kana) => String.fromCodePoint(kana.codePointAt(0) + 0x60);
    return [
        ...text
            .normalize("NFKC")
            .toLowerCase()
            .replace(/[\s・]/g, "")
            .replace(/[ぁ-ゖ]/g, katakana),
    ];
}

/** How many characters have to be added, left out or replaced. */
function distance(one, other) {
    const [a, b] = [folded(one), folded(other)];
    let row = Array.from({ length: b.length + 1 }, (_, at) => at);
    for (const [i, character] of a.entries()) {
        const next = [i + 1];
        for (const [j, wanted] of b.entries()) {
            next.push(Math.min(next[j] + 1, row[j + 1] + 1, row[j] + (character === wanted ? 0 : 1)));
        }
        row = next;
    }
    return row[b.length];
}

/** The places of a search that a name can stand in: its words, `name` and `kana`. */
function placesIn(search) {
    const words = (search.q ?? "").split(/[\s,、，]+/).filter(Boolean);
    const inWords = words.map((word, at) => ({ typed: word, put: (text) => ({ q: words.with(at, text).join(" ") }) }));
    const inFields = ["name", "kana"].map((field) => ({
        typed: search[field],
        put: (text, of) => ({ [field]: undefined, [of === "kana" ? "kana" : "name"]: text }),
    }));
    return [...inWords, ...inFields.filter(({ typed }) => typed !== undefined)];
}

/** The offer does not say which of the words it is near to: the nearest. */
function replaced(search, offer) {
    const places = placesIn(search).filter(({ typed }) => typed.length <= LONGEST);
    const far = places.map((place) => ({ place, by: distance(place.typed, offer.text) }));
    const [nearest] = far.sort((a, b) => a.by - b.by);
    return nearest === undefined ? { q: offer.text } : changed(search, nearest.place.put(offer.text, offer.field));
}

function nearLink(search, offer) {
    return element(
        "li",
        {},
        element("a", { href: addressOf(replaced(search, offer)), lang: "ja" }, offer.text),
        element("span", { class: "small" }, w.near_of(w.fields[offer.field] ?? offer.field, count(offer.count))),
    );
}

/** The near spellings, if there are any. */
export function nearLinks(search, offers) {
    const lines = offers.map((offer) => nearLink(search, offer));
    return lines.length > 0
        ? element("div", { class: "near" }, element("p", {}, w.near), element("ul", {}, lines))
        : undefined;
}
