// nodemailer with its own pool of five connections, as its documentation shows it for bulk sending.
import nodemailer from 'nodemailer';
import { hostAndPort, measure, render } from './workload.mjs';

const [host, port] = hostAndPort.split(':');
const transport = nodemailer.createTransport({
  pool: true, maxConnections: 5, maxMessages: Infinity, host, port: Number(port), secure: false, ignoreTLS: true,
});

const sendOne = (row) => {
  const mail = render(row);
  return transport.sendMail({
    from: mail.from, to: mail.to, replyTo: mail.replyTo, subject: mail.subject, html: mail.html, text: mail.text,
    headers: { 'X-MJ-CustomID': mail.customId, 'X-MJ-EventPayload': mail.attempt, 'X-Mailjet-Campaign': 'benchmark' },
  });
};

await measure(async (messages) => {
  let next = 1;
  // Enough in the queue that no connection ever waits for work, and no more, so that memory stays flat.
  const worker = async () => {
    while (next <= messages) await sendOne(next++);
  };
  await Promise.all(Array.from({ length: 50 }, worker));
});
