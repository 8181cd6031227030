// Filters a list of organisations while one types. Without it, the button searches.
for (const field of document.querySelectorAll("[data-filter]")) {
  const list = document.getElementById(field.dataset.filter);
  const choices = [...list.querySelectorAll(".choice")];
  const groups = [...list.children];
  const filter = () => {
    const words = field.value.toLocaleLowerCase().split(/\s+/);
    for (const choice of choices) {
      const name = choice.textContent.toLocaleLowerCase();
      choice.hidden = !choice.querySelector(":checked") && !words.every((word) => name.includes(word));
    }
    for (const group of groups) group.hidden = !group.querySelector(".choice:not([hidden])");
  };
  field.addEventListener("input", filter);
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
}
