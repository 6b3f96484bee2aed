/** Ports that by convention are those of another protocol than HTTP: the gateway cannot forward it. */
const protocols: Record<string, number[]> = {
  SSH: [22],
  SMTP: [25, 465, 587],
  DNS: [53],
  POP3: [110, 995],
  IMAP: [143, 993],
  LDAP: [389, 636],
  'SQL Server': [1433],
  Oracle: [1521],
  MQTT: [1883, 8883],
  ZooKeeper: [2181],
  MySQL: [3306, 33_060],
  NATS: [4222],
  PostgreSQL: [5432],
  AMQP: [5671, 5672],
  Redis: [6379],
  Cassandra: [9042],
  Kafka: [9092],
  Memcached: [11_211],
  CockroachDB: [26_257],
  MongoDB: [27_017],
  STOMP: [61_613],
  OpenWire: [61_616],
};

const names = new Map(
  Object.entries(protocols).flatMap(([name, ports]) => ports.map((port) => [port, name])),
);

/** Returns the protocol of a well-known port; undefined for HTTP and for all other ports. */
export function portProtocol(port: number): string | undefined {
  return names.get(port);
}
