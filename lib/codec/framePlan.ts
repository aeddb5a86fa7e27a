import type * as t from 'io-ts';
import { REFUSED, type TryDecode, tryDecodeOf } from './fastType.js';
import { type Values, FrameType } from './frame.js';
import type { FrameShape } from './frameShape.js';
import { KeyedRowType } from './keyedRow.js';
import type { Part } from './learnedShape.js';
import { ListType } from './list.js';
import { OrRead } from './readFrame.js';

/** An object or a list, as it is made anew for each frame. */
interface Planned {
  /** What stands in it in every frame, of a list by its indices. */
  readonly pattern: Values;
  /** The same of a list as one. */
  readonly list: readonly unknown[] | undefined;
  readonly holes: readonly (Place & { readonly hole: number })[];
  readonly parts: readonly (Place & { readonly part: Planned })[];
}

/** Where something stands in it: under a key, or at an index. */
interface Place {
  readonly key: string;
  readonly at: number;
}

/** One of its members. */
interface Member {
  readonly key: string;
  /** Under which key it stands in the frame. */
  readonly place: string;
  /** None of what is passed over, which stays as it is. */
  readonly codec: t.Mixed | undefined;
}

const asItIs: TryDecode<unknown> = (u) => u;

/**
 * Reads frames of a shape to what their codec makes of them. What stands in all of them the codec has read once and for all; of
 * what differs it reads what is not as in the frame before. Nothing is made, looked up and copied on the way there, which takes
 * as long as parsing.
 */
export class FramePlan {
  /** How what a hole holds is read, what it held, and what that was read to. */
  readonly #tries: TryDecode<unknown>[] = [];
  readonly #held: unknown[] = [];
  readonly #read: unknown[] = [];
  readonly #root: Planned | undefined;

  constructor(
    readonly shape: FrameShape,
    codec: t.Mixed,
  ) {
    this.#root = this.#planned(shape.shape.root, codec instanceof OrRead ? (codec.codec as t.Mixed) : codec);
  }

  /** The frame that the shape has read last; `undefined` where that is for the codec to judge. */
  frame(): unknown {
    const { values } = this.shape;
    if (this.#root === undefined) return undefined;
    for (let hole = 0; hole < values.length; hole += 1) {
      const held = values[hole];
      if (held === this.#held[hole] && hole in this.#read) continue;
      const read = (this.#tries[hole] ?? asItIs)(held);
      if (read === REFUSED) return undefined;
      this.#held[hole] = held;
      this.#read[hole] = read;
    }
    return this.#made(this.#root);
  }

  #made({ pattern, list, holes, parts }: Planned): unknown {
    if (list === undefined) {
      const members = { ...pattern };
      for (const { key, hole } of holes) members[key] = this.#read[hole];
      for (const { key, part } of parts) members[key] = this.#made(part);
      return members;
    }
    const items = list.slice();
    for (const { at, hole } of holes) items[at] = this.#read[hole];
    for (const { at, part } of parts) items[at] = this.#made(part);
    return items;
  }

  #planned(part: Part, codec: t.Mixed | undefined): Planned | undefined {
    const members = membersOf(part, codec);
    if (members === undefined) return undefined;
    const pattern: Values = {};
    const holes: Planned['holes'][number][] = [];
    const parts: Planned['parts'][number][] = [];
    for (const [at, { key, place, codec: own }] of members.entries()) {
      const tryDecode = own === undefined ? asItIs : tryDecodeOf(own);
      const hole = part.holes.find((one) => one.key === place)?.hole;
      const inner = part.parts.find((one) => one.key === place)?.part;
      pattern[key] = undefined;
      if (hole !== undefined) {
        this.#tries[hole] = tryDecode;
        holes.push({ key, at, hole });
      } else if (inner !== undefined) {
        const planned = this.#planned(inner, own);
        if (planned === undefined) return undefined;
        parts.push({ key, at, part: planned });
      } else {
        pattern[key] = tryDecode(part.pattern[place]);
        if (pattern[key] === REFUSED) return undefined;
      }
    }
    const isList = part.isList && !(codec instanceof KeyedRowType);
    return { pattern, list: isList ? Object.values(pattern) : undefined, holes, parts };
  }
}

/** The members of an object or a list as it is read; `undefined` where its codec does not say what they are. */
function membersOf({ isList, pattern }: Part, codec: t.Mixed | undefined): readonly Member[] | undefined {
  const places = Object.keys(pattern);
  if (codec === undefined) return places.map((key) => ({ key, place: key, codec }));
  if (isList) {
    if (codec instanceof KeyedRowType) return codec.fields.map(([key, own], i) => ({ key, place: `${i}`, codec: own }));
    return codec instanceof ListType
      ? places.map((key) => ({ key, place: key, codec: codec.item as t.Mixed }))
      : undefined;
  }
  if (!(codec instanceof FrameType)) return undefined;
  // One that must be there may be absent where its codec makes something of that.
  const absent = codec.fields.filter(
    ({ key, isOptional, tryDecode }) =>
      !isOptional && !Object.hasOwn(pattern, key) && tryDecode(undefined) !== undefined,
  );
  const codecs = new Map(codec.fields.map((field) => [field.key, field.codec]));
  return [...places, ...absent.map(({ key }) => key)].map((key) => ({ key, place: key, codec: codecs.get(key) }));
}
