// Reacts to clicks on markers, copies quotations, keeps the newest answer in view and tells screen readers about
// it. The markup comes ready from the server; `opinion.js` and `conversations.js` do what their names say.
window.TroLy = (() => {
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const MARGIN = 8;
  const LANGUAGE = "tro_ly_ngon_ngu";

  // On wide screens the panes scroll, on narrow ones the page. `scrollIntoView` alone would on wide screens also
  // move the page under the header.
  function bring(element, pane, smooth) {
    const behavior = smooth && !calm.matches ? "smooth" : "auto";
    if (getComputedStyle(pane).overflowY !== "auto") return element.scrollIntoView({ behavior, block: "start" });
    const distance = element.getBoundingClientRect().top - pane.getBoundingClientRect().top;
    pane.scrollTo({ behavior, top: pane.scrollTop + distance - MARGIN });
  }

  // Gradio hands each of its components a function that reaches the server.
  const triggers = {};
  const connect = (component, trigger) => (triggers[component] = trigger);
  const tell = (component, name, detail) => triggers[component]?.(name, detail);

  let chosen = null; // the source that somebody looks at
  const cardOf = ({ turn, cite }) => document.querySelector(`#sources .card[data-turn="${turn}"][data-cites~="${cite}"]`);

  function emphasise(source) {
    const panel = document.getElementById("sources");
    for (const section of panel.querySelectorAll(".sources-of")) section.hidden = section.dataset.turn !== source.turn;
    const card = cardOf(source);
    if (!card) return [];
    const marks = [...card.querySelectorAll(`mark[data-cites~="${source.cite}"]`)];
    for (const old of panel.querySelectorAll(".emphasised")) old.classList.remove("emphasised");
    void card.offsetWidth; // lets the animation start again when the same marker is clicked twice
    for (const element of [card, ...marks]) element.classList.add("emphasised");
    return [card, ...marks];
  }

  // The sources are drawn anew while a model writes: what somebody looks at stays what it was.
  function keepSource() {
    if (chosen && cardOf(chosen)?.matches(":not(.emphasised)")) emphasise(chosen);
  }

  function showSource(turn, cite) {
    chosen = { turn, cite };
    const panel = document.getElementById("sources");
    const [card, ...marks] = emphasise(chosen);
    if (!card) return;
    card.focus({ preventScroll: true });
    const first = marks[0] ?? card; // a text that has changed since has no highlight
    const below = first.getBoundingClientRect().bottom - card.getBoundingClientRect().top;
    bring(below < innerHeight * 0.6 ? card : first, panel, true);
  }

  function backToAnswer(turn) {
    const asked = document.querySelector(`#conversation .turn[data-turn="${turn}"]`);
    if (!asked) return;
    asked.querySelector(".marker")?.focus({ preventScroll: true });
    bring(asked, document.getElementById("conversation"), true);
  }

  // Browsers offer the clipboard to https pages only; many an intranet is plain http.
  async function toClipboard(text) {
    if (navigator.clipboard && window.isSecureContext) {
      try {
        await navigator.clipboard.writeText(text);
        return true;
      } catch {
        // refused by a policy: the old way may still work
      }
    }
    const field = document.createElement("textarea");
    field.value = text;
    field.setAttribute("readonly", "");
    field.className = "unseen";
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    return done;
  }

  async function copy(button) {
    const label = button.dataset.label ?? button.textContent;
    button.dataset.label = label;
    const done = await toClipboard(button.dataset.copy);
    button.focus({ preventScroll: true });
    button.textContent = done ? `✓ ${button.dataset.copied}` : button.dataset.notCopied;
    button.classList.toggle("copied", done);
    say(done ? button.dataset.copied : button.dataset.notCopied);
    setTimeout(() => {
      button.textContent = label;
      button.classList.remove("copied");
    }, 2500);
  }

  document.addEventListener("click", (event) => {
    const target = event.target;
    const marker = target.closest("[data-cite]");
    if (marker) showSource(marker.dataset.turn, marker.dataset.cite);
    const back = target.closest("[data-back]");
    if (back) backToAnswer(back.dataset.back);
    const copied = target.closest("[data-copy]");
    if (copied) copy(copied);
    const typed = target.closest("[data-as-typed]");
    if (typed) tell("conversation", "click", { turn: Number(typed.dataset.asTyped) });
    const quoting = target.closest("[data-quoting]");
    if (quoting) tell("conversation", "click", { turn: Number(quoting.dataset.quoting), quoting: true });
    const suggestion = target.closest("[data-suggested]");
    if (suggestion) tell("conversation", "click", { ask: suggestion.textContent });
    const other = target.closest("[data-language]");
    if (other) switchLanguage(other.dataset.language);
    if (target.closest(".skip")) {
      event.preventDefault(); // the address names the conversation
      document.querySelector("#question textarea")?.focus();
    }
  });

  function language() {
    return document.cookie.match(`(?:^|; )${LANGUAGE}=(vi|en)`)?.[1] ?? "vi";
  }

  let switching = false; // the head is about to be drawn anew, and the button with the focus to go
  function keepFocus() {
    if (!switching || document.activeElement !== document.body) return;
    switching = false;
    document.querySelector("[data-language]")?.focus();
  }

  function switchLanguage(chosen) {
    const path = location.pathname.replace(/[^/]*$/, "");
    document.cookie = `${LANGUAGE}=${chosen}; path=${path}; max-age=31536000; samesite=lax`;
    keepLanguage();
    switching = true;
    tell("header", "click", { language: chosen });
  }

  // Gradio has no Vietnamese among its own languages and declares the page English again while it starts.
  function keepLanguage() {
    if (document.documentElement.lang !== language()) document.documentElement.lang = language();
  }

  function say(text) {
    const status = document.getElementById("spoken-status");
    if (status) status.textContent = text;
  }

  let seen = "";
  function follow() {
    const turns = document.querySelectorAll("#conversation .turn");
    const newest = turns[turns.length - 1];
    const id = document.querySelector("#conversation .turns")?.dataset.conversation ?? "";
    const now = newest ? `${id} ${newest.dataset.turn} ${newest.dataset.state}` : "";
    if (now === seen) return;
    if (!newest || !seen.startsWith(now.slice(0, -newest.dataset.state.length))) chosen = null;
    seen = now;
    const input = document.querySelector("#question textarea");
    const active = document.activeElement;
    const inside = document.getElementById("panel")?.contains(active);
    // Somebody who reads an answer while it is being written is not to be moved when it is complete.
    const reading = newest?.dataset.state === "done" && (newest.contains(active) || document.getElementById("sources").contains(active));
    // A focused input opens the keyboard of a phone, which would cover the answer.
    if (matchMedia("(pointer: fine)").matches && !inside && !reading) input?.focus({ preventScroll: true });
    if (!newest) return;
    if (!reading) bring(newest, document.getElementById("conversation"), false);
    const done = newest.dataset.state === "done";
    if (done && !reading) document.getElementById("sources").scrollTop = 0;
    say(newest.querySelector(".reply")?.innerText ?? "");
  }

  // When an answer is complete, its lines are made anew: somebody on one of its markers stays there.
  let held = null;
  document.addEventListener("focusin", (event) => (held = event.target.closest("#conversation .marker")?.dataset ?? null));
  document.addEventListener("pointerdown", () => (held = null));
  function keepPlace() {
    if (!held || document.activeElement !== document.body) return;
    const { turn, cite } = held;
    document.querySelector(`#conversation .marker[data-turn="${turn}"][data-cite="${cite}"]`)?.focus({ preventScroll: true });
  }

  // Suggestions that come after the next question was sent belong to none.
  function sortSuggestions() {
    const suggested = document.querySelector("#suggestions .suggested");
    if (!suggested) return;
    const turns = document.querySelectorAll("#conversation .turn");
    const newest = turns[turns.length - 1];
    const fits = newest?.dataset.turn === suggested.dataset.after && newest.dataset.state === "done";
    if (suggested.hidden === fits) suggested.hidden = !fits;
  }

  const watchers = [keepLanguage, keepFocus, keepPlace, keepSource, follow, sortSuggestions];
  new MutationObserver(() => watchers.forEach((watch) => watch())).observe(document.documentElement, {
    attributeFilter: ["data-state", "data-told", "lang"],
    childList: true,
    subtree: true,
  });

  return { connect, tell, language, onChange: (watch) => watchers.push(watch) };
})();
