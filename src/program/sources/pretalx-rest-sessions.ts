import { sourceId } from '../identity.js';
import type { Link } from '../model.js';
import { parseMoment } from '../moment.js';
import { excerpt, report, type Problems } from '../problem.js';
import type { SourceMoment, SourceSession } from '../source.js';
import { listOf, objectOf, textOf, type JsonObject } from './json-values.js';
import type { PretalxCast } from './pretalx-rest-cast.js';
import type { PretalxEntry, PretalxTables } from './pretalx-rest-tables.js';
import type { PretalxTexts } from './pretalx-rest-texts.js';

/** What sessions are made with. */
export interface PretalxReading {
  readonly tables: PretalxTables;
  readonly texts: PretalxTexts;
  readonly cast: PretalxCast;
  readonly problems: Problems;
  /** The public page of a session, where the documents' addresses tell it. */
  readonly page: (code: string) => string | undefined;
}

/** Called off after it was on the program: with a slot it is cancelled, as the source says so; without one nobody was ever told of it. */
const calledOff = new Set(['canceled', 'cancelled', 'withdrawn', 'rejected', 'deleted']);
const undecided = new Set(['draft', 'submitted']);

/**
 * The sessions: one per slot of a submission, and the breaks that slots describe without one. Proposals that are not on the program are left out, each
 * state counted in a note.
 */
export function pretalxSessions(reading: PretalxReading): readonly SourceSession[] {
  const { tables, problems } = reading;
  const slots = slotsByCode(tables);
  const leftOut = new Map<string, number>();
  let unconfirmed = 0;
  const sessions: SourceSession[] = [];
  for (const [code, entry] of tables.submission) {
    const state = textOf(entry.fields.state)?.toLowerCase() ?? 'confirmed';
    const own = slotsOf(entry.fields, slots.get(code) ?? []);
    if (undecided.has(state) || (calledOff.has(state) && own.length === 0)) {
      leftOut.set(state, (leftOut.get(state) ?? 0) + 1);
      continue;
    }
    if (state === 'accepted' && own.length > 0) unconfirmed += 1;
    sessions.push(...perSlot(entry, code, own, { ...reading, cancelled: calledOff.has(state) }));
  }
  for (const entry of slots.get('') ?? []) sessions.push(...breakOf(entry, reading));
  for (const [code, entries] of slots) {
    if (code !== '' && !tables.submission.has(code)) lost(problems, code, entries);
  }
  for (const [state, count] of leftOut) {
    report(problems, 'note', 'not-on-program', {
      place: 'submissions',
      problem: `${count} proposals are ${excerpt(state)} and without a slot, so they are no sessions`,
      remedy: 'Nothing, where that is so; else correct their state in pretalx',
    });
  }
  if (unconfirmed > 0) {
    report(problems, 'note', 'unconfirmed', {
      place: 'submissions',
      problem: `${unconfirmed} sessions are accepted, but not confirmed by their speakers; they are read like the others`,
      remedy: 'Ask the speakers to confirm, or take the sessions off the schedule in pretalx',
    });
  }
  return sessions;
}

/** A slot whose submission no document holds is a time without a title. */
function lost(problems: Problems, code: string, [first]: readonly PretalxEntry[]): void {
  report(problems, 'dropped', 'unresolved-reference', {
    place: first?.place ?? 'slots',
    problem: `a slot is of the submission ${excerpt(code)}, which no document describes`,
    remedy: 'Give the address of the API itself, or add its answer on submissions to the folder',
  });
}

/** Slots by the code of their submission; those without one under the empty text. */
function slotsByCode({ slot }: PretalxTables): ReadonlyMap<string, readonly PretalxEntry[]> {
  const byCode = new Map<string, PretalxEntry[]>();
  for (const entry of slot.values()) {
    const { submission } = entry.fields;
    const code = textOf(objectOf(submission)?.code) ?? textOf(submission) ?? '';
    const same = byCode.get(code);
    if (same) same.push(entry);
    else byCode.set(code, [entry]);
  }
  return byCode;
}

/** Its slots in the order of time, each once; the schedule's own data file writes the time on the talk itself. */
function slotsOf(submission: JsonObject, known: readonly PretalxEntry[]): readonly JsonObject[] {
  const all = known.map(({ fields }) => fields);
  if (all.length === 0 && textOf(submission.start) !== undefined) all.push(submission);
  const seen = new Map<string, JsonObject>();
  for (const slot of all) {
    if (textOf(slot.start) === undefined) continue;
    const room = objectOf(slot.room);
    const mark = JSON.stringify([slot.start, textOf(slot.room_id ?? room?.id ?? slot.room)]);
    if (!seen.has(mark)) seen.set(mark, slot);
  }
  return [...seen.values()].sort((a, b) => atOf(a) - atOf(b));
}

function atOf({ start }: JsonObject): number {
  const at = Date.parse(textOf(start) ?? '');
  return Number.isNaN(at) ? 0 : at;
}

function perSlot(
  { fields, place }: PretalxEntry,
  code: string,
  slots: readonly JsonObject[],
  { texts, cast, page, cancelled }: PretalxReading & { readonly cancelled: boolean },
): readonly SourceSession[] {
  const people = cast.speakers(fields).map((person) => ({ person, role: 'presenter' as const }));
  const shared = {
    title: texts.text(fields.title),
    type: cast.type(fields.submission_type),
    unit: cast.track(fields.track),
    abstract: abstractOf(texts.text(fields.abstract), texts.text(fields.description)),
    languages: textOf(fields.content_locale),
    links: listOf(fields.resources).flatMap(linkOf),
    url: page(code),
    cancelled,
    people,
    presentations: [],
  };
  // The ids of slots change with every release of the schedule; the order of several is what stays.
  const several = slots.length > 1;
  return (slots.length === 0 ? [{}] : slots).map((slot: JsonObject, index) => ({
    ...shared,
    place: several ? `${place} (slot ${index + 1})` : place,
    ids: [...(several ? sourceId('code', `${code}/${index + 1}`) : []), ...sourceId('code', code)],
    start: momentOf(slot.start),
    end: momentOf(slot.end),
    durationMs: minutesOf(slot.duration ?? fields.duration),
    room: cast.room(slot.room, slot.room_id),
  }));
}

/** A slot without a submission: a break with a text, or a blocked room without one, which is no session. */
function breakOf(
  { fields, place }: PretalxEntry,
  { texts, cast }: PretalxReading,
): readonly SourceSession[] {
  const title = texts.text(fields.title) ?? texts.text(fields.description);
  if (title === undefined || fields.slot_type === 'blocker') return [];
  const start = momentOf(fields.start);
  return [
    {
      place,
      ids: sourceId('break', `${textOf(fields.start) ?? ''} ${title.slice(0, 100)}`),
      title,
      type: 'Break',
      start,
      end: momentOf(fields.end),
      durationMs: minutesOf(fields.duration),
      room: cast.room(fields.room, fields.room_id),
      cancelled: false,
      people: [],
      presentations: [],
    },
  ];
}

function momentOf(value: unknown): SourceMoment | undefined {
  const text = textOf(value);
  return text === undefined ? undefined : parseMoment(text);
}

function minutesOf(value: unknown): number | undefined {
  const minutes = Number(textOf(value) ?? Number.NaN);
  return Number.isFinite(minutes) && minutes >= 0 && minutes < 100_000
    ? minutes * 60_000
    : undefined;
}

function abstractOf(short = '', long = ''): string | undefined {
  if (long === '' || short.startsWith(long)) return short === '' ? undefined : short;
  return short === '' || long.startsWith(short) ? long : `${short}\n\n${long}`;
}

function linkOf(value: unknown): readonly Link[] {
  const resource = objectOf(value);
  const url = textOf(resource?.resource) ?? textOf(resource?.url);
  if (url === undefined) return [];
  const title = textOf(resource?.description);
  return [title === undefined ? { url } : { url, title }];
}
