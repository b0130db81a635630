import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { FileKind } from '../../src/model/format.js';
import { ignoreEdit } from '../../src/service/ignore.js';
import { applyEdits } from '../../src/text/edit.js';
import { lint } from '../support/lint.js';

/** The text with the first finding of a rule ignored; undefined where no comment does it. */
function ignored(kind: FileKind, text: string, rule: string): string | undefined {
  const linted = lint(kind, text);
  const finding = linted.findings.find((one) => one.rule === rule);
  assert.ok(finding, `${rule} speaks of the text`);
  const edit = ignoreEdit(linted, finding, 'why not', (changed) => lint(kind, changed));
  return edit === undefined ? undefined : applyEdits(text, [edit]);
}

describe('ignoring a finding', () => {
  it('looks for a place up to the first line, also where that is empty', () => {
    // What was a loop without an end: no line above is less indented, and none can have the comment.
    assert.equal(ignored('config', '\n  one # two\n  two\nb:\n', 'invalid-config'), undefined);
  });

  it('never puts a comment where it breaks the text, even if that hides as much as it breaks', () => {
    assert.equal(
      ignored('config', 'e: l\n v\nd:\n', 'invalid-config'),
      '# plimsoll: ignore[invalid-config] why not\ne: l\n v\nd:\n',
    );
  });

  it('never comes between an ignore comment of another tool and what that speaks of', () => {
    assert.equal(
      ignored('dockerfile', 'ARG A=1\n# Why.\n#hadolint ignore=DL3007\nFROM p', 'image-without-digest'),
      'ARG A=1\n# Why.\n# plimsoll: ignore[image-without-digest] why not\n#hadolint ignore=DL3007\nFROM p',
    );
    assert.equal(
      ignored('dockerfile', '# escape=`\n# hadolint ignore=DL3007\nFROM p', 'image-without-digest'),
      '# escape=`\n# plimsoll: ignore[image-without-digest] why not\n# hadolint ignore=DL3007\nFROM p',
    );
    assert.equal(
      ignored('dockerfile', '# hadolint ignore=DL3006\nFROM a\n', 'image-without-digest'),
      '# plimsoll: ignore[image-without-digest] why not\n# hadolint ignore=DL3006\nFROM a\n',
    );
    assert.equal(
      ignored('dockerfile', '# syntax=docker/dockerfile:1\n#nosemgrep\nRUN c|-\n', 'invalid-instruction-order'),
      '# syntax=docker/dockerfile:1\n# plimsoll: ignore[invalid-instruction-order] why not\n#nosemgrep\nRUN c|-\n',
    );
  });

  it('takes the directives at the top nothing away', () => {
    assert.equal(
      ignored('dockerfile', '# syntax=docker/dockerfile:1\nFROM a\n', 'image-latest-tag'),
      '# syntax=docker/dockerfile:1\n# plimsoll: ignore[image-latest-tag] why not\nFROM a\n',
    );
  });
});
