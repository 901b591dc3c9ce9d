using System.Text;
using TargoGiftbit.Simulator.Faults;
using TargoGiftbit.Simulator.Http;
using TargoGiftbit.Simulator.Mail;

namespace TargoGiftbit.Simulator.Smtp;

/// <summary>One conversation: commands in, replies out, in order.</summary>
internal sealed class SmtpSession(SmtpSetup setup, SmtpWire wire)
{
    private readonly SmtpSwitches _switches = setup.Options.Smtp;
    private readonly List<string> _recipients = [];
    private string? _sender;
    private bool _authenticated;
    private bool _closing;
    private int _messages;

    public async Task RunAsync(bool implicitTls, CancellationToken cancel)
    {
        if (implicitTls)
            await wire.SecureAsync(setup.Certificate, cancel);
        if (await MayGoOnAsync("connect", "", "", cancel))
            wire.Reply("220 in.simulated.mailjet.com ESMTP ready");
        while (!_closing && await wire.NextAsync(cancel) is { } line)
            await CommandAsync(line, cancel);
        await wire.FlushAsync(cancel);
    }

    private async Task CommandAsync(string line, CancellationToken cancel)
    {
        var space = line.IndexOf(' ', StringComparison.Ordinal);
        var verb = (space < 0 ? line : line[..space]).ToUpperInvariant();
        var rest = space < 0 ? "" : line[(space + 1)..].Trim();
        if (!await MayGoOnAsync(verb == "HELO" ? "ehlo" : verb.ToLowerInvariant(), verb, rest, cancel))
            return;
        switch (verb)
        {
            case "EHLO": Hello(); break;
            case "HELO": wire.Reply("250 in.simulated.mailjet.com"); break;
            case "STARTTLS": await StartTlsAsync(cancel); break;
            case "AUTH": await AuthAsync(rest, cancel); break;
            case "MAIL": Mail(rest); break;
            case "RCPT": Rcpt(rest); break;
            case "DATA": await DataAsync(cancel); break;
            case "RSET": Reset(); wire.Reply("250 2.0.0 OK"); break;
            case "NOOP": wire.Reply("250 2.0.0 OK"); break;
            case "QUIT": wire.Reply("221 2.0.0 Bye"); _closing = true; break;
            default: wire.Reply("500 5.5.1 Command not recognized"); break;
        }
    }

    /// <summary>Records a phase and lets the fault plan at it; false when the fault took the place of the reply.</summary>
    private async ValueTask<bool> MayGoOnAsync(string phase, string verb, string rest, CancellationToken cancel, byte[]? data = null)
    {
        var fault = setup.Faults.Take("smtp." + phase);
        Record(phase, verb, rest, data, fault);
        if (fault is null)
            return true;
        if (fault.AfterEffect && data is not null)
            SmtpIntake.Take(setup, _sender!, _recipients, data);
        switch (fault.Kind)
        {
            case FaultKind.Reply:
                _closing |= fault.ClosesSession;
                wire.Reply($"{fault.Status} {fault.Text ?? "4.3.0 Simulated failure"}");
                return false;
            case FaultKind.Garbage:
                wire.Reply("\u0001\u0002 not a reply");
                return false;
            case FaultKind.Slow:
                await wire.FlushAsync(cancel);
                await Task.Delay(fault.Duration ?? TimeSpan.FromSeconds(1), cancel);
                return true;
            case FaultKind.Hold:
                await wire.FlushAsync(cancel);
                return await setup.Faults.WaitForReleaseAsync(cancel);
            case FaultKind.Hang:
                await wire.HangAsync(fault.Duration ?? setup.Options.HangTime, cancel);
                break;
        }

        _closing = true;
        wire.Break();
        return false;
    }

    private void Record(string phase, string verb, string rest, byte[]? data, Fault? fault)
    {
        if (setup.Options.RecordedRequests <= 0)
            return;
        setup.Recorder.Add(new ServiceRequest
        {
            Service = "smtp",
            Route = "smtp." + phase,
            Method = verb,
            Path = rest,
            QueryString = "",
            Headers = new Dictionary<string, string> { ["Secure"] = wire.IsSecure ? "true" : "false" },
            Body = setup.Options.RecordBodies ? data : null,
            At = setup.Clock.Now,
            Fault = fault,
        });
    }

    private void Hello()
    {
        Reset();
        List<string> words = ["in.simulated.mailjet.com", $"SIZE {_switches.MaxSize}", "8BITMIME", "ENHANCEDSTATUSCODES"];
        if (_switches.OfferPipelining)
            words.Add("PIPELINING");
        if (_switches.OfferSmtpUtf8)
            words.Add("SMTPUTF8");
        if (_switches.OfferStartTls && !wire.IsSecure)
            words.Add("STARTTLS");
        if (wire.IsSecure || !_switches.RequireTls)
            words.Add("AUTH PLAIN LOGIN");
        for (var at = 0; at < words.Count; at++)
            wire.Reply($"250{(at == words.Count - 1 ? ' ' : '-')}{words[at]}");
    }

    private async Task StartTlsAsync(CancellationToken cancel)
    {
        if (wire.IsSecure || !_switches.OfferStartTls)
        {
            wire.Reply("503 5.5.1 STARTTLS not available");
            return;
        }

        wire.Reply("220 2.0.0 Ready to start TLS");
        await wire.SecureAsync(setup.Certificate, cancel);
        Reset();
        _authenticated = false;
    }

    private async Task AuthAsync(string rest, CancellationToken cancel)
    {
        if (_switches.RequireTls && !wire.IsSecure)
        {
            wire.Reply("538 5.7.11 Encryption required for requested authentication mechanism");
            return;
        }

        var parts = rest.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        string user;
        string password;
        switch (parts.Length == 0 ? "" : parts[0].ToUpperInvariant())
        {
            case "PLAIN":
                var plain = (parts.Length > 1 ? Decode(parts[1]) : await AskAsync("334 ", cancel)).Split('\0');
                (user, password) = plain.Length == 3 ? (plain[1], plain[2]) : ("", "");
                break;
            case "LOGIN":
                user = parts.Length > 1 ? Decode(parts[1]) : await AskAsync("334 VXNlcm5hbWU6", cancel);
                password = await AskAsync("334 UGFzc3dvcmQ6", cancel);
                break;
            default:
                wire.Reply("504 5.5.4 Unrecognized authentication type");
                return;
        }

        _authenticated = user == setup.Options.MailjetPublicKey && password == setup.Options.MailjetPrivateKey;
        wire.Reply(_authenticated ? "235 2.7.0 Authentication successful" : "535 5.7.8 Authentication failed");
    }

    private async Task<string> AskAsync(string prompt, CancellationToken cancel)
    {
        wire.Reply(prompt);
        return Decode(await wire.NextAsync(cancel) ?? "");
    }

    private static string Decode(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length) : "";
    }

    private void Mail(string rest)
    {
        var sender = MailAddresses.Bare(rest);
        var size = rest.Split(' ').FirstOrDefault(word => word.StartsWith("SIZE=", StringComparison.OrdinalIgnoreCase));
        if (_switches.RequireAuth && !_authenticated)
            wire.Reply("530 5.7.0 Authentication required");
        else if (size is not null && long.TryParse(size[5..], out var bytes) && bytes > _switches.MaxSize)
            wire.Reply("552 5.3.4 Message size exceeds fixed limit");
        else if (!MailAddresses.IsListed(setup.Options.Mailjet.ValidatedSenders, sender, emptyMeansAll: true))
            wire.Reply("550 5.7.1 Sender address rejected: sender not allowed");
        else
        {
            Reset();
            _sender = sender;
            wire.Reply("250 2.1.0 OK");
        }
    }

    private void Rcpt(string rest)
    {
        var recipient = MailAddresses.Bare(rest);
        if (_sender is null)
            wire.Reply("503 5.5.1 MAIL first");
        else if (_recipients.Count >= _switches.MaxRecipients)
            wire.Reply("452 4.5.3 Too many recipients");
        else if (!MailAddresses.IsValid(recipient))
            wire.Reply("501 5.1.3 Bad recipient address syntax");
        else if (MailAddresses.IsListed(_switches.RefusedRecipients, recipient))
            wire.Reply("550 5.1.1 Recipient refused");
        else
        {
            _recipients.Add(recipient);
            wire.Reply("250 2.1.5 OK");
        }
    }

    private async Task DataAsync(CancellationToken cancel)
    {
        if (_recipients.Count == 0)
        {
            wire.Reply("503 5.5.1 RCPT first");
            return;
        }

        wire.Reply("354 End data with <CR><LF>.<CR><LF>");
        if (await wire.ReadDataAsync(cancel) is not { } data)
        {
            _closing = true;
            return;
        }

        if (await MayGoOnAsync("message", ".", "", cancel, data))
            wire.Reply(data.Length > _switches.MaxSize ? "552 5.3.4 Message size exceeds fixed limit" : Accept(data));
        Reset();
        if (!_closing && _switches.MessagesPerConnection > 0 && ++_messages >= _switches.MessagesPerConnection)
        {
            wire.Reply("421 4.7.0 Too many messages in this connection");
            _closing = true;
        }
    }

    private string Accept(byte[] data)
    {
        SmtpIntake.Take(setup, _sender!, _recipients, data);
        // The id in the reply is opaque: no other place shows it (mailjet.md §1).
        return $"250 OK queued as {Guid.NewGuid()}";
    }

    private void Reset()
    {
        _sender = null;
        _recipients.Clear();
    }
}
