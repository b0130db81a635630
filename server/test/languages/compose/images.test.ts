import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { at, type Compose, container, readCompose, show } from './compose.js';

function images(compose: Compose): readonly string[] {
  return (compose.file.subjects.image ?? []).map(({ role, reference }) => {
    const tag =
      reference.kind === 'known' && reference.value.tagAt !== undefined ? at(compose, reference.value.tagAt) : '';
    return `${role} ${show(compose, reference, (value) => value.text)}${tag === '' ? '' : ` tag ${tag}`}`;
  });
}

describe('Compose images', () => {
  it('finds every image that comes from outside', () => {
    const compose = readCompose(`services:
  a: { image: registry:5000/app }
  b: { image: "redis:\${TAG:-latest}" }
  c: { image: "\${REG}/app:1" }
  h: { image: "\${REG:?say: which}/app:1" }
  d:
    build:
      context: .
      cache_from: [alpine:3, "type=registry,ref=ghcr.io/x/y:cache", "type=local,src=x"]
      additional_contexts: { base: docker-image://debian:12, code: ../code }
    image: mine
  e:
    build:
      additional_contexts: [base=docker-image://debian:13]
    volumes:
      - { type: image, source: data:1, target: /d }
  f: { image: mine:latest }
  g: { image: "" }
`);
    assert.deepEqual(images(compose), [
      'container registry:5000/app @registry:5000/app',
      'container redis:latest @"redis:${TAG:-latest}" tag latest',
      'container ? @"${REG}/app:1"',
      'container ? @"${REG:?say: which}/app:1"',
      'cache alpine:3 @alpine:3 tag 3',
      'cache ghcr.io/x/y:cache @ghcr.io/x/y:cache tag cache',
      'build-context debian:12 @debian:12 tag 12',
      'build-context debian:13 @debian:13 tag 13',
      'volume data:1 @data:1 tag 1',
      'container ? @""',
    ]);
    assert.equal(container(compose, 'd').image.kind, 'absent');
  });

  it('speaks once of an image that services share', () => {
    const compose = readCompose(`x-image: &image nginx
services:
  a: { image: *image }
  b: { image: *image }
  c: { image: nginx }
`);
    assert.deepEqual(images(compose), ['container nginx @nginx <alias *image', 'container nginx @nginx']);
  });

  it('takes the tag out of .env, at its reference', () => {
    const text = 'services: {a: {image: "nginx:${TAG}"}}';
    const compose = { text, file: readCompose(text, { dotenv: 'TAG=latest' }).file };
    assert.deepEqual(images(compose), ['container nginx:latest @"nginx:${TAG}" tag ${TAG}']);
  });
});
