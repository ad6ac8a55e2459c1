import { type ReactNode, useRef } from "react";
import type { Thought, Tree } from "sojourn/thought";
import { Button } from "../../components/button.tsx";
import { FitIcon, MinusIcon, PlusIcon, TurnIcon } from "../../components/icons.tsx";
import { useShortcuts } from "../../keyboard/shortcuts.ts";
import type { Grows } from "./scene.ts";
import { TreeCanvas, type TreeCanvasHandle } from "./tree-canvas.tsx";
import { TreeLegend } from "./tree-legend.tsx";
import { type Move, moved, moveOfArrow, nextAnswer } from "./walk-keys.ts";

/** What a stage shows and whom it tells. */
export interface TreeStageProps {
  whole: Tree;
  thought: Thought;
  version: string | number;
  grows: Grows | undefined;
  onTurn: (grows: Grows) => void;
  selected: string | undefined;
  onSelect: (node: string) => void;
  onHover?: ((node: string | undefined) => void) | undefined;
}

const ARROWS = ["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight"];

/** A tree with its legend, its buttons and its keys. */
export function TreeStage(props: TreeStageProps): ReactNode {
  const { whole, thought, version, grows, onTurn, selected, onSelect, onHover } = props;
  const canvas = useRef<TreeCanvasHandle>(null);
  const go = (move: Move | undefined): void => {
    if (move !== undefined) onSelect(moved(thought.tree, selected, move).id);
  };
  const goToAnswer = (by: 1 | -1): void => {
    const leaf = nextAnswer(thought.tree, selected, by);
    if (leaf !== undefined) onSelect(leaf.id);
  };
  const turn = (): void => onTurn(canvas.current?.grows() === "down" ? "right" : "down");
  const group = "Tree";
  useShortcuts([
    ...ARROWS.map((key) => ({
      keys: key,
      label:
        {
          ArrowUp: "To the node above",
          ArrowDown: "To the node below",
          ArrowLeft: "To the node on the left",
          ArrowRight: "To the node on the right",
        }[key] ?? "",
      group,
      run: () => go(moveOfArrow(key, canvas.current?.grows() ?? "right")),
    })),
    { keys: "j", label: "Next step, depth first", group, run: () => go("step-on") },
    { keys: "k", label: "Step before, depth first", group, run: () => go("step-back") },
    { keys: "n", label: "Next answer", group, run: () => goToAnswer(1) },
    { keys: "N", label: "Answer before", group, run: () => goToAnswer(-1) },
    {
      keys: "c",
      label: "Chosen answer",
      group,
      run: () => thought.node !== undefined && onSelect(thought.node),
    },
    { keys: "f", label: "All of the tree", group, run: () => canvas.current?.fit() },
    { keys: "+", label: "Closer", group, run: () => canvas.current?.zoom(1.4) },
    { keys: "-", label: "Further away", group, run: () => canvas.current?.zoom(1 / 1.4) },
    { keys: "o", label: "Let it grow the other way", group, run: turn },
  ]);
  return (
    <div className="relative size-full min-h-0 overflow-hidden bg-panel">
      <TreeCanvas
        ref={canvas}
        whole={whole}
        thought={thought}
        version={version}
        grows={grows}
        selected={selected}
        onSelect={onSelect}
        onHover={onHover}
      />
      <TreeLegend />
      <div className="absolute right-3 bottom-3 flex flex-col gap-1 rounded-control border border-line bg-raised p-1 shadow-low">
        <Button
          look="quiet"
          size="small"
          aria-label="Closer"
          title="Closer (+)"
          icon={<PlusIcon />}
          onClick={() => canvas.current?.zoom(1.4)}
        />
        <Button
          look="quiet"
          size="small"
          aria-label="Further away"
          title="Further away (-)"
          icon={<MinusIcon />}
          onClick={() => canvas.current?.zoom(1 / 1.4)}
        />
        <Button
          look="quiet"
          size="small"
          aria-label="All of the tree"
          title="All of the tree (f)"
          icon={<FitIcon />}
          onClick={() => canvas.current?.fit()}
        />
        <Button
          look="quiet"
          size="small"
          aria-label="Let it grow the other way"
          title="Let it grow the other way (o)"
          icon={<TurnIcon />}
          onClick={turn}
        />
      </div>
    </div>
  );
}
