// How a select finds an option that ends with the sign of select.py: by words in any order, and without marks where the
// words sought have none. Streamlit asks with String.includes, and offers no other place to say so.
const SIGN = 0x2060;
const includes = String.prototype.includes;
const tidy = text => " " + text.normalize("NFC").toLowerCase().replace(/[^\p{L}\p{N}.]+/gu, " ").trim();
const bare = text => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/\u0111/g, "d");
String.prototype.includes = function (sought) {
  "use strict";
  if (this.charCodeAt(this.length - 1) !== SIGN) return includes.apply(this, arguments);
  const words = tidy(this), plain = bare(words);
  return tidy(String(sought)).trim().split(" ").every(word => includes.call(word === bare(word) ? plain : words, " " + word));
};
