// Streamlit's own words in the reader's language: papi.words is a list of [pattern, words], {} for what the pattern holds.
const OURS = ".stHtml,.js-plotly-plot";

function said(text) {
  for (const [pattern, words] of papi.words) {
    const found = pattern.exec(text);
    if (found) return words.replace("{}", found[1]);
  }
  return text;
}

papi.say = function (node) {
  if (node.nodeType === Node.TEXT_NODE) {
    const text = said(node.data);
    if (text !== node.data && !node.parentElement.closest(OURS)) node.data = text;
    return;
  }
  if (node.nodeType !== Node.ELEMENT_NODE || node.closest(OURS)) return;
  for (const name of ["aria-label", "title"]) {
    const text = node.getAttribute(name);
    if (text && said(text) !== text) node.setAttribute(name, said(text));
  }
  node.childNodes.forEach(papi.say);
};
new MutationObserver(seen => {
  if (!papi.words.length) return;
  for (const one of seen) {
    if (one.type === "characterData") papi.say(one.target);
    else one.addedNodes.forEach(papi.say);
  }
}).observe(document.body, {childList: true, subtree: true, characterData: true});
