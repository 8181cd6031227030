// What of the recordings is on the device, as it stands beside each survey: taken along, removed again.
const LOOKS = {taken: "ok", broken: "bad", "no room": "bad"};
const BUTTONS = {apart: ["take"], newer: ["take", "drop"], here: ["drop"], loading: ["stop"]};

export class Shelf {
  constructor(screen, taking) {
    Object.assign(this, {screen, taking, kits: {}, ended: null, notice: null});
    taking.told = () => this.renew();
    const shown = {minimumFractionDigits: 1, maximumFractionDigits: 1};
    this.number = new Intl.NumberFormat(screen.own.lang, shown);
  }

  megabytes(bytes) {
    return this.number.format(Math.ceil(bytes / 100_000) / 10); // never less than it is
  }

  put(survey, kit) {
    this.kits[kit.slug] = kit;
    const stands = this.taking.stands(kit);
    if (!stands.length) return;
    const content = this.screen.copy("sounds"), list = content.querySelector("[data-list=sounds]");
    for (const stand of stands) {
      const [name, lang, dir] = kit.offered[stand.language];
      const row = this.screen.copy("sound", {language: name}).firstElementChild;
      Object.assign(row.dataset, {slug: kit.slug, language: stand.language});
      Object.assign(row.querySelector("b"), {lang, dir});
      row.querySelectorAll("[data-of=language]").forEach((each) => Object.assign(each, {textContent: ` ${name}`, lang}));
      this.fill(row, stand);
      list.append(row);
    }
    survey.querySelector("section").append(content);
  }

  fill(row, {state, bytes, left}) {
    const {done = 0} = this.taking.under ?? {}, bar = row.querySelector("progress");
    const sizes = {size: bytes, left, done}, text = this.screen.word("hearing", state);
    row.querySelector("small").textContent = text.replace(/\{(\w+)\}/g, (_, name) => this.megabytes(sizes[name]));
    row.dataset.stand = state;
    Object.assign(bar, {hidden: state !== "loading", max: bytes, value: done});
    bar.setAttribute("aria-label", row.querySelector("b").textContent);
    const held = document.activeElement, isHere = row.contains(held);
    for (const button of row.querySelectorAll("button")) {
      const {act} = button.dataset;
      button.hidden = !BUTTONS[state].includes(act);
      button.disabled = act === "take" && Boolean(this.taking.under); // one after the other
    }
    if (isHere && held.hidden) row.querySelector("button:not([hidden])").focus();
  }

  // Show how things are now, in the rows that stand there.
  renew() {
    for (const row of document.querySelectorAll("[data-list=sounds] > li")) {
      const {slug, language} = row.dataset;
      this.fill(row, this.taking.stand(slug, language, this.kits[slug].theirs[language].sounds));
    }
  }

  take(place) {
    return this.end(place, () => this.taking.take(place));
  }

  drop(place) {
    return this.end(place, async () => {
      await this.taking.drop(place);
      return "dropped";
    });
  }

  async end({slug, language}, act) {
    const [name] = this.kits[slug].offered[language];
    this.ended = null;
    this.tell();
    const end = await act().catch(() => ""); // the device was locked meanwhile
    if (!end) return;
    this.ended = {end, name};
    this.renew();
    if (this.screen.isHome) this.tell();
  }

  // Say how it ended, also when the page was written anew meanwhile.
  tell() {
    this.notice?.remove();
    const {end, name} = this.ended ?? {};
    this.notice = end ? this.screen.notice(`${this.screen.word("hearing", end)} ${name}`, LOOKS[end]) : null;
  }
}
