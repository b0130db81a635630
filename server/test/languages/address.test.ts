import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { resourceName } from '../../src/model/address.js';
import type { FileKind } from '../../src/model/format.js';
import { lint } from '../support/lint.js';

/** The address of the first place where `token` stands. */
function address(kind: FileKind, text: string, token: string): readonly [resource: string, path: string] {
  const { resource, path } = lint(kind, text, { rules: [] }).file.addressOf(text.indexOf(token));
  return [resource === undefined ? '' : resourceName(resource), path];
}

describe('the address of a place', () => {
  it('of a manifest is its object, and the keys with list items by their names', () => {
    const text = `kind: Namespace
apiVersion: v1
metadata: { name: shop }
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: shop
spec:
  template:
    spec:
      containers:
        - name: proxy
        - image: nginx
          name: web
          securityContext:
            privileged: true
            capabilities: { add: [SYS_ADMIN] }
`;
    const container = 'spec.template.spec.containers[web]';
    assert.deepEqual(address('kubernetes', text, 'true'), [
      'shop/Deployment/web',
      `${container}.securityContext.privileged`,
    ]);
    assert.deepEqual(address('kubernetes', text, 'SYS_ADMIN'), [
      'shop/Deployment/web',
      `${container}.securityContext.capabilities.add[]`,
    ]);
    assert.deepEqual(address('kubernetes', text, 'shop }'), ['Namespace/shop', 'metadata.name']);
  });

  it('of a list is the item', () => {
    const text = `apiVersion: v1
kind: List
items:
  - { apiVersion: v1, kind: Pod, metadata: { name: a } }
  - { apiVersion: v1, kind: Pod, metadata: { name: b }, spec: { hostPID: true } }
`;
    assert.deepEqual(address('kubernetes', text, 'true'), ['Pod/b', 'items[].spec.hostPID']);
  });

  it('of a Compose file is the service; what stands in an anchor elsewhere belongs to none', () => {
    const text = `x-hard: &hard
  privileged: true
services:
  web:
    <<: *hard
    ports: ["80:80"]
`;
    assert.deepEqual(address('compose', text, 'true'), ['', 'x-hard.privileged']);
    assert.deepEqual(address('compose', text, '80:80'), ['service/web', 'services.web.ports[]']);
    assert.deepEqual(address('compose', text, 'web'), ['service/web', 'services.web']);
  });

  it('of a Dockerfile is the stage, by its name or its image, and the keyword', () => {
    const text = `ARG A=1
FROM node:20 AS build
RUN --mount=type=cache,target=/x \\
    npm ci
FROM nginx:1.27
USER root
`;
    assert.deepEqual(address('dockerfile', text, 'ARG'), ['', 'ARG']);
    assert.deepEqual(address('dockerfile', text, 'node'), ['stage/build', 'FROM']);
    assert.deepEqual(address('dockerfile', text, 'npm'), ['stage/build', 'RUN']);
    assert.deepEqual(address('dockerfile', text, 'root'), ['stage/nginx:1.27', 'USER']);
  });

  it('stays when lines are put in before it', () => {
    const text = 'services:\n  web:\n    privileged: true\n';
    const longer = `# more\nservices:\n  db:\n    image: postgres:17\n  web:\n    image: nginx:1.27\n    privileged: true\n`;
    assert.deepEqual(address('compose', text, 'true'), address('compose', longer, 'true'));
  });
});
