// Buttons that save a picture: as it is drawn, in the light colours, with its letters and the address it was saved at.
const LETTER = 7, LINE = 17, SHARP = 3;
const LEFT_OUT = /draglayer|hoverlayer|zoomlayer|selectionlayer/;

function made(name, about, inside = []) {
  const one = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const key in about) one.setAttribute(key, about[key]);
  one.append(...inside);
  return one;
}

function asAddress(file) {
  return new Promise(done => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result);
    reader.readAsDataURL(file);
  });
}

// The page's own letters as a rule of style that needs no other file.
async function letters() {
  for (const sheet of document.styleSheets)
    for (const rule of sheet.cssRules) {
      if (!(rule instanceof CSSFontFaceRule) || rule.style.getPropertyValue("font-style") === "italic") continue;
      if (!/^"?Source Sans"?$/.test(rule.style.getPropertyValue("font-family"))) continue;
      const place = rule.style.getPropertyValue("src").match(/url\("?([^")]+)/)[1];
      const file = await (await fetch(new URL(place, sheet.href || location.href))).blob();
      return '@font-face{font-family:"Source Sans";font-weight:100 900;src:url(' + await asAddress(file) + ")}";
    }
  return "";
}

function drawn(plot, button, style) {
  const parts = Array.from(plot.querySelectorAll(".main-svg"));
  const wide = +parts[0].getAttribute("width"), high = +parts[0].getAttribute("height");
  const back = (button.dataset.back + " " + location.href).match(new RegExp(".{1," + Math.floor(wide / LETTER) + "}", "g"));
  const whole = high + LINE * back.length + 8;
  const look = {x: 0, "font-family": "Source Sans, sans-serif", "font-size": 12.5, fill: button.dataset.soft};
  const lines = back.map((line, at) => made("text", {...look, y: high + 13 + LINE * at}, [line]));
  const copied = parts
    .flatMap(part => Array.from(part.cloneNode(true).children))
    .filter(part => !LEFT_OUT.test(part.getAttribute("class")));
  const ground = made("rect", {width: wide, height: whole, fill: parts[0].style.backgroundColor});
  const frame = {width: wide, height: whole, viewBox: "0 0 " + wide + " " + whole};
  const svg = made("svg", frame, [made("style", {}, [style]), ground, ...copied, made("a", {href: location.href}, lines)]);
  return {wide, high: whole, file: new Blob([new XMLSerializer().serializeToString(svg)], {type: "image/svg+xml"})};
}

async function inDots(picture) {
  const image = new Image(), canvas = document.createElement("canvas");
  image.src = URL.createObjectURL(picture.file);
  await image.decode();
  canvas.width = SHARP * picture.wide;
  canvas.height = SHARP * picture.high;
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(image.src);
  return new Promise(done => canvas.toBlob(done, "image/png"));
}

document.addEventListener("click", async event => {
  const button = event.target.closest?.("button.picture");
  const plot = button?.closest("[class*=st-key-wide-],[class*=st-key-narrow-]").querySelector(".js-plotly-plot");
  if (!plot) return;
  const picture = drawn(plot, button, await letters().catch(() => "")), link = document.createElement("a");
  link.href = URL.createObjectURL(button.dataset.format === "png" ? await inDots(picture) : picture.file);
  link.download = button.dataset.file + "." + button.dataset.format;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
});
