// Reacts to clicks on markers, keeps the newest answer in view, and tells screen readers about it.
// The markup comes ready from the server; nothing is asked of any server here.
(() => {
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const MARGIN = 8;

  // On wide screens the panes scroll, on narrow ones the page. `scrollIntoView` alone would on wide screens also
  // move the page under the header.
  function bring(element, pane, smooth) {
    const behavior = smooth && !calm.matches ? "smooth" : "auto";
    if (getComputedStyle(pane).overflowY !== "auto") return element.scrollIntoView({ behavior, block: "start" });
    const distance = element.getBoundingClientRect().top - pane.getBoundingClientRect().top;
    pane.scrollTo({ behavior, top: pane.scrollTop + distance - MARGIN });
  }

  function showSource(turn, cite) {
    const panel = document.getElementById("sources");
    for (const section of panel.querySelectorAll(".sources-of")) section.hidden = section.dataset.turn !== turn;
    const card = panel.querySelector(`.card[data-turn="${turn}"][data-cites~="${cite}"]`);
    if (!card) return;
    const marks = card.querySelectorAll(`mark[data-cites~="${cite}"]`);
    for (const old of panel.querySelectorAll(".emphasised")) old.classList.remove("emphasised");
    void card.offsetWidth; // lets the animation start again when the same marker is clicked twice
    for (const element of [card, ...marks]) element.classList.add("emphasised");
    card.focus({ preventScroll: true });
    const below = marks[0].getBoundingClientRect().bottom - card.getBoundingClientRect().top;
    bring(below < innerHeight * 0.6 ? card : marks[0], panel, true);
  }

  function backToAnswer(turn) {
    const asked = document.querySelector(`#conversation .turn[data-turn="${turn}"]`);
    if (!asked) return;
    asked.querySelector(".marker")?.focus({ preventScroll: true });
    bring(asked, document.getElementById("conversation"), true);
  }

  document.addEventListener("click", (event) => {
    const marker = event.target.closest("[data-cite]");
    if (marker) showSource(marker.dataset.turn, marker.dataset.cite);
    const back = event.target.closest("[data-back]");
    if (back) backToAnswer(back.dataset.back);
  });

  // Gradio has no Vietnamese among its own languages and declares the page English again while it starts.
  function keepLanguage() {
    if (document.documentElement.lang !== "vi") document.documentElement.lang = "vi";
  }

  let seen = "";
  function follow() {
    const turns = document.querySelectorAll("#conversation .turn");
    const newest = turns[turns.length - 1];
    const now = newest ? `${newest.dataset.turn} ${newest.dataset.state}` : "";
    if (now === seen) return;
    seen = now;
    const input = document.querySelector("#question textarea");
    // A focused input opens the keyboard of a phone, which would cover the answer.
    if (matchMedia("(pointer: fine)").matches) input?.focus({ preventScroll: true });
    if (!newest) return;
    bring(newest, document.getElementById("conversation"), false);
    const done = newest.dataset.state === "done";
    if (done) document.getElementById("sources").scrollTop = 0;
    const status = document.getElementById("spoken-status");
    if (status) status.textContent = newest.querySelector(".reply")?.innerText ?? "";
  }

  function onChange() {
    keepLanguage();
    follow();
  }

  new MutationObserver(onChange).observe(document.documentElement, {
    attributeFilter: ["data-state", "lang"],
    childList: true,
    subtree: true,
  });
})();
