// A link of the menu leads to its page without anything being loaded anew: the address changes, and Streamlit follows it as it
// follows the browser's back button.
document.addEventListener("click", event => {
  const link = event.target.closest?.(".menu a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  history.pushState({}, "", link.href);
  dispatchEvent(new PopStateEvent("popstate"));
});

// Which link is the page itself is brought into view on a phone, also when the menu is drawn anew and when the window becomes as
// narrow as a phone's.
const phone = matchMedia("(max-width:56rem)");
let shown = null;

papi.menu = function () {
  const here = document.querySelector(".menu a[aria-current]");
  if (here === shown) return;
  shown = here;
  showPlace();
};

function showPlace() {
  if (!shown || !phone.matches) return;
  const pages = shown.parentElement;
  pages.scrollLeft += shown.getBoundingClientRect().left - pages.getBoundingClientRect().left - 48;
}

phone.addEventListener("change", showPlace);
