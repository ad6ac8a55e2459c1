import type { ReactNode } from "react";

function icon(...paths: string[]): () => ReactNode {
  return () => (
    <svg
      width="16"
      height="16"
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {paths.map((path) => (
        <path key={path} d={path} />
      ))}
    </svg>
  );
}

/** A speech bubble: ask. */
export const AskIcon = icon("M2.5 3.5h11v7.5h-6L4.5 13.5V11h-2z", "M5.5 6.25h5M5.5 8.5h3");
/** Rows: runs. */
export const RunsIcon = icon("M2.5 4h11M2.5 8h11M2.5 12h7");
/** A branching tree. */
export const TreeIcon = icon(
  "M8 5v2M8 7c0 2.5-4.5 1.5-4.5 4M8 7c0 2.5 4.5 1.5 4.5 4M8 7v4",
  "M8 2.5a1.25 1.25 0 1 0 .01 0",
  "M3.5 11a1.25 1.25 0 1 0 .01 0",
  "M8 11a1.25 1.25 0 1 0 .01 0",
  "M12.5 11a1.25 1.25 0 1 0 .01 0",
);
/** A page of lines: one thought. */
export const ThoughtIcon = icon("M4 2.5h8v11H4z", "M6.25 5.5h3.5M6.25 8h3.5M6.25 10.5h2");
/** Two columns: compare. */
export const CompareIcon = icon("M2.5 3h4.5v10H2.5zM9 3h4.5v10H9z");
/** A pen: annotate. */
export const AnnotateIcon = icon("M10.5 2.8l2.7 2.7-7.4 7.4-3.3.6.6-3.3z", "M9 4.3L11.7 7");
/** Rising bars: reports. */
export const ReportsIcon = icon("M3 13V9M8 13V3.5M13 13V6.5");
/** The sun. */
export const SunIcon = icon(
  "M8 5.25a2.75 2.75 0 1 0 .01 0",
  "M8 1.5v1M8 13.5v1M1.5 8h1M13.5 8h1M3.4 3.4l.7.7M11.9 11.9l.7.7M3.4 12.6l.7-.7M11.9 4.1l.7-.7",
);
/** The moon. */
export const MoonIcon = icon("M13 9.5A5.6 5.6 0 0 1 6.5 3 5.4 5.4 0 1 0 13 9.5z");
/** A screen: as the system has it. */
export const SystemIcon = icon("M2.5 3h11v7.5h-11zM6 13h4M8 10.5V13");
/** A cross. */
export const CloseIcon = icon("M4 4l8 8M12 4l-8 8");
/** A filled square would shout; an outlined one says stop. */
export const StopIcon = icon("M4.5 4.5h7v7h-7z");
/** Play. */
export const PlayIcon = icon("M5 3.5l7.5 4.5L5 12.5z");
/** Pause. */
export const PauseIcon = icon("M5.5 3.5v9M10.5 3.5v9");
/** To the first moment. */
export const StartIcon = icon("M4 3.5v9M12.5 3.5L6.5 8l6 4.5z");
/** To the last moment. */
export const EndIcon = icon("M12 3.5v9M3.5 3.5l6 4.5-6 4.5z");
/** Fit all into sight. */
export const FitIcon = icon("M2.5 5.5v-3h3M10.5 2.5h3v3M13.5 10.5v3h-3M5.5 13.5h-3v-3");
/** Closer. */
export const PlusIcon = icon("M8 3.5v9M3.5 8h9");
/** Further away. */
export const MinusIcon = icon("M3.5 8h9");
/** People talking: agents. */
export const AgentsIcon = icon(
  "M5.5 3a2 2 0 1 0 .01 0",
  "M2 12.5c.3-2.6 1.6-4 3.5-4s3.2 1.4 3.5 4",
  "M11 4.5a1.6 1.6 0 1 0 .01 0",
  "M10.8 9.2c1.8-.3 2.9.9 3.2 3.3",
);
/** A question mark. */
export const HelpIcon = icon(
  "M8 2.2a5.8 5.8 0 1 0 .01 0",
  "M6.4 6.4c.1-1 .8-1.6 1.7-1.6 1 0 1.6.6 1.6 1.4 0 1.3-1.7 1.3-1.7 2.6",
  "M8 11.1v.1",
);
/** Downwards into a tray: download. */
export const DownloadIcon = icon("M8 2.5v7.5M4.75 7L8 10.25 11.25 7", "M2.5 13.5h11");
/** Settings. */
export const SlidersIcon = icon(
  "M2.5 5h6M11.5 5h2M2.5 11h2M7.5 11h6",
  "M10 3.5a1.5 1.5 0 1 0 .01 0",
  "M6 9.5a1.5 1.5 0 1 0 .01 0",
);
/** A tree that grows to the right, or down. */
export const TurnIcon = icon("M3 8h3M6 8c0-3 2-4 6-4M6 8c0 3 2 4 6 4M6 8h6");
