// The same mails as ours, from the same templates, with the engine a Node script would use.
import { readFileSync } from 'node:fs';
import Handlebars from 'handlebars';

export const [, , samplePath, countText, warmUpText, hostAndPort] = process.argv;
const count = Number(countText);
const warmUp = Number(warmUpText);

const sample = JSON.parse(readFileSync(samplePath, 'utf8'));
const subject = Handlebars.compile(sample.subject, { noEscape: true });
const html = Handlebars.compile(sample.html);
const text = Handlebars.compile(sample.text, { noEscape: true });

export const render = (row) => {
  const model = {
    ...sample.model,
    FirstName: `Prénom${row}`,
    GiftUrl: `https://gtbt.example/${String(row).padStart(11, '0')}`,
    Reference: `benchmark:${row}`,
  };
  return {
    from: { name: 'TARGO', address: 'noreply@targo.ca' },
    to: { name: `Prénom${row} Tremblay`, address: `client${row}@example.com` },
    replyTo: { name: 'TARGO', address: 'support@targo.ca' },
    subject: subject(model),
    html: html(model),
    text: text(model),
    customId: `benchmark:${row}`,
    attempt: `${row}`.padStart(32, '0'),
  };
};

export const measure = async (send) => {
  if (warmUp > 0) await send(warmUp);
  const start = process.hrtime.bigint();
  await send(count);
  const milliseconds = Number(process.hrtime.bigint() - start) / 1e6;
  console.log(`${count} ${milliseconds} ${process.resourceUsage().maxRSS * 1024}`);
  process.exit(0);
};
