// SIGTERM in the middle of a request: what was begun is finished and kept; what comes after is not taken.
import net from 'node:net';
import { assert, equal } from '../harness.mjs';

export async function journey(world) {
  const body = JSON.stringify({ text: '说到一半，机器要关了' });
  const socket = net.connect(world.port, '127.0.0.1');
  await new Promise((resolve) => socket.on('connect', resolve));
  let answer = '';
  socket.on('data', (piece) => { answer += piece; });
  const head = `POST /api/v1/willow-lane/voices HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n`;
  socket.write(head + body.slice(0, 8));
  await new Promise((resolve) => setTimeout(resolve, 300));
  const ended = new Promise((resolve) => world.server.on('exit', resolve));
  world.server.kill('SIGTERM');
  await new Promise((resolve) => setTimeout(resolve, 500));
  socket.write(body.slice(8));
  const code = await ended;
  equal(code, 0, 'an orderly end');
  assert(answer.includes(' 201 '), `what was begun is answered: ${answer.slice(0, 80)}`);
  const receipt = /"receipt":"(\d{20})"/.exec(answer)[1];
  await world.serve();
  const kept = await world.api('GET', `/api/v1/receipts/${receipt}`);
  equal(kept.words, '说到一半，机器要关了', 'and kept');
}
