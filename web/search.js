// The search page: the address says what is searched; the form and the results follow it.
import { addressOf, languageInAddress, searchInAddress } from "./address.js";
import { TERMS, changed, labelOf, pagePath } from "./conditions.js";
import { byId, element } from "./dom.js";
import { watchWidth } from "./facets.js";
import * as form from "./form.js";
import * as results from "./results.js";
import { Failure, ask } from "./service.js";
import { closeOffers, nameOffers, startOffers } from "./suggest.js";
import { count, language, speak, w } from "./words.js";

const KEPT_ANSWERS = 30;
const REMEMBERED = "meibo-language";

// ---- language -------------------------------------------------------------------------------------------------------

function rememberedLanguage() {
    try {
        return localStorage.getItem(REMEMBERED);
    } catch {
        return null; // storage is forbidden: the address still remembers
    }
}

function remember() {
    try {
        localStorage.setItem(REMEMBERED, language);
    } catch {
        // as above
    }
}

function setLanguage(wanted) {
    speak(wanted);
    document.documentElement.lang = language;
    for (const place of document.querySelectorAll("[data-text]")) {
        place.textContent = w[place.dataset.text];
    }
    for (const link of document.querySelectorAll("[data-language]")) {
        link.setAttribute("aria-current", String(link.dataset.language === language));
    }
    for (const place of document.querySelectorAll("[data-label]")) {
        place.setAttribute("aria-label", w[place.dataset.label]);
    }
    nameOffers();
    form.buildChoices();
    void form.buildCourses();
}

// ---- failures -------------------------------------------------------------------------------------------------------

let retryTimer;

function failureText(failure) {
    const texts = {
        problem: () => failure.problem.detail,
        answer: () => w.failed_answer(failure.status),
        offline: () => w.failed_offline,
        slow: () => w.failed_slow,
        unreachable: () => w.failed_unreachable,
    };
    return texts[failure.kind]();
}

/** A fault as the form would say it: with the names of its fields. */
function faultText(fault) {
    const detail = fault.detail.replace(/\b[a-z]+(?:_[a-z]+)*_(?:from|to)\b/g, labelOf);
    return fault.parameter ? w.fault(labelOf(fault.parameter), detail) : detail;
}

function faultList(faults) {
    const line = (fault) => element("li", {}, faultText(fault));
    return faults.length > 0 ? element("ul", {}, faults.map(line)) : undefined;
}

function againButton() {
    const again = element("button", { type: "button" }, w.retry);
    again.addEventListener("click", () => void follow({ afresh: true }));
    return again;
}

function showFailure(failure) {
    const faults = failure.problem?.errors ?? [];
    const box = element(
        "div",
        { class: "notice failure", role: "alert" },
        element("p", { class: "strong" }, failureText(failure)),
        faultList(faults),
        failure.retryS === undefined ? undefined : element("p", {}, w.failed_retry(count(failure.retryS))),
        failure.status >= 500 && failure.problem
            ? element("p", { class: "small" }, w.failed_id(failure.problem.instance))
            : undefined,
        failure.status === 400 ? undefined : againButton(),
    );
    document.title = `${w.failed} – ${w.site}`;
    results.show([w.failed], undefined, [box], "");
    form.markFaults(faults.map((fault) => fault.parameter));
    if (failure.retryS !== undefined) {
        retryTimer = setTimeout(() => void follow({ afresh: true }), failure.retryS * 1000);
    }
}

// ---- following the address ------------------------------------------------------------------------------------------

/** Answers by path, so that back and forward show at once what was there. */
const kept = new Map();
let asking = new AbortController();
/** The fragment that the page shows. */
let followed;
/** Says the newest answer again, in the other language; undefined after a failure. */
let shown;

function keep(path, page) {
    kept.delete(path);
    kept.set(path, page);
    if (kept.size > KEPT_ANSWERS) {
        kept.delete(kept.keys().next().value);
    }
}

function present(search, page) {
    shown = () => (search === undefined ? results.showWelcome(page) : results.showAnswer(search, page));
    shown();
}

async function fetchPage(path, signal) {
    results.showBusy();
    const page = await ask(path, signal);
    keep(path, page);
    return page;
}

/** Makes the page show what the address says. @param {{ afresh?: boolean }} [options] afresh: ask, whatever is kept */
async function follow({ afresh = false } = {}) {
    asking.abort();
    clearTimeout(retryTimer);
    closeOffers();
    asking = new AbortController();
    const { signal } = asking;
    followed = location.hash;
    const search = searchInAddress();
    const path = search === undefined ? "/v1" : pagePath(search);
    form.fillForm(search ?? {});
    try {
        const keptPage = afresh ? undefined : kept.get(path);
        present(search, keptPage ?? (await fetchPage(path, signal)));
    } catch (error) {
        if (signal.aborted) {
            return;
        }
        shown = undefined;
        showFailure(error instanceof Failure ? error : new Failure("answer", { status: String(error) }));
    }
}

function go(search) {
    const address = addressOf(search);
    if (address !== location.hash) {
        history.pushState(null, "", address);
    }
    return follow({ afresh: true });
}

/** Searches for what the form says, with `changes`; the order stays. */
function goToForm(changes = {}) {
    return go(changed({ ...form.readForm(), sort: searchInAddress()?.sort }, changes));
}

/** The results took the place of what had the focus. */
function toResults() {
    const title = byId("results-title");
    title.focus({ preventScroll: true });
    title.scrollIntoView({ block: "start" });
}

function switchLanguage(wanted) {
    const draft = form.readForm();
    closeOffers();
    setLanguage(wanted);
    remember();
    history.replaceState(history.state, "", addressOf(searchInAddress()));
    followed = location.hash;
    void showService();
    if (shown === undefined) {
        void follow();
        return;
    }
    form.fillForm(draft);
    shown();
}

async function showService() {
    try {
        results.showAbout(kept.get("/v1") ?? (await ask("/v1")));
    } catch {
        // The footer does without; the search itself tells what is wrong.
    }
}

// ---- events ---------------------------------------------------------------------------------------------------------

/** The address changed: back, forward, a link, or the person typed. */
function addressChanged() {
    if (location.hash === followed) {
        return;
    }
    const wanted = languageInAddress();
    if (wanted !== null && wanted !== language) {
        setLanguage(wanted);
        remember();
    }
    void follow();
}

function submitted(event) {
    event.preventDefault();
    const isInFilters = byId("filters").contains(event.submitter);
    byId("filters").open = false;
    const done = goToForm();
    if (isInFilters) {
        void done.then(toResults);
    }
}

/** An offer of the type-ahead: a skill and the like is a condition of its own, anything else is words. */
function offerChosen({ field, text }, before) {
    const isTerm = TERMS.includes(field);
    const q = [before, isTerm ? "" : text].filter(Boolean).join(" ");
    byId("q").value = q;
    void goToForm({ q: q || undefined, ...(isTerm ? { [field]: text.replace(/[\\,]/g, "\\$&") } : {}) });
}

/** A link of the results to another search. */
function linkFollowed(event) {
    const link = event.target.closest("a[href^='#']");
    const wantsOther = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
    if (link === null || event.button !== 0 || wantsOther) {
        return;
    }
    event.preventDefault();
    const { start } = link.dataset;
    if (link.hash !== location.hash) {
        history.pushState(start === undefined ? null : { start: Number(start) }, "", link.href);
    }
    void follow().then(toResults);
}

function sortChosen() {
    const { value, dataset } = byId("sort");
    void go(changed(searchInAddress() ?? {}, { sort: value === dataset.usual ? undefined : value }));
}

function listenToForm() {
    byId("search").addEventListener("submit", submitted);
    byId("search").addEventListener("change", form.showChosenPlaces);
    byId("filters").addEventListener("toggle", form.wantCourses);
    // A field that the browser refuses has to be seen.
    byId("search").addEventListener("invalid", () => (byId("filters").open = true), true);
    byId("clear").addEventListener("click", () => {
        form.fillForm({});
        byId("q").focus();
    });
    startOffers(offerChosen);
}

/** Links to places of the page: the address belongs to the search, so they leave it alone. */
function listenToSkips() {
    for (const skip of document.querySelectorAll("[data-skip]")) {
        skip.addEventListener("click", (event) => {
            event.preventDefault();
            event.stopPropagation();
            byId(skip.dataset.skip).focus();
        });
    }
}

function listen() {
    window.addEventListener("popstate", addressChanged);
    window.addEventListener("hashchange", addressChanged);
    window.addEventListener("online", () => {
        if (shown === undefined) {
            void follow({ afresh: true });
        }
    });
    byId("results").addEventListener("click", linkFollowed);
    byId("sort").addEventListener("change", sortChosen);
    byId("brand").addEventListener("click", (event) => {
        event.preventDefault();
        void go({});
    });
    byId("languages").addEventListener("click", (event) => {
        const wanted = event.target.dataset.language;
        if (wanted !== undefined) {
            event.preventDefault();
            switchLanguage(wanted);
        }
    });
}

setLanguage(languageInAddress() ?? rememberedLanguage());
if (languageInAddress() !== null) {
    remember();
}
watchWidth();
listen();
listenToForm();
listenToSkips();
void follow().then(showService);
