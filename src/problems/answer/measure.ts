/** A quantity without what stands around its number. */
export interface Measure {
  text: string;
  percent: boolean;
  /** The unit's own spelling where it is a known one; undefined without a unit or with an unknown one. */
  unit: string | undefined;
}

const unitNames: Readonly<Record<string, string>> = {
  m: "metre",
  meter: "metre",
  metre: "metre",
  cm: "centimetre",
  centimeter: "centimetre",
  centimetre: "centimetre",
  mm: "millimetre",
  millimeter: "millimetre",
  km: "kilometre",
  kilometer: "kilometre",
  kilometre: "kilometre",
  in: "inch",
  inch: "inch",
  inche: "inch",
  ft: "foot",
  foot: "foot",
  feet: "foot",
  yd: "yard",
  yard: "yard",
  mi: "mile",
  mile: "mile",
  g: "gram",
  gram: "gram",
  kg: "kilogram",
  kilogram: "kilogram",
  lb: "pound",
  pound: "pound",
  oz: "ounce",
  ounce: "ounce",
  s: "second",
  sec: "second",
  second: "second",
  min: "minute",
  minute: "minute",
  h: "hour",
  hr: "hour",
  hour: "hour",
  day: "day",
  week: "week",
  month: "month",
  year: "year",
  degree: "degree",
  deg: "degree",
  dollar: "dollar",
  cent: "cent",
  euro: "euro",
  yuan: "yuan",
  liter: "litre",
  litre: "litre",
  ml: "millilitre",
  mph: "mile per hour",
  unit: "",
  point: "",
  radian: "radian",
  people: "",
  person: "",
  way: "",
  time: "",
  integer: "",
  number: "",
  solution: "",
  student: "",
  inches: "inch",
};
const fillers = new Set(["per", "of", "the", "a", "us"]);
const powers: Readonly<Record<string, string>> = {
  square: "2",
  sq: "2",
  squared: "2",
  cubic: "3",
  cu: "3",
  cubed: "3",
};
const wordsBehind =
  /^(.*?[\d)}\]])\s*(?:\\text\s*\{([^{}]*)\}|(?<=[\d)}])(\s*[a-zA-Z][a-zA-Z ./]*))\s*(?:\^\s*\{?([23])\}?)?\s*$/;

/**
 * Takes a currency sign, a percent sign, a degree sign and a unit off a quantity. Words without a backslash count as a
 * unit only where they are known ones, so that the x of `3 x` stays.
 */
export function readMeasure(text: string): Measure {
  let read = text.trim();
  let unit: string | undefined;
  const degree = /\s*(?:\^\s*\{?\s*\\circ\s*\}?|\\degree)\s*$/;
  if (degree.test(read) && !/\\(?:sin|cos|tan|cot|sec|csc)/.test(read)) {
    read = read.replace(degree, "");
    unit = "degree";
  }
  const percentSign = /\s*(?:\\?%|(?:\\text\s*\{)?\s*\b(?:percent(?:age)?|pct)\b\s*\.?\s*\}?)\s*$/;
  const percent = percentSign.test(read);
  if (percent) read = read.replace(percentSign, "");
  const found = wordsBehind.exec(read);
  if (found !== null) {
    const [, number = "", quoted, plain, power] = found;
    const name = unitOf(quoted ?? plain ?? "", power);
    if (name !== undefined || quoted !== undefined) {
      read = number;
      unit = name === "" ? undefined : (name ?? unit);
    }
  }
  return { text: read.trim(), percent, unit };
}

/**
 * The known unit in these words, "" for words that count things, undefined for others.
 *
 * @param behind the power that stands behind the words
 */
function unitOf(words: string, behind?: string): string | undefined {
  const parts = words
    .toLowerCase()
    .replace(/\./g, " ")
    .split(/[\s/]+/)
    .filter((word) => word !== "");
  if (parts.length === 0) return undefined;
  // A single letter that touches the number is a variable.
  if (!/^\s/.test(words) && parts.length === 1 && (parts[0]?.length ?? 0) < 2) return undefined;
  const names: string[] = [];
  let power = behind;
  for (const part of parts) {
    if (fillers.has(part)) continue;
    const [, word = part, written] = /^(\w+)\^\{?([23])\}?$/.exec(part) ?? [];
    const spoken = Object.hasOwn(powers, word) ? powers[word] : undefined;
    power = spoken ?? written ?? power;
    if (spoken !== undefined) continue;
    const name = unitNames[word] ?? unitNames[word.replace(/s$/, "")];
    if (name === undefined) return undefined;
    if (name !== "") names.push(name);
  }
  const unit = names.join(" per ");
  return unit === "" || power === undefined ? unit : `${unit}^${power}`;
}
