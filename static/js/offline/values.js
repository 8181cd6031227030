// What expressions compute with; as surveys/expressions/values.py. Several nodes are an array.
import {days} from "./dates.js";

const NUMBER = /^\s*-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)\s*$/;

export const many = (value) => (Array.isArray(value) ? value : [value]);
export const first = (value) => (Array.isArray(value) ? value[0] ?? "" : value);

export function toText(value) {
  value = first(value);
  if (typeof value !== "number") return String(value);
  if (!Number.isFinite(value)) return String(value);
  if (Number.isInteger(value)) return BigInt(value).toString();
  return Math.abs(value) >= 1e-4 ? String(value) : value.toFixed(20).replace(/0+$/, "");
}

export function toNumber(value) {
  value = first(value);
  if (typeof value !== "string") return Number(value);
  if (!value) return NaN;
  return NUMBER.test(value) ? Number(value) : days(value) ?? NaN;
}

export function toTruth(value) {
  if (typeof value === "boolean") return value;
  if (typeof value === "number") return value === value && value !== 0;
  return value.length > 0;
}

// Any node of several, then as truths, numbers or texts.
export function equal(left, right) {
  if (Array.isArray(left)) return left.some((each) => equal(each, right));
  if (Array.isArray(right)) return right.some((each) => equal(left, each));
  if (typeof left === typeof right) return left === right;
  if (typeof left === "boolean" || typeof right === "boolean") {
    return toTruth(left) === toTruth(right);
  }
  return toNumber(left) === toNumber(right);
}

export function unequal(left, right) {
  if (Array.isArray(left)) return left.some((each) => unequal(each, right));
  if (Array.isArray(right)) return right.some((each) => unequal(left, each));
  return !equal(left, right);
}
