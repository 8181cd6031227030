// The kits on a device, and what it asks of the server. Whoever is locked out hears it here.
export const FORMAT = 2; // of kits; as surveys/routes/away_kits.py
const PATIENCE = 20000;

export async function ask(door, path, sent = null) {
  const giveUp = new AbortController(), late = setTimeout(() => giveUp.abort(), PATIENCE);
  const headers = {Authorization: `Basic ${btoa(`${door.username}:${door.password}`)}`};
  if (sent) headers["Content-Type"] = "application/json";
  const method = sent ? "POST" : "GET", body = sent && JSON.stringify(sent);
  try {
    const answer = await fetch(door.address + path, {method, headers, body, credentials: "omit", cache: "no-store", signal: giveUp.signal});
    return {status: answer.status, said: await answer.json().catch(() => null)};
  } catch {
    return {status: 0, said: null};
  } finally {
    clearTimeout(late);
  }
}

// Return how the server stands to this device; what it says nothing of is no network.
export function standing({status}) {
  return {410: "gone", 403: "out"}[status] ?? (status === 200 ? "in" : "away");
}

const placeOf = (slug, number) => `kit ${slug} ${number}`;
export const kitOf = (rows, {slug, version}) => rows.take(placeOf(slug, version));
export const offered = async (rows) => (await rows.take("offer")) ?? {surveys: [], provider: ""};

// Fetch what is newer than what lies here, and let go of what nobody needs any more.
export async function renew(rows, door) {
  const told = await ask(door, "kit"), stand = standing(told);
  if (stand !== "in") return stand;
  const before = await offered(rows);
  for (const {slug, digest, number} of told.said.surveys) {
    const known = before.surveys.find((each) => each.slug === slug && each.digest === digest);
    if (known && before.format === FORMAT) continue;
    const {status, said} = await ask(door, `kit/${slug}`);
    if (status !== 200 || said?.format !== FORMAT) return "away";
    await rows.put(placeOf(slug, number), said);
  }
  await rows.put("offer", {...told.said, format: FORMAT});
  const needed = [...told.said.surveys.map(({slug, number}) => placeOf(slug, number))];
  for (const {slug, version} of await rows.all("draft")) needed.push(placeOf(slug, version));
  for (const {slug, version} of await rows.all("kit")) {
    if (!needed.includes(placeOf(slug, version))) await rows.drop(placeOf(slug, version));
  }
  return "renewed";
}
