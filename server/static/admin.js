/* Drag and drop with a progress bar per file, and the progress of indexing. Without it the pages work the same:
   a plain form, and a reload to see how far the job is. */
(() => {
  "use strict";
  document.documentElement.classList.add("scripted");
  const whole = new Intl.NumberFormat("vi-VN");

  /* The indexing job: a page that shows a running job, or has just begun one, waits for its end. */
  const job = document.getElementById("job");
  const steps = (state) => {
    if (state.step === "encoding") {
      return `Đã xử lý ${whole.format(state.windows.done)} trên ${whole.format(state.windows.total)} câu`;
    }
    if (state.step === "finishing") return "Đang mở chỉ mục mới";
    const pages = state.pages.total ? `; nhận dạng chữ trang ${state.pages.done} trên ${state.pages.total}` : "";
    return `Đang đọc tệp${pages}`;
  };
  const follow = async () => {
    let state;
    try {
      const answer = await fetch(job.dataset.address, { headers: { Accept: "application/json" } });
      if (!answer.ok) return;
      state = await answer.json();
    } catch {
      setTimeout(follow, 5000); // the server restarts, or the network is away
      return;
    }
    if (!state.running) {
      location.assign(location.pathname + location.search);
      return;
    }
    const step = document.getElementById("job-step");
    const bar = document.getElementById("job-bar");
    if (!step || !bar) {
      location.assign(location.pathname + location.search);
      return;
    }
    step.textContent = steps(state);
    if (state.percent === null) bar.removeAttribute("value");
    else bar.value = state.percent;
    setTimeout(follow, 1000);
  };
  if (job && job.dataset.running === "1") setTimeout(follow, 500);

  const form = document.getElementById("upload");
  if (!form) return;
  const chooser = document.getElementById("files");
  const drop = document.getElementById("drop");
  const list = document.getElementById("progress");
  const most = Number(form.dataset.max);
  const suffixes = form.dataset.suffixes.split(" ");

  const row = (file) => {
    const item = document.createElement("li");
    const name = document.createElement("span");
    const told = document.createElement("span");
    const bar = document.createElement("progress");
    name.textContent = file.name;
    bar.max = Math.max(file.size, 1);
    bar.value = 0;
    bar.setAttribute("aria-label", `Tiến độ tải ${file.name}`);
    item.append(name, told, bar);
    list.append(item);
    return {
      at: (loaded) => { bar.value = loaded; },
      end: (kind, text) => { told.className = kind; told.textContent = text; bar.remove(); },
    };
  };
  const objection = (file) => {
    const dot = file.name.lastIndexOf(".");
    const suffix = dot < 0 ? "" : file.name.slice(dot).toLowerCase();
    if (!suffixes.includes(suffix)) return "Chưa đọc được định dạng này. Lưu thành .docx, .pdf hoặc .txt";
    if (file.size > most) return `Lớn hơn ${form.dataset.megabytes} MB. Tách tệp, hoặc nhờ quản trị máy chủ nâng giới hạn`;
    return file.size === 0 ? "Tệp rỗng (0 byte). Chép lại tệp gốc" : null;
  };
  const send = (file, replace, shown) => new Promise((resolve) => {
    const request = new XMLHttpRequest();
    const body = new FormData();
    body.append("later", "1");
    if (replace) body.append("replace", "1");
    body.append("files", file);
    request.upload.addEventListener("progress", (event) => shown.at(event.loaded));
    request.addEventListener("load", () => {
      if (request.status === 429) { // many files in one minute: go on when we may
        const seconds = Number(request.getResponseHeader("Retry-After")) || 5;
        shown.at(0);
        setTimeout(() => resolve(send(file, replace, shown)), seconds * 1000);
        return;
      }
      let message = { kind: "problem", text: request.status === 413 ? `Lớn hơn ${form.dataset.megabytes} MB` : `Máy chủ trả lời ${request.status}. Thử lại` };
      try { message = JSON.parse(request.responseText).messages[0] || message; } catch { /* not our JSON */ }
      shown.end(message.kind, message.text);
      resolve(message.kind === "done");
    });
    request.addEventListener("error", () => {
      shown.end("problem", "Mất kết nối với máy chủ. Thử lại");
      resolve(false);
    });
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "application/json");
    request.send(body);
  });

  let busy = false;
  const sendAll = async (files) => {
    if (busy || !files.length) return;
    busy = true;
    list.replaceChildren();
    const button = form.querySelector("button[type=submit]");
    button.disabled = true;
    const replace = form.elements.replace.checked;
    const rows = files.map((file) => [file, row(file)]);
    let taken = 0;
    for (const [file, shown] of rows) { // one after the other: a slow line is not made slower
      const problem = objection(file);
      if (problem) shown.end("problem", problem);
      else if (await send(file, replace, shown)) taken += 1;
    }
    chooser.value = "";
    button.disabled = false;
    busy = false;
    if (!taken) return;
    const begun = await fetch(form.dataset.index, { method: "POST", headers: { Accept: "application/json" }, body: new FormData() });
    // With a refused file the list stays to be read; the page is then left as it is until somebody reloads.
    if (begun.ok && taken === rows.length) location.assign(location.pathname);
    else {
      const again = document.createElement("li");
      const link = document.createElement("a");
      link.href = location.pathname;
      link.textContent = "Xem tiến độ lập chỉ mục";
      again.append(link);
      list.append(again);
    }
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    sendAll([...chooser.files]);
  });
  for (const kind of ["dragenter", "dragover"]) {
    drop.addEventListener(kind, (event) => { event.preventDefault(); drop.classList.add("over"); });
  }
  drop.addEventListener("dragleave", () => drop.classList.remove("over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    sendAll([...event.dataTransfer.files]);
  });
})();
