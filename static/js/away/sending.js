// Sends the conversations that are finished, one after the other; each arrives once.
import {ask, standing} from "./kits.js";
import {drawn} from "./talk.js";

const REFUSED = [404, 409, 413, 422];
export const placeOf = ({key}) => `draft ${key}`;
export const waits = (draft) => draft.gone || (draft.complete && !draft.refused);

// Of what may be on its way to the server, or there, it must hear that it is deleted.
export function remove(rows, {key, complete}) {
  const isHere = (now) => (now ? !now.tried : !complete);
  return rows.change(placeOf({key}), (now) => (isHere(now) ? null : {key, gone: true}));
}

// Return how the server stands to this device, and what has become of what waited.
export async function send(rows, door) {
  const news = [];
  for (const {key} of (await rows.all("draft")).filter(waits)) {
    const draft = await rows.change(placeOf({key}), (now) => now && waits(now) && {...now, tried: true});
    if (!draft) continue;
    const {slug, version, language, code, answers, agreed} = draft;
    const told = draft.gone
      ? await ask(door, "conversations/removal", {key})
      : await ask(door, "conversations", {key, slug, version, language, code, answers, agreed});
    const {status, said} = told, stand = standing(told);
    if (["gone", "out"].includes(stand)) return {stand, news};
    if (!status) return {stand: "away", news};
    if (stand === "in" ? !said : !REFUSED.includes(status)) continue; // later
    const left = await rows.change(placeOf(draft), (now) => settled(now, draft, stand, said));
    if (stand === "in" && !draft.gone && !left) news.push({state: said.state, code: said.code || code, doubts: said.doubts ?? []});
  }
  return {stand: "in", news};
}

// What stays here of a conversation after what the server has said; it may be deleted meanwhile.
function settled(now, sent, stand, said) {
  if (!now || (now.gone && !sent.gone)) return now;
  if (stand === "in") return null;
  const again = said?.state === "taken" ? {code: drawn(), before: now.code} : {};
  return {...now, ...again, refused: {sentence: said?.sentence ?? ""}};
}
