// What happens at every page: its language, its place in the menu, Streamlit's words; and again whenever something changes.
const onPhone = matchMedia("screen and (max-width:56rem)");
let isWaiting = false;

papi.enter = function (lang, words) {
  const isFirst = !("words" in papi);
  document.documentElement.lang = lang;
  papi.words = words.map(([pattern, told]) => [new RegExp(pattern), told]);
  papi.menu();
  papi.fold();
  papi.screen();
  if (words.length) papi.say(document.body);
  if (!isFirst) return;
  // an address with a choice opens at its answer
  const answer = document.querySelector(".stMain p.cell-head");
  if (answer && onPhone.matches) answer.scrollIntoView();
};
new MutationObserver(() => {
  if (isWaiting) return;
  isWaiting = true;
  requestAnimationFrame(() => {
    isWaiting = false;
    papi.menu();
    papi.fold();
    papi.screen();
  });
}).observe(document.body, {childList: true, subtree: true});
