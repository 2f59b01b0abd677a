// Buttons that copy the address, or the words of the element of class "plain" beside them: by textContent, so they stay text.
document.addEventListener("click", event => {
  const button = event.target.closest?.("button.copy");
  if (!button) return;
  const words = button.parentElement.querySelector(".plain");
  if (!words && button.dataset.words) return;
  const copied = words ? words.textContent : location.href;
  const done = () => {
    const before = button.dataset.before ??= button.textContent;
    button.textContent = button.dataset.done;
    setTimeout(() => { button.textContent = before; }, 2000);
  };
  const byHand = () => {
    const box = document.createElement("textarea");
    box.value = copied;
    button.parentElement.appendChild(box);
    box.select();
    document.execCommand("copy");
    box.remove();
    button.focus();
    done();
  };
  if (navigator.clipboard && window.isSecureContext) navigator.clipboard.writeText(copied).then(done, byHand);
  else byHand();
});
