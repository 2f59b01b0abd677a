// On a phone what stands under a heading is folded until it is asked for: by its heading, by a choice, by the address.
const HEAD = ".stHeading h2";
const ASKED = "p.cell-head,.st-key-briefing-files,.st-key-w-noi-checklist";
const opened = {};

function under(head) {
  const parts = [];
  for (let part = head.nextElementSibling; part && !part.querySelector(HEAD + ",.foot"); part = part.nextElementSibling)
    parts.push(part);
  return parts;
}

function isAsked(part) {
  const named = location.hash && document.getElementById(location.hash.slice(1));
  return part.matches(ASKED) || part.querySelector(ASKED)
    || named && part.contains(named)
    || /[?&]doan=/.test(location.search) && part.querySelector(".doc");
}

function addButton(head) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "fold";
  button.addEventListener("click", () => {
    opened[button.dataset.name] = button.getAttribute("aria-expanded") === "false";
    papi.fold();
  });
  head.appendChild(button);
  return button;
}

// What is folded under a heading.
function foldedUnder(title) {
  const head = title.closest(".stElementContainer"), name = location.pathname + title.textContent, parts = under(head);
  const isOpen = name in opened ? opened[name] : parts.some(isAsked);
  const button = head.querySelector(".fold") || addButton(head);
  button.dataset.name = name;
  button.setAttribute("aria-label", title.textContent);
  button.setAttribute("aria-expanded", isOpen);
  return isOpen ? [] : parts;
}

papi.fold = function () {
  // Streamlit uses an element again for something else
  document.querySelectorAll(".fold").forEach(button => {
    if (!button.parentElement.querySelector(HEAD)) button.remove();
  });
  const folded = new Set(Array.from(document.querySelectorAll(".stMain " + HEAD)).flatMap(foldedUnder));
  document.querySelectorAll("[data-folded]").forEach(part => {
    if (!folded.has(part)) part.removeAttribute("data-folded");
  });
  folded.forEach(part => part.setAttribute("data-folded", ""));
};

// a link to what is folded opens it
document.addEventListener("click", event => {
  const link = event.target.closest?.("a[data-doan],a[href^='#']");
  const at = link && document.getElementById(link.dataset.doan ? "doan-" + link.dataset.doan : link.hash.slice(1));
  let part = at && at.closest("[data-folded]");
  while (part && !part.querySelector(HEAD)) part = part.previousElementSibling;
  if (part) part.querySelector(".fold").click();
}, true);
