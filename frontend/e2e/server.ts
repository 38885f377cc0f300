import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');
/** The command line of the product, as a person at the server would use it. */
export const command = path.join(root, '.venv/bin/lineofsight');
const PEOPLE = '120';

/**
 * Before all journeys: a fresh demo agency in a database of its own, served on a free port; after them both are gone.
 * E2E_URL names a server that runs already, for looking at one journey again and again.
 */
export default async function serve(): Promise<() => Promise<void>> {
  if (process.env['E2E_URL']) return async () => undefined;
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lineofsight-e2e-'));
  const env = { ...process.env, LINEOFSIGHT_DATABASE_URL: `sqlite://${folder}/demo.db` };
  execFileSync(command, ['demo', '--people', PEOPLE], { env, stdio: 'pipe' });
  const server = spawn(command, ['serve', '--port', '0'], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  process.env['E2E_URL'] = await addressOf(server);
  process.env['E2E_DATABASE'] = env.LINEOFSIGHT_DATABASE_URL;
  return async () => {
    const ended = new Promise((resolve) => server.once('exit', resolve));
    server.kill('SIGTERM');
    await ended;
    fs.rmSync(folder, { recursive: true, force: true });
  };
}

/** The address that the server prints once it serves. */
function addressOf(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    const hear = (text: Buffer) => {
      said += text.toString();
      const found = /https?:\/\/[\w.:[\]-]+:\d+/.exec(said);
      if (found) resolve(found[0]);
    };
    server.stdout?.on('data', hear);
    server.stderr?.on('data', hear);
    server.once('exit', (status) => reject(new Error(`The server left with status ${status}:\n${said}`)));
    setTimeout(() => reject(new Error(`The server did not start within 60 seconds:\n${said}`)), 60_000).unref();
  });
}
