import { networkNames } from '../../campaign/network.js';
import { leadWords } from '../../desk/lead-words.js';
import { number, Scroll, used, type Part } from './report-part.js';

const outcomes = ['published', 'expired', 'held', 'cancelled', 'rejected', 'uncertain'] as const;

/** How many announcements came to which end. */
export const Totals: Part = ({ rehearsal: { result } }) => (
  <section aria-labelledby="totals">
    <h2 id="totals">What became of {number(result.planned)} announcements</h2>
    <div class="share" aria-hidden="true">
      {outcomes.map((name) =>
        result[name] === 0 ? null : <span class={name} style={`flex-grow:${result[name]}`}></span>,
      )}
    </div>
    <Scroll label="Totals">
      <table>
        <thead>
          <tr>
            <th scope="col">Network</th>
            <th scope="col">planned</th>
            {outcomes.map((name) => (
              <th scope="col">
                <i class={`dot ${name}`}></i>
                {name}
              </th>
            ))}
            <th scope="col">twice</th>
          </tr>
        </thead>
        <tbody>
          {used(result).map((network) => {
            const tally = result.networks[network];
            return (
              tally && (
                <tr>
                  <th scope="row">{networkNames[network]}</th>
                  <td>{number(tally.planned)}</td>
                  {outcomes.map((name) => (
                    <td>{number(tally[name])}</td>
                  ))}
                  <td>{number(tally.duplicates)}</td>
                </tr>
              )
            );
          })}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">All</th>
            <td>{number(result.planned)}</td>
            {outcomes.map((name) => (
              <td>{number(result[name])}</td>
            ))}
            <td>{number(result.duplicates)}</td>
          </tr>
        </tfoot>
      </table>
    </Scroll>
  </section>
);

/** What was not published, and why. */
export const Reasons: Part = ({ rehearsal: { result } }) => (
  <section aria-labelledby="reasons">
    <h2 id="reasons">What was not published, and why</h2>
    {result.reasons.length === 0 ? (
      <p>Everything was published.</p>
    ) : (
      <Scroll label="What was not published">
        <table class="reasons">
          <thead>
            <tr>
              <th scope="col">Announcements</th>
              <th scope="col">Network</th>
              <th scope="col">Lead time</th>
              <th scope="col">State</th>
              <th scope="col">Why</th>
            </tr>
          </thead>
          <tbody>
            {result.reasons.map((one) => (
              <tr>
                <td>{number(one.count)}</td>
                <td>{networkNames[one.network]}</td>
                <td>{leadWords(one.leadTime)}</td>
                <td>
                  <i class={`dot ${one.state}`}></i>
                  {one.state}
                </td>
                <td class="why">{one.reason}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    )}
  </section>
);
