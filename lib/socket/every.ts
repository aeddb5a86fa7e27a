import { type Observable, type SchedulerLike, repeat, timer } from 'rxjs';
import { steady } from '../time/steadyScheduler.js';

/**
 * Emits every so many ms. Unlike `interval` each is a timer of its own: an action that reschedules itself keeps all before it
 * where time is virtual.
 */
export const every = (ms: number, scheduler: SchedulerLike): Observable<unknown> =>
  timer(ms, steady(scheduler)).pipe(repeat());
