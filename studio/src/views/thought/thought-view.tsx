import { useNavigate, useSearch } from "@tanstack/react-router";
import { type ReactNode, useDeferredValue, useMemo, useState } from "react";
import { MARKERS } from "sojourn/thought";
import { Button } from "../../components/button.tsx";
import { classNames } from "../../components/class-names.ts";
import { TextInput } from "../../components/field.tsx";
import { DownloadIcon } from "../../components/icons.tsx";
import { EmptyState, ErrorNote, Loading } from "../../components/notes.tsx";
import { ViewHeader } from "../../components/panel.tsx";
import { saveFile } from "../../components/save-file.ts";
import { Segmented } from "../../components/segmented.tsx";
import { useShortcuts } from "../../keyboard/shortcuts.ts";
import type { LiveQuestion } from "../../thought/live-question.ts";
import { useQuestion } from "../../thought/use-question.ts";
import { OneLine } from "../one-line.tsx";
import { ScrollRegion } from "../scroll-region.tsx";
import { hitsIn, nextHit } from "./hits.ts";
import { KeywordList } from "./keyword-list.tsx";
import { keywordPattern } from "./keywords.ts";
import { ThoughtFacts } from "./thought-facts.tsx";
import { ThoughtList } from "./thought-list.tsx";
import { nodeOf, plainThought, rowOfNode, type ThoughtRow, thoughtRows } from "./thought-rows.ts";
import type { ThoughtSearch } from "./thought-search.ts";
import { useWoven } from "./use-woven.ts";
import { WovenPanel } from "./woven-panel.tsx";
import { WrittenText } from "./written-text.tsx";

/** One thought in one scroll: steps with their scores, marks at reflection and return, and the words one looks for. */
export function ThoughtView(): ReactNode {
  const search = useSearch({ from: "/thought" });
  const live = useQuestion(search.run ?? "latest", search.question);
  if (live.error !== undefined)
    return (
      <>
        <ViewHeader title="Thought" />
        <div className="p-4">
          <ErrorNote error={live.error} />
        </div>
      </>
    );
  if (live.thought.question === undefined && live.connection !== "ended") return <Loading what="Reading" />;
  return <Reading live={live} search={search} />;
}

function Reading({ live, search }: { live: LiveQuestion; search: ThoughtSearch }): ReactNode {
  const { thought } = live;
  const navigate = useNavigate({ from: "/thought" });
  const change = (changes: Partial<ThoughtSearch>): void =>
    void navigate({ search: (before) => ({ ...before, ...changes }), replace: true });
  const { node, find = "", reading = "all", beside } = search;
  const words = useMemo(() => (search.words ?? "").split(",").filter((word) => word !== ""), [search.words]);
  const markers = useMemo(() => MARKERS.filter((marker) => words.includes(marker)), [words]);
  const text = useDeferredValue(find);
  const pattern = useMemo(() => keywordPattern({ markers, text }), [markers, text]);
  const stamp = stampOf(live);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the thought grows in place, and the stamp says when.
  const all = useMemo(() => thoughtRows(thought, reading), [thought, reading, stamp]);
  const rows = useMemo(() => all.slice(0, MOST_ROWS), [all]);
  const hits = useMemo(() => hitsIn(rows, pattern), [rows, pattern]);
  // Several rows may be about one node, and a voice is about none: which row was gone to is known only here.
  const [place, setPlace] = useState(-1);
  const gone = rows[place];
  const at =
    gone !== undefined && (nodeOf(gone) ?? node) === node
      ? place
      : node === undefined
        ? -1
        : rowOfNode(rows, node);
  const goTo = (row: number | undefined): void => {
    const there = row === undefined ? undefined : rows[row];
    if (row === undefined || there === undefined) return;
    setPlace(row);
    const id = nodeOf(there);
    if (id !== undefined && id !== node) change({ node: id });
  };
  const goToNode = (id: string): void => {
    setPlace(-1);
    change({ node: id });
  };
  /** To the next row of a kind in one direction; stays where there is none. */
  const goOn = (step: 1 | -1, wanted: (row: (typeof rows)[number]) => boolean): void => {
    for (let row = at + step; row >= 0 && row < rows.length; row += step) {
      const there = rows[row];
      if (there !== undefined && wanted(there)) {
        goTo(row);
        return;
      }
    }
  };
  const isStep = ({ kind }: (typeof rows)[number]): boolean => kind === "step";
  const turns = (row: (typeof rows)[number]): boolean =>
    row.kind === "return" || (row.kind === "step" && row.reflects);
  useShortcuts([
    { keys: "j", label: "Next step", group: "Thought", run: () => goOn(1, isStep) },
    { keys: "k", label: "Step before", group: "Thought", run: () => goOn(-1, isStep) },
    { keys: "]", label: "Next reflection or return", group: "Thought", run: () => goOn(1, turns) },
    { keys: "[", label: "Reflection or return before", group: "Thought", run: () => goOn(-1, turns) },
    { keys: "n", label: "Next hit", group: "Thought", run: () => goTo(nextHit(hits.rows, at, 1)) },
    { keys: "N", label: "Hit before", group: "Thought", run: () => goTo(nextHit(hits.rows, at, -1)) },
    {
      keys: "c",
      label: "All that was tried, or the chosen path",
      group: "Thought",
      run: () => change({ reading: reading === "chosen" ? undefined : "chosen" }),
    },
  ]);
  const { written } = thought;
  const woven = useWoven(live);
  const weaving = beside === "refined" && woven.length > 0;
  const sides = [
    { value: "thinking" as const, label: "Thinking" },
    ...(written === undefined ? [] : [{ value: "written" as const, label: "Beside the writer's text" }]),
    ...(woven.length === 0 ? [] : [{ value: "refined" as const, label: "Draft and refined" }]),
  ];
  return (
    <>
      <ViewHeader
        title={<OneLine text={thought.question?.text ?? "Thought"} most={160} />}
        note={thought.strategy}
      >
        {!weaving && (
          <>
            <Find
              find={find}
              total={hits.total}
              onChange={(next) => change({ find: next === "" ? undefined : next })}
            />
            <Segmented
              label="What is read"
              choices={[
                { value: "all", label: "All tried" },
                { value: "chosen", label: "Chosen path" },
              ]}
              chosen={reading}
              onChoose={(next) => change({ reading: next === "chosen" ? next : undefined })}
            />
          </>
        )}
        {sides.length > 1 && (
          <Segmented
            label="What stands beside the thinking"
            choices={sides}
            chosen={beside ?? "thinking"}
            onChoose={(next) => change({ beside: next === "thinking" ? undefined : next })}
          />
        )}
        <Button
          className="xl:hidden"
          aria-pressed={search.about === true}
          onClick={() => change({ about: search.about ? undefined : true })}
        >
          About
        </Button>
      </ViewHeader>
      {all.length > rows.length && <TooLong rows={all} name={`${live.run}.txt`} />}
      <div className="relative flex min-h-0 flex-1">
        {weaving ? (
          <WovenPanel pairs={woven} shown={search.woven} onShow={(id) => change({ woven: id })} />
        ) : rows.length === 0 ? (
          <div className="flex-1">
            <EmptyState title="No step yet">
              {thought.stopReason === undefined
                ? "The thinking has not brought its first step."
                : "Nothing came of this question."}
            </EmptyState>
          </div>
        ) : (
          <ThoughtList
            thought={thought}
            rows={rows}
            hits={hits.rows}
            pattern={pattern}
            cursor={at}
            quiet={reading === "all" && thought.node !== undefined}
            onCursor={goToNode}
          />
        )}
        {beside === "written" && written !== undefined && <WrittenText text={written} />}
        <ScrollRegion
          label="About this thought"
          className={classNames(
            "w-72 shrink-0 flex-col gap-6 border-l border-line bg-panel p-5 xl:flex",
            search.about
              ? "flex max-xl:absolute max-xl:inset-y-0 max-xl:right-0 max-xl:shadow-high"
              : "hidden",
          )}
        >
          <ThoughtFacts thought={thought} onGo={goToNode} />
          <KeywordList
            rows={rows}
            chosen={markers}
            onChange={(next) => change({ words: next.length === 0 ? undefined : next.join(",") })}
          />
        </ScrollRegion>
      </div>
    </>
  );
}

function Find({
  find,
  total,
  onChange,
}: {
  find: string;
  total: number;
  onChange: (find: string) => void;
}): ReactNode {
  return (
    <span className="relative w-60">
      <TextInput
        data-search
        type="search"
        aria-label="Find in this thought"
        placeholder="Find in this thought"
        value={find}
        maxLength={200}
        onChange={(event) => onChange(event.target.value)}
        className="pr-16"
      />
      <output className="pointer-events-none absolute inset-y-0 right-3 flex items-center text-fine text-muted tabular-nums">
        {total > 0 ? `${total.toLocaleString("en")} hits` : ""}
      </output>
    </span>
  );
}

/** A page of more rows would be higher than browsers can scroll. */
const MOST_ROWS = 300_000;

/** Says that a thought goes on behind its last row, and gives all of it as a file. */
function TooLong({ rows, name }: { rows: readonly ThoughtRow[]; name: string }): ReactNode {
  return (
    <div className="flex items-center justify-between gap-4 bg-caution-soft px-6 py-2 text-fine text-caution">
      The first {MOST_ROWS.toLocaleString("en")} of {rows.length.toLocaleString("en")} rows are shown.
      <Button size="small" icon={<DownloadIcon />} onClick={() => saveFile(name, plainThought(rows))}>
        Download all of them
      </Button>
    </div>
  );
}

/** A thought that has grown to so many steps is told anew only when it has grown by a part of itself. */
const LONG = 2000;

/** Changes whenever the rows have to be made anew: with every change of a short thought, now and then of a long one. */
function stampOf({ thought: { tree }, version, connection }: LiveQuestion): string {
  if (tree.size < LONG || connection !== "following") return `${connection} ${version}`;
  return `long ${Math.floor(20 * Math.log2(tree.size))}`;
}
