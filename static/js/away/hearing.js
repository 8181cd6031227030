// Reading aloud on the device: with the recordings that lie on it, else with a voice of its own.
import {hush, offerAll} from "../listening.js";

const DIGEST = /\/sound\/(\w+)\.m4a$/;

// Offer on a page what can be heard without network. Nobody is asked for what is not here.
export function readAloud(kept = new Set()) {
  hush();
  for (const player of document.querySelectorAll(".listen audio")) {
    if (!kept.has(DIGEST.exec(player.getAttribute("src"))?.[1])) (player.closest("li") ?? player).remove();
  }
  for (const list of document.querySelectorAll(".listen")) if (!list.querySelector("audio")) list.remove();
  offerAll();
}

export const silent = () => hush();
