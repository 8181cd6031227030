// Sends what waited, one after the other; the same answers may be sent any number of times.
import {draftWith, drafts, dropDraft, keepDraft} from "./store.js";

const PATIENCE = 10000; // milliseconds until a network that says nothing counts as away
const SLOW = 2000, REST = 15000; // after it made somebody wait, before a page tries again
let away = 0, running = null;

export const news = []; // what has arrived since somebody looked
export const seemsAway = () => navigator.onLine === false || Date.now() - away < REST;

export function flush() {
  running ??= sendAll().finally(() => { running = null; });
  return running;
}

async function sendAll() {
  for (const draft of (await drafts()).filter((each) => each.waiting && !each.refused)) {
    if (!(await send(draft))) return false;
  }
  return true;
}

export async function send(draft, ask = fetch) {
  const answer = await asked(() => ask(`/s/${draft.slug}/answers`, {
    method: "POST",
    headers: {"Content-Type": "application/json"},
    credentials: "same-origin",
    body: JSON.stringify({
      key: draft.key, ticket: draft.ticket, version: draft.version, language: draft.language,
      answers: draft.answers, pages: draft.pages, page: draft.page, agreed: draft.agreed,
      complete: draft.complete, current: draft.current,
    }),
    signal: AbortSignal.timeout(PATIENCE),
  }));
  if (!answer || answer.status >= 500 || answer.status === 429) return false;
  const said = await answer.json().catch(() => null);
  if (!said && answer.ok) return false; // the answer broke off
  await settle(draft, said ?? {state: "refused", sentence: ""});
  return true;
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
  const draft = await draftWith(sent.id);
  if (!draft) return;
  draft.ticket = said.ticket ?? draft.ticket;
  const fresh = draft.change === sent.change;
  if (said.state === "taken" && fresh) {
    if (said.submitted) {
      news.push({slug: draft.slug, current: draft.current});
      return dropDraft(draft.id);
    }
    Object.assign(draft, {waiting: false, pages: [], amiss: null});
  } else if (said.state === "amiss" && fresh) {
    Object.assign(draft, {waiting: false, complete: false, page: said.page, amiss: said});
  } else if (!["taken", "amiss"].includes(said.state)) {
    Object.assign(draft, {refused: said.sentence || " "});
  }
  return keepDraft(draft);
}
