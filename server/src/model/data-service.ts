// Databases, caches, brokers and what manages them, known by their images and ports.
import { type ImageReference, imageName } from './image-reference.js';
import type { PublishedPort } from './workload.js';

interface DataService {
  /** What people call it. */
  readonly name: string;
  /** The last part of the names of its images; the last two where one says too little. */
  readonly images: readonly string[];
  /** Ports of a container that nearly nobody else uses. */
  readonly ports: readonly number[];
  /** Ports that others use, too: they count for its images alone. */
  readonly sharedPorts?: readonly number[];
  /** It shows the data of another service, and keeps none. */
  readonly isInterface?: true;
}

/**
 * From the registrations at IANA and the documentation of the products, 2026-08. Of two with the same port, the first one
 * stands for it where the image tells nothing.
 */
const dataServices: readonly DataService[] = [
  {
    name: 'PostgreSQL',
    images: ['postgres', 'postgresql', 'postgis', 'pgvector', 'timescaledb', 'timescaledb-ha', 'pgbouncer'],
    ports: [5432, 6432],
  },
  { name: 'MySQL', images: ['mysql', 'mysql-server', 'percona', 'percona-server'], ports: [3306, 33_060] },
  { name: 'MariaDB', images: ['mariadb', 'mariadb-galera'], ports: [3306] },
  { name: 'SQL Server', images: ['mssql/server', 'azure-sql-edge'], ports: [1433] },
  {
    name: 'Oracle Database',
    images: ['database/free', 'database/express', 'database/enterprise', 'oracle-free', 'oracle-xe'],
    ports: [1521],
  },
  {
    name: 'MongoDB',
    images: ['mongo', 'mongodb', 'mongodb-community-server', 'mongodb-enterprise-server'],
    ports: [27_017, 27_018, 27_019],
  },
  { name: 'Redis', images: ['redis', 'redis-stack', 'redis-stack-server', 'redismod'], ports: [6379] },
  { name: 'Valkey', images: ['valkey'], ports: [6379] },
  { name: 'KeyDB', images: ['keydb'], ports: [6379] },
  { name: 'Dragonfly', images: ['dragonfly'], ports: [6379] },
  { name: 'Memcached', images: ['memcached'], ports: [11_211] },
  { name: 'Elasticsearch', images: ['elasticsearch'], ports: [9200, 9300] },
  { name: 'OpenSearch', images: ['opensearch'], ports: [9200, 9300] },
  { name: 'Kibana', images: ['kibana'], ports: [5601], isInterface: true },
  { name: 'OpenSearch Dashboards', images: ['opensearch-dashboards'], ports: [5601], isInterface: true },
  { name: 'CouchDB', images: ['couchdb'], ports: [5984] },
  { name: 'Couchbase', images: ['couchbase'], ports: [11_210], sharedPorts: [8091] },
  { name: 'Cassandra', images: ['cassandra'], ports: [9042] },
  { name: 'ScyllaDB', images: ['scylla'], ports: [9042] },
  { name: 'CockroachDB', images: ['cockroach'], ports: [26_257] },
  { name: 'InfluxDB', images: ['influxdb'], ports: [], sharedPorts: [8086] },
  { name: 'ClickHouse', images: ['clickhouse', 'clickhouse-server'], ports: [], sharedPorts: [8123, 9000, 9004] },
  { name: 'Neo4j', images: ['neo4j'], ports: [7687], sharedPorts: [7474] },
  { name: 'ArangoDB', images: ['arangodb'], ports: [8529] },
  { name: 'RethinkDB', images: ['rethinkdb'], ports: [28_015] },
  { name: 'Qdrant', images: ['qdrant'], ports: [6333, 6334] },
  { name: 'Milvus', images: ['milvus'], ports: [19_530] },
  { name: 'Kafka', images: ['kafka', 'cp-kafka'], ports: [9092], sharedPorts: [9093, 9094, 19_092, 29_092] },
  { name: 'Redpanda', images: ['redpanda'], ports: [9092], sharedPorts: [9644, 19_092, 29_092] },
  { name: 'RabbitMQ', images: ['rabbitmq'], ports: [15_672], sharedPorts: [5672] },
  { name: 'etcd', images: ['etcd'], ports: [2379, 2380] },
  { name: 'ZooKeeper', images: ['zookeeper', 'cp-zookeeper'], ports: [2181] },
  { name: 'Consul', images: ['consul'], ports: [], sharedPorts: [8500] },
];

const byImage: ReadonlyMap<string, DataService> = new Map(
  dataServices.flatMap((service) => service.images.map((image): [string, DataService] => [image, service])),
);
const byPort: ReadonlyMap<number, DataService> = new Map(
  // The first one of a port is entered last.
  dataServices.toReversed().flatMap((service) => service.ports.map((port): [number, DataService] => [port, service])),
);

/** A longer range of ports says nothing of what listens there. */
const longestRange = 10;

/** What an image runs, where it is one of these. */
export function dataServiceOf(image: ImageReference): DataService | undefined {
  const lastTwo = image.repository.split('/').slice(-2).join('/');
  return byImage.get(imageName(image)) ?? byImage.get(lastTwo);
}

export interface BehindPort {
  readonly service: DataService;
  /** Whether the image says so, and not the number of the port alone. */
  readonly isSure: boolean;
}

/** What listens behind a published port, as far as its image and the port of the container tell. */
export function dataServiceBehind(
  { containerPorts, protocol }: PublishedPort,
  image: ImageReference | undefined,
): BehindPort | undefined {
  if (containerPorts === 'unknown' || protocol !== 'tcp') return undefined;
  const { from, to } = containerPorts;
  const isIn = (port: number) => from <= port && port <= to;
  const known = image === undefined ? undefined : dataServiceOf(image);
  if (known !== undefined && [...known.ports, ...(known.sharedPorts ?? [])].some(isIn)) {
    return { service: known, isSure: true };
  }
  if (to - from >= longestRange) return undefined;
  for (let port = from; port <= to; port++) {
    const service = byPort.get(port);
    if (service !== undefined) return { service, isSure: false };
  }
  return undefined;
}
