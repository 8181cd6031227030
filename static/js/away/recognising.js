// What in a free text may tell who somebody is; as surveys/questionnaires/recognising.py.
import {digits} from "../offline/understanding.js";

const made = new WeakMap();

function compiled(kit) {
  if (!made.has(kit)) {
    const rules = kit.rules.map(([sort, source, flags]) => [sort, new RegExp(source, `${flags}gd`)]);
    made.set(kit, {rules, amount: new RegExp(kit.amount[0], `${kit.amount[1]}y`)});
  }
  return made.get(kit);
}

// Return what stands out, in order; no two overlap.
export function finds(text, kit) {
  const found = [];
  for (const each of all(digits(text), kit)) {
    if (!found.some((other) => each.begins < other.ends && other.begins < each.ends)) found.push(each);
  }
  return found.sort((one, other) => one.begins - other.begins);
}

function* all(plain, kit) {
  const {rules, amount} = compiled(kit);
  const isAmount = (place) => {
    amount.lastIndex = place;
    return amount.test(plain);
  };
  for (const [sort, rule] of rules) {
    for (const match of plain.matchAll(rule)) {
      let [begins, ends] = match.indices[0];
      if (sort === "phone" && !isPhone(match[0])) continue;
      if (["phone", "number"].includes(sort) && isAmount(ends)) continue;
      if (sort === "phone") [begins, ends] = trimmed(plain, begins, ends);
      if (sort === "name") {
        const group = match.findIndex((part, place) => place && part);
        [begins, ends] = match.indices[group];
        if (kit.none.includes(match[group].split(/\s+/)[0].toLowerCase())) continue;
      }
      yield {sort, begins, ends};
    }
  }
}

// Digits are called like a phone: they begin with a plus or a nought.
function isPhone(text) {
  const bare = text.replace(/[^\p{Nd}+]/gu, ""), length = bare.replace(/^\++/, "").length;
  return /^[+0]/.test(bare) && length >= 7 && length <= 16;
}

function trimmed(plain, begins, ends) {
  while (begins < ends && " .-/()".includes(plain[begins])) begins++;
  return [begins, ends];
}
