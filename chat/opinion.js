// Sends what people think of an answer, and shows it as pressed. Answers are redrawn with every question, with
// what the server knew then; what was pressed since is kept here.
(() => {
  const pressed = new Map(); // turn id → {verdict, comment, thanks}
  let told = "";

  function send(row, verdict, comment) {
    pressed.set(row.dataset.turnId, { ...pressed.get(row.dataset.turnId), verdict, comment, thanks: "" });
    draw(row);
    TroLy.tell("conversation", "like", { turn_id: row.dataset.turnId, verdict, comment });
  }

  function draw(row) {
    const state = pressed.get(row.dataset.turnId);
    if (!state) return;
    for (const button of row.querySelectorAll("[data-verdict]")) {
      const yes = String(button.dataset.verdict === state.verdict);
      if (button.getAttribute("aria-pressed") !== yes) button.setAttribute("aria-pressed", yes);
    }
    const form = row.querySelector("form");
    if (form.hidden === Boolean(state.verdict)) form.hidden = !state.verdict;
    const thanks = row.querySelector(".thanks");
    if (thanks.textContent !== state.thanks) thanks.textContent = state.thanks;
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-verdict]");
    if (!button) return;
    const row = button.closest(".opinion");
    // Pressed again it is taken back.
    const verdict = button.getAttribute("aria-pressed") === "true" ? null : button.dataset.verdict;
    send(row, verdict, row.querySelector("textarea").value);
  });

  document.addEventListener("submit", (event) => {
    const row = event.target.closest(".opinion");
    if (!row) return;
    event.preventDefault();
    const verdict = row.querySelector('[aria-pressed="true"]')?.dataset.verdict ?? null;
    send(row, verdict, row.querySelector("textarea").value);
  });

  document.addEventListener("input", (event) => {
    const row = event.target.closest(".opinion");
    const state = row && pressed.get(row.dataset.turnId);
    if (state) state.comment = event.target.value;
  });

  TroLy.onChange(() => {
    const newest = document.querySelector("#told [data-rated]");
    if (newest && newest.dataset.told !== told) {
      told = newest.dataset.told;
      const state = pressed.get(newest.dataset.rated);
      if (state) pressed.set(newest.dataset.rated, { ...state, thanks: newest.textContent });
    }
    for (const row of document.querySelectorAll(".opinion")) {
      const state = pressed.get(row.dataset.turnId);
      const field = row.querySelector("textarea");
      if (state?.comment && document.activeElement !== field && field.value !== state.comment) field.value = state.comment;
      draw(row);
    }
  });
})();
