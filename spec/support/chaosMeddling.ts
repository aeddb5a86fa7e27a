import type { Random } from '../../lib/simulation/random.js';
import { between, pick } from './chaosDraw.js';

/**
 * What goes wrong between a client and a venue that does nothing wrong itself.
 *
 * - Frames. `lateFrames`: those of one stream come later, in their order; answers pass them by, and so they may come after
 *   their subscription has ended and been made anew. `padded`: a byte order mark or blanks around a text. `rubbish`: a text
 *   that no venue sends. `cutFrames`: cut short. `oddFrames`: one value, at any depth, of another type. `lostFrames`: never come.
 * - Answers to subscribing. `lostAnswers`, `lateAnswers`, `doubledAnswers`; `swappedAnswers`: each after the next one.
 *   `refusals`: a request that names the guilty is refused whole, at once or late.
 * - Requests. `slowRequests`; `hungRequests`: no answer until the connection breaks. `refusedRequests`: 401, 403, 429, 500,
 *   503, in JSON and HTML. `cutRequests`: half a body. `cachedRequests`: what the same question was answered before.
 *   `paddedRequests`: a byte order mark or blanks around a body. `oddRequests`: 200, and a body that is no answer.
 * - Openings. `refusedOpenings`: 401 or 503. `hungOpenings`: neither opened nor refused for a while.
 */
export const meddlings = [
  ...(['lateFrames', 'padded', 'rubbish', 'cutFrames', 'oddFrames', 'lostFrames'] as const),
  ...(['lostAnswers', 'lateAnswers', 'doubledAnswers', 'swappedAnswers', 'refusals'] as const),
  ...(['slowRequests', 'hungRequests', 'refusedRequests', 'cutRequests', 'cachedRequests'] as const),
  ...(['paddedRequests', 'oddRequests'] as const),
  ...(['refusedOpenings', 'hungOpenings'] as const),
] as const;

/** What goes wrong where frames are the lines of one answer. `chunks`: it comes cut anywhere, several lines in one or one in several. */
export const meddlingsOfLines = ['chunks'] as const;

export type Meddling = (typeof meddlings)[number] | (typeof meddlingsOfLines)[number];

/** One meddling for a while, or whatever else goes wrong by name. */
export interface Spell<K extends string = Meddling> {
  readonly meddling: K;
  /** In ms. */
  readonly from: number;
  readonly until: number;
  /** How many it strikes at most. */
  readonly most: number;
  /** How late, in ms. */
  readonly delay: number;
  /** A part of what it strikes: of a stream's name, of an address. Absent: anything. */
  readonly target?: string;
  readonly status: number;
}

export interface SpellsConfig<K extends string = Meddling> {
  readonly kinds: readonly K[];
  readonly targets: readonly string[];
  readonly until: number;
  /** How late at most, in ms. */
  readonly latest: number;
  readonly statuses: readonly number[];
}

/** Some spells, all of them over by `until`. */
export function spellsOf<K extends string>(
  draw: Random,
  { kinds, targets, until, latest, statuses }: SpellsConfig<K>,
): readonly Spell<K>[] {
  return Array.from({ length: between(draw, 1, 5) }, (): Spell<K> => {
    const from = between(draw, 0, until - 500);
    const delay = between(draw, 1, pick(draw, [50, 1_000, latest]));
    return {
      from,
      delay,
      meddling: pick(draw, kinds),
      status: pick(draw, statuses),
      until: Math.min(until, from + between(draw, 300, 8_000)),
      most: pick(draw, [1, 3, 20, 1_000]),
      ...(draw() < 0.5 ? { target: pick(draw, targets) } : {}),
    };
  });
}

/** What of the spells is due, and how often each kind has struck. */
export class Spells<K extends string = Meddling> {
  readonly struck: Partial<Record<K, number>> = {};
  private readonly hits = new Map<Spell<K>, number>();

  constructor(
    private readonly spells: readonly Spell<K>[],
    private readonly now: () => number,
  ) {}

  take(meddling: K, on: string, isGuilty?: (target: string) => boolean): Spell<K> | undefined {
    // Asked several times for every frame, and mostly for nothing.
    for (const spell of this.spells) {
      if (spell.meddling !== meddling || !this.isDue(spell)) continue;
      const { target } = spell;
      if (target !== undefined && !(isGuilty === undefined ? on.includes(target) : isGuilty(target))) continue;
      this.hits.set(spell, (this.hits.get(spell) ?? 0) + 1);
      this.struck[meddling] = (this.struck[meddling] ?? 0) + 1;
      return spell;
    }
    return undefined;
  }

  private isDue(spell: Spell<K>): boolean {
    const now = this.now();
    return now >= spell.from && now < spell.until && (this.hits.get(spell) ?? 0) < spell.most;
  }
}
