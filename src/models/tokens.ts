import { createRequire } from "node:module";

type Encoding = typeof import("gpt-tokenizer/encoding/o200k_base");

let encoding: Encoding | undefined;

/**
 * Tokens of a text in the o200k vocabulary (GPT-4o and later). For other models it is an estimate. The vocabulary
 * takes a fifth of a second to load, so it is loaded by the first call and not by starting up.
 */
export function countTokens(text: string): number {
  if (encoding === undefined) {
    const load: NodeJS.Require = createRequire(import.meta.url);
    const loaded: Encoding = load("gpt-tokenizer/encoding/o200k_base");
    encoding = loaded;
  }
  // A reply may spell a special token; here it is text like any other.
  return encoding.countTokens(text, { disallowedSpecial: new Set() });
}

/**
 * Most tokens that a text is likely to have in any usual vocabulary, counted without one: digits and signs one
 * each, Latin words a token for every three letters begun, other letters one and a half tokens each.
 */
export function mostTokens(text: string): number {
  let tokens = 0;
  let lettersOfWord = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if ((code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a)) {
      if (lettersOfWord++ % 3 === 0) tokens++;
      continue;
    }
    lettersOfWord = 0;
    if (code > 0x7f) tokens += 1.5;
    else if (code !== 0x20) tokens++;
  }
  return Math.ceil(tokens);
}

let warming = false;

/** Loads the vocabulary while the process waits for a network, so that the first reply does not wait for it. */
export function loadTokenizerSoon(): void {
  if (warming) return;
  warming = true;
  setTimeout(() => countTokens(""), 10).unref();
}
