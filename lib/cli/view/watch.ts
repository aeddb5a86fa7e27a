import type { WatchInput } from './advance.js';
import { NO_CONTROLS, type Controls } from './controls.js';
import type { WatchState } from './watchState.js';

/** All that is watched: a view for each instrument, and what the keys have set. */
export interface Watch {
  /** In the order in which they were named. Never empty. */
  readonly views: readonly WatchState[];
  readonly controls: Controls;
}

/** What can happen to a watch. What belongs to one instrument names it; all else goes to every view. */
export type WatchEvent =
  (WatchInput & { readonly instrument?: string }) | { readonly type: 'key'; readonly at: number; readonly key: string };

export const watchOf = (...views: readonly WatchState[]): Watch => ({ views, controls: NO_CONTROLS });

/** The views as they are to be shown. */
export const shownViews = ({ views, controls }: Watch): readonly WatchState[] => controls.held ?? views;
