import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import type { Options } from "sojourn/schemas/ask-schema.ts";
import { stopRun } from "../../api/ask.ts";
import { Badge } from "../../components/badge.tsx";
import { Button } from "../../components/button.tsx";
import { AgentsIcon, StopIcon, TreeIcon } from "../../components/icons.tsx";
import { ErrorNote } from "../../components/notes.tsx";
import { Segmented } from "../../components/segmented.tsx";
import { StepText } from "../../components/step-text.tsx";
import { useShortcuts } from "../../keyboard/shortcuts.ts";
import { useQuestion } from "../../thought/use-question.ts";
import { NodeDetail } from "../tree/node-detail.tsx";
import { TreeStage } from "../tree/tree-stage.tsx";
import { AgentsPanel } from "./agents-panel.tsx";
import { AnswerPanel } from "./answer-panel.tsx";
import type { AskSearch } from "./ask-search.ts";
import { LiveFacts } from "./live-facts.tsx";

/** A question as it is thought about: the tree as it grows, what it costs, its agents, and the answer in the end. */
export function WatchRun({
  run,
  options,
  search,
}: {
  run: string;
  options: Options | undefined;
  search: AskSearch;
}): ReactNode {
  const navigate = useNavigate({ from: "/ask" });
  const live = useQuestion(run, search.question);
  const [hovered, setHovered] = useState<string | undefined>();
  const stopping = useMutation({ mutationFn: () => stopRun(run) });
  const thinking = live.connection !== "ended" && live.connection !== "refused";
  const side = search.side ?? "agents";
  const turnTo = (change: Partial<AskSearch>): void =>
    void navigate({ search: (now) => ({ ...now, ...change }), replace: true });
  const stop = (): void => {
    if (thinking && !stopping.isPending) stopping.mutate();
  };
  useShortcuts([
    { keys: "s", label: "Stop with the best answer so far", group: "Ask", run: stop },
    {
      keys: "x",
      label: "Hide or show the side panel",
      group: "Ask",
      run: () => turnTo({ side: side === "hidden" ? undefined : "hidden" }),
    },
    {
      keys: "Escape",
      label: "Ask another question",
      group: "Ask",
      run: () => turnTo({ run: undefined, question: undefined, node: undefined }),
    },
  ]);
  const { thought } = live;
  const strategy = thought.strategy ?? search.strategy ?? options?.defaults.strategy ?? "auto";
  const question = thought.question?.text;
  return (
    <>
      {question !== undefined && question !== search.ask && (
        <h2 className="line-clamp-2 border-b border-line bg-panel px-6 py-2 text-reading font-semibold">
          <StepText text={question.slice(0, 2_000)} />
        </h2>
      )}
      <div className="flex flex-wrap items-center justify-between gap-x-8 gap-y-2 border-b border-line bg-panel px-6 py-2.5">
        <LiveFacts live={live} />
        <div className="flex items-center gap-2.5">
          {thought.strategy !== undefined && <Badge tone="accent">{thought.strategy}</Badge>}
          {thinking ? (
            <Button
              look="danger"
              icon={<StopIcon />}
              disabled={stopping.isPending || stopping.isSuccess}
              onClick={stop}
            >
              {stopping.isSuccess ? "Stopping…" : "Stop, keep the best answer"}
            </Button>
          ) : (
            <Badge tone={live.end?.state === "failed" ? "wrong" : "neutral"}>
              {live.end?.state ?? "ended"}
            </Badge>
          )}
          <Segmented
            label="Beside the tree"
            chosen={side}
            onChoose={(choice) => turnTo({ side: choice })}
            choices={[
              { value: "agents", label: <AgentsIcon />, title: "Agents and their prompts" },
              { value: "step", label: <TreeIcon />, title: "The step under the cursor" },
              { value: "hidden", label: "Hide", title: "Hide the side panel (x)" },
            ]}
          />
        </div>
      </div>
      {(live.error ?? stopping.error) && (
        <div className="px-6 py-3">
          <ErrorNote error={live.error ?? stopping.error} />
        </div>
      )}
      <div className="flex min-h-0 flex-1 flex-col lg:flex-row">
        <div className="flex min-h-0 min-w-0 flex-1 flex-col">
          <div className="min-h-48 flex-1">
            <TreeStage
              whole={thought.tree}
              thought={thought}
              version={live.version}
              grows={search.grows}
              onTurn={(grows) => turnTo({ grows })}
              selected={search.node}
              onSelect={(node) => turnTo({ node, side: "step" })}
              onHover={setHovered}
            />
          </div>
          <div className="max-h-[42%] shrink-0 overflow-y-auto border-t border-line bg-panel">
            <AnswerPanel live={live} />
          </div>
        </div>
        {side !== "hidden" && (
          <aside
            aria-label={side === "agents" ? "Agents" : "Step under the cursor"}
            className="max-h-[40%] w-full shrink-0 overflow-y-auto border-t border-line bg-panel lg:max-h-none lg:w-88 lg:border-t-0 lg:border-l"
          >
            {side === "agents" ? (
              <AgentsPanel options={options} strategy={strategy} live={live} />
            ) : (
              <NodeDetail
                thought={thought}
                node={hovered ?? search.node}
                run={live.run}
                question={live.question}
              />
            )}
          </aside>
        )}
      </div>
    </>
  );
}
