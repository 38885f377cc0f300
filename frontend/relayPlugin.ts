import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Plugin } from 'vite';

/**
 * Relay without Babel. Each graphql`...` becomes an import of the artefact that relay-compiler wrote for it; while
 * developing, the compiler runs again whenever a source or the schema changes (its own --watch needs watchman).
 */
export function relay(artifacts: string): Plugin {
  const dir = path.resolve(artifacts);
  const compiler = createRequire(import.meta.url)('relay-compiler') as string;
  let root = process.cwd();
  const compile = () =>
    new Promise<void>((resolve, reject) =>
      execFile(compiler, ['relay.config.json'], { cwd: root }, (error, out, err) =>
        error ? reject(new Error(out + err)) : resolve(),
      ),
    );
  let timer: NodeJS.Timeout | undefined;

  return {
    name: 'relay-artifacts',
    enforce: 'pre',
    configResolved(config) {
      root = config.root;
    },
    configureServer(server) {
      server.watcher.add(path.resolve(root, '../schema.graphql')); // outside Vite's root, so not watched by itself
      server.watcher.on('all', (_event, file) => {
        if (file.startsWith(dir) || !/(\.tsx?|schema\.graphql)$/.test(file)) return;
        clearTimeout(timer);
        timer = setTimeout(() => {
          compile().catch((error: Error) => {
            server.config.logger.error(error.message);
            server.ws.send({ type: 'error', err: { message: error.message, stack: '' } });
          });
        }, 50);
      });
    },
    transform: {
      filter: { id: { include: /\.tsx?$/, exclude: /node_modules|__generated__/ }, code: /graphql`/ },
      handler(code) {
        const imports = new Set<string>();
        const out = code.replace(/\bgraphql\s*`([\s\S]*?)`/g, (all, body: string) => {
          const name = /(?:query|mutation|subscription|fragment)\s+(\w+)/.exec(body)?.[1];
          if (!name) throw new Error('graphql tag without a name: ' + all);
          imports.add(`import __relay_${name} from ${JSON.stringify(path.join(dir, name + '.graphql.ts'))};`);
          return '__relay_' + name + '\n'.repeat(all.split('\n').length - 1); // keep line numbers
        });
        return imports.size ? { code: out + '\n' + [...imports].join('\n'), map: null } : null;
      },
    },
  };
}
