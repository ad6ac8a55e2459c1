/** Words to be highlighted: markers as whole words in any case, and a text as it stands, in any case. */
export interface Keywords {
  markers: readonly string[];
  /** Empty for none. */
  text: string;
}

/** Where a keyword stands in a text: offsets of UTF-16 units. */
export interface Hit {
  start: number;
  end: number;
}

/**
 * One expression that finds all keywords; undefined where there are none. `hmmm` is found as `hmm`, and a marker is a word
 * of its own as in `analyzeStructure`, so that counts here and in the tables of a report agree.
 */
export function keywordPattern({ markers, text }: Keywords): RegExp | undefined {
  const words = markers.map((marker) => (marker === "hmm" ? "hm+" : literally(marker)));
  const wanted = words.length === 0 ? [] : [`(?<!\\p{L}|\\p{L}['’])(?:${words.join("|")})(?!['’]?\\p{L})`];
  if (text !== "") wanted.push(literally(text));
  return wanted.length === 0 ? undefined : new RegExp(wanted.join("|"), "giu");
}

/** Where the pattern stands in a text, up to `most` times. */
export function findHits(text: string, pattern: RegExp, most = Number.POSITIVE_INFINITY): Hit[] {
  const hits: Hit[] = [];
  for (const { index, 0: found } of text.matchAll(pattern)) {
    if (hits.length >= most) break;
    hits.push({ start: index, end: index + found.length });
  }
  return hits;
}

function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/gu, "\\$&");
}
