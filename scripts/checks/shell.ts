/** One simple command of a shell script: its words without quotes, and its line counted from 1. */
export interface Command {
  words: string[];
  line: number;
}

const keywords = new Set(["do", "then", "else", "!", "time", "{"]);
const hereDocument = /<<-?\s*(['"]?)(\w+)\1([^\n]*)\n[\s\S]*?^[ \t]*\2$/gm;
const quoted = /"(?:\\[\s\S]|[^"\\])*"|'[^']*'/.source;
const token = new RegExp(
  [
    /\\\n|(?<!\S)#[^\n]*|\d*(?:>>?|<)&?\s*[^\s;|&]+/.source,
    /(?<end>\n|;|&&?|\|\|?)/.source,
    `(?<word>(?:${quoted}|${/\$\([^)]*\)|\\[\s\S]|[^\s;|&"'\\<>]/.source})+)`,
    /\s/.source,
  ].join("|"),
  "g",
);

/**
 * Splits a script into simple commands: at newlines, `;`, `&&`, `||`, `|` and `&`. Comments, redirections,
 * leading assignments (`SOJOURN_RUNS=x sojourn runs`) and here-documents are left out. Substitutions stay words,
 * unread. This is no shell: it reads what documentation says, and bash runs it.
 */
export function splitCommands(script: string): Command[] {
  const commands: Command[] = [];
  let command: Command = { words: [], line: 1 };
  let line = 1;
  for (const { 0: text, groups } of withoutHereDocuments(script).matchAll(token)) {
    if (groups?.["word"] !== undefined) {
      if (command.words.length === 0) command.line = line;
      command.words.push(withoutQuotes(text));
    }
    line += newlines(text).length;
    if (groups?.["end"] === undefined) continue;
    commands.push(command);
    command = { words: [], line };
  }
  commands.push(command);
  return commands.map(withoutPrefix).filter(({ words }) => words.length > 0);
}

function withoutHereDocuments(script: string): string {
  return script.replace(hereDocument, (text, _quote, _end, rest: string) => rest + newlines(text));
}

function withoutQuotes(word: string): string {
  return word.replace(/"((?:\\[\s\S]|[^"\\])*)"|'([^']*)'|\\([\s\S])/g, (_, double, single, escaped) =>
    typeof double === "string" ? double.replace(/\\(["\\$`])/g, "$1") : String(single ?? escaped),
  );
}

function withoutPrefix({ words, line }: Command): Command {
  const first = words.findIndex((word) => !keywords.has(word) && !/^\w+=/.test(word));
  return { words: first === -1 ? [] : words.slice(first), line };
}

function newlines(text: string): string {
  return text.replace(/[^\n]/g, "");
}
