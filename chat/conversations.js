// The panel of conversations: opens and closes it, asks before deleting, and keeps the address of the page that
// of the conversation, so that a reload shows it again.
(() => {
  const panel = () => document.getElementById("panel");
  const opener = () => document.querySelector('[data-panel="open"]');
  let timer = 0;

  function show(open) {
    const root = panel();
    root.classList.toggle("open", open);
    root.setAttribute("role", "dialog");
    root.setAttribute("aria-modal", "true");
    root.setAttribute("aria-labelledby", "panel-title");
    opener()?.setAttribute("aria-expanded", String(open));
    for (const part of document.querySelectorAll("#header, #columns")) part.inert = open;
    if (open) {
      TroLy.tell("panel-list", "click", { search: search()?.value ?? "" });
      search()?.focus();
    } else {
      opener()?.focus();
    }
  }

  const search = () => document.getElementById("panel-search");
  const isOpen = () => panel()?.classList.contains("open");

  function sure(deletion, asking) {
    deletion.querySelector(".ask-delete").hidden = asking;
    deletion.querySelector(".sure").hidden = !asking;
    deletion.querySelector(asking ? ".keep" : ".ask-delete").focus();
  }

  document.addEventListener("click", (event) => {
    const target = event.target;
    const toggle = target.closest("[data-panel]");
    if (toggle) return show(toggle.dataset.panel === "open");
    if (isOpen() && !target.closest("#panel")) return show(false);
    const opened = target.closest("[data-open]");
    if (opened) {
      TroLy.tell("panel-list", "click", { open: opened.dataset.open });
      return show(false);
    }
    const deletion = target.closest(".deletion");
    if (!deletion) return;
    if (target.closest(".ask-delete")) sure(deletion, true);
    else if (target.closest(".keep")) sure(deletion, false);
    else if (target.closest("[data-delete]")) {
      TroLy.tell("panel-list", "click", { delete: target.closest("[data-delete]").dataset.delete, search: search()?.value ?? "" });
      search()?.focus(); // the button is about to go
    }
  });

  document.addEventListener("input", (event) => {
    if (event.target !== search()) return;
    clearTimeout(timer);
    timer = setTimeout(() => TroLy.tell("panel-list", "click", { search: search().value }), 250);
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && isOpen()) show(false);
  });

  let settled = false; // until the page has been told which conversation it is, its address stays
  TroLy.onChange(() => {
    const turns = document.querySelector("#conversation .turns");
    if (turns) settled = true;
    else if (!settled) return;
    // Without records there is nothing that a reload could show again.
    const kept = turns && document.querySelector("#conversation .opinion");
    const address = kept ? `#c=${turns.dataset.conversation}` : "";
    if (location.hash !== address && !(turns && !kept)) {
      history.replaceState(history.state, "", address || location.pathname + location.search);
    }
  });
})();
