/* <searchidx-box>, a search box for any page. Text of documents becomes text nodes, never markup.
 * The site's own pages import their completions from here. */

const TEXTS = {
  es: {
    language: "es", label: "Palabras que busca", button: "Buscar", completions: "Sugerencias", none: "Ningún resultado",
    results: ["resultado", "resultados"], paragraph: "Párrafo",
    meant: "¿Quiso decir", all: "Ver todos los resultados",
    failed: "No se ha podido buscar; pruebe más tarde.",
  },
  en: {
    language: "en", label: "Words to search for", button: "Search", completions: "Suggestions", none: "No results",
    results: ["result", "results"], paragraph: "Paragraph",
    meant: "Did you mean", all: "See all results",
    failed: "The search did not work; try again later.",
  },
};

const DELAY = 150; // milliseconds after the last key

/* Controls; a test compares them with `searchidx`. */
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

const stripControls = (text) => String(text).replace(CONTROLS, "");

function make(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

/** A text as nodes, its ranges (of code points, unlike JavaScript's strings) in <mark>. */
function marked(text, ranges = []) {
  const points = Array.from(text);
  const piece = (start, end) => stripControls(points.slice(start, end).join(""));
  const nodes = [];
  let done = 0;
  for (const [start, end] of ranges) {
    nodes.push(piece(done, start), make("mark", { part: "mark" }, piece(start, end)));
    done = end;
  }
  return [...nodes, piece(done)];
}

/** The address if it is http or https, "" for any other. */
function webAddress(address, base) {
  const url = URL.canParse(address, base) && new URL(address, base);
  return url && /^https?:$/.test(url.protocol) ? url.href : "";
}

/** Runs `work(signal, …)` for the latest call only; earlier work is aborted and must drop its results. */
export function latestOnly(work) {
  let timer = 0;
  let current = new AbortController();
  const stop = () => {
    clearTimeout(timer);
    current.abort();
  };
  const now = async (...values) => {
    stop();
    const own = (current = new AbortController());
    try {
      await work(own.signal, ...values);
    } catch (error) {
      if (!own.signal.aborted) throw error;
    }
  };
  const soon = (...values) => {
    stop();
    timer = setTimeout(now, DELAY, ...values);
  };
  return { soon, now, stop };
}

/** Whether a key moves the focus to a search field: Ctrl-K, and / where nothing is being typed. */
export function isSearchKey(event) {
  const typing = event.composedPath()[0].closest?.("input, textarea, select, [contenteditable]");
  if (event.altKey) return false;
  return event.ctrlKey || event.metaKey ? event.key.toLowerCase() === "k" : event.key === "/" && !typing;
}

/** Completions below a field, as an ARIA combobox: `offer(text)` shows some after a delay, `close()` hides them.
 * `endpoint()` is their address; `onChoose()` is called when one has been put into the field. */
export function completions(input, list, endpoint, onChoose) {
  let active = -1;
  const options = list.children;
  Object.assign(list, { id: `${input.id}-completions`, role: "listbox", hidden: true });
  Object.assign(input, { role: "combobox", ariaAutoComplete: "list", ariaExpanded: false });
  input.setAttribute("aria-controls", list.id);

  const activate = (index) => {
    active = index;
    for (const option of options) option.ariaSelected = option === options[index];
    if (index < 0) input.removeAttribute("aria-activedescendant");
    else input.setAttribute("aria-activedescendant", options[index].id);
  };
  const show = (found) => {
    list.replaceChildren(...found.map(({ text, documents }, index) => make(
      "li",
      { id: `${list.id}-${index}`, role: "option", part: "completion", onclick: () => choose(text) },
      make("span", { dir: "auto" }, stripControls(text)),
      make("span", { ariaHidden: true }, documents),
    )));
    list.hidden = !found.length;
    input.ariaExpanded = found.length > 0;
    activate(-1);
  };
  const request = latestOnly(async (signal, text) => {
    const url = new URL(endpoint());
    url.search = new URLSearchParams({ q: text, limit: 5 });
    const response = await fetch(url, { signal }).catch(() => null);
    const found = response?.ok ? (await response.json()).suggestions : [];
    if (!signal.aborted) show(found.filter((each) => each.text !== text));
  });
  const close = () => {
    request.stop();
    show([]);
  };
  const choose = (text) => {
    input.value = text;
    close();
    onChoose();
  };
  const offer = (text) => (text.trim() ? request.soon(text) : close());

  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const count = options.length;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && count) {
      activate(((active + step + count + 2) % (count + 1)) - 1); // beyond either end is the field itself
    } else if (event.key === "Enter" && active >= 0) {
      options[active].click();
    } else if (event.key === "Escape" && count) {
      close();
      event.stopPropagation(); // from a dialog, which would close too
    } else {
      if (event.key === "ArrowDown") offer(input.value);
      if (event.key === "Enter") close();
      return;
    }
    event.preventDefault();
  });
  input.addEventListener("blur", close);
  list.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
  return { offer, close };
}

const COLORS = { // light and dark, whichever the host page is
  ink: "#1d2024, #e7e5e0", soft: "#5c6067, #a5a9b0", paper: "#fff, #1e2125", edge: "#85817a, #7b818a",
  accent: "#14508c, #93c0f4", "on-accent": "#fff, #10243a", ring: "#2b7de0, #7db4f5",
  mark: "#ffe89a, #5c4b12", "mark-ink": "#1d2024, #fff2c4",
};

const STYLE = `
:host { display: block; font: var(--searchidx-font, inherit); color: var(--searchidx-ink, inherit);
  --round: var(--searchidx-radius, .5rem);
  ${Object.entries(COLORS).map(([name, pair]) => `--${name}: var(--searchidx-${name}, light-dark(${pair}));`).join("")} }
:host([hidden]), [hidden] { display: none !important }
* { box-sizing: border-box; overflow-wrap: anywhere }
:focus-visible { outline: 3px solid var(--ring); outline-offset: 1px }
form { position: relative; display: flex; gap: .5rem }
input, button { min-height: 2.75rem; padding: 0 1rem; font: inherit; border: 1px solid var(--edge); border-radius: var(--round) }
input { flex: 1; min-width: 0 }
input, ul { color: var(--ink); background: var(--paper) }
input::placeholder { color: var(--soft); opacity: 1 }
button, ul li:hover, [aria-selected=true] { color: var(--on-accent); background: var(--accent); cursor: pointer }
ul, ol { margin: 0; padding: .25rem; list-style: none }
ul { position: absolute; z-index: 9; inset: calc(100% + .3rem) 0 auto; border: 1px solid var(--edge); border-radius: var(--round) }
ul li { display: flex; justify-content: space-between; padding: .4rem .75rem; border-radius: .3rem }
ol { display: grid; gap: var(--searchidx-gap, 1.25rem); padding: .75rem 0 0 }
p { margin: .25rem 0 0 }
[part=status], [part=meta] { font-size: .875em; color: var(--soft) }
a { color: var(--accent) }
[part=link] { font-weight: 600; text-decoration: none }
[part=link]:hover { text-decoration: underline }
mark { color: var(--mark-ink); background: var(--mark) }
@media (forced-colors: active) { [aria-selected=true] { outline: 2px solid } }
`;

// Attributes that are parameters of a search.
const FILTERS = ["level", "sort", "source", "place", "author", "language", "year", "month"];

class SearchBox extends HTMLElement {
  static observedAttributes = ["lang", "placeholder", "label"];

  #request = latestOnly((signal, query) => this.#search(signal, query));
  #form = make("form", { part: "form", role: "search" });
  #input = make("input", { part: "input", id: "q", type: "search", autocomplete: "off", dir: "auto" });
  #button = make("button", { part: "button", type: "submit" });
  #list = make("ul", { part: "completions" });
  #status = make("p", { part: "status", role: "status" });
  #results = make("div", { part: "results" });
  #completions = completions(
    this.#input, this.#list, () => new URL("suggest", this.#endpoint), () => this.search(),
  );
  #hits = new WeakMap(); // link → its hit

  constructor() {
    super();
    const sheet = new CSSStyleSheet(); // which no security policy forbids
    sheet.replaceSync(STYLE);
    const root = this.attachShadow({ mode: "open", delegatesFocus: true });
    root.adoptedStyleSheets = [sheet];
    this.#form.append(this.#input, this.#button, this.#list);
    root.append(this.#form, this.#status, this.#results);
    this.#input.addEventListener("input", (event) => {
      if (event.isComposing) return;
      this.#completions.offer(this.value);
      this.#request.soon(this.value);
    });
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.search();
    });
    this.#results.addEventListener("click", (event) => {
      const link = event.target.closest("a[href]");
      const hit = this.#hits.get(link);
      if (hit && !this.#emit("select", { hit, url: link.href })) event.preventDefault();
    });
  }

  connectedCallback() {
    this.attributeChangedCallback();
    document.addEventListener("keydown", this.#onKey);
  }

  disconnectedCallback() {
    this.#request.stop();
    this.#completions.close();
    document.removeEventListener("keydown", this.#onKey);
  }

  attributeChangedCallback() {
    const texts = this.#texts;
    const label = this.#option("label", texts.label);
    this.#form.ariaLabel = this.#input.ariaLabel = label;
    this.#input.placeholder = this.#option("placeholder", label);
    this.#button.textContent = texts.button;
    this.#list.ariaLabel = texts.completions;
  }

  /** The text in the field. */
  get value() {
    return this.#input.value;
  }

  set value(text) {
    this.#input.value = text;
  }

  /** Search for the text in the field now. */
  search() {
    this.#completions.close();
    return this.#request.now(this.value);
  }

  #option(name, otherwise = "") {
    return this.getAttribute(name) ?? otherwise;
  }

  get #texts() {
    const page = this.closest("[lang]")?.lang || navigator.language;
    return TEXTS[page.startsWith("en") ? "en" : "es"];
  }

  get #endpoint() {
    const endpoint = this.#option("endpoint", new URL("api/v1", import.meta.url).href);
    return new URL(endpoint.replace(/\/*$/, "/"), document.baseURI);
  }

  #onKey = (event) => {
    if (!this.hasAttribute("keys") || event.defaultPrevented || !isSearchKey(event)) return;
    event.preventDefault(); // only the first box with these keys reacts
    this.#input.select();
    this.focus();
  };

  async #search(signal, query) {
    if (!query.trim()) return this.#show("");
    const results = await this.#fetchResults(signal, query);
    if (signal.aborted) return undefined;
    if (!results) return this.#show(this.#texts.failed);
    this.#showResults(results, results.prefix_fallback ? `${results.query}*` : query);
    return this.#emit("search", { query, total: results.total, results });
  }

  /** The JSON of the endpoint, null after an error. */
  async #fetchResults(signal, query) {
    const url = new URL("search", this.#endpoint);
    url.search = new URLSearchParams({ q: query, per_page: this.#option("per-page", 5), prefix_fallback: true });
    for (const name of FILTERS) if (this.hasAttribute(name)) url.searchParams.set(name, this.#option(name));
    const response = await fetch(url, { signal }).catch(() => null);
    return response?.ok ? response.json().catch(() => null) : null;
  }

  #show(status, ...nodes) {
    this.#status.textContent = status;
    this.#results.replaceChildren(...nodes);
  }

  #showResults({ total, hits, corrected_query: meant }, query) {
    const texts = this.#texts;
    const nodes = [];
    if (meant) {
      const onclick = () => {
        this.value = meant;
        this.focus();
        this.search();
      };
      const button = make("button", { part: "correction", type: "button", onclick }, stripControls(meant));
      nodes.push(make("p", { part: "meant" }, `${texts.meant} `, button, "?"));
    }
    if (total) nodes.push(make("ol", { part: "list" }, ...hits.map((hit) => this.#hit(hit, query))));
    const page = this.#option("page");
    if (page && total > hits.length) {
      nodes.push(make("p", { part: "all" }, this.#link(webAddress(page, document.baseURI), query, {}, texts.all)));
    }
    const count = `${total.toLocaleString(texts.language)} ${texts.results[total === 1 ? 0 : 1]}`;
    this.#show(total ? count : texts.none, ...nodes);
  }

  #hit(hit, query) {
    const texts = this.#texts;
    const dateFormat = { dateStyle: "long", timeZone: "UTC" };
    const date = hit.date && new Date(hit.date).toLocaleDateString(texts.language, dateFormat);
    const meta = [hit.source, date, hit.place].filter(Boolean);
    const title = hit.title ? marked(hit.title, hit.title_ranges) : [stripControls(hit.document_id)];
    const link = this.#link(hit.url, query, { part: "link", dir: "auto" }, ...title);
    const original = this.#option("link") === "source" && webAddress(hit.source_url);
    if (original) link.href = original;
    this.#hits.set(link, hit);
    const snippets = hit.snippets.slice(0, this.#option("snippets", 1)).map((snippet) => {
      const ariaLabel = `${texts.paragraph} ${snippet.paragraph}`;
      const place = this.#link(snippet.url, query, { part: "place", ariaLabel }, `¶${snippet.paragraph}`);
      this.#hits.set(place, hit);
      const text = make("bdi", {}, ...marked(snippet.text, snippet.ranges));
      return make("p", { part: "snippet" }, snippet.cut_before ? "… " : "", text, snippet.cut_after ? " … " : " ", place);
    });
    const metaNodes = meta.flatMap((each, at) => [at ? " · " : "", make("bdi", {}, stripControls(each))]);
    return make("li", { part: "result" }, link, make("p", { part: "meta" }, ...metaNodes), ...snippets);
  }

  /** A link that marks the query where it leads; no link for what is no web address. */
  #link(address, query, properties, ...children) {
    const link = make("a", { ...properties, target: this.#option("target") }, ...children);
    const href = webAddress(address, this.#endpoint);
    if (!href) return link;
    const url = new URL(href);
    url.searchParams.set("q", query);
    link.href = url;
    return link;
  }

  #emit(name, detail) {
    const options = { detail, bubbles: true, composed: true, cancelable: true };
    return this.dispatchEvent(new CustomEvent(`searchidx:${name}`, options));
  }
}

if (!customElements.get("searchidx-box")) customElements.define("searchidx-box", SearchBox);
