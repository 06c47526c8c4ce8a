/* What a script adds to the pages, which work without it: completions, results while typing, keys.
 *
 * The imported modules have addresses without a version, which browsers validate each time: so modules of two
 * releases never run together. */

import { completions, isSearchKey } from "./embed.js";
import { addMatchSteps, addCopyButton } from "./document.js";
import { live } from "./live.js";

const form = document.getElementById("search");

if (form) {
  const input = form.elements.q;
  const list = document.createElement("ul");
  list.className = "completions";
  list.setAttribute("aria-label", form.dataset.suggestions);
  form.querySelector(".field").append(list);

  const suggestions = completions(input, list, () => new URL(form.dataset.suggest, location.href), () => form.requestSubmit());
  input.addEventListener("input", (event) => {
    if (!event.isComposing) suggestions.offer(input.value);
  });

  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape") event.preventDefault(); // some browsers would clear the field
  });

  addEventListener("keydown", (event) => {
    if (event.defaultPrevented || !isSearchKey(event)) return;
    event.preventDefault();
    input.focus();
    input.select();
  });

  if (document.body.classList.contains("live")) live(form);
}

addMatchSteps(document.querySelector(".matches"));
addCopyButton(document.getElementById("copy"), document.getElementById("citation"));
document.documentElement.classList.add("js");
