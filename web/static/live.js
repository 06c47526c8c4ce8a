/* Results while typing, and without leaving the page: the page that a plain form or link would load is fetched, and
 * what is in it takes the place of what is here. The server draws every state once, for everybody.
 *
 * The address always says what is shown. A search that is being typed has one entry in the history, made with its
 * first letter and rewritten with each of the others; so Back leads to the search before, whole. */

import { latest } from "./embed.js";

const PATIENCE = 600; // milliseconds that "nothing found" waits while a word may still be on its way

const KEPT = 20; // pages that Back shows at once, so that the browser finds its place in them

/** Let a form, and the links among its results, work in place. */
export function live(form) {
  const input = form.elements.q;
  const seen = new Map(); // address → page
  let shown = searchOf(location.href);
  history.replaceState({ typing: "" }, "");

  const asked = latest(async (signal, address, done) => {
    const page = await fetched(address, signal);
    if (done.typing && !signal.aborted && !page?.includes('<article class="hit"')) await pause(PATIENCE);
    if (signal.aborted) return;
    if (page === null) done.failed?.();
    else {
      remember(address, page);
      done.enter?.();
      show(address, page);
      done.entered?.();
    }
  });

  function remember(address, page) {
    seen.delete(address);
    seen.set(address, page);
    if (seen.size > KEPT) seen.delete(seen.keys().next().value);
  }

  function show(address, page) {
    shown = searchOf(address);
    replaceContent(new DOMParser().parseFromString(page, "text/html"));
  }

  /** Go to a search that is meant: an entry of its own, unless it is what was being typed in the field. */
  function go(address, { typed = false, entered } = {}) {
    const enter = () => {
      const isHere = searchOf(address) === searchOf(location.href) || (typed && history.state?.typing === "q");
      history[isHere ? "replaceState" : "pushState"]({ typing: "" }, "", address);
    };
    asked.now(address, { enter, entered, failed: () => location.assign(address) });
  }

  /** Show what is being typed into a control; a failure shows nothing, the next letter asks again. */
  function goTyping(control) {
    const address = addressOf(form);
    const enter = () => {
      const isHere = searchOf(address) === searchOf(location.href) || history.state?.typing === control.name;
      history[isHere ? "replaceState" : "pushState"]({ typing: control.name }, "", address);
    };
    asked.soon(address, { enter, typing: true });
  }

  // What was typed before this script was there counts too.
  if (input.value !== input.defaultValue) goTyping(input);
  input.addEventListener("input", (event) => {
    if (!event.isComposing) goTyping(input);
  });
  input.addEventListener("compositionend", () => goTyping(input));

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    go(addressOf(form), { typed: true });
  });

  document.addEventListener("change", ({ target }) => {
    if (target.form !== form || target === input) return;
    // A year that is typed is a date with each of its digits.
    if (target.type !== "date") go(addressOf(form));
    else if (!target.validity.badInput) goTyping(target);
  });

  document.getElementById("main").addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link || isElsewhere(event, link, form)) return;
    event.preventDefault();
    const address = new URL(link.getAttribute("href"), location.href).href;
    const entered = () => {
      input.value = new URL(address).searchParams.get("q") ?? "";
      if (link.rel === "next" || link.rel === "prev") scrollTo({ top: 0, behavior: "instant" });
    };
    go(address, { entered });
  });

  addEventListener("popstate", () => {
    const address = location.href;
    if (searchOf(address) === shown) return; // only another place of the same page
    input.value = new URL(address).searchParams.get("q") ?? "";
    const page = seen.get(address);
    asked.stop();
    if (page) show(address, page);
    else asked.now(address, { failed: () => location.reload() });
  });
}

async function fetched(address, signal) {
  const answer = await fetch(address, { signal, headers: { Accept: "text/html" } }).catch(() => null);
  return answer?.headers.get("Content-Type")?.startsWith("text/html") ? answer.text() : null;
}

const pause = (time) => new Promise((go) => setTimeout(go, time));

/** The address that a form would lead to, without what is empty; with no query, of the start. */
function addressOf(form) {
  const address = new URL(form.action);
  const given = [...new FormData(form)].filter(([, value]) => value.trim());
  const isAsked = given.some(([name]) => name === "q");
  address.search = new URLSearchParams(isAsked ? given : given.filter(([name]) => name === "lang"));
  return address.href;
}

/** What tells a search from others: its address without a place in the page, its parameters in one order. */
function searchOf(address) {
  const url = new URL(address);
  url.searchParams.sort();
  url.hash = "";
  return url.href;
}

/** Whether a click leads away from the search, or is meant for another window. */
function isElsewhere(event, link, form) {
  const isPlain = event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
  const target = new URL(link.href.baseVal ?? link.href, location.href);
  const isSearch = target.origin + target.pathname === form.action;
  return !isPlain || !isSearch || target.hash || link.hasAttribute("download") || link.hasAttribute("target");
}

/** Put the content of another page in the place of this one's; what has the focus, or is unfolded, stays so. */
function replaceContent(page) {
  const main = document.getElementById("main");
  const focused = main.contains(document.activeElement) ? nameOf(document.activeElement) : null;
  const unfolded = new Map(Array.from(main.querySelectorAll("details[id]"), (each) => [each.id, each.open]));
  main.replaceChildren(...page.getElementById("main").childNodes);
  for (const details of main.querySelectorAll("details[id]")) {
    details.open = unfolded.get(details.id) ?? details.open;
  }
  for (const selector of [".languages", ".foot"]) {
    const there = page.querySelector(selector);
    if (there) document.querySelector(selector)?.replaceWith(there);
  }
  document.title = page.title;
  document.body.className = page.body.className;
  const found = document.getElementById("found");
  document.getElementById("count").textContent = found?.dataset.count ?? "";
  if (focused) (controlOf(main, focused) ?? found ?? main).focus({ preventScroll: true });
}

/** What tells a control from the others, in every page that has it. */
const nameOf = (element) => ["id", "name", "value", "href", "aria-label"].map((name) => element.getAttribute(name)).join(" ");

const controlOf = (main, name) => Array.from(main.querySelectorAll("[id], [name], a")).find((each) => nameOf(each) === name);
