/** The part of `@swirly/types` we read; the parser names that package in its types but does not install it. */
declare module '@swirly/types' {
  export interface StreamMessage {
    readonly frame: number;
    readonly notification:
      | { readonly kind: 'N'; readonly value: string | readonly StreamMessage[] }
      | { readonly kind: 'C' }
      | { readonly kind: 'E' };
  }
  export interface StreamSpecification {
    readonly kind: 'S';
    readonly title: string | null | undefined;
    readonly frame: number;
    readonly messages: readonly StreamMessage[];
  }
  export interface TitleSegment {
    readonly type: 'text' | 'stream';
    readonly value: unknown;
  }
  export interface OperatorSpecification {
    readonly kind: 'O';
    readonly title: readonly TitleSegment[];
  }
  export type DiagramContent = (StreamSpecification | OperatorSpecification)[];
  export type DiagramStyles = Record<string, unknown>;
  export type ScalarNextMessageStyles = Record<string, unknown>;
  export interface RendererOptions {
    readonly styles?: DiagramStyles;
  }
  export interface DiagramRendering {
    readonly width: number;
    readonly height: number;
  }
  export interface DiagramSpecification {
    readonly content: DiagramContent;
    readonly styles: DiagramStyles;
  }
}
