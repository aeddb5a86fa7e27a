import { Subject } from 'rxjs';
import type { AppliedFault, FaultControl } from './faultControl.js';
import { checkFault, checkPlan } from './checkPlan.js';
import { allFaultNames, type FaultName } from './faultNames.js';
import { windowOf, type FaultPlan, type PlannedFault } from './plannedFault.js';
import type { FaultDetails } from './faultDetails.js';

interface Entry {
  readonly planned: PlannedFault;
  /** Which repetition `hits` and `done` are about. */
  repetition: number;
  hits: number;
  done: boolean;
}

/** A fault of one moment whose moment has come. */
export interface Onset {
  readonly planned: PlannedFault;
  /** When its duration ends, in the venue's time; `Infinity` without one. */
  readonly ends: number;
  /** Tells that it struck. */
  struck(on: string): void;
}

/** A plan against the clock. Asks the time when it is asked itself, and so needs no timer. */
export class FaultSchedule implements FaultControl {
  readonly applied$ = new Subject<AppliedFault>();
  private entries: Entry[];
  private readonly begun: number;
  private readonly counts: Partial<Record<FaultName, number>> = {};

  /** @throws InvalidArgumentError for a plan that can't be meant; `known` are the faults that the venue has. */
  constructor(
    plan: FaultPlan,
    private readonly now: () => number,
    private readonly known: readonly FaultName[] = allFaultNames,
  ) {
    checkPlan(plan, known);
    this.begun = now();
    this.entries = plan.map(entryOf);
  }

  get plan(): FaultPlan {
    return this.entries.map(({ planned }) => planned);
  }

  /** Whether nothing can strike. */
  get idle(): boolean {
    return this.entries.length === 0;
  }

  inject(fault: FaultName, details: FaultDetails = {}): void {
    const now = this.now() - this.begun;
    checkFault({ at: 0, ...details, fault }, this.known);
    this.entries = this.entries.filter(({ planned }) => !isOver(planned, now));
    this.entries.push(entryOf({ ...details, fault, at: now }));
  }

  clear(): void {
    this.entries = [];
  }

  applied(): Readonly<Partial<Record<FaultName, number>>> {
    return { ...this.counts };
  }

  /** Strikes, if such a fault is due and fits; `fits` may narrow it further. */
  take(fault: FaultName, on: string, fits: (planned: PlannedFault) => boolean = always): PlannedFault | undefined {
    const entry = this.due(fault, on, fits);
    if (entry === undefined) return undefined;
    entry.hits += 1;
    this.count(fault, on);
    return entry.planned;
  }

  /** The onsets of a fault of one moment since they were last asked for. */
  onsets(fault: FaultName): readonly Onset[] {
    const onsets: Onset[] = [];
    for (const entry of this.entries) {
      const { planned } = entry;
      if (planned.fault !== fault || !this.isOpen(entry) || entry.done) continue;
      entry.done = true;
      const struck = (on: string): void => {
        this.count(fault, on);
      };
      onsets.push({ planned, struck, ends: planned.for === undefined ? Number.POSITIVE_INFINITY : this.endOf(entry) });
    }
    return onsets;
  }

  /** When a lasting fault that strikes a newcomer now will end; `undefined` if there is none. */
  lasting(fault: FaultName, on: string): number | undefined {
    const entry = this.due(fault, on, ({ for: lasts }) => lasts !== undefined);
    if (entry === undefined) return undefined;
    this.count(fault, on);
    return this.endOf(entry);
  }

  private due(fault: FaultName, on: string, fits: (planned: PlannedFault) => boolean): Entry | undefined {
    for (const entry of this.entries) {
      const { planned } = entry;
      if (planned.fault !== fault || !this.isOpen(entry)) continue;
      const most = planned.count ?? (planned.for === undefined ? 1 : Number.POSITIVE_INFINITY);
      if (entry.hits < most && isOn(planned, on) && fits(planned)) return entry;
    }
    return undefined;
  }

  /** Whether the time is within the present repetition. Moves on to it first. */
  private isOpen(entry: Entry): boolean {
    const { planned } = entry;
    const passed = this.now() - this.begun - planned.at;
    if (passed < 0) return false;
    const repetition = repetitionAt(planned, passed);
    if (repetition !== entry.repetition) {
      entry.repetition = repetition;
      entry.hits = 0;
      entry.done = false;
    }
    return passed - repetition * (planned.every ?? 0) < windowOf(planned);
  }

  private endOf({ planned, repetition }: Entry): number {
    return this.begun + planned.at + repetition * (planned.every ?? 0) + windowOf(planned);
  }

  private count(fault: FaultName, on: string): void {
    this.counts[fault] = (this.counts[fault] ?? 0) + 1;
    this.applied$.next({ fault, on, at: this.now() });
  }
}

const always = (): boolean => true;
const entryOf = (planned: PlannedFault): Entry => ({ planned, repetition: 0, hits: 0, done: false });

/** Whether something named `on` is what the fault is after. */
export const isOn = ({ target }: PlannedFault, on: string): boolean =>
  target === undefined || on.toLowerCase().includes(target.toLowerCase());

function repetitionAt({ at, every, until }: PlannedFault, passed: number): number {
  if (every === undefined) return 0;
  const last = until === undefined ? Number.POSITIVE_INFINITY : Math.max(0, Math.ceil((until - at) / every) - 1);
  return Math.min(last, Math.floor(passed / every));
}

const isOver = (planned: PlannedFault, now: number): boolean =>
  planned.every === undefined && now >= planned.at + windowOf(planned);
