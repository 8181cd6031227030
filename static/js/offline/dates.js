// Dates as days since 1970-01-01, and how they are written; as surveys/expressions/dates.py.
const DAY = 86400, FIRST = -719162, LAST = 2932896; // the days of the years 1 and 9999
const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
const WEEKDAYS = "Sun Mon Tue Wed Thu Fri Sat".split(" ");
const ZONE = "(?:Z|[+-](?:[01]\\d|2[0-3]):?[0-5]\\d)?";
const CLOCK = `([01]\\d|2[0-3]):([0-5]\\d)(?::([0-5]\\d)(?:[.,](\\d{1,9}))?)?${ZONE}`;
const MOMENT = new RegExp(`^(\\d{4})-(\\d\\d)-(\\d\\d)(?:[T ]${CLOCK})?$`);
const TIME = new RegExp(`^${CLOCK}$`);

const two = (number) => String(number).padStart(2, "0");
const four = (number) => String(number).padStart(4, "0");
const micros = (digits) => (digits ? Number(digits.slice(0, 6).padEnd(6, "0")) : 0);

// A moment is a day since 1970, a second of the day and its millionths.
const at = (day, second = 0, micro = 0) => ({day, second, micro});

function dayOf(year, month, date) {
  const when = new Date(0);
  when.setUTCFullYear(year, month - 1, date);
  const fits = year >= 1 && when.getUTCMonth() === month - 1 && when.getUTCDate() === date;
  return fits ? Math.round(when.getTime() / 86400000) : null;
}

export function moment(text) {
  if ([...text].length < 10 || [...text][4] !== "-") return null;
  const found = MOMENT.exec(text.trim());
  if (!found) return null;
  const [year, month, date, hour, minute, second] = found.slice(1, 7).map((each) => Number(each ?? 0));
  const day = dayOf(year, month, date);
  return day === null ? null : at(day, hour * 3600 + minute * 60 + second, micros(found[7]));
}

export function days(text) {
  const when = moment(text);
  return when && when.day + (when.second + when.micro / 1e6) / DAY;
}

export function fromDays(number) {
  if (!Number.isFinite(number)) return null;
  const rest = number % 1;
  const seconds = Number(((rest < 0 ? rest + 1 : rest) * DAY).toFixed(3));
  const over = seconds >= DAY ? 1 : 0, day = Math.floor(number) + over;
  if (day < FIRST || day > LAST) return null;
  const second = Math.floor(seconds - over * DAY);
  return at(day, second, Math.round((seconds - over * DAY - second) * 1e6));
}

export function partOfDay(text) {
  const trimmed = text.trim(), place = trimmed.indexOf("T");
  const found = TIME.exec((place >= 0 && trimmed.slice(place + 1)) || trimmed);
  if (!found) return null;
  const [hour, minute, second] = found.slice(1, 4).map((each) => Number(each ?? 0));
  return (hour * 3600 + minute * 60 + second) / DAY;
}

const calendar = (when) => {
  const date = new Date(when.day * 86400000);
  return {
    year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, date: date.getUTCDate(),
    weekday: date.getUTCDay(), hour: Math.floor(when.second / 3600),
    minute: Math.floor(when.second / 60) % 60, second: when.second % 60,
    milli: Math.floor(when.micro / 1000),
  };
};
const SIGNS = {
  Y: (c) => four(c.year), y: (c) => two(c.year % 100), m: (c) => two(c.month),
  n: (c) => String(c.month), b: (c) => MONTHS[c.month - 1], d: (c) => two(c.date),
  e: (c) => String(c.date), H: (c) => two(c.hour), h: (c) => String(c.hour),
  M: (c) => two(c.minute), S: (c) => two(c.second),
  3: (c) => String(c.milli).padStart(3, "0"), a: (c) => WEEKDAYS[c.weekday],
};

export function written(when, pattern) {
  const parts = calendar(when);
  return pattern.replace(/%([Yymnbde HhMS3a])/g, (sign, letter) => SIGNS[letter]?.(parts) ?? sign);
}

export const isoDate = (when) => written(when, "%Y-%m-%d");
export const isoMoment = (when) => written(when, "%Y-%m-%dT%H:%M:%S.%3");
export const iso = (when) => (when.second || when.micro ? isoMoment(when) : isoDate(when));

// What the clocks show where the survey is made: a moment, and how far they are from UTC.
export function clock(now, zone = "Europe/Berlin") {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: zone, hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric",
    hour: "numeric", minute: "numeric", second: "numeric",
  });
  const parts = Object.fromEntries(format.formatToParts(now).map((p) => [p.type, Number(p.value)]));
  const second = parts.hour * 3600 + parts.minute * 60 + parts.second;
  const local = at(dayOf(parts.year, parts.month, parts.day), second, now.getMilliseconds() * 1000);
  const ahead = Math.round((local.day * DAY + second - Math.floor(now.getTime() / 1000)) / 60);
  const size = Math.abs(ahead), sign = ahead < 0 ? "-" : "+";
  return {...local, offset: `${sign}${two(Math.floor(size / 60))}:${two(size % 60)}`};
}
