// Takes recordings along, so that pages are read aloud without network: all of a language, chosen
// before anybody talks, so what lies here tells nothing of a person.
import {kitOf, offered} from "./kits.js";
import {drop, places, put} from "./rows.js";

const CHOSEN = "chosen"; // the languages that are to be heard here
const PATIENCE = 30000;
const ROOM = 5_000_000; // bytes that stay free, for what people say
const nameOf = (slug, language) => `${slug} ${language}`;
const sum = (sizes) => sizes.reduce((all, each) => all + each, 0);

export class Taking {
  constructor(rows) {
    Object.assign(this, {rows, kept: new Set(), chosen: [], under: null, told: () => {}});
  }

  async look() {
    this.kept = new Set(await places(this.rows.db, "sounds"));
    this.chosen = (await this.rows.take(CHOSEN)) ?? [];
  }

  // How it stands with each language of a kit in which somebody has spoken something.
  stands(kit) {
    return Object.entries(kit.theirs).map(([language, {sounds}]) => this.stand(kit.slug, language, sounds)).filter(({bytes}) => bytes);
  }

  stand(slug, language, sounds) {
    const name = nameOf(slug, language), sizes = Object.entries(sounds ?? {});
    const missing = sizes.filter(([digest]) => !this.kept.has(digest));
    const isChosen = this.chosen.includes(name), left = sum(missing.map(([, size]) => size));
    const state = this.under?.name === name ? "loading" : isChosen ? (left ? "newer" : "here") : "apart";
    return {name, slug, language, state, missing, left, bytes: sum(sizes.map(([, size]) => size))};
  }

  // Load what is missing; tell how it ended. What was here before stays, whatever happens.
  async take({slug, language}) {
    if (this.under) return "";
    const offer = await offered(this.rows), found = offer.surveys.find((each) => each.slug === slug);
    const kit = found && (await kitOf(this.rows, {slug, version: found.number}));
    await this.look();
    const {name, missing, left, bytes} = this.stand(slug, language, kit?.theirs[language]?.sounds);
    this.under = {name, bytes, done: bytes - left, stopped: new AbortController()};
    this.told();
    try {
      return await this.load(this.under, slug, missing, left);
    } finally {
      this.under = null;
      await this.look();
    }
  }

  async load({name, stopped}, slug, missing, left) {
    if (!(await isRoomFor(left))) return "no room";
    const before = this.chosen, fresh = [];
    try {
      this.chosen = [...new Set([...before, name])];
      await this.rows.put(CHOSEN, this.chosen);
      for (const [digest, size] of missing) {
        const sound = await fetched(`/s/${slug}/sound/${digest}.m4a`, stopped.signal);
        if (stopped.signal.aborted) return "stopped";
        if (sound?.byteLength !== size) return "broken";
        await put(this.rows.db, "sounds", digest, sound);
        fresh.push(digest);
        this.under.done += size;
        this.told();
      }
    } catch { // what people say needs the room more
      for (const digest of fresh) await drop(this.rows.db, "sounds", digest);
      await this.rows.put(CHOSEN, before).catch(() => null);
      return "no room";
    }
    await this.look();
    await this.sweep();
    return "taken";
  }

  stop() {
    this.under?.stopped.abort();
  }

  async drop({slug, language}) {
    await this.rows.put(CHOSEN, this.chosen.filter((each) => each !== nameOf(slug, language)));
    await this.look();
    await this.sweep();
  }

  // Let go of what no kit on the device asks for any more.
  async sweep() {
    const needed = new Set();
    for (const kit of await this.rows.all("kit")) {
      for (const [language, {sounds}] of Object.entries(kit.theirs)) {
        if (this.chosen.includes(nameOf(kit.slug, language))) Object.keys(sounds ?? {}).forEach((each) => needed.add(each));
      }
    }
    for (const digest of this.kept) if (!needed.has(digest)) await drop(this.rows.db, "sounds", digest);
    await this.look();
  }
}

// Where a browser does not say how much room it has, one tries.
async function isRoomFor(bytes) {
  const {quota, usage} = (await navigator.storage?.estimate?.().catch(() => null)) ?? {};
  return !quota || !bytes || quota - usage > bytes + ROOM;
}

async function fetched(address, signal) {
  const late = AbortSignal.timeout(PATIENCE), giveUp = new AbortController(), end = () => giveUp.abort();
  signal.addEventListener("abort", end);
  late.addEventListener("abort", end);
  try {
    const answer = await fetch(address, {credentials: "omit", cache: "no-store", signal: giveUp.signal});
    return answer.ok ? await answer.arrayBuffer() : null;
  } catch {
    return null;
  } finally {
    signal.removeEventListener("abort", end);
    late.removeEventListener("abort", end);
  }
}
