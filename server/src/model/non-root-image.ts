// Images of which it is known that their user is not root.
import { verbatim } from '../text/mapped-text.js';
import { parseImageReference } from './image-reference.js';
import { matchesRegistry } from './registry-pattern.js';

/** Words by which images say so, and publishers all of whose images are so. */
const says = /non-?root|unprivileged|rootless|chiseled|^cgr\.dev\/chainguard\/|(?:^|\/)bitnami\//i;

/** Beginnings of names, as the makers of these images document them in 2026. A name of one part is an official image. */
const known: readonly string[] = [
  'apache/airflow',
  'apache/kafka',
  'apache/nifi',
  'apache/superset',
  'confluentinc/cp-*',
  'curlimages/curl',
  'docker.elastic.co/elasticsearch',
  'docker.elastic.co/kibana',
  'docker.elastic.co/logstash',
  'docker.io/cimg',
  'docker.io/gitpod',
  'docker.io/jupyter',
  'docker.io/selenium',
  'elasticsearch',
  'ghcr.io/puppeteer/puppeteer',
  'grafana/grafana',
  'grafana/k6',
  'grafana/loki',
  'grafana/promtail',
  'haproxy',
  'jenkins/jenkins',
  'kibana',
  'kong',
  'logstash',
  'mcr.microsoft.com/mssql/server',
  'memcached',
  'n8nio/n8n',
  'opensearchproject/opensearch',
  'prom/alertmanager',
  'prom/node-exporter',
  'prom/prometheus',
  // Lambda has a user of its own, whatever the image says.
  'public.ecr.aws/lambda',
  'quay.io/jupyter',
  'quay.io/keycloak/keycloak',
  'renovate/renovate',
  'solr',
  'sonarqube',
  'varnish',
];

/** Whether the user of an image is known to be another one than root. `more`: beginnings of names, as somebody set them. */
export function isNonRootImage(text: string, more: readonly string[]): boolean {
  if (says.test(text)) return true;
  const nowhere = { file: '', span: { start: 0, end: text.length } };
  const reference = parseImageReference(verbatim(text, nowhere));
  if (reference === undefined) return false;
  const { registry, repository } = reference;
  return matchesRegistry(known, registry, repository) || matchesRegistry(more, registry, repository);
}
