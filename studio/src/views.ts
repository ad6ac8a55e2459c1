import type { ReactNode } from "react";
import {
  AnnotateIcon,
  AskIcon,
  CompareIcon,
  ReportsIcon,
  RunsIcon,
  ThoughtIcon,
  TreeIcon,
} from "./components/icons.tsx";

/** A view as the navigation knows it. */
export interface ViewEntry {
  path: "/ask" | "/runs" | "/tree" | "/thought" | "/compare" | "/annotate" | "/reports";
  title: string;
  /** Behind `g`. */
  key: string;
  Icon: () => ReactNode;
  /** True where the view shows one thought: it is carried over from view to view, with the cursor. */
  ofOneThought: boolean;
}

/** All views, in the order of the navigation. */
export const views: readonly ViewEntry[] = [
  { path: "/ask", title: "Ask", key: "a", Icon: AskIcon, ofOneThought: false },
  { path: "/runs", title: "Runs", key: "r", Icon: RunsIcon, ofOneThought: false },
  { path: "/tree", title: "Tree", key: "t", Icon: TreeIcon, ofOneThought: true },
  { path: "/thought", title: "Thought", key: "h", Icon: ThoughtIcon, ofOneThought: true },
  { path: "/compare", title: "Compare", key: "c", Icon: CompareIcon, ofOneThought: false },
  { path: "/annotate", title: "Annotate", key: "n", Icon: AnnotateIcon, ofOneThought: true },
  { path: "/reports", title: "Reports", key: "p", Icon: ReportsIcon, ofOneThought: false },
];
