import { spawn, type ChildProcess } from 'node:child_process';
import type { CrashWorkerOrders, CrashWorkerReport } from './crash-worker-messages.js';

type ReportOf<Kind extends CrashWorkerReport['kind']> = Extract<CrashWorkerReport, { kind: Kind }>;

/** One life of a worker, in a process of its own. */
export interface CrashWorker {
  readonly pid: number;
  /** Resolves when the process has ended, in whatever way; the text is its standard error. */
  readonly ended: Promise<string>;
  /** Resolves when it has swept and reconciled and takes jobs. */
  readonly working: Promise<unknown>;
  /** What is still open by its latest count; undefined before the first. */
  readonly counts: ReportOf<'counts'> | undefined;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
  /** Ends it in order, and answers what the ledger has. */
  end(): Promise<ReportOf<'ledger'>>;
}

/** How long it may take to end in order. */
const endingMs = 30_000;

/** Starts a worker. */
export function startCrashWorker(file: string, orders: CrashWorkerOrders): CrashWorker {
  const child: ChildProcess = spawn(process.execPath, [file, JSON.stringify(orders)], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let complaints = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    complaints += text;
  });
  const ended = new Promise<string>((resolve) => {
    child.once('close', () => resolve(complaints));
  });
  let counts: ReportOf<'counts'> | undefined;
  const working = new Promise<void>((resolve) => {
    child.on('message', (report: CrashWorkerReport) => {
      if (report.kind === 'counts') counts = report;
      if (report.kind === 'working') resolve();
    });
  });
  // A worker that is killed may have a message on its way.
  child.on('error', () => undefined);

  return {
    pid: child.pid ?? 0,
    ended,
    working,
    get counts() {
      return counts;
    },
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
    async end() {
      const ledger = new Promise<ReportOf<'ledger'>>((resolve) => {
        child.on('message', (report: CrashWorkerReport) => {
          if (report.kind === 'ledger') resolve(report);
        });
      });
      child.send('end');
      const timer = setTimeout(() => child.kill('SIGKILL'), endingMs);
      const complaint = await ended;
      clearTimeout(timer);
      return Promise.race([
        ledger,
        Promise.reject(new Error(`the worker ended without a word: ${complaint}`)),
      ]);
    },
  };
}
