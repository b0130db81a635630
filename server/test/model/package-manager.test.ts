import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { everyCommand } from '../../src/languages/shell/every-command.js';
import { readShell } from '../../src/languages/shell/read-shell.js';
import { callOf, packageCommandsOf } from '../../src/model/dockerfile/package-manager.js';
import { verbatim } from '../../src/text/mapped-text.js';

/** One line for each call: what it is, its options, its operands. */
function read(script: string): readonly string[] {
  const place = { file: 'test', span: { start: 0, end: script.length } };
  return packageCommandsOf(everyCommand(readShell(verbatim(script, place), 'dockerfile'))).map((call) => {
    const options = call.options.map(({ name, value, valueWord, isBefore }) => {
      return (isBefore ? '^' : '') + name + (valueWord === undefined ? '' : `=${value ?? '?'}`);
    });
    const operands = call.operands.map(({ word, kind }) => `${kind}:${word.text ?? word.raw}`);
    const head = `${call.manager} ${call.action} '${callOf(call)}' at ${call.actionWord.raw}`;
    return [head, ...options, ...operands, ...(call.isOpen ? ['open'] : [])].join(' ');
  });
}

describe('Package commands', () => {
  it('take options with their values out of the operands, wherever they stand', () => {
    assert.deepEqual(read('apt-get -y -o Foo=bar install -t stable curl=7.* ./x.deb -qq'), [
      "apt install 'apt-get install' at install ^-y ^-o=Foo=bar -t=stable -q -q package:curl=7.* file:./x.deb",
    ]);
    assert.deepEqual(read('apk add -qt .deps gcc --repository=https://example.com/a b'), [
      "apk install 'apk add' at add -q -t=.deps --repository=https://example.com/a package:gcc package:b",
    ]);
  });

  it('tell the options of zypper in front of the sub-command from those behind it', () => {
    assert.deepEqual(read('zypper -n --root /x in -t pattern -n base'), [
      "zypper install 'zypper in' at in ^-n ^--root=/x -t=pattern -n package:base",
    ]);
  });

  it('read sub-commands of two words, and yarn without one', () => {
    assert.deepEqual(read('dnf -y group install a; dnf module enable b; yarn; yarn global add c; yarn --version'), [
      "dnf install 'dnf group install' at install ^-y package:a",
      "dnf other 'dnf module enable' at enable package:b",
      "yarn install 'yarn' at yarn",
      "yarn install 'yarn global add' at add package:c",
      "yarn other 'yarn' at yarn ^--version",
    ]);
  });

  it('find pip under each of its names, and nothing where a script comes first', () => {
    assert.deepEqual(read('pip3.14 install -r a.txt .; python3 -u -m pip install "a @ https://example.com/a" b.whl'), [
      "pip install 'pip3.14 install' at install -r=a.txt file:.",
      "pip install 'python3 -m pip install' at install url:a @ https://example.com/a file:b.whl",
    ]);
    assert.deepEqual(
      read('python setup.py -m pip install; python -c "import pip" -m pip; pipeline install; $PIP install'),
      [],
    );
  });

  it('read options of go, which have one dash', () => {
    assert.deepEqual(read('go install -tags "a b" -v example.com/a@latest ./...'), [
      "go install 'go install' at install -tags=a b -v package:example.com/a@latest file:./...",
    ]);
  });

  it('say what a variable leaves open, and nothing where it may be the sub-command', () => {
    assert.deepEqual(read('apt-get $A install b "c=$D" $E; apt-get $F g; apt-get install -t$H --option="$I" j'), [
      'apt install \'apt-get install\' at install package:b package:"c=$D" unknown:$E open',
      "apt install 'apt-get install' at install -t=? --option=? package:j",
    ]);
    assert.deepEqual(read('cat a | xargs sudo apt-get install -y'), [
      "apt install 'apt-get install' at install -y open",
    ]);
  });

  it('take everything behind -- for operands', () => {
    assert.deepEqual(read('apt-get install -- -y'), ["apt install 'apt-get install' at install package:-y"]);
  });

  it('survive what is not finished yet', () => {
    assert.deepEqual(read('apt-get; apt-get install -t; npm; pip; python -m; dnf group; uv pip; apt-get -; yarn ""'), [
      "apt install 'apt-get install' at install -t",
      "apt other 'apt-get -' at -",
      'yarn other \'yarn\' at ""',
    ]);
  });
});
