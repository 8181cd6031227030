// Typing a sheet: a figure ticks the choice with this number, Enter leads to the next field.
const form = document.getElementById("page");
const fields = () => [...form.querySelectorAll("input:not([type=hidden]), select, textarea, button.go")]
  .filter((field) => !field.disabled && field.offsetParent);
const onward = (from) => {
  const all = fields();
  const group = (field) => (["radio", "checkbox"].includes(field.type) ? field.name : field);
  const next = all.slice(all.indexOf(from) + 1).find((field) => group(field) !== group(from));
  next?.focus();
};
form.addEventListener("keydown", (event) => {
  const field = event.target;
  const ticks = ["radio", "checkbox"].includes(field.type);
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit(form.querySelector("button.go"));
  else if (event.key === "Enter" && field.matches("input, select")) {
    event.preventDefault();
    onward(field);
  } else if (ticks && /^[1-9]$/.test(event.key)) {
    const alike = [...form.querySelectorAll(`[name="${CSS.escape(field.name)}"]`)];
    const meant = alike[Number(event.key) - 1];
    if (!meant) return;
    meant.click();
    if (field.type === "radio") onward(meant);
  }
});
const start = form.querySelector(".err") ?? document.getElementById(decodeURIComponent(location.hash.slice(1)));
const here = start && fields().find((field) => start.contains(field) || start.compareDocumentPosition(field) & Node.DOCUMENT_POSITION_FOLLOWING);
(here ?? fields()[0])?.focus();
