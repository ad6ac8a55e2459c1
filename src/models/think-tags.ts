/** A reply with its marked thinking taken out. */
export interface SplitReply {
  text: string;
  reasoning?: string | undefined;
}

const TAG = /<(\/?)think>/g;

/**
 * Takes `<think>...</think>` out of a reply. Blocks may repeat, nest, or never close; a reply that opens in the
 * middle of a block, because the chat template wrote `<think>` itself, counts as thinking up to its `</think>`.
 * A reply without tags is left exactly as it is.
 */
export function splitThinking(reply: string): SplitReply {
  let depth = 0;
  let from = 0;
  let text = "";
  let tagged = false;
  const blocks: string[] = [];
  for (const tag of reply.matchAll(TAG)) {
    const piece = reply.slice(from, tag.index);
    const closes = tag[1] === "/";
    if (depth > 0) addTo(blocks, piece);
    else if (closes && !tagged) blocks.push(piece);
    else text += piece;
    depth = closes ? Math.max(0, depth - 1) : depth + 1;
    // A block that has just opened gets its own entry; a nested one goes on in its parent's.
    if (!closes && depth === 1) blocks.push("");
    from = tag.index + tag[0].length;
    tagged = true;
  }
  if (!tagged) return { text: reply };
  const rest = reply.slice(from);
  if (depth > 0) addTo(blocks, rest);
  else text += rest;
  const reasoning = blocks.map((block) => block.trim()).filter((block) => block !== "");
  return { text: text.trim(), reasoning: reasoning.length === 0 ? undefined : reasoning.join("\n") };
}

function addTo(blocks: string[], piece: string): void {
  blocks[blocks.length - 1] = (blocks.at(-1) ?? "") + piece;
}

/**
 * The same for a stream, for showing it: says of each piece whether it is thinking or text, and holds back what
 * may be the beginning of a tag. A block whose opening tag is missing shows as text until the reply is whole.
 */
export class ThinkStream {
  #depth = 0;
  #held = "";

  push(piece: string): { kind: "reasoning" | "text"; text: string }[] {
    const shown: { kind: "reasoning" | "text"; text: string }[] = [];
    const input = this.#held + piece;
    const show = (text: string): void => {
      if (text !== "") shown.push({ kind: this.#depth > 0 ? "reasoning" : "text", text });
    };
    let from = 0;
    for (const tag of input.matchAll(TAG)) {
      show(input.slice(from, tag.index));
      this.#depth = tag[1] === "/" ? Math.max(0, this.#depth - 1) : this.#depth + 1;
      from = tag.index + tag[0].length;
    }
    const rest = input.slice(from);
    const partial = /<\/?(?:t(?:h(?:i(?:nk?)?)?)?)?$/.exec(rest);
    this.#held = partial === null ? "" : partial[0];
    show(rest.slice(0, rest.length - this.#held.length));
    return shown;
  }

  /** What was held back, once the stream has ended. */
  end(): { kind: "reasoning" | "text"; text: string }[] {
    const text = this.#held;
    this.#held = "";
    return text === "" ? [] : [{ kind: this.#depth > 0 ? "reasoning" : "text", text }];
  }
}
