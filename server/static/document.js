// The page of a document: shows where the reader is in the outline, copies permalinks, goes to a quotation.
// Everything works without it, less comfortably.
"use strict";

(() => {
  const copied = document.getElementById("copied");
  const links = new Map();
  for (const link of document.querySelectorAll(".outline li > a")) {
    const anchor = decodeURIComponent(link.hash.slice(1));
    // Of a chapter and its first article that begin at one paragraph, the inner one is the place.
    links.set(anchor, link);
  }
  let current = null;

  function mark(link) {
    if (!link || link === current) return;
    current?.removeAttribute("aria-current");
    link.setAttribute("aria-current", "location");
    current = link;
    const box = link.closest(".fold");
    for (let parent = link.parentElement; parent && parent !== box; parent = parent.parentElement) {
      // Not the details that the link itself leads: the reader may have folded it.
      if (parent.tagName === "DETAILS") parent.open = true;
    }
    const top = link.getBoundingClientRect().top - box.getBoundingClientRect().top;
    if (top < 0 || top > box.clientHeight - 40) box.scrollTop += top - box.clientHeight / 3;
  }

  function linkOf(paragraph) {
    for (let one = paragraph; one; one = one.previousElementSibling) {
      if (links.has(one.id)) return links.get(one.id);
    }
    return null;
  }

  // A place near the end cannot be scrolled to the top; it is where the reader is until they scroll on.
  let pinned = false;
  function pin() {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)))?.closest(".paragraph");
    pinned = Boolean(target);
    if (target) mark(linkOf(target));
  }
  addEventListener("hashchange", pin);
  for (const moving of ["wheel", "touchmove", "keydown"]) {
    addEventListener(moving, () => { pinned = false; }, { passive: true });
  }

  const visible = new Set();
  const observer = new IntersectionObserver((entries) => {
    for (const entry of entries) entry.isIntersecting ? visible.add(entry.target) : visible.delete(entry.target);
    if (pinned) return;
    const topmost = [...visible].sort((a, b) => a.compareDocumentPosition(b) & 4 ? -1 : 1)[0];
    if (topmost) mark(linkOf(topmost));
  }, { rootMargin: "-5% 0px -70% 0px" });
  for (const paragraph of document.querySelectorAll(".paragraph")) observer.observe(paragraph);

  pin();

  let hiding = 0;
  function tell(text) {
    clearTimeout(hiding);
    copied.textContent = text;
    hiding = setTimeout(() => { copied.textContent = ""; }, 2500);
  }

  document.querySelector(".text")?.addEventListener("click", (event) => {
    const link = event.target.closest(".permalink");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    // Without the search or the quotation that brought the reader here.
    const address = new URL(location.pathname + link.hash, location.origin).href;
    // The clipboard is closed to pages without TLS; the address bar shows the address all the same.
    navigator.clipboard?.writeText(address).then(
      () => tell("Đã chép đường dẫn đến đoạn này"),
      () => tell("Đường dẫn ở thanh địa chỉ"),
    );
  });

  if (matchMedia("(max-width: 999px)").matches) document.querySelector(".fold")?.removeAttribute("open");
  // A quotation may begin far down in a long paragraph.
  const quote = document.querySelector("mark.quote");
  if (quote) quote.scrollIntoView({ block: "center", behavior: "instant" });
})();
