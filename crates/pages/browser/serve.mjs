// Serves a folder of sample pages under the program's content policy, and answers what forms and scripts send.
// Only for browser tests: `answer` says how the next POST is answered, `sent()` gives what has come in since.
import { createServer } from 'node:http';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { extname, join, normalize } from 'node:path';

const TYPES = { '.html': 'text/html; charset=utf-8', '.css': 'text/css', '.js': 'text/javascript', '.svg': 'image/svg+xml' };
const POLICY = "default-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

export async function serve(folder) {
  let posts = [];
  const state = { answer: { status: 200, body: { version: 8, saved_at: '2019-10-14T09:32:00Z' } } };
  const server = createServer((request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url, 'http://x').pathname));
    if (request.method === 'POST') {
      let body = '';
      request.on('data', (part) => { body += part; });
      request.on('end', () => {
        posts.push({ path, body, csrf: request.headers['x-csrf-token'] });
        const json = typeof state.answer.body === 'object';
        response.writeHead(state.answer.status, { 'content-type': json ? 'application/json' : 'text/html' });
        response.end(json ? JSON.stringify(state.answer.body) : state.answer.body);
      });
      return;
    }
    const file = join(folder, path);
    if (!existsSync(file) || statSync(file).isDirectory()) {
      response.writeHead(404);
      response.end();
      return;
    }
    response.writeHead(200, { 'content-type': TYPES[extname(file)] || 'application/octet-stream', 'content-security-policy': POLICY });
    response.end(readFileSync(file));
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  return Object.assign(state, {
    address: `http://127.0.0.1:${server.address().port}`,
    sent() { const all = posts; posts = []; return all; },
    close: () => server.close(),
  });
}
