import { isRecord } from '../parseRecord.js';
import type { Random } from '../random.js';
import type { FaultSchedule } from './faultSchedule.js';
import type { PlannedFault } from './plannedFault.js';

/** A frame on its way to one connection. */
export interface OutgoingFrame {
  /** The stream it belongs to. */
  readonly stream: string;
  /** Whether it is a depth diff, so that losing it makes a gap. */
  readonly diff: boolean;
  readonly text: string;
  /** The same frame with a level that crosses the book, where it can hold one. */
  readonly crossed?: () => string | undefined;
}

/** What one connection does to its frames. */
export class Mangler {
  /** Frames that wait for the next one of their stream. */
  private readonly held = new Map<string, string>();

  constructor(
    private readonly faults: FaultSchedule,
    private readonly random: Random,
    private readonly send: (text: string) => void,
  ) {}

  pass(frame: OutgoingFrame): void {
    const { stream } = frame;
    const waiting = this.held.get(stream);
    if (this.faults.idle && waiting === undefined) {
      this.send(frame.text);
      return;
    }
    const ofDiffs = (planned: PlannedFault): boolean => frame.diff || planned.target !== undefined;
    const text = this.mangled(frame);
    const lost = this.faults.take('drop', stream, ofDiffs) !== undefined;
    const twice = this.faults.take('duplicate', stream, ofDiffs) !== undefined;
    if (!lost && waiting === undefined && this.faults.take('reorder', stream, ofDiffs) !== undefined) {
      this.held.set(stream, text);
      return;
    }
    if (!lost) this.send(text);
    if (!lost && twice) this.send(text);
    if (waiting === undefined) return;
    this.held.delete(stream);
    this.send(waiting);
  }

  private mangled(frame: OutgoingFrame): string {
    let { text } = frame;
    const crossed = frame.crossed;
    if (crossed !== undefined && this.faults.take('crossedBook', frame.stream) !== undefined) text = crossed() ?? text;
    if (this.faults.take('wrongTypes', frame.stream) !== undefined) text = wronglyTyped(text, this.random);
    if (this.faults.take('corruptJson', frame.stream) !== undefined) {
      text = text.slice(0, 1 + Math.floor(this.random() * (text.length - 2)));
    }
    return text;
  }
}

/** Fields that say what a frame is, or that nobody reads. */
const spared = ['e', 's', 'stream', 'M', 'B', 'X'];

/** The frame with one field turned into an object, a type that no venue uses for a field of its data. */
function wronglyTyped(text: string, random: Random): string {
  const frame: unknown = JSON.parse(text);
  if (!isRecord(frame)) return '{}';
  const data = frame['data'];
  if (isRecord(data)) return JSON.stringify({ ...frame, data: withWrongField(data, random) });
  return JSON.stringify(withWrongField(frame, random));
}

function withWrongField(record: Readonly<Record<string, unknown>>, random: Random): Record<string, unknown> {
  const fields = Object.keys(record).filter((field) => !spared.includes(field));
  const field = fields[Math.floor(random() * fields.length)] ?? 'e';
  return { ...record, [field]: isRecord(record[field]) ? 'wrong' : { wrong: true } };
}
