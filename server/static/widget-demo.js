// The button of the sample page: how a page asks a question of its own.
"use strict";
document.querySelector(".demo").addEventListener("click", (event) => {
  window.TroLyNghiQuyet.ask(event.currentTarget.dataset.question);
});
