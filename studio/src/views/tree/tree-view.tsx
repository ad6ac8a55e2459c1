import { useNavigate, useSearch } from "@tanstack/react-router";
import { type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import { Badge } from "../../components/badge.tsx";
import { EmptyState, ErrorNote, Loading } from "../../components/notes.tsx";
import { ViewHeader } from "../../components/panel.tsx";
import { visibleText } from "../../components/text-parts.ts";
import { shownCost, shownCount } from "../../thought/format.ts";
import { ThoughtPlayer } from "../../thought/player.ts";
import { useQuestion } from "../../thought/use-question.ts";
import { NodeDetail } from "./node-detail.tsx";
import { ReplayBar } from "./replay-bar.tsx";
import { TreeStage } from "./tree-stage.tsx";

/** The address follows the replay at most so often. */
const ADDRESS_MS = 250;

/** The tree of one question: live while it is thought about, and replayed from its events at any time. */
export function TreeView(): ReactNode {
  const search = useSearch({ from: "/tree" });
  const navigate = useNavigate({ from: "/tree" });
  const live = useQuestion(search.run ?? "latest", search.question);
  const [moment, setMoment] = useState<number | undefined>(search.at);
  const [hovered, setHovered] = useState<string | undefined>();
  const player = useMemo(() => new ThoughtPlayer(live.events), [live]);
  useAddress(moment, search.at, (at) => void navigate({ search: (now) => ({ ...now, at }), replace: true }));

  const ended = live.connection === "ended";
  const last = live.events.length;
  const at = Math.min(moment ?? last, last);
  const replayed = at < last;
  const { thought, usage } = replayed ? player.at(at) : live;
  const select = (node: string): void =>
    void navigate({
      search: (now) => ({ ...now, node, run: live.run, question: live.question }),
      replace: true,
    });

  if (live.error !== undefined) {
    return (
      <>
        <ViewHeader title="Tree" />
        <div className="p-6">
          <ErrorNote error={live.error} />
        </div>
      </>
    );
  }
  if (last === 0) {
    return (
      <>
        <ViewHeader title="Tree" />
        {ended ? <EmptyState title="This run has no thoughts" /> : <Loading what="Reading the run" />}
      </>
    );
  }
  return (
    <>
      <ViewHeader
        title={visibleText(live.thought.question?.text.slice(0, 200) ?? "Tree")}
        note={`${shownCount(thought.tree.size - 1)} steps · ${shownCount(usage.outputTokens + usage.estimatedOutputTokens)} tokens · ${shownCost(usage.costUsd)}`}
      >
        {thought.strategy !== undefined && <Badge tone="accent">{thought.strategy}</Badge>}
        {!ended && <Badge tone="caution">thinking</Badge>}
      </ViewHeader>
      <div className="flex min-h-0 flex-1 flex-col md:flex-row">
        <div className="min-h-64 min-w-0 flex-1">
          <TreeStage
            whole={live.thought.tree}
            thought={thought}
            version={`${at} ${live.version}`}
            grows={search.grows}
            onTurn={(grows) => void navigate({ search: (now) => ({ ...now, grows }), replace: true })}
            selected={search.node}
            onSelect={select}
            onHover={setHovered}
          />
        </div>
        <aside
          aria-label="Detail"
          className="max-h-[45%] w-full shrink-0 overflow-y-auto border-t border-line bg-panel md:max-h-none md:w-88 md:border-t-0 md:border-l"
        >
          <NodeDetail
            thought={thought}
            node={hovered ?? search.node}
            run={live.run}
            question={live.question}
          />
        </aside>
      </div>
      <ReplayBar
        events={live.events}
        at={at}
        onMove={(place) => setMoment(place >= last ? undefined : place)}
      />
    </>
  );
}

/** Writes the moment into the address once it rests for a while, and follows the address when it is changed from outside. */
function useAddress(
  moment: number | undefined,
  written: number | undefined,
  write: (at: number | undefined) => void,
): void {
  const latest = useRef(write);
  latest.current = write;
  useEffect(() => {
    if (moment === written) return;
    const timer = setTimeout(() => latest.current(moment), ADDRESS_MS);
    return () => clearTimeout(timer);
  }, [moment, written]);
}
