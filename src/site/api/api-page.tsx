import type { FC } from 'hono/jsx';
import { SitePage } from '../shell/site-page.js';
import type { View } from '../shell/view.js';

/** An operation as the page says it. */
export interface DescribedOperation {
  readonly path: string;
  readonly summary: string;
  readonly parameters: readonly { readonly name: string; readonly description: string }[];
}

/** What an OpenAPI description says of each operation, in its order. */
export function operationsOf({ paths = {} }: { readonly paths?: unknown }): DescribedOperation[] {
  const all = paths as Readonly<Record<string, { readonly get?: OperationObject }>>;
  return Object.entries(all).map(([path, { get }]) => ({
    path,
    summary: get?.summary ?? '',
    parameters: (get?.parameters ?? []).map(({ name, description, schema }) => ({
      name,
      description: description ?? schema?.description ?? '',
    })),
  }));
}

interface OperationObject {
  readonly summary?: string;
  readonly parameters?: readonly {
    readonly name: string;
    readonly description?: string;
    readonly schema?: { readonly description?: string };
  }[];
}

/** The API for people who program: what it has, in the order of its description. */
export const ApiPage: FC<{
  readonly view: View;
  readonly operations: readonly DescribedOperation[];
}> = ({ view, operations }) => {
  const { addresses } = view;
  return (
    <SitePage view={view} title="For developers" current="/api">
      <h1>For developers</h1>
      <p>
        The program is open to read as JSON below <code>{addresses.absolute('/api/v1')}</code>,
        without a key and from any page. Its description is{' '}
        <a href={addresses.to('/api/openapi.json')}>an OpenAPI 3.1 file</a>.
      </p>
      <ul>
        <li>
          Keys are permanent. Times are ISO 8601 with the offset of the conference’s zone, where not
          said otherwise.
        </li>
        <li>
          Long lists come in pages: ask again with <code>cursor</code> set to <code>next</code>, as
          long as there is one.
        </li>
        <li>
          Send back the <code>ETag</code> as <code>If-None-Match</code>: what has not changed is
          answered with 304.
        </li>
        <li>
          Errors are <code>application/problem+json</code> with place, problem and remedy.
        </li>
      </ul>
      <h2>What can be asked</h2>
      <dl class="operations">
        {operations.map(({ path, summary, parameters }) => (
          <div>
            <dt>
              <code>GET {path}</code>
            </dt>
            <dd>
              {summary}.
              {parameters.length > 0 && (
                <ul>
                  {parameters.map(({ name, description }) => (
                    <li>
                      <code>{name}</code>
                      {description === '' ? '' : `: ${description}`}
                    </li>
                  ))}
                </ul>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </SitePage>
  );
};
