// Fills the slots of a page; as surveys/questionnaires/filling.py.
import {fieldOf} from "./reading.js";

const SLOT = /\x02([^\x03]*)\x03/;
const SIGNS = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;"};
const AROUND = ["if", "turns", "kept", "offered", "taken", "amiss"];

export const escaped = (text) => String(text).replace(/[&<>"']/g, (sign) => SIGNS[sign]);

// Text and slots take turns; what stands between a slot and its end belongs to it.
export function pieces(html) {
  const parts = html.split(SLOT);
  let next = 0;
  const read = () => {
    const found = [];
    while (next < parts.length) {
      const text = parts[next++], mark = parts[next++];
      if (text) found.push(text);
      if (mark === undefined || mark === "end") return found;
      const [kind, ...names] = mark.split("\x1f");
      found.push({kind, names, inner: AROUND.includes(kind) ? read() : null});
    }
    return found;
  };
  return read();
}

// What one respondent sees of a page.
export class View {
  constructor(kit, seen, insets, typed = null, errors = {}) {
    Object.assign(this, {kit, seen, insets, typed, errors});
  }

  fill(parts, turn = []) {
    return parts.map((part) => (typeof part === "string" ? part : this.part(part, turn))).join("");
  }

  part({kind, names, inner}, turn) {
    const [name, ...more] = names;
    switch (kind) {
      case "if": return this.seen.relevant(name, turn) ? this.fill(inner, turn) : "";
      case "turns": return this.turns(inner, name, turn);
      case "kept": return this.fill(inner, turn); // in kits of before
      case "offered": return this.offers(name, turn, more) ? this.fill(inner, turn) : "";
      case "taken": return this.takes(name, turn, more) ? this.fill(inner, turn) : "";
      case "amiss": return this.errors[fieldOf(name, turn)] ? this.fill(inner, turn) : "";
      case "checked": return this.chosen(name, turn).includes(more[0]) ? " checked" : "";
      case "selected": return this.chosen(name, turn).includes(more[0]) ? " selected" : "";
      case "value": return escaped(this.chosen(name, turn)[0] ?? "");
      case "placed": return this.placed(name, turn, ...more);
      case "message": return this.errors[fieldOf(name, turn)];
      case "inset": return this.inset(name, turn);
      case "turn": return fieldOf("", turn);
      case "number": return String(turn.at(-1));
      default: return this.said(name, kind, turn); // label or hint
    }
  }

  turns(inner, name, turn) {
    const number = this.seen.count(name, turn);
    return Array.from({length: number}, (_, place) => this.fill(inner, [...turn, place + 1])).join("");
  }

  offers(name, turn, choices) {
    const offered = this.seen.offered(name, turn);
    return choices.some((each) => offered.includes(each));
  }

  takes(name, turn, choices) {
    const chosen = this.chosen(name, turn);
    return choices.length ? choices.some((each) => chosen.includes(each)) : chosen.length > 0;
  }

  // What was chosen, or typed, as the texts that a form sends.
  chosen(name, turn) {
    const cell = this.seen.cell(name);
    if (this.typed && !cell.fixed) return this.typed.getAll(fieldOf(name, turn));
    if (this.seen.held.includes(name)) return [];
    const value = this.seen.value(name, turn);
    if (value === null) return [];
    return Array.isArray(value) ? value.map(String) : [asText(cell, value)];
  }

  placed(name, turn, choice, place) {
    if (this.typed) {
      const sent = this.typed.getAll(`${fieldOf(name, turn)}=${choice}`);
      return sent.length === 1 && sent[0] === place ? " selected" : "";
    }
    return this.chosen(name, turn)[place - 1] === choice ? " selected" : "";
  }

  inset(name, turn) {
    const inset = this.insets[name] ?? "";
    return typeof inset === "function" ? inset(this, turn) : String(inset);
  }

  said(name, kind, turn) {
    const [text, language] = this.kit.texts[name][kind];
    const filled = escaped(this.seen.filled(text, name, turn));
    return spoken(this.kit, language, filled);
  }
}

// What stands on a page in another language than the page; as surveys/questionnaires/tongues.py.
export function spoken(kit, language, html) {
  if (["", "und", kit.within].includes(language)) return html;
  const [tag, direction] = kit.tongues[language] ?? [language, "auto"];
  return `<span lang="${escaped(tag)}" dir="${direction}">${html}</span>`;
}

function asText(cell, value) {
  if (typeof value === "boolean") return value ? "True" : "False";
  const whole = cell.type === "decimal" && Number.isInteger(value);
  return whole ? `${value}.0` : String(value);
}
