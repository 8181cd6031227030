// What an expression sees from its place in a form; as surveys/questionnaires/seeing.py.
import {first, toNumber, toText} from "./values.js";
import {asValue, turnsWithin} from "./turns.js";

export class Sight {
  constructor(cells, cell) {
    this.cells = cells;
    this.cell = cell;
  }

  // A question in the same turn, or further out; or in all turns of other repeats.
  reference(name) {
    const target = this.cells.get(name), shared = this.shared(target);
    const up = this.cell.repeats.length - shared;
    const inner = this.around(target).slice(shared);
    if (target.kind === "repeat") {
      return (turn) => turnsWithin(turn.up(up), inner)
        .flatMap((one) => one.turns(target)).map((each) => each.number);
    }
    if (!inner.length) return (turn) => turn.up(up).value(target);
    return (turn) => turnsWithin(turn.up(up), inner)
      .filter((each) => each.relevant(target)).map((each) => first(each.value(target)));
  }

  // A dot is the item itself; a name alone a column of a choice; else the last step.
  path(steps) {
    const cell = this.cell, name = steps.at(-1);
    if (steps.length > 1) return this.reference(name);
    if (name === ".") return (turn) => turn.value(cell);
    return ({choice}) => {
      if (!choice) return "";
      return name === "name" ? choice.name : choice.attributes?.[name] ?? "";
    };
  }

  position(up) {
    return (turn) => turn.up(up).number || 1;
  }

  indexed(name, pairs) {
    const target = this.cells.get(name), indexes = new Map(pairs);
    const places = [...indexes.keys()].map((repeat) => target.repeats.indexOf(repeat));
    const shared = Math.min(this.shared(target), ...places);
    const up = this.cell.repeats.length - shared, repeats = this.around(target).slice(shared);
    return (here) => {
      let turn = here.up(up);
      for (const repeat of repeats) {
        const turns = turn.turns(repeat), index = indexes.get(repeat.name);
        const number = index ? toNumber(index(here)) : 1;
        if (!(number >= 1 && number <= turns.length)) return "";
        turn = turns[Math.trunc(number) - 1];
      }
      return turn.value(target);
    };
  }

  choiceName(question, value) {
    const target = this.cells.get(question);
    const up = this.cell.repeats.length - this.shared(target);
    return (turn) => {
      const name = toText(value(turn));
      return turn.up(up).choices(target).find((each) => each.name === name)?.label ?? "";
    };
  }

  kept() {
    const cell = this.cell;
    return (turn) => asValue(cell, turn.document[cell.name]);
  }

  moment(turn) {
    return turn.run.now;
  }

  around(target) {
    return target.repeats.map((name) => this.cells.get(name));
  }

  // How many repeats this place and the target stand in together.
  shared(target) {
    const mine = this.cell.repeats;
    const parted = mine.findIndex((name, place) => target.repeats[place] !== name);
    return parted < 0 ? mine.length : parted;
  }
}
