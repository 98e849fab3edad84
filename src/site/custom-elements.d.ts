import 'hono/jsx';

declare module 'hono/jsx' {
  namespace JSX {
    interface IntrinsicElements {
      /** https://github.com/github/auto-complete-element */
      'auto-complete': { readonly src: string; readonly for: string; readonly children?: unknown };
      /** https://github.com/github/clipboard-copy-element */
      'clipboard-copy': {
        readonly value?: string;
        readonly for?: string;
        readonly class?: string;
        readonly role?: string;
        readonly children?: unknown;
      };
    }
  }
}
