import type { Topic } from './plan.js';

/**
 * Whose frames are that tell less than what was subscribed: of two topics of one slot those of the one that was subscribed
 * last, and nobody's as long as the venue has not ended the other. A wire has one of a slot at a time.
 */
export class Seats {
  /** By slot, the key of what was subscribed last. */
  readonly #taken = new Map<string, string>();
  /** By slot, the keys of what is being ended. */
  readonly #leaving = new Map<string, Set<string>>();

  /** These are subscribed now, each in its slot. */
  take(topics: readonly Topic[]): void {
    for (const { slot, key } of topics) if (slot !== undefined) this.#taken.set(slot, key);
  }

  /** These are being ended: frames of their slots may still be theirs. */
  leave(topics: readonly Topic[]): void {
    for (const { slot, key } of topics)
      if (slot !== undefined) this.#leaving.set(slot, (this.#leaving.get(slot) ?? new Set()).add(key));
  }

  /** The venue has ended this one; others of its slot may still be told. */
  ended({ slot, key }: Topic): void {
    const leaving = slot === undefined ? undefined : this.#leaving.get(slot);
    leaving?.delete(key);
    if (slot !== undefined && leaving?.size === 0) this.#leaving.delete(slot);
  }

  /** The venue has answered about it: whatever was being ended in its slot is over. */
  settled({ slot }: Topic): void {
    if (slot !== undefined) this.#leaving.delete(slot);
  }

  /** What was subscribed last in the slot, whatever else is being ended there. */
  takenIn(slot: string): string | undefined {
    return this.#taken.get(slot);
  }

  /** The key that a frame of the slot belongs to. */
  keyIn(slot: string): string | undefined {
    const key = this.#taken.get(slot);
    const leaving = this.#leaving.get(slot);
    return leaving === undefined || (leaving.size === 1 && key !== undefined && leaving.has(key)) ? key : undefined;
  }
}
