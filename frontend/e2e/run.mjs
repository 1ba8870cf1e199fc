// node run.mjs JOURNEY BINARY: runs one journey; what went wrong is its last line.
import { world } from './harness.mjs';

const [, , name, binary] = process.argv;
const { journey } = await import(`./journeys/${name}.mjs`);
try {
  await world(binary, journey);
} catch (error) {
  console.error(`${name}: ${error.stack ?? error}`);
  process.exit(1);
}
