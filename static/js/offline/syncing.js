// Sends what waited, one after the other; the same answers may be sent any number of times.
import {changeDraft, draftWith, drafts, inTurn, waits} from "./store.js";

const PATIENCE = 10000; // milliseconds until a network that says nothing counts as away
const SLOW = 2000, REST = 15000; // after it made somebody wait, before a page tries again
const ATTEMPTS = 3; // to come after what others have sent for the same response
let away = 0, running = null;

export const news = []; // what has become of what waited, since somebody looked
export const seemsAway = () => navigator.onLine === false || Date.now() - away < REST;

export function flush() {
  running ??= inTurn("sending", sendAll).finally(() => { running = null; });
  return running;
}

// What one server cannot take now holds up nothing else, as long as there is a network.
async function sendAll() {
  let all = true;
  for (const {id} of (await drafts()).filter(waits)) {
    const sent = await send(id);
    if (sent === "away") return false;
    all &&= sent === "done";
  }
  return all;
}

async function send(id, attempts = ATTEMPTS) {
  const draft = await draftWith(id);
  if (!draft || !waits(draft)) return "done";
  const answer = await asked(() => post(draft));
  if (!answer) return "away";
  if (answer.status >= 500 || answer.status === 429) return "later";
  const said = await answer.json().catch(() => null);
  if (!said && answer.ok) return "later"; // the answer broke off
  const otherwise = {state: answer.status === 404 ? "unknown" : "refused"};
  await settle(draft, said ?? otherwise);
  return said?.state === "behind" && attempts ? send(id, attempts - 1) : "done";
}

async function post({id, slug, gone, waiting, refused, amiss, submitted, ...draft}) {
  const giveUp = new AbortController(), late = setTimeout(() => giveUp.abort(), PATIENCE);
  return fetch(`/s/${slug}/answers${gone ? "/removal" : ""}`, {
    method: "POST",
    headers: {"Content-Type": "application/json"},
    credentials: "same-origin",
    body: JSON.stringify(draft),
    signal: giveUp.signal,
  }).finally(() => clearTimeout(late));
}

export async function asked(ask) {
  const began = Date.now();
  try {
    const answer = await ask();
    away = 0;
    return answer;
  } catch {
    if (Date.now() - began > SLOW) away = Date.now();
    return null;
  }
}

// What was changed while it was under way is sent again.
async function settle(sent, said) {
  let left = sent;
  await changeDraft(sent.id, (draft) => (left = settled(draft, sent, said)));
  const tells = ["taken", "erased"].includes(said.state) && sent.current && !left?.waiting;
  if (tells) news.push({...said, slug: sent.slug});
}

// What of a draft stays here, after what the server has said of it; of those who left nothing.
function settled(draft, sent, said) {
  const {state, sentence = ""} = said;
  Object.assign(draft, {ticket: said.ticket ?? draft.ticket});
  if (draft.gone) return sent.gone && ["deleted", "unknown"].includes(state) ? null : draft;
  if (state === "behind") return {...draft, change: Math.max(draft.change, said.change + 1)};
  if (state === "erased") return null;
  if (!["taken", "amiss"].includes(state)) return {...draft, refused: {state, sentence}};
  if (draft.change !== sent.change || draft.current !== sent.current) return draft;
  if (said.submitted || !draft.current) return null;
  const now = {waiting: false, pages: [], held: said.held, amiss: null};
  const amiss = {complete: false, page: said.page, amiss: said};
  return without(said.held, {...draft, ...now, ...(state === "amiss" ? amiss : {})});
}

// Contact data lie here only as long as they wait; the server says which of them it holds.
export function without(held, draft) {
  const rest = Object.entries(draft.answers).filter(([name]) => !held.includes(name));
  return {...draft, held, answers: Object.fromEntries(rest)};
}
