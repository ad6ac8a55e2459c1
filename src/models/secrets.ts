const secrets = new Set<string>();

/** Remembers a key, so that {@link hideSecrets} can take it out of whatever a server says about it. */
export function keepSecret(key: string): void {
  // A key as short as a word would blank out innocent text.
  if (key.length >= 8) secrets.add(key);
}

/** The text with every known key replaced by three dots, for errors, warnings and logs. */
export function hideSecrets(text: string): string {
  let hidden = text;
  for (const secret of secrets) hidden = hidden.replaceAll(secret, "...");
  return hidden;
}
