/* On the page of a document: from match to match, and the citation into the clipboard. */

/** Give a list of the paragraphs that match buttons and keys (n, p) that go from match to match. */
export function stepThroughMatches(list) {
  const marks = Array.from(document.querySelectorAll(".text mark"));
  if (!list || !marks.length) return;
  let place = -1;
  const said = document.createElement("output");

  function go(step) {
    marks[place]?.classList.remove("here");
    place = place < 0 ? first(marks, step) : (place + step + marks.length) % marks.length;
    const mark = marks[place];
    mark.classList.add("here");
    mark.scrollIntoView({ block: "nearest", behavior: isStill() ? "auto" : "smooth" });
    said.textContent = list.dataset.place.replace("{number}", place + 1).replace("{total}", marks.length);
  }

  const stepper = document.createElement("span");
  stepper.className = "stepper";
  stepper.append(said, button("↑", list.dataset.previous, () => go(-1)), button("↓", list.dataset.next, () => go(1)));
  list.append(stepper);

  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
    const step = { n: 1, p: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    go(step);
  });
  addEventListener("hashchange", () => {
    marks[place]?.classList.remove("here");
    place = -1; // the next step starts from where the reader went
  });
}

/** The match where the first step leads: in or after the paragraph that the address names, or the last before. */
function first(marks, step) {
  const target = document.querySelector(".paragraph:target");
  if (!target) return step > 0 ? 0 : marks.length - 1;
  const after = marks.findIndex((mark) => target.contains(mark) || follows(mark, target));
  if (step > 0) return Math.max(0, after);
  return (after > 0 ? after : marks.length) - 1;
}

const follows = (node, other) => Boolean(other.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_FOLLOWING);

const isStill = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

function button(text, label, act) {
  const made = document.createElement("button");
  Object.assign(made, { type: "button", textContent: text, ariaLabel: label, title: label });
  made.addEventListener("click", act);
  return made;
}

/** Let a button copy a text; where the clipboard may not be written, the text is selected. */
export function offerToCopy(copy, text) {
  if (!copy || !text) return;
  copy.hidden = false;
  copy.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text.textContent.trim());
      copy.textContent = copy.dataset.copied;
    } catch {
      getSelection().selectAllChildren(text);
      copy.textContent = copy.dataset.selected;
    }
  });
}
