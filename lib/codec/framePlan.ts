import type * as t from 'io-ts';
import { type Copier, copierOf } from './copier.js';
import { REFUSED, type TryDecode, tryDecodeOf } from './fastType.js';
import { FrameType } from './frame.js';
import type { FrameShape } from './frameShape.js';
import { KeyedRowType } from './keyedRow.js';
import type { Part } from './learnedShape.js';
import { ListType } from './list.js';
import { OrRead } from './readFrame.js';

type Members = Record<string | number, unknown>;

/** An object or a list, with its members as they were in the frame before. A copy of them is handed out. */
class Made {
  readonly parts: { readonly key: string | number; readonly part: Made }[] = [];
  /** What was handed out, as long as nothing in it has changed. */
  made: unknown = REFUSED;
  /** What copies the members, once there was a frame. */
  copy: Copier | undefined;

  constructor(
    readonly members: Members,
    /** What the copy is read to. */
    readonly read: TryDecode<unknown> = asItIs,
  ) {}
}

/** Where what a hole holds goes, how it is read, and what it held last. */
class Slot {
  held: unknown = REFUSED;

  constructor(
    readonly into: Made,
    readonly key: string | number,
    readonly read: TryDecode<unknown>,
  ) {}
}

/** One of the members of an object or a list. */
interface Member {
  readonly key: string | number;
  /** Under which key it stands in the frame. */
  readonly place: string;
  /** None of what is passed over, which stays as it is. */
  readonly codec: t.Mixed | undefined;
}

const asItIs: TryDecode<unknown> = (u) => u;

/**
 * Reads frames of a shape to what their codec makes of them: of what differs what is not as in the frame before. Nothing is
 * made, looked up and copied on the way there, which takes as long as parsing.
 */
export class FramePlan {
  /** By the hole; none of what is passed over. */
  readonly #slots: (Slot | undefined)[] = [];
  readonly #root: Made;

  /** @param codec Default: none, and frames come as they are. */
  constructor(
    readonly shape: FrameShape,
    codec: t.Mixed | undefined,
  ) {
    this.#root = this.#planned(shape.shape.root, codec);
  }

  /**
   * The frame that the shape has read last; {@link REFUSED} where that is for the codec to judge. What in it is as in the frame
   * before is the same object.
   */
  frame(): unknown {
    const { values } = this.shape;
    for (let hole = 0; hole < values.length; hole += 1) {
      const slot = this.#slots[hole];
      const held = values[hole];
      // Of zeros there are two.
      if (slot === undefined || (held === slot.held && held !== 0)) continue;
      const read = slot.read(held);
      if (read === REFUSED) return REFUSED;
      slot.held = held;
      slot.into.members[slot.key] = read;
      slot.into.made = REFUSED;
    }
    return made(this.#root);
  }

  #planned(part: Part, given: t.Mixed | undefined): Made {
    const codec = given instanceof OrRead ? (given.codec as t.Mixed) : given;
    const members = membersOf(part, codec);
    // Its codec does not say what they are: it is asked about the whole.
    if (members === undefined)
      return this.#filled(part, asTheyAre(part), new Made(emptyOf(part), tryDecodeOf(codec as t.Mixed)));
    return this.#filled(part, members, new Made(codec instanceof KeyedRowType ? {} : emptyOf(part)));
  }

  #filled({ holes, parts }: Part, members: readonly Member[], into: Made): Made {
    for (const { key, place, codec } of members) {
      const hole = holes.find((one) => one.key === place)?.hole;
      const inner = parts.find((one) => one.key === place)?.part;
      into.members[key] = undefined;
      if (hole !== undefined)
        this.#slots[hole] = new Slot(into, key, codec === undefined ? asItIs : tryDecodeOf(codec));
      else if (inner !== undefined) into.parts.push({ key, part: this.#planned(inner, codec) });
      else {
        const read: unknown = tryDecodeOf<unknown>(codec as t.Mixed)(undefined);
        if (read === REFUSED) return new Made({}, () => REFUSED);
        into.members[key] = read;
      }
    }
    return into;
  }
}

/** Anew where anything in it has changed; REFUSED where it can't be read. */
function made(one: Made): unknown {
  const { members, parts } = one;
  let isSame = one.made !== REFUSED;
  for (const { key, part } of parts) {
    const inner = made(part);
    if (inner === members[key]) continue;
    if (inner === REFUSED) return REFUSED;
    members[key] = inner;
    isSame = false;
  }
  if (isSame) return one.made;
  if (Array.isArray(members)) return (one.made = one.read((members as readonly unknown[]).slice()));
  one.copy ??= copierOf(Object.keys(members));
  return (one.made = one.read(one.copy(members)));
}

function emptyOf({ isList }: Part): Members {
  const empty: object = isList ? [] : {};
  return empty as Members;
}

const asTheyAre = ({ isList, pattern }: Part): readonly Member[] =>
  Object.keys(pattern).map((place, at) => ({ key: isList ? at : place, place, codec: undefined }));

/** The members of an object or a list as it is read; `undefined` where its codec does not say what they are. */
function membersOf(part: Part, codec: t.Mixed | undefined): readonly Member[] | undefined {
  const { isList, pattern } = part;
  if (codec === undefined) return asTheyAre(part);
  if (isList) {
    if (codec instanceof KeyedRowType) return codec.fields.map(([key, own], i) => ({ key, place: `${i}`, codec: own }));
    return codec instanceof ListType
      ? asTheyAre(part).map((member) => ({ ...member, codec: codec.item as t.Mixed }))
      : undefined;
  }
  if (!(codec instanceof FrameType)) return undefined;
  // One that must be there may be absent where its codec makes something of that.
  const absent = codec.fields.filter(
    ({ key, isOptional, tryDecode }) =>
      !isOptional && !Object.hasOwn(pattern, key) && tryDecode(undefined) !== undefined,
  );
  const codecs = new Map(codec.fields.map((field) => [field.key, field.codec]));
  return [...Object.keys(pattern), ...absent.map(({ key }) => key)].map((key) => ({
    key,
    place: key,
    codec: codecs.get(key),
  }));
}
