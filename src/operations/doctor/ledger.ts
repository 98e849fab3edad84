import type { EpochMs } from '../../program/time.js';
import type { Database } from '../../storage/database.js';
import { createNoticeBoard } from '../../storage/notices.js';
import { neglected, waitingForRelease } from '../../storage/statistics.js';
import { failure, warning, type Finding } from './finding.js';

/** What in the ledger of an edition keeps announcements from followers. */
export async function ledgerFindings(
  database: Database,
  edition: string,
  now: EpochMs,
): Promise<readonly Finding[]> {
  const held = await waitingForRelease(database, edition);
  const overdue = await neglected(database, edition, now);
  const untold = await createNoticeBoard(database, edition).untold();
  return [
    ...(overdue > 0
      ? [
          failure(
            'ledger',
            `${String(overdue)} ${overdue === 1 ? 'announcement is' : 'announcements are'} overdue, and nothing goes out`,
            'Start `callboard run`, or `callboard work` beside `callboard serve`; where one is up, see `callboard accounts` for an account that rests',
          ),
        ]
      : []),
    ...(held > 0
      ? [
          warning(
            'ledger',
            `${String(held)} ${held === 1 ? 'announcement waits' : 'announcements wait'} for release`,
            'Release them with `callboard release --all`, or by id: `callboard status --needs-person`',
          ),
        ]
      : []),
    ...(untold.count > 0
      ? [
          warning(
            'ledger',
            `${String(untold.count)} ${untold.count === 1 ? 'notice' : 'notices'} to the organizer could not be told by webhook or e-mail, and ${untold.count === 1 ? 'is' : 'are'} tried again`,
            'Check the `organizer` part of callboard.yaml, and CALLBOARD_WEBHOOK and CALLBOARD_SMTP_URL in the environment',
          ),
        ]
      : []),
  ];
}
