import { type ReactNode, useEffect, useRef, useState } from "react";
import type { Event } from "sojourn/thought";
import { Button } from "../../components/button.tsx";
import { EndIcon, PauseIcon, PlayIcon, StartIcon } from "../../components/icons.tsx";
import { useShortcuts } from "../../keyboard/shortcuts.ts";
import { shownTime } from "../../thought/format.ts";
import { eventsUntil } from "../../thought/player.ts";

/** A replay takes at least and at most so long, whatever the thinking took. */
const PLAY_MS = { least: 5_000, most: 20_000 };

/** Moves through the moments of a question: a slider over time, play and pause, event by event. */
export function ReplayBar({
  events,
  at,
  onMove,
}: {
  events: readonly Event[];
  /** How many events have happened at the moment shown. */
  at: number;
  onMove: (at: number) => void;
}): ReactNode {
  const [playing, setPlaying] = useState(false);
  const start = events[0]?.at ?? 0;
  const total = Math.max(1, (events.at(-1)?.at ?? 0) - start);
  const now = Math.max(0, (events[at - 1]?.at ?? start) - start);
  const move = useRef(onMove);
  move.current = onMove;

  // biome-ignore lint/correctness/useExhaustiveDependencies: it plays from where it stood when it began.
  useEffect(() => {
    if (!playing) return;
    const length = Math.min(PLAY_MS.most, Math.max(PLAY_MS.least, total));
    const begin = at >= events.length ? 0 : now;
    const startedAt = performance.now();
    let frame = requestAnimationFrame(function step() {
      const time = begin + ((performance.now() - startedAt) / length) * total;
      const place = eventsUntil(events, time);
      move.current(place);
      if (place >= events.length) setPlaying(false);
      else frame = requestAnimationFrame(step);
    });
    return () => cancelAnimationFrame(frame);
  }, [playing, events]);

  const go = (place: number): void => {
    setPlaying(false);
    onMove(Math.min(events.length, Math.max(0, place)));
  };
  const group = "Replay";
  useShortcuts([
    { keys: " ", label: playing ? "Pause" : "Play", group, run: () => setPlaying(!playing) },
    { keys: "]", label: "One event on", group, run: () => go(at + 1) },
    { keys: "[", label: "One event back", group, run: () => go(at - 1) },
    { keys: "{", label: "To the beginning", group, run: () => go(0) },
    { keys: "}", label: "To the end", group, run: () => go(events.length) },
  ]);
  return (
    <div className="flex items-center gap-3 border-t border-line bg-panel px-4 py-2">
      <div className="flex items-center gap-0.5">
        <Button
          look="quiet"
          size="small"
          aria-label="To the beginning"
          title="To the beginning ({)"
          icon={<StartIcon />}
          onClick={() => go(0)}
        />
        <Button
          look="quiet"
          size="small"
          aria-label={playing ? "Pause" : "Play"}
          title={playing ? "Pause (Space)" : "Play (Space)"}
          icon={playing ? <PauseIcon /> : <PlayIcon />}
          onClick={() => setPlaying(!playing)}
        />
        <Button
          look="quiet"
          size="small"
          aria-label="To the end"
          title="To the end (})"
          icon={<EndIcon />}
          onClick={() => go(events.length)}
        />
      </div>
      <input
        type="range"
        aria-label="Moment of the thinking"
        aria-valuetext={`${shownTime(now)} of ${shownTime(total)}`}
        min={0}
        max={events.length}
        value={at}
        onChange={(event) => go(Number(event.target.value))}
        className="h-1.5 min-w-0 flex-1 cursor-pointer accent-accent"
      />
      <span className="w-40 text-right text-fine text-muted tabular-nums">
        {shownTime(now)} of {shownTime(total)} · {at.toLocaleString("en-US")} events
      </span>
    </div>
  );
}
