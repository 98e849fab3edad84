import type { FC } from 'hono/jsx';
import { Icon } from '../shell/icons.js';
import { SitePage } from '../shell/site-page.js';
import type { View } from '../shell/view.js';
import {
  operationsOf,
  shapesOf,
  type ApiDescription,
  type DescribedField,
  type DescribedOperation,
  type TypeWord,
} from './description.js';
import { liveExample } from './live-example.js';

/** The API for people who program, made from its description: what can be asked, with an example of this very program, and what is answered. */
export const ApiPage: FC<{
  readonly view: View;
  readonly description: ApiDescription;
}> = ({ view, description }) => {
  const { addresses } = view;
  const operations = operationsOf(description);
  return (
    <SitePage
      view={view}
      title="For developers"
      current="/api"
      styles={['api.css']}
      scripts={['clipboard-copy.js']}
    >
      <h1>For developers</h1>
      <p class="lead">
        The program is open to read as JSON below <code>{addresses.absolute('/api/v1')}</code>,
        without a key and from any page. Its description is{' '}
        <a href={addresses.to('/api/openapi.json')}>an OpenAPI 3.1 file</a>, and this page is made
        from it.
      </p>
      <ul class="api-rules">
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
      <nav aria-label="Operations">
        <ul class="api-list">
          {operations.map(({ id, path, summary }) => (
            <li>
              <a href={`#${id}`}>
                <code>{path}</code>
              </a>
              <span class="note">{summary}</span>
            </li>
          ))}
        </ul>
      </nav>
      {operations.map((operation) => (
        <Operation view={view} operation={operation} />
      ))}
      <h2>What is answered</h2>
      <p class="quiet">Properties without “optional” are always there.</p>
      {shapesOf(description).map(({ name, fields }) => (
        <section class="api-card" id={shapeId(name)}>
          <h3>{name}</h3>
          <Fields fields={fields} />
        </section>
      ))}
    </SitePage>
  );
};

const Operation: FC<{ readonly view: View; readonly operation: DescribedOperation }> = ({
  view,
  operation,
}) => {
  const { id, path, summary, parameters, answers } = operation;
  const example = liveExample(view.catalog, operation);
  return (
    <section class="api-card" id={id}>
      <h3>
        <code>GET {path}</code>
      </h3>
      <p>{summary}.</p>
      {parameters.length > 0 && (
        <>
          <h4>Parameters</h4>
          <Fields fields={parameters} />
        </>
      )}
      {example !== undefined && <Example view={view} path={`/api/v1${example}`} />}
      <h4>Answers</h4>
      <ul class="api-fields">
        {answers.map(({ status, description, contentType, type, fields }) => (
          <li>
            <p>
              <code class="status">{status}</code>{' '}
              <span class="note">
                {fields.length === 0 && (
                  <>
                    <Type words={type} />,{' '}
                  </>
                )}
                <code>{contentType}</code>
              </span>
            </p>
            {status !== '200' && <p>{description}</p>}
            {fields.length > 0 && <Fields fields={fields} />}
          </li>
        ))}
      </ul>
    </section>
  );
};

const Example: FC<{ readonly view: View; readonly path: string }> = ({
  view: { addresses },
  path,
}) => {
  const request = `curl '${addresses.absolute(path)}'`;
  return (
    <>
      <h4>Example</h4>
      <p class="api-request">
        <code>{request}</code>
      </p>
      <p class="api-actions">
        <a class="button" href={addresses.to(path)}>
          <Icon name="next" /> See what it answers
        </a>
        <clipboard-copy value={request} class="button" role="button">
          <Icon name="copy" /> Copy the request
        </clipboard-copy>
      </p>
    </>
  );
};

const Fields: FC<{ readonly fields: readonly DescribedField[] }> = ({ fields }) => (
  <ul class="api-fields">
    {fields.map(({ name, type, isRequired, description, fields: inner }) => (
      <li>
        <p>
          <code>{name}</code>{' '}
          <span class="note">
            <Type words={type} />
            {!isRequired && ', optional'}
            {inner.length > 0 && ', with'}
          </span>
        </p>
        {description !== '' && <p>{description}</p>}
        {inner.length > 0 && <Fields fields={inner} />}
      </li>
    ))}
  </ul>
);

const Type: FC<{ readonly words: readonly TypeWord[] }> = ({ words }) => (
  <>
    {words.map((word) =>
      typeof word === 'string' ? word : <a href={`#${shapeId(word.shape)}`}>{word.shape}</a>,
    )}
  </>
);

function shapeId(name: string): string {
  return `shape-${name}`;
}
