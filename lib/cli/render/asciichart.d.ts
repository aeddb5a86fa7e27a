/** The part that is used; the package comes without types. */
declare module 'asciichart' {
  export interface PlotConfig {
    /** Rows between the lowest and the highest value; one more is drawn. */
    readonly height?: number;
    readonly min?: number;
    readonly max?: number;
    readonly format?: (value: number) => string;
  }
  export function plot(series: readonly number[], config?: PlotConfig): string;
}
