export default function ({ data, setTriggerValue }) {
  const page = window.papiReads || (window.papiReads = {});
  page.tell = (unit) => setTriggerValue("unit", unit);
  // a line of another part is asked for once, and shown when its part has come
  page.isElsewhere = (line) => data.span && (line < data.span[0] || line > data.span[1]);
  page.askLine = (line) => { page.wanted = line; page.askedLine = line; setTriggerValue("line", String(line)); };
  page.show = (unit, where) => {
    for (const one of document.querySelectorAll(".doc .on,.strip .on")) { one.classList.remove("on"); one.removeAttribute("aria-current"); }
    if (!unit) return true;
    const own = document.querySelectorAll(`.doc [data-u="${unit}"]`), chip = document.getElementById(`doan-${unit}`);
    if (!chip) return false;
    for (const one of own) one.classList.add("on");
    chip.setAttribute("aria-current", "true");
    for (const one of document.querySelectorAll(".strip a")) if (+one.dataset.doan <= unit && unit <= +one.dataset.last) one.classList.add("on");
    if (where) {
      const box = own[0] || chip, tall = box.getBoundingClientRect().height > innerHeight / 3;
      box.scrollIntoView({ block: tall || innerWidth < 900 ? "start" : where, behavior: "instant" });
    }
    return true;
  };
  if (!page.listens) {
    page.listens = true;
    document.addEventListener("click", (event) => {
      const link = event.target.closest && event.target.closest("a[data-doan],.toc a[href^='#dong-']");
      if (!link || !page.tell || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
      if (!link.dataset.doan) {
        const line = +link.hash.slice("#dong-".length);
        if (page.isElsewhere(line)) { event.preventDefault(); page.askLine(line); }
        return;
      }
      event.preventDefault();
      page.focus = event.detail === 0;
      page.asked = page.show(+link.dataset.doan, "nearest") ? +link.dataset.doan : undefined;
      page.tell(link.dataset.doan);
    });
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && page.shown && page.tell && !event.target.closest("input,[role=listbox],[role=dialog]")) page.tell("0");
    });
  }
  // the document may come after this script: wait for it, at most ten seconds
  const unit = data.unit, named = /^#do(ng|an)-[0-9]+$/.test(location.hash) && !page.shown ? location.hash.slice(1) : null;
  const inHash = named && named.startsWith("dong-") ? +named.slice("dong-".length) : null;
  if (!unit && inHash && page.isElsewhere(inHash) && page.askedLine !== inHash) page.askLine(inHash);
  const line = page.wanted ? (page.isElsewhere(page.wanted) ? null : `dong-${page.wanted}`) : inHash && page.isElsewhere(inHash) ? null : named;
  // another part begins at its first line
  const isTurned = data.span && page.first && page.first !== data.span[0] && !unit && !line;
  page.first = data.span && data.span[0];
  const where = page.shown === undefined ? "center" : page.asked === unit ? null : "nearest";
  let left = 100;
  const seek = () => {
    const there = unit ? page.show(unit, where) : page.show(null) && (!line || document.getElementById(line));
    if (!there && left-- > 0) return setTimeout(seek, 100);
    if (!unit && line && there) { there.scrollIntoView({ block: "center", behavior: "instant" }); page.wanted = null; }
    if (isTurned) document.getElementById(`dong-${data.span[0]}`)?.scrollIntoView({ block: "start", behavior: "instant" });
    // what was closed gives the keyboard back to its place in the text
    if (!unit && page.shown) (document.getElementById(`doan-${page.shown}`) || document.body).focus({ preventScroll: true });
    page.shown = unit || null;
    page.asked = undefined;
  };
  seek();
  // by keyboard the reader is taken to what was read; a mouse stays where it is
  if (page.focus && unit) {
    page.focus = false;
    let tries = 50;
    const go = () => { const head = document.querySelector(`.unit-head[data-unit="${unit}"]`); if (head) head.focus({ preventScroll: true }); else if (tries-- > 0) setTimeout(go, 60); };
    go();
  }
  return () => { page.tell = null; page.shown = undefined; page.first = null; };
}
