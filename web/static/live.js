/* Results while typing, and without leaving the page: the page that a plain form or link would load is fetched, and
 * what is in it takes the place of what is here. The server draws every state once, for everybody.
 *
 * The address always says what is shown. A search that is being typed has one entry in the history, made with its
 * first letter and rewritten with each of the others; so Back leads to the search before, whole. */

import { latest } from "../embed.js";

const KEPT = 20; // pages that Back shows at once, so that the browser finds its place in them

/** Let a form, and the links among its results, work in place. */
export function live(form) {
  const input = form.elements.q;
  const seen = new Map(); // address → page
  let shown = location.href;
  history.replaceState({ typing: false }, "");

  const asked = latest(async (signal, address, done) => {
    const page = await fetched(address, signal);
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
    shown = withoutPlace(address);
    replaceContent(new DOMParser().parseFromString(page, "text/html"));
  }

  /** Go to a search that is meant: an entry of its own, unless the one being typed becomes it. */
  function go(address, entered) {
    const enter = () => {
      if (history.state?.typing) history.replaceState({ typing: false }, "", address);
      else if (address !== location.href) history.pushState({ typing: false }, "", address);
    };
    asked.now(address, { enter, entered, failed: () => location.assign(address) });
  }

  /** Show what is being typed; a failure shows nothing, the next letter asks again. */
  function goTyping() {
    const address = addressOf(form);
    const enter = () => {
      if (history.state?.typing) history.replaceState({ typing: true }, "", address);
      else if (address !== location.href) history.pushState({ typing: true }, "", address);
    };
    asked.soon(address, { enter });
  }

  // What was typed before this script was there counts too.
  if (input.value !== (new URL(shown).searchParams.get("q") ?? "")) goTyping();
  input.addEventListener("input", (event) => {
    if (!event.isComposing) goTyping();
  });
  input.addEventListener("compositionend", goTyping);

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    go(addressOf(form));
  });

  document.addEventListener("change", (event) => {
    if (event.target.form === form && event.target !== input && isWhole(event.target)) go(addressOf(form));
  });

  document.getElementById("main").addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link || isElsewhere(event, link, form)) return;
    event.preventDefault();
    const address = new URL(link.getAttribute("href"), location.href).href;
    go(address, () => {
      input.value = new URL(address).searchParams.get("q") ?? "";
      if (link.rel === "next" || link.rel === "prev") scrollTo({ top: 0, behavior: "instant" });
    });
  });

  addEventListener("popstate", () => {
    const address = location.href;
    if (withoutPlace(address) === shown) return; // only another place of the same page
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

/** The address that a form would lead to, without what is empty; with no query, of the start. */
function addressOf(form) {
  const address = new URL(form.action);
  const given = [...new FormData(form)].filter(([, value]) => value.trim());
  const isAsked = given.some(([name]) => name === "q");
  address.search = new URLSearchParams(isAsked ? given : given.filter(([name]) => name === "lang"));
  return address.href;
}

const withoutPlace = (address) => address.split("#")[0];

/** Whether a date is there whole or not at all: browsers tell of each part that is typed. */
const isWhole = (control) => control.type !== "date" || !control.validity.badInput;

/** Whether a click leads away from the search, or is meant for another window. */
function isElsewhere(event, link, form) {
  const isPlain = event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
  const target = new URL(link.href.baseVal ?? link.href, location.href);
  const isSearch = withoutPlace(target.origin + target.pathname) === form.action.split("?")[0];
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
