// What opens outside Streamlit's app, such as a dialog, has its colours too: light-dark() asks the element where it stands.
const app = document.querySelector(".stApp");
const follow = () => { document.documentElement.style.colorScheme = getComputedStyle(app).colorScheme; };
new MutationObserver(follow).observe(app, {attributes: true, attributeFilter: ["class"]});
follow();
