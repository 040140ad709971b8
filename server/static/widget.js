// Adds the assistant to any page: a floating button that opens a panel with the chat in a frame.
//
//   <script src="https://HOST/widget.js" data-title="…" data-position="right" data-lang="vi" defer></script>
//
// Everything lives in a shadow root with constructed style sheets, so the page's styles and a strict policy
// (script-src and frame-src with HOST are enough) do no harm, and the page is not touched. The only global name
// is window.TroLyNghiQuyet: open(), close(), ask("…").
"use strict";

(() => {
  if (window.TroLyNghiQuyet) return; // the tag may stand in a page twice

  const script = document.currentScript || document.querySelector('script[src*="/widget.js"]');
  const address = new URL(script.src, location.href);
  const origin = address.origin;
  const base = origin + address.pathname.replace(/\/widget\.js$/, "");
  const set = script.dataset;
  const language = set.lang === "en" ? "en" : "vi";
  const words = {
    vi: {
      title: "Trợ lý Nghị quyết", open: "Hỏi trợ lý", close: "Đóng", frame: "Hỏi đáp",
      refused: "Trang này chưa được phép nhúng trợ lý, hoặc máy chủ của trợ lý đang không trả lời. " +
        "Bộ phận công nghệ thông tin cần thêm địa chỉ sau vào ASSISTANT_EMBED_ORIGINS:",
      instead: "Mở trang hỏi đáp trong thẻ mới",
    },
    en: {
      title: "Resolution assistant", open: "Ask the assistant", close: "Close", frame: "Questions and answers",
      refused: "This page is not allowed to embed the assistant, or the assistant's server does not answer. " +
        "IT staff: add this address to ASSISTANT_EMBED_ORIGINS:",
      instead: "Open the assistant in a new tab",
    },
  }[language];
  const title = set.title || words.title;
  const side = set.position === "left" ? "left" : "right";
  const narrow = matchMedia("(max-width: 640px), (max-height: 420px)");

  const STYLE = `
    :host { all: initial !important; position: fixed !important; z-index: 2147483000 !important;
      bottom: 0 !important; ${side}: 0 !important; display: block !important;
      color-scheme: light dark; --ink: #1b2430; --paper: #fff; --accent: #14508c; --accent-ink: #fff; --edge: #76828f;
      font: 16px/1.5 system-ui, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", Arial, sans-serif; }
    @media (prefers-color-scheme: dark) { :host { --ink: #e9edf2; --paper: #1d242e; --accent: #8fc1f2; --accent-ink: #10202f; --edge: #8792a0; } }
    *, *::before, *::after { box-sizing: border-box; }
    [hidden] { display: none !important; }
    button { font: inherit; cursor: pointer; }
    :focus-visible { outline: 3px solid var(--accent); outline-offset: 3px; }
    .open { position: fixed; bottom: 20px; ${side}: 20px; display: flex; align-items: center; gap: 8px; min-height: 52px;
      padding: 10px 18px; border: 2px solid var(--paper); border-radius: 28px; background: var(--accent); color: var(--accent-ink);
      font-weight: 700; box-shadow: 0 4px 16px rgb(0 0 0 / .3); }
    .open svg { width: 24px; height: 24px; flex: none; }
    .panel { position: fixed; bottom: 20px; ${side}: 20px; width: min(410px, calc(100vw - 40px)); height: min(640px, calc(100dvh - 40px));
      display: flex; flex-direction: column; overflow: hidden; background: var(--paper); color: var(--ink);
      border: 1px solid var(--edge); border-radius: 12px; box-shadow: 0 8px 32px rgb(0 0 0 / .35); }
    .bar { display: flex; align-items: center; gap: 8px; padding: 6px 6px 6px 16px; background: var(--accent); color: var(--accent-ink); }
    .bar h2 { flex: 1; min-width: 0; margin: 0; font-size: 1.05rem; line-height: 1.3; font-weight: 700; overflow-wrap: anywhere; }
    .close { display: grid; place-items: center; width: 44px; height: 44px; border: 0; border-radius: 8px; background: none; color: inherit; }
    .close:focus-visible { outline-color: var(--accent-ink); outline-offset: -4px; }
    .close svg { width: 22px; height: 22px; }
    iframe { flex: 1; width: 100%; min-height: 0; border: 0; background: var(--paper); }
    .refused { padding: 16px; overflow: auto; overflow-wrap: anywhere; }
    .refused p { margin: 0 0 12px; }
    .refused a { color: var(--accent); }
    @media (max-width: 640px), (max-height: 420px) {
      .panel { inset: 0; width: 100%; height: 100dvh; border: 0; border-radius: 0; }
      .open { bottom: 14px; ${side}: 14px; }
    }
    @media (prefers-reduced-motion: no-preference) {
      .panel { animation: appear .18s ease-out; }
      @keyframes appear { from { opacity: 0; transform: translateY(12px); } }
    }
    @media (forced-colors: active) { .open, .panel { border: 2px solid ButtonText; } }
    @media print { :host { display: none !important; } }`;

  // Not a div: a page may have rules for those.
  const host = document.createElement("tro-ly-nghi-quyet");
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet(); // no inline style: a strict policy of the page would refuse it
  sheet.replaceSync(STYLE);
  root.adoptedStyleSheets = [sheet];

  function element(name, attributes = {}, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  }

  function icon(path) {
    const space = "http://www.w3.org/2000/svg";
    const svg = document.createElementNS(space, "svg");
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("aria-hidden", "true");
    const line = document.createElementNS(space, "path");
    for (const [key, value] of Object.entries({
      d: path, fill: "none", stroke: "currentColor", "stroke-width": "2.2", "stroke-linecap": "round", "stroke-linejoin": "round",
    })) line.setAttribute(key, value);
    svg.append(line);
    return svg;
  }

  const button = element("button", {
    type: "button", class: "open", part: "button", "aria-haspopup": "dialog", "aria-expanded": "false",
  }, icon("M4 5h16v11H9l-5 4zM8 9h8M8 12h5"), element("span", {}, words.open));
  const closing = element("button", { type: "button", class: "close", "aria-label": words.close }, icon("M6 6l12 12M18 6L6 18"));
  const heading = element("h2", { id: "title" }, title);
  const panel = element("div", { class: "panel", role: "dialog", "aria-labelledby": "title" },
    element("div", { class: "bar" }, heading, closing));
  panel.hidden = true;
  root.append(button, panel);

  let frame = null;
  let ready = false;
  let waiting = []; // messages for a page that is not there yet
  let before = null; // what had the focus

  function send(message) {
    if (ready) frame.contentWindow.postMessage(message, origin);
    else waiting.push(message);
  }

  function load() {
    const page = new URL(base + "/widget");
    page.searchParams.set("lang", language);
    page.searchParams.set("origin", location.origin);
    frame = element("iframe", {
      src: page.href, title: `${title}: ${words.frame}`, allow: "clipboard-write", referrerpolicy: "origin",
    });
    // A refused frame loads, too: an error page of the browser, which never says that it is ready.
    frame.addEventListener("load", () => setTimeout(() => { if (!ready) refuse(); }, 1500), { once: true });
    panel.append(frame);
  }

  function refuse() {
    frame.hidden = true;
    const link = element("a", { href: base + "/", target: "_blank", rel: "noopener" }, words.instead);
    panel.append(element("div", { class: "refused", role: "alert" },
      element("p", {}, words.refused), element("p", {}, element("code", {}, location.origin)), element("p", {}, link)));
  }

  function open() {
    if (!panel.hidden) return;
    before = document.activeElement === host ? button : document.activeElement;
    panel.hidden = false;
    button.hidden = true;
    button.setAttribute("aria-expanded", "true");
    if (narrow.matches) panel.setAttribute("aria-modal", "true");
    else panel.removeAttribute("aria-modal");
    if (!frame) load();
    closing.focus();
    send({ type: "tro-ly:focus" });
  }

  function close() {
    if (panel.hidden) return;
    panel.hidden = true;
    button.hidden = false;
    button.setAttribute("aria-expanded", "false");
    // To where the reader came from, if it is still there.
    const target = before && before !== document.body && before.isConnected ? before : button;
    target.focus();
  }

  function ask(question) {
    open();
    const text = String(question ?? "").trim();
    if (text) send({ type: "tro-ly:ask", question: text.slice(0, 2000) });
  }

  button.addEventListener("click", open);
  closing.addEventListener("click", close);
  panel.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      event.stopPropagation();
      close();
    } else if (event.key === "Tab" && event.shiftKey && narrow.matches && root.activeElement === closing) {
      // Over the whole screen the page behind cannot be seen, so the focus does not go there.
      event.preventDefault();
      send({ type: "tro-ly:focus" });
    }
  });
  addEventListener("message", (event) => {
    if (!frame || event.source !== frame.contentWindow || event.origin !== origin) return;
    if (event.data?.type === "tro-ly:ready") {
      ready = true;
      for (const message of waiting) send(message);
      waiting = [];
    } else if (event.data?.type === "tro-ly:close") {
      close();
    } else if (event.data?.type === "tro-ly:leave" && narrow.matches) {
      closing.focus();
    }
  });

  Object.defineProperty(window, "TroLyNghiQuyet", { value: Object.freeze({ open, close, ask }), enumerable: true });

  function attach() {
    document.body.append(host);
    if (set.question) ask(set.question);
  }
  if (document.body) attach();
  else addEventListener("DOMContentLoaded", attach, { once: true });
})();
