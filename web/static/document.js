/* On the page of a document: steps from match to match, and a button that copies the citation. */

/** Add buttons and keys (n, p) that step from match to match to the list of matching paragraphs. */
export function addMatchSteps(list) {
  const marks = Array.from(document.querySelectorAll(".text mark"));
  if (!list || !marks.length) return;
  let current = -1;
  const position = document.createElement("output");

  function go(step) {
    marks[current]?.classList.remove("here");
    current = current < 0 ? firstMatch(marks, step) : (current + step + marks.length) % marks.length;
    const mark = marks[current];
    mark.classList.add("here");
    mark.scrollIntoView({ block: "nearest", behavior: prefersStillness() ? "auto" : "smooth" });
    position.textContent = list.dataset.place.replace("{number}", current + 1).replace("{total}", marks.length);
  }

  const stepper = document.createElement("span");
  stepper.className = "stepper";
  stepper.append(position, button("↑", list.dataset.previous, () => go(-1)), button("↓", list.dataset.next, () => go(1)));
  list.append(stepper);

  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
    const step = { n: 1, p: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    go(step);
  });
  addEventListener("hashchange", () => {
    marks[current]?.classList.remove("here");
    current = -1; // the next step starts from the paragraph that the reader went to
  });
}

/** The match where the first step leads: in or after the paragraph that the address names, or the last before. */
function firstMatch(marks, step) {
  const target = document.querySelector(".paragraph:target");
  if (!target) return step > 0 ? 0 : marks.length - 1;
  const after = marks.findIndex((mark) => target.contains(mark) || follows(mark, target));
  if (step > 0) return Math.max(0, after);
  return (after > 0 ? after : marks.length) - 1;
}

const follows = (node, other) => Boolean(other.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_FOLLOWING);

const prefersStillness = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

function button(text, label, onClick) {
  const element = document.createElement("button");
  Object.assign(element, { type: "button", textContent: text, ariaLabel: label, title: label });
  element.addEventListener("click", onClick);
  return element;
}

/** Let a button copy a text; where the clipboard cannot be written, the text is selected. */
export function addCopyButton(copy, text) {
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
