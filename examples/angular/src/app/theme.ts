import { DOCUMENT, DestroyRef, Injectable, computed, effect, inject, signal } from '@angular/core';

export type Choice = 'auto' | 'light' | 'dark';
const NEXT: Readonly<Record<Choice, Choice>> = { auto: 'light', light: 'dark', dark: 'auto' };

/** Light, dark, or as the reader's system has it. */
@Injectable({ providedIn: 'root' })
export class Theme {
  readonly #root = inject(DOCUMENT).documentElement;
  readonly #system = matchMedia('(prefers-color-scheme: dark)');
  readonly #isSystemDark = signal(this.#system.matches);
  readonly choice = signal<Choice>('auto');
  /** What a canvas paints with: it reads no style sheet. */
  readonly colours = computed(() => {
    this.#isSystemDark();
    this.#root.style.colorScheme = this.choice() === 'auto' ? 'light dark' : this.choice();
    const of = (name: string): string => resolved(this.#root, name);
    return { ink: of('--muted'), line: of('--line'), buy: of('--buy'), sell: of('--sell'), ground: of('--raised') };
  });

  constructor() {
    const hear = (): void => this.#isSystemDark.set(this.#system.matches);
    this.#system.addEventListener('change', hear);
    inject(DestroyRef).onDestroy(() => this.#system.removeEventListener('change', hear));
    effect(() => this.colours());
  }

  next(): void {
    this.choice.update((choice) => NEXT[choice]);
  }
}

/** A custom property as a colour: `light-dark()` is only decided where it is used. */
function resolved(root: HTMLElement, name: string): string {
  const probe = root.ownerDocument.createElement('i');
  probe.style.color = `var(${name})`;
  root.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}
