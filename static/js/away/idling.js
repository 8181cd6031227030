// Locks by itself what nobody uses: a device that lies open on a table must not stay open.
export const MINUTES = [1, 2, 5, 10, 15, 30];
export const USUAL = 5;
const USES = ["pointerdown", "keydown", "input", "wheel", "click", "submit"];
const BACK = ["visibilitychange", "pageshow", "focus"]; // timers stand still while a device sleeps

export class Idling {
  constructor(lock, isListening) {
    Object.assign(this, {lock, isListening, minutes: 0, last: 0, timer: 0, isOver: false});
    for (const name of USES) addEventListener(name, (event) => this.use(event), {capture: true});
    for (const name of BACK) addEventListener(name, () => this.look(), {capture: true});
  }

  begin(minutes) {
    Object.assign(this, {minutes, last: Date.now(), isOver: false});
    this.wait();
  }

  end() {
    clearTimeout(this.timer);
    this.minutes = 0;
  }

  get left() {
    return this.last + this.minutes * 60_000 - Date.now();
  }

  wait() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.look(), Math.max(0, this.left));
  }

  // Whoever comes too late opens nothing with the first touch.
  use(event) {
    if (!this.look()) return void (this.last = Date.now());
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  look() {
    if (!this.minutes) return this.isOver;
    if (this.isListening()) this.last = Date.now();
    if (this.left > 0) {
      this.wait();
      return false;
    }
    this.end();
    this.isOver = true;
    this.lock().finally(() => { this.isOver = false; });
    return true;
  }
}
