// Buttons that copy what stands in a field; without a clipboard the field is selected.
for (const button of document.querySelectorAll("[data-copies]")) {
  const field = document.getElementById(button.dataset.copies), words = button.querySelector("span");
  const before = words.textContent;
  button.hidden = false;
  button.addEventListener("click", async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      return; // it is selected, to be copied by hand
    }
    words.textContent = button.dataset.copied;
    setTimeout(() => (words.textContent = before), 3000);
  });
}
