// Sends the conversations that are finished, one after the other; each arrives once.
import {ask, standing} from "./kits.js";
import {drawn} from "./talk.js";

export const placeOf = ({key}) => `draft ${key}`;
export const waits = (draft) => draft.complete && !draft.refused;

// Return how the server stands to this device, and what has become of what waited.
export async function send(rows, door) {
  const news = [];
  for (const draft of (await rows.all("draft")).filter(waits)) {
    const {key, slug, version, language, code, answers, agreed} = draft;
    const told = await ask(door, "conversations", {key, slug, version, language, code, answers, agreed});
    const {status, said} = told, stand = standing(told);
    if (["gone", "out"].includes(stand)) return {stand, news};
    if (stand === "in" && said) {
      await rows.drop(placeOf(draft));
      news.push({state: said.state, code: said.code || code, doubts: said.doubts ?? []});
    } else if ([404, 409, 413, 422].includes(status)) {
      const again = said?.state === "taken" ? {code: drawn()} : {};
      await rows.put(placeOf(draft), {...draft, ...again, refused: {sentence: said?.sentence ?? "", code}});
    } else if (!status) return {stand: "away", news};
  }
  return {stand: "in", news};
}
