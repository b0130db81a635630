// What the generated data says, read as rules read it.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { type ComposeType, composeFileType } from '../../src/standards/compose/schema.js';

/** The type at a path: a field, `*` for a key of any name, `[]` for an item. */
function typeAt(path: string): ComposeType | undefined {
  let type: ComposeType | undefined = composeFileType();
  for (const key of path.split('.')) {
    if (key === '[]') type = type?.list?.of;
    else type = key === '*' ? type?.map?.others?.of : type?.map?.fields.get(key);
  }
  return type;
}

describe('the schema of Compose files', () => {
  for (const [path, kinds] of [
    ['version', 'string'],
    ['services.*.image', 'string'],
    ['services.*.privileged', 'boolean string'],
    ['services.*.command', 'list null string'],
    ['services.*.environment', 'list map'],
    ['services.*.environment.*', 'boolean null number string'],
    ['services.*.ports.[]', 'map number string'],
    ['services.*.ports.[].target', 'integer string'],
    ['services.*.deploy.resources.limits.memory', 'string'],
    ['services.*.build.ulimits.*.soft', 'integer string'],
    ['services.*.networks.*', 'map null'],
    ['services.*.depends_on', 'list map'],
    ['services.*.gpus.[].device_ids', 'list'],
    ['volumes.*.external', 'boolean map string'],
    ['configs.*.content', 'string'],
    ['models.*.context_size', 'integer'],
    // What was added to the copy that it is taken from.
    ['services.*.pre_start.[].image', 'string'],
    ['services.*.build.provenance', 'boolean string'],
    ['services.*.build.sbom', 'boolean string'],
    ['services.*.develop.watch.[].initial_sync', 'boolean'],
  ] as const) {
    it(`has ${path} as ${kinds}`, () => {
      const type = typeAt(path);
      const found: string[] = [...(type?.scalars ?? [])];
      if (type?.list !== undefined) found.push('list');
      if (type?.map !== undefined) found.push('map');
      assert.equal(found.sort().join(' '), kinds);
    });
  }

  it('knows what Compose casts, and what may also be a text', () => {
    const casts = ['services.*.privileged', 'services.*.build.provenance', 'services.*.environment.*'].map(
      (path) => typeAt(path)?.castsToBoolean,
    );
    assert.deepEqual(casts, [true, false, false]);
  });

  it('says which maps take other keys', () => {
    const extensible = ['services.*', 'services.*.extends', 'services'].map((path) => typeAt(path)?.map?.extensible);
    assert.deepEqual(extensible, [true, false, false]);
    assert.equal(typeAt('services.*.storage_opt')?.map?.open, true);
    assert.equal(typeAt('services.*.healthcheck')?.map?.open, false);
    assert.equal(typeAt('services')?.map?.others?.name.test('a b'), false);
  });

  it('makes a type that has a name once', () => {
    assert.notEqual(typeAt('services.*.labels'), undefined);
    assert.equal(typeAt('services.*.labels'), typeAt('networks.*.labels'));
  });
});
