// Which link of the menu is the page itself, brought into view on a phone, also when Streamlit draws the menu anew and
// when the window becomes as narrow as a phone's.
papi.menu = function () {
  const links = document.querySelectorAll(".st-key-menu-pages a");
  const here = links[papi.here];
  if (!here || here.hasAttribute("aria-current")) return;
  links.forEach(link => link.removeAttribute("aria-current"));
  here.setAttribute("aria-current", "page");
  // not at once: the browser would lay out a page that is still being made
  requestAnimationFrame(showPlace);
};

function showPlace() {
  const here = document.querySelector(".st-key-menu-pages a[aria-current=page]");
  const menu = here?.closest(".st-key-menu-pages");
  if (menu) menu.scrollLeft += here.getBoundingClientRect().left - menu.getBoundingClientRect().left - 48;
}

matchMedia("(max-width:56rem)").addEventListener("change", showPlace);
