import { type SchedulerAction, Subscription } from 'rxjs';

/** Has a task run after a delay in ms. Asked again for a task that still waits, the later delay counts. */
export type Arm = (task: Task, delay: number) => void;

/** What a clock runs. It ends once it has run without asking for another turn. */
export class Task extends Subscription {
  private turns = 0;

  constructor(
    private readonly work: () => void,
    private readonly arm: Arm,
  ) {
    super();
  }

  after(delay: number): this {
    if (this.closed) return this;
    this.turns += 1;
    // What is no number is no wait: a clock that counted by it would count no more.
    this.arm(this, delay > 0 ? delay : 0);
    return this;
  }

  run(): void {
    const { turns } = this;
    this.work();
    if (this.turns === turns) this.unsubscribe();
  }
}

/** What a scheduler is given to do, as RxJS has it. */
export type Work<T> = (this: SchedulerAction<T>, state: T) => void;

/** A task in the shape in which RxJS schedules its work. */
export function taskOf<T>(work: Work<T>, first: T, arm: Arm): Task & SchedulerAction<T> {
  let state = first;
  const task: Task & SchedulerAction<T> = Object.assign(
    new Task(() => {
      work.call(task, state);
    }, arm),
    {
      schedule: (next?: T, delay = 0): Subscription => {
        state = next as T;
        return task.after(delay);
      },
    },
  );
  return task;
}
