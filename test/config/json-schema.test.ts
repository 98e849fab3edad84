import { Ajv } from 'ajv';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { packageRoot } from '../../src/config/package-root.js';
import { configJsonSchema } from '../../src/config/schema.js';
import { minimal } from './config-error.js';

const path = join(packageRoot, 'config/callboard.schema.json');

describe('the JSON Schema of the config', () => {
  it('is the one in config/callboard.schema.json; `vitest run test/config -u` writes it anew', async () => {
    const style = await resolveConfig(path);
    const text = await format(JSON.stringify(configJsonSchema()), { ...style, filepath: path });
    await expect(text).toMatchFileSnapshot(path);
  });

  it('accepts the sample’s config and a minimal one, and refuses what is none', () => {
    const ajv = new Ajv({ strict: true, strictTypes: false, allErrors: true });
    const valid = ajv.compile(configJsonSchema());
    const sample = readFileSync(join(packageRoot, 'config/callboard.yaml'), 'utf8');
    expect([valid(parse(sample)), valid.errors]).toEqual([true, null]);
    expect(valid(parse(minimal))).toBe(true);
    expect(valid(parse(minimal.replace('preview:bluesky', 'bluesky:@meeting')))).toBe(true);
    expect(valid(parse(minimal.replace('preview:bluesky', 'preview:blusky')))).toBe(false);
    expect(valid(parse(minimal.replace('name:', 'nam:')))).toBe(false);
  });

  it('describes every setting for editors', () => {
    const nameless = (node: unknown, at: string): string[] => {
      if (typeof node !== 'object' || node === null) return [];
      const { properties = {}, ...rest } = node as { properties?: Record<string, object> };
      const missing = Object.entries(properties)
        .filter(([, value]) => !('description' in value) && !('anyOf' in value))
        .map(([key]) => `${at}.${key}`);
      const inner = [...Object.entries(properties), ...Object.entries(rest)];
      return [...missing, ...inner.flatMap(([key, value]) => nameless(value, `${at}.${key}`))];
    };
    expect(nameless(configJsonSchema(), '')).toEqual([]);
  });

  it('is named in the sample’s config', () => {
    const sample = readFileSync(join(packageRoot, 'config/callboard.yaml'), 'utf8');
    expect(sample.split('\n')[0]).toBe('# yaml-language-server: $schema=./callboard.schema.json');
  });
});
