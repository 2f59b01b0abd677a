// A tap is told to plotly as a mouse over the place first, else it takes the first tap for that.
window.addEventListener("touchend", event => {
  const sheet = event.target.closest?.(".js-plotly-plot .nsewdrag"), tap = event.changedTouches[0];
  if (!sheet) return;
  const plot = sheet.closest(".js-plotly-plot"), held = plot._dragging;
  plot._dragging = false;
  sheet.dispatchEvent(new MouseEvent("mousemove", {clientX: tap.clientX, clientY: tap.clientY}));
  plot._dragging = held;
}, {capture: true, passive: true});
