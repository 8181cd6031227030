// From the tree of an expression to a closure; as surveys/expressions/compiling.py.
// No text is ever run as a program: the tree only chooses among the functions below.
import {isoDate, isoMoment} from "./dates.js";
import {FUNCTIONS} from "./functions.js";
import {equal, toNumber, toText, toTruth, unequal} from "./values.js";

const LONGEST = 1000; // characters; a text that long matches no pattern

export function compiled(tree, scope) {
  if (!Array.isArray(tree)) return () => tree;
  const [head, ...rest] = tree;
  if (head === "$") return scope.reference(rest[0]);
  if (head === "/") return scope.path(rest);
  if (head === "matches") return matching(compiled(rest[0], scope), rest[1], rest[2]);
  if (head.endsWith("()")) return called(head.slice(0, -2), rest, scope);
  const operands = rest.map((each) => compiled(each, scope));
  if (head === "neg") return (place) => -toNumber(operands[0](place));
  if (head === "and") return (place) => operands.every((each) => toTruth(each(place)));
  if (head === "or") return (place) => operands.some((each) => toTruth(each(place)));
  const combine = BINARY[head], [start, ...others] = operands;
  return (place) => others.reduce((value, each) => combine(value, each(place)), start(place));
}

// By size: as numbers, and among several nodes any that fits.
const ordered = (compare) => function combine(left, right) {
  if (Array.isArray(left)) return left.some((each) => combine(each, right));
  if (Array.isArray(right)) return right.some((each) => combine(left, each));
  return compare(toNumber(left), toNumber(right));
};
const counting = (compute) => (left, right) => compute(toNumber(left), toNumber(right));
const BINARY = {
  "=": equal,
  "!=": unequal,
  "<": ordered((left, right) => left < right),
  "<=": ordered((left, right) => left <= right),
  ">": ordered((left, right) => left > right),
  ">=": ordered((left, right) => left >= right),
  "+": counting((left, right) => left + right),
  "-": counting((left, right) => left - right),
  "*": counting((left, right) => left * right),
  div: counting((left, right) => left / right),
  mod: counting((left, right) => left % right),
};

function matching(text, source, flags) {
  if (source === null) return () => true;
  const pattern = new RegExp(source, flags);
  return (place) => {
    const value = toText(text(place));
    return [...value].length <= LONGEST && pattern.test(value);
  };
}

function called(name, trees, scope) {
  if (FORMS[name]) return FORMS[name](trees, scope);
  const compute = FUNCTIONS[name], values = trees.map((each) => compiled(each, scope));
  if (!compute) throw new Error(`unknown function ${name}`);
  return (place) => compute(...values.map((each) => each(place)));
}

const isEmpty = (value) => value === "" || (Array.isArray(value) && !value.length);

// Functions that depend on where they stand, or do not look at all their arguments.
const FORMS = {
  if(trees, scope) {
    const [test, then, otherwise] = trees.map((each) => compiled(each, scope));
    return (place) => (toTruth(test(place)) ? then(place) : otherwise(place));
  },
  coalesce(trees, scope) {
    const all = trees.map((each) => compiled(each, scope)), last = all.pop();
    return (place) => {
      for (const each of all) {
        const value = each(place);
        if (!isEmpty(value)) return value;
      }
      return last(place);
    };
  },
  once(trees, scope) {
    const kept = scope.kept(), fresh = compiled(trees[0], scope);
    return (place) => kept(place) || fresh(place);
  },
  position([tree], scope) {
    const steps = tree?.[0] === "/" ? tree.slice(1) : [];
    return scope.position(Math.max(0, steps.filter((each) => each === "..").length - 1));
  },
  "indexed-repeat"([target, ...pairs], scope) {
    const turns = [];
    for (let place = 0; place < pairs.length; place += 2) {
      turns.push([pairs[place][1], compiled(pairs[place + 1], scope)]);
    }
    return scope.indexed(target[1], turns);
  },
  "jr:choice-name"([value, question], scope) {
    const name = Array.isArray(question) ? question[1] : question.trim().slice(2, -1).trim();
    return scope.choiceName(name, compiled(value, scope));
  },
  today: (_, scope) => (place) => isoDate(scope.moment(place)),
  now: (_, scope) => (place) => isoMoment(scope.moment(place)) + scope.moment(place).offset,
  random: () => () => crypto.getRandomValues(new Uint32Array(1))[0] / 2 ** 32,
  uuid: () => () => crypto.randomUUID(),
};
