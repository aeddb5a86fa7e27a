import { isOn, type FaultSchedule } from './faultSchedule.js';
import type { FaultName } from './faultNames.js';

/** A connection that faults of one moment strike. */
export interface Struck {
  /** Path and query. */
  readonly url: string;
  /** Says nothing until a time. */
  silence(until: number): void;
  /** Neither says nor hears anything from now on. */
  freeze(): void;
  close(code: number, reason: string): void;
  terminate(): void;
}

type Act = (struck: Struck, code: number, ends: number) => void;

const acts: readonly (readonly [FaultName, Act])[] = [
  [
    'silent',
    (struck, _, ends) => {
      struck.silence(ends);
    },
  ],
  [
    'halfOpen',
    (struck) => {
      struck.freeze();
    },
  ],
  [
    'closeCleanly',
    (struck, code) => {
      struck.close(code, 'closed by plan');
    },
  ],
  [
    'terminate',
    (struck) => {
      struck.terminate();
    },
  ],
];

/** Lets the faults of one moment happen that are due: to the open connections, and to the market by `burst`. */
export function strike(faults: FaultSchedule, open: Iterable<Struck>, burst: (steps: number) => void): void {
  for (const [fault, act] of acts) {
    for (const onset of faults.onsets(fault)) {
      const { planned, ends } = onset;
      const fitting = [...open].filter(({ url }) => isOn(planned, url)).slice(0, planned.count);
      for (const connection of fitting) {
        onset.struck(connection.url);
        act(connection, planned.code ?? 1000, ends);
      }
    }
  }
  for (const onset of faults.onsets('burst')) {
    onset.struck('market');
    burst(onset.planned.count ?? 100);
  }
}
