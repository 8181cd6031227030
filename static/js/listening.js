// Reads a question and its choices aloud, one after another, when somebody presses the button:
// as people have spoken them, else with a voice that lives on the device itself.
const roots = () => (document.querySelector("[data-listen]") ? "[data-listen]" : "#page [id^='q-'], h1");
const LABELS = "legend, h1, h2, label.q, .field > label, .ask, .note > p:not(.hint)";
const CHOICES = ".choice > span, .scale label > span, .pict > span, select.input option[value]:not([value=''])";
const player = new Audio();
const speech = window.speechSynthesis;
let stop = () => {};

const languageOf = (element) => element.closest("[lang]").lang.slice(0, 2);
const voiceFor = (element) => speech?.getVoices()
  .find((voice) => voice.localService && voice.lang.slice(0, 2) === languageOf(element));
const seen = (element) => element.matches("option") || element.getClientRects().length > 0;

const nameOf = (element) => {
  if (element.matches(".hint")) return "hint";
  if (element.matches(".wording")) return "consent";
  if (element.matches("option")) return `=${element.value}`;
  const field = element.matches(CHOICES) && element.closest("label")?.control;
  return field ? `=${field.value}` : "label";
};

// The texts of a question in the order of the page; of what stands within another, that speaks.
const textsOf = (root, players) => {
  const own = (element) => (element.closest(roots()) ?? root) === root;
  const all = root.matches("h1, h2") ? [root] : [...root.querySelectorAll(`${LABELS}, .wording, .hint, ${CHOICES}`)].filter(own);
  const first = all.find((element) => nameOf(element) === "label");
  return all
    .filter((element) => nameOf(element) !== "label" || element === first || element.matches(".note > p"))
    .map((element) => ({ element, sound: players.get(nameOf(element)) }));
};

const speak = (element, voice) => new Promise((resolve) => {
  const words = new SpeechSynthesisUtterance(element.textContent.trim());
  [words.voice, words.lang, words.onend, words.onerror] = [voice, voice.lang, resolve, resolve];
  speech.speak(words);
});

const play = (address) => new Promise((resolve) => {
  [player.src, player.onended, player.onerror] = [address, resolve, resolve];
  player.play().catch(resolve);
});

const point = (element, on) => {
  const shown = element.matches("option") ? element.parentElement : element.closest("label") ?? element;
  shown.classList.toggle("spoken", on);
  Object.assign(shown.style, on ? { outline: "3px solid var(--act)", outlineOffset: "3px" } : { outline: "", outlineOffset: "" });
  if (on) shown.setAttribute("aria-current", "true");
  else shown.removeAttribute("aria-current");
  if (on) shown.scrollIntoView({ block: "nearest" });
};

const read = async (texts, button, status) => {
  stop();
  let going = true;
  const [start, end] = button.querySelectorAll("span");
  const show = (on) => ([start.hidden, end.hidden] = [on, !on]);
  stop = () => {
    going = false;
    player.pause();
    speech?.cancel();
    texts.forEach(({ element }) => point(element, false));
    show(false);
    stop = () => {};
  };
  const halt = stop;
  show(true);
  for (const { element, sound } of texts) {
    const voice = sound ? null : voiceFor(element);
    if (!going || !seen(element) || !(sound || voice)) continue;
    status.textContent = voice ? status.dataset.text : "";
    point(element, true);
    await (sound ? play(sound) : speak(element, voice));
    point(element, false);
  }
  if (going) halt();
};

const offer = (root) => {
  if (root.dataset.heard) return;
  const beside = root.nextElementSibling;
  const lists = root.matches("h1, h2")
    ? [beside].filter((each) => each?.matches(".listen"))
    : [...root.querySelectorAll(".listen")].filter((each) => (each.closest(roots()) ?? root) === root);
  const sounds = lists.flatMap((each) => [...each.querySelectorAll("audio")]);
  const players = new Map(sounds.map((each) => [each.dataset.part, each.getAttribute("src")]));
  const texts = textsOf(root, players);
  const label = texts.find(({ element }) => nameOf(element) === "label");
  if (!label || !(players.size || voiceFor(label.element))) return;
  const shown = document.getElementById("listen-button").content.firstElementChild.cloneNode(true);
  const button = shown.querySelector("button");
  button.lastElementChild.textContent = label.element.textContent.trim();
  button.addEventListener("click", () => {
    if (button.querySelector("span").hidden) stop();
    else read(texts, button, shown.querySelector("small"));
  });
  if (lists.length) lists[0].replaceWith(shown);
  else label.element.after(shown);
  lists.slice(1).forEach((each) => each.remove());
  root.dataset.heard = "yes";
};

// Offer it for all that stands on the page; also for a page that has come in the place of another.
export function offerAll() {
  if (document.getElementById("listen-button")) document.querySelectorAll(roots()).forEach(offer);
}

export const hush = () => stop();
offerAll();
speech?.addEventListener?.("voiceschanged", offerAll);
addEventListener("pagehide", () => stop());
