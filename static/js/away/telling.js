// Asking back when a free text may tell who somebody is: a question, never a ban; as surveys/routes/telling.py.
import {escaped} from "../offline/filling.js";
import {fieldOf, nameOf} from "../offline/reading.js";
import {finds} from "./recognising.js";

const KEEP = "keep="; // begins the names of boxes: this may stay

// By field, as HTML, what should be asked about texts that are new on a page.
export function foundIn(talk, step, answers, typed) {
  const before = new Map(texts(talk, step.items, talk.draft.answers)), errors = {};
  for (const [place, text] of texts(talk, step.items, answers)) {
    const found = finds(text, talk.mine);
    const mayStay = Boolean(typed.get(`${KEEP}${place}`));
    if (found.length && (mayStay || text !== before.get(place))) errors[place] = {mayStay, html: askedBack(talk.mine, place, text, found, mayStay)};
  }
  return errors;
}

function askedBack(kit, place, text, found, mayStay) {
  const questions = [...new Set(found.map((each) => kit.asks[each.sort]))].map(escaped).join(" ");
  let marked = "", at = 0;
  for (const {begins, ends} of found) {
    marked += `${escaped(text.slice(at, begins))}<mark>${escaped(text.slice(begins, ends))}</mark>`;
    at = ends;
  }
  marked += escaped(text.slice(at));
  return `${questions} <q class="found" dir="auto">${marked}</q> <label class="choice"><input type="checkbox" name="${KEEP}${escaped(place)}" value="1"${mayStay ? " checked" : ""}> ${escaped(kit.stays)}</label>`;
}

// The free texts of a page by their fields; contact data is asked for as such.
function texts(talk, trees, document, turn = []) {
  return trees.flatMap((tree) => {
    const cell = talk.form.cells.get(nameOf(tree)), inner = Array.isArray(tree) ? tree.slice(1) : [];
    if (cell.kind === "group") return texts(talk, inner, document, turn);
    if (cell.kind === "repeat") {
      return (document[cell.name] ?? []).flatMap((each, place) => texts(talk, inner, each, [...turn, place + 1]));
    }
    const text = cell.type === "text" && !talk.kit.fields[cell.name]?.pii ? document[cell.name] : "";
    return typeof text === "string" && text ? [[fieldOf(cell.name, turn), text]] : [];
  });
}
