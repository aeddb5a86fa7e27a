import type { WatchState } from './watchState.js';

/** What the keys have set. */
export interface Controls {
  /** Which of the views is shown whole, from 0. */
  readonly chosen: number;
  /** How often levels were made coarser; 0: as the venue tells them. */
  readonly grouping: number;
  /** Whether the keys are explained. */
  readonly help: boolean;
  /** The views as they stood when the screen was held. */
  readonly held: readonly WatchState[] | undefined;
  /** What has been typed of a symbol; `undefined` while none is. */
  readonly typed: string | undefined;
}

export const NO_CONTROLS: Controls = { chosen: 0, grouping: 0, help: false, held: undefined, typed: undefined };
