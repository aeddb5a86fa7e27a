import type { Provider } from '@angular/core';

/** A part of what `provideMillrace` provides: made by one of the functions that begin with `with`. */
export interface MillraceFeature {
  readonly providers: readonly Provider[];
}
