// Lets a survey go on without network once it is open. Everything works online without it.
const FIRST_PACE = 5000, SLOWEST = 300000;
let pace = FIRST_PACE, timer = 0;

// Words that are told aloud, too: the place is there before the words are, and takes no room.
const place = document.createElement("div"), main = document.querySelector("main");
place.setAttribute("role", "status");
place.className = "vh";
(main?.querySelector("h1") ?? main?.firstElementChild)?.after(place);

function tell(lines) {
  place.className = lines.length ? "flow" : "vh";
  place.replaceChildren(...lines.map(({text, address, label}) => {
    const notice = document.createElement("div"), words = document.createElement("p");
    notice.className = "notice";
    words.textContent = `${text} `;
    if (address && address.split("?")[0] !== location.pathname) {
      const link = document.createElement("a");
      Object.assign(link, {href: address, textContent: label});
      words.append(link);
    }
    notice.append(words);
    return notice;
  }));
}

async function ask() {
  clearTimeout(timer);
  const {active} = await navigator.serviceWorker.ready;
  const {port1, port2} = new MessageChannel();
  port1.onmessage = ({data}) => {
    const news = data.lines.find((line) => line.leads && line.address !== location.pathname);
    if (news && document.querySelector("h1[data-kept]")) return location.replace(news.address);
    tell(data.lines);
    document.documentElement.dataset.taken = "along";
    if (data.waiting) navigator.storage?.persist?.(); // or a browser short of room may clear it
    if (data.waiting) timer = setTimeout(ask, pace * (0.8 + Math.random() * 0.4));
    pace = data.waiting ? Math.min(pace * 2, SLOWEST) : FIRST_PACE;
  };
  active.postMessage({opened: location.pathname}, [port2]);
}

async function begin() {
  try {
    await navigator.serviceWorker.register("/worker.js", {scope: "/s/"});
  } catch {
    return; // a browser too old, or one that keeps nothing
  }
  addEventListener("online", () => { pace = FIRST_PACE; ask(); });
  await ask();
}

if ("serviceWorker" in navigator) {
  if (document.readyState === "complete") begin();
  else addEventListener("load", begin);
}
