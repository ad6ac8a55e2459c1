/** What an address says behind its `?`: one text for each name, never parsed further, so that `node=0.2` stays a text. */
export function readSearch(search: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(search));
}

/** Writes what a view's state is into an address; undefined, empty and false leave a name out. */
export function writeSearch(state: Readonly<Record<string, unknown>>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(state)) {
    if (value !== undefined && value !== null && value !== "" && value !== false)
      search.set(name, String(value));
  }
  return search.size === 0 ? "" : `?${search}`;
}
