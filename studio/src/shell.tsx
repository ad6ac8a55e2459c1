import { Link, Outlet, useNavigate, useSearch } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { Button } from "./components/button.tsx";
import { HelpIcon, MoonIcon, SunIcon, SystemIcon } from "./components/icons.tsx";
import { Kbd } from "./components/kbd.tsx";
import { HelpSheet } from "./keyboard/help-sheet.tsx";
import { useShortcuts } from "./keyboard/shortcuts.ts";
import { chooseTheme, type ThemeChoice, useTheme } from "./theme/theme.ts";
import { type ViewEntry, views } from "./views.ts";

/** The frame around every view: the way between them on the left, the view on the right. */
export function Shell(): ReactNode {
  const navigate = useNavigate();
  const [helping, setHelping] = useState(false);
  const { choice } = useTheme();
  // Whatever view comes next shows the same thought, with the cursor at the same node.
  const { run, question, node } = useSearch({ strict: false });
  const carried = { run, question, node };
  useShortcuts([
    ...views.map((view) => ({
      keys: `g ${view.key}`,
      label: view.title,
      group: "Go to",
      run: () => void navigate({ to: view.path, search: searchOf(view, carried) }),
    })),
    { keys: "?", label: "This sheet", group: "Everywhere", run: () => setHelping((open) => !open) },
    { keys: "/", label: "Search, or type a question", group: "Everywhere", run: focusSearch },
    {
      keys: "t",
      label: "Light, dark or the system's theme",
      group: "Everywhere",
      run: () => chooseTheme(nextChoice(choice)),
    },
  ]);
  return (
    <div className="flex h-full">
      <a
        href="#view"
        className="sr-only rounded-control bg-accent text-on-accent focus:not-sr-only focus:absolute focus:top-2 focus:left-2 focus:z-50 focus:px-3 focus:py-1.5"
      >
        To the view
      </a>
      <nav
        aria-label="Views"
        className="flex w-14 shrink-0 flex-col justify-between border-r border-line bg-panel py-3 lg:w-48"
      >
        <div>
          <Link
            to="/ask"
            aria-label="Sojourn"
            className="mx-2 mb-4 flex items-center gap-2.5 rounded-control px-2.5 py-1 lg:mx-3"
          >
            <Mark />
            <span className="hidden text-[0.9375rem] font-semibold tracking-tight lg:inline">Sojourn</span>
          </Link>
          <ul className="flex flex-col gap-0.5 px-2">
            {views.map((view) => (
              <li key={view.path}>
                <Link
                  to={view.path}
                  search={searchOf(view, carried)}
                  title={view.title}
                  className="group flex h-9 items-center gap-2.5 rounded-control px-3 text-body font-medium text-muted transition-colors hover:bg-hover hover:text-ink"
                  activeProps={{ className: "bg-accent-soft !text-accent-ink", "aria-current": "page" }}
                >
                  <view.Icon />
                  <span className="sr-only lg:not-sr-only">{view.title}</span>
                  <span
                    className="ml-auto hidden opacity-0 transition-opacity group-hover:opacity-100 group-focus-visible:opacity-100 lg:inline"
                    aria-hidden="true"
                  >
                    <Kbd keys={`g ${view.key}`} />
                  </span>
                </Link>
              </li>
            ))}
          </ul>
        </div>
        <div className="flex flex-col items-center gap-1 px-3 lg:flex-row lg:justify-between">
          <ThemeButton choice={choice} />
          <Button
            look="quiet"
            size="small"
            aria-label="Keyboard help"
            title="Keyboard help (?)"
            icon={<HelpIcon />}
            onClick={() => setHelping(true)}
          />
        </div>
      </nav>
      <main id="view" tabIndex={-1} className="flex min-w-0 flex-1 flex-col overflow-hidden outline-none">
        <Outlet />
      </main>
      <HelpSheet open={helping} onClose={() => setHelping(false)} />
    </div>
  );
}

/** What a link to a view carries over: the thought and the cursor, where the view shows one thought. */
function searchOf(view: ViewEntry, carried: Record<string, string | undefined>): Record<string, string> {
  if (!view.ofOneThought) return {};
  return Object.fromEntries(
    Object.entries(carried).flatMap(([name, value]) => (value ? [[name, value]] : [])),
  );
}

/** Puts the keyboard where the view searches: the first control that says `data-search`. */
function focusSearch(): void {
  const field = document.querySelector<HTMLInputElement>("[data-search]");
  field?.focus();
  field?.select();
}

function nextChoice(choice: ThemeChoice): ThemeChoice {
  return choice === "system" ? "light" : choice === "light" ? "dark" : "system";
}

function ThemeButton({ choice }: { choice: ThemeChoice }): ReactNode {
  const Icon = { system: SystemIcon, light: SunIcon, dark: MoonIcon }[choice];
  const what = { system: "Theme: as the system", light: "Theme: light", dark: "Theme: dark" }[choice];
  return (
    <Button
      look="quiet"
      size="small"
      aria-label={what}
      title={`${what} (t)`}
      icon={<Icon />}
      onClick={() => chooseTheme(nextChoice(choice))}
    />
  );
}

function Mark(): ReactNode {
  return (
    <svg width="22" height="22" viewBox="0 0 32 32" aria-hidden="true" className="shrink-0">
      <rect width="32" height="32" rx="8" fill="var(--accent)" />
      <path
        d="M16 9v4c0 5-7 4-7 10M16 13c0 5 7 4 7 10"
        fill="none"
        stroke="var(--on-accent)"
        strokeWidth="2"
      />
      <circle cx="16" cy="9" r="2.8" fill="var(--on-accent)" />
      <circle cx="9" cy="23" r="2.8" fill="var(--on-accent)" />
      <circle cx="23" cy="23" r="2.8" fill="var(--reward-high)" />
    </svg>
  );
}
