// Cards can be dragged under a heading, too; it is the ticks and the button that move them.
let held = null;

const pile = (event) => event.target.closest?.("[data-to]");

const prepare = () => {
  for (const card of document.querySelectorAll("[data-to] [data-card]:not([draggable])")) card.draggable = true;
};

document.addEventListener("dragstart", (event) => {
  held = event.target.closest?.("[data-card]");
  if (!held) return;
  held.classList.add("held");
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", held.dataset.card);
});

document.addEventListener("dragover", (event) => {
  const over = held && pile(event);
  for (const each of document.querySelectorAll(".pile")) each.classList.toggle("over", each === over);
  if (over) event.preventDefault();
});

document.addEventListener("dragend", () => {
  held?.classList.remove("held");
  held = null;
  for (const each of document.querySelectorAll(".over")) each.classList.remove("over");
});

document.addEventListener("drop", (event) => {
  const over = held && pile(event);
  if (!over || over.contains(held)) return;
  event.preventDefault();
  const form = document.getElementById("sort");
  const own = held.querySelector("input[name=cards]");
  if (!own.checked) for (const box of document.querySelectorAll("input[name=cards]")) box.checked = box === own;
  form.elements.to.value = over.dataset.to;
  form.elements.title.value = "";
  form.querySelector("button[value=move]").click();
});

// What is done is done: ticks and heading are for the next step only, but a refusal changes nothing.
document.addEventListener("htmx:after:swap", (event) => {
  if (event.detail.ctx.target?.id !== "sorting") return;
  const title = document.getElementById("title");
  if (title) title.value = title.defaultValue;
  for (const box of document.querySelectorAll("input[name=cards]")) box.checked = box.defaultChecked;
});

// What is swapped in knows nothing of dragging.
const watched = { childList: true, subtree: true, attributeFilter: ["draggable"] };
new MutationObserver(prepare).observe(document.getElementById("main"), watched);
prepare();
