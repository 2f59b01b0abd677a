// On a phone what stands under a heading is folded until it is asked for: by its heading, by a choice, by the address.
const HEAD = ".stHeading h2";
const opened = {};

function under(head) {
  const parts = [];
  for (let part = head.nextElementSibling; part && !part.querySelector(HEAD + ",.foot"); part = part.nextElementSibling)
    parts.push(part);
  return parts;
}

function isAsked(part) {
  const named = location.hash && document.getElementById(location.hash.slice(1));
  return part.querySelector("p.cell-head,.st-key-briefing-files")
    || named && part.contains(named)
    || /[?&]doan=/.test(location.search) && part.querySelector(".doc");
}

function buttonOf(head, title, name) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "fold";
  button.setAttribute("aria-label", title.textContent);
  button.addEventListener("click", () => {
    opened[name] = button.getAttribute("aria-expanded") === "false";
    papi.fold();
  });
  head.appendChild(button);
  return button;
}

papi.fold = function () {
  document.querySelectorAll(".stMain " + HEAD).forEach(title => {
    const head = title.closest(".stElementContainer"), name = location.pathname + title.textContent, parts = under(head);
    const button = head.querySelector(".fold") || buttonOf(head, title, name);
    const isOpen = name in opened ? opened[name] : parts.some(isAsked);
    button.setAttribute("aria-expanded", isOpen);
    parts.forEach(part => part.toggleAttribute("data-folded", !isOpen));
  });
};

// a link to what is folded opens it
document.addEventListener("click", event => {
  const link = event.target.closest?.("a[data-doan],a[href^='#']");
  const at = link && document.getElementById(link.dataset.doan ? "doan-" + link.dataset.doan : link.hash.slice(1));
  let part = at && at.closest("[data-folded]");
  while (part && !part.querySelector(HEAD)) part = part.previousElementSibling;
  if (part) part.querySelector(".fold").click();
}, true);
