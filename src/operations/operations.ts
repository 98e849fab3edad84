import { z } from 'zod';
import { venueZone } from './venue-zone.js';
import type { Context } from '../context.js';
import { CallboardError } from '../errors.js';
import { backupTo } from '../storage/backup.js';
import { abandonMove, migrateTo } from '../storage/migrate-to.js';
import { accounts, connect, connectInput, disconnect, disconnectInput } from './accounts.js';
import { budget, budgetInput } from './budget.js';
import { change, changeInput } from './change.js';
import { changes, changesInput } from './changes.js';
import { doctor } from './doctor.js';
import { handOffDone, handOffDoneInput, handOffs } from './hand-offs.js';
import { importProgram } from './import-program.js';
import { invite, inviteInput } from './invite.js';
import { list, listInput, needs } from './list.js';
import { pause, pauseInput, resume } from './pause.js';
import { planWithTexts, type PlanOutput } from './plan.js';
import { publishFeeds, publishFeedsInput } from './publish-feeds.js';
import { resolve, resolveInput } from './resolve.js';
import { show, showInput } from './show.js';
import { status } from './status.js';

/** Something that a person asks of an edition. Input and result are JSON, so that it can be asked of another process. */
export interface Operation<Input, Result> {
  readonly input: z.ZodType<Input>;
  perform(context: Context, input: Input, progress: (done: unknown) => void): Promise<Result>;
}

const nothing = z.strictObject({});

function operation<Input, Result>(
  input: z.ZodType<Input>,
  perform: Operation<Input, Result>['perform'],
): Operation<Input, Result> {
  return { input, perform };
}

/** Every operation by its name. */
export const operations = {
  status: operation(nothing, (context) => status(context)),
  show: operation(showInput, show),
  list: operation(listInput, list),
  needs: operation(nothing, (context) => needs(context)),
  plan: operation(nothing, (context, _input, progress) => storedPlan(context, progress)),
  import: operation(
    z.strictObject({ dryRun: z.boolean().optional() }),
    (context, { dryRun = false }, progress) =>
      importProgram(context, { dryRun, onPage: (here, known) => progress({ here, known }) }),
  ),
  changes: operation(changesInput, changes),
  change: operation(changeInput, change),
  pause: operation(pauseInput, pause),
  resume: operation(nothing, (context) => resume(context)),
  accounts: operation(nothing, async (context) => ({
    zone: await venueZone(context),
    ...(await accounts(context)),
  })),
  connect: operation(connectInput, connect),
  disconnect: operation(disconnectInput, disconnect),
  budget: operation(budgetInput, budget),
  handOffs: operation(nothing, async (context) => ({
    zone: await venueZone(context),
    ...(await handOffs(context)),
  })),
  handOffDone: operation(handOffDoneInput, handOffDone),
  resolve: operation(resolveInput, resolve),
  invite: operation(inviteInput, invite),
  publishFeeds: operation(publishFeedsInput, publishFeeds),
  doctor: operation(nothing, (context) => doctor(context)),
  backup: operation(z.strictObject({ file: z.string() }), async ({ database }, { file }) => ({
    file,
    bytes: await backupTo(database, file),
  })),
  migrate: operation(
    z.strictObject({ url: z.string(), edition: z.string().optional() }),
    async ({ database, clock }, { url, edition }, progress) => ({
      editions: await migrateTo(database, url, {
        ...(edition !== undefined && { edition }),
        now: clock.now(),
        onProgress: progress,
      }),
    }),
  ),
  abandonMove: operation(
    z.strictObject({ edition: z.string() }),
    async ({ database }, { edition }) => ({
      edition,
      place: await abandonMove(database, edition),
    }),
  ),
} as const;

/** The name of an operation. */
export type OperationName = keyof typeof operations;
/** What an operation takes. */
export type OperationInput<Name extends OperationName> = Parameters<
  (typeof operations)[Name]['perform']
>[1];
/** What an operation answers. */
export type OperationResult<Name extends OperationName> = Awaited<
  ReturnType<(typeof operations)[Name]['perform']>
>;

/** Performs an operation whose name and input come from outside; both are checked. */
export async function performOperation(
  context: Context,
  name: string,
  input: unknown,
  progress: (done: unknown) => void = () => undefined,
): Promise<unknown> {
  const found = Object.hasOwn(operations, name)
    ? (operations as Record<string, Operation<unknown, unknown>>)[name]
    : undefined;
  const parsed = found?.input.safeParse(input);
  if (!found || !parsed?.success) {
    throw new CallboardError(
      'operation-unknown',
      {
        place: `operation ${name}`,
        problem: found
          ? z.prettifyError(parsed?.error ?? new z.ZodError([]))
          : 'there is none with this name',
        remedy: 'Use the same version of Callboard as the process that runs',
      },
      'usage',
    );
  }
  return found.perform(context, parsed.data, progress);
}

async function storedPlan(
  context: Context,
  progress: (done: unknown) => void,
): Promise<PlanOutput> {
  const inForce = await context.inForce();
  if (!inForce) {
    throw new CallboardError(
      'program-missing',
      {
        place: `edition ${context.edition.id}`,
        problem: 'no program was imported yet',
        remedy: 'Import one with `callboard import`',
      },
      'program',
    );
  }
  return planWithTexts(inForce, progress);
}
