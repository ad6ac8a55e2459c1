import { type ReactNode, useEffect, useRef } from "react";
import { Button } from "../components/button.tsx";
import { CloseIcon } from "../components/icons.tsx";
import { Kbd } from "../components/kbd.tsx";
import { useRegisteredShortcuts } from "./shortcuts.ts";

/** A sheet over the page that lists every key that does something in the view behind it. */
export function HelpSheet({ open, onClose }: { open: boolean; onClose: () => void }): ReactNode {
  const dialog = useRef<HTMLDialogElement>(null);
  const shortcuts = useRegisteredShortcuts();
  useEffect(() => {
    if (open) dialog.current?.showModal();
    else dialog.current?.close();
  }, [open]);
  const groups = [...new Set(shortcuts.map(({ group }) => group))];
  return (
    <dialog
      ref={dialog}
      onClose={onClose}
      aria-labelledby="help-title"
      className="m-auto w-[min(44rem,calc(100vw-2rem))] rounded-panel border border-line bg-raised p-0 text-ink shadow-high backdrop:bg-black/40"
    >
      <header className="flex items-center justify-between border-b border-line px-5 py-3">
        <h2 id="help-title" className="font-semibold">
          Keyboard
        </h2>
        <Button look="quiet" size="small" aria-label="Close" icon={<CloseIcon />} onClick={onClose} />
      </header>
      <div className="max-h-[75vh] gap-x-10 overflow-y-auto p-5 sm:columns-2">
        {groups.map((group) => (
          <section key={group} className="mb-6 break-inside-avoid">
            <h3 className="mb-2 text-fine font-medium text-muted">{group}</h3>
            <ul className="flex flex-col gap-1.5">
              {shortcuts
                .filter((one) => one.group === group)
                .map(({ keys, label }) => (
                  <li key={`${keys} ${label}`} className="flex items-center justify-between gap-4">
                    <span>{label}</span>
                    <Kbd keys={shownKeys(keys)} />
                  </li>
                ))}
            </ul>
          </section>
        ))}
      </div>
    </dialog>
  );
}

const signs: Readonly<Record<string, string>> = {
  ArrowUp: "↑",
  ArrowDown: "↓",
  ArrowLeft: "←",
  ArrowRight: "→",
  Escape: "Esc",
  " ": "Space",
};

function shownKeys(keys: string): string {
  if (keys === " ") return "Space";
  const modifier = navigator.platform.startsWith("Mac") ? "⌘ " : "Ctrl ";
  return keys
    .split(" ")
    .map((key) => signs[key] ?? key.replace("mod+", modifier))
    .join(" ");
}
