// Mailjet's own client: batches of 50, four in flight.
import mailjet from 'node-mailjet';
import { hostAndPort, measure, render } from './workload.mjs';

// The client always says https; the sink on loopback speaks http to both sides.
mailjet.Request.protocol = 'http://';
const client = mailjet.Client.apiConnect('public', 'private', { config: { host: hostAndPort } });

const message = (row) => {
  const mail = render(row);
  return {
    From: { Email: mail.from.address, Name: mail.from.name },
    To: [{ Email: mail.to.address, Name: mail.to.name }],
    ReplyTo: { Email: mail.replyTo.address, Name: mail.replyTo.name },
    Subject: mail.subject, TextPart: mail.text, HTMLPart: mail.html,
    CustomID: mail.customId, EventPayload: mail.attempt, CustomCampaign: 'benchmark', TrackOpens: 'disabled', TrackClicks: 'enabled',
  };
};

await measure(async (messages) => {
  let next = 1;
  const worker = async () => {
    while (next <= messages) {
      const first = next;
      next = Math.min(first + 50, messages + 1);
      const batch = Array.from({ length: next - first }, (_, i) => message(first + i));
      const reply = await client.post('send', { version: 'v3.1' }).request({ Messages: batch });
      if (reply.body.Messages.length !== batch.length || reply.body.Messages.some((m) => m.Status !== 'success')) throw new Error('refused');
    }
  };
  await Promise.all(Array.from({ length: 4 }, worker));
});
