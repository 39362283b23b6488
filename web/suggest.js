// Suggestions while typing: the ARIA combobox pattern with a list that is asked of the service. Typing never waits for
// it; what an input method still composes is no word yet; an answer that comes too late is dropped.
import { byId, element } from "./dom.js";
import { ask } from "./service.js";
import { count, language, w } from "./words.js";

const PAUSE_MS = 120;
const OFFERS = 8;
const KEPT_ANSWERS = 60;

const box = byId("q");
const list = byId("offers");
const kept = new Map();
let asking = new AbortController();
let pause;
let isComposing = false;
/** What the list shows: offers, and the words in front of the one they complete. */
let shown = { offers: [], before: "" };
let active = -1;
let choose = () => {};

// ---- the list -----------------------------------------------------------------------------------------------------------

function mark(at) {
    list.children[active]?.setAttribute("aria-selected", "false");
    active = at;
    const option = list.children[active];
    if (option === undefined) {
        box.removeAttribute("aria-activedescendant");
        return;
    }
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    box.setAttribute("aria-activedescendant", option.id);
}

function showList(isShown) {
    mark(-1);
    list.hidden = !isShown;
    box.setAttribute("aria-expanded", String(isShown));
}

/** Closes the list and forgets what was asked for it. */
export function closeOffers() {
    clearTimeout(pause);
    asking.abort();
    showList(false);
}

function optionOf(offer, at) {
    return element(
        "li",
        { id: `offer-${at}`, role: "option", "aria-selected": "false" },
        element("span", { class: "offer", lang: "ja" }, offer.text),
        " ",
        element("span", { class: "of" }, w.offer(w.fields[offer.field] ?? offer.field, count(offer.count))),
    );
}

function show(found) {
    shown = found;
    list.replaceChildren(...found.offers.map(optionOf));
    showList(found.offers.length > 0);
    byId("said").textContent = found.offers.length > 0 ? w.offers_said(count(found.offers.length)) : "";
}

// ---- asking -------------------------------------------------------------------------------------------------------------

async function offersFor(text, signal) {
    const parameters = new URLSearchParams({ q: text, limit: String(OFFERS) });
    const answer = kept.get(text) ?? (await ask(`/v1/suggestions?${parameters}`, signal));
    kept.set(text, answer);
    if (kept.size > KEPT_ANSWERS) {
        kept.delete(kept.keys().next().value);
    }
    return answer.items;
}

/** A text may be a name with its blank; if nothing goes on like that, its last word is completed. */
async function find(typed, signal) {
    const text = typed.trim();
    const offers = await offersFor(text, signal);
    const [, before, last] = /^(.*[\s,、，]+)(\S+)$/s.exec(text) ?? [];
    if (offers.length > 0 || last === undefined) {
        return { offers, before: "" };
    }
    return { offers: await offersFor(last, signal), before: before.trim() };
}

async function suggest() {
    asking.abort();
    asking = new AbortController();
    const { signal } = asking;
    if (!/[\p{L}\p{N}\p{S}]/u.test(box.value)) {
        showList(false);
        return;
    }
    try {
        const found = await find(box.value, signal);
        if (!signal.aborted) {
            show(found);
        }
    } catch {
        if (!signal.aborted) {
            showList(false); // typing goes on without; the search itself tells what is wrong
        }
    }
}

function soon() {
    clearTimeout(pause);
    pause = setTimeout(() => void suggest(), PAUSE_MS);
}

// ---- the person ---------------------------------------------------------------------------------------------------------

function take(at) {
    const offer = shown.offers[at];
    closeOffers();
    choose(offer, shown.before);
}

function move(step) {
    const size = list.childElementCount;
    if (list.hidden) {
        soon();
        return;
    }
    // One place more than there are options: the box itself.
    mark(((active + 1 + step + size + 1) % (size + 1)) - 1);
}

function leave() {
    if (list.hidden) {
        box.value = "";
    }
    closeOffers();
}

const keys = {
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    Escape: leave,
    Enter: () => take(active),
};

function pressed(event) {
    // 229: Safari ends a composition before it tells of the key that ended it.
    if (event.isComposing || event.keyCode === 229 || event.altKey || event.ctrlKey || event.metaKey) {
        return;
    }
    const isMine = event.key === "Enter" ? active >= 0 : keys[event.key] !== undefined;
    if (isMine) {
        event.preventDefault();
        keys[event.key]();
    }
}

/** Starts suggesting; `chosen` is told the offer, and the words in front of the one that it completes. */
export function startOffers(chosen) {
    choose = chosen;
    box.addEventListener("input", (event) => {
        if (!isComposing && !event.isComposing) {
            soon();
        }
    });
    box.addEventListener("compositionstart", () => {
        isComposing = true;
        closeOffers();
    });
    box.addEventListener("compositionend", () => {
        isComposing = false;
        soon();
    });
    box.addEventListener("keydown", pressed);
    box.addEventListener("blur", closeOffers);
    // The box keeps the focus while an option is pressed.
    list.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => {
        const option = event.target.closest("[role=option]");
        if (option !== null) {
            take([...list.children].indexOf(option));
        }
    });
}

/** Says the list in the language that is spoken now. */
export function nameOffers() {
    list.setAttribute("aria-label", w.offers);
    list.lang = language;
}
