import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { all, nodeService } from './fixtures.js';
import { lines, read } from './reading.js';

/** `text under it: message`. */
function problems(...text: readonly string[]): readonly string[] {
  const { file, under } = read(lines(...text));
  return file.source.problems.map(({ kind, at, message }) => {
    assert.equal(kind, 'syntax');
    assert.ok(message.length <= 100, message);
    return `${under(at)}: ${message}`;
  });
}

describe('dockerfile: problems', () => {
  it('has none in ordinary files', () => {
    for (const text of all) assert.deepEqual(read(text).file.source.problems, []);
  });

  it('reports an unknown instruction and mends a misspelt one in its own case', () => {
    assert.deepEqual(problems('FROM a', 'FOOBAR x'), ["FOOBAR: 'FOOBAR' is no instruction: the build stops here."]);
    assert.deepEqual(problems('FROM a', 'COYP a b'), ["COYP: 'COYP' is no instruction: did you mean COPY?"]);
    const reading = read('from a\nentripoint x\n');
    const fix = reading.file.source.problems[0]?.fix;
    assert.equal(fix?.title, 'Replace by `entrypoint`');
    assert.equal(fix.safety, 'unsafe');
    assert.equal(fix.changes[0] && reading.change(fix.changes[0]), 'from a\nentrypoint x\n');
  });

  it('takes the beginning of a word for that word', () => {
    assert.deepEqual(problems('FROM a', 'HEAL x'), ["HEAL: 'HEAL' is no instruction: did you mean HEALTHCHECK?"]);
    assert.deepEqual(problems('FROM a', 'RUN --mount=type=bind,so=a,target=/b x'), [
      "so: 'so' is no option of a mount: did you mean 'source'?",
    ]);
    assert.deepEqual(problems('FROM a', 'RUN --mo=x y'), ["--mo: '--mo' is no flag of RUN: did you mean '--mount'?"]);
    assert.deepEqual(problems('FROM a', 'E x'), ["E: 'E' is no instruction: the build stops here."]);
  });

  it('reports instructions without the arguments that they need', () => {
    for (const keyword of ['ARG', 'ENV', 'EXPOSE', 'LABEL', 'ONBUILD', 'SHELL', 'USER', 'VOLUME', 'WORKDIR']) {
      assert.deepEqual(problems('FROM a', keyword), [`${keyword}: '${keyword}' needs an argument.`]);
    }
    assert.deepEqual(problems('FROM a', 'COPY x'), ["COPY: 'COPY' needs a source and a destination."]);
    assert.deepEqual(problems('FROM a', 'ONBUILD ADD x'), ["ADD: 'ADD' needs a source and a destination."]);
    assert.deepEqual(problems('FROM a', 'ENV A'), ["ENV: 'ENV' needs a name and a value."]);
    assert.deepEqual(problems('FROM a', 'ENV A=1 B'), ["B: 'B' has no '=': it must be name=value."]);
    assert.deepEqual(problems('FROM a', 'LABEL A=1 \\', 'FROM b AS c'), [
      "FROM: 'FROM' is read as a part of LABEL: the line above it goes on.",
    ]);
    assert.deepEqual(problems('FROM a', 'LABEL A=1 \\', ' FROM'), ["FROM: 'FROM' has no '=': it must be name=value."]);
    assert.deepEqual(problems('FROM a', 'SHELL ["bash",'), [
      '["bash",: This is no JSON array as it stands: \'SHELL\' needs one.',
    ]);
    assert.deepEqual(problems('FROM a', 'LABEL =1'), ["=1: 'LABEL' has a value without a name."]);
    assert.deepEqual(problems('FROM a', 'HEALTHCHECK CMD'), ["CMD: 'HEALTHCHECK CMD' needs a command."]);
    assert.deepEqual(problems('FROM a', 'HEALTHCHECK curl x'), [
      "curl: 'HEALTHCHECK' takes CMD with a command, or NONE.",
    ]);
    assert.deepEqual(problems('FROM a', 'SHELL bash -c'), ["bash -c: 'SHELL' needs its arguments as a JSON array."]);
    assert.deepEqual(problems('FROM a', 'CMD ["a", 1]'), [
      '["a", 1]: \'CMD\' has an array with something else than strings.',
    ]);
    assert.deepEqual(problems('FROM a', 'RUN', 'CMD', 'ENTRYPOINT []', 'ARG A'), []);
  });

  it('reports a FROM that is not well formed', () => {
    assert.deepEqual(problems('FROM'), ["FROM: 'FROM' needs an image."]);
    assert.deepEqual(problems('FROM a AS'), ["AS: 'FROM' takes an image, or an image, AS and a stage name."]);
    assert.deepEqual(problems('FROM a b'), ["b: 'FROM' takes an image, or an image, AS and a stage name."]);
    assert.deepEqual(problems('FROM a AS b c'), ["AS b c: 'FROM' takes an image, or an image, AS and a stage name."]);
    assert.deepEqual(problems('FROM a AS 1b'), ["1b: '1b' is no name for a stage."]);
  });

  it('leaves what stands before the first FROM, and triggers that are none, to their rules', () => {
    assert.deepEqual(problems('ARG A', 'RUN x', 'USER y', 'FROM a'), []);
    assert.deepEqual(problems('ARG A'), []);
    assert.deepEqual(problems('FROM a', 'ONBUILD FROM', 'ONBUILD ONBUILD COPY x', 'ONBUILD MAINTAINER'), []);
  });

  it('reports a file of comments', () => {
    assert.deepEqual(problems('# only words'), [
      '# only words: The file has no instructions: there is nothing to build.',
    ]);
    assert.deepEqual(problems(''), []);
    assert.deepEqual(problems(' ', '\t'), []);
  });

  it('reports a heredoc that is not ended, at its name', () => {
    assert.deepEqual(problems('FROM a', 'RUN <<-"EOF" sh', ' EOF'), [
      "EOF: The heredoc 'EOF' is not ended: it takes the rest of the file.",
    ]);
    assert.deepEqual(problems('FROM a', 'RUN <<A cat <<B', 'A', 'x'), [
      "B: The heredoc 'B' is not ended: it takes the rest of the file.",
    ]);
  });

  it('reports directives that the builder refuses', () => {
    assert.deepEqual(problems('# escape=x', 'FROM a'), [
      'x: The escape character can only be a backslash or a backtick.',
    ]);
    assert.deepEqual(problems('# syntax=a', '# syntax=b', 'FROM a'), [
      "b: The directive 'syntax' is written twice: the build refuses that.",
    ]);
  });

  it('reports the options of a check that there are not', () => {
    assert.deepEqual(problems('# check=skip=A;error=yes', 'FROM a'), [
      "error=yes: The check option 'error' takes true or false.",
    ]);
    assert.deepEqual(problems('# check=foo=bar', 'FROM a'), [
      "foo=bar: 'foo=bar' is no check option: skip, error and experimental are.",
    ]);
    assert.deepEqual(problems('# check=skip=A;', 'FROM a'), ['skip=A;: A check option is empty.']);
    assert.deepEqual(problems('# check=skip=A;error=true', 'FROM a'), []);
  });

  it('reports flags that there are not, that are repeated or lack their value', () => {
    assert.deepEqual(problems('FROM a', 'COPY --link \\', '  --form=b c d'), [
      "--form: '--form' is no flag of COPY: did you mean '--from'?",
    ]);
    assert.deepEqual(problems('FROM a', 'COPY --From=b c d'), ["--From: '--From' has to be in small letters."]);
    assert.deepEqual(problems('FROM a', 'CMD --port 80'), [
      "--port: '--port' is read as a flag of CMD, which has none: use a JSON array.",
    ]);
    assert.deepEqual(problems('FROM a', 'USER --x'), ["--x: '--x' is no flag of USER: the build stops here."]);
    assert.deepEqual(problems('FROM a', 'COPY --from=b --from=c d e'), [
      "--from=c: '--from' is written twice: the build refuses that.",
    ]);
    assert.deepEqual(problems('FROM a', 'COPY --from b c'), [
      "--from: '--from' has no value: it needs '=' and what is meant.",
    ]);
    assert.deepEqual(problems('FROM a', 'COPY --link=yes b c'), ["yes: '--link' takes true or false."]);
    assert.deepEqual(problems('FROM a', 'COPY --from=$B c d'), [
      "$B: '--from' takes no variables: name a stage, and let its FROM take them.",
    ]);
    assert.deepEqual(problems('FROM a', 'ONBUILD RUN --mont=type=ssh x'), [
      "--mont: '--mont' is no flag of RUN: did you mean '--mount'?",
    ]);
  });

  it('knows the flags of every version of the builder', () => {
    assert.deepEqual(
      problems(
        'FROM --platform=$BUILDPLATFORM a',
        'COPY --parents --exclude=b --exclude=c --link --chmod=u+x --chown=d --from=e f g',
        'ADD --unpack=false --keep-git-dir=true --link --exclude=b c d',
        'RUN --device=a.b/c=d,required --security=insecure --network=none --mount=type=ssh x',
        'HEALTHCHECK --interval=1m30s --timeout=5s --start-period=0 --start-interval=.5s --retries=3 CMD x',
        'RUN -- --x',
      ),
      [],
    );
  });

  it('mends a flag and a value', () => {
    const mended = (line: string): string | undefined => {
      const reading = read(lines('FROM a', line));
      const fix = reading.file.source.problems[0]?.fix;
      assert.equal(fix?.safety, 'unsafe');
      return fix.changes[0] && reading.change(fix.changes[0])?.split('\n')[1];
    };
    assert.equal(mended('COPY --form=b c d'), 'COPY --from=b c d');
    assert.equal(mended('COPY --From=b c d'), 'COPY --from=b c d');
    assert.equal(mended('HEALTHCHECK --interval=30 CMD x'), 'HEALTHCHECK --interval=30s CMD x');
    assert.equal(mended('RUN --mount=type=cahce,target=/x y'), 'RUN --mount=type=cache,target=/x y');
    assert.equal(mended('EXPOSE 53/upd'), 'EXPOSE 53/udp');
    assert.equal(mended('FROM Debian:Bookworm'), 'FROM debian:Bookworm');
    assert.equal(mended('CMD["x"]'), 'CMD ["x"]');
  });

  it('reports values of flags that the builder refuses', () => {
    const value = (line: string) => problems('FROM a', line)[0];
    assert.equal(value('HEALTHCHECK --timeout=1d CMD x'), "1d: '1d' is no duration: '30s' and '1m30s' are.");
    assert.equal(
      value('HEALTHCHECK --timeout=1us CMD x'),
      "1us: '1us' is shorter than 1ms, which is the least there can be.",
    );
    assert.equal(value('HEALTHCHECK --retries=-1 CMD x'), "-1: '-1' is no number of retries: a whole number is.");
    assert.equal(value('RUN --network=hots x'), "hots: 'hots' is no network of a build: did you mean 'host'?");
    assert.equal(
      value('FROM --platform=lynux b'),
      "lynux: 'lynux' is no platform: 'linux/amd64' and 'linux/arm64' are.",
    );
    assert.equal(value('COPY --chmod=899 b c'), "899: '899' is no mode: '0755' and 'u=rwX,go=rX' are.");
    assert.equal(
      value('ADD --checksum=sha256:1 https://a/b /c'),
      "sha256:1: 'sha256:1' is no checksum: 'sha256:' and 64 digits and letters a to f are.",
    );
    assert.match(
      value(`ADD --checksum=sha256:${'a'.repeat(64)} b /c`) ?? '',
      /^sha256:a+: '--checksum' needs a source/,
    );
    assert.equal(value('COPY --chmod=$M b c'), undefined);
  });

  it('reports mounts that the builder refuses', () => {
    const mount = (options: string) => problems('FROM a', `RUN --mount=${options} x`).join();
    assert.equal(mount('type=cach,target=/x'), "cach: 'cach' is no type of a mount: did you mean 'cache'?");
    assert.equal(mount('target=/x,taget=/y'), "taget: 'taget' is no option of a mount: did you mean 'target'?");
    assert.equal(mount('type=cache,target=/x,id'), "id: The option 'id' of '--mount' needs a value.");
    assert.equal(
      mount('type=cache,target=/x,ro=no'),
      "no: 'no' is nothing for the option 'ro': it takes true or false.",
    );
    assert.equal(mount('target=/x,mode=0755'), "mode: The option 'mode' is not for mounts of the type 'bind'.");
    assert.equal(
      mount('type=secret,id=a,source=b'),
      "source: A secret has 'id' or 'source', not both: they mean the same.",
    );
    assert.equal(mount('type=secret'), "type=secret: A secret needs its 'id': nobody knows which one is meant.");
    assert.equal(mount('target=/'), "/: The 'target' of a mount cannot be '/': nothing of the image would be left.");
    assert.equal(
      mount('from=$S,target=/x'),
      "$S: The option 'from' takes no variables: name a stage, and let its FROM take them.",
    );
    // The working directory decides, and the variable.
    assert.equal(mount('type=bind'), '');
    assert.equal(mount('type=$T,size=1'), '');
  });

  it('reports quotes and variables that the builder cannot resolve', () => {
    assert.deepEqual(problems('FROM a', "LABEL b=c d=it's"), ["': A quote is opened and never closed."]);
    assert.deepEqual(problems('FROM a', 'ENV B=x${C'), ["${: The '${' is never closed."]);
    assert.deepEqual(problems('FROM a', 'ENV B=${{c}}'), ["${{: '${{' names no variable."]);
    assert.deepEqual(problems('FROM a', 'ENV B=${C:=d}'), [":=: The builder knows no operator ':=' for variables."]);
    assert.deepEqual(problems('FROM a', 'COPY "b c" d'), [
      '": COPY ends a word at each blank: use the JSON form here.',
    ]);
    assert.deepEqual(problems('FROM a', 'COPY <<E /b', '${{ c }}', 'E'), ["${{: '${{' names no variable."]);
    assert.deepEqual(problems('FROM a', "COPY <<'E' /b", '${{ c }}', 'E'), []);
    assert.deepEqual(problems('FROM a', "RUN echo it's ${C:=d}", 'CMD echo "${'), []);
  });

  it('reports sources, ports, signals, volumes and images that there cannot be', () => {
    assert.deepEqual(problems('FROM a', 'COPY https://b/c /d'), [
      "https://b/c: 'COPY' does not fetch 'https://b/c': 'ADD' does.",
    ]);
    assert.deepEqual(problems('FROM a', 'COPY b <<E', 'E'), [
      "<<E: 'COPY' cannot write to a heredoc: a path has to follow it.",
    ]);
    assert.deepEqual(problems('FROM a', 'EXPOSE 80/foo http'), [
      "foo: 'foo' is no protocol of a port: the build stops here.",
      "http: 'http' is no port: '80', '53/udp' and '8000-8010' are.",
    ]);
    assert.deepEqual(problems('FROM a', 'EXPOSE 70000 9-8 1.2.3.4:80:80 $P'), []);
    assert.deepEqual(problems('FROM a', 'STOPSIGNAL SIGFOO'), [
      "SIGFOO: 'SIGFOO' is no signal: 'SIGTERM', 'SIGQUIT' and '15' are.",
    ]);
    assert.deepEqual(problems('FROM a', 'STOPSIGNAL SIGRTMIN+3', 'STOPSIGNAL $S'), []);
    assert.deepEqual(problems('FROM a', 'VOLUME ["/b", ""]'), ['"": \'VOLUME\' has an empty path.']);
    assert.deepEqual(problems('FROM Debian'), ["Debian: 'Debian' is no name of an image: these have small letters."]);
    assert.deepEqual(problems('FROM http://b/c'), ["http://b/c: 'http://b/c' is no name of an image."]);
    assert.deepEqual(problems('FROM ${R}/Debian', `FROM reg.io:5000/b/c:D@sha256:${'a'.repeat(64)}`), []);
  });

  it('says of a template only that it is one', () => {
    const limits = (...text: readonly string[]) => {
      const { file, under } = read(lines(...text));
      return file.source.problems.map(({ kind, at, message }) => `${kind} ${under(at)}: ${message}`);
    };
    const said = 'This file is a template: only what reads as a Dockerfile was checked.';
    assert.deepEqual(limits('{% if x %}', 'FROM a', '{% endif %}'), [`limit {%: ${said}`]);
    assert.deepEqual(limits('FROM {{ .Image }}', 'RUM x'), [`limit {{: ${said}`]);
    assert.deepEqual(limits('{{- define "x" }}', 'RUN x'), [`limit {{: ${said}`]);
    assert.deepEqual(problems('FROM a', 'EXPOSE {{ port }}', 'USER --{{ x }}'), []);
    assert.equal(problems('FROM a', "RUN docker inspect -f '{{.Id}}'", 'RUM x').length, 1);
  });

  it('stops at twenty', () => {
    const { file, under } = read(lines('FROM a', ...Array.from({ length: 50 }, (_, i) => `X${i} y`)));
    const found = file.source.problems;
    const last = found[19];
    assert.equal(found.length, 20);
    assert.equal(last && under(last.at), 'X19');
  });

  it('reports the half-typed last line', () => {
    const { file, under } = read(`${nodeService}EXPO`);
    const [found] = file.source.problems;
    assert.equal(found && under(found.at), 'EXPO');
  });
});
