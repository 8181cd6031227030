// Keys for the queue of names: each presses the button that says so. They can be switched off.
const KEPT = "osi-keys-of-names";
const box = document.querySelector("#with-keys input");

const remembered = () => {
  try { return localStorage.getItem(KEPT); } catch { return null; } // private windows may refuse
};
const remember = (value) => {
  try { localStorage.setItem(KEPT, value); } catch { /* then for this page only */ }
};

if (box) {
  box.checked = remembered() !== "off";
  box.closest("[hidden]").hidden = false;
  box.addEventListener("change", () => remember(box.checked ? "on" : "off"));
}

const types = (element) => element?.closest?.("input:not([type=checkbox], [type=radio]), textarea, select");

document.addEventListener("keydown", (event) => {
  if (box && !box.checked) return;
  if (event.ctrlKey || event.altKey || event.metaKey || event.repeat || event.isComposing || types(event.target)) return;
  if (!/^[1-4nlou]$/.test(event.key)) return;
  const meant = document.querySelector(`[data-key="${event.key}"]`);
  if (!meant) return;
  event.preventDefault();
  if (event.key !== "n") return meant.click();
  meant.parentElement.open = true;
  meant.parentElement.querySelector("form button").focus();
});

// The next case has the focus, so that it is read and the keys go on from there.
if (location.hash === "#case") document.getElementById("case")?.focus();
