import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { pathTo, ROOT, type Score, type Thought, type TreeNode } from "sojourn/thought";
import { Badge, VerdictBadge } from "../../components/badge.tsx";
import { StepText } from "../../components/step-text.tsx";
import { indexAtDepth } from "./layout.ts";
import { rewardColor } from "./palette.ts";

/** So many steps above the node are shown before the first ones are left out. */
const STEPS_ABOVE = 6;

/** What is known of the node under the cursor: its place, text, answer and every score with who gave it. */
export function NodeDetail({
  thought,
  node: id,
  run,
  question,
}: {
  thought: Thought;
  node: string | undefined;
  run: string;
  question: string | undefined;
}): ReactNode {
  const node = thought.tree.find(id ?? ROOT) ?? thought.tree.root;
  const isRoot = node === thought.tree.root;
  const search = { run, question, ...(isRoot ? {} : { node: node.id }) };
  return (
    <section aria-label="Node under the cursor" className="flex flex-col gap-4 p-4">
      <header className="flex flex-wrap items-center gap-2">
        <h2 className="font-mono text-fine text-muted" title={`node ${node.id}`}>
          {isRoot ? "question" : `(${node.depth}, ${indexAtDepth(thought.tree, node)})`}
        </h2>
        {(node.correct !== undefined || node.answer !== undefined) && <VerdictBadge correct={node.correct} />}
        {thought.node === node.id && <Badge tone="accent">chosen</Badge>}
        {node.pruned !== undefined && <Badge>given up</Badge>}
        {node.cut !== undefined && <Badge tone="caution">cut</Badge>}
      </header>
      <p className="text-reading" aria-live="polite">
        <StepText text={isRoot ? (thought.question?.text ?? "…") : node.text || "(no text)"} />
      </p>
      {node.answer !== undefined && (
        <Fact label="Answer">
          <strong className="font-semibold">
            <StepText text={node.answer} />
          </strong>
        </Fact>
      )}
      {node.scores.length > 0 && (
        <Fact label={node.scores.length === 1 ? "Score" : "Scores, newest first"}>
          <ul className="flex flex-col gap-2">
            {[...node.scores].reverse().map((score, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: scores are only added, never moved.
              <ScoreLine key={node.scores.length - place} score={score} />
            ))}
          </ul>
        </Fact>
      )}
      {(node.pruned ?? node.cut) !== undefined && (
        <Fact label={node.pruned === undefined ? "Cut here" : "Why it was given up"}>
          <StepText text={node.pruned ?? node.cut ?? ""} />
        </Fact>
      )}
      <dl className="grid grid-cols-2 gap-x-4 gap-y-1 text-fine text-muted">
        <Pair label="Children" value={String(node.children.length)} />
        {node.meanLogprob !== undefined && (
          <Pair label="Mean log-prob." value={node.meanLogprob.toFixed(3)} />
        )}
        {!isRoot && <Pair label="Node" value={node.id} />}
      </dl>
      {!isRoot && node.depth > 1 && <StepsAbove node={node} />}
      <Link
        to="/thought"
        search={search}
        className="self-start text-fine font-medium text-accent-ink underline-offset-2 hover:underline"
      >
        Read the thought from here
      </Link>
    </section>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }): ReactNode {
  return (
    <div>
      <h3 className="mb-1 text-fine font-medium text-muted">{label}</h3>
      {children}
    </div>
  );
}

function Pair({ label, value }: { label: string; value: string }): ReactNode {
  return (
    <div className="flex gap-2">
      <dt>{label}</dt>
      <dd className="truncate font-mono text-ink" title={value}>
        {value}
      </dd>
    </div>
  );
}

/** One score: its bar, its figure, who gave it, and why. */
function ScoreLine({ score: { value, by, reason } }: { score: Score }): ReactNode {
  return (
    <li>
      <div className="flex items-center gap-2">
        <span aria-hidden="true" className="h-1.5 w-16 overflow-hidden rounded-full bg-sunken">
          <span
            className="block h-full rounded-full"
            style={{ width: `${value * 100}%`, background: rewardColor(value) }}
          />
        </span>
        <span className="text-fine font-semibold tabular-nums">{value.toFixed(2)}</span>
        <span className="min-w-0 text-fine text-muted">
          <StepText text={by} />
        </span>
      </div>
      {reason !== undefined && (
        <p className="mt-0.5 text-fine text-muted">
          <StepText text={reason} />
        </p>
      )}
    </li>
  );
}

function StepsAbove({ node }: { node: TreeNode }): ReactNode {
  const above = pathTo(node).slice(0, -1);
  const left = Math.max(0, above.length - STEPS_ABOVE);
  return (
    <Fact label="Steps above">
      <ol className="flex flex-col gap-1 border-l-2 border-line pl-3 text-fine text-muted">
        {left > 0 && <li className="text-faint">… {left} more</li>}
        {above.slice(left).map((step) => (
          <li key={step.id} className="line-clamp-2">
            <StepText text={step.text.slice(0, 300)} />
          </li>
        ))}
      </ol>
    </Fact>
  );
}
