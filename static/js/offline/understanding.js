// What was typed, as people write it; as surveys/questionnaires/understanding.py.
import {days, moment} from "./dates.js";

const LONGEST = 10000, LARGEST = 1e12;
const WHOLE = "Please enter a whole number, for example 12.";
const NUMBER = "Please enter a number, for example 12.5.";
const DATE = "Please enter a day, for example 2026-11-30.";
const TIME = "Please enter a time, for example 14:30.";
const PLACE = "Please enter latitude and longitude, for example 52.63 13.49.";
const SHORTER = "Please write less: at most 10,000 characters fit here.";

export class NotUnderstood extends Error {}

// Composed letters, no control but new lines.
export function lines(text) {
  const composed = text.replace(/\r\n?/g, "\n").normalize("NFC");
  return [...composed].filter((c) => c === "\n" || !/[\p{Cc}\p{Cs}]/u.test(c)).join("").trim();
}

// Western digits, as ٣ or ۳ are typed on some phones; digits of a script stand in one row.
export function digits(text) {
  return text.replace(/\u00a0/g, " ").replace(/\p{Nd}/gu, (letter) => {
    const code = letter.codePointAt(0);
    let zero = code;
    while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--;
    return String((code - zero) % 10);
  });
}

function integer(text) {
  let plain = digits(text);
  if (/^[+-]?\d{1,3}([.,' ]\d{3})+$/.test(plain)) plain = plain.replace(/[.,' ]/g, "");
  if (!/^[+-]?\d{1,13}$/.test(plain) || Math.abs(plain) > LARGEST) throw new NotUnderstood(WHOLE);
  return Number(plain);
}

function decimal(text) {
  const plain = digits(text).replace(/ /g, "").replace(/,/g, ".");
  const fits = /^[+-]?\d{1,13}(\.\d{1,12})?$/.test(plain) && Math.abs(plain) <= LARGEST;
  if (!fits) throw new NotUnderstood(NUMBER);
  return Number(plain);
}

function range(text, field) {
  const number = decimal(text), [start, end] = field.limits;
  const fits = number >= Math.min(start, end) && number <= Math.max(start, end);
  if (!fits) throw new NotUnderstood(NUMBER);
  return number;
}

function date(text, field, cell) {
  let plain = digits(text);
  const german = /^(\d{1,2})\.\s*(\d{1,2})\.\s*(\d{4})$/.exec(plain);
  if (german) plain = `${german[3]}-${german[2].padStart(2, "0")}-${german[1].padStart(2, "0")}`;
  if (/^\d{4}-\d{2}$/.test(plain) && cell.appearance.includes("month")) plain += "-01";
  if (/^\d{4}$/.test(plain) && cell.appearance.includes("year")) plain += "-01-01";
  if (/^\d{8}$/.test(plain)) plain = plain.replace(/(....)(..)(..)/, "$1-$2-$3");
  if (!/^\d{4}-\d\d-\d\d$/.test(plain) || days(plain) === null) throw new NotUnderstood(DATE);
  return plain;
}

function time(text) {
  const found = /^(\d{1,2}):(\d\d)(?::\d\d)?$/.exec(digits(text));
  if (!found || found[1] > 23 || found[2] > 59) throw new NotUnderstood(TIME);
  return `${found[1].padStart(2, "0")}:${found[2]}`;
}

function datetime(text) {
  const plain = digits(text).replace(" ", "T");
  if (!moment(plain)) throw new NotUnderstood(DATE);
  return plain.length > 10 ? plain.slice(0, 16) : `${plain}T00:00`;
}

const written = (number) => (Number.isInteger(number) ? `${number}.0` : String(number));
function geopoint(text) {
  const numbers = digits(text).match(/[+-]?\d{1,3}(?:[.,]\d{1,9})?/g) ?? [];
  const found = numbers.slice(0, 2).map((each) => Number(each.replace(",", ".")));
  const fits = found.length === 2 && Math.abs(found[0]) <= 90 && Math.abs(found[1]) <= 180;
  if (!fits) throw new NotUnderstood(PLACE);
  return `${found.map(written).join(" ")} 0 0`;
}

export const READERS = {
  integer, decimal, range, date, time, datetime, geopoint, acknowledge: () => "OK",
};

export function understood(cell, field, text) {
  const read = READERS[cell.type];
  if (read) return read(text, field, cell);
  if ([...text].length > LONGEST) throw new NotUnderstood(SHORTER);
  return text;
}
