import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from "@tanstack/react-router";
import { readSearch, writeSearch } from "./address.ts";
import { EmptyState, ErrorNote, Loading } from "./components/notes.tsx";
import { Shell } from "./shell.tsx";
import { annotateSearch } from "./views/annotate/annotate-search.ts";
import { askSearch } from "./views/ask/ask-search.ts";
import { compareSearch } from "./views/compare/compare-search.ts";
import { reportsSearch } from "./views/reports/reports-search.ts";
import { runsSearch } from "./views/runs/runs-search.ts";
import { thoughtSearch } from "./views/thought/thought-search.ts";
import { treeSearch } from "./views/tree/tree-search.ts";

const root = createRootRoute({
  component: Shell,
  notFoundComponent: () => (
    <EmptyState title="There is nothing at this address">
      Press g and a letter to go to a view; ? lists them.
    </EmptyState>
  ),
});

const home = createRoute({
  getParentRoute: () => root,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/ask" });
  },
});

// Each view is a chunk of its own. What it shows is in its address, read by the view's own schema.
const ask = createRoute({
  getParentRoute: () => root,
  path: "/ask",
  validateSearch: askSearch,
  component: lazyRouteComponent(() => import("./views/ask/ask-view.tsx"), "AskView"),
});
const runs = createRoute({
  getParentRoute: () => root,
  path: "/runs",
  validateSearch: runsSearch,
  component: lazyRouteComponent(() => import("./views/runs/runs-view.tsx"), "RunsView"),
});
const tree = createRoute({
  getParentRoute: () => root,
  path: "/tree",
  validateSearch: treeSearch,
  component: lazyRouteComponent(() => import("./views/tree/tree-view.tsx"), "TreeView"),
});
const thought = createRoute({
  getParentRoute: () => root,
  path: "/thought",
  validateSearch: thoughtSearch,
  component: lazyRouteComponent(() => import("./views/thought/thought-view.tsx"), "ThoughtView"),
});
const compare = createRoute({
  getParentRoute: () => root,
  path: "/compare",
  validateSearch: compareSearch,
  component: lazyRouteComponent(() => import("./views/compare/compare-view.tsx"), "CompareView"),
});
const annotate = createRoute({
  getParentRoute: () => root,
  path: "/annotate",
  validateSearch: annotateSearch,
  component: lazyRouteComponent(() => import("./views/annotate/annotate-view.tsx"), "AnnotateView"),
});
const reports = createRoute({
  getParentRoute: () => root,
  path: "/reports",
  validateSearch: reportsSearch,
  component: lazyRouteComponent(() => import("./views/reports/reports-view.tsx"), "ReportsView"),
});

/** The studio's addresses. */
export const router = createRouter({
  routeTree: root.addChildren([home, ask, runs, tree, thought, compare, annotate, reports]),
  parseSearch: readSearch,
  stringifySearch: writeSearch,
  defaultPreload: "intent",
  defaultPendingComponent: () => <Loading />,
  defaultErrorComponent: ({ error, reset }) => (
    <div className="p-6">
      <ErrorNote error={error} retry={reset} />
    </div>
  ),
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
