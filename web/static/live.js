/* Results while typing, and without leaving the page: the page that a plain form or link would load is fetched, and
 * its content replaces the content of this one. Only the server renders results.
 *
 * The address always says what is shown. A search that is being typed has one entry in the history, made with its
 * first letter and replaced with each further one; so Back leads to the whole search before it. */

import { latestOnly } from "./embed.js";

const EMPTY_DELAY = 600; // milliseconds for which "nothing found" is held back while somebody may still be typing

const MAX_PAGES = 20; // kept, so that Back shows them at once and the browser restores the place in them

/** Let a form, and the links among its results, work in place. */
export function live(form) {
  const input = form.elements.q;
  const pages = new Map(); // address → parsed page
  let shownSearch = searchOf(location.href);
  history.replaceState({ typing: "" }, "");

  const load = latestOnly(async (signal, address, { isTyping, onEnter, onShown, onFailure }) => {
    const page = await fetchPage(address, signal);
    if (isTyping && !signal.aborted && !hasHits(page)) await pause(EMPTY_DELAY);
    if (signal.aborted) return;
    if (!page) onFailure?.();
    else {
      remember(address, page);
      onEnter?.();
      show(address, page);
      onShown?.();
    }
  });

  function remember(address, page) {
    pages.delete(address);
    pages.set(address, page);
    if (pages.size > MAX_PAGES) pages.delete(pages.keys().next().value);
  }

  function show(address, page) {
    shownSearch = searchOf(address);
    replaceContent(page);
  }

  /** Load a submitted search: a new entry in the history, unless it is what was being typed in the field. */
  function go(address, { isSubmit = false, onShown } = {}) {
    const onEnter = () => {
      const replaces = searchOf(address) === searchOf(location.href) || (isSubmit && history.state?.typing === "q");
      history[replaces ? "replaceState" : "pushState"]({ typing: "" }, "", address);
    };
    load.now(address, { onEnter, onShown, onFailure: () => location.assign(address) });
  }

  /** Load what is being typed into a control; a failure shows nothing, the next letter tries again. */
  function goTyping(control) {
    const address = addressOf(form);
    const onEnter = () => {
      const replaces = searchOf(address) === searchOf(location.href) || history.state?.typing === control.name;
      history[replaces ? "replaceState" : "pushState"]({ typing: control.name }, "", address);
    };
    load.soon(address, { onEnter, isTyping: true });
  }

  // What was typed before this script was loaded counts too.
  if (input.value !== input.defaultValue) goTyping(input);
  input.addEventListener("input", (event) => {
    if (!event.isComposing) goTyping(input);
  });
  input.addEventListener("compositionend", () => goTyping(input));

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    go(addressOf(form), { isSubmit: true });
  });

  document.addEventListener("change", ({ target }) => {
    if (target.form !== form || target === input) return;
    // While a year is typed, the control has a complete date after each digit.
    if (target.type !== "date") go(addressOf(form));
    else if (!target.validity.badInput) goTyping(target);
  });

  document.getElementById("main").addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link || leavesSearch(event, link, form)) return;
    event.preventDefault();
    const address = new URL(link.getAttribute("href"), location.href).href;
    const onShown = () => {
      input.value = new URL(address).searchParams.get("q") ?? "";
      if (link.rel === "next" || link.rel === "prev") scrollTo({ top: 0, behavior: "instant" });
    };
    go(address, { onShown });
  });

  addEventListener("popstate", () => {
    const address = location.href;
    if (searchOf(address) === shownSearch) return; // only another place of the same page
    input.value = new URL(address).searchParams.get("q") ?? "";
    const page = pages.get(address);
    load.stop();
    if (page) show(address, page);
    else load.now(address, { onFailure: () => location.reload() });
  });
}

/** The page at an address, parsed; null when there is none. */
async function fetchPage(address, signal) {
  const response = await fetch(address, { signal, headers: { Accept: "text/html" } }).catch(() => null);
  if (!response?.headers.get("Content-Type")?.startsWith("text/html")) return null;
  return new DOMParser().parseFromString(await response.text(), "text/html");
}

const hasHits = (page) => Number(page?.getElementById("found")?.dataset.total ?? 0) > 0;

const pause = (time) => new Promise((resolve) => setTimeout(resolve, time));

/** The address that a form would lead to, without empty values; without a query, that of the start page. */
function addressOf(form) {
  const address = new URL(form.action);
  const filled = [...new FormData(form)].filter(([, value]) => value.trim());
  const hasQuery = filled.some(([name]) => name === "q");
  address.search = new URLSearchParams(hasQuery ? filled : filled.filter(([name]) => name === "lang"));
  return address.href;
}

/** What distinguishes a search from others: its address without a fragment, its parameters sorted. */
function searchOf(address) {
  const url = new URL(address);
  url.searchParams.sort();
  url.hash = "";
  return url.href;
}

/** Whether a click leads away from the search, or is meant for another window. */
function leavesSearch(event, link, form) {
  const isPlain = event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
  const target = new URL(link.href.baseVal ?? link.href, location.href);
  const isSearch = target.origin + target.pathname === form.action;
  return !isPlain || !isSearch || target.hash || link.hasAttribute("download") || link.hasAttribute("target");
}

/** Replace the content of this page with a copy of another's; what has the focus or is unfolded stays so. */
function replaceContent(page) {
  const main = document.getElementById("main");
  const focused = main.contains(document.activeElement) ? controlName(document.activeElement) : null;
  const unfolded = new Map(Array.from(main.querySelectorAll("details[id]"), (each) => [each.id, each.open]));
  main.replaceChildren(...document.importNode(page.getElementById("main"), true).childNodes);
  for (const details of main.querySelectorAll("details[id]")) {
    details.open = unfolded.get(details.id) ?? details.open;
  }
  for (const selector of [".languages", ".foot"]) {
    const replacement = page.querySelector(selector);
    if (replacement) document.querySelector(selector)?.replaceWith(document.importNode(replacement, true));
  }
  document.title = page.title;
  document.body.className = page.body.className;
  const found = document.getElementById("found");
  document.getElementById("count").textContent = found?.dataset.count ?? "";
  if (focused) (controlNamed(main, focused) ?? found ?? main).focus({ preventScroll: true });
}

/** What identifies a control in every page that has it. */
const controlName = (element) =>
  ["id", "name", "value", "href", "aria-label"].map((name) => element.getAttribute(name)).join(" ");

const controlNamed = (main, name) =>
  Array.from(main.querySelectorAll("[id], [name], a")).find((each) => controlName(each) === name);
