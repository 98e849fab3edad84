import type { EpochMs } from '../../program/time.js';
import type {
  Actor,
  Announcement,
  AnnouncementFilter,
  Standing,
  StoryEntry,
} from '../../publish/ports.js';
import type { State } from '../../campaign/announcement.js';
import type { Queryable } from '../database.js';
import { announcementColumns, announcementOf, type AnnouncementRow } from './announcement-row.js';

interface StandingRow extends AnnouncementRow {
  readonly program_version: number;
  readonly paused_reason: string | null;
  readonly paused_at: string | null;
  readonly moved_to: string | null;
  readonly moved_at: string | null;
}

/** `Ledger.standing` for one edition, for several ids at once. An edition that was moved to another database is paused here for good. */
export async function standing(
  database: Queryable,
  edition: string,
  ids: readonly string[],
): Promise<readonly (Standing | undefined)[]> {
  const { rows } = await database.query<StandingRow>(
    `SELECT ${announcementColumns}, e.program_version, e.paused_reason, e.paused_at, e.moved_to, e.moved_at
     FROM callboard.announcements a JOIN callboard.editions e ON e.id = a.edition
     LEFT JOIN callboard.posts p ON p.announcement = a.id AND p.announcement = ANY($1::text[])
     WHERE a.id = ANY($1::text[]) AND a.edition = $2 AND e.id = $2`,
    [ids, edition],
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id) => standingOf(byId.get(id)));
}

function standingOf(row: StandingRow | undefined): Standing | undefined {
  if (row === undefined) return undefined;
  const paused = pauseOf(row);
  return {
    announcement: announcementOf(row),
    programVersion: row.program_version,
    ...(paused === undefined ? {} : { paused }),
  };
}

function pauseOf(row: StandingRow): { reason: string; since: EpochMs } | undefined {
  if (row.moved_to !== null) {
    return { reason: `moved to ${row.moved_to}`, since: Number(row.moved_at) };
  }
  if (row.paused_at === null) return undefined;
  return { reason: row.paused_reason ?? '', since: Number(row.paused_at) };
}

/** `Ledger.list` for one edition. */
export async function list(
  database: Queryable,
  edition: string,
  filter: AnnouncementFilter,
): Promise<readonly Announcement[]> {
  const { where, values } = conditions(edition, filter);
  const { rows } = await database.query<AnnouncementRow>(
    `SELECT ${announcementColumns} FROM callboard.announcements a LEFT JOIN callboard.posts p ON p.announcement = a.id
     WHERE ${where} ORDER BY a.due_at, a.id${filter.limit === undefined ? '' : ` LIMIT $${String(values.push(filter.limit))}`}`,
    values,
  );
  return rows.map(announcementOf);
}

/** Only what was asked stands in the statement, so that each kind of question finds its index. */
function conditions(
  edition: string,
  filter: AnnouncementFilter,
): { readonly where: string; readonly values: unknown[] } {
  const values: unknown[] = [edition];
  const clauses = ['a.edition = $1'];
  const add = (clause: string, value: unknown) => {
    if (value !== undefined) clauses.push(clause.replace('?', `$${String(values.push(value))}`));
  };
  add('a.id = ANY(?::text[])', filter.ids);
  add('a.state = ANY(?::text[])', filter.states);
  add('a.network = ANY(?::text[])', filter.networks);
  add('a.account = ANY(?::text[])', filter.accounts);
  add('a.lead_time = ANY(?::text[])', filter.leadTimes);
  add('a.sessions && ?::text[]', filter.sessions);
  add('a.due_at < ?', filter.dueBefore);
  add('a.due_at > ?', filter.dueAfter);
  add('a.needs_person = ?', filter.needsPerson);
  add('a.hold_reason = ANY(?::text[])', filter.holdReasons);
  return { where: clauses.join(' AND '), values };
}

interface StoryRow {
  readonly at: string;
  readonly from_state: State | null;
  readonly to_state: State;
  readonly reason: string | null;
  readonly actor: Actor;
  readonly attempt: number | null;
}

/** `Ledger.story` for one edition, oldest first. */
export async function story(
  database: Queryable,
  edition: string,
  id: string,
): Promise<readonly StoryEntry[]> {
  const { rows } = await database.query<StoryRow>(
    `SELECT s.at, s.from_state, s.to_state, s.reason, s.actor, s.attempt FROM callboard.story s
     JOIN callboard.announcements a ON a.id = s.announcement WHERE a.id = $1 AND a.edition = $2 ORDER BY s.entry`,
    [id, edition],
  );
  return rows.map((row) => ({
    at: Number(row.at),
    ...(row.from_state === null ? {} : { from: row.from_state }),
    to: row.to_state,
    ...(row.reason === null ? {} : { reason: row.reason }),
    actor: row.actor,
    ...(row.attempt === null ? {} : { attempt: row.attempt }),
  }));
}
