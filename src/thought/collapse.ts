/** A thought that had begun to repeat itself or to fall apart. */
export interface Collapse {
  /** The lines that stay: up to the end of what is repeated the first time. The last one may have been cut short. */
  lines: string[];
  /** What happened, such as `3 lines repeated 12 times`. */
  reason: string;
}

/** Longest cycle of lines, and of words and characters within a line, that is looked for. */
const LONGEST = { lines: 24, words: 24, characters: 48 };

/** A thought that is still being written is stuck once it has said the same for so many characters. */
const STUCK_AFTER = 600;

/** How much of its end is looked at. */
const RECENT = { lines: 400, characters: 4_000 };

/** A word of fewer characters than this is not looked into. */
const LONG_WORD = 200;

/** A line falls apart where at least so many of its characters, and such a share of them, cannot be read. */
const UNREADABLE = { count: 12, share: 0.3 };

/**
 * Finds where a thought collapses: a line, or a cycle of lines, that comes over and over; words or characters that do so
 * inside a line; characters that nobody can read. Undefined for a thought that does none of that. A few repetitions are
 * no collapse: tables, sums and code repeat themselves too.
 *
 * @param lines the thought so far, one step each
 */
export function findCollapse(lines: readonly string[]): Collapse | undefined {
  const cycle = findLoop(lines.map(keyOf), LONGEST.lines, enoughLines);
  const end = cycle?.keep ?? lines.length;
  for (const [index, line] of lines.slice(0, end).entries()) {
    const broken = brokenLine(line);
    if (broken === undefined) continue;
    const kept = broken.kept.trim();
    return { lines: [...lines.slice(0, index), ...(kept === "" ? [] : [kept])], reason: broken.reason };
  }
  return cycle === undefined
    ? undefined
    : { lines: lines.slice(0, end), reason: reasonOf(cycle, cycle.period === 1 ? "line" : "lines") };
}

/**
 * Whether a thought that is still being written has collapsed and goes on like that, so that nothing is lost by ending it:
 * it says the same at its end, and has for long. {@link findCollapse} then says where that began.
 *
 * @param lines the thought so far; the last line is still being written
 */
export function isStuck(lines: readonly string[]): boolean {
  const whole = lines.slice(-RECENT.lines, -1).map(keyOf);
  if (endsInLoop(whole, " ", LONGEST.lines, enoughLines)) return true;
  const words = (lines.at(-1) ?? "").slice(-RECENT.characters).split(/\s+/);
  return (
    endsInLoop(words.slice(1, -1), " ", LONGEST.words, enoughWords) ||
    endsInLoop([...(words.at(-1) ?? "")], "", LONGEST.characters, enoughCharacters)
  );
}

function endsInLoop(items: readonly string[], between: string, longest: number, enough: Enough): boolean {
  const backwards = items.toReversed();
  const loop = findLoop(backwards, longest, enough);
  if (loop === undefined || loop.keep !== loop.period) return false;
  return backwards.slice(0, loop.period * loop.times).join(between).length >= STUCK_AFTER;
}

/** A line as it is compared with others. */
function keyOf(line: string): string {
  return line.trim().replace(/\s+/g, " ").toLowerCase();
}

/** How many occurrences of so many items, of which one is shown, are too many. */
type Enough = (period: number, item: string) => number;

const enoughLines: Enough = (period, line) => (/[\p{L}\p{N}]/u.test(line) ? (period === 1 ? 8 : 5) : 24);
const enoughWords: Enough = (period, word) =>
  Math.max(6, Math.ceil(40 / period)) * (word.length <= 2 ? 2 : 1);
const enoughCharacters: Enough = (period) => Math.max(6, Math.ceil(LONG_WORD / period));

/** The part of a line before it breaks down, and why; undefined for a sound line. */
function brokenLine(line: string): { kept: string; reason: string } | undefined {
  const unreadable = [...line.matchAll(/[^\t\P{C}]|\uFFFD/gu)];
  const { count, share } = UNREADABLE;
  if (unreadable.length >= count && unreadable.length >= share * [...line].length) {
    return {
      kept: line.slice(0, unreadable[0]?.index),
      reason: `${unreadable.length} characters that cannot be read`,
    };
  }
  const words = line.trim().split(/\s+/);
  const inWords = findLoop(words, LONGEST.words, enoughWords);
  if (inWords !== undefined) {
    const kept = words.slice(0, inWords.keep).join(" ");
    return { kept, reason: reasonOf(inWords, inWords.period === 1 ? "word" : "words") };
  }
  const at = words.findIndex((word) => word.length >= LONG_WORD && characterLoop(word) !== undefined);
  const loop = characterLoop(words[at] ?? "");
  if (loop === undefined) return undefined;
  const beginning = [...(words[at] ?? "")].slice(0, loop.keep).join("");
  return {
    kept: [...words.slice(0, at), beginning].join(" "),
    reason: reasonOf(loop, loop.period === 1 ? "character" : "characters"),
  };
}

function characterLoop(word: string): Loop | undefined {
  return findLoop([...word], LONGEST.characters, enoughCharacters);
}

/** Something that comes over and over. */
interface Loop {
  /** Items up to the end of its first occurrence. */
  keep: number;
  period: number;
  /** How often it comes in all, whole occurrences only. */
  times: number;
}

/**
 * The loop that begins first, the shortest of those that begin together: at least `enough` whole occurrences in a row of
 * the same `period` items.
 */
function findLoop(items: readonly string[], longest: number, enough: Enough): Loop | undefined {
  let found: Loop | undefined;
  for (let period = 1; period <= longest && 2 * period <= items.length; period++) {
    let equal = 0;
    for (let at = period; at < items.length; at++) {
      equal = items[at] === items[at - period] ? equal + 1 : 0;
      if (equal === 0 || equal < (enough(period, items[at] ?? "") - 1) * period) continue;
      while (at + 1 < items.length && items[at + 1] === items[at + 1 - period]) {
        at++;
        equal++;
      }
      const keep = at + 1 - equal;
      if (found === undefined || keep < found.keep) {
        found = { keep, period, times: Math.floor(equal / period) + 1 };
      }
      break;
    }
  }
  return found;
}

function reasonOf({ period, times }: Loop, what: string): string {
  return `${period} ${what} repeated ${times} times`;
}
