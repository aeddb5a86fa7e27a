/** Seeds in one test: few enough for its time limit. */
const BATCH = 50;

/** The seeds of one chaos spec. */
export interface ChaosSeeds {
  readonly seeds: readonly number[];
  /** What is to be run, in batches, each with a name for its test: `seeds 1 to 50`. */
  readonly batches: readonly (readonly [string, readonly number[]])[];
}

/** The seeds up to `usually`. `SEEDS=10000` runs more, `SEEDS=10001-20000` others, `SEED=123` one alone. */
export function chaosSeeds(usually: number, belongs: (seed: number) => boolean = () => true): ChaosSeeds {
  const alone = numberFrom('SEED');
  const seeds = (alone === undefined ? rangeFrom('SEEDS', usually) : [alone]).filter(belongs);
  return { seeds, batches: batchesOf(seeds) };
}

/** The first seeds of those, a part of them. */
export const firstOf = ({ seeds }: ChaosSeeds, part: number): ChaosSeeds => {
  const first = seeds.slice(0, Math.ceil(seeds.length * part));
  return { seeds: first, batches: batchesOf(first) };
};

/**
 * Runs a batch, adds its reports to `reports`, and tells of each seed that went wrong with the command that runs it alone.
 * An empty text when all was well.
 */
export function failuresOf<R extends { readonly problems: readonly string[] }>(
  spec: string,
  batch: readonly number[],
  run: (seed: number) => R,
  reports: R[],
): string {
  return batch
    .flatMap((seed) => {
      const report = run(seed);
      reports.push(report);
      return report.problems.length === 0 ? [] : [[`SEED=${seed} npx jest ${spec}`, ...report.problems].join('\n    ')];
    })
    .join('\n');
}

/** How often each fault struck, over all reports. */
export function strikesOf<F extends string>(
  faults: readonly F[],
  reports: readonly { readonly applied: Readonly<Partial<Record<F, number>>> }[],
): readonly (readonly [F, number])[] {
  return faults.map((name) => [name, reports.reduce((sum, { applied }) => sum + (applied[name] ?? 0), 0)] as const);
}

/** Which of these never struck between client and venue, over all reports. */
export function unstruckOf(
  kinds: readonly string[],
  reports: readonly { readonly meddled: Readonly<Partial<Record<string, number>>> }[],
): readonly string[] {
  return kinds.filter((kind) => reports.every(({ meddled }) => (meddled[kind] ?? 0) === 0));
}

function rangeFrom(name: string, usually: number): readonly number[] {
  const [, first, last] = /^(\d+)-(\d+)$/.exec(process.env[name] ?? '') ?? [];
  return first === undefined ? range(1, numberFrom(name) ?? usually) : range(Number(first), Number(last));
}

function numberFrom(name: string): number | undefined {
  const text = process.env[name];
  if (text === undefined || text === '') return undefined;
  const number = Number(text);
  if (Number.isInteger(number) && number > 0) return number;
  throw new RangeError(`${name} is ${text}, expected a whole number above 0`);
}

const range = (first: number, last: number): readonly number[] =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);

function batchesOf(seeds: readonly number[]): ChaosSeeds['batches'] {
  return range(0, Math.ceil(seeds.length / BATCH) - 1).map((index) => {
    const batch = seeds.slice(index * BATCH, (index + 1) * BATCH);
    const [first, last] = [batch[0], batch.at(-1)];
    return [first === last ? `seed ${String(first)}` : `seeds ${String(first)} to ${String(last)}`, batch];
  });
}
