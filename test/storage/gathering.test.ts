import { describe, expect, it } from 'vitest';
import { gathering } from '../../src/storage/gathering.js';

const limits = { atOnce: 1, most: 3 };
const refused = Object.assign(new Error('refused'), { code: '23505' });

/** Notes what was done together; `fail` says with what it fails. */
function ledgerOf(fail: (inputs: readonly string[]) => Error | undefined = () => undefined) {
  const batches: string[][] = [];
  const together = async (inputs: readonly string[]) => {
    batches.push([...inputs]);
    await new Promise((resolve) => setTimeout(resolve, 5));
    const fault = fail(inputs);
    if (fault) throw fault;
    return inputs.map((input) => input.toUpperCase());
  };
  return { batches, together };
}

describe('calls that come at the same time', () => {
  it('go together, and each gets its own answer', async () => {
    const { batches, together } = ledgerOf();
    const call = gathering(together, limits);
    expect(await Promise.all(['a', 'b', 'c'].map(call))).toEqual(['A', 'B', 'C']);
    expect(batches).toEqual([['a', 'b', 'c']]);
  });

  it('wait for those under way, and are no more than fit into one statement', async () => {
    const { batches, together } = ledgerOf();
    const call = gathering(together, limits);
    expect(await Promise.all(['a', 'b', 'c', 'd', 'e'].map(call))).toHaveLength(5);
    expect(batches).toEqual([
      ['a', 'b', 'c'],
      ['d', 'e'],
    ]);
  });

  it('go on beside one that hangs, as far as several may be under way', async () => {
    let release: () => void = () => undefined;
    const hangs = new Promise<void>((resolve) => {
      release = resolve;
    });
    const call = gathering(
      async (inputs: readonly string[]) => {
        if (inputs.includes('hangs')) await hangs;
        return inputs;
      },
      { atOnce: 2, most: 1 },
    );
    const stuck = call('hangs');
    expect(await Promise.all(['a', 'b'].map(call))).toEqual(['a', 'b']);
    release();
    expect(await stuck).toBe('hangs');
  });

  it('are done one by one when the database refuses them together, so that only the bad one fails', async () => {
    const { batches, together } = ledgerOf((inputs) =>
      inputs.includes('bad') ? refused : undefined,
    );
    const call = gathering(together, limits);
    const answers = await Promise.allSettled(['a', 'bad', 'c'].map(call));
    expect(answers).toEqual([
      { status: 'fulfilled', value: 'A' },
      { status: 'rejected', reason: refused },
      { status: 'fulfilled', value: 'C' },
    ]);
    expect(batches).toEqual([['a', 'bad', 'c'], ['a'], ['bad'], ['c']]);
  });

  it('all fail, and none is done again, when the connection breaks: it proves nothing', async () => {
    const broken = Object.assign(new Error('gone'), { code: 'ECONNRESET' });
    const { batches, together } = ledgerOf(() => broken);
    const call = gathering(together, limits);
    const answers = await Promise.allSettled(['a', 'b'].map(call));
    expect(answers).toEqual([
      { status: 'rejected', reason: broken },
      { status: 'rejected', reason: broken },
    ]);
    expect(batches).toEqual([['a', 'b']]);
  });
});
