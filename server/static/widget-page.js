// The chat in a narrow frame: asks /api/ask and shows answers as text, never as markup.
// Speaks only with the page that frames it, at the origin which that page named when it made the frame.
"use strict";

(() => {
  const root = document.body.dataset.root;
  const language = document.documentElement.lang;
  const words = {
    vi: {
      pending: "Đang tìm trong các văn bản…", understood: "Tôi hiểu là: ", asTyped: "Tìm đúng chữ đã gõ", whole: "Xem cả đoạn",
      open: "Mở trong văn bản", nearest: "Đoạn gần nhất", source: "Xem nguồn", useful: "Câu trả lời có đúng không?", yes: "Đúng", no: "Chưa đúng",
      thanks: "Cảm ơn, đã ghi nhận.", notKept: "Chưa ghi được ý kiến; có thể trình duyệt chặn cookie của trợ lý trong trang này. Xin góp ý ở trang đầy đủ.",
      signIn: "Cần đăng nhập để hỏi. Đăng nhập trong thẻ mới rồi quay lại gửi câu hỏi; nếu vẫn được yêu cầu đăng nhập, xin dùng trang đầy đủ vì trình duyệt chặn cookie trong khung này.",
      signInLink: "Đăng nhập trong thẻ mới", failed: "Không kết nối được với máy chủ. Xin thử lại sau ít phút.", again: "Hỏi lại",
      notes: "Lưu ý", written: "Do mô hình ngôn ngữ viết, đã đối chiếu từng câu", quoted: "Trích nguyên văn",
      quoting: "Chỉ trích nguyên văn", supported: "đã đối chiếu, khớp văn bản", replaced: "trích nguyên văn thay câu không khớp",
      leftOut: (count) => `Đã bỏ ${count} câu của mô hình vì không khớp văn bản`,
    },
    en: {
      pending: "Searching the documents…", understood: "Understood as: ", asTyped: "Search the typed words", whole: "Show the whole paragraph",
      open: "Open in the document", nearest: "Nearest paragraph", source: "Show source", useful: "Is the answer right?", yes: "Right", no: "Not right",
      thanks: "Thank you, noted.", notKept: "Not noted; the browser may block the assistant's cookies in this page. Please use the full page.",
      signIn: "Please sign in to ask. Sign in in a new tab and send the question again; if you are asked again, use the full page, because the browser blocks cookies in this frame.",
      signInLink: "Sign in in a new tab", failed: "The server cannot be reached. Please try again in a few minutes.", again: "Ask again",
      notes: "Please note", written: "Written by a language model, every sentence checked", quoted: "Quoted word for word",
      quoting: "Quotations only", supported: "checked, agrees with the document", replaced: "quotation in place of a sentence that did not agree",
      leftOut: (count) => `${count} ${count === 1 ? "sentence of the model was" : "sentences of the model were"} left out: not what the documents say`,
    },
  }[language];
  const hasModel = document.body.hasAttribute("data-model");
  const MOST_HISTORY = 12;
  const MOST_TEXT = 20000; // characters of an earlier message that the server takes
  const turns = document.getElementById("turns");
  const welcome = document.getElementById("welcome");
  const form = document.getElementById("ask");
  const box = document.getElementById("question");
  const send = form.querySelector(".primary");
  let history = [];
  let conversation = null;
  let busy = false;
  let count = 0;

  // ---- text to elements ---------------------------------------------------------------------------------
  const MARKS = /([\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069])/;

  // Marks of reading direction are shown and kept inside themselves: a quotation must not read backwards.
  function text(words) {
    return String(words).split(MARKS).map((part) => {
      if (!MARKS.test(part)) return part;
      const mark = element("bdi", { class: "direction-mark" }, part);
      mark.dataset.code = "U+" + part.codePointAt(0).toString(16).toUpperCase().padStart(4, "0");
      return mark;
    });
  }

  function element(name, attributes = {}, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children.flat());
    return made;
  }

  function button(label, attributes, onClick) {
    const made = element("button", { type: "button", ...attributes }, text(label));
    made.addEventListener("click", onClick);
    return made;
  }

  // ---- one answer -----------------------------------------------------------------------------------------
  function shown(answer, turn, asked) {
    const reply = element("div", { class: answer.refused ? "reply refusal" : "reply" });
    if (answer.understood_as) {
      reply.append(element("p", { class: "understood" }, words.understood, text(answer.understood_as), " ",
        button(words.asTyped, { class: "plain" }, () => ask(asked, { as_typed: true }))));
    }
    if (answer.mode === "generative") reply.append(...written(answer, turn, asked));
    else {
      if (hasModel && !answer.refused) reply.append(element("p", { class: "mode" }, words.quoted));
      reply.append(element("div", { class: "answer", lang: answer.refused && language === "en" ? "en" : "vi" }, withMarkers(answer.answer, answer, turn)));
    }
    if (answer.notes.length) {
      reply.append(element("div", { class: "notes" }, element("p", {}, words.notes + ":"),
        element("ul", {}, ...answer.notes.map((note) => element("li", {}, text(note.text), note.source ? text(` (${note.source})`) : "")))));
    }
    if (answer.citations.length) {
      reply.append(element("ol", { class: "sources" }, ...answer.citations.map((one) => source(one, turn))));
    } else if (answer.passages.length) {
      const near = answer.passages[0];
      reply.append(element("details", {}, element("summary", {}, `${words.nearest}: `, text(near.location)),
        element("p", { class: "passage", lang: "vi" }, text(near.text)), documentLink(near.url)));
    }
    if (answer.turn_id) reply.append(feedback(answer.turn_id));
    return reply;
  }

  // Sentences of a language model, each with what its check came to; of those left out only the reasons.
  function written(answer, turn, asked) {
    const mode = element("p", { class: "mode" }, words.written + " ",
      button(words.quoting, { class: "plain" }, () => ask(asked, { quoting: true })));
    const lines = answer.sentences.filter((one) => one.text).map((one) => {
      const replaced = one.verdict === "replaced";
      const told = replaced ? words.replaced : words.supported;
      return element("li", { class: `sentence ${one.verdict}` },
        element("span", { class: "check", "aria-hidden": "true", title: told }, replaced ? "”" : "✓"),
        element("span", {}, ...(replaced ? text(one.text) : withMarkers(one.text, answer, turn)), " ",
          ...one.markers.flatMap((number) => withMarkers(`[${number}]`, answer, turn)),
          element("span", { class: replaced ? "why" : "unseen", lang: language }, ` (${told})`)));
    });
    const left = answer.sentences.filter((one) => one.verdict === "removed");
    const reasons = [...new Set(left.map((one) => one.reason).filter(Boolean))];
    return [mode, element("ol", { class: "answer" }, ...lines),
      ...(left.length ? [element("details", { class: "left-out" }, element("summary", {}, words.leftOut(left.length)),
        element("ul", {}, ...reasons.map((reason) => element("li", {}, text(reason)))))] : [])];
  }

  function withMarkers(said, answer, turn) {
    return said.split(/\[(\d{1,3})\]/).flatMap((part, index) => {
      if (index % 2 === 0) return text(part);
      const number = Number(part);
      if (number < 1 || number > answer.citations.length) return text(`[${part}]`);
      return button(`[${number}]`, { class: "marker", "aria-label": `[${number}] ${words.source}` }, () => goTo(turn, number));
    });
  }

  function goTo(turn, number) {
    for (const other of turns.querySelectorAll(".now")) other.classList.remove("now");
    const target = document.getElementById(`nguon-${turn}-${number}`);
    target.classList.add("now");
    target.querySelector("details").open = true;
    target.focus();
    target.scrollIntoView({ block: "nearest" });
  }

  function source(citation, turn) {
    return element("li", { id: `nguon-${turn}-${citation.marker}`, tabindex: "-1", lang: "vi" },
      element("p", { class: "place" }, element("span", { class: "number" }, `[${citation.marker}] `), text(citation.location)),
      element("p", { class: "document" }, text(citation.title)),
      element("details", {}, element("summary", { lang: language }, words.whole), element("p", { class: "passage" }, highlighted(citation))),
      documentLink(citation.url));
  }

  // By offsets. A passage's id ends with where it starts in the document; offsets count characters, not UTF-16.
  function highlighted(citation) {
    const letters = Array.from(citation.passage_text);
    const first = Number(citation.passage_id.slice(citation.passage_id.lastIndexOf(":") + 1));
    const [start, end] = [citation.start - first, citation.end - first];
    const quote = letters.slice(start, end).join("");
    if (quote !== citation.quote) return text(citation.passage_text);
    return [...text(letters.slice(0, start).join("")), element("mark", {}, text(quote)), ...text(letters.slice(end).join(""))];
  }

  function documentLink(url) {
    // The path only: behind a proxy this page knows our address better than the server does.
    const place = new URL(url, location.href);
    return element("a", { href: place.pathname + place.search + place.hash, target: "_blank", rel: "noopener" }, words.open);
  }

  function feedback(turnId) {
    const told = element("span", { role: "status" });
    const buttons = [["up", "👍", words.yes], ["down", "👎", words.no]].map(([verdict, sign, name]) => {
      const made = button(sign, { "aria-label": name, title: name, "aria-pressed": "false" }, async () => {
        const response = await post("/api/feedback", { turn_id: turnId, verdict });
        const kept = Boolean(response?.ok);
        for (const one of buttons) one.setAttribute("aria-pressed", String(kept && one === made));
        told.textContent = kept ? words.thanks : words.notKept;
      });
      return made;
    });
    return element("div", { class: "feedback" }, element("span", {}, words.useful), ...buttons, told);
  }

  // ---- asking ---------------------------------------------------------------------------------------------
  async function post(path, body) {
    try {
      return await fetch(root + path, {
        method: "POST", credentials: "same-origin", headers: { "content-type": "application/json", accept: "application/json" }, body: JSON.stringify(body),
      });
    } catch {
      return null; // no network
    }
  }

  async function ask(question, manner = {}) {
    const asked = question.trim();
    if (!asked || busy) return;
    busy = true;
    count += 1;
    send.setAttribute("aria-disabled", "true");
    welcome.hidden = true;
    const reply = element("div", { class: "reply pending" }, words.pending);
    const line = element("p", { class: "question" }, text(asked));
    turns.append(line, reply);
    line.scrollIntoView({ block: "start" });
    const done = await answered(asked, manner, count);
    reply.replaceWith(done);
    line.scrollIntoView({ block: "start" });
    busy = false;
    send.removeAttribute("aria-disabled");
  }

  async function answered(asked, manner, turn) {
    const body = { question: asked, history: history.slice(-MOST_HISTORY), ...manner };
    if (conversation) body.conversation_id = conversation;
    const response = await post("/api/ask", body);
    if (response === null) return problem(words.failed, asked);
    let answer = null;
    try {
      answer = await response.json();
    } catch {
      return response.status === 401 ? signIn(asked) : problem(words.failed, asked);
    }
    if (response.status === 401) return signIn(asked);
    if (!response.ok) {
      const { message, mend } = answer.error ?? {};
      return problem([message, mend].filter(Boolean).join(". ") || words.failed, asked);
    }
    conversation = answer.conversation_id;
    history.push({ role: "user", content: asked }, { role: "assistant", content: answer.answer.slice(0, MOST_TEXT) });
    return shown(answer, turn, asked);
  }

  function problem(told, asked, ...more) {
    return element("div", { class: "reply problem" }, element("p", {}, text(told)), ...more,
      button(words.again, { class: "plain" }, () => ask(asked)));
  }

  function signIn(asked) {
    return problem(words.signIn, asked,
      element("p", {}, element("a", { href: root + "/login", target: "_blank", rel: "noopener" }, words.signInLink)));
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (busy || !box.value.trim()) return;
    ask(box.value);
    box.value = "";
  });
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      form.requestSubmit();
    }
  });
  welcome.addEventListener("click", (event) => {
    if (event.target.closest(".example")) ask(event.target.textContent);
  });
  document.getElementById("again").addEventListener("click", () => {
    if (busy) return;
    history = [];
    conversation = null;
    for (const one of [...turns.children]) if (one !== welcome) one.remove();
    welcome.hidden = false;
    box.focus();
  });

  // Until here a question could only be lost: nothing listened.
  for (const one of document.querySelectorAll("main [disabled]")) one.disabled = false;

  // ---- the page around --------------------------------------------------------------------------------------
  const outside = new URLSearchParams(location.search).get("origin");
  if (parent !== window && outside) {
    const tell = (type) => {
      try {
        parent.postMessage({ type }, outside);
      } catch {
        // not an origin: whoever made this frame hears nothing
      }
    };
    addEventListener("message", (event) => {
      if (event.source !== parent || event.origin !== outside) return;
      if (event.data?.type === "tro-ly:ask" && typeof event.data.question === "string") ask(event.data.question);
      if (event.data?.type === "tro-ly:focus") box.focus();
    });
    addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !event.isComposing) tell("tro-ly:close");
    });
    document.querySelector(".below a").addEventListener("keydown", (event) => {
      if (event.key === "Tab" && !event.shiftKey) tell("tro-ly:leave");
    });
    tell("tro-ly:ready");
  }
})();
