import type { FaultControl } from '../../simulation/faults/faultControl.js';
import type { FaultDetails } from '../../simulation/faults/faultDetails.js';
import type { FaultName } from '../../simulation/faults/faultNames.js';

/** Something that the page does to a simulated venue: how it is asked for, in words, and the faults that it comes to. */
interface Injury {
  readonly name: string;
  readonly words: string;
  readonly faults: readonly (readonly [fault: FaultName, details: FaultDetails])[];
}

/** Snapshots come late after some of them, so that one sees what it is to have no right book. */
const LATE = ['slowSnapshot', { count: 1, delay: 1_500 }] as const;

/** Whoever is connected is thrown out, and let in again after so long. */
function awayFor(ms: number): Injury['faults'] {
  return [
    ['refuseConnections', { for: ms }],
    ['terminate', {}],
  ];
}

const all: readonly Injury[] = [
  { name: 'drop', words: 'lose an update', faults: [LATE, ['drop', { count: 1 }]] },
  { name: 'crossed', words: 'cross the book', faults: [LATE, ['crossedBook', { count: 1 }]] },
  { name: 'silence', words: 'be silent for 3 s', faults: [['silent', { for: 3_000 }]] },
  { name: 'disconnect', words: 'break the connection', faults: awayFor(1_000) },
  { name: 'refuse', words: 'refuse for 4 s', faults: awayFor(4_000) },
];

/** What the page offers, for people. */
export const injuries = all.map(({ name, words }) => ({ name, words }));

/** Does one of them to a venue. @returns Whether there is one of this name. */
export function injure(faults: Pick<FaultControl, 'inject'>, name: string): boolean {
  const injury = all.find((one) => one.name === name);
  for (const [fault, details] of injury?.faults ?? []) faults.inject(fault, details);
  return injury !== undefined;
}
