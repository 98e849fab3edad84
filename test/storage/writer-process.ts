// Writes numbers into the embedded database of a folder and says each when it is acknowledged, until it is killed.
import { openDatabase } from '../../src/storage/opening.js';

const [, , folder = '', pristine = ''] = process.argv;
const database = await openDatabase({ folder, pristine });
await database.query('CREATE TABLE IF NOT EXISTS public.written (n int)');
const { rows } = await database.query<{ next: number }>(
  'SELECT coalesce(max(n), 0)::int + 1 AS next FROM public.written',
);
for (let n = rows[0]?.next ?? 1; ; n += 1) {
  await database.query('INSERT INTO public.written VALUES ($1)', [n]);
  process.stdout.write(`${String(n)}\n`);
}
