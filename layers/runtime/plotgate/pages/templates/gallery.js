"use strict";
// The search: hides the cards that lack a word, and keeps the words in the address.
document.documentElement.classList.add("js");
const search = document.getElementById("search");
const cards = [...document.querySelectorAll(".card")];
const groups = [...document.querySelectorAll(".group")];
const none = document.getElementById("none");

function find() {
  const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  for (const card of cards) card.hidden = !words.every((word) => card.dataset.words.includes(word));
  for (const group of groups) {
    group.hidden = !group.querySelector(".card:not([hidden])");
    const jump = document.querySelector(`.jumps a[href="#${CSS.escape(group.getAttribute("aria-labelledby"))}"]`);
    if (jump) jump.hidden = group.hidden;
  }
  const count = cards.filter((card) => !card.hidden).length;
  document.getElementById("count").textContent = `${count} plot${count === 1 ? "" : "s"}`;
  none.hidden = count > 0 || cards.length === 0;
  const address = new URL(location);
  if (search.value.trim()) address.searchParams.set("q", search.value.trim());
  else address.searchParams.delete("q");
  history.replaceState(null, "", address);
}

search.addEventListener("input", find);
search.form.addEventListener("submit", (event) => {
  event.preventDefault();
  document.querySelector(".card:not([hidden]) a")?.focus();
});
search.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && search.value) {
    event.preventDefault();
    search.value = "";
    find();
  }
});
