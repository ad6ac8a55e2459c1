/** What stands behind the last `#### ` of a solution, without thousands commas: how GSM8K writes its answers. */
export function goldAfterHashes(solution: string): string | undefined {
  const start = solution.lastIndexOf("####");
  if (start < 0) return undefined;
  const answer = solution.slice(start + 4).trim();
  return answer === "" ? undefined : withoutThousands(answer);
}

/** A number without its thousands commas; any other text stays as it is. */
export function withoutThousands(answer: string): string {
  return /^[-+]?\$?\d{1,3}(,\d{3})+(\.\d+)?$/.test(answer) ? answer.replaceAll(",", "") : answer;
}

/**
 * The contents of the last `\boxed{...}` or `\fbox{...}` of a solution, or the digit behind a bare `\boxed 5`: how MATH
 * writes its answers. Undefined where there is none or its braces do not close.
 */
export function lastBoxed(solution: string): string | undefined {
  const start = Math.max(solution.lastIndexOf("\\boxed"), solution.lastIndexOf("\\fbox"));
  if (start < 0) return undefined;
  const rest = solution.slice(start).replace(/^\\[a-z]+/, "");
  const open = rest.trimStart();
  if (!open.startsWith("{")) return /^\s(\w+)/.exec(rest)?.[1];
  let depth = 0;
  for (let at = 0; at < open.length; at++) {
    if (open[at] === "\\") at++;
    else if (open[at] === "{") depth++;
    else if (open[at] === "}" && --depth === 0) return open.slice(1, at).trim() || undefined;
  }
  return undefined;
}
