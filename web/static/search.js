/* What a script adds to the pages, which work without it: completions, results while typing, keys.
 *
 * What is imported has an address without a version, which browsers ask about each time: so an upgrade never meets
 * half of what was there before. */

import { completions, leadsToSearch } from "./embed.js";
import { stepThroughMatches, offerToCopy } from "./document.js";
import { live } from "./live.js";

const form = document.getElementById("search");

if (form) {
  const input = form.elements.q;
  const list = document.createElement("ul");
  list.className = "completions";
  list.setAttribute("aria-label", form.dataset.suggestions);
  form.querySelector(".field").append(list);

  const offered = completions(input, list, () => new URL(form.dataset.suggest, location.href), () => form.requestSubmit());
  input.addEventListener("input", (event) => {
    if (!event.isComposing) offered.offer(input.value);
  });

  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape") event.preventDefault(); // some browsers would throw away what was typed
  });

  addEventListener("keydown", (event) => {
    if (event.defaultPrevented || !leadsToSearch(event)) return;
    event.preventDefault();
    input.focus();
    input.select();
  });

  if (document.body.classList.contains("live")) live(form);
}

stepThroughMatches(document.querySelector(".matches"));
offerToCopy(document.getElementById("copy"), document.getElementById("citation"));
document.documentElement.classList.add("js");
