namespace TargoGiftbit.Simulator;

/// <summary>Where the services of one simulator listen.</summary>
/// <param name="Giftbit">API root: <c>http://127.0.0.1:PORT/papi/v1</c>.</param>
/// <param name="Mailjet">API root; <c>/v3.1/send</c> and <c>/v3/REST/…</c> hang below it.</param>
/// <param name="Smtp">Relay with STARTTLS offered: <c>smtp://user@127.0.0.1:PORT?tls=none</c>.</param>
/// <param name="Smtps">Relay with TLS from the first byte.</param>
/// <param name="Web">Page for people, and <c>/api/…</c> for scripts.</param>
public sealed record SimulatorAddresses(Uri Giftbit, Uri Mailjet, Uri Smtp, Uri Smtps, Uri Web)
{
    /// <summary>Ifeelgoods' API root: <c>http://127.0.0.1:PORT/fulfillment/v2</c>.</summary>
    public required Uri Ifeelgoods { get; init; }

    /// <summary>Root of the ERPNext site.</summary>
    public required Uri ErpNext { get; init; }
}
