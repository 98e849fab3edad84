import type { FC, PropsWithChildren } from 'hono/jsx';

/** When, where and what something is, in one line: first its children, then each fact that there is. */
export const MetaLine: FC<
  PropsWithChildren<{ readonly facts: readonly (string | undefined)[] }>
> = ({ facts, children }) => (
  <p class="meta">
    {children}
    {facts.map((fact) =>
      fact === undefined ? null : (
        <>
          {' · '}
          <span dir="auto">{fact}</span>
        </>
      ),
    )}
  </p>
);
