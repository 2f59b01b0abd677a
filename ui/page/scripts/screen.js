// How wide the window is, told to the server, which draws pictures in one form only (ui/page/screen.py): by a hidden button
// where it takes it for another, and by a cookie for the next visit.
const narrow = matchMedia("(max-width:56rem)"), middle = matchMedia("(max-width:72rem)"), paper = matchMedia("print");
const PATIENCE = 3000;
let told = "", until = 0;

papi.screen = function () {
  // a sheet of paper shows what is there, and what is drawn anew takes an open dialog with it
  if (paper.matches || document.querySelector("[role=dialog]")) return;
  const now = narrow.matches ? "narrow" : middle.matches ? "middle" : "wide";
  if (!document.cookie.includes("papi-screen=" + now))
    document.cookie = "papi-screen=" + now + ";path=/;max-age=31536000;samesite=lax";
  const button = document.querySelector(".st-key-screen-" + now + " button");
  if (!button || told === now && Date.now() < until) return;
  told = now;
  until = Date.now() + PATIENCE;
  button.click();
  // what a page being drawn anew has missed is told again
  setTimeout(papi.screen, PATIENCE + 1);
};
for (const one of [narrow, middle, paper]) one.addEventListener("change", papi.screen);
