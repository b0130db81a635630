// What fixes of Dockerfiles do, and how sure they are, where a script or a stage does more than one thing.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { editsOf } from '../../src/service/fix.js';
import { applyEdits } from '../../src/text/edit.js';
import { lint } from '../support/lint.js';

/** What the first fix of each finding is: how safe it is, and what it makes of the lines. */
function fixesOf(rule: string, ...lines: readonly string[]): readonly (string | undefined)[] {
  const text = `${lines.join('\n')}\n`;
  const { file, findings } = lint('dockerfile', text, { only: rule });
  assert.ok(findings.length > 0, `${rule} finds nothing in:\n${text}`);
  return findings.map(({ fixes: [fix] }) => {
    const edits = fix && editsOf(file, fix);
    return fix === undefined || edits === undefined ? undefined : `${fix.safety}\n${applyEdits(text, edits)}`;
  });
}

function safe(...lines: readonly string[]): string {
  return `safe\n${lines.join('\n')}\n`;
}

function unsafe(...lines: readonly string[]): string {
  return `unsafe\n${lines.join('\n')}\n`;
}

describe('Fixes of Dockerfiles: what empties a cache', () => {
  const yum = (script: string) => fixesOf('yum-cache-kept', 'FROM centos:7', `RUN ${script}`);
  const dnf = (script: string) => fixesOf('dnf-cache-kept', 'FROM fedora', `RUN ${script}`);
  const yarn = (...lines: string[]) => fixesOf('yarn-cache-kept', 'FROM node:22', ...lines);

  it('is safe where its program is sure to be there', () => {
    assert.deepEqual(yum('yum -y install a && b'), [
      safe('FROM centos:7', 'RUN yum -y install a && b && yum clean all'),
    ]);
    for (const script of [
      'yum -y install a || dnf -y install a',
      'yum -y install a && b || c',
      "sh -c 'yum -y install a'",
      'yum -y install a && yum -y remove yum',
    ])
      assert.deepEqual(yum(script), [unsafe('FROM centos:7', `RUN ${script} && yum clean all`)], script);
    assert.deepEqual(yum('yum -y install a; b || c'), [
      safe('FROM centos:7', 'RUN yum -y install a; b || c && yum clean all'),
    ]);
    assert.deepEqual(yarn('RUN yarn install --pure-lockfile && rm -rf /opt/yarn*'), [
      unsafe('FROM node:22', 'RUN yarn install --pure-lockfile && rm -rf /opt/yarn* && yarn cache clean'),
    ]);
  });

  it('does not empty another one', () => {
    assert.deepEqual(yum('yum --installroot=/mnt -y install a'), [undefined]);
    assert.deepEqual(dnf('chroot /mnt dnf -y install a'), [undefined]);
    assert.deepEqual(fixesOf('zypper-cache-kept', 'FROM opensuse/leap', 'RUN zypper -R /mnt -n in a'), [undefined]);
    assert.deepEqual(yarn('RUN su node -c "yarn install --pure-lockfile"'), [undefined]);
    assert.deepEqual(yarn('RUN sudo -u node yarn install --pure-lockfile'), [undefined]);
    assert.deepEqual(yarn('RUN gosu node yarn install --pure-lockfile'), [undefined]);
    assert.deepEqual(dnf('time sudo dnf -y install a'), [
      safe('FROM fedora', 'RUN time sudo dnf -y install a && sudo dnf clean all'),
    ]);
  });

  it('does not stand where nothing runs any more', () => {
    assert.deepEqual(dnf('dnf -y install a && exit 0'), [undefined]);
    assert.deepEqual(dnf('dnf -y install a; exec b'), [undefined]);
    assert.deepEqual(dnf('exec dnf -y install a'), [undefined]);
    assert.deepEqual(dnf('dnf -y install a || exit 1'), [
      unsafe('FROM fedora', 'RUN dnf -y install a || exit 1 && dnf clean all'),
    ]);
  });

  it('is unsafe in front of an install that needs the cache', () => {
    assert.equal(
      yarn('RUN yarn install --pure-lockfile', 'RUN yarn install --production --offline')[0],
      unsafe(
        'FROM node:22',
        'RUN yarn install --pure-lockfile && yarn cache clean',
        'RUN yarn install --production --offline',
      ),
    );
  });
});

describe('Fixes of Dockerfiles: `apk add --no-cache`', () => {
  const apk = (...lines: string[]) => fixesOf('apk-cache-kept', 'FROM alpine', ...lines);

  it('takes nothing away but the update', () => {
    assert.deepEqual(apk('RUN apk update && sudo apk add a'), [
      safe('FROM alpine', 'RUN apk update && sudo apk add a && sudo rm -rf /var/cache/apk/*'),
    ]);
    assert.deepEqual(apk('RUN P=1 apk update && apk add a'), [
      safe('FROM alpine', 'RUN P=1 apk update && apk add a && rm -rf /var/cache/apk/*'),
    ]);
    assert.deepEqual(apk('RUN apk update && chroot /mnt apk add a'), [undefined]);
    assert.deepEqual(apk('RUN apk update; apk -p /mnt add a'), [undefined]);
  });

  it('is unsafe in front of what reads the index', () => {
    assert.deepEqual(apk('RUN apk update && apk add a', 'RUN apk fetch b'), [
      unsafe('FROM alpine', 'RUN apk add --no-cache a', 'RUN apk fetch b'),
    ]);
    assert.deepEqual(apk('RUN apk update && apk add a && apk search b'), [
      unsafe('FROM alpine', 'RUN apk add --no-cache a && apk search b'),
    ]);
    assert.deepEqual(apk('RUN apk update && apk add a', 'RUN apk add --no-network b', 'RUN apk del a'), [
      unsafe('FROM alpine', 'RUN apk add --no-cache a', 'RUN apk add --no-network b', 'RUN apk del a'),
    ]);
  });

  it('is written as the array is', () => {
    assert.deepEqual(apk('RUN ["apk","add","a"]'), [safe('FROM alpine', 'RUN ["apk","add","--no-cache","a"]')]);
  });
});

describe('Fixes of Dockerfiles: the answer yes', () => {
  it('is unsafe where something else is done without it', () => {
    const apt = (script: string) => fixesOf('apt-without-assume-yes', 'FROM debian', `RUN ${script}`);
    assert.deepEqual(apt('apt-get remove a || true'), [unsafe('FROM debian', 'RUN apt-get remove -y a || true')]);
    assert.deepEqual(apt('apt-get install a && b || c'), [unsafe('FROM debian', 'RUN apt-get install -y a && b || c')]);
    assert.deepEqual(apt('apt-get install a; b || c'), [safe('FROM debian', 'RUN apt-get install -y a; b || c')]);
  });
});

describe('Fixes of Dockerfiles: options of programs', () => {
  it('are not given to another program of the name', () => {
    assert.deepEqual(fixesOf('wget-without-progress', 'FROM debian', 'RUN busybox wget a; wget b'), [
      unsafe('FROM debian', 'RUN busybox wget a; wget --progress=dot:giga b'),
    ]);
  });

  it('do not stand beside their opposite', () => {
    const recommends = (script: string) => fixesOf('apt-recommends-installed', 'FROM debian', `RUN ${script}`);
    assert.deepEqual(recommends('apt-get install -y --install-recommends a'), [undefined]);
    assert.deepEqual(recommends('apt-get install -y -o APT::Install-Recommends=1 a'), [undefined]);
    const apt = (script: string) => fixesOf('apt-in-script', 'FROM debian', `RUN ${script}`);
    assert.deepEqual(apt('apt upgrade --without-new-pkgs'), [
      safe('FROM debian', 'RUN apt-get upgrade --without-new-pkgs'),
    ]);
    assert.deepEqual(apt('apt -o APT::Get::Upgrade-Allow-New=0 upgrade'), [
      safe('FROM debian', 'RUN apt-get -o APT::Get::Upgrade-Allow-New=0 upgrade'),
    ]);
  });

  it('of a shell are not set for another one', () => {
    const pipefail = (...lines: string[]) => fixesOf('missing-pipefail', 'FROM debian', ...lines);
    assert.deepEqual(pipefail('RUN bash -c "curl a | tar x"'), [undefined]);
    assert.deepEqual(pipefail('RUN <<E bash', 'curl a | tar x', 'E'), [undefined]);
    for (const image of ['gcr.io/distroless/python3', 'cgr.dev/chainguard/python'])
      assert.deepEqual(fixesOf('missing-pipefail', `FROM ${image}`, 'RUN curl a | tar x'), [undefined], image);
    assert.deepEqual(pipefail('RUN <<E', '#!/bin/bash', 'curl a | tar x', 'E'), [undefined]);
  });
});

describe('Fixes of Dockerfiles: words', () => {
  it('stay where their quotes have escapes, or a line goes on inside of them', () => {
    const tls = (line: string) => fixesOf('tls-verification-disabled', 'FROM a', line);
    assert.deepEqual(tls('RUN sh -c "curl \\"-k\\" https://b"'), [undefined]);
    assert.deepEqual(tls('RUN sh -c "curl -k \\"https://b\\""'), [
      unsafe('FROM a', 'RUN sh -c "curl \\"https://b\\""'),
    ]);
    assert.deepEqual(fixesOf('world-writable-path', 'FROM a', 'RUN chmod 77\\', '7 b'), [undefined]);
    const yes = ['RUN ["sh", "-c", "apt-get in\\', 'stall b"]'];
    assert.deepEqual(fixesOf('apt-without-assume-yes', 'FROM a', ...yes), [undefined]);
  });

  it('leave no blanks behind in an array', () => {
    assert.deepEqual(fixesOf('tls-verification-disabled', 'FROM a', 'RUN [ "curl" , "-k" , "https://b" ]'), [
      unsafe('FROM a', 'RUN [ "curl" , "https://b" ]'),
    ]);
  });

  it('are not put in front of others that count instead', () => {
    assert.deepEqual(fixesOf('pip-cache-kept', 'FROM a', 'RUN pip install b --cache-dir /c'), [undefined]);
  });
});

describe('Fixes of Dockerfiles: RUNs that are joined', () => {
  const join = (...lines: string[]) => fixesOf('consecutive-run', 'FROM debian', ...lines);

  it('have the indentation of the lines with text', () => {
    assert.deepEqual(join('RUN a \\', '', '  && b', 'RUN c'), [
      unsafe('FROM debian', 'RUN a \\', '', '  && b \\', '  && c'),
    ]);
    assert.deepEqual(join('RUN a \\', '# why', '\t&& b', 'RUN c'), [
      unsafe('FROM debian', 'RUN a \\', '# why', '\t&& b \\', '\t&& c'),
    ]);
  });

  it('see nothing of each other', () => {
    for (const script of [': ${A:=1}', 'read A < a', 'eval a', 'readonly A=1'])
      assert.deepEqual(join(`RUN ${script}`, 'RUN b'), [undefined], script);
  });
});

describe('Fixes of Dockerfiles: stages', () => {
  it('are not meant by a name that is not theirs alone', () => {
    const lines = ['FROM a AS x', 'FROM b AS X', 'FROM c', 'COPY --from=0 a b', 'COPY --from=1 a b'];
    assert.deepEqual(fixesOf('numeric-stage-reference', ...lines), [undefined, undefined]);
    assert.deepEqual(fixesOf('numeric-stage-reference', 'FROM a AS x$Y', 'FROM c', 'COPY --from=0 a b'), [undefined]);
  });

  it('keep the variables that name them', () => {
    assert.deepEqual(fixesOf('reserved-stage-name', 'ARG X=context', 'FROM a AS context', 'FROM $X'), [undefined]);
  });
});

describe('Fixes of Dockerfiles: a mounted secret', () => {
  it('takes no argument away that another stage or step has', () => {
    const swap = (...lines: string[]) => fixesOf('secret-in-build-arg', 'FROM a AS b', ...lines);
    assert.deepEqual(swap('RUN curl $API_TOKEN', 'ARG API_TOKEN'), [undefined]);
    assert.deepEqual(swap('ARG API_TOKEN', 'RUN curl $API_TOKEN', 'FROM b', 'RUN curl $API_TOKEN'), [undefined]);
    assert.deepEqual(swap('ARG API_TOKEN', 'RUN curl $API_TOKEN', 'FROM c', 'RUN curl $API_TOKEN'), [
      unsafe(
        'FROM a AS b',
        'RUN --mount=type=secret,id=api_token,env=API_TOKEN curl $API_TOKEN',
        'FROM c',
        'RUN curl $API_TOKEN',
      ),
    ]);
  });
});

describe('Fixes of Dockerfiles: an ENV of its own', () => {
  it('changes no other value', () => {
    assert.deepEqual(fixesOf('env-self-reference', 'FROM a', 'ENV A=1', 'ENV A=2 B=1 C=$B D=$A'), [undefined]);
    assert.deepEqual(fixesOf('env-self-reference', 'FROM a', 'ENV PATH=/x:$PATH B=1 C=$B:$PATH'), [undefined]);
    assert.deepEqual(fixesOf('env-self-reference', 'FROM a', 'ENV B=1 PATH=$B:$PATH'), [
      unsafe('FROM a', 'ENV B=1', 'ENV PATH=$B:$PATH'),
    ]);
  });
});

describe('Fixes of Dockerfiles: exec form', () => {
  it('is not offered for what a shell does by itself, or what depends on it', () => {
    for (const command of ['wait', 'exit 0', 'command node a', 'read a', "node $'a\\nb'"])
      assert.deepEqual(fixesOf('shell-form-command', 'FROM a', `CMD ${command}`), [undefined], command);
  });

  it('is not offered where it would hand the words of CMD to the program', () => {
    assert.deepEqual(fixesOf('shell-form-command', 'FROM a', 'ENTRYPOINT b', 'CMD ["c"]'), [undefined]);
    assert.deepEqual(fixesOf('shell-form-command', 'FROM a', 'ENTRYPOINT ["sh", "-c"]', 'CMD b c'), [undefined]);
    assert.deepEqual(fixesOf('shell-form-command', 'FROM a', 'ENTRYPOINT b'), [unsafe('FROM a', 'ENTRYPOINT ["b"]')]);
  });
});

describe('Fixes of Dockerfiles: the number of a user', () => {
  it('is that which he has at the end', () => {
    const number = (script: string) => fixesOf('non-numeric-user', 'FROM a', `RUN ${script}`, 'USER b');
    assert.deepEqual(number('useradd -u 1000 b && usermod -aG c b'), [
      unsafe('FROM a', 'RUN useradd -u 1000 b && usermod -aG c b', 'USER 1000'),
    ]);
    for (const script of [
      'useradd -u 1000 b && usermod -u 1001 b',
      'useradd -u 1000 b && userdel b && useradd b',
      'useradd -u 1000 b || useradd -u 1001 b',
      'useradd -o -u 0 b',
    ])
      assert.deepEqual(number(script), [undefined], script);
  });
});

describe('Fixes of Dockerfiles: templates', () => {
  it('have no safe ones, for nobody knows which lines are there together', () => {
    assert.deepEqual(
      fixesOf('apt-without-assume-yes', 'FROM a', '{% if b %}', 'RUN apt-get install c', '{% endif %}'),
      [unsafe('FROM a', '{% if b %}', 'RUN apt-get install -y c', '{% endif %}')],
    );
    const lines = ['FROM a', 'CMD b', 'CMD b', '{% if b %}', 'CMD c', '{% else %}', 'CMD d', '{% endif %}'];
    assert.deepEqual(fixesOf('duplicate-instruction-in-stage', ...lines), [
      unsafe('FROM a', 'CMD b', '{% if b %}', 'CMD c', '{% else %}', 'CMD d', '{% endif %}'),
    ]);
    assert.deepEqual(
      fixesOf('instruction-case-mismatch', 'FROM a', 'Run b', '{{if b}}', 'CMD c', '{{else}}', '{{end}}'),
      [unsafe('FROM a', 'RUN b', '{{if b}}', 'CMD c', '{{else}}', '{{end}}')],
    );
  });
});

describe('Fixes of Dockerfiles: comments and lines', () => {
  it('stay', () => {
    assert.deepEqual(fixesOf('deprecated-maintainer', 'FROM a', 'MAINTAINER b \\', '# why', '  c'), [undefined]);
    assert.deepEqual(fixesOf('copy-multiple-sources-without-slash', 'FROM a', 'COPY b c d\\', 'e'), [undefined]);
    assert.deepEqual(
      fixesOf(
        'privileged-build',
        'FROM a',
        'RUN --mount=type=cache,target=/x \\',
        '    # b',
        '    --security=insecure \\',
        '    # c',
        '    --network=host \\',
        '    d',
      ),
      [unsafe('FROM a', 'RUN --mount=type=cache,target=/x \\', '    # b', '    # c', '    --network=host \\', '    d')],
    );
  });

  it('stay, and so do quotes', () => {
    assert.deepEqual(fixesOf('copy-multiple-sources-without-slash', 'FROM a', "COPY b c 'd'"), [
      safe('FROM a', "COPY b c 'd/'"),
    ]);
  });
});
