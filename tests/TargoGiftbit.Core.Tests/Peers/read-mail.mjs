// Reads mail files with npm's mailparser and prints what it found, as JSON. The first argument is the folder npm installed it into.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const { simpleParser } = createRequire(join(process.argv[2], 'package.json'))('mailparser');
const lines = text => text.replaceAll('\r\n', '\n');
const person = header => (header?.value ?? []).map(({ name, address }) => ({ name, address }));

async function read(path) {
    const mail = await simpleParser(readFileSync(path), { skipImageLinks: true, skipHtmlToText: true, skipTextToHtml: true });
    return {
        subject: mail.subject, from: person(mail.from), to: person(mail.to), replyTo: person(mail.replyTo),
        headers: Object.fromEntries(mail.headerLines.map(({ key, line }) => [key, line.slice(line.indexOf(':') + 1).replace(/\r?\n[ \t]/g, ' ').trim()])),
        text: lines(mail.text), html: lines(mail.html), structure: [], defects: [],
        images: mail.attachments.map(a => ({ id: a.cid, type: a.contentType, name: a.filename, hash: createHash('sha256').update(a.content).digest('hex') })),
    };
}

const paths = readFileSync(0, 'utf8').split('\n').filter(Boolean);
console.log(JSON.stringify(await Promise.all(paths.map(read))));
