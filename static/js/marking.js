// Words selected in a text become the stretch to mark. Without it, one copies and pastes them.
const texts = [...document.querySelectorAll("[data-marks]")];

const take = () => {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return;
  const range = selection.getRangeAt(0);
  const text = texts.find((each) => each.contains(range.startContainer) && each.contains(range.endContainer));
  if (!text) return;
  const form = document.getElementById(`term-${text.dataset.marks}`).form;
  const before = document.createRange();
  before.setStart(text, 0);
  before.setEnd(range.startContainer, range.startOffset);
  form.elements.stretch.value = range.toString().trim();
  form.elements.near.value = [...before.toString()].length;
  form.querySelector("details").open = true;
};

document.addEventListener("pointerup", () => setTimeout(take));
document.addEventListener("keyup", (event) => event.shiftKey && take());
