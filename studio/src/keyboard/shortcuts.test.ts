import { expect, test, vi } from "vitest";

// The module listens to the page's keys as soon as it is loaded.
vi.stubGlobal("window", { addEventListener: () => {} });
const { matchShortcut } = await import("./shortcuts.ts");

const shortcut = (keys: string, label = keys) => ({ keys, label, group: "", run: () => {} });
const shortcuts = [shortcut("j"), shortcut("g a"), shortcut("g r"), shortcut("?"), shortcut("j", "later")];

test("keys of a sequence are waited for, and the one who came last has a key", () => {
  expect(matchShortcut("g", shortcuts)).toEqual({ shortcut: undefined, begins: true });
  expect(matchShortcut("g a", shortcuts).shortcut?.keys).toBe("g a");
  expect(matchShortcut("j", shortcuts).shortcut?.label).toBe("later");
  expect(matchShortcut("g j", shortcuts)).toEqual({ shortcut: undefined, begins: false });
});
