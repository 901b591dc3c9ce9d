using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace TargoGiftbit.Simulator.Smtp;

/// <summary>The self-signed certificate of one simulator, for <c>localhost</c> and the loopback addresses.</summary>
internal static class SmtpCertificate
{
    public static X509Certificate2 Create(DateTimeOffset realNow)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        names.AddIpAddress(IPAddress.IPv6Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var certificate = request.CreateSelfSigned(realNow.AddDays(-1), realNow.AddYears(1));
        // Through PKCS#12: Windows and macOS cannot use the ephemeral key in a server.
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), null);
    }
}
