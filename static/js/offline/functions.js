// The functions that compute from their arguments alone; as surveys/expressions/functions.py.
import * as dates from "./dates.js";
import {first, many, toNumber, toText, toTruth} from "./values.js";

export const words = (value) => toText(value).split(/\s+/).filter(Boolean);
const flat = (values) => values.flatMap(many);
const letters = (value) => [...toText(value)];
const join = (separator, ...values) => flat(values).map(toText).join(toText(separator));
const numbers = (values) => flat(values).map(toNumber).filter((each) => each === each);

function selectedAt(value, index) {
  const all = words(value), place = toNumber(index);
  return place >= 0 && place < all.length ? all[Math.trunc(place)] : "";
}

// The exact sum, rounded once, as Python's fsum: partial sums that do not overlap.
function sum(...values) {
  const partials = [], all = numbers(values);
  if (!all.every(Number.isFinite)) return all.reduce((one, other) => one + other, 0);
  for (let x of all) {
    let kept = 0;
    for (let y of partials) {
      if (Math.abs(x) < Math.abs(y)) [x, y] = [y, x];
      const high = x + y, low = y - (high - x);
      if (low) partials[kept++] = low;
      x = high;
    }
    partials.length = kept;
    partials.push(x);
  }
  return rounded(partials);
}

function rounded(partials) {
  let high = partials.pop() ?? 0, low = 0;
  while (partials.length) {
    const before = high, next = partials.pop();
    high = before + next;
    low = next - (high - before);
    if (low) break;
  }
  const last = partials.at(-1);
  if (last && Math.sign(low) === Math.sign(last)) {
    const twice = low * 2, more = high + twice;
    if (twice === more - high) return more;
  }
  return high;
}

// Half away from zero, on the digits as they are written.
function round(value, places = 0) {
  const number = toNumber(value), digits = toNumber(places);
  if (!Number.isFinite(number) || !(Math.abs(digits) <= 20) || Math.abs(number) >= 1e15) return number;
  const [, sign, whole, part = "", exponent = "0"] = /^(-?)(\d+)(?:\.(\d+))?(?:e(.+))?$/.exec(String(number));
  const shift = Math.trunc(digits) + Number(exponent) - part.length;
  const [all, step] = [BigInt(whole + part), 10n ** BigInt(Math.abs(shift))];
  const scaled = shift >= 0 ? all * step : (all * 2n + step) / (step * 2n);
  return Number(`${sign}${scaled}e${-Math.trunc(digits)}`);
}

function power(base, exponent) {
  const [low, high] = [toNumber(base), toNumber(exponent)];
  if (low === 1 || (low === -1 && Math.abs(high) === Infinity)) return 1;
  return finite((one, other) => one ** other)(low, high);
}

// What has no finite result has none.
const finite = (compute) => (...values) => {
  const given = values.map(toNumber), result = compute(...given);
  return given.every(Number.isFinite) && !Number.isFinite(result) ? NaN : result;
};
const whole = (compute) => finite((number) => (Number.isFinite(number) ? compute(number) + 0 : NaN));

function substr(value, start, end = Infinity) {
  const text = letters(value), [begins, ends] = [toNumber(start), toNumber(end)];
  if (begins !== begins || ends !== ends) return "";
  const place = (number) =>
    Math.trunc(Math.max(0, Math.min(text.length, number < 0 ? number + text.length : number)));
  return text.slice(place(begins), place(ends)).join("");
}

function before(value, mark) {
  const text = toText(value), sign = toText(mark), place = sign ? text.indexOf(sign) : -1;
  return place < 0 ? "" : text.slice(0, place);
}

function after(value, mark) {
  const text = toText(value), sign = toText(mark), place = text.indexOf(sign);
  return !sign ? text : place < 0 ? "" : text.slice(place + sign.length);
}

function translate(value, olds, news) {
  const table = new Map(), old = letters(olds), replacing = letters(news);
  old.forEach((letter, place) => table.has(letter) || table.set(letter, replacing[place] ?? ""));
  return letters(value).map((letter) => table.get(letter) ?? letter).join("");
}

const momentIn = (value) => (typeof value === "string" && dates.moment(value)) || null;
function date(value) {
  const only = first(value), when = momentIn(only) ?? dates.fromDays(toNumber(only));
  return when ? dates.isoDate(when) : "";
}
function dateTime(value) {
  const only = first(value);
  if (momentIn(only)) return only;
  const when = dates.fromDays(toNumber(only));
  return when ? dates.iso(when) : "";
}
function formatDate(value, pattern) {
  const when = dates.moment(toText(value)) ?? dates.fromDays(toNumber(value));
  return when ? dates.written(when, toText(pattern)) : "";
}

function checklist(least, most, ...values) {
  const high = toNumber(most), number = values.filter(toTruth).length;
  return number >= toNumber(least) && (high < 0 || number <= high);
}

const least = (values) => values.reduce((one, other) => (other < one ? other : one), values[0] ?? NaN);
const most = (values) => values.reduce((one, other) => (other > one ? other : one), values[0] ?? NaN);

export const FUNCTIONS = {
  selected: (value, name) => words(value).includes(toText(name).trim()),
  "selected-at": selectedAt,
  "count-selected": (value) => words(value).length,
  "jr:itext": toText,
  count: (value) => many(value).length,
  "count-non-empty": (value) => many(value).filter((each) => toText(each)).length,
  sum,
  min: (...values) => least(numbers(values)),
  max: (...values) => most(numbers(values)),
  join,
  not: (value) => !toTruth(value),
  true: () => true,
  false: () => false,
  boolean: toTruth,
  "boolean-from-string": (value) => ["1", "true"].includes(toText(value)),
  checklist,
  number: toNumber,
  int: (value) => Math.trunc(toNumber(value)) + 0,
  round,
  floor: whole(Math.floor),
  ceiling: whole(Math.ceil),
  abs: finite(Math.abs),
  pow: power,
  pi: () => Math.PI,
  exp: finite(Math.exp),
  exp10: (value) => power(10, value),
  log: finite(Math.log),
  log10: finite(Math.log10),
  sqrt: finite(Math.sqrt),
  sin: finite(Math.sin),
  cos: finite(Math.cos),
  tan: finite(Math.tan),
  asin: finite(Math.asin),
  acos: finite(Math.acos),
  atan: finite(Math.atan),
  atan2: finite(Math.atan2),
  string: toText,
  concat: (...values) => join("", ...values),
  "string-length": (value) => letters(value).length,
  contains: (value, part) => toText(value).includes(toText(part)),
  "starts-with": (value, part) => toText(value).startsWith(toText(part)),
  "ends-with": (value, part) => toText(value).endsWith(toText(part)),
  substr,
  "substring-before": before,
  "substring-after": after,
  translate,
  "normalize-space": (value) => words(value).join(" "),
  date,
  "date-time": dateTime,
  "format-date": formatDate,
  "format-date-time": formatDate,
  "decimal-date-time": toNumber,
  "decimal-time": (value) => dates.partOfDay(toText(value)) ?? NaN,
};
